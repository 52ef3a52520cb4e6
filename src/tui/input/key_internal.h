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
    LW_KEY_PASTE,     /* a whole paste: with its text */
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
    bool shift;  /* with a named key, where the terminal says so; S-Tab is a name of its own */
};

/* "^P", "M-u", "F1", "S-Tab", "S-Left", "C-Up", "é" … ; false when `s` names no key. Space, Enter,
 * Tab and Esc are always the named keys, never characters, and so are the control characters that
 * they send: ^M and ^J are Enter, ^I is Tab, ^[ Esc, ^H and ^? Backspace. */
bool lw_key_parse(const char *s, struct lw_key *to);
void lw_key_print(struct lw_key key, struct lw_buf *to);
bool lw_key_is_same(struct lw_key a, struct lw_key b);

/* The key that types `ch`: control characters as ^X, or by the name of the key that sends them. */
struct lw_key lw_key_of_char(char32_t ch);

/* What the terminal delivers: bytes (0-255), and for sequences that curses knows from terminfo
 * LW_CODE(name). */
#define LW_CODE(name) (256 + (int)(name))

#endif
