/* What was typed stays until it is submitted or deliberately thrown away. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "sitting_rig.h"

static const char NOTED[] = "labelwright: 1\n"
                            "tasks: [{file: tasks.jsonl}]\n"
                            "questions:\n"
                            "  - {name: quality, type: rating, on: response,\n"
                            "     scale: {min: 1, max: 7}}\n"
                            "  - {name: fix, type: edit, on: response}\n"
                            "  - {name: note, type: text, on: task}\n";

static void says(const char *text)
{
    assert_string_equal(p.s->message, text);
}

static void leaving_the_note_box_keeps_it_unfinished_and_bars_the_way(void **state)
{
    (void)state;
    static const char *const leave[] = {"Esc", "^C"};
    for (int i = 0; i < 2; i++) {
        begin(NOTED, THREE);
        place_press(&p, "m type:too_lo");
        place_press(&p, leave[i]);
        says("Not finished, kept as a draft. m continues, u discards.");
        answers_are("{\"note\":{\"open\":true,\"text\":\"too lo\"}}");
        assert_true(place_shows(&p, "unfinished: too lo"));
        place_press(&p, "Enter");
        says("Note is not finished: Space opens it.");
        recorded_is("t1", "-");
        place_press(&p, "Space type:ng Enter");
        answers_are("{\"note\":\"too long\"}");
        place_press(&p, "Enter");
        recorded_is("t1", "{\"note\":\"too long\"}");
        end(state);
    }
}

static void take_back_discards_an_unfinished_note(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    place_press(&p, "m type:good Enter m type:_but Esc");
    answers_are("{\"note\":{\"open\":true,\"text\":\"good but\"}}");
    place_press(&p, "u");
    answers_are("{\"note\":\"good\"}");
    place_press(&p, "Enter");
    recorded_is("t1", "{\"note\":\"good\"}");
}

static void leaving_a_note_without_a_change_changes_nothing(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    place_press(&p, "m Esc");
    says("No change.");
    answers_are("{}");
    place_press(&p, "m type:ab Backspace Backspace Esc");
    answers_are("{}");
    place_press(&p, "m type:ab Enter m Left Esc");
    says("No change.");
    answers_are("{\"note\":\"ab\"}");
    place_press(&p, "m type:c Esc m Left Esc"); /* unfinished stays unfinished */
    says("Not finished, kept as a draft. m continues.");
    answers_are("{\"note\":{\"open\":true,\"text\":\"abc\"}}");
}

static void the_same_keys_leave_the_correction_editor(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    place_press(&p, "e type:x Esc");
    says("Not finished, kept as a draft. e continues, u discards.");
    assert_int_equal(p.desk.over, LW_OVER_NONE);
    place_press(&p, "u");
    answers_are("{}");
}

#define T1_DRAFT                                                                                   \
    "{\"fix\":{\"a\":{\"original\":\"first\",\"text\":\"a long correction first\"}},"              \
    "\"note\":{\"open\":true,\"text\":\"half a no\"},\"quality\":{\"a\":5}}"

static void a_skip_keeps_the_draft_for_taking_it_back(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    place_press(&p, "5 e type:a_long_correction_ ^X m type:half_a_no Esc s type:hard Enter");
    recorded_is("t1", "skip");
    assert_string_equal(p.s->task->id, "t2");
    answers_are("{}");
    place_close(&p);
    place_open(&p); /* work goes on where it was, not at what was skipped */
    assert_string_equal(p.s->task->id, "t2");
    place_press(&p, "u u");
    assert_string_equal(p.s->task->id, "t1");
    recorded_is("t1", "-");
    says("Skip of task 1 undone; your answers are back.");
    answers_are(T1_DRAFT);
    assert_string_equal(p.s->reason, "hard");
}

static void a_skipped_task_that_is_gone_to_has_its_draft(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    place_press(&p, "5 e type:a_long_correction_ ^X m type:half_a_no Esc s Enter K");
    assert_int_equal(p.s->standing, LW_STANDS_SKIPPED);
    answers_are(T1_DRAFT);
    place_press(&p, "m Enter Enter");
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
    place_press(&p, "5 wait:7000 s Enter wait:1000 u u");
    assert_int_equal(p.s->active_ms, 7000);
}

static void a_reason_that_was_typed_is_there_again(void **state)
{
    (void)state;
    begin(NOTED, THREE);
    place_press(&p, "s type:not_my_fie Esc");
    recorded_is("t1", "-");
    says("Not skipped; the reason is kept for the next time.");
    lw_sitting_save_draft(p.s);
    place_crash(&p);
    place_open(&p);
    assert_string_equal(p.s->task->id, "t1");
    place_press(&p, "s");
    assert_true(place_shows(&p, "not my fie"));
    place_press(&p, "type:ld Enter");
    recorded_is("t1", "skip");
    place_press(&p, "s");
    assert_false(place_shows(&p, "not my"));
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
