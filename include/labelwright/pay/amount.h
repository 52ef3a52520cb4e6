/* Exact amounts: fractions of whole numbers, never binary floats. 17.00 an hour for 20 minutes is
 * 17/3 and stays so until it is rounded, once, by a rule with a name.
 *
 * Each is owned by who made it: lw_amount_free(). What computes changes its first argument. */
#ifndef LABELWRIGHT_PAY_AMOUNT_H
#define LABELWRIGHT_PAY_AMOUNT_H

#include <stdbool.h>
#include <stdint.h>

struct lw_amount;

/* How a tie between two neighbours is decided, or all of it: id, name in pay.yaml, in words. */
#define LW_MONEY_ROUNDINGS(X)                                                                      \
    X(HALF_EVEN, "half_even", "ties to the even digit")                                            \
    X(HALF_UP, "half_up", "ties away from zero")                                                   \
    X(DOWN, "down", "towards zero")

enum lw_money_rounding {
#define X(id, name, words) LW_MONEY_##id,
    LW_MONEY_ROUNDINGS(X)
#undef X
        LW_MONEY_ROUNDING_COUNT
};

enum { LW_AMOUNT_WHOLE = 12, LW_AMOUNT_PLACES = 6 }; /* digits before and behind the point */

struct lw_amount *lw_amount_new(int64_t whole);
struct lw_amount *lw_amount_copy(const struct lw_amount *a);
void lw_amount_free(struct lw_amount *a); /* NULL is fine */

/* "17", "17.00", "-3.5": up to so many digits before and behind the point. NULL for anything else.
 */
struct lw_amount *lw_amount_parse(const char *s);

void lw_amount_add(struct lw_amount *to, const struct lw_amount *a);
void lw_amount_subtract(struct lw_amount *from, const struct lw_amount *a);
void lw_amount_multiply(struct lw_amount *a, const struct lw_amount *by);
void lw_amount_scale(struct lw_amount *a, int64_t n, int64_t d);        /* by n/d; d is not 0 */
void lw_amount_divide(struct lw_amount *a, const struct lw_amount *by); /* by is not 0 */

int lw_amount_compare(const struct lw_amount *a, const struct lw_amount *b); /* <0, 0, >0 */
int lw_amount_sign(const struct lw_amount *a);

/* To a multiple of 10^-digits. */
void lw_amount_round(struct lw_amount *a, int digits, enum lw_money_rounding by);

/* "-1234.50", with so many digits behind the point (none and no point for 0): new. Only of an
 * amount that was rounded to that many digits or fewer; nothing is lost here. */
char *lw_amount_format(const struct lw_amount *a, int digits);

/* As few digits behind the point as say it exactly, but at least `least`; up to nine, beyond which
 * it is rounded half even. New. */
char *lw_amount_format_short(const struct lw_amount *a, int least);

const char *lw_money_rounding_name(enum lw_money_rounding by);  /* "half_even" */
const char *lw_money_rounding_words(enum lw_money_rounding by); /* "ties to the even digit" */

#endif
