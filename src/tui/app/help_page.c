/* What the page of help says: first what can be pressed here, then every command with its keys,
 * then the keys of boxes. A command that cannot run now says why. How it stands on the screen is
 * view_pager.c's. */
#include "tui/app/screens_internal.h"

#include "labelwright/text/wrap.h"

#include <stdlib.h>
#include <string.h>

enum { LEAST = 20 /* columns of words */ };

/* ---- rows */

static void add_title(struct lw_doc *to, const char *title)
{
    if (to->n > 0)
        lw_doc_line(to, LW_ROLE_TEXT, false, "%s", "");
    lw_doc_line(to, LW_ROLE_TITLE, true, "%s", title);
}

/* Words that do not fit go on below themselves; so do all of them where the keys take their room.
 */
void lw_help_row(const struct lw_app *app, struct lw_doc *to, enum lw_role role, const char *keys,
    const char *words)
{
    struct lw_wrap w = {0};
    int key_cols = lw_help_key_cols(app), cols = lw_pager_cols(app);
    int room = cols - LW_HELP_INDENT - key_cols;
    bool alone = lw_cols(keys, strlen(keys), -1) >= key_cols;
    room = room > LEAST ? room : LEAST;
    if (alone)
        lw_doc_line(to, role, false, "%*s%s", LW_HELP_INDENT, "", keys);
    lw_wrap_text(&w, words, strlen(words), room);
    for (size_t i = 0; i < w.n; i++)
        lw_doc_words(to, role, LW_HELP_INDENT + key_cols + room, "%*s%-*s%.*s", LW_HELP_INDENT, "",
            key_cols, i || alone ? "" : keys, (int)(w.v[i].end - w.v[i].start),
            words + w.v[i].start);
    lw_wrap_fini(&w);
}

/* The reason stands once where several rows have the same. */
static void add_command(
    const struct lw_app *app, struct lw_doc *to, enum lw_command_id id, const char **last)
{
    const struct lw_command_row *c = &lw_command_table[id];
    const char *why = lw_sitting_refusal(app->s, id);
    struct lw_buf keys = {0}, words = {0};
    if (id == LW_CMD_DIGIT)
        lw_buf_str(&keys, LW_APP_HELP_DIGITS);
    else
        lw_keymap_keys(app->keys, id, 4, &keys);
    lw_buf_str(&words, c->help);
    if (why)
        lw_buf_fmt(&words, LW_APP_HELP_NOT_NOW, why == *last ? LW_APP_HELP_AS_ABOVE : why);
    lw_help_row(app, to, why ? LW_ROLE_DIM : LW_ROLE_TEXT, keys.len ? keys.data : "", words.data);
    *last = why ? why : *last;
    lw_buf_fini(&keys);
    lw_buf_fini(&words);
}

static void add_group(
    const struct lw_app *app, enum lw_command_group group, struct lw_doc *to, const char **last)
{
    add_title(to, lw_command_group_title(group));
    for (int id = 0; id < LW_CMD_TABLE_END; id++) {
        if (lw_command_table[id].group != group)
            continue;
        add_command(app, to, (enum lw_command_id)id, last);
        if (id == LW_CMD_DIGIT)
            lw_help_row(app, to, LW_ROLE_TEXT, "1 then 0", LW_APP_HELP_TEN);
    }
}

static void help_macros(const struct lw_app *app, struct lw_doc *to)
{
    const struct lw_macros *all = lw_sitting_view(app->s)->opts.macros;
    for (size_t i = 0; all && i < all->n; i++) {
        if (i == 0)
            add_title(to, LW_APP_HELP_MACROS);
        const char *taken = lw_keymap_has_macro(app->keys, (int)i) ? "" : LW_APP_HELP_TAKEN;
        char *words = lw_format("%s%s", taken, all->v[i].words);
        lw_help_row(app, to, LW_ROLE_TEXT, all->v[i].def->key, words);
        free(words);
    }
}

static void help_boxes(const struct lw_app *app, struct lw_doc *to)
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
    add_title(to, LW_APP_HELP_BOXES);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        lw_help_row(app, to, LW_ROLE_TEXT, lines[i][0], lines[i][1]);
}

/* ---- what can be pressed here */

enum { HERE_MOST = 6 };

/* Of the focused question, by its type; 0, which is DIGIT, ends a row behind its first. */
static const enum lw_command_id here[][HERE_MOST] = {
    [LW_Q_RATING] = {LW_CMD_DIGIT, LW_CMD_LESS, LW_CMD_MORE},
    [LW_Q_CHOICE] = {LW_CMD_DIGIT, LW_CMD_LESS, LW_CMD_MORE},
    [LW_Q_COMPARE] = {LW_CMD_DIGIT, LW_CMD_LESS, LW_CMD_MORE, LW_CMD_WORD_DIFF},
    [LW_Q_TAGS] = {LW_CMD_DIGIT, LW_CMD_FLAG},
    [LW_Q_RANK] = {LW_CMD_DIGIT, LW_CMD_TIE, LW_CMD_NOT_RANKABLE},
    [LW_Q_TEXT] = {LW_CMD_NOTE},
    [LW_Q_EDIT] = {LW_CMD_EDIT, LW_CMD_EDIT_OUTSIDE, LW_CMD_WORD_DIFF},
    [LW_Q_WRITE] = {LW_CMD_EDIT, LW_CMD_EDIT_OUTSIDE},
    [LW_Q_SPANS] = {LW_CMD_SPAN},
    [LW_Q_BOXES] = {LW_CMD_SPAN, LW_CMD_LARGER, LW_CMD_ZOOM},
    [LW_Q_TALK] = {LW_CMD_SAY, LW_CMD_SAY_ANEW, LW_CMD_ASK, LW_CMD_STOP},
};

static void add_here(const struct lw_app *app, struct lw_doc *to, const char **last)
{
    static const enum lw_command_id always[] = {LW_CMD_NEXT_QUESTION, LW_CMD_PAGE_DOWN,
        LW_CMD_SUBMIT, LW_CMD_SKIP, LW_CMD_TAKE_BACK, LW_CMD_PALETTE, LW_CMD_QUIT};
    const struct lw_question *q = lw_app_question(app);
    char *title = q ? lw_format(LW_APP_HELP_HERE, q->label) : lw_strdup(LW_APP_HELP_NO_QUESTION);
    add_title(to, title);
    free(title);
    for (size_t i = 0; q && i < HERE_MOST && (i == 0 || here[q->type][i]); i++)
        add_command(app, to, here[q->type][i], last);
    if (lw_app_suggestions(app) > 0)
        add_command(app, to, LW_CMD_ACCEPT, last);
    if (lw_app_is_hidden(app))
        add_command(app, to, LW_CMD_CURTAIN, last);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        add_command(app, to, always[i], last);
}

void lw_help_fill(const struct lw_app *app, struct lw_doc *to)
{
    const char *last = NULL;
    add_here(app, to, &last);
    help_macros(app, to);
    for (int g = LW_GROUP_LABEL; g <= LW_GROUP_HELP; g++)
        add_group(app, (enum lw_command_group)g, to, &last);
    help_boxes(app, to);
}
