/* The desk: how the sitting is being looked at. Turns keys into commands, and sitting and desk into
 * a frame. No curses, no I/O but the guidelines file: a test drives it with keys and reads frames.
 */
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

/* What lies over the task, or instead of it. */
enum lw_over {
    LW_OVER_NONE,
    LW_OVER_PICKER,  /* flags of the focused tags question */
    LW_OVER_PALETTE, /* commands by name */
    LW_OVER_LIST,    /* all tasks */
    LW_OVER_INPUT,   /* a line or a text being typed */
    LW_OVER_EDIT,    /* a response being corrected */
    LW_OVER_HELP,
    LW_OVER_GUIDELINES,
    LW_OVER_OLD,      /* drafts that did not fit any more */
    LW_OVER_MESSAGES, /* the log */
    LW_OVER_NOTICE,   /* what must be read before work begins */
    LW_OVER_SEND,     /* what was sent, what was refused */
    LW_OVER_CARD,     /* leaving */
    LW_OVER_PAUSE
};

enum lw_input_for { LW_INPUT_TEXT, LW_INPUT_EDIT, LW_INPUT_SKIP, LW_INPUT_GO, LW_INPUT_FIND };

/* What the loop must do that the desk cannot. */
enum lw_wish {
    LW_WISH_NONE,
    LW_WISH_LEAVE,
    LW_WISH_SUSPEND,
    LW_WISH_REDRAW,
    LW_WISH_OUTSIDE /* the user's own editor; see lw_desk_outside() */
};

/* A scrollable text on the screen. */
struct lw_pane {
    int response; /* index into task->response; -1: the prompt */
    struct lw_doc doc;
    size_t top; /* first line shown */
    int row, col, rows,
        cols; /* where its text stands; rows 0: not shown. Its title is one row above */
};

/* A place where what was searched for stands. */
struct lw_hit {
    int pane;  /* -1: the response is not in view, of three and more */
    int place; /* 0 the prompt, 1 + its place in s->order a response */
    struct lw_span at;
};

enum { LW_PANES = 3 }; /* the prompt and at most two responses at a time */

/* The correction editor, beside desk->input, which is its text. */
struct lw_correction {
    struct lw_wrap wrap;     /* of the text, at the editor's width */
    size_t top;              /* the first of its lines on the screen */
    struct lw_diff diff;     /* of the response and the text … */
    struct lw_doc doc;       /* … as it is shown */
    struct lw_edit *find;    /* what is looked for, while it is typed; else NULL */
    size_t found, found_len; /* the place that was found; 0 bytes for none */
};

/* The task list. Only the lines on the screen are read. */
struct lw_list {
    struct lw_sift sift;    /* which tasks are listed */
    struct lw_listed *line; /* those on the screen, read when they come there */
    size_t nlines, top, at; /* top: the first line's place in the list; at: the marked line */
    size_t want;            /* the task to come to as soon as it is sifted; SIZE_MAX for none */
    enum { LW_TYPING_NONE, LW_TYPING_WORDS, LW_TYPING_FILTER } typing;
    bool opening; /* Enter was pressed already: open what is found */
    size_t found; /* the task in whose text words were found last; SIZE_MAX for none */
    size_t next;  /* the place in the list where looking for words goes on; SIZE_MAX: it is over */
};

/* An event that an endpoint refused. */
struct lw_refused {
    uint64_t seq;
    char *task, *why; /* owned; foreign */
};

struct lw_send {
    struct lw_refused *refused; /* the first of them … */
    size_t n, more;             /* … and how many more there are */
    size_t at;                  /* the marked one */
    int64_t leave_at; /* monotonic: so long leaving waits for what is being sent; 0: it does not */
};

struct lw_desk {
    struct lw_sitting *s; /* borrowed, as the next three */
    const struct lw_keymap *keys;
    struct lw_sync *sync; /* NULL: nothing is ever sent */
    const char *who;      /* "project" for the header */
    int rows, cols;
    uint64_t shows; /* the task that panes were made for */
    struct lw_pane pane[LW_PANES];
    int npanes, active;  /* active: where scrolling goes */
    int single;          /* more than two responses: place (in s->order) of the one shown */
    int followed;        /* the response the focus was on when the panes followed it, or -1 */
    struct lw_slot home; /* the question that was focused before a box took the keys */
    bool zoom, link, raw, revealed;
    bool word_diff;         /* panes show what differs */
    bool fold;              /* the prompt takes one line */
    size_t usual_responses; /* of most tasks; 0 where that is not known */
    bool laid_out;          /* panes fit rows, cols and flags … */
    int bottom;             /* … and this many rows below them */

    enum lw_over over;
    struct {
        bool checked; /* else it could not be read, or is too large to be checked in passing */
        struct lw_verdict verdict;
    } card;
    struct lw_doc page; /* help, guidelines, notice */
    size_t page_top;
    char *page_text;
    struct lw_edit *input;
    enum lw_input_for input_for;
    json_t *input_was; /* the answer before typing began; NULL for none */
    bool input_pushed; /* the first change is in the history already */
    json_t *old_texts; /* what old drafts have for it; NULL until asked for */
    size_t old_at;     /* the next of them to bring back */
    struct lw_correction correction;
    bool draft_kept;    /* what is typed was on the disk when the card was opened */
    enum lw_over under; /* what lies below a page */
    size_t picker_at;   /* the option, or the place in the palette's list, that is marked */
    struct lw_list list;
    struct lw_send send;
    struct lw_buf find; /* what is searched for; empty: nothing */
    struct lw_hit *hit; /* where it stands in the panes, in the order of reading */
    size_t nhits, hit_at;
    struct lw_buf filter; /* typed into the picker or the palette */
    bool filtering;
    struct lw_key submitter; /* the key that submitted the task before … */
    size_t submitted_to;     /* … that of lw_sitting.shows; 0: none did */
    bool told_digit_row;     /* what to set for keyboards without plain digits was said */
    enum lw_wish wish;
};

void lw_desk_init(struct lw_desk *d, struct lw_sitting *s, const struct lw_keymap *keys);
void lw_desk_fini(struct lw_desk *d);

/* What must be read first: journal notes, a new project file. n sentences; none: nothing happens.
 */
void lw_desk_notice(struct lw_desk *d, const char *const *sentences, size_t n);

void lw_desk_resize(struct lw_desk *d, int rows, int cols);

/* One key; for LW_KEY_PASTE with what was pasted. Ends in commands to the sitting. */
void lw_desk_key(struct lw_desk *d, struct lw_key key, const char *paste, size_t n);

/* True while keys are put into a text or a line that is being typed. */
bool lw_desk_types(const struct lw_desk *d);

/* What the loop must do now; asking takes it. */
enum lw_wish lw_desk_wish(struct lw_desk *d);

/* What the user's own editor is to open: the text being typed, else that of the focused correction.
 * Borrowed until the next call. */
const char *lw_desk_outside(const struct lw_desk *d, size_t *n);

/* What came of it: the text, or with NULL why there is none. */
void lw_desk_came_back(struct lw_desk *d, const char *text, size_t n, const char *why);

/* Work that waits while keys are typed: going through all tasks for the list. lw_desk_works() while
 * there is some; lw_desk_work() does a little, and says whether the screen changes by it. */
bool lw_desk_works(const struct lw_desk *d);
bool lw_desk_work(struct lw_desk *d);

/* What sync's status says may have changed, or the time came (lw_desk_parts_in): to be told. */
void lw_desk_sent(struct lw_desk *d);

/* Milliseconds until leaving waits no longer for what is being sent; -1 when it does not wait. */
int64_t lw_desk_parts_in(const struct lw_desk *d);

/* Fits the frame to the desk and draws all of it. The same sitting and desk give the same frame. */
void lw_desk_draw(struct lw_desk *d, struct lw_frame *f);

#endif
