/* Keys on the start screen. */
#ifndef LABELWRIGHT_TUI_APP_START_KEYS_INTERNAL_H
#define LABELWRIGHT_TUI_APP_START_KEYS_INTERNAL_H

#include "tui/input/key_internal.h"
#include "tui/view/start_state_internal.h"

enum lw_start_act {
    LW_START_NOTHING,
    LW_START_OPEN, /* the marked entry */
    LW_START_MAKE, /* a project of the marked file or sample */
    LW_START_LEAVE,
    LW_START_REDRAW,
    LW_START_SUSPEND
};

/* Marks, scrolls, or says what is to be done. */
enum lw_start_act lw_start_key(struct lw_start_screen *s, struct lw_key key);

/* The marked entry exists and is on the screen; after the list or the size changed. */
void lw_start_follow(struct lw_start_screen *s);

#endif
