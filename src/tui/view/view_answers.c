/* The answers of the task, each at its place: label and answer, or a table with a row for each
 * response. The focused one has a mark before it, required ones one behind. Where they stand is
 * answer_places.c's, the points of the focused one view_question.c's. */
#include "tui/view/view_answers_internal.h"

#include "tui/view/answer_area_internal.h"
#include "tui/view/items_internal.h"
#include "tui/view/view_texts_internal.h"

#include <string.h>

enum { NO_SLOT = -1 };

struct drawing {
    const struct lw_app *app;
    const struct lw_sitting_view *v;
    struct lw_area a;
    const struct lw_answer_cell *focused; /* NULL for none */
};

static const struct lw_question *question(const struct drawing *d, const struct lw_answer_cell *c)
{
    return &d->v->opts.project->question[c->question];
}

enum lw_role lw_view_unanswered(const struct lw_app *app, size_t slot, struct lw_buf *to)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_buf words = {0};
    bool suggested = true;
    lw_sitting_describe_suggestion(app->s, v->slot[slot], &words);
    if (words.len == 0) {
        lw_sitting_describe_default(app->s, v->slot[slot], &words);
        suggested = false;
    }
    if (words.len > 0)
        lw_buf_fmt(to, suggested ? "?%s" : "(%s)", words.data);
    lw_buf_fini(&words);
    return suggested ? LW_ROLE_SUGGESTED : LW_ROLE_DIM;
}

/* ---- which slot a cell shows */

static bool is_shown_by(const struct lw_answer_cell *c, struct lw_slot slot)
{
    return c->question == slot.question && c->item == slot.item;
}

/* Slots are in the order of the cells, and fewer: goes on from *at. */
static long slot_of(const struct drawing *d, const struct lw_answer_cell *c, size_t *at)
{
    while (*at < d->v->nslots && lw_answer_is_of_item(d->app, d->v->slot[*at].question))
        (*at)++;
    if (*at < d->v->nslots && is_shown_by(c, d->v->slot[*at]))
        return (long)(*at)++;
    return NO_SLOT;
}

/* Of the turn, step or span that is asked about now. */
static long slot_of_item(const struct drawing *d, const struct lw_answer_cell *c)
{
    for (size_t i = 0; i < d->v->nslots; i++)
        if (d->v->slot[i].question == c->question && !lw_items_say(d->app, d->v->slot[i]))
            return (long)i;
    return NO_SLOT;
}

/* "3/6": so many of the items have an answer; nothing where it is asked of none. */
static void count_items(const struct drawing *d, const struct lw_answer_cell *c, struct lw_buf *to)
{
    size_t asked = 0, answered = 0;
    for (size_t i = 0; i < d->v->nslots; i++) {
        if (d->v->slot[i].question != c->question)
            continue;
        asked++;
        answered +=
            lw_answer_get(d->v->opts.project, d->v->task, d->v->answers, d->v->slot[i]) != NULL;
    }
    if (asked > 0)
        lw_buf_fmt(to, LW_VIEW_ITEMS_ANSWERED, answered, asked);
}

static bool is_asked_of_any(const struct drawing *d, const struct lw_answer_cell *c)
{
    for (size_t i = 0; c->item == LW_CELL_ITEMS && i < d->v->nslots; i++)
        if (d->v->slot[i].question == c->question)
            return true;
    return false;
}

/* ---- drawing */

/* DIM: it is not asked now. */
static void draw_label(const struct drawing *d, const struct lw_answer_cell *c, int row, int col,
    int room, enum lw_role role)
{
    struct lw_buf label = {0};
    lw_answer_label(d->app, c, &label);
    if (question(d, c)->required && role != LW_ROLE_DIM)
        lw_buf_str(&label, LW_VIEW_REQUIRED);
    lw_draw_clipped(d->a, row, col, room, role, label.data, label.len);
    lw_buf_fini(&label);
}

/* Above the column, once; with the letter of the row before its first cell. */
static void draw_titles(const struct drawing *d, const struct lw_answer_cell *c)
{
    const struct lw_answer_cell *f = d->focused;
    bool here = f && f->question == c->question && f->col == c->col && f->title_row >= 0;
    if (c->row == c->title_row + 1)
        draw_label(
            d, c, c->title_row, c->col + 1, c->title_room, here ? LW_ROLE_FOCUS : LW_ROLE_QUESTION);
    if (c->letter_col >= 0 && (size_t)c->item < d->v->task->nresponses)
        lw_draw(d->a, c->row, c->letter_col + 1,
            f && f->item == c->item ? LW_ROLE_FOCUS : LW_ROLE_QUESTION, "%c",
            lw_sitting_letter(d->app->s, c->item));
}

static void draw_answer(const struct drawing *d, const struct lw_answer_cell *c, int col, long slot)
{
    struct lw_buf words = {0};
    enum lw_role role = LW_ROLE_ANSWER;
    if (slot == NO_SLOT && c->item == LW_CELL_ITEMS)
        count_items(d, c, &words);
    if (slot != NO_SLOT)
        lw_sitting_describe_answer(d->app->s, d->v->slot[slot], &words);
    if (slot != NO_SLOT && words.len == 0)
        role = lw_view_unanswered(d->app, (size_t)slot, &words);
    if (words.len > 0)
        lw_draw_clipped(d->a, c->row, col, c->room, role, words.data, words.len);
    else if (slot != NO_SLOT)
        lw_draw(d->a, c->row, col, LW_ROLE_DIM, "–");
    lw_buf_fini(&words);
}

static void draw_cell(const struct drawing *d, const struct lw_answer_cell *c, long slot)
{
    bool now = c == d->focused, asked = slot != NO_SLOT || is_asked_of_any(d, c);
    int col = c->col + 1;
    if (now)
        lw_draw(d->a, c->row, c->col, LW_ROLE_FOCUS, ">");
    if (c->title_row >= 0)
        draw_titles(d, c);
    if (c->label_room > 0) {
        draw_label(d, c, c->row, col, c->label_room,
            now     ? LW_ROLE_FOCUS
            : asked ? LW_ROLE_QUESTION
                    : LW_ROLE_DIM);
        col += c->label_room + 1;
    }
    draw_answer(d, c, col, slot);
}

void lw_view_answers(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct drawing d = {app, v, a, lw_answer_cell_of(app, v->slot[v->focus])};
    int page = d.focused ? d.focused->page : 0;
    size_t at = 0;
    for (size_t i = 0; i < app->answers.ncells; i++) {
        const struct lw_answer_cell *c = &app->answers.cell[i];
        long slot = c->item == LW_CELL_ITEMS ? NO_SLOT : slot_of(&d, c, &at);
        if (c->page != page)
            continue;
        draw_cell(&d, c, c->item == LW_CELL_ITEMS ? slot_of_item(&d, c) : slot);
    }
}
