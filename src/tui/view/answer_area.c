/* The answers of the task on the screen: measures what may be asked of it and keeps where that
 * stands. How it is placed is answer_places.c's, how it looks view_answers.c's. */
#include "tui/view/answer_area_internal.h"

#include "tui/view/items_internal.h"
#include "tui/view/strip_internal.h"
#include "tui/view/text_grid_internal.h"
#include "tui/view/view_internal.h"

#include "labelwright/project/question.h"
#include "labelwright/project/talk.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

static const struct lw_question *question(const struct lw_app *app, size_t i)
{
    return &view(app)->opts.project->question[i];
}

static bool is_item(enum lw_target on)
{
    return on == LW_ON_TURN || on == LW_ON_STEP || on == LW_ON_SPAN;
}

bool lw_answer_is_of_item(const struct lw_app *app, size_t i)
{
    return is_item(question(app, i)->on);
}

/* ---- what may be asked */

/* Of the task; before the first reply of a talk those that will come. */
static int count_responses(const struct lw_app *app)
{
    const struct lw_task *t = view(app)->task;
    const struct lw_question *q = lw_talk_question(view(app)->opts.project);
    if (t->nresponses > 0 || !q || !lw_question_takes(q, t))
        return (int)t->nresponses;
    int64_t replies =
        q->talk ? q->talk->replies * (int64_t)(q->talk->nmodels + !q->talk->nmodels) : 1;
    return replies > LW_TALK_REPLIES_MAX ? LW_TALK_REPLIES_MAX : (int)replies;
}

static bool may_be_asked(const struct lw_app *app, size_t i)
{
    const struct lw_question *q = question(app, i);
    const struct lw_task *t = view(app)->task;
    if (q->on == LW_ON_TASK || q->on == LW_ON_PROMPT)
        return lw_question_takes(q, t) && (q->on == LW_ON_TASK || t->nturns > 0);
    return q->on != LW_ON_STEP || t->nsteps > 0;
}

/* ---- what it takes */

static int number_cols(int64_t n)
{
    int cols = n < 0 ? 2 : 1;
    for (; n > 9 || n < -9; n /= 10)
        cols++;
    return cols;
}

enum {
    LONG_COLS = 40,    /* of an answer that may be any text */
    COMPARE_COLS = 7,  /* "A a bit" */
    RANKING_COLS = 17, /* five in order: less of it says nothing */
    CHOICE_COLS = 8,   /* short options are whole */
    LETTER_COLS = 2,
    COUNT_COLS = 5 /* "12/40" */
};

static int longest_option(const struct lw_question *q)
{
    int cols = 1;
    for (size_t i = 0; i < q->noptions; i++) {
        int its = lw_cols(q->option[i].label, strlen(q->option[i].label), LONG_COLS);
        cols = its > cols && !q->option[i].group ? its : cols;
    }
    return cols < LONG_COLS ? cols : LONG_COLS;
}

/* Columns for what stands for an answer: "?5" or "(5)". */
static int offer_cols(const struct lw_app *app, const struct lw_question *q)
{
    return q->preset ? 2 : view(app)->task->suggestions ? 1 : 0;
}

static void measure_answer(const struct lw_app *app, struct lw_answer_cell *c)
{
    const struct lw_question *q = question(app, c->question);
    int ranked = 4 * (int)view(app)->task->nresponses - 3;
    int low = number_cols(q->scale.min), high = number_cols(q->scale.max);
    c->least = 1;
    c->need = LONG_COLS;
    if (q->type == LW_Q_RATING)
        c->least = c->need = low > high ? low : high;
    else if (q->type == LW_Q_CHOICE)
        c->need = longest_option(q);
    else if (q->type == LW_Q_COMPARE)
        c->need = COMPARE_COLS;
    else if (q->type == LW_Q_RANK)
        c->need = ranked;
    if (q->type == LW_Q_CHOICE)
        c->least = c->need < CHOICE_COLS ? c->need : CHOICE_COLS;
    if (q->type == LW_Q_RANK)
        c->least = ranked < RANKING_COLS ? ranked : RANKING_COLS;
    c->need += offer_cols(app, q);
    c->least += offer_cols(app, q);
    if (c->item == LW_CELL_ITEMS && c->need < COUNT_COLS)
        c->need = COUNT_COLS;
    if (c->item == LW_CELL_ITEMS && c->least < COUNT_COLS)
        c->least = COUNT_COLS;
}

/* The question is asked about other responses, too. */
static bool has_other(const struct lw_answer_area *a, const struct lw_answer_cell *c)
{
    for (size_t i = 0; i < a->ncells; i++)
        if (a->cell[i].question == c->question && a->cell[i].item != c->item)
            return true;
    return false;
}

void lw_answer_label(const struct lw_app *app, const struct lw_answer_cell *c, struct lw_buf *to)
{
    const struct lw_task *t = view(app)->task;
    bool letter = c->label_room > 0 && c->item >= 0;
    if (letter && (size_t)c->item < t->nresponses)
        lw_sitting_slot_label(app->s, (struct lw_slot){c->question, c->item}, to);
    else if (letter && has_other(&app->answers, c)) /* of a response that is not there yet */
        lw_label_with_letter((char)('A' + c->item), question(app, c->question)->label, to);
    else
        lw_buf_str(to, question(app, c->question)->label);
}

static void measure(const struct lw_app *app, struct lw_answer_cell *c, int responses)
{
    const struct lw_question *q = question(app, c->question);
    c->label = lw_cols(q->label, strlen(q->label), -1) + q->required;
    if (c->item >= 0 && responses == 2)
        c->label += LETTER_COLS;
    measure_answer(app, c);
}

/* ---- gathering */

struct gathering {
    const struct lw_app *app;
    struct lw_answer_area *to;
    struct lw_answer_block *block;
    size_t nblocks;
    int responses;
};

static void add_cell(struct gathering *g, size_t question, int item)
{
    struct lw_answer_area *to = g->to;
    to->cell = lw_grow(to->cell, to->ncells + 1, sizeof *to->cell);
    to->cell[to->ncells] = (struct lw_answer_cell){.question = question, .item = item};
    measure(g->app, &to->cell[to->ncells++], g->responses);
}

static bool begins_page(const struct gathering *g, size_t q)
{
    return q > 0 && !lw_question_same_page(question(g->app, q - 1), question(g->app, q));
}

/* The block that a cell of the question goes to: the last one where that is of the same kind. */
static struct lw_answer_block *block_for(struct gathering *g, size_t q, int responses)
{
    struct lw_answer_block *last = g->nblocks > 0 ? &g->block[g->nblocks - 1] : NULL;
    bool page = g->nblocks > 0 && begins_page(g, q);
    if (last && !page && last->responses == 0 && responses == 0)
        return last;
    g->block = lw_grow(g->block, g->nblocks + 1, sizeof *g->block);
    g->block[g->nblocks] = (struct lw_answer_block){g->to->ncells, 0, responses, page};
    return &g->block[g->nblocks++];
}

/* The questions about responses from `first` on; returns the index after them. */
static size_t add_table(struct gathering *g, size_t first)
{
    const struct lw_sitting_view *v = view(g->app);
    size_t end = first + 1;
    while (end < v->opts.project->nquestions && question(g->app, end)->on == LW_ON_RESPONSE &&
           !begins_page(g, end))
        end++;
    if (g->responses == 0)
        return end;
    struct lw_answer_block *b = block_for(g, first, g->responses > 1 ? g->responses : 0);
    for (int r = 0; r < g->responses; r++)
        for (size_t q = first; q < end; q++)
            add_cell(g, q, (size_t)r < v->task->nresponses ? v->order[r] : r);
    b->n = g->to->ncells - b->first;
    return end;
}

static void gather(struct gathering *g)
{
    const struct lw_project *p = view(g->app)->opts.project;
    for (size_t q = 0; q < p->nquestions;) {
        enum lw_target on = p->question[q].on;
        if (on == LW_ON_RESPONSE) {
            q = add_table(g, q);
            continue;
        }
        if (may_be_asked(g->app, q)) {
            struct lw_answer_block *b = block_for(g, q, 0);
            add_cell(g, q, is_item(on) ? LW_CELL_ITEMS : LW_CELL_ALONE);
            b->n = g->to->ncells - b->first;
        }
        q++;
    }
}

/* ---- the rows of the focused question */

static int most_control_rows(const struct lw_app *app)
{
    return app->rows < 20 ? 1 : app->rows < 30 ? 2 : app->rows < 40 ? 3 : 4;
}

/* All its points or options are seen, with room for its label before them. */
static int control_rows_of(const struct lw_app *app, const struct lw_answer_cell *c, int cols)
{
    enum { ITEM_COLS = 8 /* "Step 12 " */ };
    const struct lw_question *q = question(app, c->question);
    int label = c->label - q->required + (c->item == LW_CELL_ITEMS ? ITEM_COLS : 0);
    int most = most_control_rows(app), col = (label < cols / 3 ? label : cols / 3) + 3;
    struct lw_strip s;
    if (lw_strip_is_slider(q, cols - col - 1))
        return q->scale.npoints > 0 && most > 1 ? 2 : 1;
    bool marks = q->type == LW_Q_SPANS || q->type == LW_Q_BOXES;
    lw_strip_fill(app, c->question, NULL, marks, cols - col - 1, &s);
    int rows = lw_strip_rows(&s, col, cols, most);
    rows = s.keyed && rows < 2 ? 2 : rows;
    lw_strip_free(&s);
    return rows;
}

static int count_control_rows(const struct lw_app *app, int cols)
{
    int rows = 1;
    for (size_t i = 0; i < app->answers.ncells; i++) {
        int its = control_rows_of(app, &app->answers.cell[i], cols);
        rows = its > rows ? its : rows;
    }
    return rows;
}

/* ---- the whole */

static bool is_current(const struct lw_app *app)
{
    const struct lw_answer_area *a = &app->answers;
    return a->made && a->task == view(app)->show_count && a->talk == view(app)->talk_count &&
           a->screen_rows == app->rows && a->screen_cols == app->cols;
}

int lw_view_bottom_rows(const struct lw_app *app)
{
    const struct lw_answer_area *a = &app->answers;
    int answers = a->side > 0 ? 0 : a->ncells > 0 ? a->rows + a->control : 1;
    return 1 + answers + a->spare + 2; /* rule; answers; message, footer */
}

/* Then the row of the focused one says all. */
static bool is_only_one(const struct lw_answer_area *a)
{
    return a->ncells == 1 && a->cell[0].item != LW_CELL_ITEMS;
}

static void place_below(struct lw_app *app, const struct gathering *g)
{
    struct lw_answer_area *a = &app->answers;
    struct lw_answer_room room = {
        app->cols, app->rows < 30 ? 2 : 3, app->rows / 4, app->rows < 40 ? 5 : app->rows / 8};
    a->pages = lw_answers_place(a->cell, g->block, g->nblocks, room, &a->rows);
    a->control = count_control_rows(app, app->cols);
    a->rows = is_only_one(a) ? 0 : a->rows;
}

/* Where the texts leave most of a wide screen empty, the answers stand right under them. */
static void move_up(struct lw_app *app)
{
    enum { WORTH = 6 /* rows, else the place they always have is better */ };
    struct lw_answer_area *a = &app->answers;
    int rows = app->rows - 1 - lw_opening_rows(app) - lw_view_bottom_rows(app);
    int spare = a->side == 0 && a->ncells > 0 ? lw_text_spare_rows(app, rows) : 0;
    a->spare = spare < WORTH ? 0 : spare;
}

enum { SIDE_TOP = 1 /* the rule above */, SIDE_GAP = 1 /* above the focused question */ };

/* Instead, where the texts leave room to the right of them. */
static void place_beside(struct lw_app *app)
{
    struct lw_answer_area *a = &app->answers;
    a->side = a->ncells > 0 ? lw_answer_side_cols(app, (int)a->ncells) : 0;
    if (a->side == 0)
        return;
    a->rows = lw_answers_list(a->cell, a->ncells, a->side);
    a->rows = is_only_one(a) ? 0 : a->rows;
    a->pages = 1;
    a->control = app->rows - 1 - lw_opening_rows(app) - SIDE_TOP - a->rows - SIDE_GAP -
                 lw_view_bottom_rows(app);
}

int lw_text_screen_cols(const struct lw_app *app)
{
    return app->cols - app->answers.side;
}

void lw_answer_origin(const struct lw_app *app, int *row, int *col)
{
    bool beside = app->answers.side > 0;
    *row = beside ? 1 + lw_opening_rows(app) + SIDE_TOP : app->rows - lw_view_bottom_rows(app) + 1;
    *col = beside ? lw_text_screen_cols(app) : 0;
}

void lw_answer_area_update(struct lw_app *app)
{
    struct lw_answer_area *a = &app->answers;
    if (is_current(app))
        return;
    struct gathering g = {app, a, NULL, 0, count_responses(app)};
    lw_answer_area_fini(app);
    *a = (struct lw_answer_area){.made = true,
        .task = view(app)->show_count,
        .talk = view(app)->talk_count,
        .screen_rows = app->rows,
        .screen_cols = app->cols};
    if (!view(app)->task->unreadable)
        gather(&g);
    place_below(app, &g);
    place_beside(app);
    move_up(app);
    free(g.block);
}

void lw_answer_area_fini(struct lw_app *app)
{
    free(app->answers.cell);
    app->answers = (struct lw_answer_area){0};
}

/* ---- slots */

const struct lw_answer_cell *lw_answer_cell_of(const struct lw_app *app, struct lw_slot slot)
{
    const struct lw_answer_area *a = &app->answers;
    bool item = is_item(question(app, slot.question)->on);
    for (size_t i = 0; i < a->ncells; i++)
        if (a->cell[i].question == slot.question && (item || a->cell[i].item == slot.item))
            return item && lw_items_say(app, slot) ? NULL : &a->cell[i];
    return NULL;
}

static bool is_on_page(const struct lw_app *app, size_t slot, int page)
{
    const struct lw_answer_cell *c = lw_answer_cell_of(app, view(app)->slot[slot]);
    return c && c->page == page;
}

struct lw_question_page lw_question_page(const struct lw_app *app)
{
    const struct lw_sitting_view *v = view(app);
    struct lw_question_page to = {0, v->nslots, 1, 1, NULL};
    if (v->nslots == 0)
        return to;
    to.name = question(app, v->slot[v->focus].question)->page;
    const struct lw_answer_cell *c = lw_answer_cell_of(app, v->slot[v->focus]);
    if (!c || app->answers.pages < 2)
        return to;
    to.number = (size_t)c->page + 1;
    to.of = (size_t)app->answers.pages;
    to.from = v->focus;
    to.to = v->focus + 1;
    while (to.from > 0 && is_on_page(app, to.from - 1, c->page))
        to.from--;
    while (to.to < v->nslots && is_on_page(app, to.to, c->page))
        to.to++;
    return to;
}
