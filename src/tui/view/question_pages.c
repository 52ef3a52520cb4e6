/* The questions beside the focused one. They stand in rows, as many as fit; the rest is on other
 * pages. Where a page ends depends on the questions, never on the answers: nothing jumps while
 * answering. */
#include "tui/view/question_pages_internal.h"

#include "tui/view/items_internal.h"

#include "labelwright/project/question.h"

#include <stdlib.h>

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

static const struct lw_question *question(const struct lw_app *app, size_t slot)
{
    return &view(app)->opts.project->question[view(app)->slot[slot].question];
}

/* ---- rows */

/* Where the next slot stands. */
struct flow {
    int row, col, cols;
};

/* Makes room for `wide` columns, in the next row where this one is full. */
static void flow_to(struct flow *f, int wide)
{
    if (f->col > 1 && f->col + wide > f->cols - 1) {
        f->row++;
        f->col = 1;
    }
}

enum {
    GAP = 3,
    RANKING_COLS = 17, /* five in order: less of it says nothing */
    ANSWER_COLS = 7,   /* of other answers, on a page of several */
    SHORT_COLS = 1     /* at least, where all fit on one page */
};

static int number_cols(int64_t n)
{
    int cols = n < 0 ? 2 : 1;
    for (; n > 9 || n < -9; n /= 10)
        cols++;
    return cols;
}

/* The columns that no answer of this question needs more than, or `most`. */
static int answer_room(const struct lw_app *app, size_t slot, int most)
{
    const struct lw_question *q = question(app, slot);
    if (q->type == LW_Q_RANK) {
        int all = 4 * (int)view(app)->task->nresponses - 3;
        most = most < RANKING_COLS ? RANKING_COLS : most;
        return all < most ? all : most;
    }
    if (q->type != LW_Q_RATING)
        return most;
    int low = number_cols(q->scale.min), high = number_cols(q->scale.max);
    return (low > high ? low : high) + (q->preset ? 2 : view(app)->task->suggestions ? 1 : 0);
}

static int label_cols(const struct lw_app *app, size_t slot)
{
    struct lw_buf label = {0};
    lw_sitting_slot_label(app->s, view(app)->slot[slot], &label);
    int cols = lw_cols(label.data, label.len, -1);
    lw_buf_fini(&label);
    return cols;
}

/* ---- pages */

/* What the slots take, each with its label; 0 for one that is not shown here. */
struct paging {
    const struct lw_app *app;
    int *cols;
    size_t n;
    int rows;  /* that a page may have */
    int brief; /* columns for an answer where all questions fit on one page */
};

static void paging_init(struct paging *p, const struct lw_app *app)
{
    *p = (struct paging){app, NULL, view(app)->nslots, app->rows >= 30 ? 3 : 2,
        view(app)->task && view(app)->task->suggestions ? ANSWER_COLS : SHORT_COLS};
    p->cols = lw_alloc((p->n + 1) * sizeof *p->cols);
    for (size_t i = 0; i < p->n; i++)
        if (!lw_items_say(app, view(app)->slot[i]))
            p->cols[i] = label_cols(app, i) + 1;
}

/* Places the slots from `from` up to `to`, but for `without`, with answers of `most` columns; false
 * when they do not fit. */
static bool place(
    const struct paging *p, struct flow *f, size_t from, size_t to, size_t without, int most)
{
    struct flow at = *f;
    for (size_t i = from; i < to; i++) {
        if (p->cols[i] == 0 || i == without)
            continue;
        int wide = p->cols[i] + answer_room(p->app, i, most);
        flow_to(&at, wide);
        at.col += wide + GAP;
        if (at.row >= p->rows)
            return false;
    }
    *f = at;
    return true;
}

static bool fits(const struct paging *p, struct flow *f, size_t from, size_t to)
{
    return place(p, f, from, to, SIZE_MAX, ANSWER_COLS);
}

static bool begins_page(const struct paging *p, size_t slot)
{
    return slot > 0 && !lw_question_same_page(question(p->app, slot - 1), question(p->app, slot));
}

/* The end of the slots about the same item that stand beside each other; what is about none stands
 * alone. */
static size_t group_end(const struct paging *p, size_t slot)
{
    const struct lw_slot *v = view(p->app)->slot;
    size_t end = slot + 1;
    while (v[slot].item >= 0 && end < p->n && !begins_page(p, end) && v[end].item == v[slot].item &&
           question(p->app, end)->on == question(p->app, slot)->on)
        end++;
    return end;
}

/* As many of these slots as a page takes, and one at least. */
static size_t part_end(const struct paging *p, size_t from, size_t to)
{
    struct flow f = {0, 1, p->app->cols};
    size_t end = from;
    while (end < to && (fits(p, &f, end, end + 1) || end == from))
        end++;
    return end;
}

/* Group by group; only one that is larger than a page is parted. */
static size_t page_end(const struct paging *p, size_t from)
{
    struct flow f = {0, 1, p->app->cols};
    size_t end = from;
    while (end < p->n && (end == from || !begins_page(p, end))) {
        size_t next = group_end(p, end);
        if (!fits(p, &f, end, next))
            break;
        end = next;
    }
    return end > from ? end : part_end(p, from, group_end(p, from));
}

/* Whichever has the focus, and so is not among them. */
static bool is_one_page(const struct paging *p)
{
    for (size_t i = 1; i < p->n; i++)
        if (begins_page(p, i))
            return false;
    for (size_t focus = 0; focus < p->n; focus++) {
        struct flow f = {0, 1, p->app->cols};
        if (p->cols[focus] > 0 && !place(p, &f, 0, p->n, focus, p->brief))
            return false;
    }
    return true;
}

static struct lw_question_page find_page(const struct paging *p)
{
    size_t focus = view(p->app)->focus;
    struct lw_question_page page = {0, p->n, 1, 1, NULL};
    if (is_one_page(p))
        return page;
    page.of = 0;
    for (size_t from = 0, end; from < p->n; from = end) {
        end = page_end(p, from);
        page.of++;
        if (focus >= from && focus < end) {
            page.from = from;
            page.to = end;
            page.number = page.of;
        }
    }
    return page;
}

struct lw_question_page lw_question_page(const struct lw_app *app)
{
    struct paging p;
    paging_init(&p, app);
    struct lw_question_page page = find_page(&p);
    page.name = p.n > 0 ? question(app, page.from)->page : NULL;
    free(p.cols);
    return page;
}

/* All that the pages need, at most what one may have. */
int lw_question_page_rows(const struct lw_app *app)
{
    struct paging p;
    struct flow f = {0, 1, app->cols};
    if (view(app)->nslots < 2)
        return 0;
    paging_init(&p, app);
    int rows = place(&p, &f, 0, p.n, SIZE_MAX, p.brief) ? f.row + 1 : p.rows;
    free(p.cols);
    return rows;
}

/* ---- drawing */

enum lw_role lw_view_unanswered(const struct lw_app *app, size_t slot, struct lw_buf *to)
{
    struct lw_buf words = {0};
    bool suggested = true;
    lw_sitting_describe_suggestion(app->s, view(app)->slot[slot], &words);
    if (words.len == 0) {
        lw_sitting_describe_default(app->s, view(app)->slot[slot], &words);
        suggested = false;
    }
    if (words.len > 0)
        lw_buf_fmt(to, suggested ? "?%s" : "(%s)", words.data);
    lw_buf_fini(&words);
    return suggested ? LW_ROLE_SUGGESTED : LW_ROLE_DIM;
}

static int answer_cols(const struct lw_buf *words, int most)
{
    int cols = words->len ? lw_cols(words->data, words->len, most) : 1;
    return cols < most ? cols : most;
}

/* Draws one slot where there is an area, and moves on behind it. */
static void add_slot(
    const struct lw_app *app, struct flow *f, const struct lw_area *a, size_t slot, int most)
{
    struct lw_buf label = {0}, words = {0};
    lw_sitting_slot_label(app->s, view(app)->slot[slot], &label);
    lw_sitting_describe_answer(app->s, view(app)->slot[slot], &words);
    enum lw_role role = words.len > 0 ? LW_ROLE_ANSWER : lw_view_unanswered(app, slot, &words);
    int cols = answer_cols(&words, answer_room(app, slot, most));
    int wide = lw_cols(label.data, label.len, -1) + 1 + cols;
    flow_to(f, wide);
    if (a) {
        int col = lw_draw_text(*a, f->row, f->col, LW_ROLE_QUESTION, label.data, label.len) + 1;
        if (words.len)
            lw_draw_clipped(*a, f->row, col, cols, role, words.data, words.len);
        else
            lw_draw(*a, f->row, col, LW_ROLE_DIM, "–");
    }
    f->col += wide + GAP;
    lw_buf_fini(&label);
    lw_buf_fini(&words);
}

/* All of the page but the focused slot, with answers of at most `most` columns; returns the rows.
 */
static int lay_out(const struct lw_app *app, const struct lw_question_page *page,
    const struct lw_area *a, int cols, int most)
{
    struct flow f = {0, 1, cols};
    for (size_t i = page->from; i < page->to; i++)
        if (i != view(app)->focus && !lw_items_say(app, view(app)->slot[i]))
            add_slot(app, &f, a, i, most);
    return f.row + 1;
}

/* Cuts long answers so that all of them fit. */
void lw_view_question_page(const struct lw_app *app, struct lw_area a)
{
    static const int widths[] = {40, 30, 20, 14, 10, ANSWER_COLS, 4, 2, SHORT_COLS};
    struct lw_question_page page = lw_question_page(app);
    size_t i = 0;
    while (i + 1 < sizeof widths / sizeof *widths &&
           lay_out(app, &page, NULL, a.cols, widths[i]) > a.rows)
        i++;
    lay_out(app, &page, &a, a.cols, widths[i]);
}
