/* The task list: filter, search, open. */
#include "tui/app/app_parts_internal.h"

#include <stdlib.h>
#include <string.h>

int lw_app_list_rows(const struct lw_app *d)
{
    return d->rows - 4; /* a rule, the column heads; message, footer */
}

static void clear(struct lw_list *l)
{
    for (size_t i = 0; i < l->nlines; i++)
        lw_listed_fini(&l->line[i]);
    l->nlines = 0;
}

void lw_app_list_fini(struct lw_app *d)
{
    clear(&d->list);
    free(d->list.line);
    lw_filter_fini(&d->list.sift);
}

static size_t count(const struct lw_app *d)
{
    return lw_filter_count(&d->list.sift, d->s);
}

static size_t rows(const struct lw_app *d)
{
    return (size_t)(lw_app_list_rows(d) > 1 ? lw_app_list_rows(d) : 1);
}

/* Reads the lines from the place `top` on, as far as there are tasks. */
static void fill(struct lw_app *d, size_t top)
{
    struct lw_list *l = &d->list;
    struct lw_err err = {0};
    clear(l);
    l->top = top;
    l->line = lw_grow(l->line, rows(d), sizeof *l->line);
    while (l->nlines < rows(d) && top + l->nlines < count(d)) {
        struct lw_listed *line = &l->line[l->nlines];
        if (lw_listed_load(d->s, lw_filter_at(&l->sift, top + l->nlines), line, &err) != LW_OK)
            line->text = lw_strdup(err.text);
        lw_err_clear(&err);
        l->nlines++;
    }
}

/* Selects the place and scrolls as little as needed. */
static void go(struct lw_app *d, size_t place)
{
    struct lw_list *l = &d->list;
    size_t top = l->top;
    if (place < top)
        top = place;
    if (place >= top + rows(d))
        top = place - rows(d) + 1;
    if (top != l->top)
        fill(d, top);
    l->at = place - top;
}

/* Redraws the list with the place selected, a third down the screen. */
static void show(struct lw_app *d, size_t place)
{
    size_t n = count(d), top = place > rows(d) / 3 ? place - rows(d) / 3 : 0;
    size_t last = n > rows(d) ? n - rows(d) : 0;
    fill(d, top < last ? top : last);
    d->list.at = place - d->list.top;
}

/* The place of the task, else of the next one after it, else the last; 0 in an empty list. */
static size_t place_of(const struct lw_app *d, size_t nth)
{
    size_t place = lw_filter_find(&d->list.sift, d->s, nth), n = count(d);
    return place < n ? place : n ? n - 1 : 0;
}

static size_t marked_task(const struct lw_app *d)
{
    const struct lw_list *l = &d->list;
    return l->nlines ? l->line[l->at].nth : lw_sitting_view(d->s)->nth;
}

void lw_app_list_refresh(struct lw_app *d)
{
    if (d->over == LW_OVERLAY_LIST && d->rows >= LW_MIN_ROWS)
        show(d, place_of(d, marked_task(d)));
}

void lw_app_open_list(struct lw_app *d)
{
    struct lw_list *l = &d->list;
    d->over = LW_OVERLAY_LIST;
    lw_sitting_clear_message(d->s);
    l->sift.filter = LW_LIST_ALL;
    l->typing = LW_TYPING_NONE;
    l->next = l->want = l->found = SIZE_MAX;
    clear(l);
    lw_sitting_save_draft(d->s); /* so that the list knows of it */
    lw_app_list_refresh(d);
}

static void close_list(struct lw_app *d)
{
    d->over = LW_OVERLAY_NONE;
    clear(&d->list);
    d->list.next = d->list.want = SIZE_MAX;
}

/* --- moving ---------------------------------------------------------------------------------- */

static void move(struct lw_app *d, long by)
{
    struct lw_list *l = &d->list;
    size_t n = count(d), from = l->top + l->at, far = by < 0 ? (size_t)-by : (size_t)by;
    l->want = SIZE_MAX;
    if (n == 0)
        return;
    if (by < 0)
        go(d, from > far ? from - far : 0);
    else
        go(d, from + far < n ? from + far : n - 1);
}

/* Shows the match in the task too. */
static void open_marked(struct lw_app *d)
{
    struct lw_list *l = &d->list;
    if (l->nlines == 0)
        return;
    size_t nth = l->line[l->at].nth;
    bool words = l->found == nth && d->filter.len > 0;
    close_list(d);
    if (nth != lw_sitting_view(d->s)->nth) {
        lw_sitting_clear_message(d->s);
        lw_sitting_run(d->s, &(struct lw_command){.id = LW_CMD_GO_NTH, .number = (int64_t)nth});
    }
    if (words && nth == lw_sitting_view(d->s)->nth && !lw_app_hidden(d)) {
        lw_app_layout(d);
        lw_app_find(d, d->filter.data, d->filter.len);
    }
}

static void flip_mark(struct lw_app *d)
{
    struct lw_list *l = &d->list;
    if (l->nlines == 0)
        return;
    lw_sitting_toggle_mark(d->s, l->line[l->at].nth);
    l->line[l->at].marked = lw_sitting_is_marked(d->s, l->line[l->at].nth);
}

/* --- filtering ------------------------------------------------------------------------------- */

static bool sifting(const struct lw_app *d)
{
    return lw_filter_more(&d->list.sift, d->s);
}

bool lw_app_list_over(const struct lw_app *d)
{
    const struct lw_tasks *t = lw_sitting_view(d->s)->opts.tasks;
    return !sifting(d) && (lw_tasks_complete(t) || lw_tasks_error(t));
}

/* Does some of it; true when the screen changed. */
static bool sift(struct lw_app *d)
{
    struct lw_list *l = &d->list;
    lw_filter_step(&l->sift, d->s);
    bool over = lw_app_list_over(d);
    bool there = l->want != SIZE_MAX && (l->sift.next > l->want || over);
    bool more = l->nlines < rows(d) && l->top + l->nlines < count(d);
    if (there) {
        show(d, place_of(d, l->want));
        l->want = SIZE_MAX;
    } else if (more) {
        fill(d, l->top);
    }
    return there || more || over;
}

/* Does the first step at once: in most projects that is all. */
static void start_sifting(struct lw_app *d, size_t want)
{
    struct lw_list *l = &d->list;
    lw_sitting_clear_message(d->s);
    l->next = SIZE_MAX;
    l->want = want;
    l->top = l->at = 0;
    clear(l);
    sift(d);
}

static void turn_filter(struct lw_app *d, int by)
{
    size_t nth = d->list.want != SIZE_MAX ? d->list.want : marked_task(d);
    lw_filter_cycle(&d->list.sift, d->s, by);
    start_sifting(d, nth);
}

/* --- search ---------------------------------------------------------------------------------- */

static void look_from(struct lw_app *d, size_t place)
{
    d->list.opening = false;
    d->list.next = d->filter.len > 0 ? place : SIZE_MAX;
}

static bool looking(const struct lw_app *d)
{
    return d->list.next != SIZE_MAX;
}

/* Shows the match in the line instead of the beginning of the task. */
static void show_excerpt(struct lw_app *d, struct lw_listed *line)
{
    char *excerpt = lw_sitting_excerpt(d->s, line->nth, d->filter.data, d->filter.len);
    d->list.found = excerpt ? line->nth : SIZE_MAX; /* else the match is in the id */
    if (excerpt) {
        free(line->text);
        line->text = excerpt;
    }
}

static void found(struct lw_app *d, size_t place)
{
    struct lw_list *l = &d->list;
    l->next = SIZE_MAX;
    if (place < l->top || place >= l->top + l->nlines)
        show(d, place);
    l->at = place - l->top;
    show_excerpt(d, &l->line[l->at]);
    if (l->opening)
        open_marked(d);
}

static void not_found(struct lw_app *d)
{
    d->list.opening = false;
    d->list.next = SIZE_MAX;
    lw_sitting_notify(d->s, LW_TONE_WARNING, "\"%.60s\": not found from here on.", d->filter.data);
}

/* Does some of it; true when it is over. */
static bool look(struct lw_app *d)
{
    struct lw_list *l = &d->list;
    if (lw_filter_search(&l->sift, d->s, d->filter.data, d->filter.len, &l->next))
        found(d, l->next);
    else if (l->next >= count(d))
        not_found(d);
    return !looking(d);
}

bool lw_app_works(const struct lw_app *d)
{
    return d->over == LW_OVERLAY_LIST && (sifting(d) || looking(d));
}

bool lw_app_work(struct lw_app *d)
{
    if (!lw_app_works(d))
        return false;
    return sifting(d) ? sift(d) : look(d);
}

/* --- typing ---------------------------------------------------------------------------------- */

static void words_key(struct lw_app *d, struct lw_key key)
{
    if (key.name == LW_KEY_ENTER) {
        d->list.typing = LW_TYPING_NONE;
        d->list.opening = looking(d);
        if (!d->list.opening)
            open_marked(d);
    } else {
        lw_filter_type(&d->filter, key);
        lw_sitting_clear_message(d->s);
        look_from(d, 0);
    }
}

static void apply_filter(struct lw_app *d)
{
    struct lw_err err = {0};
    size_t nth = marked_task(d);
    if (lw_filter_parse(&d->list.sift, d->s, d->filter.len ? d->filter.data : "", &err) == LW_OK) {
        d->list.typing = LW_TYPING_NONE;
        start_sifting(d, nth);
    } else {
        lw_sitting_notify(d->s, LW_TONE_WARNING, "%s", err.text);
    }
}

static void complete(struct lw_app *d)
{
    struct lw_buf hint = {0}, more = {0};
    lw_filter_hint(d, &hint, &more);
    lw_buf_add(&d->filter, more.data, more.len);
    lw_buf_fini(&hint);
    lw_buf_fini(&more);
}

static void filter_key(struct lw_app *d, struct lw_key key)
{
    lw_sitting_clear_message(d->s);
    if (key.name == LW_KEY_ENTER)
        apply_filter(d);
    else if (key.name == LW_KEY_TAB)
        complete(d);
    else
        lw_filter_type(&d->filter, key);
}

static void typing_key(struct lw_app *d, struct lw_key key)
{
    if (key.name == LW_KEY_ESC || (key.ctrl && key.ch == 'c')) {
        d->list.typing = LW_TYPING_NONE;
        d->list.next = SIZE_MAX;
    } else if (d->list.typing == LW_TYPING_FILTER) {
        filter_key(d, key);
    } else {
        words_key(d, key);
    }
}

static void look_again(struct lw_app *d)
{
    if (d->list.nlines > 0)
        look_from(d, d->list.top + d->list.at + 1);
}

static void start_words(struct lw_app *d)
{
    d->list.typing = LW_TYPING_WORDS;
    lw_buf_clear(&d->filter);
}

static void start_filter(struct lw_app *d)
{
    lw_sitting_clear_message(d->s);
    d->list.typing = LW_TYPING_FILTER;
    d->list.next = d->list.found = SIZE_MAX;
    lw_buf_clear(&d->filter);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void command(struct lw_app *d, enum lw_command_id id)
{
    long by = lw_app_scrolls(id, lw_app_list_rows(d) - 1, (long)count(d));
    if (by)
        move(d, by);
    switch (id) {
    case LW_CMD_FIND:
        start_words(d);
        break;
    case LW_CMD_FIND_NEXT:
        look_again(d);
        break;
    case LW_CMD_MARK:
        flip_mark(d);
        break;
    case LW_CMD_SUBMIT:
        open_marked(d);
        break;
    case LW_CMD_LIST:
    case LW_CMD_QUIT:
        close_list(d);
        break;
    default:
        break;
    }
}

void lw_app_list_key(struct lw_app *d, struct lw_key key)
{
    if (d->list.typing)
        typing_key(d, key);
    else if (key.name == LW_KEY_ESC)
        close_list(d);
    else if (key.name == LW_KEY_TAB)
        turn_filter(d, 1);
    else if (key.name == LW_KEY_BACKTAB)
        turn_filter(d, -1);
    else if (key.name == LW_KEY_CHAR && key.ch == '=' && !key.ctrl && !key.meta)
        start_filter(d);
    else
        command(d, lw_keymap_find(d->keys, key).id);
}
