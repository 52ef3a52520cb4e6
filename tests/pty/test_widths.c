/* doctor asks the terminal how wide it draws things: libvterm here, and tmux, which agrees. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/shared_data.h"
#include "fixtures/tmux.h"

static const char agreed[] = "widths      16 of 16 kinds of text correct";

static void agrees_with_libvterm_and_leaves_no_trace(void **state)
{
    (void)state;
    const char *argv[] = {"/bin/sh", "-c", "echo before; \"$0\" doctor; stty -a; echo behind",
        getenv("LW_PROGRAM"), NULL};
    struct lw_pty *p = lw_pty_start(24, 120, NULL, argv);
    lw_pty_wait_text(p, "behind");
    lw_pty_wait_text(p, " echo "); /* the terminal is as it was: no "-echo" */
    const char *line = strstr(lw_pty_screen(p), agreed);
    assert_non_null(line);
    assert_true(line[-1] == '\n' && strncmp(line + strlen(agreed), "\nconfig ", 8) == 0);
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void agrees_with_tmux(void **state)
{
    (void)state;
    const char *argv[] = {getenv("LW_PROGRAM"), "doctor", NULL};
    struct lw_tmux *t = lw_tmux_start(24, 120, NULL, argv);
    if (!t)
        skip();
    lw_tmux_wait_text(t, "config ");
    assert_non_null(strstr(lw_tmux_screen(t, false), agreed));
    lw_tmux_kill(t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_libvterm_and_leaves_no_trace),
        cmocka_unit_test(agrees_with_tmux),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
