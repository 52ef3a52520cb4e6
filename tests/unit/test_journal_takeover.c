/* A second session on the same project: view only while the first has the journal, which it takes
 * over after that. */
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

static void a_second_session_is_view_only_and_names_the_owner(void **state)
{
    (void)state;
    begin(RATE, THREE);
    static struct app_fixture other;
    other = p;
    other.w = (struct lw_workspace){.dir = -1};
    other.app = (struct lw_app){0};
    app_fixture_open(&other);
    assert_int_equal(lw_journal_mode(other.w.journal), LW_JOURNAL_READ_ONLY);
    assert_non_null(strstr(lw_sitting_view(other.s)->message, "pid"));
    app_fixture_press(&other, "5 Enter");
    assert_non_null(strstr(lw_sitting_view(other.s)->message,
        "View only: another labelwright has this project open (pid"));
    recorded_is("t1", "-");
    app_fixture_press(&other, "J");
    assert_string_equal(lw_sitting_view(other.s)->task->id, "t2");
    app_fixture_close(&other);
    app_fixture_press(&p, "5 Enter");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
}

/* A second window on the same project. */
static void open_beside(struct app_fixture *other)
{
    *other = p;
    other->w = (struct lw_workspace){.dir = -1};
    other->app = (struct lw_app){0};
    app_fixture_open(other);
    assert_int_equal(lw_journal_mode(other->w.journal), LW_JOURNAL_READ_ONLY);
}

static void a_second_session_takes_over_when_the_first_has_ended(void **state)
{
    (void)state;
    static struct app_fixture other;
    begin(RATE, THREE);
    open_beside(&other);
    app_fixture_press(&p, "5 Enter");
    app_fixture_press(&other, "7"); /* still held: nothing is taken, but what was written is read */
    assert_non_null(strstr(lw_sitting_view(other.s)->message,
        "View only: another labelwright has this project open (pid"));
    assert_string_equal(lw_sitting_view(other.s)->task->id, "t1");
    assert_int_equal(lw_ledger_totals(other.w.ledger).done, 1);
    app_fixture_press(&p, "6 Enter 7");
    app_fixture_close(&p);
    app_fixture_press(&other, "3"); /* tries, and is itself no answer: the task has changed */
    assert_string_equal(lw_sitting_view(other.s)->message,
        "The other labelwright has closed. Check the task, then press again.");
    assert_int_equal(lw_journal_mode(other.w.journal), LW_JOURNAL_WRITABLE);
    assert_int_equal(lw_sitting_view(other.s)->state, LW_TASK_DONE);
    assert_int_equal(lw_ledger_totals(other.w.ledger).done, 2);
    app_fixture_press(&other, "4 Enter J J");
    assert_string_equal(lw_sitting_view(other.s)->task->id, "t3");
    char *draft = json_dumps(lw_sitting_view(other.s)->answers, JSON_COMPACT);
    assert_string_equal(draft, "{\"quality\":{\"a\":7}}");
    free(draft);
    app_fixture_press(&other, "Enter");
    app_fixture_close(&other);
    app_fixture_open(&p);
    recorded_is("t1", "{\"quality\":{\"a\":4}}");
    recorded_is("t2", "{\"quality\":{\"a\":6}}");
    recorded_is("t3", "{\"quality\":{\"a\":7}}");
    struct lw_verdict v;
    struct lw_err err = {0};
    assert_int_equal(lw_journal_verify(&p.sys, p.w.dir, "journal", NULL, &v, &err), LW_OK);
    assert_string_equal(v.first_damage, "");
}

/* Whoever only looks shows the draft as it was when the task came up: that is nothing to write. */
static void a_view_only_session_leaves_newer_drafts_alone(void **state)
{
    (void)state;
    static const char *const keys[] = {"q", "J K", "a", "p x", "wait:5000 j"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        static struct app_fixture other;
        begin(RATE, THREE);
        app_fixture_press(&p, "2 wait:5000 j");
        lw_sitting_save_draft(p.s);
        open_beside(&other);
        app_fixture_press(&p, "m type:late Enter");
        lw_sitting_save_draft(p.s);
        app_fixture_press(&other, keys[i]);
        assert_true(lw_sitting_ensure_draft(other.s));
        app_fixture_close(&other);
        app_fixture_crash(&p);
        app_fixture_open(&p);
        answers_are("{\"quality\":{\"a\":2},\"why\":\"late\"}");
        end(state);
    }
}

static void taking_over_shows_the_draft_that_the_other_one_left(void **state)
{
    (void)state;
    static struct app_fixture other;
    begin(RATE, THREE);
    app_fixture_press(&p, "2 wait:5000 j");
    lw_sitting_save_draft(p.s);
    open_beside(&other);
    app_fixture_press(&p, "m type:late Enter");
    app_fixture_close(&p);
    app_fixture_press(&other, "7");
    assert_non_null(strstr(lw_sitting_view(other.s)->message, "The other labelwright has closed"));
    app_fixture_close(&other);
    app_fixture_open(&p);
    answers_are("{\"quality\":{\"a\":2},\"why\":\"late\"}");
}

static void opening_a_box_takes_over_too(void **state)
{
    (void)state;
    static const char *const keys[] = {"f", "m", "s", "u", "Enter", "Right"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        static struct app_fixture other;
        begin(RATE, THREE);
        open_beside(&other);
        app_fixture_close(&p);
        app_fixture_press(&other, keys[i]);
        assert_int_equal(lw_journal_mode(other.w.journal), LW_JOURNAL_WRITABLE);
        assert_int_equal(other.app.over, LW_OVERLAY_NONE);
        app_fixture_close(&other);
        app_fixture_open(&p);
        end(state);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_second_session_is_view_only_and_names_the_owner),
        TEST(a_second_session_takes_over_when_the_first_has_ended),
        TEST(a_view_only_session_leaves_newer_drafts_alone),
        TEST(taking_over_shows_the_draft_that_the_other_one_left),
        TEST(opening_a_box_takes_over_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
