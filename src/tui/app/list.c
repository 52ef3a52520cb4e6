/* The task list: filter, search, open. Only the lines on the screen are read; filter and search go
 * through the tasks a little at a time, between keys (lw_list_work). */
#include "tui/app/screens_internal.h"

#include <stdlib.h>
#include <string.h>

static void clear(struct lw_list *l)
{
    for (size_t i = 0; i < l->nlines; i++)
        lw_listed_fini(&l->line[i]);
    l->nlines = 0;
}

void lw_list_fini(struct lw_app *app)
{
    clear(&app->list);
    free(app->list.line);
    lw_filter_fini(&app->list.filter);
}

static size_t count(const struct lw_app *app)
{
    return lw_filter_count(&app->list.filter, app->s);
}

static size_t rows(const struct lw_app *app)
{
    return (size_t)(lw_list_rows(app) > 1 ? lw_list_rows(app) : 1);
}

/* Reads the lines from the place `top` on, as far as there are tasks. */
static void fill(struct lw_app *app, size_t top)
{
    struct lw_list *l = &app->list;
    struct lw_err err = {0};
    clear(l);
    l->top = top;
    l->line = lw_grow(l->line, rows(app), sizeof *l->line);
    while (l->nlines < rows(app) && top + l->nlines < count(app)) {
        struct lw_listed *line = &l->line[l->nlines];
        if (lw_listed_load(app->s, lw_filter_at(&l->filter, top + l->nlines), line, &err) != LW_OK)
            line->text = lw_strdup(err.text);
        lw_err_clear(&err);
        l->nlines++;
    }
}

/* Selects the place and scrolls as little as needed. */
static void go(struct lw_app *app, size_t place)
{
    struct lw_list *l = &app->list;
    size_t top = l->top;
    if (place < top)
        top = place;
    if (place >= top + rows(app))
        top = place - rows(app) + 1;
    if (top != l->top)
        fill(app, top);
    l->at = place - top;
}

/* Redraws the list with the place selected, a third down the screen. */
static void scroll_to(struct lw_app *app, size_t place)
{
    size_t n = count(app), top = place > rows(app) / 3 ? place - rows(app) / 3 : 0;
    size_t last = n > rows(app) ? n - rows(app) : 0;
    fill(app, top < last ? top : last);
    app->list.at = place - app->list.top;
}

/* The place of the task, else of the next one after it, else the last; 0 in an empty list. */
static size_t place_of(const struct lw_app *app, size_t nth)
{
    size_t place = lw_filter_find(&app->list.filter, app->s, nth), n = count(app);
    return place < n ? place : n ? n - 1 : 0;
}

static size_t marked_task(const struct lw_app *app)
{
    const struct lw_list *l = &app->list;
    return l->nlines ? l->line[l->at].nth : lw_sitting_view(app->s)->nth;
}

void lw_list_update(struct lw_app *app)
{
    if (app->over == LW_OVERLAY_LIST && app->rows >= LW_MIN_ROWS)
        scroll_to(app, place_of(app, marked_task(app)));
}

void lw_list_open(struct lw_app *app)
{
    struct lw_list *l = &app->list;
    app->over = LW_OVERLAY_LIST;
    lw_sitting_clear_message(app->s);
    l->filter.filter = LW_LIST_ALL;
    l->typing = LW_TYPING_NONE;
    l->next = l->want = l->found = l->excerpt = SIZE_MAX;
    clear(l);
    lw_sitting_save_draft(app->s); /* so that the list knows of it */
    lw_list_update(app);
}

static void close_list(struct lw_app *app)
{
    app->over = LW_OVERLAY_NONE;
    clear(&app->list);
    app->list.next = app->list.want = SIZE_MAX;
}

/* ---- moving */

static void move(struct lw_app *app, long by)
{
    struct lw_list *l = &app->list;
    size_t n = count(app), from = l->top + l->at, far = by < 0 ? (size_t)-by : (size_t)by;
    l->want = SIZE_MAX;
    if (n == 0)
        return;
    if (by < 0)
        go(app, from > far ? from - far : 0);
    else
        go(app, from + far < n ? from + far : n - 1);
}

/* Shows the match in the task too. */
static void open_marked(struct lw_app *app)
{
    struct lw_list *l = &app->list;
    if (l->nlines == 0)
        return;
    size_t nth = l->line[l->at].nth;
    bool words = l->found == nth && app->filter.len > 0;
    close_list(app);
    if (nth != lw_sitting_view(app->s)->nth) {
        lw_sitting_clear_message(app->s);
        lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_GO_NTH, .number = (int64_t)nth});
    }
    if (words && nth == lw_sitting_view(app->s)->nth && !lw_app_is_hidden(app)) {
        lw_layout_update(app);
        lw_app_search(app, app->filter.data, app->filter.len);
    }
}

static void flip_mark(struct lw_app *app)
{
    struct lw_list *l = &app->list;
    if (l->nlines == 0)
        return;
    lw_sitting_toggle_mark(app->s, l->line[l->at].nth);
    l->line[l->at].marked = lw_sitting_is_marked(app->s, l->line[l->at].nth);
}

/* ---- filtering */

/* Does some of it; true when the screen changed. */
static bool filter_some(struct lw_app *app)
{
    struct lw_list *l = &app->list;
    lw_filter_step(&l->filter, app->s);
    bool over = lw_list_is_complete(app);
    bool there = l->want != SIZE_MAX && (l->filter.next > l->want || over);
    bool more = l->nlines < rows(app) && l->top + l->nlines < count(app);
    if (there) {
        scroll_to(app, place_of(app, l->want));
        l->want = SIZE_MAX;
    } else if (more) {
        fill(app, l->top);
    }
    return there || more || over;
}

/* Does the first step at once: in most projects that is all. */
static void start_filtering(struct lw_app *app, size_t want)
{
    struct lw_list *l = &app->list;
    lw_sitting_clear_message(app->s);
    l->next = SIZE_MAX;
    l->want = want;
    l->top = l->at = 0;
    clear(l);
    filter_some(app);
}

static void turn_filter(struct lw_app *app, int by)
{
    size_t nth = app->list.want != SIZE_MAX ? app->list.want : marked_task(app);
    lw_filter_cycle(&app->list.filter, app->s, by);
    start_filtering(app, nth);
}

void lw_list_show_only(struct lw_app *app, enum lw_list_filter which)
{
    app->list.filter.filter = which;
    lw_filter_restart(&app->list.filter, app->s);
    start_filtering(app, SIZE_MAX);
}

/* ---- search */

static void search_from(struct lw_app *app, size_t place)
{
    app->list.opening = false;
    app->list.next = app->filter.len > 0 ? place : SIZE_MAX;
    app->list.excerpt = SIZE_MAX;
}

/* Shows the match in the line instead of the beginning of the task. */
static void set_excerpt(struct lw_app *app, struct lw_listed *line)
{
    bool in_text;
    char *excerpt =
        lw_sitting_excerpt(app->s, line->nth, app->filter.data, app->filter.len, &in_text);
    app->list.found = in_text ? line->nth : SIZE_MAX;
    app->list.excerpt = line->nth;
    if (excerpt) {
        free(line->text);
        line->text = excerpt;
    }
}

static void open_match(struct lw_app *app, size_t place)
{
    struct lw_list *l = &app->list;
    l->next = SIZE_MAX;
    if (place < l->top || place >= l->top + l->nlines)
        scroll_to(app, place);
    l->at = place - l->top;
    set_excerpt(app, &l->line[l->at]);
    if (l->opening)
        open_marked(app);
}

static void notify_not_found(struct lw_app *app)
{
    app->list.opening = false;
    app->list.next = SIZE_MAX;
    lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_FROM_HERE, app->filter.data);
}

/* Does some of it; true when it is over. */
static bool search_some(struct lw_app *app)
{
    struct lw_list *l = &app->list;
    if (lw_filter_search(&l->filter, app->s, app->filter.data, app->filter.len, &l->next))
        open_match(app, l->next);
    else if (l->next >= count(app) && lw_list_is_complete(app))
        notify_not_found(app);
    return !lw_list_is_searching(app);
}

bool lw_list_work(struct lw_app *app)
{
    if (!lw_list_has_work(app))
        return false;
    return lw_list_is_filtering(app) ? filter_some(app) : search_some(app);
}

/* ---- typing */

static void words_key(struct lw_app *app, struct lw_key key)
{
    if (key.name == LW_KEY_ENTER) {
        app->list.typing = LW_TYPING_NONE;
        app->list.opening = lw_list_is_searching(app);
        if (!app->list.opening)
            open_marked(app);
    } else {
        lw_type_filter_key(&app->filter, key);
        lw_sitting_clear_message(app->s);
        search_from(app, 0);
    }
}

static void apply_filter(struct lw_app *app)
{
    struct lw_err err = {0};
    size_t nth = marked_task(app);
    if (lw_filter_parse(&app->list.filter, app->s, app->filter.len ? app->filter.data : "", &err) ==
        LW_OK) {
        app->list.typing = LW_TYPING_NONE;
        start_filtering(app, nth);
    } else {
        lw_sitting_notify(app->s, LW_TONE_WARNING, "%s", err.text);
    }
}

static void complete(struct lw_app *app)
{
    struct lw_buf hint = {0}, more = {0};
    lw_filter_hint(app, &hint, &more);
    lw_buf_add(&app->filter, more.data, more.len);
    lw_buf_fini(&hint);
    lw_buf_fini(&more);
}

static void filter_key(struct lw_app *app, struct lw_key key)
{
    lw_sitting_clear_message(app->s);
    if (key.name == LW_KEY_ENTER)
        apply_filter(app);
    else if (key.name == LW_KEY_TAB)
        complete(app);
    else
        lw_type_filter_key(&app->filter, key);
}

static void typing_key(struct lw_app *app, struct lw_key key)
{
    if (key.name == LW_KEY_ESC || (key.ctrl && key.ch == 'c')) {
        app->list.typing = LW_TYPING_NONE;
        app->list.next = SIZE_MAX;
    } else if (app->list.typing == LW_TYPING_FILTER) {
        filter_key(app, key);
    } else {
        words_key(app, key);
    }
}

static void search_again(struct lw_app *app)
{
    if (app->list.nlines > 0)
        search_from(app, app->list.top + app->list.at + 1);
}

static void start_words(struct lw_app *app)
{
    app->list.typing = LW_TYPING_WORDS;
    lw_buf_clear(&app->filter);
}

static void start_filter(struct lw_app *app)
{
    lw_sitting_clear_message(app->s);
    app->list.typing = LW_TYPING_FILTER;
    app->list.next = app->list.found = app->list.excerpt = SIZE_MAX;
    lw_buf_clear(&app->filter);
}

/* ---- keys */

static void command(struct lw_app *app, enum lw_command_id id)
{
    long by = lw_scroll_lines(id, lw_list_rows(app) - 1, (long)count(app));
    if (by)
        move(app, by);
    switch (id) {
    case LW_CMD_FIND:
        start_words(app);
        break;
    case LW_CMD_FIND_NEXT:
        search_again(app);
        break;
    case LW_CMD_MARK:
        flip_mark(app);
        break;
    case LW_CMD_SUBMIT:
        open_marked(app);
        break;
    case LW_CMD_LIST:
    case LW_CMD_QUIT:
        close_list(app);
        break;
    default:
        break;
    }
}

void lw_list_key(struct lw_app *app, struct lw_key key)
{
    if (app->list.typing)
        typing_key(app, key);
    else if (key.name == LW_KEY_ESC)
        close_list(app);
    else if (key.name == LW_KEY_TAB)
        turn_filter(app, 1);
    else if (key.name == LW_KEY_BACKTAB)
        turn_filter(app, -1);
    else if (key.name == LW_KEY_CHAR && key.ch == '=' && !key.ctrl && !key.meta)
        start_filter(app);
    else
        command(app, lw_keymap_find(app->keys, key).id);
}
