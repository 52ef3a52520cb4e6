/* In which languages a task is checked, and where added words lie. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <unistd.h>

#include "labelwright/base/buf.h"
#include "labelwright/workspace/task_spelling.h"
#include "labelwright/yaml/schema.h"

typedef char **languages_of(
    const json_t *record, const struct lw_project *p, const struct lw_config *c);

static void check_languages(languages_of *languages, const char *record, const struct lw_project *p,
    const struct lw_config *c, const char *expected)
{
    struct lw_buf b = {0};
    json_t *root = record ? json_loads(record, 0, NULL) : NULL;
    char **v = languages(root, p, c);
    lw_buf_str(&b, "");
    for (size_t i = 0; v[i]; i++)
        lw_buf_fmt(&b, "%s%s", i ? " " : "", v[i]);
    assert_string_equal(b.data, expected);
    lw_buf_fini(&b);
    lw_texts_free(v);
    json_decref(root);
}

static void languages_are(
    const char *record, const struct lw_project *p, const struct lw_config *c, const char *expected)
{
    check_languages(lw_spelling_languages, record, p, c, expected);
}

static void those_of_notes_are(
    const char *record, const struct lw_project *p, const struct lw_config *c, const char *expected)
{
    check_languages(lw_spelling_languages_of_notes, record, p, c, expected);
}

static void the_record_comes_before_the_project_and_the_user(void **state)
{
    (void)state;
    char *ca[] = {"ca", "es", NULL}, *fi[] = {"fi", NULL}, *none[] = {NULL};
    const struct lw_project p = {.spelling = ca}, silent = {0}, off = {.spelling = none};
    const struct lw_config c = {.spelling = fi}, unset = {0};
    languages_are("{\"lang\": \"vi\"}", &p, &c, "vi");
    languages_are("{\"language\": \"English\"}", &p, &c, "en");
    languages_are("{\"language\": [\"en-GB\", \"bg\"]}", &p, &c, "en_GB bg");
    languages_are("{\"language\": \"python\"}", &p, &c, "ca es");
    languages_are("{\"lang\": 3}", &p, &c, "ca es");
    languages_are("{}", &silent, &c, "fi");
    languages_are("{}", &off, &c, "");
    languages_are("{}", &silent, &unset, "");
    languages_are(NULL, NULL, NULL, "");
}

/* A note on a Catalan answer may be in English, and quote it. */
static void notes_are_in_the_languages_that_are_set(void **state)
{
    (void)state;
    char *ca[] = {"ca", "es", NULL}, *fi[] = {"fi", NULL}, *none[] = {NULL};
    const struct lw_project p = {.spelling = ca}, silent = {0}, off = {.spelling = none};
    const struct lw_config c = {.spelling = fi}, unset = {0};
    those_of_notes_are("{\"lang\": \"vi\"}", &p, &c, "ca es vi");
    those_of_notes_are("{\"lang\": \"es\"}", &p, &c, "ca es");
    those_of_notes_are("{\"lang\": \"vi\"}", &silent, &c, "fi vi");
    those_of_notes_are("{}", &silent, &c, "fi");
    those_of_notes_are("{\"lang\": \"vi\"}", &off, &c, "");
    those_of_notes_are("{\"lang\": \"vi\"}", &silent, &unset, "");
    those_of_notes_are("{\"lang\": [\"en\",\"es\",\"fr\",\"de\",\"it\",\"pt\",\"ca\",\"gl\"]}",
        &silent, &c, "fi en es fr de it pt ca");
}

static void at_most_eight_languages_are_taken(void **state)
{
    (void)state;
    languages_are(
        "{\"lang\": [\"en\",\"es\",\"fr\",\"de\",\"it\",\"pt\",\"ca\",\"gl\",\"eu\",\"oc\"]}", NULL,
        NULL, "en es fr de it pt ca gl");
}

static void folders_are_made_only_when_a_word_is_added(void **state)
{
    (void)state;
    char top[] = "/tmp/lw-task-spelling-XXXXXX";
    assert_non_null(mkdtemp(top));
    char *file = lw_format("%s/config/labelwright/config.yaml", top);
    struct lw_spelling_folders f = {&lw_sys_real, open(top, O_RDONLY | O_DIRECTORY), file};
    for (int which = 0; which < LW_WORD_LIST_COUNT; which++) {
        assert_int_equal(lw_spelling_folder(&f, (enum lw_word_list_of)which, false), -1);
        int made = lw_spelling_folder(&f, (enum lw_word_list_of)which, true);
        assert_true(made >= 0);
        close(made);
        int there = lw_spelling_folder(&f, (enum lw_word_list_of)which, false);
        assert_true(there >= 0);
        close(there);
    }
    close(f.project);
    f.project = -1;
    assert_int_equal(lw_spelling_folder(&f, LW_WORDS_PROJECT, true), -1);
    char *command = lw_format("cd %s && rmdir .labelwright && rmdir -p config/labelwright", top);
    assert_int_equal(system(command), 0);
    assert_int_equal(rmdir(top), 0);
    free(command);
    free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_record_comes_before_the_project_and_the_user),
        cmocka_unit_test(notes_are_in_the_languages_that_are_set),
        cmocka_unit_test(at_most_eight_languages_are_taken),
        cmocka_unit_test(folders_are_made_only_when_a_word_is_added),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
