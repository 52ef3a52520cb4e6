/* Which measures there are, and which belong to which type of question. */
#ifndef LABELWRIGHT_AGREE_MEASURES_H
#define LABELWRIGHT_AGREE_MEASURES_H

#include "labelwright/agree/coefficients.h"
#include "labelwright/project/project.h"

#include <stdbool.h>

/* Among whom a measure is taken. */
enum lw_among {
    LW_AMONG_ALL,
    LW_AMONG_PAIRS,         /* each two annotators */
    LW_AMONG_ALL_AND_PAIRS, /* both; two annotators once */
};

/* What its observed and expected parts are. */
enum lw_parts_of {
    LW_OF_SHARE,        /* the value is the observed part */
    LW_OF_AGREEMENT,    /* (observed - expected) / (1 - expected) */
    LW_OF_DISAGREEMENT, /* 1 - observed / expected */
    LW_OF_FRACTION,     /* observed / expected */
};

/* id; name in JSON; words; over a table, NULL: over scores of items; among; parts */
#define LW_MEASURES(X)                                                                             \
    X(PERCENT, "percent", "percent agreement", lw_percent, ALL_AND_PAIRS, SHARE)                   \
    X(COHEN, "cohen", "Cohen's kappa", lw_cohen, PAIRS, DISAGREEMENT)                              \
    X(COHEN_LINEAR, "cohen_linear", "Cohen's kappa, linear", lw_cohen_linear, PAIRS, DISAGREEMENT) \
    X(COHEN_QUADRATIC, "cohen_quadratic", "Cohen's kappa, quadratic", lw_cohen_quadratic, PAIRS,   \
        DISAGREEMENT)                                                                              \
    X(FLEISS, "fleiss", "Fleiss' kappa", lw_fleiss, ALL, AGREEMENT)                                \
    X(ALPHA_NOMINAL, "alpha_nominal", "Krippendorff's alpha, nominal", lw_alpha_nominal, ALL,      \
        DISAGREEMENT)                                                                              \
    X(ALPHA_ORDINAL, "alpha_ordinal", "Krippendorff's alpha, ordinal", lw_alpha_ordinal, ALL,      \
        DISAGREEMENT)                                                                              \
    X(ALPHA_INTERVAL, "alpha_interval", "Krippendorff's alpha, interval", lw_alpha_interval, ALL,  \
        DISAGREEMENT)                                                                              \
    X(AC1, "ac1", "Gwet's AC1", lw_ac1, ALL, AGREEMENT)                                            \
    X(TAU_B, "tau_b", "Kendall's tau-b", lw_tau_b, PAIRS, FRACTION)                                \
    X(W, "w", "Kendall's W", lw_kendall_w, ALL, FRACTION)                                          \
    X(TAU_B_MEAN, "tau_b_mean", "Kendall's tau-b, mean of tasks", NULL, ALL_AND_PAIRS, FRACTION)   \
    X(W_MEAN, "w_mean", "Kendall's W, mean of tasks", NULL, ALL, FRACTION)                         \
    X(SET_OVERLAP, "set_overlap", "overlap of sets (Jaccard)", NULL, ALL_AND_PAIRS, FRACTION)      \
    X(SPANS_EXACT, "spans_exact", "F1 of whole spans", NULL, ALL_AND_PAIRS, FRACTION)              \
    X(SPANS_BYTES, "spans_bytes", "F1 of marked bytes", NULL, ALL_AND_PAIRS, FRACTION)

enum lw_measure {
#define X(id, name, words, compute, among, parts) LW_MEASURE_##id,
    LW_MEASURES(X)
#undef X
        LW_MEASURE_COUNT
};

struct lw_measure_entry {
    const char *name, *words;
    struct lw_figure (*compute)(const struct lw_ratings *r);
    enum lw_among among;
    enum lw_parts_of parts;
};
const struct lw_measure_entry *lw_measure_entry(enum lw_measure m);

/* Bits, 1 << a measure, of what belongs to a type of question: over its answers as kinds (the same
 * or not), as degrees (with an order), over scores of items, and option by option. */
struct lw_measure_plan {
    unsigned kinds, degrees, scores;
    unsigned option, option_scores;
};
const struct lw_measure_plan *lw_measure_plan(enum lw_qtype type);

#endif
