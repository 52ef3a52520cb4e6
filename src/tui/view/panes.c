/* What each pane shows: the prompt or a response as lines of text, and the matches of the search in
 * them. Where the panes are on the screen is layout.c's. */
#include "labelwright/tasks/tasks_summary.h"
#include "labelwright/text/find.h"
#include "tui/view/curtain_internal.h"
#include "tui/view/items_internal.h"
#include "tui/view/speaker_internal.h"
#include "tui/view/view_internal.h"

#include <stdlib.h>
#include <string.h>

static const struct lw_task *task(const struct lw_app *app)
{
    return lw_sitting_view(app->s)->task;
}

/* ---- the prompt */

/* Which tool it was, or which call it answers. */
static const char *tool_name(const struct lw_turn *turn)
{
    const char *name = json_string_value(json_object_get(turn->message, "name"));
    return name ? name : json_string_value(json_object_get(turn->message, "tool_call_id"));
}

static void add_speaker(struct lw_pane *p, const struct lw_turn *turn)
{
    const char *name = tool_name(turn);
    lw_doc_line(&p->doc, lw_speaker_role(turn->role), true, "%s%s%s", lw_speaker_name(turn->role),
        name ? " " : "", name ? name : "");
}

/* What is missing would otherwise look intended. */
static void add_warnings(struct lw_app *app, struct lw_pane *p)
{
    const struct lw_task *t = task(app);
    if (!lw_task_has_prompt(t))
        lw_doc_line(&p->doc, LW_ROLE_WARNING, false, LW_VIEW_NO_PROMPT);
    if (t->nresponses < app->usual_responses)
        lw_doc_line(&p->doc, LW_ROLE_WARNING, false, LW_VIEW_FEWER_RESPONSES, t->nresponses,
            t->nresponses == 1 ? "" : "s", app->usual_responses);
}

static void fill_prompt(struct lw_app *app, struct lw_pane *p, int cols)
{
    const struct lw_task *t = task(app);
    add_warnings(app, p);
    lw_doc_parts(&p->doc, t->parts, cols, app->fold, app->reading);
    bool asked = lw_items_are_asked(app, LW_ON_TURN);
    for (size_t i = 0; i < t->nturns; i++) {
        lw_doc_begin_item(&p->doc, (int)i);
        if (asked || t->nturns > 1 || strcmp(t->turn[i].role, "user") != 0)
            add_speaker(p, &t->turn[i]);
        lw_doc_message(&p->doc, t->turn[i].text, t->turn[i].parts, cols, app->fold, app->reading);
    }
    if (t->reference.s) {
        lw_doc_line(&p->doc, LW_ROLE_TITLE, true, LW_VIEW_REFERENCE);
        lw_doc_text(&p->doc, t->reference, cols, LW_ROLE_TEXT, app->reading);
    }
    if (lw_app_shows_next(app)) {
        lw_doc_line(&p->doc, LW_ROLE_TEXT, false, "%s", "");
        lw_doc_line(&p->doc, LW_ROLE_TITLE, true, LW_VIEW_NEXT);
        lw_doc_text(&p->doc, t->next, cols, LW_ROLE_TEXT, app->reading);
    }
}

/* ---- a response */

/* Each answer of a pair that is Markdown is laid out; two texts in one are shown as they stand. */
static bool fill_diff(struct lw_app *app, struct lw_pane *p, int cols)
{
    struct lw_diff diff = {0};
    struct lw_span a, b;
    enum lw_diff_shows shows = LW_SHOWS_NONE;
    if (app->word_diff && app->reading != LW_READ_RAW)
        shows = lw_diff_sides(app, p->response, &a, &b);
    if (shows == LW_SHOWS_NONE)
        return false;
    bool rendered = app->reading == LW_READ_RENDERED && shows != LW_SHOWS_BOTH;
    bool markdown_a = rendered && lw_is_markdown(a.s, a.n);
    bool markdown_b = rendered && lw_is_markdown(b.s, b.n), out = shows == LW_SHOWS_OUT;
    if (markdown_a || markdown_b) {
        lw_diff_shown(&diff, a, markdown_a, b, markdown_b);
        lw_doc_changes(&p->doc, out ? a : b, &diff, out, cols, out ? markdown_a : markdown_b);
    } else {
        lw_diff_words(&diff, a.s, a.n, b.s, b.n);
        lw_doc_diff(&p->doc, &diff, a, b, shows != LW_SHOWS_IN, !out, cols);
    }
    lw_doc_reach(&p->doc, SIZE_MAX); /* changes are looked for everywhere */
    lw_diff_fini(&diff);
    return true;
}

/* The text of a response is that of its steps; what else it says comes after them. */
static void fill_steps(struct lw_app *app, struct lw_pane *p, int cols)
{
    const struct lw_task *t = task(app);
    const struct lw_response *r = &t->response[p->response];
    for (size_t i = 0; i < t->nsteps; i++) {
        if (t->step[i].response != p->response)
            continue;
        lw_doc_begin_item(&p->doc, (int)i);
        if (t->step[i].text.n == 0)
            lw_doc_line(&p->doc, LW_ROLE_WARNING, false, LW_VIEW_EMPTY_STEP);
        else
            lw_doc_text(&p->doc, t->step[i].text, cols, LW_ROLE_TEXT, app->reading);
    }
    if (!lw_items_say_all(t, p->response)) {
        lw_doc_line(&p->doc, LW_ROLE_TITLE, false, LW_VIEW_WHOLE_RESPONSE);
        lw_doc_text(&p->doc, r->text, cols, LW_ROLE_TEXT, app->reading);
    }
    lw_doc_other_parts(&p->doc, r->parts, cols, app->fold, app->reading);
}

static void fill_response(struct lw_app *app, struct lw_pane *p, int cols)
{
    const struct lw_response *r = &task(app)->response[p->response];
    if (lw_items_are_asked(app, LW_ON_TURN) && task(app)->nresponses == 1)
        lw_doc_begin_item(&p->doc, (int)task(app)->nturns);
    if (r->text.n == 0 && lw_parts_count(r->parts) == 0)
        lw_doc_line(&p->doc, LW_ROLE_WARNING, false, LW_VIEW_EMPTY_RESPONSE);
    if (lw_items_have_steps(task(app), p->response))
        fill_steps(app, p, cols);
    else if (fill_diff(app, p, cols))
        lw_doc_other_parts(&p->doc, r->parts, cols, app->fold, app->reading);
    else
        lw_doc_message(&p->doc, r->text, r->parts, cols, app->fold, app->reading);
}

void lw_pane_fill(struct lw_app *app, struct lw_pane *p, int cols)
{
    if (app->talk_has_changed && !p->has_steps)
        lw_doc_refill(&p->doc);
    else
        lw_doc_clear(&p->doc);
    p->doc.how = app->how;
    p->doc.how.grows = lw_talk_grows(app, p->response);
    p->doc.pictures = &app->pictures;
    p->has_steps = p->response >= 0 && lw_items_have_steps(task(app), p->response);
    p->doc.left = lw_items_cols(app, p);
    cols = lw_text_cols(app, cols - p->doc.left);
    if (task(app)->unreadable) {
        lw_doc_line(&p->doc, LW_ROLE_WARNING, false, LW_VIEW_UNREADABLE);
        lw_doc_line(&p->doc, LW_ROLE_TEXT, false, "%s", "");
        lw_doc_text(&p->doc, (struct lw_span){task(app)->unreadable, strlen(task(app)->unreadable)},
            cols, LW_ROLE_TEXT, LW_READ_SOURCE);
    } else if (lw_app_is_hidden(app)) {
        lw_curtain_fill(app, p, cols);
    } else if (p->response < 0) {
        fill_prompt(app, p, cols);
    } else {
        fill_response(app, p, cols);
    }
    lw_doc_settle(&p->doc);
}

static int count_lines(struct lw_app *app, int response, int cols, int most)
{
    struct lw_pane pane = {.response = response};
    lw_pane_fill(app, &pane, cols);
    size_t lines = lw_doc_reach(&pane.doc, (size_t)most);
    lw_doc_fini(&pane.doc);
    return lines < (size_t)most ? (int)lines : most;
}

int lw_pane_count_lines(struct lw_app *app, int response, int cols, int most)
{
    int covered = count_lines(app, response, cols, most);
    if (!lw_app_is_hidden(app))
        return covered;
    size_t uncovered = app->uncovered;
    app->uncovered = SIZE_MAX;
    int whole = count_lines(app, response, cols, most);
    app->uncovered = uncovered;
    return whole > covered ? whole : covered;
}

static bool has_parts(const struct lw_task *t)
{
    bool has = lw_parts_count(t->parts) > 0;
    for (size_t i = 0; i < t->nturns && !has; i++)
        has = lw_parts_count(t->turn[i].parts) > 0;
    for (size_t i = 0; i < t->nresponses && !has; i++)
        has = lw_parts_count(t->response[i].parts) > 0;
    return has;
}

bool lw_panes_are_known(const struct lw_app *app)
{
    const struct lw_task *t = task(app);
    return !t->unreadable && !t->talk && !has_parts(t) &&
           !lw_talk_question(lw_sitting_view(app->s)->opts.project);
}

/* A pane is filled line by line behind what it has, so that one doc can take them all. */
static void add_pane(struct lw_app *app, struct lw_pane *p, int cols)
{
    if (p->response < 0)
        fill_prompt(app, p, cols);
    else
        fill_response(app, p, cols);
}

static void add_letter(const struct lw_app *app, struct lw_doc *doc, int place)
{
    const struct lw_task *t = task(app);
    lw_doc_line(doc, LW_ROLE_TEXT, false, "%s", "");
    if (t->nresponses == 1)
        lw_doc_line(doc, LW_ROLE_TITLE, true, LW_VIEW_RESPONSE);
    else
        lw_doc_line(doc, LW_ROLE_TITLE, true, "%c",
            lw_sitting_letter(app->s, lw_sitting_view(app->s)->order[place]));
}

void lw_panes_add_all(struct lw_app *app, struct lw_doc *doc, int cols)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_pane all = {.response = -1, .doc = *doc};
    if (v->task->unreadable || lw_app_is_hidden(app))
        return;
    all.doc.how = app->how;
    add_pane(app, &all, cols);
    for (int i = 0; i < (int)v->task->nresponses; i++) {
        add_letter(app, &all.doc, i);
        all.response = v->order[i];
        add_pane(app, &all, cols);
    }
    *doc = all.doc;
}

/* ---- matches of the search */

static void add_hit(struct lw_app *app, struct lw_hit hit)
{
    if ((app->nhits & (app->nhits - 1)) == 0) /* a power of two is full */
        app->hit = lw_grow(app->hit, app->nhits ? 2 * app->nhits : 1, sizeof *app->hit);
    app->hit[app->nhits++] = hit;
}

struct finding {
    struct lw_app *app;
    int pane, place;
};

static bool add_found(void *ctx, struct lw_span at)
{
    const struct finding *f = ctx;
    add_hit(f->app, (struct lw_hit){f->pane, f->place, at});
    return f->app->nhits < LW_HITS_MAX;
}

static void find_in_pane(struct lw_app *app, struct lw_needle *needle, int pane, int place)
{
    struct finding f = {app, pane, place};
    lw_doc_find(&app->pane[pane].doc, needle, add_found, &f);
}

/* In a response that no pane shows: where its pane would find it. */
static void find_unseen(
    struct lw_app *app, struct lw_needle *needle, int place, struct lw_span text)
{
    struct finding f = {app, -1, place};
    struct lw_doc doc = {0};
    lw_doc_text(&doc, text, LW_READING_COLS, LW_ROLE_TEXT, app->reading);
    lw_doc_find(&doc, needle, add_found, &f);
    lw_doc_fini(&doc);
}

/* The responses by letter, also those that are not shown. */
static void find_in_responses(struct lw_app *app, struct lw_needle *needle)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    for (int place = 0; app->npanes > 1 && place < (int)s->task->nresponses; place++) {
        int pane = lw_shown_pane(app, s->order[place]);
        if (pane > 0)
            find_in_pane(app, needle, pane, 1 + place);
        else if (!lw_app_is_hidden(app))
            find_unseen(app, needle, 1 + place, s->task->response[s->order[place]].text);
    }
}

void lw_hits_update(struct lw_app *app)
{
    struct lw_needle needle;
    app->nhits = 0;
    lw_needle_init(&needle, app->find.data, app->find.len);
    if (app->npanes > 0 && app->find.len > 0) {
        find_in_pane(app, &needle, 0, 0);
        find_in_responses(app, &needle);
    }
    lw_needle_fini(&needle);
    if (app->hit_at >= app->nhits)
        app->hit_at = 0;
}
