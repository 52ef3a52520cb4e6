/* What marking spans and marking boxes share: the keys of tags, and how a list of marks becomes the
 * answer and is taken back. */
#include "tui/app/screens_internal.h"

#include <stdlib.h>
#include <string.h>

void lw_app_focus_slot(struct lw_app *app, struct lw_slot slot)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    for (size_t i = 0; i < v->nslots; i++)
        if (v->slot[i].question == slot.question && v->slot[i].item == slot.item && i != v->focus)
            lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = (int64_t)i});
}

/* None at all is no answer. */
static bool is_answer(const struct lw_sitting_view *v, struct lw_slot slot, const json_t *value)
{
    const json_t *now = lw_answer_get(v->opts.project, v->task, v->answers, slot);
    return now ? json_equal(value, now) : json_array_size(value) == 0;
}

bool lw_app_set_marks(struct lw_app *app, struct lw_slot slot, json_t *value)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    uint64_t shown = v->show_count;
    char *text = json_dumps(value, JSON_COMPACT);
    lw_sitting_run(app->s,
        &(struct lw_command){.id = LW_CMD_SPANS, .text = text, .len = text ? strlen(text) : 0});
    bool taken = v->show_count == shown && is_answer(v, slot, value);
    if (v->show_count == shown)
        lw_app_focus_slot(app, slot);
    free(text);
    json_decref(value);
    return taken;
}

void lw_app_undo_mark(struct lw_app *app, struct lw_slot slot, int *changes)
{
    if (*changes == 0) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_MORE_UNDO);
        return;
    }
    --*changes;
    lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_TAKE_BACK});
    lw_app_focus_slot(app, slot);
}

/* To what is asked next: about the marks, or about something else. */
void lw_app_finish_marking(struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    app->over = LW_OVERLAY_NONE;
    size_t next = v->focus + 1 < v->nslots ? v->focus + 1 : 0;
    lw_sitting_clear_message(app->s);
    lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_MOVE_ON, .number = (int64_t)next});
}

/* ---- keys */

static bool key_of(const struct lw_question *q, struct lw_key key, size_t *option)
{
    int n = key.ch == '0' ? LW_DIGITS : (int)(key.ch - '0');
    if (key.name != LW_KEY_CHAR || key.ctrl || key.meta)
        return false;
    if (lw_option_of_key(q, key.ch, option))
        return true;
    for (*option = 0; key.ch >= '0' && key.ch <= '9' && *option < q->noptions; ++*option)
        if (!q->option[*option].group && --n == 0)
            return true;
    return false;
}

bool lw_app_tag_key(
    const struct lw_app *app, const struct lw_question *q, struct lw_key key, size_t *option)
{
    return key_of(q, key, option) || key_of(q, lw_key_alias(key, app->keys->digit_row), option);
}

static bool run_bound(
    struct lw_app *app, const struct lw_bound_key *keys, size_t n, struct lw_key key)
{
    struct lw_key k;
    for (size_t i = 0; i < n; i++)
        if (lw_key_parse(keys[i].key, &k) && lw_key_is_same(k, key)) {
            keys[i].run(app, keys[i].by);
            return true;
        }
    return false;
}

void lw_app_marking_key(
    struct lw_app *app, const struct lw_bound_key *keys, size_t n, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    struct lw_buf name = {0};
    if (id == LW_CMD_REDRAW) {
        app->action = LW_ACTION_REDRAW;
    } else if (id == LW_CMD_SUSPEND) {
        app->action = LW_ACTION_SUSPEND;
    } else if (!run_bound(app, keys, n, key) &&
               !run_bound(app, keys, n, lw_key_alias(key, app->keys->digit_row))) {
        lw_key_print(key, &name);
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_MARKING_KEY, name.data);
        lw_buf_fini(&name);
    }
}
