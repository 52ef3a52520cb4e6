/* Suggestions on the screen: shown as such, accepted with one key, changed, and never an answer
 * before. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

static void a_suggestion_is_shown_and_is_no_answer(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "suggested", "");
    assert_true(app_fixture_shows(&p, "suggested: A some, 8 more"));
    assert_true(app_fixture_shows(&p, "(2 A some)"));
    assert_true(app_fixture_shows(&p, "A helpful* ?6"));
    app_fixture_answers_are(&p, "{}");
    assert_false(lw_sitting_view(p.s)->draft);
    app_fixture_press(&p, "Enter");
    assert_true(app_fixture_shows(&p, "Better is not answered yet."));
    app_fixture_end(&p);
}

static void one_key_accepts_the_focused_one_and_goes_on(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "suggested", "");
    app_fixture_press(&p, "; ;");
    app_fixture_answers_are(
        &p, "{\"better\":{\"better\":\"a\",\"strength\":2},\"helpful\":{\"a\":6}}");
    assert_true(app_fixture_shows(&p, "A tone"));
    assert_true(app_fixture_shows(&p, "(1 warm)"));
    app_fixture_press(&p, "u u");
    app_fixture_answers_are(&p, "{}");
    app_fixture_end(&p);
}

static void one_key_accepts_all_that_are_left(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "suggested", "");
    app_fixture_press(&p, "5 ^Y");
    assert_true(app_fixture_shows(&p, "8 suggestions accepted. Enter submits."));
    app_fixture_press(&p, "Enter");
    assert_true(app_fixture_journal_has(&p, "\"better\":{\"better\":\"b\",\"strength\":1}"));
    assert_true(app_fixture_journal_has(
        &p, "{\"question\":\"better\",\"item\":\"\",\"outcome\":\"changed\"}"));
    assert_true(app_fixture_journal_has(
        &p, "{\"question\":\"helpful\",\"item\":\"b\",\"outcome\":\"accepted\"}"));
    app_fixture_end(&p);
}

static void with_auto_that_is_the_whole_task(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "suggested", "advance: auto\n");
    app_fixture_press(&p, "^Y");
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    assert_true(app_fixture_journal_has(&p, "\"outcome\":\"accepted\""));
    assert_false(app_fixture_journal_has(&p, "\"outcome\":\"ignored\""));
    app_fixture_end(&p);
}

static void what_was_not_accepted_is_ignored(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "suggested", "");
    app_fixture_press(&p, "4 3");
    while (!app_fixture_shows(&p, "B helpful   1"))
        app_fixture_press(&p, "Tab");
    app_fixture_press(&p, "2 Enter");
    assert_true(app_fixture_journal_has(
        &p, "{\"question\":\"tone\",\"item\":\"a\",\"outcome\":\"ignored\"}"));
    assert_true(app_fixture_journal_has(
        &p, "{\"question\":\"helpful\",\"item\":\"a\",\"outcome\":\"changed\"}"));
    app_fixture_end(&p);
}

static void what_is_no_answer_is_named_and_cannot_be_accepted(void **state)
{
    (void)state;
    app_fixture_open_copy(&p, "suggested", "");
    app_fixture_press(&p, "J");
    assert_true(app_fixture_shows(&p, "Suggestion left out: \"better\""));
    assert_true(app_fixture_shows(&p, "(3 more)"));
    app_fixture_press(&p, "^Y");
    assert_true(app_fixture_shows(&p, "No suggestion is left."));
    app_fixture_press(&p, ";");
    assert_true(app_fixture_shows(&p, "Better: nothing is suggested."));
    app_fixture_answers_are(&p, "{}");
    app_fixture_press(&p, "4 3");
    while (!app_fixture_shows(&p, "B helpful   1"))
        app_fixture_press(&p, "Tab");
    app_fixture_press(&p, "2 Enter");
    assert_true(app_fixture_journal_has(
        &p, "{\"question\":\"better\",\"item\":\"\",\"outcome\":\"unfit\"}"));
    app_fixture_end(&p);
}

/* Lines, so that each has the screen for itself. */
#define MANY "\\n\\n1\\n\\n2\\n\\n3\\n\\n4"

static void of_three_answers_only_those_seen_are_accepted(void **state)
{
    (void)state;
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nshuffle_responses: false\nquestions:\n"
        "  - {name: score, type: rating, on: response}\n  - {name: note, type: text}\n",
        "{\"id\":\"t\",\"prompt\":\"?\",\"responses\":[\"x" MANY "\",\"y" MANY "\",\"z" MANY "\"],"
        "\"suggestions\":{\"score\":{\"r1\":1,\"r2\":2,\"r3\":3},\"note\":\"n\"}}\n");
    app_fixture_open(&p);
    app_fixture_press(&p, "^Y");
    app_fixture_answers_are(&p, "{\"score\":{\"r1\":1},\"note\":\"n\"}");
    app_fixture_press(&p, "^Y ^Y");
    app_fixture_answers_are(&p, "{\"score\":{\"r1\":1,\"r2\":2,\"r3\":3},\"note\":\"n\"}");
    app_fixture_end(&p);
}

static void steps_show_what_is_suggested_beside_them(void **state)
{
    (void)state;
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
        "  - {name: verdict, type: choice, on: step, options: [{value: bad, mark: \"-\"}, {value: "
        "good, mark: \"+\"}]}\n",
        "{\"id\":\"t\",\"prompt\":\"?\",\"responses\":[{\"steps\":[\"one\",\"two\"]}],"
        "\"suggestions\":{\"verdict\":{\"s1\":\"good\",\"s2\":\"bad\"}}}\n");
    app_fixture_open(&p);
    assert_true(app_fixture_shows(&p, "1 ?+ one"));
    assert_true(app_fixture_shows(&p, "2 ?- two"));
    app_fixture_press(&p, ";");
    assert_true(app_fixture_shows(&p, "1 +  one"));
    app_fixture_end(&p);
}

static void what_is_suggested_about_a_span_comes_with_it(void **state)
{
    (void)state;
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
        "  - {name: places, type: spans, on: response, options: [{value: place}]}\n"
        "  - {name: right, type: choice, on: span, options: [{value: yes}, {value: no}]}\n",
        "{\"id\":\"t\",\"prompt\":\"?\",\"responses\":[{\"id\":\"a\",\"text\":\"Paris is far.\"}],"
        "\"suggestions\":{\"places\":{\"a\":[{\"id\":\"s1\",\"start\":0,\"end\":5,\"text\":"
        "\"Paris\","
        "\"tags\":[\"place\"]}]},\"right\":{\"s1\":\"no\"}}}\n{\"id\":\"u\",\"prompt\":\"?\"}\n");
    app_fixture_open(&p);
    assert_false(app_fixture_shows(&p, "left out"));
    assert_true(app_fixture_shows(&p, "suggested: 1 place"));
    app_fixture_press(&p, ";");
    assert_true(app_fixture_shows(&p, "(2 no)"));
    app_fixture_press(&p, "u ^Y Enter");
    assert_true(app_fixture_journal_has(&p, "\"right\":{\"s1\":\"no\"}"));
    assert_true(app_fixture_journal_has(
        &p, "{\"question\":\"right\",\"item\":\"s1\",\"outcome\":\"accepted\"}"));
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_suggestion_is_shown_and_is_no_answer),
        cmocka_unit_test(one_key_accepts_the_focused_one_and_goes_on),
        cmocka_unit_test(one_key_accepts_all_that_are_left),
        cmocka_unit_test(with_auto_that_is_the_whole_task),
        cmocka_unit_test(what_was_not_accepted_is_ignored),
        cmocka_unit_test(what_is_no_answer_is_named_and_cannot_be_accepted),
        cmocka_unit_test(of_three_answers_only_those_seen_are_accepted),
        cmocka_unit_test(steps_show_what_is_suggested_beside_them),
        cmocka_unit_test(what_is_suggested_about_a_span_comes_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
