/* Files whose records answer those of other files: which files these are, and how one task is built
 * from all of them. */
#include "labelwright/base/buf.h"
#include "labelwright/format/detect.h"
#include "labelwright/format/record.h"
#include "labelwright/json/json_value.h"
#include "tasks/tasks_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* How far to look for a task that a record joins, before it is taken for granted. */
enum { LOOK_RECORDS = 10000, LOOK_BYTES = 64 * 1024 * 1024, ONE_RECORD = 16 * 1024 };

static json_t *member_of(const json_t *record, const char *member)
{
    json_t *v = json_object_get(record, member);
    return json_string_length(v) || json_is_integer(v) || lw_json_big(v) ? v : NULL;
}

/* Under which key the record's task is looked for in this join; false when it has none. */
static bool key_of(const struct lw_join *j, const json_t *record, uint64_t *key)
{
    const json_t *v = member_of(record, j->member);
    char number[24];
    if (json_is_string(v))
        *key = lw_fingerprint(json_string_value(v), json_string_length(v));
    else if (lw_json_big(v))
        *key = lw_fingerprint(lw_json_big(v), strlen(lw_json_big(v)));
    else if (v)
        *key = lw_fingerprint(number, (size_t)snprintf(number, sizeof number,
                                          "%" JSON_INTEGER_FORMAT, json_integer_value(v)));
    return v != NULL;
}

/* The same for the bytes of a record, which is parsed only when a scan is not enough: for long
 * texts. */
static bool raw_key(const struct lw_join *j, const struct lw_record_reader *reader,
    const struct lw_raw_record *raw, uint64_t *key)
{
    char text[LW_ID_MAX + 1];
    json_t *record;
    if (raw->n > LW_RECORD_MAX)
        return false;
    size_t n = reader->container == LW_ROWS
                   ? 0
                   : lw_record_find_id(j->member, raw->s, (size_t)raw->n, text);
    if (n > 0) {
        *key = lw_fingerprint(text, n);
        return true;
    }
    if (lw_record_reader_parse(reader, raw->s, (size_t)raw->n, &record, NULL) != LW_OK)
        return false;
    bool has = key_of(j, record, key);
    json_decref(record);
    return has;
}

static int by_key(const void *a, const void *b)
{
    const struct lw_joined *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Where the records of a key begin in j->v; `*n` of them. */
static size_t find_records(const struct lw_join *j, uint64_t key, size_t *n)
{
    size_t low = 0, high = j->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (j->v[mid].key < key)
            low = mid + 1;
        else
            high = mid;
    }
    for (*n = 0; low + *n < j->n && j->v[low + *n].key == key;)
        ++*n;
    return low;
}

/* ---- which files join */

static void add(struct lw_join *j, uint64_t key, uint64_t offset)
{
    if (j->n == j->cap) {
        j->cap = j->cap ? 2 * j->cap : 256;
        j->v = lw_grow(j->v, j->cap, sizeof *j->v);
    }
    j->v[j->n++] = (struct lw_joined){key, offset};
}

static enum lw_code read_whole(struct lw_join *j, struct lw_err *err)
{
    struct lw_tasks_file *f = j->file;
    struct lw_raw_record raw;
    enum lw_code code = LW_OK;
    uint64_t key;
    for (uint64_t at = f->reader.begin; at < f->lines.size && code == LW_OK; at = raw.next) {
        code = lw_record_reader_get(&f->reader, &f->lines, at, &raw, err);
        if (code != LW_OK || raw.blank)
            continue;
        if (raw_key(j, &f->reader, &raw, &key))
            add(j, key, raw.at);
        else
            j->nameless++;
    }
    if (j->n > 0)
        qsort(j->v, j->n, sizeof *j->v, by_key);
    return code;
}

/* True when a record of the file is joined, or where it is too long to look at all of it. */
static bool joins_file(const struct lw_join *j, struct lw_tasks_file *f)
{
    struct lw_raw_record raw;
    uint64_t key, at = f->reader.begin;
    size_t n;
    for (int i = 0; at < f->lines.size; i++, at = raw.next) {
        if (i == LOOK_RECORDS || at - f->reader.begin > LOOK_BYTES)
            return true;
        if (lw_record_reader_get(&f->reader, &f->lines, at, &raw, NULL) != LW_OK)
            return true; /* reading it later will say why */
        if (raw.blank || !raw_key(j, &f->reader, &raw, &key))
            continue;
        find_records(j, key, &n);
        if (n > 0)
            return true;
    }
    return false;
}

/* Whether files of these two formats have the same prompts, as far as formats tell. */
static bool related(const struct lw_format *to, const struct lw_format *join)
{
    return (to->join && strcmp(to->join, join->join) == 0) ||
           (to->id_member && strcmp(to->id_member, join->join) == 0);
}

struct splitting {
    struct lw_tasks *t;
    size_t ntasks; /* files of tasks so far, at the front of t->file */
};

/* By which member the file may join those found so far; NULL when it is one of tasks. */
static const char *member_for(const struct splitting *p, const struct lw_tasks_file *f)
{
    const struct lw_format *format = f->reader.format;
    if (f->about->join)
        return strcmp(f->about->join, "none") == 0 ? NULL : f->about->join;
    bool fits = format->answers;
    for (size_t i = 0; i < p->ntasks && format->join && !fits; i++)
        fits = related(p->t->file[i].reader.format, format);
    return fits ? format->join : NULL;
}

static enum lw_code refuse(const struct lw_join *j, bool any, struct lw_err *err)
{
    const char *name = j->file->name;
    if (!any)
        return lw_detect_refuse_answers(name, err);
    if (j->n == 0)
        return lw_fail(err, LW_EBAD,
            "%s joins by \"%s\", but none of its records has that as text or an integer. Use "
            "another member, or remove `join`.",
            name, j->member);
    return lw_fail(err, LW_EBAD,
        "%s: none of its %zu records has the \"%s\" of a task, so they answer no task. Add the "
        "file with their questions, or join by another member.",
        name, j->n, j->member);
}

/* Adds the file as one that joins. `*joined` false: it may contain tasks after all. */
static enum lw_code try_join(struct splitting *p, struct lw_tasks_file *f, const char *member,
    bool *joined, struct lw_err *err)
{
    struct lw_tasks *t = p->t;
    struct lw_join j = {.file = f, .member = member};
    bool must = f->about->join || f->reader.format->answers;
    enum lw_code code = read_whole(&j, err);
    *joined = false;
    for (size_t i = 0; i < p->ntasks && code == LW_OK && !*joined; i++)
        *joined = joins_file(&j, &t->file[i]);
    if (code == LW_OK && must && !*joined)
        code = refuse(&j, p->ntasks > 0, err);
    if (code != LW_OK || !*joined) {
        free(j.v);
        return code;
    }
    lw_lines_fini(&f->lines);
    f->lines.window_max = ONE_RECORD; /* from here on they are read one by one */
    j.file = &t->joining[t->njoins];
    *j.file = *f;
    f->lines = (struct lw_lines){.fd = -1};
    f->reader = (struct lw_record_reader){0};
    t->join[t->njoins++] = j;
    return LW_OK;
}

/* Whether the file is checked last, because the file it joins may come after it. */
static bool is_late(const struct lw_tasks_file *f)
{
    return f->about->join ? strcmp(f->about->join, "none") != 0 : f->reader.format->answers;
}

static enum lw_code split_some(
    struct splitting *p, struct lw_tasks_file *all, size_t n, bool late, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < n && code == LW_OK; i++) {
        bool joined = false;
        if (!all[i].reader.format || is_late(&all[i]) != late) /* taken already, or not yet */
            continue;
        const char *member = member_for(p, &all[i]);
        if (member)
            code = try_join(p, &all[i], member, &joined, err);
        lw_lines_fini(&all[i].lines);
        if (code != LW_OK || joined)
            continue;
        p->t->file[p->ntasks++] = all[i];
        all[i].lines.fd = -1;
        all[i].reader = (struct lw_record_reader){0};
    }
    return code;
}

/* {"model_name": …, "prompts": […]}: given once for all records. */
static char *model_of(struct lw_tasks_file *f)
{
    char name[LW_ID_MAX + 1];
    const char *s;
    size_t n;
    if (f->reader.container != LW_MEMBER || lw_lines_peek(&f->lines, 0, &s, &n, NULL) != LW_OK)
        return NULL;
    return lw_record_find_id("model_name", s, n, name) ? lw_strdup(name) : NULL;
}

enum lw_code lw_tasks_split(struct lw_tasks *t, struct lw_err *err)
{
    size_t n = t->nfiles;
    struct lw_tasks_file *all = t->file;
    struct splitting p = {.t = t};
    t->file = lw_alloc(n * sizeof *t->file);
    t->joining = lw_alloc(n * sizeof *t->joining);
    t->join = lw_alloc(n * sizeof *t->join);
    enum lw_code code = split_some(&p, all, n, false, err);
    if (code == LW_OK)
        code = split_some(&p, all, n, true, err);
    t->nfiles = p.ntasks;
    for (size_t i = 0; i < n; i++)
        lw_tasks_file_fini(&all[i]);
    free(all);
    for (size_t i = 0; i < t->nfiles && t->njoins > 0; i++)
        t->file[i].model = model_of(&t->file[i]);
    for (size_t i = 0; i < t->njoins; i++)
        t->joining[i].model = model_of(&t->joining[i]);
    return code;
}

void lw_tasks_join_fini(struct lw_tasks *t)
{
    for (size_t i = 0; i < t->njoins; i++) {
        free(t->join[i].v);
        lw_tasks_file_fini(&t->joining[i]);
    }
    free(t->join);
    free(t->joining);
}

/* ---- one task out of them */

static enum lw_code changed(const struct lw_join *j, struct lw_err *err)
{
    return lw_fail(err, LW_EBAD, "%s: the file was changed. Restart labelwright.", j->file->name);
}

/* The record as a task of its own. */
static enum lw_code read_joined(
    const struct lw_join *j, const struct lw_joined *at, struct lw_task **to, struct lw_err *err)
{
    struct lw_tasks_file *f = j->file;
    struct lw_raw_record raw;
    uint64_t key;
    enum lw_code code = at->offset < f->lines.size
                            ? lw_record_reader_get(&f->reader, &f->lines, at->offset, &raw, err)
                            : changed(j, err);
    if (code != LW_OK)
        return code;
    if (raw.blank || raw.at != at->offset || !raw_key(j, &f->reader, &raw, &key) || key != at->key)
        return changed(j, err);
    *to = lw_record_reader_task(&f->reader, raw.s, (size_t)raw.n);
    return LW_OK;
}

/* The name of a file without its folders and its extension. */
static char *stem_of(const char *name)
{
    const char *slash = strrchr(name, '/'), *base = slash ? slash + 1 : name;
    const char *dot = strrchr(base, '.');
    return lw_strndup(base, dot && dot > base ? (size_t)(dot - base) : strlen(base));
}

/* Keeps the text as long as the task lives. */
static const char *add_text(struct lw_task *to, const char *text)
{
    json_t *s = json_string_nocheck(text);
    if (!to->made)
        to->made = json_array();
    json_array_append_new(to->made, s);
    return json_string_value(s);
}

static const char *free_id(struct lw_task *to, const char *id)
{
    char *tried = lw_strdup(id);
    for (int n = 2; lw_task_response(to, tried); n++) {
        free(tried);
        tried = lw_format("%s~%d", id, n);
    }
    const char *unique = add_text(to, tried);
    free(tried);
    return unique;
}

/* Steps of a response stay with it; they get their places behind those that are there. */
static void move_steps(struct lw_task *to, const struct lw_task *from, size_t responses)
{
    if (from->nsteps == 0)
        return;
    size_t first = to->nsteps, places = first ? to->step[first - 1].place : 0;
    to->step = lw_grow(to->step, first + from->nsteps, sizeof *to->step);
    for (size_t i = 0; i < from->nsteps; i++) {
        struct lw_task_step step = from->step[i];
        step.response += (int)responses;
        step.place += places;
        step.first += first;
        lw_task_step_name(&step);
        to->step[to->nsteps++] = step;
    }
}

/* Moves the responses of `from`, and what their texts point into. */
static void move_responses(struct lw_task *to, struct lw_task *from, const struct lw_join *j)
{
    char *stem = stem_of(j->file->name);
    size_t n = to->nresponses + from->nresponses;
    if (!to->made)
        to->made = json_array();
    json_array_append(to->made, from->root);
    if (from->made)
        json_array_append(to->made, from->made);
    move_steps(to, from, to->nresponses);
    if (from->nresponses > 0)
        to->response = lw_grow(to->response, n, sizeof *to->response);
    for (size_t i = 0; i < from->nresponses; i++) {
        struct lw_response r = from->response[i];
        r.model = r.model || !j->file->model ? r.model : add_text(to, j->file->model);
        r.id = free_id(to, r.model ? r.model : stem);
        to->response[to->nresponses++] = r;
    }
    free(stem);
}

static void make_unreadable(struct lw_task **task, const struct lw_join *j, const char *why)
{
    char *text = lw_format("%s: %s", j->file->name, why);
    struct lw_task *bad = lw_task_unreadable((*task)->id, &(*task)->record, text);
    struct lw_task old = **task;
    **task = *bad;
    *bad = old;
    lw_task_free(bad);
    free(text);
}

static enum lw_code join_one(const struct lw_join *j, uint64_t key, struct lw_task *task,
    struct lw_sha256_run *hash, size_t *records, struct lw_err *err)
{
    size_t n, first = find_records(j, key, &n);
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < n && code == LW_OK; i++) {
        struct lw_task *one = NULL;
        code = read_joined(j, &j->v[first + i], &one, err);
        if (code != LW_OK)
            continue;
        lw_sha256_add(hash, one->record.sha256, LW_SHA256_HEX - 1);
        lw_sha256_add(hash, "\n", 1);
        ++*records;
        if (one->unreadable && !task->unreadable)
            make_unreadable(&task, j, one->unreadable);
        else if (!task->unreadable)
            move_responses(task, one, j);
        lw_task_free(one);
    }
    lw_lines_fini(&j->file->lines);
    return code;
}

static void name_model(const struct lw_tasks *t, struct lw_task *task)
{
    size_t i = 0;
    while (i < t->nfiles && t->file[i].name != task->record.file)
        i++;
    const char *model = i < t->nfiles ? t->file[i].model : NULL;
    for (size_t k = 0; k < task->nresponses && model; k++)
        if (!task->response[k].model)
            task->response[k].model = add_text(task, model);
}

enum lw_code lw_tasks_join(struct lw_tasks *t, struct lw_task *task, struct lw_err *err)
{
    struct lw_sha256_run *hash = lw_sha256_begin();
    size_t records = 0;
    enum lw_code code = LW_OK;
    json_t *root =
        json_incref(task->root); /* of the question, also when the task becomes unreadable */
    char sha256[LW_SHA256_HEX];
    uint64_t key;
    lw_sha256_add(hash, task->record.sha256, LW_SHA256_HEX - 1);
    lw_sha256_add(hash, "\n", 1);
    name_model(t, task);
    for (size_t i = 0; i < t->njoins && code == LW_OK; i++)
        if (key_of(&t->join[i], root, &key))
            code = join_one(&t->join[i], key, task, hash, &records, err);
    lw_sha256_end(hash, sha256);
    if (records > 0)
        memcpy(task->record.sha256, sha256, sizeof sha256);
    json_decref(root);
    return code;
}

/* ---- for those who check the files */

struct lw_join_info lw_tasks_join_at(const struct lw_tasks *t, size_t join)
{
    const struct lw_join *j = &t->join[join];
    return (struct lw_join_info){j->file->name, j->member, j->n, j->nameless};
}

size_t lw_tasks_join_find(
    const struct lw_tasks *t, size_t join, const struct lw_task *task, size_t *first)
{
    uint64_t key;
    size_t n = 0;
    *first = 0;
    if (task->root && key_of(&t->join[join], task->root, &key))
        *first = find_records(&t->join[join], key, &n);
    return n;
}

uint64_t lw_tasks_join_line(struct lw_tasks *t, size_t join, size_t record)
{
    uint64_t newlines = 0;
    const struct lw_join *j = &t->join[join];
    lw_lines_count(&j->file->lines, j->v[record].offset, &newlines, NULL);
    return newlines + 1;
}
