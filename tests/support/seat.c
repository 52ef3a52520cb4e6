#define _GNU_SOURCE
#include "seat.h"
#include "wait.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* A task, or what must be read before it. */
static void pass_notices(struct seat *s)
{
    int64_t deadline = lw_test_now_ms() + LW_PTY_PATIENCE_MS;
    while (!strstr(seat_screen(s), "? help") && !strstr(seat_screen(s), "BEFORE YOU START")) {
        if (lw_test_now_ms() > deadline)
            seat_fail(s, "neither a task nor a notice");
        lw_test_pause(10);
    }
    if (strstr(seat_screen(s), "BEFORE YOU START"))
        seat_type(s, "\r");
    seat_wait(s, "? help");
}

static bool start_tmux(struct seat *s)
{
    const char **env = trial_env(s->trial, NULL);
    s->tmux =
        lw_tmux_start(24, 80, env, (const char *const[]){s->trial->program, s->trial->path, NULL});
    free(env);
    if (s->tmux)
        pass_notices(s);
    return s->tmux != NULL;
}

bool seat_take(struct seat *s, const struct trial *t, bool tmux)
{
    *s = (struct seat){.trial = t};
    if (tmux)
        return start_tmux(s);
    s->pty = trial_open(t, 24, 80, NULL);
    return true;
}

void seat_type(struct seat *s, const char *keys)
{
    if (s->pty)
        lw_pty_type(s->pty, keys);
    else
        lw_tmux_type(s->tmux, keys);
}

void seat_wait(struct seat *s, const char *text)
{
    if (s->pty)
        lw_pty_wait_text(s->pty, text);
    else
        lw_tmux_wait_text(s->tmux, text);
}

const char *seat_screen(struct seat *s)
{
    return s->pty ? lw_pty_screen(s->pty) : lw_tmux_screen(s->tmux, false);
}

static const char *ask(struct seat *s, const char *format)
{
    return lw_tmux_command(s->tmux, (const char *const[]){"display-message", "-p", format, NULL});
}

static int pane_pid(struct seat *s)
{
    int pid = atoi(ask(s, "#{pane_pid}"));
    assert_true(pid > 1);
    return pid;
}

/* Until tmux has taken note. tmux 3.3a loses a SIGCHLD now and then, and the program stays a
 * zombie; the end of another child makes it look again. That one, too, may be lost: nobody waits
 * for it. */
static void wait_end(struct seat *s, int pid)
{
    int64_t deadline = lw_test_now_ms() + LW_PTY_PATIENCE_MS;
    while (kill(pid, 0) == 0) {
        if (lw_test_now_ms() > deadline)
            seat_fail(s, "the program does not end");
        lw_tmux_command(s->tmux, (const char *const[]){"run-shell", "-b", "true", NULL});
        lw_test_pause(10);
    }
}

static void kill_in_tmux(struct seat *s)
{
    int pid = pane_pid(s);
    assert_int_equal(kill(pid, SIGKILL), 0);
    wait_end(s, pid);
    lw_tmux_kill(s->tmux);
}

void seat_kill(struct seat *s)
{
    if (s->pty)
        trial_kill(s->pty);
    else
        kill_in_tmux(s);
    s->pty = NULL;
    s->tmux = NULL;
}

static void leave_in_tmux(struct seat *s)
{
    int pid = pane_pid(s);
    seat_type(s, "q");
    seat_wait(s, "LEAVING");
    seat_type(s, "\r");
    wait_end(s, pid);
    assert_string_equal(ask(s, "#{pane_dead_status}"), "0\n");
    lw_tmux_kill(s->tmux);
}

void seat_leave(struct seat *s)
{
    if (s->pty)
        trial_leave(s->pty);
    else
        leave_in_tmux(s);
    s->pty = NULL;
    s->tmux = NULL;
}

void seat_fail(struct seat *s, const char *why)
{
    fprintf(stderr, "%s\n---- screen ----\n%s----\n", why, seat_screen(s));
    fail();
}
