/* `labelwright` alone on a terminal: what it finds, and what becomes of a choice. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/run_program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct lw_pty *start(const char *const *more)
{
    static char home[600], samples[600], cwd[500];
    const char *env[12] = {home, samples, "USER=ana"};
    assert_non_null(getcwd(cwd, sizeof cwd));
    snprintf(home, sizeof home, "HOME=%s/home", cwd);
    snprintf(samples, sizeof samples, "LW_SAMPLES=%s/samples", getenv("LW_SOURCE"));
    for (size_t i = 0; more && more[i]; i++)
        env[3 + i] = more[i];
    return lw_pty_start(24, 80, env, (const char *const[]){getenv("LW_PROGRAM"), NULL});
}

static void leave(struct lw_pty *p)
{
    lw_pty_wait_text(p, "? help");
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void a_file_of_this_folder_is_one_key_away_and_a_project_afterwards(void **state)
{
    (void)state;
    run_put("notes.txt", "We came early, and waited.\nNobody came, not even the cat.\n");
    run_put("own.csv", "day,active,active_ms,exact_ms,done\n2026-11-30,0:00:00,0,0,1\n");
    run_put("t.jsonl", RUN_TASKS);
    struct lw_pty *p = start(NULL);
    lw_pty_wait_text(p, "a t.jsonl");
    lw_pty_wait_text(p, "None yet. To see how it works, open a sample: press A.");
    assert_null(strstr(lw_pty_screen(p), "notes.txt"));
    assert_null(strstr(lw_pty_screen(p), "own.csv"));
    lw_pty_type(p, "a");
    lw_pty_wait_text(p, "One?");
    leave(p);
    p = start(NULL);
    lw_pty_wait_text(p, "> 1 t.jsonl");
    lw_pty_wait_text(p, "3 of 3 left");
    lw_pty_wait_text(p, "None. Put a file of tasks here");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "One?");
    leave(p);
}

static void a_project_is_listed_from_any_folder(void **state)
{
    (void)state;
    run_project("p");
    struct lw_pty *p = start(NULL);
    lw_pty_wait_text(p, "> 1 p"); /* a folder here */
    lw_pty_type(p, "1");
    lw_pty_wait_text(p, "One?");
    leave(p);
    char *here = getcwd(NULL, 0);
    static char home[600], samples[] = "LW_SAMPLES=/nonexistent";
    snprintf(home, sizeof home, "HOME=%s/home", here);
    assert_int_equal(chdir("/"), 0);
    p = lw_pty_start(24, 80, (const char *const[]){home, samples, "USER=ana", NULL},
        (const char *const[]){getenv("LW_PROGRAM"), NULL});
    assert_int_equal(chdir(here), 0);
    free(here);
    lw_pty_wait_text(p, "> 1 p");
    lw_pty_wait_text(p, "3 of 3 left");
    lw_pty_type(p, "q");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void a_sample_becomes_a_folder_here(void **state)
{
    (void)state;
    struct lw_pty *p = start(NULL);
    lw_pty_wait_text(p, "A quickstart");
    lw_pty_type(p, "A");
    leave(p);
    assert_true(run_has("quickstart/project.yaml"));
    p = start(NULL);
    lw_pty_wait_text(p, "> 1 quickstart");
    lw_pty_type(p, "A"); /* it is there already: it is opened */
    leave(p);
}

static void n_makes_a_project_folder_of_a_file(void **state)
{
    (void)state;
    run_put("t.jsonl", RUN_TASKS);
    struct lw_pty *p = start(NULL);
    lw_pty_wait_text(p, "> a t.jsonl");
    lw_pty_type(p, "n");
    lw_pty_wait_text(p, "One?");
    leave(p);
    assert_true(run_has("t/project.yaml"));
    assert_true(run_has("t/t.jsonl"));
    assert_false(run_has("t.jsonl.labelwright"));
}

static void looking_creates_nothing(void **state)
{
    (void)state;
    run_put("t.jsonl", RUN_TASKS);
    struct lw_pty *p = start(NULL);
    lw_pty_wait_text(p, "a t.jsonl");
    lw_pty_resize(p, 40, 140);
    lw_pty_wait_text(p, "N weak-spots       Weak spots: make the model fail, and say how");
    lw_pty_type(p, "\x1b[B");
    lw_pty_wait_text(p, "> A quickstart");
    lw_pty_type(p, "q");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
    assert_int_equal(run_count("."), 1);
}

static void a_signal_gives_the_terminal_back(void **state)
{
    (void)state;
    struct lw_pty *p = start(NULL);
    lw_pty_wait_text(p, "SAMPLES");
    lw_pty_signal(p, 15);
    assert_int_equal(lw_pty_wait_exit(p), 130);
    assert_non_null(strstr(lw_pty_output(p, 0), "\x1b[?1049l"));
    lw_pty_free(p);
}

static void a_terminal_without_a_screen_gets_the_usage(void **state)
{
    (void)state;
    struct lw_pty *p = start((const char *const[]){"TERM=dumb", NULL});
    assert_int_equal(lw_pty_wait_exit(p), 2);
    assert_non_null(strstr(lw_pty_output(p, 0), "Give a project folder or a file of tasks"));
    lw_pty_free(p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_file_of_this_folder_is_one_key_away_and_a_project_afterwards),
        TEST(a_project_is_listed_from_any_folder),
        TEST(a_sample_becomes_a_folder_here),
        TEST(n_makes_a_project_folder_of_a_file),
        TEST(looking_creates_nothing),
        TEST(a_signal_gives_the_terminal_back),
        TEST(a_terminal_without_a_screen_gets_the_usage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
