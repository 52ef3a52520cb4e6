/* Whether the terminal is still there. */
#ifndef LABELWRIGHT_TUI_HANGUP_INTERNAL_H
#define LABELWRIGHT_TUI_HANGUP_INTERNAL_H

#include <stdbool.h>

/* Zero-initialise; set to 0 again when something was read. */
struct lw_hangup {
    int barren; /* reads in a row that gave nothing although poll promised */
};

/* After nothing could be read from `fd`: no more than that, or is there nobody any more? Reads may
 * also fail for ever with bytes waiting (an orphan in the background): that is the end too, or the
 * caller would spin. */
bool lw_hangup_seen(struct lw_hangup *h, int fd);

#endif
