/* Numbers of JSON with a point or an exponent. */
#ifndef LABELWRIGHT_TASKS_SEARCH_NUMBER_INTERNAL_H
#define LABELWRIGHT_TASKS_SEARCH_NUMBER_INTERNAL_H

#include "tasks/search_quads_internal.h"

/* A digit, and the point or the e behind it. */
struct lw_quad lw_number_quad(void);

/* Whether the digits before `at` are a number, or how one begins. */
bool lw_number_ends(const char *s, size_t at);

#endif
