/* The frame: what the screen should look like, as a grid of cells with style roles.
 *
 * Views are pure functions that fill a frame; term.c alone turns frames into terminal output;
 * golden screens are frames printed as text. */
#ifndef LABELWRIGHT_TUI_VIEW_FRAME_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_FRAME_INTERNAL_H

#include "labelwright/base/buf.h"
#include "labelwright/picture/picture.h"
#include "labelwright/text/glyph.h"

#include <stdint.h>

/* Style roles: what a cell is for; a theme says how it looks. name, help for theme authors. */
#define LW_ROLES(X)                                                                                \
    X(TEXT, text, "task text")                                                                     \
    X(DIM, dim, "less important text: units, examples, marks for more below")                      \
    X(HEADER, header, "the first line")                                                            \
    X(STATE, state, "saved, draft, view only in the header")                                       \
    X(RULE, rule, "rules between parts")                                                           \
    X(TITLE, title, "titles on rules")                                                             \
    X(QUESTION, question, "question labels")                                                       \
    X(FOCUS, focus, "the question or option that keys go to")                                      \
    X(ANSWER, answer, "answers given")                                                             \
    X(CHOSEN, chosen, "the chosen point of a scale")                                               \
    X(KEY, key, "key names in the footer and in help")                                             \
    X(FOOTER, footer, "the last line")                                                             \
    X(MESSAGE, message, "the line that says what happened")                                        \
    X(WARNING, warning, "something needs attention")                                               \
    X(ERROR, error, "something failed")                                                            \
    X(ROLE_USER, role_user, "who speaks: the person")                                              \
    X(ROLE_MODEL, role_model, "who speaks: the model")                                             \
    X(SIGN, sign, "placeholders for what cannot be shown: <U+202E>, ^[")                           \
    X(BOX, box, "frames of boxes over the screen")                                                 \
    X(INPUT, input, "text being typed")                                                            \
    X(ADDED, added, "words that are new, between {+ and +}")                                       \
    X(REMOVED, removed, "words that are gone, between [- and -]")                                  \
    X(HEADING, heading, "headings in a text")                                                      \
    X(CODE, code, "code in a sentence, and code without a language")                               \
    X(LINK, link, "what a link says")                                                              \
    X(MARK, mark, "signs of structure in a text: bullets, borders, link numbers")                  \
    X(FORMULA, formula, "mathematics")                                                             \
    X(KEYWORD, keyword, "code: words of the language")                                             \
    X(STRING, string, "code: strings")                                                             \
    X(COMMENT, comment, "code: comments")                                                          \
    X(NUMBER, number, "code: numbers")                                                             \
    X(TYPE, type, "code: types, tags of HTML")                                                     \
    X(NAME, name, "code: what is called or defined")                                               \
    X(MISSPELT, misspelt, "words that no dictionary has")                                          \
    X(SPAN, span, "marked spans of a text")                                                        \
    X(SPAN_OVER, span_over, "where marked spans overlap")                                          \
    X(SPAN_NOW, span_now, "the span that keys go to, and what is being marked")                    \
    X(SUGGESTED, suggested, "answers that the client suggests, not yet accepted")

enum lw_role {
#define X(id, name, help) LW_ROLE_##id,
    LW_ROLES(X)
#undef X
        LW_ROLE_COUNT
};

struct lw_cell {
    char32_t cp[LW_CELL_CPS]; /* base and marks, 0-terminated if fewer; cp[0] == 0: right half of a
                                 wide one */
    uint8_t role;
    uint8_t emph;     /* LW_EMPH_ of markup/run.h, on top of the role */
    bool in_text : 1; /* part of a line of text: blanks here need not part columns */
    bool painted : 1; /* has colours of its own, of a picture, instead of the role's: fg and bg */
    unsigned picture : 14; /* 1 + its place in the frame's pictures: the pixels of the picture's
                              cell in row `fg`, column `bg`; 0: characters */
    int32_t fg, bg;        /* as in struct lw_picture_cell */
};
_Static_assert(sizeof(struct lw_cell) == 32, "cells are compared as bytes: none may be padding");

enum { LW_FRAME_PICTURES = 8 };

struct lw_frame {
    int rows, cols;
    struct lw_cell *cell;       /* rows * cols, row by row */
    int cursor_row, cursor_col; /* where the real cursor rests */
    bool cursor_shown;
    const struct lw_picture *picture[LW_FRAME_PICTURES]; /* whose pixels are shown; borrowed */
    size_t npictures;
    bool painted;       /* some cell is */
    struct lw_buf *cut; /* gets each text that ends in "…" for want of room, once, whole, with a
                           line end behind it; NULL: nobody asks */
};

void lw_frame_init(struct lw_frame *f, int rows, int cols);   /* all spaces, role TEXT */
void lw_frame_resize(struct lw_frame *f, int rows, int cols); /* and clears it */
void lw_frame_clear(struct lw_frame *f);
void lw_frame_fini(struct lw_frame *f);

/* A part of a frame to draw into; everything outside is clipped. */
struct lw_area {
    struct lw_frame *frame;
    int row, col, rows, cols;
};
struct lw_area lw_area_all(struct lw_frame *f);
struct lw_area lw_area_rows(struct lw_area a, int from, int rows);
struct lw_area lw_area_cols(struct lw_area a, int from, int cols);

/* Draws foreign text of one line at (row, col) of the area through the sanitiser, clipped at the
 * right edge (a wide glyph never hangs over). Returns the column after it. */
int lw_draw_text(struct lw_area a, int row, int col, enum lw_role role, const char *s, size_t n);

/* How a piece of text looks; the members are those of struct lw_cell. */
struct lw_look {
    enum lw_role role;
    uint8_t emph;
    bool in_text;
};
int lw_draw_run(struct lw_area a, int row, int col, struct lw_look look, const char *s, size_t n);

/* The same for our own words: printf. */
int lw_draw(struct lw_area a, int row, int col, enum lw_role role, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/* As lw_draw_text, but text that does not fit into `cols` ends with "…" (ASCII "~"). */
int lw_draw_clipped(
    struct lw_area a, int row, int col, int cols, enum lw_role role, const char *s, size_t n);
void lw_draw_tell_cut(struct lw_area a, const char *s, size_t n); /* the same where a view draws its
                                                                     own "…" */

void lw_draw_fill(struct lw_area a, int row, int col, int cols, enum lw_role role, char32_t cp);
void lw_draw_rule(struct lw_area a, int row); /* U+2500 along the whole row, role RULE */
void lw_draw_restyle(struct lw_area a, int row, int col, int cols, enum lw_role role);
/* A cell of a picture; -1, -1 are the role's colours. */
void lw_draw_painted(struct lw_area a, int row, int col, char32_t cp, int32_t fg, int32_t bg);
/* The pixels of the picture's cell at (of_row, of_col): a blank for who cannot show them. `p` must
 * live as long as the frame is not cleared. */
void lw_draw_pixels(
    struct lw_area a, int row, int col, const struct lw_picture *p, int of_row, int of_col);
void lw_draw_cursor(struct lw_area a, int row, int col); /* rests the cursor there */

/* Stands before a paragraph that is read from right to left. It has no mirror image: terminals may
 * turn the line around. */
#define LW_RTL_SIGN U'←'

/* What stands for a line-drawing character where a terminal has none; other characters as they are.
 */
char32_t lw_ascii_line(char32_t cp);

/* The frame as UTF-8 lines without trailing spaces: the golden form. With `roles`, behind the text
 * come the same rows with one letter a cell for its role (a-z, then A-Z), and the cursor's place.
 */
void lw_frame_print(const struct lw_frame *f, bool roles, struct lw_buf *to);

#endif
