/* A program inside tmux, on a server of its own: the truth about how wide things are, and how the
 * program looks to somebody over SSH. Waits as in pty.h; failures are cmocka's and print the
 * screen. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_TMUX_H
#define LABELWRIGHT_TESTS_SUPPORT_TMUX_H

#include <stdbool.h>

struct lw_tmux;

/* Starts a detached server on a private socket, without anybody's configuration, with one window of
 * the given size (no status line) that runs argv; the environment as for lw_pty_start(), but TERM
 * is tmux's to say. The window stays when the program ends. NULL when there is no tmux: skip()
 * then. */
struct lw_tmux *lw_tmux_start(int rows, int cols, const char *const *env, const char *const *argv);
void lw_tmux_kill(struct lw_tmux *t); /* the server and all in it; NULL is fine */

void lw_tmux_keys(
    struct lw_tmux *t, const char *keys); /* names as for send-keys: "C-z", "Enter", "x" */
void lw_tmux_type(struct lw_tmux *t, const char *text); /* as it is: send-keys -l */
void lw_tmux_paste(
    struct lw_tmux *t, const char *text); /* as a bracketed paste, if it was asked for */
void lw_tmux_resize(struct lw_tmux *t, int rows, int cols);

/* The screen as text, trailing spaces trimmed; with `escapes` with SGR sequences. Borrowed until
 * the next call. */
const char *lw_tmux_screen(struct lw_tmux *t, bool escapes);
void lw_tmux_cursor(struct lw_tmux *t, int *row, int *col);

void lw_tmux_wait_text(struct lw_tmux *t, const char *text);
void lw_tmux_wait_gone(struct lw_tmux *t, const char *text);
void lw_tmux_wait_cursor(struct lw_tmux *t, int row, int col);

/* Any tmux command on this server, NULL-terminated words; its output, borrowed as above. */
const char *lw_tmux_command(struct lw_tmux *t, const char *const *words);

#endif
