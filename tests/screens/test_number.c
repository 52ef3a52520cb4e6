/* Numbers of wide scales, and texts that are dates or web addresses, by keys. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

static void open_project(void)
{
    const char *source = getenv("LW_SOURCE");
    char *folder = lw_format("%s/tests/screens/projects/numbers", source ? source : ".");
    app_fixture_copy(&p, folder);
    app_fixture_open(&p);
    free(folder);
}

static int64_t number(const char *name)
{
    const json_t *v = json_object_get(lw_sitting_view(p.s)->answers, name);
    return v ? json_integer_value(v) : -1;
}

static void digits_of_a_wide_scale_wait_for_a_key(void **state)
{
    (void)state;
    open_project();
    app_fixture_press(&p, "8 5 1 wait:5000 9 wait:5000 6");
    assert_int_equal(number("year"), 196);
    assert_true(app_fixture_shows(&p, "Year = 196. Type a digit for 1960 to 1969. Enter: go on."));
    app_fixture_press(&p, "9");
    assert_int_equal(number("year"), 1969);
    assert_true(app_fixture_shows(&p, "Next: Source."));
    app_fixture_press(&p, "u"); /* all of its digits */
    assert_int_equal(number("year"), -1);
    app_fixture_end(&p);
}

static void enter_ends_the_number_and_submits_when_nothing_is_open(void **state)
{
    (void)state;
    open_project();
    app_fixture_press(&p, "8 5 7 Enter"); /* the source is open */
    assert_int_equal(lw_sitting_view(p.s)->nth, 0);
    assert_int_equal(number("year"), 7);
    app_fixture_press(&p, "S-Tab S-Tab S-Tab 4 0 7 Enter"); /* confidence below 50: no source */
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    app_fixture_end(&p);
}

static void what_is_no_step_is_refused(void **state)
{
    (void)state;
    open_project();
    app_fixture_press(&p, "8 3");
    assert_true(app_fixture_shows(&p, "Confidence takes 0 to 100 in steps of 5."));
    assert_int_equal(number("confidence"), -1);
    app_fixture_end(&p);
}

static void arrows_go_by_a_step_and_by_ten(void **state)
{
    (void)state;
    open_project();
    app_fixture_press(&p, "Right Right");
    assert_int_equal(number("confidence"), 5);
    app_fixture_press(&p, ">");
    assert_int_equal(number("confidence"), 55);
    app_fixture_press(&p, "> <");
    assert_int_equal(number("confidence"), 50);
    app_fixture_press(&p, "> Right");
    assert_int_equal(number("confidence"), 100);
    assert_true(app_fixture_shows(&p, "end reached"));
    app_fixture_end(&p);
}

static void a_text_in_a_wrong_format_stays_in_its_box(void **state)
{
    (void)state;
    static const struct {
        const char *typed, *wrong; /* NULL: it is taken */
    } dates[] = {
        {"2026-01-31", NULL},
        {"2024-02-29", NULL},
        {"2026-02-29", "Published has a date that does not exist."},
        {"2026-13-01", "Published has a date that does not exist."},
        {"2026-00-10", "Published has a date that does not exist."},
        {"2026-1-31", "Published has no date such as 2026-01-31."},
        {"31.01.2026", "Published has no date such as 2026-01-31."},
        {"2026-01-31x", "Published has no date such as 2026-01-31."},
        {"20--01-031", "Published has no date such as 2026-01-31."},
    };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char *keys = lw_format("m type:%s Enter", dates[i].typed);
        open_project();
        app_fixture_press(&p, keys);
        assert_int_equal(p.app.over == LW_OVERLAY_DIALOG, dates[i].wrong != NULL);
        if (dates[i].wrong && !app_fixture_shows(&p, dates[i].wrong))
            fail_msg("%s", app_fixture_screen(&p));
        app_fixture_end(&p);
        free(keys);
    }
}

static void an_address_that_is_none_is_left_unfinished(void **state)
{
    (void)state;
    open_project();
    app_fixture_press(&p, "8 5 1 9 6 9 Space type:example.org Enter");
    assert_true(app_fixture_shows(&p, "Source has no web address such as https://example.org."));
    app_fixture_press(&p, "Esc Enter");
    assert_int_equal(lw_sitting_view(p.s)->nth, 0);
    assert_true(app_fixture_shows(&p, "Source has no web address"));
    app_fixture_press(&p, "Space Home type:http:// Enter Enter");
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_of_a_wide_scale_wait_for_a_key),
        cmocka_unit_test(enter_ends_the_number_and_submits_when_nothing_is_open),
        cmocka_unit_test(what_is_no_step_is_refused),
        cmocka_unit_test(arrows_go_by_a_step_and_by_ten),
        cmocka_unit_test(a_text_in_a_wrong_format_stays_in_its_box),
        cmocka_unit_test(an_address_that_is_none_is_left_unfinished),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
