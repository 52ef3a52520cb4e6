/* What the terminal is told beside the screen: its clipboard. */
#ifndef LABELWRIGHT_TUI_ANNOUNCE_INTERNAL_H
#define LABELWRIGHT_TUI_ANNOUNCE_INTERNAL_H

#include "tui/term_internal.h"

/* Puts the n bytes on the clipboard of the terminal, wherever that runs (OSC 52); nothing else is
 * ever sent so. False when there are more than LW_TERM_COPY_MAX, which terminals do not take, or
 * the terminal would print the request. Whether it obeys, no terminal says. */
enum { LW_TERM_COPY_MAX = 74994 };
bool lw_term_copy(struct lw_term *t, const char *s, size_t n);

#endif
