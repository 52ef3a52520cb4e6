/* About the screen, without labeling: keys, themes and the terminal. */
#ifndef LABELWRIGHT_TUI_HELP_H
#define LABELWRIGHT_TUI_HELP_H

#include "labelwright/base/buf.h"
#include "labelwright/base/sys.h"
#include "labelwright/config/config.h"
#include "labelwright/project/project.h"
#include "labelwright/sitting/command.h"

/* Adds the mistakes in the user's keys and theme to `p`; true for none. `sys` reads the theme. */
bool lw_help_check_config(
    const struct lw_sys *sys, const struct lw_config *c, struct lw_problems *p);

/* Calls `each` with every command, in the order of the table, and its keys under the user's config,
 * joined by spaces ("" for none). Mistakes in the keys go to `p`, clashes with both commands; false
 * when there are any. */
bool lw_help_list_keys(const struct lw_config *c,
    void (*each)(void *ctx, const struct lw_command_row *row, const char *keys), void *ctx,
    struct lw_problems *p);

/* What is wrong with the macros of the user and of the project goes to `mistakes`, keys that others
 * have included; which of the user's own are about other projects to `absent` (NULL: not wanted).
 * True for no mistake. */
bool lw_help_check_macros(const struct lw_config *c, const struct lw_project *project,
    struct lw_problems *mistakes, struct lw_problems *absent);

/* An existing theme: compiled in, or a file in the user's folder of themes. */
struct lw_theme_about {
    const char *name, *title; /* title NULL when it cannot be read */
    bool users, is_default;
    char *preview;   /* sample lines in its colours, for the `colours` asked for */
    const char *why; /* what is wrong with it; NULL when it can be used */
};

/* Calls `each` with all themes: the default, the others compiled in, then the user's by name. A
 * user's theme replaces one of the same name. `colours`: 0 for attributes only, 16, 256; -1 for no
 * preview. */
void lw_help_list_themes(const struct lw_sys *sys, int colours,
    void (*each)(void *ctx, const struct lw_theme_about *t), void *ctx);

/* What stdout is. */
struct lw_terminal {
    bool is_terminal;
    char name[64];     /* TERM; "" when not set */
    bool known;        /* terminfo has it */
    bool fit;          /* it can place the cursor, or it is unknown and another TERM works for it */
    int colours;       /* 0 for none, or under NO_COLOR */
    int rows, cols;    /* 0 when unknown */
    int width, height; /* pixels, with its borders; 0 when unknown */
};
enum { LW_ROWS_LEAST = 16, LW_COLS_LEAST = 60 }; /* what a session needs */
void lw_help_find_terminal(struct lw_terminal *to);
/* An emoji of each version of Unicode from 9 on, and the version: on a terminal that knows it two
 * columns wide (LW_EMOJI_COLS). NULL behind the newest that the C library knows. */
enum { LW_EMOJI_COLS = 2 };
const char *lw_help_emoji(size_t i, int *version);

const char *lw_help_curses_version(void); /* "ncurses 6.4.20221231" */

#endif
