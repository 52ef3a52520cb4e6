/* The program of a trial on a terminal of either kind: libvterm's or tmux's. So one scenario runs
 * in both. */
#ifndef LABELWRIGHT_TESTS_SUPPORT_SEAT_H
#define LABELWRIGHT_TESTS_SUPPORT_SEAT_H

#include "tmux.h"
#include "trial.h"

struct seat {
    const struct trial *trial;
    struct lw_pty *pty; /* one of the two */
    struct lw_tmux *tmux;
};

/* At 80x24. False when there is no tmux. */
bool seat_take(struct seat *s, const struct trial *t, bool tmux);
void seat_type(struct seat *s, const char *keys); /* bytes as a keyboard sends them */
void seat_wait(struct seat *s, const char *text);
const char *seat_screen(struct seat *s); /* borrowed until the next call */
void seat_kill(struct seat *s);          /* kill -9, and the terminal with it */
void seat_leave(struct seat *s);         /* q, Enter; the program must end with 0 */
void seat_fail(struct seat *s, const char *why);

#endif
