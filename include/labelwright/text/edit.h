/* A text buffer for typing: cursor by grapheme, soft-wrapped lines, undo. Knows no keys, no screen.
 */
#ifndef LABELWRIGHT_TEXT_EDIT_H
#define LABELWRIGHT_TEXT_EDIT_H

#include "labelwright/text/wrap.h"

enum {
    LW_EDIT_MAX = 4 * 1024 * 1024
}; /* maximum bytes of a text; code that inserts must check it */

struct lw_edit;

/* What a key can ask of the buffer: name, help. */
#define LW_EDIT_OPS(X)                                                                             \
    X(LEFT, "one character left")                                                                  \
    X(RIGHT, "one character right")                                                                \
    X(WORD_LEFT, "one word left")                                                                  \
    X(WORD_RIGHT, "one word right")                                                                \
    X(LINE_START, "start of the line")                                                             \
    X(LINE_END, "end of the line")                                                                 \
    X(UP, "one screen line up")                                                                    \
    X(DOWN, "one screen line down")                                                                \
    X(START, "start of the text")                                                                  \
    X(END, "end of the text")                                                                      \
    X(DELETE_BACK, "delete the character before")                                                  \
    X(DELETE, "delete the character after")                                                        \
    X(DELETE_WORD_BACK, "delete the word before")                                                  \
    X(CUT_TO_END, "cut to the end of the line")                                                    \
    X(CUT_TO_START, "cut to the start of the line")                                                \
    X(PASTE_CUT, "paste what was cut")                                                             \
    X(UNDO, "undo")                                                                                \
    X(REDO, "redo")

enum lw_edit_op {
#define X(name, help) LW_EDIT_##name,
    LW_EDIT_OPS(X)
#undef X
        LW_EDIT_OP_COUNT
};

/* Cursor at the end. The text is kept byte for byte, invalid ones too; with one_line, line ends
 * become spaces. */
struct lw_edit *lw_edit_new(const char *text, size_t n, bool one_line);
void lw_edit_free(struct lw_edit *e);

/* Inserts valid UTF-8 at the cursor; invalid bytes and NUL are refused (false, nothing changed).
 * With one_line, line ends become spaces, else CRLF and CR become LF. Single characters in a row
 * undo together (a new line starts a new row), a paste by itself. */
bool lw_edit_insert(struct lw_edit *e, const char *s, size_t n);

/* The text becomes n other bytes, as they are, in one change that undo takes back; the cursor stays
 * near its place. False when they are the same. */
bool lw_edit_set(struct lw_edit *e, const char *s, size_t n);

/* Performs `op`; UP, DOWN, LINE_START and LINE_END go by lines of `cols` columns, the cuts by lines
 * of the text (at its end the line end is cut). True when text or cursor changed: UP in the first
 * line and DOWN in the last do nothing. */
bool lw_edit_apply(struct lw_edit *e, enum lw_edit_op op, int cols);

bool lw_edit_changes(enum lw_edit_op op); /* the text, not only the cursor */

const char *lw_edit_text(const struct lw_edit *e, size_t *n); /* borrowed until the next change */
size_t lw_edit_cursor(const struct lw_edit *e);     /* byte offset, at a grapheme boundary */
void lw_edit_move_to(struct lw_edit *e, size_t at); /* snaps back to a boundary */

#endif
