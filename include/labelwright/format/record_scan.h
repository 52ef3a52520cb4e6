/* Finds where a record starts and ends in files without one record per line: exact scanners that
 * take the bytes piece by piece and know nothing of files. */
#ifndef LABELWRIGHT_FORMAT_RECORD_SCAN_H
#define LABELWRIGHT_FORMAT_RECORD_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum lw_container {
    LW_LINES,  /* one JSON value a line; not scanned here */
    LW_VALUES, /* JSON objects in any layout: in arrays, pretty-printed, one after the other */
    LW_MEMBER, /* the same, in the array that is a member of the file's one object */
    LW_ROWS,   /* CSV and similar, by RFC 4180 */
};

struct lw_scan {
    enum lw_container container;
    int state;    /* used by the scanner only */
    size_t depth; /* depth of brackets */
    bool in_string, escaped;
    char delimiter; /* of LW_ROWS; the caller sets it */
    size_t tail;    /* how many bytes of `len` are the line end, which is not part of the record */
    bool begun;     /* the gap before the record has been passed */
    bool done;      /* the record ended by itself */
    bool last;      /* there are no more records */
    uint64_t len;   /* length of the record so far */
};

void lw_scan_begin(struct lw_scan *s, enum lw_container container);

/* How many of the n bytes come before the record: all of them until it has started. */
size_t lw_scan_gap(struct lw_scan *s, const char *p, size_t n);

/* How many of the n bytes belong to the record; fewer than n only when it is done. */
size_t lw_scan_feed(struct lw_scan *s, const char *p, size_t n);

/* The file ends here. True when the bytes so far are a whole record. */
bool lw_scan_end(const struct lw_scan *s);

#endif
