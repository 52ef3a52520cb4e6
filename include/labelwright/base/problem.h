/* Mistakes in a file that a person wrote, all of them, for messages. */
#ifndef LABELWRIGHT_BASE_PROBLEM_H
#define LABELWRIGHT_BASE_PROBLEM_H

#include <stdbool.h>
#include <stddef.h>

/* What is wrong with a file, all of it: sentences "file:line:col: message. Cure." */
struct lw_problems {
    char **v;
    size_t n;
};
void lw_problem(struct lw_problems *to, const char *file, int line, int col, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
void lw_problems_fini(struct lw_problems *p);

/* The parts of such a sentence; borrowed. */
struct lw_problem_parts {
    size_t file_n; /* bytes of the file's name, which the sentence begins with */
    int line, col;
    const char *message;
};

/* False when the sentence names no place. */
bool lw_problem_split(const char *sentence, struct lw_problem_parts *to);

/* Where the cure begins in "what is wrong. Cure.": behind the first sentence that ends outside
 * quotes; at the end of the text if there is no more. */
const char *lw_problem_cure(const char *message);

#endif
