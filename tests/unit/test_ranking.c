/* Ranking by keys: what each sequence of them answers, and that a key too many does no harm. */
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
#define QUALITY "  - {name: quality, type: rating, on: response, scale: {min: 1, max: 7}}\n"

static const char RANK[] = HEAD "questions:\n"
                                "  - {name: ranking, type: rank, required: true}\n" QUALITY;
static const char FLAGS[] = HEAD
    "questions:\n"
    "  - {name: ranking, type: rank, required: true}\n"
    "  - {name: flags, type: tags, required: true, options: [{value: a}, {value: b}, {value: c}, "
    "{value: d}]}\n";
static const char AUTO[] = HEAD "advance: auto\nquestions:\n"
                                "  - {name: ranking, type: rank, required: true}\n";
static const char BEST[] =
    HEAD "questions:\n"
         "  - {name: ranking, type: rank, required: true, style: best_worst}\n" QUALITY;

static const char FOUR[] =
    "{\"id\":\"t1\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"alpha\"},"
    "{\"id\":\"b\",\"text\":\"beta\"},{\"id\":\"c\",\"text\":\"gamma\"},"
    "{\"id\":\"d\",\"text\":\"delta\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"one\"},"
    "{\"id\":\"b\",\"text\":\"two\"}]}\n";

static void ranking_is(const char *order, const char *rest)
{
    char *all = lw_format("{\"ranking\":{\"not_rankable\":%s,\"order\":%s}}", rest, order);
    answers_are(all);
    free(all);
}

/* Each from the beginning of the first task. */
static void keys_rank(const char *yaml, const char *keys, const char *order, const char *rest)
{
    begin(yaml, FOUR);
    app_fixture_press(&p, keys);
    ranking_is(order, rest);
    end(NULL);
}

static void a_digit_places_the_next_and_the_last_needs_none(void **state)
{
    (void)state;
    keys_rank(RANK, "2 1 4", "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
    keys_rank(RANK, "2 1 4 3", "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
    keys_rank(RANK, "2 2 1 4", "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
    keys_rank(RANK, "2 9 1 4", "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
    keys_rank(RANK, "J 2", "[[\"b\"],[\"a\"]]", "[]");
}

static void ties_stand_together(void **state)
{
    (void)state;
    keys_rank(RANK, "2 = 1 3", "[[\"b\",\"a\"],[\"c\"],[\"d\"]]", "[]");
    keys_rank(RANK, "2 1 3 =", "[[\"b\"],[\"a\"],[\"c\",\"d\"]]", "[]");
    keys_rank(RANK, "2 = =", "[[\"b\",\"a\",\"c\",\"d\"]]", "[]");
    keys_rank(RANK, "2 1 = =", "[[\"b\"],[\"a\",\"c\",\"d\"]]", "[]");
    keys_rank(RANK, "= 2 1 4", "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
    keys_rank(RANK, "J 1 =", "[[\"a\",\"b\"]]", "[]");
}

static void some_cannot_be_ranked(void **state)
{
    (void)state;
    keys_rank(RANK, "* 3 2 4", "[[\"b\"],[\"d\"],[\"a\"]]", "[\"c\"]");
    keys_rank(RANK, "2 1 3 *", "[[\"b\"],[\"a\"],[\"c\"]]", "[\"d\"]");
    keys_rank(RANK, "2 * *", "[[\"b\"]]", "[\"a\",\"c\",\"d\"]");
    keys_rank(RANK, "* *", "[]", "[\"a\",\"b\",\"c\",\"d\"]");
    keys_rank(RANK, "2 = * 1 3", "[[\"b\"],[\"c\"],[\"d\"]]", "[\"a\"]");
}

static void undo_takes_one_placement_back(void **state)
{
    (void)state;
    keys_rank(RANK, "2 3 u 1 4", "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
    keys_rank(RANK, "2 1 4 u 3", "[[\"b\"],[\"a\"],[\"c\"],[\"d\"]]", "[]");
    keys_rank(RANK, "2 1 3 = u", "[[\"b\"],[\"a\"],[\"c\"],[\"d\"]]", "[]");
    keys_rank(RANK, "2 = u 1 3", "[[\"b\"],[\"a\"],[\"c\"],[\"d\"]]", "[]");
}

static void arrows_and_space_do_it_too(void **state)
{
    (void)state;
    keys_rank(RANK, "Right Right Space Right Space Left Space", /* B, A, D */
        "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
    keys_rank(RANK, "2 Right Right Right Right Space = =", "[[\"b\"],[\"a\",\"c\",\"d\"]]", "[]");
}

static void a_digit_begins_a_finished_one_again(void **state)
{
    (void)state;
    begin(RANK, FOUR);
    app_fixture_press(&p, "2 1 4 S-Tab wait:1000 =");
    assert_true(app_fixture_shows(&p, "Ranking: complete. To begin again, press the best one."));
    app_fixture_press(&p, "4 3 1");
    ranking_is("[[\"d\"],[\"c\"],[\"a\"],[\"b\"]]", "[]");
    app_fixture_press(&p, "u u u");
    ranking_is("[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
    end(NULL);
}

/* Whoever ranks four with four keys does not rate the next one with the fourth. */
static void the_last_key_is_not_for_the_next_question(void **state)
{
    (void)state;
    begin(RANK, FOUR);
    app_fixture_press(&p, "2 1 4 3");
    assert_true(app_fixture_shows(&p, "C was placed already: it was the last one."));
    app_fixture_press(&p, "3");
    answers_are("{\"quality\":{\"a\":3},\"ranking\":{\"not_rankable\":[],\"order\":"
                "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]}}");
    end(NULL);
    begin(RANK, FOUR);
    app_fixture_press(&p, "2 1 4 wait:1000 3");
    answers_are("{\"quality\":{\"a\":3},\"ranking\":{\"not_rankable\":[],\"order\":"
                "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]}}");
    end(NULL);
    keys_rank(FLAGS, "2 1 4 3", "[[\"b\"],[\"a\"],[\"d\"],[\"c\"]]", "[]");
}

/* Else the third key would submit, and the fourth rank the next task. */
static void with_advance_auto_the_last_key_submits(void **state)
{
    (void)state;
    begin(AUTO, FOUR);
    app_fixture_press(&p, "2 1 4");
    assert_int_equal(lw_sitting_view(p.s)->nth, 0);
    app_fixture_press(&p, "= 3");
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    app_fixture_press(&p, "K");
    ranking_is("[[\"b\"],[\"a\"],[\"d\",\"c\"]]", "[]");
    end(NULL);
}

static void the_best_and_the_worst_are_two_keys(void **state)
{
    (void)state;
    keys_rank(BEST, "3 1", "[[\"c\"],[\"b\",\"d\"],[\"a\"]]", "[]");
    keys_rank(BEST, "* 2 3 = 1", "[[\"c\"],[\"d\"],[\"a\"]]", "[\"b\"]");
    keys_rank(BEST, "J 2", "[[\"b\"],[\"a\"]]", "[]");
}

static void enter_says_what_is_left(void **state)
{
    (void)state;
    begin(RANK, FOUR);
    app_fixture_press(&p, "2 Enter");
    assert_true(app_fixture_shows(&p, "Ranking is not finished: 3 of 4 are left."));
    end(NULL);
}

/* The draft of half a ranking is there after a crash, and goes on. */
static void half_a_ranking_is_a_draft(void **state)
{
    (void)state;
    begin(RANK, FOUR);
    app_fixture_press(&p, "2 = wait:1000");
    lw_sitting_tick(p.s);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    app_fixture_press(&p, "1 4");
    ranking_is("[[\"b\",\"a\"],[\"d\"],[\"c\"]]", "[]");
    end(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_digit_places_the_next_and_the_last_needs_none),
        cmocka_unit_test(ties_stand_together),
        cmocka_unit_test(some_cannot_be_ranked),
        cmocka_unit_test(undo_takes_one_placement_back),
        cmocka_unit_test(arrows_and_space_do_it_too),
        cmocka_unit_test(a_digit_begins_a_finished_one_again),
        cmocka_unit_test(the_last_key_is_not_for_the_next_question),
        cmocka_unit_test(with_advance_auto_the_last_key_submits),
        cmocka_unit_test(the_best_and_the_worst_are_two_keys),
        cmocka_unit_test(enter_says_what_is_left),
        cmocka_unit_test(half_a_ranking_is_a_draft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
