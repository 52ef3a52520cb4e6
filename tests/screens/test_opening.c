/* The first screen of a file: the first task, and above it how the file was read. Each whole screen
 * stands in a file of opening/; with LW_WRITE=1 they are written again. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"
#include "fixtures/golden_frame.h"

static const char YAML[] = "labelwright: 1\n"
                           "title: Rain\n"
                           "tasks: [{file: tasks.jsonl}]\n"
                           "shuffle_responses: false\n"
                           "questions:\n"
                           "  - {name: better, label: Better, type: compare, on: task}\n";

#define TASK(id, extra)                                                                            \
    "{\"id\":\"" id "\",\"prompt\":\"Write about rain.\",\"chosen\":\"Soft rain.\","               \
    "\"rejected\":\"Rain falls.\"" extra "}\n"

static const char TASKS[] = TASK("a", ",\"source\":\"forum posts\"")
    TASK("b", "") "{\"id\":\"c\"\n" TASK("d", ",\"explanation\":\"The first one is shorter.\"");

static const char *const SENTENCES[] = {"One journal line was cut off at the end; it was moved to "
                                        "journal/000001.jsonl.torn.",
    "Created rain.jsonl.labelwright/project.yaml. Edit it to change the questions."};

static struct app_fixture p;
static struct lw_survey survey;

static void begin(int rows, int cols, size_t sentences)
{
    app_fixture_make(&p, YAML, TASKS);
    p.app.rows = rows;
    p.app.cols = cols;
    app_fixture_open(&p);
    lw_survey_first(&survey, p.w.tasks);
    lw_app_open(&p.app, &survey, SENTENCES + 2 - sentences, sentences);
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    lw_survey_fini(&survey);
    return 0;
}

static void shows(const char *name)
{
    char *file = lw_format("opening/%s", name);
    golden_frame_is(file, app_fixture_screen(&p));
    free(file);
}

static void the_first_task_stands_below_how_the_file_was_read(void **state)
{
    (void)state;
    begin(24, 80, 1);
    shows("first-80");
}

static void so_it_does_on_a_wide_screen(void **state)
{
    (void)state;
    begin(40, 140, 1);
    shows("first-140");
}

static void what_takes_too_many_rows_names_the_key_for_all_of_it(void **state)
{
    (void)state;
    begin(16, 60, 2);
    shows("small-60");
}

/* And how to say that it is not so. */
static void a_table_says_what_its_first_row_was_taken_for(void **state)
{
    static const struct {
        const char *csv, *said;
    } rows[] = {
        {"prompt,response\nAsk me,one two\n", "1 task · 1 prompt, 1 response · first row taken"},
        {"Ask me this,one two\nAnd that,three four\n", "no row of names"},
    };
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        app_fixture_make(&p, YAML, rows[i].csv);
        p.app.rows = 24;
        p.app.cols = 140;
        app_fixture_open(&p);
        lw_survey_first(&survey, p.w.tasks);
        lw_app_open(&p.app, &survey, NULL, 0);
        if (!app_fixture_shows(&p, rows[i].said))
            fail_msg("%s", app_fixture_screen(&p));
        assert_true(app_fixture_shows(&p, i ? "F5: the first row is names" : "F5: it is a task"));
        if (i == 0)
            end(NULL);
    }
}

static void it_leaves_with_the_first_key_that_acts(void **state)
{
    (void)state;
    begin(24, 80, 1);
    app_fixture_press(&p, "w"); /* no key here */
    assert_true(app_fixture_shows(&p, "4 tasks"));
    app_fixture_press(&p, "4");
    assert_false(app_fixture_shows(&p, "4 tasks"));
    shows("after-80");
}

static void the_messages_keep_it(void **state)
{
    (void)state;
    begin(24, 80, 2);
    app_fixture_press(&p, "F3");
    assert_true(app_fixture_shows(&p, "trl-preference · 4 tasks · 1 prompt, 2 responses"));
    assert_true(app_fixture_shows(&p, "not shown: source, explanation"));
    assert_true(app_fixture_shows(&p, "One journal line was cut off"));
    assert_true(app_fixture_shows(&p, "Edit it to change"));
    app_fixture_press(&p, "x 4 F3");
    assert_true(app_fixture_shows(&p, "trl-preference · 4 tasks"));
}

#define TEST(f) cmocka_unit_test_teardown(f, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_first_task_stands_below_how_the_file_was_read),
        TEST(so_it_does_on_a_wide_screen),
        TEST(what_takes_too_many_rows_names_the_key_for_all_of_it),
        TEST(a_table_says_what_its_first_row_was_taken_for),
        TEST(it_leaves_with_the_first_key_that_acts),
        TEST(the_messages_keep_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
