/* What the screen would look like and listen to: keys, themes and the terminal, without labeling.
 */
#ifndef LABELWRIGHT_TUI_HELP_H
#define LABELWRIGHT_TUI_HELP_H

#include "labelwright/base/buf.h"
#include "labelwright/config/config.h"
#include "labelwright/sitting/command.h"

/* Adds what is wrong with keys and theme in the user's settings; true when nothing is. */
bool lw_help_mistakes(const struct lw_config *c, struct lw_problems *p);

/* Calls `each` with every command in the order of the table and its keys under the user's config,
 * joined by blanks ("" for none). What is wrong with the keys goes to `p`, clashes with both
 * owners; false when there was any. */
bool lw_help_keys(const struct lw_config *c,
    void (*each)(void *ctx, const struct lw_command_row *row, const char *keys), void *ctx,
    struct lw_problems *p);

const char *lw_command_group_title(enum lw_command_group g); /* "Labeling" */

/* A theme that there is: compiled in, or a file in the user's folder of themes. */
struct lw_theme_about {
    const char *name, *title; /* title NULL when it cannot be read */
    bool users, is_default;
    char *preview;   /* lines of it in its own colours, for `colours` as asked */
    const char *why; /* what is wrong with it; NULL when it can be used */
};

/* Calls `each` with all of them, the default first, the user's own by name behind those compiled
 * in; a user's own of the same name stands in for one of those. `colours`: 0 for attributes only,
 * 16, 256; -1 for no preview. */
void lw_help_themes(
    int colours, void (*each)(void *ctx, const struct lw_theme_about *t), void *ctx);

/* What stdout is. */
struct lw_terminal {
    bool is_terminal;
    char name[64]; /* TERM; "" when not set */
    bool known;    /* terminfo has it */
    bool fit;      /* it can place the cursor, or it is unknown and something can stand in for it */
    int colours;   /* 0 without, or under NO_COLOR */
    int rows, cols; /* 0 when it does not tell */
};
enum { LW_ROWS_LEAST = 16, LW_COLS_LEAST = 60 }; /* what a sitting needs */
void lw_help_terminal(struct lw_terminal *to);
const char *lw_help_curses(void); /* "ncurses 6.4.20221231" */

#endif
