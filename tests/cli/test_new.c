/* `new`: project folders from samples and around files, with nothing overwritten. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <sys/stat.h>
#include <unistd.h>

#define PAIRS                                                                                      \
    "{\"id\":\"a\",\"prompt\":\"P\",\"responses\":[\"x\",\"y\"]}\n"                                \
    "{\"id\":\"b\",\"prompt\":\"Q\",\"responses\":[\"x\",\"y\"]}\n"

static void same(const char *a, const char *b)
{
    char *x = run_get(a, NULL), *y = run_get(b, NULL);
    assert_string_equal(x, y);
    free(x);
    free(y);
}

/* A sample `first` with a folder, a journal and a link in it. */
static void make_samples(struct run *r)
{
    static const char *const env[] = {"LW_SAMPLES=/proc/self/cwd/samples", NULL};
    run_shell(r, 0,
        "mkdir -p samples/first/photos samples/first/journal samples/first/.labelwright "
        "samples/other && touch samples/first/journal/000001.jsonl samples/try && "
        "echo x > samples/first/photos/x && ln -s /etc/passwd samples/first/link");
    run_put("samples/first/project.yaml", RUN_PROJECT);
    run_put("samples/first/tasks.jsonl", RUN_TASKS);
    r->env = env;
}

static void a_sample_is_copied_without_anybodys_work(void **state)
{
    struct run *r = *state;
    make_samples(r);
    run_shell(r, 0, "\"$LW\" new p --from first");
    run_says(r, "Created p. Edit p/project.yaml if you like, then run: labelwright p");
    run_prints_none(r);
    assert_int_equal(run_count("p"), 3);
    same("p/project.yaml", "samples/first/project.yaml");
    same("p/tasks.jsonl", "samples/first/tasks.jsonl");
    same("p/photos/x", "samples/first/photos/x");
    run_shell(r, 0, "\"$LW\" check p");
    assert_int_equal(run_count("."), 2);
}

static void samples_are_listed_when_the_name_is_unknown(void **state)
{
    static const char *const bad[] = {"--from frist", "--from ''", "--from .",
        "--from ../samples/first", "--from try", "--from other"};
    struct run *r = *state;
    make_samples(r);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        run_shell(r, 3, "\"$LW\" new p %s", bad[i]);
        run_says(r, "\n  first  Trial\n");
    }
    run_shell(r, 2, "\"$LW\" new p");
    run_says(r, "Use either --like FILE or --from SAMPLE.");
    run_says(r, "\n  first  Trial\n");
    run_shell(r, 2, "\"$LW\" new p --from first --like x");
    run_shell(r, 2, "\"$LW\" new --from first");
    run_says(r, "Give the folder to make: labelwright new DIR");
    run_shell(r, 2, "\"$LW\" new p q --from first");
    run_says_not(r, "Created");
    assert_int_equal(run_count("."), 1);
}

static void the_installed_samples_are_found_beside_the_program(void **state)
{
    struct run *r = *state;
    run_shell(r, 0,
        "mkdir -p prefix/bin prefix/share/labelwright && cp \"$LW\" prefix/bin/labelwright && "
        "cp -R '%s/samples' prefix/share/labelwright/samples",
        getenv("LW_SOURCE"));
    run_shell(r, 0, "prefix/bin/labelwright new mine --from quickstart");
    run_shell(r, 0, "\"$LW\" check mine");
    run_shell(r, 3, "cd / && \"$OLDPWD/prefix/bin/labelwright\" new mine --from nothing");
    run_says(r, "  helpfulness  ");
}

static void every_sample_becomes_a_project(void **state)
{
    struct run *r = *state;
    run_shell(r, 0,
        "for s in \"%s\"/samples/*/; do n=$(basename \"$s\"); "
        "LW_SAMPLES=\"%s/samples\" \"$LW\" new \"$n\" --from \"$n\" && \"$LW\" check \"$n\" || "
        "exit 9; "
        "done",
        getenv("LW_SOURCE"), getenv("LW_SOURCE"));
    assert_true(run_count(".") >= 10);
}

static void a_project_is_proposed_from_the_data(void **state)
{
    struct run *r = *state;
    assert_int_equal(mkdir("d", 0755), 0);
    run_put("d/pairs.jsonl", PAIRS);
    run_shell(r, 0, "\"$LW\" new p --like d/pairs.jsonl");
    same("p/pairs.jsonl", "d/pairs.jsonl");
    char *yaml = run_get("p/project.yaml", NULL);
    assert_non_null(strstr(yaml, "  - file: \"pairs.jsonl\"\n"));
    assert_non_null(strstr(yaml, "  - name: better "));
    assert_non_null(strstr(yaml, "# curtain: [violence]"));
    assert_non_null(strstr(yaml, "# spelling: [en, es]"));
    free(yaml);
    run_shell(r, 0, "\"$LW\" check p");
    run_prints(r, "\nOK: 2 tasks, 3 questions\n");
    assert_int_equal(run_count("d"), 1);
    run_shell(r, 0, "sed -i 's/^# spelling/spelling/' p/project.yaml && \"$LW\" check p");
    run_prints(r, "\nOK: 2 tasks, 3 questions\n");
}

static void a_file_that_is_there_already_is_not_copied(void **state)
{
    struct run *r = *state;
    assert_int_equal(mkdir("p", 0755), 0);
    run_put("p/pairs.jsonl", PAIRS);
    run_put("p/notes", "");
    run_shell(r, 0, "\"$LW\" new p/ --like p/pairs.jsonl");
    assert_int_equal(run_count("p"), 3);
    run_shell(r, 0, "\"$LW\" check p");
    run_shell(r, 0, "cd p && rm -r project.yaml .labelwright && \"$LW\" new . --like pairs.jsonl");
    run_shell(r, 0, "\"$LW\" check p");
}

#define QUESTIONS                                                                                  \
    "{\"question_id\":1,\"turns\":[\"P\",\"Q\"]}\n{\"question_id\":2,\"turns\":[\"R\"]}\n"
#define ANSWER(id, model)                                                                          \
    "{\"question_id\":" id ",\"model_id\":\"" model "\",\"choices\":[{\"turns\":[\"x\"]}]}\n"

static void questions_and_answers_make_one_project(void **state)
{
    struct run *r = *state;
    assert_int_equal(mkdir("d", 0755), 0);
    assert_int_equal(mkdir("e", 0755), 0);
    run_put("d/q.jsonl", QUESTIONS);
    run_put("d/a.jsonl", ANSWER("2", "m1") ANSWER("1", "m1"));
    run_put("e/b.jsonl", ANSWER("1", "m2") ANSWER("7", "m2"));
    run_shell(r, 0, "\"$LW\" new p --like d/q.jsonl d/a.jsonl e/b.jsonl");
    same("p/a.jsonl", "d/a.jsonl");
    same("p/b.jsonl", "e/b.jsonl");
    char *yaml = run_get("p/project.yaml", NULL);
    assert_non_null(
        strstr(yaml, "  - file: \"q.jsonl\"\n  - file: \"a.jsonl\"\n    join: \"question_id\""));
    assert_non_null(strstr(yaml, "  - name: better "));
    free(yaml);
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "p/q.jsonl:2:1: error: the task \"2\" has no answer in b.jsonl. Add it there, or "
                  "skip the task.\n"
                  "p/b.jsonl:2:1: error: no task has the same \"question_id\", so this record "
                  "answers no task. Fix "
                  "it, or add its question.\n");
    run_prints(r, "\n2 mistakes: 2 tasks, 3 questions\n");
    run_shell(r, 0,
        "echo '{\"task\":\"1\",\"answers\":{\"better\":{\"better\":\"m2\",\"strength\":1}}}' | "
        "\"$LW\" record p");
    run_shell(r, 0, "sed -i s/x/y/ p/a.jsonl");
    run_shell(r, 1, "\"$LW\" check p");
    run_prints(r, "the task \"1\" changed since it was labeled");
    assert_int_equal(run_count("d"), 2);
}

static void answers_alone_make_none(void **state)
{
    struct run *r = *state;
    run_put("a.jsonl", ANSWER("1", "m1"));
    run_put("pairs.jsonl", PAIRS);
    assert_int_equal(mkdir("d", 0755), 0);
    run_put("d/pairs.jsonl", PAIRS);
    run_shell(r, 1, "\"$LW\" new p --like a.jsonl");
    run_says(r, "a.jsonl contains answers, not tasks.");
    run_shell(r, 1, "\"$LW\" --plain a.jsonl < /dev/null");
    run_says(r, "labelwright new DIR --like QUESTIONS ");
    run_shell(r, 1, "\"$LW\" new p --like pairs.jsonl a.jsonl");
    run_says(r, "a.jsonl: none of its 1 records has the \"question_id\" of a task");
    run_shell(r, 3, "\"$LW\" new p --like pairs.jsonl d/pairs.jsonl");
    run_says(r, "would have the same name in the project");
    run_shell(r, 2, "\"$LW\" new p --from first pairs.jsonl");
    run_says(r, "With --from, give only one DIR. To add files, use --like.");
    assert_int_equal(run_count("."), 3);
}

static void nothing_is_overwritten(void **state)
{
    struct run *r = *state;
    make_samples(r);
    run_project("p");
    run_put("pairs.jsonl", PAIRS);
    run_put("file", "");
    run_shell(r, 3, "\"$LW\" new p --from first");
    run_says(r, "p already exists. Choose another name.");
    run_shell(r, 3, "\"$LW\" new p --like pairs.jsonl");
    run_says(r, "p already exists");
    run_shell(r, 3, "\"$LW\" new p --like p/tasks.jsonl");
    run_says(r, "p/project.yaml already exists. Rename it first.");
    run_shell(r, 3, "\"$LW\" new file --like pairs.jsonl");
    assert_int_equal(run_count("p"), 2);
    assert_int_equal(run_count("."), 4);
    assert_int_equal(mkdir("empty", 0755), 0);
    run_shell(r, 0, "\"$LW\" new empty --from first");
}

static void what_makes_no_project_leaves_no_file(void **state)
{
    struct run *r = *state;
    run_put("words.txt", "no tasks here\n");
    run_put("project.yaml", "{\"prompt\":\"P\"}\n");
    run_put("pairs.jsonl", PAIRS);
    run_shell(r, 1, "\"$LW\" new p --like words.txt");
    run_says(r, "words.txt");
    run_shell(r, 3, "\"$LW\" new p --like nowhere.jsonl");
    run_shell(r, 1, "\"$LW\" new p --like project.yaml");
    run_shell(r, 3, "\"$LW\" new no/such/place --like pairs.jsonl");
    run_shell(r, 3, "ulimit -f 0; \"$LW\" new p --like pairs.jsonl 2>/dev/null");
    assert_int_equal(run_count("."), 3);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_sample_is_copied_without_anybodys_work),
        TEST(samples_are_listed_when_the_name_is_unknown),
        TEST(the_installed_samples_are_found_beside_the_program),
        TEST(every_sample_becomes_a_project),
        TEST(a_project_is_proposed_from_the_data),
        TEST(a_file_that_is_there_already_is_not_copied),
        TEST(questions_and_answers_make_one_project),
        TEST(answers_alone_make_none),
        TEST(nothing_is_overwritten),
        TEST(what_makes_no_project_leaves_no_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
