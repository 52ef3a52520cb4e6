/* A row of bytes that is looked for, with the few values that each of them may have. */
#ifndef LABELWRIGHT_TASKS_SEARCH_PATTERN_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_PATTERN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { LW_PATTERN_MAX = 400, LW_PATTERN_VALUES = 3 };

struct lw_pattern {
    size_t n;
    uint32_t set[LW_PATTERN_MAX][8]; /* a bit for each value that the byte may have */
    size_t probe[2];                 /* the places that are looked at first: the rarest */
    unsigned char value[2][LW_PATTERN_VALUES];
};

/* Puts `c` among the values of the byte at a place, which is at most n. */
void lw_pattern_allow(struct lw_pattern *p, size_t at, unsigned char c);

/* When all bytes are there: chooses the probes. */
void lw_pattern_done(struct lw_pattern *p);

/* Where it begins at or after `from`; n for nowhere. */
size_t lw_pattern_find(const struct lw_pattern *p, const char *s, size_t n, size_t from);

/* Bytes looked at together, as compilers have them for processors that can. */
typedef unsigned char lw_bytes __attribute__((vector_size(16)));
enum { LW_BYTES = sizeof(lw_bytes) };

static inline lw_bytes lw_bytes_at(const char *s)
{
    lw_bytes b;
    memcpy(&b, s, sizeof b);
    return b;
}

static inline lw_bytes lw_bytes_of(unsigned char c)
{
    lw_bytes b;
    memset(&b, c, sizeof b);
    return b;
}

/* Whether some byte is not zero. */
static inline bool lw_bytes_any(lw_bytes b)
{
    uint64_t part[LW_BYTES / 8];
    memcpy(part, &b, sizeof part);
    return (part[0] | part[1]) != 0;
}

#endif
