/* What a hidden task shows while it is uncovered piece by piece. Which tasks are hidden is the
 * project's to say; the keys are in reading.c. */
#include "tui/view/curtain_internal.h"

#include "tui/view/speaker_internal.h"
#include "tui/view/view_texts_internal.h"

#include <stdlib.h>
#include <string.h>

/* Goes through the pieces of one pane. Without a document it only counts. */
struct walk {
    const struct lw_app *app;
    struct lw_doc *doc;
    int cols;
    size_t left;         /* pieces that may still be shown */
    size_t pieces;       /* seen so far */
    uint64_t characters; /* of those that are shown */
};

static const struct lw_task *task(const struct lw_app *app)
{
    return lw_sitting_view(app->s)->task;
}

/* ---- paragraphs */

static bool is_blank_line(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!strchr(" \t\r", s[i]))
            return false;
    return true;
}

/* The end of the paragraph that begins at or behind `at`, with the blank lines behind it. */
static size_t paragraph_end(struct lw_span text, size_t at)
{
    bool words = false, ended = false;
    while (at < text.n) {
        const char *line = text.s + at, *lf = memchr(line, '\n', text.n - at);
        size_t n = lf ? (size_t)(lf - line) : text.n - at;
        bool blank = is_blank_line(line, n);
        if (!blank && ended)
            return at;
        ended = blank && words;
        words = words || !blank;
        at += n + (lf ? 1 : 0);
    }
    return at;
}

/* The paragraphs that may be shown, from the first on. */
static struct lw_span take_text(struct walk *w, struct lw_span text)
{
    size_t at = 0, shown = 0;
    while (at < text.n) {
        at = paragraph_end(text, at);
        w->pieces++;
        if (w->left == 0)
            continue;
        w->left--;
        shown = at;
    }
    w->characters += lw_span_characters((struct lw_span){text.s, shown});
    return (struct lw_span){text.s, shown};
}

static bool take_one(struct walk *w)
{
    w->pieces++;
    if (w->left == 0)
        return false;
    w->left--;
    return true;
}

/* ---- pieces */

static void walk_text(struct walk *w, struct lw_span text)
{
    struct lw_span shown = take_text(w, text);
    if (w->doc && shown.n > 0)
        lw_doc_text(w->doc, shown, w->cols, LW_ROLE_TEXT, w->app->reading);
}

static void walk_parts(struct walk *w, const struct lw_parts *parts)
{
    if (lw_parts_count(parts) == 0 || !take_one(w))
        return;
    w->characters += lw_parts_size(parts).characters;
    if (w->doc)
        lw_doc_other_parts(w->doc, parts, w->cols, w->app->fold, w->app->reading);
}

static void walk_turn(struct walk *w, const struct lw_turn *turn, bool several)
{
    if (w->doc && w->left > 0 && several)
        lw_doc_line(w->doc, lw_speaker_role(turn->role), true, "%s", lw_speaker_name(turn->role));
    walk_text(w, turn->text);
    walk_parts(w, turn->parts);
}

static void walk_prompt(struct walk *w)
{
    const struct lw_task *t = task(w->app);
    walk_parts(w, t->parts);
    for (size_t i = 0; i < t->nturns; i++)
        walk_turn(w, &t->turn[i], t->nturns > 1);
    if (!t->reference.s)
        return;
    if (w->doc && w->left > 0)
        lw_doc_line(w->doc, LW_ROLE_TITLE, true, LW_VIEW_REFERENCE);
    walk_text(w, t->reference);
}

/* What a response says beside its steps comes when all is uncovered. */
static void walk_response(struct walk *w, int response)
{
    const struct lw_task *t = task(w->app);
    bool steps = false;
    for (size_t i = 0; i < t->nsteps; i++)
        if (t->step[i].response == response) {
            walk_text(w, t->step[i].text);
            steps = true;
        }
    if (!steps)
        walk_text(w, t->response[response].text);
    walk_parts(w, t->response[response].parts);
}

/* ---- the whole */

static size_t count_text(struct lw_span text)
{
    struct walk w = {0};
    take_text(&w, text);
    return w.pieces;
}

/* The pieces of the prompt, then of each response in the order of the task; the caller frees it. In
 * one pass: there may be many responses and many steps. */
static size_t *count_all(const struct lw_app *app)
{
    const struct lw_task *t = task(app);
    size_t *pieces = lw_alloc((t->nresponses + 1) * sizeof *pieces);
    bool *steps = lw_alloc(t->nresponses + 1);
    struct walk w = {.app = app};
    walk_prompt(&w);
    pieces[0] = w.pieces;
    for (size_t i = 0; i < t->nsteps; i++) {
        pieces[t->step[i].response + 1] += count_text(t->step[i].text);
        steps[t->step[i].response + 1] = true;
    }
    for (size_t i = 0; i < t->nresponses; i++) {
        pieces[i + 1] += steps[i + 1] ? 0 : count_text(t->response[i].text);
        pieces[i + 1] += lw_parts_count(t->response[i].parts) > 0;
    }
    free(steps);
    return pieces;
}

size_t lw_curtain_pieces(const struct lw_app *app)
{
    size_t *pieces = count_all(app), sum = 0;
    for (size_t i = 0; i <= task(app)->nresponses; i++)
        sum += pieces[i];
    free(pieces);
    return sum;
}

int lw_curtain_owner(const struct lw_app *app, size_t piece)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    size_t *pieces = count_all(app), end = pieces[0], i = 0;
    int owner = -1;
    for (; i < v->task->nresponses && piece >= end; i++) {
        owner = v->order[i];
        end += pieces[owner + 1];
    }
    free(pieces);
    return piece < end ? owner : -1;
}

uint64_t lw_curtain_shown(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct walk w = {.app = app, .left = app->uncovered};
    if (!lw_app_is_hidden(app))
        return lw_task_size(v->task).characters;
    walk_prompt(&w);
    for (size_t i = 0; i < v->task->nresponses && w.left > 0; i++)
        walk_response(&w, v->order[i]);
    return w.characters;
}

/* What may be known of a task before any of it is shown, a line each. */
static void fill_description(struct lw_app *app, struct lw_doc *doc)
{
    struct lw_buf words = {0};
    lw_sitting_describe_hidden(app->s, &words);
    for (const char *line = words.data; line && *line;) {
        size_t n = strcspn(line, "\n");
        lw_doc_line(doc, LW_ROLE_DIM, false, "%.*s", (int)n, line);
        line += n + (line[n] == '\n');
    }
    lw_buf_fini(&words);
}

void lw_curtain_fill(struct lw_app *app, struct lw_pane *p, int cols)
{
    const int *order = lw_sitting_view(app->s)->order;
    size_t *pieces = count_all(app), before = p->response < 0 ? 0 : pieces[0];
    for (size_t i = 0; p->response >= 0 && order[i] != p->response; i++)
        before += pieces[order[i] + 1];
    size_t all = pieces[p->response + 1],
           shown = app->uncovered > before ? app->uncovered - before : 0;
    struct walk w = {.app = app, .doc = &p->doc, .cols = cols, .left = shown};
    if (shown > 0 && p->response < 0)
        walk_prompt(&w);
    else if (shown > 0)
        walk_response(&w, p->response);
    if (shown == 0)
        lw_doc_line(&p->doc, LW_ROLE_DIM, false, LW_VIEW_HIDDEN, lw_app_hiding_tag(app));
    else if (shown < all)
        lw_doc_line(&p->doc, LW_ROLE_DIM, false, LW_VIEW_MORE_HIDDEN, all - shown);
    if (app->uncovered == 0 && p->response < 0)
        fill_description(app, &p->doc);
    free(pieces);
}
