/* Quads are joined, two by two, where that makes their row the least more common, until there are
 * as few as rows. A row is as common as blocks see it (search_quads.c): by the halves of its bytes.
 */
#include "tasks/search_rows_internal.h"

#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

/* ---- how common bytes are */

/* First bytes of UTF-8 as often as the most common letters where a script in wide use begins with
 * them: Latin with accents, Greek, Cyrillic, Arabic, those of India, Chinese, Japanese, Korean. */
static unsigned lead_commonness(unsigned char c)
{
    static const struct {
        unsigned char last, common;
    } leads[] = {{0xBF, 8}, {0xC3, 26}, {0xCD, 8}, {0xD1, 50}, {0xD7, 15}, {0xD9, 50}, {0xDF, 8},
        {0xE0, 60}, {0xE1, 8}, {0xE2, 12}, {0xE9, 40}, {0xEA, 10}, {0xED, 30}, {0xF0, 10}};
    for (size_t i = 0; i < sizeof leads / sizeof *leads; i++)
        if (c <= leads[i].last)
            return leads[i].common;
    return 2;
}

/* Letters by their order. */
static unsigned commonness(unsigned char c)
{
    static const char letters[] = " etaoinsrhldcumfpgwybvkxjqz";
    const char *at = c < 0x80 && c ? strchr(letters, c) : NULL;
    if (at)
        return (unsigned)(sizeof letters - (size_t)(at - letters));
    if (c >= 0x80)
        return lead_commonness(c);
    return c >= 'A' && c <= 'Z' ? 2 : c >= '0' && c <= '9' ? 6 : c == '\\' ? 20 : 4;
}

unsigned lw_byte_set_commonness(const struct lw_byte_set *set)
{
    unsigned sum = 0;
    for (unsigned c = 0; c < 256; c++)
        sum += lw_byte_set_has(set, (unsigned char)c) ? commonness((unsigned char)c) : 0;
    return sum;
}

/* Behind the first byte of a character all others are as common; the last is hardly looked at. */
static unsigned high_commonness(size_t k, unsigned char c)
{
    return k == 0 ? commonness(c) : k == LW_QUAD - 1 ? c == 0 : c >= 0x80 && c < 0xC0;
}

/* Most scripts that are written in escapes begin with 0. */
static unsigned escape_commonness(size_t k, unsigned char c)
{
    enum { ZERO = 30, DIGIT = 4, CAPITAL = 1 };
    if (k == 1 && c == '0')
        return ZERO;
    return c < 'A' ? DIGIT : CAPITAL + (c >= 'a');
}

/* ---- groups of quads */

/* Each place's halves as bits. */
struct group {
    uint16_t low[LW_QUAD], high[LW_QUAD];
    uint64_t common;
    struct lw_quad quad;
};

struct weights {
    unsigned of[LW_QUAD][256], of_high[LW_QUAD][16]; /* the second: sums over the same high half */
};

static void weigh(struct weights *to, bool high)
{
    *to = (struct weights){0};
    for (size_t k = 0; k < LW_QUAD; k++)
        for (unsigned c = 0; c < 256; c++) {
            to->of[k][c] = high ? high_commonness(k, (unsigned char)c)
                                : escape_commonness(k, (unsigned char)c);
            to->of_high[k][c / 16] += to->of[k][c];
        }
}

static unsigned sum_of(const unsigned weight[16], unsigned low)
{
    unsigned sum = 0;
    for (; low; low &= low - 1)
        sum += weight[__builtin_ctz(low)];
    return sum;
}

static unsigned place_commonness(const struct weights *w, size_t k, unsigned low, unsigned high)
{
    unsigned sum = 0;
    for (; high; high &= high - 1) {
        unsigned h = (unsigned)__builtin_ctz(high), all = w->of_high[k][h];
        sum += low == 0xFFFF || all == 0 ? all : sum_of(&w->of[k][16 * h], low);
    }
    return sum;
}

static uint64_t common_with(
    const struct group *a, const struct group *b, const struct weights *weight)
{
    uint64_t all = 1;
    for (size_t k = 0; k < LW_QUAD; k++)
        all *= place_commonness(
            weight, k, (unsigned)a->low[k] | b->low[k], (unsigned)a->high[k] | b->high[k]);
    return all;
}

static struct group group_of(const struct lw_quad *quad, const struct weights *weight)
{
    struct group g = {.quad = *quad};
    for (size_t k = 0; k < LW_QUAD; k++)
        for (unsigned c = 0; c < 256; c++)
            if (lw_byte_set_has(&quad->at[k], (unsigned char)c)) {
                g.low[k] |= (uint16_t)(1u << c % 16);
                g.high[k] |= (uint16_t)(1u << c / 16);
            }
    g.common = common_with(&g, &g, weight);
    return g;
}

static void join(struct group *to, const struct group *g, const struct weights *weight)
{
    to->common = common_with(to, g, weight);
    for (size_t k = 0; k < LW_QUAD; k++) {
        to->low[k] |= g->low[k];
        to->high[k] |= g->high[k];
        for (size_t i = 0; i < 8; i++)
            to->quad.at[k].bits[i] |= g->quad.at[k].bits[i];
    }
}

/* ---- the best pairs */

struct joining {
    struct group *v;
    size_t n;
    uint64_t *more; /* of each pair: how much more common they are together, by n and the lower */
    size_t room;
    struct weights weight;
};

static uint64_t *more_of(struct joining *j, size_t a, size_t b)
{
    return a < b ? &j->more[b * j->room + a] : &j->more[a * j->room + b];
}

static void measure(struct joining *j, size_t a)
{
    for (size_t b = 0; b < j->n; b++)
        if (b != a)
            *more_of(j, a, b) =
                common_with(&j->v[a], &j->v[b], &j->weight) - j->v[a].common - j->v[b].common;
}

static void find_best(struct joining *j, size_t *a, size_t *b)
{
    int64_t least = INT64_MAX;
    for (size_t i = 1; i < j->n; i++)
        for (size_t k = 0; k < i; k++)
            if ((int64_t)*more_of(j, i, k) < least) {
                least = (int64_t)*more_of(j, i, k);
                *a = k;
                *b = i;
            }
}

/* The last one takes the place of the one that is gone. */
static void join_two(struct joining *j, size_t a, size_t b)
{
    join(&j->v[a], &j->v[b], &j->weight);
    j->v[b] = j->v[--j->n];
    for (size_t i = 0; i < j->n; i++)
        if (i != b)
            *more_of(j, b, i) = *more_of(j, j->n, i);
    measure(j, a);
}

void lw_rows_add(
    struct lw_quads *q, unsigned from, unsigned to, const struct lw_quad *quad, size_t n)
{
    struct joining j = {.v = lw_alloc(n * sizeof *j.v + 1), .room = n};
    j.more = lw_alloc(n * n * sizeof *j.more + 1);
    weigh(&j.weight, from >= LW_QUAD_HIGH);
    for (; j.n < n; measure(&j, j.n++))
        j.v[j.n] = group_of(&quad[j.n], &j.weight);
    while (j.n > to - from) {
        size_t a = 0, b = 1;
        find_best(&j, &a, &b);
        join_two(&j, a, b);
    }
    for (unsigned i = 0; i < j.n; i++)
        lw_quads_add(q, from + i, &j.v[i].quad);
    free(j.more);
    free(j.v);
}
