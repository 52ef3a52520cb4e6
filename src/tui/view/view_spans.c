/* Spans in the panes: underlined, where they overlap bold too; the first letters of their tags
 * stand before the line where one begins. While marking also the cursor and what is known of the
 * span at it. Which keys mark them is app/marking.c's. */
#include "tui/view/view_spans_internal.h"

#include "labelwright/project/task_target.h"
#include "labelwright/text/glyph.h"
#include "labelwright/text/utf8.h"

#include <stdio.h>
#include <string.h>

enum { COLS = 4 /* three letters and a gap */ };

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

/* ---- which ones are shown */

/* Those of the question that keys go to, or that marked what it is about; else all. */
static bool is_shown(const struct lw_app *app, const struct lw_task_span *span)
{
    const struct lw_sitting_view *v = view(app);
    const struct lw_question *q = lw_app_question(app);
    if (q && q->type == LW_Q_SPANS)
        return span->question == v->slot[v->focus].question;
    if (q && q->on == LW_ON_SPAN)
        return span->question == v->task->span[v->slot[v->focus].item].question;
    return true;
}

/* The one that the focused question is about, or that is marked now; SIZE_MAX for none. */
static size_t find_now(const struct lw_app *app)
{
    const struct lw_sitting_view *v = view(app);
    const struct lw_question *q = lw_app_question(app);
    struct lw_tagged now;
    if (q && q->on == LW_ON_SPAN)
        return (size_t)v->slot[v->focus].item;
    if (app->over != LW_OVERLAY_MARKING || app->marking.open ||
        !lw_spans_get(lw_marking_value(app), lw_marking_now(app), &now))
        return SIZE_MAX;
    for (size_t i = 0; i < v->task->nspans; i++)
        if (strcmp(now.id, v->task->span[i].id) == 0)
            return i;
    return SIZE_MAX;
}

int lw_spans_cols(const struct lw_app *app, int response)
{
    const struct lw_project *p = view(app)->opts.project;
    for (size_t i = 0; i < p->nquestions; i++) {
        enum lw_target on = p->question[i].on;
        if (p->question[i].type == LW_Q_SPANS && (on == LW_ON_RESPONSE) == (response >= 0))
            return COLS;
    }
    return 0;
}

/* ---- a line */

static bool overlaps(struct lw_span a, struct lw_span b)
{
    return a.s < b.s + b.n && b.s < a.s + a.n;
}

/* The bytes of the text that a line shows; s NULL for a line of our own. */
static struct lw_span bytes_of(const struct lw_doc_line *l)
{
    size_t from = SIZE_MAX, end = 0;
    for (size_t i = 0; !l->own && i < l->nruns; i++) {
        const struct lw_run *r = &l->run[i];
        if (r->len == 0)
            continue;
        from = r->at < from ? r->at : from;
        end = r->at + r->len > end ? r->at + r->len : end;
    }
    return from < end ? (struct lw_span){l->text.s + from, end - from} : (struct lw_span){NULL, 0};
}

/* The letter of a tag: its key, else the first of its label. */
static void add_letter(const struct lw_question *q, const json_t *tags, struct lw_buf *to)
{
    const char *path = json_string_value(json_array_get(tags, 0));
    const struct lw_option *o = path ? lw_option_find(q, path) : NULL;
    struct lw_glyph g;
    char key[4];
    if (!o)
        lw_buf_char(to, '?');
    else if (o->mark)
        lw_buf_str(to, o->mark);
    else if (o->key)
        lw_buf_add(to, key, lw_utf8_encode(o->key, key));
    else {
        lw_glyph_next(o->label, strlen(o->label), 0, true, &g);
        lw_buf_add(to, o->label, g.len);
    }
}

struct drawing {
    const struct lw_app *app;
    size_t now; /* find_now() */
    struct lw_area a;
    int row, left;
    struct lw_doc_line line;
    struct lw_span bytes;
    const char *reach; /* the spans before go so far */
    struct lw_buf letters;
    const json_t *suggested; /* spans of `text`; NULL for none */
    struct lw_span text;
};

static void draw_span(struct drawing *d, size_t i)
{
    const struct lw_task_span *span = &view(d->app)->task->span[i];
    struct lw_span at = span->text;
    const char *end = at.s + at.n;
    lw_doc_restyle(d->a, d->row, d->left, &d->line, at, LW_ROLE_SPAN);
    if (d->reach > at.s) {
        struct lw_span twice = {at.s, (size_t)((d->reach < end ? d->reach : end) - at.s)};
        lw_doc_restyle(d->a, d->row, d->left, &d->line, twice, LW_ROLE_SPAN_OVER);
    }
    d->reach = end > d->reach ? end : d->reach;
    if (at.s >= d->bytes.s)
        add_letter(&view(d->app)->opts.project->question[span->question],
            json_object_get(span->value, "tags"), &d->letters);
}

/* Colour is never the only sign: > stands before the line where it begins. */
static void draw_now(struct drawing *d, struct lw_span at)
{
    lw_doc_restyle(d->a, d->row, d->left, &d->line, at, LW_ROLE_SPAN_NOW);
    if (at.s >= d->bytes.s)
        lw_draw(d->a, d->row, 0, LW_ROLE_FOCUS, ">");
}

/* What is suggested for the focused question, before anything is accepted or marked. */
static void find_suggested(struct drawing *d)
{
    const struct lw_sitting_view *v = view(d->app);
    const struct lw_question *q = lw_app_question(d->app);
    if (!q || q->type != LW_Q_SPANS)
        return;
    struct lw_slot slot = v->slot[v->focus];
    d->text = lw_slot_text(v->opts.project, v->task, slot);
    d->suggested = lw_suggestion_left(v->opts.project, v->task, v->answers, slot);
}

static void draw_suggested(struct drawing *d)
{
    struct lw_tagged s;
    struct lw_span text = d->text;
    for (size_t i = 0; lw_spans_get(d->suggested, i, &s); i++) {
        struct lw_span at = {text.s + s.start, s.end - s.start};
        if (!overlaps(at, d->bytes))
            continue;
        lw_doc_restyle(d->a, d->row, d->left, &d->line, at, LW_ROLE_SUGGESTED);
        if (at.s >= d->bytes.s)
            lw_buf_char(&d->letters, '?');
    }
}

static void draw_row(struct drawing *d)
{
    draw_suggested(d);
    const struct lw_task *t = view(d->app)->task;
    for (size_t i = 0; i < t->nspans; i++)
        if (overlaps(t->span[i].text, d->bytes) && is_shown(d->app, &t->span[i]))
            draw_span(d, i);
    if (d->now < t->nspans && overlaps(t->span[d->now].text, d->bytes))
        draw_now(d, t->span[d->now].text);
    if (d->letters.len > 0 && d->left == 1 + COLS)
        lw_draw_clipped(d->a, d->row, 1, COLS - 1, LW_ROLE_ANSWER, d->letters.data, d->letters.len);
}

void lw_view_spans(const struct lw_app *app, const struct lw_pane *p, struct lw_area a)
{
    struct drawing d = {.app = app, .now = find_now(app), .a = a, .left = 1 + p->doc.left};
    if (lw_app_is_hidden(app))
        return;
    find_suggested(&d);
    if (view(app)->task->nspans == 0 && !d.suggested)
        return;
    for (d.row = 0; d.row < a.rows && p->top + (size_t)d.row < p->doc.n; d.row++) {
        d.line = lw_doc_line_at(&p->doc, p->top + (size_t)d.row);
        d.bytes = bytes_of(&d.line);
        d.reach = NULL;
        lw_buf_clear(&d.letters);
        if (d.bytes.s)
            draw_row(&d);
    }
    lw_buf_fini(&d.letters);
}

/* ---- marking */

void lw_view_tag_labels(const struct lw_question *q, const json_t *tags, struct lw_buf *to)
{
    for (size_t i = 0; i < json_array_size(tags); i++) {
        const char *path = json_string_value(json_array_get(tags, i));
        const struct lw_option *o = path ? lw_option_find(q, path) : NULL;
        lw_buf_fmt(to, "%s%s", i ? ", " : "", o ? o->label : "?");
    }
}

void lw_marking_remark(const struct lw_app *app, struct lw_buf *to)
{
    const struct lw_marking *m = &app->marking;
    const struct lw_question *q = &view(app)->opts.project->question[m->slot.question];
    const json_t *value = lw_marking_value(app);
    size_t now = lw_marking_now(app), n = json_array_size(value);
    struct lw_tagged s;
    if (m->open) {
        lw_buf_str(to, LW_VIEW_MARKING_OPEN);
    } else if (lw_spans_get(value, now, &s)) {
        lw_buf_fmt(to, LW_VIEW_MARKING_NOW, now + 1, n);
        lw_view_tag_labels(q, s.tags, to);
        if (m->more)
            lw_buf_str(to, LW_VIEW_MARKING_MORE);
    } else {
        lw_buf_fmt(to, LW_VIEW_MARKING_COUNT, n, n == 1 ? "" : "s");
    }
}

/* The rows of the panes that show the text: what is marked there may be in any of its parts. */
static void draw_open(const struct lw_app *app, const struct lw_pane *p, struct lw_area a)
{
    size_t from, end;
    lw_marking_range(app, &from, &end);
    struct lw_span at = {app->marking.stops.text.s + from, end - from};
    for (int row = 0; row < a.rows && p->top + (size_t)row < p->doc.n; row++) {
        struct lw_doc_line l = lw_doc_line_at(&p->doc, p->top + (size_t)row);
        struct lw_span bytes = bytes_of(&l), both = at;
        if (!bytes.s || !overlaps(at, bytes))
            continue;
        both.s = at.s > l.text.s ? at.s : l.text.s;
        both.n = (size_t)(at.s + at.n - both.s);
        lw_doc_restyle(a, row, 1 + p->doc.left, &l, both, LW_ROLE_SPAN_NOW);
    }
}

static void draw_keys(const struct lw_app *app, struct lw_area a)
{
    const struct lw_hint h[] = {
        {"v", LW_CMD_SPAN, app->marking.open ? "drop" : "mark"},
        {"w b", LW_CMD_SPAN, "word"},
        {"( )", LW_CMD_SPAN, "sentence"},
        {"Tab", LW_CMD_SPAN, "span"},
        {"x", LW_CMD_SPAN, "delete"},
        {"u", LW_CMD_SPAN, "undo"},
        {"Enter", LW_CMD_SPAN, "done"},
        {"+", LW_CMD_SPAN, "more tags"},
        {"?", LW_CMD_SPAN, "help"},
    };
    lw_view_hints(app, a, h, sizeof h / sizeof *h);
}

void lw_view_marking(const struct lw_app *app, struct lw_area all)
{
    const struct lw_marking *m = &app->marking;
    const struct lw_pane *p = &app->pane[app->active];
    struct lw_area a = lw_area_cols(lw_area_rows(all, p->row, p->rows), p->col, p->cols);
    int col;
    size_t line = lw_stops_line(&m->stops, &p->doc, m->at, &col);
    if (m->open)
        draw_open(app, p, a);
    if (line >= p->top && line < p->top + (size_t)p->rows)
        lw_draw_cursor(a, (int)(line - p->top), 1 + p->doc.left + col);
    draw_keys(app, lw_area_rows(all, app->rows - 1, 1));
}
