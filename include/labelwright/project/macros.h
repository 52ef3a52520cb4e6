/* Keys that give a whole verdict (config/macro_defs.h), as answers to the questions of a project.
 */
#ifndef LABELWRIGHT_PROJECT_MACROS_H
#define LABELWRIGHT_PROJECT_MACROS_H

#include "labelwright/config/macro_defs.h"
#include "labelwright/project/question.h"

/* What a macro answers to one question. */
struct lw_macro_answer {
    size_t question;
    const char *item; /* the letter of a response as shown, or the id of an item; NULL: the one in
                         view. Borrowed from the definition */
    json_t *value;    /* of a comparison the point from 1 to LW_COMPARE_POINTS; else an answer */
};

struct lw_macro {
    const struct lw_macro_def *def; /* borrowed */
    const char *file;               /* where it is defined: borrowed */
    bool users;                     /* in the user's own settings; else in the project's */
    char *words;                    /* "quality 2, evasive, submit" */
    struct lw_macro_answer *v;
    size_t n;
};

struct lw_macros {
    struct lw_macro *v;
    size_t n;
};

/* Adds those of `defs` that can be given in this project. The others are in
 *
 * `mistakes`  an option or number that there is not, a question of a type that no key can answer, a
 *             letter that is an option's own key, an unknown question: of the user's own only one
 *             that is much like a known one
 * `absent`    (NULL: not wanted) of the user's own those about questions of other projects: no
 *             mistake */
void lw_macros_add(const struct lw_project *p, const struct lw_macro_defs *defs, const char *file,
    bool users, struct lw_macros *to, struct lw_problems *mistakes, struct lw_problems *absent);
void lw_macros_fini(struct lw_macros *m);

/* The user's own, then the project's. */
void lw_macros_find(const struct lw_project *p, const struct lw_macro_defs *users,
    const char *users_file, struct lw_macros *to, struct lw_problems *mistakes,
    struct lw_problems *absent);

#endif
