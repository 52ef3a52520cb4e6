/* Pairs the paragraphs of two texts. Each one of the first is compared with the few of the second
 * that share its rarest words; the pairs that keep the order of both and weigh most together stay.
 * What a paragraph is, and how two of them are drawn beside each other, is the caller's. */
#include "labelwright/text/align.h"

#include "labelwright/base/buf.h"
#include "text/numbering_internal.h"
#include "text/sequence_internal.h"
#include "text/words_internal.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum {
    BYTES_MOST = 4096, /* of a paragraph that are looked at */
    COMMON = 24,       /* paragraphs of the second text: a word in more of them leads to none */
    TRIED = 8,         /* paragraphs that one is compared with */
    LEAST = 10         /* percent: less is chance */
};

/* The words of each paragraph, as numbers in order: a bag; and a number for all of its bytes. */
struct side {
    const struct lw_align_text *text;
    char *small; /* its bytes, without capitals of ASCII: sentences begin with those */
    struct lw_word_list words;
    size_t *first; /* count + 1: where each paragraph's words begin */
    uint32_t *number, *whole;
};

struct pairing {
    struct side a, b;
    size_t numbers;
    uint32_t *weight; /* of each number; signs weigh nothing */
    size_t *place;    /* numbers + 1: where each number's paragraphs of `b` begin in `in` */
    uint32_t *in;
    uint32_t *score;   /* of each paragraph of `b` */
    size_t head, tail; /* paragraphs at both ends that are equal */
};

static struct lw_align_range range_of(const struct lw_align_text *t, size_t i)
{
    struct lw_align_range r = t->v[i];
    r.end = r.end < t->n ? r.end : t->n;
    r.from = r.from < r.end ? r.from : r.end;
    return r;
}

/* ---- words */

static char *without_capitals(const char *s, size_t n)
{
    char *to = lw_grow(NULL, n + 1, 1);
    for (size_t i = 0; i < n; i++)
        to[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] | 32 : s[i]);
    return to;
}

static void cut(struct side *t, const struct lw_align_text *text)
{
    t->text = text;
    t->small = without_capitals(text->s, text->n);
    t->first = lw_grow(NULL, text->count + 1, sizeof *t->first);
    for (size_t i = 0; i < text->count; i++) {
        struct lw_align_range r = range_of(text, i);
        t->first[i] = t->words.n;
        lw_words_add(
            &t->words, text->s, r.from, r.end - r.from > BYTES_MOST ? r.from + BYTES_MOST : r.end);
    }
    t->first[text->count] = t->words.n;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void number_words(struct lw_numbering *in, struct side *t)
{
    t->number = lw_grow(NULL, t->words.n + 1, sizeof *t->number);
    for (size_t i = 0; i < t->words.n; i++) {
        struct lw_word_span w = t->words.v[i];
        t->number[i] = lw_number_of(in, t->small + w.at, w.end - w.at);
    }
    for (size_t i = 0; i < t->text->count; i++)
        qsort(t->number + t->first[i], t->first[i + 1] - t->first[i], sizeof *t->number, by_number);
}

static void number_paragraphs(struct lw_numbering *in, struct side *t)
{
    t->whole = lw_grow(NULL, t->text->count + 1, sizeof *t->whole);
    for (size_t i = 0; i < t->text->count; i++) {
        struct lw_align_range r = range_of(t->text, i);
        t->whole[i] = lw_number_of(in, t->text->s + r.from, r.end - r.from);
    }
}

/* Adds one for each paragraph that has the number. */
static void count_paragraphs(const struct side *t, uint32_t *count)
{
    for (size_t i = 0; i < t->text->count; i++)
        for (size_t k = t->first[i]; k < t->first[i + 1]; k++)
            count[t->number[k]] += k == t->first[i] || t->number[k] != t->number[k - 1];
}

static bool is_sign(const struct lw_numbered *w)
{
    unsigned char c = (unsigned char)w->s[0];
    return w->n == 1 && !(c >= '0' && c <= '9') && !((c | 32) >= 'a' && (c | 32) <= 'z');
}

/* One more for each time that only half as many paragraphs have the word. */
static void weigh(struct pairing *p, const struct lw_numbering *in)
{
    size_t all = p->a.text->count + p->b.text->count;
    uint32_t *count = lw_alloc((in->n + 1) * sizeof *count);
    count_paragraphs(&p->a, count);
    count_paragraphs(&p->b, count);
    for (size_t i = 0; i < in->n; i++) {
        uint32_t weight = 1;
        for (size_t n = all; n / 2 >= count[i] && count[i] > 0; n /= 2)
            weight++;
        count[i] = is_sign(&in->v[i]) ? 0 : weight;
    }
    p->weight = count;
}

/* ---- which paragraphs of the second text have a word */

static void find_places(struct pairing *p)
{
    uint32_t *count = lw_alloc((p->numbers + 1) * sizeof *count);
    count_paragraphs(&p->b, count);
    p->place = lw_grow(NULL, p->numbers + 1, sizeof *p->place);
    size_t n = 0;
    for (size_t i = 0; i <= p->numbers; i++) {
        p->place[i] = n;
        n += i < p->numbers && count[i] <= COMMON && p->weight[i] ? count[i] : 0;
    }
    p->in = lw_grow(NULL, n + 1, sizeof *p->in);
    memset(count, 0, p->numbers * sizeof *count);
    for (size_t i = 0; i < p->b.text->count; i++)
        for (size_t k = p->b.first[i]; k < p->b.first[i + 1]; k++) {
            uint32_t w = p->b.number[k];
            bool again = k > p->b.first[i] && w == p->b.number[k - 1];
            if (!again && p->place[w] + count[w] < p->place[w + 1])
                p->in[p->place[w] + count[w]++] = (uint32_t)i;
        }
    free(count);
}

/* ---- pairs */

/* Of the words of both together, how many percent are in both. */
static int percent_same(const struct pairing *p, size_t a, size_t b)
{
    size_t i = p->a.first[a], ei = p->a.first[a + 1], k = p->b.first[b], ek = p->b.first[b + 1];
    uint64_t same = 0, all = 0;
    if (p->a.whole[a] == p->b.whole[b])
        return 100;
    while (i < ei || k < ek) {
        bool in_a = i < ei && (k == ek || p->a.number[i] <= p->b.number[k]);
        bool in_b = k < ek && (i == ei || p->b.number[k] <= p->a.number[i]);
        uint64_t w = p->weight[in_a ? p->a.number[i] : p->b.number[k]];
        same += in_a && in_b ? w : 0;
        all += w;
        i += in_a;
        k += in_b;
    }
    return all > 0 ? (int)(100 * same / all) : 0;
}

/* The best TRIED of `n` paragraphs come first. */
static size_t best_first(const struct pairing *p, uint32_t *v, size_t n)
{
    size_t kept = n < TRIED ? n : TRIED;
    for (size_t i = 0; i < kept; i++)
        for (size_t k = i + 1; k < n; k++)
            if (p->score[v[k]] > p->score[v[i]]) {
                uint32_t better = v[k];
                v[k] = v[i];
                v[i] = better;
            }
    return kept;
}

/* The paragraphs of `b` between the equal ends that share rare words with paragraph `a`, in order:
 * at most TRIED at the front of `to`, which has room for all. */
static size_t likely(struct pairing *p, size_t a, uint32_t *to)
{
    size_t n = 0;
    for (size_t k = p->a.first[a]; k < p->a.first[a + 1]; k++) {
        uint32_t w = p->a.number[k];
        if (k > p->a.first[a] && w == p->a.number[k - 1])
            continue;
        for (size_t i = p->place[w]; i < p->place[w + 1]; i++) {
            if (p->in[i] < p->head || p->in[i] >= p->b.text->count - p->tail)
                continue;
            if (!p->score[p->in[i]])
                to[n++] = p->in[i];
            p->score[p->in[i]] += p->weight[w];
        }
    }
    size_t kept = best_first(p, to, n);
    for (size_t i = 0; i < n; i++)
        p->score[to[i]] = 0;
    qsort(to, kept, sizeof *to, by_number);
    return kept;
}

/* Long paragraphs weigh more, but not by their length. */
static uint64_t weight_of(const struct pairing *p, size_t a, int percent)
{
    uint64_t size = 2;
    for (size_t n = p->a.first[a + 1] - p->a.first[a]; n > 1; n /= 2)
        size++;
    return size * (uint64_t)percent;
}

static void find_equal_ends(struct pairing *p)
{
    size_t na = p->a.text->count, nb = p->b.text->count, least = na < nb ? na : nb;
    while (p->head < least && p->a.whole[p->head] == p->b.whole[p->head])
        p->head++;
    while (
        p->tail < least - p->head && p->a.whole[na - p->tail - 1] == p->b.whole[nb - p->tail - 1])
        p->tail++;
}

/* Between the ends that are equal. Those of one paragraph of `a` from the last of `b` to the first:
 * so no two of them follow each other in order. */
static struct lw_match *find_pairs(struct pairing *p, size_t *count)
{
    uint32_t *tried = lw_grow(NULL, p->b.text->count + 1, sizeof *tried);
    struct lw_match *v = NULL;
    size_t n = 0, cap = 0;
    for (size_t a = p->head; a + p->tail < p->a.text->count; a++)
        for (size_t i = likely(p, a, tried); i-- > 0;) {
            int percent = percent_same(p, a, tried[i]);
            if (percent < LEAST)
                continue;
            if (n == cap) {
                cap = cap ? 2 * cap : 64;
                v = lw_grow(v, cap, sizeof *v);
            }
            v[n++] = (struct lw_match){(uint32_t)a, tried[i], 1, weight_of(p, a, percent)};
        }
    free(tried);
    *count = lw_matches_in_order(v, n, p->b.text->count);
    return v;
}

/* ---- rows */

static void add_row(struct lw_align *al, size_t a, size_t b, int percent)
{
    if (al->n == al->cap) {
        al->cap = al->cap ? 2 * al->cap : 32;
        al->v = lw_grow(al->v, al->cap, sizeof *al->v);
    }
    al->v[al->n++] = (struct lw_align_row){a, b, percent};
}

/* What lies between two pairs: equal ones at its ends are paired, the others stand alone. */
static void add_between(
    struct lw_align *al, const struct pairing *p, size_t a, size_t ea, size_t b, size_t eb)
{
    size_t tail = 0;
    for (; a < ea && b < eb && p->a.whole[a] == p->b.whole[b]; a++, b++)
        add_row(al, a, b, 100);
    while (a < ea - tail && b < eb - tail && p->a.whole[ea - tail - 1] == p->b.whole[eb - tail - 1])
        tail++;
    for (; a < ea - tail; a++)
        add_row(al, a, LW_ALIGN_NONE, 0);
    for (; b < eb - tail; b++)
        add_row(al, LW_ALIGN_NONE, b, 0);
    for (; tail > 0; tail--)
        add_row(al, a++, b++, 100);
}

static void add_rows(struct lw_align *al, struct pairing *p)
{
    size_t n, a = 0, b = 0;
    find_equal_ends(p);
    struct lw_match *v = find_pairs(p, &n);
    for (size_t i = 0; i < n; i++) {
        add_between(al, p, a, v[i].a, b, v[i].b);
        add_row(al, v[i].a, v[i].b, percent_same(p, v[i].a, v[i].b));
        a = v[i].a + 1;
        b = v[i].b + 1;
    }
    add_between(al, p, a, p->a.text->count, b, p->b.text->count);
    free(v);
}

/* A knot never lies before another, whatever ranges were given. */
static void add_knot(struct lw_align *al, size_t a, size_t b)
{
    struct lw_align_knot last = al->knots ? al->knot[al->knots - 1] : (struct lw_align_knot){0, 0};
    if (a >= last.a && b >= last.b)
        al->knot[al->knots++] = (struct lw_align_knot){a, b};
}

static void add_knots(
    struct lw_align *al, const struct lw_align_text *a, const struct lw_align_text *b)
{
    al->knot = lw_grow(al->knot, 2 * al->n + 2, sizeof *al->knot);
    al->knots = 0;
    add_knot(al, 0, 0);
    for (size_t i = 0; i < al->n; i++) {
        if (al->v[i].a == LW_ALIGN_NONE || al->v[i].b == LW_ALIGN_NONE)
            continue;
        struct lw_align_range x = range_of(a, al->v[i].a), y = range_of(b, al->v[i].b);
        add_knot(al, x.from, y.from);
        add_knot(al, x.end, y.end);
    }
    add_knot(al, a->n, b->n);
}

static void free_side(struct side *t)
{
    free(t->small);
    free(t->words.v);
    free(t->first);
    free(t->number);
    free(t->whole);
}

void lw_align_paragraphs(
    struct lw_align *al, const struct lw_align_text *a, const struct lw_align_text *b)
{
    struct pairing p = {0};
    struct lw_numbering words, paragraphs;
    cut(&p.a, a);
    cut(&p.b, b);
    lw_numbering_init(&words);
    lw_numbering_init(&paragraphs);
    number_words(&words, &p.a);
    number_words(&words, &p.b);
    number_paragraphs(&paragraphs, &p.a);
    number_paragraphs(&paragraphs, &p.b);
    p.numbers = words.n;
    p.score = lw_alloc((b->count + 1) * sizeof *p.score);
    weigh(&p, &words);
    find_places(&p);
    al->n = 0;
    add_rows(al, &p);
    add_knots(al, a, b);
    lw_numbering_fini(&words);
    lw_numbering_fini(&paragraphs);
    free_side(&p.a);
    free_side(&p.b);
    free(p.weight);
    free(p.place);
    free(p.in);
    free(p.score);
}

void lw_align_fini(struct lw_align *al)
{
    free(al->v);
    free(al->knot);
    *al = (struct lw_align){0};
}

/* ---- places */

static size_t side_of(struct lw_align_knot k, bool back)
{
    return back ? k.b : k.a;
}

static size_t place(const struct lw_align *al, size_t at, bool back)
{
    size_t low = 0, high = al->knots;
    while (low < high) { /* the first knot behind `at` */
        size_t mid = low + (high - low) / 2;
        if (side_of(al->knot[mid], back) <= at)
            low = mid + 1;
        else
            high = mid;
    }
    if (low == 0)
        return 0;
    struct lw_align_knot k = al->knot[low - 1];
    size_t from = side_of(k, back), to = side_of(k, !back);
    if (low == al->knots)
        return to;
    size_t wide = side_of(al->knot[low], back) - from, room = side_of(al->knot[low], !back) - to;
    double part = (double)(at - from) / (double)wide;
    return to + (wide == room ? at - from : (size_t)(part * (double)room));
}

size_t lw_align_place(const struct lw_align *al, size_t at)
{
    return place(al, at, false);
}

size_t lw_align_place_back(const struct lw_align *al, size_t at)
{
    return place(al, at, true);
}
