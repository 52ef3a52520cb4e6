/* Pages of text over the whole screen: help from the command table, guidelines, messages, old
 * drafts. */
#define _GNU_SOURCE
#include "tui/app/screens_internal.h"

#include "labelwright/base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GUIDELINES_MAX = 1024 * 1024 };

/* ---- guidelines */

static char *read_guidelines(struct lw_app *app)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    struct lw_err err = {0};
    struct lw_buf text = {0};
    if (!w->project->guidelines)
        return lw_strdup(LW_APP_NO_GUIDELINES);
    char *path = lw_project_path(w->project, w->project->guidelines, &err);
    if (!path || lw_file_read(w->sys, AT_FDCWD, path, w->project->guidelines, GUIDELINES_MAX, &text,
                     &err) != LW_OK) {
        lw_buf_clear(&text);
        lw_buf_fmt(&text, LW_APP_CANNOT_SHOW_GUIDELINES, err.text);
    }
    free(path);
    return lw_buf_detach(&text);
}

/* ---- any page */

void lw_pager_update(struct lw_app *app)
{
    lw_doc_clear(&app->page);
    app->page.how = app->how;
    app->page.how.fold = false;
    if (app->page_fill)
        app->page_fill(app, &app->page);
    else if (app->page_text)
        lw_doc_text(&app->page, (struct lw_span){app->page_text, strlen(app->page_text)},
            lw_text_cols(app, app->cols - 2), LW_ROLE_TEXT,
            app->over == LW_OVERLAY_GUIDELINES ? LW_READ_RENDERED : LW_READ_SOURCE);
    lw_doc_reach(&app->page, SIZE_MAX);
    lw_page_find_update(app);
}

/* To be gone back to; other boxes are over when a page opens. */
static bool stays_below(enum lw_overlay over)
{
    return over == LW_OVERLAY_EDIT || over == LW_OVERLAY_MARKING || over == LW_OVERLAY_BOXING ||
           over == LW_OVERLAY_FINISH;
}

static void open_page(struct lw_app *app, enum lw_overlay over)
{
    app->page_top = 0;
    lw_page_find_end(app);
    app->under = over == LW_OVERLAY_WHOLE || stays_below(app->over) ? app->over : LW_OVERLAY_NONE;
    app->over = over;
    lw_pager_update(app);
}

static void open_text(struct lw_app *app, enum lw_overlay over, char *text)
{
    free(app->page_text);
    app->page_text = text;
    app->page_fill = NULL;
    open_page(app, over);
}

void lw_pager_open(struct lw_app *app, enum lw_overlay over,
    void (*fill)(const struct lw_app *app, struct lw_doc *to))
{
    app->page_fill = fill;
    open_page(app, over);
}

void lw_pager_open_help(struct lw_app *app)
{
    lw_pager_open(app, LW_OVERLAY_HELP, lw_help_fill);
}

void lw_pager_open_guidelines(struct lw_app *app)
{
    open_text(app, LW_OVERLAY_GUIDELINES, read_guidelines(app));
}

/* "14:03:09  Saved task 3." */
static void format_entry(const struct lw_log_entry *said, struct lw_buf *to)
{
    time_t at = (time_t)(said->utc_ms / 1000);
    struct tm tm;
    char clock[16] = "";
    localtime_r(&at, &tm);
    strftime(clock, sizeof clock, "%H:%M:%S", &tm);
    lw_buf_fmt(to, "%s  %s\n", clock, said->text);
}

void lw_pager_open_messages(struct lw_app *app)
{
    const struct lw_log *log = &lw_sitting_view(app->s)->log;
    struct lw_buf text = {0};
    for (size_t i = log->n; i-- > 0;)
        format_entry(&log->v[i], &text);
    if (text.len > 0)
        open_text(app, LW_OVERLAY_MESSAGES, lw_buf_detach(&text));
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_MESSAGES);
}

/* A blank line after each. */
void lw_pager_open_whole(struct lw_app *app, const struct lw_buf *cut)
{
    struct lw_buf text = {0};
    for (const char *at = cut->len ? cut->data : "", *end; *at; at = end + 1) {
        end = strchr(at, '\n');
        lw_buf_add(&text, at, (size_t)(end - at) + 1);
        lw_buf_char(&text, '\n');
    }
    if (text.len > 0)
        open_text(app, LW_OVERLAY_WHOLE, lw_buf_detach(&text));
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NOTHING_CUT);
}

void lw_pager_open_old_drafts(struct lw_app *app)
{
    char *text = lw_sitting_view(app->s)->task ? lw_sitting_describe_old_drafts(app->s) : NULL;
    if (text)
        open_text(app, LW_OVERLAY_OLD, text);
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_OLD_DRAFT);
}

static void scroll_page(struct lw_app *app, long by)
{
    long rows = (long)lw_pager_lines(app),
         last = (long)app->page.n > rows ? (long)app->page.n - rows : 0;
    long to = (long)app->page_top + by;
    app->page_top = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

void lw_pager_close(struct lw_app *app)
{
    app->over = app->under;
    app->page_fill = NULL;
    lw_doc_clear(&app->page);
    lw_page_find_end(app);
}

bool lw_pager_scroll(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    long by = lw_scroll_lines(id, (long)lw_pager_lines(app) - 1, (long)app->page.n + 1);
    size_t top = app->page_top;
    scroll_page(app, by);
    return app->page_top != top;
}

/* K in the help of a task: another key for a command. */
static bool asks_for_key(const struct lw_app *app, struct lw_key key)
{
    return app->over == LW_OVERLAY_HELP && app->under == LW_OVERLAY_NONE &&
           key.name == LW_KEY_CHAR && key.ch == U'K';
}

static void remap(struct lw_app *app)
{
    lw_pager_close(app);
    lw_remap_open(app);
}

void lw_pager_key(struct lw_app *app, struct lw_key key)
{
    if (lw_page_find_key(app, key))
        return;
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    long by = lw_scroll_lines(id, (long)lw_pager_lines(app) - 1, (long)app->page.n + 1);
    if (by)
        scroll_page(app, by);
    else if (id == LW_CMD_REDRAW)
        app->action = LW_ACTION_REDRAW;
    else if (id == LW_CMD_SUSPEND)
        app->action = LW_ACTION_SUSPEND;
    else if (asks_for_key(app, key))
        remap(app);
    else
        lw_pager_close(app);
}
