/* A pane's text as screen lines: turns of a conversation, a response, a page of help. Built for one
 * width; offsets into the source are kept. */
#ifndef LABELWRIGHT_TUI_VIEW_DOCUMENT_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_DOCUMENT_INTERNAL_H

#include "labelwright/format/task.h"
#include "labelwright/text/diff.h"
#include "tui/view/frame_internal.h"

struct lw_doc_line {
    const char *s; /* borrowed from the source text, or from the doc's own */
    size_t n;
    enum lw_role role;
    bool heading; /* our own line: who speaks */
};

/* A piece of the text that looks different. */
struct lw_doc_mark {
    struct lw_span at;
    enum lw_role role;
};

struct lw_doc {
    struct lw_doc_line *v;
    size_t n, cap;
    char **own; /* texts made for display, kept for the lines */
    size_t nown;
    struct lw_span *text; /* the texts of the lines, in order; not our own lines */
    size_t ntexts;
    struct lw_doc_mark *mark; /* in the order of the text */
    size_t nmarks;
};

void lw_doc_clear(struct lw_doc *doc);
void lw_doc_fini(struct lw_doc *doc);

/* Appends text wrapped to `cols`. `raw`: every character that is not shown otherwise appears as its
 * sign, tabs as →, line ends as ¶. The text must outlive the doc. */
void lw_doc_text(struct lw_doc *doc, struct lw_span text, int cols, enum lw_role role, bool raw);

/* Appends the diff of a and b, wrapped to `cols`: what is the same, with `gone` also the removed
 * words as [-…-], with `came` the added ones as {+…+}. Each change shown has a mark, in order. */
void lw_doc_diff(struct lw_doc *doc, const struct lw_diff *diff, struct lw_span a, struct lw_span b,
    bool gone, bool came, int cols);

/* Appends the parts of a message in order; its text if there are none. `fold`: long ones take one
 * line. */
void lw_doc_message(struct lw_doc *doc, struct lw_span text, const struct lw_parts *parts, int cols,
    bool fold, bool raw);
void lw_doc_parts(struct lw_doc *doc, const struct lw_parts *parts, int cols, bool fold, bool raw);

/* Only the parts other than text, where the text is shown in another way. */
void lw_doc_other_parts(
    struct lw_doc *doc, const struct lw_parts *parts, int cols, bool fold, bool raw);

/* Appends a line of our own. */
void lw_doc_line(struct lw_doc *doc, enum lw_role role, bool heading, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Appends our own words with foreign ones in them, wrapped and searchable like a text. */
void lw_doc_words(struct lw_doc *doc, enum lw_role role, int cols, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* The line that shows byte `at` of one of the texts; the first one behind it where a break
 * swallowed it. */
size_t lw_doc_line_of(const struct lw_doc *doc, const char *at);

/* Restyles the part of a line, drawn in `row` from column `col` on, that belongs to `at`, a piece
 * of the same text; it may go on in the next line. */
void lw_doc_restyle(struct lw_area a, int row, int col, const struct lw_doc_line *l,
    struct lw_span at, enum lw_role role);

/* Draws lines from `top` on into the area, from its column `col` on. */
void lw_doc_draw(const struct lw_doc *doc, size_t top, struct lw_area a, int col);

#endif
