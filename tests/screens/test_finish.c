/* The screen that comes when the last task is finished: when it comes, what it says, where its keys
 * lead. */
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

static const char yaml[] = "labelwright: 1\n"
                           "title: Rain\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, required: true}\n";
static const char sends[] = "sync: {to: \"file:outbox/\"}\n";

static const char jsonl[] = "{\"id\":\"t1\",\"prompt\":\"One\",\"response\":\"Eins\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Two\",\"response\":\"Zwei\"}\n"
                            "{\"id\":\"t3\",\"prompt\":\"Three\",\"response\":\"Drei\"}\n";

static struct app_fixture p;

static void begin(bool sending, const char *only)
{
    char all[1024];
    snprintf(all, sizeof all, "%s%s", yaml, sending ? sends : "");
    app_fixture_make(&p, all, jsonl);
    p.only = only;
    app_fixture_open(&p);
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    p.only = NULL;
    return 0;
}

static void shows(const char *text)
{
    if (!app_fixture_shows(&p, text))
        fail_msg("\"%s\" is not on the screen:\n%s", text, app_fixture_screen(&p));
}

static bool is_open(void)
{
    return app_fixture_shows(&p, " FINISHED ─");
}

static void finish(void)
{
    app_fixture_press(&p, "4 Enter s type:dull Enter wait:60000 5 Enter");
}

static void it_comes_with_the_last_task_and_says_how_all_stands(void **state)
{
    (void)state;
    begin(false, NULL);
    app_fixture_press(&p, "4 Enter s type:dull Enter");
    assert_false(is_open());
    app_fixture_press(&p, "wait:60000 5 Enter");
    assert_true(is_open());
    shows("Project    Rain");
    shows("Done       2 of 3");
    shows("Today      2 done, 1 min on labels, breaks 0 s");
    shows("Labels     2 labels, 1 skip saved on this machine");
    shows("> q     leave");
    shows("  K     back to the last task");
    shows("  s     skipped tasks: 1");
    shows("  a     all tasks");
    assert_false(app_fixture_shows(&p, "draft"));
    assert_false(app_fixture_shows(&p, "send now"));
    shows("Saved task 3: Quality 5. All tasks are done or skipped: 1 skipped.");
}

static void it_does_not_come_again_until_a_task_is_finished_again(void **state)
{
    (void)state;
    begin(false, NULL);
    finish();
    app_fixture_press(&p, "K");
    assert_false(is_open());
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t3");
    app_fixture_press(&p, "K J Enter"); /* nothing changed */
    assert_false(is_open());
    app_fixture_press(&p, "2 Enter");
    assert_true(is_open());
    app_fixture_press(&p, "Esc");
    assert_false(is_open());
}

static void a_project_that_is_finished_opens_at_its_task(void **state)
{
    (void)state;
    begin(false, NULL);
    finish();
    app_fixture_close(&p);
    app_fixture_open(&p);
    assert_false(is_open());
}

static void a_receipt_does_not_bring_it_back(void **state)
{
    (void)state;
    begin(true, NULL);
    finish();
    shows("Labels     3 to send");
    shows("  S     send now: 3");
    app_fixture_press(&p, "K S send:");
    shows("all sent");
    assert_false(is_open());
}

static void labels_are_sent_from_it(void **state)
{
    (void)state;
    begin(true, NULL);
    finish();
    app_fixture_press(&p, "S send:");
    assert_true(is_open());
    shows("Labels     all sent");
    assert_false(app_fixture_shows(&p, "send now"));
}

static void one_key_leads_to_what_was_skipped_and_to_drafts(void **state)
{
    (void)state;
    begin(false, NULL);
    app_fixture_press(&p, "4 Enter s type:dull Enter K 3 J 5 Enter");
    assert_true(is_open());
    shows("  d     tasks with a draft: 1");
    app_fixture_press(&p, "s work:");
    shows("TASKS: skipped");
    shows("1 task");
    app_fixture_press(&p, "Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
}

static void arrows_and_enter_do_all_of_it(void **state)
{
    (void)state;
    begin(false, NULL);
    finish();
    app_fixture_press(&p, "Down Down");
    shows("> s     skipped tasks: 1");
    app_fixture_press(&p, "Down Down Down");
    shows("> a     all tasks");
    app_fixture_press(&p, "Up Enter work:");
    shows("TASKS: skipped");
}

static void a_held_enter_does_not_leave(void **state)
{
    (void)state;
    begin(false, NULL);
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 4 Enter wait:1000 5 Enter wait:1000 3 Enter");
    assert_true(is_open());
    for (int i = 0; i < 20; i++)
        app_fixture_press(&p, "wait:30 Enter");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_NONE);
    app_fixture_press(&p, "wait:1000 Enter");
    assert_int_equal(p.app.over, LW_OVERLAY_CARD);
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_NONE);
}

static void q_leaves_as_everywhere(void **state)
{
    (void)state;
    begin(false, NULL);
    finish();
    app_fixture_press(&p, "q");
    assert_int_equal(p.app.over, LW_OVERLAY_CARD);
    app_fixture_press(&p, "Enter");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_LEAVE);
}

static void undo_reopens_the_last_task(void **state)
{
    (void)state;
    begin(false, NULL);
    finish();
    app_fixture_press(&p, "u u");
    assert_false(is_open());
    shows("Task 3 reopened.");
}

static void another_key_says_what_to_press(void **state)
{
    (void)state;
    begin(false, NULL);
    finish();
    app_fixture_press(&p, "7");
    assert_true(is_open());
    shows("press a key that is listed");
}

static void a_filter_says_what_it_leaves_out(void **state)
{
    (void)state;
    begin(false, NULL);
    app_fixture_press(&p, "4 Enter");
    app_fixture_close(&p);
    p.only = "done";
    app_fixture_open(&p);
    app_fixture_press(&p, "2 Enter");
    shows("ALL TASKS OF THIS FILTER FINISHED");
    shows("Done       1 of 1");
    shows("  o     tasks left: 2, not in this filter");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end)
    const struct CMUnitTest tests[] = {
        TEST(it_comes_with_the_last_task_and_says_how_all_stands),
        TEST(it_does_not_come_again_until_a_task_is_finished_again),
        TEST(a_project_that_is_finished_opens_at_its_task),
        TEST(a_receipt_does_not_bring_it_back),
        TEST(labels_are_sent_from_it),
        TEST(one_key_leads_to_what_was_skipped_and_to_drafts),
        TEST(arrows_and_enter_do_all_of_it),
        TEST(a_held_enter_does_not_leave),
        TEST(q_leaves_as_everywhere),
        TEST(undo_reopens_the_last_task),
        TEST(another_key_says_what_to_press),
        TEST(a_filter_says_what_it_leaves_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
