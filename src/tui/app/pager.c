/* Pages of text over the whole screen: help from the command table, guidelines, notices. */
#define _GNU_SOURCE
#include "tui/app/app_parts_internal.h"

#include "labelwright/base/file.h"
#include "labelwright/tui/help.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { GUIDELINES_MAX = 1024 * 1024, KEY_COLS = 16 };

int lw_app_pager_rows(const struct lw_app *d)
{
    return d->rows - 4; /* a title rule, a rule, message, footer */
}

static int page_cols(const struct lw_app *d)
{
    return d->cols - 2 < LW_TEXT_COLS ? d->cols - 2 : LW_TEXT_COLS;
}

/* --- help ------------------------------------------------------------------------------------ */

static void help_group(struct lw_app *d, enum lw_command_group group)
{
    if (d->page.n > 0)
        lw_doc_line(&d->page, LW_ROLE_TEXT, false, "%s", "");
    lw_doc_line(&d->page, LW_ROLE_TITLE, true, "%s", lw_command_group_title(group));
    for (int id = 0; id < LW_CMD_TABLE_END; id++) {
        if (lw_command_table[id].group != group)
            continue;
        struct lw_buf keys = {0};
        if (id == LW_CMD_DIGIT)
            lw_buf_str(&keys, "1-9 0");
        else
            lw_keymap_keys(d->keys, (enum lw_command_id)id, 4, &keys);
        lw_doc_line(&d->page, LW_ROLE_TEXT, false, "  %-*s%s", KEY_COLS, keys.data,
            lw_command_table[id].help);
        lw_buf_fini(&keys);
        if (id == LW_CMD_DIGIT)
            lw_doc_line(&d->page, LW_ROLE_TEXT, false, "  %-*s%s", KEY_COLS, "1 then 0",
                "10, if the scale has it: type the digits quickly");
    }
}

static void help_boxes(struct lw_app *d)
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
    };
    lw_doc_line(&d->page, LW_ROLE_TEXT, false, "%s", "");
    lw_doc_line(&d->page, LW_ROLE_TITLE, true, "In boxes");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        lw_doc_line(&d->page, LW_ROLE_TEXT, false, "  %-*s%s", KEY_COLS, lines[i][0], lines[i][1]);
}

static void fill_help(struct lw_app *d)
{
    if (d->under == LW_OVERLAY_EDIT) {
        lw_app_correction_help(&d->page);
        return;
    }
    for (int g = LW_GROUP_LABEL; g <= LW_GROUP_HELP; g++)
        help_group(d, (enum lw_command_group)g);
    help_boxes(d);
}

/* --- guidelines ------------------------------------------------------------------------------ */

static char *read_guidelines(struct lw_app *d)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(d->s)->opts;
    struct lw_err err = {0};
    struct lw_buf text = {0};
    if (!w->project->guidelines)
        return lw_strdup("No guidelines in this project.");
    char *path = lw_project_path(w->project, w->project->guidelines, &err);
    if (!path || lw_file_read(w->sys, AT_FDCWD, path, w->project->guidelines, GUIDELINES_MAX, &text,
                     &err) != LW_OK) {
        lw_buf_clear(&text);
        lw_buf_fmt(&text, "Cannot show the guidelines. %s", err.text);
    }
    free(path);
    return lw_buf_take(&text);
}

/* --- any page -------------------------------------------------------------------------------- */

void lw_app_pager_refresh(struct lw_app *d)
{
    lw_doc_clear(&d->page);
    if (d->over == LW_OVERLAY_HELP)
        fill_help(d);
    else if (d->page_text)
        lw_doc_text(&d->page, (struct lw_span){d->page_text, strlen(d->page_text)}, page_cols(d),
            LW_ROLE_TEXT, false);
}

static void open_page(struct lw_app *d, enum lw_overlay over, char *text)
{
    free(d->page_text);
    d->page_text = text;
    d->page_top = 0;
    d->under = d->over == LW_OVERLAY_EDIT ? LW_OVERLAY_EDIT : LW_OVERLAY_NONE;
    d->over = over;
    lw_app_pager_refresh(d);
}

void lw_app_open_help(struct lw_app *d)
{
    open_page(d, LW_OVERLAY_HELP, NULL);
}

void lw_app_open_guidelines(struct lw_app *d)
{
    open_page(d, LW_OVERLAY_GUIDELINES, read_guidelines(d));
}

/* "14:03:09  Saved task 3." */
static void said_words(const struct lw_log_entry *said, struct lw_buf *to)
{
    time_t at = (time_t)(said->utc_ms / 1000);
    struct tm tm;
    char clock[16] = "";
    localtime_r(&at, &tm);
    strftime(clock, sizeof clock, "%H:%M:%S", &tm);
    lw_buf_fmt(to, "%s  %s\n", clock, said->text);
}

void lw_app_open_messages(struct lw_app *d)
{
    const struct lw_log *log = &lw_sitting_view(d->s)->log;
    struct lw_buf text = {0};
    for (size_t i = log->n; i-- > 0;)
        said_words(&log->v[i], &text);
    if (text.len > 0)
        open_page(d, LW_OVERLAY_MESSAGES, lw_buf_take(&text));
    else
        lw_sitting_notify(d->s, LW_TONE_INFO, "No messages yet.");
}

void lw_app_open_old(struct lw_app *d)
{
    char *text = lw_sitting_view(d->s)->task ? lw_sitting_describe_old_drafts(d->s) : NULL;
    if (text)
        open_page(d, LW_OVERLAY_OLD, text);
    else
        lw_sitting_notify(d->s, LW_TONE_INFO, "No old draft for this task.");
}

void lw_app_notice(struct lw_app *d, const char *const *sentences, size_t n)
{
    struct lw_buf text = {0};
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(&text, "%s%s\n", i > 0 ? "\n" : "", sentences[i]);
    if (n > 0)
        open_page(d, LW_OVERLAY_NOTICE, lw_buf_take(&text));
}

static void scroll_page(struct lw_app *d, long by)
{
    long rows = lw_app_pager_rows(d), last = (long)d->page.n > rows ? (long)d->page.n - rows : 0;
    long to = (long)d->page_top + by;
    d->page_top = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

static void close_page(struct lw_app *d)
{
    d->over = d->under;
    lw_doc_clear(&d->page);
}

long lw_app_scrolls(enum lw_command_id id, long page, long all)
{
    const long by[LW_CMD_TABLE_END] = {
        [LW_CMD_LINE_DOWN] = 1,
        [LW_CMD_LINE_UP] = -1,
        [LW_CMD_PAGE_DOWN] = page > 1 ? page : 1,
        [LW_CMD_PAGE_UP] = page > 1 ? -page : -1,
        [LW_CMD_TOP] = -all,
        [LW_CMD_BOTTOM] = all,
    };
    return id < LW_CMD_TABLE_END ? by[id] : 0;
}

void lw_app_pager_key(struct lw_app *d, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(d->keys, key).id;
    long by = lw_app_scrolls(id, lw_app_pager_rows(d) - 1, (long)d->page.n + 1);
    if (by)
        scroll_page(d, by);
    else if (id == LW_CMD_REDRAW)
        d->action = LW_ACTION_REDRAW;
    else if (id == LW_CMD_SUSPEND)
        d->action = LW_ACTION_SUSPEND;
    else
        close_page(d);
}
