/* Amounts as exact rational numbers. The only file that knows GMP. How many digits a currency has
 * is in currency.c; where an amount is rounded, earnings.c decides. */
#include "labelwright/pay/amount.h"

#include "labelwright/base/buf.h"

#include <gmp.h>
#include <stdlib.h>
#include <string.h>

struct lw_amount {
    mpq_t q;
};

enum { SHORT_PLACES = 9 };

struct lw_amount *lw_amount_copy(const struct lw_amount *a)
{
    struct lw_amount *c = lw_amount_new(0);
    mpq_set(c->q, a->q);
    return c;
}

void lw_amount_free(struct lw_amount *a)
{
    if (a)
        mpq_clear(a->q);
    free(a);
}

/* GMP's own functions take `long`, which has 32 bits on some machines. */
static void set_integer(mpz_t z, int64_t v)
{
    uint64_t size = v < 0 ? -(uint64_t)v : (uint64_t)v;
    mpz_import(z, 1, 1, sizeof size, 0, 0, &size);
    if (v < 0)
        mpz_neg(z, z);
}

struct lw_amount *lw_amount_new(int64_t whole)
{
    struct lw_amount *a = lw_alloc(sizeof *a);
    mpq_init(a->q);
    set_integer(mpq_numref(a->q), whole);
    return a;
}

static void power_of_ten(mpz_t to, int digits)
{
    mpz_ui_pow_ui(to, 10, (unsigned long)digits);
}

struct lw_amount *lw_amount_parse(const char *s)
{
    const char *sign = *s == '-' ? s++ : NULL;
    size_t whole = strspn(s, "0123456789");
    const char *point = s[whole] == '.' ? s + whole + 1 : NULL;
    size_t places = point ? strspn(point, "0123456789") : 0;
    const char *end = point ? point + places : s + whole;
    if (*end || whole == 0 || whole > LW_AMOUNT_WHOLE || (point && places == 0) ||
        places > LW_AMOUNT_PLACES)
        return NULL;
    int64_t digits = 0;
    for (const char *d = s; d < end; d++)
        if (*d != '.')
            digits = 10 * digits + (*d - '0');
    struct lw_amount *a = lw_amount_new(sign ? -digits : digits);
    power_of_ten(mpq_denref(a->q), (int)places);
    mpq_canonicalize(a->q);
    return a;
}

void lw_amount_add(struct lw_amount *to, const struct lw_amount *a)
{
    mpq_add(to->q, to->q, a->q);
}

void lw_amount_subtract(struct lw_amount *from, const struct lw_amount *a)
{
    mpq_sub(from->q, from->q, a->q);
}

void lw_amount_multiply(struct lw_amount *a, const struct lw_amount *by)
{
    mpq_mul(a->q, a->q, by->q);
}

void lw_amount_divide(struct lw_amount *a, const struct lw_amount *by)
{
    mpq_div(a->q, a->q, by->q);
}

void lw_amount_scale(struct lw_amount *a, int64_t n, int64_t d)
{
    mpq_t by;
    mpq_init(by);
    set_integer(mpq_numref(by), n);
    set_integer(mpq_denref(by), d);
    mpq_canonicalize(by);
    mpq_mul(a->q, a->q, by);
    mpq_clear(by);
}

int lw_amount_compare(const struct lw_amount *a, const struct lw_amount *b)
{
    return mpq_cmp(a->q, b->q);
}

int lw_amount_sign(const struct lw_amount *a)
{
    return mpq_sgn(a->q);
}

/* ---- rounding */

/* Whether the size of a number n/d that was cut to `cut` grows by one: `rest` is n - cut * d. */
static bool grows(const mpz_t rest, const mpz_t d, const mpz_t cut, enum lw_money_rounding by)
{
    mpz_t twice;
    mpz_init(twice);
    mpz_mul_ui(twice, rest, 2);
    int half = mpz_cmp(twice, d);
    mpz_clear(twice);
    if (by == LW_MONEY_DOWN)
        return false;
    return half > 0 || (half == 0 && (by == LW_MONEY_HALF_UP || mpz_odd_p(cut)));
}

/* The size of q in units of 10^-digits, as a whole number. */
static void count_units(mpz_t to, const mpq_t q, int digits, enum lw_money_rounding by)
{
    mpz_t unit, rest;
    mpz_inits(unit, rest, NULL);
    power_of_ten(unit, digits);
    mpz_abs(to, mpq_numref(q));
    mpz_mul(to, to, unit);
    mpz_tdiv_qr(to, rest, to, mpq_denref(q));
    if (grows(rest, mpq_denref(q), to, by))
        mpz_add_ui(to, to, 1);
    mpz_clears(unit, rest, NULL);
}

void lw_amount_round(struct lw_amount *a, int digits, enum lw_money_rounding by)
{
    mpz_t units;
    mpz_init(units);
    count_units(units, a->q, digits, by);
    if (mpq_sgn(a->q) < 0)
        mpz_neg(units, units);
    mpz_set(mpq_numref(a->q), units);
    power_of_ten(mpq_denref(a->q), digits);
    mpq_canonicalize(a->q);
    mpz_clear(units);
}

/* ---- text */

char *lw_amount_format(const struct lw_amount *a, int digits)
{
    struct lw_buf b = {0};
    mpz_t units;
    mpz_init(units);
    count_units(units, a->q, digits, LW_MONEY_HALF_EVEN);
    char *text = mpz_get_str(NULL, 10, units);
    size_t n = strlen(text), places = (size_t)digits;
    if (mpq_sgn(a->q) < 0 && mpz_sgn(units) > 0)
        lw_buf_char(&b, '-');
    if (n <= places)
        lw_buf_char(&b, '0');
    else
        lw_buf_add(&b, text, n - places);
    if (places > 0)
        lw_buf_char(&b, '.');
    for (size_t i = n; i < places; i++)
        lw_buf_char(&b, '0');
    lw_buf_add(&b, n > places ? text + n - places : text, n > places ? places : n);
    free(text);
    mpz_clear(units);
    return lw_buf_detach(&b);
}

char *lw_amount_format_short(const struct lw_amount *a, int least)
{
    int digits = SHORT_PLACES;
    char *text = lw_amount_format(a, digits);
    size_t n = strlen(text);
    while (digits > least && text[n - 1] == '0') {
        n--;
        digits--;
    }
    text[text[n - 1] == '.' ? n - 1 : n] = '\0';
    return text;
}

static const struct {
    const char *name, *words;
} roundings[] = {
#define X(id, name, words) {name, words},
    LW_MONEY_ROUNDINGS(X)
#undef X
};

const char *lw_money_rounding_name(enum lw_money_rounding by)
{
    return roundings[by].name;
}

const char *lw_money_rounding_words(enum lw_money_rounding by)
{
    return roundings[by].words;
}
