/* `check`: every mistake in a project and its tasks, with file, line and column. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <sys/stat.h>

static void a_project_without_mistakes_is_ok_and_verbose_lists_its_free_keys(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0, "\"$LW\" check p");
    assert_string_equal(r->out, "native: 1 prompt, 1 response\nOK: 3 tasks, 4 questions\n");
    run_shell(r, 0, "\"$LW\" check --verbose p");
    run_prints(r, "\nOK: 3 tasks, 4 questions\n");
    run_prints(r, "free keys for options of tone: abcdefghijklmnopqrstuvwxyzABC");
    run_is_silent(r);
    assert_false(run_has("p/journal"));
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - name: kind\n    type: choice\n"
                              "    options: [{value: x, key: b}, {value: y, key: Z}]\n");
    run_shell(r, 0, "\"$LW\" check --verbose p");
    run_prints(r, "options of kind: acdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXY\n");
}

static void suggestions_that_do_not_fit_are_named(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl",
        "{\"id\":\"a\",\"prompt\":\"One?\",\"responses\":[{\"id\":\"x\",\"text\":\"1\"}],"
        "\"suggestions\":{\"quality\":4,\"tone\":\"hot\",\"flags\":{\"x\":[\"rude\"]}}}\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "p/tasks.jsonl:1:1: suggestions: \"tone\": there is no option \"hot\".");
    assert_null(strstr(r->out, "not shown"));
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"prompt\":\"One?\",\"suggestions\":[5]}\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "\"suggestions\" must be an object: an answer for each question.");
}

static void mistakes_in_the_project_come_by_their_place(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - name: kind\n    type: choice\n"
                              "    options: [{value: x, key: b}, {value: y, key: b}]\n"
                              "    requird: true\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_says(r, "p/project.yaml:6:51: the key b of \"y\" is already used by \"x\" on line 6");
    run_says(r, "p/project.yaml:7:5: unknown key \"requird\"");
}

/* In the list of flags f says that it is done. */
static void a_flag_with_the_key_f_is_told(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - name: flags\n    type: tags\n"
                              "    options: [{value: x, key: b}, {value: y, key: f}]\n");
    run_shell(r, 1, "\"$LW\" check --verbose p");
    run_prints(r, "p/project.yaml:1:1: the key f of \"y\" in flags sets the flag, so f cannot "
                  "close the list");
    run_prints(r, "options of flags: acdeghij");
    run_prints(r, "\n1 mistake: 3 tasks, 1 question\n");
}

/* 0-10 needs none; of -5..5 five points have no key, of which four are given one. */
static void points_that_no_digit_reaches_are_named(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: ten, type: rating, scale: {min: 0, max: 10}}\n"
                              "  - {name: five, type: rating, scale: {min: -5, max: 5}}\n"
                              "  - {name: deep, type: rating, scale: {min: -20, max: 20}}\n");
    run_shell(r, 0, "\"$LW\" check p");
    run_prints(r, "\nfive: no digit key for -5; use Left and Right\n");
    run_prints(r, "deep: no digit key for -20 to -1; use Left and Right\n");
    assert_null(strstr(r->out, "ten:"));
}

static void guidelines_that_are_not_there_are_a_mistake(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\nguidelines: guide.md\ntasks: [tasks.jsonl]\n"
                              "questions: [{name: q, type: rating}]\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "p/project.yaml:1:1: cannot read the guidelines \"guide.md\".");
    run_put("p/guide.md", "");
    run_shell(r, 0, "\"$LW\" check p");
}

static void every_record_that_cannot_be_read_is_named(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl", RUN_TASKS "{\"id\":\"d\",\"prompt\":\"Four?\",\"meta\":NaN}\r\n"
                                       "\n{\"id\":\"e\",\"prompt\":\"\\u0000\"}\n"
                                       "{\"id\":\"f\"\n"
                                       "{\"id\":\"g\",\"prompt\":7}\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "p/tasks.jsonl:4:35: NaN is not a JSON number: write null");
    run_prints(r, "p/tasks.jsonl:6:21: \\u0000 is a NUL character");
    run_prints(r, "p/tasks.jsonl:7:1: The record ends too early");
    run_prints(r, "p/tasks.jsonl:8:1: \"prompt\" must be text or a list of messages.");
    run_prints(r, "\n4 mistakes: 7 tasks, 4 questions\n");
}

static void an_id_that_stands_twice_is_named(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl", RUN_TASKS RUN_TASKS);
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(
        r, "p/tasks.jsonl:4:1: an earlier record has the same id, so this one is called \"a~2\".");
    run_prints(r, "p/tasks.jsonl:6:1: ");
    run_prints(r, "\n3 mistakes: 6 tasks");
}

static void a_comparison_that_is_not_asked_is_named(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\n"
                              "questions: [{name: better, type: compare, required: true}]\n");
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"prompt\":\"p\",\"responses\":[\"1\",\"2\"]}\n"
                             "{\"id\":\"b\",\"prompt\":\"p\",\"responses\":[\"1\",\"2\",\"3\"]}\n"
                             "{\"id\":\"c\",\"prompt\":\"p\",\"responses\":[\"1\"]}\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "p/tasks.jsonl:2:1: the task \"b\" has 3 responses: \"better\" compares 2");
    run_prints(r, "p/tasks.jsonl:3:1: the task \"c\" has 1 response: \"better\" compares 2");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [tasks.jsonl]\n"
        "questions: [{name: better, type: compare}, {name: q, type: text}]\n");
    run_put("p/tasks.jsonl", "{\"id\":\"c\",\"prompt\":\"p\",\"responses\":[\"1\"]}\n");
    run_shell(r, 0, "\"$LW\" check p"); /* something else is asked */
}

static void a_ranking_of_one_response_is_named(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\n"
                              "questions: [{name: order, type: rank}, {name: q, type: text}]\n");
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"prompt\":\"p\",\"responses\":[\"1\",\"2\",\"3\"]}\n"
                             "{\"id\":\"b\",\"prompt\":\"p\",\"responses\":[\"1\"]}\n");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(
        r, "p/tasks.jsonl:2:1: the task \"b\" has 1 response: \"order\" ranks 2 or more, so it");
    run_prints(r, "\n1 mistake: 2 tasks");
}

static void what_changed_since_it_was_labeled_is_named(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0,
        "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n{\"task\":\"b\",\"skip\":\"\"}\n"
        "{\"task\":\"c\",\"answers\":{\"quality\":4}}\n",
        "record p");
    run_shell(r, 0, "\"$LW\" check p");
    run_shell(r, 0, "sed -i 's/One/Other/; s/Two/Another/; /Three/d' p/tasks.jsonl");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "p/tasks.jsonl:1:1: the task \"a\" changed since it was labeled.");
    run_prints(r, "p/tasks.jsonl:2:1: the task \"b\" changed since it was skipped.");
    run_prints(r, "labels of tasks no longer in the files: 1 (kept in the journal)");
}

static void of_many_mistakes_the_first_are_told_and_all_are_counted(void **state)
{
    struct run *r = *state;
    struct lw_buf lines = {0};
    lw_buf_str(&lines, RUN_TASKS);
    for (int i = 0; i < 30; i++)
        lw_buf_fmt(&lines, "{\"id\":\"bad%d\",\"prompt\":nan}\n", i);
    run_project("p");
    run_put("p/tasks.jsonl", lines.data);
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "p/tasks.jsonl:23:");
    assert_null(strstr(r->out, "p/tasks.jsonl:24:"));
    run_prints(r, "30 records that cannot be read; the first 20 are listed above\n");
    lw_buf_fini(&lines);
}

static void a_bare_file_is_named_as_it_was(void **state)
{
    struct run *r = *state;
    run_put("t.jsonl", RUN_TASKS "{\"id\":\"\033[1m\",\"prompt\":nan}\n");
    assert_int_equal(mkdir("d", 0755), 0);
    run_put("d/t.jsonl", RUN_TASKS "[]\n");
    run_shell(r, 1, "\"$LW\" check t.jsonl");
    assert_true(strncmp(r->out, "t.jsonl:4:", 10) == 0);
    assert_null(strchr(r->out, '\033'));
    run_shell(r, 1, "\"$LW\" check d/t.jsonl");
    run_prints(r, "d/t.jsonl:4:1: The record is a list");
    run_shell(r, 3, "\"$LW\" check nowhere");
}

/* Whoever only looks makes no project beside a file. */
static void looking_at_a_bare_file_makes_nothing(void **state)
{
    static const char *const looks[] = {
        "check", "status", "verify", "export --format csv", "doctor"};
    struct run *r = *state;
    run_project("d"); /* the labels of another project are not its labels */
    run_put("d/t.jsonl", RUN_TASKS);
    run_fed(r, 0, "{\"task\":\"a\",\"skip\":\"\"}\n", "record d");
    run_shell(r, 0, "ls -A d > before");
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        run_shell(r, i < 2 || i == 4 ? 0 : 3, "\"$LW\" %s d/t.jsonl", looks[i]);
        run_shell(r, 0, "ls -A d | cmp - before");
    }
    run_shell(r, 0, "\"$LW\" check d/t.jsonl");
    run_prints(r, "3 tasks");
    run_shell(r, 0, "\"$LW\" status d/t.jsonl");
    run_prints(r, "3 left");
    run_shell(r, 2, "\"$LW\" sync d/t.jsonl");
    run_shell(r, 0, "ls -A d | cmp - before");
}

static void a_language_without_a_dictionary_is_a_warning(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nspelling: [mk]\nquestions:\n"
                              "  - {name: quality, type: rating}\n");
    run_shell(r, 0, "\"$LW\" check p");
    run_prints(r, "warning: Spelling ");
    run_shell(r, 0, "\"$LW\" doctor p");
    run_prints(r, "is not checked: ");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_project_without_mistakes_is_ok_and_verbose_lists_its_free_keys),
        TEST(suggestions_that_do_not_fit_are_named),
        TEST(mistakes_in_the_project_come_by_their_place),
        TEST(a_flag_with_the_key_f_is_told),
        TEST(points_that_no_digit_reaches_are_named),
        TEST(guidelines_that_are_not_there_are_a_mistake),
        TEST(every_record_that_cannot_be_read_is_named),
        TEST(an_id_that_stands_twice_is_named),
        TEST(a_comparison_that_is_not_asked_is_named),
        TEST(a_ranking_of_one_response_is_named),
        TEST(what_changed_since_it_was_labeled_is_named),
        TEST(of_many_mistakes_the_first_are_told_and_all_are_counted),
        TEST(a_language_without_a_dictionary_is_a_warning),
        TEST(a_bare_file_is_named_as_it_was),
        TEST(looking_at_a_bare_file_makes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
