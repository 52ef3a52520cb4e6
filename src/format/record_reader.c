/* Reads the records of a task file one by one, whatever stands around them: finds where one is,
 * makes a JSON object of it (a row of cells too), gives it an id, and has its format make a task of
 * it. */
#include "labelwright/format/record_reader.h"

#include "format/former_labels_internal.h"
#include "format/known_members_internal.h"

#include "format/format_internal.h"
#include "format/missing_member_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/record.h"
#include "labelwright/json/json_error.h"
#include "labelwright/json/json_read.h"
#include "labelwright/json/json_value.h"

#include <stdlib.h>
#include <string.h>

/* ---- where it is */

/* Moves `from` to where a record starts; blank when there is none. */
static enum lw_code skip_gap(
    struct lw_lines *file, struct lw_scan *scan, uint64_t *from, struct lw_err *err)
{
    const char *s;
    size_t n;
    while (*from < file->size && !scan->begun && !scan->last) {
        enum lw_code code = lw_lines_near(file, *from, &s, &n, err);
        if (code != LW_OK)
            return code;
        *from += lw_scan_gap(scan, s, n);
    }
    return LW_OK;
}

static bool feed_piece(void *ctx, const char *s, size_t n, uint64_t at)
{
    (void)at;
    struct lw_scan *scan = ctx;
    lw_scan_feed(scan, s, n);
    return !scan->done;
}

/* A record longer than the window, which starts with it; the scanner has seen the window. */
static enum lw_code get_long(
    struct lw_lines *file, struct lw_scan *scan, struct lw_raw_record *to, struct lw_err *err)
{
    enum lw_code code = lw_lines_each(file, file->at + file->n, file->size, feed_piece, scan, err);
    if (code == LW_OK && scan->len <= LW_RECORD_MAX)
        code = lw_lines_large(file, to->at, (size_t)scan->len, &to->s, err);
    return code;
}

/* Starts a new scan, and moves the window to where the record starts, unless it is already there.
 */
static enum lw_code find_end(struct lw_lines *file, const struct lw_scan *begun,
    struct lw_raw_record *to, struct lw_err *err)
{
    struct lw_scan scan = *begun;
    size_t n;
    enum lw_code code = lw_lines_near(file, to->at, &to->s, &n, err);
    if (code == LW_OK)
        lw_scan_feed(&scan, to->s, n);
    if (code == LW_OK && !scan.done && to->at + n < file->size) {
        if (file->at != to->at) {
            scan = *begun;
            code = lw_lines_peek(file, to->at, &to->s, &n, err);
            if (code == LW_OK)
                lw_scan_feed(&scan, to->s, n);
        }
        if (code == LW_OK && !scan.done && to->at + n < file->size)
            code = get_long(file, &scan, to, err);
    }
    to->ended = lw_scan_end(&scan);
    to->n = scan.len - scan.tail;
    to->next = to->at + scan.len;
    return code;
}

static enum lw_code scan_one(const struct lw_record_reader *reader, struct lw_lines *file,
    uint64_t from, struct lw_raw_record *to, struct lw_err *err)
{
    struct lw_scan scan;
    lw_scan_begin(&scan, reader->container);
    scan.delimiter = reader->table ? reader->table->delimiter : '\0';
    enum lw_code code = skip_gap(file, &scan, &from, err);
    *to = (struct lw_raw_record){
        .s = "", .at = from, .next = file->size, .ended = true, .blank = true};
    if (code != LW_OK || !scan.begun)
        return code;
    to->blank = false;
    return find_end(file, &scan, to, err);
}

/* Skips rows of delimiters only. */
static enum lw_code scan_record(const struct lw_record_reader *reader, struct lw_lines *file,
    uint64_t from, struct lw_raw_record *to, struct lw_err *err)
{
    for (;; from = to->next) {
        enum lw_code code = scan_one(reader, file, from, to, err);
        bool empty = code == LW_OK && reader->table && !to->blank && to->n <= LW_RECORD_HEAD &&
                     lw_csv_row_is_blank(reader->table->delimiter, to->s, (size_t)to->n);
        if (!empty)
            return code;
        if (to->next >= file->size) {
            to->blank = true;
            return LW_OK;
        }
    }
}

enum lw_code lw_record_reader_get(const struct lw_record_reader *reader, struct lw_lines *file,
    uint64_t from, struct lw_raw_record *to, struct lw_err *err)
{
    if (reader->container == LW_LINES)
        return lw_lines_get(file, from, to, err);
    return scan_record(reader, file, from, to, err);
}

/* A word at the very end may continue. */
bool lw_record_reader_is_complete(const struct lw_record_reader *reader,
    const struct lw_lines *file, const struct lw_raw_record *record)
{
    bool more = reader->container != LW_VALUES || record->next < file->size;
    return record->ended && reader->container != LW_MEMBER && more;
}

/* ---- an object of the bytes */

static enum lw_code refuse_kind(const json_t *value, struct lw_err *err)
{
    static const char *const kind[] = {"an object", "a list", "a string", "a number", "a number",
        "only true", "only false", "only null"};
    return lw_fail(err, LW_EBAD, "The record is %s, not an object like {\"prompt\": …}.",
        lw_json_big(value) ? "a number" : kind[json_typeof(value)]);
}

static json_t *load(const char *bytes, size_t n, json_error_t *e)
{
    return json_loadb(bytes, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, e);
}

static enum lw_code parse(json_t *(*with)(const char *bytes, size_t n, json_error_t *e),
    const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    json_error_t e;
    json_t *root = lw_json_read_plain(bytes, n); /* then it is text, too */
    if (!root && lw_record_check_text(bytes, n, err) != LW_OK)
        return LW_EBAD;
    if (!root)
        root = with(bytes, n, &e);
    if (!root)
        return lw_json_error(bytes, n, &e, err);
    if (json_is_object(root) && !lw_json_big(root)) {
        *to = root;
        return LW_OK;
    }
    refuse_kind(root, err);
    json_decref(root);
    return LW_EBAD;
}

enum lw_code lw_record_parse(const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    return parse(load, bytes, n, to, err);
}

enum lw_code lw_record_parse_big(const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    return parse(lw_json_load, bytes, n, to, err);
}

/* The object inside a record, new. */
static enum lw_code unwrap(
    const char *member, const json_t *record, json_t **to, struct lw_err *err)
{
    json_t *inner = json_object_get(record, member);
    enum lw_code code =
        json_is_object(inner)
            ? LW_OK
            : lw_fail(err, LW_EBAD, "\"%s\" is %s: in this file it contains the task.", member,
                  inner ? "not an object" : "missing");
    *to = code == LW_OK ? json_incref(inner) : NULL;
    return code;
}

/* "a.b" is the member b of the object a, unless there is a member of that very name. */
static json_t *member_at(json_t *record, const char *path)
{
    json_t *v = json_object_get(record, path);
    const char *dot = v ? NULL : strchr(path, '.');
    char *first = dot ? lw_strndup(path, (size_t)(dot - path)) : NULL;
    if (first)
        v = member_at(json_object_get(record, first), dot + 1);
    free(first);
    return v;
}

/* All members except those that would be taken for what project.yaml names. */
static void copy_others(const json_t *record, json_t *to)
{
    const char *name;
    json_t *v;
    json_object_foreach((json_t *)record, name, v)
    {
        bool ours = strcmp(name, "prompt") == 0 || strcmp(name, "reference") == 0 ||
                    strncmp(name, "response", 8) == 0;
        if (!ours)
            json_object_set(to, name, v);
    }
}

static enum lw_code fail_missing(const char *missing, const json_t *record, struct lw_err *err)
{
    const char **names = lw_alloc((json_object_size(record) + 1) * sizeof *names), *name;
    size_t n = 0;
    json_t *v;
    json_object_foreach((json_t *)record, name, v) names[n++] = name;
    enum lw_code code = lw_fail_member(err, "The record", "member", missing, names, n);
    free(names);
    return code;
}

/* Renames the members that project.yaml gives as prompt, responses and reference. */
static enum lw_code map_members(const struct lw_column_map *c, json_t **record, struct lw_err *err)
{
    json_t *to = json_object();
    const char *missing = NULL;
    const char *const from[] = {c->prompt, c->reference}, *const name[] = {"prompt", "reference"};
    for (size_t i = 0; i < 2; i++)
        if (from[i] && json_object_set(to, name[i], member_at(*record, from[i])) != 0 && i == 0)
            missing = from[i];
    for (size_t i = 0; i < c->nresponses; i++) {
        char *member = lw_format("response%zu", i + 1);
        if (json_object_set(to, member, member_at(*record, c->response[i])) != 0)
            missing = c->response[i];
        free(member);
    }
    copy_others(*record, to);
    enum lw_code why = missing ? fail_missing(missing, *record, err) : LW_OK;
    json_decref(*record);
    *record = missing ? NULL : to;
    if (missing)
        json_decref(to);
    return why;
}

/* What becomes of the bytes of a record: the task's object; the one around it and the known answers
 * that were taken out of both, NULL for none. All new. */
struct parsed {
    json_t *task, *around, *known;
};

static void parsed_fini(struct parsed *p)
{
    json_decref(p->task);
    json_decref(p->around);
    json_decref(p->known);
}

static enum lw_code parse_row(const struct lw_record_reader *reader, const char *bytes, size_t n,
    struct parsed *to, struct lw_err *err)
{
    enum lw_code code = lw_csv_row(reader->table, bytes, n, &to->task, err);
    if (code == LW_OK && reader->known)
        to->known = lw_known_take_cells(reader->known, reader->table, bytes, n, to->task);
    return code;
}

static enum lw_code parse_all(const struct lw_record_reader *reader, const char *bytes, size_t n,
    struct parsed *to, struct lw_err *err)
{
    *to = (struct parsed){.task = NULL};
    if (reader->container == LW_ROWS)
        return parse_row(reader, bytes, n, to, err);
    enum lw_code code = lw_record_parse_big(bytes, n, &to->task, err);
    if (code == LW_OK && reader->wrap) {
        to->around = to->task;
        code = unwrap(reader->wrap, to->around, &to->task, err);
    }
    if (code == LW_OK && reader->known)
        to->known = lw_known_take(reader->known, to->task, to->around);
    return code == LW_OK && reader->columns ? map_members(reader->columns, &to->task, err) : code;
}

enum lw_code lw_record_reader_parse(const struct lw_record_reader *reader, const char *bytes,
    size_t n, json_t **to, struct lw_err *err)
{
    struct parsed p;
    enum lw_code code = parse_all(reader, bytes, n, &p, err);
    *to = code == LW_OK ? json_incref(p.task) : NULL;
    parsed_fini(&p);
    return code;
}

/* ---- its id */

static size_t row_id(const struct lw_record_reader *reader, const char *s, size_t n,
    const char *sha256, char to[LW_ID_MAX + 1])
{
    const struct lw_format hashed = {.name = reader->format->name};
    const char *member = reader->format->id_member;
    size_t len = member ? lw_csv_id(reader->table, member, s, n, to) : 0;
    return len ? len : lw_record_make_id(&hashed, s, n, sha256, to);
}

/* The id of the task inside; if it has none, of the record around it. */
static size_t inner_id(
    const struct lw_record_reader *reader, const char *s, size_t n, char to[LW_ID_MAX + 1])
{
    size_t look = n > LW_RECORD_MAX ? LW_RECORD_HEAD : n;
    size_t at = reader->format->id_member ? lw_record_find_object(reader->wrap, s, look) : 0;
    return at ? lw_record_find_id(reader->format->id_member, s + at, look - at, to) : 0;
}

static size_t mapped_id(const struct lw_record_reader *reader, const char *s, size_t n,
    const char *sha256, char to[LW_ID_MAX + 1])
{
    const struct lw_format named = {.name = reader->format->name, .id_member = reader->columns->id};
    const struct lw_record_reader inner = {.format = &named, .wrap = reader->wrap};
    size_t len = reader->wrap ? inner_id(&inner, s, n, to) : 0;
    return len ? len : lw_record_make_id(&named, s, n, sha256, to);
}

size_t lw_record_reader_id(const struct lw_record_reader *reader, const char *s, size_t n,
    const char *sha256, char to[LW_ID_MAX + 1])
{
    if (reader->container == LW_ROWS)
        return row_id(reader, s, n, sha256, to);
    if (reader->columns)
        return mapped_id(reader, s, n, sha256, to);
    size_t len = reader->wrap ? inner_id(reader, s, n, to) : 0;
    return len ? len : lw_record_make_id(reader->format, s, n, sha256, to);
}

/* ---- its task */

static bool has_prompt(const struct lw_task *t)
{
    bool says = lw_parts_count(t->parts) > 0;
    for (size_t i = 0; i < t->nturns && !says; i++)
        says = t->turn[i].text.n > 0 || lw_parts_count(t->turn[i].parts) > 0;
    return says;
}

static bool has_response(const struct lw_task *t)
{
    bool says = t->nsteps > 0;
    for (size_t i = 0; i < t->nresponses && !says; i++)
        says = t->response[i].text.n > 0 || lw_parts_count(t->response[i].parts) > 0;
    return says;
}

/* Refuses what would be judged blindly. A model may answer a prompt with nothing: that can be
 * judged. */
static enum lw_code refuse_blank(const struct lw_task *t, struct lw_err *err)
{
    if (has_response(t) || (has_prompt(t) && t->nresponses < 2))
        return LW_OK;
    if (has_prompt(t))
        return lw_fail(err, LW_EBAD, "All responses are empty: there is nothing to judge.");
    return lw_fail(err, LW_EBAD, "The record is empty: no prompt and no response has any text.");
}

/* What others answered before: suggestions; of a practice task, what is known. */
static void read_labels(const struct lw_record_reader *reader, struct parsed *p, struct lw_task *t)
{
    const json_t *own = t->suggestions;
    if (p->around)
        lw_former_labels_read(p->around, t);
    lw_former_spans_read(p->task, t);
    bool former = reader->practice && t->suggestions != own;
    lw_known_give(reader->known, p->known, former, t);
    p->known = NULL;
}

struct lw_task *lw_record_reader_texts(
    const struct lw_record_reader *reader, const char *bytes, size_t n)
{
    struct lw_record record = {.len = (uint32_t)n};
    char id[LW_ID_MAX + 1];
    if (!reader->format->read_plain || reader->container == LW_ROWS || reader->wrap ||
        reader->columns || reader->known || n > LW_RECORD_MAX)
        return NULL;
    lw_record_reader_id(reader, bytes, n, NULL, id);
    struct lw_task *t = lw_task_new(id, &record, NULL);
    if (reader->format->read_plain(bytes, n, t) && refuse_blank(t, NULL) == LW_OK) {
        lw_task_name_turns(t);
        return t;
    }
    lw_task_free(t);
    return NULL;
}

/* The id is found even where the rest cannot be read: labels stay with their record. */
struct lw_task *lw_record_reader_task(
    const struct lw_record_reader *reader, const char *bytes, size_t n)
{
    struct lw_record record = {.len = n > UINT32_MAX ? UINT32_MAX : (uint32_t)n};
    struct lw_err err = {0};
    char id[LW_ID_MAX + 1];
    struct parsed p;
    lw_sha256_hex(bytes, n, record.sha256);
    lw_record_reader_id(reader, bytes, n, record.sha256, id);
    if (n > LW_RECORD_MAX) {
        char *why = lw_record_too_large(n);
        struct lw_task *t = lw_task_unreadable(id, &record, why);
        free(why);
        return t;
    }
    if (parse_all(reader, bytes, n, &p, &err) != LW_OK) {
        parsed_fini(&p);
        return lw_task_unreadable(id, &record, err.text);
    }
    struct lw_task *t = lw_task_new(id, &record, json_incref(p.task));
    bool read = reader->format->read(reader->format, p.task, t, &err) == LW_OK &&
                refuse_blank(t, &err) == LW_OK;
    if (read)
        read_labels(reader, &p, t);
    parsed_fini(&p);
    if (!read) {
        lw_task_free(t);
        return lw_task_unreadable(id, &record, err.text);
    }
    lw_task_name_turns(t);
    return t;
}

void lw_record_reader_fini(struct lw_record_reader *reader)
{
    lw_csv_free(reader->table);
    *reader = (struct lw_record_reader){0};
}

static char *table_shape(const struct lw_record_reader *reader)
{
    struct lw_buf b = {0};
    lw_buf_fmt(&b, "%s filled rows%s %c", reader->format->name,
        reader->table->headed ? " below a header" : "", reader->table->delimiter);
    for (size_t i = 0; i < reader->table->ncells; i++)
        lw_buf_fmt(&b, "%c%s", 1, reader->table->name[i] ? reader->table->name[i] : "");
    return lw_buf_detach(&b);
}

char *lw_record_reader_describe(const struct lw_record_reader *reader)
{
    static const char *const name[] = {
        [LW_LINES] = "", [LW_VALUES] = " values", [LW_MEMBER] = " member"};
    if (reader->container == LW_ROWS)
        return table_shape(reader);
    const char *id = reader->columns && reader->columns->id ? reader->columns->id : "";
    return lw_format("%s%s%s%s%s%s", reader->format->name, name[reader->container],
        reader->wrap ? " in " : "", reader->wrap ? reader->wrap : "", *id ? " by " : "", id);
}
