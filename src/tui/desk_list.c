/* The task list: find yesterday's mistake. */
#include "desk_impl.h"

#include <stdlib.h>
#include <string.h>

enum { LOOK_AT_ONCE = 200 };

int lw_desk_list_rows(const struct lw_desk *d)
{
    return d->rows - 4; /* a rule, the column heads; message, footer */
}

static void clear(struct lw_list *l)
{
    for (size_t i = 0; i < l->nlines; i++)
        lw_listed_fini(&l->line[i]);
    l->nlines = 0;
}

void lw_desk_list_fini(struct lw_desk *d)
{
    clear(&d->list);
    free(d->list.line);
}

static size_t count(const struct lw_desk *d)
{
    return lw_tasks_count(d->s->with.tasks);
}

/* The next task from `nth` on, forwards or back, that the filter lets through; SIZE_MAX for none.
 */
static size_t next_listed(const struct lw_desk *d, size_t nth, int by)
{
    while (nth < count(d) && !lw_sitting_lists(d->s, nth, d->list.filter))
        nth += (size_t)by;
    return nth < count(d) ? nth : SIZE_MAX;
}

/* Reads the lines from the task `top` on; where they do not fill the screen, lines before it too.
 */
static void fill(struct lw_desk *d, size_t top)
{
    struct lw_list *l = &d->list;
    size_t rows = (size_t)(lw_desk_list_rows(d) > 1 ? lw_desk_list_rows(d) : 1);
    struct lw_err err = {0};
    clear(l);
    l->line = lw_grow(l->line, rows, sizeof *l->line);
    for (size_t nth = next_listed(d, top, 1); nth != SIZE_MAX && l->nlines < rows;
         nth = next_listed(d, nth + 1, 1)) {
        struct lw_listed *line = &l->line[l->nlines++];
        if (lw_sitting_look(d->s, nth, line, &err) != LW_OK)
            line->text = lw_strdup(err.text);
        lw_err_clear(&err);
    }
    if (l->at >= l->nlines)
        l->at = l->nlines ? l->nlines - 1 : 0;
}

/* The task `n` lines before `nth`, or the first one. */
static size_t lines_before(const struct lw_desk *d, size_t nth, size_t n)
{
    for (size_t prev; n > 0 && nth > 0 && (prev = next_listed(d, nth - 1, -1)) != SIZE_MAX; n--)
        nth = prev;
    return nth;
}

/* Shows the list with the task marked, a third down the screen where it was not on it. */
static void mark(struct lw_desk *d, size_t nth)
{
    struct lw_list *l = &d->list;
    for (l->at = 0; l->at < l->nlines; l->at++)
        if (l->line[l->at].nth == nth)
            return;
    size_t top = lines_before(d, nth, (size_t)lw_desk_list_rows(d) / 3);
    l->at = 0;
    fill(d, top);
    while (l->at + 1 < l->nlines && l->line[l->at].nth < nth)
        l->at++;
}

void lw_desk_list_refresh(struct lw_desk *d)
{
    if (d->over != LW_OVER_LIST || d->rows < LW_MIN_ROWS)
        return;
    size_t nth = d->list.nlines ? d->list.line[d->list.at].nth : d->s->nth;
    clear(&d->list);
    mark(d, nth);
}

void lw_desk_open_list(struct lw_desk *d)
{
    d->over = LW_OVER_LIST;
    d->s->message[0] = '\0';
    d->list.filter = LW_LIST_ALL;
    d->list.typing = false;
    d->list.next = SIZE_MAX;
    lw_sitting_save_draft(d->s); /* so that the list knows of it */
    lw_desk_list_refresh(d);
}

static void close_list(struct lw_desk *d)
{
    d->over = LW_OVER_NONE;
    clear(&d->list);
    d->list.next = SIZE_MAX;
}

/* --- moving ---------------------------------------------------------------------------------- */

static void move(struct lw_desk *d, long by)
{
    struct lw_list *l = &d->list;
    if (l->nlines == 0)
        return;
    long to = (long)l->at + by, last = (long)l->nlines - 1;
    if (to >= 0 && to <= last) {
        l->at = (size_t)to;
        return;
    }
    size_t edge = l->line[by < 0 ? 0 : last].nth, beyond = (size_t)(by < 0 ? -to : to - last);
    size_t top = lines_before(d, l->line[0].nth, by < 0 ? beyond : 0);
    if (by > 0)
        for (size_t i = 0, next; i < beyond && (next = next_listed(d, edge + 1, 1)) != SIZE_MAX;
             i++) {
            edge = next;
            top = next_listed(d, top + 1, 1);
        }
    l->at = by < 0 ? 0 : l->nlines - 1;
    fill(d, top);
}

static void to_end(struct lw_desk *d, bool last)
{
    size_t n = count(d), nth = n ? next_listed(d, last ? n - 1 : 0, last ? -1 : 1) : SIZE_MAX;
    if (nth != SIZE_MAX)
        mark(d, nth);
}

static void next_filter(struct lw_desk *d)
{
    size_t nth = d->list.nlines ? d->list.line[d->list.at].nth : d->s->nth;
    d->list.filter = (enum lw_list_filter)((d->list.filter + 1) % LW_LIST_FILTER_COUNT);
    clear(&d->list);
    size_t near = next_listed(d, nth, 1);
    if (near == SIZE_MAX)
        near = next_listed(d, nth, -1);
    if (near != SIZE_MAX)
        mark(d, near);
}

static void open_marked(struct lw_desk *d)
{
    if (d->list.nlines == 0)
        return;
    size_t nth = d->list.line[d->list.at].nth;
    close_list(d);
    if (nth == d->s->nth)
        return;
    d->s->message[0] = '\0';
    lw_sitting_do(d->s, &(struct lw_command){.id = LW_CMD_GO_NTH, .number = (int64_t)nth});
}

/* --- looking for words ----------------------------------------------------------------------- */

static void look_from(struct lw_desk *d, size_t nth)
{
    d->list.opening = false;
    d->list.next = d->filter.len > 0 ? nth : SIZE_MAX;
}

bool lw_desk_works(const struct lw_desk *d)
{
    return d->over == LW_OVER_LIST && d->list.next != SIZE_MAX;
}

static void found(struct lw_desk *d, size_t nth)
{
    d->list.next = SIZE_MAX;
    mark(d, nth);
    if (d->list.opening)
        open_marked(d);
}

static void not_found(struct lw_desk *d)
{
    d->list.opening = false;
    lw_sitting_say(d->s, LW_TONE_WARNING, "\"%.60s\" is in no task from here on.", d->filter.data);
}

bool lw_desk_work(struct lw_desk *d)
{
    struct lw_list *l = &d->list;
    for (int i = 0; i < LOOK_AT_ONCE && lw_desk_works(d); i++) {
        size_t nth = next_listed(d, l->next, 1);
        l->next = nth == SIZE_MAX ? SIZE_MAX : nth + 1;
        if (nth == SIZE_MAX)
            not_found(d);
        else if (lw_sitting_mentions(d->s, nth, d->filter.data, d->filter.len))
            found(d, nth);
    }
    return lw_desk_works(d);
}

static void typing_key(struct lw_desk *d, struct lw_key key)
{
    if (key.name == LW_KEY_ENTER) {
        d->list.typing = false;
        d->list.opening = lw_desk_works(d);
        if (!d->list.opening)
            open_marked(d);
    } else if (key.name == LW_KEY_ESC || (key.ctrl && key.ch == 'c')) {
        d->list.typing = false;
        d->list.next = SIZE_MAX;
    } else {
        lw_filter_key(&d->filter, key);
        d->s->message[0] = '\0';
        look_from(d, 0);
    }
}

static void look_again(struct lw_desk *d)
{
    if (d->list.nlines > 0)
        look_from(d, d->list.line[d->list.at].nth + 1);
}

static void start_typing(struct lw_desk *d)
{
    d->list.typing = true;
    lw_buf_clear(&d->filter);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void command(struct lw_desk *d, enum lw_command_id id)
{
    long page = lw_desk_list_rows(d) - 1;
    switch (id) {
    case LW_CMD_LINE_DOWN:
        move(d, 1);
        break;
    case LW_CMD_LINE_UP:
        move(d, -1);
        break;
    case LW_CMD_PAGE_DOWN:
        move(d, page);
        break;
    case LW_CMD_PAGE_UP:
        move(d, -page);
        break;
    case LW_CMD_TOP:
        to_end(d, false);
        break;
    case LW_CMD_BOTTOM:
        to_end(d, true);
        break;
    case LW_CMD_FIND:
        start_typing(d);
        break;
    case LW_CMD_FIND_NEXT:
        look_again(d);
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

void lw_desk_list_key(struct lw_desk *d, struct lw_key key)
{
    if (d->list.typing)
        typing_key(d, key);
    else if (key.name == LW_KEY_ESC)
        close_list(d);
    else if (key.name == LW_KEY_TAB)
        next_filter(d);
    else
        command(d, lw_keymap_find(d->keys, key).id);
}
