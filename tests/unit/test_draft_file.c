/* The draft of the task on the screen stays until it is submitted or deliberately discarded: when a
 * box is closed, when a task is skipped or left, and after kill -9. */
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
#include "labelwright/ledger/draft.h"

static void leaving_the_note_box_keeps_it_unfinished_and_bars_the_way(void **state)
{
    (void)state;
    static const char *const leave[] = {"Esc", "^C"};
    for (int i = 0; i < 2; i++) {
        begin(NOTED, THREE);
        app_fixture_press(&p, "m type:too_lo");
        app_fixture_press(&p, leave[i]);
        message_is("Not finished, kept as a draft. m continues, u discards.");
        answers_are("{\"note\":{\"open\":true,\"text\":\"too lo\"}}");
        assert_true(app_fixture_shows(&p, "unfinished: too lo"));
        app_fixture_press(&p, "Enter");
        message_is("Note is not finished. Press Space, then ^X to keep it.");
        recorded_is("t1", "-");
        app_fixture_press(&p, "Space type:ng Enter");
        answers_are("{\"note\":\"too long\"}");
        app_fixture_press(&p, "Enter");
        recorded_is("t1", "{\"note\":\"too long\"}");
        end(state);
    }
}

static void take_back_discards_an_unfinished_note(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "m type:good Enter m type:_but Esc");
    answers_are("{\"note\":{\"open\":true,\"text\":\"good but\"}}");
    app_fixture_press(&p, "u");
    answers_are("{\"note\":\"good\"}");
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{\"note\":\"good\"}");
}

static void leaving_a_note_without_a_change_changes_nothing(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "m Esc");
    message_is("No change.");
    answers_are("{}");
    app_fixture_press(&p, "m type:ab Backspace Backspace Esc");
    answers_are("{}");
    app_fixture_press(&p, "m type:ab Enter m Left Esc");
    message_is("No change.");
    answers_are("{\"note\":\"ab\"}");
    app_fixture_press(&p, "m type:c Esc m Left Esc"); /* unfinished stays unfinished */
    message_is("Not finished, kept as a draft. m continues.");
    answers_are("{\"note\":{\"open\":true,\"text\":\"abc\"}}");
}

static void the_same_keys_leave_the_correction_editor(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "e type:x Esc");
    message_is("Not finished, kept as a draft. e continues, u discards.");
    assert_int_equal(p.app.over, LW_OVERLAY_NONE);
    app_fixture_press(&p, "u");
    answers_are("{}");
}

static void a_skip_keeps_the_draft_for_taking_it_back(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, LONG_WORK " s type:hard Enter");
    recorded_is("t1", "skip");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    answers_are("{}");
    app_fixture_close(&p);
    app_fixture_open(&p); /* work goes on where it was, not at what was skipped */
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    app_fixture_press(&p, "u u");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t1");
    recorded_is("t1", "-");
    message_is("Skip of task 1 undone; your answers are back.");
    answers_are(T1_DRAFT);
    assert_string_equal(lw_sitting_view(p.s)->reason, "hard");
}

static void a_skipped_task_that_is_gone_to_has_its_draft(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, LONG_WORK " s Enter K");
    assert_int_equal(lw_sitting_view(p.s)->state, LW_TASK_SKIPPED);
    answers_are(T1_DRAFT);
    app_fixture_press(&p, "m Enter Enter");
    recorded_is("t1", "{\"fix\":{\"a\":{\"original\":\"first\",\"text\":\"a long correction "
                      "first\"}},\"note\":\"half a no\",\"quality\":{\"a\":5}}");
    char *command = lw_format("test -z \"$(ls %s/.labelwright/drafts)\"", p.dir);
    assert_int_equal(system(command), 0);
    free(command);
}

static void the_time_of_a_skipped_draft_counts_once(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "5 wait:7000 s Enter wait:1000 u u");
    assert_int_equal(lw_sitting_spent(p.s).active_ms, 7000);
}

static void a_reason_that_was_typed_is_there_again(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "s type:not_my_fie Esc");
    recorded_is("t1", "-");
    message_is("Not skipped. The reason is kept for next time.");
    lw_sitting_save_draft(p.s);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t1");
    app_fixture_press(&p, "s");
    assert_true(app_fixture_shows(&p, "not my fie"));
    app_fixture_press(&p, "type:ld Enter");
    recorded_is("t1", "skip");
    app_fixture_press(&p, "s");
    assert_false(app_fixture_shows(&p, "not my"));
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

static void remove_folder(const char *below)
{
    char *command = lw_format("rm -rf %s%s", p.dir, below);
    assert_int_equal(system(command), 0);
    free(command);
}

static void only_a_draft_on_the_disk_is_called_kept(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "5");
    lw_sitting_save_draft(p.s);
    app_fixture_press(&p, "q");
    assert_true(app_fixture_shows(&p, "task 1 unfinished; kept for next time"));
    remove_folder("/.labelwright"); /* "can be deleted at any time" */
    app_fixture_press(&p, "j q");
    assert_true(app_fixture_shows(&p, "task 1 unfinished; kept for next time"));
    json_t *draft = lw_draft_load((struct lw_drafts){&lw_sys_real, p.w.dir, "journal"}, "t1", NULL);
    assert_non_null(draft);
    json_decref(draft);
    remove_folder("");
    app_fixture_press(&p, "j q");
    assert_true(
        app_fixture_shows(&p, "task 1 unfinished and NOT kept: the folder cannot be written"));
    app_fixture_press(&p, "j m type:x Esc");
    assert_true(app_fixture_shows(&p, "Draft not saved"));
    assert_null(strstr(lw_sitting_view(p.s)->message, "kept"));
}

static void what_another_annotator_typed_is_no_answer_of_ours(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "5");
    app_fixture_close(&p);
    p.annotator = "ben";
    p.sys.random = lw_sys_real.random; /* another journal has another id */
    app_fixture_open(&p);
    answers_are("{}");
    app_fixture_press(&p, "2");
    app_fixture_close(&p);
    p.annotator = NULL;
    app_fixture_open(&p);
    answers_are("{\"quality\":{\"a\":5}}");
}

/* Milliseconds from a key until the draft with it is written. */
static int64_t delay_of_a_key(void)
{
    app_fixture_press(&p, "type:x");
    int64_t due = lw_sitting_due(p.s);
    p.now_ms += due;
    lw_app_flush(&p.app);
    lw_sitting_tick(p.s);
    assert_int_equal(lw_sitting_due(p.s), -1);
    return due;
}

static void a_long_draft_is_written_less_often_yet_within_a_second(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    app_fixture_press(&p, "m");
    assert_int_equal(delay_of_a_key(), 500);
    assert_int_equal(delay_of_a_key(), 500);
    char *text = lw_alloc(100001);
    memset(text, 'y', 100000);
    lw_app_key(&p.app, (struct lw_key){.name = LW_KEY_PASTE}, text, 100000);
    free(text);
    delay_of_a_key();
    assert_int_equal(delay_of_a_key(), 900);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(leaving_the_note_box_keeps_it_unfinished_and_bars_the_way),
        TEST(take_back_discards_an_unfinished_note),
        TEST(leaving_a_note_without_a_change_changes_nothing),
        TEST(the_same_keys_leave_the_correction_editor),
        TEST(a_skip_keeps_the_draft_for_taking_it_back),
        TEST(a_skipped_task_that_is_gone_to_has_its_draft),
        TEST(the_time_of_a_skipped_draft_counts_once),
        TEST(a_reason_that_was_typed_is_there_again),
        TEST(a_draft_survives_leaving_the_task_and_kill_9),
        TEST(a_submitted_draft_leaves_no_file),
        TEST(only_a_draft_on_the_disk_is_called_kept),
        TEST(what_another_annotator_typed_is_no_answer_of_ours),
        TEST(a_long_draft_is_written_less_often_yet_within_a_second),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
