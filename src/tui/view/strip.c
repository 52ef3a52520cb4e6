/* The points of a scale or the options of a question, beside each other. What stands where depends
 * on the question alone, so that nothing moves when another one is chosen. Which question that is
 * is view_question.c's. */
#include "tui/view/strip_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/question.h"
#include "labelwright/text/utf8.h"
#include "tui/view/view_internal.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- items */

static void add_item(struct lw_strip *s, bool chosen, char *text)
{
    s->v = lw_grow(s->v, s->n + 1, sizeof *s->v);
    s->v[s->n++] = (struct lw_strip_item){.text = text, .chosen = chosen, .key = -1};
}

void lw_strip_free(struct lw_strip *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->v[i].text);
    free(s->v);
    *s = (struct lw_strip){0};
}

/* Some point between the ends is named, or an end twice: then each point says what it means. */
static bool is_named(const struct lw_scale *scale)
{
    return scale->npoints > 0;
}

static const char *chosen_label(const struct lw_scale *scale, const json_t *value)
{
    return value ? lw_scale_name(scale, json_integer_value(value)) : NULL;
}

static void rating_strip(const struct lw_question *q, const json_t *value, struct lw_strip *s)
{
    const struct lw_scale *scale = &q->scale;
    bool named = is_named(scale), keys = lw_scale_has_keys(scale);
    s->named = named;
    s->bare = !named;
    s->name = chosen_label(scale, value);
    s->before = named ? NULL : scale->low;
    s->after = named ? NULL : scale->high;
    for (int64_t v = scale->min; v <= scale->max; v += scale->step) {
        const char *label = named ? lw_scale_name(scale, v) : NULL;
        int key = keys ? lw_scale_key(scale, v) : -1;
        struct lw_buf text = {0};
        if (named && key >= 0)
            lw_buf_fmt(&text, "%d: ", key);
        lw_buf_fmt(&text, "%" PRId64 "%s%s", v, label ? " " : "", label ? label : "");
        add_item(s, value && json_integer_value(value) == v, lw_buf_detach(&text));
        s->v[s->n - 1].key = named ? -1 : key;
        s->keyed |= !named && key >= 0;
    }
}

/* "3 Cold", or "3 c Cold" where the option has a key of its own; the tenth is 0. Full: its quota is
 * met. */
static char *option_text(const struct lw_option *o, int number, bool full)
{
    struct lw_buf b = {0};
    char key[4];
    if (number <= 10)
        lw_buf_fmt(&b, "%d ", number % 10);
    if (o->key) {
        lw_buf_add(&b, key, lw_utf8_encode(o->key, key));
        lw_buf_char(&b, ' ');
    }
    lw_buf_str(&b, o->label);
    if (full)
        lw_buf_str(&b, LW_VIEW_QUOTA_MARK);
    return lw_buf_detach(&b);
}

static void option_strip(const struct lw_app *app, size_t question, const json_t *value,
    bool letters, struct lw_strip *s)
{
    const struct lw_question *q = &lw_sitting_view(app->s)->opts.project->question[question];
    int number = 1;
    for (size_t i = 0; i < q->noptions; i++) {
        const struct lw_option *o = &q->option[i];
        if (o->group)
            continue;
        bool chosen = lw_option_is_in(o, value);
        bool full = q->type == LW_Q_CHOICE && lw_view_is_full(app, question, i);
        add_item(s, chosen, option_text(o, letters && o->key ? INT_MAX : number, full));
        s->v[s->n - 1].plain = number > LW_DIGITS && !o->key;
        number++;
        if (chosen)
            s->note = o->help;
    }
}

static int item_cols(const struct lw_strip *s, size_t i)
{
    int cols = lw_cols(s->v[i].text, strlen(s->v[i].text), -1);
    return (s->cut && cols > s->cut ? s->cut : cols) + 2;
}

static int strip_cols(const struct lw_strip *s, int gap)
{
    int cols = 0;
    for (size_t i = 0; i < s->n; i++)
        cols += item_cols(s, i) + gap;
    return cols;
}

static void compare_words(const char *const words[], int point, struct lw_strip *s)
{
    for (int i = 0; i < LW_COMPARE_POINTS; i++)
        add_item(s, point == i + 1, lw_strdup(words[i]));
}

/* Beside a long label only its ends say how much. */
static void compare_strip(
    const struct lw_app *app, const json_t *value, int room, struct lw_strip *s)
{
    static const char *const all[LW_COMPARE_POINTS] = {
        "1 A much", "2 A some", "3 A bit", "4 same", "5 B bit", "6 B some", "7 B much"};
    static const char *const few[LW_COMPARE_POINTS] = {
        "1 A much", "2 A", "3 A", "4 same", "5 B", "6 B", "7 B much"};
    const struct lw_sitting_view *sit = lw_sitting_view(app->s);
    const struct lw_response *r = sit->task->response;
    int point = lw_compare_point(value, r[sit->order[0]].id, r[sit->order[1]].id);
    compare_words(all, point, s);
    if (strip_cols(s, 0) <= room)
        return;
    lw_strip_free(s);
    compare_words(few, point, s);
}

void lw_strip_fill(const struct lw_app *app, size_t question, const json_t *value, bool letters,
    int room, struct lw_strip *s)
{
    const struct lw_question *q = &lw_sitting_view(app->s)->opts.project->question[question];
    *s = (struct lw_strip){0};
    if (q->type == LW_Q_RATING)
        rating_strip(q, value, s);
    else if (q->type == LW_Q_CHOICE || letters)
        option_strip(app, question, value, letters && q->type == LW_Q_SPANS, s);
    else if (q->type == LW_Q_COMPARE)
        compare_strip(app, value, room, s);
}

/* ---- where each one stands */

static int end_cols(const char *text)
{
    return text ? lw_cols(text, strlen(text), -1) + 1 : 0;
}

/* How a strip is broken: columns between items, and where its later rows begin. */
struct breaking {
    int gap, indent, rows;
};

static int rows_with(const struct lw_strip *s, struct breaking b, int col, int cols)
{
    int rows = 1, at = col + end_cols(s->before), after = end_cols(s->after);
    for (size_t i = 0; i < s->n; i++) {
        int wide = item_cols(s, i) + (i + 1 == s->n ? after : 0);
        if (at + wide > cols - 1 && at > b.indent) {
            rows++;
            at = b.indent;
        }
        at += wide + b.gap;
    }
    return rows;
}

/* The airiest one that takes no more rows than the tightest. */
static struct breaking break_strip(const struct lw_strip *s, int col, int cols)
{
    struct breaking tight = {0, 1, 0};
    struct breaking try[] = {{1, col, 0}, {0, col, 0}, {1, 1, 0}};
    tight.rows = rows_with(s, tight, col, cols);
    for (size_t i = 0; i < sizeof try / sizeof *try; i++) {
        try[i].rows = rows_with(s, try[i], col, cols);
        if (try[i].rows <= tight.rows)
            return try[i];
    }
    return tight;
}

int lw_strip_rows(const struct lw_strip *s, int col, int cols, int most)
{
    int rows = s->n > 0 ? break_strip(s, col, cols).rows + s->keyed : 1;
    return rows < most ? rows : most;
}

/* ---- drawing */

/* Brackets are an answer's; parentheses what stands for one. */
static int draw_item(const struct lw_strip *s, size_t nth, struct lw_area a, int row, int col)
{
    const struct lw_strip_item *i = &s->v[nth];
    int cols = item_cols(s, nth) - 2;
    if (i->key >= 0) /* below its last column */
        lw_draw(a, row + 1, col + cols, LW_ROLE_KEY, "%d", i->key);
    enum lw_role role = i->chosen ? s->role : LW_ROLE_QUESTION;
    bool given = s->role == LW_ROLE_CHOSEN;
    if (i->chosen)
        lw_draw_cursor(a, row, col + 1);
    col = lw_draw_text(a, row, col, role, !i->chosen ? " " : given ? "[" : "(", 1);
    col = lw_draw_clipped(a, row, col, cols, role, i->text, strlen(i->text));
    return lw_draw_text(a, row, col, role, !i->chosen ? " " : given ? "]" : ")", 1);
}

static int draw_end(struct lw_area a, int row, int col, const char *text)
{
    return text ? lw_draw_text(a, row, col, LW_ROLE_DIM, text, strlen(text)) + 1 : col;
}

/* Behind the last item, or in the row below where that is free. */
static void draw_note(struct lw_area a, int row, int col, int indent, const char *note)
{
    enum { NOTE_LEAST = 10 };
    int cols = lw_cols(note, strlen(note), -1), room = a.cols - col - 5;
    if (row + 1 < a.rows && cols > room)
        lw_draw_clipped(a, row + 1, indent, a.cols - indent - 1, LW_ROLE_DIM, note, strlen(note));
    else if (room >= NOTE_LEAST)
        lw_draw_clipped(a, row, col + 4, room, LW_ROLE_DIM, note, strlen(note));
}

/* One below the other, with what the chosen one means below all. */
static void draw_list(const struct lw_strip *s, struct lw_area a, int col)
{
    enum { KEY = 2 /* columns: labels stand below each other */ };
    for (size_t i = 0; i < s->n; i++)
        draw_item(s, i, a, (int)i, col + (s->v[i].plain ? KEY : 0));
    if (s->note)
        lw_draw_clipped(
            a, (int)s->n + 1, col + 1, a.cols - col - 2, LW_ROLE_DIM, s->note, strlen(s->note));
}

/* Scales without names stay in a row, as short as they are. */
static bool is_list(const struct lw_strip *s, struct lw_area a)
{
    return s->list && !s->bare && (int)s->n + 2 <= a.rows;
}

/* All of it. */
static void draw_whole(const struct lw_strip *s, struct breaking b, struct lw_area a, int col)
{
    int row = 0, at = draw_end(a, 0, col, s->before), after = end_cols(s->after);
    for (size_t i = 0; i < s->n; i++) {
        int wide = item_cols(s, i) + (i + 1 == s->n ? after : 0);
        if (at + wide > a.cols - 1 && at > b.indent) {
            row++;
            at = b.indent;
        }
        at = draw_item(s, i, a, row, at) + b.gap;
    }
    at = draw_end(a, row, at, s->after);
    if (s->note)
        draw_note(a, row + s->keyed, at, col + 1, s->note);
}

/* The first item to draw so that the chosen one is inside `cols` columns. */
static size_t first_item(const struct lw_strip *s, int cols)
{
    size_t chosen = 0, first = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].chosen)
            chosen = i;
    int used = 0;
    for (size_t i = 0; i <= chosen && s->n; i++) {
        used += item_cols(s, i);
        while (used > cols && first < i)
            used -= item_cols(s, first++);
    }
    return first;
}

static void draw_more(const struct lw_strip *s, struct lw_area a, int row)
{
    struct lw_buf all = {0};
    for (size_t i = 0; i < s->n; i++)
        lw_buf_fmt(&all, "%s%s", i ? "  " : "", s->v[i].text);
    lw_draw(a, row, a.cols - 2, LW_ROLE_DIM, "…");
    lw_draw_tell_cut(a, all.data, all.len);
    lw_buf_fini(&all);
}

/* As many as fit around the chosen one, in all rows but for the keys' one. */
static void draw_part(const struct lw_strip *s, struct lw_area a, int col)
{
    int rows = a.rows - s->keyed, row = 0, at = draw_end(a, 0, col, s->before);
    int each = a.cols - col - 4 - end_cols(s->before);
    size_t i = first_item(s, each * rows - (rows - 1) * 10);
    for (; i < s->n; i++) {
        int wide = item_cols(s, i);
        bool last = row + 1 == rows;
        if (at + wide > a.cols - (last ? 3 : 1) && !last) {
            row++;
            at = col;
        } else if (at + wide > a.cols - 3) {
            break;
        }
        at = draw_item(s, i, a, row, at);
    }
    if (i < s->n)
        draw_more(s, a, row);
}

enum { NAME_LEAST = 4 /* columns of a point and its name; less of it says nothing */ };

/* The names of points are cut until all points fit; then the whole name of the chosen one is beside
 * them. */
static struct breaking cut_names(struct lw_strip *s, struct lw_area a, int col)
{
    struct breaking b = {0};
    s->note = s->name;
    for (s->cut = a.cols / 3; s->cut >= NAME_LEAST; s->cut--) {
        b = break_strip(s, col, a.cols);
        if (b.rows <= a.rows)
            break;
    }
    return b;
}

void lw_strip_draw(struct lw_strip *s, struct lw_area a, int col)
{
    struct breaking b = break_strip(s, col, a.cols);
    lw_draw_cursor(a, 0, col);
    if (is_list(s, a)) {
        draw_list(s, a, col);
        return;
    }
    if (b.rows + s->keyed > a.rows && s->named)
        b = cut_names(s, a, col);
    if (b.rows + s->keyed <= a.rows)
        draw_whole(s, b, a, col);
    else
        draw_part(s, a, col);
}

/* ---- a scale with many points: a line from end to end */

enum { STRIP_POINTS = 40, SLIDER_COLS = 50 };

bool lw_strip_is_slider(const struct lw_question *q, int room)
{
    if (q->type != LW_Q_RATING || lw_scale_points(&q->scale) > STRIP_POINTS)
        return q->type == LW_Q_RATING;
    if (is_named(&q->scale))
        return false;
    struct lw_strip s = {0};
    rating_strip(q, NULL, &s);
    bool wide = strip_cols(&s, 1) + end_cols(s.before) + end_cols(s.after) > room;
    lw_strip_free(&s);
    return wide;
}

/* The chosen value stands on the line where it belongs: "0 ───[20]──────── 100". */
static int draw_line(struct lw_area a, int col, int cols, const struct lw_scale *scale,
    const json_t *value, enum lw_role role)
{
    char mark[32];
    lw_draw_fill(a, 0, col, cols, LW_ROLE_RULE, U'─');
    lw_draw_cursor(a, 0, col);
    if (!value)
        return col + cols;
    int64_t n = json_integer_value(value);
    int len =
        snprintf(mark, sizeof mark, role == LW_ROLE_CHOSEN ? "[%" PRId64 "]" : "(%" PRId64 ")", n);
    int at = (int)((n - scale->min) * (cols - len) / (scale->max - scale->min));
    lw_draw(a, 0, col + at, role, "%s", mark);
    lw_draw_cursor(a, 0, col + at + 1);
    return col + cols;
}

/* "0 not at all, 50 half": the points that have names. */
static void draw_names(const struct lw_scale *scale, struct lw_area a, int col)
{
    struct lw_buf names = {0};
    for (size_t i = 0; i < scale->npoints; i++)
        lw_buf_fmt(&names, "%s%" PRId64 " %s", i ? ", " : "", scale->point[i].value,
            scale->point[i].label);
    lw_draw_clipped(
        a, 1, col, a.cols - col - 1, LW_ROLE_DIM, names.len ? names.data : "", names.len);
    lw_buf_fini(&names);
}

void lw_strip_slider(
    const struct lw_scale *scale, const json_t *value, enum lw_role role, struct lw_area a, int col)
{
    int begin = col;
    col = draw_end(a, 0, col, scale->low);
    col = lw_draw(a, 0, col, LW_ROLE_QUESTION, "%" PRId64 " ", scale->min);
    int room = a.cols - col - 10 - end_cols(scale->high);
    col = draw_line(a, col,
        room > SLIDER_COLS ? SLIDER_COLS
        : room > 12        ? room
                           : 12,
        scale, value, role);
    col = lw_draw(a, 0, col, LW_ROLE_QUESTION, " %" PRId64 " ", scale->max);
    col = draw_end(a, 0, col, scale->high);
    const char *note = value ? lw_scale_label(scale, json_integer_value(value)) : NULL;
    if (note && col + 4 < a.cols)
        lw_draw_clipped(a, 0, col + 1, a.cols - col - 2, LW_ROLE_DIM, note, strlen(note));
    if (a.rows > 1 && scale->npoints > 0)
        draw_names(scale, a, begin);
}
