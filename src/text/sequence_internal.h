/* What two rows of numbers have in common. Private to the room. */
#ifndef LABELWRIGHT_TEXT_SEQUENCE_INTERNAL_H
#define LABELWRIGHT_TEXT_SEQUENCE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- the way through two rows */

/* The same numbers at a[a .. a + n) and b[b .. b + n). */
struct lw_match {
    uint32_t a, b, n;
    uint64_t weight;
};

/* Of matches in the order of `a`, with no two at one place of `a` or of `b`: those that lie in
 * order in both and weigh most together. Leaves them at the front of `v` and returns how many.
 * Every b is below `m`. */
size_t lw_matches_in_order(struct lw_match *v, size_t n, size_t m);

/* The numbers that occur once in each row, and those that both have equally often and rarely: the
 * first with the first, and so on. Runs of them are one match, which weighs what weight[number]
 * says (NULL: one each), and four times that for what occurs once. Returns matches to free(), in
 * the order of `a`. */
struct lw_match *lw_rare_matches(const uint32_t *a, size_t n, const uint32_t *b, size_t m,
    uint32_t numbers, const uint32_t *weight, size_t *count);

/* ---- everything two rows share */

/* Two rows of numbers below `numbers` and a zeroed flag for each place. */
struct lw_sequences {
    const uint32_t *a, *b;
    char *same_a, *same_b;
    uint32_t *seen; /* zeroed, two for each number: zeroed again when it returns */
    long work;      /* steps spent; the callers share it among many comparisons */
    bool coarse;    /* beyond what may be spent, the way found may not be the shortest */
};

/* Sets the flags of what is the same in [a, ea) and [b, eb): as many pairs in order as can be
 * found. Linear at worst, though with a constant of some hundred. */
void lw_sequences_compare(struct lw_sequences *s, size_t a, size_t ea, size_t b, size_t eb);

#endif
