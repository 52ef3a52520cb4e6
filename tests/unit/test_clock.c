/* Time stamps. */
#include "labelwright/base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <time.h>

static void stamps_go_there_and_back(void **state)
{
    (void)state;
    static const struct {
        int64_t ms;
        const char *stamp;
    } table[] = {{0, "1970-01-01T00:00:00.000Z"}, {1, "1970-01-01T00:00:00.001Z"},
        {INT64_C(951782400000), "2000-02-29T00:00:00.000Z"},
        {INT64_C(1795331870123), "2026-11-22T07:17:50.123Z"},
        {INT64_C(4107542399999), "2100-02-28T23:59:59.999Z"},
        {INT64_C(253402300799999), "9999-12-31T23:59:59.999Z"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char stamp[LW_STAMP_MAX];
        int64_t ms;
        lw_stamp_format(table[i].ms, stamp);
        assert_string_equal(stamp, table[i].stamp);
        assert_true(lw_stamp_parse(stamp, &ms));
        assert_true(ms == table[i].ms);
    }
}

static void every_day_of_four_centuries(void **state)
{
    (void)state;
    for (int64_t day = 0; day < 146097; day += 13) {
        char stamp[LW_STAMP_MAX];
        int64_t ms, at = day * 86400000 + 43200123;
        lw_stamp_format(at, stamp);
        assert_true(lw_stamp_parse(stamp, &ms) && ms == at);
    }
}

static void mad_clocks_are_clamped(void **state)
{
    (void)state;
    char stamp[LW_STAMP_MAX];
    lw_stamp_format(-5, stamp);
    assert_string_equal(stamp, "1970-01-01T00:00:00.000Z");
    lw_stamp_format(INT64_MAX, stamp);
    assert_string_equal(stamp, "9999-12-31T23:59:59.999Z");
}

static void other_forms_are_no_stamps(void **state)
{
    (void)state;
    static const char *const bad[] = {"", "2026-11-22T07:17:50Z", "2026-11-22 07:17:50.123Z",
        "2026-11-22T07:17:50.123", "2026-11-22T07:17:50.123Zx", "2026-13-22T07:17:50.123Z",
        "2026-11-00T07:17:50.123Z", " 026-11-22T07:17:50.123Z", "2026-11-22T07:17:50.+12Z"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t ms;
        assert_false(lw_stamp_parse(bad[i], &ms));
    }
}

static void clocks_go_forward(void **state)
{
    (void)state;
    int64_t mono = lw_clock_mono_ms(&lw_sys_real), boot = lw_clock_boot_ms(&lw_sys_real);
    assert_true(lw_clock_mono_ms(&lw_sys_real) >= mono);
    assert_true(lw_clock_boot_ms(&lw_sys_real) >= boot);
    assert_true(lw_clock_utc_ms(&lw_sys_real) > INT64_C(1700000000000));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stamps_go_there_and_back),
        cmocka_unit_test(every_day_of_four_centuries),
        cmocka_unit_test(mad_clocks_are_clamped),
        cmocka_unit_test(other_forms_are_no_stamps),
        cmocka_unit_test(clocks_go_forward),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
