/* A text buffer for typing: changes, the selection, what was cut. Where the cursor goes is
 * cursor_motion.c's, the history undo.c's; keys and drawing are the screen's. */
#include "labelwright/text/edit.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"
#include "text/cursor_motion_internal.h"
#include "text/undo_internal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* ---- the buffer */

struct lw_edit {
    struct lw_buf text, cut;
    size_t cursor;
    size_t anchor; /* the other end of the selection; NOWHERE for none */
    bool marking;  /* MARK began it: moves extend it */
    bool has_cut;  /* `cut` is new since it was asked for */
    bool joins;    /* the last operation cut: the next cut joins it */
    bool one_line;
    int aim_col; /* the column that UP and DOWN aim at, -1 for the column of the cursor */
    struct lw_undo history;
    struct lw_reflow lines; /* cols 0: not needed yet */
    struct lw_edit_hull hull;
    bool changed; /* `hull` says what, since it was taken */
};

#define NOWHERE SIZE_MAX

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
    e->anchor = NOWHERE;
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
    lw_reflow_fini(&e->lines);
    free(e);
}

/* ---- the selection */

static void unselect(struct lw_edit *e)
{
    e->anchor = NOWHERE;
    e->marking = false;
}

bool lw_edit_is_marking(const struct lw_edit *e)
{
    return e->marking;
}

bool lw_edit_selection(const struct lw_edit *e, size_t *from, size_t *to)
{
    bool before = e->anchor != NOWHERE && e->anchor < e->cursor;
    *from = e->anchor == NOWHERE || !before ? e->cursor : e->anchor;
    *to = e->anchor == NOWHERE || before ? e->cursor : e->anchor;
    return *from < *to;
}

/* ---- changing bytes */

/* Joins a change with those before it. */
static void widen_hull(struct lw_edit *e, size_t at, size_t out, size_t in)
{
    struct lw_edit_hull *h = &e->hull;
    if (!e->changed)
        *h = (struct lw_edit_hull){at, 0, 0};
    e->changed = true;
    size_t from = at < h->at ? at : h->at, end = h->at + h->in;
    size_t to = at + out > end ? at + out : end;
    h->out += (h->at - from) + (to - end);
    h->in = to - from - out + in;
    h->at = from;
}

static void splice(struct lw_edit *e, size_t at, size_t out, const char *in, size_t n)
{
    struct lw_buf *b = &e->text;
    lw_buf_room(b, n);
    memmove(b->data + at + n, b->data + at + out, b->len - at - out);
    if (n > 0)
        memcpy(b->data + at, in, n);
    b->len = b->len - out + n;
    b->data[b->len] = '\0';
    if (e->lines.cols > 0)
        lw_reflow_change(&e->lines, b->data, b->len, at, out, n);
    widen_hull(e, at, out, n);
    unselect(e);
}

bool lw_edit_take_change(struct lw_edit *e, struct lw_edit_hull *to)
{
    bool changed = e->changed;
    *to = e->hull;
    e->changed = false;
    return changed;
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
    splice(e, from, to - from, in, n);
    e->cursor = boundary_from(e, from + n);
    lw_undo_add(&e->history, kind, from, out, to - from, in, n, before, e->cursor);
    free(out);
    return true;
}

static bool is_insertable(const char *s, size_t n)
{
    return lw_utf8_valid(s, n, NULL) && !(n > 0 && memchr(s, '\0', n));
}

/* A single character typed over nothing goes on with those before it. */
static void put(struct lw_edit *e, size_t from, size_t to, const char *s, size_t n, bool typed)
{
    struct lw_buf in = {0};
    add_normal(s, n, e->one_line, &in);
    replace(e, typed ? LW_CHANGE_TYPED : LW_CHANGE_ALONE, from, to, in.data, in.len);
    lw_buf_fini(&in);
    e->aim_col = -1;
    e->joins = false;
}

bool lw_edit_insert(struct lw_edit *e, const char *s, size_t n)
{
    size_t from, to;
    if (!is_insertable(s, n))
        return false;
    if (lw_edit_selection(e, &from, &to))
        lw_undo_close(&e->history);
    put(e, from, to, s, n, n > 0 && lw_grapheme_next(s, n, 0) == n);
    return true;
}

bool lw_edit_replace(struct lw_edit *e, size_t from, size_t to, const char *s, size_t n)
{
    if (!is_insertable(s, n))
        return false;
    put(e, from, to, s, n, false);
    return true;
}

bool lw_edit_set(struct lw_edit *e, const char *s, size_t n)
{
    const char *was = e->text.data;
    size_t have = e->text.len, least = n < have ? n : have, head = 0, tail = 0;
    size_t at = e->cursor < n ? e->cursor : n;
    if (n == have && memcmp(s, was, n) == 0)
        return false;
    while (head < least && s[head] == was[head])
        head++;
    while (tail < least - head && s[n - tail - 1] == was[have - tail - 1])
        tail++;
    replace(e, LW_CHANGE_ALONE, head, have - tail, s + head, n - tail - head);
    lw_edit_move_to(e, at);
    return true;
}

bool lw_edit_take_cut(struct lw_edit *e)
{
    bool has_cut = e->has_cut;
    e->has_cut = false;
    return has_cut;
}

const char *lw_edit_cut_text(const struct lw_edit *e, size_t *n)
{
    *n = e->cut.len;
    return e->cut.data;
}

/* ---- moves: where the cursor goes */

#define TEXT e->text.data, e->text.len

const struct lw_reflow *lw_edit_lines(struct lw_edit *e, int cols)
{
    cols = cols > 1 ? cols : 1;
    if (e->lines.cols != cols)
        lw_reflow_text(&e->lines, TEXT, cols);
    return &e->lines;
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
    return lw_word_before(TEXT, e->cursor);
}

static size_t word_right(struct lw_edit *e, int cols)
{
    (void)cols;
    return lw_word_after(TEXT, e->cursor);
}

static size_t line_start(struct lw_edit *e, int cols)
{
    return lw_screen_line_start(lw_edit_lines(e, cols), TEXT, e->cursor);
}

static size_t line_end(struct lw_edit *e, int cols)
{
    return lw_screen_line_end(lw_edit_lines(e, cols), TEXT, e->cursor);
}

static int wished_col(struct lw_edit *e, const struct lw_reflow *w)
{
    if (e->aim_col < 0)
        e->aim_col = lw_screen_col(w, e->text.data, e->cursor);
    return e->aim_col;
}

static size_t up(struct lw_edit *e, int cols)
{
    const struct lw_reflow *w = lw_edit_lines(e, cols);
    return lw_screen_line_up(w, TEXT, e->cursor, wished_col(e, w));
}

static size_t down(struct lw_edit *e, int cols)
{
    const struct lw_reflow *w = lw_edit_lines(e, cols);
    return lw_screen_line_down(w, TEXT, e->cursor, wished_col(e, w));
}

static size_t paragraph_up(struct lw_edit *e, int cols)
{
    (void)cols;
    return lw_paragraph_before(TEXT, e->cursor);
}

static size_t paragraph_down(struct lw_edit *e, int cols)
{
    (void)cols;
    return lw_paragraph_after(TEXT, e->cursor);
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

/* ---- changes: true when there was something to do */

/* The selection instead, when there is one. */
static bool remove_range(struct lw_edit *e, enum lw_change_kind kind, size_t from, size_t to)
{
    size_t start, end;
    bool selected = lw_edit_selection(e, &start, &end);
    return selected ? replace(e, LW_CHANGE_ALONE, start, end, "", 0)
                    : replace(e, kind, from, to, "", 0);
}

static bool delete_back(struct lw_edit *e)
{
    return remove_range(e, LW_CHANGE_DELETED_BACK, lw_backspace_start(TEXT, e->cursor), e->cursor);
}

static bool delete_forward(struct lw_edit *e)
{
    return remove_range(e, LW_CHANGE_DELETED, e->cursor, lw_grapheme_next(TEXT, e->cursor));
}

static bool delete_word_back(struct lw_edit *e)
{
    return remove_range(e, LW_CHANGE_DELETED_BACK, lw_word_before(TEXT, e->cursor), e->cursor);
}

static bool delete_word(struct lw_edit *e)
{
    return remove_range(e, LW_CHANGE_DELETED, e->cursor, lw_word_after(TEXT, e->cursor));
}

static void hold(struct lw_edit *e, size_t from, size_t to)
{
    lw_buf_add(&e->cut, e->text.data + from, to - from);
    e->has_cut = true;
}

static bool cut(struct lw_edit *e, size_t from, size_t to, bool joins)
{
    if (from == to)
        return false;
    if (!joins)
        lw_buf_clear(&e->cut);
    hold(e, from, to);
    return replace(e, LW_CHANGE_ALONE, from, to, "", 0);
}

static bool cut_to_end(struct lw_edit *e)
{
    size_t from, to, end = lw_source_line_end(TEXT, e->cursor);
    if (lw_edit_selection(e, &from, &to))
        return cut(e, from, to, false);
    if (end == e->cursor)
        end += lw_line_end(e->text.data + end, e->text.len - end);
    bool joins = e->joins;
    e->joins = true;
    return cut(e, e->cursor, end, joins);
}

static bool cut_to_start(struct lw_edit *e)
{
    size_t from, to;
    if (lw_edit_selection(e, &from, &to))
        return cut(e, from, to, false);
    return cut(e, lw_source_line_start(e->text.data, e->cursor), e->cursor, false);
}

static bool paste_cut(struct lw_edit *e)
{
    size_t from, to;
    if (e->cut.len == 0 || e->text.len + e->cut.len > LW_EDIT_MAX)
        return false; /* cut and pasted again and again, it doubles */
    lw_edit_selection(e, &from, &to);
    return replace(e, LW_CHANGE_ALONE, from, to, e->cut.data, e->cut.len);
}

static bool undo(struct lw_edit *e)
{
    const struct lw_edit_change *c = lw_undo_undo(&e->history);
    if (!c)
        return false;
    splice(e, c->at, c->in.len, c->out.data, c->out.len);
    e->cursor = c->before;
    return true;
}

static bool redo(struct lw_edit *e)
{
    const struct lw_edit_change *c = lw_undo_redo(&e->history);
    if (!c)
        return false;
    splice(e, c->at, c->out.len, c->in.data, c->in.len);
    e->cursor = c->after;
    return true;
}

/* ---- the selection: true when it changed */

static bool mark(struct lw_edit *e)
{
    bool marking = e->marking;
    unselect(e);
    e->marking = !marking;
    e->anchor = marking ? NOWHERE : e->cursor;
    return true;
}

static bool select_all(struct lw_edit *e)
{
    unselect(e);
    e->anchor = 0;
    e->cursor = e->text.len;
    return true;
}

/* Ends the selection, so that the next key does not replace what was copied. */
static bool copy(struct lw_edit *e)
{
    size_t from, to;
    if (!lw_edit_selection(e, &from, &to))
        return false;
    lw_buf_clear(&e->cut);
    hold(e, from, to);
    unselect(e);
    return true;
}

/* ---- operations */

enum op_kind { MOVE, CHANGE, PICK };

static const enum op_kind kinds[] = {
#define X(name, what, help) what,
    LW_EDIT_OPS(X)
#undef X
};

static size_t (*const moves[LW_EDIT_OP_COUNT])(struct lw_edit *e, int cols) = {
    [LW_EDIT_LEFT] = left,
    [LW_EDIT_RIGHT] = right,
    [LW_EDIT_WORD_LEFT] = word_left,
    [LW_EDIT_WORD_RIGHT] = word_right,
    [LW_EDIT_LINE_START] = line_start,
    [LW_EDIT_LINE_END] = line_end,
    [LW_EDIT_UP] = up,
    [LW_EDIT_DOWN] = down,
    [LW_EDIT_PARAGRAPH_UP] = paragraph_up,
    [LW_EDIT_PARAGRAPH_DOWN] = paragraph_down,
    [LW_EDIT_START] = text_start,
    [LW_EDIT_END] = text_end,
};

static bool (*const acts[LW_EDIT_OP_COUNT])(struct lw_edit *e) = {
    [LW_EDIT_DELETE_BACK] = delete_back,
    [LW_EDIT_DELETE] = delete_forward,
    [LW_EDIT_DELETE_WORD_BACK] = delete_word_back,
    [LW_EDIT_DELETE_WORD] = delete_word,
    [LW_EDIT_CUT_TO_END] = cut_to_end,
    [LW_EDIT_CUT_TO_START] = cut_to_start,
    [LW_EDIT_PASTE_CUT] = paste_cut,
    [LW_EDIT_UNDO] = undo,
    [LW_EDIT_REDO] = redo,
    [LW_EDIT_MARK] = mark,
    [LW_EDIT_SELECT_ALL] = select_all,
    [LW_EDIT_COPY] = copy,
};

static bool move(struct lw_edit *e, enum lw_edit_op op, int cols)
{
    if (op != LW_EDIT_UP && op != LW_EDIT_DOWN)
        e->aim_col = -1;
    size_t to = moves[op](e, cols);
    bool moved = to != e->cursor;
    if (moved)
        lw_undo_close(&e->history);
    e->cursor = to;
    return moved;
}

/* Left and Right go to the ends of what was selected with Shift. */
static bool collapse(struct lw_edit *e, enum lw_edit_op op)
{
    size_t from, to;
    bool selected = lw_edit_selection(e, &from, &to) && !e->marking;
    if (!e->marking)
        unselect(e);
    if (!selected || (op != LW_EDIT_LEFT && op != LW_EDIT_RIGHT))
        return false;
    lw_edit_move_to(e, op == LW_EDIT_LEFT ? from : to);
    return true;
}

bool lw_edit_apply(struct lw_edit *e, enum lw_edit_op op, int cols)
{
    if (op != LW_EDIT_CUT_TO_END)
        e->joins = false;
    if (kinds[op] == MOVE) {
        bool selected = e->anchor != NOWHERE && !e->marking;
        return collapse(e, op) || move(e, op, cols) || selected;
    }
    e->aim_col = -1;
    if (kinds[op] == PICK)
        lw_undo_close(&e->history);
    return acts[op](e);
}

bool lw_edit_select(struct lw_edit *e, enum lw_edit_op op, int cols)
{
    if (kinds[op] != MOVE)
        return lw_edit_apply(e, op, cols);
    if (e->anchor == NOWHERE)
        e->anchor = e->cursor;
    e->joins = false;
    return move(e, op, cols);
}

bool lw_edit_changes(enum lw_edit_op op)
{
    return kinds[op] == CHANGE;
}

bool lw_edit_moves(enum lw_edit_op op)
{
    return kinds[op] == MOVE;
}

/* ---- asking */

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
    e->joins = false;
    unselect(e);
    lw_undo_close(&e->history);
}
