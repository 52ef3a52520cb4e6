/* The theme and the keys in use, which may change while a session runs, and are then written into
 * the user's config.yaml. */
#ifndef LABELWRIGHT_TUI_IN_USE_INTERNAL_H
#define LABELWRIGHT_TUI_IN_USE_INTERNAL_H

#include "tui/app/app_internal.h"
#include "tui/term_internal.h"

/* All borrowed; `theme` and `keys` are those that terminal and screens have, and change. */
struct lw_in_use {
    const struct lw_sys *sys;
    const char *file;       /* config.yaml */
    const char *theme_name; /* of the one at the start */
    struct lw_theme *theme;
    struct lw_keymap *keys;
    const struct lw_macros *macros;
};

/* Lists the themes for the screens, when they are first asked for: all are read. Free them behind
 * the screens. */
void lw_in_use_list_themes(const struct lw_in_use *u, struct lw_theme_choice *to);
void lw_theme_choice_fini(struct lw_theme_choice *c);

/* What the screens ask for: show the marked theme, write it down, give a command its new keys. They
 * say how it went. */
void lw_in_use_show_theme(const struct lw_in_use *u, struct lw_app *app, struct lw_term *t);
void lw_in_use_keep_theme(const struct lw_in_use *u, struct lw_app *app);
void lw_in_use_remap(const struct lw_in_use *u, struct lw_app *app);

#endif
