/* A text buffer for typing: the cursor's moves over graphemes, words and screen lines, changes, and
 * what was cut. The history is undo.c's; keys and drawing are the screen's. */
#include "labelwright/text/edit.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"
#include "text/undo_internal.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

/* ---- where the cursor goes */

enum char_kind { BLANK, WORD, OTHER };

static enum char_kind kind_at(const char *s, size_t n, size_t at)
{
    char32_t cp;
    lw_utf8_decode(s + at, n - at, &cp);
    if (cp == LW_UTF8_BAD)
        return OTHER;
    if (uc_is_property_white_space(cp))
        return BLANK;
    bool word = cp == '_' || uc_is_general_category_withtable(
                                 cp, UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_N);
    return word ? WORD : OTHER;
}

static size_t skip_left(const char *s, size_t n, size_t at, enum char_kind kind)
{
    while (at > 0) {
        size_t prev = lw_grapheme_prev(s, n, at);
        if (kind_at(s, n, prev) != kind)
            break;
        at = prev;
    }
    return at;
}

static size_t skip_right(const char *s, size_t n, size_t at, enum char_kind kind)
{
    while (at < n && kind_at(s, n, at) == kind)
        at = lw_grapheme_next(s, n, at);
    return at;
}

/* Over blanks, then over a run of letters and digits, or of anything else. */
static size_t word_start_before(const char *s, size_t n, size_t at)
{
    at = skip_left(s, n, at, BLANK);
    return at > 0 ? skip_left(s, n, at, kind_at(s, n, lw_grapheme_prev(s, n, at))) : 0;
}

static size_t word_start_after(const char *s, size_t n, size_t at)
{
    at = skip_right(s, n, at, BLANK);
    return at < n ? skip_right(s, n, at, kind_at(s, n, at)) : n;
}

static bool ends_line(const char *s, size_t at)
{
    for (size_t k = 1; k <= 3 && k <= at; k++)
        if (lw_line_end(s + at - k, k) == k)
            return true;
    return false;
}

/* The source line around `at`: its start, and its end before the line end. */
static size_t source_line_start(const char *s, size_t at)
{
    while (at > 0 && !ends_line(s, at))
        at--;
    return at;
}

static size_t source_line_end(const char *s, size_t n, size_t at)
{
    return at + lw_line_len(s + at, n - at);
}

/* By screen lines; `w` holds the wrapped text. A place that two lines share belongs to the second.
 */
static size_t screen_line_start(const struct lw_wrap *w, const char *s, size_t n, size_t at)
{
    return lw_grapheme_at(s, n, w->v[lw_wrap_line_of(w, at)].start);
}

/* True when what is behind line `i` already belongs to the next one: a break within a word. */
static bool shares_end(const struct lw_wrap *w, size_t i)
{
    return i + 1 < w->n && w->v[i].end == w->v[i + 1].start;
}

static size_t screen_line_end(const struct lw_wrap *w, const char *s, size_t n, size_t at)
{
    size_t i = lw_wrap_line_of(w, at);
    const struct lw_line *l = &w->v[i];
    if (!l->soft)
        return source_line_end(s, n, at > l->end ? at : l->end);
    size_t end = shares_end(w, i) ? lw_grapheme_prev(s, n, l->end) : lw_grapheme_at(s, n, l->end);
    return end > at ? end : at;
}

static int screen_col(const struct lw_wrap *w, const char *s, size_t at)
{
    const struct lw_line *l = &w->v[lw_wrap_line_of(w, at)];
    size_t end = at < l->end ? at : l->end;
    return lw_cols(s + l->start, end - l->start, -1);
}

/* The place nearest to column `col` of line `i`, not beyond it. */
static size_t place(const struct lw_wrap *w, const char *s, size_t n, size_t i, int col)
{
    const struct lw_line *l = &w->v[i];
    size_t at = l->start + lw_fit(s + l->start, l->end - l->start, col);
    if (at == l->end && shares_end(w, i))
        return lw_grapheme_prev(s, n, at);
    return lw_grapheme_at(s, n, at);
}

/* A grapheme wider than the line has several lines and one place: go on until the place changes. */
static size_t screen_line_up(const struct lw_wrap *w, const char *s, size_t n, size_t at, int col)
{
    for (size_t i = lw_wrap_line_of(w, at); i > 0; i--) {
        size_t to = place(w, s, n, i - 1, col);
        if (to < at)
            return to;
    }
    return at;
}

static size_t screen_line_down(const struct lw_wrap *w, const char *s, size_t n, size_t at, int col)
{
    for (size_t i = lw_wrap_line_of(w, at) + 1; i < w->n; i++) {
        size_t to = place(w, s, n, i, col);
        if (to > at)
            return to;
    }
    return at;
}

/* ---- the buffer */

struct lw_edit {
    struct lw_buf text, cut;
    size_t cursor;
    bool one_line;
    int aim_col; /* the column that UP and DOWN aim at, -1 for the column of the cursor */
    struct lw_undo history;
    struct lw_wrap wrap;
};

/* Line ends as this buffer keeps them. */
static void add_normal(const char *s, size_t n, bool one_line, struct lw_buf *to)
{
    for (size_t at = 0; at < n;) {
        size_t end = s[at] == '\r' || one_line ? lw_line_end(s + at, n - at) : 0;
        if (end > 0 || s[at] == '\r')
            lw_buf_char(to, one_line ? ' ' : '\n');
        else
            lw_buf_char(to, s[at]);
        at += end > 0 ? end : 1;
    }
}

struct lw_edit *lw_edit_new(const char *text, size_t n, bool one_line)
{
    struct lw_edit *e = lw_alloc(sizeof *e);
    e->one_line = one_line;
    e->aim_col = -1;
    if (one_line)
        add_normal(text, n, true, &e->text);
    else
        lw_buf_add(&e->text, text, n);
    lw_buf_add(&e->text, "", 0); /* data is never NULL from here on */
    e->cursor = e->text.len;
    return e;
}

void lw_edit_free(struct lw_edit *e)
{
    if (!e)
        return;
    lw_buf_fini(&e->text);
    lw_buf_fini(&e->cut);
    lw_undo_fini(&e->history);
    lw_wrap_fini(&e->wrap);
    free(e);
}

static void splice(struct lw_buf *b, size_t at, size_t out, const char *in, size_t n)
{
    lw_buf_room(b, n);
    memmove(b->data + at + n, b->data + at + out, b->len - at - out);
    if (n > 0)
        memcpy(b->data + at, in, n);
    b->len = b->len - out + n;
    b->data[b->len] = '\0';
}

/* The inserted text may have joined what follows: the cursor goes after all of it. */
static size_t boundary_from(const struct lw_edit *e, size_t at)
{
    const char *s = e->text.data;
    size_t n = e->text.len;
    return lw_grapheme_at(s, n, at) == at ? at : lw_grapheme_next(s, n, at);
}

static bool replace(
    struct lw_edit *e, enum lw_change_kind kind, size_t from, size_t to, const char *in, size_t n)
{
    if (from == to && n == 0)
        return false;
    char *out = lw_strndup(e->text.data + from, to - from);
    size_t before = e->cursor;
    splice(&e->text, from, to - from, in, n);
    e->cursor = boundary_from(e, from + n);
    lw_undo_add(&e->history, kind, from, out, to - from, in, n, before, e->cursor);
    free(out);
    return true;
}

bool lw_edit_insert(struct lw_edit *e, const char *s, size_t n)
{
    if (!lw_utf8_valid(s, n, NULL) || (n > 0 && memchr(s, '\0', n)))
        return false;
    struct lw_buf in = {0};
    add_normal(s, n, e->one_line, &in);
    bool typed = n > 0 && lw_grapheme_next(in.data, in.len, 0) == in.len;
    replace(e, typed ? LW_CHANGE_TYPED : LW_CHANGE_ALONE, e->cursor, e->cursor, in.data, in.len);
    lw_buf_fini(&in);
    e->aim_col = -1;
    return true;
}

bool lw_edit_set(struct lw_edit *e, const char *s, size_t n)
{
    size_t at = e->cursor < n ? e->cursor : n;
    if (n == e->text.len && memcmp(s, e->text.data, n) == 0)
        return false;
    replace(e, LW_CHANGE_ALONE, 0, e->text.len, s, n);
    lw_edit_move_to(e, at);
    return true;
}

/* Moves: where the cursor goes. */

#define TEXT e->text.data, e->text.len

static const struct lw_wrap *wrapped(struct lw_edit *e, int cols)
{
    lw_wrap_text(&e->wrap, TEXT, cols > 1 ? cols : 1);
    return &e->wrap;
}

static size_t left(struct lw_edit *e, int cols)
{
    (void)cols;
    return lw_grapheme_prev(TEXT, e->cursor);
}

static size_t right(struct lw_edit *e, int cols)
{
    (void)cols;
    return lw_grapheme_next(TEXT, e->cursor);
}

static size_t word_left(struct lw_edit *e, int cols)
{
    (void)cols;
    return word_start_before(TEXT, e->cursor);
}

static size_t word_right(struct lw_edit *e, int cols)
{
    (void)cols;
    return word_start_after(TEXT, e->cursor);
}

static size_t line_start(struct lw_edit *e, int cols)
{
    return screen_line_start(wrapped(e, cols), TEXT, e->cursor);
}

static size_t line_end(struct lw_edit *e, int cols)
{
    return screen_line_end(wrapped(e, cols), TEXT, e->cursor);
}

static int wished_col(struct lw_edit *e, const struct lw_wrap *w)
{
    if (e->aim_col < 0)
        e->aim_col = screen_col(w, e->text.data, e->cursor);
    return e->aim_col;
}

static size_t up(struct lw_edit *e, int cols)
{
    const struct lw_wrap *w = wrapped(e, cols);
    return screen_line_up(w, TEXT, e->cursor, wished_col(e, w));
}

static size_t down(struct lw_edit *e, int cols)
{
    const struct lw_wrap *w = wrapped(e, cols);
    return screen_line_down(w, TEXT, e->cursor, wished_col(e, w));
}

static size_t text_start(struct lw_edit *e, int cols)
{
    (void)e, (void)cols;
    return 0;
}

static size_t text_end(struct lw_edit *e, int cols)
{
    (void)cols;
    return e->text.len;
}

/* Changes: true when there was something to do. */

static bool delete_back(struct lw_edit *e)
{
    return replace(e, LW_CHANGE_DELETED_BACK, lw_grapheme_prev(TEXT, e->cursor), e->cursor, "", 0);
}

static bool delete_forward(struct lw_edit *e)
{
    return replace(e, LW_CHANGE_DELETED, e->cursor, lw_grapheme_next(TEXT, e->cursor), "", 0);
}

static bool delete_word_back(struct lw_edit *e)
{
    return replace(e, LW_CHANGE_DELETED_BACK, word_start_before(TEXT, e->cursor), e->cursor, "", 0);
}

static bool cut(struct lw_edit *e, size_t from, size_t to)
{
    if (from == to)
        return false;
    lw_buf_clear(&e->cut);
    lw_buf_add(&e->cut, e->text.data + from, to - from);
    return replace(e, LW_CHANGE_ALONE, from, to, "", 0);
}

static bool cut_to_end(struct lw_edit *e)
{
    size_t end = source_line_end(TEXT, e->cursor);
    if (end == e->cursor)
        end += lw_line_end(e->text.data + end, e->text.len - end);
    return cut(e, e->cursor, end);
}

static bool cut_to_start(struct lw_edit *e)
{
    return cut(e, source_line_start(e->text.data, e->cursor), e->cursor);
}

static bool paste_cut(struct lw_edit *e)
{
    if (e->text.len + e->cut.len > LW_EDIT_MAX) /* cut and pasted again and again, it doubles */
        return false;
    return replace(e, LW_CHANGE_ALONE, e->cursor, e->cursor, e->cut.data, e->cut.len);
}

static bool undo(struct lw_edit *e)
{
    const struct lw_edit_change *c = lw_undo_undo(&e->history);
    if (!c)
        return false;
    splice(&e->text, c->at, c->in.len, c->out.data, c->out.len);
    e->cursor = c->before;
    return true;
}

static bool redo(struct lw_edit *e)
{
    const struct lw_edit_change *c = lw_undo_redo(&e->history);
    if (!c)
        return false;
    splice(&e->text, c->at, c->out.len, c->in.data, c->in.len);
    e->cursor = c->after;
    return true;
}

static const struct {
    size_t (*move)(struct lw_edit *e, int cols);
    bool (*change)(struct lw_edit *e);
} ops[LW_EDIT_OP_COUNT] = {
    [LW_EDIT_LEFT] = {.move = left},
    [LW_EDIT_RIGHT] = {.move = right},
    [LW_EDIT_WORD_LEFT] = {.move = word_left},
    [LW_EDIT_WORD_RIGHT] = {.move = word_right},
    [LW_EDIT_LINE_START] = {.move = line_start},
    [LW_EDIT_LINE_END] = {.move = line_end},
    [LW_EDIT_UP] = {.move = up},
    [LW_EDIT_DOWN] = {.move = down},
    [LW_EDIT_START] = {.move = text_start},
    [LW_EDIT_END] = {.move = text_end},
    [LW_EDIT_DELETE_BACK] = {.change = delete_back},
    [LW_EDIT_DELETE] = {.change = delete_forward},
    [LW_EDIT_DELETE_WORD_BACK] = {.change = delete_word_back},
    [LW_EDIT_CUT_TO_END] = {.change = cut_to_end},
    [LW_EDIT_CUT_TO_START] = {.change = cut_to_start},
    [LW_EDIT_PASTE_CUT] = {.change = paste_cut},
    [LW_EDIT_UNDO] = {.change = undo},
    [LW_EDIT_REDO] = {.change = redo},
};

bool lw_edit_apply(struct lw_edit *e, enum lw_edit_op op, int cols)
{
    if (op != LW_EDIT_UP && op != LW_EDIT_DOWN)
        e->aim_col = -1;
    if (ops[op].change)
        return ops[op].change(e);
    size_t to = ops[op].move(e, cols);
    bool moved = to != e->cursor;
    if (moved)
        lw_undo_close(&e->history);
    e->cursor = to;
    return moved;
}

bool lw_edit_changes(enum lw_edit_op op)
{
    return ops[op].change != NULL;
}

const char *lw_edit_text(const struct lw_edit *e, size_t *n)
{
    *n = e->text.len;
    return e->text.data;
}

size_t lw_edit_cursor(const struct lw_edit *e)
{
    return e->cursor;
}

void lw_edit_move_to(struct lw_edit *e, size_t at)
{
    e->cursor = lw_grapheme_at(TEXT, at);
    e->aim_col = -1;
    lw_undo_close(&e->history);
}
