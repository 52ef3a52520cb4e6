/* Reads the pictures of a task and keeps their cells, or points, while it is shown. Does not draw:
 * they are lines of a pane (document_parts.c). */
#include "tui/view/pictures_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/picture_path.h"
#include "tui/view/view_texts_internal.h"

#include <stdlib.h>
#include <string.h>

enum { STEP_MS = 10 };

/* ---- which there are */

static void drop(struct lw_shown_picture *s)
{
    lw_picture_fini(&s->picture);
    free(s->name);
    free(s->cell);
    free(s->fault);
    *s = (struct lw_shown_picture){0};
}

void lw_pictures_begin(struct lw_pictures *p)
{
    lw_picture_stop(p->reader);
    p->reader = NULL;
    for (size_t i = 0; i < p->n; i++)
        drop(&p->v[i]);
    p->n = 0;
    p->zoom = 0;
    p->x = p->y = LW_PICTURE_ALL / 2;
    p->waits = false;
}

void lw_pictures_fini(struct lw_pictures *p)
{
    lw_pictures_begin(p);
}

static bool is_same(const struct lw_picture_want *a, const struct lw_picture_want *b)
{
    return a->cols == b->cols && a->rows == b->rows && a->zoom == b->zoom && a->x == b->x &&
           a->y == b->y && a->cell_w == b->cell_w && a->cell_h == b->cell_h &&
           a->filter == b->filter;
}

void lw_pictures_lay_out(struct lw_pictures *p, int rows)
{
    p->rows = rows;
    for (size_t i = 0; i < p->n; i++)
        p->v[i].used = false;
}

/* One for each width: two panes may show the same picture. */
static struct lw_shown_picture *entry(struct lw_pictures *p, struct lw_span name, int cols)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct lw_shown_picture *s = &p->v[i];
        if (strlen(s->name) == name.n && memcmp(s->name, name.s, name.n) == 0 &&
            (!s->used || s->want.cols == cols))
            return &p->v[i];
    }
    if (p->n == LW_PICTURES_MAX)
        return NULL;
    p->v[p->n] = (struct lw_shown_picture){.name = lw_strndup(name.s, name.n)};
    return &p->v[p->n++];
}

static struct lw_picture_want want(const struct lw_pictures *p, int cols)
{
    const struct lw_picture_look *look = &p->look;
    struct lw_picture_want w = {.cols = cols,
        .rows = p->rows,
        .zoom = p->zoom,
        .x = p->x,
        .y = p->y,
        .cell_w = look->cell_w,
        .cell_h = look->cell_h,
        .filter = p->filter};
    int rows = cols > 0 && look->cell_w > 0 && look->area_max > 0
                   ? look->area_max / look->cell_w / look->cell_h / cols
                   : w.rows;
    w.rows = rows < 1 ? 1 : rows < w.rows ? rows : w.rows;
    return w;
}

const struct lw_shown_picture *lw_pictures_find(
    struct lw_pictures *p, struct lw_span name, int cols)
{
    struct lw_shown_picture *s =
        p && lw_picture_can_show() && lw_picture_is_file(name.s, name.n) && p->rows > 0
            ? entry(p, name, cols)
            : NULL;
    if (!s)
        return NULL;
    s->used = true;
    s->want = want(p, cols);
    if (!s->read || (!s->fault && !is_same(&s->want, &s->have)))
        p->waits = true;
    return s;
}

/* ---- reading them */

static bool is_due(const struct lw_shown_picture *s)
{
    return s->want.cols > 0 && (!s->read || (!s->fault && !is_same(&s->want, &s->have)));
}

static void fail(struct lw_shown_picture *s, const struct lw_err *err)
{
    size_t n = strlen(err->text);
    s->read = true;
    s->have = s->want;
    free(s->fault);
    s->fault = lw_strndup(err->text, n - (n > 0 && err->text[n - 1] == '.'));
}

/* Of a picture whose pixels are shown. */
static struct lw_picture_cell *blanks(const struct lw_picture *p)
{
    size_t n = (size_t)p->cols * (size_t)p->rows;
    struct lw_picture_cell *to = lw_alloc(n * sizeof *to);
    for (size_t i = 0; i < n; i++)
        to[i] = (struct lw_picture_cell){U' ', -1, -1};
    return to;
}

static void keep(struct lw_pictures *p, struct lw_shown_picture *s, struct lw_picture *got)
{
    bool pixels = s->have.cell_w > 0;
    free(s->cell);
    s->cell = pixels ? blanks(got) : lw_picture_cells(got, &p->look);
    if (!pixels) {
        free(got->rgb);
        got->rgb = NULL;
    }
    lw_picture_fini(&s->picture);
    s->picture = *got;
    s->read = true;
}

/* False when there is no further one to read. */
static bool start_next(struct lw_pictures *p, bool *news)
{
    struct lw_err err = {0};
    size_t i = 0;
    while (i < p->n && !is_due(&p->v[i]))
        i++;
    if (i == p->n)
        return false;
    struct lw_shown_picture *s = &p->v[i];
    char *path = lw_picture_path(p->project, s->name, &err);
    p->reader = path ? lw_picture_start(path, s->name, &s->want, &err) : NULL;
    p->reading = i;
    s->have = s->want;
    free(path);
    if (!p->reader) {
        fail(s, &err);
        *news = true;
    }
    return true;
}

static bool read_on(struct lw_pictures *p)
{
    struct lw_picture got = {0};
    struct lw_err err = {0};
    struct lw_shown_picture *s = &p->v[p->reading];
    enum lw_picture_state state = lw_picture_step(p->reader, STEP_MS, &got, &err);
    if (state == LW_PICTURE_READING)
        return false;
    if (state == LW_PICTURE_READY)
        keep(p, s, &got);
    else
        fail(s, &err);
    lw_picture_stop(p->reader);
    p->reader = NULL;
    return true;
}

bool lw_pictures_work(struct lw_pictures *p)
{
    bool news = false;
    if (p->reader)
        return read_on(p);
    p->waits = start_next(p, &news);
    return news;
}

const struct lw_shown_picture *lw_pictures_seen(const struct lw_pictures *p)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->v[i].used && !p->v[i].fault)
            return &p->v[i];
    return NULL;
}

/* ---- words */

static const char *const filter_words[LW_PICTURE_FILTERS] = {
    "", LW_VIEW_PICTURE_GREY, LW_VIEW_PICTURE_BLURRED, LW_VIEW_PICTURE_BOTH};

char *lw_pictures_title(const struct lw_shown_picture *s)
{
    const struct lw_picture *p = &s->picture;
    if (s->fault)
        return lw_format(LW_VIEW_PICTURE_FAULT, s->fault);
    if (!s->read)
        return lw_format(LW_VIEW_PICTURE_READING, s->name);
    const char *filter = filter_words[s->have.filter % LW_PICTURE_FILTERS];
    if (p->seen_x < LW_PICTURE_ALL || p->seen_y < LW_PICTURE_ALL)
        return lw_format(LW_VIEW_PICTURE_PART, s->name, p->width, p->height, filter, p->seen_x / 10,
            p->seen_y / 10);
    return lw_format(LW_VIEW_PICTURE, s->name, p->width, p->height, filter);
}
