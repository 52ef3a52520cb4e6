#define _GNU_SOURCE
/* Any change to a cached index, with a sum that is right again: whatever it says, nothing outside
 * of memory is touched, and a task that is given is the one that it says it is. */
#include "tasks_memory.h"

#include "fixtures/kept_index.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

enum { TWINS = 2 };

static const char lines[] = "{\"id\":1,\"prompt\":\"p\"}\n{\"id\":1,\"prompt\":\"p\"}\n\n"
                            "{\"prompt\":\"p\"}\n{\"id\":1,\"prompt\":\"p\"}\n";

/* Pairs of bytes: where (0-239 of a part that matters) and what. */
static void change(struct lw_buf *b, const unsigned char *data, size_t n)
{
    size_t files = sizeof(struct disk_head), twins = files + sizeof(struct disk_file);
    size_t chunk = twins + TWINS * sizeof(struct lw_duplicate) + sizeof(uint64_t);
    size_t part[] = {0, files, twins, chunk + offsetof(struct lw_chunk, base),
        chunk + offsetof(struct lw_chunk, stride)};
    for (size_t i = 0; i + 2 < n; i += 3) {
        size_t at = part[data[i] % 5] + data[i + 1];
        if (at < b->len)
            b->data[at] = (char)data[i + 2];
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    struct memory m;
    memory_init(&m);
    lw_buf_str(&m.tasks, lines);
    lw_tasks_close(memory_open(&m, 1 << 20));
    change(&m.index, data, n);
    if (n % 3 == 1 && m.index.len > data[n - 1])
        m.index.len -= data[n - 1];
    mend_sum(m.index.data, m.index.len);
    struct lw_tasks *t = memory_open(&m, 1 << 20);
    for (size_t i = 0; t && i < lw_tasks_count(t); i++) {
        struct lw_task *task;
        size_t at;
        lw_tasks_find(t, lw_tasks_key(t, i), &at);
        if (lw_tasks_load(t, i, &task, NULL) == LW_OK)
            must(lw_fingerprint(task->id, strlen(task->id)) == lw_tasks_key(t, i));
        lw_task_free(task);
    }
    lw_tasks_close(t);
    memory_fini(&m);
    return 0;
}
