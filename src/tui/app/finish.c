/* The screen that comes when the last task is finished: where everything is, and one key to each.
 * It comes once: again only when a task is finished again. What is counted is the sitting's, how it
 * looks view_finish.c's. */
#include "tui/app/screens_internal.h"

#include "labelwright/sitting/filter.h"

/* Labels and skips so far, also those undone: it grows with each. */
static size_t finished_so_far(const struct lw_app *app)
{
    const struct lw_ledger *l = lw_sitting_view(app->s)->opts.ledger;
    size_t labels, repeats;
    lw_ledger_entries(l, &labels);
    lw_ledger_repeats(l, &repeats);
    return labels + repeats;
}

void lw_finish_init(struct lw_app *app)
{
    app->finish.seen = finished_so_far(app);
}

static void open_screen(struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_totals t = lw_ledger_totals(v->opts.ledger);
    size_t all = lw_tasks_count(v->opts.tasks);
    app->finish.now = lw_sitting_standing(app->s);
    app->finish.outside =
        v->only && all > t.done + t.skipped ? (uint64_t)all - t.done - t.skipped : 0;
    app->finish.at = 0;
    app->over = LW_OVERLAY_FINISH;
    lw_sitting_restart_enter_guard(app->s);
}

/* A label may also come by itself, when a number ends. */
void lw_finish_follow(struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    size_t so_far = finished_so_far(app);
    if (so_far == app->finish.seen || app->over != LW_OVERLAY_NONE)
        return;
    app->finish.seen = so_far;
    if (v->finished && v->task && lw_tasks_complete(v->opts.tasks))
        open_screen(app);
}

/* ---- keys */

static void back(struct lw_app *app)
{
    app->over = LW_OVERLAY_NONE;
}

static void send(struct lw_app *app)
{
    app->over = LW_OVERLAY_NONE;
    lw_send_start(app);
    if (app->over == LW_OVERLAY_NONE)
        app->over = LW_OVERLAY_FINISH;
}

static void list(struct lw_app *app, enum lw_list_filter which)
{
    lw_list_open(app);
    if (which != LW_LIST_ALL)
        lw_list_show_only(app, which);
}

static void run(struct lw_app *app, enum lw_finish_row row)
{
    static const enum lw_list_filter listed[] = {
        [LW_FINISH_SKIPPED] = LW_LIST_SKIPPED,
        [LW_FINISH_DRAFTS] = LW_LIST_DRAFT,
        [LW_FINISH_LEFT] = LW_LIST_OPEN,
        [LW_FINISH_ALL] = LW_LIST_ALL,
    };
    if (row == LW_FINISH_LEAVE)
        lw_leaving_open(app); /* as q does everywhere: Enter leaves, and sends first */
    else if (row == LW_FINISH_BACK)
        back(app);
    else if (row == LW_FINISH_SEND)
        send(app);
    else
        list(app, listed[row]);
}

static void move(struct lw_app *app, int by)
{
    int at = (int)app->finish.at + by;
    while (at >= 0 && at < LW_FINISH_ROWS && !lw_finish_offers(app, (enum lw_finish_row)at))
        at += by;
    if (at >= 0 && at < LW_FINISH_ROWS)
        app->finish.at = (enum lw_finish_row)at;
}

/* The row of a key; LW_FINISH_ROWS for none. */
static enum lw_finish_row row_of(const struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    struct lw_key latin = lw_key_alias(key, false);
    int row = 0;
    for (; row < LW_FINISH_ROWS; row++) {
        struct lw_finish_key k = lw_finish_key((enum lw_finish_row)row);
        bool letter = k.letter && latin.name == LW_KEY_CHAR && !latin.ctrl && !latin.meta &&
                      latin.ch == (char32_t)k.letter;
        if (letter || (!k.letter && id == k.id))
            break;
    }
    return (enum lw_finish_row)row;
}

static void undo(struct lw_app *app)
{
    back(app);
    lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_TAKE_BACK});
}

static void redraw(struct lw_app *app)
{
    app->action = LW_ACTION_REDRAW;
}

static void suspend(struct lw_app *app)
{
    app->action = LW_ACTION_SUSPEND;
}

/* What needs no task. */
static void other_key(struct lw_app *app, struct lw_key key)
{
    static void (*const others[LW_CMD_TABLE_END])(struct lw_app *) = {
        [LW_CMD_TAKE_BACK] = undo,
        [LW_CMD_HELP] = lw_pager_open_help,
        [LW_CMD_GUIDELINES] = lw_pager_open_guidelines,
        [LW_CMD_MESSAGES] = lw_pager_open_messages,
        [LW_CMD_WORK] = lw_work_open_page,
        [LW_CMD_PACE] = lw_work_tell_pace,
        [LW_CMD_REDRAW] = redraw,
        [LW_CMD_SUSPEND] = suspend,
    };
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    if (id < LW_CMD_TABLE_END && others[id])
        others[id](app);
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_FINISH_KEYS);
}

void lw_finish_key_press(struct lw_app *app, struct lw_key key)
{
    enum lw_finish_row row = row_of(app, key);
    bool enter = key.name == LW_KEY_ENTER || key.name == LW_KEY_SPACE;
    if (enter && lw_sitting_guards_note(app->s))
        return;
    if (key.name == LW_KEY_UP || key.name == LW_KEY_BACKTAB)
        move(app, -1);
    else if (key.name == LW_KEY_DOWN || key.name == LW_KEY_TAB)
        move(app, 1);
    else if (enter)
        run(app, app->finish.at);
    else if (key.name == LW_KEY_ESC)
        back(app);
    else if (row < LW_FINISH_ROWS && lw_finish_offers(app, row))
        run(app, row);
    else
        other_key(app, key);
}
