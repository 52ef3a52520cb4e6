/* The start screen, for somebody who names nothing to open. */
#ifndef LABELWRIGHT_TUI_START_H
#define LABELWRIGHT_TUI_START_H

#include "labelwright/config/config.h"

struct lw_start_opts {
    const struct lw_sys *sys;
    const struct lw_config *config;
    const char *theme;   /* NULL: the config's, else the default */
    const char *samples; /* the folder with samples */
};

enum lw_start_want {
    LW_START_WANTS_NOTHING, /* to leave */
    LW_START_WANTS_PATH,    /* to label a project or a file of tasks */
    LW_START_WANTS_COPY,    /* a project folder of a file of tasks in this folder, then label it */
    LW_START_WANTS_SAMPLE   /* the same of a sample */
};

/* Shows it until somebody chooses. `what`: the path, or the name of file or sample; new. The status
 * is 130 when a signal or the end of the terminal ended it. LW_EUSAGE, LW_EIO: no terminal that can
 * show it; LW_EBAD, LW_EABSENT: the theme. */
enum lw_code lw_start_run(const struct lw_start_opts *opts, enum lw_start_want *want, char **what,
    int *status, struct lw_err *err);

#endif
