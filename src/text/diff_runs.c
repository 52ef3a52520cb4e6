/* Runs from compared words. The fewest changes are not always those that read best: a change is
 * moved to the start of a sentence where it may be, two changes beside one short word become one,
 * and blanks follow the words they stand between. Which words are the same was decided before. */
#include "text/diff_runs_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

void lw_diff_add_run(
    struct lw_diff *d, enum lw_diff_kind kind, size_t a, size_t b, size_t n, size_t words)
{
    struct lw_diff_run *last = d->n ? &d->v[d->n - 1] : NULL;
    if (n == 0)
        return;
    d->words_out += kind == LW_DIFF_OUT ? words : 0;
    d->words_in += kind == LW_DIFF_IN ? words : 0;
    if (last && last->kind == kind) {
        last->n += n;
        last->words += words;
        return;
    }
    if (d->n == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 16;
        d->v = lw_grow(d->v, d->cap, sizeof *d->v);
    }
    d->v[d->n++] = (struct lw_diff_run){kind, a, b, n, words};
}

/* ---- changes */

/* Words [i, ei) of a became [k, ek) of b. */
struct change {
    size_t i, ei, k, ek;
};

struct changes {
    const struct lw_diff_side *a, *b;
    const struct lw_stretch *s;
    struct change *v;
    size_t n, cap;
};

static void add_change(struct changes *to, struct change c)
{
    if (to->n == to->cap) {
        to->cap = to->cap ? 2 * to->cap : 8;
        to->v = lw_grow(to->v, to->cap, sizeof *to->v);
    }
    to->v[to->n++] = c;
}

static void find_changes(struct changes *to)
{
    const struct lw_stretch *s = to->s;
    struct change c = {s->i, s->i, s->k, s->k};
    for (;;) {
        while (c.ei < s->ei && c.ek < s->ek && to->a->same[c.ei] && to->b->same[c.ek])
            c.ei++, c.ek++;
        c.i = c.ei;
        c.k = c.ek;
        while (c.ei < s->ei && !to->a->same[c.ei])
            c.ei++;
        while (c.ek < s->ek && !to->b->same[c.ek])
            c.ek++;
        if (c.i == c.ei && c.k == c.ek)
            return;
        add_change(to, c);
    }
}

/* ---- moved to where it reads best */

static bool has_line_end(const char *s, size_t from, size_t end)
{
    return memchr(s + from, '\n', end - from) != NULL;
}

/* How well a change may begin or end before word `i`, of words [first, end). */
static int boundary(const struct lw_diff_side *t, size_t i, size_t first, size_t end)
{
    enum { NONE, BLANK, CLAUSE, SENTENCE, LINE };
    if (i == first || i == end)
        return LINE;
    size_t from = t->words.v[i - 1].end, to = t->words.v[i].at;
    char last = t->s[from - 1];
    if (from == to)
        return NONE;
    if (has_line_end(t->s, from, to))
        return LINE;
    return strchr(".!?", last) ? SENTENCE : strchr(",:;", last) ? CLAUSE : BLANK;
}

/* Words that only came, or only went: [from, end) of one text. They may stand anywhere in
 * [from - back, end + ahead), as what they pass is the same at both their ends. */
struct loose {
    const struct lw_diff_side *t;
    size_t from, end, back, ahead;
};

static struct loose loosen(
    const struct lw_diff_side *t, size_t from, size_t end, size_t least, size_t most)
{
    struct loose l = {t, from, end, 0, 0};
    const uint32_t *v = t->number;
    while (from - l.back > least && v[from - l.back - 1] == v[end - l.back - 1])
        l.back++;
    while (end + l.ahead < most && v[from + l.ahead] == v[end + l.ahead])
        l.ahead++;
    return l;
}

/* The first place of the best there are, in words ahead of the earliest one. */
static size_t best_place(const struct loose *l, size_t first, size_t end)
{
    int most = -1;
    size_t best = 0;
    for (size_t i = 0; i <= l->back + l->ahead; i++) {
        size_t from = l->from - l->back + i;
        int good = boundary(l->t, from, first, end) +
                   boundary(l->t, from + (l->end - l->from), first, end);
        if (good >= most) {
            most = good;
            best = i;
        }
    }
    return best;
}

static void shift(struct change *c, size_t back, size_t ahead)
{
    c->i = c->i - back + ahead;
    c->ei = c->ei - back + ahead;
    c->k = c->k - back + ahead;
    c->ek = c->ek - back + ahead;
}

/* To the change before or behind it when it can get there in a few words, else to the best place.
 */
static void move_change(struct changes *to, size_t at)
{
    enum { NEAR = 3 };
    struct change *c = &to->v[at];
    const struct change none = {to->s->i, to->s->i, to->s->k, to->s->k};
    const struct change *before = at > 0 ? &to->v[at - 1] : &none;
    bool in = c->i == c->ei, last = at + 1 == to->n;
    if (!in && c->k != c->ek)
        return;
    struct loose l =
        in ? loosen(to->b, c->k, c->ek, before->ek, last ? to->s->ek : to->v[at + 1].k)
           : loosen(to->a, c->i, c->ei, before->ei, last ? to->s->ei : to->v[at + 1].i);
    bool reaches_before = at > 0 && l.from - l.back == (in ? before->ek : before->ei);
    bool reaches_next = !last && l.end + l.ahead == (in ? to->v[at + 1].k : to->v[at + 1].i);
    if (reaches_before && l.back <= NEAR)
        shift(c, l.back, 0);
    else if (reaches_next && l.ahead <= NEAR)
        shift(c, 0, l.ahead);
    else if (l.back + l.ahead > 0)
        shift(c, l.back,
            in ? best_place(&l, to->s->k, to->s->ek) : best_place(&l, to->s->i, to->s->ei));
}

/* ---- two that become one */

static size_t bytes_of(const struct lw_diff_side *t, size_t i, size_t end)
{
    return i < end ? t->words.v[end - 1].end - t->words.v[i].at : 0;
}

static size_t longer(const struct changes *in, const struct change *c)
{
    size_t out = bytes_of(in->a, c->i, c->ei), come = bytes_of(in->b, c->k, c->ek);
    return out > come ? out : come;
}

/* Where word i begins or the word before it ends: what lies between is blank. */
static bool line_end_between(const struct lw_diff_side *t, size_t i, size_t end)
{
    size_t from = i > 0 ? t->words.v[i - 1].end : 0;
    return end < t->words.n && has_line_end(t->s, from, t->words.v[end].at);
}

/* One word, or a few signs, that is shorter than the changes on both its sides; what is much
 * shorter than both may have more words. */
static bool is_lost_between(
    const struct changes *in, const struct change *x, const struct change *y)
{
    enum { WORDS_MOST = 4, TIMES = 6 };
    size_t words = y->i - x->ei, n = bytes_of(in->a, x->ei, y->i);
    size_t left = longer(in, x), right = longer(in, y), less = left < right ? left : right;
    if (words == 0)
        return true;
    if (words > WORDS_MOST || n >= less || (words > 1 && TIMES * n > less))
        return false;
    return !line_end_between(in->a, x->ei, y->i) && !line_end_between(in->b, x->ek, y->k);
}

static void join_changes(struct changes *in)
{
    size_t kept = 0;
    for (size_t i = 1; i < in->n; i++) {
        struct change *last = &in->v[kept];
        const struct change *c = &in->v[i];
        if (is_lost_between(in, last, c)) {
            last->ei = c->ei;
            last->ek = c->ek;
        } else {
            in->v[++kept] = *c;
        }
    }
    in->n = in->n ? kept + 1 : 0;
}

/* ---- runs */

/* What lies between two words that are the same: blanks, and words that changed. */
struct gap {
    size_t a, ea, b, eb; /* bytes */
    struct change words;
};

static size_t min(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* CR LF is one character. */
static bool splits_line_end(const char *s, size_t from, size_t at, size_t end)
{
    return at > from && at < end && s[at - 1] == '\r' && s[at] == '\n';
}

/* How many of the blanks at its start are the same. */
static size_t same_head(const struct changes *in, const struct gap *g)
{
    const char *a = in->a->s + g->a, *b = in->b->s + g->b;
    size_t na = (g->words.i < g->words.ei ? in->a->words.v[g->words.i].at : g->ea) - g->a;
    size_t nb = (g->words.k < g->words.ek ? in->b->words.v[g->words.k].at : g->eb) - g->b;
    size_t n = 0, most = min(na, nb);
    while (n < most && a[n] == b[n])
        n++;
    return n - (splits_line_end(a, 0, n, na) || splits_line_end(b, 0, n, nb));
}

static size_t same_tail(const struct changes *in, const struct gap *g)
{
    const char *a = in->a->s, *b = in->b->s;
    size_t from_a = g->words.i < g->words.ei ? in->a->words.v[g->words.ei - 1].end : g->a;
    size_t from_b = g->words.k < g->words.ek ? in->b->words.v[g->words.ek - 1].end : g->b;
    size_t n = 0, most = min(g->ea - from_a, g->eb - from_b);
    while (n < most && a[g->ea - n - 1] == b[g->eb - n - 1])
        n++;
    return n - (splits_line_end(a, g->a, g->ea - n, g->ea) ||
                   splits_line_end(b, g->b, g->eb - n, g->eb));
}

static void add_same(struct lw_diff *d, size_t a, size_t b, size_t n)
{
    lw_diff_add_run(d, LW_DIFF_SAME, a, b, n, 0);
}

static void add_piece(struct lw_diff *d, const struct changes *in, struct gap g)
{
    size_t head = same_head(in, &g);
    add_same(d, g.a, g.b, head);
    g.a += head;
    g.b += head;
    size_t tail = same_tail(in, &g);
    g.ea -= tail;
    g.eb -= tail;
    lw_diff_add_run(d, LW_DIFF_OUT, g.a, g.b, g.ea - g.a, g.words.ei - g.words.i);
    lw_diff_add_run(d, LW_DIFF_IN, g.ea, g.b, g.eb - g.b, g.words.ek - g.words.k);
    add_same(d, g.ea, g.eb, tail);
}

/* Line ends of the bytes [from, end); 0 when there are CRs too. */
static size_t count_line_ends(const char *s, size_t from, size_t end)
{
    size_t n = 0;
    if (memchr(s + from, '\r', end - from))
        return 0;
    for (const char *lf; (lf = memchr(s + from, '\n', end - from)); n++)
        from = (size_t)(lf - s) + 1;
    return n;
}

static size_t words_before(const struct lw_word_list *w, size_t i, size_t end, size_t at)
{
    while (i < end && w->v[i].at < at)
        i++;
    return i;
}

/* As many lines went as came: they are told line by line. */
static void add_gap(struct lw_diff *d, const struct changes *in, struct gap g)
{
    bool both = g.words.i < g.words.ei && g.words.k < g.words.ek;
    size_t lines = both ? count_line_ends(in->a->s, g.a, g.ea) : 0;
    if (lines > 0 && lines == count_line_ends(in->b->s, g.b, g.eb))
        for (; lines > 0; lines--) {
            size_t a = (size_t)((char *)memchr(in->a->s + g.a, '\n', g.ea - g.a) - in->a->s),
                   b = (size_t)((char *)memchr(in->b->s + g.b, '\n', g.eb - g.b) - in->b->s);
            struct change w = {g.words.i, words_before(&in->a->words, g.words.i, g.words.ei, a),
                g.words.k, words_before(&in->b->words, g.words.k, g.words.ek, b)};
            add_piece(d, in, (struct gap){g.a, a, g.b, b, w});
            add_same(d, a, b, 1);
            g = (struct gap){a + 1, g.ea, b + 1, g.eb, {w.ei, g.words.ei, w.ek, g.words.ek}};
        }
    add_piece(d, in, g);
}

/* n words from i of a and k of b on are the same; the blanks between them need not be. */
static void add_same_words(
    struct lw_diff *d, const struct changes *in, size_t i, size_t k, size_t n)
{
    const struct lw_word_span *a = in->a->words.v + i, *b = in->b->words.v + k;
    if (n == 0)
        return;
    size_t bytes = a[n - 1].end - a->at;
    if (b[n - 1].end - b->at == bytes && memcmp(in->a->s + a->at, in->b->s + b->at, bytes) == 0) {
        add_same(d, a->at, b->at, bytes);
        return;
    }
    for (size_t j = 0; j < n; j++) {
        if (j > 0)
            add_gap(d, in, (struct gap){a[j - 1].end, a[j].at, b[j - 1].end, b[j].at, {0}});
        add_same(d, a[j].at, b[j].at, a[j].end - a[j].at);
    }
}

static void add_runs(struct lw_diff *d, const struct changes *in)
{
    const struct lw_stretch *s = in->s;
    const struct change end = {s->ei, s->ei, s->ek, s->ek};
    size_t a = s->a, b = s->b, i = s->i, k = s->k;
    for (size_t c = 0; c <= in->n; c++) {
        struct change w = c < in->n ? in->v[c] : end;
        size_t n = w.i - i;
        if (n > 0) { /* blanks at the start of a stretch belong to no change */
            const struct lw_word_span *x = &in->a->words.v[i], *y = &in->b->words.v[k];
            if (c == 0)
                add_gap(d, in, (struct gap){a, x->at, b, y->at, {0}});
            add_same_words(d, in, i, k, n);
            a = x[n - 1].end;
            b = y[n - 1].end;
        }
        size_t ea = w.ei < s->ei ? in->a->words.v[w.ei].at : s->ea;
        size_t eb = w.ek < s->ek ? in->b->words.v[w.ek].at : s->eb;
        add_gap(d, in, (struct gap){a, ea, b, eb, w});
        a = ea;
        b = eb;
        i = w.ei;
        k = w.ek;
    }
}

void lw_diff_add_stretch(struct lw_diff *d, const struct lw_diff_side *a,
    const struct lw_diff_side *b, const struct lw_stretch *s)
{
    struct changes c = {.a = a, .b = b, .s = s};
    find_changes(&c);
    for (size_t i = 0; i < c.n; i++)
        move_change(&c, i);
    join_changes(&c);
    add_runs(d, &c);
    free(c.v);
}
