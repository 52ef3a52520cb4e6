/* The failures that people meet first: each message says what to do. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/pty.h"
#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <sys/stat.h>
#include <unistd.h>

static struct lw_pty *label(const char *path, int rows, int cols)
{
    return lw_pty_start(rows, cols, (const char *const[]){"USER=ana", NULL},
        (const char *const[]){getenv("LW_PROGRAM"), path, NULL});
}

static void a_folder_without_a_project_names_what_is_in_it(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "mkdir d empty");
    run_put("d/b.jsonl", RUN_TASKS);
    run_put("d/notes.txt", "no tasks\n");
    run_project("d/sub");
    run_shell(r, 3, "\"$LW\" status d");
    run_says(r, "d has no project.yaml. In it: b.jsonl, sub. Open one: labelwright d/b.jsonl\n");
    run_shell(r, 3, "cd d && \"$LW\" status .");
    run_says(r, ". has no project.yaml. In it: b.jsonl, sub. Open one: labelwright b.jsonl\n");
    run_shell(r, 3, "\"$LW\" status empty");
    run_says(r, "or make a project: labelwright new DIR --like FILE");
    run_shell(r, 0, "for i in 1 2 3 4 5 6; do cp d/b.jsonl empty/$i.jsonl; done");
    run_shell(r, 3, "\"$LW\" status empty");
    run_says(r, "In it: 1.jsonl, 2.jsonl, 3.jsonl, 4.jsonl, 5.jsonl …");
    assert_int_equal(run_count("d"), 3);
}

static void a_misspelt_file_names_the_nearest(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "mkdir d");
    run_put("d/answers.jsonl", RUN_TASKS);
    run_shell(r, 3, "\"$LW\" status d/anwsers.jsonl");
    run_says(r, "d/anwsers.jsonl: no such file or folder. Did you mean d/answers.jsonl?");
    run_shell(r, 3, "\"$LW\" status other");
    run_says(r, "other: no such file or folder. labelwright alone shows what is in this folder.");
}

static void a_project_without_its_tasks_says_where_they_belong(void **state)
{
    struct run *r = *state;
    run_project("p");
    assert_int_equal(unlink("p/tasks.jsonl"), 0);
    run_shell(r, 3, "\"$LW\" status p");
    run_says(r, "p/project.yaml names \"tasks.jsonl\", which is not there. Put the file there, or "
                "correct its `file:`.");
}

static void a_screen_that_is_too_small_says_how_large(void **state)
{
    struct run *r = *state;
    (void)r;
    run_project("p");
    struct lw_pty *p = label("p", 12, 50);
    lw_pty_wait_text(p, "Make the window at least 60x16.");
    lw_pty_free(p);
}

/* As `mv new tasks.jsonl` does it, and as an editor that writes into the file. */
static void a_file_that_changes_while_it_is_open_says_to_restart(void **state)
{
    struct run *r = *state;
    run_project("p");
    struct lw_pty *p = label("p", 24, 80);
    lw_pty_wait_text(p, "One?");
    run_shell(r, 0, "sed 's/Two/Other/' p/tasks.jsonl > t && cat t > p/tasks.jsonl && rm t");
    lw_pty_type(p, "J");
    lw_pty_wait_text(p, "the file was changed. Restart");
    lw_pty_free(p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_folder_without_a_project_names_what_is_in_it),
        TEST(a_misspelt_file_names_the_nearest),
        TEST(a_project_without_its_tasks_says_where_they_belong),
        TEST(a_screen_that_is_too_small_says_how_large),
        TEST(a_file_that_changes_while_it_is_open_says_to_restart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
