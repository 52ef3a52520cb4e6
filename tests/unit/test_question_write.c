/* Texts of the user's own: when one counts as given, and what becomes of one with too few or too
 * many words. */
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
#include "labelwright/tasks/search.h"

#define HEAD                                                                                       \
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"                                   \
    "  - {name: story, type: write, required: true, min_words: 2, max_words: 4}\n"
static const char STORY[] = HEAD "  - {name: liked, type: rating, when: {story: answered}}\n"
                                 "  - {name: note, type: text}\n";
static const char OPTIONAL[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                               "  - {name: q, type: rating, required: true}\n"
                               "  - {name: more, type: write, min_words: 2}\n";
static const char ON_TURNS[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                               "  - {name: better, type: write, on: turn}\n"
                               "  - {name: prompt, type: write, on: prompt}\n";

static void a_text_is_an_answer_when_it_is_kept(void **state)
{
    (void)state;
    begin(STORY, THREE);
    app_fixture_press(&p, "e type:once_upon");
    answers_are("{\"story\":{\"open\":true,\"text\":\"once upon\"}}");
    assert_int_equal(lw_sitting_view(p.s)->nslots, 2); /* what it brings up waits */
    app_fixture_press(&p, "^X");
    answers_are("{\"story\":\"once upon\"}");
    assert_int_equal(lw_sitting_view(p.s)->nslots, 3);
    app_fixture_press(&p, "3 Enter");
    recorded_is("t1", "{\"liked\":3,\"story\":\"once upon\"}");
}

static void too_few_and_too_many_words_stay_unfinished(void **state)
{
    (void)state;
    begin(STORY, THREE);
    app_fixture_press(&p, "Space type:once ^X");
    message_is("Story: 1 word of at least 2. Kept, unfinished.");
    app_fixture_press(&p, "Enter");
    message_is("Story has 1 word of at least 2. Space: write on.");
    recorded_is("t1", "-");
    app_fixture_press(&p, "Space type:_upon_a_time_there ^X");
    message_is("Story: 5 words of at most 4. Kept, unfinished.");
    answers_are("{\"story\":{\"open\":true,\"text\":\"once upon a time there\"}}");
    assert_int_equal(lw_sitting_view(p.s)->nslots, 2);
    app_fixture_press(&p, "Space ^W ^X Enter");
    recorded_is("t1", "{\"story\":\"once upon a time \"}");
}

/* Also with limits that the project got since. */
static void a_draft_outside_the_limits_comes_back(void **state)
{
    (void)state;
    begin(STORY, THREE);
    app_fixture_press(&p, "e type:once_upon ^X");
    app_fixture_close(&p);
    char *path = lw_format("%s/project.yaml", p.dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
          "  - {name: story, type: write, min_words: 3}\n",
        f);
    fclose(f);
    free(path);
    app_fixture_open(&p);
    answers_are("{\"story\":\"once upon\"}");
    app_fixture_press(&p, "Enter");
    message_is("Story has 2 words of at least 3. Space: write on.");
    app_fixture_press(&p, "Space type:_a ^X Enter");
    recorded_is("t1", "{\"story\":\"once upon a\"}");
}

static void a_text_that_is_not_required_may_be_left_out_but_not_cut_short(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "3 e type:once ^X Enter");
    message_is("More has 1 word of at least 2. Space: write on.");
    app_fixture_press(&p, "e Backspace Backspace Backspace Backspace ^X Enter");
    recorded_is("t1", "{\"q\":3}");
}

static void left_without_a_word_nothing_is_kept(void **state)
{
    (void)state;
    begin(STORY, THREE);
    app_fixture_press(&p, "e ^C");
    message_is("No change.");
    answers_are("{}");
    app_fixture_press(&p, "e ^R");
    message_is("This text is your own: there is no original. ^_: undo.");
    app_fixture_press(&p, "^X");
    message_is("Story is empty. Missing: Story.");
    answers_are("{}");
}

static void each_turn_and_the_prompt_take_a_text(void **state)
{
    (void)state;
    begin(ON_TURNS, THREE);
    app_fixture_press(&p, "e type:Ask_more. ^X Tab e type:Say_less. ^X Tab e type:Why? ^X Enter");
    recorded_is(
        "t1", "{\"better\":{\"answer\":\"Say less.\",\"t1\":\"Ask more.\"},\"prompt\":\"Why?\"}");
}

/* ---- what comes next */

static const char CUT[] = "{\"id\":\"c1\",\"prompt\":\"The lamp\",\"next\":\"went zephyr out\"}\n"
                          "{\"id\":\"c2\",\"prompt\":\"two\",\"next\":\"and three\"}\n";

static bool screen_has(const char *words)
{
    return strstr(app_fixture_screen(&p), words) != NULL;
}

static void what_comes_next_is_hidden_until_the_text_is_kept(void **state)
{
    (void)state;
    begin(STORY, CUT);
    assert_false(screen_has("zephyr"));
    app_fixture_press(&p, "/ type:zephyr Enter");
    message_is("\"zephyr\": not found in this task.");
    app_fixture_press(&p, "t t t e type:broke");
    assert_false(screen_has("zephyr"));
    app_fixture_press(&p, "^X"); /* too few words */
    assert_false(screen_has("zephyr"));
    app_fixture_press(&p, "e type:_in_two ^X");
    assert_true(screen_has("What came next"));
    assert_true(screen_has("went zephyr out"));
    message_is("Story kept. What came next is shown. Enter submits.");
}

static void no_search_across_tasks_finds_it(void **state)
{
    (void)state;
    begin(STORY, CUT);
    struct lw_search *m = lw_search_new(p.w.tasks, "zephyr", 6);
    size_t cost = 0;
    for (size_t i = 0; i < 2; i++)
        assert_false(lw_search_in(m, i, &cost));
    lw_search_free(m);
    app_fixture_press(&p, "a");
    assert_false(screen_has("zephyr"));
}

static void a_text_that_uncovered_it_stays_as_it_is(void **state)
{
    (void)state;
    begin(STORY, CUT);
    app_fixture_press(&p, "e type:broke_in ^X");
    app_fixture_press(&p, "u u"); /* warns of the label before; there is none */
    answers_are("{\"story\":\"broke in\"}");
    app_fixture_press(&p, "e");
    message_is("Story stays as it is: what came next was shown.");
    assert_true(screen_has("went zephyr out"));
    app_fixture_close(&p);
    app_fixture_open(&p); /* with its draft */
    assert_true(screen_has("went zephyr out"));
    app_fixture_press(&p, "e");
    message_is("Story stays as it is: what came next was shown.");
    app_fixture_press(&p, "4 Enter");
    recorded_is("c1", "{\"liked\":4,\"story\":\"broke in\"}");
    app_fixture_press(&p, "u u"); /* back to the task, as it was */
    app_fixture_press(&p, "e");
    answers_are("{\"liked\":4,\"story\":\"broke in\"}");
}

static void without_a_question_that_hides_it_it_is_shown(void **state)
{
    (void)state;
    begin("labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
          "  - {name: q, type: rating}\n",
        CUT);
    assert_true(screen_has("went zephyr out"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_text_is_an_answer_when_it_is_kept),
        TEST(too_few_and_too_many_words_stay_unfinished),
        TEST(a_draft_outside_the_limits_comes_back),
        TEST(a_text_that_is_not_required_may_be_left_out_but_not_cut_short),
        TEST(left_without_a_word_nothing_is_kept),
        TEST(each_turn_and_the_prompt_take_a_text),
        TEST(what_comes_next_is_hidden_until_the_text_is_kept),
        TEST(no_search_across_tasks_finds_it),
        TEST(a_text_that_uncovered_it_stays_as_it_is),
        TEST(without_a_question_that_hides_it_it_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
