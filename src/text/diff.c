/* What changed between two texts, in three steps: the ends that are the same are left out; lines
 * and sentences that are rare in both texts part what remains; words are compared between them.
 * How two rows are compared is sequence.c's, what a change looks like in words diff_runs.c's, and
 * on the screen the view's. */
#include "labelwright/text/diff.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"
#include "text/diff_part_internal.h"
#include "text/diff_runs_internal.h"
#include "text/numbering_internal.h"
#include "text/sequence_internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORDS_MOST = 8 * 1024 * 1024, /* bytes of both texts that may be cut into words; see
                                     lw_words_cost(). About 100 ms */
    CONTEXT = 1024                /* bytes beside a difference in which a line may begin or end */
};

struct work {
    struct lw_diff *to;
    struct lw_diff_side a, b;
    struct lw_stretch *v; /* what differs, in order */
    size_t n, cap;
    size_t left; /* bytes that may be cut into words */
};

/* ---- the ends */

/* memcmp() is much faster than a loop, but only says that something differs. */
size_t lw_diff_same_start(const char *a, const char *b, size_t most)
{
    enum { BLOCK = 1024 };
    size_t n = 0;
    while (most - n >= BLOCK && memcmp(a + n, b + n, BLOCK) == 0)
        n += BLOCK;
    while (n < most && a[n] == b[n])
        n++;
    return n;
}

size_t lw_diff_same_end(const char *a, const char *b, size_t most)
{
    enum { BLOCK = 1024 };
    size_t n = 0;
    while (most - n >= BLOCK && memcmp(a - n - BLOCK, b - n - BLOCK, BLOCK) == 0)
        n += BLOCK;
    while (n < most && a[-1 - (ptrdiff_t)n] == b[-1 - (ptrdiff_t)n])
        n++;
    return n;
}

/* A cut at these places is one between words in both. */
static bool is_sure(const struct work *w, size_t a, size_t b)
{
    return lw_sure_break(w->a.s, w->a.n, a) && lw_sure_break(w->b.s, w->b.n, b);
}

static bool is_between_graphemes(const struct work *w, size_t a, size_t b)
{
    return lw_grapheme_at(w->a.s, w->a.n, a) == a && lw_grapheme_at(w->b.s, w->b.n, b) == b;
}

static bool begins_line(const struct work *w, size_t a, size_t b)
{
    return (a == 0 || w->a.s[a - 1] == '\n') && (b == 0 || w->b.s[b - 1] == '\n');
}

typedef bool place_fn(const struct work *w, size_t a, size_t b);
static place_fn *const places[] = {begins_line, is_sure, is_between_graphemes};

/* How much is the same from the start, at most `most`: up to where a line begins near by, else
 * where a word does, else a grapheme. */
static size_t same_head(const struct work *w, size_t most)
{
    size_t n = lw_diff_same_start(w->a.s, w->b.s, most);
    if (n == w->a.n && n == w->b.n)
        return n;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (size_t at = n; n - at <= CONTEXT; at--) {
            if (places[i](w, at, at))
                return at;
            if (at == 0)
                break;
        }
    return 0;
}

static size_t same_tail(const struct work *w, size_t most)
{
    size_t n = lw_diff_same_end(w->a.s + w->a.n, w->b.s + w->b.n, most);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        for (size_t k = n; n - k <= CONTEXT; k--) {
            if (k == 0 || places[i](w, w->a.n - k, w->b.n - k))
                return k;
        }
    return 0;
}

/* ---- lines and sentences */

/* Where they begin, and at last where the last one ends: n + 1 offsets. */
struct pieces {
    size_t *at;
    uint32_t *number;
    size_t n, cap;
};

static void add_place(struct pieces *p, size_t at)
{
    if (p->n == p->cap) {
        p->cap = p->cap ? 2 * p->cap : 64;
        p->at = lw_grow(p->at, p->cap + 1, sizeof *p->at);
    }
    p->at[p->n++] = at;
}

/* Sentences of the line [at, end): a stop and a blank, where a word begins for sure. */
static void add_sentences(struct pieces *p, const struct lw_diff_side *t, size_t at, size_t end)
{
    const char *stop;
    while ((stop = memchr(t->s + at, '.', end - at))) {
        at = (size_t)(stop - t->s) + 1;
        if (at + 1 < end && t->s[at] == ' ' && lw_sure_break(t->s, t->n, at + 1))
            add_place(p, at + 1);
    }
}

static struct pieces cut_into_pieces(const struct lw_diff_side *t, size_t from, size_t end)
{
    enum { LONG = 160 }; /* bytes of a line whose sentences are worth looking at */
    struct pieces p = {0};
    add_place(&p, from);
    while (from < end) {
        const char *lf = memchr(t->s + from, '\n', end - from);
        size_t line = lf ? (size_t)(lf - t->s) + 1 : end;
        if (line - from > LONG)
            add_sentences(&p, t, from, line);
        from = line;
        if (from < end)
            add_place(&p, from);
    }
    p.at[p.n] = end;
    p.n -= p.at[0] == end;
    return p;
}

static bool is_blank(const char *s, size_t n)
{
    while (n > 0 && lw_is_blank(s[n - 1]))
        n--;
    return n == 0;
}

static void number_pieces(struct lw_numbering *in, const char *s, struct pieces *p)
{
    p->number = lw_grow(NULL, p->n + 1, sizeof *p->number);
    for (size_t i = 0; i < p->n; i++)
        p->number[i] = lw_number_of(in, s + p->at[i], p->at[i + 1] - p->at[i]);
}

/* Long ones are the surer signs; blank ones are none. */
static uint32_t *weights(const struct lw_numbering *in)
{
    uint32_t *w = lw_grow(NULL, in->n + 1, sizeof *w);
    for (size_t i = 0; i < in->n; i++)
        w[i] = is_blank(in->v[i].s, in->v[i].n) ? 0 : (uint32_t)(in->v[i].n & UINT32_MAX >> 1);
    return w;
}

static void add_stretch(struct work *w, struct lw_stretch s)
{
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 16;
        w->v = lw_grow(w->v, w->cap, sizeof *w->v);
    }
    w->v[w->n++] = s;
}

/* Pieces [a, ea) and [b, eb) differ, but for some at their ends. */
static void add_pieces(struct work *w, const struct pieces *in_a, size_t a, size_t ea,
    const struct pieces *in_b, size_t b, size_t eb)
{
    for (; a < ea && b < eb && in_a->number[a] == in_b->number[b]; a++, b++) {
    }
    for (; a < ea && b < eb && in_a->number[ea - 1] == in_b->number[eb - 1]; ea--, eb--) {
    }
    if (a < ea || b < eb)
        add_stretch(
            w, (struct lw_stretch){
                   .a = in_a->at[a], .ea = in_a->at[ea], .b = in_b->at[b], .eb = in_b->at[eb]});
}

/* What differs between rare pieces that both have, in order. */
static void find_stretches(struct work *w, size_t a, size_t ea, size_t b, size_t eb)
{
    struct pieces of_a = cut_into_pieces(&w->a, a, ea), of_b = cut_into_pieces(&w->b, b, eb);
    struct lw_numbering in;
    lw_numbering_init(&in);
    number_pieces(&in, w->a.s, &of_a);
    number_pieces(&in, w->b.s, &of_b);
    uint32_t *weight = weights(&in);
    size_t n, x = 0, y = 0;
    struct lw_match *v =
        lw_rare_matches(of_a.number, of_a.n, of_b.number, of_b.n, (uint32_t)in.n, weight, &n);
    n = lw_matches_in_order(v, n, of_b.n);
    for (size_t i = 0; i < n; i++) {
        add_pieces(w, &of_a, x, v[i].a, &of_b, y, v[i].b);
        x = v[i].a + v[i].n;
        y = v[i].b + v[i].n;
    }
    add_pieces(w, &of_a, x, of_a.n, &of_b, y, of_b.n);
    free(v);
    free(weight);
    lw_numbering_fini(&in);
    free(of_a.at);
    free(of_a.number);
    free(of_b.at);
    free(of_b.number);
}

/* ---- words */

static void cut_into_words(struct work *w)
{
    for (size_t i = 0; i < w->n; i++) {
        struct lw_stretch *s = &w->v[i];
        size_t cost =
            lw_words_cost(w->a.s + s->a, s->ea - s->a) + lw_words_cost(w->b.s + s->b, s->eb - s->b);
        s->whole = cost > w->left;
        s->i = w->a.words.n;
        s->k = w->b.words.n;
        if (!s->whole) {
            w->left -= cost;
            lw_words_add(&w->a.words, w->a.s, s->a, s->ea);
            lw_words_add(&w->b.words, w->b.s, s->b, s->eb);
        }
        s->ei = w->a.words.n;
        s->ek = w->b.words.n;
    }
}

static void number_words(struct lw_numbering *in, struct lw_diff_side *t)
{
    t->number = lw_grow(NULL, t->words.n + 1, sizeof *t->number);
    t->same = lw_alloc(t->words.n + 1);
    for (size_t i = 0; i < t->words.n; i++) {
        struct lw_word_span word = t->words.v[i];
        t->number[i] = lw_number_of(in, t->s + word.at, word.end - word.at);
    }
}

static void compare_words(struct work *w)
{
    struct lw_numbering in;
    lw_numbering_init(&in);
    number_words(&in, &w->a);
    number_words(&in, &w->b);
    struct lw_sequences s = {.a = w->a.number,
        .b = w->b.number,
        .same_a = w->a.same,
        .same_b = w->b.same,
        .seen = lw_alloc((2 * in.n + 1) * sizeof *s.seen),
        .coarse = in.left <= 0};
    for (size_t i = 0; i < w->n; i++)
        lw_sequences_compare(&s, w->v[i].i, w->v[i].ei, w->v[i].k, w->v[i].ek);
    w->to->coarse = w->to->coarse || s.coarse;
    free(s.seen);
    lw_numbering_fini(&in);
}

static size_t count_between_blanks(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += !lw_is_blank(s[i]) && (i + 1 == n || lw_is_blank(s[i + 1]));
    return count;
}

static void add_whole(struct work *w, const struct lw_stretch *s)
{
    size_t na = s->ea - s->a, nb = s->eb - s->b;
    w->to->coarse = true;
    lw_diff_add_run(w->to, LW_DIFF_OUT, s->a, s->b, na, count_between_blanks(w->a.s + s->a, na));
    lw_diff_add_run(w->to, LW_DIFF_IN, s->ea, s->b, nb, count_between_blanks(w->b.s + s->b, nb));
}

static void diff(struct work *w, size_t a, size_t ea, size_t b, size_t eb)
{
    find_stretches(w, a, ea, b, eb);
    cut_into_words(w);
    compare_words(w);
    for (size_t i = 0; i < w->n; i++) {
        const struct lw_stretch *s = &w->v[i];
        lw_diff_add_run(w->to, LW_DIFF_SAME, a, b, s->a - a, 0);
        if (s->whole)
            add_whole(w, s);
        else
            lw_diff_add_stretch(w->to, &w->a, &w->b, s);
        a = s->ea;
        b = s->eb;
    }
    lw_diff_add_run(w->to, LW_DIFF_SAME, a, b, ea - a, 0);
    free(w->v);
    free(w->a.words.v);
    free(w->a.number);
    free(w->a.same);
    free(w->b.words.v);
    free(w->b.number);
    free(w->b.same);
}

static struct work between(struct lw_diff *d, struct lw_diff_texts t)
{
    return (struct work){
        .to = d, .a = {.s = t.a, .n = t.na}, .b = {.s = t.b, .n = t.nb}, .left = WORDS_MOST};
}

void lw_diff_add_part(
    struct lw_diff *d, struct lw_diff_texts t, size_t a, size_t ea, size_t b, size_t eb)
{
    struct work w = between(d, t);
    diff(&w, a, ea, b, eb);
}

void lw_diff_words(struct lw_diff *d, const char *a, size_t na, const char *b, size_t nb)
{
    struct work w = between(d, (struct lw_diff_texts){a, na, b, nb});
    d->n = d->words_in = d->words_out = 0;
    d->coarse = false;
    size_t least = na < nb ? na : nb, head = same_head(&w, least);
    size_t tail = same_tail(&w, least - head);
    lw_diff_add_run(d, LW_DIFF_SAME, 0, 0, head, 0);
    if (head + tail < na || head + tail < nb)
        diff(&w, head, na - tail, head, nb - tail);
    lw_diff_add_run(d, LW_DIFF_SAME, na - tail, nb - tail, tail, 0);
}

size_t lw_diff_place(const struct lw_diff *d, size_t at)
{
    size_t end = 0;
    for (size_t i = 0; i < d->n; i++) {
        const struct lw_diff_run *r = &d->v[i];
        if (r->kind == LW_DIFF_SAME && at < r->a + r->n)
            return r->b + (at - r->a);
        if (r->kind == LW_DIFF_OUT && at < r->a + r->n)
            return r->b;
        end = r->kind == LW_DIFF_OUT ? r->b : r->b + r->n;
    }
    return end;
}

void lw_diff_fini(struct lw_diff *d)
{
    free(d->v);
    *d = (struct lw_diff){0};
}
