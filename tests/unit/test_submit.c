/* Submitting and skipping: what is missing, what is recorded, and the message. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"

static void three_keys_rate_two_scales_and_submit(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 2 Enter");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(lw_sitting_view(p.s)->saved);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    assert_string_equal(lw_sitting_view(p.s)->message, "Saved task 1: Quality 5, Clarity 2.");
}

static void enter_goes_to_the_first_missing_answer(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "Tab 3 Enter");
    recorded_is("t1", "-");
    assert_string_equal(lw_sitting_view(p.s)->message, "Quality is not answered yet.");
    assert_int_equal(lw_sitting_view(p.s)->slot[lw_sitting_view(p.s)->focus].question, 0);
}

static void auto_advance_submits_with_the_one_key(void **state)
{
    (void)state;
    begin(ONE_KEY, THREE);
    app_fixture_press(&p, "1 2 1");
    recorded_is("t1", "{\"good\":\"yes\"}");
    recorded_is("t2", "{\"good\":\"no\"}");
    recorded_is("t3", "{\"good\":\"yes\"}");
    assert_true(lw_sitting_view(p.s)->finished);
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "All tasks are done"));
}

static void enter_on_an_unchanged_task_writes_nothing(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter K");
    uint64_t head = lw_journal_head(p.w.journal).seq;
    app_fixture_press(&p, "Enter");
    assert_int_equal(lw_journal_head(p.w.journal).seq, head);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
}

static void skip_takes_a_reason_or_none(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "s type:too_long Enter");
    recorded_is("t1", "skip");
    app_fixture_press(&p, "s Enter");
    recorded_is("t2", "skip");
    app_fixture_press(&p, "s Esc");
    recorded_is("t3", "-");
    struct lw_totals t = lw_ledger_totals(p.w.ledger);
    assert_int_equal(t.skipped, 2);
}

static void an_unreadable_record_can_be_stepped_over_and_skipped(void **state)
{
    (void)state;
    begin(RATE,
        "{\"id\":\"t1\",\"prompt\":1e400}\n"
        "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n");
    assert_non_null(lw_sitting_view(p.s)->task->unreadable);
    app_fixture_press(&p, "5 Enter");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "cannot be read"));
    app_fixture_press(&p, "s Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    app_fixture_press(&p, "5 Enter");
    assert_true(lw_sitting_view(p.s)->finished);
}

static void the_order_shown_is_recorded_and_kept_across_restarts(void **state)
{
    (void)state;
    begin(PAIR, PAIRS);
    int was = lw_sitting_view(p.s)->order[0];
    app_fixture_press(&p, "2");
    app_fixture_close(&p);
    app_fixture_open(&p);
    assert_int_equal(lw_sitting_view(p.s)->order[0], was);
    answers_are(was == 0 ? "{\"better\":{\"better\":\"x\",\"strength\":2}}"
                         : "{\"better\":{\"better\":\"y\",\"strength\":2}}");
    app_fixture_press(&p, "Enter");
    json_t *event;
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("p1", 2));
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    const char *first = json_string_value(json_array_get(json_object_get(event, "order"), 0));
    assert_string_equal(first, was == 0 ? "x" : "y");
    json_decref(event);
}

static void the_saved_label_is_told_before_the_next_task(void **state)
{
    (void)state;
    begin(RATE, "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"a\",\"text\":\"x\"}]}\n"
                "{\"id\":\"t2\",\"prompt\":1e400}\n");
    app_fixture_press(&p, "5 Enter");
    assert_string_equal(lw_sitting_view(p.s)->message,
        "Saved task 1: Quality 5. tasks.jsonl:2: this task cannot be read.");
    app_fixture_press(&p, "s Enter");
    assert_non_null(strstr(lw_sitting_view(p.s)->message,
        "Task 2 skipped. All tasks are done or skipped: 1 skipped."));
}

static void the_end_says_when_all_was_skipped(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "s Enter s Enter s Enter");
    assert_string_equal(lw_sitting_view(p.s)->message, "Task 3 skipped. All tasks are skipped.");
}

static void damage_to_the_journal_is_told_with_the_label(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter");
    unlinkat(p.w.dir, "journal/000001.jsonl", 0);
    app_fixture_press(&p, "4 Enter");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    recorded_is("t2", "{\"quality\":{\"a\":4}}");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Journal restored"));
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t3");
    assert_int_equal(renameat(p.w.dir, "journal", p.w.dir, "away"), 0);
    app_fixture_press(&p, "3 Enter");
    recorded_is("t3", "-");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Not saved"));
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Move it back"));
    assert_int_equal(renameat(p.w.dir, "away", p.w.dir, "journal"), 0);
    app_fixture_press(&p, "Enter");
    recorded_is("t3", "{\"quality\":{\"a\":3}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(three_keys_rate_two_scales_and_submit),
        TEST(enter_goes_to_the_first_missing_answer),
        TEST(auto_advance_submits_with_the_one_key),
        TEST(enter_on_an_unchanged_task_writes_nothing),
        TEST(skip_takes_a_reason_or_none),
        TEST(an_unreadable_record_can_be_stepped_over_and_skipped),
        TEST(the_order_shown_is_recorded_and_kept_across_restarts),
        TEST(the_saved_label_is_told_before_the_next_task),
        TEST(the_end_says_when_all_was_skipped),
        TEST(damage_to_the_journal_is_told_with_the_label),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
