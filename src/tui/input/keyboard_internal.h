/* Keys as they come in time: what waits for the rest of a sequence, and what came too fast for
 * hands and so is a paste. It never reads and never sleeps: the loop feeds it, and asks how long to
 * wait. */
#ifndef LABELWRIGHT_TUI_INPUT_KEYBOARD_INTERNAL_H
#define LABELWRIGHT_TUI_INPUT_KEYBOARD_INTERNAL_H

#include "labelwright/base/sys.h"
#include "tui/input/key_internal.h"

/* How long to wait for more after lw_keyboard_end_read(), in ms. A serial line, a remote console or
 * a tool that types for its user brings a paste key by key. Hands leave longer gaps, but for a pair
 * now and then; nobody sees an answer come that much later. */
enum { LW_GATHER_MS = 15 };

struct lw_keyboard;

/* `sys` gives the clock and is borrowed. `escdelay`: ms that an Esc waits for what follows.
 * `paste_guard`: keys that no hand types become a paste, and no answers. */
struct lw_keyboard *lw_keyboard_new(const struct lw_sys *sys, int escdelay, bool paste_guard);
void lw_keyboard_free(struct lw_keyboard *k); /* NULL is fine */

/* Codes of one read, in any pieces. `typing` as in lw_keyboard_next(). True when the next codes may
 * belong to the same paste: wait LW_GATHER_MS for them before taking keys. */
void lw_keyboard_feed(struct lw_keyboard *k, const int *codes, size_t n);
bool lw_keyboard_end_read(struct lw_keyboard *k, bool typing);

/* The next key; false when there is none now. LW_KEY_PASTE comes with its text, borrowed until the
 * next call; `cut`: it was longer than 1 MiB. `typing`: keys go into a text just now, which the key
 * before may have changed. */
struct lw_pasted {
    const char *text;
    size_t n;
    bool cut;
};
bool lw_keyboard_next(
    struct lw_keyboard *k, bool typing, struct lw_key *to, struct lw_pasted *pasted);

/* True while a key is not whole. */
bool lw_keyboard_waits(const struct lw_keyboard *k);

/* Milliseconds that it may still wait for its rest; -1 when nothing waits. At 0 call
 * lw_keyboard_timeout(), which makes a key of what is there. */
int lw_keyboard_wait_ms(const struct lw_keyboard *k);
void lw_keyboard_timeout(struct lw_keyboard *k);

#endif
