/* What the boxes that change settings know: themes and keys. */
#ifndef LABELWRIGHT_TUI_VIEW_SETTINGS_STATE_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_SETTINGS_STATE_INTERNAL_H

#include "labelwright/sitting/command.h"
#include "tui/input/key_internal.h"

/* The themes there are: filled in by the loop, which also shows and keeps them. */
struct lw_theme_choice {
    struct lw_theme_name {
        char *name, *title;
    } * v;
    size_t n;
    size_t at;  /* the one that is shown */
    size_t was; /* the one that was before the box opened */
};

enum lw_remap_stage {
    LW_REMAP_COMMAND, /* which command; as in the palette */
    LW_REMAP_KEY,     /* which key */
    LW_REMAP_HOW      /* instead of the command's keys, or beside them */
};

struct lw_remap {
    enum lw_remap_stage stage;
    enum lw_command_id id;
    struct lw_key key;
    bool beside;
};

#endif
