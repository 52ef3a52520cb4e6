/* Shared only by the desk's files and the views. */
#ifndef LABELWRIGHT_TUI_APP_APP_PARTS_INTERNAL_H
#define LABELWRIGHT_TUI_APP_APP_PARTS_INTERNAL_H

#include "tui/app/app_internal.h"

/* layout.c */
void lw_app_layout(struct lw_app *d); /* fits panes to the screen; cheap when nothing changed */
size_t lw_pane_last(const struct lw_pane *p); /* the greatest useful top */
bool lw_app_pair(const struct lw_app *d);     /* exactly two responses: both are shown */
bool lw_app_hidden(const struct lw_app *d);   /* the task is hidden */
const char *lw_app_curtain_tag(const struct lw_app *d);
bool lw_app_shows(const struct lw_app *d, int response);  /* it is on the screen */
bool lw_app_judges(const struct lw_app *d, int response); /* of several responses, the focused
                                                               question is about this one */
int lw_app_bottom(const struct lw_app *d);                /* rows below the text: rule to footer */

/* desk_options.c: the list of options; desk_box.c: what is typed */
void lw_app_open_picker(struct lw_app *d);
void lw_app_pick_nth(struct lw_app *d, int n); /* of the options that are listed, from 1 */
bool lw_picker_has(const struct lw_app *d, size_t option); /* it is set */
bool lw_app_lists(const struct lw_question *q); /* a choice with more options than digits */
void lw_app_open_text(struct lw_app *d);
void lw_app_open_line(struct lw_app *d, enum lw_dialog_for what);
void lw_app_picker_key(struct lw_app *d, struct lw_key key);
void lw_app_dialog_key(struct lw_app *d, struct lw_key key);
void lw_app_dialog_paste(struct lw_app *d, const char *s, size_t n);
void lw_app_begin_dialog(struct lw_app *d, enum lw_dialog_for what, const char *s, size_t n);
void lw_app_put_text(struct lw_app *d, const char *s, size_t n, int64_t flags);
void lw_app_text_changed(struct lw_app *d); /* what is typed reaches the draft */
void lw_app_close_dialog(struct lw_app *d);
void lw_app_offer_old(struct lw_app *d); /* in a new text box: mentions old drafts */
bool lw_app_brings_old(struct lw_app *d, struct lw_key key); /* true: the key did that */
bool lw_app_leaves(struct lw_key key); /* Esc and ^C leave any box; typed text stays */
bool lw_picker_shows(const struct lw_app *d, const struct lw_option *o); /* it matches the filter */

/* desk_edit.c: the correction editor, and $EDITOR */
void lw_app_open_edit(struct lw_app *d);
void lw_app_leave_text(struct lw_app *d); /* a note too: unfinished, in the draft */
void lw_app_correction_key(struct lw_app *d, struct lw_key key);
void lw_app_correction_refresh(struct lw_app *d); /* after the text or the size changed */
void lw_app_correction_fini(struct lw_app *d);
struct lw_correction_rows { /* how the editor divides the rows; columns of the text */
    int text, diff, cols;
} lw_app_correction_rows(const struct lw_app *d);
void lw_app_correction_help(struct lw_doc *to);

/* desk_diff.c: d */
void lw_app_word_diff(struct lw_app *d);
bool lw_app_fill_diff(struct lw_app *d, struct lw_pane *p, int cols); /* false: no diff to show */
bool lw_app_shows_correction(const struct lw_app *d, int pane);

/* desk_palette.c: the commands that match what was typed, best first; at most LW_CMD_TABLE_END */
size_t lw_palette_list(const struct lw_app *d, enum lw_command_id *to);
void lw_app_open_palette(struct lw_app *d);
void lw_app_palette_key(struct lw_app *d, struct lw_key key);
void lw_filter_type(struct lw_buf *filter, struct lw_key key); /* typed, or Backspace */

/* desk_find.c: words in the panes */
void lw_app_find(struct lw_app *d, const char *typed, size_t n); /* empty: ends the search */
void lw_app_find_again(struct lw_app *d, int by);                /* 1: next match, -1: previous */
void lw_app_find_refresh(struct lw_app *d);                      /* after the panes were refilled */

/* desk_list.c */
void lw_app_open_list(struct lw_app *d);
void lw_app_list_key(struct lw_app *d, struct lw_key key);
void lw_app_list_refresh(struct lw_app *d); /* after a resize */
void lw_app_list_fini(struct lw_app *d);
int lw_app_list_rows(const struct lw_app *d);
bool lw_app_list_over(const struct lw_app *d); /* the list is complete */

/* desk_filter.c: the filter line of the list. Suggestions for what to type next, and what Tab adds;
 * both may be empty. */
void lw_filter_hint(const struct lw_app *d, struct lw_buf *hint, struct lw_buf *more);

/* desk_send.c */
void lw_app_send(struct lw_app *d);
void lw_app_send_key(struct lw_app *d, struct lw_key key);
void lw_app_send_fini(struct lw_app *d);
void lw_app_part(struct lw_app *d); /* leave, after a short wait for what can be sent now */

/* desk_page.c: pages of text over the screen */
void lw_app_open_help(struct lw_app *d);
void lw_app_open_guidelines(struct lw_app *d);
void lw_app_open_old(struct lw_app *d);
void lw_app_open_messages(struct lw_app *d);
void lw_app_pager_key(struct lw_app *d, struct lw_key key);
void lw_app_pager_refresh(struct lw_app *d); /* after a resize */
int lw_app_pager_rows(const struct lw_app *d);

/* How many lines a command scrolls, down or (negative) up: one, `page` or `all`; 0 if it does not
 * scroll. */
long lw_app_scrolls(enum lw_command_id id, long page, long all);

/* The focused question; NULL when nothing is asked. */
const struct lw_question *lw_app_question(const struct lw_app *d);
int lw_app_focused_response(const struct lw_app *d); /* the response it is about; -1 for none */
void lw_app_command(struct lw_app *d, struct lw_command c);

/* desk_target.c: keeps the response on the screen and the question about it together */
void lw_app_other_pane(struct lw_app *d);
void lw_app_go_to_pane(struct lw_app *d, int pane);
void lw_app_show_place(
    struct lw_app *d, int place);                   /* of three or more responses: shows this one */
void lw_app_follow_focus(struct lw_app *d);         /* moves the panes when the question moved */
int lw_app_wanted_response(const struct lw_app *d); /* that flags and notes go to; -1: none */
bool lw_app_focus_type(struct lw_app *d, enum lw_qtype type); /* false: no such question */
void lw_app_leave_home(struct lw_app *d);     /* before a box opens: remembers the focus */
void lw_app_move_on(struct lw_app *d);        /* the box is closed: the next question */
bool lw_app_missed_target(struct lw_app *d);  /* if the response asked about is not on the screen:
                                                   shows it and says so */
bool lw_app_refuses_hidden(struct lw_app *d); /* says that the task is hidden */
bool lw_app_option_key(struct lw_app *d, struct lw_key key); /* false: not an option's key */

/* views: each draws its part into an area */
void lw_view_header(const struct lw_app *d, struct lw_area a);
void lw_view_panes(const struct lw_app *d, struct lw_area a);
int lw_view_summary_rows(const struct lw_app *d, int most);
int lw_view_control_rows(const struct lw_app *d); /* of the focused question: 1 or 2 */
void lw_view_questions(const struct lw_app *d, struct lw_area a);
void lw_view_message(const struct lw_app *d, struct lw_area a);
void lw_view_footer(const struct lw_app *d, struct lw_area a);
void lw_view_picker(const struct lw_app *d, struct lw_area a);
void lw_view_palette(const struct lw_app *d, struct lw_area a);
void lw_view_dialog(const struct lw_app *d, struct lw_area a);
void lw_view_correction(const struct lw_app *d, struct lw_area a);
void lw_view_list(const struct lw_app *d, struct lw_area a);
void lw_view_pager(const struct lw_app *d, struct lw_area a);
void lw_view_send(const struct lw_app *d, struct lw_area a);
void lw_view_card(const struct lw_app *d, struct lw_area a);
void lw_view_pause(struct lw_area a);
void lw_view_too_small(const struct lw_app *d, struct lw_area a);

/* A rule with a title and a remark at its right end. */
void lw_view_titled_rule(
    struct lw_area a, int row, const char *title, enum lw_role role, const char *remark);

/* A frame of lines with a title around `a`, cleared inside; returns the inside. */
struct lw_area lw_view_box(struct lw_area a, const char *title);

/* Pairs of key and word, as many as fit; the last one always does. */
struct lw_hint {
    const char *keys; /* own words, or NULL: the command's first key */
    enum lw_command_id id;
    const char *word;
};
void lw_view_hints(const struct lw_app *d, struct lw_area a, const struct lw_hint *h, size_t n);

#endif
