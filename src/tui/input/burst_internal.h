/* Keys that arrive together. A paste without brackets, as GNU screen makes it, is nothing but a
 * burst of keys; so are the few that a stalled line held back, and a key held down. */
#ifndef LABELWRIGHT_TUI_INPUT_BURST_INTERNAL_H
#define LABELWRIGHT_TUI_INPUT_BURST_INTERNAL_H

#include "tui/input/key_internal.h"

/* Whether the n keys of one read are more than a hand types meanwhile, and so a paste: text on both
 * sides of a line end, or one long line. `typing`: they go into a text, where only line ends make a
 * difference, as they would end it. Keys that no text holds do not count. */
bool lw_burst_is_paste(const struct lw_key *keys, size_t n, bool typing);

/* The keys as the text that was pasted; line ends are LF. */
void lw_burst_text(const struct lw_key *keys, size_t n, struct lw_buf *to);

#endif
