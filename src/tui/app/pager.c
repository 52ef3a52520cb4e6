/* Pages of text over the whole screen: help from the command table, guidelines, messages, old
 * drafts. */
#define _GNU_SOURCE
#include "tui/app/screens_internal.h"

#include "labelwright/base/file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GUIDELINES_MAX = 1024 * 1024, KEY_COLS = 16 };

/* ---- help */

static void help_group(const struct lw_app *app, enum lw_command_group group, struct lw_doc *to)
{
    if (to->n > 0)
        lw_doc_line(to, LW_ROLE_TEXT, false, "%s", "");
    lw_doc_line(to, LW_ROLE_TITLE, true, "%s", lw_command_group_title(group));
    for (int id = 0; id < LW_CMD_TABLE_END; id++) {
        if (lw_command_table[id].group != group)
            continue;
        struct lw_buf keys = {0};
        if (id == LW_CMD_DIGIT)
            lw_buf_str(&keys, "1-9 0");
        else
            lw_keymap_keys(app->keys, (enum lw_command_id)id, 4, &keys);
        lw_doc_line(
            to, LW_ROLE_TEXT, false, "  %-*s%s", KEY_COLS, keys.data, lw_command_table[id].help);
        lw_buf_fini(&keys);
        if (id == LW_CMD_DIGIT)
            lw_doc_line(to, LW_ROLE_TEXT, false, "  %-*s%s", KEY_COLS, "1 then 0", LW_APP_HELP_TEN);
    }
}

static void help_macros(const struct lw_app *app, struct lw_doc *to)
{
    const struct lw_macros *all = lw_sitting_view(app->s)->opts.macros;
    for (size_t i = 0; all && i < all->n; i++) {
        if (i == 0) {
            lw_doc_line(to, LW_ROLE_TEXT, false, "%s", "");
            lw_doc_line(to, LW_ROLE_TITLE, true, LW_APP_HELP_MACROS);
        }
        const char *taken = lw_keymap_has_macro(app->keys, (int)i) ? "" : LW_APP_HELP_TAKEN;
        lw_doc_line(to, LW_ROLE_TEXT, false, "  %-*s%s%s", KEY_COLS, all->v[i].def->key, taken,
            all->v[i].words);
    }
}

static void help_boxes(struct lw_doc *to)
{
    static const char *const lines[][2] = {
        {"1-9 Space", "flags, long choices: set or clear (letters work too)"},
        {"/ Enter", "flags, long choices: filter; choose the match"},
        {"f Enter Esc", "flags: done"},
        {"Enter ^X", "typing: keep the text"},
        {"^N M-Enter", "typing: new line"},
        {"Esc ^C", "any box: leave; your text stays as an unfinished draft"},
        {"^T", "typing: continue in $VISUAL or $EDITOR"},
        {"^O", "typing: bring back the text of an old draft"},
        {"^W ^K ^U", "typing: delete a word, cut to the end, paste it"},
        {"^_ M-u, M-e", "typing: undo, redo"},
        {"v or Space", "marking spans: begin with the word here; again: drop it"},
        {"Arrows w b ( )", "marking spans: by character, line, word, sentence"},
        {"1-9, letters", "marking spans: tag what is marked, the span here, or the word"},
        {"Tab n, S-Tab p", "marking spans: next, previous span"},
        {"+ x u", "marking spans: one more tag, delete the span, undo"},
        {"Enter, Esc", "marking spans: go on to the next question, leave"},
        {"Arrows", "marking boxes: by cell, with Ctrl by eight; F9: larger"},
        {"v or Space", "marking boxes: a corner; a tag's key at the other ends it"},
        {"F8 S-F8, M-s", "typing: next, previous misspelt word; mark them, on/off"},
    };
    lw_doc_line(to, LW_ROLE_TEXT, false, "%s", "");
    lw_doc_line(to, LW_ROLE_TITLE, true, LW_APP_HELP_BOXES);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        lw_doc_line(to, LW_ROLE_TEXT, false, "  %-*s%s", KEY_COLS, lines[i][0], lines[i][1]);
}

static void fill_help(const struct lw_app *app, struct lw_doc *to)
{
    for (int g = LW_GROUP_LABEL; g <= LW_GROUP_HELP; g++)
        help_group(app, (enum lw_command_group)g, to);
    help_macros(app, to);
    help_boxes(to);
}

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
}

static void open_page(struct lw_app *app, enum lw_overlay over)
{
    app->page_top = 0;
    app->under = app->over == LW_OVERLAY_EDIT || app->over == LW_OVERLAY_MARKING ||
                         app->over == LW_OVERLAY_BOXING || app->over == LW_OVERLAY_FINISH
                     ? app->over
                     : LW_OVERLAY_NONE;
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
    lw_pager_open(app, LW_OVERLAY_HELP, fill_help);
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
    long rows = lw_pager_rows(app), last = (long)app->page.n > rows ? (long)app->page.n - rows : 0;
    long to = (long)app->page_top + by;
    app->page_top = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

void lw_pager_close(struct lw_app *app)
{
    app->over = app->under;
    app->page_fill = NULL;
    lw_doc_clear(&app->page);
}

bool lw_pager_scroll(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    long by = lw_scroll_lines(id, lw_pager_rows(app) - 1, (long)app->page.n + 1);
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
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    long by = lw_scroll_lines(id, lw_pager_rows(app) - 1, (long)app->page.n + 1);
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
