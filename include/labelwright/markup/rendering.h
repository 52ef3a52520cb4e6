/* A text as lines of a screen: Markdown, code and formulas laid out, or the text as it stands. Each
 * run of a line knows which bytes of the text it stands for. Lines are counted as far as is asked
 * for, so that the first screen of a long text costs little, and made when they are read. Pure. */
#ifndef LABELWRIGHT_MARKUP_RENDERING_H
#define LABELWRIGHT_MARKUP_RENDERING_H

#include "labelwright/base/buf.h"
#include "labelwright/markup/run.h"
#include "labelwright/text/find.h"

/* True when the text reads better laid out: it has marks that only Markdown has, or formulas. Prose
 * that merely looks like it (a dash, one asterisk, a price) is none, nor is a program or JSON. */
bool lw_is_markdown(const char *s, size_t n);

struct lw_rendering;

/* How a text is laid out. Only `cols` >= 1 must be set. */
struct lw_reading_opts {
    int cols;
    int spacing;  /* 2: a blank line between the lines of prose */
    bool justify; /* blanks between the words of prose are widened, so that lines end together */
    bool numbers; /* lines of code have numbers */
    bool fold;    /* code and quotes of more than LW_FOLD_LEAST lines take one */
    bool grows;   /* more of the text is still to come: nothing is said of what is not closed yet */
};
enum { LW_READING_COLS = 100 /* unless the user says otherwise */, LW_FOLD_LEAST = 3 };

/* The text must outlive it. */
struct lw_rendering *lw_rendering_new(
    const char *s, size_t n, bool markdown, struct lw_reading_opts how);
void lw_rendering_free(struct lw_rendering *r);

/* The text is now this one, wherever it stands: the same, or the same with more behind it. What was
 * laid out stays as far as nothing that came can change it. False where most would be laid out anew
 * or otherwise: nothing has changed then. The text that it had must still be there. */
bool lw_rendering_grow(
    struct lw_rendering *r, const char *s, size_t n, bool markdown, struct lw_reading_opts how);

/* Lays out until there are `lines` lines or no more text; returns how many there are. */
size_t lw_rendering_reach(struct lw_rendering *r, size_t lines);
bool lw_rendering_is_complete(const struct lw_rendering *r);

struct lw_rendered_line {
    const struct lw_run *run; /* valid until more is laid out; what they show until the end */
    size_t nruns;
    size_t
        at;   /* the first byte of the text that it shows; of a blank line: that one before shows */
    bool rtl; /* a paragraph begins here that is read from right to left */
};
struct lw_rendered_line lw_rendering_line(struct lw_rendering *r, size_t line);

/* Lays out as far as byte `at` of the text. */
void lw_rendering_reach_byte(struct lw_rendering *r, size_t at);

/* The first line, of those there are, that shows byte `at` of the text or the first one behind it.
 */
size_t lw_rendering_line_of(struct lw_rendering *r, size_t at);

/* Whether `fold` made anything that is laid out so far take one line; whether byte `at` of the text
 * is in such a piece. */
bool lw_rendering_has_folds(const struct lw_rendering *r);
bool lw_rendering_is_folded(const struct lw_rendering *r, size_t at);

/* The first match of the needle in what is shown whose place in the text is at or after `from`:
 * across emphasis, links and line ends. False for none. Lays out as far as that takes. */
bool lw_rendering_find(
    struct lw_rendering *r, struct lw_needle *needle, size_t from, size_t *at, size_t *len);

/* ---- changes */

/* Appends everything that it shows as one text, in the order of the source: for comparing. Lays out
 * everything. */
void lw_rendering_text(struct lw_rendering *r, struct lw_buf *to);

/* A change: n > 0 bytes of that text. */
struct lw_text_mark {
    size_t at, n;
    bool inserted; /* shown as {+…+}, else as [-…-] */
};

/* Shows changes, in order; before anything is laid out. The marks must outlive it. */
void lw_rendering_mark(struct lw_rendering *r, const struct lw_text_mark *mark, size_t n);

/* Where in the source n bytes of lw_rendering_text() are; of a rendering without marks. */
void lw_rendering_source_of(
    const struct lw_rendering *r, size_t at, size_t n, size_t *source, size_t *len);

/* ---- what is in it; all lay out everything */

/* The paragraphs: outermost blocks, or what stands between blank lines. Appends to *v, which the
 * caller frees; returns how many. */
struct lw_text_range {
    size_t from, end; /* bytes of the source */
};
size_t lw_rendering_paragraphs(struct lw_rendering *r, struct lw_text_range **v);

struct lw_outline_entry {
    unsigned level; /* of the heading, 1 to 6 */
    size_t at, len; /* its text */
};
/* Returns how many there are; writes the first `room` of them. */
size_t lw_rendering_outline(struct lw_rendering *r, struct lw_outline_entry *to, size_t room);

struct lw_rendered_link {
    const char *target; /* foreign, as the title; they live as long as the rendering */
    const char *title;  /* may be empty */
    size_t at, len;     /* what it says, in the text */
    bool picture;
};
size_t lw_rendering_links(struct lw_rendering *r); /* how many; the first has the number 1 */
struct lw_rendered_link lw_rendering_link(const struct lw_rendering *r, size_t i);

#endif
