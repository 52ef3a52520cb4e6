/* The lines of one file through a window of 256 KiB, read with pread: a file may grow, shrink or be
 * larger than memory meanwhile. A line longer than the window is found first and read only when it
 * is allowed. What a line holds is not looked at. */
#include "labelwright/format/lines.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/format/record.h"

#include <stdlib.h>
#include <string.h>

enum { PIECE = 64 * 1024 };

static enum lw_code read_at(struct lw_lines *r, char *to, size_t n, uint64_t at, struct lw_err *err)
{
    struct lw_err why = {0};
    if (lw_pread_all(r->sys, r->fd, to, n, (off_t)at, &why) == LW_OK)
        return LW_OK;
    return lw_fail(err, why.code, "%s: %s", r->name, why.text);
}

static size_t window_max(const struct lw_lines *r)
{
    return r->window_max ? r->window_max : LW_WINDOW;
}

static size_t at_most(uint64_t n, size_t max)
{
    return n < max ? (size_t)n : max;
}

static enum lw_code move_window(struct lw_lines *r, uint64_t at, struct lw_err *err)
{
    size_t n = at_most(r->size - at, window_max(r));
    if (!r->window)
        r->window = lw_alloc(window_max(r));
    r->n = 0;
    enum lw_code code = read_at(r, r->window, n, at, err);
    r->at = at;
    r->n = code == LW_OK ? n : 0;
    return code;
}

enum lw_code lw_lines_each(struct lw_lines *r, uint64_t at, uint64_t end,
    bool (*piece)(void *ctx, const char *s, size_t n, uint64_t at), void *ctx, struct lw_err *err)
{
    char *bytes = lw_alloc(PIECE);
    enum lw_code code = LW_OK;
    for (bool more = true; more && at < end && code == LW_OK;) {
        size_t n = at_most(end - at, PIECE);
        code = read_at(r, bytes, n, at, err);
        if (code == LW_OK)
            more = piece(ctx, bytes, n, at);
        at += n;
    }
    free(bytes);
    return code;
}

static bool find_newline(void *ctx, const char *s, size_t n, uint64_t at)
{
    uint64_t *found = ctx;
    const char *p = memchr(s, '\n', n);
    if (p)
        *found = at + (uint64_t)(p - s);
    return !p;
}

static bool count_newlines(void *ctx, const char *s, size_t n, uint64_t at)
{
    (void)at;
    uint64_t *count = ctx;
    for (const char *end = s + n; (s = memchr(s, '\n', (size_t)(end - s))); s++)
        ++*count;
    return true;
}

static bool add_to_hash(void *ctx, const char *s, size_t n, uint64_t at)
{
    (void)at;
    lw_sha256_add(ctx, s, n);
    return true;
}

/* `s` holds the whole line, n bytes, in memory. */
static void set_line(struct lw_raw_record *to, const char *s, size_t n)
{
    if (n > 0 && s[n - 1] == '\r')
        n--;
    to->s = s;
    to->n = n;
    to->blank = true;
    for (size_t i = 0; i < n && to->blank; i++)
        to->blank = s[i] == ' ' || s[i] == '\t' || s[i] == '\r';
}

/* A line longer than the window, which starts with it: its end is found first, then it is read if
 * allowed. */
static enum lw_code get_long(struct lw_lines *r, struct lw_raw_record *to, struct lw_err *err)
{
    uint64_t from = r->at, end = r->size;
    enum lw_code code = lw_lines_each(r, from + r->n, r->size, find_newline, &end, err);
    if (code != LW_OK)
        return code;
    to->at = from;
    to->ended = end < r->size;
    to->next = end + to->ended;
    if (end - from > (uint64_t)LW_RECORD_MAX + 1) {
        char last;
        code = read_at(r, &last, 1, end - 1, err);
        to->s = r->window;
        to->n = end - from - (last == '\r');
        to->blank = false;
        return code;
    }
    r->large = lw_alloc((size_t)(end - from));
    code = read_at(r, r->large, (size_t)(end - from), from, err);
    set_line(to, r->large, (size_t)(end - from));
    return code;
}

enum lw_code lw_lines_get(
    struct lw_lines *r, uint64_t from, struct lw_raw_record *to, struct lw_err *err)
{
    free(r->large);
    r->large = NULL;
    for (bool moved = false;; moved = true) {
        if (from >= r->at && from < r->at + r->n) {
            const char *s = r->window + (from - r->at);
            size_t n = (size_t)(r->at + r->n - from);
            const char *p = memchr(s, '\n', n);
            if (p || r->at + r->n == r->size) {
                to->at = from;
                to->ended = p != NULL;
                n = p ? (size_t)(p - s) : n;
                to->next = from + n + to->ended;
                set_line(to, s, n);
                return LW_OK;
            }
            if (r->at == from && r->n == window_max(r))
                return get_long(r, to, err);
        }
        enum lw_code code =
            moved ? lw_fail(err, LW_EIO, "%s: cannot read", r->name) : move_window(r, from, err);
        if (code != LW_OK)
            return code;
    }
}

enum lw_code lw_lines_peek(
    struct lw_lines *r, uint64_t from, const char **s, size_t *n, struct lw_err *err)
{
    bool there = r->n > 0 && r->at == from;
    enum lw_code code = there ? LW_OK : move_window(r, from, err);
    *s = r->window;
    *n = r->n;
    return code;
}

enum lw_code lw_lines_near(
    struct lw_lines *r, uint64_t from, const char **s, size_t *n, struct lw_err *err)
{
    bool there = from >= r->at && from < r->at + r->n;
    enum lw_code code = there ? LW_OK : move_window(r, from, err);
    *s = code == LW_OK ? r->window + (from - r->at) : "";
    *n = code == LW_OK ? (size_t)(r->at + r->n - from) : 0;
    return code;
}

enum lw_code lw_lines_large(
    struct lw_lines *r, uint64_t from, size_t n, const char **s, struct lw_err *err)
{
    free(r->large);
    r->large = lw_alloc(n + 1);
    *s = r->large;
    return read_at(r, r->large, n, from, err);
}

enum lw_code lw_lines_hash(
    struct lw_lines *r, uint64_t from, uint64_t n, char to[LW_SHA256_HEX], struct lw_err *err)
{
    struct lw_sha256_run *run = lw_sha256_begin();
    enum lw_code code = lw_lines_each(r, from, from + n, add_to_hash, run, err);
    lw_sha256_end(run, to);
    return code;
}

enum lw_code lw_lines_count(struct lw_lines *r, uint64_t end, uint64_t *to, struct lw_err *err)
{
    *to = 0;
    return lw_lines_each(r, 0, end, count_newlines, to, err);
}

void lw_lines_fini(struct lw_lines *r)
{
    free(r->window);
    free(r->large);
    r->window = r->large = NULL;
    r->n = 0;
}
