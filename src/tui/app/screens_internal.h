/* What the screens' files offer each other and app.c. Keys go to the screen that is open; a file
 * calls only those above it in this list. */
#ifndef LABELWRIGHT_TUI_APP_SCREENS_INTERNAL_H
#define LABELWRIGHT_TUI_APP_SCREENS_INTERNAL_H

#include "tui/app/app_internal.h"
#include "tui/app/app_messages_internal.h"
#include "tui/input/typing_internal.h"
#include "tui/view/misspelt_internal.h"
#include "tui/view/view_internal.h"

/* opening.c: reads the file again, and takes the first row of its table otherwise */
void lw_opening_take_first_row(struct lw_app *app);

/* item_focus.c: the turn or step that is looked at */
bool lw_app_looks_at(const struct lw_app *app, size_t slot); /* what a slot is about; true where
                                                                that is no turn or step */
void lw_app_ask_about_seen(struct lw_app *app); /* after scrolling: where the item asked about has
                                                   left the screen, about one that is on it */
void lw_app_next_item(struct lw_app *app, int by); /* 1: next, -1: previous; asks about it */

/* pane_focus.c: keeps the response on the screen and the question about it together */
void lw_app_other_pane(struct lw_app *app); /* cycles through the prompt and every response */
void lw_app_go_to_pane(struct lw_app *app, int pane);
void lw_app_go_to_place(struct lw_app *app, int place); /* of several responses: this one */
int lw_app_target_response(const struct lw_app *app);   /* that flags and notes go to; -1: none */
bool lw_app_focus_type(struct lw_app *app, enum lw_qtype type); /* false: no such question */
void lw_app_save_focus(struct lw_app *app);                     /* before a box opens */
void lw_app_move_on(struct lw_app *app);         /* the box is closed: the next question */
bool lw_app_refuses_unseen(struct lw_app *app);  /* if the response asked about is not on the
                                                    screen: shows it and says so */
bool lw_app_refuses_covered(struct lw_app *app); /* says that the task is hidden: all of it … */
bool lw_app_refuses_hidden(struct lw_app *app);  /* … or a part */
bool lw_app_option_key(struct lw_app *app, struct lw_key key); /* false: not an option's key */

/* picture_part.c */
bool lw_app_read_pictures(struct lw_app *app); /* a little; true when there is more to show */
void lw_app_picture(struct lw_app *app, enum lw_command_id id); /* larger, smaller, another part */

/* places.c: to byte `at` of a text in a pane, which becomes the active one; what is folded around
 * it is unfolded */
void lw_app_show_at_top(struct lw_app *app, int pane, const char *at);
void lw_app_show_place(struct lw_app *app, int pane, const char *at); /* a third below the top where
                                                                         it was out of sight */

/* uncovered.c */
void lw_uncovered_note(struct lw_app *app); /* after every frame: what it shows of the task */

/* unread.c */
void lw_unread_note(struct lw_app *app); /* after a frame of the task: what it showed to its end */
void lw_unread_show(struct lw_app *app); /* the response that a label was refused because of; says
                                            what is to be done */

/* reading.c: scrolling, zoom, folding, the word diff … */
void lw_app_read(struct lw_app *app, enum lw_command_id id);
void lw_app_next_change(struct lw_app *app, int by); /* of the word diff; 1: next, -1: previous */

/* find_bar.c: words in the panes */
void lw_app_search(struct lw_app *app, const char *typed, size_t n); /* empty: ends the search */
void lw_app_search_again(struct lw_app *app, int by); /* 1: next match, -1: previous */

/* text_entry.c: what is typed; lw_app_flush() */
void lw_entry_begin(struct lw_app *app, enum lw_dialog_for what, const char *s, size_t n);
void lw_entry_close(struct lw_app *app);
void lw_entry_update(struct lw_app *app); /* after text, cursor or size changed */
void lw_entry_answer(struct lw_app *app, const char *s, size_t n, int64_t flags); /* LW_TEXT_ */
void lw_entry_changed(struct lw_app *app); /* what is typed reaches the draft */
enum lw_typed lw_entry_type(struct lw_app *app, struct lw_key key, int cols); /* into the text */
void lw_entry_paste(struct lw_app *app, const char *s, size_t n);
void lw_entry_offer_old(struct lw_app *app); /* in a new text: mentions old drafts */
bool lw_entry_old_key(struct lw_app *app, struct lw_key key); /* true: brought one back */
void lw_entry_leave(struct lw_app *app);                      /* unfinished, in the draft */
void lw_entry_warn_of_kept(
    struct lw_app *app, const char *sentence);   /* before what is said of it:
                                                    a narrow screen cuts the end */
bool lw_entry_is_turn(const struct lw_app *app); /* it is the next turn of a talk */
bool lw_entry_is_leave_key(struct lw_key key);   /* Esc and ^C leave any box; typed text stays */

/* page_find.c: words looked for in a page */
void lw_page_find_end(struct lw_app *app);
void lw_page_find_update(struct lw_app *app);                 /* after the page was filled */
bool lw_page_find_key(struct lw_app *app, struct lw_key key); /* false: none of its keys */

/* help_page.c */
void lw_help_fill(const struct lw_app *app, struct lw_doc *to);
void lw_help_row(const struct lw_app *app, struct lw_doc *to, enum lw_role role, const char *keys,
    const char *words); /* at the end: keys, and what they do */

/* pager.c: pages of text over the screen */
void lw_pager_open_help(struct lw_app *app);
void lw_pager_open_guidelines(struct lw_app *app);
void lw_pager_open_old_drafts(struct lw_app *app);
void lw_pager_open_messages(struct lw_app *app);
void lw_pager_open_whole(struct lw_app *app, const struct lw_buf *cut); /* lines that a screen cuts
                                                                           short; it is below */
void lw_pager_open(struct lw_app *app, enum lw_overlay over,
    void (*fill)(const struct lw_app *app, struct lw_doc *to));
void lw_pager_key(struct lw_app *app, struct lw_key key);
void lw_pager_update(struct lw_app *app); /* after a resize */

void lw_pager_close(struct lw_app *app);
bool lw_pager_scroll(struct lw_app *app, struct lw_key key); /* true: there was more that way */

/* my_work.c: one's own work, from the journal's end */
void lw_work_read(struct lw_app *app);
void lw_work_close(struct lw_app *app);
void lw_work_open_page(struct lw_app *app);
void lw_work_tell_pace(struct lw_app *app); /* today's, in the status line */

/* note_page.c: opens it when there is a note to be read, closes it when there is none any more; a
 * key on it */
void lw_note_follow(struct lw_app *app);
void lw_note_key(struct lw_app *app, struct lw_key key);

/* templates.c: inserts one, or lists them; a key for the list; selects the next place to be filled
 * in (false: there is none); and what is said of one that is left (new; NULL: none is) */
void lw_template_open(struct lw_app *app);
void lw_template_key(struct lw_app *app, struct lw_key key);
bool lw_template_next_place(struct lw_app *app);
char *lw_template_unfilled(const struct lw_app *app, struct lw_span text);

/* other_language.c: whether a text is in another language than its question asks for (`wanted`
 * NULL: it is not), and: says so, when the text was kept */
struct lw_other_language {
    const char *wanted; /* "Catalan" */
    size_t percent;     /* of its words are unknown there */
};
struct lw_other_language lw_other_language_find(struct lw_app *app, struct lw_span text);
void lw_other_language_warn(struct lw_app *app, const struct lw_other_language *other);

/* mistakes.c: misspelt words, in the panes and in what is written */
void lw_mistakes_tell_lack(struct lw_app *app); /* what cannot be checked, once */
void lw_mistakes_toggle(struct lw_app *app);
void lw_mistakes_next(struct lw_app *app);
void lw_mistakes_previous(struct lw_app *app);
bool lw_mistakes_key(
    struct lw_app *app, struct lw_key key); /* while writing; false: none of its keys */
void lw_mistake_key(struct lw_app *app, struct lw_key key); /* in the box about one */
bool lw_mistakes_work(struct lw_app *app);

/* marks.c: what marking spans and marking boxes share. `slot` is what is marked. */
struct lw_bound_key {
    const char *key;
    void (*run)(struct lw_app *app, int by);
    int by;
};
void lw_app_focus_slot(struct lw_app *app, struct lw_slot slot); /* gives it the focus */
bool lw_app_set_marks(struct lw_app *app, struct lw_slot slot, json_t *value); /* takes the value;
                                                                   whether it is the answer now */
void lw_app_undo_mark(struct lw_app *app, struct lw_slot slot, int *changes);
void lw_app_finish_marking(struct lw_app *app);
bool lw_app_tag_key(const struct lw_app *app, const struct lw_question *q, struct lw_key key,
    size_t *option); /* a letter of its own, else the digit of its place */
void lw_app_marking_key(
    struct lw_app *app, const struct lw_bound_key *keys, size_t n, struct lw_key key);

/* box_marking.c: boxes and points of a picture */
bool lw_boxing_open(struct lw_app *app); /* false: no question takes any */
void lw_boxing_key(struct lw_app *app, struct lw_key key);

/* marking.c: spans of a text */
void lw_marking_open(struct lw_app *app);
void lw_marking_key(struct lw_app *app, struct lw_key key);
void lw_marking_fini(struct lw_app *app);

/* dialog.c */
void lw_dialog_open_line(struct lw_app *app, enum lw_dialog_for what);
void lw_dialog_open_text(struct lw_app *app);
void lw_dialog_key(struct lw_app *app, struct lw_key key);

/* correction_find.c: search, replace and "go to line" in a correction */
void lw_correction_find_next(struct lw_app *app);
void lw_correction_find_previous(struct lw_app *app);
void lw_correction_ask(struct lw_app *app, enum lw_asked what);
void lw_correction_asked_key(struct lw_app *app, struct lw_key key);
void lw_correction_paste(struct lw_app *app, const char *s, size_t n); /* wherever keys go */

/* correction_conflict.c */
bool lw_correction_conflict_key(struct lw_app *app, struct lw_key key); /* false: no conflict */

/* correction.c: the correction editor; lw_app_external_text() and lw_app_external_done() */
void lw_correction_open(struct lw_app *app);
void lw_correction_key(struct lw_app *app, struct lw_key key);

/* picker.c */
void lw_picker_open(struct lw_app *app);
void lw_picker_pick(struct lw_app *app, int n); /* of the options that are listed, from 1 */
void lw_picker_key(struct lw_app *app, struct lw_key key);

/* command_uses.c: how often each command was run from the palette, in all sessions */
void lw_uses_load(struct lw_app *app);
void lw_uses_count(struct lw_app *app, enum lw_command_id id); /* once more */

/* palette.c; true when `to` is to be run */
void lw_palette_open(struct lw_app *app);
bool lw_palette_key(struct lw_app *app, struct lw_key key, enum lw_command_id *to);

/* copying.c: into app->copied */
void lw_copy_text(struct lw_app *app);
void lw_copy_id(struct lw_app *app);

/* themes.c, remap.c: boxes whose outcome the loop makes true */
void lw_themes_open(struct lw_app *app);
void lw_themes_key(struct lw_app *app, struct lw_key key);
void lw_remap_open(struct lw_app *app);
void lw_remap_key(struct lw_app *app, struct lw_key key);

/* jump.c: headings and links */
void lw_jump_open_headings(struct lw_app *app);
void lw_jump_open_links(struct lw_app *app);
void lw_jump_key(struct lw_app *app, struct lw_key key);
void lw_jump_update(struct lw_app *app); /* after a resize */
void lw_jump_fini(struct lw_app *app);

/* list.c */
void lw_list_open(struct lw_app *app);
void lw_list_show_only(struct lw_app *app, enum lw_list_filter which); /* of the open list */
void lw_list_key(struct lw_app *app, struct lw_key key);
void lw_list_update(struct lw_app *app); /* after a resize */
bool lw_list_work(struct lw_app *app);
void lw_list_fini(struct lw_app *app);

/* sending.c */
void lw_send_start(struct lw_app *app); /* sends now; opens the page when something is wrong */
void lw_send_key(struct lw_app *app, struct lw_key key);
void lw_send_update(struct lw_app *app); /* the refused labels, read anew */
void lw_send_fini(struct lw_app *app);

/* What was said of labels being sent becomes what came of it: beside the status it would be untrue.
 * Call it before drawing. */
void lw_send_follow(struct lw_app *app);
void lw_send_settle(struct lw_app *app, const struct lw_sync_status *now);

/* leaving.c; lw_app_leaving_ms() and lw_app_sync_changed() */
void lw_leaving_open(struct lw_app *app);
void lw_leaving_open_for_today(struct lw_app *app);
void lw_leaving_begin(struct lw_app *app); /* leaves; first waits for labels that are being sent */
void lw_leaving_key(struct lw_app *app, struct lw_key key);

/* finish.c: what was finished before the screens opened; opens when the last task is finished */
void lw_finish_init(struct lw_app *app);
void lw_finish_follow(struct lw_app *app);
void lw_finish_key_press(struct lw_app *app, struct lw_key key);

/* item_focus.c: the turn or step that begins on the rows of the pane, or has begun above; -1 */
int lw_app_seen_item(const struct lw_app *app, int pane);

/* ---- talk_keys.c: the talk of the task */

void lw_talk_key_say(struct lw_app *app);
void lw_talk_key_say_anew(struct lw_app *app);
void lw_talk_key_look_at_best(struct lw_app *app); /* before a reply is corrected */
void lw_talk_key_said(struct lw_app *app); /* a turn was said: asks for replies if it awaits any */
void lw_talk_key_ask(struct lw_app *app);
void lw_talk_key_go_on(struct lw_app *app);
void lw_talk_key_stop(struct lw_app *app);

#endif
