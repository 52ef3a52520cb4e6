/* The list of options over the task: flags, or a choice too long for the digits. */
#include "tui/app/screens_internal.h"

static bool one_only(const struct lw_app *app)
{
    return lw_app_question(app)->type == LW_Q_CHOICE;
}

static bool can_pick(const struct lw_app *app, size_t i)
{
    const struct lw_question *q = lw_app_question(app);
    return i < q->noptions && !q->option[i].group && lw_picker_matches(app, &q->option[i]);
}

/* Goes to the next selectable option from `from` on in direction `by`, if there is one. */
static void mark_next(struct lw_app *app, size_t from, int by)
{
    const struct lw_question *q = lw_app_question(app);
    for (size_t i = from; i < q->noptions; i += (size_t)by)
        if (can_pick(app, i)) {
            app->picker_at = i;
            return;
        }
}

/* By half a screen, or to an end. */
static void mark_page(struct lw_app *app, enum lw_key_name name)
{
    size_t n = lw_app_question(app)->noptions, by = name == LW_KEY_PGUP ? SIZE_MAX : 1;
    if (name == LW_KEY_HOME || name == LW_KEY_END)
        mark_next(app, name == LW_KEY_HOME ? 0 : n - 1, name == LW_KEY_HOME ? 1 : -1);
    else
        for (int i = 0; i < app->rows / 2; i++)
            mark_next(app, app->picker_at + by, (int)by);
}

/* The warning was about the previous key; the help of the option takes its place. */
static void unsay_warning(struct lw_app *app)
{
    if (lw_sitting_view(app->s)->tone == LW_TONE_WARNING)
        lw_sitting_notify(app->s, LW_TONE_INFO, "%s", "");
}

void lw_picker_open(struct lw_app *app)
{
    unsay_warning(app);
    app->over = LW_OVERLAY_PICKER;
    app->filtering = false;
    lw_buf_clear(&app->filter);
    mark_next(app, 0, 1);
    for (size_t i = 0; one_only(app) && i < lw_app_question(app)->noptions; i++)
        if (lw_picker_has(app, i))
            app->picker_at = i;
}

static void close_picker(struct lw_app *app)
{
    app->over = LW_OVERLAY_NONE;
    lw_buf_clear(&app->filter);
}

static void leave_picker(struct lw_app *app)
{
    close_picker(app);
    lw_app_move_on(app);
}

/* A choice is answered by one option: close the list first, as the answer may show another task. */
static void pick(struct lw_app *app, size_t option)
{
    app->picker_at = option;
    if (one_only(app))
        close_picker(app);
    lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_TOGGLE, .number = (int64_t)option});
}

void lw_picker_pick(struct lw_app *app, int n)
{
    const struct lw_question *q = lw_app_question(app);
    for (size_t i = 0; i < q->noptions; i++)
        if (can_pick(app, i) && --n == 0) {
            pick(app, i);
            return;
        }
}

/* Sets the filtered option and shows the whole list again. */
static void pick_found(struct lw_app *app)
{
    size_t at = app->picker_at;
    bool found = can_pick(app, at);
    app->filtering = false;
    lw_buf_clear(&app->filter);
    if (found && (one_only(app) || !lw_picker_has(app, at)))
        pick(app, at);
}

/* Enter takes the filtered option, in a choice the selected one; else it closes the list. */
static void enter(struct lw_app *app)
{
    if (app->filtering)
        pick_found(app);
    else if (one_only(app))
        pick(app, app->picker_at);
    else
        leave_picker(app);
}

static void filter_key(struct lw_app *app, struct lw_key key)
{
    lw_type_filter_key(&app->filter, key);
    mark_next(app, 0, 1);
}

static bool is_digit(struct lw_key key)
{
    return key.name == LW_KEY_CHAR && key.ch >= '0' && key.ch <= '9' && !key.ctrl;
}

static bool is_page_key(struct lw_key key)
{
    return key.name == LW_KEY_PGUP || key.name == LW_KEY_PGDN || key.name == LW_KEY_HOME ||
           key.name == LW_KEY_END;
}

void lw_picker_key(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    size_t option;
    unsay_warning(app);
    if (!app->filtering && !lw_option_of_key(lw_app_question(app), key.ch, &option))
        key = lw_key_alias(key, app->keys->digit_row);
    if (app->filtering && (key.name == LW_KEY_CHAR || key.name == LW_KEY_BACKSPACE))
        filter_key(app, key);
    else if (key.name == LW_KEY_UP)
        mark_next(app, app->picker_at - 1, -1);
    else if (key.name == LW_KEY_DOWN)
        mark_next(app, app->picker_at + 1, 1);
    else if (is_page_key(key))
        mark_page(app, key.name);
    else if (key.name == LW_KEY_SPACE && can_pick(app, app->picker_at))
        pick(app, app->picker_at);
    else if (key.name == LW_KEY_ENTER)
        enter(app);
    else if (key.name == LW_KEY_ESC || key.name == LW_KEY_TAB)
        leave_picker(app);
    else if (is_digit(key))
        lw_picker_pick(app, key.ch == '0' ? LW_DIGITS : (int)(key.ch - '0'));
    else if (key.name == LW_KEY_CHAR && key.ch == '/' && !key.ctrl)
        app->filtering = true;
    else if (key.name == LW_KEY_CHAR && !key.ctrl &&
             lw_option_of_key(lw_app_question(app), key.ch, &option))
        pick(app, option);
    else if (id == LW_CMD_FLAG || id == LW_CMD_QUIT)
        leave_picker(app);
}
