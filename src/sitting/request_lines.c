/* Reads a stream of requests line by line. */
#define _GNU_SOURCE
#include "sitting/request_lines_internal.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024 };

static enum lw_request_line next_of_memory(
    struct lw_request_lines *r, bool wait, const char **line, size_t *n)
{
    if (!wait)
        return LW_LINE_LATER;
    errno = 0;
    ssize_t len = getline(&r->line, &r->room, r->in);
    if (len < 0)
        return ferror(r->in) ? LW_LINES_FAILED : LW_LINES_END;
    *line = r->line;
    *n = (size_t)len;
    return LW_LINE_THERE;
}

static bool is_readable(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};
    return poll(&p, 1, 0) > 0;
}

/* What was given goes; reads what is there, waiting for at least a byte. */
static bool fill(struct lw_request_lines *r, int fd)
{
    if (r->at > 0) {
        memmove(r->buf.data, r->buf.data + r->at, r->buf.len - r->at);
        r->buf.len -= r->at;
        r->at = 0;
    }
    char *to = lw_buf_room(&r->buf, CHUNK);
    ssize_t n;
    do
        n = read(fd, to, CHUNK);
    while (n < 0 && errno == EINTR);
    if (n < 0)
        return false;
    r->buf.len += (size_t)n;
    r->ended = n == 0;
    return true;
}

static enum lw_request_line give(
    struct lw_request_lines *r, size_t len, const char **line, size_t *n)
{
    *line = r->buf.data + r->at;
    *n = len;
    r->at += len;
    return LW_LINE_THERE;
}

enum lw_request_line lw_request_next(
    struct lw_request_lines *r, bool wait, const char **line, size_t *n)
{
    int fd = fileno(r->in);
    if (fd < 0)
        return next_of_memory(r, wait, line, n);
    for (size_t looked = 0;;) {
        size_t left = r->buf.len - r->at;
        char *from = left > looked ? r->buf.data + r->at + looked : NULL;
        char *end = from ? memchr(from, '\n', left - looked) : NULL;
        if (end)
            return give(r, (size_t)(end + 1 - (r->buf.data + r->at)), line, n);
        if (r->ended)
            return left > 0 ? give(r, left, line, n) : LW_LINES_END;
        looked = left;
        if (!wait && !is_readable(fd))
            return LW_LINE_LATER;
        if (!fill(r, fd))
            return LW_LINES_FAILED;
    }
}

void lw_request_lines_fini(struct lw_request_lines *r)
{
    lw_buf_fini(&r->buf);
    free(r->line);
}
