/* What is the same in two rows of numbers: the middle of the shortest way from one to the other is
 * looked for from both ends, then the middles of its halves (Myers, "An O(ND) Difference Algorithm
 * and Its Variations", 1986, section 4b). Long rows are first cut at rare threes of numbers in a
 * row. What the numbers stand for is the caller's. */
#include "text/sequence_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>

enum {
    LONG = 4000,        /* numbers in both rows: below that the shortest way is cheap */
    GRAM = 3,           /* numbers of a row taken together */
    SEARCH_MOST = 1000, /* differences looked for from either end, while work is left */
    SEARCH_LESS = 10,   /* and when it is spent */
    WORK_MOST = 700000, /* steps: some ms */
    BEHIND = INT32_MIN / 2,
    AHEAD = INT32_MAX / 2
};

/* ---- the middle of the shortest way */

/* Places [a, ea) and [b, eb). */
struct box {
    int a, ea, b, eb;
};

/* The rows without the numbers that only one of them has. */
struct search {
    struct lw_sequences *s;
    uint32_t *a, *b;             /* numbers */
    uint32_t *place_a, *place_b; /* where they are in the whole rows */
    int *forward, *back;         /* by diagonal, x - y: how far into `a` it is possible to get */
};

/* Diagonals that were reached, and those that exist. */
struct band {
    int low, high;
};

/* One more difference: the band gets wider by one on each side, or narrower where the box ends. */
static void widen(struct band *band, struct band most, int *v, int unreached)
{
    if (band->low > most.low)
        v[--band->low - 1] = unreached;
    else
        band->low++;
    if (band->high < most.high)
        v[++band->high + 1] = unreached;
    else
        band->high--;
}

/* True when the ways met; then *x is where on diagonal *k. */
static bool go_forward(
    const struct search *w, struct box o, struct band f, struct band back, bool odd, int *x, int *k)
{
    for (int d = f.high; d >= f.low; d -= 2) {
        int *v = w->forward;
        int i = v[d - 1] >= v[d + 1] ? v[d - 1] + 1 : v[d + 1];
        while (i < o.ea && i - d < o.eb && w->a[i] == w->b[i - d])
            i++;
        v[d] = i;
        if (odd && d >= back.low && d <= back.high && w->back[d] <= i) {
            *x = i;
            *k = d;
            return true;
        }
    }
    return false;
}

static bool go_back(
    const struct search *w, struct box o, struct band back, struct band f, bool odd, int *x, int *k)
{
    for (int d = back.high; d >= back.low; d -= 2) {
        int *v = w->back;
        int i = v[d - 1] < v[d + 1] ? v[d - 1] : v[d + 1] - 1;
        while (i > o.a && i - d > o.b && w->a[i - 1] == w->b[i - d - 1])
            i--;
        v[d] = i;
        if (!odd && d >= f.low && d <= f.high && i <= w->forward[d]) {
            *x = i;
            *k = d;
            return true;
        }
    }
    return false;
}

/* Too far apart: the place that came furthest from its end. */
static void furthest(
    const struct search *w, struct box o, struct band f, struct band back, int *x, int *k)
{
    int best = -1;
    for (int d = f.high; d >= f.low; d -= 2) {
        int i = w->forward[d] < o.ea ? w->forward[d] : o.ea;
        i = i - d > o.eb ? o.eb + d : i;
        if (i >= o.a && i - d >= o.b && i - o.a + i - d - o.b > best) {
            best = i - o.a + i - d - o.b;
            *x = i;
            *k = d;
        }
    }
    for (int d = back.high; d >= back.low; d -= 2) {
        int i = w->back[d] > o.a ? w->back[d] : o.a;
        i = i - d < o.b ? o.b + d : i;
        if (i <= o.ea && i - d <= o.eb && o.ea - i + o.eb - (i - d) > best) {
            best = o.ea - i + o.eb - (i - d);
            *x = i;
            *k = d;
        }
    }
}

static void find_middle(struct search *w, struct box o, int *x, int *k)
{
    struct band most = {o.a - o.eb, o.ea - o.b}, f = {o.a - o.b, o.a - o.b},
                back = {o.ea - o.eb, o.ea - o.eb};
    bool odd = (f.low - back.low) & 1;
    int cap = w->s->work < WORK_MOST ? SEARCH_MOST : SEARCH_LESS;
    w->forward[f.low] = o.a;
    w->back[back.low] = o.ea;
    for (int i = 0; i < cap; i++) {
        widen(&f, most, w->forward, BEHIND);
        if (go_forward(w, o, f, back, odd, x, k))
            return;
        widen(&back, most, w->back, AHEAD);
        if (go_back(w, o, back, f, odd, x, k))
            return;
        w->s->work += f.high - f.low + back.high - back.low + 2;
    }
    w->s->coarse = true;
    furthest(w, o, f, back, x, k);
}

static void mark(struct search *w, int a, int b)
{
    w->s->same_a[w->place_a[a]] = w->s->same_b[w->place_b[b]] = 1;
}

/* Calls itself for the smaller half: at most 32 deep. */
static void search(struct search *w, struct box o)
{
    for (;;) {
        for (; o.a < o.ea && o.b < o.eb && w->a[o.a] == w->b[o.b]; o.a++, o.b++)
            mark(w, o.a, o.b);
        for (; o.a < o.ea && o.b < o.eb && w->a[o.ea - 1] == w->b[o.eb - 1]; o.ea--, o.eb--)
            mark(w, o.ea - 1, o.eb - 1);
        if (o.a == o.ea || o.b == o.eb)
            return;
        int x = o.a, k = o.a - o.b;
        find_middle(w, o, &x, &k);
        struct box first = {o.a, x, o.b, x - k}, second = {x, o.ea, x - k, o.eb};
        bool swap = x - o.a + x - k - o.b > o.ea - x + o.eb - (x - k);
        search(w, swap ? second : first);
        o = swap ? first : second;
    }
}

/* ---- without what only one row has */

static int take_shared(const uint32_t *seen, int other, const uint32_t *v, size_t from, size_t end,
    uint32_t *number, uint32_t *place)
{
    int n = 0;
    for (size_t i = from; i < end; i++) {
        if (!seen[2 * (size_t)v[i] + (size_t)other])
            continue;
        number[n] = v[i];
        place[n++] = (uint32_t)i;
    }
    return n;
}

static void compare_shared(struct lw_sequences *s, size_t a, size_t ea, size_t b, size_t eb)
{
    size_t n = ea - a, m = eb - b;
    uint32_t *room = lw_grow(NULL, 4 * (n + m) + 12, sizeof *room);
    struct search w = {.s = s, .a = room, .b = room + n, .place_a = room + n + m};
    w.place_b = w.place_a + n;
    for (size_t i = a; i < ea; i++)
        s->seen[2 * (size_t)s->a[i]] = 1;
    for (size_t i = b; i < eb; i++)
        s->seen[2 * (size_t)s->b[i] + 1] = 1;
    struct box o = {0, take_shared(s->seen, 1, s->a, a, ea, w.a, w.place_a), 0,
        take_shared(s->seen, 0, s->b, b, eb, w.b, w.place_b)};
    for (size_t i = a; i < ea; i++)
        s->seen[2 * (size_t)s->a[i]] = 0;
    for (size_t i = b; i < eb; i++)
        s->seen[2 * (size_t)s->b[i] + 1] = 0;
    w.forward = (int *)(room + 2 * (n + m)) + o.eb + 2; /* diagonals -eb - 1 .. ea + 1 */
    w.back = w.forward + o.ea + o.eb + 4;
    search(&w, o);
    free(room);
}

static void trim(struct lw_sequences *s, size_t *a, size_t *ea, size_t *b, size_t *eb)
{
    for (; *a < *ea && *b < *eb && s->a[*a] == s->b[*b]; ++*a, ++*b)
        s->same_a[*a] = s->same_b[*b] = 1;
    for (; *a < *ea && *b < *eb && s->a[*ea - 1] == s->b[*eb - 1]; --*ea, --*eb)
        s->same_a[*ea - 1] = s->same_b[*eb - 1] = 1;
}

static void compare_between(struct lw_sequences *s, size_t a, size_t ea, size_t b, size_t eb)
{
    trim(s, &a, &ea, &b, &eb);
    if (a == ea || b == eb)
        return;
    if (ea - a > INT32_MAX / 4 || eb - b > INT32_MAX / 4)
        s->coarse = true;
    else
        compare_shared(s, a, ea, b, eb);
}

/* ---- long rows */

/* A number for each three, not unlike for all: see is_same(). */
static uint32_t *grams(const uint32_t *v, size_t n, uint32_t mask)
{
    uint32_t *to = lw_grow(NULL, n, sizeof *to);
    for (size_t i = 0; i + GRAM <= n; i++) {
        uint64_t h = v[i];
        for (size_t k = 1; k < GRAM; k++)
            h = (h * 0x9E3779B97F4A7C15U) ^ v[i + k];
        to[i] = (uint32_t)(h * 0x9E3779B97F4A7C15U >> 32) & mask;
    }
    return to;
}

static bool is_same(const uint32_t *a, const uint32_t *b, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

/* Threes that both rows have equally often, in order: most of them, as unlike ones may share a
 * number. */
static struct lw_match *rare_grams(
    struct lw_sequences *s, size_t a, size_t n, size_t b, size_t m, size_t *count)
{
    uint32_t mask = 1;
    while (mask < n + m && mask < UINT32_MAX / 2)
        mask = 2 * mask + 1;
    uint32_t *of_a = grams(s->a + a, n, mask), *of_b = grams(s->b + b, m, mask);
    struct lw_match *v =
        lw_rare_matches(of_a, n - GRAM + 1, of_b, m - GRAM + 1, mask + 1, NULL, count);
    size_t kept = 0;
    for (size_t i = 0; i < *count; i++)
        if (is_same(s->a + a + v[i].a, s->b + b + v[i].b, v[i].n + GRAM - 1))
            v[kept++] = v[i];
    *count = lw_matches_in_order(v, kept, m);
    free(of_a);
    free(of_b);
    return v;
}

/* Between and beside the grams; where two of them overlap in one row the later one gives way. */
static void compare_long(struct lw_sequences *s, size_t a, size_t ea, size_t b, size_t eb)
{
    size_t count, at_a = a, at_b = b;
    struct lw_match *v = rare_grams(s, a, ea - a, b, eb - b, &count);
    for (size_t i = 0; i < count; i++) {
        size_t x = a + v[i].a, y = b + v[i].b, n = v[i].n + GRAM - 1;
        size_t in_a = x < at_a ? at_a - x : 0, in_b = y < at_b ? at_b - y : 0;
        size_t skip = in_a > in_b ? in_a : in_b;
        if (skip >= n)
            continue;
        compare_between(s, at_a, x + skip, at_b, y + skip);
        for (size_t k = skip; k < n; k++)
            s->same_a[x + k] = s->same_b[y + k] = 1;
        at_a = x + n;
        at_b = y + n;
    }
    free(v);
    compare_between(s, at_a, ea, at_b, eb);
}

void lw_sequences_compare(struct lw_sequences *s, size_t a, size_t ea, size_t b, size_t eb)
{
    trim(s, &a, &ea, &b, &eb);
    if (ea - a + eb - b <= LONG || ea - a < GRAM || eb - b < GRAM)
        compare_between(s, a, ea, b, eb);
    else
        compare_long(s, a, ea, b, eb);
}
