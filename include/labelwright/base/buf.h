/* Memory allocation that cannot fail, and a growing byte buffer.
 *
 * Out of memory ends the program: everything acknowledged is already on disk. The hook can restore
 * the terminal first. */
#ifndef LABELWRIGHT_BASE_BUF_H
#define LABELWRIGHT_BASE_BUF_H

#include <stddef.h>
#include <stdint.h>

void *lw_alloc(size_t n);                      /* zeroed; free() with free() */
void *lw_grow(void *p, size_t n, size_t item); /* realloc to n items; checks the product */
char *lw_strdup(const char *s);                /* NULL gives NULL */
char *lw_strndup(const char *s, size_t n);
char *lw_format(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

extern void (*lw_oom_hook)(void); /* called once before the abort; NULL for none */

/* Zero-initialise. `data` is NUL-terminated as soon as anything was added; NULL before that. */
struct lw_buf {
    char *data;
    size_t len; /* bytes, without the NUL */
    size_t cap;
};

void lw_buf_add(struct lw_buf *b, const void *bytes, size_t n);
void lw_buf_str(struct lw_buf *b, const char *s);
void lw_buf_char(struct lw_buf *b, char c);
void lw_buf_u64(struct lw_buf *b, uint64_t n); /* its decimal digits */
void lw_buf_fmt(struct lw_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *lw_buf_room(struct lw_buf *b, size_t n); /* space for n more bytes; add them by raising len */
void lw_buf_clear(struct lw_buf *b);           /* keeps the memory */
char *lw_buf_detach(struct lw_buf *b);         /* the caller's to free(); never NULL */
void lw_buf_fini(struct lw_buf *b);

#endif
