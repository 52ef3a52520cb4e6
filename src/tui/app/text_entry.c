/* A text while it is typed, in a dialog or in the correction editor: begins, reaches the draft with
 * every key, takes over texts of old drafts, is left unfinished, ends. */
#include "tui/app/screens_internal.h"

#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#include <stdlib.h>
#include <string.h>

/* ---- beginning and ending */

void lw_entry_begin(struct lw_app *app, enum lw_dialog_for what, const char *s, size_t n)
{
    lw_misspelt_typed_fini(app);
    lw_edit_free(app->input);
    app->input = lw_edit_new(s, n, what != LW_DIALOG_TEXT && what != LW_DIALOG_EDIT);
    app->input_for = what;
    app->over = what == LW_DIALOG_EDIT ? LW_OVERLAY_EDIT : LW_OVERLAY_DIALOG;
    json_decref(app->input_was);
    app->input_was = NULL;
    app->input_pushed = app->input_late = false;
    json_decref(app->old_texts);
    app->old_texts = NULL;
    app->old_at = 0;
}

void lw_entry_close(struct lw_app *app)
{
    lw_edit_free(app->input);
    app->input = NULL;
    json_decref(app->input_was);
    app->input_was = NULL;
    app->over = LW_OVERLAY_NONE;
    if (app->input_for == LW_DIALOG_TEXT || app->input_for == LW_DIALOG_EDIT)
        lw_app_move_on(app);
    lw_misspelt_typed_fini(app);
    if (app->input_for == LW_DIALOG_EDIT)
        lw_correction_fini(app);
    /* Notes may be in other languages than the panes. */
    if (app->input_for == LW_DIALOG_EDIT || app->spelling.in_panes)
        app->laid_out = false;
}

void lw_entry_update(struct lw_app *app)
{
    struct lw_edit_hull change;
    if (!app->input)
        return;
    if (app->input_for == LW_DIALOG_EDIT)
        lw_correction_update(app);
    else
        lw_misspelt_typed_update(app, lw_edit_take_change(app->input, &change));
}

/* ---- into the draft */

void lw_entry_answer(struct lw_app *app, const char *s, size_t n, int64_t flags)
{
    flags |= app->input_pushed ? LW_TEXT_GOES_ON : 0;
    lw_sitting_run(app->s, &(struct lw_command){LW_CMD_TEXT, flags, s, n});
    app->input_pushed = true;
    app->input_late = false;
}

void lw_app_flush(struct lw_app *app)
{
    if (!app->input || !app->input_late)
        return;
    struct lw_span t = lw_entry_text(app);
    lw_entry_answer(app, t.s, t.n, LW_TEXT_OPEN);
}

/* Every keystroke goes to the draft at once: an unfinished text survives a crash. A long one goes
 * there when the draft is due, as it would take longer than a key may. */
void lw_entry_changed(struct lw_app *app)
{
    enum { LONG = 64 * 1024 };
    struct lw_span t = lw_entry_text(app);
    bool answers = app->input_for == LW_DIALOG_TEXT || app->input_for == LW_DIALOG_EDIT;
    if (app->input_for == LW_DIALOG_SKIP)
        lw_sitting_set_reason(app->s, t.s, t.n);
    app->input_late = answers && t.n > LONG;
    if (app->input_late)
        lw_sitting_expect_text(app->s);
    else if (answers)
        lw_entry_answer(app, t.s, t.n, LW_TEXT_OPEN);
    if (app->correction.asked != LW_ASKED_EACH)
        app->correction.found.n = 0; /* they may be elsewhere now */
    lw_entry_update(app);
}

static void accept(struct lw_app *app, enum lw_typed what)
{
    if (what == LW_TYPED_CHANGED)
        lw_entry_changed(app);
    if (what == LW_TYPED_REFUSED)
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_TEXT);
}

enum lw_typed lw_entry_type(struct lw_app *app, struct lw_key key, int cols)
{
    enum lw_typed what = lw_type_key(app->input, key, cols);
    accept(app, what);
    return what;
}

void lw_entry_paste(struct lw_app *app, const char *s, size_t n)
{
    size_t have;
    lw_edit_text(app->input, &have);
    if (have + n > LW_EDIT_MAX) {
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_TEXT_TOO_LONG);
        return;
    }
    accept(app, lw_edit_insert(app->input, s, n) ? LW_TYPED_CHANGED : LW_TYPED_REFUSED);
}

/* ---- texts of old drafts */

void lw_entry_offer_old(struct lw_app *app)
{
    struct lw_buf key = {0};
    lw_sitting_clear_message(app->s);
    app->old_texts = lw_sitting_old_texts(app->s);
    lw_keymap_keys(app->keys, LW_CMD_OLD_DRAFT, 1, &key);
    if (json_array_size(app->old_texts) > 0)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_OLD_OFFERED, key.data);
    lw_buf_fini(&key);
}

/* Replaces the text with the next one of the old drafts; undo restores it. */
static void bring_old(struct lw_app *app)
{
    size_t n = json_array_size(app->old_texts), i = app->old_at;
    if (n == 0) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_OLD_TEXT);
        return;
    }
    const json_t *text = json_array_get(app->old_texts, i);
    if (lw_edit_set(app->input, json_string_value(text), json_string_length(text)))
        lw_entry_changed(app);
    app->old_at = (i + 1) % n;
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_OLD_TEXT, i + 1, n);
}

/* Never for a key that types a character, whatever it is bound to. */
bool lw_entry_old_key(struct lw_app *app, struct lw_key key)
{
    bool types = (key.name == LW_KEY_CHAR && !key.ctrl && !key.meta) || key.name == LW_KEY_SPACE;
    bool brings = !types && lw_keymap_find(app->keys, key).id == LW_CMD_OLD_DRAFT;
    if (brings)
        bring_old(app);
    return brings;
}

/* ---- leaving it unfinished */

bool lw_entry_is_turn(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    return app->input_for == LW_DIALOG_EDIT && q && q->type == LW_Q_TALK;
}

bool lw_entry_is_leave_key(struct lw_key key)
{
    return key.name == LW_KEY_ESC || (key.ctrl && key.ch == 'c');
}

/* Restores the answer from before, when the text is the same again. */
static void restore(struct lw_app *app)
{
    struct lw_span t = lw_entry_text(app);
    lw_entry_answer(app, t.s, t.n,
        !app->input_was                   ? LW_TEXT_NONE
        : lw_edit_is_open(app->input_was) ? LW_TEXT_OPEN
                                          : 0);
}

/* The text before typing. */
static struct lw_span before(const struct lw_app *app)
{
    struct lw_span was = lw_text_of(app->input_was);
    if (!was.s && app->input_for == LW_DIALOG_EDIT)
        return lw_correction_original(app);
    return was;
}

/* Says that the text is kept only when it is on the disk; otherwise the error is shown. */
static void notify_unfinished(struct lw_app *app, bool undoable)
{
    if (!lw_sitting_ensure_draft(app->s))
        return;
    struct lw_buf again = {0}, undo = {0};
    bool edits = app->input_for == LW_DIALOG_EDIT, turn = lw_entry_is_turn(app);
    lw_keymap_keys(app->keys, turn ? LW_CMD_SAY : edits ? LW_CMD_EDIT : LW_CMD_NOTE, 1, &again);
    lw_keymap_keys(app->keys, LW_CMD_TAKE_BACK, 1, &undo);
    lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_UNFINISHED, again.data, undoable ? ", " : "",
        undoable ? undo.data : "", undoable ? LW_APP_DISCARDS : "");
    lw_buf_fini(&again);
    lw_buf_fini(&undo);
}

/* A turn that says nothing, or what the one says that it would stand beside, is none. */
static void leave_turn(struct lw_app *app)
{
    lw_app_flush(app);
    struct lw_span t = lw_entry_text(app);
    const json_t *talk = lw_sitting_talk(app->s), *typed = json_object_get(talk, "typed");
    const char *beside = json_string_value(json_object_get(typed, "instead"));
    struct lw_span old = lw_text_of(lw_talk_find(talk, beside));
    if (t.n == 0 || lw_span_is_same(t, old)) {
        lw_sitting_type_turn(app->s, NULL, 0, NULL);
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_CHANGE);
    } else {
        notify_unfinished(app, false);
    }
    lw_entry_close(app);
}

void lw_entry_leave(struct lw_app *app)
{
    if (lw_entry_is_turn(app)) {
        leave_turn(app);
        return;
    }
    bool back = lw_span_is_same(lw_entry_text(app), before(app));
    if (back && (app->input_pushed || app->input_late))
        restore(app);
    lw_app_flush(app);
    if (back && !lw_edit_is_open(app->input_was))
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NO_CHANGE);
    else
        notify_unfinished(app, !back);
    lw_entry_close(app);
}

/* ---- kept, with a warning */

void lw_entry_warn_of_kept(struct lw_app *app, const char *sentence)
{
    char *before = lw_strdup(lw_sitting_view(app->s)->message);
    lw_sitting_notify(app->s, LW_TONE_WARNING, "%s%s%s", sentence, before[0] ? " " : "", before);
    free(before);
}
