/* Days as numbers: against the C library for four centuries, texts, weeks, months. */
#define _GNU_SOURCE
#include "labelwright/base/date.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static void agrees_with_the_c_library(void **state)
{
    (void)state;
    for (int32_t n = -80000; n < 80000; n += 13) {
        time_t t = (time_t)n * 86400;
        struct tm tm;
        char want[40], got[LW_DATE_MAX];
        int32_t back;
        gmtime_r(&t, &tm);
        snprintf(want, sizeof want, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
        lw_date_format(n, got);
        assert_string_equal(got, want);
        assert_true(lw_date_parse(got, &back));
        assert_int_equal(back, n);
        assert_int_equal(lw_date_weekday(n), (tm.tm_wday + 6) % 7);
        assert_int_equal(lw_date_month(n), n - tm.tm_mday + 1);
    }
}

static void refuses_days_that_are_not_in_the_calendar(void **state)
{
    static const char *const bad[] = {"2026-02-29", "2026-04-31", "2026-13-01", "2026-00-10",
        "2026-01-00", "2026-1-1", "26-01-01", "2026/01/01", "2026-01-01 ", "", "0000-01-01",
        "2026-01-011"};
    int32_t n;
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(lw_date_parse(bad[i], &n));
    assert_true(lw_date_parse("2028-02-29", &n));
    assert_false(lw_month_parse("2026-13", &n));
    assert_false(lw_month_parse("2026-11-01", &n));
}

static void finds_weeks_and_months(void **state)
{
    int32_t sunday, monday, first, next;
    (void)state;
    lw_date_parse("2026-11-29", &sunday);
    lw_date_parse("2026-11-23", &monday);
    assert_int_equal(lw_date_week(sunday), monday);
    assert_int_equal(lw_date_week(monday), monday);
    assert_true(lw_month_parse("2026-12", &first));
    assert_true(lw_date_parse("2027-01-01", &next));
    assert_int_equal(lw_date_next_month(first), next);
    assert_int_equal(lw_date_next_month(first + 30), next);
}

static void spans_all_years_of_four_digits(void **state)
{
    char text[LW_DATE_MAX];
    (void)state;
    lw_date_format(LW_DAY_FIRST, text);
    assert_string_equal(text, "0001-01-01");
    lw_date_format(LW_DAY_LAST, text);
    assert_string_equal(text, "9999-12-31");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_c_library),
        cmocka_unit_test(refuses_days_that_are_not_in_the_calendar),
        cmocka_unit_test(finds_weeks_and_months),
        cmocka_unit_test(spans_all_years_of_four_digits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
