/* What the terminal is told beside the screen: its title, and how a watch went. Nothing unasked,
 * nothing of a task, nothing that controls the terminal, and nothing where there is none. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixtures/program_fixture.h"
#include "fixtures/wait.h"

static const char project[] = "labelwright: 1\n"
                              "title: \"Pairs;\\e]2;x\\a of words\"\n"
                              "tasks: [tasks.jsonl]\n"
                              "questions:\n"
                              "  - {name: quality, type: rating, on: task, required: true}\n"
                              "sync: {to: \"file:outbox/\"}\n";
static const char tasks[] = "{\"id\":\"t0\",\"prompt\":\"secret words\"}\n"
                            "{\"id\":\"t1\",\"prompt\":\"more of them\"}\n";
#define PLAIN "annotator: ana\ndigit_guard_ms: 0\n"
#define NAME "Pairs;^[]2;x^G of words"

static struct program_fixture t;

static void make(const char *settings)
{
    program_fixture_make(&t, project, tasks, sizeof tasks - 1);
    program_fixture_settings(&t, "config.yaml", settings);
}

/* ---- the title */

static const char *after(struct lw_pty *p, const char *from, const char *text)
{
    const char *at = strstr(from, text);
    if (!at)
        lw_pty_fail(p, "the terminal was not told: %s", text + 1);
    return at;
}

static void the_title_says_how_far_it_is_and_is_given_back(void **state)
{
    (void)state;
    make(PLAIN "terminal_title: on\n");
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "3\r");
    lw_pty_wait_text(p, "2/2");
    lw_pty_type(p, "q\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    const char *out = lw_pty_output(p, 0);
    const char *at = after(p, out, "\033[22;0t");
    at = after(p, at, "\033]2;" NAME " 0/2\a");
    at = after(p, at, "\033]2;" NAME " 1/2\a");
    at = after(p, at, "\033[23;0t");
    assert_null(strstr(at, "\033]2;"));
    lw_pty_free(p);
    program_fixture_remove(&t);
}

static bool is_told_back(const struct lw_pty *p, void *from)
{
    return strstr(lw_pty_output(p, *(const size_t *)from), "\033[23;0t") != NULL;
}

static void a_crash_gives_it_back_too(void **state)
{
    (void)state;
    make(PLAIN "terminal_title: on\n");
    /* A sanitizer would report instead of dying of the signal. */
    struct lw_pty *p =
        program_fixture_open(&t, 24, 80, (const char *const[]){"ASAN_OPTIONS=handle_segv=0", NULL});
    size_t from = lw_pty_bytes(p);
    lw_pty_signal(p, SIGSEGV);
    lw_pty_wait(p, is_told_back, &from, "the title before");
    assert_int_equal(lw_pty_wait_exit(p), 128 + SIGSEGV);
    lw_pty_free(p);
    program_fixture_remove(&t);
}

static void no_title_is_set_unasked_nor_where_it_would_be_printed(void **state)
{
    (void)state;
    static const struct {
        const char *settings, *term;
    } rows[] = {{PLAIN, "TERM=xterm-256color"}, {PLAIN "terminal_title: on\n", "TERM=linux"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        make(rows[i].settings);
        struct lw_pty *p =
            program_fixture_open(&t, 24, 80, (const char *const[]){rows[i].term, NULL});
        lw_pty_type(p, "3\r");
        lw_pty_wait_text(p, "2/2");
        assert_null(strstr(lw_pty_output(p, 0), "\033]2;"));
        assert_null(strstr(lw_pty_output(p, 0), "\033[22;0t"));
        program_fixture_leave(p);
        program_fixture_remove(&t);
    }
}

/* ---- sync --watch */

static void label_one(void)
{
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "3\r");
    lw_pty_wait_text(p, "2/2");
    program_fixture_kill(p);
}

static bool says(const struct lw_pty *p, void *text)
{
    return strstr(lw_pty_output(p, 0), text) != NULL;
}

static void a_watch_notifies_when_something_was_sent_and_when_it_ends(void **state)
{
    (void)state;
    static const struct {
        const char *settings, *sent, *ended;
    } rows[] = {
        {PLAIN "notify: osc9\n", "\033]9;Pairs,^[]2,x^G of words: all sent\a",
            "\033]9;Pairs,^[]2,x^G of words: sync has ended\a"},
        {PLAIN "notify: osc777\n", "\033]777;notify;Pairs,^[]2,x^G of words;all sent\a",
            "\033]777;notify;Pairs,^[]2,x^G of words;sync has ended\a"},
        {PLAIN, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        make(rows[i].settings);
        label_one();
        const char **env = program_fixture_env(&t, NULL);
        const char *argv[] = {getenv("LW_PROGRAM"), "sync", "--watch", t.path, NULL};
        struct lw_pty *p = lw_pty_start(24, 80, env, argv);
        lw_pty_wait_text(p, "1 sent.");
        if (rows[i].sent)
            lw_pty_wait(p, says, (void *)(uintptr_t)rows[i].sent, "the notification");
        lw_pty_signal(p, SIGTERM);
        assert_int_equal(lw_pty_wait_exit(p), 130);
        if (rows[i].ended)
            assert_true(says(p, (void *)(uintptr_t)rows[i].ended));
        else
            assert_null(strstr(lw_pty_output(p, 0), "\033]"));
        assert_null(strstr(lw_pty_output(p, 0), "secret"));
        lw_pty_free(p);
        free(env);
        program_fixture_remove(&t);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_title_says_how_far_it_is_and_is_given_back),
        cmocka_unit_test(a_crash_gives_it_back_too),
        cmocka_unit_test(no_title_is_set_unasked_nor_where_it_would_be_printed),
        cmocka_unit_test(a_watch_notifies_when_something_was_sent_and_when_it_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
