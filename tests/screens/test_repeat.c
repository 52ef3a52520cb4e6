/* Giving the answers of the last label again, and going several tasks on: a count is typed in the
 * box of ^G, as digits are answers. */
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

#define PAIR(id)                                                                                   \
    "{\"id\":\"" id "\",\"prompt\":\"?\",\"responses\":[{\"id\":\"a\",\"text\":\"" id "\"},"       \
    "{\"id\":\"b\",\"text\":\"y\"}]}\n"
#define TASKS PAIR("t1") PAIR("t2") PAIR("t3") PAIR("t4") PAIR("t5")
#define QUESTIONS                                                                                  \
    "labelwright: 1\ntasks: [tasks.jsonl]\nshuffle_responses: false\nquestions:\n"                 \
    "  - {name: score, type: rating, on: response, required: true}\n"                              \
    "  - {name: low, type: choice, options: [{value: x}, {value: y}], when: {score: 1}}\n"         \
    "  - {name: fix, type: edit, on: response}\n"                                                  \
    "  - {name: note, type: text}\n"

static void open_project(const char *more)
{
    char *yaml = lw_format("%s%s", QUESTIONS, more);
    app_fixture_make(&p, yaml, TASKS);
    app_fixture_open(&p);
    free(yaml);
}

static void one_key_gives_the_last_label_again(void **state)
{
    (void)state;
    open_project("");
    app_fixture_press(&p, "5 1 2 m type:same Enter Enter");
    app_fixture_answers_are(&p, "{}");
    app_fixture_press(&p, "^R");
    app_fixture_answers_are(&p, "{\"score\":{\"a\":5,\"b\":1},\"low\":\"y\",\"note\":\"same\"}");
    assert_true(app_fixture_shows(&p, "4 answers repeated. Enter submits."));
    app_fixture_press(&p, "Enter");
    assert_int_equal(lw_sitting_view(p.s)->nth, 2);
    app_fixture_end(&p);
}

/* An answer that is there stays; a correction is of one text; a skip is no label. */
static void only_what_is_missing_and_fits_is_given(void **state)
{
    (void)state;
    open_project("");
    app_fixture_press(&p, "5 4 e type:z ^X Enter s Enter 3 ^R");
    app_fixture_answers_are(&p, "{\"score\":{\"a\":3,\"b\":4}}");
    app_fixture_press(&p, "^R");
    assert_true(app_fixture_shows(&p, "Nothing of the last label is left to repeat here."));
    app_fixture_press(&p, "u");
    app_fixture_answers_are(&p, "{\"score\":{\"a\":3}}");
    app_fixture_end(&p);
}

static void with_auto_the_key_is_the_whole_task(void **state)
{
    (void)state;
    open_project("advance: auto\n");
    app_fixture_press(&p, "5 4");
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    app_fixture_press(&p, "^R ^R");
    assert_int_equal(lw_sitting_view(p.s)->nth, 3);
    app_fixture_end(&p);
}

static void a_count_goes_so_many_tasks_on(void **state)
{
    (void)state;
    open_project("");
    app_fixture_press(&p, "^G type:+3 Enter");
    assert_int_equal(lw_sitting_view(p.s)->nth, 3);
    app_fixture_press(&p, "^G type:-2 Enter");
    assert_int_equal(lw_sitting_view(p.s)->nth, 1);
    app_fixture_press(&p, "^G type:+99 Enter");
    assert_int_equal(lw_sitting_view(p.s)->nth, 4);
    app_fixture_press(&p, "^G type:+1 Enter");
    assert_true(app_fixture_shows(&p, "Last task."));
    app_fixture_press(&p, "^G type:+x Enter");
    assert_true(app_fixture_shows(&p, "No task +x."));
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_key_gives_the_last_label_again),
        cmocka_unit_test(only_what_is_missing_and_fits_is_given),
        cmocka_unit_test(with_auto_the_key_is_the_whole_task),
        cmocka_unit_test(a_count_goes_so_many_tasks_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
