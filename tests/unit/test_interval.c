/* Intervals, against published values and against sums done by hand. */
#include "labelwright/stats/interval.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

static void close_to(double is, double want, double within)
{
    if (!(fabs(is - want) <= within))
        fail_msg("%.12f is not %.12f", is, want);
}

/* Newcombe, Statistics in Medicine 17 (1998), 857-872, table I: the score method without continuity
 * correction. */
static void wilson_is_as_published(void **state)
{
    (void)state;
    static const struct {
        uint64_t k, n;
        double low, high;
    } table[] = {{81, 263, 0.2553, 0.3662}, {15, 148, 0.0624, 0.1605}, {0, 20, 0, 0.1611},
        {1, 29, 0.0061, 0.1718}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct lw_interval at = lw_interval_wilson(table[i].k, table[i].n, LW_Z_95);
        close_to(at.low, table[i].low, 0.00005);
        close_to(at.high, table[i].high, 0.00005);
    }
}

/* statsmodels 0.14, proportion_confint(k, n, method="wilson"). */
static void wilson_is_that_of_statsmodels(void **state)
{
    (void)state;
    static const struct {
        uint64_t k, n;
        struct lw_interval at;
    } table[] = {{41, 60, {0.5576623297382322, 0.7869413244763348}},
        {0, 20, {0, 0.1611251580528194}}, {5, 7, {0.3589344518326191, 0.9177810759959432}},
        {600, 1000, {0.5693094295142662, 0.6299252187886226}}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct lw_interval at = lw_interval_wilson(table[i].k, table[i].n, LW_Z_95);
        close_to(at.low, table[i].at.low, 1e-12);
        close_to(at.high, table[i].at.high, 1e-12);
    }
}

/* The ends solve (p - k/n)^2 = z^2 p (1 - p) / n, and mirror when k is counted the other way. */
static void wilson_solves_its_equation(void **state)
{
    (void)state;
    static const double zs[] = {LW_Z_95, LW_Z_999, 1};
    for (uint64_t n = 1; n < 400; n = n * 2 + 1) {
        for (uint64_t k = 0; k <= n; k++) {
            for (size_t i = 0; i < 3; i++) {
                double z2 = zs[i] * zs[i], p = (double)k / (double)n;
                struct lw_interval at = lw_interval_wilson(k, n, zs[i]);
                struct lw_interval other = lw_interval_wilson(n - k, n, zs[i]);
                close_to(
                    (at.low - p) * (at.low - p), z2 * at.low * (1 - at.low) / (double)n, 1e-12);
                close_to(
                    (at.high - p) * (at.high - p), z2 * at.high * (1 - at.high) / (double)n, 1e-12);
                close_to(at.low, 1 - other.high, 1e-12);
            }
        }
    }
}

static void nothing_says_nothing(void **state)
{
    (void)state;
    struct lw_interval at = lw_interval_wilson(0, 0, LW_Z_95);
    assert_true(at.low <= 0 && at.high >= 1);
    struct lw_mean m = lw_mean_of(NULL, 0, 1);
    assert_true(m.n == 0 && m.mean <= 0 && m.sd <= 0);
}

/* The sequence that SplitMix64's author and everybody else gets from this seed. */
static void random_numbers_are_those_of_splitmix64(void **state)
{
    (void)state;
    static const uint64_t want[] = {UINT64_C(6457827717110365317), UINT64_C(3203168211198807973),
        UINT64_C(9817491932198370423), UINT64_C(4593380528125082431),
        UINT64_C(16408922859458223821)};
    uint64_t seed = 1234567;
    for (size_t i = 0; i < 5; i++)
        assert_true(lw_random_next(&seed) == want[i]);
}

static void draws_below_a_number_are_all_alike(void **state)
{
    (void)state;
    enum { N = 7, DRAWS = 70000 };
    uint64_t seed = 3;
    int count[N] = {0};
    for (int i = 0; i < DRAWS; i++)
        count[lw_random_below(&seed, N)]++;
    for (int i = 0; i < N; i++)
        assert_in_range(count[i], DRAWS / N - 500, DRAWS / N + 500); /* five deviations */
    assert_int_equal(lw_random_below(&seed, 1), 0);
}

static void a_mean_knows_its_spread(void **state)
{
    (void)state;
    const double x[] = {2, 4, 4, 4, 5, 5, 7, 9};
    struct lw_mean m = lw_mean_of(x, 8, 1);
    close_to(m.mean, 5, 1e-12);
    close_to(m.sd, sqrt(32.0 / 7), 1e-12);
    assert_true(m.bootstrap && m.at95.low < 5 && m.at95.high > 5);
    struct lw_mean again = lw_mean_of(x, 8, 1), other = lw_mean_of(x, 8, 2);
    assert_true(m.at95.low >= again.at95.low && m.at95.low <= again.at95.low);
    assert_false(m.at95.low >= other.at95.low && m.at95.low <= other.at95.low &&
                 m.at95.high >= other.at95.high && m.at95.high <= other.at95.high);
}

/* Of n numbers 0 and 1, the mean of a bootstrap sample is a binomial share; with n = 300 and p =
 * 1/2 its deviation is 0.0289, so the interval is 0.5 +- 0.0566, up to what 1,000 samples leave
 * open. */
static void bootstrap_agrees_with_what_is_known(void **state)
{
    (void)state;
    double x[300];
    for (int i = 0; i < 300; i++)
        x[i] = i % 2;
    struct lw_mean m = lw_mean_of(x, 300, 7);
    assert_true(m.bootstrap);
    close_to(m.at95.low, 0.4434, 0.007);
    close_to(m.at95.high, 0.5566, 0.007);
}

static void many_numbers_take_the_normal_distribution(void **state)
{
    (void)state;
    static double x[LW_BOOTSTRAP_MOST + 2];
    for (int i = 0; i < LW_BOOTSTRAP_MOST + 2; i++)
        x[i] = i % 2;
    struct lw_mean m = lw_mean_of(x, LW_BOOTSTRAP_MOST + 2, 7);
    assert_false(m.bootstrap);
    close_to(m.at95.high - m.mean, 1.959963984540054 * m.sd / sqrt(LW_BOOTSTRAP_MOST + 2), 1e-12);
    assert_true(lw_mean_of(x, LW_BOOTSTRAP_MOST, 7).bootstrap);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wilson_is_as_published),
        cmocka_unit_test(wilson_is_that_of_statsmodels),
        cmocka_unit_test(wilson_solves_its_equation),
        cmocka_unit_test(nothing_says_nothing),
        cmocka_unit_test(random_numbers_are_those_of_splitmix64),
        cmocka_unit_test(draws_below_a_number_are_all_alike),
        cmocka_unit_test(a_mean_knows_its_spread),
        cmocka_unit_test(bootstrap_agrees_with_what_is_known),
        cmocka_unit_test(many_numbers_take_the_normal_distribution),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
