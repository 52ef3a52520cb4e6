/* Memory that cannot run out unnoticed, and a growing buffer of bytes. A buffer at least doubles,
 * so appending costs constant time per byte; limits on what is read are set where it is read. */
#include "labelwright/base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void (*lw_oom_hook)(void);

static void *must(void *p)
{
    if (p)
        return p;
    if (lw_oom_hook)
        lw_oom_hook();
    fputs("labelwright: out of memory. All saved labels are safe on disk.\n", stderr);
    abort();
}

void *lw_alloc(size_t n)
{
    return must(calloc(1, n ? n : 1));
}

void *lw_grow(void *p, size_t n, size_t item)
{
    if (item && n > SIZE_MAX / item)
        must(NULL);
    return must(realloc(p, n && item ? n * item : 1));
}

char *lw_strndup(const char *s, size_t n)
{
    char *p = lw_alloc(n + 1);
    memcpy(p, s, n);
    return p;
}

char *lw_strdup(const char *s)
{
    return s ? lw_strndup(s, strlen(s)) : NULL;
}

static void add_formatted(struct lw_buf *b, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    lw_buf_room(b, 0);
    size_t room = b->cap - b->len; /* it mostly fits what is there */
    int n = vsnprintf(b->data + b->len, room, fmt, ap);
    if (n > 0 && (size_t)n >= room)
        vsnprintf(lw_buf_room(b, (size_t)n), (size_t)n + 1, fmt, again);
    b->len += n > 0 ? (size_t)n : 0;
    va_end(again);
}

char *lw_format(const char *fmt, ...)
{
    struct lw_buf b = {0};
    va_list ap;
    va_start(ap, fmt);
    add_formatted(&b, fmt, ap);
    va_end(ap);
    return lw_buf_detach(&b);
}

char *lw_buf_room(struct lw_buf *b, size_t n)
{
    if (n > SIZE_MAX / 2 - b->len - 1)
        must(NULL);
    size_t need = b->len + n + 1;
    if (need > b->cap) {
        size_t cap = b->cap ? b->cap : 64;
        while (cap < need)
            cap *= 2;
        b->data = lw_grow(b->data, cap, 1);
        b->cap = cap;
    }
    return b->data + b->len;
}

void lw_buf_add(struct lw_buf *b, const void *bytes, size_t n)
{
    char *to = lw_buf_room(b, n);
    if (n)
        memcpy(to, bytes, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void lw_buf_str(struct lw_buf *b, const char *s)
{
    lw_buf_add(b, s, strlen(s));
}

void lw_buf_char(struct lw_buf *b, char c)
{
    lw_buf_add(b, &c, 1);
}

void lw_buf_u64(struct lw_buf *b, uint64_t n)
{
    char digits[20], *p = digits + sizeof digits;
    do {
        *--p = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    lw_buf_add(b, p, (size_t)(digits + sizeof digits - p));
}

void lw_buf_fmt(struct lw_buf *b, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_formatted(b, fmt, ap);
    va_end(ap);
}

void lw_buf_clear(struct lw_buf *b)
{
    b->len = 0;
    if (b->data)
        b->data[0] = '\0';
}

char *lw_buf_detach(struct lw_buf *b)
{
    lw_buf_add(b, "", 0);
    char *p = b->data;
    *b = (struct lw_buf){0};
    return p;
}

void lw_buf_fini(struct lw_buf *b)
{
    free(b->data);
    *b = (struct lw_buf){0};
}
