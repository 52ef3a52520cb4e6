/* Misspelt words: marks on and off, from one to the next, and the box about one of them. Which
 * words are misspelt is view/misspelt.c's. */
#include "tui/app/screens_internal.h"

#include <stdlib.h>
#include <string.h>

/* What was checked before is checked again. */
static void update(struct lw_app *app)
{
    if (lw_app_is_writing(app))
        lw_misspelt_typed_update(app, true);
    lw_misspelt_panes_update(app);
}

/* False, and says why, when nothing can be checked. */
static bool can_check(struct lw_app *app)
{
    struct lw_speller *sp = app->spelling.speller;
    if (!lw_misspelt_languages(app)) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NO_LANGUAGE);
        return false;
    }
    const char *lacks = lw_speller_lacks(sp);
    if (lacks)
        lw_sitting_notify(app->s, LW_TONE_WARNING, "%s", lacks);
    return lw_speller_checks(sp);
}

void lw_mistakes_toggle(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    bool on = lw_app_is_writing(app) ? sp->not_typed : !sp->in_panes;
    if (on && !can_check(app))
        return;
    if (lw_app_is_writing(app))
        sp->not_typed = !on;
    else
        sp->in_panes = on;
    update(app);
    if (!lw_sitting_view(app->s)->message[0])
        lw_sitting_notify(app->s, LW_TONE_INFO, on ? LW_APP_MARKED_ON : LW_APP_MARKED_OFF);
}

void lw_mistakes_tell_lack(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    const char *lacks = lw_misspelt_languages(app) ? lw_speller_lacks(sp->speller) : NULL;
    if (sp->told || !lacks || lw_sitting_view(app->s)->message[0])
        return;
    lw_sitting_notify(app->s, LW_TONE_INFO, "%s", lacks);
    sp->told = true;
}

/* ---- the box */

static void open_box(struct lw_app *app, struct lw_span word)
{
    struct lw_spelling *sp = &app->spelling;
    free(sp->word);
    lw_suggestions_fini(&sp->meant);
    sp->word = lw_strndup(word.s, word.n);
    sp->sought = false;
    sp->waits = true;
    if (!app->input)
        app->over = LW_OVERLAY_MISSPELT;
}

static void close_box(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    free(sp->word);
    sp->word = NULL;
    lw_suggestions_fini(&sp->meant);
    if (!app->input)
        app->over = LW_OVERLAY_NONE;
}

/* ---- from one to the next */

static void notify_place(struct lw_app *app, size_t i, size_t n)
{
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_MISSPELT_PLACE, i + 1, n);
}

/* At the cursor too, unless it was brought there before. */
static void go_in_text(struct lw_app *app, int by)
{
    struct lw_spelling *sp = &app->spelling;
    const struct lw_misspelt *f = &sp->whole.found;
    size_t cursor = lw_edit_cursor(app->input), i = 0;
    while (
        i < f->n && (f->v[i].at < cursor || (f->v[i].at == cursor && by > 0 && sp->at == cursor)))
        i++;
    i = by > 0 ? i % f->n : (i + f->n - 1) % f->n;
    sp->at = f->v[i].at;
    lw_edit_move_to(app->input, sp->at);
    open_box(app, (struct lw_span){sp->whole.text.s + sp->at, f->v[i].len});
    notify_place(app, i, f->n);
    lw_entry_update(app);
}

static struct lw_span word_at(const struct lw_spelt *t, size_t i)
{
    return (struct lw_span){t->text.s + t->found.v[i].at, t->found.v[i].len};
}

/* The text that `at` is in; ntexts for none. */
static size_t text_with(const struct lw_spelling *sp, const char *at)
{
    size_t t = 0;
    while (t < sp->ntexts &&
           !(at && at >= sp->text[t].text.s && at < sp->text[t].text.s + sp->text[t].text.n))
        t++;
    return t;
}

/* Where the user is: at the mistake that was gone to last while it is on the screen, else at the
 * top of the active pane. NULL where that shows no text. */
static const char *where(const struct lw_app *app)
{
    const struct lw_spelling *sp = &app->spelling;
    const struct lw_pane *p = &app->pane[app->active];
    size_t t = text_with(sp, sp->now.s), end = p->top + (size_t)(p->rows > 0 ? p->rows : 0);
    if (t < sp->ntexts && sp->text[t].pane == app->active) {
        size_t line = lw_doc_line_of(&p->doc, sp->now.s);
        if (line >= p->top && line < end)
            return sp->now.s;
    }
    const char *at = NULL;
    for (size_t line = p->top; !at && line < end && line < p->doc.n; line++)
        at = lw_doc_place(&p->doc, line);
    return at;
}

struct place {
    const struct lw_spelt *text;
    size_t i; /* the mistake in it */
};

static struct place nth_in_panes(const struct lw_spelling *sp, size_t n)
{
    size_t t = 0;
    while (n >= sp->text[t].found.n)
        n -= sp->text[t++].found.n;
    return (struct place){&sp->text[t], n};
}

/* How many there are, and how many of them before where the user is. */
static size_t count_in_panes(const struct lw_app *app, size_t *before)
{
    const struct lw_spelling *sp = &app->spelling;
    const char *at = where(app);
    size_t n = 0, here = text_with(sp, at);
    *before = 0;
    for (size_t t = 0; t < sp->ntexts; t++) {
        const struct lw_spelt *text = &sp->text[t];
        if (here < sp->ntexts ? t < here : text->pane < app->active)
            *before += text->found.n;
        else if (t == here)
            *before += lw_misspelt_first(text, (size_t)(at - text->text.s));
        n += text->found.n;
    }
    return n;
}

static void go_in_panes(struct lw_app *app, int by, size_t n, size_t before)
{
    struct lw_spelling *sp = &app->spelling;
    struct place at = nth_in_panes(sp, before % n);
    size_t i = before % n;
    if (by < 0)
        i = (before + n - 1) % n;
    else if (before < n && word_at(at.text, at.i).s == sp->now.s)
        i = (before + 1) % n;
    at = nth_in_panes(sp, i);
    sp->now = word_at(at.text, at.i);
    open_box(app, sp->now);
    notify_place(app, i, n);
    lw_app_show_place(app, at.text->pane, sp->now.s);
}

static void arrive(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    size_t before = 0,
           n = lw_app_is_writing(app) ? sp->whole.found.n : count_in_panes(app, &before);
    int by = sp->seeking;
    sp->seeking = 0;
    if (n == 0) {
        if (sp->word)
            close_box(app);
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NONE_MISSPELT);
    } else if (lw_app_is_writing(app)) {
        go_in_text(app, by);
    } else {
        go_in_panes(app, by, n, before);
    }
}

/* One step; true when there is more to check. */
static bool check_some(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    if (!lw_app_is_writing(app))
        return lw_misspelt_panes_step(app);
    if (!sp->whole.text.s)
        lw_spelt_begin(&sp->whole, lw_entry_text(app), 0);
    if (!sp->whole.complete)
        lw_spelt_step(&sp->whole, sp->speller);
    return !sp->whole.complete;
}

/* Further towards the mistake that is sought. */
static void seek(struct lw_app *app)
{
    app->spelling.waits = true;
    if (!lw_misspelt_is_loaded(app))
        return;
    if (!check_some(app))
        arrive(app);
    else if (!lw_sitting_view(app->s)->message[0])
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_CHECKING);
}

static void go(struct lw_app *app, int by)
{
    struct lw_spelling *sp = &app->spelling;
    if (!can_check(app))
        return;
    if (lw_app_is_writing(app)) {
        sp->not_typed = false;
        lw_spelt_fini(&sp->whole);
    } else if (!sp->in_panes) {
        sp->in_panes = true;
        lw_misspelt_panes_update(app);
    }
    sp->seeking = by;
    seek(app);
}

void lw_mistakes_next(struct lw_app *app)
{
    go(app, 1);
}

void lw_mistakes_previous(struct lw_app *app)
{
    go(app, -1);
}

/* ---- keys of the box */

/* The text may have become another one meanwhile: then the word is not there. */
static bool is_there(const struct lw_app *app, size_t n)
{
    struct lw_span t = lw_entry_text(app);
    size_t at = app->spelling.at;
    return at <= t.n && n <= t.n - at && memcmp(t.s + at, app->spelling.word, n) == 0;
}

static void replace(struct lw_app *app, size_t number)
{
    struct lw_spelling *sp = &app->spelling;
    size_t out = strlen(sp->word);
    if (number == 0 || number > sp->meant.n || !is_there(app, out)) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NO_SUCH_WORD);
        return;
    }
    char *in = lw_strdup(sp->meant.v[number - 1]);
    if (lw_entry_text(app).n - out + strlen(in) > LW_EDIT_MAX) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_TEXT_TOO_LONG);
    } else {
        lw_edit_replace(app->input, sp->at, sp->at + out, in, strlen(in));
        close_box(app);
        lw_entry_changed(app);
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_WORD_REPLACED, in);
    }
    free(in);
}

static void add_to(struct lw_app *app, enum lw_word_list_of which)
{
    struct lw_spelling *sp = &app->spelling;
    struct lw_err err = {0};
    if (lw_speller_add(sp->speller, which, sp->word, strlen(sp->word), &err) == LW_OK)
        lw_sitting_notify(
            app->s, LW_TONE_INFO, LW_APP_WORD_ADDED, sp->word, lw_word_list_name(which));
    else
        lw_sitting_notify(app->s, LW_TONE_WARNING, "%s", err.text);
    close_box(app);
    update(app);
}

static void ignore(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    lw_speller_ignore(sp->speller, sp->word, strlen(sp->word));
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_WORD_IGNORED, sp->word);
    close_box(app);
    update(app);
}

static bool letter_key(struct lw_app *app, char32_t ch)
{
    if (lw_app_is_writing(app) && ch >= '0' && ch <= '9')
        replace(app, ch - '0');
    else if (ch == 'a')
        add_to(app, LW_WORDS_PROJECT);
    else if (ch == 'u')
        add_to(app, LW_WORDS_USER);
    else if (ch == 'i')
        ignore(app);
    else
        return false;
    return true;
}

/* Keys while something is written, and in the box; by: to the next, the previous one, 0: marks. */
static const struct {
    const char *key;
    int by;
} keys[] = {{"F8", 1}, {"M-n", 1}, {"S-F8", -1}, {"M-p", -1}, {"M-s", 0}};

static size_t find_key(struct lw_key key)
{
    struct lw_key k;
    size_t i = 0, n = sizeof keys / sizeof *keys;
    while (i < n && !(lw_key_parse(keys[i].key, &k) && lw_key_is_same(k, key)))
        i++;
    return i;
}

bool lw_mistakes_key(struct lw_app *app, struct lw_key key)
{
    size_t i = find_key(key);
    if (i == sizeof keys / sizeof *keys)
        return false;
    if (keys[i].by)
        go(app, keys[i].by);
    else
        lw_mistakes_toggle(app);
    return true;
}

/* Outside a text also the keys of the commands. */
static int moves_by(const struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    size_t i = find_key(key);
    if (i < sizeof keys / sizeof *keys)
        return keys[i].by;
    return app->input ? 0 : (id == LW_CMD_NEXT_MISSPELT) - (id == LW_CMD_PREV_MISSPELT);
}

void lw_mistake_key(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    struct lw_key plain = lw_key_alias(key, app->keys->digit_row);
    bool letter = plain.name == LW_KEY_CHAR && !plain.ctrl && !plain.meta;
    int by = moves_by(app, key);
    if (by)
        go(app, by);
    else if (lw_entry_is_leave_key(key))
        close_box(app);
    else if (id == LW_CMD_REDRAW)
        app->action = LW_ACTION_REDRAW;
    else if (id == LW_CMD_SUSPEND)
        app->action = LW_ACTION_SUSPEND;
    else if (!letter || !letter_key(app, plain.ch))
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_MISSPELT_KEYS);
}

/* ---- between keys */

static bool work(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    if (lw_misspelt_load(app)) {
        if (lw_misspelt_is_loaded(app))
            update(app);
    } else if (sp->seeking) {
        seek(app);
    } else if (sp->word && !sp->sought) {
        lw_speller_suggest(sp->speller, sp->word, strlen(sp->word), &sp->meant);
        sp->sought = true;
    } else {
        return lw_misspelt_panes_step(app);
    }
    return true;
}

bool lw_mistakes_work(struct lw_app *app)
{
    struct lw_spelling *sp = &app->spelling;
    sp->waits = false;
    if (!sp->speller || sp->of != lw_sitting_view(app->s)->show_count)
        return false; /* another task: its texts come with the next frame */
    bool changed = work(app);
    sp->waits = lw_speller_waits_for(sp->speller) || sp->seeking || (sp->word && !sp->sought) ||
                !lw_misspelt_panes_are_complete(app);
    return changed;
}
