/* The focus: which question the keys go to, and that it is about what is in view. */
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

#define HEAD "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nshuffle_responses: false\n"

static const char EACH[] = HEAD
    "questions:\n"
    "  - {name: quality, type: rating, on: response, required: true, scale: {min: 1, max: 7}}\n"
    "  - name: problems\n"
    "    type: tags\n"
    "    on: response\n"
    "    options: [{value: wrong, key: i}, {value: rude, key: h}]\n"
    "  - {name: fix, type: edit, on: response}\n"
    "  - {name: note, type: text}\n";

static const char OVERALL[] = HEAD "questions:\n"
                                   "  - {name: better, type: compare, required: true}\n"
                                   "  - name: problems\n"
                                   "    type: tags\n"
                                   "    on: response\n"
                                   "    options: [{value: wrong, key: i}, {value: rude, key: h}]\n"
                                   "  - {name: note, type: text}\n";

/* Lines, so that each response has the screen for itself. */
#define MANY "\\n\\n1\\n\\n2\\n\\n3\\n\\n4"

static const char FOUR[] =
    "{\"id\":\"t1\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"alpha" MANY "\"},"
    "{\"id\":\"b\",\"text\":\"beta" MANY "\"},{\"id\":\"c\",\"text\":\"gamma" MANY "\"},"
    "{\"id\":\"d\",\"text\":\"delta" MANY "\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"other\"}]}\n";

static const char ONE[] =
    "{\"id\":\"t1\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"alpha\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"beta\"}]}\n"
    "{\"id\":\"t3\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"gamma\"}]}\n";

/* The label of the focused question. */
static const char *focus(void)
{
    static char label[80];
    struct lw_buf b = {0};
    lw_sitting_slot_label(p.s, lw_sitting_view(p.s)->slot[lw_sitting_view(p.s)->focus], &b);
    snprintf(label, sizeof label, "%s", b.data);
    lw_buf_fini(&b);
    return label;
}

/* ---- what is judged is what is seen */

static void a_digit_rates_the_response_that_o_shows(void **state)
{
    (void)state;
    begin(EACH, FOUR);
    app_fixture_press(&p, "o");
    assert_true(app_fixture_shows(&p, "beta"));
    assert_true(app_fixture_shows(&p, "B  2 of 4  judged now"));
    assert_true(app_fixture_shows(&p, "rate B"));
    app_fixture_press(&p, "4");
    answers_are("{\"quality\":{\"b\":4}}");
    app_fixture_press(&p, "o f 1");
    answers_are("{\"problems\":{\"d\":[\"wrong\"]},\"quality\":{\"b\":4}}");
}

static void every_response_has_its_turn_with_o_and_around(void **state)
{
    (void)state;
    static const char *const shown[] = {"beta", "gamma", "delta", "delta", "alpha", "beta"};
    begin(EACH, FOUR);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        app_fixture_press(&p, "o");
        if (!app_fixture_shows(&p, shown[i]))
            fail_msg("o does not show %s", shown[i]);
        assert_int_equal(
            lw_sitting_view(p.s)->slot[lw_sitting_view(p.s)->focus].item, p.app.pane[1].response);
    }
}

static void correcting_and_flags_take_the_response_in_view(void **state)
{
    (void)state;
    begin(EACH, FOUR);
    app_fixture_press(&p, "Tab Tab o e"); /* at the correction of A; o shows B */
    assert_true(app_fixture_shows(&p, "EDIT  response B"));
    app_fixture_press(&p, "type:x ^X");
    answers_are("{\"fix\":{\"b\":{\"original\":\"beta" MANY "\",\"text\":\"xbeta" MANY "\"}}}");
    app_fixture_press(&p, "S-Tab S-Tab S-Tab S-Tab o o o h");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "rude"));
    assert_true(app_fixture_shows(&p, "judged now"));
}

static void the_pane_follows_when_the_question_moves_to_another_response(void **state)
{
    (void)state;
    begin(EACH, FOUR);
    app_fixture_press(&p, "5");
    assert_string_equal(focus(), "B quality");
    assert_true(app_fixture_shows(&p, "beta"));
    app_fixture_press(&p, "m type:x Enter o o");
    assert_true(app_fixture_shows(&p, "delta"));
    app_fixture_press(&p, "S-Tab"); /* back to C's correction */
    assert_string_equal(focus(), "C fix");
    assert_true(app_fixture_shows(&p, "gamma"));
    app_fixture_press(&p, "6 6 Tab 6 Enter"); /* digits mean nothing to a correction */
    assert_string_equal(focus(), "B quality");
    assert_true(app_fixture_shows(&p, "beta"));
}

/* Looked away from it meanwhile, it comes back. */
static void the_pane_comes_back_with_a_question_that_was_left(void **state)
{
    (void)state;
    begin(EACH, FOUR);
    app_fixture_press(&p, "S-Tab o o"); /* at the note: o only looks */
    assert_string_equal(focus(), "Note");
    assert_true(app_fixture_shows(&p, "gamma"));
    app_fixture_press(&p, "Tab");
    assert_string_equal(focus(), "A quality");
    assert_true(app_fixture_shows(&p, "alpha"));
}

static void of_a_pair_the_marked_pane_is_the_one_that_is_judged(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    assert_true(app_fixture_shows(&p, "> A  judged now"));
    app_fixture_press(&p, "o");
    assert_true(app_fixture_shows(&p, "> B  judged now"));
    assert_string_equal(focus(), "B quality");
    app_fixture_press(&p, "o"); /* the prompt scrolls; B is judged still, and in view */
    assert_true(app_fixture_shows(&p, "> PROMPT"));
    assert_true(app_fixture_shows(&p, "─ B  judged now"));
    app_fixture_press(&p, "5");
    answers_are("{\"quality\":{\"y\":5}}");
    assert_true(app_fixture_shows(&p, "> A  judged now"));
    app_fixture_press(&p, "5 Enter");
    recorded_is("p1", "{\"quality\":{\"x\":5,\"y\":5}}");
}

static void a_zoomed_pane_is_the_only_one_that_can_be_judged(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "O o");
    assert_false(app_fixture_shows(&p, "1x"));
    assert_true(app_fixture_shows(&p, "1y"));
    app_fixture_press(&p, "5");
    answers_are("{\"quality\":{\"y\":5}}");
    assert_true(app_fixture_shows(&p, "1x")); /* A's turn: its pane is the one on the screen */
    assert_false(app_fixture_shows(&p, "1y"));
    app_fixture_press(&p, "o o"); /* B, and then the prompt alone */
    assert_true(app_fixture_shows(&p, "> PROMPT"));
    app_fixture_press(&p, "3");
    answers_are("{\"quality\":{\"y\":5}}");
    assert_string_equal(lw_sitting_view(p.s)->message, "This is B. Press the key again to answer.");
    assert_true(app_fixture_shows(&p, "1y"));
    app_fixture_press(&p, "3");
    answers_are("{\"quality\":{\"y\":3}}");
    app_fixture_press(&p, "o o f"); /* from the prompt again */
    assert_false(app_fixture_shows(&p, "Problems: response"));
}

static void words_that_are_found_take_the_question_along(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "/ type:1y Enter");
    assert_string_equal(focus(), "B quality");
    assert_true(app_fixture_shows(&p, "> B  judged now"));
}

static void a_reopened_task_is_corrected_by_one_digit(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter K");
    assert_string_equal(focus(), "Quality");
    app_fixture_press(&p, "6 Enter");
    recorded_is("t1", "{\"quality\":{\"a\":6}}");
    app_fixture_press(&p, "u u"); /* and so is one that was taken back */
    assert_string_equal(focus(), "Quality");
    app_fixture_press(&p, "7 Enter");
    recorded_is("t1", "{\"quality\":{\"a\":7}}");
}

/* ---- after an answer */

static void after_flags_a_digit_rates_again(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "f 1 f");
    assert_string_equal(focus(), "A quality");
    app_fixture_press(&p, "5 f 2 Enter");
    assert_string_equal(focus(), "B quality");
    app_fixture_press(&p, "4");
    answers_are(
        "{\"problems\":{\"x\":[\"wrong\"],\"y\":[\"rude\"]},\"quality\":{\"x\":5,\"y\":4}}");
    app_fixture_press(&p, "f 1 Esc 6"); /* nothing is left: back to where f was pressed */
    answers_are("{\"problems\":{\"x\":[\"wrong\"],\"y\":[\"rude\",\"wrong\"]},"
                "\"quality\":{\"x\":5,\"y\":6}}");
}

static void after_a_text_or_a_correction_a_digit_rates_again(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "m type:no Enter 5 e type:x ^X 4");
    answers_are("{\"fix\":{\"y\":{\"original\":\"1y\",\"text\":\"x1y\"}},\"note\":\"no\","
                "\"quality\":{\"x\":5,\"y\":4}}");
}

static void what_the_external_editor_brings_moves_on_too(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "E");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_EXTERNAL_EDITOR);
    lw_app_external_done(&p.app, "better", 6, NULL);
    assert_string_equal(focus(), "A quality");
    app_fixture_press(&p, "E");
    lw_app_external_done(&p.app, NULL, 0, "It failed.");
    assert_string_equal(focus(), "A quality");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "It failed."));
}

static void a_digit_on_flags_opens_their_list(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "Tab");
    assert_true(app_fixture_shows(&p, "1-2 flag A"));
    app_fixture_press(&p, "2");
    assert_true(app_fixture_shows(&p, "[x] rude"));
    app_fixture_press(&p, "1 f 5");
    answers_are("{\"problems\":{\"x\":[\"rude\",\"wrong\"]},\"quality\":{\"y\":5}}");
}

static void taking_back_goes_to_what_is_unanswered_again(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "5 4 u");
    assert_string_equal(focus(), "B quality");
    app_fixture_press(&p, "u");
    assert_string_equal(focus(), "A quality");
    assert_true(app_fixture_shows(&p, "> A  judged now"));
    app_fixture_press(&p, "h u"); /* a flag that goes leaves the rating its turn */
    assert_string_equal(focus(), "A quality");
    answers_are("{}");
}

static void enter_shows_the_response_that_lacks_an_answer(void **state)
{
    (void)state;
    begin(EACH, FOUR);
    app_fixture_press(&p, "o 5 5 5 Enter");
    assert_string_equal(focus(), "A quality");
    assert_true(app_fixture_shows(&p, "alpha"));
}

static void a_reason_is_asked_where_it_comes_up(void **state)
{
    (void)state;
    begin(HEAD "advance: auto\n"
               "questions:\n"
               "  - {name: quality, type: rating, required: true, scale: {min: 1, max: 7}}\n"
               "  - {name: clarity, type: rating}\n"
               "  - {name: why, type: text, when: {quality: \"<= 3\"}}\n",
        ONE);
    app_fixture_press(&p, "2");
    recorded_is("t1", "-");
    assert_string_equal(focus(), "Why");
    app_fixture_press(&p, "m type:dull Enter Enter");
    recorded_is("t1", "{\"quality\":2,\"why\":\"dull\"}");
    app_fixture_press(&p, "2 Enter"); /* asked, and not given */
    recorded_is("t2", "{\"quality\":2}");
    app_fixture_press(&p, "6");
    recorded_is("t3", "{\"quality\":6}");
}

static void a_reason_that_is_a_choice_submits_by_itself(void **state)
{
    (void)state;
    begin(HEAD
        "advance: auto\n"
        "questions:\n"
        "  - {name: good, type: choice, required: true, options: [{value: yes}, {value: no}]}\n"
        "  - name: kind\n"
        "    type: choice\n"
        "    when: {good: no}\n"
        "    options: [{value: wrong}, {value: rude}]\n",
        ONE);
    app_fixture_press(&p, "2");
    recorded_is("t1", "-");
    app_fixture_press(&p, "2");
    recorded_is("t1", "{\"good\":\"no\",\"kind\":\"rude\"}");
}

/* ---- options */

static void keys_of_a_choice_choose_on_the_screen(void **state)
{
    (void)state;
    begin(HEAD "questions:\n"
               "  - {name: kind, type: choice,\n"
               "     options: [{value: order, key: r}, {value: question, key: s}]}\n"
               "  - {name: tone, type: rating}\n",
        ONE);
    assert_true(app_fixture_shows(&p, "1 r order   2 s question"));
    app_fixture_press(&p, "s");
    answers_are("{\"kind\":\"question\"}");
    app_fixture_press(&p, "r"); /* the rating is focused: r means nothing to it */
    answers_are("{\"kind\":\"question\"}");
    app_fixture_press(&p, "s"); /* and s is what it always is */
    assert_true(app_fixture_shows(&p, "Skip this task"));
}

static void a_flags_key_flags_the_response_in_view(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "i h");
    answers_are("{\"problems\":{\"x\":[\"wrong\",\"rude\"]}}");
    assert_string_equal(focus(), "A quality");
    app_fixture_press(&p, "5 i");
    answers_are("{\"problems\":{\"x\":[\"wrong\",\"rude\"],\"y\":[\"wrong\"]},"
                "\"quality\":{\"x\":5}}");
    assert_string_equal(focus(), "B quality");
    app_fixture_press(&p, "i"); /* and clears it */
    answers_are("{\"problems\":{\"x\":[\"wrong\",\"rude\"]},\"quality\":{\"x\":5}}");
}

static void a_flags_key_flags_the_marked_pane_while_a_pair_is_compared(void **state)
{
    (void)state;
    begin(OVERALL, PAIRS);
    app_fixture_press(&p, "o i");
    answers_are("{\"problems\":{\"y\":[\"wrong\"]}}");
    assert_string_equal(focus(), "Better");
    app_fixture_press(&p, "2 Enter");
    recorded_is(
        "p1", "{\"better\":{\"better\":\"x\",\"strength\":2},\"problems\":{\"y\":[\"wrong\"]}}");
}

static void keys_that_made_projects_promise_work(void **state)
{
    (void)state;
    app_fixture_make(&p, EACH, ONE);
    snprintf(p.path, sizeof p.path, "%s/tasks.jsonl", p.dir);
    app_fixture_open(&p);
    app_fixture_press(&p, "5 i V L F");
    answers_are("{\"problems\":{\"a\":[\"inaccurate\",\"evasive\",\"language\",\"formatting\"]},"
                "\"quality\":{\"a\":5}}");
}

static void enter_chooses_what_the_filter_found(void **state)
{
    (void)state;
    begin(EACH, PAIRS);
    app_fixture_press(&p, "f / type:ru Enter");
    answers_are("{\"problems\":{\"x\":[\"rude\"]}}");
    assert_true(app_fixture_shows(&p, "[ ] wrong")); /* the whole list again */
    app_fixture_press(&p, "/ type:ru Enter");        /* chosen it is and stays */
    answers_are("{\"problems\":{\"x\":[\"rude\"]}}");
    app_fixture_press(&p, "/ type:zzz Enter Enter");
    answers_are("{\"problems\":{\"x\":[\"rude\"]}}");
    assert_string_equal(focus(), "A quality");
}

static const char LONG[] =
    HEAD "questions:\n"
         "  - name: kind\n"
         "    type: choice\n"
         "    options: [{value: o1}, {value: o2}, {value: o3}, {value: o4}, {value: o5},\n"
         "      {value: o6}, {value: o7}, {value: o8}, {value: o9}, {value: tenth},\n"
         "      {value: eleventh, key: i}, {value: twelfth, label: The last}]\n"
         "  - {name: tone, type: rating}\n";

static void a_long_choice_has_a_list_with_a_filter(void **state)
{
    (void)state;
    begin(LONG, ONE);
    app_fixture_press(&p, "Space");
    assert_true(app_fixture_shows(&p, "0   ( ) tenth"));
    assert_true(app_fixture_shows(&p, "i ( ) eleventh"));
    app_fixture_press(&p, "/ type:last Enter");
    answers_are("{\"kind\":\"twelfth\"}");
    assert_string_equal(focus(), "Tone");
    app_fixture_press(&p, "S-Tab 0");
    answers_are("{\"kind\":\"tenth\"}");
    app_fixture_press(&p, "S-Tab Space");
    assert_true(app_fixture_shows(&p, "> 0   (x) tenth"));
    app_fixture_press(&p, "Down Enter");
    answers_are("{\"kind\":\"eleventh\"}");
    app_fixture_press(&p, "S-Tab Space Up Esc"); /* closing chooses nothing */
    answers_are("{\"kind\":\"eleventh\"}");
}

static void the_tenth_option_shows_its_key(void **state)
{
    (void)state;
    begin(LONG, ONE);
    lw_app_resize(&p.app, 24, 140);
    assert_true(app_fixture_shows(&p, "0 tenth"));
    assert_true(app_fixture_shows(&p, "i eleventh"));
    assert_true(app_fixture_shows(&p, "The last"));
    assert_true(app_fixture_shows(&p, "1-9 0 choose  Space list"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_digit_rates_the_response_that_o_shows),
        TEST(every_response_has_its_turn_with_o_and_around),
        TEST(correcting_and_flags_take_the_response_in_view),
        TEST(the_pane_follows_when_the_question_moves_to_another_response),
        TEST(the_pane_comes_back_with_a_question_that_was_left),
        TEST(of_a_pair_the_marked_pane_is_the_one_that_is_judged),
        TEST(a_zoomed_pane_is_the_only_one_that_can_be_judged),
        TEST(words_that_are_found_take_the_question_along),
        TEST(a_reopened_task_is_corrected_by_one_digit),
        TEST(after_flags_a_digit_rates_again),
        TEST(after_a_text_or_a_correction_a_digit_rates_again),
        TEST(what_the_external_editor_brings_moves_on_too),
        TEST(a_digit_on_flags_opens_their_list),
        TEST(taking_back_goes_to_what_is_unanswered_again),
        TEST(enter_shows_the_response_that_lacks_an_answer),
        TEST(a_reason_is_asked_where_it_comes_up),
        TEST(a_reason_that_is_a_choice_submits_by_itself),
        TEST(keys_of_a_choice_choose_on_the_screen),
        TEST(a_flags_key_flags_the_response_in_view),
        TEST(a_flags_key_flags_the_marked_pane_while_a_pair_is_compared),
        TEST(keys_that_made_projects_promise_work),
        TEST(enter_chooses_what_the_filter_found),
        TEST(a_long_choice_has_a_list_with_a_filter),
        TEST(the_tenth_option_shows_its_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
