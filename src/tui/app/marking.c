/* Marking spans of a text: a cursor in what a pane shows, keys that bring it from place to place,
 * and a key for each tag. The session has the answer; which places there are is view/stops.c's. */
#include "tui/app/screens_internal.h"
#include "tui/view/view_spans_internal.h"

#include <stdlib.h>
#include <string.h>

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

static const struct lw_question *question(const struct lw_app *app)
{
    return &view(app)->opts.project->question[app->marking.slot.question];
}

static struct lw_pane *pane(struct lw_app *app)
{
    return &app->pane[app->active];
}

void lw_marking_fini(struct lw_app *app)
{
    lw_stops_fini(&app->marking.stops);
    app->marking = (struct lw_marking){0};
}

/* ---- the cursor */

static void show_cursor(struct lw_app *app)
{
    struct lw_pane *p = pane(app);
    int col;
    size_t line = lw_stops_line(&app->marking.stops, &p->doc, app->marking.at, &col);
    size_t rows = (size_t)(p->rows > 0 ? p->rows : 1);
    if (line < p->top)
        p->top = line;
    else if (line >= p->top + rows)
        p->top = line - rows + 1;
}

static void go_to(struct lw_app *app, size_t at)
{
    app->marking.at = at;
    app->marking.picked = SIZE_MAX;
    app->marking.more = false;
    show_cursor(app);
}

static void by_place(struct lw_app *app, int by, uint8_t bit)
{
    struct lw_marking *m = &app->marking;
    m->col = -1;
    go_to(app,
        by > 0 ? lw_stops_next(&m->stops, m->at, bit) : lw_stops_previous(&m->stops, m->at, bit));
}

/* The word that marking began with stays marked: a way back begins before it. */
static void leave_word(struct lw_marking *m, int by)
{
    if (m->open && by < 0 && m->at > m->from && m->at < m->end)
        m->at = m->from;
}

/* While something is marked the end of the next word is what matters. */
static void by_word(struct lw_app *app, int by)
{
    struct lw_marking *m = &app->marking;
    leave_word(m, by);
    bool ends = m->open && (by > 0 ? m->at >= m->from : m->at > m->from);
    by_place(app, by, ends ? LW_STOP_WORD_END : LW_STOP_WORD);
}

static void by_sentence(struct lw_app *app, int by)
{
    struct lw_marking *m = &app->marking;
    m->col = -1;
    size_t end = lw_stops_sentence_end(&m->stops, m->at);
    if (!m->open || by < 0) {
        leave_word(m, by);
        by_place(app, by, LW_STOP_SENTENCE);
        return;
    }
    if (end <= m->at) /* at its end already: that of the next one */
        end = lw_stops_sentence_end(&m->stops, lw_stops_next(&m->stops, m->at, LW_STOP_SENTENCE));
    go_to(app, end > m->at ? end : m->at);
}

static void by_line(struct lw_app *app, int by)
{
    struct lw_marking *m = &app->marking;
    const struct lw_doc *doc = &pane(app)->doc;
    int col;
    size_t line = lw_stops_line(&m->stops, doc, m->at, &col), at = SIZE_MAX;
    m->col = m->col < 0 ? col : m->col;
    for (line += (size_t)by; line < doc->n && (at == SIZE_MAX || at == m->at); line += (size_t)by)
        at = lw_stops_on_line(&m->stops, doc, line, m->col);
    int kept = m->col;
    go_to(app, at == SIZE_MAX ? m->at : at);
    m->col = kept;
}

static void by_page(struct lw_app *app, int by)
{
    for (int i = 1; i < pane(app)->rows; i++)
        by_line(app, by);
}

static void to_end(struct lw_app *app, int by)
{
    struct lw_stops *s = &app->marking.stops;
    go_to(app, lw_stops_at(s, by < 0 ? 0 : s->text.n));
    app->marking.col = -1;
}

/* ---- from span to span */

static void by_span(struct lw_app *app, int by)
{
    struct lw_marking *m = &app->marking;
    const json_t *value = lw_marking_value(app);
    size_t n = json_array_size(value), now = lw_marking_now(app), i = 0;
    struct lw_tagged s;
    if (n == 0) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_SPAN);
        return;
    }
    while (i < n && lw_spans_get(value, i, &s) && s.start <= m->at)
        i++; /* the first one behind the cursor */
    if (now < n)
        i = by > 0 ? now + 1 : now + n - 1;
    else if (by < 0)
        i += n - 1;
    m->open = false;
    lw_spans_get(value, i % n, &s);
    go_to(app, lw_stops_at(&m->stops, s.start));
    m->picked = i % n;
    m->col = -1;
}

/* ---- changes */

/* Takes the value. False when the task was shown anew meanwhile: what the cursor was in is gone. */
static bool answer(struct lw_app *app, json_t *value)
{
    bool taken = lw_app_set_marks(app, app->marking.slot, value);
    if (view(app)->show_count != app->marking.of) {
        lw_marking_fini(app);
        app->over = LW_OVERLAY_NONE;
        return false;
    }
    app->marking.changes += taken;
    return true;
}

/* The span with just these bytes; SIZE_MAX for none. */
static size_t find_span(const json_t *value, size_t from, size_t end)
{
    struct lw_tagged s;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (lw_spans_get(value, i, &s) && s.start == from && s.end == end)
            return i;
    return SIZE_MAX;
}

static void retag(struct lw_app *app, size_t i, const struct lw_option *o)
{
    struct lw_marking *m = &app->marking;
    if (!answer(app, lw_spans_tag(lw_marking_value(app), i, o->path, m->more)))
        return;
    m->picked = i;
    m->more = false;
}

static void mark(struct lw_app *app, size_t from, size_t end, const struct lw_option *o)
{
    struct lw_marking *m = &app->marking;
    const json_t *value = lw_marking_value(app);
    size_t same = find_span(value, from, end);
    char id[LW_ITEM_ID];
    m->open = false;
    if (same != SIZE_MAX) {
        retag(app, same, o);
        return;
    }
    lw_spans_new_id(view(app)->opts.project, view(app)->answers, id);
    if (!answer(app, lw_spans_add(value, id, m->stops.text, from, end, o->path)))
        return;
    go_to(app, lw_stops_previous(&m->stops, end, LW_STOP)); /* another tag changes this one */
    m->picked = find_span(lw_marking_value(app), from, end);
}

/* The word at the cursor; between two words the next one. */
static void word_here(struct lw_marking *m, size_t *from, size_t *end)
{
    char here = m->stops.text.s[m->at];
    bool blank = here == ' ' || here == '\t' || here == '\n';
    lw_stops_word(
        &m->stops, blank ? lw_stops_next(&m->stops, m->at, LW_STOP_WORD) : m->at, from, end);
}

/* Marks what is being marked, else changes the span at the cursor, else marks the word there. */
static void tag(struct lw_app *app, size_t option)
{
    struct lw_marking *m = &app->marking;
    const struct lw_option *o = &question(app)->option[option];
    size_t now = lw_marking_now(app), from, end;
    if (lw_sitting_guards_answer(app->s))
        return;
    if (!m->open && now != SIZE_MAX) {
        retag(app, now, o);
        return;
    }
    if (m->open)
        lw_marking_range(app, &from, &end);
    else
        word_here(m, &from, &end);
    mark(app, from, end, o);
}

static void delete (struct lw_app *app)
{
    size_t now = lw_marking_now(app);
    if (now == SIZE_MAX || app->marking.open) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_SPAN_HERE);
        return;
    }
    answer(app, lw_spans_remove(lw_marking_value(app), now));
    app->marking.picked = SIZE_MAX;
}

static void undo(struct lw_app *app)
{
    app->marking.open = false;
    app->marking.picked = SIZE_MAX;
    lw_app_undo_mark(app, app->marking.slot, &app->marking.changes);
}

static void begin(struct lw_app *app)
{
    struct lw_marking *m = &app->marking;
    m->open = !m->open;
    m->picked = SIZE_MAX;
    m->more = false;
    word_here(m, &m->from, &m->end);
    if (m->open) /* the cursor is at its end, so that a move adds to it */
        m->at = lw_stops_previous(&m->stops, m->end, LW_STOP);
}

static void add_tag(struct lw_app *app)
{
    app->marking.more = lw_marking_now(app) != SIZE_MAX && !app->marking.open;
    if (!app->marking.more)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_SPAN_HERE);
}

/* ---- opening and leaving */

static bool is_same_text(const struct lw_marking *m, uint64_t shown, struct lw_slot slot)
{
    return m->of == shown && m->slot.question == slot.question && m->slot.item == slot.item;
}

/* What is compared or spelled out is shown in another way than it stands. */
static void show_plainly(struct lw_app *app)
{
    if (app->reading == LW_READ_RAW)
        app->reading = LW_READ_RENDERED;
    app->word_diff = app->laid_out = false;
    lw_layout_update(app);
}

/* The pane that shows the text becomes the active one. */
static bool bring_text(struct lw_app *app, struct lw_span text)
{
    for (int i = 0; i < app->npanes; i++)
        if (text.s && lw_stops_make(&app->marking.stops, &app->pane[i].doc, text)) {
            lw_app_go_to_pane(app, i);
            lw_layout_update(app);
            return pane(app)->rows > 0;
        }
    return false;
}

/* The match of the search in this text, once; NULL for none. */
static const char *new_hit(struct lw_app *app)
{
    struct lw_marking *m = &app->marking;
    const char *at = app->nhits > 0 ? app->hit[app->hit_at].at.s : NULL;
    bool here = at && at >= m->stops.text.s && at < m->stops.text.s + m->stops.text.n;
    bool old = at == m->hit;
    m->hit = at;
    return here && !old ? at : NULL;
}

/* At a span that is asked about, or a match of the search; else where it was before in this text;
 * else at the first place that the pane shows. */
static size_t first_place(struct lw_app *app, bool same, size_t was, const char *span)
{
    struct lw_stops *s = &app->marking.stops;
    const struct lw_pane *p = pane(app);
    const char *hit = new_hit(app);
    if (span || hit)
        return lw_stops_at(s, (size_t)((span ? span : hit) - s->text.s));
    if (same)
        return lw_stops_at(s, was);
    for (size_t line = p->top; line < p->doc.n; line++) {
        size_t at = lw_stops_on_line(s, &p->doc, line, 0);
        if (at != SIZE_MAX)
            return at;
    }
    return lw_stops_at(s, 0);
}

/* To the spans question that marked what is asked about; NULL, or where that span begins. */
static const char *focus_span(struct lw_app *app)
{
    const struct lw_sitting_view *v = view(app);
    const struct lw_question *q = lw_app_question(app);
    if (!q || q->on != LW_ON_SPAN)
        return NULL;
    const struct lw_task_span *span = &v->task->span[v->slot[v->focus].item];
    app->marking.slot = (struct lw_slot){span->question, span->item};
    const char *at = span->text.s;
    lw_app_focus_slot(app, app->marking.slot);
    return at;
}

void lw_marking_open(struct lw_app *app)
{
    if (!lw_sitting_check_command(app->s, LW_CMD_SPAN) || lw_app_refuses_hidden(app))
        return;
    struct lw_marking *m = &app->marking;
    struct lw_marking was = *m;
    lw_app_save_focus(app);
    const char *span = focus_span(app);
    if (!lw_app_focus_type(app, LW_Q_SPANS)) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_TAKES_NO, LW_APP_SPANS);
        return;
    }
    const struct lw_sitting_view *v = view(app);
    struct lw_slot slot = v->slot[v->focus];
    if (lw_sitting_refuses_growing(app->s, slot))
        return;
    show_plainly(app);
    *m = (struct lw_marking){.of = v->show_count,
        .slot = slot,
        .stops = was.stops,
        .hit = was.hit,
        .picked = SIZE_MAX,
        .col = -1};
    if (!bring_text(app, lw_slot_text(v->opts.project, v->task, slot))) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_MARKABLE);
        return;
    }
    app->over = LW_OVERLAY_MARKING;
    go_to(app, first_place(app, is_same_text(&was, v->show_count, slot), was.at, span));
}

static void leave(struct lw_app *app)
{
    app->over = LW_OVERLAY_NONE;
    lw_sitting_clear_message(app->s);
}

static void escape(struct lw_app *app)
{
    struct lw_marking *m = &app->marking;
    if (m->open)
        go_to(app, m->from);
    else if (!m->more)
        leave(app);
    m->open = m->more = false;
}

/* ---- keys */

static void by_cluster(struct lw_app *app, int by)
{
    leave_word(&app->marking, by);
    by_place(app, by, LW_STOP);
}

/* The keys of marking are at its end. */
static void help(struct lw_app *app)
{
    lw_pager_open_help(app);
    lw_pager_key(app, (struct lw_key){.name = LW_KEY_END});
}

static void run_other(struct lw_app *app, int which)
{
    static void (*const run[])(struct lw_app *) = {
        begin, delete, undo, add_tag, escape, lw_app_finish_marking, help};
    run[which](app);
}

enum { BEGIN, DELETE, UNDO, ADD_TAG, ESCAPE, FINISH, HELP };

static const struct lw_bound_key keys[] = {
    {"Left", by_cluster, -1},
    {"Right", by_cluster, 1},
    {"b", by_word, -1},
    {"w", by_word, 1},
    {"C-Left", by_word, -1},
    {"C-Right", by_word, 1},
    {"(", by_sentence, -1},
    {")", by_sentence, 1},
    {"Up", by_line, -1},
    {"Down", by_line, 1},
    {"PgUp", by_page, -1},
    {"PgDn", by_page, 1},
    {"Home", to_end, -1},
    {"End", to_end, 1},
    {"Tab", by_span, 1},
    {"n", by_span, 1},
    {"S-Tab", by_span, -1},
    {"p", by_span, -1},
    {"v", run_other, BEGIN},
    {"Space", run_other, BEGIN},
    {"x", run_other, DELETE},
    {"Del", run_other, DELETE},
    {"u", run_other, UNDO},
    {"+", run_other, ADD_TAG},
    {"Esc", run_other, ESCAPE},
    {"^C", run_other, ESCAPE},
    {"Enter", run_other, FINISH},
    {"?", run_other, HELP},
    {"F1", run_other, HELP},
};

void lw_marking_key(struct lw_app *app, struct lw_key key)
{
    size_t option;
    if (lw_app_tag_key(app, question(app), key, &option))
        tag(app, option);
    else
        lw_app_marking_key(app, keys, sizeof keys / sizeof *keys, key);
}
