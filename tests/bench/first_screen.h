/* The first screen of a session. Builds before 2026-11-28 show a notice first when they have made
 * the project of a file. */
#ifndef LABELWRIGHT_TESTS_BENCH_FIRST_SCREEN_H
#define LABELWRIGHT_TESTS_BENCH_FIRST_SCREEN_H

#include "fixtures/pty.h"

#include <string.h>

#define FIRST_SCREEN "? help"
#define FORMER_NOTICE "BEFORE YOU START"

static inline bool first_screen_shows(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    return strstr(lw_pty_screen(p), FIRST_SCREEN) || strstr(lw_pty_screen(p), FORMER_NOTICE);
}

/* Until either is there. */
static inline void first_screen_wait(struct lw_pty *p)
{
    lw_pty_wait(p, first_screen_shows, NULL, FIRST_SCREEN);
}

static inline void first_screen_leave(struct lw_pty *p)
{
    if (strstr(lw_pty_screen(p), FORMER_NOTICE))
        lw_pty_type(p, "\r");
    lw_pty_wait_text(p, FIRST_SCREEN);
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

#endif
