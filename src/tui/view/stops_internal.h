/* Where a cursor can stand in a text of the task, as a pane shows it: on each character, and on
 * what is shown as a whole, like a formula. Marks of Markdown that are not shown, what is folded,
 * and our own signs are no places. All offsets are bytes of the text. */
#ifndef LABELWRIGHT_TUI_VIEW_STOPS_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_STOPS_INTERNAL_H

#include "tui/view/document_internal.h"

/* What is at a byte. */
enum {
    LW_STOP = 1,          /* a place begins … */
    LW_STOP_MORE = 2,     /* … or goes on */
    LW_STOP_WORD = 4,     /* and a word begins with it … */
    LW_STOP_WORD_END = 8, /* … or ends with it */
    LW_STOP_SENTENCE = 16
};

/* Zero-initialise. */
struct lw_stops {
    struct lw_span text; /* borrowed */
    uint8_t *at;         /* of each byte */
};

/* Lays out all of the doc. False when it shows nothing of the text as it stands. */
bool lw_stops_make(struct lw_stops *to, struct lw_doc *doc, struct lw_span text);
void lw_stops_fini(struct lw_stops *s);

/* The next place behind `at`, or the last one before it, that has this bit; `at` for none. */
size_t lw_stops_next(const struct lw_stops *s, size_t at, uint8_t bit);
size_t lw_stops_previous(const struct lw_stops *s, size_t at, uint8_t bit);
size_t lw_stops_end(const struct lw_stops *s, size_t at); /* where the place at `at` ends */
/* The place that byte `at` is in, else the next one, else the last. */
size_t lw_stops_at(const struct lw_stops *s, size_t at);

/* The bytes of the word at a place; the place alone where there is none. */
void lw_stops_word(const struct lw_stops *s, size_t at, size_t *from, size_t *end);
/* The last place of the sentence that the place is in. */
size_t lw_stops_sentence_end(const struct lw_stops *s, size_t at);

/* Line and column of a place in the doc, and the place on a line that is nearest to a column;
 * SIZE_MAX for none. */
size_t lw_stops_line(const struct lw_stops *s, const struct lw_doc *doc, size_t at, int *col);
size_t lw_stops_on_line(const struct lw_stops *s, const struct lw_doc *doc, size_t line, int col);

#endif
