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
    run_prints(r, "p/tasks.jsonl:1:1: error: suggestions: \"tone\": there is no option \"hot\".");
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
    run_prints(
        r, "p/project.yaml:6:51: error: the key b of \"y\" is already used by \"x\" on line 6");
    run_prints(r, "p/project.yaml:7:5: error: unknown key \"requird\"");
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
    run_prints(r,
        "p/project.yaml:6:51: error: the key f of \"y\" in flags sets the flag, so f cannot "
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
    run_prints(r, "p/project.yaml:2:13: error: cannot read the guidelines \"guide.md\".");
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
    run_prints(r, "p/tasks.jsonl:4:35: error: NaN is not a JSON number: write null");
    run_prints(r, "p/tasks.jsonl:6:21: error: \\u0000 is a NUL character");
    run_prints(r, "p/tasks.jsonl:7:1: error: The record ends too early");
    run_prints(r, "p/tasks.jsonl:8:1: error: \"prompt\" must be text or a list of messages.");
    run_prints(r, "\n4 mistakes: 7 tasks, 4 questions\n");
}

static void an_id_that_stands_twice_is_named(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl", RUN_TASKS RUN_TASKS);
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "p/tasks.jsonl:4:1: error: an earlier record has the same id, so this one is "
                  "called \"a~2\".");
    run_prints(r, "p/tasks.jsonl:6:1: error: ");
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
    run_prints(
        r, "p/tasks.jsonl:2:1: error: the task \"b\" has 3 responses: \"better\" compares 2");
    run_prints(r, "p/tasks.jsonl:3:1: error: the task \"c\" has 1 response: \"better\" compares 2");
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
    run_prints(r, "p/tasks.jsonl:2:1: error: the task \"b\" has 1 response: \"order\" ranks 2 or "
                  "more, so it");
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
    run_prints(r, "p/tasks.jsonl:1:1: error: the task \"a\" changed since it was labeled.");
    run_prints(r, "p/tasks.jsonl:2:1: error: the task \"b\" changed since it was skipped.");
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
    run_prints(r, "d/t.jsonl:4:1: error: The record is a list");
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
    run_prints(r, "p/project.yaml:3:11: warning: Spelling ");
    run_shell(r, 0, "\"$LW\" doctor p");
    run_prints(r, "is not checked: ");
}

/* Lines as gcc prints them: vim, helix and others go to the place. */
#define LINE "^[^:]+:[0-9]+:[0-9]+: (error|warning): [^ ]"

static void every_finding_is_a_line_as_compilers_print_them(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/tasks.jsonl",
        RUN_TASKS "{\"id\":\"d\",\"prompt\":nan}\n{\"id\":\"e\",\"responses\":[]}\n");
    run_shell(r, 1, "\"$LW\" check p | grep -E '" LINE "' > lines; \"$LW\" check p");
    run_shell(r, 0, "wc -l < lines");
    assert_string_equal(r->out, "2\n");
    run_put("p/project.yaml", "labelwright: 2\n");
    run_shell(r, 0, "\"$LW\" check p | grep -Ec '" LINE "'");
    assert_string_equal(r->out, "1\n");
}

static void as_json_each_finding_has_its_place_and_its_cure(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0, "\"$LW\" check --json p");
    assert_string_equal(r->out, "[]\n");
    run_put("p/tasks.jsonl", RUN_TASKS RUN_TASKS);
    run_shell(r, 1, "\"$LW\" check --json p | jq -ce '.[1]'; exit \"${PIPESTATUS:-1}\"");
    assert_string_equal(r->out,
        "{\"file\":\"p/tasks.jsonl\",\"line\":5,\"column\":1,\"severity\":\"error\","
        "\"message\":\"an earlier record has the same id, so this one is called \\\"b~2\\\".\","
        "\"cure\":\"Give it its own id.\"}\n");
    run_put("p/project.yaml",
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
        "  - {name: a, type: rating, \"x. Y\": 1}\n  - {nam: b, type: rating}\n");
    run_shell(r, 1, "\"$LW\" check --json p");
    run_shell(r, 0,
        "\"$LW\" check --json p | jq -r '.[] | \"\\(.line):\\(.column) \\(.message)|\\(.cure)\"'");
    assert_string_equal(strtok(r->out, ":"), "4");
    assert_string_equal(strtok(NULL, "|"), "29 unknown key \"x. Y\".");
    assert_string_equal(strtok(NULL, ":"), "Use one of");
    run_shell(
        r, 0, "\"$LW\" check --json p | jq -r '.[2] | [.line, .column, .message, .cure] | @tsv'");
    assert_string_equal(r->out, "5\t6\tunknown key \"nam\".\tDid you mean \"name\"?\n");
}

/* A list that is too long to be read ends, and says so. */
static void as_json_a_thousand_of_a_kind_are_told(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0,
        "{ cat p/tasks.jsonl; yes '{\"prompt\":nan}' | head -n 1200; } > t && mv t p/tasks.jsonl");
    run_shell(r, 1, "\"$LW\" check --json p > found");
    run_shell(r, 0, "jq -r '.[] | select(.severity == \"note\").message' found; jq length found");
    assert_string_equal(r->out,
        "1200 records that cannot be read; the first 1000 are listed\n"
        "1199 records with the same id as an earlier record; the first 1000 are listed\n2002\n");
}

/* As `:make` reads the lines, with the errorformat that vim has for gcc. */
static void vim_jumps_to_each_finding(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "command -v vim || :");
    if (!*r->out) {
        print_message("skip: vim is not installed\n");
        skip();
    }
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\nguidelines: none.md\ntasks: [tasks.jsonl]\n"
                              "questions: [{name: q, type: rating}]\n");
    run_put("p/tasks.jsonl", RUN_TASKS "{\"id\":\"d\",\"prompt\":  nan}\n");
    run_put("jump.vim",
        "set makeprg=\\\"$LW\\\"\\ check\\ p\n"
        "compiler gcc\n"
        "silent make!\n"
        "for n in getqflist()\n  if n.valid\n"
        "    call writefile([bufname(n.bufnr) . '|' . n.lnum . '|' . n.col . '|' . "
        "n.type . '|' . n.text], 'jumps', 'a')\n  endif\nendfor\n"
        "cfirst\ncnext\n"
        "call writefile([expand('%') . ' ' . getline('.')], 'jumps', 'a')\nqall!\n");
    run_shell(r, 0,
        "HOME=$PWD TERM=dumb vim -es -u NONE --cmd 'set rtp=$VIMRUNTIME' -S jump.vim > said; cat "
        "jumps");
    assert_string_equal(r->out,
        "p/project.yaml|2|13|e|cannot read the guidelines \"none.md\". Put "
        "the file there, or remove "
        "the line `guidelines:`.\n"
        "p/tasks.jsonl|4|22|e|nan is not a JSON number: write null, or leave the member out.\n"
        "p/tasks.jsonl {\"id\":\"d\",\"prompt\":  nan}\n");
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
        TEST(every_finding_is_a_line_as_compilers_print_them),
        TEST(as_json_each_finding_has_its_place_and_its_cure),
        TEST(as_json_a_thousand_of_a_kind_are_told),
        TEST(vim_jumps_to_each_finding),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
