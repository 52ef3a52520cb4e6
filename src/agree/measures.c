/* The tables of measures, and of what belongs to which type of question. */
#include "labelwright/agree/measures.h"

const struct lw_measure_entry *lw_measure_entry(enum lw_measure m)
{
    static const struct lw_measure_entry table[] = {
#define X(id, name, words, compute, among, parts)                                                  \
    {name, words, compute, LW_AMONG_##among, LW_OF_##parts},
        LW_MEASURES(X)
#undef X
    };
    return &table[m];
}

#define M(id) (1u << LW_MEASURE_##id)
#define ONE_OF_SEVERAL (M(PERCENT) | M(COHEN) | M(FLEISS) | M(ALPHA_NOMINAL) | M(AC1))
#define IN_AN_ORDER                                                                                \
    (M(COHEN_LINEAR) | M(COHEN_QUADRATIC) | M(ALPHA_ORDINAL) | M(ALPHA_INTERVAL) | M(TAU_B) | M(W))

const struct lw_measure_plan *lw_measure_plan(enum lw_qtype type)
{
    static const struct lw_measure_plan table[] = {
        [LW_Q_RATING] = {.kinds = ONE_OF_SEVERAL, .degrees = IN_AN_ORDER, .option = ONE_OF_SEVERAL},
        [LW_Q_CHOICE] = {.kinds = ONE_OF_SEVERAL, .option = ONE_OF_SEVERAL},
        [LW_Q_COMPARE] = {.kinds = ONE_OF_SEVERAL,
            .degrees = IN_AN_ORDER,
            .option = ONE_OF_SEVERAL},
        [LW_Q_TAGS] = {.kinds = M(PERCENT) | M(COHEN) | M(FLEISS) | M(ALPHA_NOMINAL),
            .scores = M(SET_OVERLAP),
            .option = ONE_OF_SEVERAL},
        [LW_Q_RANK] = {.kinds = M(PERCENT), .scores = M(TAU_B_MEAN) | M(W_MEAN)},
        [LW_Q_EDIT] = {.kinds = ONE_OF_SEVERAL},
        [LW_Q_SPANS] = {.scores = M(SPANS_EXACT) | M(SPANS_BYTES),
            .option_scores = M(SPANS_EXACT) | M(SPANS_BYTES)},
        [LW_Q_TALK] = {0},
    };
    return &table[type];
}
