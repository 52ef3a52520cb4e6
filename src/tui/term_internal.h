/* The terminal: the only user of curses. Blits frames, hands out raw bytes. */
#ifndef LABELWRIGHT_TUI_TERM_INTERNAL_H
#define LABELWRIGHT_TUI_TERM_INTERNAL_H

#include "labelwright/base/err.h"
#include "labelwright/base/sys.h"
#include "labelwright/config/config.h"
#include "labelwright/picture/picture.h"
#include "tui/theme_internal.h"
#include "tui/view/frame_internal.h"

#include <sys/types.h>

struct lw_term;

/* Takes over the terminal on stdin/stdout: alternate screen, no echo, bracketed paste, flow control
 * off. LC_CTYPE must be UTF-8 (lw_locale_init). Signal handlers stay as they are; a changed size is
 * noticed by lw_term_size. One terminal at a time. `sys` and `theme` stay the caller's
 * and must outlive it.
 * An unknown TERM is tried again as xterm-256color with a word in `*note` (static text, NULL
 * when there is none). NO_COLOR, or a terminal without colours, keeps attributes only.
 * LW_EUSAGE when stdin or stdout is no terminal; LW_EIO when curses cannot drive it. */
struct lw_term *lw_term_open(
    const struct lw_sys *sys, const struct lw_theme *theme, const char **note, struct lw_err *err);
void lw_term_close(struct lw_term *t); /* restores everything; NULL is fine */
void lw_term_restore(void);            /* for the out-of-memory hook: as close, without freeing */

/* How new a Unicode the terminal knows is asked when it is opened, and its answer goes to
 * lw_glyph_set_newest(). Before the first frame: waits a moment for it, not at all when keys came.
 * Later ones come with what is read: true once, and all that was wrapped must be wrapped anew. */
void lw_term_await_newest(struct lw_term *t);
bool lw_term_learned(struct lw_term *t);

/* The colours and characters it has for pictures: colours from 16 on, where pairs of them are
 * plenty.
 */
struct lw_picture_look lw_term_picture_look(const struct lw_term *t);

/* Asks the terminal whether it shows pixels, and waits a moment for its answers; keys that came
 * meanwhile are there to read, without poll() knowing. False when it is not asked: once is enough,
 * or the user or the terminal wants none. Later answers: lw_term_learned(). */
bool lw_term_ask_pixels(struct lw_term *t, enum lw_pictures_by by);

/* What a crash must write: the terminal may keep pictures. Static text. */
const char *lw_term_last_words(const struct lw_term *t);

void lw_term_size(struct lw_term *t, int *rows, int *cols); /* asks the kernel anew */
void lw_term_draw(struct lw_term *t, const struct lw_frame *f);
/* Whether scripts from right to left are put in order, and Arabic joined, before they are sent; for
 * terminals that do neither. Not so at the start. */
void lw_term_arrange(struct lw_term *t, bool ours);
void lw_term_redraw(struct lw_term *t); /* the next show repaints everything, in the colours that
                                           the theme then has */

/* Writes what is no part of the screen and moves nothing there: an operating system command (OSC),
 * or about the title. False where the terminal would print it instead. */
bool lw_term_tell(struct lw_term *t, const char *sequence);

/* Codes (key_internal.h) from the keyboard, at most n, without waiting for the first one: > 0 how
 * many, 0 none there, -1 the terminal is gone. Call until it gives 0: what curses holds already,
 * poll() does not see. Nothing is a signal: ^C, ^Z, ^\, ^S and ^Q come as keys. */
ssize_t lw_term_read(struct lw_term *t, int *to, size_t n);
int lw_term_fd(const struct lw_term *t); /* to poll */

/* How many ms an Esc may wait for what follows: ESCDELAY of the environment, else 100. */
int lw_term_escdelay(const struct lw_term *t);

/* ^Z: gives the terminal back, stops the process group as the terminal's own ^Z would, takes it
 * again when continued. Ask for the size afterwards. */
void lw_term_suspend(struct lw_term *t);

/* Gives the terminal to a child such as $EDITOR, and takes it again. */
void lw_term_leave(struct lw_term *t);
void lw_term_enter(struct lw_term *t);

#endif
