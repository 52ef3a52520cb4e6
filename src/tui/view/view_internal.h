/* What the views draw, and the layout below them. A view is a function of the state: it draws its
 * part into an area and changes nothing; lw_layout_update() and the other updates come before. */
#ifndef LABELWRIGHT_TUI_VIEW_VIEW_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_VIEW_INTERNAL_H

#include "tui/view/app_state_internal.h"
#include "tui/view/frame_internal.h"
#include "tui/view/view_texts_internal.h"

/* ---- layout */

/* Fits the panes to screen, task and focus; cheap when nothing changed. */
void lw_layout_update(struct lw_app *app);
void lw_layout_bring_response(struct lw_app *app, int response); /* brings its pane to the screen */
void lw_layout_show_place(struct lw_app *app, int place); /* gives the response a pane, where it was
                                                             read last */
void lw_pane_fill(struct lw_app *app, struct lw_pane *p, int cols);

/* Lines of the prompt (-1) or a response in so many columns, counted up to `most`; of what is
 * hidden the most that it takes, covered or not, so that nothing moves while it is uncovered. */
int lw_pane_count_lines(struct lw_app *app, int response, int cols, int most);
/* How long the texts are is known, and stays: no talk, no pictures. */
bool lw_panes_are_known(const struct lw_app *app);

/* Appends all that the panes show, the prompt and each response as shown, wrapped to `cols`;
 * nothing of a hidden task. */
void lw_panes_add_all(struct lw_app *app, struct lw_doc *doc, int cols);
/* Compares the responses of a pair while the word diff or linked scrolling is on; `beside`: they
 * stand beside each other. After their panes were filled. */
void lw_pair_update(struct lw_app *app, bool beside);
void lw_pair_follow(struct lw_app *app); /* after scrolling: where they scroll together, the others
                                            go to what belongs beside */
void lw_pair_fini(struct lw_app *app);

enum { LW_HITS_MAX = 10000 };
void lw_hits_update(struct lw_app *app); /* after the panes were refilled or the search changed */

/* The editor's scrolling and its diff, after text, cursor or size changed; nothing if it is not
 * open. */
void lw_correction_update(struct lw_app *app);
void lw_correction_fini(struct lw_app *app);

/* The filter line of the list: suggestions for what to type next, and what Tab adds; both may be
 * empty. */
void lw_filter_hint(const struct lw_app *app, struct lw_buf *hint, struct lw_buf *more);

/* ---- screens and their parts */

void lw_view_header(const struct lw_app *app, struct lw_area a);
void lw_view_opening(const struct lw_app *app, struct lw_area a); /* lw_opening_rows() */
void lw_view_panes(const struct lw_app *app, struct lw_area a);
int lw_view_bottom_rows(const struct lw_app *app); /* below the panes: rule to footer */
void lw_view_questions(const struct lw_app *app, struct lw_area a);
void lw_view_ranking(const struct lw_app *app, struct lw_area a, int col); /* the focused one */

/* ---- view_only.c */

bool lw_view_only(const struct lw_app *app); /* nothing can be saved */
void lw_view_only_footer(const struct lw_app *app, struct lw_area a);

/* ---- view_finish.c */

void lw_view_finish(const struct lw_app *app, struct lw_area a);
bool lw_finish_offers(const struct lw_app *app, enum lw_finish_row row);

/* The key of a row: a letter, or 0 and that of a command. */
struct lw_finish_key {
    char letter;
    enum lw_command_id id;
};
struct lw_finish_key lw_finish_key(enum lw_finish_row row);

/* ---- view_progress.c */

void lw_progress_update(struct lw_app *app);                    /* before the title line is drawn */
int lw_progress_cols(const struct lw_app *app);                 /* what all of it takes */
int lw_progress_filled(uint64_t done, uint64_t all, int cells); /* of a bar; full only at the end */

/* From `col` on the first row as much as fits before `end`: a bar, "12 done, 5 today". Nothing
 * while tasks are still being read. */
void lw_view_progress(const struct lw_app *app, struct lw_area a, int col, int end);

/* ---- view_status.c */

/* What the last key did, and where the labels are. Two rows: a long message may take both. */
void lw_view_message(const struct lw_app *app, struct lw_area a);

/* "3 labels saved on this machine", "all sent", "offline, 23 to send"; `key` sends: "" where it
 * cannot. */
void lw_status_words(
    const struct lw_totals *t, const struct lw_sync_status *s, const char *key, struct lw_buf *to);
void lw_view_status_words(const struct lw_app *app, struct lw_buf *to); /* the same, now */

void lw_view_footer(const struct lw_app *app, struct lw_area a);
void lw_view_picker(const struct lw_app *app, struct lw_area a);
void lw_view_palette(const struct lw_app *app, struct lw_area a);
void lw_view_dialog(const struct lw_app *app, struct lw_area a);
void lw_view_correction(const struct lw_app *app, struct lw_area a);
void lw_view_jump(const struct lw_app *app, struct lw_area a);
void lw_view_misspelt(const struct lw_app *app, struct lw_area a);
void lw_view_list(const struct lw_app *app, struct lw_area a);
void lw_view_pager(const struct lw_app *app, struct lw_area a);
void lw_view_sending(const struct lw_app *app, struct lw_area a);
void lw_view_leaving(const struct lw_app *app, struct lw_area a);
void lw_view_pause(const struct lw_app *app, struct lw_area a);
void lw_view_too_small(const struct lw_app *app, struct lw_area a);

/* ---- parts of several screens */

/* A text while it is typed: its lines from `top` on, the selection, what was found and what is
 * misspelt in it (NULL: nothing), the cursor. */
void lw_view_typed(struct lw_edit *e, const struct lw_found *found, const struct lw_spelt *misspelt,
    size_t top, struct lw_area a, int cols, enum lw_role role);

/* ---- view_quota.c */

/* As many have it as its quota wants. */
bool lw_view_is_full(const struct lw_app *app, size_t question, size_t option);

/* The others are for the focused question. */
enum { LW_QUOTA_COLS = 64 };
/* "2 of 3"; "" where it has no quota. */
void lw_view_quota_numbers(const struct lw_app *app, size_t option, char to[LW_QUOTA_COLS]);
/* "writing 2 of 3, in all 9 of 24"; nothing where no option has a quota. */
void lw_view_quotas(const struct lw_app *app, struct lw_buf *to);

/* A rule with a title and a remark at its right end; either may be empty. */
void lw_view_titled_rule(
    struct lw_area a, int row, const char *title, enum lw_role role, const char *remark);

int lw_view_remark_room(struct lw_area a, const char *title); /* columns */

/* Of a pane with a word diff: where its changes are, on its rule between two columns; nothing where
 * there is no room. */
void lw_view_change_map(const struct lw_pane *p, struct lw_area rule, int from, int to);

/* One text in as many rows as it takes: how many, in so many columns; and drawn from `col` to the
 * right edge, which returns the row below. The last row of the area is cut where there is more. */
int lw_view_wrapped_rows(const char *s, size_t n, int cols);
int lw_view_wrapped(struct lw_area a, int row, int col, enum lw_role role, const char *s, size_t n);

/* A frame of lines with a title around `a`, cleared inside; returns the inside. */
struct lw_area lw_view_box(struct lw_area a, const char *title);

/* Pairs of key and word, as many as fit; the last one always does. */
struct lw_hint {
    const char *keys; /* own words, or NULL: the command's first key */
    enum lw_command_id id;
    const char *word;
};
/* view_settings.c */
void lw_view_themes(const struct lw_app *app, struct lw_area a);
void lw_view_remap(const struct lw_app *app, struct lw_area a);

/* macro_hints.c: whether it answers something that is asked now; up to `most` of those that do */
bool lw_macro_applies(const struct lw_app *app, const struct lw_macro *m);
size_t lw_macro_hints(const struct lw_app *app, struct lw_hint *to, size_t most);

struct lw_hint lw_ranking_hint(const struct lw_app *app); /* what a digit does to the focused one */
bool lw_ranking_is_open(const struct lw_app *app);        /* one has the focus, unfinished */
/* Where the focused one puts the response; empty where it does not. */
void lw_ranking_title(const struct lw_app *app, int response, char *to, size_t n);
void lw_view_hints(const struct lw_app *app, struct lw_area a, const struct lw_hint *h, size_t n);

/* ---- view_talk.c */

/* Whether a message of a talk is typed; which, as a title: "your turn 2". NULL: no title. */
enum { LW_TURN_TITLE = 96 };
bool lw_talk_typing(const struct lw_app *app, char title[LW_TURN_TITLE]);

/* What stands behind the letter of a reply: " best", " 2nd", or nothing. And beside it while it
 * comes: "coming"; false when it does not. */
bool lw_talk_grows(const struct lw_app *app, int response); /* a reply that still comes */
void lw_talk_reply_title(const struct lw_app *app, int response, char *to, size_t n);
bool lw_talk_reply_remark(const struct lw_app *app, int response, char *to, size_t n);

void lw_view_reply_cursor(const struct lw_app *app, struct lw_area all);
struct lw_hint lw_talk_hint(const struct lw_app *app); /* what comes next in the talk */

#endif
