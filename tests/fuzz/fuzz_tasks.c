#define _GNU_SOURCE
/* Any bytes as a task file: refused with a reason, or indexed, JSON Lines as its lines, the same in
 * one go, byte by byte, from the kept index, and from that of a part of it. */
#include "tasks_memory.h"

#include "tasks/tasks_internal.h"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static bool blank(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] != ' ' && s[i] != '\t' && s[i] != '\r')
            return false;
    return true;
}

static void check_lines(struct lw_tasks *t, const struct lw_buf *b)
{
    size_t k = 0, line = 0, i = b->len >= 3 && memcmp(b->data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < b->len) {
        const char *s = b->data + i, *end = memchr(s, '\n', b->len - i);
        size_t len = end ? (size_t)(end - s) : b->len - i;
        size_t next = i + len + 1;
        line++;
        if (len > 0 && s[len - 1] == '\r')
            len--;
        if (!blank(s, len)) {
            struct lw_task *task;
            must(lw_tasks_load(t, k, &task, NULL) == LW_OK);
            must(task->record.offset == i && task->record.len == len);
            must(task->record.number == k + 1 && lw_tasks_line(t, k) == line);
            lw_task_free(task);
            k++;
        }
        i = next;
    }
    must(k == lw_tasks_count(t));
}

/* Records stand one behind the other, and what is loaded is what was indexed. */
static void check_loads(struct lw_tasks *t, const struct lw_buf *b)
{
    size_t end = 0;
    for (size_t i = 0; i < lw_tasks_count(t); i++) {
        struct lw_task *task;
        char hex[LW_SHA256_HEX];
        must(lw_tasks_load(t, i, &task, NULL) == LW_OK);
        must(task->record.offset >= end && task->record.len > 0);
        end = (size_t)task->record.offset + task->record.len;
        must(end <= b->len);
        lw_sha256_hex(b->data + task->record.offset, task->record.len, hex);
        must(strcmp(hex, task->record.sha256) == 0);
        lw_task_free(task);
    }
}

static void check_same(struct lw_tasks *a, struct lw_tasks *b)
{
    must(lw_tasks_count(a) == lw_tasks_count(b));
    must(lw_tasks_duplicates(a, NULL) == lw_tasks_duplicates(b, NULL));
    for (size_t i = 0; i < lw_tasks_count(a); i++) {
        size_t at;
        must(lw_tasks_key(a, i) == lw_tasks_key(b, i));
        must(lw_tasks_find(b, lw_tasks_key(a, i), &at) && at == i);
    }
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    struct memory m;
    memory_init(&m);
    if (n < 1)
        return 0;
    lw_buf_add(&m.tasks, data + 1, n - 1);
    m.file.format = (char *)(data[0] & 1 ? "native" : "auto");
    struct lw_tasks *whole = memory_open(&m, 1 << 20);
    if (whole) {
        must(lw_tasks_complete(whole) && !lw_tasks_error(whole));
        if (whole->file[0].reader.container == LW_LINES)
            check_lines(whole, &m.tasks);
        check_loads(whole, &m.tasks);
        struct lw_tasks *kept = memory_open(&m, 1 << 20);
        check_same(whole, kept);
        lw_tasks_close(kept);
        lw_buf_clear(&m.index);
        struct lw_tasks *slow = memory_open(&m, 1);
        check_same(whole, slow);
        lw_tasks_close(slow);
        size_t all = m.tasks.len;
        lw_buf_clear(&m.index);
        m.tasks.len = all * data[0] / 256;
        lw_tasks_close(memory_open(&m, 1 << 20));
        m.tasks.len = all;
        struct lw_tasks *grown = memory_open(&m, 1 << 20);
        check_same(whole, grown);
        lw_tasks_close(grown);
    }
    lw_tasks_close(whole);
    memory_fini(&m);
    return 0;
}
