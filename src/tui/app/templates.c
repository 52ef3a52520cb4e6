/* Templates in the editor of one's own texts: a key inserts one, chosen from a list where there are
 * several, and Tab goes from one place to be filled in to the next. */
#include "tui/app/screens_internal.h"

#include "labelwright/text/placeholder.h"

#include <string.h>

static struct lw_span found(const struct lw_app *app, size_t from)
{
    struct lw_span t = lw_entry_text(app);
    size_t len = 0, at = t.n > 0 ? lw_placeholder_find(t.s, t.n, from, &len) : 0;
    return (struct lw_span){len > 0 ? t.s + at : NULL, len};
}

static void select_place(struct lw_app *app, struct lw_span place)
{
    size_t at = (size_t)(place.s - lw_entry_text(app).s), end = at + place.n;
    lw_edit_move_to(app->input, at);
    while (lw_edit_cursor(app->input) < end && lw_edit_select(app->input, LW_EDIT_RIGHT, 1)) {
    }
}

bool lw_template_next_place(struct lw_app *app)
{
    if (lw_app_question(app)->ntemplates == 0)
        return false;
    struct lw_span place = found(app, lw_edit_cursor(app->input));
    place = place.s ? place : found(app, 0);
    if (place.s)
        select_place(app, place);
    return place.s;
}

static void insert(struct lw_app *app, const struct lw_text_template *t)
{
    size_t from, to;
    if (!lw_edit_selection(app->input, &from, &to))
        from = lw_edit_cursor(app->input);
    lw_entry_paste(app, t->text, strlen(t->text));
    struct lw_span place = found(app, from);
    if (place.s)
        select_place(app, place);
    lw_sitting_notify(
        app->s, LW_TONE_INFO, place.s ? LW_APP_TEMPLATE_PLACES : LW_APP_TEMPLATE, t->name);
}

static void show_list(struct lw_app *app, bool shown)
{
    app->correction.asked = shown ? LW_ASKED_TEMPLATE : LW_ASKED_NOTHING;
    app->correction.task_cols = -1; /* it stands there */
    app->correction.task_top = 0;
}

void lw_template_open(struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    if (q->ntemplates == 0)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_TEMPLATE);
    else if (q->ntemplates == 1)
        insert(app, &q->template[0]);
    else
        show_list(app, true);
}

void lw_template_key(struct lw_app *app, struct lw_key key)
{
    const struct lw_question *q = lw_app_question(app);
    char32_t ch = lw_key_alias(key, app->keys->digit_row).ch;
    bool digit =
        key.name == LW_KEY_CHAR && !key.ctrl && !key.meta && ch >= '1' && ch < '1' + q->ntemplates;
    if (!digit && !lw_entry_is_leave_key(key)) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_TEMPLATE_KEYS, q->ntemplates);
        return;
    }
    show_list(app, false);
    if (digit)
        insert(app, &q->template[ch - '1']);
}

char *lw_template_unfilled(const struct lw_app *app, struct lw_span text)
{
    size_t len = 0, at = 0;
    const struct lw_question *q = lw_app_question(app);
    if (q && q->ntemplates > 0 && text.n > 0)
        at = lw_placeholder_find(text.s, text.n, 0, &len);
    return len > 0 ? lw_format(LW_APP_UNFILLED, (int)len, text.s + at) : NULL;
}
