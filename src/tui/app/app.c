#include "tui/app/app_parts_internal.h"

#include "labelwright/workspace/known_journals.h"

#include <stdlib.h>
#include <string.h>

void lw_app_init(struct lw_app *d, struct lw_sitting *s, const struct lw_keymap *keys)
{
    *d = (struct lw_app){.s = s,
        .keys = keys,
        .who = lw_sitting_view(s)->opts.project->title,
        .rows = 24,
        .cols = 80};
}

void lw_app_fini(struct lw_app *d)
{
    for (int i = 0; i < LW_PANES; i++)
        lw_doc_fini(&d->pane[i].doc);
    lw_doc_fini(&d->page);
    free(d->page_text);
    lw_edit_free(d->input);
    json_decref(d->input_was);
    json_decref(d->old_texts);
    lw_app_correction_fini(d);
    lw_buf_fini(&d->filter);
    lw_buf_fini(&d->find);
    lw_app_list_fini(d);
    lw_app_send_fini(d);
    free(d->hit);
    *d = (struct lw_app){0};
}

void lw_app_resize(struct lw_app *d, int rows, int cols)
{
    d->rows = rows;
    d->cols = cols;
    d->laid_out = false;
    lw_app_pager_refresh(d);
    lw_app_list_refresh(d);
    lw_app_correction_refresh(d);
}

const struct lw_question *lw_app_question(const struct lw_app *d)
{
    const struct lw_sitting_view *s = lw_sitting_view(d->s);
    return s->task && s->nslots ? &s->opts.project->question[s->slot[s->focus].question] : NULL;
}

enum lw_app_action lw_app_action(struct lw_app *d)
{
    enum lw_app_action w = d->action;
    d->action = LW_ACTION_NONE;
    return w;
}

/* --- reading --------------------------------------------------------------------------------- */

static struct lw_pane *active(struct lw_app *d)
{
    return &d->pane[d->active];
}

static void scroll_pane(struct lw_pane *p, long by)
{
    long last = (long)lw_pane_last(p), to = (long)p->top + by;
    p->top = (size_t)(to < 0 ? 0 : to > last ? last : to);
}

static void scroll(struct lw_app *d, long by)
{
    scroll_pane(active(d), by);
    if (d->link && lw_app_pair(d) && d->active > 0)
        scroll_pane(&d->pane[3 - d->active], by);
}

static void scroll_by(struct lw_app *d, enum lw_command_id id)
{
    const struct lw_pane *p = active(d);
    if (id == LW_CMD_PAGE_DOWN && p->top >= lw_pane_last(p) && d->npanes > 1)
        lw_app_other_pane(d);
    else
        scroll(d, lw_app_scrolls(id, p->rows - 1, (long)p->doc.n));
}

static void flip(struct lw_app *d, bool *flag)
{
    *flag = !*flag;
    d->laid_out = false;
}

static void read_command(struct lw_app *d, enum lw_command_id id)
{
    switch (id) {
    case LW_CMD_PANE:
        lw_app_other_pane(d);
        break;
    case LW_CMD_ZOOM:
        flip(d, &d->zoom);
        break;
    case LW_CMD_RAW:
        flip(d, &d->raw);
        break;
    case LW_CMD_FOLD:
        flip(d, &d->fold);
        break;
    default:
        scroll_by(d, id);
    }
}

static void link_scroll(struct lw_app *d)
{
    if (!lw_app_pair(d)) {
        lw_sitting_notify(d->s, LW_TONE_INFO, "Only one response here.");
        return;
    }
    d->link = !d->link;
    lw_sitting_notify(d->s, LW_TONE_INFO,
        d->link ? "Responses scroll together. l: scroll separately."
                : "Responses scroll separately.");
}

static void curtain(struct lw_app *d)
{
    if (!lw_app_curtain_tag(d))
        lw_sitting_notify(d->s, LW_TONE_INFO, "This task is not hidden.");
    else
        flip(d, &d->revealed);
}

/* --- commands -------------------------------------------------------------------------------- */

static void open_box(struct lw_app *d, enum lw_command_id id)
{
    if (!lw_sitting_check_command(d->s, id))
        return;
    lw_app_leave_home(d);
    if (id == LW_CMD_SKIP)
        lw_app_open_line(d, LW_DIALOG_SKIP);
    else if (id == LW_CMD_GO_TO)
        lw_app_open_line(d, LW_DIALOG_GO);
    else if (id == LW_CMD_FIND)
        lw_app_open_line(d, LW_DIALOG_FIND);
    else if (id == LW_CMD_FLAG && lw_app_focus_type(d, LW_Q_TAGS))
        lw_app_open_picker(d);
    else if (id == LW_CMD_NOTE && lw_app_focus_type(d, LW_Q_TEXT))
        lw_app_open_text(d);
    else if (id == LW_CMD_EDIT && lw_app_focus_type(d, LW_Q_EDIT))
        lw_app_open_edit(d);
    else if (id == LW_CMD_EDIT_OUTSIDE && lw_app_focus_type(d, LW_Q_EDIT))
        d->action = LW_ACTION_EXTERNAL_EDITOR;
    else
        lw_sitting_notify(d->s, LW_TONE_INFO, "This task takes no %s.",
            id == LW_CMD_FLAG   ? "flags"
            : id == LW_CMD_NOTE ? "note"
                                : "corrections");
}

static void pause(struct lw_app *d)
{
    lw_sitting_pause(d->s, true);
    d->over = LW_OVERLAY_PAUSE;
}

/* The summary checks the journal as `verify` does. */
static void open_card(struct lw_app *d)
{
    enum { SEGMENTS = 8 }; /* about 64 MiB, a tenth of a second */
    const struct lw_sitting_opts *w = &lw_sitting_view(d->s)->opts;
    d->over = LW_OVERLAY_CARD;
    d->draft_kept = lw_sitting_ensure_draft(d->s);
    d->card.checked = lw_journal_head(w->journal).segment <= SEGMENTS &&
                      lw_known_verify(w->sys, w->dir, lw_journal_name(w->journal), true, NULL, NULL,
                          &d->card.verdict, NULL) == LW_OK;
}

static bool opens_box(enum lw_command_id id)
{
    return id == LW_CMD_FLAG || id == LW_CMD_NOTE || id == LW_CMD_EDIT ||
           id == LW_CMD_EDIT_OUTSIDE || id == LW_CMD_SKIP || id == LW_CMD_GO_TO ||
           id == LW_CMD_FIND;
}

static void desk_command(struct lw_app *d, enum lw_command_id id)
{
    switch (id) {
    case LW_CMD_FIND_NEXT:
    case LW_CMD_FIND_PREV:
        lw_app_find_again(d, id == LW_CMD_FIND_NEXT ? 1 : -1);
        break;
    case LW_CMD_LINK:
        link_scroll(d);
        break;
    case LW_CMD_CURTAIN:
        curtain(d);
        break;
    case LW_CMD_GUIDELINES:
        lw_app_open_guidelines(d);
        break;
    case LW_CMD_HELP:
        lw_app_open_help(d);
        break;
    case LW_CMD_MESSAGES:
        lw_app_open_messages(d);
        break;
    case LW_CMD_OLD_DRAFT:
        lw_app_open_old(d);
        break;
    case LW_CMD_LIST:
        lw_app_open_list(d);
        break;
    case LW_CMD_PALETTE:
        lw_app_open_palette(d);
        break;
    case LW_CMD_SEND:
        lw_app_send(d);
        break;
    case LW_CMD_PAUSE:
        pause(d);
        break;
    case LW_CMD_REDRAW:
        d->action = LW_ACTION_REDRAW;
        break;
    case LW_CMD_SUSPEND:
        d->action = LW_ACTION_SUSPEND;
        break;
    case LW_CMD_QUIT:
        open_card(d);
        break;
    default:
        if (opens_box(id))
            open_box(d, id);
        else if (lw_sitting_view(d->s)->task && id == LW_CMD_WORD_DIFF)
            lw_app_word_diff(d);
        else if (lw_sitting_view(d->s)->task)
            read_command(d, id);
    }
}

bool lw_app_refuses_hidden(struct lw_app *d)
{
    bool hidden = lw_app_hidden(d);
    if (hidden)
        lw_sitting_notify(d->s, LW_TONE_WARNING, "This task is hidden. Press z to show it.");
    return hidden;
}

static bool changes_answers(enum lw_command_id id)
{
    return id == LW_CMD_DIGIT || id == LW_CMD_LESS || id == LW_CMD_MORE || id == LW_CMD_SUBMIT ||
           id == LW_CMD_FLAG || id == LW_CMD_NOTE || id == LW_CMD_EDIT || id == LW_CMD_EDIT_OUTSIDE;
}

/* The list of the focused question's options. */
static bool open_options(struct lw_app *d)
{
    if (!lw_sitting_check_command(d->s, LW_CMD_FLAG) || lw_app_refuses_hidden(d) ||
        lw_app_missed_target(d))
        return false;
    lw_app_leave_home(d);
    lw_app_open_picker(d);
    return true;
}

/* A digit on flags opens their list: the user sees what it changed and what the next one will do.
 */
static void flag_digit(struct lw_app *d, int64_t number)
{
    if (!lw_sitting_guards_answer(d->s) && open_options(d))
        lw_app_pick_nth(d, number ? (int)number : 10);
}

void lw_app_command(struct lw_app *d, struct lw_command c)
{
    if (c.id == LW_CMD_DIGIT) {
        lw_sitting_end_number(d->s, &c);
        lw_app_layout(d); /* question and pane may have moved on */
    }
    const struct lw_question *q = lw_app_question(d);
    if (changes_answers(c.id) && lw_app_refuses_hidden(d))
        return;
    if (changes_answers(c.id) && c.id != LW_CMD_SUBMIT && lw_app_missed_target(d))
        return;
    if (c.id == LW_CMD_DIGIT && q && q->type == LW_Q_TAGS)
        flag_digit(d, c.number);
    else if (lw_command_table[c.id].who == LW_WHO_SITTING)
        lw_sitting_run(d->s, &c);
    else
        desk_command(d, c.id);
    if (d->word_diff) /* an answer may have changed */
        d->laid_out = false;
}

/* Space opens a focused question that is answered in a box; otherwise it pages down. */
static bool space_opens(struct lw_app *d)
{
    const struct lw_question *q = lw_app_question(d);
    if (!q ||
        (q->type != LW_Q_TAGS && q->type != LW_Q_TEXT && q->type != LW_Q_EDIT && !lw_app_lists(q)))
        return false;
    if (q->type == LW_Q_TEXT || q->type == LW_Q_EDIT)
        lw_app_command(
            d, (struct lw_command){.id = q->type == LW_Q_TEXT ? LW_CMD_NOTE : LW_CMD_EDIT});
    else
        open_options(d);
    return true;
}

static bool takes_digits(const struct lw_app *d)
{
    const struct lw_question *q = lw_app_question(d);
    return q && q->type != LW_Q_TEXT && q->type != LW_Q_EDIT;
}

/* Tells once how to make the signs of another keyboard's digit row count as digits. */
static void say_no_key(struct lw_app *d, struct lw_key key)
{
    int digit;
    struct lw_buf name = {0};
    const char *row = takes_digits(d) && !d->told_digit_row ? lw_key_digit_row(key, &digit) : NULL;
    lw_key_print(key, &name);
    if (row)
        lw_sitting_notify(d->s, LW_TONE_INFO,
            "%s is not a key. For %d, set digit_row: %s in config.yaml.", name.data, digit, row);
    else
        lw_sitting_notify(d->s, LW_TONE_INFO, "%s is not a key here. ? shows the keys.", name.data);
    d->told_digit_row = d->told_digit_row || row;
    lw_buf_fini(&name);
}

/* Keyboards first repeat a held key after half a second: by then it has submitted its task, and the
 * guard of the next task against other keys is over. */
static bool is_still_held(struct lw_app *d, struct lw_key key)
{
    bool first =
        d->submitted_to == lw_sitting_view(d->s)->show_count; /* key pressed on this task */
    d->submitted_to = 0;
    return first && lw_key_is_same(key, d->submitter) && lw_sitting_guards_held_key(d->s);
}

static void obey(struct lw_app *d, struct lw_key key)
{
    struct lw_command c = lw_keymap_find(d->keys, key);
    if (c.id != LW_CMD_TAKE_BACK) /* cancels the undo that the user was warned of */
        lw_sitting_disarm_undo(d->s);
    if ((key.name == LW_KEY_SPACE && space_opens(d)) || lw_app_option_key(d, key))
        return;
    if (c.id != LW_CMD_COUNT)
        lw_app_command(d, c);
    else if (lw_app_option_key(d, lw_key_alias(key, d->keys->digit_row)))
        return;
    else if (key.name != LW_KEY_ESC)
        say_no_key(d, key);
}

static void task_key(struct lw_app *d, struct lw_key key)
{
    const struct lw_sitting_view *v = lw_sitting_view(d->s);
    size_t shows = v->show_count;
    if (is_still_held(d, key))
        return;
    obey(d, key);
    if (v->saved && v->show_count != shows) {
        d->submitter = key;
        d->submitted_to = v->show_count;
    }
}

static void card_key(struct lw_app *d, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(d->keys, key).id;
    if (d->send.leave_at) /* any key ends the wait */
        d->action = LW_ACTION_LEAVE;
    else if (key.name == LW_KEY_ENTER || (id == LW_CMD_QUIT && key.ctrl))
        lw_app_part(d);
    else if (id == LW_CMD_SEND)
        lw_app_send(d);
    else
        d->over = LW_OVERLAY_NONE;
}

static void pause_key(struct lw_app *d, struct lw_key key)
{
    (void)key;
    lw_sitting_pause(d->s, false);
    d->over = LW_OVERLAY_NONE;
}

static void too_small_key(struct lw_app *d, struct lw_key key)
{
    if (lw_keymap_find(d->keys, key).id == LW_CMD_QUIT)
        d->action = LW_ACTION_LEAVE;
    if (lw_keymap_find(d->keys, key).id == LW_CMD_SUSPEND)
        d->action = LW_ACTION_SUSPEND;
}

static void paste(struct lw_app *d, const char *text, size_t n)
{
    if (d->over == LW_OVERLAY_DIALOG || (d->over == LW_OVERLAY_EDIT && !d->correction.find))
        lw_app_dialog_paste(d, text, n);
    else
        lw_sitting_notify(
            d->s, LW_TONE_WARNING, "Paste ignored (%zu bytes): not in a text box.", n);
}

bool lw_app_types(const struct lw_app *d)
{
    return d->over == LW_OVERLAY_DIALOG || d->over == LW_OVERLAY_EDIT ||
           d->over == LW_OVERLAY_PALETTE || (d->over == LW_OVERLAY_PICKER && d->filtering) ||
           (d->over == LW_OVERLAY_LIST && d->list.typing != LW_TYPING_NONE);
}

void lw_app_key(struct lw_app *d, struct lw_key key, const char *text, size_t n)
{
    static void (*const on_key[])(struct lw_app *, struct lw_key) = {
        [LW_OVERLAY_NONE] = task_key,
        [LW_OVERLAY_PICKER] = lw_app_picker_key,
        [LW_OVERLAY_PALETTE] = lw_app_palette_key,
        [LW_OVERLAY_LIST] = lw_app_list_key,
        [LW_OVERLAY_DIALOG] = lw_app_dialog_key,
        [LW_OVERLAY_EDIT] = lw_app_correction_key,
        [LW_OVERLAY_HELP] = lw_app_pager_key,
        [LW_OVERLAY_GUIDELINES] = lw_app_pager_key,
        [LW_OVERLAY_OLD] = lw_app_pager_key,
        [LW_OVERLAY_MESSAGES] = lw_app_pager_key,
        [LW_OVERLAY_NOTICE] = lw_app_pager_key,
        [LW_OVERLAY_SEND] = lw_app_send_key,
        [LW_OVERLAY_CARD] = card_key,
        [LW_OVERLAY_PAUSE] = pause_key,
    };
    bool box = d->over != LW_OVERLAY_NONE;
    if (d->over != LW_OVERLAY_PAUSE)
        lw_sitting_touch(d->s);
    lw_app_layout(d);
    if (lw_sitting_view(d->s)->tone != LW_TONE_ERROR && d->over != LW_OVERLAY_LIST)
        lw_sitting_clear_message(
            d->s); /* it was about the previous key; errors stay until they are over */
    if (key.name == LW_KEY_PASTE)
        paste(d, text, n);
    else if (d->rows < LW_MIN_ROWS || d->cols < LW_MIN_COLS)
        too_small_key(d, key);
    else
        on_key[d->over](d, key);
    if (box && key.name == LW_KEY_ENTER)
        lw_sitting_restart_enter_guard(d->s);
}

/* --- drawing --------------------------------------------------------------------------------- */

static void draw_task(struct lw_app *d, struct lw_area all)
{
    int bottom = lw_app_bottom(d);
    lw_view_header(d, lw_area_rows(all, 0, 1));
    lw_view_panes(d, all);
    lw_view_questions(d, lw_area_rows(all, d->rows - bottom, bottom - 2));
    if (d->over == LW_OVERLAY_NONE)
        lw_view_footer(d, lw_area_rows(all, d->rows - 1, 1));
    lw_view_message(d, lw_area_rows(all, d->rows - 2, d->over == LW_OVERLAY_NONE ? 2 : 1));
    if (d->over == LW_OVERLAY_PICKER)
        lw_view_picker(d, all);
    else if (d->over == LW_OVERLAY_PALETTE)
        lw_view_palette(d, all);
    else if (d->over == LW_OVERLAY_DIALOG)
        lw_view_dialog(d, all);
}

void lw_app_draw(struct lw_app *d, struct lw_frame *f)
{
    lw_frame_resize(f, d->rows, d->cols);
    lw_frame_clear(f);
    struct lw_area all = lw_area_all(f);
    if (d->rows < LW_MIN_ROWS || d->cols < LW_MIN_COLS) {
        lw_view_too_small(d, all);
        return;
    }
    lw_app_layout(d);
    switch (d->over) {
    case LW_OVERLAY_LIST:
        lw_view_list(d, all);
        break;
    case LW_OVERLAY_EDIT:
        lw_view_correction(d, all);
        break;
    case LW_OVERLAY_HELP:
    case LW_OVERLAY_GUIDELINES:
    case LW_OVERLAY_OLD:
    case LW_OVERLAY_MESSAGES:
    case LW_OVERLAY_NOTICE:
        lw_view_pager(d, all);
        break;
    case LW_OVERLAY_SEND:
        lw_view_send(d, all);
        break;
    case LW_OVERLAY_CARD:
        lw_view_card(d, all);
        break;
    case LW_OVERLAY_PAUSE:
        lw_view_pause(all);
        break;
    default:
        draw_task(d, all);
    }
}
