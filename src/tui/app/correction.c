/* The keys of the editor for corrections and for texts of the user's own, and the text that comes
 * back from $EDITOR. */
#include "tui/app/screens_internal.h"
#include "tui/view/beside_writing_internal.h"

#include "labelwright/markup/rendering.h"
#include "labelwright/project/talk.h"

#include <stdlib.h>
#include <string.h>

static const json_t *answer(const struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    return lw_answer_get(s->opts.project, s->task, s->answers, s->slot[s->focus]);
}

/* The text as corrected or typed so far; else the original. */
static struct lw_span corrected(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    bool turn = q && q->type == LW_Q_TALK;
    struct lw_span text = turn ? lw_talk_typed(answer(app)) : lw_text_of(answer(app));
    return text.s ? text : lw_correction_original(app);
}

/* ---- opening and closing */

static bool in_text(struct lw_span t, const char *at)
{
    return at && t.n > 0 && at >= t.s && at < t.s + t.n;
}

/* Where the user is reading in the response: at a match, else at the top of its pane. */
static size_t place_read(const struct lw_app *app, struct lw_span text)
{
    for (size_t i = 0; i < app->nhits; i++) {
        const struct lw_hit *h = &app->hit[(app->hit_at + i) % app->nhits];
        if (in_text(text, h->at.s))
            return (size_t)(h->at.s - text.s);
    }
    for (int i = 0; i < app->npanes; i++) {
        const struct lw_pane *p = &app->pane[i];
        const char *at =
            p->rows > 0 && p->top > 0 && p->top < p->doc.n ? lw_doc_place(&p->doc, p->top) : NULL;
        if (in_text(text, at))
            return (size_t)(at - text.s);
    }
    return 0;
}

void lw_correction_open(struct lw_app *app)
{
    struct lw_span text = corrected(app);
    size_t place = place_read(app, lw_correction_original(app));
    json_t *was = json_deep_copy(answer(app));
    lw_entry_begin(app, LW_DIALOG_EDIT, text.s, text.n);
    app->input_was = was;
    lw_entry_offer_old(app);
    lw_correction_fini(app);
    bool own = lw_app_writes_own(app); /* beside it is the task, not the text laid out */
    app->correction.renders = !own && lw_is_markdown(text.s ? text.s : "", text.n);
    lw_mistakes_tell_lack(app);
    lw_correction_update(app);
    lw_edit_move_to(app->input, own ? text.n : lw_diff_place(&app->correction.diff, place));
    app->correction.top = lw_reflow_line_of(
        lw_edit_lines(app->input, lw_correction_rows(app).cols), lw_edit_cursor(app->input));
    lw_correction_update(app);
}

static void finish(struct lw_app *app)
{
    struct lw_span t = lw_entry_text(app);
    bool turn = lw_entry_is_turn(app);
    struct lw_other_language other = lw_other_language_find(app, t);
    char *unfilled = lw_template_unfilled(app, t);
    lw_entry_answer(app, t.s, t.n, 0);
    lw_entry_close(app);
    lw_other_language_warn(app, &other);
    if (unfilled)
        lw_entry_warn_of_kept(app, unfilled);
    free(unfilled);
    app->turn_said = turn;
}

/* ---- keys */

static void ask_words(struct lw_app *app)
{
    lw_correction_ask(app, LW_ASKED_WORDS);
}

static void ask_replace(struct lw_app *app)
{
    lw_correction_ask(app, LW_ASKED_REPLACE);
}

static void ask_line(struct lw_app *app)
{
    lw_correction_ask(app, LW_ASKED_LINE);
}

static void open_external_editor(struct lw_app *app)
{
    app->action = LW_ACTION_EXTERNAL_EDITOR;
}

static void restore_original(struct lw_app *app)
{
    struct lw_span t = lw_correction_original(app);
    if (lw_app_writes_own(app)) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_ORIGINAL);
        return;
    }
    if (lw_edit_set(app->input, t.s, t.n))
        lw_entry_changed(app);
}

/* Half a page of what the task says, beside a text of the user's own. */
static void scroll_task(struct lw_app *app, int by)
{
    struct lw_correction *c = &app->correction;
    size_t half = (size_t)(lw_correction_rows(app).diff / 2 + 1);
    if (!lw_app_writes_own(app))
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_CORRECTION_KEYS);
    else if (by > 0)
        c->task_top += half;
    else
        c->task_top -= half < c->task_top ? half : c->task_top;
}

static void scroll_task_down(struct lw_app *app)
{
    scroll_task(app, 1);
}

static void scroll_task_up(struct lw_app *app)
{
    scroll_task(app, -1);
}

/* In place of the task, or the task again. */
static void show_likeness(struct lw_app *app)
{
    if (!lw_likeness_show(app))
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NOTHING_LIKE);
}

static void page(struct lw_app *app, enum lw_edit_op op, bool select)
{
    struct lw_correction_rows r = lw_correction_rows(app);
    bool moved = true;
    for (int i = 1; i < r.text && moved; i++)
        moved =
            select ? lw_edit_select(app->input, op, r.cols) : lw_edit_apply(app->input, op, r.cols);
}

static void page_up(struct lw_app *app)
{
    page(app, LW_EDIT_UP, false);
}

static void page_down(struct lw_app *app)
{
    page(app, LW_EDIT_DOWN, false);
}

static void select_page_up(struct lw_app *app)
{
    page(app, LW_EDIT_UP, true);
}

static void select_page_down(struct lw_app *app)
{
    page(app, LW_EDIT_DOWN, true);
}

static void mark(struct lw_app *app)
{
    lw_edit_apply(app->input, LW_EDIT_MARK, 1);
    if (lw_edit_is_marking(app->input))
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_SELECTING);
}

static void copy(struct lw_app *app)
{
    bool copied = lw_edit_apply(app->input, LW_EDIT_COPY, 1);
    lw_sitting_notify(app->s, LW_TONE_INFO, copied ? LW_APP_COPIED : LW_APP_NO_SELECTION);
}

static void insert(struct lw_app *app, const char *s)
{
    lw_edit_insert(app->input, s, strlen(s));
    lw_entry_changed(app);
}

static void new_line(struct lw_app *app)
{
    insert(app, "\n");
}

static void tab(struct lw_app *app)
{
    if (!lw_template_next_place(app))
        insert(app, "\t");
}

static void redraw(struct lw_app *app)
{
    app->action = LW_ACTION_REDRAW;
}

static void suspend(struct lw_app *app)
{
    app->action = LW_ACTION_SUSPEND;
}

static void fill_help(const struct lw_app *app, struct lw_doc *to);

static void open_help(struct lw_app *app)
{
    lw_pager_open(app, LW_OVERLAY_HELP, fill_help);
}

/* Keys of this editor only. Help shows those with a help text, and there the names of the keys that
 * do the same. */
static const struct {
    const char *key, *names, *help;
    void (*act)(struct lw_app *app);
} keys[] = {
    {"^X", "^X", "keep the text (unchanged: \"no correction needed\")", finish},
    {"^C", "^C Esc", "leave: the text stays as an unfinished draft", lw_entry_leave},
    {"Esc", NULL, NULL, lw_entry_leave},
    {"^F", "^F", "search; Up in it: backwards; Tab in it: replace", ask_words},
    {"^N", "^N F3", "next match", lw_correction_find_next},
    {"F3", NULL, NULL, lw_correction_find_next},
    {"^P", "^P S-F3", "previous match", lw_correction_find_previous},
    {"S-F3", NULL, NULL, lw_correction_find_previous},
    {"M-r", "M-r F7", "search and replace, one by one or all", ask_replace},
    {"F7", NULL, NULL, ask_replace},
    {"^G", "^G", "go to a line by its number", ask_line},
    {"^T", "^T", "continue in $VISUAL or $EDITOR", open_external_editor},
    {"^R", "^R", "restore the original of a correction", restore_original},
    {"M-j", "M-j M-k", "writing your own text: scroll the task, down, up", scroll_task_down},
    {"M-k", NULL, NULL, scroll_task_up},
    {"M-o", "M-o", "your earlier text that is much like it, or the task", show_likeness},
    {"M-t", "M-t", "insert a template; Tab: its next place to be filled in", lw_template_open},
    {"F4", "F4 M-a ^Space", "begin a selection, which moves extend, or end it", mark},
    {"M-a", NULL, NULL, mark},
    {"^@", NULL, NULL, mark},
    {"F5", "F5 M-c C-Ins", "copy the selection", copy},
    {"M-c", NULL, NULL, copy},
    {"C-Ins", NULL, NULL, copy},
    {"Enter", NULL, NULL, new_line},
    {"Tab", NULL, NULL, tab},
    {"PgUp", NULL, NULL, page_up},
    {"PgDn", NULL, NULL, page_down},
    {"S-PgUp", NULL, NULL, select_page_up},
    {"S-PgDn", NULL, NULL, select_page_down},
    {"F1", NULL, NULL, open_help},
    {"^L", NULL, NULL, redraw},
    {"^Z", NULL, NULL, suspend},
};

static void fill_help(const struct lw_app *app, struct lw_doc *to)
{
    static const char *const lines[][2] = {
        {"S-arrows", "select, where the terminal sends them (also S-Home, S-PgDn)"},
        {"F9 M-A", "select all"},
        {"^K", "cut the selection, or to the paragraph's end; ^K again adds"},
        {"^U F6", "paste what was cut or copied; a selection is replaced"},
        {"^_ M-u", "undo"},
        {"M-e ^Y", "redo"},
        {"^O", "bring back the text of an old draft"},
        {"F8 S-F8", "next, previous misspelt word: replace, add, ignore"},
        {"M-n M-p", "the same, for terminals without S-F8"},
        {"M-s", "mark misspelt words, on/off"},
        {"^W, M-d C-Del", "delete the previous word, the next word"},
        {"^D Del", "delete the next character"},
        {"Arrows", "move by character and line"},
        {"C-Left C-Right", "by word; also M-Left M-Right, M-b M-f"},
        {"C-Up C-Down", "by paragraph; also M-Up M-Down, M-( M-)"},
        {"Home End ^E", "start and end of the line"},
        {"PgUp PgDn", "page up, page down"},
        {"M-< M->", "start and end of the text; also C-Home C-End"},
        {"^L, ^Z", "redraw the screen; back to the shell (fg returns)"},
    };
    lw_doc_line(to, LW_ROLE_TITLE, true, LW_APP_HELP_CORRECTING);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].help)
            lw_help_row(app, to, LW_ROLE_TEXT, keys[i].names, keys[i].help);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        lw_help_row(app, to, LW_ROLE_TEXT, lines[i][0], lines[i][1]);
    lw_doc_line(to, LW_ROLE_TEXT, false, "%s", "");
    lw_doc_line(to, LW_ROLE_DIM, false, LW_APP_HELP_SAVED);
    lw_doc_line(to, LW_ROLE_DIM, false, LW_APP_HELP_MARKS);
}

static bool own_key(struct lw_app *app, struct lw_key key)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct lw_key k;
        if (!lw_key_parse(keys[i].key, &k) || !lw_key_is_same(k, key))
            continue;
        keys[i].act(app);
        return true;
    }
    return false;
}

static void text_key(struct lw_app *app, struct lw_key key)
{
    enum lw_typed what = lw_entry_type(app, key, lw_correction_rows(app).cols);
    if (what == LW_TYPED_NOTHING)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_CORRECTION_KEYS);
}

void lw_correction_key(struct lw_app *app, struct lw_key key)
{
    lw_sitting_clear_message(app->s);
    if (lw_correction_conflict_key(app, key))
        app->correction.found.n = 0;
    else if (app->spelling.word)
        lw_mistake_key(app, key);
    else if (app->correction.asked == LW_ASKED_TEMPLATE)
        lw_template_key(app, key);
    else if (app->correction.asked)
        lw_correction_asked_key(app, key);
    else if (!own_key(app, key) && !lw_mistakes_key(app, key) && !lw_entry_old_key(app, key))
        text_key(app, key);
    if (app->over == LW_OVERLAY_EDIT)
        lw_correction_update(app);
}

/* ---- $EDITOR */

const char *lw_app_external_text(const struct lw_app *app, size_t *n)
{
    struct lw_span t = app->input ? lw_entry_text(app) : corrected(app);
    *n = t.n;
    return t.n ? t.s : "";
}

static void put_direct(struct lw_app *app, struct lw_span text)
{
    struct lw_other_language other = lw_other_language_find(app, text);
    if (lw_span_is_same(text, corrected(app)) && !lw_edit_is_open(answer(app)))
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_CHANGE);
    else
        lw_sitting_run(app->s, &(struct lw_command){LW_CMD_TEXT, 0, text.s, text.n});
    lw_other_language_warn(app, &other);
    lw_app_move_on(app);
    app->laid_out = false;
}

static void failed(struct lw_app *app, const char *why)
{
    if (!app->input)
        lw_app_move_on(app);
    lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NO_CHANGE_WHY, why);
}

void lw_app_external_done(struct lw_app *app, const char *text, size_t n, const char *why)
{
    lw_sitting_touch(app->s);
    if (!text)
        failed(app, why);
    else if (!app->input)
        put_direct(app, (struct lw_span){text, n});
    else if (lw_edit_set(app->input, text, n))
        lw_entry_changed(app);
}
