/* Answering: what digits, arrows, flags and other keys make of the answer, on any scale; numbers of
 * several digits. */
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

static const char TO_TEN[] = "labelwright: 1\n"
                             "tasks: [{file: tasks.jsonl}]\n"
                             "shuffle_responses: false\n"
                             "questions:\n"
                             "  - {name: q, type: rating, on: response, required: true,\n"
                             "     scale: {min: 0, max: 10}}\n";
static const char AUTO[] = "labelwright: 1\n"
                           "advance: auto\n"
                           "tasks: [{file: tasks.jsonl}]\n"
                           "questions:\n"
                           "  - {name: q, type: rating, required: true,\n"
                           "     scale: {min: 1, max: 10}}\n";
static const char TENS[] = "labelwright: 1\n"
                           "tasks: [{file: tasks.jsonl}]\n"
                           "questions:\n"
                           "  - {name: q, type: rating, scale: {min: 10, max: 110}}\n";
#define SIGNED                                                                                     \
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nshuffle_responses: false\nquestions:\n"         \
    "  - {name: q, type: rating, on: response, scale: {min: -3, max: 3}}\n"

static void a_digit_answers_and_moves_on_to_the_next_scale(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5");
    answers_are("{\"quality\":{\"a\":5}}");
    assert_string_equal(lw_sitting_view(p.s)->message, "Quality = 5. Next: Clarity.");
    app_fixture_press(&p, "2");
    answers_are("{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(lw_sitting_view(p.s)->draft);
    assert_false(lw_sitting_view(p.s)->saved);
}

/* By its own label, or as an end of the scale. */
static void the_message_says_what_the_point_means(void **state)
{
    (void)state;
    begin("labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
          "  - {name: q, type: rating, scale: {min: 0, max: 10, low: bad, high: good,\n"
          "     points: {4: \"right, with a flaw\"}}}\n",
        THREE);
    app_fixture_press(&p, "4");
    assert_string_equal(lw_sitting_view(p.s)->message, "Q = 4, right, with a flaw. Enter submits.");
    app_fixture_press(&p, "5");
    assert_string_equal(lw_sitting_view(p.s)->message, "Q = 5. Enter submits.");
    app_fixture_press(&p, "wait:5000 0");
    assert_string_equal(lw_sitting_view(p.s)->message, "Q = 0, bad. Enter submits.");
    app_fixture_press(&p, "Right Left");
    assert_string_equal(lw_sitting_view(p.s)->message, "Q = 0, bad. Enter submits.");
}

static void a_digit_outside_the_scale_changes_nothing_and_tells_the_scale(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "9");
    answers_are("{}");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Quality takes 1 to 7."));
}

static void a_question_with_when_comes_and_goes(void **state)
{
    (void)state;
    begin(RATE, THREE);
    assert_int_equal(lw_sitting_view(p.s)->nslots, 3);
    app_fixture_press(&p, "2");
    assert_int_equal(lw_sitting_view(p.s)->nslots, 4);
    app_fixture_press(&p, "m type:too_short Enter");
    answers_are("{\"quality\":{\"a\":2},\"why\":\"too short\"}");
    app_fixture_press(&p, "S-Tab 6");
    assert_int_equal(lw_sitting_view(p.s)->nslots, 3);
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{\"quality\":{\"a\":6}}"); /* what is not asked any more is dropped */
}

static void flags_toggle_in_the_picker(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "4 f 1 2 1 f");
    answers_are("{\"problems\":{\"a\":[\"rude\"]},\"quality\":{\"a\":4}}");
    app_fixture_press(&p, "f r Enter");
    answers_are("{\"problems\":{\"a\":[\"rude\",\"wrong\"]},\"quality\":{\"a\":4}}");
}

static void arrows_step_and_stop_at_the_ends(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "Right Right Right Left");
    answers_are("{\"quality\":{\"a\":2}}");
    app_fixture_press(&p, "Left Left Left");
    answers_are("{\"quality\":{\"a\":1}}");
}

static void compare_is_kept_by_id_whatever_side_was_shown(void **state)
{
    (void)state;
    begin(PAIR, PAIRS);
    bool swapped = false, straight = false;
    for (int i = 0; i < 4; i++) {
        const struct lw_response *r = lw_sitting_view(p.s)->task->response;
        const char *a = r[lw_sitting_view(p.s)->order[0]].id,
                   *b = r[lw_sitting_view(p.s)->order[1]].id;
        swapped = swapped || strcmp(a, "y") == 0;
        straight = straight || strcmp(a, "x") == 0;
        char want[80], task[8];
        static const char *const strength[] = {"3", "2", "1", "0"};
        snprintf(task, sizeof task, "%s", lw_sitting_view(p.s)->task->id);
        if (i == 3)
            snprintf(want, sizeof want, "{\"better\":{\"better\":null,\"strength\":0}}");
        else
            snprintf(want, sizeof want, "{\"better\":{\"better\":\"%s\",\"strength\":%s}}",
                i % 2 ? b : a, strength[i]);
        app_fixture_press(&p, (const char *[]){"1 Enter", "6 Enter", "3 Enter", "4 Enter"}[i]);
        recorded_is(task, want);
    }
    assert_true(swapped && straight); /* both orders came up, or the test shows nothing */
}

/* ---- numbers of several digits */

static void tick(int ms)
{
    p.now_ms += ms;
    if (lw_sitting_due(p.s) == 0)
        lw_sitting_tick(p.s);
}

static void a_digit_is_the_value_on_0_to_10(void **state)
{
    (void)state;
    begin(TO_TEN, PAIRS);
    app_fixture_press(&p, "7 0");
    answers_are("{\"q\":{\"x\":7,\"y\":0}}");
}

static void one_and_zero_make_ten(void **state)
{
    (void)state;
    begin(TO_TEN, PAIRS);
    app_fixture_press(&p, "1");
    answers_are("{\"q\":{\"x\":1}}");
    assert_int_equal(lw_sitting_view(p.s)->focus, 0); /* it waits */
    assert_true(app_fixture_shows(&p, "= 1. Type 0 for 10."));
    app_fixture_press(&p, "0");
    answers_are("{\"q\":{\"x\":10}}");
    assert_int_equal(lw_sitting_view(p.s)->focus, 1);
    app_fixture_press(&p, "1 0");
    answers_are("{\"q\":{\"x\":10,\"y\":10}}");
    app_fixture_press(&p, "u"); /* both digits at once */
    answers_are("{\"q\":{\"x\":10}}");
}

static void a_zero_that_comes_later_is_the_next_answer(void **state)
{
    (void)state;
    begin(TO_TEN, PAIRS);
    app_fixture_press(&p, "1");
    tick(LW_NUMBER_MS - 1);
    assert_int_equal(lw_sitting_view(p.s)->focus, 0);
    tick(1);
    assert_int_equal(lw_sitting_view(p.s)->focus, 1);
    app_fixture_press(&p, "0");
    answers_are("{\"q\":{\"x\":1,\"y\":0}}");
}

static void another_digit_is_the_next_answer_at_once(void **state)
{
    (void)state;
    begin(TO_TEN, PAIRS);
    app_fixture_press(&p, "1 5");
    answers_are("{\"q\":{\"x\":1,\"y\":5}}");
}

/* Tab goes to where the focus would have gone, no further. */
static void other_keys_end_the_number(void **state)
{
    (void)state;
    begin(TO_TEN, PAIRS);
    app_fixture_press(&p, "1 Tab 0");
    answers_are("{\"q\":{\"x\":1,\"y\":0}}");
    app_fixture_press(&p, "S-Tab 1 Right");
    answers_are("{\"q\":{\"x\":2,\"y\":0}}");
    tick(2 * LW_NUMBER_MS);
    app_fixture_press(&p, "0");
    answers_are("{\"q\":{\"x\":0,\"y\":0}}"); /* it was on the same question still */
}

static void waits_before_it_submits_by_itself(void **state)
{
    (void)state;
    begin(AUTO, THREE);
    app_fixture_press(&p, "1");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t1");
    tick(LW_NUMBER_MS);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    tick(1000);
    app_fixture_press(&p, "1 0");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t3");
    tick(1000);
    app_fixture_press(&p, "K");
    answers_are("{\"q\":10}");
    app_fixture_press(&p, "K");
    answers_are("{\"q\":1}");
    recorded_is("t2", "{\"q\":10}");
}

static void the_key_0_is_10_where_0_is_no_point(void **state)
{
    (void)state;
    begin(AUTO, THREE);
    assert_true(app_fixture_shows(&p, " 1   2   3   4   5   6   7   8   9   10"));
    assert_true(app_fixture_shows(&p, " 1   2   3   4   5   6   7   8   9    0"));
    app_fixture_press(&p, "0");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    app_fixture_press(&p, "K");
    answers_are("{\"q\":10}");
}

static void types_numbers_whole_that_no_digit_means(void **state)
{
    (void)state;
    begin(TENS, THREE);
    app_fixture_press(&p, "4");
    answers_are("{}");
    assert_true(app_fixture_shows(&p, "4… Type a digit for 40 to 49."));
    app_fixture_press(&p, "2");
    answers_are("{\"q\":42}");
    app_fixture_press(&p, "1 1 0");
    answers_are("{\"q\":110}");
    app_fixture_press(&p, "4");
    tick(LW_NUMBER_MS);
    answers_are("{\"q\":110}");
    assert_true(app_fixture_shows(&p, "Q takes 10 to 110."));
    app_fixture_press(&p, "0");
    answers_are("{\"q\":110}");
    app_fixture_press(&p, "2 Left"); /* ends what was begun */
    answers_are("{\"q\":109}");
}

static void draws_the_keys_of_points_below_zero(void **state)
{
    (void)state;
    begin(SIGNED, PAIRS);
    assert_true(app_fixture_shows(&p, "  -3   -2   -1   0   1   2   3"));
    assert_true(app_fixture_shows(&p, "   7    8    9   0   1   2   3"));
    app_fixture_press(&p, "1 7");
    answers_are("{\"q\":{\"x\":1,\"y\":-3}}");
    app_fixture_press(&p, "4");
    assert_true(app_fixture_shows(&p, "Q takes -3 to 3."));
}

#define MANY "\\n\\n1\\n\\n2\\n\\n3\\n\\n4"

/* Of four responses one is in view: none is rated by a digit that was meant for another. */
static void a_second_digit_answers_no_response_that_is_out_of_view(void **state)
{
    (void)state;
    begin(TO_TEN,
        "{\"id\":\"f\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"1" MANY "\"},"
        "{\"id\":\"b\",\"text\":\"2" MANY "\"},{\"id\":\"c\",\"text\":\"3" MANY "\"}]}\n");
    app_fixture_press(&p, "1 5");
    answers_are("{\"q\":{\"a\":1,\"b\":5}}");
    assert_true(app_fixture_shows(&p, "C  3 of 3"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_digit_answers_and_moves_on_to_the_next_scale),
        TEST(the_message_says_what_the_point_means),
        TEST(a_digit_outside_the_scale_changes_nothing_and_tells_the_scale),
        TEST(a_question_with_when_comes_and_goes),
        TEST(flags_toggle_in_the_picker),
        TEST(arrows_step_and_stop_at_the_ends),
        TEST(compare_is_kept_by_id_whatever_side_was_shown),
        TEST(a_digit_is_the_value_on_0_to_10),
        TEST(one_and_zero_make_ten),
        TEST(a_zero_that_comes_later_is_the_next_answer),
        TEST(another_digit_is_the_next_answer_at_once),
        TEST(other_keys_end_the_number),
        TEST(waits_before_it_submits_by_itself),
        TEST(the_key_0_is_10_where_0_is_no_point),
        TEST(types_numbers_whole_that_no_digit_means),
        TEST(draws_the_keys_of_points_below_zero),
        TEST(a_second_digit_answers_no_response_that_is_out_of_view),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
