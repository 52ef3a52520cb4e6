/* `export -o` and `new` never overwrite a file that somebody else made. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "labelwright/base/buf.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define PROJECT                                                                                    \
    RUN_PROJECT                                                                                    \
    "guidelines: guidelines.md\n"                                                                  \
    "sync: {to: \"file:outbox/\"}\n"
#define EXPORT "\"$LW\" export --format native p -o "

static void labeled(struct run *r)
{
    assert_int_equal(mkdir("p", 0755), 0);
    run_put("p/project.yaml", PROJECT);
    run_put("p/tasks.jsonl", RUN_TASKS);
    run_put("p/guidelines.md", "Be kind.\n");
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n", "record p");
    run_fed(r, 0, "{\"task\":\"b\",\"answers\":{\"quality\":4}}\n", "record --annotator joe p");
    run_shell(r, 0, "mkdir -p p/outbox/deep");
    r->in = NULL;
}

/* Every byte and name below p, but for what is made again at any time. */
static char *picture(struct run *r)
{
    run_shell(r, 0,
        "find p -path p/.labelwright -prune -o -printf '%%p %%y %%m %%s %%i\\n' | sort; "
        "cat p/*.* p/journal*/*");
    return lw_strdup(r->out);
}

static void nothing_of_the_project_is_written_over(void **state)
{
    static const char *const place[] = {"p/project.yaml", "p/tasks.jsonl", "p/guidelines.md",
        "p/./tasks.jsonl", "p/journal/../tasks.jsonl", "tasks", "through/tasks.jsonl",
        "p/journal/000001.jsonl", "p/journal/new", "p/journal/lock", "p/journal-joe/000001.jsonl",
        "p/journal-joe/new", "p/.labelwright/new", "p/.labelwright/drafts/new", "p/outbox/new",
        "p/outbox/deep/new", "through/outbox/new"};
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "ln p/tasks.jsonl tasks && ln -s p through && mkdir -p p/.labelwright/drafts");
    char *before = picture(r);
    for (size_t i = 0; i < sizeof place / sizeof *place; i++)
        for (int force = 0; force < 2; force++) {
            run_shell(r, 3, EXPORT "%s%s", place[i], force ? " --force" : "");
            run_says(r, "Choose another");
        }
    char *after = picture(r);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void only_regular_files_are_replaced(void **state)
{
    static const char *const place[] = {
        "link", "dangling", "fifo", "/dev/null", "/dev/stdout", "read-only", "folder"};
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0,
        "echo mine > mine; ln -s mine link; ln -s none dangling; mkfifo fifo; mkdir folder; "
        "echo mine > read-only; chmod 400 read-only");
    for (size_t i = 0; i < sizeof place / sizeof *place; i++) {
        run_shell(r, 3, "timeout 10 " EXPORT "%s --force", place[i]);
        run_prints_none(r);
    }
    run_shell(r, 0, "cat mine read-only; test -p fifo; test -c /dev/null; ! test -e none");
    run_prints(r, "mine\nmine\n");
    run_shell(r, 3, EXPORT "link --force");
    run_says(r, "link is a link. Give the file it points to.");
    run_shell(r, 3, EXPORT "fifo");
    run_says(r, "fifo is not a regular file. Leave out -o and use > instead.");
}

static void what_an_export_wrote_is_replaced_and_nothing_else(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_put("out", "mine");
    run_put("out.tmp", "mine too");
    run_shell(r, 3, EXPORT "out");
    run_says(r, "out already exists, and it is not an unchanged export of this project.");
    run_says(r, "--force");
    run_shell(r, 0, "cat out out.tmp");
    run_prints(r, "minemine too");
    run_shell(r, 0, "chmod 666 out; umask 0; " EXPORT "out --force");
    run_shell(r, 0, "stat -c %%a out; cat out.tmp; ls | wc -l");
    run_prints(r, "600\nmine too3\n");
    run_shell(r, 0, EXPORT "out"); /* its own */
    run_shell(r, 0, "\"$LW\" export --format csv p -o out");
    run_shell(r, 0, "cp out copy; echo >> out");
    run_shell(r, 3, EXPORT "out"); /* changed since */
    run_shell(r, 3, EXPORT "copy");
    run_shell(r, 0, "mv copy out; rm -r p/.labelwright/exports");
    run_shell(r, 3, EXPORT "out"); /* nobody knows it any more */
    run_shell(r, 0, "rm out; " EXPORT "out; grep -c a out");
    run_prints(r, "1\n");
}

static void a_shell_that_appends_to_the_journal_is_refused(void **state)
{
    static const struct {
        const char *place, *what;
    } rows[] = {{"p/journal/000001.jsonl", "part of this project's journal"},
        {"p/tasks.jsonl", "a file that this project reads"}};
    struct run *r = *state;
    labeled(r);
    char *before = picture(r);
    for (size_t i = 0; i < 2; i++) {
        run_shell(r, 3, "\"$LW\" export --format native p >> %s", rows[i].place);
        char *said = lw_format("The output file is %s.", rows[i].what);
        run_says(r, said);
        free(said);
    }
    char *after = picture(r);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void new_makes_no_project_in_a_journal_or_beside_it(void **state)
{
    static const char *const place[] = {
        "p/journal/x", "p/journal-x", "p/.labelwright/x", "p/journal-joe/x/"};
    struct run *r = *state;
    labeled(r);
    char *before = picture(r);
    for (size_t i = 0; i < sizeof place / sizeof *place; i++) {
        run_shell(r, 3, "\"$LW\" new %s --like p/tasks.jsonl", place[i]);
        run_says(r, "would be inside a folder that only labelwright writes");
    }
    run_shell(r, 3, "\"$LW\" new p/journal --like p/journal/000001.jsonl");
    char *after = picture(r);
    assert_string_equal(before, after);
    free(before);
    free(after);
    run_shell(r, 0, "mkdir journal-notes; \"$LW\" new journal-notes/q --like p/tasks.jsonl");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        TEST(nothing_of_the_project_is_written_over),
        TEST(only_regular_files_are_replaced),
        TEST(what_an_export_wrote_is_replaced_and_nothing_else),
        TEST(a_shell_that_appends_to_the_journal_is_refused),
        TEST(new_makes_no_project_in_a_journal_or_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
