/* What curses draws, gathered: a frame is one write to the terminal.
 *
 * curses has a buffer for a whole screen, yet empties it whenever it moves the cursor (ncurses 6.4,
 * mvcur): a frame goes out in as many writes as rows changed. Over SSH each may be a packet of its
 * own, and the terminal shows the frame in parts. */
#ifndef LABELWRIGHT_TUI_ONE_WRITE_INTERNAL_H
#define LABELWRIGHT_TUI_ONE_WRITE_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/base/sys.h"

#include <stdbool.h>
#include <stdio.h>

struct lw_one_write {
    FILE *file; /* for curses: the terminal, under a number of its own */
    int memory; /* where it leads while a frame is gathered; -1: curses writes as it likes */
    bool gathers;
};

/* `file` is stdout where there is no other. */
void lw_one_write_init(struct lw_one_write *o, const struct lw_sys *sys);
void lw_one_write_fini(struct lw_one_write *o);

/* From here on nothing that curses writes reaches the terminal; false when that cannot be … */
bool lw_one_write_begin(struct lw_one_write *o);

/* … until here; adds it to `to` (NULL: it is lost). False when it could not be read back: then draw
 * all anew. Fine without a begin. */
bool lw_one_write_end(struct lw_one_write *o, struct lw_buf *to);

/* To the terminal, all of it, also where another program has told it not to wait (O_NONBLOCK). A
 * dead terminal is noticed when reading. */
void lw_one_write_send(const struct lw_sys *sys, const char *s, size_t n);

#endif
