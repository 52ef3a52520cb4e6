/* Rows of cells by RFC 4180: one row's bytes as texts, as an object, or just its id. Where a row
 * ends is found by record_scan.c; what the columns mean by csv_detect.c. */
#include "labelwright/format/csv.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/record.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* Takes the cell at *p and the delimiter after it; `more` tells whether there was one. False when a
 * quote is not closed. */
static bool read_cell(
    const char **p, const char *end, char delimiter, struct lw_buf *to, bool *more)
{
    const char *s = *p;
    lw_buf_clear(to);
    if (s < end && *s == '"') {
        for (s++;; s++) {
            const char *quote = s < end ? memchr(s, '"', (size_t)(end - s)) : NULL;
            if (!quote)
                return false;
            lw_buf_add(to, s, (size_t)(quote - s));
            s = quote + 1;
            if (s == end || *s != '"')
                break;
            lw_buf_char(to, '"');
        }
    }
    const char *stop = s < end ? memchr(s, delimiter, (size_t)(end - s)) : NULL;
    lw_buf_add(to, s, (size_t)((stop ? stop : end) - s));
    *more = stop != NULL;
    *p = stop ? stop + 1 : end;
    return true;
}

json_t *lw_csv_row_cells(char delimiter, const char *bytes, size_t n, struct lw_err *err)
{
    json_t *cells = json_array();
    struct lw_buf b = {0};
    bool more = true;
    if (lw_record_check_text(bytes, n, err) != LW_OK)
        more = false;
    for (const char *p = bytes, *end = bytes + n; more;) {
        if (!read_cell(&p, end, delimiter, &b, &more)) {
            lw_fail(err, LW_EBAD, "The opening quote of cell %zu in the row is not closed.",
                json_array_size(cells) + 1);
            json_array_clear(cells);
            break;
        }
        json_array_append_new(cells, json_stringn(b.data ? b.data : "", b.len));
    }
    lw_buf_fini(&b);
    if (json_array_size(cells) > 0)
        return cells;
    json_decref(cells);
    return NULL;
}

bool lw_csv_row_fits(const json_t *cells, size_t n)
{
    size_t has = json_array_size(cells);
    for (size_t i = n; i < has; i++)
        if (json_string_length(json_array_get(cells, i)) > 0)
            return false;
    return has >= n;
}

bool lw_csv_row_is_blank(char delimiter, const char *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (bytes[i] != delimiter && !strchr(" \t\r\"", bytes[i]))
            return false;
    return memchr(bytes, '\0', n) == NULL;
}

enum lw_code lw_csv_row(
    const struct lw_csv *t, const char *bytes, size_t n, json_t **to, struct lw_err *err)
{
    json_t *cells = lw_csv_row_cells(t->delimiter, bytes, n, err);
    if (!cells)
        return LW_EBAD;
    enum lw_code code = LW_OK;
    size_t has = json_array_size(cells);
    *to = NULL;
    if (!lw_csv_row_fits(cells, t->ncells))
        code = lw_fail(err, LW_EBAD,
            "The row has %zu cell%s, the table has %zu columns. Put cells with line breaks or "
            "delimiters in double quotes.",
            has, has == 1 ? "" : "s", t->ncells);
    else
        *to = json_object();
    for (size_t i = 0; i < t->ncells && *to; i++)
        if (t->name[i])
            json_object_set(*to, t->name[i], json_array_get(cells, i));
    json_decref(cells);
    return code;
}

size_t lw_csv_id(
    const struct lw_csv *t, const char *member, const char *bytes, size_t n, char to[LW_ID_MAX + 1])
{
    struct lw_buf b = {0};
    const char *p = bytes, *end = bytes + n;
    bool more = true, well = true;
    size_t len = 0;
    for (size_t i = 0; i < t->ncells && more && well; i++) {
        well = read_cell(&p, end, t->delimiter, &b, &more);
        if (!well || !t->name[i] || strcmp(t->name[i], member) != 0)
            continue;
        if (b.len > 0 && b.len <= LW_ID_MAX && lw_utf8_valid(b.data, b.len, NULL) &&
            !memchr(b.data, '\0', b.len)) {
            len = b.len;
            memcpy(to, b.data, len + 1);
        }
        break;
    }
    lw_buf_fini(&b);
    return len;
}

void lw_csv_free(struct lw_csv *t)
{
    if (!t)
        return;
    for (size_t i = 0; i < t->ncells; i++) {
        free(t->name[i]);
        free(t->column[i]);
    }
    free(t->name);
    free(t->column);
    free(t);
}
