/* Words looked for in a page of text: typed on its last row, found while they are typed, then gone
 * through from match to match. */
#include "tui/app/screens_internal.h"

#include "labelwright/text/find.h"

#include <stdlib.h>

void lw_page_find_end(struct lw_app *app)
{
    struct lw_page_find *f = &app->page_find;
    lw_buf_fini(&f->words);
    free(f->hit);
    *f = (struct lw_page_find){0};
}

static bool add_hit(void *ctx, struct lw_span at)
{
    struct lw_page_find *f = ctx;
    f->hit = lw_grow(f->hit, f->n + 1, sizeof *f->hit);
    f->hit[f->n++] = at;
    return f->n < LW_HITS_MAX;
}

void lw_page_find_update(struct lw_app *app)
{
    struct lw_page_find *f = &app->page_find;
    struct lw_needle needle;
    f->n = 0;
    if (f->words.len > 0) {
        lw_needle_init(&needle, f->words.data, f->words.len);
        lw_doc_find(&app->page, &needle, add_hit, f);
        lw_needle_fini(&needle);
    }
    f->at = f->at < f->n ? f->at : 0;
}

static size_t line_of(const struct lw_app *app, size_t hit)
{
    return lw_doc_line_of(&app->page, app->page_find.hit[hit].s);
}

/* A third down the screen, where it was out of sight. */
static void show(struct lw_app *app)
{
    struct lw_page_find *f = &app->page_find;
    size_t line = line_of(app, f->at), rows = lw_pager_lines(app);
    size_t last = app->page.n > rows ? app->page.n - rows : 0;
    if (line < app->page_top || line >= app->page_top + rows)
        app->page_top = line > rows / 3 ? line - rows / 3 : 0;
    app->page_top = app->page_top < last ? app->page_top : last;
}

/* The first match at or below the top. */
static void find_from_top(struct lw_app *app)
{
    struct lw_page_find *f = &app->page_find;
    f->at = 0;
    lw_page_find_update(app);
    while (f->at + 1 < f->n && line_of(app, f->at) < app->page_top)
        f->at++;
    if (f->n > 0)
        show(app);
}

static void type(struct lw_app *app, struct lw_key key)
{
    struct lw_page_find *f = &app->page_find;
    if (key.name == LW_KEY_ENTER)
        f->typing = false;
    else if (key.name == LW_KEY_ESC || (key.ctrl && key.ch == 'c'))
        lw_page_find_end(app);
    else {
        lw_type_filter_key(&f->words, key);
        find_from_top(app);
    }
}

static void begin(struct lw_app *app)
{
    lw_page_find_end(app);
    app->page_find.typing = true;
}

/* Without words yet, asks for them. */
static void again(struct lw_app *app, int by)
{
    struct lw_page_find *f = &app->page_find;
    if (f->words.len == 0) {
        begin(app);
    } else if (f->n > 0) {
        f->at = (f->at + f->n + (size_t)by) % f->n;
        show(app);
    }
}

bool lw_page_find_key(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    if (app->page_find.typing) {
        type(app, key);
        return true;
    }
    if (id == LW_CMD_FIND)
        begin(app);
    else if (id == LW_CMD_FIND_NEXT || id == LW_CMD_FIND_PREV)
        again(app, id == LW_CMD_FIND_NEXT ? 1 : -1);
    return id == LW_CMD_FIND || id == LW_CMD_FIND_NEXT || id == LW_CMD_FIND_PREV;
}
