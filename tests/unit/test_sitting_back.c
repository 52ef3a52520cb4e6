/* The sitting: taking back, drafts, going from task to task, and starting again. */
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

static void take_back_undoes_answers_first_and_then_whole_tasks(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 2 Enter 4 3 u");
    answers_are("{\"quality\":{\"a\":4}}");
    app_fixture_press(&p, "u");
    answers_are("{}");
    app_fixture_press(&p, "u");
    assert_string_equal(lw_sitting_view(p.s)->message, "Press again to undo task 1.");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    app_fixture_press(&p, "u");
    recorded_is("t1", "-");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t1");
    answers_are("{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(lw_sitting_view(p.s)->draft);
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
}

static void any_other_key_disarms_the_take_back(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter u Tab u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    app_fixture_press(&p, "u");
    recorded_is("t1", "-");
}

static void take_back_goes_on_across_restarts(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter 6 Enter 7 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    app_fixture_press(&p, "u u u u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    recorded_is("t2", "-");
    recorded_is("t3", "-");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    app_fixture_close(&p);
    app_fixture_open(&p);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    answers_are("{\"quality\":{\"a\":6}}"); /* the draft of what was taken back */
    app_fixture_press(&p, "u u");
    recorded_is("t1", "-");
    app_fixture_press(&p, "u");
    assert_string_equal(lw_sitting_view(p.s)->message, "Nothing to undo.");
}

static void answering_again_replaces_and_taking_back_restores(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter K");
    assert_int_equal(lw_sitting_view(p.s)->state, LW_TASK_DONE);
    answers_are("{\"quality\":{\"a\":5}}");
    assert_false(lw_sitting_view(p.s)->draft);
    app_fixture_press(&p, "3");
    assert_true(lw_sitting_view(p.s)->draft);
    uint64_t replaces = lw_sitting_view(p.s)->replaces;
    app_fixture_press(&p, "Tab S-Tab Enter");
    recorded_is("t1", "{\"quality\":{\"a\":3}}");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2));
    assert_true(e->seq > replaces && e->before > 0);
    app_fixture_press(&p, "u u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    answers_are("{\"quality\":{\"a\":3}}");
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

static void a_draft_survives_leaving_the_task_and_kill_9(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter 2 m type:half_a_sen");
    assert_true(lw_sitting_due(p.s) >= 0);
    p.now_ms += 1000;
    assert_int_equal(lw_sitting_due(p.s), 0);
    lw_sitting_save_draft(p.s);
    assert_int_equal(lw_sitting_due(p.s), -1);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    answers_are("{\"quality\":{\"a\":2},\"why\":{\"open\":true,\"text\":\"half a sen\"}}");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    app_fixture_press(&p, "J K");
    answers_are("{\"quality\":{\"a\":2},\"why\":{\"open\":true,\"text\":\"half a sen\"}}");
}

static void a_submitted_draft_leaves_no_file(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5");
    lw_sitting_save_draft(p.s);
    app_fixture_press(&p, "Enter");
    char *command = lw_format("test -z \"$(ls %s/.labelwright/drafts)\"", p.dir);
    assert_int_equal(system(command), 0);
    free(command);
}

static void a_record_that_changed_after_labeling_is_told(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter");
    app_fixture_close(&p);
    static const char changed[] =
        "{\"id\":\"t1\",\"prompt\":\"other\",\"responses\":[{\"id\":\"a\",\"text\":\"first\"}]}\n"
        "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n";
    app_fixture_write(&p, "tasks.jsonl", changed, sizeof changed - 1);
    app_fixture_open(&p);
    app_fixture_press(&p, "K");
    assert_int_equal(lw_sitting_view(p.s)->state, LW_TASK_DONE);
    assert_true(lw_sitting_view(p.s)->changed_record);
    assert_true(app_fixture_shows(&p, "done, changed"));
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

static void a_second_sitting_is_read_only_and_names_the_owner(void **state)
{
    (void)state;
    begin(RATE, THREE);
    static struct app_fixture other;
    other = p;
    other.w = (struct lw_workspace){.dir = -1};
    other.desk = (struct lw_app){0};
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
    other->desk = (struct lw_app){0};
    app_fixture_open(other);
    assert_int_equal(lw_journal_mode(other->w.journal), LW_JOURNAL_READ_ONLY);
}

static void a_second_sitting_takes_over_when_the_first_has_ended(void **state)
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
    app_fixture_press(
        &other, "3"); /* tries, and is itself no answer: what stood there has changed */
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
static void a_window_that_only_looks_leaves_newer_drafts_alone(void **state)
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
        assert_int_equal(other.desk.over, LW_OVERLAY_NONE);
        app_fixture_close(&other);
        app_fixture_open(&p);
        end(state);
    }
}

static void what_was_saved_is_said_before_what_the_next_task_says(void **state)
{
    (void)state;
    begin(RATE, "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"a\",\"text\":\"x\"}]}\n"
                "{\"id\":\"t2\",\"prompt\":1e400}\n");
    app_fixture_press(&p, "5 Enter");
    assert_string_equal(lw_sitting_view(p.s)->message,
        "Saved task 1: Quality 5. tasks.jsonl:2: this task cannot be read.");
    app_fixture_press(&p, "s Enter");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Task 2 skipped. All tasks are done."));
}

static void go_to_takes_a_number_or_an_id(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "^G 3 Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t3");
    app_fixture_press(&p, "^G type:t2 Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    app_fixture_press(&p, "^G type:99 Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "No task 99"));
}

static void random_order_is_the_same_at_every_start(void **state)
{
    (void)state;
    static const char yaml[] = "labelwright: 1\n"
                               "tasks: [{file: tasks.jsonl}]\n"
                               "order: random\n"
                               "questions:\n"
                               "  - {name: good, type: rating, required: true}\n";
    struct lw_buf jsonl = {0};
    for (int i = 0; i < 50; i++)
        lw_buf_fmt(&jsonl, "{\"id\":\"n%d\",\"prompt\":\"p\"}\n", i);
    begin(yaml, jsonl.data);
    char first[50][8];
    int in_order = 0;
    for (int i = 0; i < 50; i++) {
        snprintf(first[i], sizeof first[i], "%s", lw_sitting_view(p.s)->task->id);
        in_order += atoi(first[i] + 1) == i;
        app_fixture_press(&p, i < 49 ? "J" : "g");
    }
    assert_true(in_order < 10);
    app_fixture_close(&p);
    app_fixture_open(&p);
    for (int i = 0; i < 50; i++) {
        assert_string_equal(lw_sitting_view(p.s)->task->id, first[i]);
        app_fixture_press(&p, "J");
    }
    lw_buf_fini(&jsonl);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(take_back_undoes_answers_first_and_then_whole_tasks),
        TEST(any_other_key_disarms_the_take_back),
        TEST(take_back_goes_on_across_restarts),
        TEST(answering_again_replaces_and_taking_back_restores),
        TEST(enter_on_an_unchanged_task_writes_nothing),
        TEST(a_draft_survives_leaving_the_task_and_kill_9),
        TEST(a_submitted_draft_leaves_no_file),
        TEST(a_record_that_changed_after_labeling_is_told),
        TEST(the_order_shown_is_recorded_and_kept_across_restarts),
        TEST(a_second_sitting_is_read_only_and_names_the_owner),
        TEST(a_second_sitting_takes_over_when_the_first_has_ended),
        TEST(a_window_that_only_looks_leaves_newer_drafts_alone),
        TEST(taking_over_shows_the_draft_that_the_other_one_left),
        TEST(opening_a_box_takes_over_too),
        TEST(what_was_saved_is_said_before_what_the_next_task_says),
        TEST(go_to_takes_a_number_or_an_id),
        TEST(random_order_is_the_same_at_every_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
