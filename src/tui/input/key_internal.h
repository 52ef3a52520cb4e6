/* Keys as the rest of the program knows them: a code point or a named key, and what was held. */
#ifndef LABELWRIGHT_TUI_INPUT_KEY_INTERNAL_H
#define LABELWRIGHT_TUI_INPUT_KEY_INTERNAL_H

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uchar.h>

/* Named keys: id, the name in help, config.yaml and `keys`. */
/* clang-format off */
#define LW_KEYS(X)                                                                                 \
    X(ENTER, "Enter") X(TAB, "Tab") X(BACKTAB, "S-Tab") X(ESC, "Esc") X(SPACE, "Space")            \
    X(BACKSPACE, "Backspace") X(DELETE, "Del") X(INSERT, "Ins")                                    \
    X(UP, "Up") X(DOWN, "Down") X(LEFT, "Left") X(RIGHT, "Right")                                  \
    X(HOME, "Home") X(END, "End") X(PGUP, "PgUp") X(PGDN, "PgDn")                                  \
    X(F1, "F1") X(F2, "F2") X(F3, "F3") X(F4, "F4") X(F5, "F5") X(F6, "F6")                        \
    X(F7, "F7") X(F8, "F8") X(F9, "F9") X(F10, "F10") X(F11, "F11") X(F12, "F12")                  \
    X(WORD_LEFT, "C-Left") X(WORD_RIGHT, "C-Right")

enum lw_key_name {
    LW_KEY_CHAR, /* `ch` says which */
#define X(id, name) LW_KEY_##id,
    LW_KEYS(X)
#undef X
    LW_KEY_PASTE,     /* a whole paste: lw_input_paste() has it */
    LW_KEY_PASTE_END, /* only as a code, never as a key */
    LW_KEY_RESIZE,
    LW_KEY_HANGUP, /* the terminal is gone */
    LW_KEY_COUNT
};
/* clang-format on */

struct lw_key {
    enum lw_key_name name;
    char32_t ch; /* with LW_KEY_CHAR; control characters as their letter with `ctrl` */
    bool ctrl;   /* ^P: ch 'p', ctrl */
    bool meta;   /* Alt held, or Esc sent right before */
};

static inline bool lw_key_is_same(struct lw_key a, struct lw_key b)
{
    return a.name == b.name && a.ch == b.ch && a.ctrl == b.ctrl && a.meta == b.meta;
}

/* "^P", "M-u", "F1", "S-Tab", "é" … ; false when `s` names no key. Space, Enter, Tab and Esc are
 * always the named keys, never characters, and so are the control characters that they send: ^M and
 * ^J are Enter, ^I is Tab, ^[ Esc, ^H and ^? Backspace. */
bool lw_key_parse(const char *s, struct lw_key *to);
void lw_key_print(struct lw_key key, struct lw_buf *to);
bool lw_key_same(struct lw_key a, struct lw_key b);

/* The key that types `ch`: control characters as ^X, or by the name of the key that sends them. */
struct lw_key lw_key_of_char(char32_t ch);

/* What the terminal delivers: bytes (0-255), and for sequences that curses knows from terminfo
 * LW_CODE(name). */
#define LW_CODE(name) (256 + (int)(name))

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
