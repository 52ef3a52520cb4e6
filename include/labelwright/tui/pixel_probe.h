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
    int cell_w, cell_h;                   /* pixels; 0: not said */
    int colours;                          /* of sixel, at once; 0: not said */
    int max_w, max_h;                     /* of a sixel picture, in pixels; 0: not said */
    bool began;                           /* Esc: the codes behind it may become an answer: */
    char answer[LW_PROBE_ANSWER_MAX + 1]; /* without Esc */
    size_t n;
};

/* Appends the first questions. They print nothing on any terminal that knows ESC [. */
void lw_probe_ask(struct lw_pixel_probe *p, struct lw_buf *to);

/* Whether there are second questions now. lw_probe_ask_more() appends them: a terminal that does
 * not know them may print some characters, so write them where a line can be erased. */
bool lw_probe_has_more(const struct lw_pixel_probe *p);
void lw_probe_ask_more(struct lw_pixel_probe *p, struct lw_buf *to);

/* Appends the question for the size of a cell, which changes with the font; nothing where the
 * answer did not come the first time. */
void lw_probe_ask_size(const struct lw_pixel_probe *p, struct lw_buf *to);

bool lw_probe_waits(const struct lw_pixel_probe *p); /* answers are missing */

/* One code from the terminal, of an answer or of the user; true when more is known than before. */
bool lw_probe_see(struct lw_pixel_probe *p, int code);

#endif
