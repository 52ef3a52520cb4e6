/* The state of the screen, and what can be asked of it without changing it. Views draw from it, the
 * files of app/ change it. */
#ifndef LABELWRIGHT_TUI_VIEW_APP_STATE_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_APP_STATE_INTERNAL_H

#include "labelwright/config/config.h"
#include "labelwright/desk/desk.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/filter.h"
#include "labelwright/spell/speller.h"
#include "labelwright/sync/sync.h"
#include "labelwright/tasks/tasks_summary.h"
#include "labelwright/text/align.h"
#include "labelwright/text/count.h"
#include "labelwright/text/edit.h"
#include "tui/input/key_internal.h"
#include "tui/input/keymap_internal.h"
#include "tui/view/answer_places_internal.h"
#include "tui/view/document_internal.h"
#include "tui/view/grid_internal.h"
#include "tui/view/my_work_internal.h"
#include "tui/view/pictures_internal.h"
#include "tui/view/settings_state_internal.h"
#include "tui/view/stops_internal.h"

#include "labelwright/project/boxes.h"

enum { LW_MIN_ROWS = 16, LW_MIN_COLS = 60, LW_WIDE_COLS = 120, LW_ROOMY_COLS = 140 };

/* What is shown over the task, or instead of it. */
enum lw_overlay {
    LW_OVERLAY_NONE,
    LW_OVERLAY_PICKER,   /* flags of the focused tags question */
    LW_OVERLAY_PALETTE,  /* commands by name */
    LW_OVERLAY_LIST,     /* all tasks */
    LW_OVERLAY_DIALOG,   /* a line or a text being typed */
    LW_OVERLAY_EDIT,     /* a response being corrected */
    LW_OVERLAY_JUMP,     /* headings or links to jump to */
    LW_OVERLAY_MISSPELT, /* a misspelt word of a pane */
    LW_OVERLAY_MARKING,  /* spans of a text being marked */
    LW_OVERLAY_BOXING,   /* boxes or points of a picture being marked */
    LW_OVERLAY_THEMES,   /* a theme to choose */
    LW_OVERLAY_REMAP,    /* a command and its new key */
    LW_OVERLAY_HELP,
    LW_OVERLAY_GUIDELINES,
    LW_OVERLAY_OLD,      /* old drafts of the task */
    LW_OVERLAY_MESSAGES, /* the log */
    LW_OVERLAY_WORK,     /* one's own work today and this week */
    LW_OVERLAY_WHOLE,    /* what the screen below cuts short */
    LW_OVERLAY_NOTE,     /* what is known of the practice task before */
    LW_OVERLAY_FINISH,   /* the last task is finished */
    LW_OVERLAY_SEND,     /* what was sent, what was refused */
    LW_OVERLAY_CARD,     /* leaving */
    LW_OVERLAY_PAUSE
};

enum lw_dialog_for { LW_DIALOG_TEXT, LW_DIALOG_EDIT, LW_DIALOG_SKIP, LW_DIALOG_GO, LW_DIALOG_FIND };

/* What the loop must do for the screen. */
enum lw_app_action {
    LW_ACTION_NONE,
    LW_ACTION_LEAVE,
    LW_ACTION_SUSPEND,
    LW_ACTION_REDRAW,
    LW_ACTION_REOPEN,         /* the project, which was made anew */
    LW_ACTION_LIST_THEMES,    /* into app->themes; then lw_app_themes_listed() */
    LW_ACTION_THEME,          /* show the theme of app->themes.at … */
    LW_ACTION_KEEP_THEME,     /* … and write it into config.yaml */
    LW_ACTION_REMAP,          /* write app->remap into config.yaml */
    LW_ACTION_COPY,           /* see lw_app_copied() */
    LW_ACTION_EXTERNAL_EDITOR /* the user's own editor; see lw_app_external_text() */
};

/* A scrollable text on the screen. */
struct lw_pane {
    int response;   /* index into task->response; -1: the prompt */
    bool has_steps; /* that response has */
    struct lw_doc doc;
    size_t top;     /* first line shown */
    const char *at; /* the byte of the task that is to stand there when it is laid out next; NULL:
                       what stands there now */
    int growing; /* of a reply that still comes: so many rows at the end may be empty, so that the
                    text does not move with every line */
    int row, col, rows,
        cols; /* where its text is drawn; rows 0: not shown. The title is one row above */
};

/* A match of the search. */
struct lw_hit {
    int pane;  /* -1: in a response that no pane shows */
    int place; /* 0 the prompt, 1 + its place in the order shown a response */
    struct lw_span at;
};

enum { LW_PANES = 1 + LW_GRID_MOST }; /* the prompt and the responses that are shown */

/* Matches in the text that is typed, in order. */
struct lw_found {
    struct lw_found_at {
        size_t at, n;
    } * v;
    size_t n, cap;
    size_t now; /* the one that the cursor was brought to */
};

/* What the last line of the correction editor asks for. */
enum lw_asked {
    LW_ASKED_NOTHING,
    LW_ASKED_WORDS,   /* to search */
    LW_ASKED_REPLACE, /* to search and replace */
    LW_ASKED_WITH,    /* what to put in their place */
    LW_ASKED_EACH,    /* whether to replace this match */
    LW_ASKED_LINE,    /* the number of a line */
    LW_ASKED_TEMPLATE /* which one of the list beside the text */
};

/* The correction editor; its text is app->input. */
struct lw_correction {
    size_t top; /* the first line on the screen */

    /* the word diff of the response and the text */
    struct lw_diff diff;
    struct lw_diff shown; /* the part of it … */
    size_t shown_at;      /* … around this run … */
    struct lw_doc doc;    /* … as it is shown … */
    int doc_cols;         /* … that wide; 0: not made yet */

    /* a text of the user's own: in place of the diff what the task says */
    struct lw_length length; /* of the text */
    size_t tokens;           /* about, to a model */
    struct lw_doc task;      /* the texts of the task … */
    int task_cols;           /* … so wide; 0: not made yet, -1: to be made anew */
    size_t task_top;         /* its first line on the screen */

    /* … and an earlier text that it is much like */
    bool like_waits;         /* it is to be looked for */
    struct lw_like like;     /* percent 0: there is none */
    char *like_text;         /* shown in place of the task; NULL: the task is */
    struct lw_buf like_task; /* whose it is */

    /* the text as the panes show it, around the cursor */
    bool renders; /* it is Markdown */
    struct lw_doc rendered;
    struct lw_span rendered_of; /* which part of the text; it moves with every change */
    int rendered_cols;

    /* search and replace */
    enum lw_asked asked;
    struct lw_edit *line; /* what is typed on the last line; else NULL */
    struct lw_found found;
    struct lw_buf with; /* what matches become … */
    size_t first, seen; /* … from this match on; so many have been asked about … */
    size_t replaced;    /* … and so many replaced */
};

/* The task list. Only the lines on the screen are read. */
struct lw_list {
    struct lw_filter filter; /* which tasks are listed */
    struct lw_listed *line;  /* those on the screen, read when scrolled to */
    size_t nlines, top, at;  /* top: the first line's place in the list; at: the marked line */
    size_t want;             /* the task to select once it is reached; SIZE_MAX for none */
    enum { LW_TYPING_NONE, LW_TYPING_WORDS, LW_TYPING_FILTER } typing;
    bool opening;   /* Enter was pressed already: open the match */
    size_t found;   /* the task of the last match in a text; SIZE_MAX for none */
    size_t excerpt; /* the task whose line shows the match; SIZE_MAX for none */
    size_t next;    /* the place in the list to search next; SIZE_MAX: the search is over */
};

/* An event that a server refused. */
struct lw_refused {
    uint64_t seq;
    char *task, *why; /* owned; foreign */
};

/* What the user was told of labels that they sent. */
enum lw_send_told { LW_TOLD_GOING, LW_TOLD_SENT, LW_TOLD_LATER, LW_TOLD_STOPPED };

struct lw_send {
    struct lw_refused *refused; /* the first of them … */
    size_t n, more;             /* … and how many more there are */
    size_t at;                  /* the marked one */
    uint64_t asked;             /* labels that were to be sent when it was asked for … */
    enum lw_send_told told;     /* … and what was told of them last */
    int64_t leave_at; /* monotonic: leaving waits until then for labels being sent; 0: no wait */
};

/* What a response is compared with: a response by its index, or: */
enum { LW_AGAINST_USUAL = -1, LW_AGAINST_REFERENCE = -2 };

/* Which changes the pane of a response shows. */
enum lw_diff_shows {
    LW_SHOWS_NONE, /* there is nothing to compare it with */
    LW_SHOWS_OUT,  /* it is A of a pair: what is gone */
    LW_SHOWS_IN,   /* it is B: what is new */
    LW_SHOWS_BOTH  /* all in one text */
};

/* Responses compared, while they are. */
struct lw_pair {
    int from;                        /* the pane whose paragraphs … */
    struct lw_align align[LW_PANES]; /* … are aligned with those of each other one … */
    bool aligned[LW_PANES];          /* … where it is true */
    bool level;                      /* there are two, and blank lines bring them level */
};

/* Headings or links of the active pane. */
struct lw_jump {
    struct lw_doc_entry *v; /* owned */
    size_t n, at, top;
    bool links;
};

/* A text that is looked through for misspelt words, a step at a time. */
struct lw_spelt {
    struct lw_span text;            /* borrowed */
    int pane;                       /* that shows it */
    struct lw_rendering *rendering; /* what in it is prose; NULL: all */
    size_t lines, laid;             /* so many lines of that, up to this byte, were looked at */
    uint8_t *prose;                 /* of each byte */
    struct lw_byte_range *skip;     /* what is no prose, in order */
    size_t nskip, cap;
    struct lw_misspelt found;
    bool complete;
};

struct lw_spelling {
    struct lw_speller *speller;     /* borrowed, as the next; NULL: nothing is checked */
    const struct lw_config *config; /* may be NULL */
    uint64_t of;                    /* whose languages are set: show_count of the sitting's view */
    bool in_panes;                  /* mark words in the panes … */
    bool not_typed;                 /* … but not in what is written */
    bool told;                      /* what is missing was said unasked */
    bool waits;                     /* there is work for lw_app_work() */

    struct lw_spelt *text; /* what the panes show */
    size_t ntexts;
    struct lw_spelt typed; /* the part of what is written that is on the screen … */
    struct lw_spelt whole; /* … and all of it, for the next mistake */

    int seeking;        /* 1, -1: going to the next, previous mistake when all was checked */
    struct lw_span now; /* the mistake of a pane that was gone to last */
    size_t at;          /* that of what is written; SIZE_MAX for none */
    char *word;         /* in the box; NULL: it is not open */
    bool sought;        /* what may have been meant is known: */
    struct lw_suggestions meant;
};

/* Marking spans of a text. Offsets are bytes of the text. */
struct lw_marking {
    uint64_t of;           /* show_count of the task; 0: nothing was marked yet */
    struct lw_slot slot;   /* the spans question, and what it is about */
    struct lw_stops stops; /* where the cursor can stand … */
    size_t at;             /* … and where it is */
    size_t from, end;      /* the word that marking began with, while `open` */
    bool open;
    size_t picked;   /* the span that was gone to, by its place in the answer; SIZE_MAX: where the
                        cursor is */
    bool more;       /* the next tag comes beside those that the span has */
    int col;         /* the column that Up and Down keep to; -1: that of the cursor */
    const char *hit; /* the match of the search that the cursor was brought to last */
    int changes;     /* since marking began: what undo takes back here */
};

/* Marking boxes or points of a picture. */
struct lw_boxing {
    struct lw_slot slot; /* the question */
    int64_t x, y;        /* the pixel of the picture that the cursor is on, whatever is shown */
    struct lw_box from;  /* the pixels of the cell where a box began, while `open` */
    bool open;
    size_t picked; /* the one that was gone to, by its place in the answer; SIZE_MAX: none */
    bool more;     /* the next tag comes beside those that it has */
    int changes;   /* since marking began: what undo takes back here */
};

/* Where the answers stand, and what that was found for: see answer_area_internal.h. */
struct lw_answer_area {
    struct lw_answer_cell *cell; /* owned; in the order of the slots */
    size_t ncells;
    int pages, rows; /* of cells, on the largest page */
    int control;     /* rows of the focused question with its points or options */
    int side;        /* columns to the right of the texts where all that stands; 0: it is below */
    int spare;       /* blank rows below it, so that it stands right under short texts */
    bool made;
    uint64_t task, talk; /* show_count and talk_count */
    int screen_rows, screen_cols;
};

/* How much of the task is uncovered, and of what that was counted. */
struct lw_shown_size {
    uint64_t task, talk; /* show_count and talk_count */
    size_t uncovered;
    bool hidden;
    uint64_t characters;
};

/* What is said above the first task, until a key acts: how the file was read, and what else there
 * is to know. Borrowed. */
struct lw_opening {
    const struct lw_survey *survey; /* NULL: how it was read is known already */
    const char *const *sentence;
    size_t n;
    bool open, logged;
    bool reopens; /* the file is to be read otherwise */
};

/* The rows of the screen that comes when the last task is finished, and what it counted then. */
enum lw_finish_row {
    LW_FINISH_LEAVE,
    LW_FINISH_BACK,
    LW_FINISH_SKIPPED,
    LW_FINISH_DRAFTS,
    LW_FINISH_LEFT,
    LW_FINISH_SEND,
    LW_FINISH_ALL,
    LW_FINISH_ROWS
};
struct lw_finish {
    size_t seen; /* labels and skips when it was looked at last */
    enum lw_finish_row at;
    struct lw_standing now;
    uint64_t outside; /* tasks left that the session's filter leaves out */
};

/* Words looked for in a page of text. */
struct lw_page_find {
    struct lw_buf words;
    bool typing;
    struct lw_span *hit; /* n of them, in the page's texts … */
    size_t n, at;        /* … and the one that was gone to */
};

/* What the title line says of today, and of what that was counted. */
struct lw_title_progress {
    bool known;
    uint64_t events;  /* of the journal */
    int64_t midnight; /* UTC ms of the day's beginning */
    uint64_t today;   /* tasks done since */
};

struct lw_app {
    struct lw_sitting *s; /* borrowed, as the next three */
    const struct lw_keymap *keys;
    struct lw_sync *sync; /* NULL: nothing is ever sent */
    struct lw_http *http; /* shared by all that use the network; NULL: nobody does */
    const char *title;    /* of the project, for the header */
    int rows, cols;
    enum lw_overlay over;
    enum lw_overlay under; /* what a page covers */
    enum lw_app_action action;
    struct lw_title_progress progress;
    struct lw_finish finish;

    struct lw_theme_choice themes;
    struct lw_buf copied; /* what this key copies; empty for none */
    struct lw_remap remap;

    /* the task */
    uint64_t shown;  /* the task that the panes show: show_count of the sitting's view … */
    uint64_t talked; /* … and what its talk is, talk_count: of so many … */
    size_t talk_turns, talk_replies; /* … turns and replies */
    bool talk_has_changed;           /* since the panes were filled, and nothing else … */
    json_t *talk_texts;              /* … which keeps the texts that they show; NULL for none */
    struct lw_pane pane[LW_PANES];
    int npanes, active;  /* active: where scrolling goes */
    struct lw_grid grid; /* how the responses stand */
    struct lw_answer_area answers;
    int first, place;       /* places (in `order`) of the first one shown, and of the one that was
                               looked at last */
    const char **left_at;   /* of each response, in the order of the task: the byte at the top when
                               another one took its pane; NULL: its beginning */
    int followed;           /* the response that the panes last followed the focus to, or -1 */
    int followed_item;      /* the turn or step likewise */
    struct lw_slot home;    /* the focused question before a box was opened */
    size_t usual_responses; /* of most tasks; 0 where that is not known */
    bool zoom, link;
    size_t uncovered; /* of a hidden task: pieces that are shown, SIZE_MAX for all of it */
    struct lw_shown_size shown_size;
    enum lw_doc_form reading;   /* how its texts are shown */
    struct lw_reading_opts how; /* how they are laid out; cols: at most */
    bool word_diff;             /* panes show what differs … */
    int against;                /* … from this: LW_AGAINST_, or a response */
    size_t change, change_top;  /* the line of the change gone to last, and the top of its pane */
    bool fold;                  /* the prompt takes one line */
    bool laid_out;              /* panes fit rows, cols and flags … */
    int bottom, top;            /* … and this many rows below and above them … */
    bool next_shown;            /* … and what comes next in the task, or not */
    struct lw_key submitter;    /* the key that submitted the task before … */
    size_t submitted_to;        /* … the one that is `shown` so; 0: none did */
    bool hinted_digit_row;      /* the hint about digit_row was given */

    /* the search in the task */
    struct lw_buf find; /* what is searched for; empty: nothing */
    struct lw_hit *hit; /* its matches in the panes, in reading order */
    size_t nhits, hit_at;

    /* what is typed: a line, a note, a correction */
    struct lw_edit *input;
    enum lw_dialog_for input_for;
    json_t *input_was; /* the answer before typing began; NULL for none */
    bool input_pushed; /* the first change is already in the history */
    bool input_late;   /* the draft lacks the last changes: see lw_app_flush() */
    json_t *old_texts; /* texts of old drafts for it; NULL until needed */
    size_t old_at;     /* the next of them to bring back */
    struct lw_correction correction;

    /* picker, palette, list */
    size_t picker_at;     /* the option, or the place in the palette's list, that is marked */
    struct lw_buf filter; /* typed into any of the three */
    uint32_t uses[LW_CMD_TABLE_END]; /* of each command, from the palette */
    bool filtering;                  /* the picker */
    struct lw_list list;

    enum {
        LW_HINT_WAITS, /* for the first label of the session */
        LW_HINT_NOW,   /* until the next key */
        LW_HINT_OVER
    } undo_hint;

    uint64_t gone;        /* gone_count of the sitting's view, when a box was opened or later */
    bool turn_said;       /* the editor ended with a turn of the talk */
    struct lw_desk *desk; /* borrowed; NULL: nobody can be asked */
    struct lw_pair pair;
    struct lw_marking marking;
    struct lw_boxing boxing;
    struct lw_jump jump;
    struct lw_spelling spelling;
    struct lw_pictures pictures;

    struct lw_opening opening;

    /* a page of text */
    struct lw_doc page;
    size_t page_top;
    struct lw_page_find page_find;
    char *page_text; /* what the page shows: this text … */
    void (*page_fill)(const struct lw_app *app, struct lw_doc *to); /* … or what this writes */

    struct lw_my_work *work; /* as the summary of today or its page found it; NULL: neither was open
                              */

    /* sending and leaving */
    struct lw_send send;
    struct {
        char *seen;     /* what was seen of hidden tags today; NULL for nothing */
        bool for_today; /* leaving ends the user's day */
        bool checked;   /* false: it could not be read, or is too large to check now */
        struct lw_verdict verdict;
    } card;
    bool draft_kept; /* the draft was on the disk when the summary was opened */
};

/* ---- the task */

const struct lw_question *lw_app_question(const struct lw_app *app); /* focused; NULL for none */
size_t lw_app_suggestions(const struct lw_app *app);   /* how many are left to be accepted */
int lw_app_focused_response(const struct lw_app *app); /* the response it is about; -1 for none */
bool lw_app_has_pair(const struct lw_app *app);        /* exactly two responses: both are shown */
bool lw_app_is_hidden(const struct lw_app *app);       /* the task is hidden, at least in part */
bool lw_app_is_covered(const struct lw_app *app); /* it is hidden, and nothing of it is shown yet */
const char *lw_app_hiding_tag(const struct lw_app *app); /* the tag that hides it; NULL for none */
bool lw_app_is_shown(const struct lw_app *app, int response); /* it is on the screen */
int lw_shown_pane(const struct lw_app *app, int response);    /* its pane; 0 for none */
int lw_shown_place(const struct lw_app *app, int pane); /* of its response, in the order shown */
bool lw_app_shows_next(const struct lw_app *app);       /* what comes next in the task */
bool lw_app_is_judged(const struct lw_app *app, int response); /* of several responses, the focused
                                                                  question is about this one */
size_t lw_pane_last(const struct lw_pane *p);                  /* the greatest useful top */
bool lw_pane_shows_end(const struct lw_pane *p);               /* of its text */

/* ---- corrections and the word diff */

/* The text being typed is the user's own and corrects nothing: beside it stands what the task says,
 * in the rows of the word diff. */
bool lw_app_writes_own(const struct lw_app *app);

/* How the correction editor divides the screen below its header: the text, and the word diff below
 * it. From LW_WIDE_COLS on the diff is beside the text; Markdown as it is shown stands there
 * instead, and the diff below both. Rows and columns without the titles. */
struct lw_correction_rows {
    int text, cols;
    int diff, diff_cols;
    int side, side_cols; /* where what is beside the text begins; 0: nothing is */
    int rendered;        /* rows of what is beside the text when that is not the diff */
};
struct lw_correction_rows lw_correction_rows(const struct lw_app *app);

/* The text that the focused edit question is about; s is NULL for a text of the user's own.
 * Borrowed, as all of these. */
struct lw_span lw_correction_original(const struct lw_app *app);

struct lw_span lw_entry_text(const struct lw_app *app); /* what is being typed */

/* Something that stays is being written, which has spelling: a correction, a text, a reason; not a
 * task's number or words to search. */
bool lw_app_is_writing(const struct lw_app *app);

/* Where what is being typed is on the screen: its first line there, how many, how wide. */
struct lw_typed_lines {
    size_t top;
    int rows, cols;
};
struct lw_typed_lines lw_typed_lines(const struct lw_app *app);

int lw_dialog_rows(const struct lw_app *app); /* of the box for a line or a text, with its frame */

/* The correction editor's text as somebody else wrote it meanwhile; s is NULL when there is none,
 * or it is the same. */
struct lw_span lw_correction_theirs(const struct lw_app *app);

/* The texts that the word diff compares for a response: what was chosen to compare it with and the
 * response; else A and B of a pair; else the response and its correction, by the focused edit
 * question or the first one answered. */
enum lw_diff_shows lw_diff_sides(
    const struct lw_app *app, int response, struct lw_span *a, struct lw_span *b);

/* The diff shows corrections; else texts of the task, which stay as they are. */
bool lw_diff_is_of_answers(const struct lw_app *app);

/* What the pane of a response says of the diff that it shows, such as "word diff to B"; empty where
 * it shows none. */
void lw_diff_title(const struct lw_app *app, int pane, char *to, size_t n);

/* ---- lists */

enum { LW_DIGITS = 10 };                               /* options that a digit can choose */
bool lw_picker_is_needed(const struct lw_question *q); /* a choice with more options than digits */
bool lw_picker_matches(const struct lw_app *app, const struct lw_option *o); /* what was typed */
bool lw_picker_has(const struct lw_app *app, size_t option);                 /* it is set */
const json_t *lw_picker_value(const struct lw_app *app); /* what is set; NULL for nothing */
bool lw_option_is_in(const struct lw_option *o, const json_t *v); /* an answer; NULL for none */

/* While marking: the tags of the span that keys go to; NULL for none. */
const json_t *lw_marking_tags(const struct lw_app *app);
const json_t *lw_boxing_tags(const struct lw_app *app); /* the same of the box */

/* The commands that match what was typed: the best match first, of equal ones what is used most;
 * returns how many, at most
 * LW_CMD_TABLE_END. */
size_t lw_remap_find(
    const struct lw_app *app, enum lw_command_id *to); /* those with keys to give */
size_t lw_palette_find(const struct lw_app *app, enum lw_command_id *to);

int lw_list_rows(const struct lw_app *app);
int lw_list_detail_rows(const struct lw_app *app);   /* of them, below: the marked row, whole */
bool lw_list_is_filtering(const struct lw_app *app); /* tasks are still to be filtered … */
bool lw_list_is_searching(const struct lw_app *app); /* … or searched */
bool lw_list_is_complete(const struct lw_app *app);
bool lw_list_has_work(const struct lw_app *app);
bool lw_app_has_work(const struct lw_app *app); /* for lw_app_work() */

/* ---- scrolling and typing */

/* How wide a text is in so many columns: at least 1. */
int lw_text_cols(const struct lw_app *app, int cols);

/* The rows between header and panes that say how the file was read; 0 once a key has acted. */
int lw_opening_rows(const struct lw_app *app);

/* The first row of a table that was just opened can be taken otherwise: nothing is answered yet. */
bool lw_opening_takes_header(const struct lw_app *app);

int lw_pager_rows(const struct lw_app *app);
int lw_pager_columns(const struct lw_app *app); /* of a page that stands in several */
int lw_pager_cols(const struct lw_app *app);    /* how wide its lines are */
enum { LW_HELP_INDENT = 2 };
int lw_help_key_cols(const struct lw_app *app);  /* of help: behind the indent, those for keys */
size_t lw_pager_lines(const struct lw_app *app); /* that the screen shows */
size_t lw_jump_rows(const struct lw_app *app);   /* entries that the jump list shows */

/* How many lines a command scrolls, down or (negative) up: one, `page` or `all`; 0 if it does not
 * scroll. */
long lw_scroll_lines(enum lw_command_id id, long page, long all);

/* True while keys go into a text or a line. */
bool lw_app_is_typing(const struct lw_app *app);

#endif
