/* The correction editor's keys, and the text that comes back from $EDITOR. */
#include "tui/app/screens_internal.h"

#include "labelwright/text/find.h"
#include <string.h>

static const json_t *answer(const struct lw_app *app)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    return lw_answer_get(s->opts.project, s->task, s->answers, s->slot[s->focus]);
}

/* The text as corrected so far; else the original. */
static struct lw_span corrected(const struct lw_app *app)
{
    const json_t *text = json_object_get(answer(app), "text");
    if (!json_is_string(text))
        return lw_correction_original(app);
    return (struct lw_span){json_string_value(text), json_string_length(text)};
}

/* ---- opening and closing */

static bool in_text(struct lw_span t, const char *at)
{
    return t.n > 0 && at >= t.s && at < t.s + t.n;
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
        if (p->rows > 0 && p->top > 0 && p->top < p->doc.n && in_text(text, p->doc.v[p->top].s))
            return (size_t)(p->doc.v[p->top].s - text.s);
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
    lw_correction_update(app);
    lw_edit_move_to(app->input, lw_diff_place(&app->correction.diff, place));
    app->correction.top = lw_wrap_line_of(&app->correction.wrap, lw_edit_cursor(app->input));
    lw_correction_follow_cursor(app);
}

static void finish(struct lw_app *app)
{
    struct lw_span t = lw_entry_text(app);
    lw_entry_answer(app, t.s, t.n, 0);
    lw_entry_close(app);
}

/* ---- finding */

static void find_next(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    struct lw_span t = lw_entry_text(app);
    size_t from = lw_edit_cursor(app->input) + (c->found_len > 0), len;
    struct lw_needle needle;
    lw_needle_init(&needle, app->find.data, app->find.len);
    size_t at = lw_find(&needle, t.s, t.n, from, &len);
    if (at == t.n)
        at = lw_find(&needle, t.s, t.n, 0, &len);
    lw_needle_fini(&needle);
    c->found_len = at < t.n ? len : 0;
    c->found = at;
    if (at < t.n)
        lw_edit_move_to(app->input, at);
    else
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_FOUND, app->find.data);
}

/* An empty line repeats the search. */
static void find_typed(struct lw_app *app)
{
    size_t n;
    const char *s = lw_edit_text(app->correction.find, &n);
    if (n > 0) {
        lw_buf_clear(&app->find);
        lw_buf_add(&app->find, s, n);
        app->correction.found_len = 0;
    }
    if (app->find.len > 0)
        find_next(app);
}

static void find_key(struct lw_app *app, struct lw_key key)
{
    struct lw_correction *c = &app->correction;
    bool over =
        key.name == LW_KEY_ENTER || lw_entry_is_leave_key(key) || (key.ctrl && key.ch == 'f');
    if (key.name == LW_KEY_ENTER || (key.ctrl && key.ch == 'f'))
        find_typed(app);
    if (!over) {
        lw_type_key(c->find, key, app->cols);
        return;
    }
    lw_edit_free(c->find);
    c->find = NULL;
}

/* ---- keys */

static void begin_find(struct lw_app *app)
{
    app->correction.find = lw_edit_new("", 0, true);
}

static void open_external_editor(struct lw_app *app)
{
    app->action = LW_ACTION_EXTERNAL_EDITOR;
}

static void restore_original(struct lw_app *app)
{
    struct lw_span t = lw_correction_original(app);
    if (lw_edit_set(app->input, t.s, t.n))
        lw_entry_changed(app);
}

static void page(struct lw_app *app, enum lw_edit_op op)
{
    struct lw_correction_rows r = lw_correction_rows(app);
    for (int i = 1; i < r.text && lw_edit_apply(app->input, op, r.cols); i++) {
    }
}

static void page_up(struct lw_app *app)
{
    page(app, LW_EDIT_UP);
}

static void page_down(struct lw_app *app)
{
    page(app, LW_EDIT_DOWN);
}

static void to_start(struct lw_app *app)
{
    lw_edit_move_to(app->input, 0);
}

static void to_end(struct lw_app *app)
{
    lw_edit_move_to(app->input, lw_entry_text(app).n);
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

/* Keys of this editor only; help shows those that have a help text. */
static const struct {
    const char *key, *help;
    void (*act)(struct lw_app *app);
} keys[] = {
    {"^X", "keep the correction (unchanged: \"no correction needed\")", finish},
    {"^C", "leave (also Esc): the text stays as an unfinished draft", lw_entry_leave},
    {"Esc", NULL, lw_entry_leave},
    {"^F", "search; then ^F or Enter: next match", begin_find},
    {"^T", "continue in $VISUAL or $EDITOR", open_external_editor},
    {"^R", "restore the original", restore_original},
    {"Enter", NULL, new_line},
    {"Tab", NULL, tab},
    {"PgUp", NULL, page_up},
    {"PgDn", NULL, page_down},
    {"M-<", NULL, to_start},
    {"M->", NULL, to_end},
    {"F1", NULL, open_help},
    {"^L", NULL, redraw},
    {"^Z", NULL, suspend},
};

static void fill_help(const struct lw_app *app, struct lw_doc *to)
{
    (void)app;
    static const char *const lines[][2] = {
        {"^_ M-u, M-e", "undo, redo"},
        {"^O", "bring back the text of an old draft"},
        {"^K, ^U", "cut to the end of the paragraph, paste it"},
        {"^W, ^D Del", "delete the previous word, the next character"},
        {"Arrows", "move by character and line; C-Left C-Right: by word"},
        {"Home End ^E", "start and end of the line"},
        {"PgUp PgDn", "page up, page down"},
        {"M-< M->", "start and end of the text"},
        {"^L, ^Z", "redraw the screen; back to the shell (fg returns)"},
    };
    lw_doc_line(to, LW_ROLE_TITLE, true, LW_APP_HELP_CORRECTING);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].help)
            lw_doc_line(to, LW_ROLE_TEXT, false, "  %-16s%s", keys[i].key, keys[i].help);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        lw_doc_line(to, LW_ROLE_TEXT, false, "  %-16s%s", lines[i][0], lines[i][1]);
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
    if (app->correction.find) {
        find_key(app, key);
    } else {
        bool finds = key.ctrl && key.ch == 'f';
        if (!finds)
            app->correction.found_len = 0;
        if (!own_key(app, key) && !lw_entry_old_key(app, key))
            text_key(app, key);
    }
    if (app->over == LW_OVERLAY_EDIT)
        lw_correction_follow_cursor(app);
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
    if (lw_span_is_same(text, corrected(app)) && !lw_edit_is_open(answer(app)))
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_CHANGE);
    else
        lw_sitting_run(app->s, &(struct lw_command){LW_CMD_TEXT, 0, text.s, text.n});
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
