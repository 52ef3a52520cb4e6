/* Coefficients of agreement on tables whose figures their authors give, and where there is none.
 * What the packages of others say is compared in tests/servers/test_agree.py. */
#include "labelwright/agree/coefficients.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/base/buf.h"

enum { MOST = 16, NO = LW_RATING_NONE };

/* Annotator by annotator, as such examples are printed; values are 1, 2, 3 … */
static struct lw_ratings *table(
    size_t annotators, size_t items, size_t categories, const int given[][MOST])
{
    struct lw_ratings *r = lw_ratings_new(items, annotators, categories);
    r->value = lw_alloc(categories * sizeof *r->value);
    for (size_t c = 0; c < categories; c++)
        r->value[c] = (double)c + 1;
    for (size_t a = 0; a < annotators; a++)
        for (size_t i = 0; i < items; i++)
            r->given[i * annotators + a] = given[a][i] > 0 ? given[a][i] - 1 : NO;
    return r;
}

static void assert_value(struct lw_figure f, double value, double within)
{
    assert_int_equal(f.why, LW_DEFINED);
    if (fabs(f.value - value) > within)
        fail_msg("%.9f, not %.9f", f.value, value);
}

static void alpha_is_that_of_krippendorff(void **state)
{
    (void)state;
    /* "Computing Krippendorff's alpha-reliability", 2011, C: 12 units, 4 observers. */
    static const int given[4][MOST] = {{1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO},
        {1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NO, 3}, {NO, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NO},
        {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO}};
    struct lw_ratings *r = table(4, 12, 5, given);
    assert_value(lw_alpha_nominal(r), 0.743, 0.0005);
    assert_value(lw_alpha_ordinal(r), 0.815, 0.0005);
    assert_value(lw_alpha_interval(r), 0.849, 0.0005);
    assert_int_equal(lw_alpha_nominal(r).items, 11);
    lw_ratings_free(r);
}

static void ac1_and_fleiss_are_those_of_gwet(void **state)
{
    (void)state;
    /* "Handbook of Inter-Rater Reliability", 2014: 12 units, 4 raters. */
    static const int given[4][MOST] = {{1, 2, 3, 3, 2, 1, 4, 1, 2, NO, NO, NO},
        {1, 2, 3, 3, 2, 2, 4, 2, 2, 5, NO, NO}, {NO, 3, 3, 3, 2, 3, 4, 1, 2, 5, 1, 3},
        {1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NO}};
    struct lw_ratings *r = table(4, 12, 5, given);
    assert_value(lw_ac1(r), 0.77544, 0.000005);
    assert_value(lw_fleiss(r), 0.76117, 0.000005);
    assert_value(lw_percent(r), 0.81818, 0.000005);
    lw_ratings_free(r);
}

static void kappa_is_that_of_cohen(void **state)
{
    (void)state;
    /* 20 yes and yes, 5 and 10 apart, 15 no and no, scaled down by 5. */
    static const int given[2][MOST] = {
        {1, 1, 1, 1, 1, 2, 2, 2, 2, 2}, {1, 1, 1, 1, 2, 1, 1, 2, 2, 2}};
    struct lw_ratings *r = table(2, 10, 2, given);
    assert_value(lw_cohen(r), 0.4, 1e-12);
    assert_value(lw_cohen_linear(r), 0.4, 1e-12);
    assert_value(lw_cohen_quadratic(r), 0.4, 1e-12);
    lw_ratings_free(r);
}

static void weights_go_by_values_also_where_none_lies_between(void **state)
{
    (void)state;
    static const int given[2][MOST] = {{1, 1, 5, 5, 2, 2, 1, 5}, {1, 2, 5, 2, 2, 1, 5, 5}};
    struct lw_ratings *r = table(2, 8, 5, given);
    assert_value(lw_cohen_quadratic(r), 0.44329896907216493, 1e-12);
    lw_ratings_free(r);
}

static void orders_are_compared_with_ties(void **state)
{
    (void)state;
    static const int given[3][MOST] = {{1, 2, 2, 3, 4}, {1, 3, 2, 3, 5}, {1, 2, 3, 4, 5}};
    struct lw_ratings *r = table(3, 5, 5, given), *two = lw_ratings_pair(r, 0, 2);
    struct lw_ratings *tied = lw_ratings_pair(r, 0, 1);
    /* 8 pairs in the same order; each has one tied that the other has not. */
    assert_value(lw_tau_b(tied), 8 / 9.0, 1e-12);
    lw_ratings_free(tied);
    /* 9 pairs in the same order, one tied by the first: 9 / sqrt(9 * 10). */
    assert_value(lw_tau_b(two), 9 / sqrt(90), 1e-12);
    /* ranks 1 2.5 2.5 4 5; 1 3.5 2 3.5 5; 1 2 3 4 5: sums 3 8 7.5 11.5 15, mean 9 */
    assert_value(lw_kendall_w(r), 12 * (36 + 1 + 2.25 + 6.25 + 36) / (9 * 120.0 - 3 * 12), 1e-12);
    lw_ratings_free(two);
    lw_ratings_free(r);
}

static void what_is_missing_does_not_count(void **state)
{
    (void)state;
    static const int given[2][MOST] = {{1, NO, 2, 1}, {1, 2, NO, 2}};
    struct lw_ratings *r = table(2, 4, 2, given);
    struct lw_figure f = lw_percent(r);
    assert_value(f, 0.5, 0);
    assert_int_equal(f.items, 2);
    assert_int_equal(f.pairs, 2);
    lw_ratings_free(r);
}

typedef struct lw_figure measure(const struct lw_ratings *r);

static void there_is_a_reason_where_there_is_no_figure(void **state)
{
    (void)state;
    static const int same[2][MOST] = {{2, 2, 2}, {2, 2, 2}}, none[2][MOST] = {{1, NO}, {NO, 1}},
                     flat[2][MOST] = {{2, 2, 2}, {1, 2, 3}}, one[2][MOST] = {{1}, {2}};
    static const struct {
        measure *of;
        size_t items;
        const int (*given)[MOST];
        enum lw_undefined why;
    } rows[] = {
        {lw_percent, 2, none, LW_UNDEFINED_NO_PAIRS},
        {lw_cohen, 2, none, LW_UNDEFINED_NO_PAIRS},
        {lw_cohen, 3, same, LW_UNDEFINED_ONE_CATEGORY},
        {lw_cohen_linear, 3, same, LW_UNDEFINED_ONE_CATEGORY},
        {lw_cohen_quadratic, 3, same, LW_UNDEFINED_ONE_CATEGORY},
        {lw_fleiss, 2, none, LW_UNDEFINED_NO_PAIRS},
        {lw_fleiss, 3, same, LW_UNDEFINED_ONE_CATEGORY},
        {lw_ac1, 2, none, LW_UNDEFINED_NO_PAIRS},
        {lw_ac1, 3, same, LW_UNDEFINED_ONE_CATEGORY_AC1},
        {lw_alpha_nominal, 2, none, LW_UNDEFINED_NO_PAIRS},
        {lw_alpha_nominal, 3, same, LW_UNDEFINED_ONE_CATEGORY},
        {lw_alpha_ordinal, 3, same, LW_UNDEFINED_ONE_CATEGORY},
        {lw_alpha_interval, 3, same, LW_UNDEFINED_ONE_CATEGORY},
        {lw_tau_b, 2, none, LW_UNDEFINED_NO_PAIRS},
        {lw_tau_b, 3, flat, LW_UNDEFINED_CONSTANT},
        {lw_tau_b, 1, one, LW_UNDEFINED_ONE_ITEM},
        {lw_kendall_w, 2, none, LW_UNDEFINED_NOT_ALL},
        {lw_kendall_w, 3, same, LW_UNDEFINED_ALL_CONSTANT},
        {lw_kendall_w, 1, one, LW_UNDEFINED_ONE_ITEM},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_ratings *r = table(2, rows[i].items, 3, rows[i].given);
        struct lw_figure f = rows[i].of(r);
        if (f.why != rows[i].why)
            fail_msg("row %zu: %s", i, lw_undefined_text(f.why));
        assert_true(f.value == 0 && lw_undefined_text(f.why)[0] != '\0');
        lw_ratings_free(r);
    }
}

static void one_annotator_agrees_with_nobody(void **state)
{
    (void)state;
    static measure *const of[] = {
        lw_percent, lw_fleiss, lw_ac1, lw_alpha_nominal, lw_alpha_ordinal, lw_kendall_w};
    static const int given[1][MOST] = {{1, 2, 3}};
    struct lw_ratings *r = table(1, 3, 3, given);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        assert_int_equal(of[i](r).why, LW_UNDEFINED_ONE_ANNOTATOR);
    lw_ratings_free(r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alpha_is_that_of_krippendorff),
        cmocka_unit_test(ac1_and_fleiss_are_those_of_gwet),
        cmocka_unit_test(kappa_is_that_of_cohen),
        cmocka_unit_test(weights_go_by_values_also_where_none_lies_between),
        cmocka_unit_test(orders_are_compared_with_ties),
        cmocka_unit_test(what_is_missing_does_not_count),
        cmocka_unit_test(there_is_a_reason_where_there_is_no_figure),
        cmocka_unit_test(one_annotator_agrees_with_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
