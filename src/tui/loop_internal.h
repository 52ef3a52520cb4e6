/* The loop: one thread that waits for keys, signals and time, and indexes while nothing is typed.
 */
#ifndef LABELWRIGHT_TUI_LOOP_INTERNAL_H
#define LABELWRIGHT_TUI_LOOP_INTERNAL_H

#include "tui/app/app_internal.h"
#include "tui/in_use_internal.h"
#include "tui/term_internal.h"

/* Runs until the user leaves, the terminal goes away, or SIGTERM or SIGHUP asks to end. Drafts are
 * saved on every way out. Returns the exit status: 0, 128 + SIGQUIT when that was asked for, or 130
 * when a signal or the end of the terminal ended it. Of `config` the editor counts and what is
 * taken for a paste. */
int lw_loop_run(struct lw_app *app, struct lw_term *t, struct lw_tasks *tasks,
    const struct lw_config *config, const struct lw_in_use *in_use);

#endif
