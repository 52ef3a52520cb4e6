/* Any bytes as a container of JSON values: the records are the same whatever the pieces they come
 * in, and where a parser reads an object, the scanner's record is that object. */
#include "labelwright/format/record_scan.h"

#include <jansson.h>
#include <stdlib.h>

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

/* The record at `from` or behind it, in pieces; false when there is none. */
static bool next(enum lw_container container, const char *s, size_t n, size_t piece, size_t from,
    size_t *at, size_t *len, bool *ended)
{
    struct lw_scan scan;
    lw_scan_begin(&scan, container);
    while (from < n && !scan.begun && !scan.last)
        from += lw_scan_gap(&scan, s + from, smaller(piece, n - from));
    if (!scan.begun)
        return false;
    *at = from;
    while (from < n && !scan.done)
        from += lw_scan_feed(&scan, s + from, smaller(piece, n - from));
    *len = from - *at;
    must(scan.len == *len && *len > 0);
    *ended = lw_scan_end(&scan);
    return true;
}

static void check_object(const char *s, size_t n, size_t len, bool ended)
{
    json_error_t e;
    json_t *v = *s == '{' ? json_loadb(s, n, JSON_DISABLE_EOF_CHECK, &e) : NULL;
    must(!v || (ended && (size_t)e.position == len));
    json_decref(v);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t n)
{
    if (n < 1)
        return 0;
    const char *s = (const char *)data + 1;
    enum lw_container container = data[0] & 1 ? LW_MEMBER : LW_VALUES;
    size_t piece = (data[0] >> 1) + 1U, from = 0, at[2], len[2];
    bool ended[2];
    n--;
    while (next(container, s, n, n, from, &at[0], &len[0], &ended[0])) {
        must(next(container, s, n, piece, from, &at[1], &len[1], &ended[1]));
        must(at[0] == at[1] && len[0] == len[1] && ended[0] == ended[1] && at[0] >= from);
        check_object(s + at[0], n - at[0], len[0], ended[0]);
        from = at[0] + len[0];
    }
    must(!next(container, s, n, piece, from, &at[1], &len[1], &ended[1]));
    return 0;
}
