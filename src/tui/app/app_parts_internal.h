/* Shared by the desk's files and the views only. */
#ifndef LABELWRIGHT_TUI_APP_APP_PARTS_INTERNAL_H
#define LABELWRIGHT_TUI_APP_APP_PARTS_INTERNAL_H

#include "tui/app/app_internal.h"

/* layout.c */
void lw_desk_layout(struct lw_desk *d); /* fits panes to the screen; cheap when nothing changed */
size_t lw_pane_last(const struct lw_pane *p); /* the greatest useful top */
bool lw_desk_pair(const struct lw_desk *d);   /* exactly two responses: both are shown */
bool lw_desk_hidden(const struct lw_desk *d); /* the curtain is drawn */
const char *lw_desk_curtain_tag(const struct lw_desk *d);
bool lw_desk_shows(const struct lw_desk *d, int response);  /* it is on the screen */
bool lw_desk_judges(const struct lw_desk *d, int response); /* of several, what is asked now is
                                                               about this one */
int lw_desk_bottom(const struct lw_desk *d); /* rows below the text: rule to footer */

/* desk_options.c: the list of options; desk_box.c: what is typed */
void lw_desk_open_picker(struct lw_desk *d);
void lw_desk_pick_nth(struct lw_desk *d, int n); /* of the options that are listed, from 1 */
bool lw_picker_has(const struct lw_desk *d, size_t option); /* it is set */
bool lw_desk_lists(const struct lw_question *q); /* a choice with more options than digits */
void lw_desk_open_text(struct lw_desk *d);
void lw_desk_open_line(struct lw_desk *d, enum lw_input_for what);
void lw_desk_picker_key(struct lw_desk *d, struct lw_key key);
void lw_desk_input_key(struct lw_desk *d, struct lw_key key);
void lw_desk_input_paste(struct lw_desk *d, const char *s, size_t n);
void lw_desk_begin_input(struct lw_desk *d, enum lw_input_for what, const char *s, size_t n);
void lw_desk_put_text(struct lw_desk *d, const char *s, size_t n, int64_t flags);
void lw_desk_text_changed(struct lw_desk *d); /* what is typed reaches the draft */
void lw_desk_close_input(struct lw_desk *d);
void lw_desk_offer_old(struct lw_desk *d); /* a text box was opened: tells of old drafts */
bool lw_desk_brings_old(struct lw_desk *d, struct lw_key key); /* true: it was the key for that */
bool lw_desk_leaves(struct lw_key key); /* Esc and ^C leave every box; what was typed stays */
bool lw_picker_shows(
    const struct lw_desk *d, const struct lw_option *o); /* the filter lets it pass */

/* desk_edit.c: the correction editor, and the user's own */
void lw_desk_open_edit(struct lw_desk *d);
void lw_desk_leave_text(struct lw_desk *d); /* a note too: unfinished, in the draft */
void lw_desk_correction_key(struct lw_desk *d, struct lw_key key);
void lw_desk_correction_refresh(struct lw_desk *d); /* after the text or the size changed */
void lw_desk_correction_fini(struct lw_desk *d);
struct lw_correction_rows { /* how the editor shares out the rows; cols of the text */
    int text, diff, cols;
} lw_desk_correction_rows(const struct lw_desk *d);
void lw_desk_correction_help(struct lw_doc *to);

/* desk_diff.c: d */
void lw_desk_word_diff(struct lw_desk *d);
bool lw_desk_fill_diff(struct lw_desk *d, struct lw_pane *p, int cols); /* false: nothing differs */
bool lw_desk_shows_correction(const struct lw_desk *d, int pane);

/* desk_palette.c: the commands that fit what was typed, best first; at most LW_CMD_TABLE_END of
 * them */
size_t lw_palette_list(const struct lw_desk *d, enum lw_command_id *to);
void lw_desk_open_palette(struct lw_desk *d);
void lw_desk_palette_key(struct lw_desk *d, struct lw_key key);
void lw_filter_key(struct lw_buf *filter, struct lw_key key); /* typed, or Backspace */

/* desk_find.c: words in the panes */
void lw_desk_find(struct lw_desk *d, const char *typed, size_t n); /* empty: no more */
void lw_desk_find_again(struct lw_desk *d, int by); /* 1 the next place, -1 the one before */
void lw_desk_find_refresh(struct lw_desk *d);       /* after the panes were filled anew */

/* desk_list.c */
void lw_desk_open_list(struct lw_desk *d);
void lw_desk_list_key(struct lw_desk *d, struct lw_key key);
void lw_desk_list_refresh(struct lw_desk *d); /* after a resize */
void lw_desk_list_fini(struct lw_desk *d);
int lw_desk_list_rows(const struct lw_desk *d);
bool lw_desk_list_over(const struct lw_desk *d); /* no more tasks can come into the list */

/* desk_filter.c: the line that says which tasks are listed. What could stand next, in words, and
 * what Tab adds to the line; both may stay empty. */
void lw_filter_hint(const struct lw_desk *d, struct lw_buf *hint, struct lw_buf *more);

/* desk_send.c */
void lw_desk_send(struct lw_desk *d);
void lw_desk_send_key(struct lw_desk *d, struct lw_key key);
void lw_desk_send_fini(struct lw_desk *d);
void lw_desk_part(struct lw_desk *d); /* leave, after a short wait for what can be sent now */

/* desk_page.c: pages of text over the screen */
void lw_desk_open_help(struct lw_desk *d);
void lw_desk_open_guidelines(struct lw_desk *d);
void lw_desk_open_old(struct lw_desk *d);
void lw_desk_open_messages(struct lw_desk *d);
void lw_desk_page_key(struct lw_desk *d, struct lw_key key);
void lw_desk_page_refresh(struct lw_desk *d); /* after a resize */
int lw_desk_page_rows(const struct lw_desk *d);

/* By how many lines a command scrolls, down or (negative) up: one, a page of so many, or all; 0
 * when it is no command to scroll. */
long lw_desk_scrolls(enum lw_command_id id, long page, long all);

/* The focused question, NULL when nothing is asked. */
const struct lw_question *lw_desk_question(const struct lw_desk *d);
int lw_desk_focused_response(const struct lw_desk *d); /* that it is about; -1 for none */
void lw_desk_command(struct lw_desk *d, struct lw_command c);

/* desk_target.c: what is looked at and what is asked about go together */
void lw_desk_other_pane(struct lw_desk *d);
void lw_desk_go_to_pane(struct lw_desk *d, int pane);
void lw_desk_show_place(struct lw_desk *d, int place); /* of three and more responses, into view */
void lw_desk_follow_focus(struct lw_desk *d);          /* the panes, when the question moved */
int lw_desk_wanted_response(const struct lw_desk *d); /* what flags and notes are about; -1: none */
bool lw_desk_focus_type(struct lw_desk *d, enum lw_qtype type); /* false: nothing such is asked */
void lw_desk_leave_home(struct lw_desk *d);     /* a box takes the keys: where the focus was */
void lw_desk_move_on(struct lw_desk *d);        /* the box is closed: the next question */
bool lw_desk_missed_target(struct lw_desk *d);  /* what is asked about is not on the screen: then it
                                                   is brought there, which is said */
bool lw_desk_refuses_hidden(struct lw_desk *d); /* the curtain is drawn: said */
bool lw_desk_option_key(struct lw_desk *d, struct lw_key key); /* false: no option's key here */

/* views: each draws its part into an area */
void lw_view_header(const struct lw_desk *d, struct lw_area a);
void lw_view_panes(const struct lw_desk *d, struct lw_area a);
int lw_view_summary_rows(const struct lw_desk *d, int most);
int lw_view_control_rows(const struct lw_desk *d); /* of the focused question: 1 or 2 */
void lw_view_questions(const struct lw_desk *d, struct lw_area a);
void lw_view_message(const struct lw_desk *d, struct lw_area a);
void lw_view_footer(const struct lw_desk *d, struct lw_area a);
void lw_view_picker(const struct lw_desk *d, struct lw_area a);
void lw_view_palette(const struct lw_desk *d, struct lw_area a);
void lw_view_input(const struct lw_desk *d, struct lw_area a);
void lw_view_edit(const struct lw_desk *d, struct lw_area a);
void lw_view_list(const struct lw_desk *d, struct lw_area a);
void lw_view_page(const struct lw_desk *d, struct lw_area a);
void lw_view_send(const struct lw_desk *d, struct lw_area a);
void lw_view_card(const struct lw_desk *d, struct lw_area a);
void lw_view_pause(struct lw_area a);
void lw_view_too_small(const struct lw_desk *d, struct lw_area a);

/* A rule with a title and, at its right end, a remark. */
void lw_view_titled_rule(
    struct lw_area a, int row, const char *title, enum lw_role role, const char *remark);

/* A frame of lines around `a`, cleared inside, with a title; returns the inside. */
struct lw_area lw_view_box(struct lw_area a, const char *title);

/* Pairs of key and word, as much as fits; the last one always stands. */
struct lw_hint {
    const char *keys; /* own words, or NULL: the command's first key */
    enum lw_command_id id;
    const char *word;
};
void lw_view_hints(const struct lw_desk *d, struct lw_area a, const struct lw_hint *h, size_t n);

#endif
