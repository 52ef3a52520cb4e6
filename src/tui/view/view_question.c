/* The questions: the focused one with its points or options. The others, with their answers, are
 * question_pages.c's. */
#include "tui/view/question_pages_internal.h"
#include "tui/view/view_boxes_internal.h"
#include "tui/view/view_internal.h"
#include "tui/view/view_spans_internal.h"

#include "labelwright/text/utf8.h"

#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the focused question */

/* A row of points or options, drawn as "  1   2  [3]  4 " around the chosen one. */
struct item {
    char *text;
    bool chosen; /* or offered */
    int key;     /* the digit for it, drawn below; -1: none is drawn */
};

struct strip {
    struct item *v;
    size_t n;
    int gap;              /* columns between items, beside the one on either side of each */
    char *before, *after; /* what the ends mean; NULL for none */
    const char *note;     /* what the chosen point means; NULL for none */
    enum lw_role role;    /* CHOSEN: of an answer; else of what is only offered */
};

static void add_item(struct strip *s, bool chosen, char *text)
{
    s->v = lw_grow(s->v, s->n + 1, sizeof *s->v);
    s->v[s->n++] = (struct item){text, chosen, -1};
}

static void free_strip(struct strip *s)
{
    for (size_t i = 0; i < s->n; i++)
        free(s->v[i].text);
    free(s->v);
}

static int item_cols(const struct item *i)
{
    return lw_cols(i->text, strlen(i->text), -1) + 2;
}

static void rating_strip(const struct lw_question *q, const json_t *answer, struct strip *s)
{
    s->gap = 1;
    s->before = q->scale.low;
    s->after = q->scale.high;
    bool keys = lw_scale_has_keys(&q->scale);
    for (int64_t v = q->scale.min; v <= q->scale.max; v += q->scale.step) {
        add_item(s, answer && json_integer_value(answer) == v, lw_format("%" PRId64, v));
        s->v[s->n - 1].key = keys ? lw_scale_key(&q->scale, v) : -1;
    }
    if (answer)
        s->note = lw_scale_label(&q->scale, json_integer_value(answer));
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

/* While spans are marked a tag with a letter needs no digit, so that more tags fit. */
static void option_strip(const struct lw_app *app, const json_t *answer, struct strip *s)
{
    const struct lw_question *q = lw_app_question(app);
    bool letters = q->type == LW_Q_SPANS;
    int number = 1;
    for (size_t i = 0; i < q->noptions; i++) {
        const struct lw_option *o = &q->option[i];
        if (o->group)
            continue;
        bool chosen = lw_option_is_in(o, answer);
        bool full = q->type == LW_Q_CHOICE && lw_view_is_full(app, i);
        add_item(s, chosen, option_text(o, letters && o->key ? INT_MAX : number, full));
        number++;
        if (chosen)
            s->note = o->help;
    }
}

static int strip_cols(const struct strip *s)
{
    int cols = 0;
    for (size_t i = 0; i < s->n; i++)
        cols += item_cols(&s->v[i]) + s->gap;
    return cols;
}

static void compare_words(const char *const words[], int point, struct strip *s)
{
    for (int i = 0; i < LW_COMPARE_POINTS; i++)
        add_item(s, point == i + 1, lw_strdup(words[i]));
}

/* Beside a long label only its ends say how much. */
static void compare_strip(const struct lw_app *app, const json_t *answer, int room, struct strip *s)
{
    static const char *const all[LW_COMPARE_POINTS] = {
        "1 A much", "2 A some", "3 A bit", "4 same", "5 B bit", "6 B some", "7 B much"};
    static const char *const few[LW_COMPARE_POINTS] = {
        "1 A much", "2 A", "3 A", "4 same", "5 B", "6 B", "7 B much"};
    const struct lw_sitting_view *sit = lw_sitting_view(app->s);
    const struct lw_response *r = sit->task->response;
    int point = lw_compare_point(answer, r[sit->order[0]].id, r[sit->order[1]].id);
    compare_words(all, point, s);
    if (strip_cols(s) <= room)
        return;
    free_strip(s);
    *s = (struct strip){0};
    compare_words(few, point, s);
}

/* The answer; where there is none a suggestion, else the default. The role says which. */
static const json_t *shown_value(const struct lw_app *app, enum lw_role *role)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    const struct lw_project *p = v->opts.project;
    struct lw_slot slot = v->slot[v->focus];
    const json_t *value = lw_answer_get(p, v->task, v->answers, slot);
    *role = LW_ROLE_CHOSEN;
    if (value)
        return value;
    value = lw_suggestion_get(p, v->task, slot);
    *role = value ? LW_ROLE_SUGGESTED : LW_ROLE_DIM;
    return value ? value : lw_preset_left(p, v->task, v->answers, slot);
}

static void fill_strip(const struct lw_app *app, int room, struct strip *s)
{
    const struct lw_question *q = lw_app_question(app);
    enum lw_role role;
    const json_t *value = shown_value(app, &role);
    bool marks = app->over == LW_OVERLAY_MARKING || app->over == LW_OVERLAY_BOXING;
    *s = (struct strip){0};
    if (q->type == LW_Q_RATING)
        rating_strip(q, value, s);
    else if (q->type == LW_Q_CHOICE)
        option_strip(app, value, s);
    else if (marks)
        option_strip(app, lw_picker_value(app), s);
    else if (q->type == LW_Q_COMPARE)
        compare_strip(app, value, room, s);
    s->role = marks ? LW_ROLE_CHOSEN : role;
}

/* The first item to draw so that the chosen one is inside `cols` columns. */
static size_t first_item(const struct strip *s, int cols)
{
    size_t chosen = 0, first = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->v[i].chosen)
            chosen = i;
    int used = 0;
    for (size_t i = 0; i <= chosen && s->n; i++) {
        used += item_cols(&s->v[i]) + s->gap;
        while (used > cols && first < i)
            used -= item_cols(&s->v[first++]) + s->gap;
    }
    return first;
}

/* Brackets are an answer's; parentheses what stands for one. */
static int draw_item(struct lw_area a, int col, const struct item *i, enum lw_role of_chosen)
{
    if (i->key >= 0) /* below its last column */
        lw_draw(a, 1, col + item_cols(i) - 2, LW_ROLE_KEY, "%d", i->key);
    enum lw_role role = i->chosen ? of_chosen : LW_ROLE_QUESTION;
    bool given = of_chosen == LW_ROLE_CHOSEN;
    col = lw_draw(a, 0, col, role, !i->chosen ? " " : given ? "[" : "(");
    col = lw_draw_text(a, 0, col, role, i->text, strlen(i->text));
    return lw_draw(a, 0, col, role, !i->chosen ? " " : given ? "]" : ")");
}

static int draw_end(struct lw_area a, int col, const char *text)
{
    return text ? lw_draw_text(a, 0, col, LW_ROLE_DIM, text, strlen(text)) + 1 : col;
}

static void draw_strip(struct lw_area a, int col, const struct strip *s)
{
    int cursor = col;
    col = draw_end(a, col, s->before);
    int room = a.cols - col - 3;
    size_t i = first_item(s, room);
    for (; i < s->n && col + item_cols(&s->v[i]) + 1 <= a.cols - 1; i++) {
        if (s->v[i].chosen)
            cursor = col + 1;
        col = draw_item(a, col, &s->v[i], s->role) + s->gap;
    }
    bool cut = i < s->n;
    if (cut)
        lw_draw(a, 0, a.cols - 2, LW_ROLE_DIM, "…");
    col = draw_end(a, col, s->after);
    if (s->note && !cut && col + 10 < a.cols)
        lw_draw_clipped(a, 0, col + 4, a.cols - col - 5, LW_ROLE_DIM, s->note, strlen(s->note));
    lw_draw_cursor(a, 0, cursor);
}

/* ---- a scale with many points: a line from end to end */

enum { STRIP_POINTS = 40, SLIDER_COLS = 50 };

static int end_cols(const char *text)
{
    return text ? lw_cols(text, strlen(text), -1) + 1 : 0;
}

/* Its points do not fit beside each other. */
static bool is_slider(const struct lw_question *q, int room)
{
    if (q->type != LW_Q_RATING || lw_scale_points(&q->scale) > STRIP_POINTS)
        return q->type == LW_Q_RATING;
    struct strip s = {0};
    rating_strip(q, NULL, &s);
    bool wide = strip_cols(&s) + end_cols(s.before) + end_cols(s.after) > room;
    free_strip(&s);
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

static void draw_slider(const struct lw_app *app, struct lw_area a, int col)
{
    const struct lw_scale *scale = &lw_app_question(app)->scale;
    enum lw_role role;
    const json_t *value = shown_value(app, &role);
    col = draw_end(a, col, scale->low);
    col = lw_draw(a, 0, col, LW_ROLE_QUESTION, "%" PRId64 " ", scale->min);
    int room = a.cols - col - 10 - end_cols(scale->high);
    col = draw_line(a, col,
        room > SLIDER_COLS ? SLIDER_COLS
        : room > 12        ? room
                           : 12,
        scale, value, role);
    col = lw_draw(a, 0, col, LW_ROLE_QUESTION, " %" PRId64 " ", scale->max);
    col = draw_end(a, col, scale->high);
    const char *note = value ? lw_scale_label(scale, json_integer_value(value)) : NULL;
    if (note && col + 4 < a.cols)
        lw_draw_clipped(a, 0, col + 1, a.cols - col - 2, LW_ROLE_DIM, note, strlen(note));
}

/* Flags and texts show what was given and how to change it. */
static void draw_words(const struct lw_app *app, struct lw_area a, int col)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_buf words = {0};
    lw_sitting_describe_answer(app->s, v->slot[v->focus], &words);
    enum lw_role role = words.len > 0 ? LW_ROLE_CHOSEN : lw_view_unanswered(app, v->focus, &words);
    lw_draw_cursor(a, 0, col);
    if (words.len > 0)
        lw_draw_clipped(a, 0, col, a.cols - col - 1, role, words.data, words.len);
    else
        lw_draw(a, 0, col, LW_ROLE_DIM, "%s",
            lw_app_question(app)->type == LW_Q_TAGS    ? LW_VIEW_EMPTY_CHOOSE
            : lw_app_question(app)->type == LW_Q_SPANS ? LW_VIEW_EMPTY_MARK
            : lw_app_question(app)->type == LW_Q_BOXES ? LW_VIEW_EMPTY_MARK
                                                       : LW_VIEW_EMPTY_WRITE);
    lw_buf_fini(&words);
}

/* Whether some rating has keys drawn below its points. Then every question gets that row, as the
 * text above must not jump. */
static bool has_key_row(const struct lw_app *app)
{
    const struct lw_project *p = lw_sitting_view(app->s)->opts.project;
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_RATING && lw_scale_has_keys(&p->question[i].scale))
            return true;
    return false;
}

static int control_rows(const struct lw_app *app)
{
    return lw_sitting_view(app->s)->nslots && has_key_row(app) ? 2 : 1;
}

static void draw_control(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting *s = app->s;
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct lw_buf label = {0};
    struct strip strip;
    lw_sitting_slot_label(s, v->slot[v->focus], &label);
    int col = lw_draw_clipped(a, 0, 1, a.cols / 3, LW_ROLE_FOCUS, label.data, label.len) + 2;
    lw_buf_fini(&label);
    if (lw_app_question(app)->type == LW_Q_RANK) {
        lw_view_ranking(app, a, col);
        return;
    }
    if (is_slider(lw_app_question(app), a.cols - col - 1)) {
        draw_slider(app, a, col);
        return;
    }
    fill_strip(app, a.cols - col - 1, &strip);
    if (strip.n > 0)
        draw_strip(a, col, &strip);
    else
        draw_words(app, a, col);
    free_strip(&strip);
}

/* ---- the rule above */

/* Required answers that are missing, on all pages. */
static size_t count_missing(const struct lw_sitting_view *v)
{
    size_t n = 0;
    for (size_t i = 0; i < v->nslots; i++)
        n += v->opts.project->question[v->slot[i].question].required &&
             !lw_answer_get(v->opts.project, v->task, v->answers, v->slot[i]);
    return n;
}

static void draw_marking_rule(const struct lw_app *app, struct lw_area a)
{
    struct lw_buf remark = {0};
    bool boxes = app->over == LW_OVERLAY_BOXING;
    if (boxes)
        lw_boxing_remark(app, &remark);
    else
        lw_marking_remark(app, &remark);
    lw_view_titled_rule(a, 0, boxes ? LW_VIEW_BOXING : LW_VIEW_MARKING, LW_ROLE_FOCUS, remark.data);
    lw_buf_fini(&remark);
}

/* What stands for an answer to the focused question: a suggestion (how many others have one), else
 * the default. Returns the column behind it. */
static int draw_offer(const struct lw_app *app, struct lw_area a, int col)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_slot slot = v->slot[v->focus];
    struct lw_buf words = {0};
    size_t more = 0;
    lw_sitting_describe_suggestion(app->s, slot, &words);
    bool suggested = words.len > 0;
    if (suggested)
        more = lw_app_suggestions(app) - 1;
    else
        lw_sitting_describe_default(app->s, slot, &words);
    enum lw_role role = suggested ? LW_ROLE_SUGGESTED : LW_ROLE_DIM;
    if (words.len > 0) {
        col = lw_draw(a, 0, col, role, suggested ? LW_VIEW_SUGGESTED : LW_VIEW_DEFAULT);
        col = lw_draw_clipped(a, 0, col, a.cols / 3, role, words.data, words.len);
        col = more > 0 ? lw_draw(a, 0, col, role, LW_VIEW_SUGGESTED_MORE, more) : col;
        col = lw_draw(a, 0, col, LW_ROLE_RULE, " ") + 1;
    }
    lw_buf_fini(&words);
    return col;
}

/* As far as it leaves room for the remark at the right end. */
static void draw_quotas(const struct lw_app *app, struct lw_area a, int col, int room)
{
    struct lw_buf words = {0};
    lw_view_quotas(app, &words);
    if (words.len > 0 && room > (int)sizeof LW_VIEW_QUOTA_ALL) {
        col = lw_draw(a, 0, col, LW_ROLE_RULE, " ");
        col = lw_draw_clipped(a, 0, col, room - 2, LW_ROLE_DIM, words.data, words.len);
        lw_draw(a, 0, col, LW_ROLE_RULE, " ");
    }
    lw_buf_fini(&words);
}

static void draw_rule(const struct lw_app *app, struct lw_area a)
{
    if (app->over == LW_OVERLAY_MARKING || app->over == LW_OVERLAY_BOXING) {
        draw_marking_rule(app, a);
        return;
    }
    struct lw_question_page page = lw_question_page(app);
    size_t missing = count_missing(lw_sitting_view(app->s));
    char remark[96] = "";
    if (page.of > 1 && missing > 0)
        snprintf(remark, sizeof remark, LW_VIEW_PAGE_MISSING, page.number, page.of, missing);
    else if (page.of > 1)
        snprintf(remark, sizeof remark, LW_VIEW_PAGE, page.number, page.of);
    lw_view_titled_rule(a, 0, page.name ? page.name : "", LW_ROLE_TITLE, remark);
    int col = draw_offer(app, a, page.name ? lw_cols(page.name, strlen(page.name), -1) + 3 : 1);
    draw_quotas(app, a, col, a.cols - col - (remark[0] ? (int)strlen(remark) + 5 : 2));
}

int lw_view_bottom_rows(const struct lw_app *app)
{
    return 1 + control_rows(app) + lw_question_page_rows(app) + 2; /* rule, focused question;
                                                                      message, footer */
}

void lw_view_questions(const struct lw_app *app, struct lw_area a)
{
    if (lw_sitting_view(app->s)->nslots == 0) {
        lw_draw_rule(a, 0);
        return;
    }
    int rows = control_rows(app);
    draw_rule(app, a);
    draw_control(app, lw_area_rows(a, 1, rows));
    struct lw_area rest = lw_area_rows(a, 1 + rows, a.rows - 1 - rows);
    if (rest.rows > 0)
        lw_view_question_page(app, rest);
}
