/* A project in which somebody decides where annotators differ: the same questions, and the tasks
 * with a difference as records of format native.
 *
 * What all gave alike is a suggestion, so that one key accepts it. Where they differ nothing is
 * suggested: a suggestion holds one answer, and would speak for one side. Their answers stand in
 * the task's reference instead, each once with how many gave it, in an order that tells nothing;
 * who gave it is not said. Responses are not shuffled, so that A there is A on the screen. */
#ifndef LABELWRIGHT_AGREE_ADJUDICATION_H
#define LABELWRIGHT_AGREE_ADJUDICATION_H

#include "labelwright/agree/concordance.h"

struct lw_adjudication {
    const struct lw_sys *sys;
    const struct lw_label_set *set;
    struct lw_concordance *const *question; /* all that were asked */
    size_t n;
    const char *only; /* the question whose differences are to be decided; NULL: all */

    /* what came of it */
    uint64_t tasks; /* written */
    uint64_t gone;  /* left out: their record is not there as it was labeled */
    uint64_t parts; /* left out: they hold what format native cannot */
};

/* Makes the folder, which must not exist or be empty, whole or not at all. LW_EBAD: they differ
 * nowhere, or no task can be written; LW_EREFUSED: something is in the way; LW_EIO, LW_EFULL. */
enum lw_code lw_adjudication_write(struct lw_adjudication *a, const char *dir, struct lw_err *err);

#endif
