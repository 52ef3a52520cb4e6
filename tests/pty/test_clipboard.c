/* Copies reach the clipboard of the terminal only where the user asked for that, byte for byte; and
 * the keys that select arrive as terminals and tmux send them. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/program_fixture.h"
#include "fixtures/tmux.h"
#include "fixtures/wait.h"

static const char project[] = "labelwright: 1\n"
                              "tasks: [tasks.jsonl]\n"
                              "questions:\n"
                              "  - {name: fix, type: edit, on: response}\n";
#define ORIGINAL "one two three"
#define ASKED "annotator: ana\ndigit_guard_ms: 0\nclipboard: osc52\n"

static void make(struct program_fixture *t, const char *settings)
{
    static const char task[] = "{\"id\":\"t0\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\","
                               "\"text\":\"" ORIGINAL "\"}]}\n";
    program_fixture_make(t, project, task, sizeof task - 1);
    if (settings)
        program_fixture_settings(t, "config.yaml", settings);
}

static struct lw_pty *start(struct program_fixture *t, const char *settings, const char *term)
{
    make(t, settings);
    struct lw_pty *p = program_fixture_open(t, 24, 80, (const char *const[]){term, NULL});
    lw_pty_type(p, "e");
    lw_pty_wait_text(p, "EDIT  response");
    return p;
}

static void end(struct program_fixture *t, struct lw_pty *p)
{
    lw_pty_type(p, "\x03");
    lw_pty_wait_gone(p, "EDIT  response");
    program_fixture_leave(p);
    program_fixture_remove(t);
}

#define SHIFT_RIGHT "\033[1;2C"
#define SHIFT_END "\033[1;2F"
#define CUT "\x0b"
#define COPY "\033[15~"

static void nothing_is_sent_unasked(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = start(&t, NULL, "TERM=xterm-256color");
    lw_pty_type(p, SHIFT_END COPY);
    lw_pty_wait_text(p, "Copied.");
    lw_pty_type(p, "\033[H" CUT);
    lw_pty_wait_text(p, "[-one two three-]");
    assert_null(strstr(lw_pty_output(p, 0), "\033]"));
    end(&t, p);
}

static void what_is_copied_or_cut_is_sent_when_asked_for(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = start(&t, ASKED, "TERM=xterm-256color");
    lw_pty_type(p, SHIFT_RIGHT SHIFT_RIGHT SHIFT_RIGHT COPY);
    lw_pty_wait_text(p, "Copied.");
    assert_non_null(strstr(lw_pty_output(p, 0), "\033]52;c;b25l\a"));
    size_t from = lw_pty_bytes(p);
    lw_pty_type(p, "tiếng " CUT);
    lw_pty_wait_text(p, "onetiếng");
    lw_pty_wait_gone(p, "two three]");
    assert_non_null(strstr(lw_pty_output(p, from), "\033]52;c;IHR3byB0aHJlZQ==\a"));
    const char *first = strstr(lw_pty_output(p, 0), "\033]");
    assert_non_null(first);
    assert_int_equal(strncmp(first, "\033]52;c;", 7), 0);
    end(&t, p);
}

static void a_long_copy_stays_here_and_says_so(void **state)
{
    (void)state;
    enum { TOO_LONG = 74995 };
    struct program_fixture t;
    struct lw_pty *p = start(&t, ASKED, "TERM=xterm-256color");
    char *text = lw_alloc(TOO_LONG + 1);
    memset(text, 'x', TOO_LONG);
    lw_pty_type(p, "\033[20~\033[200~"); /* all selected, and pasted over */
    lw_pty_type(p, text);
    lw_pty_type(p, "\033[201~");
    lw_pty_wait_text(p, "xxxxx");
    lw_pty_type(p, "\033[20~" COPY);
    lw_pty_wait_text(p, "Copied here only: more than 74994 bytes");
    lw_pty_type(p, "\033[20~" SHIFT_RIGHT "\033[1;2D" COPY);
    assert_null(strstr(lw_pty_output(p, 0), "\033]"));
    free(text);
    end(&t, p);
}

static void a_console_that_would_print_it_gets_none(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = start(&t, ASKED, "TERM=linux");
    lw_pty_type(p, "\033[20~" COPY);
    lw_pty_wait_text(p, "Copied here only: this terminal has no clipboard.");
    assert_null(strstr(lw_pty_output(p, 0), "\033]"));
    end(&t, p);
}

/* From the screen of a task: the pane's text, and the task's id. */
static void what_is_read_is_copied_when_asked_for(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t, ASKED);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "\033c");
    lw_pty_wait_text(p, "Copied response to the clipboard: 13 bytes.");
    assert_non_null(strstr(lw_pty_output(p, 0), "\033]52;c;b25lIHR3byB0aHJlZQ==\a"));
    lw_pty_type(p, "\033C");
    lw_pty_wait_text(p, "Copied the task's id to the clipboard: 2 bytes.");
    assert_non_null(strstr(lw_pty_output(p, 0), "\033]52;c;dDA=\a"));
    program_fixture_leave(p);
    program_fixture_remove(&t);
    make(&t, NULL);
    p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "\033c");
    lw_pty_wait_text(p, "Not copied: for your terminal's clipboard, set clipboard: osc52");
    assert_null(strstr(lw_pty_output(p, 0), "\033]"));
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

static void wait_end(struct lw_tmux *m)
{
    const char *ask[] = {"display-message", "-p", "#{pane_dead}", NULL};
    int64_t until = lw_test_now_ms() + LW_PTY_PATIENCE_MS;
    while (*lw_tmux_command(m, ask) != '1' && lw_test_now_ms() < until)
        lw_test_pause(10);
}

static void shifted_keys_select_under_tmux(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t, NULL);
    const char **env = program_fixture_env(&t, NULL);
    struct lw_tmux *m = lw_tmux_start(
        24, 80, env, (const char *const[]){getenv("LW_PROGRAM"), "label", t.path, NULL});
    free(env);
    if (!m)
        skip();
    lw_tmux_wait_text(m, "? help");
    lw_tmux_keys(m, "e");
    lw_tmux_wait_text(m, "EDIT  response");
    lw_tmux_keys(m, "S-Right");
    lw_tmux_keys(m, "C-S-Right");
    lw_tmux_wait_text(m, "F5 copy");
    lw_tmux_keys(m, "DC");
    lw_tmux_wait_text(m, "[-one-]");
    lw_tmux_keys(m, "C-Space"); /* NUL: the mark that needs no Shift */
    lw_tmux_keys(m, "End");
    lw_tmux_keys(m, "DC");
    lw_tmux_wait_text(m, "[-one two three-]");
    lw_tmux_keys(m, "C-c");
    lw_tmux_wait_gone(m, "EDIT  response");
    lw_tmux_keys(m, "q");
    lw_tmux_wait_text(m, "LEAVING");
    lw_tmux_keys(m, "Enter");
    wait_end(m);
    lw_tmux_kill(m);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_sent_unasked),
        cmocka_unit_test(what_is_copied_or_cut_is_sent_when_asked_for),
        cmocka_unit_test(what_is_read_is_copied_when_asked_for),
        cmocka_unit_test(a_long_copy_stays_here_and_says_so),
        cmocka_unit_test(a_console_that_would_print_it_gets_none),
        cmocka_unit_test(shifted_keys_select_under_tmux),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
