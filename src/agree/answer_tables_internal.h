/* A question's answers as tables that the coefficients take, and as scores of single items. */
#ifndef LABELWRIGHT_AGREE_ANSWER_TABLES_INTERNAL_H
#define LABELWRIGHT_AGREE_ANSWER_TABLES_INTERNAL_H

#include "labelwright/agree/label_set.h"
#include "labelwright/agree/measures.h"
#include "labelwright/agree/ratings.h"

struct lw_answer_tables {
    struct lw_ratings *kinds;   /* the same answer is the same category */
    char **kind;                /* what each category is called */
    struct lw_ratings *degrees; /* categories in an order, with numbers; NULL where there is none */
    char *refused;              /* why there are none: a sentence; NULL where all is well */

    /* What is looked at one by one: categories, or of tags and spans the options. `in` of option o
     * tells at o * categories + c whether category c has it. */
    size_t options;
    char **option;
    unsigned char *in;
};
void lw_answer_tables(
    const struct lw_label_set *s, const struct lw_compared *a, struct lw_answer_tables *to);
void lw_answer_tables_fini(struct lw_answer_tables *t);

/* Of each unit the two numbers whose sums over the units, one by the other, are the measure, for
 * the annotators a and b, or all pairs (-1, -1): both 0 where it has nothing. `option` as above, -1
 * for all. `figure` gets items, pairs and, where there is nothing at all, why. */
struct lw_item_scores {
    double *top, *bottom;
};
struct lw_item_scores lw_item_scores(const struct lw_label_set *s, const struct lw_compared *q,
    enum lw_measure m, int option, int a, int b, struct lw_figure *figure);
void lw_item_scores_fini(struct lw_item_scores *scores);

#endif
