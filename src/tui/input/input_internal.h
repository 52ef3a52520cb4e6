/* What the terminal sends, decoded. */
#ifndef LABELWRIGHT_TUI_INPUT_INPUT_INTERNAL_H
#define LABELWRIGHT_TUI_INPUT_INPUT_INTERNAL_H

#include "tui/input/key_internal.h"

/* Codes to keys: puts UTF-8 together byte by byte, sees Esc + key as meta, collects a bracketed
 * paste whole (its end marker may be split, or never come). Pure: it never reads, so that a test
 * can cut the stream anywhere. It also knows the common CSI and SS3 sequences as bytes, for those
 * that came in pieces or that terminfo lacks, and drops every other one, and replies to queries,
 * whole: their digits must not become ratings. Bytes that are no UTF-8 are U+FFFD. */
struct lw_input;
struct lw_input *lw_input_new(void);
void lw_input_free(struct lw_input *in);
void lw_input_feed(struct lw_input *in, const int *codes, size_t n);

/* The next whole key; false when more bytes are needed. */
bool lw_input_next(struct lw_input *in, struct lw_key *to);

/* True while an Esc, a cut-off character or a paste waits for what follows: after ESCDELAY ms
 * without codes call lw_input_timeout() to make a key of what is there; in a paste after seconds,
 * as a slow line may stall in the middle of it, and the rest must not become answers. */
bool lw_input_waits(const struct lw_input *in);
bool lw_input_pastes(const struct lw_input *in);
void lw_input_timeout(struct lw_input *in);

/* What comes after a timeout may be the rest of a sequence that a slow line broke: it makes no keys
 * of its own, and a paste that begins so is a paste. Call this when nothing came for seconds: then
 * it is a new key. */
void lw_input_forget(struct lw_input *in);

/* What the last LW_KEY_PASTE pasted; borrowed until the next lw_input_next(). At most 1 MiB, the
 * rest of a longer paste is dropped and `*cut` set.
 * Line ends are LF; the bytes may be no UTF-8 and hold any control character. */
const char *lw_input_paste(const struct lw_input *in, size_t *n, bool *cut);

#endif
