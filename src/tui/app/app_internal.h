/* The desk: the view of the session. Turns keys into commands, and session and desk into a frame.
 * No curses, no I/O but the guidelines file: a test sends keys and reads frames. */
#ifndef LABELWRIGHT_TUI_APP_APP_INTERNAL_H
#define LABELWRIGHT_TUI_APP_APP_INTERNAL_H

#include "labelwright/sitting/filter.h"
#include "labelwright/sync/sync.h"
#include "labelwright/text/edit.h"
#include "tui/input/key_internal.h"
#include "tui/input/keymap_internal.h"
#include "tui/view/doc_internal.h"
#include "tui/view/frame_internal.h"

enum { LW_MIN_ROWS = 16, LW_MIN_COLS = 60, LW_WIDE_COLS = 120, LW_TEXT_COLS = 100 };

/* What is shown over the task, or instead of it. */
enum lw_overlay {
    LW_OVERLAY_NONE,
    LW_OVERLAY_PICKER,  /* flags of the focused tags question */
    LW_OVERLAY_PALETTE, /* commands by name */
    LW_OVERLAY_LIST,    /* all tasks */
    LW_OVERLAY_DIALOG,  /* a line or a text being typed */
    LW_OVERLAY_EDIT,    /* a response being corrected */
    LW_OVERLAY_HELP,
    LW_OVERLAY_GUIDELINES,
    LW_OVERLAY_OLD,      /* old drafts of the task */
    LW_OVERLAY_MESSAGES, /* the log */
    LW_OVERLAY_NOTICE,   /* notices to read before the first task */
    LW_OVERLAY_SEND,     /* what was sent, what was refused */
    LW_OVERLAY_CARD,     /* leaving */
    LW_OVERLAY_PAUSE
};

enum lw_dialog_for { LW_DIALOG_TEXT, LW_DIALOG_EDIT, LW_DIALOG_SKIP, LW_DIALOG_GO, LW_DIALOG_FIND };

/* What the loop must do for the desk. */
enum lw_app_action {
    LW_ACTION_NONE,
    LW_ACTION_LEAVE,
    LW_ACTION_SUSPEND,
    LW_ACTION_REDRAW,
    LW_ACTION_EXTERNAL_EDITOR /* the user's own editor; see lw_app_external_editor() */
};

/* A scrollable text on the screen. */
struct lw_pane {
    int response; /* index into task->response; -1: the prompt */
    struct lw_doc doc;
    size_t top; /* first line shown */
    int row, col, rows,
        cols; /* where its text is drawn; rows 0: not shown. The title is one row above */
};

/* A match of the search. */
struct lw_hit {
    int pane;  /* -1: in a response that is not shown, of three or more */
    int place; /* 0 the prompt, 1 + its place in s->order a response */
    struct lw_span at;
};

enum { LW_PANES = 3 }; /* the prompt and at most two responses */

/* The correction editor; its text is desk->input. */
struct lw_correction {
    struct lw_wrap wrap;     /* of the text, at the editor's width */
    size_t top;              /* the first of its lines on the screen */
    struct lw_diff diff;     /* of the response and the text … */
    struct lw_doc doc;       /* … as it is shown */
    struct lw_edit *find;    /* the search while it is typed; else NULL */
    size_t found, found_len; /* the match; 0 bytes for none */
};

/* The task list. Only the lines on the screen are read. */
struct lw_list {
    struct lw_filter sift;  /* which tasks are listed */
    struct lw_listed *line; /* those on the screen, read when scrolled to */
    size_t nlines, top, at; /* top: the first line's place in the list; at: the marked line */
    size_t want;            /* the task to select once it is reached; SIZE_MAX for none */
    enum { LW_TYPING_NONE, LW_TYPING_WORDS, LW_TYPING_FILTER } typing;
    bool opening; /* Enter was pressed already: open the match */
    size_t found; /* the task of the last match in a text; SIZE_MAX for none */
    size_t next;  /* the place in the list to search next; SIZE_MAX: the search is over */
};

/* An event that a server refused. */
struct lw_refused {
    uint64_t seq;
    char *task, *why; /* owned; foreign */
};

struct lw_send {
    struct lw_refused *refused; /* the first of them … */
    size_t n, more;             /* … and how many more there are */
    size_t at;                  /* the marked one */
    int64_t leave_at; /* monotonic: leaving waits until then for labels being sent; 0: no wait */
};

struct lw_app {
    struct lw_sitting *s; /* borrowed, as the next three */
    const struct lw_keymap *keys;
    struct lw_sync *sync; /* NULL: nothing is ever sent */
    const char *who;      /* "project" for the header */
    int rows, cols;
    uint64_t shows; /* the task that the panes show */
    struct lw_pane pane[LW_PANES];
    int npanes, active;  /* active: where scrolling goes */
    int single;          /* with more than two responses: place (in s->order) of the one shown */
    int followed;        /* the response that the panes last followed the focus to, or -1 */
    struct lw_slot home; /* the focused question before a box was opened */
    bool zoom, link, raw, revealed;
    bool word_diff;         /* panes show what differs */
    bool fold;              /* the prompt takes one line */
    size_t usual_responses; /* of most tasks; 0 where that is not known */
    bool laid_out;          /* panes fit rows, cols and flags … */
    int bottom;             /* … and this many rows below them */

    enum lw_overlay over;
    struct {
        bool checked; /* false: it could not be read, or is too large to check now */
        struct lw_verdict verdict;
    } card;
    struct lw_doc page; /* help, guidelines, notice */
    size_t page_top;
    char *page_text;
    struct lw_edit *input;
    enum lw_dialog_for input_for;
    json_t *input_was; /* the answer before typing began; NULL for none */
    bool input_pushed; /* the first change is already in the history */
    json_t *old_texts; /* texts of old drafts for it; NULL until needed */
    size_t old_at;     /* the next of them to bring back */
    struct lw_correction correction;
    bool draft_kept;       /* the draft was on the disk when the summary was opened */
    enum lw_overlay under; /* what a page covers */
    size_t picker_at;      /* the option, or the place in the palette's list, that is marked */
    struct lw_list list;
    struct lw_send send;
    struct lw_buf find; /* what is searched for; empty: nothing */
    struct lw_hit *hit; /* its matches in the panes, in reading order */
    size_t nhits, hit_at;
    struct lw_buf filter; /* typed into the picker or the palette */
    bool filtering;
    struct lw_key submitter; /* the key that submitted the task before … */
    size_t submitted_to;     /* … that of lw_sitting.shows; 0: none did */
    bool told_digit_row;     /* the hint about digit_row was given */
    enum lw_app_action action;
};

void lw_app_init(struct lw_app *d, struct lw_sitting *s, const struct lw_keymap *keys);
void lw_app_fini(struct lw_app *d);

/* Shows n sentences to read first: journal notes, a new project file. Does nothing for n == 0. */
void lw_app_notice(struct lw_app *d, const char *const *sentences, size_t n);

void lw_app_resize(struct lw_app *d, int rows, int cols);

/* Handles one key (LW_KEY_PASTE with its text); may give commands to the session. */
void lw_app_key(struct lw_app *d, struct lw_key key, const char *paste, size_t n);

/* True while keys go into a text or a line. */
bool lw_app_types(const struct lw_app *d);

/* What the loop must do now; reading it clears it. */
enum lw_app_action lw_app_action(struct lw_app *d);

/* The text for $EDITOR: the one being typed, else that of the focused correction. Borrowed until
 * the next call. */
const char *lw_app_external_editor(const struct lw_app *d, size_t *n);

/* The text from $EDITOR; or NULL and why there is none. */
void lw_app_came_back(struct lw_app *d, const char *text, size_t n, const char *why);

/* Work to do between keys: going through all tasks for the list. lw_app_works(): there is some;
 * lw_app_work() does a little and returns whether the screen changed. */
bool lw_app_works(const struct lw_app *d);
bool lw_app_work(struct lw_app *d);

/* Call when the status of sync may have changed, or lw_app_parts_in() is 0. */
void lw_app_sent(struct lw_app *d);

/* Milliseconds that leaving still waits for labels being sent; -1 when it does not wait. */
int64_t lw_app_parts_in(const struct lw_app *d);

/* Sizes the frame and draws everything. The same session and desk give the same frame. */
void lw_app_draw(struct lw_app *d, struct lw_frame *f);

#endif
