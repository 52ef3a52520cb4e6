/* The task beside a text of the user's own, to be read while writing, and how long the text is. The
 * text itself is view_correction.c's. */
#include "tui/view/beside_writing_internal.h"
#include "tui/view/view_internal.h"

#include "labelwright/text/token_estimate.h"

#include <stdio.h>
#include <string.h>

static void list_templates(const struct lw_question *q, struct lw_doc *to, int cols)
{
    for (size_t i = 0; i < q->ntemplates; i++)
        lw_doc_words(to, LW_ROLE_TEXT, cols, LW_VIEW_TEMPLATE, i + 1, q->template[i].name,
            (int)strcspn(q->template[i].text, "\n"), q->template[i].text);
}

static void fill_task(struct lw_app *app, int cols)
{
    struct lw_correction *c = &app->correction;
    lw_doc_clear(&c->task);
    if (c->asked == LW_ASKED_TEMPLATE)
        list_templates(lw_app_question(app), &c->task, cols);
    else if (c->like_text)
        lw_doc_text(&c->task, (struct lw_span){c->like_text, strlen(c->like_text)}, cols,
            LW_ROLE_TEXT, LW_READ_SOURCE);
    else
        lw_panes_add_all(app, &c->task, cols);
    lw_doc_reach(&c->task, SIZE_MAX);
    c->task_cols = cols;
}

/* A text about a response or a turn is written with that in sight. */
static void show_asked(struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    if (lw_talk_typing(app, NULL))
        app->correction.task_top = app->correction.task.n; /* what was said last */
    struct lw_span about = lw_slot_text(s->opts.project, s->task, s->slot[s->focus]);
    if (!about.s || about.n == 0)
        return;
    size_t line = lw_doc_line_of(&app->correction.task, about.s);
    app->correction.task_top = line > 0 ? line - 1 : 0; /* with its name above it */
}

bool lw_beside_writing_update(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    struct lw_edit_hull unused;
    struct lw_correction_rows r = lw_correction_rows(app);
    struct lw_span text = lw_entry_text(app);
    bool first = c->task_cols == 0, changed = lw_edit_take_change(app->input, &unused);
    if (r.diff_cols != c->task_cols)
        fill_task(app, r.diff_cols);
    if (first)
        show_asked(app);
    if (changed || first) {
        c->length = lw_length_of(text.n ? text.s : "", text.n);
        c->tokens = lw_token_estimate(text.n ? text.s : "", text.n);
        c->like_waits = lw_app_question(app)->distinct;
    }
    size_t rows = r.diff > 0 ? (size_t)r.diff : 1;
    size_t last = c->task.n > rows ? c->task.n - rows : 0;
    c->task_top = c->task_top < last ? c->task_top : last;
    return changed || first;
}

static void lines_shown(const struct lw_correction *c, size_t rows, char to[80])
{
    size_t end = c->task_top + rows;
    to[0] = '\0';
    if (c->task.n > rows)
        snprintf(to, 80, end < c->task.n ? LW_VIEW_LINES_MORE : LW_VIEW_LINES_END, c->task_top + 1,
            end < c->task.n ? end : c->task.n, c->task.n, end < c->task.n ? c->task.n - end : 0);
}

void lw_view_beside_writing(const struct lw_app *app, struct lw_area a)
{
    const struct lw_correction *c = &app->correction;
    char shown[80];
    lines_shown(c, (size_t)(a.rows > 1 ? a.rows - 1 : 0), shown);
    const char *title = c->asked == LW_ASKED_TEMPLATE ? LW_VIEW_TEMPLATES
                        : c->like_text                ? c->like_task.data
                                                      : LW_VIEW_TASK_TEXTS;
    lw_view_titled_rule(a, 0, title, LW_ROLE_TITLE, shown);
    lw_doc_draw(&c->task, c->task_top, lw_area_rows(a, 1, a.rows - 1), 1);
}

static void limits(const struct lw_question *q, char to[48])
{
    to[0] = '\0';
    if (q->min_words && q->max_words)
        snprintf(to, 48, LW_VIEW_LIMITS, q->min_words, q->max_words);
    else if (q->min_words || q->max_words)
        snprintf(to, 48, LW_VIEW_LIMIT, q->min_words ? "least" : "most",
            q->min_words ? q->min_words : q->max_words);
}

void lw_writing_length(const struct lw_app *app, int cols, char to[LW_LENGTH_MAX])
{
    struct lw_length l = app->correction.length;
    size_t tokens = app->correction.tokens;
    char words[48];
    limits(lw_app_question(app), words);
    int n = snprintf(to, LW_LENGTH_MAX, LW_VIEW_LENGTH, l.words, l.words == 1 ? "" : "s", words,
        l.characters, l.characters == 1 ? "" : "s", tokens, tokens == 1 ? "" : "s");
    if (n > cols)
        snprintf(to, LW_LENGTH_MAX, LW_VIEW_LENGTH_SHORT, l.words, l.words == 1 ? "" : "s", words);
}
