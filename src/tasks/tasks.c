#define _GNU_SOURCE
#include "labelwright/tasks/tasks.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/detect.h"
#include "labelwright/format/record_id.h"
#include "labelwright/tasks/task_files.h"

#include <stdlib.h>
#include <string.h>

static enum lw_code open_file(struct lw_tasks *t, size_t i, struct lw_err *err)
{
    const struct lw_task_file *about = &t->project->tasks[i];
    struct lw_tasks_file *f = &t->file[i];
    struct stat st;
    char *path = lw_project_path(t->project, about->path, err);
    if (!path)
        return err && err->code != LW_OK ? err->code : LW_EREFUSED;
    *f = (struct lw_tasks_file){.name = about->path, .about = about, .lines.fd = -1};
    enum lw_code code = lw_detect_open(t->sys, path, f->name, &f->lines.fd, &st, err);
    free(path);
    if (code != LW_OK)
        return code;
    f->lines.sys = t->sys;
    f->lines.name = f->name;
    f->lines.size = (uint64_t)st.st_size;
    f->inode = (uint64_t)st.st_ino;
    f->mtime_ns = (uint64_t)st.st_mtim.tv_sec * 1000000000 + (uint64_t)st.st_mtim.tv_nsec;
    return lw_detect(&f->lines, about->format, about->columns, &f->source, err);
}

static enum lw_code open_files(struct lw_tasks *t, struct lw_err *err)
{
    if (t->project->ntasks == 0)
        return lw_fail(err, LW_EBAD, "%s lists no task file.", t->project->file);
    t->file = lw_alloc(t->project->ntasks * sizeof *t->file);
    uint64_t start = 0;
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < t->project->ntasks && code == LW_OK; i++) {
        t->nfiles = i + 1;
        t->file[i].lines.fd = -1;
        code = open_file(t, i, err);
    }
    if (code == LW_OK)
        code = lw_tasks_part(t, err);
    for (size_t i = 0; i < t->nfiles; i++) {
        t->file[i].start = start;
        start += t->file[i].lines.size;
        lw_lines_fini(&t->file[i].lines);
    }
    return code;
}

void lw_tasks_file_fini(struct lw_tasks_file *f)
{
    lw_lines_fini(&f->lines);
    lw_record_reader_fini(&f->source);
    free(f->model);
    if (f->lines.fd >= 0)
        f->lines.sys->close(f->lines.sys, f->lines.fd);
}

void lw_tasks_close(struct lw_tasks *t)
{
    if (!t)
        return;
    lw_tasks_cache_close(t);
    for (size_t i = 0; i < t->nfiles; i++)
        lw_tasks_file_fini(&t->file[i]);
    lw_tasks_join_fini(t);
    lw_index_fini(t->index);
    free(t->index);
    free(t->file);
    free(t->order);
    free(t->rank);
    free(t);
}

static enum lw_code name_record(struct lw_tasks_file *f, const struct lw_raw *raw,
    char id[LW_ID_MAX + 1], size_t *n, struct lw_err *err)
{
    char sha256[LW_SHA256_HEX];
    bool large = raw->n > LW_RECORD_MAX;
    enum lw_code code = LW_OK;
    if (large)
        code = lw_lines_hash(&f->lines, raw->at, raw->n, sha256, err);
    if (code == LW_OK)
        *n = lw_record_reader_name(
            &f->source, raw->s, large ? LW_RECORD_HEAD : (size_t)raw->n, large ? sha256 : NULL, id);
    return code;
}

/* Adds the record at t->done, or after it, to the index. */
static enum lw_code index_record(struct lw_tasks *t, struct lw_tasks_file *f, struct lw_err *err)
{
    char id[LW_ID_MAX + 1];
    struct lw_raw raw;
    size_t n = 0;
    enum lw_code code = lw_record_reader_get(&f->source, &f->lines, t->done, &raw, err);
    if (code == LW_OK && !raw.blank) {
        code = name_record(f, &raw, id, &n, err);
        if (code == LW_OK && !lw_index_add(t->index, f->start + raw.at, id, n))
            code = lw_fail(err, LW_EBAD, "%s: a record or a gap of more than 4 GiB, at byte %llu.",
                f->name, (unsigned long long)raw.at);
    }
    /* Cells without text at the end of the file may become a row, too. */
    if (code == LW_OK && !(raw.blank && raw.ended))
        f->whole = lw_record_reader_whole(&f->source, &f->lines, &raw);
    if (code == LW_OK)
        t->done = raw.next;
    return code;
}

static void next_file(struct lw_tasks *t)
{
    lw_lines_fini(&t->file[t->current].lines);
    t->current++;
    if (t->current < t->nfiles) {
        t->file[t->current].first = t->index->n;
        t->done = t->file[t->current].source.begin;
    } else {
        lw_tasks_cache_save(t);
    }
}

bool lw_tasks_step(struct lw_tasks *t, size_t bytes)
{
    uint64_t from = lw_tasks_bytes_done(t);
    while (lw_tasks_cache_step(t) && lw_tasks_bytes_done(t) - from < bytes) {
    }
    while (!t->kept && t->error.code == LW_OK && t->current < t->nfiles) {
        struct lw_tasks_file *f = &t->file[t->current];
        if (t->done >= f->lines.size)
            next_file(t);
        else if (lw_tasks_bytes_done(t) > from && lw_tasks_bytes_done(t) - from >= bytes)
            break;
        else
            index_record(t, f, &t->error);
    }
    return t->error.code == LW_OK && !lw_tasks_complete(t);
}

static enum lw_code first_task(struct lw_tasks *t, struct lw_err *err)
{
    t->done = t->file[0].source.begin;
    lw_tasks_cache_open(t);
    lw_tasks_cache_step(t);
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

bool lw_tasks_knows(struct lw_tasks *t, size_t position)
{
    while (position >= t->index->n && lw_tasks_cache_step(t)) {
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
    for (size_t from = t->index->n; !found && lw_tasks_cache_step(t); from = t->index->n)
        found = lw_index_scan(t->index, from, key, position);
    return found;
}

size_t lw_tasks_duplicates(const struct lw_tasks *t, size_t *first)
{
    if (first && t->index->ntwins)
        *first = t->index->twin[0].position;
    return t->index->ntwins;
}
