/* Two texts side by side: which paragraph of one belongs to which of the other. Pure.
 *
 * Made for two answers to one question, and for an answer and its correction: what has many words
 * in common, above all rare ones, is paired, and the order of both is kept. */
#ifndef LABELWRIGHT_TEXT_ALIGN_H
#define LABELWRIGHT_TEXT_ALIGN_H

#include <stddef.h>
#include <stdint.h>

struct lw_align_text {
    const char *s;
    size_t n;
    const struct lw_align_range {
        size_t from, end; /* bytes of a paragraph */
    } * v;                /* in order, none in another; there may be bytes between them */
    size_t count;
};

#define LW_ALIGN_NONE SIZE_MAX

struct lw_align_row {
    size_t a, b; /* paragraphs; LW_ALIGN_NONE in one of them: the other stands alone */
    int percent; /* of their words that are the same, rare ones counting more; 0 when alone */
};

/* Zero-initialise; reused by every call. */
struct lw_align {
    struct lw_align_row *v; /* every paragraph once, in the order of both */
    size_t n, cap;
    struct lw_align_knot {
        size_t a, b;
    } * knot; /* places that belong together; for lw_align_place() */
    size_t knots;
};

/* Near linear in the texts: a paragraph is compared with a few that share rare words with it, and
 * only its first 4 KB count. Ranges that reach beyond the text are cut. */
void lw_align_paragraphs(
    struct lw_align *al, const struct lw_align_text *a, const struct lw_align_text *b);

/* The byte of the second text that belongs beside byte `at` of the first: as far in the paired
 * paragraph, and between the pairs around for what stands alone. Not to be taken for the start of a
 * character. It never goes back when `at` goes on. _back() from the second text to the first. */
size_t lw_align_place(const struct lw_align *al, size_t at);
size_t lw_align_place_back(const struct lw_align *al, size_t at);

void lw_align_fini(struct lw_align *al);

#endif
