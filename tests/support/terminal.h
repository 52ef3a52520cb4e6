/* A program on a pseudo-terminal, its screen kept by libvterm.
 *
 * Nothing here sleeps: every wait reads what the program writes until a condition on the screen
 * holds. A deadline only turns a hang into a failure, which prints the screen. Failures are
 * cmocka's, so all of it is for the bodies of cmocka tests. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_TERMINAL_H
#define LABELWRIGHT_TESTS_SUPPORT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LW_PTY_PATIENCE_MS = 20000 };

struct lw_pty;

/* Starts argv (argv[0] is the path) in a clean environment: PATH, HOME=/nonexistent,
 * LC_ALL=C.UTF-8, TERM=xterm-256color, and what `env` (NAME=VALUE strings, NULL-terminated; NULL
 * for none) adds or replaces; "NAME" alone unsets. */
struct lw_pty *lw_pty_start(int rows, int cols, const char *const *env, const char *const *argv);
void lw_pty_free(struct lw_pty *p); /* kills what still runs; NULL is fine */

void lw_pty_send(struct lw_pty *p, const void *bytes, size_t n);
void lw_pty_type(struct lw_pty *p, const char *s); /* the same for a string */
void lw_pty_resize(struct lw_pty *p, int rows, int cols);
void lw_pty_signal(struct lw_pty *p, int sig);
void lw_pty_hangup(struct lw_pty *p); /* closes the terminal under the program */
int lw_pty_pid(const struct lw_pty *p);

/* Waits until the condition holds; `what` names it in the failure. */
typedef bool lw_pty_condition(const struct lw_pty *p, void *ctx);
void lw_pty_wait(struct lw_pty *p, lw_pty_condition *holds, void *ctx, const char *what);

void lw_pty_wait_text(struct lw_pty *p, const char *text);         /* somewhere on the screen */
void lw_pty_wait_gone(struct lw_pty *p, const char *text);         /* nowhere on the screen */
void lw_pty_wait_row(struct lw_pty *p, int row, const char *text); /* the whole row, trimmed */
void lw_pty_wait_screen(struct lw_pty *p, const char *rows);       /* as lw_frame_print() prints */
void lw_pty_wait_cursor(struct lw_pty *p, int row, int col);
int lw_pty_wait_exit(struct lw_pty *p); /* the exit status, 128 + signal when killed */

/* Reads until the program was silent for `ms`: only to count bytes, never to wait for a result. */
void lw_pty_settle(struct lw_pty *p, int ms);

/* Bytes the program has written so far, as read by the waits; subtract two of them. */
size_t lw_pty_bytes(const struct lw_pty *p);
/* What it wrote, escape sequences and all, since byte `from`; NUL-terminated, borrowed. */
const char *lw_pty_output(const struct lw_pty *p, size_t from);

/* The screen as lines without trailing spaces; borrowed until the next call. */
const char *lw_pty_screen(const struct lw_pty *p);
const char *lw_pty_row(const struct lw_pty *p, int row);

/* How one cell looks. Colours are palette numbers, -1 for the default, -2 for RGB. */
struct lw_pty_cell {
    char text[32];
    int width, fg, bg;
    bool bold, italic, underline, reverse;
};
struct lw_pty_cell lw_pty_cell_at(const struct lw_pty *p, int row, int col);
void lw_pty_cursor(const struct lw_pty *p, int *row, int *col, bool *shown);
bool lw_pty_in_alternate_screen(const struct lw_pty *p);

/* Fails the test with the printf-like message and the screen. */
void lw_pty_fail(const struct lw_pty *p, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
