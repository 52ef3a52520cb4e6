/* The word at the end of the first line speaks of the task in view, not of the one before. */
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

static struct app_fixture p;

static const char yaml[] = "labelwright: 1\ntitle: states\ntasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, required: true}\n";
static const char jsonl[] = "{\"id\":\"a\",\"prompt\":\"one\",\"responses\":[\"x\"]}\n"
                            "{\"id\":\"b\",\"prompt\":\"two\",\"responses\":[\"y\"]}\n"
                            "{\"id\":\"c\",\"prompt\":\"three\",\"responses\":[\"z\"]}\n";

static int begin(void **state)
{
    (void)state;
    app_fixture_make(&p, yaml, jsonl);
    app_fixture_open(&p);
    return 0;
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

static void says(const char *position, const char *word)
{
    const char *screen = app_fixture_screen(&p), *line_end = strchr(screen, '\n');
    size_t n = strlen(word);
    char *line = strndup(screen, (size_t)(line_end - screen));
    if (!strstr(line, position) || strlen(line) < n || strcmp(line + strlen(line) - n, word) != 0)
        fail_msg("no \"%s\" behind \"%s\" in \"%s\"", word, position, line);
    free(line);
}

static void a_task_without_answers_is_not_started(void **state)
{
    (void)state;
    says("1/3", "not started");
    app_fixture_press(&p, "J");
    says("2/3", "not started");
}

static void answers_make_a_draft(void **state)
{
    (void)state;
    app_fixture_press(&p, "4");
    says("1/3", "draft");
    app_fixture_press(&p, "u");
    says("1/3", "not started");
}

static void a_label_on_the_disk_is_saved(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter");
    says("2/3", "not started"); /* the message says that the one before is saved */
    assert_true(app_fixture_shows(&p, "Saved task 1"));
    app_fixture_press(&p, "K");
    says("1/3", "saved");
    app_fixture_press(&p, "2");
    says("1/3", "draft");
    app_fixture_press(&p, "4");
    says("1/3", "saved");
}

static void a_skipped_task_says_so(void **state)
{
    (void)state;
    app_fixture_press(&p, "s type:too_long Enter");
    says("2/3", "not started");
    app_fixture_press(&p, "K");
    says("1/3", "skipped");
    app_fixture_press(&p, "4");
    says("1/3", "skipped, draft");
}

static void a_label_that_was_undone_is_a_draft(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter u u");
    says("1/3", "draft");
}

static void a_record_that_changed_is_told(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter");
    app_fixture_close(&p);
    char *other = lw_format("%s", jsonl), *x = strstr(other, "\"x\"");
    x[1] = 'w';
    app_fixture_write(&p, "tasks.jsonl", other, strlen(other));
    free(other);
    app_fixture_open(&p);
    app_fixture_press(&p, "K");
    says("1/3", "saved, record changed");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_task_without_answers_is_not_started),
        TEST(answers_make_a_draft),
        TEST(a_label_on_the_disk_is_saved),
        TEST(a_skipped_task_says_so),
        TEST(a_label_that_was_undone_is_a_draft),
        TEST(a_record_that_changed_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
