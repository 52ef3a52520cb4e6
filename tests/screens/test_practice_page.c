/* Practice tasks: nothing of what is known is on any screen before the label is on the disk; then a
 * page compares the two. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

/* Labels the first task as it is known, but for one rating and one flag. */
#define FIRST "1 7 3 Tab Enter wait:1000"

/* "Zebra" stands in all that is known, and nowhere else. */
static void leaks_nothing(const char *keys)
{
    app_fixture_press(&p, keys);
    if (app_fixture_shows(&p, "ebra"))
        fail_msg("after \"%s\":\n%s", keys, app_fixture_screen(&p));
}

static void nothing_known_is_shown_before_the_label(void **state)
{
    (void)state;
    static const char *const views[] = {"wait:10", "t", "t", "t", "x", "x", "o", "O", "O", "d",
        "^D", "d", "z", "^T", "Esc", "^K", "Esc", "F2", "Esc", "? G", "Esc", "F3", "Esc",
        ": type:reference", "Esc", "a", "/ type:bonjour_is Enter work:", "Esc", "Esc",
        "a = type:practice Enter work:", "Esc", "Esc", "a = type:flagged Enter work:", "Esc", "Esc",
        "^Y", ";", "^R", "^O", "p", "p", "q", "Esc", "m", "Esc", "s", "Esc", "u", "J", "K", "f",
        "Esc", "S", "Esc", "Enter"};
    app_fixture_open_copy(&p, "practice", "");
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        leaks_nothing(views[i]);
    assert_int_equal(json_object_size(lw_sitting_view(p.s)->answers), 0);
    app_fixture_press(&p, "/ type:ebra Enter");
    assert_true(app_fixture_shows(&p, "not found"));
    app_fixture_press(&p, "Esc a / type:ebra Enter work:");
    assert_true(app_fixture_shows(&p, "\"ebra\": not found"));
    app_fixture_press(&p, "Esc Esc 1 7");
    assert_false(app_fixture_journal_has(&p, "ebra"));
    app_fixture_end(&p);
}

static void the_page_compares_and_any_key_goes_on(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "practice", "");
    assert_true(app_fixture_shows(&p, "1/4  practice"));
    app_fixture_press(&p, FIRST);
    assert_true(app_fixture_journal_has(&p, "\"practice\":["));
    assert_true(app_fixture_shows(&p, "TASK 1 AND THE REFERENCE"));
    assert_true(app_fixture_shows(&p, "Better: A much, as the reference."));
    assert_true(app_fixture_shows(&p, "Why: Zebra: only one is right."));
    app_fixture_press(&p, "y");
    assert_false(app_fixture_shows(&p, "ebra"));
    assert_true(app_fixture_shows(&p, "2/4  practice"));
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    app_fixture_end(&p);
}

/* The key that submitted is still held, or typed twice: the page stays, and the next task gets no
 * answer of it. */
static void a_key_that_is_held_does_not_close_it(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "practice", "");
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 1 7 3 Tab wait:1000 Enter wait:500 Enter");
    for (int i = 0; i < 20; i++)
        app_fixture_press(&p, "wait:30 Enter");
    assert_true(app_fixture_shows(&p, "TASK 1 AND THE REFERENCE"));
    app_fixture_press(&p, "wait:400 Enter");
    assert_false(app_fixture_shows(&p, "REFERENCE"));
    app_fixture_press(&p, "wait:20 1"); /* the guard of the task begins only now */
    assert_int_equal(json_object_size(lw_sitting_view(p.s)->answers), 0);
    app_fixture_end(&p);
}

static void u_reopens_the_task_at_once(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "practice", "");
    app_fixture_press(&p, FIRST " u");
    assert_true(app_fixture_journal_has(&p, "\"type\":\"undo\",\"private\":true"));
    assert_true(app_fixture_shows(&p, "1/4"));
    assert_false(app_fixture_shows(&p, "ebra"));
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 0);
    app_fixture_press(&p, "Enter wait:1000");
    struct lw_practice_sum sum = lw_ledger_practice(p.w.ledger, 0, INT64_MAX);
    assert_int_equal(sum.tasks, 1);
    assert_int_equal(sum.asked, 5);
    app_fixture_end(&p);
}

static void practice_stays_here_unless_the_project_sends_it(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "practice", "");
    app_fixture_press(&p, FIRST " y 1 7 2 Tab Tab Enter wait:1000 y");
    assert_true(
        app_fixture_journal_has(&p, "\"type\":\"annotate\",\"private\":true,\"task\":\"g1\""));
    app_fixture_press(&p, "2 Enter wait:1000");
    assert_false(app_fixture_shows(&p, "REFERENCE"));
    assert_true(app_fixture_journal_has(&p, "\"type\":\"annotate\",\"task\":\"r1\""));
    assert_int_equal(lw_ledger_totals(p.w.ledger).unsent, 1);
    app_fixture_press(&p, "q");
    assert_true(app_fixture_shows(&p, "Practice"));
    assert_true(app_fixture_shows(&p, "answers as the reference"));
    app_fixture_end(&p);
    app_fixture_open_copy(&p, "practice", "send_practice: true\n");
    app_fixture_press(&p, FIRST " y");
    assert_true(app_fixture_journal_has(&p, "\"type\":\"annotate\",\"task\":\"g1\""));
    assert_int_equal(lw_ledger_totals(p.w.ledger).unsent, 1);
    app_fixture_end(&p);
}

/* Reading what is known is time of the session, but not of the next task. */
static void the_next_task_begins_when_the_page_is_closed(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "practice", "");
    app_fixture_press(&p, FIRST " wait:60000 y");
    assert_int_equal(lw_sitting_spent(p.s).wall_ms, 0);
    assert_int_equal(lw_sitting_spent(p.s).active_ms, 0);
    app_fixture_press(&p, "wait:2000 1 7 2 Tab Tab Enter");
    assert_true(app_fixture_journal_has(&p, "\"active_ms\":2000,\"wall_ms\":2000"));
    app_fixture_end(&p);
}

static void a_page_that_is_longer_than_the_screen_scrolls(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "practice", "");
    app_fixture_press(&p, FIRST);
    lw_app_resize(&p.app, 16, 60);
    assert_true(app_fixture_shows(&p, "more"));
    app_fixture_press(&p, "Space");
    assert_true(app_fixture_shows(&p, "So far:"));
    app_fixture_press(&p, "Space");
    assert_false(app_fixture_shows(&p, "So far:"));
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_known_is_shown_before_the_label),
        cmocka_unit_test(the_page_compares_and_any_key_goes_on),
        cmocka_unit_test(a_key_that_is_held_does_not_close_it),
        cmocka_unit_test(u_reopens_the_task_at_once),
        cmocka_unit_test(practice_stays_here_unless_the_project_sends_it),
        cmocka_unit_test(the_next_task_begins_when_the_page_is_closed),
        cmocka_unit_test(a_page_that_is_longer_than_the_screen_scrolls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
