/* The screen of a session: gives each key to the screen that is open, runs the commands of the
 * task's screen, and draws a frame. What a screen does stands in its own file. */
#include "tui/app/app_internal.h"

#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"
#include "tui/app/screens_internal.h"
#include "tui/view/answer_area_internal.h"
#include "tui/view/beside_writing_internal.h"
#include "tui/view/view_boxes_internal.h"
#include "tui/view/view_spans_internal.h"

#include <stdlib.h>

void lw_app_init(struct lw_app *app, struct lw_sitting *s, const struct lw_keymap *keys)
{
    *app = (struct lw_app){.s = s,
        .keys = keys,
        .title = lw_sitting_view(s)->opts.project->title,
        .pictures = {.project = lw_sitting_view(s)->opts.project, .look = {.ascii = true}},
        .rows = 24,
        .cols = 80,
        .how = {.cols = LW_READING_COLS}};
    lw_finish_init(app);
}

void lw_app_fini(struct lw_app *app)
{
    for (int i = 0; i < LW_PANES; i++)
        lw_doc_fini(&app->pane[i].doc);
    lw_doc_fini(&app->page);
    lw_page_find_end(app);
    lw_answer_area_fini(app);
    json_decref(app->talk_texts);
    free(app->page_text);
    lw_edit_free(app->input);
    json_decref(app->input_was);
    json_decref(app->old_texts);
    lw_correction_fini(app);
    lw_buf_fini(&app->filter);
    lw_buf_fini(&app->copied);
    lw_buf_fini(&app->find);
    lw_list_fini(app);
    lw_jump_fini(app);
    lw_marking_fini(app);
    lw_pair_fini(app);
    lw_misspelt_fini_all(app);
    lw_pictures_fini(&app->pictures);
    free(app->card.seen);
    free(app->left_at);
    lw_work_close(app);
    lw_send_fini(app);
    free(app->hit);
    *app = (struct lw_app){0};
}

void lw_app_resize(struct lw_app *app, int rows, int cols)
{
    app->rows = rows;
    app->cols = cols;
    app->laid_out = false;
    if (app->over == LW_OVERLAY_WHOLE) /* the screen cuts other texts now */
        lw_pager_close(app);
    lw_pager_update(app);
    lw_list_update(app);
    lw_jump_update(app);
    lw_entry_update(app);
}

enum lw_app_action lw_app_action(struct lw_app *app)
{
    enum lw_app_action w = app->action;
    app->action = LW_ACTION_NONE;
    return w;
}

/* ---- commands */

/* A correction, or a text to write: the focused one, else the first. */
static bool focus_edited(struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    lw_talk_key_look_at_best(app);
    return (q && q->type == LW_Q_WRITE) || lw_app_focus_type(app, LW_Q_EDIT) ||
           lw_app_focus_type(app, LW_Q_WRITE);
}

static void open_editor(struct lw_app *app, enum lw_command_id id)
{
    const struct lw_sitting_view *s = lw_sitting_view(app->s);
    if (lw_sitting_refuses_settled(app->s, s->slot[s->focus]) ||
        lw_sitting_refuses_growing(app->s, s->slot[s->focus]))
        lw_app_move_on(app); /* back to where the user was */
    else if (id == LW_CMD_EDIT)
        lw_correction_open(app);
    else
        app->action = LW_ACTION_EXTERNAL_EDITOR;
}

static void open_box(struct lw_app *app, enum lw_command_id id)
{
    if (!lw_sitting_check_command(app->s, id))
        return;
    lw_app_save_focus(app);
    if (id == LW_CMD_SKIP)
        lw_dialog_open_line(app, LW_DIALOG_SKIP);
    else if (id == LW_CMD_GO_TO)
        lw_dialog_open_line(app, LW_DIALOG_GO);
    else if (id == LW_CMD_FIND)
        lw_dialog_open_line(app, LW_DIALOG_FIND);
    else if (id == LW_CMD_FLAG && lw_app_focus_type(app, LW_Q_TAGS))
        lw_picker_open(app);
    else if (id == LW_CMD_NOTE && lw_app_focus_type(app, LW_Q_TEXT))
        lw_dialog_open_text(app);
    else if ((id == LW_CMD_EDIT || id == LW_CMD_EDIT_OUTSIDE) && focus_edited(app))
        open_editor(app, id);
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_TAKES_NO,
            id == LW_CMD_FLAG   ? LW_APP_FLAGS
            : id == LW_CMD_NOTE ? LW_APP_NOTE
                                : LW_APP_CORRECTIONS);
}

static void pause(struct lw_app *app)
{
    lw_sitting_pause(app->s, true);
    app->over = LW_OVERLAY_PAUSE;
}

static void put_off(struct lw_app *app)
{
    lw_sitting_rest_later(app->s);
}

static void hide_first(struct lw_app *app)
{
    lw_sitting_hide_first(app->s, !lw_sitting_view(app->s)->hides_all);
    app->laid_out = false;
}

static bool opens_box(enum lw_command_id id)
{
    return id == LW_CMD_FLAG || id == LW_CMD_NOTE || id == LW_CMD_EDIT ||
           id == LW_CMD_EDIT_OUTSIDE || id == LW_CMD_SKIP || id == LW_CMD_GO_TO ||
           id == LW_CMD_FIND;
}

static void search_next(struct lw_app *app)
{
    if (app->word_diff && app->find.len == 0)
        lw_app_next_change(app, 1);
    else
        lw_app_search_again(app, 1);
}

static void search_previous(struct lw_app *app)
{
    if (app->word_diff && app->find.len == 0)
        lw_app_next_change(app, -1);
    else
        lw_app_search_again(app, -1);
}

static void redraw(struct lw_app *app)
{
    app->action = LW_ACTION_REDRAW;
}

static void suspend(struct lw_app *app)
{
    app->action = LW_ACTION_SUSPEND;
}

/* Boxes where the question takes them, or no other takes marks of a text. */
static void mark(struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    bool text = q && (q->type == LW_Q_SPANS || q->on == LW_ON_SPAN);
    if (text || !lw_boxing_open(app))
        lw_marking_open(app);
}

/* Draws the screen once more, and keeps what it cuts short. */
static void open_whole(struct lw_app *app)
{
    struct lw_buf cut = {0};
    struct lw_frame f = {.cut = &cut};
    lw_app_draw(app, &f);
    lw_pager_open_whole(app, &cut);
    lw_frame_fini(&f);
    lw_buf_fini(&cut);
}

/* Commands of the screen; those not in the table open a box or only change how the task is read. */
static void run_command(struct lw_app *app, enum lw_command_id id)
{
    static void (*const run[LW_CMD_TABLE_END])(struct lw_app *) = {
        [LW_CMD_FIND_NEXT] = search_next,
        [LW_CMD_FIND_PREV] = search_previous,
        [LW_CMD_GUIDELINES] = lw_pager_open_guidelines,
        [LW_CMD_HELP] = lw_pager_open_help,
        [LW_CMD_MESSAGES] = lw_pager_open_messages,
        [LW_CMD_WORK] = lw_work_open_page,
        [LW_CMD_WHOLE] = open_whole,
        [LW_CMD_PACE] = lw_work_tell_pace,
        [LW_CMD_OLD_DRAFT] = lw_pager_open_old_drafts,
        [LW_CMD_LIST] = lw_list_open,
        [LW_CMD_HEADINGS] = lw_jump_open_headings,
        [LW_CMD_LINKS] = lw_jump_open_links,
        [LW_CMD_SPELLING] = lw_mistakes_toggle,
        [LW_CMD_NEXT_MISSPELT] = lw_mistakes_next,
        [LW_CMD_PREV_MISSPELT] = lw_mistakes_previous,
        [LW_CMD_PALETTE] = lw_palette_open,
        [LW_CMD_SEND] = lw_send_start,
        [LW_CMD_COPY] = lw_copy_text,
        [LW_CMD_COPY_ID] = lw_copy_id,
        [LW_CMD_THEME] = lw_themes_open,
        [LW_CMD_REMAP] = lw_remap_open,
        [LW_CMD_PAUSE] = pause,
        [LW_CMD_LATER] = put_off,
        [LW_CMD_STOP_TODAY] = lw_leaving_open_for_today,
        [LW_CMD_HIDE_FIRST] = hide_first,
        [LW_CMD_FIRST_ROW] = lw_opening_take_first_row,
        [LW_CMD_REDRAW] = redraw,
        [LW_CMD_SUSPEND] = suspend,
        [LW_CMD_QUIT] = lw_leaving_open,
        [LW_CMD_SPAN] = mark,
        [LW_CMD_SAY] = lw_talk_key_say,
        [LW_CMD_SAY_ANEW] = lw_talk_key_say_anew,
        [LW_CMD_ASK] = lw_talk_key_ask,
        [LW_CMD_GO_ON] = lw_talk_key_go_on,
        [LW_CMD_STOP] = lw_talk_key_stop,
    };
    if (run[id])
        run[id](app);
    else if (opens_box(id))
        open_box(app, id);
    else
        lw_app_read(app, id);
}

static bool changes_answers(enum lw_command_id id)
{
    return id == LW_CMD_DIGIT || id == LW_CMD_LESS || id == LW_CMD_MORE || id == LW_CMD_MUCH_LESS ||
           id == LW_CMD_MUCH_MORE || id == LW_CMD_TIE || id == LW_CMD_NOT_RANKABLE ||
           id == LW_CMD_ACCEPT || id == LW_CMD_ACCEPT_ALL || id == LW_CMD_REPEAT ||
           id == LW_CMD_MACRO || id == LW_CMD_SAY || id == LW_CMD_SAY_ANEW || id == LW_CMD_ASK ||
           id == LW_CMD_GO_ON || id == LW_CMD_SUBMIT || id == LW_CMD_FLAG || id == LW_CMD_NOTE ||
           id == LW_CMD_EDIT || id == LW_CMD_EDIT_OUTSIDE;
}

/* A correction has the whole text. */
static bool shows_all(enum lw_command_id id)
{
    return id == LW_CMD_EDIT || id == LW_CMD_EDIT_OUTSIDE;
}

/* The list of the focused question's options. */
static bool open_options(struct lw_app *app)
{
    if (!lw_sitting_check_command(app->s, LW_CMD_FLAG) || lw_app_refuses_covered(app) ||
        lw_app_refuses_unseen(app))
        return false;
    lw_app_save_focus(app);
    lw_picker_open(app);
    return true;
}

/* A digit on flags opens their list: the user sees what it changed and what the next one will do.
 */
static void flag_digit(struct lw_app *app, int64_t number)
{
    if (!lw_sitting_guards_answer(app->s) && !lw_ranking_repeats(app->s, (int)number) &&
        open_options(app))
        lw_picker_pick(app, number ? (int)number : 10);
}

/* Where not all responses are on the screen: the one that is looked at; else -1. */
static int filled_response(const struct lw_app *app)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    bool all = !v->task || app->npanes == 1 + (int)v->task->nresponses;
    return all || app->npanes == 1 ? -1 : v->order[app->place];
}

/* Its id: of the one that the active pane shows, else of the one that is looked at. */
static const char *response_in_view(const struct lw_app *app)
{
    const struct lw_task *t = lw_sitting_view(app->s)->task;
    int shown = app->npanes > 0 ? app->pane[app->active].response : -1;
    if (!t || t->nresponses == 0)
        return NULL;
    return t->response[shown >= 0 ? shown : lw_sitting_view(app->s)->order[app->place]].id;
}

static void command(struct lw_app *app, struct lw_command c)
{
    if (c.id == LW_CMD_DIGIT) {
        lw_sitting_end_number(app->s, &c);
        lw_layout_update(app); /* question and pane may have moved on */
    }
    if (c.id == LW_CMD_ACCEPT_ALL || c.id == LW_CMD_REPEAT)
        c.number = filled_response(app);
    if (c.id == LW_CMD_MACRO)
        c.text = response_in_view(app);
    const struct lw_question *q = lw_app_question(app);
    if (changes_answers(c.id) &&
        (shows_all(c.id) ? lw_app_refuses_hidden(app) : lw_app_refuses_covered(app)))
        return;
    if (changes_answers(c.id) && c.id != LW_CMD_SUBMIT && lw_app_refuses_unseen(app))
        return;
    if (c.id == LW_CMD_DIGIT && q && q->type == LW_Q_TAGS)
        flag_digit(app, c.number);
    else if (c.id == LW_CMD_MACRO || lw_command_table[c.id].who == LW_WHO_SITTING)
        lw_sitting_run(app->s, &c);
    else
        run_command(app, c.id);
    if (app->word_diff && lw_diff_is_of_answers(app)) /* one may have changed */
        app->laid_out = false;
}

static bool takes_text(const struct lw_question *q)
{
    return q->type == LW_Q_TEXT || q->type == LW_Q_EDIT || q->type == LW_Q_WRITE;
}

/* A talk goes on where it can; else its text is read on. */
static bool talk_opens(struct lw_app *app, const struct lw_question *q)
{
    const json_t *talk = lw_sitting_talk(app->s);
    if (q->type != LW_Q_TALK || lw_talk_live(talk) > 0)
        return false;
    lw_talk_key_say(app);
    return true;
}

/* Space opens a focused question that is answered in a box, or places the response that the arrows
 * chose; otherwise it pages down. */
static bool space_opens(struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    int candidate = lw_sitting_view(app->s)->candidate;
    if (q && q->type == LW_Q_RANK && candidate >= 0) {
        if (!lw_app_refuses_hidden(app))
            lw_sitting_run(app->s, &(struct lw_command){.id = LW_CMD_TOGGLE, .number = candidate});
        return true;
    }
    if (q && (q->type == LW_Q_SPANS || q->type == LW_Q_BOXES)) {
        mark(app);
        return true;
    }
    if (q && talk_opens(app, q))
        return true;
    if (!q || (q->type != LW_Q_TAGS && !takes_text(q) && !lw_picker_is_needed(q)))
        return false;
    if (takes_text(q))
        command(app, (struct lw_command){.id = q->type == LW_Q_TEXT ? LW_CMD_NOTE : LW_CMD_EDIT});
    else
        open_options(app);
    return true;
}

/* ---- keys */

static bool accepts_digits(const struct lw_app *app)
{
    const struct lw_question *q = lw_app_question(app);
    return q && !takes_text(q);
}

/* Tells once how to make the signs of another keyboard's digit row count as digits. */
static void notify_unknown_key(struct lw_app *app, struct lw_key key)
{
    int digit;
    struct lw_buf name = {0};
    const char *row =
        accepts_digits(app) && !app->hinted_digit_row ? lw_key_digit_row(key, &digit) : NULL;
    lw_key_print(key, &name);
    if (row)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_KEY_IS_DIGIT, name.data, digit, row);
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_KEY_UNKNOWN, name.data);
    app->hinted_digit_row = app->hinted_digit_row || row;
    lw_buf_fini(&name);
}

/* Keyboards first repeat a held key after half a second: by then it has submitted its task, and the
 * guard of the next task against other keys is over. */
static bool is_still_held(struct lw_app *app, struct lw_key key)
{
    bool first =
        app->submitted_to == lw_sitting_view(app->s)->show_count; /* key pressed on this task */
    app->submitted_to = 0;
    return first && lw_key_is_same(key, app->submitter) && lw_sitting_guards_held_key(app->s);
}

/* False: the key means nothing here. */
static bool run_key(struct lw_app *app, struct lw_key key)
{
    struct lw_command c = lw_keymap_find(app->keys, key);
    if (c.id != LW_CMD_TAKE_BACK) /* cancels the undo that the user was warned of */
        lw_sitting_disarm_undo(app->s);
    if ((key.name == LW_KEY_SPACE && space_opens(app)) || lw_app_option_key(app, key))
        return true;
    if (c.id != LW_CMD_COUNT)
        command(app, c);
    else if (!lw_app_option_key(app, lw_key_alias(key, app->keys->digit_row))) {
        if (key.name != LW_KEY_ESC)
            notify_unknown_key(app, key);
        return false;
    }
    return true;
}

static void task_key(struct lw_app *app, struct lw_key key)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    size_t shows = v->show_count;
    if (is_still_held(app, key))
        return;
    lw_opening_log(app);
    if (run_key(app, key))
        app->opening.open = false;
    if (v->saved && v->show_count != shows) {
        bool undid = lw_keymap_find(app->keys, key).id == LW_CMD_TAKE_BACK;
        if (app->undo_hint == LW_HINT_WAITS && !undid)
            app->undo_hint = LW_HINT_NOW;
        app->submitter = key;
        app->submitted_to = v->show_count;
    }
}

/* It comes unasked: neither a key that is still held nor one typed ahead closes it. */
static void note_key(struct lw_app *app, struct lw_key key)
{
    if (!is_still_held(app, key) && !lw_sitting_guards_note(app->s))
        lw_note_key(app, key);
}

static void palette_key(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id;
    if (lw_palette_key(app, key, &id))
        command(app, (struct lw_command){.id = id});
}

static void pause_key(struct lw_app *app, struct lw_key key)
{
    (void)key;
    lw_sitting_pause(app->s, false);
    app->over = LW_OVERLAY_NONE;
}

static void too_small_key(struct lw_app *app, struct lw_key key)
{
    if (lw_keymap_find(app->keys, key).id == LW_CMD_QUIT)
        app->action = LW_ACTION_LEAVE;
    if (lw_keymap_find(app->keys, key).id == LW_CMD_SUSPEND)
        app->action = LW_ACTION_SUSPEND;
}

static void paste(struct lw_app *app, const char *text, size_t n)
{
    if (app->spelling.word)
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_PASTE_IGNORED, n);
    else if (app->over == LW_OVERLAY_EDIT)
        lw_correction_paste(app, text, n);
    else if (app->over == LW_OVERLAY_DIALOG)
        lw_entry_paste(app, text, n);
    else
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_PASTE_IGNORED, n);
}

/* On any screen but a page, which cuts nothing. Letters there mean something else. */
static bool asks_for_whole(const struct lw_app *app, struct lw_key key)
{
    bool page = app->over >= LW_OVERLAY_HELP && app->over <= LW_OVERLAY_NOTE;
    bool letter = key.name == LW_KEY_CHAR && !key.ctrl && !key.meta;
    return app->over != LW_OVERLAY_NONE && app->over != LW_OVERLAY_PAUSE && !page && !letter &&
           lw_keymap_find(app->keys, key).id == LW_CMD_WHOLE;
}

static bool is_about_the_focus(enum lw_overlay over)
{
    return over == LW_OVERLAY_PICKER || over == LW_OVERLAY_DIALOG || over == LW_OVERLAY_EDIT ||
           over == LW_OVERLAY_MARKING || over == LW_OVERLAY_BOXING || over == LW_OVERLAY_MISSPELT;
}

/* A box whose question is asked no more closes: what it was about is not there. */
static void close_gone(struct lw_app *app)
{
    bool gone = app->gone != lw_sitting_view(app->s)->gone_count;
    app->gone = lw_sitting_view(app->s)->gone_count;
    bool line = app->over == LW_OVERLAY_DIALOG && app->input_for != LW_DIALOG_TEXT;
    if (!gone || line || !is_about_the_focus(app->over))
        return;
    if (app->input)
        lw_entry_close(app);
    app->over = LW_OVERLAY_NONE;
    app->laid_out = false;
    lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_GONE);
}

void lw_app_key(struct lw_app *app, struct lw_key key, const char *text, size_t n)
{
    static void (*const on_key[])(struct lw_app *, struct lw_key) = {
        [LW_OVERLAY_NONE] = task_key,
        [LW_OVERLAY_PICKER] = lw_picker_key,
        [LW_OVERLAY_PALETTE] = palette_key,
        [LW_OVERLAY_LIST] = lw_list_key,
        [LW_OVERLAY_DIALOG] = lw_dialog_key,
        [LW_OVERLAY_EDIT] = lw_correction_key,
        [LW_OVERLAY_JUMP] = lw_jump_key,
        [LW_OVERLAY_MISSPELT] = lw_mistake_key,
        [LW_OVERLAY_MARKING] = lw_marking_key,
        [LW_OVERLAY_BOXING] = lw_boxing_key,
        [LW_OVERLAY_THEMES] = lw_themes_key,
        [LW_OVERLAY_REMAP] = lw_remap_key,
        [LW_OVERLAY_HELP] = lw_pager_key,
        [LW_OVERLAY_GUIDELINES] = lw_pager_key,
        [LW_OVERLAY_OLD] = lw_pager_key,
        [LW_OVERLAY_MESSAGES] = lw_pager_key,
        [LW_OVERLAY_WORK] = lw_pager_key,
        [LW_OVERLAY_WHOLE] = lw_pager_key,
        [LW_OVERLAY_NOTE] = note_key,
        [LW_OVERLAY_FINISH] = lw_finish_key_press,
        [LW_OVERLAY_SEND] = lw_send_key,
        [LW_OVERLAY_CARD] = lw_leaving_key,
        [LW_OVERLAY_PAUSE] = pause_key,
    };
    close_gone(app);
    lw_note_follow(app);
    bool box = app->over != LW_OVERLAY_NONE;
    lw_buf_clear(&app->copied);
    app->spelling.seeking = 0;
    if (app->undo_hint == LW_HINT_NOW)
        app->undo_hint = LW_HINT_OVER;
    lw_sitting_show_guidelines(app->s, app->over == LW_OVERLAY_GUIDELINES);
    if (app->over != LW_OVERLAY_PAUSE)
        lw_sitting_touch(app->s);
    lw_layout_update(app);
    if (lw_sitting_view(app->s)->tone != LW_TONE_ERROR && app->over != LW_OVERLAY_LIST)
        lw_sitting_clear_message(
            app->s); /* it was about the previous key; errors stay until they are over */
    if (key.name == LW_KEY_PASTE)
        paste(app, text, n);
    else if (app->rows < LW_MIN_ROWS || app->cols < LW_MIN_COLS)
        too_small_key(app, key);
    else if (asks_for_whole(app, key))
        open_whole(app);
    else
        on_key[app->over](app, key);
    if (app->turn_said)
        lw_talk_key_said(app);
    if (app->input && lw_edit_take_cut(app->input) && app->action == LW_ACTION_NONE)
        app->action = LW_ACTION_COPY;
    if (box && key.name == LW_KEY_ENTER)
        lw_sitting_restart_enter_guard(app->s);
    lw_note_follow(app);
    lw_finish_follow(app);
}

const char *lw_app_copied(const struct lw_app *app, size_t *n)
{
    *n = app->copied.len;
    if (app->copied.len > 0)
        return app->copied.data;
    return app->input ? lw_edit_cut_text(app->input, n) : "";
}

bool lw_app_work(struct lw_app *app)
{
    return app->pictures.waits         ? lw_app_read_pictures(app)
           : app->spelling.waits       ? lw_mistakes_work(app)
           : lw_likeness_waits(app)    ? lw_likeness_work(app)
           : lw_sitting_counts(app->s) ? lw_sitting_count(app->s)
                                       : lw_list_work(app);
}

/* ---- drawing */

static void draw_task(struct lw_app *app, struct lw_area all)
{
    lw_view_header(app, lw_area_rows(all, 0, 1));
    lw_view_opening(app, lw_area_rows(all, 1, lw_opening_rows(app)));
    lw_view_panes(app, all);
    lw_view_questions(app, all);
    lw_view_reply_cursor(app, all);
    if (app->over == LW_OVERLAY_NONE)
        lw_view_footer(app, lw_area_rows(all, app->rows - 1, 1));
    lw_view_message(app, lw_area_rows(all, app->rows - 2, app->over == LW_OVERLAY_NONE ? 2 : 1));
    if (app->over == LW_OVERLAY_PICKER)
        lw_view_picker(app, all);
    else if (app->over == LW_OVERLAY_PALETTE)
        lw_view_palette(app, all);
    else if (app->over == LW_OVERLAY_DIALOG)
        lw_view_dialog(app, all);
    else if (app->over == LW_OVERLAY_THEMES)
        lw_view_themes(app, all);
    else if (app->over == LW_OVERLAY_REMAP)
        lw_view_remap(app, all);
    else if (app->over == LW_OVERLAY_MISSPELT)
        lw_view_misspelt(app, all);
    else if (app->over == LW_OVERLAY_MARKING)
        lw_view_marking(app, all);
    else if (app->over == LW_OVERLAY_BOXING)
        lw_view_boxing(app, all);
}

static void draw_screen(struct lw_app *app, struct lw_area all)
{
    if (app->rows < LW_MIN_ROWS || app->cols < LW_MIN_COLS) {
        lw_view_too_small(app, all);
        return;
    }
    close_gone(app);
    lw_note_follow(app);
    lw_finish_follow(app);
    lw_send_follow(app);
    lw_progress_update(app);
    lw_layout_update(app);
    lw_unread_show(app);
    switch (app->over) {
    case LW_OVERLAY_LIST:
        lw_view_list(app, all);
        break;
    case LW_OVERLAY_JUMP:
        lw_view_jump(app, all);
        break;
    case LW_OVERLAY_EDIT:
        lw_view_correction(app, all);
        break;
    case LW_OVERLAY_HELP:
    case LW_OVERLAY_GUIDELINES:
    case LW_OVERLAY_OLD:
    case LW_OVERLAY_MESSAGES:
    case LW_OVERLAY_WORK:
    case LW_OVERLAY_WHOLE:
    case LW_OVERLAY_NOTE:
        lw_view_pager(app, all);
        break;
    case LW_OVERLAY_FINISH:
        lw_view_finish(app, all);
        break;
    case LW_OVERLAY_SEND:
        lw_view_sending(app, all);
        break;
    case LW_OVERLAY_CARD:
        lw_view_leaving(app, all);
        break;
    case LW_OVERLAY_PAUSE:
        lw_view_pause(app, all);
        break;
    default:
        draw_task(app, all);
    }
    if (app->over == LW_OVERLAY_NONE && lw_sitting_view(app->s)->task)
        lw_unread_note(app);
}

void lw_app_draw(struct lw_app *app, struct lw_frame *f)
{
    lw_frame_resize(f, app->rows, app->cols);
    draw_screen(app, lw_area_all(f));
    lw_uncovered_note(app);
}
