#include "data/source.h"

#include "data/record.h"
#include "labelwright/buf.h"

#include <string.h>

/* Moves `from` to where a record begins; blank when there is none. */
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

/* A record longer than the window, which begins with it and was fed. */
static enum lw_code get_long(
    struct lw_lines *file, struct lw_scan *scan, struct lw_raw *to, struct lw_err *err)
{
    enum lw_code code = lw_lines_each(file, file->at + file->n, file->size, feed_piece, scan, err);
    if (code == LW_OK && scan->len <= LW_RECORD_MAX)
        code = lw_lines_large(file, to->at, (size_t)scan->len, &to->s, err);
    return code;
}

/* With a fresh scan and the window where the record begins, unless it is in sight already. */
static enum lw_code find_end(
    struct lw_lines *file, const struct lw_scan *begun, struct lw_raw *to, struct lw_err *err)
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

static enum lw_code scan_record(const struct lw_source *source, struct lw_lines *file,
    uint64_t from, struct lw_raw *to, struct lw_err *err)
{
    struct lw_scan scan;
    lw_scan_begin(&scan, source->container);
    scan.delimiter = source->table ? source->table->delimiter : '\0';
    enum lw_code code = skip_gap(file, &scan, &from, err);
    *to = (struct lw_raw){.s = "", .at = from, .next = file->size, .ended = true, .blank = true};
    if (code != LW_OK || !scan.begun)
        return code;
    to->blank = false;
    return find_end(file, &scan, to, err);
}

enum lw_code lw_source_get(const struct lw_source *source, struct lw_lines *file, uint64_t from,
    struct lw_raw *to, struct lw_err *err)
{
    if (source->container == LW_LINES)
        return lw_lines_get(file, from, to, err);
    return scan_record(source, file, from, to, err);
}

/* A word at the very end may go on. */
bool lw_source_whole(
    const struct lw_source *source, const struct lw_lines *file, const struct lw_raw *record)
{
    bool more = source->container != LW_VALUES || record->next < file->size;
    return record->ended && source->container != LW_MEMBER && more;
}

enum lw_code lw_source_parse(
    const struct lw_source *source, const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    if (source->container == LW_ROWS)
        return lw_table_row(source->table, bytes, n, to, err);
    return lw_task_record(bytes, n, to, err);
}

static size_t name_row(const struct lw_source *source, const char *s, size_t n, const char *sha256,
    char to[LW_ID_MAX + 1])
{
    const struct lw_format hashed = {.name = source->format->name};
    const char *member = source->format->id_member;
    size_t len = member ? lw_table_id(source->table, member, s, n, to) : 0;
    return len ? len : lw_record_name(&hashed, s, n, sha256, to);
}

size_t lw_source_name(const struct lw_source *source, const char *s, size_t n, const char *sha256,
    char to[LW_ID_MAX + 1])
{
    if (source->container == LW_ROWS)
        return name_row(source, s, n, sha256, to);
    return lw_record_name(source->format, s, n, sha256, to);
}

void lw_source_fini(struct lw_source *source)
{
    lw_table_free(source->table);
    *source = (struct lw_source){0};
}

static char *table_shape(const struct lw_source *source)
{
    struct lw_buf b = {0};
    lw_buf_fmt(&b, "%s rows %c", source->format->name, source->table->delimiter);
    for (size_t i = 0; i < source->table->ncells; i++)
        lw_buf_fmt(&b, "%c%s", 1, source->table->name[i] ? source->table->name[i] : "");
    return lw_buf_take(&b);
}

char *lw_source_shape(const struct lw_source *source)
{
    static const char *const name[] = {[LW_VALUES] = "values", [LW_MEMBER] = "member"};
    if (source->container == LW_LINES)
        return lw_strdup(source->format->name);
    if (source->container == LW_ROWS)
        return table_shape(source);
    return lw_format("%s %s", source->format->name, name[source->container]);
}
