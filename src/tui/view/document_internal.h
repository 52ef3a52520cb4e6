/* A pane's text as screen lines: turns of a conversation, a response, a page of help. Built for one
 * width; which bytes of the source each run shows is kept. */
#ifndef LABELWRIGHT_TUI_VIEW_DOCUMENT_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_DOCUMENT_INTERNAL_H

#include "labelwright/format/task.h"
#include "labelwright/markup/rendering.h"
#include "labelwright/picture/picture.h"
#include "labelwright/text/diff.h"
#include "tui/view/frame_internal.h"

/* How texts are shown. */
enum lw_doc_form {
    LW_READ_RENDERED, /* Markdown laid out; what is none as it stands */
    LW_READ_SOURCE,   /* as it stands */
    LW_READ_RAW /* and every character that is not shown otherwise by a sign: →, ¶, <U+200D> */
};

/* A line of our own, or a text laid out. */
struct lw_doc_part {
    struct lw_rendering *rendering; /* NULL: one line of our own */
    bool markdown;
    struct lw_span text; /* borrowed, or `own` */
    char *own;
    struct lw_span source; /* the text of the task that it is: `text`, or what is spelled out there;
                              NULL: none, or two */
    enum lw_role role;     /* of what has no style of its own */
    bool heading;          /* our own line: who speaks */
    int item;              /* what begins here: a turn or a step, by its place; -1: nothing */
    const struct lw_picture_cell *cell; /* of a picture: ncells a line; borrowed */
    int ncells;
    const struct lw_picture *pixels; /* that are shown in the cells; NULL: their characters are */
    size_t first, nlines;
};

/* A piece of a text that looks different. */
struct lw_doc_mark {
    struct lw_span at;
    enum lw_role role;
};

enum {
    LW_DOC_AT_ONCE = 200, /* lines that are laid out before anybody looks */
    LW_DIFF_COLS =
        4096 /* for texts that are only compared: what they show is the same at any width */
};

/* Blank lines that stand before a line, so that it is level with one beside it. */
struct lw_doc_pad {
    size_t line;   /* of those that are no padding */
    size_t n, sum; /* how many, and how many up to here */
};

/* Zero-initialise. */
struct lw_doc {
    struct lw_doc_part *part;
    size_t nparts, done;        /* parts before `done` are laid out whole */
    struct lw_doc_part *was;    /* those of before, whose texts may be appended again */
    size_t nwas, was_next;      /* the next one is looked for from here on */
    size_t n;                   /* lines so far … */
    bool complete;              /* … and there will be no more */
    bool folds_parts;           /* parts of a message take one line, and show no text */
    struct lw_reading_opts how; /* how texts that are not shown as they stand are laid out, but for
                                   the width; stays when it is cleared */
    struct lw_doc_mark *mark;   /* in the order of the text */
    size_t nmarks;
    struct lw_doc_pad *pad; /* in order; n counts them */
    size_t npads;
    int item; /* what begins with the next part, from 1; 0: nothing */
    int left; /* columns that are free before each line, for what is said of the items */
    struct lw_pictures *pictures; /* borrowed; NULL: pictures are only named */
};

/* A line as it is drawn; valid until more is laid out. */
struct lw_doc_line {
    struct lw_span text;      /* the text that it is of; a line of our own: all of it */
    bool own;                 /* a line of our own: all of `text` … */
    const struct lw_run *run; /* … else these */
    size_t nruns;
    const struct lw_picture_cell *cell; /* of a picture; NULL for a line of words */
    int ncells;
    const struct lw_picture *pixels; /* of the cells; NULL: their characters */
    int pixels_row;
    size_t at; /* of the text, where these begin; of a blank line: those of one before */
    enum lw_role role;
    bool heading;
    bool rtl; /* a paragraph begins here that is read from right to left */
};

void lw_doc_clear(struct lw_doc *doc);

/* The same where most texts will be appended again as they are, or grown: what was laid out of them
 * is used again. They must be there until lw_doc_settle(), when all are appended. */
void lw_doc_refill(struct lw_doc *doc);
void lw_doc_settle(struct lw_doc *doc);

void lw_doc_fini(struct lw_doc *doc);

/* Lays out until there are `lines` lines or no more text; returns how many there are. */
size_t lw_doc_reach(struct lw_doc *doc, size_t lines);

void lw_doc_push(struct lw_doc *doc, struct lw_doc_part part); /* takes what the part owns */

/* ---- every character */

/* Appends the text with every character: →, ¶, <U+200D>. */
void lw_spell_out(const char *s, size_t n, struct lw_buf *to);
/* The byte of the text that byte `at` of what is spelled out stands for, and the way back. */
size_t lw_spelled_source(const char *s, size_t n, size_t at);
size_t lw_spelled_at(const char *s, size_t n, size_t at);

/* ---- texts */

/* Appends a text. It must outlive the doc. */
void lw_doc_text(
    struct lw_doc *doc, struct lw_span text, int cols, enum lw_role role, enum lw_doc_form reading);
/* With the next part that is appended, the item at this place begins. */
void lw_doc_begin_item(struct lw_doc *doc, int item);

/* The item that begins on the line, -1 for none; and the line where it begins: what is before it
 * is laid out. SIZE_MAX where there is no such item. */
int lw_doc_item_at(const struct lw_doc *doc, size_t line);
size_t lw_doc_item_line(struct lw_doc *doc, int item);

bool lw_doc_has_markdown(const struct lw_doc *doc); /* some text is laid out as such */

/* Whether code or quotes that are laid out are folded; whether byte `at` of a text is in them. */
bool lw_doc_has_folds(const struct lw_doc *doc);
bool lw_doc_is_folded(const struct lw_doc *doc, const char *at);

/* Appends the diff of a and b, wrapped to `cols`: what is the same, with `gone` also the removed
 * words as [-…-], with `came` the added ones as {+…+}. Each change shown has a mark, in order. */
void lw_doc_diff(struct lw_doc *doc, const struct lw_diff *diff, struct lw_span a, struct lw_span b,
    bool gone, bool came, int cols);

/* Appends a text laid out, with its part of a diff in what it shows: what is gone of the first text
 * as [-…-], or what is new in the second as {+…+}. Each change has a mark. */
void lw_doc_changes(struct lw_doc *doc, struct lw_span text, const struct lw_diff *diff, bool first,
    int cols, bool markdown);

/* The diff of what two texts show, laid out as Markdown or not. */
void lw_diff_shown(
    struct lw_diff *diff, struct lw_span a, bool markdown_a, struct lw_span b, bool markdown_b);

/* The paragraphs of a text of the doc; the caller frees them. Lays out everything. */
struct lw_text_range *lw_doc_paragraphs(struct lw_doc *doc, struct lw_span text, size_t *n);

/* Appends the parts of a message in order; its text if there are none. `fold`: long ones take one
 * line. */
void lw_doc_message(struct lw_doc *doc, struct lw_span text, const struct lw_parts *parts, int cols,
    bool fold, enum lw_doc_form reading);
void lw_doc_parts(struct lw_doc *doc, const struct lw_parts *parts, int cols, bool fold,
    enum lw_doc_form reading);

/* Only the parts other than text, where the text is shown in another way. */
void lw_doc_other_parts(struct lw_doc *doc, const struct lw_parts *parts, int cols, bool fold,
    enum lw_doc_form reading);

/* Appends a line of our own. */
void lw_doc_line(struct lw_doc *doc, enum lw_role role, bool heading, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Appends our own words with foreign ones in them, wrapped and searchable like a text. */
void lw_doc_words(struct lw_doc *doc, enum lw_role role, int cols, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Puts n > 0 blank lines before a line, behind all that were put before. The doc must be complete;
 * `line` counts without padding. */
void lw_doc_pad(struct lw_doc *doc, size_t line, size_t n);

struct lw_doc_line lw_doc_line_at(const struct lw_doc *doc, size_t line); /* line < doc->n */

/* The first byte that a line shows; NULL where it shows none of a text. */
const char *lw_doc_place(const struct lw_doc *doc, size_t line);

/* How much of the texts stands before the end of that line, in percent of their bytes: 0 to 100. */
int lw_doc_percent(const struct lw_doc *doc, size_t line);

/* Lays out as far as byte `at` of one of the texts. */
void lw_doc_reach_place(struct lw_doc *doc, const char *at);

/* The line, of those there are, that shows byte `at` of one of the texts; the first one behind it
 * where a break swallowed it. */
size_t lw_doc_line_of(const struct lw_doc *doc, const char *at);

/* The first byte of a text of the task that this line shows or one behind it, also where every
 * character is shown; NULL for none. */
const char *lw_doc_source(const struct lw_doc *doc, size_t line);

/* The line that shows it, as above; lays out as far. False where it is in no text of the doc. */
bool lw_doc_find_source(struct lw_doc *doc, const char *at, size_t *line);

/* A heading, or a link. */
struct lw_doc_entry {
    struct lw_span at; /* what it says, in its text */
    unsigned level;    /* of a heading */
    char *target;      /* of a link: where it goes; owned, as the title */
    char *title;       /* may be empty */
};

/* All headings, or all links, of the texts that are laid out as Markdown; the caller frees the
 * array. Lays out everything. */
struct lw_doc_entry *lw_doc_headings(struct lw_doc *doc, size_t *n);
struct lw_doc_entry *lw_doc_links(struct lw_doc *doc, size_t *n);
void lw_doc_entries_free(struct lw_doc_entry *v, size_t n);

/* Calls `each` with the place of every match in what the texts show, in order, until it returns
 * false. */
void lw_doc_find(struct lw_doc *doc, struct lw_needle *needle,
    bool (*each)(void *ctx, struct lw_span at), void *ctx);

/* Restyles the part of a line, drawn in `row` from column `col` on, that belongs to `at`, a piece
 * of the same text; it may go on in the next line. */
void lw_doc_restyle(struct lw_area a, int row, int col, const struct lw_doc_line *l,
    struct lw_span at, enum lw_role role);

/* Draws lines from `top` on into the area, from its column `col` on. Before that column stands a
 * sign where a paragraph begins that is read from right to left. */
void lw_doc_draw(const struct lw_doc *doc, size_t top, struct lw_area a, int col);

#endif
