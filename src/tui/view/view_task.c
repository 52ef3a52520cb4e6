/* The task itself: header, panes, message line, footer. */
#include "tui/app/app_parts_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/text/wrap.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_view_titled_rule(
    struct lw_area a, int row, const char *title, enum lw_role role, const char *remark)
{
    lw_draw_rule(a, row);
    int used = lw_draw(a, row, 1, LW_ROLE_RULE, " ");
    used = lw_draw_clipped(a, row, used, a.cols - 4, role, title, strlen(title));
    lw_draw(a, row, used, LW_ROLE_RULE, " ");
    int cols = lw_cols(remark, strlen(remark), -1);
    if (cols > 0 && used + cols + 4 < a.cols) {
        int at = a.cols - cols - 1;
        lw_draw(a, row, at, LW_ROLE_RULE, " ");
        lw_draw(a, row, at + 1, LW_ROLE_DIM, "%s", remark);
    }
}

/* --- header ---------------------------------------------------------------------------------- */

static const char *state_word(const struct lw_sitting *s)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    switch (lw_journal_mode(v->opts.journal)) {
    case LW_JOURNAL_READ_ONLY:
        return "view only";
    case LW_JOURNAL_BLOCKED:
        return "cannot save";
    default:
        break;
    }
    if (v->draft)
        return v->state == LW_TASK_SKIPPED ? "skipped, draft" : "draft";
    if (v->saved)
        return "saved";
    if (v->state == LW_TASK_DONE)
        return v->changed_record ? "done, changed" : "done";
    return v->state == LW_TASK_SKIPPED ? "skipped" : "";
}

/* "12/40, filter 3 of 9  marked" */
static void position_words(const struct lw_sitting *s, char *to, size_t n)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_tasks *t = v->opts.tasks;
    char all[24] = "…", only[48] = "";
    size_t place = v->only ? lw_filter_find(v->only, s, v->nth) : 0;
    bool marked = v->task && lw_sitting_is_marked(s, v->nth);
    if (lw_tasks_complete(t))
        snprintf(all, sizeof all, "%zu", lw_tasks_count(t));
    if (v->only && place < v->only->n && lw_filter_at(v->only, place) == v->nth)
        snprintf(only, sizeof only, ", filter %zu of %zu", place + 1, v->only->n);
    snprintf(to, n, "%zu/%s%s%s", v->nth + 1, all, only, marked ? "  marked" : "");
}

void lw_view_header(const struct lw_app *d, struct lw_area a)
{
    const struct lw_sitting *s = d->s;
    char position[128];
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_HEADER, ' ');
    position_words(s, position, sizeof position);
    const char *state = state_word(s);
    int room = a.cols - 4 - lw_cols(position, strlen(position), -1) - (int)strlen(state);
    int col = lw_draw_clipped(a, 0, 1, room, LW_ROLE_HEADER, d->who, strlen(d->who));
    lw_draw(a, 0, col + 2, LW_ROLE_HEADER, "%s", position);
    lw_draw(a, 0, a.cols - 1 - (int)strlen(state), LW_ROLE_STATE, "%s", state);
}

/* --- panes ----------------------------------------------------------------------------------- */

/* Of several responses, marks the one asked about, whichever pane scrolls. */
static void pane_title(const struct lw_app *d, int i, char *to, size_t n)
{
    const struct lw_task *t = lw_sitting_view(d->s)->task;
    const char *judged = lw_app_judges(d, d->pane[i].response) ? "  judged now" : "";
    if (i == 0)
        snprintf(to, n, "%s", t->nturns > 1 ? "CONVERSATION" : "PROMPT");
    else if (lw_app_pair(d))
        snprintf(
            to, n, "%c%s%s", 'A' + i - 1, judged, d->word_diff && !d->raw ? "  word diff" : "");
    else if (t->nresponses > 1)
        snprintf(to, n, "%c  %d of %zu%s%s", 'A' + d->single, d->single + 1, t->nresponses, judged,
            lw_app_shows_correction(d, i) ? "  word diff" : "");
    else
        snprintf(to, n, "RESPONSE%s", lw_app_shows_correction(d, i) ? "  word diff" : "");
}

static void pane_remark(const struct lw_pane *p, char *to, size_t n)
{
    size_t shown = p->doc.n - p->top < (size_t)p->rows ? p->doc.n - p->top : (size_t)p->rows;
    size_t last = p->top + shown;
    if (last < p->doc.n)
        snprintf(to, n, "%zu-%zu/%zu, %zu more", p->top + 1, last, p->doc.n, p->doc.n - last);
    else if (p->top > 0)
        snprintf(to, n, "%zu-%zu/%zu, end", p->top + 1, last, p->doc.n);
    else
        to[0] = '\0';
}

static void mark_hits(const struct lw_app *d, int pane, struct lw_area a)
{
    const struct lw_pane *p = &d->pane[pane];
    for (int row = 0; row < a.rows && p->top + (size_t)row < p->doc.n; row++) {
        const struct lw_doc_line *l = &p->doc.v[p->top + (size_t)row];
        for (size_t i = 0; i < d->nhits && !l->heading; i++)
            if (d->hit[i].pane == pane)
                lw_doc_restyle(a, row, 1, l, d->hit[i].at, LW_ROLE_CHOSEN);
    }
}

static void draw_pane(const struct lw_app *d, int i, struct lw_area all)
{
    const struct lw_pane *p = &d->pane[i];
    if (p->rows <= 0)
        return;
    struct lw_area a = lw_area_cols(lw_area_rows(all, p->row - 1, p->rows + 1), p->col, p->cols);
    bool active = i == d->active && d->npanes > 1;
    char title[64] = "> ", remark[96]; /* colour is never the only sign */
    pane_title(d, i, title + (active ? 2 : 0), sizeof title - 2);
    pane_remark(p, remark, sizeof remark);
    lw_view_titled_rule(a, 0, title, active ? LW_ROLE_FOCUS : LW_ROLE_TITLE, remark);
    lw_doc_draw(&p->doc, p->top, lw_area_rows(a, 1, p->rows), 1);
    mark_hits(d, i, lw_area_rows(a, 1, p->rows));
}

void lw_view_panes(const struct lw_app *d, struct lw_area a)
{
    if (!lw_sitting_view(d->s)->task) {
        const char *error = lw_tasks_error(lw_sitting_view(d->s)->opts.tasks);
        lw_draw_rule(a, 1);
        lw_draw(a, 3, 1, error ? LW_ROLE_ERROR : LW_ROLE_DIM, "%s",
            error ? error : "No task to show yet.");
        return;
    }
    for (int i = 0; i < d->npanes; i++)
        draw_pane(d, i, a);
}

/* --- message and footer ---------------------------------------------------------------------- */

static int draw_status(const struct lw_app *d, struct lw_area a)
{
    struct lw_sync_status sync = lw_sync_status(d->sync);
    struct lw_buf words = {0};
    if (sync.state == LW_SYNC_NONE) {
        struct lw_totals t = lw_ledger_totals(lw_sitting_view(d->s)->opts.ledger);
        lw_buf_fmt(&words, "%" PRIu64 " saved here", t.done + t.skipped);
    } else {
        lw_sync_describe(&sync, &words);
    }
    int col = a.cols - 1 - (int)words.len;
    lw_draw(a, 0, col, sync.state == LW_SYNC_NEEDS_YOU ? LW_ROLE_WARNING : LW_ROLE_DIM, "%s",
        words.data);
    lw_buf_fini(&words);
    return col;
}

/* In two rows; if that is not enough, with the key that shows all of it. */
static void draw_long(const struct lw_app *d, struct lw_area a, enum lw_role role)
{
    const char *m = lw_sitting_view(d->s)->message;
    struct lw_buf all = {0}, clean = {0};
    struct lw_wrap w = {0};
    lw_clean(m, strlen(m), false, &clean);
    lw_wrap_text(&w, clean.data, clean.len, a.cols - 2);
    lw_keymap_keys(d->keys, LW_CMD_MESSAGES, 1, &all);
    for (int row = 0; row < a.rows; row++)
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_TEXT, ' ');
    for (size_t i = 0; i < w.n && i < (size_t)a.rows; i++) {
        bool last = i + 1 == (size_t)a.rows && i + 1 < w.n;
        size_t end = last ? clean.len : w.v[i].end;
        int room = a.cols - 2 - (last ? (int)all.len + 6 : 0);
        int col = lw_draw_clipped(
            a, (int)i, 1, room, role, clean.data + w.v[i].start, end - w.v[i].start);
        if (last)
            lw_draw(a, (int)i, col + 1, LW_ROLE_DIM, "%s: all", all.data);
    }
    lw_wrap_fini(&w);
    lw_buf_fini(&clean);
    lw_buf_fini(&all);
}

void lw_view_message(const struct lw_app *d, struct lw_area a)
{
    const struct lw_sitting_view *v = lw_sitting_view(d->s);
    static const enum lw_role role[] = {
        [LW_TONE_INFO] = LW_ROLE_MESSAGE,
        [LW_TONE_WARNING] = LW_ROLE_WARNING,
        [LW_TONE_ERROR] = LW_ROLE_ERROR,
    };
    const char *m = v->message;
    struct lw_area first = lw_area_rows(a, 0, 1);
    int cols = lw_cols(m, strlen(m), -1), end = draw_status(d, first);
    if (cols <= end - 3) {
        lw_draw_clipped(first, 0, 1, end - 3, role[v->tone], m, strlen(m));
        return;
    }
    /* The message matters more than the counts, and than the keys below. */
    draw_long(d, cols <= a.cols - 2 ? first : a, role[v->tone]);
}

static int hint_cols(const struct lw_app *d, const struct lw_hint *h, struct lw_buf *keys)
{
    lw_buf_clear(keys);
    if (h->keys)
        lw_buf_str(keys, h->keys);
    else
        lw_keymap_keys(d->keys, h->id, 1, keys);
    return lw_cols(keys->data, keys->len, -1) + 1 + (int)strlen(h->word);
}

static int draw_hint(struct lw_area a, int col, const struct lw_buf *keys, const char *word)
{
    col = lw_draw(a, 0, col, LW_ROLE_KEY, "%s", keys->data);
    return lw_draw(a, 0, col + 1, LW_ROLE_FOOTER, "%s", word);
}

/* Columns of the hints from `h` on that are always shown: submit, skip and the last. */
static int kept_cols(const struct lw_app *d, const struct lw_hint *h, size_t n)
{
    struct lw_buf keys = {0};
    int cols = 0;
    for (size_t i = 0; i < n; i++) {
        bool done = !h[i].keys && (h[i].id == LW_CMD_SUBMIT || h[i].id == LW_CMD_SKIP);
        if (done || i + 1 == n)
            cols += 2 + hint_cols(d, &h[i], &keys);
    }
    lw_buf_fini(&keys);
    return cols;
}

void lw_view_hints(const struct lw_app *d, struct lw_area a, const struct lw_hint *h, size_t n)
{
    struct lw_buf keys = {0};
    int col = 1;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_FOOTER, ' ');
    for (size_t i = 0; i < n; i++) {
        int cols = hint_cols(d, &h[i], &keys);
        if (i + 1 < n && col + cols + kept_cols(d, h + i + 1, n - i - 1) >= a.cols)
            continue;
        col = draw_hint(a, col, &keys, h[i].word) + 2;
    }
    lw_buf_fini(&keys);
}

/* The digits that are options: "1-4", or "1-9 0". */
static void option_digits(const struct lw_question *q, char *to, size_t n)
{
    int options = 0;
    for (size_t i = 0; i < q->noptions; i++)
        options += !q->option[i].group;
    snprintf(to, n, options > 9 ? "1-9 0" : "1-%d", options);
}

/* What a digit does now. */
static struct lw_hint digit_hint(const struct lw_app *d)
{
    static char digits[16];
    const struct lw_question *q = lw_app_question(d);
    if (!q)
        return (struct lw_hint){NULL, LW_CMD_NEXT_TASK, "next task"};
    switch (q->type) {
    case LW_Q_RATING:
        if (q->scale.min >= 0)
            snprintf(digits, sizeof digits, "%d-%d", (int)q->scale.min, (int)q->scale.max);
        else
            snprintf(digits, sizeof digits, lw_scale_has_keys(&q->scale) ? "0-9" : "Left Right");
        return (struct lw_hint){digits, LW_CMD_DIGIT, "rate"};
    case LW_Q_COMPARE:
        return (struct lw_hint){"1-7", LW_CMD_DIGIT, "choose"};
    case LW_Q_CHOICE:
        option_digits(q, digits, sizeof digits);
        return (struct lw_hint){digits, LW_CMD_DIGIT, "choose"};
    case LW_Q_TAGS:
        option_digits(q, digits, sizeof digits);
        return (struct lw_hint){digits, LW_CMD_DIGIT, "flag"};
    default:
        return (struct lw_hint){"Space", LW_CMD_PAGE_DOWN, "write"};
    }
}

/* Of several responses: about which, as in "rate B". */
static struct lw_hint answer_hint(const struct lw_app *d)
{
    static char word[24];
    struct lw_hint h = digit_hint(d);
    int about = lw_app_focused_response(d);
    if (!lw_app_judges(d, about) || h.id != LW_CMD_DIGIT)
        return h;
    snprintf(word, sizeof word, "%s %c", h.word, lw_sitting_letter(d->s, about));
    h.word = word;
    return h;
}

static bool opens_list(const struct lw_app *d)
{
    const struct lw_question *q = lw_app_question(d);
    return q && (q->type == LW_Q_TAGS || lw_app_lists(q));
}

static bool asks(const struct lw_app *d, enum lw_qtype type)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    for (size_t i = 0; i < s->nslots; i++)
        if (s->opts.project->question[s->slot[i].question].type == type)
            return true;
    return false;
}

void lw_view_footer(const struct lw_app *d, struct lw_area a)
{
    const struct lw_sitting_view *v = lw_sitting_view(d->s);
    struct lw_hint h[16];
    size_t n = 0;
    bool asked = v->nslots > 0;
    if (lw_app_hidden(d))
        h[n++] = (struct lw_hint){NULL, LW_CMD_CURTAIN, "show"};
    h[n++] = answer_hint(d);
    if (opens_list(d))
        h[n++] = (struct lw_hint){"Space", LW_CMD_PAGE_DOWN, "list"};
    if (asked)
        h[n++] = (struct lw_hint){NULL, LW_CMD_NEXT_QUESTION, "next"};
    if (v->task && v->task->nresponses > 1)
        h[n++] = (struct lw_hint){NULL, LW_CMD_PANE, "pane"};
    if (lw_app_pair(d))
        h[n++] = (struct lw_hint){NULL, LW_CMD_WORD_DIFF, "diff"};
    if (asks(d, LW_Q_TAGS))
        h[n++] = (struct lw_hint){NULL, LW_CMD_FLAG, "flag"};
    if (asks(d, LW_Q_EDIT))
        h[n++] = (struct lw_hint){NULL, LW_CMD_EDIT, "edit"};
    if (asks(d, LW_Q_TEXT))
        h[n++] = (struct lw_hint){NULL, LW_CMD_NOTE, "note"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_SKIP, "skip"};
    if (asked)
        h[n++] = (struct lw_hint){NULL, LW_CMD_SUBMIT, "submit"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_TAKE_BACK, "undo"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_QUIT, "leave"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_HELP, "help"};
    lw_view_hints(d, a, h, n);
}
