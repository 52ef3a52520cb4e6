/* Where the answers to a task's questions stand. Blocks stand beside each other where they fit, so
 * that what belongs together is level; else one below the other; else on several pages. As few rows
 * as possible, since the text above wants them; then answers as long as the rows have room for.
 * What the cells say is answer_area.c's. */
#include "tui/view/answer_places_internal.h"

#include <limits.h>

enum {
    MARK = 1,       /* before a cell: it has the focus */
    GAP = 2,        /* behind a cell */
    LETTER = 2,     /* before a row of a table, with a blank */
    TITLED = 3,     /* responses from which labels stand above */
    USUAL = 7,      /* columns for an answer on one of several pages … */
    TITLE_LEAST = 6 /* … and for a label above */
};

/* Columns for long answers, tried in this order. */
static const int rooms[] = {30, 20, 14, 10, USUAL, 4, 2};
enum { ROOMS = sizeof rooms / sizeof *rooms, USUAL_AT = 4, NO_ROOM = INT_MAX };

/* Some cells of a block that are placed together: all of them, or some rows of a table. */
struct part {
    struct lw_answer_cell *cell;
    int n;
    int rows; /* of a table; 0: there is none */
    bool titled;
};

enum { PARTS = 64 };

/* What is tried: the parts of one page, with long answers in `most` columns. */
struct trial {
    struct part part[PARTS];
    size_t n;
    int cols, most, fold_rows;
};

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int room_of(const struct lw_answer_cell *c, int most)
{
    return larger(c->least, least(c->need, most));
}

static int width_of(const struct lw_answer_cell *c, int most)
{
    return MARK + c->label + 1 + room_of(c, most);
}

static void put(struct lw_answer_cell *c, int row, int col, int most)
{
    c->row = row;
    c->col = col;
    c->label_room = c->label;
    c->room = room_of(c, most);
    c->title_row = c->letter_col = -1;
}

/* ---- in rows, one cell after the other */

struct flow {
    int row, col;
};

static bool flow_cell(struct flow *f, const struct trial *t, struct lw_answer_cell *c)
{
    int wide = width_of(c, t->most);
    if (f->col > 0 && f->col + wide > t->cols - 1)
        *f = (struct flow){f->row + 1, 0};
    put(c, f->row, f->col, t->most);
    c->label_room = least(c->label, t->cols - 1 - MARK - 1 - c->room);
    f->col += wide + GAP;
    return c->label_room > 0;
}

/* ---- a table: a row for each response */

static int column_cols(const struct part *p, int k, int most, int titles)
{
    int wide = 0, in_row = p->n / p->rows;
    for (int r = 0; r < p->rows; r++) {
        const struct lw_answer_cell *c = &p->cell[r * in_row + k];
        int room = room_of(c, most);
        wide = larger(
            wide, p->titled ? MARK + larger(room, least(c->label, titles)) : width_of(c, most));
    }
    return wide;
}

static int table_cols(const struct part *p, int most, int titles)
{
    int cols = p->titled ? LETTER : 0;
    for (int k = 0; k < p->n / p->rows; k++)
        cols += column_cols(p, k, most, titles) + GAP;
    return cols;
}

/* Of how many columns labels above a table of at most `cols` columns may be; 0: it does not fit. */
static int titles_that_fit(const struct part *p, int most, int cols)
{
    for (int titles = 40; titles >= TITLE_LEAST; titles--)
        if (table_cols(p, most, titles) - GAP <= cols)
            return titles;
    return 0;
}

static void put_titled(struct lw_answer_cell *c, int top, int letter_col, int cols)
{
    c->label_room = 0;
    c->title_row = top;
    c->letter_col = letter_col;
    c->title_room = cols - MARK;
    c->room = least(cols - MARK, larger(c->need, c->room));
}

/* Rows from..to of the table, at (top, col). */
static void put_table(
    const struct part *p, const struct trial *t, int titles, int top, int col, int from, int to)
{
    int in_row = p->n / p->rows, first = col;
    col += p->titled ? LETTER : 0;
    for (int k = 0; k < in_row; k++) {
        int wide = column_cols(p, k, t->most, titles);
        for (int r = from; r < to; r++) {
            struct lw_answer_cell *c = &p->cell[r * in_row + k];
            put(c, top + p->titled + r - from, col, t->most);
            if (p->titled)
                put_titled(c, top, k == 0 ? first : -1, wide);
        }
        col += wide + GAP;
    }
}

/* As many times beside itself as its rows are too many; returns the rows it takes. */
static int fold_table(const struct part *p, const struct trial *t, int top)
{
    int titles = titles_that_fit(p, t->most, t->cols - 1), times = 1;
    if (titles == 0)
        return NO_ROOM;
    int wide = table_cols(p, t->most, titles) + GAP;
    while (p->titled && (p->rows + times - 1) / times + 1 > t->fold_rows &&
           wide * (times + 1) <= t->cols + 2 * GAP)
        times++;
    int high = (p->rows + times - 1) / times;
    for (int i = 0; i < times && i * high < p->rows; i++)
        put_table(p, t, titles, top, i * wide, i * high, least((i + 1) * high, p->rows));
    return high + p->titled;
}

/* ---- three ways to place a page; each returns its rows */

static int put_all_in_rows(struct trial *t)
{
    struct flow f = {0, 0};
    for (size_t i = 0; i < t->n; i++) {
        if (t->part[i].titled)
            return NO_ROOM;
        for (int k = 0; k < t->part[i].n; k++)
            if (!flow_cell(&f, t, &t->part[i].cell[k]))
                return NO_ROOM;
    }
    return f.row + 1;
}

/* Cells that stand one below the other, `high` of them, then further right. */
static int put_columns(const struct part *p, const struct trial *t, int high, int col)
{
    for (int from = 0; from < p->n; from += high) {
        int wide = 0;
        for (int i = from; i < p->n && i < from + high; i++) {
            wide = larger(wide, width_of(&p->cell[i], t->most));
            put(&p->cell[i], i - from, col, t->most);
        }
        col += wide + GAP;
    }
    return col;
}

static int put_beside(struct trial *t)
{
    int high = 0, col = 0;
    for (size_t i = 0; i < t->n; i++)
        high = larger(high, t->part[i].rows + t->part[i].titled);
    for (size_t i = 0; i < t->n && high > 0; i++) {
        const struct part *p = &t->part[i];
        if (p->rows == 0) {
            col = put_columns(p, t, high, col);
            continue;
        }
        put_table(p, t, INT_MAX, 0, col, 0, p->rows);
        col += table_cols(p, t->most, INT_MAX) + (p->titled ? GAP : 0);
    }
    return high > 0 && col - GAP <= t->cols - 1 ? high : NO_ROOM;
}

static int put_below(struct trial *t)
{
    int top = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct part *p = &t->part[i];
        struct flow f = {top, 0};
        if (p->rows > 0) {
            int high = fold_table(p, t, top);
            if (high == NO_ROOM)
                return NO_ROOM;
            top += high;
            continue;
        }
        for (int k = 0; k < p->n; k++)
            if (!flow_cell(&f, t, &p->cell[k]))
                return NO_ROOM;
        top = f.row + 1;
    }
    return top;
}

static int (*const ways[])(struct trial *) = {put_beside, put_below, put_all_in_rows};
enum { WAYS = sizeof ways / sizeof *ways };

/* Places the cells in the way that has the fewest rows; which way that is. */
static size_t find_way(struct trial *t, int most, int *takes)
{
    size_t best = 0;
    *takes = NO_ROOM;
    t->most = most;
    for (size_t i = 0; i < WAYS; i++) {
        int its = ways[i](t);
        if (its < *takes) {
            *takes = its;
            best = i;
        }
    }
    return best;
}

/* ---- one below the other */

int lw_answers_list(struct lw_answer_cell *cell, size_t n, int cols)
{
    int labels = 0, most = cols * 2 / 3;
    for (size_t i = 0; i < n; i++)
        labels = larger(labels, least(cell[i].label, most));
    for (size_t i = 0; i < n; i++) {
        put(&cell[i], (int)i, 0, 0);
        cell[i].page = 0;
        cell[i].label_room = labels;
        cell[i].room = cols - MARK - labels - 1 - 1;
    }
    return (int)n;
}

/* ---- pages */

/* What is not parted: a cell about no response, or all about one. */
struct unit {
    size_t first, n, block;
};

struct paging {
    struct lw_answer_cell *cell;
    const struct lw_answer_block *block;
    struct lw_answer_room room;
};

static size_t unit_cells(const struct lw_answer_block *b)
{
    return b->responses > 1 ? b->n / (size_t)b->responses : 1;
}

/* The unit that begins with the cell. */
static struct unit unit_at(const struct paging *p, size_t first)
{
    size_t i = 0;
    while (first >= p->block[i].first + p->block[i].n)
        i++;
    return (struct unit){first, unit_cells(&p->block[i]), i};
}

static void add_unit(struct trial *t, const struct paging *p, struct unit u)
{
    const struct lw_answer_block *b = &p->block[u.block];
    bool table = b->responses > 1, starts = t->n == 0 || u.first == b->first;
    if (starts && t->n == PARTS) {
        t->cols = 0; /* nothing fits */
        return;
    }
    if (starts)
        t->part[t->n++] = (struct part){p->cell + u.first, 0, 0, b->responses >= TITLED};
    struct part *last = &t->part[t->n - 1];
    last->n += (int)u.n;
    last->rows += table;
}

/* The cells from..to as parts; returns whether there is a table with titles. */
static bool gather(const struct paging *p, size_t from, size_t to, struct trial *t)
{
    bool titled = false;
    *t = (struct trial){.cols = p->room.cols, .fold_rows = p->room.fold_rows};
    for (size_t at = from; at < to;) {
        struct unit u = unit_at(p, at);
        add_unit(t, p, u);
        titled |= t->part[t->n - 1].titled;
        at += u.n;
    }
    return titled;
}

static bool fits(const struct paging *p, size_t from, size_t to, int most)
{
    struct trial t;
    int rows = gather(p, from, to, &t) ? p->room.table_rows : p->room.rows;
    int takes;
    find_way(&t, most, &takes);
    return takes <= rows;
}

/* One that is larger than a page is placed in rows, as if it were no table. */
static void part_unit(struct paging *p, struct unit u, int page)
{
    struct flow f = {0, 0};
    struct trial t = {.cols = p->room.cols, .most = USUAL};
    for (size_t i = 0; i < u.n; i++) {
        struct lw_answer_cell *c = &p->cell[u.first + i];
        c->label += p->block[u.block].responses >= TITLED ? LETTER : 0;
        flow_cell(&f, &t, c);
        c->page = page;
    }
}

static size_t page_end(const struct paging *p, size_t from, size_t to)
{
    size_t end = from + unit_at(p, from).n;
    while (end < to && fits(p, from, end + unit_at(p, end).n, USUAL))
        end += unit_at(p, end).n;
    return end;
}

/* Columns up to the next cell of the row, or to the end of the screen. */
static int free_cols(const struct paging *p, size_t from, size_t to, const struct lw_answer_cell *c)
{
    int end = p->room.cols - 1;
    for (size_t i = from; i < to; i++) {
        const struct lw_answer_cell *o = &p->cell[i];
        int begin = (o->letter_col >= 0 ? o->letter_col : o->col) - GAP;
        if (o->row == c->row && o->col > c->col && begin < end)
            end = begin;
    }
    return end - c->col - MARK - c->label_room - 1;
}

/* Answers that were cut take what is left in their rows. */
static void grow_answers(const struct paging *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        struct lw_answer_cell *c = &p->cell[i];
        if (c->title_row < 0)
            c->room = larger(c->room, least(c->need, free_cols(p, from, to, c)));
    }
}

/* The longest answers that take no more rows than short ones. */
static int put_page(const struct paging *p, size_t from, size_t to, size_t shortest, int page)
{
    struct trial t;
    int rows;
    gather(p, from, to, &t);
    size_t way = find_way(&t, rooms[shortest], &rows);
    for (size_t i = 0; i <= shortest; i++) {
        t.most = rooms[i];
        if (ways[way](&t) <= rows)
            break;
    }
    grow_answers(p, from, to);
    for (size_t i = from; i < to; i++)
        p->cell[i].page = page;
    return rows;
}

/* The shortest answers with which all fit on one page: an index of rooms; ROOMS: they do not. */
static size_t room_of_all(const struct paging *p, size_t from, size_t to)
{
    size_t i = USUAL_AT;
    while (i < ROOMS && !fits(p, from, to, rooms[i]))
        i++;
    return i;
}

/* The cells from..to, which begin a page; returns the page after them. */
static int place_section(struct paging *p, size_t from, size_t to, int page, int *rows)
{
    size_t shortest = room_of_all(p, from, to);
    if (shortest < ROOMS) {
        *rows = larger(*rows, put_page(p, from, to, shortest, page));
        return page + 1;
    }
    for (size_t at = from, end; at < to; at = end) {
        end = page_end(p, at, to);
        if (end == at + unit_at(p, at).n && !fits(p, at, end, USUAL)) {
            part_unit(p, unit_at(p, at), page);
            *rows = larger(*rows, p->cell[end - 1].row + 1);
        } else {
            *rows = larger(*rows, put_page(p, at, end, USUAL_AT, page));
        }
        page++;
    }
    return page;
}

int lw_answers_place(struct lw_answer_cell *cell, const struct lw_answer_block *block,
    size_t nblocks, struct lw_answer_room room, int *rows)
{
    struct paging p = {cell, block, room};
    int page = 0;
    *rows = 0;
    for (size_t i = 0, next; i < nblocks; i = next) {
        next = i + 1;
        while (next < nblocks && !block[next].new_page)
            next++;
        size_t to = block[next - 1].first + block[next - 1].n;
        page = place_section(&p, block[i].first, to, page, rows);
    }
    return page;
}
