/* Any bytes as CSV: rows are the same whatever the pieces they come in, every byte belongs to one
 * row or to a gap, and a table that is recognised gives each row as an object or a reason. */
#include "labelwright/format/csv.h"
#include "labelwright/format/record_scan.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n);

static void must(bool holds)
{
    if (!holds)
        abort();
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The row at `from` or behind it, in pieces; false when there is none. */
static bool next(char delimiter, const char *s, size_t n, size_t piece, size_t from, size_t *at,
    struct lw_scan *to)
{
    lw_scan_begin(to, LW_ROWS);
    to->delimiter = delimiter;
    while (from < n && !to->begun)
        from += lw_scan_gap(to, s + from, smaller(piece, n - from));
    *at = from;
    while (from < n && !to->done)
        from += lw_scan_feed(to, s + from, smaller(piece, n - from));
    must(!to->begun || (to->len == from - *at && to->len > to->tail));
    return to->begun;
}

static void check_row(const struct lw_csv *table, const char *s, size_t n)
{
    json_t *row;
    struct lw_err err = {0};
    char id[LW_ID_MAX + 1];
    if (lw_csv_row(table, s, n, &row, &err) == LW_OK)
        must(json_is_object(row));
    else
        must(err.code == LW_EBAD && *err.text);
    size_t len = lw_csv_id(table, "id", s, n, id);
    const char *text = err.code == LW_OK ? json_string_value(json_object_get(row, "id")) : NULL;
    must(!text || len == 0 || strcmp(text, id) == 0);
    if (err.code == LW_OK)
        json_decref(row);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    if (n < 1)
        return 0;
    const char *s = (const char *)data + 1;
    char delimiter = ",\t;,"[data[0] & 3];
    size_t piece = (data[0] >> 2) + 1U, from = 0, at[2], begin = 0;
    struct lw_scan scan[2];
    struct lw_csv *table;
    const struct lw_format *format = NULL;
    struct lw_err err = {0};
    n--;
    enum lw_code code =
        lw_csv_detect("fuzz.csv", s, n, true, NULL, NULL, &table, &format, &begin, &err);
    must(code == LW_OK ? table && format && begin <= n
                       : !table && (code == LW_EABSENT || (code == LW_EBAD && *err.text)));
    lw_err_clear(&err);
    if (table)
        delimiter = table->delimiter;
    while (next(delimiter, s, n, n, from, &at[0], &scan[0])) {
        must(next(delimiter, s, n, piece, from, &at[1], &scan[1]));
        must(at[0] == at[1] && scan[0].len == scan[1].len && scan[0].tail == scan[1].tail &&
             scan[0].done == scan[1].done);
        if (table)
            check_row(table, s + at[0], (size_t)scan[0].len - scan[0].tail);
        from = at[0] + (size_t)scan[0].len;
    }
    lw_csv_free(table);
    return 0;
}
