/* Exact amounts: parsing, arithmetic that loses nothing, ties of every rounding, text; currencies.
 */
#include "labelwright/pay/amount.h"
#include "labelwright/pay/currency.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void expect_text(char *text, const char *want)
{
    assert_string_equal(text, want);
    free(text);
}

static void reads_what_it_writes_and_nothing_else(void **state)
{
    static const struct {
        const char *in, *out;
        int digits;
    } good[] = {
        {"17", "17.00", 2},
        {"17.00", "17.00", 2},
        {"0.5", "0.50", 2},
        {"-3.25", "-3.25", 2},
        {"-0", "0.00", 2},
        {"0.000001", "0.000001", 6},
        {"007", "7", 0},
        {"999999999999.999999", "999999999999.999999", 6},
    };
    static const char *const bad[] = {"", "-", ".", "1.", ".5", "+1", "1e3", "1,5", "1 ", " 1",
        "--1", "1.2.3", "0x10", "1234567890123", "0.1234567", "NaN", "１", "1_000"};
    (void)state;
    for (size_t i = 0; i < COUNT(good); i++) {
        struct lw_amount *a = lw_amount_parse(good[i].in);
        assert_non_null(a);
        expect_text(lw_amount_format(a, good[i].digits), good[i].out);
        lw_amount_free(a);
    }
    for (size_t i = 0; i < COUNT(bad); i++)
        assert_null(lw_amount_parse(bad[i]));
}

static void rounds_ties_by_name(void **state)
{
    static const struct {
        const char *in, *even, *up, *down;
    } v[] = {
        {"0.125", "0.12", "0.13", "0.12"},
        {"0.135", "0.14", "0.14", "0.13"},
        {"-0.125", "-0.12", "-0.13", "-0.12"},
        {"2.675", "2.68", "2.68", "2.67"}, /* 2.67 in binary floats */
        {"1.005", "1.00", "1.01", "1.00"},
        {"0.1251", "0.13", "0.13", "0.12"},
        {"0.1249", "0.12", "0.12", "0.12"},
        {"-0.004", "0.00", "0.00", "0.00"},
        {"0.005", "0.00", "0.01", "0.00"},
        {"9.995", "10.00", "10.00", "9.99"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(v); i++) {
        const char *want[] = {v[i].even, v[i].up, v[i].down};
        for (int by = 0; by < LW_MONEY_ROUNDING_COUNT; by++) {
            struct lw_amount *a = lw_amount_parse(v[i].in);
            lw_amount_round(a, 2, (enum lw_money_rounding)by);
            expect_text(lw_amount_format(a, 2), want[by]);
            lw_amount_free(a);
        }
    }
}

static void rounds_to_whole_units_of_a_currency_without_cents(void **state)
{
    (void)state;
    struct lw_amount *a = lw_amount_parse("1000.5"), *b = lw_amount_parse("1001.5");
    lw_amount_round(a, 0, LW_MONEY_HALF_EVEN);
    lw_amount_round(b, 0, LW_MONEY_HALF_EVEN);
    expect_text(lw_amount_format(a, 0), "1000");
    expect_text(lw_amount_format(b, 0), "1002");
    lw_amount_free(a);
    lw_amount_free(b);
}

/* 17.00 an hour for 20 minutes, three times: 17.00 again, and not a cent less. */
static void loses_nothing_before_it_is_rounded(void **state)
{
    (void)state;
    struct lw_amount *sum = lw_amount_new(0), *part = lw_amount_parse("17.00"),
                     *all = lw_amount_parse("17");
    lw_amount_scale(part, 20 * 60 * 1000, 3600 * 1000);
    for (int i = 0; i < 3; i++)
        lw_amount_add(sum, part);
    assert_int_equal(lw_amount_compare(sum, all), 0);
    lw_amount_subtract(sum, all);
    assert_int_equal(lw_amount_sign(sum), 0);
    lw_amount_round(part, 2, LW_MONEY_HALF_EVEN);
    expect_text(lw_amount_format(part, 2), "5.67");
    lw_amount_free(sum);
    lw_amount_free(part);
    lw_amount_free(all);
}

static void goes_beyond_64_bits(void **state)
{
    (void)state;
    struct lw_amount *a = lw_amount_parse("999999999999.999999"), *b = lw_amount_copy(a);
    lw_amount_multiply(a, b);
    lw_amount_round(a, 6, LW_MONEY_HALF_EVEN);
    expect_text(lw_amount_format(a, 6), "999999999999999998000000.000000");
    lw_amount_divide(a, b);
    lw_amount_scale(a, INT64_MIN, 1);
    assert_true(lw_amount_sign(a) < 0);
    lw_amount_free(a);
    lw_amount_free(b);
}

static void writes_as_few_digits_as_say_it(void **state)
{
    static const struct {
        const char *in, *out;
        int least;
    } v[] = {{"1.50", "1.5", 0}, {"2", "2", 0}, {"17", "17.00", 2}, {"0.3505", "0.3505", 2},
        {"100", "100", 0}};
    (void)state;
    for (size_t i = 0; i < COUNT(v); i++) {
        struct lw_amount *a = lw_amount_parse(v[i].in);
        expect_text(lw_amount_format_short(a, v[i].least), v[i].out);
        lw_amount_free(a);
    }
}

static void knows_the_digits_of_currencies(void **state)
{
    static const struct {
        const char *code;
        int digits;
    } v[] = {{"EUR", 2}, {"USD", 2}, {"JPY", 0}, {"VND", 0}, {"KWD", 3}, {"TND", 3}, {"CLF", 4},
        {"HUF", 2}, {"BIF", 0}, {"ZWG", 2}, {"XXX", -1}, {"eur", -1}, {"EU", -1}, {"", -1},
        {"UR ", -1}, {"EURO", -1}, {"BGN", -1}};
    (void)state;
    for (size_t i = 0; i < COUNT(v); i++)
        assert_int_equal(lw_currency_digits(v[i].code), v[i].digits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_writes_and_nothing_else),
        cmocka_unit_test(rounds_ties_by_name),
        cmocka_unit_test(rounds_to_whole_units_of_a_currency_without_cents),
        cmocka_unit_test(loses_nothing_before_it_is_rounded),
        cmocka_unit_test(goes_beyond_64_bits),
        cmocka_unit_test(writes_as_few_digits_as_say_it),
        cmocka_unit_test(knows_the_digits_of_currencies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
