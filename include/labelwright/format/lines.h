/* The lines of one file, through a window of it. */
#ifndef LABELWRIGHT_FORMAT_LINES_H
#define LABELWRIGHT_FORMAT_LINES_H

#include "labelwright/base/err.h"
#include "labelwright/base/hash.h"
#include "labelwright/base/sys.h"

#include <stdint.h>

enum { LW_WINDOW = 256 * 1024 };

/* The caller sets the first five; lw_lines_fini() frees the rest and leaves it usable. */
struct lw_lines {
    const struct lw_sys *sys;
    int fd; /* borrowed */
    const char *name;
    uint64_t size;     /* nothing after this is read */
    size_t window_max; /* 0 for LW_WINDOW */
    char *window, *large;
    uint64_t at; /* where the window is */
    size_t n;
};

/* One line or other record, until the next call. */
struct lw_raw_record {
    const char *s; /* only the first LW_RECORD_HEAD bytes when n > LW_RECORD_MAX */
    uint64_t n;    /* without LF, CRLF, or the CR before the end of the file */
    uint64_t at;   /* where it starts: at or after the place asked for */
    uint64_t next; /* where the next one starts, or the gap before it */
    bool ended;    /* by a newline, or whatever ends such a record */
    bool blank;    /* only spaces and tabs: not a record */
};

/* The line at `from` < size. LW_EIO, LW_EBAD (the file was cut) name the file. */
enum lw_code lw_lines_get(
    struct lw_lines *r, uint64_t from, struct lw_raw_record *to, struct lw_err *err);

/* Up to LW_WINDOW bytes from `from`, until the next call; fewer only at the end of the file. */
enum lw_code lw_lines_peek(
    struct lw_lines *r, uint64_t from, const char **s, size_t *n, struct lw_err *err);

/* The bytes from `from` < size on that are in the window, which is moved only when none are. */
enum lw_code lw_lines_near(
    struct lw_lines *r, uint64_t from, const char **s, size_t *n, struct lw_err *err);

/* n bytes from `from` in one piece, until the next call. */
enum lw_code lw_lines_large(
    struct lw_lines *r, uint64_t from, size_t n, const char **s, struct lw_err *err);

/* Calls `piece` with bytes from `at` on, until it returns false or `end` is reached. */
enum lw_code lw_lines_each(struct lw_lines *r, uint64_t at, uint64_t end,
    bool (*piece)(void *ctx, const char *s, size_t n, uint64_t at), void *ctx, struct lw_err *err);

/* SHA-256 of n bytes from `from`, read in pieces. */
enum lw_code lw_lines_hash(
    struct lw_lines *r, uint64_t from, uint64_t n, char to[LW_SHA256_HEX], struct lw_err *err);

/* How many newlines there are before `end`. */
enum lw_code lw_lines_count(struct lw_lines *r, uint64_t end, uint64_t *to, struct lw_err *err);

void lw_lines_fini(struct lw_lines *r);

#endif
