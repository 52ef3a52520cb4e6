/* Mistakes in a file that a person wrote, all of them, for messages. */
#ifndef LABELWRIGHT_BASE_PROBLEM_H
#define LABELWRIGHT_BASE_PROBLEM_H

#include <stddef.h>

/* What is wrong with a file, all of it: sentences "file:line:col: message. Cure." */
struct lw_problems {
    char **v;
    size_t n;
};
void lw_problem(struct lw_problems *to, const char *file, int line, int col, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void lw_problems_fini(struct lw_problems *p);

#endif
