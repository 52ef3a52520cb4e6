/* The list of options over the task: flags, or a choice too long for the digits. */
#define _GNU_SOURCE
#include "tui/app/app_parts_internal.h"

#include <string.h>

enum { DIGITS = 10 };

static bool one_only(const struct lw_app *d)
{
    return lw_app_question(d)->type == LW_Q_CHOICE;
}

bool lw_app_lists(const struct lw_question *q)
{
    return q->type == LW_Q_CHOICE && q->noptions > DIGITS;
}

bool lw_picker_shows(const struct lw_app *d, const struct lw_option *o)
{
    if (d->filter.len == 0)
        return true;
    return strcasestr(o->label, d->filter.data) || strcasestr(o->path, d->filter.data);
}

bool lw_picker_has(const struct lw_app *d, size_t option)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    const char *path = lw_app_question(d)->option[option].path;
    const json_t *v = lw_answer_get(s->opts.project, s->task, s->answers, s->slot[s->focus]);
    size_t i;
    json_t *tag;
    if (json_is_string(v))
        return strcmp(json_string_value(v), path) == 0;
    json_array_foreach(v, i, tag) if (strcmp(json_string_value(tag), path) == 0) return true;
    return false;
}

static bool can_pick(const struct lw_app *d, size_t i)
{
    const struct lw_question *q = lw_app_question(d);
    return i < q->noptions && !q->option[i].group && lw_picker_shows(d, &q->option[i]);
}

/* Goes to the next selectable option from `from` on in direction `by`, if there is one. */
static void mark_next(struct lw_app *d, size_t from, int by)
{
    const struct lw_question *q = lw_app_question(d);
    for (size_t i = from; i < q->noptions; i += (size_t)by)
        if (can_pick(d, i)) {
            d->picker_at = i;
            return;
        }
}

/* The warning was about the previous key; the help of the option takes its place. */
static void unsay_warning(struct lw_app *d)
{
    if (lw_sitting_view(d->s)->tone == LW_TONE_WARNING)
        lw_sitting_notify(d->s, LW_TONE_INFO, "%s", "");
}

void lw_app_open_picker(struct lw_app *d)
{
    unsay_warning(d);
    d->over = LW_OVERLAY_PICKER;
    d->filtering = false;
    lw_buf_clear(&d->filter);
    mark_next(d, 0, 1);
    for (size_t i = 0; one_only(d) && i < lw_app_question(d)->noptions; i++)
        if (lw_picker_has(d, i))
            d->picker_at = i;
}

static void close_picker(struct lw_app *d)
{
    d->over = LW_OVERLAY_NONE;
    lw_buf_clear(&d->filter);
}

static void leave_picker(struct lw_app *d)
{
    close_picker(d);
    lw_app_move_on(d);
}

/* A choice is answered by one option: close the list first, as the answer may show another task. */
static void pick(struct lw_app *d, size_t option)
{
    d->picker_at = option;
    if (one_only(d))
        close_picker(d);
    lw_sitting_run(d->s, &(struct lw_command){.id = LW_CMD_TOGGLE, .number = (int64_t)option});
}

void lw_app_pick_nth(struct lw_app *d, int n)
{
    const struct lw_question *q = lw_app_question(d);
    for (size_t i = 0; i < q->noptions; i++)
        if (can_pick(d, i) && --n == 0) {
            pick(d, i);
            return;
        }
}

/* Sets the filtered option and shows the whole list again. */
static void pick_found(struct lw_app *d)
{
    size_t at = d->picker_at;
    bool found = can_pick(d, at);
    d->filtering = false;
    lw_buf_clear(&d->filter);
    if (found && (one_only(d) || !lw_picker_has(d, at)))
        pick(d, at);
}

/* Enter takes the filtered option, in a choice the selected one; else it closes the list. */
static void enter(struct lw_app *d)
{
    if (d->filtering)
        pick_found(d);
    else if (one_only(d))
        pick(d, d->picker_at);
    else
        leave_picker(d);
}

static void filter_key(struct lw_app *d, struct lw_key key)
{
    lw_filter_type(&d->filter, key);
    mark_next(d, 0, 1);
}

static bool is_digit(struct lw_key key)
{
    return key.name == LW_KEY_CHAR && key.ch >= '0' && key.ch <= '9' && !key.ctrl;
}

void lw_app_picker_key(struct lw_app *d, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(d->keys, key).id;
    size_t option;
    unsay_warning(d);
    if (!d->filtering && !lw_option_of_key(lw_app_question(d), key.ch, &option))
        key = lw_key_alias(key, d->keys->digit_row);
    if (d->filtering && (key.name == LW_KEY_CHAR || key.name == LW_KEY_BACKSPACE))
        filter_key(d, key);
    else if (key.name == LW_KEY_UP)
        mark_next(d, d->picker_at - 1, -1);
    else if (key.name == LW_KEY_DOWN)
        mark_next(d, d->picker_at + 1, 1);
    else if (key.name == LW_KEY_SPACE && can_pick(d, d->picker_at))
        pick(d, d->picker_at);
    else if (key.name == LW_KEY_ENTER)
        enter(d);
    else if (key.name == LW_KEY_ESC || key.name == LW_KEY_TAB)
        leave_picker(d);
    else if (is_digit(key))
        lw_app_pick_nth(d, key.ch == '0' ? DIGITS : (int)(key.ch - '0'));
    else if (key.name == LW_KEY_CHAR && key.ch == '/' && !key.ctrl)
        d->filtering = true;
    else if (key.name == LW_KEY_CHAR && !key.ctrl &&
             lw_option_of_key(lw_app_question(d), key.ch, &option))
        pick(d, option);
    else if (id == LW_CMD_FLAG || id == LW_CMD_QUIT)
        leave_picker(d);
}
