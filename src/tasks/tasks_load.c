/* Reads one record from its file and checks it against the index. */
#include "labelwright/base/buf.h"
#include "labelwright/format/record_id.h"
#include "labelwright/tasks/task_files.h"

#include <stdlib.h>
#include <string.h>

size_t lw_tasks_file_of(const struct lw_tasks *t, size_t position)
{
    size_t low = 0, high = t->current < t->nfiles ? t->current + 1 : t->nfiles;
    while (high - low > 1) {
        size_t mid = low + (high - low) / 2;
        if (t->file[mid].first <= position)
            low = mid;
        else
            high = mid;
    }
    return low;
}

/* The farthest end of the record at `position` and the blank lines after it. */
static uint64_t end_of(const struct lw_tasks *t, size_t position, const struct lw_tasks_file *f)
{
    uint64_t end = position + 1 < t->index->n ? lw_index_offset(t->index, position + 1)
                                              : lw_tasks_bytes_done(t);
    return end - f->start < f->lines.size ? end - f->start : f->lines.size;
}

static enum lw_code changed(
    struct lw_tasks *t, const struct lw_tasks_file *f, size_t position, struct lw_err *err)
{
    lw_tasks_cache_drop(t);
    return lw_fail(err, LW_EBAD,
        "%s: record %zu is not the same as before: the file was changed. Restart labelwright.",
        f->name, position - f->first + 1);
}

static struct lw_task *too_large(struct lw_lines *r, const struct lw_tasks_file *f, uint64_t offset,
    const struct lw_raw *raw, struct lw_err *err)
{
    char id[LW_ID_MAX + 1];
    struct lw_record record = {.len = raw->n > UINT32_MAX ? UINT32_MAX : (uint32_t)raw->n};
    if (lw_lines_hash(r, offset, raw->n, record.sha256, err) != LW_OK)
        return NULL;
    lw_record_reader_name(&f->source, raw->s, LW_RECORD_HEAD, record.sha256, id);
    char *why = lw_record_too_large(raw->n);
    struct lw_task *task = lw_task_unreadable(id, &record, why);
    free(why);
    return task;
}

/* Reads through a window that ends with the record: never more bytes than needed. */
static struct lw_task *read_task(
    struct lw_tasks *t, size_t position, struct lw_tasks_file *f, struct lw_err *err)
{
    uint64_t offset = lw_index_offset(t->index, position) - f->start;
    struct lw_lines r = {.sys = t->sys, .fd = f->lines.fd, .name = f->name};
    r.size = end_of(t, position, f);
    if (offset >= r.size) {
        changed(t, f, position, err);
        return NULL;
    }
    r.window_max = r.size - offset < LW_WINDOW ? (size_t)(r.size - offset) : LW_WINDOW;
    struct lw_raw raw;
    struct lw_task *task = NULL;
    if (lw_record_reader_get(&f->source, &r, offset, &raw, err) == LW_OK) {
        if (raw.blank || raw.at != offset || (!raw.ended && raw.next != f->lines.size))
            changed(t, f, position, err);
        else
            task = raw.n > LW_RECORD_MAX ? too_large(&r, f, offset, &raw, err)
                                         : lw_record_reader_task(&f->source, raw.s, (size_t)raw.n);
    }
    lw_lines_fini(&r);
    if (task)
        task->record.offset = offset;
    return task;
}

static uint64_t first_bytes(const char sha256[LW_SHA256_HEX])
{
    char first[17];
    lw_task_id_of_hash(sha256, first);
    return strtoull(first, NULL, 16);
}

static enum lw_code hash_record(struct lw_tasks *t, size_t position, const struct lw_tasks_file *f,
    uint64_t *record, struct lw_err *err)
{
    char sha256[LW_SHA256_HEX];
    uint64_t offset = lw_index_offset(t->index, position) - f->start;
    struct lw_lines r = {.sys = t->sys, .fd = f->lines.fd, .name = f->name};
    struct lw_raw raw;
    r.size = end_of(t, position, f);
    if (offset >= r.size)
        return changed(t, f, position, err);
    r.window_max = r.size - offset < LW_WINDOW ? (size_t)(r.size - offset) : LW_WINDOW;
    enum lw_code code = lw_record_reader_get(&f->source, &r, offset, &raw, err);
    if (code == LW_OK && raw.n > LW_RECORD_MAX)
        code = lw_lines_hash(&r, raw.at, raw.n, sha256, err);
    else if (code == LW_OK)
        lw_sha256_hex(raw.s, (size_t)raw.n, sha256);
    if (code == LW_OK)
        *record = first_bytes(sha256);
    lw_lines_fini(&r);
    return code;
}

static void add_suffix(struct lw_task *task, uint32_t suffix)
{
    char *id = lw_format("%s~%u", task->id, suffix);
    free(task->id);
    task->id = id;
}

enum lw_code lw_tasks_load(
    struct lw_tasks *t, size_t position, struct lw_task **to, struct lw_err *err)
{
    *to = NULL;
    if (position >= t->index->n)
        return lw_fail(err, LW_EABSENT, "There is no task %zu.", position + 1);
    struct lw_err why = {0};
    struct lw_tasks_file *f = &t->file[lw_tasks_file_of(t, position)];
    struct lw_task *task = read_task(t, position, f, &why);
    uint32_t suffix = lw_index_suffix(t->index, position);
    if (task && suffix)
        add_suffix(task, suffix);
    if (task)
        task->key = lw_fingerprint(task->id, strlen(task->id));
    if (task && task->key != lw_tasks_key(t, position)) {
        lw_task_free(task);
        task = NULL;
        changed(t, f, position, &why);
    }
    if (!task)
        return lw_fail(err, why.code, "%s", why.text);
    task->record.file = f->name;
    task->record.number = position - f->first + 1;
    enum lw_code code = t->njoins > 0 ? lw_tasks_join(t, task, err) : LW_OK;
    if (code == LW_OK)
        *to = task;
    else
        lw_task_free(task);
    return code;
}

/* With answers joined the hash is of all their records. */
static enum lw_code hash_joined(
    struct lw_tasks *t, size_t position, uint64_t *record, struct lw_err *err)
{
    struct lw_task *task;
    enum lw_code code = lw_tasks_load(t, position, &task, err);
    if (code == LW_OK)
        *record = first_bytes(task->record.sha256);
    lw_task_free(task);
    return code;
}

enum lw_code lw_tasks_locate(
    struct lw_tasks *t, size_t position, struct lw_record_location *to, struct lw_err *err)
{
    const struct lw_tasks_file *f = &t->file[lw_tasks_file_of(t, position)];
    *to = (struct lw_record_location){f->name, position - f->first + 1, 0};
    return t->njoins > 0 ? hash_joined(t, position, &to->record, err)
                         : hash_record(t, position, f, &to->record, err);
}

uint64_t lw_tasks_line(struct lw_tasks *t, size_t position)
{
    uint64_t newlines = 0;
    if (position >= t->index->n)
        return 0;
    struct lw_tasks_file *f = &t->file[lw_tasks_file_of(t, position)];
    uint64_t offset = lw_index_offset(t->index, position) - f->start;
    return lw_lines_count(&f->lines, offset, &newlines, NULL) == LW_OK ? newlines + 1 : 0;
}
