/* How style roles look: themes/NAME.yaml, compiled in, or the user's own of the same form. */
#ifndef LABELWRIGHT_TUI_THEME_INTERNAL_H
#define LABELWRIGHT_TUI_THEME_INTERNAL_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/yaml/yaml.h"
#include "tui/view/frame_internal.h"

enum { LW_COLOUR_DEFAULT = -1 };

/* Attributes: name, help. */
#define LW_ATTRS(X)                                                                                \
    X(BOLD, bold) X(DIM, dim) X(UNDERLINE, underline) X(REVERSE, reverse) X(ITALIC, italic)

enum lw_attr_bit {
#define X(id, name) LW_ATTR_BIT_##id,
    LW_ATTRS(X)
#undef X
};
#define LW_ATTR(id) (1u << LW_ATTR_BIT_##id)

struct lw_style {
    short fg, bg;     /* LW_COLOUR_DEFAULT, or 0-255 of the terminal's palette */
    short fg16, bg16; /* where the terminal has fewer than 256 colours: 0-15 */
    unsigned attrs;   /* LW_ATTR() bits */
};

enum { LW_FEW_COLOURS = 16, LW_MANY_COLOURS = 256 };

/* The style on a terminal of so many colours: fg, bg and attrs as they are shown there. */
struct lw_style lw_style_on(const struct lw_style *style, int colours);

struct lw_theme {
    char *title;
    struct lw_style style[LW_ROLE_COUNT];
};

/* Reads a theme from n bytes of YAML; every mistake goes to `p` with file:line:col and its cure.
 * Roles that are not named take after `text`. False when it cannot be used. */
bool lw_theme_parse(
    const char *file, const char *bytes, size_t n, struct lw_theme *to, struct lw_problems *p);
void lw_theme_fini(struct lw_theme *t);

/* Finds `name`: $XDG_CONFIG_HOME/labelwright/themes/NAME.yaml, else the one compiled in.
 * LW_EABSENT lists the names there are; LW_EBAD gives the first mistake. */
enum lw_code lw_theme_load(
    const struct lw_sys *sys, const char *name, struct lw_theme *to, struct lw_err *err);

/* Names of the compiled-in themes, NULL-terminated, the default first. */
const char *const *lw_theme_names(void);

/* Calls `each` with the names of the user's own, in no order. */
void lw_theme_users(const struct lw_sys *sys, void (*each)(void *ctx, const char *name), void *ctx);

enum {
    LW_THEME_GAP = 4,                 /* blanks that may look like what stands before them */
    LW_THEME_REACH = LW_THEME_GAP + 1 /* columns from a cell to those that may decide its look */
};

/* The role to show a cell in: its own, or in a short gap that of the cell before the gap, or of the
 * one behind it where the first would show on blanks. Gaps are the few spaces between words of
 * different style. Their colour is invisible; drawn in the style of a word beside them, they save
 * changes of style, which is most of the output for a key. */
enum lw_role lw_theme_role_at(
    const struct lw_frame *f, const struct lw_theme *theme, int row, int col);

#endif
