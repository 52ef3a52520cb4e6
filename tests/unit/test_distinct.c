/* Texts much like earlier ones: when the user is told, and what is shown. */
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

static const char PROMPTS[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                              "  - {name: story, type: write, distinct: true}\n"
                              "  - {name: other, type: write, min_words: 20, distinct: true}\n"
                              "  - {name: free, type: write}\n";
static const char EACH[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                           "  - {name: story, type: write, on: response, distinct: true}\n";
#define KEEPER "The_keeper_counts_the_ships_and_writes_their_names_down."
#define KEPT "Story kept in the draft. Enter submits."

static bool screen_has(const char *words)
{
    return strstr(app_fixture_screen(&p), words) != NULL;
}

static void a_text_like_that_of_another_task_warns(void **state)
{
    (void)state;
    begin(PROMPTS, THREE);
    app_fixture_press(&p, "e type:" KEEPER " ^X");
    message_is(KEPT);
    app_fixture_press(&p, "Enter e type:" KEEPER " ^X");
    message_is("Story: much like task 1 (100 % of its words). e, then M-o: see it.");
    assert_int_equal(lw_sitting_view(p.s)->tone, LW_TONE_WARNING);
    app_fixture_press(&p, "Enter"); /* nothing is forbidden */
    recorded_is("t2", "{\"story\":\"The keeper counts the ships and writes their names down.\"}");
}

static void its_own_text_is_no_earlier_one(void **state)
{
    (void)state;
    begin(PROMPTS, THREE);
    app_fixture_press(&p, "e type:" KEEPER " ^X Enter K e type:_Twice. ^X");
    message_is(KEPT);
}

static void what_was_undone_or_replaced_is_no_earlier_text(void **state)
{
    (void)state;
    begin(PROMPTS, THREE);
    app_fixture_press(&p, "e type:" KEEPER " ^X Enter u u J e type:" KEEPER " ^X");
    message_is(KEPT);
    app_fixture_press(&p, "Enter K e F9 type:Something_else_altogether. ^X Enter");
    app_fixture_press(&p, "J e type:" KEEPER " ^X");
    assert_int_equal(lw_sitting_view(p.s)->tone, LW_TONE_INFO);
}

static void texts_of_earlier_sessions_count(void **state)
{
    (void)state;
    begin(PROMPTS, THREE);
    app_fixture_press(&p, "e type:" KEEPER " ^X Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    app_fixture_press(&p, "e type:The_keeper_counts_the_boats_and_writes_their_names_down. ^X");
    message_is("Story: much like task 1 (90 % of its words). e, then M-o: see it.");
}

static void only_texts_of_the_same_question_that_asks_for_it(void **state)
{
    (void)state;
    begin(PROMPTS, THREE);
    app_fixture_press(&p, "e type:" KEEPER " ^X Tab Tab e type:" KEEPER " ^X Enter");
    recorded_is("t1", "{\"free\":\"The keeper counts the ships and writes their names down.\","
                      "\"story\":\"The keeper counts the ships and writes their names down.\"}");
    app_fixture_press(&p, "Tab e type:" KEEPER " ^X");
    message_is("Other: 10 words of at least 20. Kept, unfinished.");
    app_fixture_press(&p, "e F9 Backspace ^X Tab e type:" KEEPER " ^X");
    message_is("Free kept in the draft. Enter submits.");
}

static void each_response_has_earlier_texts(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(
        &p, "e type:" KEEPER " ^X Tab e type:Another_one_entirely,_about_nothing_of_it. ^X");
    app_fixture_press(&p, "Enter e type:" KEEPER " work:");
    assert_true(screen_has("Much like task 1 (100 % of its words). M-o: see it"));
    app_fixture_press(&p, "M-o");
    assert_true(screen_has("Another one entirely"));
}

static void while_writing_the_other_text_is_shown_in_place_of_the_task(void **state)
{
    (void)state;
    begin(PROMPTS, THREE);
    app_fixture_press(&p, "e type:" KEEPER " ^X Enter e type:The_keeper_counts work:");
    assert_false(screen_has("Much like"));
    app_fixture_press(&p, "M-o");
    message_is("No earlier text is much like this one.");
    app_fixture_press(&p, "type:_the_boats_and_writes_their_names_down. work:");
    assert_true(screen_has("Much like task 1 (90 % of its words). M-o: see it"));
    app_fixture_press(&p, "M-o");
    assert_true(screen_has("─ task 1 ─"));
    assert_true(screen_has("counts the ships"));
    assert_false(screen_has("second"));
    app_fixture_press(
        &p, "type:_And_quite_some_other_things_are_done_there_every_night_by_her. work:");
    assert_false(screen_has("Much like"));
    assert_true(screen_has("counts the ships")); /* stays until it is not wanted any more */
    app_fixture_press(&p, "M-o");
    assert_true(screen_has("─ the task ─"));
    assert_true(screen_has("second"));
    assert_false(screen_has("counts the ships"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_text_like_that_of_another_task_warns),
        TEST(its_own_text_is_no_earlier_one),
        TEST(what_was_undone_or_replaced_is_no_earlier_text),
        TEST(texts_of_earlier_sessions_count),
        TEST(only_texts_of_the_same_question_that_asks_for_it),
        TEST(each_response_has_earlier_texts),
        TEST(while_writing_the_other_text_is_shown_in_place_of_the_task),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
