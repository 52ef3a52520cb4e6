/* Habits of terminal programs that belong to no one part: the mouse stays the terminal's own, and a
 * long command tells how far it is, on a terminal only. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "fixtures/program_fixture.h"

static const char project[] = "labelwright: 1\n"
                              "tasks: [tasks.jsonl]\n"
                              "questions:\n"
                              "  - {name: quality, type: rating, on: task}\n";

/* Selecting with the mouse goes on as in any other window, and a click answers nothing. */
static void the_mouse_is_left_alone(void **state)
{
    (void)state;
    static const char tasks[] = "{\"id\":\"t0\",\"prompt\":\"p\"}\n";
    static const char *const modes[] = {"\033[?9h", "\033[?1000", "\033[?1001", "\033[?1002",
        "\033[?1003", "\033[?1005", "\033[?1006", "\033[?1015", "\033[?1016"};
    struct program_fixture t;
    program_fixture_make(&t, project, tasks, sizeof tasks - 1);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "\033[<0;10;20M\033[<0;10;20m");
    lw_pty_type(p, "3");
    lw_pty_wait_text(p, "3."); /* the answer is the digit's */
    lw_pty_type(p, "u");
    lw_pty_wait_text(p, "Undone");
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++)
        if (strstr(lw_pty_output(p, 0), modes[i]))
            lw_pty_fail(p, "the program asks for the mouse: %s", modes[i] + 1);
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

/* So many, and with numbers that are read the slow way, that it takes longer than a second
 * anywhere. */
static void make_many(const struct program_fixture *t)
{
    enum { TASKS = 750000, WORDS = 100 };
    char text[WORDS + 1], *path = lw_format("%s/tasks.jsonl", t->path);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    memset(text, 'x', WORDS);
    text[WORDS] = '\0';
    for (int i = 0; i < TASKS; i++)
        fprintf(f, "{\"id\":\"t%d\",\"prompt\":\"%s\",\"a\":[[1.5e3,{\"b\":[]}],-0.5]}\n", i, text);
    assert_int_equal(fclose(f), 0);
    free(path);
}

static void a_long_command_tells_how_far_it_is(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_make(&t, project, "", 0);
    make_many(&t);
    const char **env = program_fixture_env(&t, NULL);
    const char *argv[] = {getenv("LW_PROGRAM"), "check", t.path, NULL};
    struct lw_pty *p = lw_pty_start(24, 80, env, argv);
    lw_pty_wait_text(p, "checking the tasks");
    lw_pty_wait_text(p, "OK: 750000 tasks");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_wait_gone(p, "checking the tasks");
    lw_pty_free(p);
    char *command = lw_format("%s \"$LW_PROGRAM\" check '%s' >/dev/null 2>'%s/said' && "
                              "! test -s '%s/said'",
        t.config, t.path, t.dir, t.dir);
    assert_int_equal(system(command), 0);
    free(command);
    free(env);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_mouse_is_left_alone),
        cmocka_unit_test(a_long_command_tells_how_far_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
