/* Enter when it is held or bounces: it labels nothing, and a label without an answer is
 * meant. */
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

#define HEAD "labelwright: 1\ntasks: [{file: tasks.jsonl}]\n"
#define OPEN_ENDED                                                                                 \
    "questions:\n"                                                                                 \
    "  - {name: quality, type: rating}\n"                                                          \
    "  - {name: note, type: text}\n"

static const char OPTIONAL[] = HEAD OPEN_ENDED;
static const char ALLOWED[] = HEAD "allow_empty: true\n" OPEN_ENDED;
static const char COMPARED[] =
    HEAD "questions:\n  - {name: better, type: compare, required: true}\n";
static const char COMPARED_ALLOWED[] =
    HEAD "allow_empty: true\nquestions:\n  - {name: better, type: compare}\n";

static void enter_in_a_burst_labels_nothing_without_an_answer(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 Enter Enter Enter Enter");
    recorded_is("t1", "-");
    recorded_is("t2", "-");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "No answer yet."));
}

static void a_second_enter_that_is_meant_saves_an_empty_label(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "Enter wait:699 Enter");
    recorded_is("t1", "-");
    app_fixture_press(&p, "wait:700 Enter");
    recorded_is("t1", "{}");
    assert_string_equal(lw_sitting_view(p.s)->message, "Saved task 1 without an answer.");
    app_fixture_press(&p, "Enter wait:5000 Tab Enter"); /* another key between: asked again */
    recorded_is("t2", "-");
    app_fixture_press(&p, "wait:700 Enter");
    recorded_is("t2", "{}");
}

/* As keyboards repeat: after half a second, then thirty times in each second. */
static void enter_held_down_labels_at_most_what_it_was_pressed_for(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 4 Enter wait:660");
    for (int i = 0; i < 60; i++)
        app_fixture_press(&p, "Enter wait:33");
    recorded_is("t1", "{\"quality\":4}");
    recorded_is("t2", "-");
}

/* t2 has all its answers in a draft: still nobody has looked at it. */
static void a_doubled_enter_does_not_submit_the_next_task(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "J 5 K 4");
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 Enter wait:40 Enter wait:140 Enter");
    recorded_is("t1", "{\"quality\":4}");
    recorded_is("t2", "-");
    app_fixture_press(&p, "wait:150 Enter");
    recorded_is("t2", "{\"quality\":5}");
}

static void an_enter_that_closes_a_box_submits_nothing_when_it_bounces(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 m type:x Enter wait:30 Enter");
    recorded_is("t1", "-");
    app_fixture_press(&p, "wait:150 Enter");
    recorded_is("t1", "{\"note\":\"x\"}");
}

static void a_digit_held_down_labels_nothing_when_it_submits(void **state)
{
    (void)state;
    begin(ONE_KEY, THREE);
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 1");
    for (int i = 0; i < 60; i++)
        app_fixture_press(&p, "wait:33 1");
    recorded_is("t1", "{\"good\":\"yes\"}");
    recorded_is("t2", "-");
    app_fixture_press(&p, "wait:150 2");
    recorded_is("t2", "{\"good\":\"no\"}");
}

/* The first repetition comes late: by then the guard of the next task is over. */
static void a_held_key_labels_nothing_when_it_begins_to_repeat(void **state)
{
    static const char *const yaml[] = {ONE_KEY, ALLOWED, OPTIONAL};
    static const char *const before[] = {"j", "j", "J 5 K 4"};
    static const char *const key[] = {"1", "Enter", "Enter"};
    for (size_t i = 0; i < sizeof key / sizeof *key; i++) {
        begin(yaml[i], THREE);
        app_fixture_press(&p, before[i]);
        app_fixture_guard_keys(&p, 150);
        app_fixture_press(&p, "wait:1000");
        app_fixture_press(&p, key[i]);
        app_fixture_press(&p, "wait:600");
        for (int n = 0; n < 60; n++) {
            app_fixture_press(&p, key[i]);
            app_fixture_press(&p, "wait:33");
        }
        recorded_is("t2", "-");
        app_fixture_press(&p, "wait:200");
        app_fixture_press(&p, key[i]); /* let go, and meant */
        assert_int_equal(lw_ledger_totals(p.w.ledger).done, 2);
        end(state);
    }
}

static void a_key_is_not_held_when_another_came_between(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 5 Enter wait:200 4 wait:50 Enter");
    recorded_is("t2", "{\"quality\":4}");
}

static void take_back_held_down_takes_one_task_back_at_most(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "1 Enter 2 Enter 3 Enter");
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:1000 u wait:600");
    for (int n = 0; n < 60; n++)
        app_fixture_press(&p, "u wait:33");
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 2);
    recorded_is("t2", "{\"quality\":2}");
    app_fixture_press(&p, "wait:200 u wait:200 u");
    recorded_is("t2", "-");
}

static void keys_of_options_are_guarded_too(void **state)
{
    (void)state;
    begin(HEAD "advance: auto\n"
               "questions:\n"
               "  - name: good\n"
               "    type: choice\n"
               "    required: true\n"
               "    options: [{value: yes, key: y}, {value: no, key: i}]\n",
        THREE);
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "wait:150 y y y");
    recorded_is("t1", "{\"good\":\"yes\"}");
    recorded_is("t2", "-");
}

static void a_project_may_allow_empty_labels(void **state)
{
    (void)state;
    begin(ALLOWED, THREE);
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{}");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
}

/* ---- where nothing is asked */

static const char ONE_OF_THREE[] =
    "{\"id\":\"t1\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"1\"},"
    "{\"id\":\"b\",\"text\":\"2\"},{\"id\":\"c\",\"text\":\"3\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"1\"},"
    "{\"id\":\"b\",\"text\":\"2\"}]}\n";

static void a_comparison_says_why_it_is_not_asked(void **state)
{
    (void)state;
    begin(COMPARED, ONE_OF_THREE);
    assert_string_equal(lw_sitting_view(p.s)->message,
        "Better is left out: it needs 2 responses, this task has 3.");
    app_fixture_press(&p, "4");
    assert_string_equal(
        lw_sitting_view(p.s)->message, "No question for this task. s: skip, J: next.");
    app_fixture_press(&p, "J");
    assert_string_equal(lw_sitting_view(p.s)->message, "");
}

static void enter_alone_is_no_label_where_nothing_is_asked(void **state)
{
    (void)state;
    begin(COMPARED_ALLOWED, ONE_OF_THREE);
    app_fixture_press(&p, "Enter Enter");
    recorded_is("t1", "-");
    assert_string_equal(lw_sitting_view(p.s)->message,
        "No question for this task. s: skip. Enter again: save it empty.");
    app_fixture_press(&p, "s Enter");
    recorded_is("t1", "skip");
    app_fixture_press(&p, "K Enter wait:700 Enter");
    recorded_is("t1", "{}");
}

/* ---- what is said */

static void all_answers_are_said_or_how_many_they_are(void **state)
{
    (void)state;
    begin(HEAD "questions:\n"
               "  - {name: q1, label: Overall quality, type: rating}\n"
               "  - {name: q2, label: Helpful, type: rating}\n"
               "  - {name: q3, label: True, type: rating}\n"
               "  - {name: q4, label: Safe, type: rating}\n"
               "  - {name: q5, label: Well written, type: rating}\n",
        THREE);
    app_fixture_press(&p, "1 2 3 Enter");
    assert_string_equal(
        lw_sitting_view(p.s)->message, "Saved task 1: Overall quality 1, Helpful 2, True 3.");
    app_fixture_press(&p, "1 2 3 4 5 Enter");
    assert_string_equal(lw_sitting_view(p.s)->message, "Saved task 2 (5 answers).");
    app_fixture_press(&p, "1 2 3 4 5 Enter");
    assert_string_equal(
        lw_sitting_view(p.s)->message, "Saved task 3 (5 answers). All tasks are done.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(enter_in_a_burst_labels_nothing_without_an_answer),
        TEST(a_second_enter_that_is_meant_saves_an_empty_label),
        TEST(enter_held_down_labels_at_most_what_it_was_pressed_for),
        TEST(a_doubled_enter_does_not_submit_the_next_task),
        TEST(an_enter_that_closes_a_box_submits_nothing_when_it_bounces),
        TEST(a_digit_held_down_labels_nothing_when_it_submits),
        TEST(a_held_key_labels_nothing_when_it_begins_to_repeat),
        TEST(a_key_is_not_held_when_another_came_between),
        TEST(take_back_held_down_takes_one_task_back_at_most),
        TEST(keys_of_options_are_guarded_too),
        TEST(a_project_may_allow_empty_labels),
        TEST(a_comparison_says_why_it_is_not_asked),
        TEST(enter_alone_is_no_label_where_nothing_is_asked),
        TEST(all_answers_are_said_or_how_many_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
