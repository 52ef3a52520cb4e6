/* How far annotators agree on one question: every measure that belongs to its type, over all
 * annotators and each two, with intervals, and the items on which they differ. Pure but for reading
 * the tasks of comparisons whose responses have other ids from task to task. */
#ifndef LABELWRIGHT_AGREE_CONCORDANCE_H
#define LABELWRIGHT_AGREE_CONCORDANCE_H

#include "labelwright/agree/label_set.h"
#include "labelwright/agree/measures.h"
#include "labelwright/stats/interval.h"

#include <stdbool.h>

enum {
    LW_CONCORDANCE_SEED = 1,     /* of all intervals */
    LW_INTERVAL_WORK = 60 * 1000 /* items times tables: beyond it intervals are left out */
};

/* One measure among some annotators. */
struct lw_concordance_row {
    enum lw_measure measure;
    int option; /* place in `option` below; -1 for the answer as a whole */
    int a, b;   /* two annotators; -1 and -1: all */
    struct lw_figure figure;
    bool has_interval;
    struct lw_interval at95; /* bootstrap over tasks, LW_BOOTSTRAP_TIMES draws */
};

struct lw_concordance {
    const struct lw_compared *asked;
    const char *refused;            /* why there are no rows: a sentence; NULL */
    struct lw_concordance_row *row; /* by option, measure, annotators */
    size_t rows;
    uint64_t items, pairs; /* answered by two and more */
    uint64_t tasks;        /* in which these are; below LW_SMALL_SAMPLE they are few */
    bool intervals;        /* there are enough tasks, and not too many items, for some */
    char **option;         /* names of categories, or of tags; NULL for one that is no answer */
    uint64_t *given;       /* how many answers had each */
    size_t options;
    const char *const *kind;        /* names of the categories in `kinds`; foreign text */
    const struct lw_ratings *kinds; /* the same answer is the same category; NULL when refused */

    struct lw_answer_tables *tables; /* private */
};

/* With `intervals` also those, where that is possible; they take most of the time. */
struct lw_concordance *lw_concordance_of(
    const struct lw_label_set *s, const struct lw_compared *asked, bool intervals);
void lw_concordance_free(struct lw_concordance *a); /* NULL is fine */

/* Whether two annotators answered the unit, and not the same. */
bool lw_concordance_differs(const struct lw_concordance *a, size_t unit);

/* How many answers are x of annotator a and y of annotator b, at x * categories + y: new. For a of
 * -1 each ordered pair of annotators counts. */
uint64_t *lw_concordance_confusion(const struct lw_concordance *g, int a, int b);

#endif
