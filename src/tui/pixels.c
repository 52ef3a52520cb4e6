/* Compares the pictures of a frame with those that the terminal shows, cell by cell, and makes the
 * difference rectangles. A cell with anything else in it, such as the edge of a box or a dialog, is
 * none of the picture's: so pixels never cover words.
 *
 * By kitty's protocol pixels lie above the cells until they are deleted; sixel is drawn into the
 * cells, and goes when something else is. */
#include "tui/pixels_internal.h"

#include "labelwright/picture/picture_pixels.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Curses may write again what stands between two changes of a row, when it is that short. */
enum { NARROW = 16, COLOURS_UNKNOWN = 256, KITTY_IDS = 0x4C570000 };

/* The cell of a picture that a cell of the screen shows; serial 0: none. */
struct spot {
    unsigned serial;
    int row, col;
};

/* A picture that is on the screen. */
struct held {
    unsigned serial; /* 0: free */
    struct lw_sixels *sixels;
};

struct lw_pixels {
    struct lw_pixels_how how;
    int rows, cols;
    struct spot *shown, *next;
    bool *todo;
    uint64_t *hash; /* of the rows that are shown */
    struct held held[LW_FRAME_PICTURES];
};

struct lw_pixels *lw_pixels_new(void)
{
    return lw_alloc(sizeof(struct lw_pixels));
}

static size_t spots(const struct lw_pixels *x)
{
    return (size_t)x->rows * (size_t)x->cols;
}

void lw_pixels_forget(struct lw_pixels *x)
{
    for (size_t i = 0; i < LW_FRAME_PICTURES; i++) {
        lw_sixels_free(x->held[i].sixels);
        x->held[i] = (struct held){0};
    }
    if (x->shown)
        memset(x->shown, 0, spots(x) * sizeof *x->shown);
}

static void drop_screen(struct lw_pixels *x)
{
    free(x->shown);
    free(x->next);
    free(x->todo);
    free(x->hash);
    x->shown = x->next = NULL;
    x->todo = NULL;
    x->hash = NULL;
    x->rows = x->cols = 0;
}

void lw_pixels_free(struct lw_pixels *x)
{
    if (!x)
        return;
    lw_pixels_forget(x);
    drop_screen(x);
    free(x);
}

void lw_pixels_use(struct lw_pixels *x, const struct lw_pixels_how *how)
{
    lw_pixels_forget(x);
    x->how = *how;
    if (x->how.colours < LW_SIXEL_COLOURS_LEAST || x->how.colours > LW_SIXEL_COLOURS_MAX)
        x->how.colours = COLOURS_UNKNOWN;
}

/* ---- what the frame has */

static void fit_screen(struct lw_pixels *x, const struct lw_frame *f)
{
    if (x->rows == f->rows && x->cols == f->cols)
        return;
    drop_screen(x);
    x->rows = f->rows;
    x->cols = f->cols;
    x->shown = lw_alloc(spots(x) * sizeof *x->shown);
    x->next = lw_alloc(spots(x) * sizeof *x->next);
    x->todo = lw_alloc(spots(x) * sizeof *x->todo);
    x->hash = lw_alloc((size_t)x->rows * sizeof *x->hash);
}

/* Sixel on the last row would make the screen scroll. */
static void read_frame(struct lw_pixels *x, const struct lw_frame *f)
{
    size_t end = spots(x);
    memset(x->next, 0, end * sizeof *x->next);
    if (x->how.means == LW_MEANS_SIXEL)
        end -= end > 0 ? (size_t)x->cols : 0;
    for (size_t i = 0; i < end; i++) {
        const struct lw_cell *c = &f->cell[i];
        if (c->picture > 0 && f->picture[c->picture - 1]->rgb)
            x->next[i] = (struct spot){f->picture[c->picture - 1]->serial, c->fg, c->bg};
    }
}

static bool is_same(const struct spot *a, const struct spot *b)
{
    return a->serial == b->serial && a->row == b->row && a->col == b->col;
}

static bool is_in(const struct spot *spot, size_t n, unsigned serial)
{
    for (size_t i = 0; i < n; i++)
        if (spot[i].serial == serial)
            return true;
    return false;
}

/* ---- rectangles */

struct part {
    struct lw_picture_part of; /* the picture */
    int row, col;              /* on the screen */
    unsigned serial;
};

/* Whether the cell at (row, col) goes on the picture as the part's first cell begins it. */
static bool continues(const struct lw_pixels *x, const struct part *p, int row, int col)
{
    size_t i = (size_t)row * (size_t)x->cols + (size_t)col;
    struct spot as = {p->serial, p->of.row + row - p->row, p->of.col + col - p->col};
    return row < x->rows && col < x->cols && x->todo[i] && is_same(&x->next[i], &as);
}

static bool row_continues(const struct lw_pixels *x, const struct part *p, int row)
{
    for (int col = p->col; col < p->col + p->of.cols; col++)
        if (!continues(x, p, row, col))
            return false;
    return true;
}

static void grow(struct lw_pixels *x, struct part *p)
{
    const struct lw_pixels_how *how = &x->how;
    int most_cols = how->max_w >= how->cell_w ? how->max_w / how->cell_w : INT_MAX;
    int most_rows = how->max_h >= how->cell_h ? how->max_h / how->cell_h : INT_MAX;
    while (p->of.cols < most_cols && continues(x, p, p->row, p->col + p->of.cols))
        p->of.cols++;
    while (p->of.rows < most_rows && row_continues(x, p, p->row + p->of.rows))
        p->of.rows++;
    for (int row = p->row; row < p->row + p->of.rows; row++)
        memset(&x->todo[(size_t)row * (size_t)x->cols + (size_t)p->col], 0,
            (size_t)p->of.cols * sizeof *x->todo);
}

/* The next rectangle of what is to do; `*at` begins with 0. */
static bool next_part(struct lw_pixels *x, size_t *at, struct part *p)
{
    while (*at < spots(x) && !x->todo[*at])
        ++*at;
    if (*at == spots(x))
        return false;
    const struct spot *s = &x->next[*at];
    *p = (struct part){.of = {s->row, s->col, 1, 1},
        .row = (int)(*at / (size_t)x->cols),
        .col = (int)(*at % (size_t)x->cols),
        .serial = s->serial};
    grow(x, p);
    return true;
}

static void go_to(const struct part *p, struct lw_buf *to)
{
    lw_buf_fmt(to, "\033[%d;%dH", p->row + 1, p->col + 1);
}

/* ---- pictures that are held */

static const struct lw_picture *picture_of(const struct lw_frame *f, unsigned serial)
{
    for (size_t i = 0; i < f->npictures; i++)
        if (f->picture[i]->serial == serial)
            return f->picture[i];
    return NULL;
}

static struct held *held_of(struct lw_pixels *x, unsigned serial)
{
    for (size_t i = 0; i < LW_FRAME_PICTURES; i++)
        if (x->held[i].serial == serial)
            return &x->held[i];
    return NULL;
}

static unsigned kitty_id(unsigned serial)
{
    return KITTY_IDS + (serial & 0xFFFF);
}

static void release(struct lw_pixels *x, struct held *h, struct lw_buf *to)
{
    if (x->how.means == LW_MEANS_KITTY)
        lw_kitty_delete(kitty_id(h->serial), to);
    lw_sixels_free(h->sixels);
    *h = (struct held){0};
}

static void release_unseen(struct lw_pixels *x, bool all, struct lw_buf *to)
{
    for (size_t i = 0; i < LW_FRAME_PICTURES; i++)
        if (x->held[i].serial && (all || !is_in(x->next, spots(x), x->held[i].serial)))
            release(x, &x->held[i], to);
}

/* ---- kitty */

static bool moved(const struct lw_pixels *x, unsigned serial)
{
    for (size_t i = 0; i < spots(x); i++)
        if ((x->shown[i].serial == serial || x->next[i].serial == serial) &&
            !is_same(&x->shown[i], &x->next[i]))
            return true;
    return false;
}

static void place(struct lw_pixels *x, const struct lw_picture *p, struct lw_buf *to)
{
    struct part part;
    for (size_t i = 0; i < spots(x); i++)
        x->todo[i] = x->next[i].serial == p->serial;
    for (size_t at = 0; next_part(x, &at, &part);) {
        go_to(&part, to);
        lw_kitty_place(p, kitty_id(p->serial), &part.of, to);
    }
}

static void draw_kitty(struct lw_pixels *x, const struct lw_frame *f, struct lw_buf *to)
{
    for (size_t i = 0; i < f->npictures; i++) {
        const struct lw_picture *p = f->picture[i];
        struct held *h = held_of(x, p->serial);
        if (!is_in(x->next, spots(x), p->serial) || !moved(x, p->serial))
            continue;
        if (h) {
            lw_kitty_unplace(kitty_id(p->serial), to);
        } else if ((h = held_of(x, 0)) != NULL) {
            h->serial = p->serial;
            lw_kitty_send(p, kitty_id(p->serial), to);
        }
        if (h)
            place(x, p, to);
    }
}

/* ---- sixel */

static uint64_t mix(uint64_t hash, uint64_t n)
{
    return (hash ^ n) * 0x100000001B3u;
}

static uint64_t hash_row(const struct lw_frame *f, int row)
{
    uint64_t hash = 0xCBF29CE484222325u;
    for (int col = 0; col < f->cols; col++) {
        const struct lw_cell *c = &f->cell[(size_t)row * (size_t)f->cols + (size_t)col];
        for (int i = 0; i < LW_CELL_CPS; i++)
            hash = mix(hash, c->cp[i]);
        hash = mix(hash, (uint64_t)c->role << 16 | (uint64_t)c->emph << 8 | c->picture);
        hash = mix(hash, (uint64_t)(uint32_t)c->fg << 32 | (uint32_t)c->bg);
    }
    return hash;
}

/* Where the spots that begin at `from` end. */
static size_t end_of_run(const struct lw_pixels *x, size_t from, size_t end)
{
    size_t i = from;
    while (i < end && x->next[i].serial)
        i++;
    return i;
}

static void find_todo_of_row(struct lw_pixels *x, int row, bool changed)
{
    size_t from = (size_t)row * (size_t)x->cols, end = from + (size_t)x->cols;
    while (from < end) {
        size_t to = end_of_run(x, from, end);
        bool over = changed && to - from < NARROW;
        for (; from < to; from++)
            x->todo[from] = over || !is_same(&x->shown[from], &x->next[from]);
        if (from < end)
            x->todo[from++] = false;
    }
}

/* New spots, and those that curses may have written over. */
static void find_todo(struct lw_pixels *x, const struct lw_frame *f)
{
    for (int row = 0; row < x->rows; row++) {
        uint64_t hash = hash_row(f, row);
        find_todo_of_row(x, row, hash != x->hash[row]);
        x->hash[row] = hash;
    }
}

static struct lw_sixels *sixels_of(struct lw_pixels *x, const struct lw_frame *f, unsigned serial)
{
    struct held *h = held_of(x, serial);
    const struct lw_picture *p = picture_of(f, serial);
    if (!h && p && (h = held_of(x, 0)) != NULL)
        *h = (struct held){.serial = serial, .sixels = lw_sixels_new(p, x->how.colours)};
    return h ? h->sixels : NULL;
}

static void draw_sixel(struct lw_pixels *x, const struct lw_frame *f, struct lw_buf *to)
{
    struct part part;
    find_todo(x, f);
    for (size_t at = 0; next_part(x, &at, &part);) {
        const struct lw_sixels *s = sixels_of(x, f, part.serial);
        if (!s)
            continue;
        go_to(&part, to);
        lw_sixels_print(s, &part.of, x->how.cell_w, x->how.cell_h, to);
    }
}

/* Terminals erase sixel for good only where something is written. */
static void print_blanks(const struct lw_pixels *x, struct lw_buf *to)
{
    size_t last = SIZE_MAX;
    for (size_t i = 0; i < spots(x); i++) {
        if (!x->shown[i].serial || x->next[i].serial)
            continue;
        if (last == SIZE_MAX || i != last + 1 || i % (size_t)x->cols == 0)
            lw_buf_fmt(to, "\033[%zu;%zuH", i / (size_t)x->cols + 1, i % (size_t)x->cols + 1);
        lw_buf_char(to, ' ');
        last = i;
    }
}

/* ---- both */

static void put_cursor_back(enum lw_means means, struct lw_buf *drawn, struct lw_buf *to)
{
    /* Also the colours. Sixel scrolls at the end of the region that curses set for the size of the
     * start. */
    static const char save[] = "\0337\033[m", restore[] = "\0338", whole_screen[] = "\033[r";
    if (drawn->len > 0) {
        lw_buf_str(to, save);
        lw_buf_str(to, means == LW_MEANS_SIXEL ? whole_screen : "");
        lw_buf_add(to, drawn->data, drawn->len);
        lw_buf_str(to, restore);
    }
    lw_buf_fini(drawn);
}

void lw_pixels_uncover(
    struct lw_pixels *x, const struct lw_frame *f, bool clears, struct lw_buf *to)
{
    struct lw_buf drawn = {0};
    if (x->how.means == LW_MEANS_CELLS)
        return;
    clears = clears || x->rows != f->rows || x->cols != f->cols;
    fit_screen(x, f);
    read_frame(x, f);
    release_unseen(x, clears, &drawn);
    if (clears)
        memset(x->shown, 0, spots(x) * sizeof *x->shown);
    else if (x->how.means == LW_MEANS_SIXEL)
        print_blanks(x, &drawn);
    put_cursor_back(x->how.means, &drawn, to);
}

void lw_pixels_cover(struct lw_pixels *x, const struct lw_frame *f, struct lw_buf *to)
{
    struct lw_buf drawn = {0};
    if (x->how.means == LW_MEANS_CELLS)
        return;
    if (x->how.means == LW_MEANS_KITTY)
        draw_kitty(x, f, &drawn);
    else
        draw_sixel(x, f, &drawn);
    put_cursor_back(x->how.means, &drawn, to);
    struct spot *was = x->shown;
    x->shown = x->next;
    x->next = was;
}
