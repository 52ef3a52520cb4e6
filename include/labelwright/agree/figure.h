/* A figure of agreement: its value with the numbers it is made of, or why there is none. Never NaN,
 * and never a value for what cannot be told. */
#ifndef LABELWRIGHT_AGREE_FIGURE_H
#define LABELWRIGHT_AGREE_FIGURE_H

#include <stdint.h>

/* Why there is no figure: id, sentence. */
#define LW_UNDEFINED(X)                                                                            \
    X(ONE_ANNOTATOR, "there is one annotator only")                                                \
    X(NO_PAIRS, "nothing was answered by two annotators")                                          \
    X(NOT_ALL, "nothing was answered by all annotators")                                           \
    X(ONE_CATEGORY, "all gave the same answer everywhere, so chance alone would agree as often")   \
    X(ONE_CATEGORY_AC1,                                                                            \
        "all gave the same answer everywhere: its formula would give 1, whatever the chance")      \
    X(CONSTANT, "one of the two gave the same answer everywhere, so there is no order to compare") \
    X(ALL_CONSTANT, "all answers of each annotator are tied, so there is no order to compare")     \
    X(ONE_ITEM, "an order needs two items, and there is one only")                                 \
    X(NO_ORDER, "no ranking has two answers in an order to compare")                               \
    X(NO_SPANS, "nobody marked anything")

enum lw_undefined {
    LW_DEFINED,
#define X(id, words) LW_UNDEFINED_##id,
    LW_UNDEFINED(X)
#undef X
};

/* The sentence, without a full stop; "" for LW_DEFINED. */
const char *lw_undefined_text(enum lw_undefined why);

struct lw_figure {
    enum lw_undefined why; /* LW_DEFINED: there is a value */
    double value;
    /* What it is made of, when it is defined: of coefficients the agreement seen and the one that
     * chance would give, or the disagreements; of a share both parts of the fraction. */
    double observed, expected;
    uint64_t items; /* that it stands on … */
    uint64_t pairs; /* … and pairs of answers in them */
};

#endif
