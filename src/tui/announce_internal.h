/* What the terminal is told beside the screen: its clipboard, its title. */
#ifndef LABELWRIGHT_TUI_ANNOUNCE_INTERNAL_H
#define LABELWRIGHT_TUI_ANNOUNCE_INTERNAL_H

#include "labelwright/sitting/sitting.h"
#include "tui/term_internal.h"

/* Puts the n bytes on the clipboard of the terminal, wherever that runs (OSC 52); nothing else is
 * ever sent so. False when there are more than LW_TERM_COPY_MAX, which terminals do not take, or
 * the terminal would print the request. Whether it obeys, no terminal says. */
enum { LW_TERM_COPY_MAX = 74994 };
bool lw_term_copy(struct lw_term *t, const char *s, size_t n);

/* The title of the terminal's window: project and progress, where the user wants that. _take has
 * the terminal remember the title it has, _give_back brings it back. What is set is cleaned: the
 * name of a project comes from outside. */
#define LW_TITLE_BACK "\033[23;0t"
struct lw_title {
    bool wanted;
    uint64_t shown; /* what it says; 0: it is none of ours */
};
void lw_title_take(struct lw_title *title, struct lw_term *t);
void lw_title_show(struct lw_title *title, struct lw_term *t, const struct lw_sitting_view *v);
void lw_title_give_back(struct lw_title *title, struct lw_term *t);

#endif
