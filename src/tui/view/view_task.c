/* The task: header, panes and footer; and what stands in its place: the pause, a screen too small.
 * The questions between panes and footer are view_question.c's. */
#include "labelwright/base/local_time.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"
#include "tui/view/items_internal.h"
#include "tui/view/misspelt_internal.h"
#include "tui/view/view_boxes_internal.h"
#include "tui/view/view_spans_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- header */

/* Of the task in view. */
static const char *state_word(const struct lw_sitting *s)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    switch (lw_journal_mode(v->opts.journal)) {
    case LW_JOURNAL_READ_ONLY:
        return LW_VIEW_VIEW_ONLY;
    case LW_JOURNAL_BLOCKED:
        return LW_VIEW_CANNOT_SAVE;
    default:
        break;
    }
    if (!v->task)
        return "";
    if (v->draft)
        return v->state == LW_TASK_SKIPPED ? LW_VIEW_SKIPPED_DRAFT : LW_VIEW_DRAFT;
    if (v->state == LW_TASK_DONE)
        return v->changed_record ? LW_VIEW_SAVED_CHANGED : LW_VIEW_SAVED;
    return v->state == LW_TASK_SKIPPED ? LW_VIEW_SKIPPED : LW_VIEW_NOT_STARTED;
}

/* "12/40, filter 3 of 9  marked" */
static void format_position(const struct lw_sitting *s, char *to, size_t n)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    const struct lw_tasks *t = v->opts.tasks;
    char all[24] = "…", only[48] = "";
    size_t place = v->only ? lw_filter_find(v->only, s, v->nth) : 0;
    bool marked = v->task && lw_sitting_is_shown_marked(s);
    if (lw_tasks_complete(t))
        snprintf(all, sizeof all, "%zu", lw_tasks_count(t));
    if (v->only && place < v->only->n && lw_filter_at(v->only, place) == v->nth)
        snprintf(only, sizeof only, LW_VIEW_FILTER_PLACE, place + 1, v->only->n);
    snprintf(to, n, "%zu/%s%s%s%s", v->nth + 1, all, only,
        lw_sitting_practises(s) ? LW_VIEW_PRACTICE : "", marked ? LW_VIEW_MARKED : "");
}

enum { TITLE_LEAST = 16 /* of its columns stay beside an offer, or the progress */ };

/* "50 min of work since a break. p: pause, S-F6: later"; "" when nothing is offered, or somebody
 * writes. */
static char *format_offer(const struct lw_app *app)
{
    const struct lw_rest_offer *offer = &lw_sitting_view(app->s)->offer;
    bool stop = offer->kind == LW_REST_STOP;
    struct lw_buf take = {0}, later = {0};
    if (offer->kind == LW_REST_NONE || app->over != LW_OVERLAY_NONE)
        return lw_strdup("");
    lw_keymap_keys(app->keys, stop ? LW_CMD_STOP_TODAY : LW_CMD_PAUSE, 1, &take);
    lw_keymap_keys(app->keys, LW_CMD_LATER, 1, &later);
    char *words = lw_format(stop ? LW_VIEW_OFFER_STOP : LW_VIEW_OFFER_BREAK, offer->why,
        take.len ? take.data : LW_VIEW_OFFER_PALETTE,
        later.len ? later.data : LW_VIEW_OFFER_PALETTE);
    lw_buf_fini(&take);
    lw_buf_fini(&later);
    return words;
}

/* Columns of the title: all of it where there is room, also beside the progress or an offer. */
static int title_cols(const struct lw_app *app, int room, int beside)
{
    int all = lw_cols(app->title, strlen(app->title), -1);
    int most = room - beside > TITLE_LEAST ? room - beside : TITLE_LEAST;
    return all < most ? all : most;
}

void lw_view_header(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting *s = app->s;
    char position[128];
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_HEADER, ' ');
    format_position(s, position, sizeof position);
    const char *state = state_word(s);
    char *offer = format_offer(app);
    int right = a.cols - 1 - (int)strlen(state);
    int room = right - 3 - lw_cols(position, strlen(position), -1);
    int beside = *offer ? lw_cols(offer, strlen(offer), -1) : lw_progress_cols(app);
    int title = title_cols(app, room, beside + 4);
    int col = lw_draw_clipped(a, 0, 1, title, LW_ROLE_HEADER, app->title, strlen(app->title)) + 2;
    col = lw_draw(a, 0, col, LW_ROLE_HEADER, "%s", position) + 2;
    if (!*offer)
        lw_view_progress(app, a, col, right - 2);
    else if (right - 1 > col)
        lw_draw_clipped(a, 0, col, right - 1 - col, LW_ROLE_HEADER, offer, strlen(offer));
    lw_draw(a, 0, right, LW_ROLE_STATE, "%s", state);
    free(offer);
}

/* ---- panes */

enum { PERCENT_ROOM = 12 /* the percent, and blanks and rule between it and the title */ };

/* Two are on the screen, or one key away. */
static bool shows_all(const struct lw_app *app)
{
    return lw_app_has_pair(app) ||
           app->npanes == 1 + (int)lw_sitting_view(app->s)->task->nresponses;
}

/* Of several responses, marks the one asked about, whichever pane scrolls. */
static void one_of_several(const struct lw_app *app, int i, char *to, size_t n)
{
    int response = app->pane[i].response;
    char of[24] = "", ranked[32];
    if (!shows_all(app))
        snprintf(of, sizeof of, LW_VIEW_PANE_OF, lw_shown_place(app, i) + 1,
            lw_sitting_view(app->s)->task->nresponses);
    lw_ranking_title(app, response, ranked, sizeof ranked);
    if (!ranked[0])
        lw_talk_reply_title(app, response, ranked, sizeof ranked);
    snprintf(to, n, "%c%s%s%s", lw_sitting_letter(app->s, response), of, ranked,
        lw_app_is_judged(app, response) ? LW_VIEW_JUDGED : "");
}

/* Says that the prompt is folded, and the key that shows it. */
static const char *folded(const struct lw_app *app, char *to, size_t n)
{
    struct lw_buf key = {0};
    to[0] = '\0';
    if (app->fold && !app->zoom && app->npanes > 1) {
        lw_keymap_keys(app->keys, LW_CMD_FOLD, 1, &key);
        snprintf(to, n, LW_VIEW_FOLDED, key.len ? key.data : LW_VIEW_OFFER_PALETTE);
    }
    lw_buf_fini(&key);
    return to;
}

static void pane_title(const struct lw_app *app, int i, char *to, size_t n)
{
    const struct lw_task *t = lw_sitting_view(app->s)->task;
    char diff[48], hint[48];
    lw_diff_title(app, i, diff, sizeof diff);
    if (i == 0)
        snprintf(to, n, "%s%s", t->nturns > 1 ? LW_VIEW_CONVERSATION : LW_VIEW_PROMPT,
            folded(app, hint, sizeof hint));
    else if (t->nresponses == 1)
        snprintf(to, n, "%s", LW_VIEW_RESPONSE);
    else
        one_of_several(app, i, to, n);
    snprintf(to + strlen(to), n - strlen(to), "%s", diff);
}

/* The percent where a text is long and there is room beside it. */
static void lines_remark(const struct lw_pane *p, const char *title, char *to, size_t n)
{
    size_t shown = p->doc.n - p->top < (size_t)p->rows ? p->doc.n - p->top : (size_t)p->rows;
    size_t last = p->top + shown;
    if (!p->doc.complete) {
        snprintf(to, n, LW_VIEW_LINES_SOME, p->top + 1, last, lw_doc_percent(&p->doc, last - 1));
    } else if (last < p->doc.n) {
        int len = snprintf(to, n, LW_VIEW_LINES_MORE, p->top + 1, last, p->doc.n, p->doc.n - last);
        if (p->doc.n > 2 * (size_t)p->rows &&
            len + lw_cols(title, strlen(title), -1) + PERCENT_ROOM <= p->cols)
            snprintf(to + len, n - (size_t)len, LW_VIEW_PERCENT, (int)(100 * last / p->doc.n));
    } else if (p->top > 0) {
        snprintf(to, n, LW_VIEW_LINES_END, p->top + 1, last, p->doc.n);
    } else {
        to[0] = '\0';
    }
}

static void pane_remark(
    const struct lw_app *app, const struct lw_pane *p, const char *title, char *to, size_t n)
{
    if (p->response < 0 || !lw_talk_reply_remark(app, p->response, to, n))
        lines_remark(p, title, to, n);
}

/* Of a response that goes on below the screen: its end was shown before. */
static void add_read(const struct lw_app *app, const struct lw_pane *p, char *to, size_t n)
{
    size_t len = strlen(to);
    if (p->response >= 0 && !lw_pane_shows_end(p) && lw_sitting_view(app->s)->read[p->response])
        snprintf(to + len, n - len, LW_VIEW_READ);
}

/* Beside a long title on a narrow pane: only that it goes on. */
static void shorten_remark(const struct lw_pane *p, int room, char *to, size_t n)
{
    size_t end = p->top + (size_t)p->rows;
    if (p->doc.complete && end < p->doc.n && lw_cols(to, strlen(to), -1) > room)
        snprintf(to, n, LW_VIEW_MORE, p->doc.n - end);
}

static void mark_hits(const struct lw_app *app, int pane, struct lw_area a)
{
    const struct lw_pane *p = &app->pane[pane];
    size_t n = app->nhits > 0 ? p->doc.n : 0;
    for (int row = 0; row < a.rows && p->top + (size_t)row < n; row++) {
        struct lw_doc_line l = lw_doc_line_at(&p->doc, p->top + (size_t)row);
        for (size_t i = 0; i < app->nhits; i++)
            if (app->hit[i].pane == pane)
                lw_doc_restyle(a, row, 1 + p->doc.left, &l, app->hit[i].at, LW_ROLE_CHOSEN);
    }
}

/* The words of one line. */
static void mark_words(struct lw_area a, int row, int col, const struct lw_doc_line *l,
    const struct lw_spelt *t, struct lw_span now)
{
    for (size_t r = 0; r < l->nruns; r++) {
        size_t i = lw_misspelt_first(t, l->run[r].at), end = l->run[r].at + l->run[r].len;
        for (; i < t->found.n && t->found.v[i].at < end; i++) {
            struct lw_span at = {t->text.s + t->found.v[i].at, t->found.v[i].len};
            lw_doc_restyle(a, row, col, l, at, at.s == now.s ? LW_ROLE_CHOSEN : LW_ROLE_MISSPELT);
        }
    }
}

static void mark_misspelt(const struct lw_app *app, int pane, struct lw_area a)
{
    const struct lw_pane *p = &app->pane[pane];
    const struct lw_spelling *sp = &app->spelling;
    struct lw_span now = app->over == LW_OVERLAY_MISSPELT ? sp->now : (struct lw_span){0};
    size_t n = sp->ntexts > 0 ? p->doc.n : 0;
    for (int row = 0; row < a.rows && p->top + (size_t)row < n; row++) {
        struct lw_doc_line l = lw_doc_line_at(&p->doc, p->top + (size_t)row);
        for (size_t i = 0; i < sp->ntexts; i++)
            if (sp->text[i].pane == pane && sp->text[i].text.s == l.text.s)
                mark_words(a, row, 1 + p->doc.left, &l, &sp->text[i], now);
    }
}

static void draw_pane(const struct lw_app *app, int i, struct lw_area all)
{
    const struct lw_pane *p = &app->pane[i];
    if (p->rows <= 0)
        return;
    struct lw_area a = lw_area_cols(lw_area_rows(all, p->row - 1, p->rows + 1), p->col, p->cols);
    bool active = i == app->active && app->npanes > 1;
    char title[128] = "> ", remark[96]; /* colour is never the only sign */
    pane_title(app, i, title + (active ? 2 : 0), sizeof title - 2);
    pane_remark(app, p, title, remark, sizeof remark);
    add_read(app, p, remark, sizeof remark);
    shorten_remark(p, lw_view_remark_room(a, title), remark, sizeof remark);
    lw_view_titled_rule(a, 0, title, active ? LW_ROLE_FOCUS : LW_ROLE_TITLE, remark);
    if (app->word_diff)
        lw_view_change_map(p, a, 3 + (int)strlen(title), a.cols - 1 - (int)strlen(remark));
    lw_doc_draw(&p->doc, p->top, lw_area_rows(a, 1, p->rows), 1 + p->doc.left);
    lw_view_items(app, p, lw_area_rows(a, 1, p->rows));
    lw_view_spans(app, p, lw_area_rows(a, 1, p->rows));
    lw_view_boxes(app, p, lw_area_rows(a, 1, p->rows));
    mark_misspelt(app, i, lw_area_rows(a, 1, p->rows));
    mark_hits(app, i, lw_area_rows(a, 1, p->rows));
}

void lw_view_panes(const struct lw_app *app, struct lw_area a)
{
    if (!lw_sitting_view(app->s)->task) {
        const char *error = lw_tasks_error(lw_sitting_view(app->s)->opts.tasks);
        lw_draw_rule(a, 1);
        lw_draw(
            a, 3, 1, error ? LW_ROLE_ERROR : LW_ROLE_DIM, "%s", error ? error : LW_VIEW_NO_TASK);
        return;
    }
    for (int i = 0; i < app->npanes; i++)
        draw_pane(app, i, a);
}

/* ---- footer */

/* The digits that are options: "1-4", or "1-9 0". */
static void option_digits(const struct lw_question *q, char *to, size_t n)
{
    int options = 0;
    for (size_t i = 0; i < q->noptions; i++)
        options += !q->option[i].group;
    snprintf(to, n, options > 9 ? "1-9 0" : "1-%d", options);
}

/* What a digit does now. */
static struct lw_hint digit_hint(const struct lw_app *app)
{
    static char digits[16];
    const struct lw_question *q = lw_app_question(app);
    if (!q)
        return (struct lw_hint){NULL, LW_CMD_NEXT_TASK, "next task"};
    switch (q->type) {
    case LW_Q_RATING:
        if (q->scale.min >= 0)
            snprintf(digits, sizeof digits, "%d-%d", (int)q->scale.min, (int)q->scale.max);
        else
            snprintf(digits, sizeof digits, lw_scale_has_keys(&q->scale) ? "0-9" : "Left Right");
        return (struct lw_hint){digits, LW_CMD_DIGIT, "rate"};
    case LW_Q_RANK:
        return lw_ranking_hint(app);
    case LW_Q_COMPARE:
        return (struct lw_hint){"1-7", LW_CMD_DIGIT, "choose"};
    case LW_Q_CHOICE:
        option_digits(q, digits, sizeof digits);
        return (struct lw_hint){digits, LW_CMD_DIGIT, "choose"};
    case LW_Q_TAGS:
        option_digits(q, digits, sizeof digits);
        return (struct lw_hint){digits, LW_CMD_DIGIT, "flag"};
    case LW_Q_SPANS:
        return (struct lw_hint){NULL, LW_CMD_SPAN, "mark spans"};
    case LW_Q_TALK:
        return lw_talk_hint(app);
    case LW_Q_BOXES:
        return (struct lw_hint){NULL, LW_CMD_SPAN, q->points ? "mark points" : "mark boxes"};
    default:
        return (struct lw_hint){"Space", LW_CMD_PAGE_DOWN, "write"};
    }
}

/* Of several responses: about which, as in "rate B". */
static struct lw_hint answer_hint(const struct lw_app *app)
{
    static char word[24];
    struct lw_hint h = digit_hint(app);
    int about = lw_app_focused_response(app);
    if (!lw_app_is_judged(app, about) || h.id != LW_CMD_DIGIT)
        return h;
    snprintf(word, sizeof word, "%s %c", h.word, lw_sitting_letter(app->s, about));
    h.word = word;
    return h;
}

static bool opens_list(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    return q && (q->type == LW_Q_TAGS || lw_picker_is_needed(q));
}

static bool has_question_of_type(const struct lw_app *app, enum lw_qtype type)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    for (size_t i = 0; i < s->nslots; i++)
        if (s->opts.project->question[s->slot[i].question].type == type)
            return true;
    return false;
}

void lw_view_footer(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_hint h[28];
    size_t n = 0;
    bool asked = v->nslots > 0, writes = false;
    if (lw_view_only(app)) {
        lw_view_only_footer(app, a);
        return;
    }
    if (lw_app_is_hidden(app))
        h[n++] = (struct lw_hint){NULL, LW_CMD_CURTAIN, "show"};
    h[n++] = answer_hint(app);
    size_t suggested = lw_app_suggestions(app);
    if (suggested > 0)
        h[n++] = (struct lw_hint){NULL, LW_CMD_ACCEPT, "accept"};
    if (suggested > 1)
        h[n++] = (struct lw_hint){NULL, LW_CMD_ACCEPT_ALL, "accept all"};
    if (lw_ranking_is_open(app)) {
        if (!lw_app_question(app)->best_worst)
            h[n++] = (struct lw_hint){NULL, LW_CMD_TIE, "tie"};
        h[n++] = (struct lw_hint){NULL, LW_CMD_NOT_RANKABLE, "unranked"};
    }
    if (opens_list(app))
        h[n++] = (struct lw_hint){"Space", LW_CMD_PAGE_DOWN, "list"};
    n += lw_macro_hints(app, h + n, 2);
    if (asked)
        h[n++] = (struct lw_hint){NULL, LW_CMD_NEXT_QUESTION, "next"};
    bool turns = lw_sitting_talks(app->s) && lw_talk_live(lw_sitting_talk(app->s)) == 0;
    if (turns && lw_app_question(app)->type != LW_Q_TALK)
        h[n++] = (struct lw_hint){NULL, LW_CMD_SAY, "next turn"};
    if (lw_pictures_seen(&app->pictures) && !lw_app_is_hidden(app)) {
        h[n++] = (struct lw_hint){NULL, LW_CMD_ZOOM, app->zoom ? "back" : "zoom"};
        h[n++] = (struct lw_hint){NULL, LW_CMD_LARGER, "larger"};
    }
    if (v->task && v->task->nresponses > 1)
        h[n++] = (struct lw_hint){NULL, LW_CMD_PANE, "pane"};
    if (lw_app_has_pair(app))
        h[n++] = (struct lw_hint){NULL, LW_CMD_WORD_DIFF, "diff"};
    if (has_question_of_type(app, LW_Q_TAGS))
        h[n++] = (struct lw_hint){NULL, LW_CMD_FLAG, "flag"};
    if (lw_app_writes_own(app) || !has_question_of_type(app, LW_Q_EDIT))
        writes = has_question_of_type(app, LW_Q_WRITE);
    if (writes || has_question_of_type(app, LW_Q_EDIT))
        h[n++] = (struct lw_hint){NULL, LW_CMD_EDIT, writes ? "write" : "edit"};
    if (turns && lw_talk_at(lw_sitting_talk(app->s))) {
        h[n++] = (struct lw_hint){NULL, LW_CMD_SAY_ANEW, "anew"};
        h[n++] = (struct lw_hint){NULL, LW_CMD_ASK, "more"};
    }
    if (has_question_of_type(app, LW_Q_TEXT))
        h[n++] = (struct lw_hint){NULL, LW_CMD_NOTE, "note"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_SKIP, "skip"};
    if (asked)
        h[n++] = (struct lw_hint){NULL, LW_CMD_SUBMIT, "submit"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_TAKE_BACK, "undo"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_QUIT, "leave"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_HELP, "help"};
    lw_view_hints(app, a, h, n);
}

/* ---- instead of a task */

void lw_view_pause(const struct lw_app *app, struct lw_area a)
{
    char since[LW_LOCAL_CLOCK_MAX];
    lw_local_clock(lw_sitting_view(app->s)->paused_utc_ms, since);
    lw_draw(a, a.rows / 2 - 1, a.cols / 2 - 3, LW_ROLE_TITLE, LW_VIEW_PAUSED);
    lw_draw(a, a.rows / 2 + 2, a.cols / 2 - 22, LW_ROLE_DIM, LW_VIEW_PAUSED_SINCE, since);
    lw_draw(a, a.rows / 2 + 1, a.cols / 2 - 22, LW_ROLE_DIM, LW_VIEW_CLOCK_STOPPED);
    lw_draw_cursor(a, a.rows / 2 - 1, a.cols / 2 - 3);
}

void lw_view_too_small(const struct lw_app *app, struct lw_area a)
{
    lw_draw(a, 0, 0, LW_ROLE_WARNING, LW_VIEW_TOO_SMALL, app->cols, app->rows);
    lw_draw(a, 1, 0, LW_ROLE_TEXT, LW_VIEW_NEEDS_SIZE, LW_MIN_COLS, LW_MIN_ROWS);
    lw_draw(a, 2, 0, LW_ROLE_TEXT, LW_VIEW_NOTHING_LOST);
    lw_draw_cursor(a, 0, 0);
}
