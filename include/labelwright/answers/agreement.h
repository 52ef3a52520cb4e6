/* How two sets of answers to the same task compare, question by question: a label and the known
 * answers of a practice task, or a label and the one that was given when the task came again. Pure,
 * and without the task: what the journal has is enough.
 *
 * `a` and `b` are answers as answers.h describes them; in each pair b is what a is measured by: the
 * known answers, or the first label. */
#ifndef LABELWRIGHT_ANSWERS_AGREEMENT_H
#define LABELWRIGHT_ANSWERS_AGREEMENT_H

#include "labelwright/project/project.h"

enum lw_agreement {
    LW_AGREE_SAME,
    LW_AGREE_NEAR,     /* a rating within the question's `tolerance`; a comparison that prefers the
                          same response, by another strength */
    LW_AGREE_OTHER,    /* both answered, differently */
    LW_AGREE_MISSING,  /* only b has an answer */
    LW_AGREE_EXTRA,    /* only a has one */
    LW_AGREE_UNJUDGED, /* it is not for a program to say, whoever has one: texts of one's own,
                          corrections, talks */
    LW_AGREEMENTS
};

/* "same", "near", "other", "missing", "extra", "unjudged": as the journal has them. */
const char *lw_agreement_name(enum lw_agreement how);
bool lw_agreement_find(const char *name, size_t n, enum lw_agreement *to); /* false: none of them */

/* One question about one item. All pointers are borrowed from a and b. */
struct lw_agreed {
    size_t question;
    const char *item;    /* the id; "" where the target stands alone */
    const json_t *a, *b; /* NULL for none */
    enum lw_agreement how;
    int64_t apart;  /* a rating: a - b; a comparison: steps on the line of seven */
    size_t missing; /* tags, spans, boxes: what b has and a lacks … */
    size_t extra;   /* … and the reverse */
    size_t pairs;   /* a ranking: pairs of responses that both ranked … */
    size_t swapped; /* … in the opposite order … */
    size_t tied;    /* … tied in one of the two only */
};

/* Calls `each` for every question and item that a or b answers: questions in the order of the
 * project, items as b has them, then those of a alone. An empty list in b says "none of them", and
 * is an answer of tags, spans and boxes. Questions about single spans are left out: their items are
 * numbered by each label anew. */
void lw_answers_agree(const struct lw_project *p, const json_t *a, const json_t *b,
    void (*each)(void *ctx, const struct lw_agreed *one), void *ctx);

/* Sums. What is missing or extra counts as other; what is not judged stands apart. */
struct lw_agreement_sum {
    uint64_t same, near, other, unjudged;
};
void lw_agreement_add(struct lw_agreement_sum *to, enum lw_agreement how);
uint64_t lw_agreement_agreed(const struct lw_agreement_sum *s); /* same and near */
uint64_t lw_agreement_judged(const struct lw_agreement_sum *s); /* same, near and other */

#endif
