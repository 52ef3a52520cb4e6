/* Places for a cursor in a text as it is shown. Which keys bring it from one to the next is
 * app/marking.c's. */
#include "tui/view/stops_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/markup/math.h"
#include "labelwright/text/units.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

enum {
    WHOLE = LW_STOP | LW_STOP_WORD | LW_STOP_WORD_END,
    SHOWS_FORMULA = 128 /* while they are made: some of a formula is shown here */
};

/* ---- what is shown */

/* A part of the doc that shows the text, or a piece of it, as it stands. */
static bool is_of(const struct lw_doc_part *p, struct lw_span text)
{
    return p->rendering && !p->own && p->text.n > 0 && p->text.s >= text.s &&
           p->text.s + p->text.n <= text.s + text.n;
}

/* A grapheme is one place, also where it begins in what is not shown. */
static void add_clusters(struct lw_stops *s, size_t at, size_t end)
{
    at = lw_grapheme_at(s->text.s, s->text.n, at);
    while (at < end) {
        size_t next = lw_grapheme_next(s->text.s, s->text.n, at);
        s->at[at] |= LW_STOP;
        for (size_t i = at + 1; i < next; i++)
            s->at[i] = LW_STOP_MORE;
        at = next;
    }
}

/* It is a word, too, unless it is a tab. */
static void add_whole(struct lw_stops *s, size_t at, size_t end)
{
    size_t start = lw_grapheme_at(s->text.s, s->text.n, at);
    if (s->at[start] & (LW_STOP | LW_STOP_MORE))
        return; /* in another row of it */
    s->at[start] |= s->text.s[start] == '\t' ? LW_STOP : WHOLE;
    for (size_t i = start + 1; i < end; i++)
        s->at[i] |= LW_STOP_MORE;
}

static void add_run(struct lw_stops *s, size_t base, const struct lw_run *r)
{
    size_t at = base + r->at;
    if (r->len == 0 || r->style == LW_STYLE_MARK || r->style == LW_STYLE_REMARK)
        return;
    if (r->style == LW_STYLE_FORMULA)
        memset(s->at + at, SHOWS_FORMULA, r->len);
    else if (r->exact)
        add_clusters(s, at, at + r->len);
    else
        add_whole(s, at, at + r->len);
}

/* A formula is one place, whatever of it is shown. */
static void add_formulas(struct lw_stops *s, size_t base, struct lw_span text)
{
    struct lw_formula f;
    for (size_t from = 0; lw_math_find(text.s, text.n, from, &f); from = f.at + f.len) {
        if (!memchr(s->at + base + f.at, SHOWS_FORMULA, f.len))
            continue;
        memset(s->at + base + f.at, LW_STOP_MORE, f.len);
        s->at[base + f.at] = WHOLE;
    }
}

static void add_part(struct lw_stops *s, const struct lw_doc_part *p)
{
    bool folds = lw_rendering_has_folds(p->rendering);
    size_t base = (size_t)(p->text.s - s->text.s);
    for (size_t i = 0; i < p->nlines; i++) {
        struct lw_rendered_line l = lw_rendering_line(p->rendering, i);
        for (size_t k = 0; k < l.nruns; k++)
            if (!folds || !lw_rendering_is_folded(p->rendering, l.run[k].at))
                add_run(s, base, &l.run[k]);
    }
    if (p->markdown)
        add_formulas(s, base, p->text);
}

/* ---- words and sentences */

static void add_word(void *ctx, size_t at, size_t end)
{
    struct lw_stops *s = ctx;
    size_t first = at, last = SIZE_MAX;
    while (first < end && !(s->at[first] & LW_STOP))
        first++;
    for (size_t i = first; i < end; i++)
        last = s->at[i] & LW_STOP ? i : last;
    if (last == SIZE_MAX)
        return;
    s->at[first] |= LW_STOP_WORD;
    s->at[last] |= LW_STOP_WORD_END;
}

/* Between the two a line ends, and something stands that is not shown: a bullet, a border. */
static bool begins_block(const struct lw_stops *s, size_t end, size_t at)
{
    const char *line = end < at ? memchr(s->text.s + end, '\n', at - end) : NULL;
    for (const char *c = line; c && c < s->text.s + at; c++)
        if (!strchr(" \t\r\n", *c))
            return true;
    return false;
}

static void add_sentences(struct lw_stops *s)
{
    size_t end = SIZE_MAX;
    for (size_t at = 0; at < s->text.n; at++) {
        if (!(s->at[at] & LW_STOP) || strchr(" \t\r\n", s->text.s[at]))
            continue;
        if (end == SIZE_MAX || begins_block(s, end, at) ||
            lw_begins_sentence(s->text.s, s->text.n, at))
            s->at[at] |= LW_STOP_SENTENCE;
        end = lw_stops_end(s, at);
    }
}

bool lw_stops_make(struct lw_stops *to, struct lw_doc *doc, struct lw_span text)
{
    lw_stops_fini(to);
    to->text = text;
    to->at = lw_alloc(text.n + 1);
    lw_doc_reach(doc, SIZE_MAX);
    for (size_t i = 0; i < doc->nparts; i++)
        if (is_of(&doc->part[i], text))
            add_part(to, &doc->part[i]);
    if (!memchr(to->at, LW_STOP, text.n)) {
        lw_stops_fini(to);
        return false;
    }
    lw_each_word(text.s, text.n, add_word, to);
    add_sentences(to);
    return true;
}

void lw_stops_fini(struct lw_stops *s)
{
    free(s->at);
    *s = (struct lw_stops){0};
}

/* ---- from one to the next */

size_t lw_stops_next(const struct lw_stops *s, size_t at, uint8_t bit)
{
    for (size_t i = at + 1; i < s->text.n; i++)
        if (s->at[i] & bit)
            return i;
    return at;
}

size_t lw_stops_previous(const struct lw_stops *s, size_t at, uint8_t bit)
{
    for (size_t i = at; i-- > 0;)
        if (s->at[i] & bit)
            return i;
    return at;
}

size_t lw_stops_end(const struct lw_stops *s, size_t at)
{
    size_t end = at + 1;
    while (end < s->text.n && s->at[end] & LW_STOP_MORE)
        end++;
    return end;
}

size_t lw_stops_at(const struct lw_stops *s, size_t at)
{
    size_t n = s->text.n;
    if (at < n && s->at[at] & LW_STOP)
        return at;
    if (at < n && s->at[at] & LW_STOP_MORE)
        return lw_stops_previous(s, at, LW_STOP);
    size_t next = at < n ? lw_stops_next(s, at, LW_STOP) : at;
    return next > at ? next : lw_stops_previous(s, n, LW_STOP);
}

void lw_stops_word(const struct lw_stops *s, size_t at, size_t *from, size_t *end)
{
    size_t first = at;
    while (!(s->at[first] & LW_STOP_WORD)) {
        size_t before = lw_stops_previous(s, first, LW_STOP);
        if (before == first || s->at[before] & LW_STOP_WORD_END) {
            *from = at;
            *end = lw_stops_end(s, at);
            return;
        }
        first = before;
    }
    size_t last = first;
    while (!(s->at[last] & LW_STOP_WORD_END) && lw_stops_next(s, last, LW_STOP) > last)
        last = lw_stops_next(s, last, LW_STOP);
    *from = first;
    *end = lw_stops_end(s, last);
}

size_t lw_stops_sentence_end(const struct lw_stops *s, size_t at)
{
    size_t next = lw_stops_next(s, at, LW_STOP_SENTENCE);
    size_t last = lw_stops_previous(s, next > at ? next : s->text.n, LW_STOP);
    while (last > at && strchr(" \t\r\n", s->text.s[last]))
        last = lw_stops_previous(s, last, LW_STOP);
    return last;
}

/* ---- on the screen */

/* The columns of a run that come before byte `at` of the text; -1 when it is not in the run. */
static int col_in_run(const struct lw_run *r, size_t base, size_t at, size_t end)
{
    size_t from = base + r->at, to = from + r->len;
    if (r->len == 0 || at >= to || end <= from)
        return -1;
    return r->exact && at > from ? lw_cols(r->s, at - from, -1) : 0;
}

size_t lw_stops_line(const struct lw_stops *s, const struct lw_doc *doc, size_t at, int *col)
{
    size_t line = lw_doc_line_of(doc, s->text.s + at), end = lw_stops_end(s, at);
    struct lw_doc_line l = lw_doc_line_at(doc, line);
    size_t base = (size_t)(l.text.s - s->text.s);
    *col = 0;
    for (size_t i = 0; i < l.nruns; i++) {
        int in = col_in_run(&l.run[i], base, at, end);
        if (in >= 0) {
            *col += in;
            return line;
        }
        *col += lw_cols(l.run[i].s, l.run[i].n, -1);
    }
    *col = 0;
    return line;
}

/* The place in the run that is nearest to a column of it; SIZE_MAX for none. */
static size_t stop_in_run(const struct lw_stops *s, size_t base, const struct lw_run *r, int col)
{
    size_t at = base + r->at, end = at + r->len;
    if (r->len == 0 || end > s->text.n)
        return SIZE_MAX;
    if (r->exact && r->style != LW_STYLE_FORMULA && col > 0) {
        size_t fits = lw_fit(r->s, r->n, col);
        at += fits < r->n ? fits : lw_grapheme_prev(r->s, r->n, r->n);
    }
    while (at < end && !(s->at[at] & (LW_STOP | LW_STOP_MORE)))
        at++;
    return at < end ? lw_stops_at(s, at) : SIZE_MAX;
}

size_t lw_stops_on_line(const struct lw_stops *s, const struct lw_doc *doc, size_t line, int col)
{
    struct lw_doc_line l = lw_doc_line_at(doc, line);
    size_t found = SIZE_MAX;
    bool ours = !l.own && l.text.s >= s->text.s && l.text.s < s->text.s + s->text.n;
    int begins = 0;
    for (size_t i = 0; ours && i < l.nruns; i++) {
        int cols = lw_cols(l.run[i].s, l.run[i].n, -1);
        if (found != SIZE_MAX && col < begins)
            break;
        size_t at = stop_in_run(s, (size_t)(l.text.s - s->text.s), &l.run[i], col - begins);
        found = at != SIZE_MAX ? at : found;
        begins += cols;
    }
    return found;
}
