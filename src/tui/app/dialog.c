/* The boxes in which lines and texts are typed. */
#include "tui/app/app_parts_internal.h"

#include "labelwright/text/utf8.h"
#include "tui/input/typing_internal.h"

#include <stdlib.h>
#include <string.h>

void lw_filter_type(struct lw_buf *filter, struct lw_key key)
{
    char bytes[4];
    if (key.name == LW_KEY_SPACE)
        lw_buf_char(filter, ' ');
    else if (key.name == LW_KEY_CHAR && !key.ctrl && !key.meta)
        lw_buf_add(filter, bytes, lw_utf8_encode(key.ch, bytes));
    else if (key.name == LW_KEY_BACKSPACE && filter->len > 0) {
        do
            filter->data[--filter->len] = '\0';
        while (filter->len > 0 && (filter->data[filter->len] & 0xC0) == 0x80);
    }
}

/* --- typing ---------------------------------------------------------------------------------- */

void lw_app_begin_dialog(struct lw_app *d, enum lw_dialog_for what, const char *s, size_t n)
{
    lw_edit_free(d->input);
    d->input = lw_edit_new(s, n, what != LW_DIALOG_TEXT && what != LW_DIALOG_EDIT);
    d->input_for = what;
    d->over = what == LW_DIALOG_EDIT ? LW_OVERLAY_EDIT : LW_OVERLAY_DIALOG;
    json_decref(d->input_was);
    d->input_was = NULL;
    d->input_pushed = false;
    json_decref(d->old_texts);
    d->old_texts = NULL;
    d->old_at = 0;
}

/* A reason typed before is there again. */
void lw_app_open_line(struct lw_app *d, enum lw_dialog_for what)
{
    const char *reason = what == LW_DIALOG_SKIP && lw_sitting_view(d->s)->reason
                             ? lw_sitting_view(d->s)->reason
                             : "";
    lw_app_begin_dialog(d, what, reason, strlen(reason));
}

void lw_app_open_text(struct lw_app *d)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    json_t *old = lw_answer_get(s->opts.project, s->task, s->answers, s->slot[s->focus]);
    struct lw_span text = lw_text_of(old);
    lw_app_begin_dialog(d, LW_DIALOG_TEXT, text.n ? text.s : "", text.n);
    d->input_was = json_deep_copy(old);
    lw_app_offer_old(d);
}

void lw_app_put_text(struct lw_app *d, const char *s, size_t n, int64_t flags)
{
    flags |= d->input_pushed ? LW_TEXT_GOES_ON : 0;
    lw_sitting_run(d->s, &(struct lw_command){LW_CMD_TEXT, flags, s, n});
    d->input_pushed = true;
}

/* Every keystroke goes to the draft at once: an unfinished text survives a crash. */
void lw_app_text_changed(struct lw_app *d)
{
    size_t n;
    const char *s = lw_edit_text(d->input, &n);
    if (d->input_for == LW_DIALOG_SKIP)
        lw_sitting_set_reason(d->s, s, n);
    if (d->input_for == LW_DIALOG_TEXT || d->input_for == LW_DIALOG_EDIT)
        lw_app_put_text(d, s, n, LW_TEXT_OPEN);
    lw_app_correction_refresh(d);
}

void lw_app_offer_old(struct lw_app *d)
{
    struct lw_buf key = {0};
    lw_sitting_clear_message(d->s);
    d->old_texts = lw_sitting_old_texts(d->s);
    lw_keymap_keys(d->keys, LW_CMD_OLD_DRAFT, 1, &key);
    if (json_array_size(d->old_texts) > 0)
        lw_sitting_notify(d->s, LW_TONE_INFO, "%s: bring back the text of an old draft.", key.data);
    lw_buf_fini(&key);
}

/* Replaces the text with the next one of the old drafts; undo restores it. */
static void bring_old(struct lw_app *d)
{
    size_t n = json_array_size(d->old_texts), i = d->old_at;
    if (n == 0) {
        lw_sitting_notify(d->s, LW_TONE_INFO, "No text in old drafts.");
        return;
    }
    const json_t *text = json_array_get(d->old_texts, i);
    if (lw_edit_set(d->input, json_string_value(text), json_string_length(text)))
        lw_app_text_changed(d);
    d->old_at = (i + 1) % n;
    lw_sitting_notify(d->s, LW_TONE_INFO, "Old draft, text %zu of %zu. ^_: undo.", i + 1, n);
}

/* Never for a key that types a character, whatever it is bound to. */
bool lw_app_brings_old(struct lw_app *d, struct lw_key key)
{
    bool types = (key.name == LW_KEY_CHAR && !key.ctrl && !key.meta) || key.name == LW_KEY_SPACE;
    bool brings = !types && lw_keymap_find(d->keys, key).id == LW_CMD_OLD_DRAFT;
    if (brings)
        bring_old(d);
    return brings;
}

bool lw_app_leaves(struct lw_key key)
{
    return key.name == LW_KEY_ESC || (key.ctrl && key.ch == 'c');
}

void lw_app_close_dialog(struct lw_app *d)
{
    lw_edit_free(d->input);
    d->input = NULL;
    json_decref(d->input_was);
    d->input_was = NULL;
    d->over = LW_OVERLAY_NONE;
    if (d->input_for == LW_DIALOG_TEXT || d->input_for == LW_DIALOG_EDIT)
        lw_app_move_on(d);
}

static void leave_line(struct lw_app *d)
{
    lw_app_close_dialog(d);
    lw_sitting_clear_message(d->s);
    if (d->input_for == LW_DIALOG_SKIP && lw_sitting_view(d->s)->reason)
        lw_sitting_notify(d->s, LW_TONE_INFO, "Not skipped. The reason is kept for next time.");
}

static void finish(struct lw_app *d)
{
    size_t n;
    enum lw_dialog_for what = d->input_for;
    const char *typed = lw_edit_text(d->input, &n);
    char *text = lw_strndup(typed, n);
    if (what == LW_DIALOG_TEXT && (d->input_pushed || lw_edit_is_open(d->input_was)))
        lw_app_put_text(d, text, n, 0);
    lw_app_close_dialog(d);
    if (what == LW_DIALOG_SKIP)
        lw_sitting_run(d->s, &(struct lw_command){LW_CMD_SKIP_WITH, 0, text, n});
    else if (what == LW_DIALOG_GO && n > 0)
        lw_sitting_run(d->s, &(struct lw_command){LW_CMD_GO, 0, text, n});
    else if (what == LW_DIALOG_FIND)
        lw_app_find(d, text, n);
    free(text);
}

static void take(struct lw_app *d, enum lw_typed what)
{
    if (what == LW_TYPED_CHANGED)
        lw_app_text_changed(d);
    if (what == LW_TYPED_REFUSED)
        lw_sitting_notify(d->s, LW_TONE_WARNING, "Not text: nothing inserted.");
}

void lw_app_dialog_paste(struct lw_app *d, const char *s, size_t n)
{
    size_t have;
    lw_edit_text(d->input, &have);
    if (have + n > LW_EDIT_MAX) {
        lw_sitting_notify(d->s, LW_TONE_WARNING, "Text too long (over 4 MiB): nothing inserted.");
        return;
    }
    take(d, lw_edit_insert(d->input, s, n) ? LW_TYPED_CHANGED : LW_TYPED_REFUSED);
}

void lw_app_dialog_key(struct lw_app *d, struct lw_key key)
{
    bool text = d->input_for == LW_DIALOG_TEXT;
    bool line_end = (key.name == LW_KEY_ENTER && key.meta) || (key.ctrl && key.ch == 'n');
    if (text && line_end)
        lw_app_dialog_paste(d, "\n", 1);
    else if (key.name == LW_KEY_ENTER || (key.ctrl && key.ch == 'x'))
        finish(d);
    else if (text && lw_app_leaves(key))
        lw_app_leave_text(d);
    else if (lw_app_leaves(key))
        leave_line(d);
    else if (text && key.ctrl && key.ch == 't')
        d->action = LW_ACTION_EXTERNAL_EDITOR;
    else if (!text || !lw_app_brings_old(d, key))
        take(d, lw_type_key(d->input, key, d->cols - 4));
}
