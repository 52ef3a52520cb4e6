/* The page of what was sent, what was not, and what the server refused and why. */
#include "tui/view/view_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Columns of the refused. */
enum { EVENT = 3, TASK = 12, WHY = 33, WHY_WIDE = 53 };

static int why_col(struct lw_area a)
{
    return a.cols >= LW_WIDE_COLS ? WHY_WIDE : WHY;
}

/* A sentence or two, wrapped; returns the row below it. */
static int draw_sentences(struct lw_area a, int row, const char *text)
{
    struct lw_doc doc = {0};
    int cols = a.cols - 8 < LW_READING_COLS ? a.cols - 8 : LW_READING_COLS;
    lw_doc_text(&doc, (struct lw_span){text, strlen(text)}, cols, LW_ROLE_WARNING, LW_READ_SOURCE);
    lw_doc_draw(&doc, 0, lw_area_rows(a, row, (int)doc.n), 6);
    row += (int)doc.n;
    lw_doc_fini(&doc);
    return row;
}

/* "3 waiting (server not reached; next try in 40 s). Keep working." */
static void format_offline(const struct lw_sync_status *s, struct lw_buf *to)
{
    lw_buf_fmt(to, LW_VIEW_NOT_REACHED, s->unsent);
    if (s->retry_ms >= 0)
        lw_buf_fmt(to, LW_VIEW_NEXT_TRY, (s->retry_ms + 999) / 1000);
    lw_buf_str(to, LW_VIEW_KEEP_WORKING);
}

static void draw_state(
    struct lw_area a, int row, const struct lw_totals *t, const struct lw_sync_status *s)
{
    struct lw_buf words = {0};
    bool needed = s->state == LW_SYNC_NEEDS_YOU;
    if (s->state == LW_SYNC_OFFLINE && !s->trouble)
        format_offline(s, &words);
    else
        lw_status_words(t, s, "", &words);
    lw_draw(a, row, 6, needed ? LW_ROLE_WARNING : LW_ROLE_ANSWER, "%s", words.data);
    lw_buf_fini(&words);
}

static int draw_target(
    struct lw_area a, int row, const struct lw_totals *t, const struct lw_sync_status *s)
{
    const char *to = s->to ? s->to : "";
    row = lw_view_wrapped(a, row, 3, LW_ROLE_TEXT, to, strlen(to));
    draw_state(a, row, t, s);
    return *s->text ? draw_sentences(a, row + 1, s->text) : row + 1;
}

static void draw_refused(
    const struct lw_app *app, struct lw_area a, int row, const struct lw_refused *r)
{
    bool here = r == &app->send.refused[app->send.at];
    enum lw_role role = here ? LW_ROLE_FOCUS : LW_ROLE_TEXT;
    int why = why_col(a);
    lw_draw(a, row, 1, role, "%s", here ? ">" : " ");
    lw_draw(a, row, EVENT, role, "%7" PRIu64, r->seq);
    lw_draw_clipped(a, row, TASK, why - TASK - 2, role, r->task, strlen(r->task));
    lw_draw_clipped(a, row, why, a.cols - why - 1, LW_ROLE_WARNING, r->why, strlen(r->why));
    if (here)
        lw_draw_cursor(a, row, 1);
}

/* Keeps the selected one among the `rows` that fit. */
static size_t first_shown(const struct lw_send *p, size_t rows)
{
    return p->at < rows ? 0 : p->at - rows + 1;
}

/* Below the list, in as many rows as it takes, where the columns cut the marked one: its task and
 * why. Returns the rows that stay for the list. */
static int draw_detail(const struct lw_send *p, struct lw_area a)
{
    enum { LIST_LEAST = 4 };
    const struct lw_refused *r = &p->refused[p->at];
    int why = why_col(a), most = a.rows - LIST_LEAST;
    if (lw_cols(r->task, strlen(r->task), -1) <= why - TASK - 2 &&
        lw_cols(r->why, strlen(r->why), -1) <= a.cols - why - 1)
        return a.rows;
    char *whole = lw_format(LW_VIEW_REFUSED_WHOLE, r->task, r->why);
    int rows = 1 + lw_view_wrapped_rows(whole, strlen(whole), a.cols - 2);
    rows = rows < most ? rows : most;
    if (rows > 1) {
        struct lw_area below = lw_area_rows(a, a.rows - rows, rows);
        lw_draw_rule(below, 0);
        lw_view_wrapped(below, 1, 1, LW_ROLE_TEXT, whole, strlen(whole));
    }
    free(whole);
    return rows > 1 ? a.rows - rows : a.rows;
}

static void draw_list(const struct lw_app *app, struct lw_area a)
{
    const struct lw_send *p = &app->send;
    char remark[48] = "";
    a.rows = draw_detail(p, a);
    size_t rows = a.rows > 2 ? (size_t)a.rows - 2 : 0, top = first_shown(p, rows);
    size_t below = p->n - top > rows ? p->n - top - rows : 0;
    if (below + p->more > 0)
        snprintf(remark, sizeof remark, LW_VIEW_MORE, below + p->more);
    lw_view_titled_rule(a, 0, LW_VIEW_REFUSED_TITLE, LW_ROLE_TITLE, remark);
    lw_draw(a, 1, EVENT, LW_ROLE_DIM, LW_VIEW_HEAD_REFUSED);
    lw_draw(a, 1, why_col(a), LW_ROLE_DIM, LW_VIEW_HEAD_WHY);
    for (size_t i = 0; i < rows && top + i < p->n; i++)
        draw_refused(app, a, (int)i + 2, &p->refused[top + i]);
}

void lw_view_sending(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {{"Enter", 0, "open task"}, {"r", 0, "resend refused"},
        {NULL, LW_CMD_SEND, "send now"}, {"any other key:", 0, "back"}};
    struct lw_sync_status all = lw_sync_status(app->sync);
    struct lw_totals totals = lw_ledger_totals(lw_sitting_view(app->s)->opts.ledger);
    struct lw_area body = lw_area_rows(a, 1, a.rows - 3);
    char remark[64];
    int row = 0;
    bool refused = app->send.n > 0;
    snprintf(remark, sizeof remark, LW_VIEW_UNSENT_REFUSED, all.unsent, all.parked);
    lw_view_titled_rule(a, 0, LW_VIEW_SENDING, LW_ROLE_TITLE, remark);
    for (size_t i = 0; i < lw_sitting_view(app->s)->opts.project->nsync && row < body.rows / 2;
         i++) {
        struct lw_sync_status one = lw_sync_status_of(app->sync, i);
        row = draw_target(body, row, &totals, &one);
    }
    lw_draw_cursor(a, 1, 0);
    if (refused)
        draw_list(app, lw_area_rows(body, row + 1, body.rows - row - 1));
    lw_view_hints(
        app, lw_area_rows(a, a.rows - 1, 1), refused ? hints : hints + 2, refused ? 4 : 2);
    lw_view_message(app, lw_area_rows(a, a.rows - 2, 2));
}
