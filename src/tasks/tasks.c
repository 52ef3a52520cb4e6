/* The tasks of a project: opens its files, indexes their records a little at a time, and loads one
 * record as a task, checked against the index. Where records begin is index.c's, what other files
 * add to a task tasks_join.c's, the random order tasks_order.c's. */
#define _GNU_SOURCE
#include "labelwright/tasks/tasks.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/detect.h"
#include "labelwright/format/record.h"
#include "tasks/tasks_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- indexing */

static enum lw_code open_files(struct lw_tasks *t, struct lw_err *err)
{
    if (t->project->ntasks == 0)
        return lw_fail(err, LW_EBAD, "%s lists no task file.", t->project->file);
    t->file = lw_alloc(t->project->ntasks * sizeof *t->file);
    uint64_t start = 0;
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < t->project->ntasks && code == LW_OK; i++) {
        t->nfiles = i + 1;
        code = lw_tasks_file_open(&t->file[i], t->sys, t->project, &t->project->tasks[i], err);
    }
    if (code == LW_OK)
        code = lw_tasks_split(t, err);
    for (size_t i = 0; i < t->nfiles; i++) {
        t->file[i].start = start;
        start += t->file[i].lines.size;
        lw_lines_fini(&t->file[i].lines);
    }
    return code;
}

void lw_tasks_close(struct lw_tasks *t)
{
    if (!t)
        return;
    lw_index_cache_close(t);
    for (size_t i = 0; i < t->nfiles; i++)
        lw_tasks_file_fini(&t->file[i]);
    lw_tasks_join_fini(t);
    lw_tasks_ahead_fini(t);
    lw_index_fini(t->index);
    free(t->index);
    free(t->file);
    free(t->order);
    free(t->rank);
    free(t);
}

/* Adds the record at t->done, or after it, to the index. */
static enum lw_code index_record(struct lw_tasks *t, struct lw_tasks_file *f, struct lw_err *err)
{
    char id[LW_ID_MAX + 1];
    struct lw_raw_record raw;
    size_t n = 0;
    enum lw_code code = lw_record_reader_get(&f->reader, &f->lines, t->done, &raw, err);
    if (code == LW_OK && !raw.blank) {
        code = lw_tasks_file_id(f, &raw, id, &n, err);
        if (code == LW_OK && !lw_index_add(t->index, f->start + raw.at, id, n))
            code = lw_fail(err, LW_EBAD, "%s: a record or a gap of more than 4 GiB, at byte %llu.",
                f->name, (unsigned long long)raw.at);
    }
    /* Cells without text at the end of the file may become a row, too. */
    if (code == LW_OK && !(raw.blank && raw.ended))
        f->whole = lw_record_reader_is_complete(&f->reader, &f->lines, &raw);
    if (code == LW_OK)
        t->done = raw.next;
    return code;
}

static void next_file(struct lw_tasks *t)
{
    lw_lines_fini(&t->file[t->current].lines);
    lw_index_flush(t->index);
    t->current++;
    if (t->current < t->nfiles) {
        t->file[t->current].first = t->index->n;
        t->done = t->file[t->current].reader.begin;
    } else {
        lw_index_cache_save(t);
    }
}

/* By the size of the records so far. */
static void expect_records(struct lw_tasks *t)
{
    uint64_t done = lw_tasks_bytes_done(t), each = t->index->n ? done / t->index->n : 0;
    if (each > 0)
        lw_index_expect(t->index, (size_t)(lw_tasks_bytes_all(t) / each));
}

bool lw_tasks_step(struct lw_tasks *t, size_t bytes)
{
    uint64_t from = lw_tasks_bytes_done(t);
    expect_records(t);
    while (lw_index_cache_step(t) && lw_tasks_bytes_done(t) - from < bytes) {
    }
    while (!t->cache && t->error.code == LW_OK && t->current < t->nfiles) {
        struct lw_tasks_file *f = &t->file[t->current];
        if (t->done >= f->lines.size)
            next_file(t);
        else if (lw_tasks_bytes_done(t) > from && lw_tasks_bytes_done(t) - from >= bytes)
            break;
        else
            index_record(t, f, &t->error);
    }
    lw_index_flush(t->index);
    return t->error.code == LW_OK && !lw_tasks_complete(t);
}

static enum lw_code first_task(struct lw_tasks *t, struct lw_err *err)
{
    t->done = t->file[0].reader.begin;
    lw_index_cache_open(t);
    lw_index_cache_step(t);
    while (t->index->n == 0 && lw_tasks_step(t, LW_WINDOW)) {
    }
    if (t->index->n > 0)
        return LW_OK;
    return t->error.code != LW_OK ? lw_fail(err, t->error.code, "%s", t->error.text)
                                  : lw_fail(err, LW_EBAD, "%s: no tasks.", t->file[0].name);
}

enum lw_code lw_tasks_open(const struct lw_sys *sys, const struct lw_project *project,
    struct lw_tasks **to, struct lw_err *err)
{
    struct lw_tasks *t = lw_alloc(sizeof *t);
    t->sys = sys;
    t->project = project;
    t->index = lw_alloc(sizeof *t->index);
    enum lw_code code = open_files(t, err);
    if (code == LW_OK)
        code = first_task(t, err);
    if (code != LW_OK) {
        lw_tasks_close(t);
        t = NULL;
    }
    *to = t;
    return code;
}

bool lw_tasks_complete(const struct lw_tasks *t)
{
    return t->current == t->nfiles;
}

const char *lw_tasks_error(const struct lw_tasks *t)
{
    return t->error.code == LW_OK ? NULL : t->error.text;
}

size_t lw_tasks_joins(const struct lw_tasks *t)
{
    return t->njoins;
}

size_t lw_tasks_count(const struct lw_tasks *t)
{
    return t->index->n;
}

bool lw_tasks_has(struct lw_tasks *t, size_t position)
{
    while (position >= t->index->n && lw_index_cache_step(t)) {
    }
    return position < t->index->n;
}

uint64_t lw_tasks_bytes_all(const struct lw_tasks *t)
{
    const struct lw_tasks_file *last = &t->file[t->nfiles - 1];
    return last->start + last->lines.size;
}

uint64_t lw_tasks_bytes_done(const struct lw_tasks *t)
{
    return lw_tasks_complete(t) ? lw_tasks_bytes_all(t) : t->file[t->current].start + t->done;
}

uint64_t lw_tasks_key(const struct lw_tasks *t, size_t position)
{
    return lw_index_key(t->index, position);
}

bool lw_tasks_find(struct lw_tasks *t, uint64_t key, size_t *position)
{
    bool found = lw_index_find(t->index, key, position);
    for (size_t from = t->index->n; !found && lw_index_cache_step(t); from = t->index->n)
        found = lw_index_scan(t->index, from, key, position);
    return found;
}

size_t lw_tasks_duplicates(const struct lw_tasks *t, size_t *first)
{
    if (first && t->index->nduplicates)
        *first = t->index->duplicate[0].position;
    return t->index->nduplicates;
}

/* ---- one task */

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

const char *lw_tasks_file(const struct lw_tasks *t, size_t position)
{
    return t->file[lw_tasks_file_of(t, position)].name;
}

uint64_t lw_tasks_end_of(
    const struct lw_tasks *t, size_t position, uint64_t at, const struct lw_tasks_file *f)
{
    uint64_t end = position + 1 < t->index->n ? at + lw_index_stride(t->index, position)
                                              : lw_tasks_bytes_done(t) - f->start;
    return end < f->lines.size ? end : f->lines.size;
}

static enum lw_code changed(
    struct lw_tasks *t, const struct lw_tasks_file *f, size_t position, struct lw_err *err)
{
    lw_index_cache_delete(t);
    return lw_fail(err, LW_EBAD,
        "%s: record %zu is not the same as before: the file was changed. Restart labelwright.",
        f->name, position - f->first + 1);
}

static struct lw_task *too_large(struct lw_lines *r, const struct lw_tasks_file *f, uint64_t offset,
    const struct lw_raw_record *raw, struct lw_err *err)
{
    char id[LW_ID_MAX + 1];
    struct lw_record record = {.len = raw->n > UINT32_MAX ? UINT32_MAX : (uint32_t)raw->n};
    if (lw_lines_hash(r, offset, raw->n, record.sha256, err) != LW_OK)
        return NULL;
    lw_record_reader_id(&f->reader, raw->s, LW_RECORD_HEAD, record.sha256, id);
    char *why = lw_record_too_large(raw->n);
    struct lw_task *task = lw_task_unreadable(id, &record, why);
    free(why);
    return task;
}

/* Reads through a window that ends with the record, never more bytes than needed; or with those
 * that follow it. `r` needs lw_lines_fini(). */
static enum lw_code get_record(struct lw_tasks *t, size_t position, const struct lw_tasks_file *f,
    struct lw_lines *r, struct lw_raw_record *raw, struct lw_err *err)
{
    uint64_t offset = lw_index_offset(t->index, position) - f->start;
    *r = (struct lw_lines){.sys = t->sys, .fd = f->lines.fd, .name = f->name};
    r->size = lw_tasks_end_of(t, position, offset, f);
    if (offset >= r->size)
        return changed(t, f, position, err);
    if (lw_tasks_ahead_get(t, f, offset, r->size, raw))
        return LW_OK;
    r->window_max = r->size - offset < LW_WINDOW ? (size_t)(r->size - offset) : LW_WINDOW;
    return lw_record_reader_get(&f->reader, r, offset, raw, err);
}

/* What of a task is loaded. */
enum what { ALL, TEXTS, TEXTS_UNHASHED };

static struct lw_task *make_task(
    const struct lw_tasks_file *f, const struct lw_raw_record *raw, enum what what)
{
    size_t n = (size_t)raw->n;
    struct lw_task *t = what == ALL ? NULL : lw_record_reader_texts(&f->reader, raw->s, n);
    if (t && what == TEXTS)
        lw_sha256_hex(raw->s, n, t->record.sha256);
    return t ? t : lw_record_reader_task(&f->reader, raw->s, n);
}

static struct lw_task *read_task(struct lw_tasks *t, size_t position, struct lw_tasks_file *f,
    enum what what, struct lw_err *err)
{
    uint64_t offset = lw_index_offset(t->index, position) - f->start;
    struct lw_lines r;
    struct lw_raw_record raw;
    struct lw_task *task = NULL;
    if (get_record(t, position, f, &r, &raw, err) == LW_OK) {
        if (raw.blank || raw.at != offset || (!raw.ended && raw.next != f->lines.size))
            changed(t, f, position, err);
        else
            task = raw.n > LW_RECORD_MAX ? too_large(&r, f, offset, &raw, err)
                                         : make_task(f, &raw, what);
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
    struct lw_lines r;
    struct lw_raw_record raw;
    enum lw_code code = get_record(t, position, f, &r, &raw, err);
    if (code == LW_OK && raw.n > LW_RECORD_MAX) {
        code = lw_lines_hash(&r, raw.at, raw.n, sha256, err);
        *record = code == LW_OK ? first_bytes(sha256) : 0;
    } else if (code == LW_OK) {
        *record = lw_fingerprint(raw.s, (size_t)raw.n);
    }
    lw_lines_fini(&r);
    return code;
}

static void add_suffix(struct lw_task *task, uint32_t suffix)
{
    char *id = lw_format("%s~%u", task->id, suffix);
    free(task->id);
    task->id = id;
}

static enum lw_code load(
    struct lw_tasks *t, size_t position, enum what what, struct lw_task **to, struct lw_err *err)
{
    *to = NULL;
    if (position >= t->index->n)
        return lw_fail(err, LW_EABSENT, "There is no task %zu.", position + 1);
    struct lw_err why = {0};
    struct lw_tasks_file *f = &t->file[lw_tasks_file_of(t, position)];
    struct lw_task *task = read_task(t, position, f, what, &why);
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

enum lw_code lw_tasks_load(
    struct lw_tasks *t, size_t position, struct lw_task **to, struct lw_err *err)
{
    return load(t, position, ALL, to, err);
}

enum lw_code lw_tasks_load_texts(
    struct lw_tasks *t, size_t position, bool hashed, struct lw_task **to, struct lw_err *err)
{
    enum what what = t->njoins > 0 ? ALL : hashed ? TEXTS : TEXTS_UNHASHED;
    return load(t, position, what, to, err);
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

bool lw_tasks_is_duplicate(const struct lw_tasks *t, size_t position)
{
    return lw_index_suffix(t->index, position) != 0;
}

uint64_t lw_tasks_bytes_before(const struct lw_tasks *t, size_t position)
{
    return lw_index_offset(t->index, position);
}
