/* Labeling at the terminal, from the first frame to the last. */
#ifndef LABELWRIGHT_TUI_TUI_H
#define LABELWRIGHT_TUI_TUI_H

#include "labelwright/config/config.h"
#include "labelwright/proof/identity.h"
#include "labelwright/workspace/workspace.h"

struct lw_tui_opts {
    const struct lw_sys *sys; /* for terminal and theme; the workspace brings its own */
    const struct lw_config *config;
    const char *theme; /* NULL: the config's, else the default */
    const char *task;  /* id or number to begin with; NULL: where the last session stopped */
    const char *only;  /* as lw_sitting_opts has it */
    /* Opens the project; called once theme and keys are known to be right. */
    enum lw_code (*open)(
        void *ctx, struct lw_workspace *to, struct lw_problems *p, struct lw_err *err);
    /* The user left; the terminal is as it was, and the project still open. */
    void (*left)(void *ctx, const struct lw_workspace *w);
    void *ctx;
    struct lw_identity *const *signer; /* signs batches; `open` may set it. NULL inside for none */
};

/* Runs one session. If it could start, `status` is the exit status: 0, or 130 when a signal or the
 * end of the terminal ended it. Otherwise `p` and `err` say what is wrong: theme, keys, project or
 * terminal. */
enum lw_code lw_tui_run(
    const struct lw_tui_opts *opts, int *status, struct lw_problems *p, struct lw_err *err);

#endif
