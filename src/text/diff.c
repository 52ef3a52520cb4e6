/* What changed between two texts. Both are cut into tokens (words, or lines) that become numbers,
 * and Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986) finds the fewest to take out
 * and put in. It keeps a trace of D² / 2 numbers instead of dividing the texts, as D, the number of
 * differences it may look for, is small; beyond that whole lines are compared, and what lies
 * between equal lines by words again. How a change looks is the view's. */
#include "labelwright/text/diff.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>
#include <uniwbrk.h>

/* ---- a text cut into tokens */

struct bytes {
    const char *s;
    size_t n;
};

/* A piece of one text. */
struct token {
    size_t at, n;
    uint32_t id; /* the same for the same bytes, in both texts */
};

struct tokens {
    struct token *v;
    size_t n, cap;
};

static void add_token(struct tokens *t, size_t at, size_t n)
{
    if (t->n == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 64;
        t->v = lw_grow(t->v, t->cap, sizeof *t->v);
    }
    t->v[t->n++] = (struct token){at, n, 0};
}

/* A word ends only where a grapheme does. */
static void cut_words(const char *s, size_t from, size_t n, struct tokens *to)
{
    char *word = lw_alloc(n + 1), *grapheme = lw_alloc(n + 1);
    u8_wordbreaks((const uint8_t *)s + from, n, word);
    u8_grapheme_breaks((const uint8_t *)s + from, n, grapheme);
    size_t start = 0;
    for (size_t i = 1; i <= n; i++) {
        if (i < n && !(word[i] && grapheme[i]))
            continue;
        add_token(to, from + start, i - start);
        start = i;
    }
    free(word);
    free(grapheme);
}

/* The words of the bytes [from, end) instead of what `to` has; the caller frees to->v. Bytes that
 * are no text are words of their own. */
static void cut_into_words(struct bytes t, size_t from, size_t end, struct tokens *to)
{
    to->n = 0;
    while (from < end) {
        size_t bad;
        if (lw_utf8_valid(t.s + from, end - from, &bad))
            bad = end - from;
        if (bad > 0)
            cut_words(t.s, from, bad, to);
        from += bad;
        if (from < end)
            add_token(to, from++, 1);
    }
}

static void cut_into_lines(struct bytes t, size_t from, size_t end, struct tokens *to)
{
    to->n = 0;
    while (from < end) {
        const char *lf = memchr(t.s + from, '\n', end - from);
        size_t n = lf ? (size_t)(lf - (t.s + from)) + 1 : end - from;
        add_token(to, from, n);
        from += n;
    }
}

static uint32_t hash(const char *s, size_t n)
{
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619U;
    return h ^ h >> 15;
}

/* Chains of equal hashes stay short unless somebody tries; then the comparisons run out. */
struct names {
    struct name {
        const char *s;
        size_t n;
        uint32_t next; /* 1 + index; 0 for none */
    } * v;
    uint32_t *bucket;
    size_t n, mask;
};

static uint32_t name_of(struct names *names, const char *s, size_t n, long *left)
{
    uint32_t *first = &names->bucket[hash(s, n) & names->mask];
    for (uint32_t i = *first; i && *left > 0; i = names->v[i - 1].next, --*left)
        if (names->v[i - 1].n == n && memcmp(names->v[i - 1].s, s, n) == 0)
            return i;
    names->v[names->n++] = (struct name){s, n, *first};
    return *first = (uint32_t)names->n;
}

/* Gives ids; `*left` comparisons may be spent on that: without any, equal tokens may differ. */
static void number_tokens(
    struct bytes a, struct tokens *of_a, struct bytes b, struct tokens *of_b, long *left)
{
    struct names names = {.mask = 63};
    while (names.mask < of_a->n + of_b->n)
        names.mask = 2 * names.mask + 1;
    names.v = lw_grow(NULL, of_a->n + of_b->n + 1, sizeof *names.v);
    names.bucket = lw_alloc((names.mask + 1) * sizeof *names.bucket);
    for (size_t i = 0; i < of_a->n; i++)
        of_a->v[i].id = name_of(&names, a.s + of_a->v[i].at, of_a->v[i].n, left);
    for (size_t i = 0; i < of_b->n; i++)
        of_b->v[i].id = name_of(&names, b.s + of_b->v[i].at, of_b->v[i].n, left);
    free(names.v);
    free(names.bucket);
}

enum {
    EDITS_MAX = 1000,           /* differences looked for at a time: the trace takes 2 MB */
    WORK_MAX = 8 * 1000 * 1000, /* comparisons for one pair of texts */
    WORDS_MAX = 512 * 1024,     /* bytes of both in which words are looked for: a quarter of a
                                   second or so. Lines cost a hundredth of that */
};

struct work {
    struct lw_diff *to;
    struct bytes a, b;
    long left;    /* comparisons */
    size_t bytes; /* that may still be cut into words */
};

/* ---- the fewest differences */

/* How far each diagonal got (index into a), after d = 0, 1, 2 … differences: d + 1 values each. */
struct trace {
    int *v;
    int d; /* where both ends were met; -1: not within the limits */
};

static size_t row(int d)
{
    return (size_t)d * ((size_t)d + 1) / 2;
}

/* Along diagonal k, where x - y = k, with d differences: from the better of its neighbours; -1 when
 * there is no way. k goes from -d to d in steps of two. */
static int reach(const struct trace *t, int d, int k, int n, int m)
{
    if (d == 0)
        return 0;
    const int *before = t->v + row(d - 1);
    int slot = (k + d) / 2, best = -1; /* k + 1 has slot there, k - 1 has slot - 1 */
    if (slot < d && before[slot] - k <= m)
        best = before[slot]; /* a word of b is put in */
    if (slot > 0 && before[slot - 1] >= 0 && before[slot - 1] < n && before[slot - 1] >= best)
        best = before[slot - 1] + 1; /* a word of a is taken out */
    return best;
}

static void search(
    struct work *w, const struct token *a, int n, const struct token *b, int m, struct trace *t)
{
    t->v = lw_grow(NULL, row(EDITS_MAX + 1), sizeof *t->v);
    for (int d = 0; d <= EDITS_MAX && d <= n + m; d++) {
        for (int k = -d; k <= d; k += 2) {
            int x = reach(t, d, k, n, m);
            for (; x >= 0 && x < n && x - k < m && a[x].id == b[x - k].id; x++)
                w->left--;
            t->v[row(d) + (size_t)((k + d) / 2)] = x;
            if (x == n && x - k == m) {
                t->d = d;
                return;
            }
            if (--w->left <= 0)
                return;
        }
    }
}

/* Back from the end: which tokens of a and of b are the same as in the other. */
static void mark_same(const struct trace *t, int n, int m, char *same_a, char *same_b)
{
    int x = n, y = m;
    for (int d = t->d; d >= 0; d--) {
        int start = reach(t, d, x - y, n, m), k = x - y;
        for (; x > start; x--, y--)
            same_a[x - 1] = same_b[y - 1] = 1;
        if (d == 0)
            break;
        const int *before = t->v + row(d - 1);
        int slot = (k + d) / 2;
        bool right = slot > 0 && before[slot - 1] >= 0 && before[slot - 1] + 1 == x;
        x -= right;
        y -= !right;
    }
}

/* False when that would cost too much. `same` has a flag for each token. */
static bool compare(
    struct work *w, const struct tokens *a, const struct tokens *b, char *same_a, char *same_b)
{
    size_t head = 0, tail = 0;
    while (head < a->n && head < b->n && a->v[head].id == b->v[head].id)
        same_a[head] = same_b[head] = 1, head++;
    while (tail < a->n - head && tail < b->n - head &&
           a->v[a->n - tail - 1].id == b->v[b->n - tail - 1].id)
        tail++, same_a[a->n - tail] = same_b[b->n - tail] = 1;
    size_t n = a->n - head - tail, m = b->n - head - tail;
    if (n == 0 || m == 0)
        return true;
    if (n > INT32_MAX / 2 || m > INT32_MAX / 2)
        return false;
    struct trace t = {NULL, -1};
    search(w, a->v + head, (int)n, b->v + head, (int)m, &t);
    if (t.d >= 0)
        mark_same(&t, (int)n, (int)m, same_a + head, same_b + head);
    free(t.v);
    return t.d >= 0;
}

/* A change: tokens [i, ei) of a are removed, [k, ek) of b are added. */
struct change {
    size_t i, ei, k, ek;
};

static bool next_change(const struct tokens *a, const struct tokens *b, const char *same_a,
    const char *same_b, struct change *c)
{
    c->i = c->ei;
    c->k = c->ek;
    while (c->i < a->n && c->k < b->n && same_a[c->i] && same_b[c->k])
        c->i++, c->k++;
    for (c->ei = c->i; c->ei < a->n && !same_a[c->ei]; c->ei++) {
    }
    for (c->ek = c->k; c->ek < b->n && !same_b[c->ek]; c->ek++) {
    }
    return c->ei > c->i || c->ek > c->k;
}

/* Moves a run of changed tokens [from, end) back by n where that leaves the text the same. */
static bool slide_back(const struct tokens *t, char *same, size_t from, size_t end, size_t n)
{
    if (end - from < n)
        return false;
    for (size_t i = 1; i <= n; i++)
        if (t->v[from - i].id != t->v[end - i].id)
            return false;
    memset(same + from - n, 0, n);
    memset(same + end - n, 1, n);
    return true;
}

/* "old {+new +}b" after a change of "old" reads better as one change: what only came, or only went,
 * joins the change before it where the few tokens between are also its last. */
static void join_changes(const struct tokens *a, const struct tokens *b, char *same_a, char *same_b)
{
    enum { BETWEEN_MAX = 4 };
    struct change c = {0}, last = {0};
    for (bool first = true; next_change(a, b, same_a, same_b, &c); first = false, last = c) {
        size_t between = c.i - last.ei;
        if (first || between == 0 || between > BETWEEN_MAX)
            continue;
        if (c.i == c.ei && slide_back(b, same_b, c.k, c.ek, between)) {
            c.ek -= between;
            c.ei = last.ei;
        } else if (c.k == c.ek && slide_back(a, same_a, c.i, c.ei, between)) {
            c.ei -= between;
            c.ek = last.ek;
        }
    }
}

/* ---- runs */

static void add(struct lw_diff *d, enum lw_diff_kind kind, size_t a, size_t b, size_t n)
{
    struct lw_diff_run *last = d->n ? &d->v[d->n - 1] : NULL;
    if (n == 0)
        return;
    if (last && last->kind == kind) {
        last->n += n;
        return;
    }
    if (d->n == d->cap) {
        d->cap = d->cap ? 2 * d->cap : 16;
        d->v = lw_grow(d->v, d->cap, sizeof *d->v);
    }
    d->v[d->n++] = (struct lw_diff_run){kind, a, b, n};
}

static bool is_blank(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] != ' ' && s[i] != '\t')
            return false;
    return n > 0;
}

/* Pieces [a, ea) and [b, eb) of the two texts. */
struct stretch {
    size_t a, ea, b, eb;
};

static void add_changed(struct work *w, struct stretch s)
{
    add(w->to, LW_DIFF_OUT, s.a, s.b, s.ea - s.a);
    add(w->to, LW_DIFF_IN, s.ea, s.b, s.eb - s.b);
}

typedef void changed_fn(struct work *w, struct stretch s);

/* Calls `changed` for what lies between the same tokens and adds those. Blanks between two changes
 * change with them: "[-a b-] {+c d+}" is read with less effort than four pieces. */
static void add_runs(struct work *w, struct stretch all, const struct tokens *a,
    const struct tokens *b, const char *same_a, const char *same_b, changed_fn *changed)
{
    struct stretch open = {all.a, all.a, all.b, all.b};
    size_t i = 0, k = 0;
    while (i < a->n || k < b->n) {
        for (; i < a->n && !same_a[i]; i++)
            open.ea += a->v[i].n;
        for (; k < b->n && !same_b[k]; k++)
            open.eb += b->v[k].n;
        size_t same = 0;
        for (; i < a->n && k < b->n && same_a[i] && same_b[k]; i++, k++)
            same += a->v[i].n;
        bool between = open.ea > open.a && open.eb > open.b && i < a->n && k < b->n && !same_a[i] &&
                       !same_b[k] && is_blank(w->a.s + open.ea, same);
        if (between) {
            open.ea += same;
            open.eb += same;
            continue;
        }
        if (open.ea > open.a || open.eb > open.b)
            changed(w, open);
        add(w->to, LW_DIFF_SAME, open.ea, open.eb, same);
        open.a = open.ea += same;
        open.b = open.eb += same;
    }
}

typedef void cut_fn(struct bytes t, size_t from, size_t end, struct tokens *to);

/* `otherwise` is for too much work; NULL: what is not the same at both ends changes as one piece.
 */
static void diff(
    struct work *w, struct stretch s, cut_fn *cut, changed_fn *changed, changed_fn *otherwise)
{
    struct tokens a = {0}, b = {0};
    cut(w->a, s.a, s.ea, &a);
    cut(w->b, s.b, s.eb, &b);
    number_tokens(w->a, &a, w->b, &b, &w->left);
    char *same_a = lw_alloc(a.n + 1), *same_b = lw_alloc(b.n + 1);
    bool found = compare(w, &a, &b, same_a, same_b);
    if (found)
        join_changes(&a, &b, same_a, same_b);
    else
        w->to->coarse = true;
    if (found || !otherwise)
        add_runs(w, s, &a, &b, same_a, same_b, found ? changed : add_changed);
    else
        otherwise(w, s);
    free(same_a);
    free(same_b);
    free(a.v);
    free(b.v);
}

static bool spend_bytes(struct work *w, size_t n)
{
    bool enough = n <= w->bytes;
    w->bytes -= enough ? n : 0;
    w->to->coarse = w->to->coarse || !enough;
    return enough;
}

static void by_words_again(struct work *w, struct stretch s)
{
    if (spend_bytes(w, s.ea - s.a + s.eb - s.b))
        diff(w, s, cut_into_words, add_changed, NULL);
    else
        add_changed(w, s);
}

/* Words alone may use half of the budget. */
static void by_lines(struct work *w, struct stretch s)
{
    w->left = WORK_MAX / 2;
    diff(w, s, cut_into_lines, by_words_again, NULL);
}

static size_t count_between_blanks(const char *s, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += !strchr(" \t\r\n", s[i]) && (i + 1 == n || strchr(" \t\r\n", s[i + 1]));
    return count;
}

/* Every token that is not blank counts; of very much text what stands between blanks. */
static size_t count_words(struct work *w, struct bytes t, size_t at, size_t n)
{
    struct tokens found = {0};
    size_t count = 0;
    if (!spend_bytes(w, n))
        return count_between_blanks(t.s + at, n);
    cut_into_words(t, at, at + n, &found);
    for (size_t i = 0; i < found.n; i++)
        count += !strchr(" \t\r\n", t.s[found.v[i].at]);
    free(found.v);
    return count;
}

enum { WORD_MAX = 64 }; /* bytes that are looked at to leave a word whole */

static bool parts_words(char c)
{
    return c == ' ' || c == '\n';
}

/* How much is the same from the start, up to a word's and a grapheme's end. */
static size_t same_head(struct bytes a, struct bytes b)
{
    size_t most = a.n < b.n ? a.n : b.n, n = 0;
    while (n < most && a.s[n] == b.s[n])
        n++;
    size_t at = n;
    while (at > 0 && n - at < WORD_MAX && !parts_words(a.s[at - 1]))
        at--;
    at = at > 0 && parts_words(a.s[at - 1]) ? at : n;
    size_t in_a = lw_grapheme_at(a.s, a.n, at), in_b = lw_grapheme_at(b.s, b.n, at);
    return in_a < in_b ? in_a : in_b;
}

/* The same from the end; neither begins before `head`. */
static size_t same_tail(struct bytes a, struct bytes b, size_t head)
{
    size_t most = (a.n < b.n ? a.n : b.n) - head, n = 0;
    while (n < most && a.s[a.n - n - 1] == b.s[b.n - n - 1])
        n++;
    size_t less = n;
    while (less > 0 && n - less < WORD_MAX && !parts_words(a.s[a.n - less]))
        less--;
    less = less > 0 && parts_words(a.s[a.n - less]) ? less : n;
    while (less > 0 && (lw_grapheme_at(a.s, a.n, a.n - less) != a.n - less ||
                           lw_grapheme_at(b.s, b.n, b.n - less) != b.n - less))
        less--;
    return less;
}

/* What is the same at both ends of a single line of megabytes need not be cut into words. */
static void diff_long(struct work *w)
{
    size_t head = same_head(w->a, w->b), tail = same_tail(w->a, w->b, head);
    add(w->to, LW_DIFF_SAME, 0, 0, head);
    by_lines(w, (struct stretch){head, w->a.n - tail, head, w->b.n - tail});
    add(w->to, LW_DIFF_SAME, w->a.n - tail, w->b.n - tail, tail);
}

void lw_diff_words(struct lw_diff *d, const char *a, size_t na, const char *b, size_t nb)
{
    struct work w = {d, {a, na}, {b, nb}, WORK_MAX / 2, WORDS_MAX};
    struct stretch all = {0, na, 0, nb};
    d->n = d->words_in = d->words_out = 0;
    d->coarse = false;
    if (na + nb <= WORDS_MAX)
        diff(&w, all, cut_into_words, add_changed, by_lines);
    else
        diff_long(&w);
    w.bytes = WORDS_MAX;
    for (size_t i = 0; i < d->n; i++) {
        if (d->v[i].kind == LW_DIFF_OUT)
            d->words_out += count_words(&w, w.a, d->v[i].a, d->v[i].n);
        if (d->v[i].kind == LW_DIFF_IN)
            d->words_in += count_words(&w, w.b, d->v[i].b, d->v[i].n);
    }
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
