/* A row of bytes that is looked for, with the values that each of them may have. */
#ifndef LABELWRIGHT_TASKS_SEARCH_PATTERN_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_PATTERN_INTERNAL_H

#include "tasks/search_quads_internal.h"

enum { LW_PATTERN_MAX = 400 };

struct lw_pattern {
    size_t n;
    struct lw_byte_set set[LW_PATTERN_MAX];
    size_t rarest; /* where those four bytes begin that are looked for first */
};

/* Puts `c` among the values of the byte at a place, which is at most n. */
void lw_pattern_allow(struct lw_pattern *p, size_t at, unsigned char c);

/* When all bytes are there: finds the rarest four, which a shorter pattern has with any behind. */
void lw_pattern_done(struct lw_pattern *p, struct lw_quad *rarest);

/* Whether its four rarest bytes at `at` are a part of all of it. */
bool lw_pattern_is_around(const struct lw_pattern *p, struct lw_span bytes, size_t at);

#endif
