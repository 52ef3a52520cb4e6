/* The questions: the rule above them, and the focused one with its points or options. The answers
 * between the two are view_answers.c's. */
#include "tui/view/answer_area_internal.h"
#include "tui/view/strip_internal.h"
#include "tui/view/view_answers_internal.h"
#include "tui/view/view_boxes_internal.h"
#include "tui/view/view_internal.h"
#include "tui/view/view_spans_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the focused question */

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

/* While spans or boxes are marked a tag with a letter needs no digit, so that more tags fit. */
static void fill_strip(const struct lw_app *app, int room, struct lw_strip *s)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    enum lw_role role;
    const json_t *value = shown_value(app, &role);
    bool marks = app->over == LW_OVERLAY_MARKING || app->over == LW_OVERLAY_BOXING;
    lw_strip_fill(
        app, v->slot[v->focus].question, marks ? lw_picker_value(app) : value, marks, room, s);
    s->role = marks ? LW_ROLE_CHOSEN : role;
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

/* Its points or options, or its answer in words. */
static void draw_value(const struct lw_app *app, struct lw_area a, int col)
{
    const struct lw_question *q = lw_app_question(app);
    struct lw_strip strip;
    enum lw_role role;
    if (q->type == LW_Q_RANK) {
        lw_view_ranking(app, a, col);
        return;
    }
    if (lw_strip_is_slider(q, a.cols - col - 1)) {
        const json_t *value = shown_value(app, &role);
        lw_strip_slider(&q->scale, value, role, a, col);
        return;
    }
    fill_strip(app, a.cols - col - 1, &strip);
    strip.list = app->answers.side > 0;
    if (strip.n > 0)
        lw_strip_draw(&strip, a, col);
    else
        draw_words(app, a, col);
    lw_strip_free(&strip);
}

/* Its label in the same row, or above where there is room. */
static void draw_control(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    bool beside = app->answers.side > 0;
    struct lw_buf label = {0};
    lw_sitting_slot_label(app->s, v->slot[v->focus], &label);
    if (app->answers.rows == 0 && lw_app_question(app)->required)
        lw_buf_str(&label, LW_VIEW_REQUIRED);
    int most = beside ? a.cols - 2 : a.cols / 3;
    int col = lw_draw_clipped(a, 0, 1, most, LW_ROLE_FOCUS, label.data, label.len) + 2;
    lw_buf_fini(&label);
    if (beside)
        draw_value(app, lw_area_rows(a, 1, a.rows - 1), 1);
    else
        draw_value(app, a, col);
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

/* To the right of the texts, with a rule of its own. */
static void draw_beside(const struct lw_app *app, struct lw_area all)
{
    int row, col, above = app->answers.rows;
    lw_answer_origin(app, &row, &col);
    struct lw_area a = lw_area_cols(all, col, app->answers.side);
    lw_view_titled_rule(lw_area_rows(a, row - 1, 1), 0, LW_VIEW_ANSWERS, LW_ROLE_TITLE, "");
    lw_view_answers(app, lw_area_rows(a, row, above));
    draw_control(app, lw_area_rows(a, row + above + (above > 0), app->answers.control));
}

void lw_view_questions(const struct lw_app *app, struct lw_area all)
{
    struct lw_area a = lw_area_rows(all, app->rows - lw_view_bottom_rows(app), app->rows);
    const struct lw_answer_area *of = &app->answers;
    if (lw_sitting_view(app->s)->nslots == 0) {
        lw_draw_rule(a, 0);
        return;
    }
    draw_rule(app, a);
    if (of->side > 0) {
        draw_beside(app, all);
        return;
    }
    if (of->rows > 0)
        lw_view_answers(app, lw_area_rows(a, 1, of->rows));
    draw_control(app, lw_area_rows(a, 1 + of->rows, of->control));
}
