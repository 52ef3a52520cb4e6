/* Search, replace and "go to line" in the correction editor: what is asked on its last line, and
 * what the answer does. The keys of the text are correction.c's. */
#include "tui/app/screens_internal.h"

#include "labelwright/text/find.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* ---- matches */

static void add_found(struct lw_found *f, size_t at, size_t n)
{
    if (f->n == f->cap) {
        f->cap = f->cap ? 2 * f->cap : 64;
        f->v = lw_grow(f->v, f->cap, sizeof *f->v);
    }
    f->v[f->n++] = (struct lw_found_at){at, n};
}

/* All of them, from the start of the text. */
static void find_all(struct lw_app *app)
{
    struct lw_span t = lw_entry_text(app);
    struct lw_needle needle;
    size_t len;
    app->correction.found.n = 0;
    lw_needle_init(&needle, app->find.data ? app->find.data : "", app->find.len);
    for (size_t at = 0; (at = lw_find(&needle, t.s, t.n, at, &len)) < t.n; at += len)
        add_found(&app->correction.found, at, len);
    lw_needle_fini(&needle);
}

static void go_to_found(struct lw_app *app, size_t i)
{
    struct lw_found *f = &app->correction.found;
    f->now = i;
    lw_edit_move_to(app->input, f->v[i].at);
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_FOUND, app->find.data, i + 1, f->n, "");
}

/* The match behind the cursor, or at it; around the end. */
static size_t match_behind(const struct lw_app *app, bool at_cursor)
{
    const struct lw_found *f = &app->correction.found;
    size_t cursor = lw_edit_cursor(app->input);
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].at > cursor || (at_cursor && f->v[i].at == cursor))
            return i;
    return 0;
}

static size_t match_before(const struct lw_app *app)
{
    const struct lw_found *f = &app->correction.found;
    size_t cursor = lw_edit_cursor(app->input);
    for (size_t i = f->n; i-- > 0;)
        if (f->v[i].at < cursor)
            return i;
    return f->n - 1;
}

static bool find_any(struct lw_app *app)
{
    if (app->find.len == 0) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_WORDS);
        return false;
    }
    find_all(app);
    if (app->correction.found.n == 0)
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_FOUND, app->find.data);
    return app->correction.found.n > 0;
}

void lw_correction_find_next(struct lw_app *app)
{
    bool again = app->correction.found.n > 0;
    if (find_any(app))
        go_to_found(app, match_behind(app, !again));
}

void lw_correction_find_previous(struct lw_app *app)
{
    if (find_any(app))
        go_to_found(app, match_before(app));
}

/* ---- replacing: one by one, from the cursor to the end and around */

static void end_asking(struct lw_app *app)
{
    lw_edit_free(app->correction.line);
    app->correction.line = NULL;
    app->correction.asked = LW_ASKED_NOTHING;
}

static void end_replacing(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_REPLACED, c->replaced, c->found.n);
    end_asking(app);
    app->correction.found.n = 0;
}

static void ask_about_next(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    if (c->seen == c->found.n)
        end_replacing(app);
    else
        go_to_found(app, (c->first + c->seen) % c->found.n);
}

static void begin_replacing(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    end_asking(app);
    if (!find_any(app))
        return;
    c->asked = LW_ASKED_EACH;
    c->first = match_behind(app, true);
    c->seen = c->replaced = 0;
    ask_about_next(app);
}

static bool has_room(struct lw_app *app, size_t out, size_t in)
{
    bool room = lw_entry_text(app).n - out + in <= LW_EDIT_MAX;
    if (!room)
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_TEXT_TOO_LONG);
    return room;
}

static void replace_one(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    size_t now = c->found.now, n = c->with.len;
    struct lw_found_at *f = &c->found.v[now];
    if (!has_room(app, f->n, n))
        return;
    lw_edit_replace(app->input, f->at, f->at + f->n, n ? c->with.data : "", n);
    for (size_t i = now + 1; i < c->found.n; i++)
        c->found.v[i].at = c->found.v[i].at - f->n + n;
    f->n = n;
    c->replaced++;
    c->seen++;
    lw_entry_changed(app);
    ask_about_next(app);
}

static bool is_left(const struct lw_correction *c, size_t i)
{
    return (i + c->found.n - c->first) % c->found.n >= c->seen;
}

/* The text from the first match to the end of the last one as it becomes. */
static void replace_in(const struct lw_correction *c, struct lw_span t, struct lw_buf *to)
{
    size_t at = c->found.v[0].at;
    for (size_t i = 0; i < c->found.n; i++) {
        const struct lw_found_at *f = &c->found.v[i];
        lw_buf_add(to, t.s + at, f->at - at);
        if (is_left(c, i))
            lw_buf_add(to, c->with.data, c->with.len);
        else
            lw_buf_add(to, t.s + f->at, f->n);
        at = f->at + f->n;
    }
}

/* In one change, so that one undo takes it back. */
static void replace_rest(struct lw_app *app)
{
    struct lw_correction *c = &app->correction;
    const struct lw_found_at *last = &c->found.v[c->found.n - 1];
    size_t from = c->found.v[0].at, to = last->at + last->n, left = c->found.n - c->seen;
    struct lw_buf text = {0};
    replace_in(c, lw_entry_text(app), &text);
    if (has_room(app, to - from, text.len)) {
        size_t cursor = lw_edit_cursor(app->input);
        lw_edit_replace(app->input, from, to, text.data ? text.data : "", text.len);
        lw_edit_move_to(app->input, cursor);
        c->replaced += left;
        lw_entry_changed(app);
        end_replacing(app);
    }
    lw_buf_fini(&text);
}

static void skip_one(struct lw_app *app)
{
    app->correction.seen++;
    ask_about_next(app);
}

/* Letters of other layouts count by their place, as in commands. */
static void each_key(struct lw_app *app, struct lw_key key)
{
    char32_t ch = lw_key_alias(key, app->keys->digit_row).ch;
    if (lw_entry_is_leave_key(key))
        end_replacing(app);
    else if (key.name == LW_KEY_ENTER || (key.name == LW_KEY_CHAR && ch == 'y'))
        replace_one(app);
    else if (key.name == LW_KEY_TAB || (key.name == LW_KEY_CHAR && ch == 'n'))
        skip_one(app);
    else if (key.name == LW_KEY_CHAR && ch == 'a')
        replace_rest(app);
    else if (key.name == LW_KEY_CHAR && ch == 'q')
        end_replacing(app);
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_REPLACE_KEYS);
}

/* ---- going to a line */

static size_t count_lines(struct lw_span t, size_t most, size_t *start)
{
    size_t n = 1;
    *start = 0;
    for (size_t at = 0; n < most; n++) {
        at += lw_line_len(t.s + at, t.n - at);
        if (at == t.n)
            break;
        at += lw_line_end(t.s + at, t.n - at);
        *start = at;
    }
    return n;
}

static void go_to_line(struct lw_app *app)
{
    size_t n, start, unused;
    int64_t number;
    const char *s = lw_edit_text(app->correction.line, &n);
    struct lw_span t = lw_entry_text(app);
    if (!lw_number_parse(s, n, &number) || number < 1) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NO_LINE);
    } else {
        size_t line = count_lines(t, (size_t)number, &start);
        lw_edit_move_to(app->input, start);
        lw_sitting_notify(
            app->s, LW_TONE_INFO, LW_APP_LINE, line, count_lines(t, SIZE_MAX, &unused));
    }
    end_asking(app);
}

/* ---- the last line */

void lw_correction_ask(struct lw_app *app, enum lw_asked what)
{
    end_asking(app);
    app->correction.asked = what;
    app->correction.line = lw_edit_new("", 0, true);
}

/* An empty line repeats the last search. */
static void take_words(struct lw_app *app)
{
    size_t n;
    const char *s = lw_edit_text(app->correction.line, &n);
    if (n == 0)
        return;
    lw_buf_clear(&app->find);
    lw_buf_add(&app->find, s, n);
    app->correction.found.n = 0;
}

static void search(struct lw_app *app, void (*go)(struct lw_app *))
{
    take_words(app);
    end_asking(app);
    go(app);
}

static void ask_with(struct lw_app *app)
{
    take_words(app);
    if (app->find.len > 0)
        lw_correction_ask(app, LW_ASKED_WITH);
}

static void take_with(struct lw_app *app)
{
    size_t n;
    const char *s = lw_edit_text(app->correction.line, &n);
    lw_buf_clear(&app->correction.with);
    lw_buf_add(&app->correction.with, s, n);
    begin_replacing(app);
}

static bool is_control(struct lw_key key, char32_t ch)
{
    return key.name == LW_KEY_CHAR && key.ctrl && key.ch == ch;
}

/* True when the key was about the words to search. */
static bool words_key(struct lw_app *app, struct lw_key key)
{
    bool next = key.name == LW_KEY_ENTER || key.name == LW_KEY_DOWN || is_control(key, 'f') ||
                is_control(key, 'n');
    bool previous = key.name == LW_KEY_UP || is_control(key, 'p');
    if (next)
        search(app, lw_correction_find_next);
    else if (previous)
        search(app, lw_correction_find_previous);
    else if (key.name == LW_KEY_TAB)
        ask_with(app);
    return next || previous || key.name == LW_KEY_TAB;
}

static void enter(struct lw_app *app)
{
    if (app->correction.asked == LW_ASKED_REPLACE)
        ask_with(app);
    else if (app->correction.asked == LW_ASKED_WITH)
        take_with(app);
    else
        go_to_line(app);
}

void lw_correction_asked_key(struct lw_app *app, struct lw_key key)
{
    enum lw_asked asked = app->correction.asked;
    if (asked == LW_ASKED_EACH)
        each_key(app, key);
    else if (lw_entry_is_leave_key(key))
        end_asking(app);
    else if (asked == LW_ASKED_WORDS && words_key(app, key))
        return;
    else if (key.name == LW_KEY_ENTER || (key.name == LW_KEY_TAB && asked == LW_ASKED_REPLACE))
        enter(app);
    else
        lw_type_key(app->correction.line, key, app->cols);
}

void lw_correction_paste(struct lw_app *app, const char *s, size_t n)
{
    if (lw_correction_theirs(app).s)
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_CONFLICT);
    else if (!app->correction.asked)
        lw_entry_paste(app, s, n);
    else if (!app->correction.line || n > LW_EDIT_MAX ||
             !lw_edit_insert(app->correction.line, s, n))
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_TEXT);
}
