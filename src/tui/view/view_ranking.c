/* The focused ranking on one line: what is placed, and behind it what is left with its keys. Which
 * key does what is the sitting's. */
#include "tui/view/view_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ranking {
    const struct lw_sitting_view *sit;
    const struct lw_question *q;
    const json_t *value;
};

static struct ranking focused(const struct lw_app *app)
{
    const struct lw_sitting_view *sit = lw_sitting_view(app->s);
    return (struct ranking){sit, lw_app_question(app),
        lw_answer_get(sit->opts.project, sit->task, sit->answers, sit->slot[sit->focus])};
}

static bool has_order(const struct ranking *r)
{
    return json_array_size(json_object_get(r->value, "order")) > 0;
}

static bool is_left(const struct ranking *r, size_t place)
{
    return !lw_rank_has(r->value, r->sit->task->response[r->sit->order[place]].id);
}

/* What a digit would say now. */
static const char *asked(const struct ranking *r)
{
    enum lw_rank_next next = lw_rank_next(r->value);
    if (next != LW_RANK_BELOW)
        return next == LW_RANK_TIED ? LW_VIEW_RANK_TIED : LW_VIEW_RANK_NOT;
    if (!has_order(r))
        return LW_VIEW_RANK_BEST;
    return r->q->best_worst ? LW_VIEW_RANK_WORST : LW_VIEW_RANK_NEXT;
}

/* "B > A =": what the next one is put behind. */
static void placed(const struct lw_app *app, const struct ranking *r, struct lw_buf *to)
{
    static const char *const behind[] = {
        [LW_RANK_BELOW] = " > ", [LW_RANK_TIED] = " = ", [LW_RANK_NOT] = "   "};
    lw_sitting_describe_ranking(app->s, false, to);
    if (to->len > 0)
        lw_buf_str(to, behind[lw_rank_next(r->value)]);
}

enum { LEFT_COLS = 5, LEFT_MOST = 26 /* more are shown as these letters anyway */ };

static int left_cols(const struct ranking *r)
{
    int cols = 0;
    for (size_t i = 0; i < r->sit->task->nresponses && i < LEFT_MOST; i++)
        cols += is_left(r, i) ? LEFT_COLS : 0;
    return cols;
}

/* " 3 C ", or "[3 C]" where the arrows are; the eleventh and later have no digit. */
static int draw_left(const struct lw_app *app, struct lw_area a, int col, size_t place)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    bool chosen = v->candidate == (int)place;
    char text[8], letter = lw_sitting_letter(app->s, v->order[place]);
    if (place < 10)
        snprintf(text, sizeof text, "%d %c", (int)(place + 1) % 10, letter);
    else
        snprintf(text, sizeof text, "- %c", letter);
    enum lw_role role = chosen ? LW_ROLE_CHOSEN : LW_ROLE_QUESTION;
    if (chosen)
        lw_draw_cursor(a, 0, col + 1);
    col = lw_draw(a, 0, col, role, chosen ? "[" : " ");
    col = lw_draw(a, 0, col, role, "%s", text);
    return lw_draw(a, 0, col, role, chosen ? "]" : " ");
}

/* The end of the text where there is no room for all of it. */
static int draw_placed(struct lw_area a, int col, int room, const struct lw_buf *text)
{
    const char *s = text->len ? text->data : "";
    int cols = lw_cols(s, strlen(s), -1);
    if (cols <= room)
        return lw_draw(a, 0, col, LW_ROLE_ANSWER, "%s", s);
    lw_draw_tell_cut(a, s, strlen(s));
    col = lw_draw(a, 0, col, LW_ROLE_DIM, "…");
    return lw_draw(a, 0, col, LW_ROLE_ANSWER, "%s", s + (cols - room + 1)); /* ASCII */
}

static void draw_open(const struct lw_app *app, const struct ranking *r, struct lw_area a, int col)
{
    struct lw_buf text = {0};
    placed(app, r, &text);
    int room = a.cols - col - left_cols(r) - 1;
    lw_draw_cursor(a, 0, col);
    col = draw_placed(a, col, room > 10 ? room : 10, &text);
    lw_buf_fini(&text);
    for (size_t i = 0; i < r->sit->task->nresponses && i < LEFT_MOST; i++) {
        if (!is_left(r, i))
            continue;
        if (col + LEFT_COLS > a.cols - 2) {
            lw_draw(a, 0, a.cols - 2, LW_ROLE_DIM, "…");
            return;
        }
        col = draw_left(app, a, col, i);
    }
    const char *ask = asked(r);
    if (col + 2 + (int)strlen(ask) < a.cols)
        lw_draw(a, 0, col + 2, LW_ROLE_DIM, "%s", ask);
}

void lw_view_ranking(const struct lw_app *app, struct lw_area a, int col)
{
    struct ranking r = focused(app);
    struct lw_buf words = {0};
    if (!r.value || lw_edit_is_open(r.value)) {
        draw_open(app, &r, a, col);
        return;
    }
    lw_sitting_describe_ranking(app->s, true, &words);
    lw_draw_cursor(a, 0, col);
    lw_draw_clipped(a, 0, col, a.cols - col - 1, LW_ROLE_CHOSEN, words.data, words.len);
    lw_buf_fini(&words);
}

static bool holds(const json_t *ids, const char *id)
{
    for (size_t i = 0; i < json_array_size(ids); i++)
        if (strcmp(json_string_value(json_array_get(ids, i)), id) == 0)
            return true;
    return false;
}

/* Those that tie have one place. The best and the worst alone make no places. */
void lw_ranking_title(const struct lw_app *app, int response, char *to, size_t n)
{
    const struct lw_question *q = lw_app_question(app);
    to[0] = '\0';
    if (!q || q->type != LW_Q_RANK || q->best_worst)
        return;
    struct ranking r = focused(app);
    const json_t *order = json_object_get(r.value, "order");
    const char *id = r.sit->task->response[response].id;
    for (size_t i = 0; i < json_array_size(order); i++)
        if (holds(json_array_get(order, i), id))
            snprintf(to, n, LW_VIEW_RANKED, i + 1);
    if (!to[0] && r.value && lw_rank_has(r.value, id))
        snprintf(to, n, LW_VIEW_NOT_RANKED);
}

bool lw_ranking_is_open(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    if (!q || q->type != LW_Q_RANK)
        return false;
    struct ranking r = focused(app);
    return !r.value || lw_edit_is_open(r.value);
}

struct lw_hint lw_ranking_hint(const struct lw_app *app)
{
    static char digits[8];
    struct ranking r = focused(app);
    size_t n = r.sit->task->nresponses;
    snprintf(digits, sizeof digits, n > 9 ? "1-9 0" : "1-%d", (int)n);
    const char *word = !lw_ranking_is_open(app) ? LW_VIEW_RANK_AGAIN
                       : !r.q->best_worst       ? LW_VIEW_RANK_PLACE
                       : has_order(&r)          ? LW_VIEW_RANK_THE_WORST
                                                : LW_VIEW_RANK_THE_BEST;
    return (struct lw_hint){digits, LW_CMD_DIGIT, word};
}
