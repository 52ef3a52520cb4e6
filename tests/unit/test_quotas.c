/* Quotas of options: how many labels count, what undo and new labels change, and who is warned. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"

#define OPTIONS                                                                                    \
    "options: [{value: verse}, {value: prose}, {value: code}], quota: {verse: 1, code: 2}}\n"
static const char KINDS[] =
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
    "  - {name: kind, type: choice, required: true, " OPTIONS "  - {name: note, type: text}\n";
static const char AUTO[] =
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nadvance: auto\nquestions:\n"
    "  - {name: kind, type: choice, required: true, " OPTIONS;
static const char EACH[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                           "  - {name: kind, type: choice, on: response, " OPTIONS;

static void counts_are(uint64_t verse, uint64_t code, uint64_t all)
{
    struct lw_quota q;
    while (lw_sitting_counts(p.s))
        lw_sitting_count(p.s);
    assert_true(lw_sitting_quota(p.s, 0, 0, &q));
    assert_int_equal(q.done, verse);
    assert_int_equal(q.wanted, 1);
    assert_false(lw_sitting_quota(p.s, 0, 1, &q)); /* as many as there are */
    assert_true(lw_sitting_quota(p.s, 0, 2, &q));
    assert_int_equal(q.done, code);
    assert_true(lw_sitting_quotas(p.s, 0, &q));
    assert_int_equal(q.done, all);
    assert_int_equal(q.wanted, 3);
}

static void warns(bool expected)
{
    assert_int_equal(lw_sitting_view(p.s)->tone, expected ? LW_TONE_WARNING : LW_TONE_INFO);
}

static void counts_labels_and_not_drafts(void **state)
{
    (void)state;
    begin(KINDS, THREE);
    counts_are(0, 0, 0);
    app_fixture_press(&p, "3");
    counts_are(0, 0, 0);
    app_fixture_press(&p, "Enter");
    counts_are(0, 1, 1);
    app_fixture_press(&p, "2 Enter s type:no Enter");
    counts_are(0, 1, 1);
}

static void a_new_label_and_undo_change_the_count(void **state)
{
    (void)state;
    begin(KINDS, THREE);
    app_fixture_press(&p, "3 Enter K 1 Enter");
    recorded_is("t1", "{\"kind\":\"verse\"}");
    counts_are(1, 0, 1);
    app_fixture_press(&p, "u u"); /* what it replaced counts again */
    counts_are(0, 1, 1);
    app_fixture_press(&p, "Enter"); /* and what was undone, submitted anew */
    counts_are(1, 0, 1);
    app_fixture_press(&p, "K s type:no Enter");
    counts_are(0, 0, 0);
}

static void reads_earlier_labels_at_the_start(void **state)
{
    (void)state;
    begin(KINDS, THREE);
    app_fixture_press(&p, "3 Enter 1 Enter K 3 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    counts_are(0, 2, 2);
}

static void a_full_option_warns_and_can_be_chosen(void **state)
{
    (void)state;
    begin(KINDS, THREE);
    app_fixture_press(&p, "1");
    warns(false);
    app_fixture_press(&p, "Enter 1");
    message_is("Kind = verse, which is full: 1 of 1. Enter submits.");
    warns(true);
    app_fixture_press(&p, "Enter");
    counts_are(2, 0, 1); /* one too many helps no other quota */
}

/* Its own label is no other one. */
static void a_finished_task_does_not_warn_of_itself(void **state)
{
    (void)state;
    begin(KINDS, THREE);
    app_fixture_press(&p, "1 Enter K 2 Tab 1");
    warns(false);
    recorded_is("t1", "{\"kind\":\"verse\"}");
}

static void a_full_option_waits_for_enter(void **state)
{
    (void)state;
    begin(AUTO, THREE);
    app_fixture_press(&p, "1");
    recorded_is("t1", "{\"kind\":\"verse\"}");
    app_fixture_press(&p, "1");
    recorded_is("t2", "-");
    message_is("Kind = verse, which is full: 1 of 1. Enter submits.");
    app_fixture_press(&p, "Enter");
    recorded_is("t2", "{\"kind\":\"verse\"}");
    app_fixture_press(&p, "3");
    recorded_is("t3", "{\"kind\":\"code\"}");
}

static void a_full_option_that_is_repeated_warns_too(void **state)
{
    (void)state;
    begin(KINDS, THREE);
    app_fixture_press(&p, "1 Enter ^R");
    message_is("Kind = verse, which is full: 1 of 1. 1 answer repeated. Enter submits.");
    warns(true);
}

static void each_response_counts(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "3 3 Enter");
    counts_are(0, 2, 2);
    app_fixture_press(&p, "u u");
    counts_are(0, 0, 0);
}

static void more_labels_than_one_step_reads(void **state)
{
    (void)state;
    struct lw_buf tasks = {0};
    for (int i = 0; i < 150; i++)
        lw_buf_fmt(&tasks, "{\"id\":\"n%d\",\"prompt\":\"x\"}\n", i);
    begin(AUTO, tasks.data);
    for (int i = 0; i < 150; i++)
        app_fixture_press(&p, "3 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    struct lw_quota q;
    assert_true(lw_sitting_counts(p.s));
    assert_false(lw_sitting_quota(p.s, 0, 2, &q)); /* nothing is said of a part */
    app_fixture_press(&p, "u u");                  /* before its label was read */
    counts_are(0, 149, 2);
    lw_buf_fini(&tasks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(counts_labels_and_not_drafts),
        TEST(a_new_label_and_undo_change_the_count),
        TEST(reads_earlier_labels_at_the_start),
        TEST(a_full_option_warns_and_can_be_chosen),
        TEST(a_finished_task_does_not_warn_of_itself),
        TEST(a_full_option_waits_for_enter),
        TEST(a_full_option_that_is_repeated_warns_too),
        TEST(each_response_counts),
        TEST(more_labels_than_one_step_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
