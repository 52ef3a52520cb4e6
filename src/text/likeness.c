/* Texts as runs of shingles (Broder, "On the resemblance and containment of documents"), and how
 * much of two texts is covered by those that both have. What differs in them is diff.c's. */
#include "labelwright/text/likeness.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/find.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>

enum {
    OF_WORDS = 3, /* together: of two, too much of a language is in every text */
    OF_LETTERS = 5,
    SIEVE = 1 << 16 /* bits */
};

struct text {
    uint64_t id;
    size_t first, n; /* its shingles; as many as words */
};

struct lw_likeness {
    struct text *v;
    size_t n, cap;
    uint32_t *shingle; /* of all texts, each in its order: one begins at each word */
    size_t nshingles, cap_shingles;
    size_t dropped; /* of them, of texts that were removed */
};

/* ---- a text's words, each a number */

enum kind { NEITHER, PART /* of a word */, ALONE /* a letter that counts as a word */ };

static bool is_unspaced(char32_t cp)
{
    static const struct {
        char32_t first, last;
    } ranges[] = {
        {0x0E00, 0x0EFF},   /* Thai, Lao */
        {0x1000, 0x109F},   /* Burmese */
        {0x1780, 0x17FF},   /* Khmer */
        {0x3005, 0x3007},   /* repeated Han, zero */
        {0x3041, 0x30FF},   /* kana */
        {0x3400, 0x9FFF},   /* Han */
        {0xF900, 0xFAFF},   /* Han */
        {0x20000, 0x3FFFF}, /* Han */
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && cp >= ranges[i].first; i++)
        if (cp <= ranges[i].last)
            return true;
    return false;
}

static enum kind kind_of(char32_t cp)
{
    if (cp < 0x80)
        return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ? PART : NEITHER;
    bool letter = cp != LW_UTF8_BAD &&
                  (uc_is_alnum(cp) || uc_is_general_category_withtable(cp, UC_CATEGORY_MASK_M));
    return !letter ? NEITHER : is_unspaced(cp) ? ALONE : PART;
}

struct words {
    uint32_t *v; /* odd: a letter alone */
    size_t n, cap;
};

static void add_word(struct words *w, uint32_t hash, bool alone)
{
    if (w->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 64;
        w->v = lw_grow(w->v, w->cap, sizeof *w->v);
    }
    w->v[w->n++] = (hash & ~1U) | alone;
}

/* FNV-1a. */
static uint32_t hash_bytes(const char *s, size_t n)
{
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619U;
    return h;
}

static uint32_t hash_word(const char *s, size_t n)
{
    bool number = *s >= '0' && *s <= '9'; /* another one makes no other text */
    return number ? 0x30303030U : hash_bytes(s, n);
}

static void read_words(const char *s, size_t n, struct words *to)
{
    size_t from = 0, at = 0;
    while (at < n && to->n < LW_LIKE_WORDS_MAX) {
        char32_t cp;
        size_t next = at + lw_utf8_decode(s + at, n - at, &cp);
        enum kind kind = kind_of(cp);
        if (kind != PART && from < at)
            add_word(to, hash_word(s + from, at - from), false);
        if (kind == ALONE)
            add_word(to, hash_bytes(s + at, next - at), true);
        if (kind != PART)
            from = next;
        at = next;
    }
    if (from < at && to->n < LW_LIKE_WORDS_MAX)
        add_word(to, hash_word(s + from, at - from), false);
}

/* ---- shingles */

static size_t length_of(uint32_t shingle)
{
    return shingle & 1 ? OF_LETTERS : OF_WORDS;
}

/* Where words are missing at the end, they count as nothing: a short text is one shingle. */
static uint32_t shingle_at(const struct words *w, size_t at)
{
    uint32_t h = 0;
    for (size_t i = at; i < at + length_of(w->v[at]); i++)
        h = ((h ^ (i < w->n ? w->v[i] : 0)) * 0x9E3779B1U) ^ (h >> 15);
    return (h & ~1U) | (w->v[at] & 1);
}

/* In place: each word becomes the shingle that begins there. */
static void make_shingles(struct words *w)
{
    for (size_t i = 0; i < w->n; i++)
        w->v[i] = shingle_at(w, i);
}

static void read_text(const char *s, size_t n, struct words *to)
{
    struct lw_buf folded = {0};
    lw_fold(s, n, &folded);
    read_words(folded.len ? folded.data : "", folded.len, to);
    make_shingles(to);
    lw_buf_fini(&folded);
}

/* ---- the texts */

struct lw_likeness *lw_likeness_new(void)
{
    return lw_alloc(sizeof(struct lw_likeness));
}

void lw_likeness_free(struct lw_likeness *l)
{
    if (!l)
        return;
    free(l->v);
    free(l->shingle);
    free(l);
}

void lw_likeness_add(struct lw_likeness *l, uint64_t id, const char *s, size_t n)
{
    struct words w = {0};
    read_text(s, n, &w);
    if (l->n == l->cap) {
        l->cap = l->cap ? 2 * l->cap : 64;
        l->v = lw_grow(l->v, l->cap, sizeof *l->v);
    }
    while (l->nshingles + w.n > l->cap_shingles) {
        l->cap_shingles = l->cap_shingles ? 2 * l->cap_shingles : 4096;
        l->shingle = lw_grow(l->shingle, l->cap_shingles, sizeof *l->shingle);
    }
    l->v[l->n++] = (struct text){id, l->nshingles, w.n};
    if (w.n > 0)
        memcpy(l->shingle + l->nshingles, w.v, w.n * sizeof *w.v);
    l->nshingles += w.n;
    free(w.v);
}

static void close_gaps(struct lw_likeness *l)
{
    size_t at = 0;
    for (size_t i = 0; i < l->n && l->nshingles > 0; i++) {
        memmove(l->shingle + at, l->shingle + l->v[i].first, l->v[i].n * sizeof *l->shingle);
        l->v[i].first = at;
        at += l->v[i].n;
    }
    l->nshingles = at;
    l->dropped = 0;
}

void lw_likeness_remove(struct lw_likeness *l, uint64_t id)
{
    size_t kept = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (l->v[i].id == id)
            l->dropped += l->v[i].n;
        else
            l->v[kept++] = l->v[i];
    }
    l->n = kept;
    if (2 * l->dropped > l->nshingles)
        close_gaps(l);
}

/* ---- comparing */

/* What is looked for: its shingles sorted, and a sieve that most others fall through. */
struct sought {
    struct words in_order;
    uint32_t *sorted;
    size_t most; /* how often the most frequent one is in it */
    unsigned char sieve[SIEVE / 8];
};

static int by_value(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool contains(const uint32_t *sorted, size_t n, uint32_t shingle)
{
    return bsearch(&shingle, sorted, n, sizeof *sorted, by_value) != NULL;
}

static bool is_in_sieve(const struct sought *q, uint32_t shingle)
{
    uint32_t bit = shingle >> 16;
    return q->sieve[bit / 8] >> bit % 8 & 1;
}

static uint32_t *sort(const uint32_t *v, size_t n)
{
    uint32_t *to = lw_grow(NULL, n + 1, sizeof *to);
    for (size_t i = 0; i < n; i++)
        to[i] = v[i];
    qsort(to, n, sizeof *to, by_value);
    return to;
}

static void prepare(struct sought *q)
{
    size_t n = q->in_order.n, times = 1;
    q->sorted = sort(q->in_order.v, n);
    q->most = 1;
    for (size_t i = 0; i < n; i++) {
        uint32_t bit = q->sorted[i] >> 16;
        q->sieve[bit / 8] |= (unsigned char)(1U << bit % 8);
        times = i > 0 && q->sorted[i] == q->sorted[i - 1] ? times + 1 : 1;
        q->most = times > q->most ? times : q->most;
    }
}

/* Words covered by shingles that are in `sorted`, too. */
static size_t covered(const uint32_t *v, size_t n, const uint32_t *sorted, size_t nsorted)
{
    size_t sum = 0, end = 0; /* covered up to here */
    for (size_t i = 0; i < n; i++) {
        if (!contains(sorted, nsorted, v[i]))
            continue;
        size_t to = i + length_of(v[i]) < n ? i + length_of(v[i]) : n;
        size_t from = i > end ? i : end;
        sum += to > from ? to - from : 0;
        end = to > end ? to : end;
    }
    return sum;
}

/* At least what would be found: most texts need no closer look. */
static size_t percent_at_most(const struct sought *q, const uint32_t *v, size_t n)
{
    size_t hits = 0, a = q->in_order.n;
    for (size_t i = 0; i < n; i++)
        hits += is_in_sieve(q, v[i]);
    size_t in_b = hits * OF_LETTERS, in_a = in_b * q->most;
    return 100 * ((in_a < a ? in_a : a) + (in_b < n ? in_b : n)) / (a + n);
}

static size_t percent(const struct sought *q, const uint32_t *v, size_t n)
{
    size_t a = q->in_order.n;
    uint32_t *sorted = sort(v, n);
    size_t both = covered(q->in_order.v, a, sorted, n) + covered(v, n, q->sorted, a);
    free(sorted);
    return 100 * both / (a + n);
}

static size_t least_for(size_t a, size_t b)
{
    return a < LW_LIKE_FEW_WORDS || b < LW_LIKE_FEW_WORDS ? 100 : LW_LIKE_PERCENT;
}

bool lw_likeness_find(
    const struct lw_likeness *l, const char *s, size_t n, uint64_t but, struct lw_like *to)
{
    struct sought *q = lw_alloc(sizeof *q);
    size_t best = 0;
    read_text(s, n, &q->in_order);
    prepare(q);
    for (size_t i = 0; q->in_order.n > 0 && i < l->n; i++) {
        const struct text *t = &l->v[i];
        if (t->id == but || t->n == 0)
            continue;
        const uint32_t *v = l->shingle + t->first;
        size_t least = least_for(q->in_order.n, t->n);
        least = best + 1 > least ? best + 1 : least;
        if (percent_at_most(q, v, t->n) < least)
            continue;
        size_t p = percent(q, v, t->n);
        if (p < least)
            continue;
        best = p;
        *to = (struct lw_like){t->id, (int)p};
    }
    free(q->in_order.v);
    free(q->sorted);
    free(q);
    return best > 0;
}
