/* A text buffer for typing: cursor by grapheme, selection, soft-wrapped lines, undo. Knows no keys,
 * no screen. A key costs the same in a text of a megabyte as in a short one. */
#ifndef LABELWRIGHT_TEXT_EDIT_H
#define LABELWRIGHT_TEXT_EDIT_H

#include "labelwright/text/reflow.h"

enum {
    LW_EDIT_MAX = 4 * 1024 * 1024
}; /* maximum bytes of a text; code that inserts must check it */

struct lw_edit;

/* What a key can ask of the buffer: name, what it does to the text (MOVE: to the cursor only, PICK:
 * to the selection only), help. */
#define LW_EDIT_OPS(X)                                                                             \
    X(LEFT, MOVE, "one character left")                                                            \
    X(RIGHT, MOVE, "one character right")                                                          \
    X(WORD_LEFT, MOVE, "one word left")                                                            \
    X(WORD_RIGHT, MOVE, "one word right")                                                          \
    X(LINE_START, MOVE, "start of the line")                                                       \
    X(LINE_END, MOVE, "end of the line")                                                           \
    X(UP, MOVE, "one screen line up")                                                              \
    X(DOWN, MOVE, "one screen line down")                                                          \
    X(PARAGRAPH_UP, MOVE, "one paragraph up")                                                      \
    X(PARAGRAPH_DOWN, MOVE, "one paragraph down")                                                  \
    X(START, MOVE, "start of the text")                                                            \
    X(END, MOVE, "end of the text")                                                                \
    X(DELETE_BACK, CHANGE, "delete the character before")                                          \
    X(DELETE, CHANGE, "delete the character after")                                                \
    X(DELETE_WORD_BACK, CHANGE, "delete the word before")                                          \
    X(DELETE_WORD, CHANGE, "delete the word after")                                                \
    X(CUT_TO_END, CHANGE, "cut the selection, or to the end of the paragraph")                     \
    X(CUT_TO_START, CHANGE, "cut the selection, or to the start of the paragraph")                 \
    X(PASTE_CUT, CHANGE, "paste what was cut or copied")                                           \
    X(UNDO, CHANGE, "undo")                                                                        \
    X(REDO, CHANGE, "redo")                                                                        \
    X(MARK, PICK, "begin or end a selection that moves extend")                                    \
    X(SELECT_ALL, PICK, "select all")                                                              \
    X(COPY, PICK, "copy the selection")

enum lw_edit_op {
#define X(name, what, help) LW_EDIT_##name,
    LW_EDIT_OPS(X)
#undef X
        LW_EDIT_OP_COUNT
};

/* Cursor at the end. The text is kept byte for byte, invalid ones too; with one_line, line ends
 * become spaces. */
struct lw_edit *lw_edit_new(const char *text, size_t n, bool one_line);
void lw_edit_free(struct lw_edit *e);

/* Inserts valid UTF-8 at the cursor, in place of the selection; invalid bytes and NUL are refused
 * (false, nothing changed). With one_line, line ends become spaces, else CRLF and CR become LF.
 * Single characters in a row undo together (a new line starts a new row), a paste by itself. */
bool lw_edit_insert(struct lw_edit *e, const char *s, size_t n);

/* The same in place of the bytes [from, to), by itself for undo. */
bool lw_edit_replace(struct lw_edit *e, size_t from, size_t to, const char *s, size_t n);

/* The text becomes n other bytes, as they are, in one change that undo takes back; the cursor stays
 * near its place. False when they are the same. */
bool lw_edit_set(struct lw_edit *e, const char *s, size_t n);

/* Performs `op`; UP, DOWN, LINE_START and LINE_END go by lines of `cols` columns, the cuts by lines
 * of the text (at its end the line end is cut). True when text, cursor or selection changed: UP in
 * the first line and DOWN in the last do nothing. A move ends a selection unless MARK began it; a
 * change ends any. Cuts in a row are pasted together. */
bool lw_edit_apply(struct lw_edit *e, enum lw_edit_op op, int cols);
bool lw_edit_select(struct lw_edit *e, enum lw_edit_op move, int cols); /* extends the selection */

bool lw_edit_changes(enum lw_edit_op op); /* the text, not only cursor and selection */
bool lw_edit_moves(enum lw_edit_op op);   /* the cursor only */

const char *lw_edit_text(const struct lw_edit *e, size_t *n); /* borrowed until the next change */
size_t lw_edit_cursor(const struct lw_edit *e);     /* byte offset, at a grapheme boundary */
void lw_edit_move_to(struct lw_edit *e, size_t at); /* snaps back to a boundary; ends a selection */

bool lw_edit_is_marking(const struct lw_edit *e); /* MARK began a selection, be it still empty */
bool lw_edit_selection(const struct lw_edit *e, size_t *from, size_t *to); /* false: empty */
bool lw_edit_take_cut(struct lw_edit *e); /* something was cut or copied since the last call */
const char *lw_edit_cut_text(const struct lw_edit *e, size_t *n); /* last cut or copied; borrowed */

/* The screen lines, `cols` wide; borrowed until the next change. */
const struct lw_reflow *lw_edit_lines(struct lw_edit *e, int cols);

/* What changed since the last call, as one replacement: `out` bytes at `at` of the text as it was
 * then are `in` other bytes now. False when nothing did. */
struct lw_edit_hull {
    size_t at, out, in;
};
bool lw_edit_take_change(struct lw_edit *e, struct lw_edit_hull *to);

#endif
