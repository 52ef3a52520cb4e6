/* The answers of a label as text, and the members of an object in them. Most are written as jansson
 * would write them, and no tree is needed to copy from them. */
#ifndef LABELWRIGHT_EXPORT_ANSWER_MEMBERS_INTERNAL_H
#define LABELWRIGHT_EXPORT_ANSWER_MEMBERS_INTERNAL_H

#include "export/export_internal.h"
#include "labelwright/base/arena.h"

/* Those of one object, in their order. Zero-initialise. */
struct lw_answer_members {
    struct lw_member *v;
    size_t n, room;
    size_t next; /* the members before it were found one after the other */
    struct lw_arena keys;
};

/* Takes the members of compact JSON in place of the former ones; none when it is no object. They
 * point into the text. */
void lw_answer_members_set(struct lw_answer_members *to, const char *text, size_t n);

/* From then on keys are compared without their escapes. */
void lw_answer_members_unescape(struct lw_answer_members *a);

/* The first with this key, which must not have been asked for before; NULL for none. At once when
 * members are asked for in their order. */
const struct lw_member *lw_answer_members_find(
    struct lw_answer_members *a, const char *key, size_t n);

void lw_answer_members_fini(struct lw_answer_members *a);

/* What lw_label_answers() says of x->line, as compact JSON as jansson writes it: in the line
 * itself, or in `*own`, new. NULL for no answers. */
const char *lw_answers_text(
    struct lw_export_state *x, const struct lw_project *p, char **own, size_t *n);

#endif
