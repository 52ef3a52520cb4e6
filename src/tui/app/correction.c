/* The correction editor, and the text that comes back from $EDITOR. */
#include "tui/app/app_parts_internal.h"

#include "labelwright/text/find.h"
#include "tui/input/typing_internal.h"

#include <string.h>

static struct lw_span original(const struct lw_app *d)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    return s->task->response[s->slot[s->focus].response].text;
}

static struct lw_span typed(const struct lw_app *d)
{
    struct lw_span t;
    t.s = lw_edit_text(d->input, &t.n);
    return t;
}

static const json_t *answer(const struct lw_app *d)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    return lw_answer_get(s->opts.project, s->task, s->answers, s->slot[s->focus]);
}

/* The text as corrected so far; else the original. */
static struct lw_span corrected(const struct lw_app *d)
{
    const json_t *text = json_object_get(answer(d), "text");
    if (!json_is_string(text))
        return original(d);
    return (struct lw_span){json_string_value(text), json_string_length(text)};
}

static bool same(struct lw_span a, struct lw_span b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.s, b.s, a.n) == 0);
}

/* --- what is on the screen ------------------------------------------------------------------- */

struct lw_correction_rows lw_app_correction_rows(const struct lw_app *d)
{
    int room = d->rows - 4; /* header, the diff's rule, a rule, the keys */
    int diff = room * 2 / 5, cols = d->cols - 2;
    return (struct lw_correction_rows){room - diff, diff,
        cols > LW_TEXT_COLS ? LW_TEXT_COLS
        : cols > 1          ? cols
                            : 1};
}

/* Scrolls only as far as the cursor needs. */
static void follow_cursor(struct lw_app *d)
{
    struct lw_correction *c = &d->correction;
    int shown = lw_app_correction_rows(d).text;
    size_t rows = shown > 0 ? (size_t)shown : 1;
    size_t line = lw_wrap_line_of(&c->wrap, lw_edit_cursor(d->input));
    size_t last = c->wrap.n > rows ? c->wrap.n - rows : 0;
    if (line < c->top)
        c->top = line;
    if (line >= c->top + rows)
        c->top = line - rows + 1;
    if (c->top > last)
        c->top = last;
}

void lw_app_correction_refresh(struct lw_app *d)
{
    struct lw_correction *c = &d->correction;
    if (!d->input || d->input_for != LW_DIALOG_EDIT)
        return;
    struct lw_span a = original(d), b = typed(d);
    int cols = lw_app_correction_rows(d).cols;
    lw_wrap_text(&c->wrap, b.s, b.n, cols);
    lw_diff_words(&c->diff, a.s, a.n, b.s, b.n);
    lw_doc_clear(&c->doc);
    lw_doc_diff(&c->doc, &c->diff, a, b, true, true, cols);
    follow_cursor(d);
}

void lw_app_correction_fini(struct lw_app *d)
{
    struct lw_correction *c = &d->correction;
    lw_wrap_fini(&c->wrap);
    lw_diff_fini(&c->diff);
    lw_doc_fini(&c->doc);
    lw_edit_free(c->find);
    *c = (struct lw_correction){0};
}

/* --- opening and closing --------------------------------------------------------------------- */

static bool in_text(struct lw_span t, const char *at)
{
    return t.n > 0 && at >= t.s && at < t.s + t.n;
}

/* Where the user is reading in the response: at a match, else at the top of its pane. */
static size_t place_read(const struct lw_app *d, struct lw_span text)
{
    for (size_t i = 0; i < d->nhits; i++) {
        const struct lw_hit *h = &d->hit[(d->hit_at + i) % d->nhits];
        if (in_text(text, h->at.s))
            return (size_t)(h->at.s - text.s);
    }
    for (int i = 0; i < d->npanes; i++) {
        const struct lw_pane *p = &d->pane[i];
        if (p->rows > 0 && p->top > 0 && p->top < p->doc.n && in_text(text, p->doc.v[p->top].s))
            return (size_t)(p->doc.v[p->top].s - text.s);
    }
    return 0;
}

void lw_app_open_edit(struct lw_app *d)
{
    struct lw_span text = corrected(d);
    size_t place = place_read(d, original(d));
    json_t *was = json_deep_copy(answer(d));
    lw_app_begin_dialog(d, LW_DIALOG_EDIT, text.s, text.n);
    d->input_was = was;
    lw_app_offer_old(d);
    lw_app_correction_fini(d);
    lw_app_correction_refresh(d);
    lw_edit_move_to(d->input, lw_diff_place(&d->correction.diff, place));
    d->correction.top = lw_wrap_line_of(&d->correction.wrap, lw_edit_cursor(d->input));
    follow_cursor(d);
}

static void close_edit(struct lw_app *d)
{
    lw_app_close_dialog(d);
    lw_app_correction_fini(d);
    d->laid_out = false;
}

static void keep(struct lw_app *d)
{
    struct lw_span t = typed(d);
    lw_app_put_text(d, t.s, t.n, 0);
    close_edit(d);
}

/* Restores the answer from before, when the text is the same again. */
static void restore(struct lw_app *d)
{
    struct lw_span t = typed(d);
    lw_app_put_text(d, t.s, t.n,
        !d->input_was                   ? LW_TEXT_NONE
        : lw_edit_is_open(d->input_was) ? LW_TEXT_OPEN
                                        : 0);
}

/* The text before typing. */
static struct lw_span before(const struct lw_app *d)
{
    struct lw_span was = lw_text_of(d->input_was);
    if (!was.s && d->input_for == LW_DIALOG_EDIT)
        return original(d);
    return was;
}

/* Says that the text is kept only when it is on the disk; otherwise the error is shown. */
static void say_unfinished(struct lw_app *d, bool undoable)
{
    if (!lw_sitting_ensure_draft(d->s))
        return;
    struct lw_buf again = {0}, undo = {0};
    lw_keymap_keys(d->keys, d->input_for == LW_DIALOG_EDIT ? LW_CMD_EDIT : LW_CMD_NOTE, 1, &again);
    lw_keymap_keys(d->keys, LW_CMD_TAKE_BACK, 1, &undo);
    lw_sitting_notify(d->s, LW_TONE_WARNING, "Not finished, kept as a draft. %s continues%s%s%s.",
        again.data, undoable ? ", " : "", undoable ? undo.data : "", undoable ? " discards" : "");
    lw_buf_fini(&again);
    lw_buf_fini(&undo);
}

void lw_app_leave_text(struct lw_app *d)
{
    bool back = same(typed(d), before(d));
    if (back && d->input_pushed)
        restore(d);
    if (back && !lw_edit_is_open(d->input_was))
        lw_sitting_notify(d->s, LW_TONE_INFO, "No change.");
    else
        say_unfinished(d, !back);
    close_edit(d);
}

/* --- finding --------------------------------------------------------------------------------- */

static void find_next(struct lw_app *d)
{
    struct lw_correction *c = &d->correction;
    struct lw_span t = typed(d);
    size_t from = lw_edit_cursor(d->input) + (c->found_len > 0), len;
    struct lw_needle needle;
    lw_needle_init(&needle, d->find.data, d->find.len);
    size_t at = lw_find(&needle, t.s, t.n, from, &len);
    if (at == t.n)
        at = lw_find(&needle, t.s, t.n, 0, &len);
    lw_needle_fini(&needle);
    c->found_len = at < t.n ? len : 0;
    c->found = at;
    if (at < t.n)
        lw_edit_move_to(d->input, at);
    else
        lw_sitting_notify(d->s, LW_TONE_WARNING, "\"%.60s\": not found.", d->find.data);
}

/* An empty line repeats the search. */
static void find_typed(struct lw_app *d)
{
    size_t n;
    const char *s = lw_edit_text(d->correction.find, &n);
    if (n > 0) {
        lw_buf_clear(&d->find);
        lw_buf_add(&d->find, s, n);
        d->correction.found_len = 0;
    }
    if (d->find.len > 0)
        find_next(d);
}

static void find_key(struct lw_app *d, struct lw_key key)
{
    struct lw_correction *c = &d->correction;
    bool over = key.name == LW_KEY_ENTER || lw_app_leaves(key) || (key.ctrl && key.ch == 'f');
    if (key.name == LW_KEY_ENTER || (key.ctrl && key.ch == 'f'))
        find_typed(d);
    if (!over) {
        lw_type_key(c->find, key, d->cols);
        return;
    }
    lw_edit_free(c->find);
    c->find = NULL;
}

/* --- keys ------------------------------------------------------------------------------------ */

static void begin_find(struct lw_app *d)
{
    d->correction.find = lw_edit_new("", 0, true);
}

static void outside(struct lw_app *d)
{
    d->action = LW_ACTION_EXTERNAL_EDITOR;
}

static void as_it_was(struct lw_app *d)
{
    struct lw_span t = original(d);
    if (lw_edit_set(d->input, t.s, t.n))
        lw_app_text_changed(d);
}

static void page(struct lw_app *d, enum lw_edit_op op)
{
    struct lw_correction_rows r = lw_app_correction_rows(d);
    for (int i = 1; i < r.text && lw_edit_do(d->input, op, r.cols); i++) {
    }
}

static void page_up(struct lw_app *d)
{
    page(d, LW_EDIT_UP);
}

static void page_down(struct lw_app *d)
{
    page(d, LW_EDIT_DOWN);
}

static void to_start(struct lw_app *d)
{
    lw_edit_move_to(d->input, 0);
}

static void to_end(struct lw_app *d)
{
    lw_edit_move_to(d->input, typed(d).n);
}

static void insert(struct lw_app *d, const char *s)
{
    lw_edit_insert(d->input, s, strlen(s));
    lw_app_text_changed(d);
}

static void new_line(struct lw_app *d)
{
    insert(d, "\n");
}

static void tab(struct lw_app *d)
{
    insert(d, "\t");
}

static void redraw(struct lw_app *d)
{
    d->action = LW_ACTION_REDRAW;
}

static void suspend(struct lw_app *d)
{
    d->action = LW_ACTION_SUSPEND;
}

/* Keys of this editor only; help shows those that have a help text. */
static const struct {
    const char *key, *help;
    void (*act)(struct lw_app *d);
} keys[] = {
    {"^X", "keep the correction (unchanged: \"no correction needed\")", keep},
    {"^C", "leave (also Esc): the text stays as an unfinished draft", lw_app_leave_text},
    {"Esc", NULL, lw_app_leave_text},
    {"^F", "search; then ^F or Enter: next match", begin_find},
    {"^T", "continue in $VISUAL or $EDITOR", outside},
    {"^R", "restore the original", as_it_was},
    {"Enter", NULL, new_line},
    {"Tab", NULL, tab},
    {"PgUp", NULL, page_up},
    {"PgDn", NULL, page_down},
    {"M-<", NULL, to_start},
    {"M->", NULL, to_end},
    {"F1", NULL, lw_app_open_help},
    {"^L", NULL, redraw},
    {"^Z", NULL, suspend},
};

void lw_app_correction_help(struct lw_doc *to)
{
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
    lw_doc_line(to, LW_ROLE_TITLE, true, "Correcting a response");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].help)
            lw_doc_line(to, LW_ROLE_TEXT, false, "  %-16s%s", keys[i].key, keys[i].help);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        lw_doc_line(to, LW_ROLE_TEXT, false, "  %-16s%s", lines[i][0], lines[i][1]);
    lw_doc_line(to, LW_ROLE_TEXT, false, "%s", "");
    lw_doc_line(to, LW_ROLE_DIM, false, "Saved in the draft every second.");
    lw_doc_line(to, LW_ROLE_DIM, false, "{+added+} [-removed-]");
}

static bool own_key(struct lw_app *d, struct lw_key key)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct lw_key k;
        if (!lw_key_parse(keys[i].key, &k) || !lw_key_same(k, key))
            continue;
        keys[i].act(d);
        return true;
    }
    return false;
}

static void text_key(struct lw_app *d, struct lw_key key)
{
    enum lw_typed what = lw_type_key(d->input, key, lw_app_correction_rows(d).cols);
    if (what == LW_TYPED_CHANGED)
        lw_app_text_changed(d);
    else if (what == LW_TYPED_REFUSED)
        lw_sitting_notify(d->s, LW_TONE_WARNING, "Not text: nothing inserted.");
    else if (what == LW_TYPED_NOTHING)
        lw_sitting_notify(d->s, LW_TONE_INFO, "^X: keep, ^C: leave, F1: keys.");
}

void lw_app_correction_key(struct lw_app *d, struct lw_key key)
{
    lw_sitting_clear_message(d->s);
    if (d->correction.find) {
        find_key(d, key);
    } else {
        bool finds = key.ctrl && key.ch == 'f';
        if (!finds)
            d->correction.found_len = 0;
        if (!own_key(d, key) && !lw_app_brings_old(d, key))
            text_key(d, key);
    }
    if (d->over == LW_OVERLAY_EDIT)
        follow_cursor(d);
}

/* --- $EDITOR ---------------------------------------------------------------------------------- */

const char *lw_app_external_editor(const struct lw_app *d, size_t *n)
{
    struct lw_span t = d->input ? typed(d) : corrected(d);
    *n = t.n;
    return t.n ? t.s : "";
}

static void put_direct(struct lw_app *d, struct lw_span text)
{
    if (same(text, corrected(d)) && !lw_edit_is_open(answer(d)))
        lw_sitting_notify(d->s, LW_TONE_INFO, "No change.");
    else
        lw_sitting_run(d->s, &(struct lw_command){LW_CMD_TEXT, 0, text.s, text.n});
    lw_app_move_on(d);
    d->laid_out = false;
}

static void failed(struct lw_app *d, const char *why)
{
    if (!d->input)
        lw_app_move_on(d);
    lw_sitting_notify(d->s, LW_TONE_WARNING, "No change. %s", why);
}

void lw_app_came_back(struct lw_app *d, const char *text, size_t n, const char *why)
{
    lw_sitting_touch(d->s);
    if (!text)
        failed(d, why);
    else if (!d->input)
        put_direct(d, (struct lw_span){text, n});
    else if (lw_edit_set(d->input, text, n))
        lw_app_text_changed(d);
}
