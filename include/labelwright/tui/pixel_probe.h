/* What the terminal itself says of pixels: the kitty graphics protocol, sixel, how large a cell is.
 * Pure: who writes and reads is term.c, or doctor.
 *
 * It only looks on: what comes from the terminal goes to the keyboard as well, whose decoder drops
 * answers as it drops all that is no key. So no answer, however late or broken, can take a key
 * away. */
#ifndef LABELWRIGHT_TUI_PIXEL_PROBE_H
#define LABELWRIGHT_TUI_PIXEL_PROBE_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stddef.h>

enum { LW_PROBE_ANSWER_MAX = 256 /* longer ones are none */ };

enum lw_probe_stage {
    LW_PROBE_NOT_ASKED,
    LW_PROBE_KIND,   /* what kind of terminal it is */
    LW_PROBE_PIXELS, /* what it does with pixels: only some are asked */
    LW_PROBE_DONE
};

/* Zero-initialise. */
struct lw_pixel_probe {
    enum lw_probe_stage stage;
    bool asked_more;                      /* the second questions were written */
    int kind;                             /* of its secondary device attributes; -1: it told none */
    bool kitty, sixel;                    /* it said so */
    int cell_w, cell_h;                   /* pixels; 0: not known */
    bool told_size;                       /* it told them; else they were found out */
    int colours;                          /* of sixel, at once; 0: not said */
    int max_w, max_h;                     /* of a sixel picture, in pixels; 0: not said */
    bool began;                           /* Esc: the codes behind it may become an answer: */
    char answer[LW_PROBE_ANSWER_MAX + 1]; /* without Esc */
    size_t n;
};

/* Appends the first questions. They print nothing on any terminal that knows ESC [. */
void lw_probe_ask(struct lw_pixel_probe *p, struct lw_buf *to);

/* Whether there are second questions now. lw_probe_ask_more() appends them. A terminal that does
 * not know them may print some characters: `before` goes where a line can be erased, `behind`
 * erases it. */
bool lw_probe_has_more(const struct lw_pixel_probe *p);
void lw_probe_ask_more(
    struct lw_pixel_probe *p, const char *before, const char *behind, struct lw_buf *to);

/* Appends the questions for what changes with the font and the window. */
void lw_probe_ask_size(const struct lw_pixel_probe *p, struct lw_buf *to);

/* Finds the size of a cell where it is not told: xterm does not by default, but limits sixel to its
 * window. `width` and `height` are those of the terminal as the kernel has them, which may count
 * its borders; 0: not known. */
void lw_probe_find_size(struct lw_pixel_probe *p, int rows, int cols, int width, int height);

bool lw_probe_waits(const struct lw_pixel_probe *p); /* answers are missing */

/* One code from the terminal, of an answer or of the user; true when more is known than before. */
bool lw_probe_see(struct lw_pixel_probe *p, int code);

#endif
