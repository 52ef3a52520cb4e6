/* Each byte of a block is looked up by its halves in tables of 16 bytes, which processors have an
 * instruction for; rows are bits of what is found there. After Geoff Langdale's Teddy, as in
 * Hyperscan (https://www.hyperscan.io). */
#include "tasks/search_quads_internal.h"

#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* ---- sets of bytes */

void lw_byte_set_add(struct lw_byte_set *set, unsigned char c)
{
    set->bits[c / 32] |= UINT32_C(1) << c % 32;
}

void lw_byte_set_add_all(struct lw_byte_set *set)
{
    memset(set, 0xFF, sizeof *set);
}

bool lw_byte_set_has(const struct lw_byte_set *set, unsigned char c)
{
    return set->bits[c / 32] >> c % 32 & 1;
}

/* ---- rows */

void lw_quads_add(struct lw_quads *q, unsigned row, const struct lw_quad *quad)
{
    unsigned char bit = (unsigned char)(1u << row % 8);
    for (size_t k = 0; k < LW_QUAD; k++)
        for (unsigned c = 0; c < 256; c++) {
            if (!lw_byte_set_has(&quad->at[k], (unsigned char)c))
                continue;
            q->fits[k][c] |= (uint16_t)(1u << row);
            q->low[row / 8][k][c & 15] |= bit;
            q->high[row / 8][k][c >> 4] |= bit;
        }
}

/* ---- finding them */

/* The rows that fit at a place, a bit for each. Bytes behind the end fit all. */
static unsigned rows_at(const struct lw_quads *q, struct lw_span bytes, size_t at)
{
    unsigned rows = (1u << LW_QUAD_ROWS) - 1;
    for (size_t k = 0; k < LW_QUAD && at + k < bytes.n; k++)
        rows &= q->fits[k][(unsigned char)bytes.s[at + k]];
    return rows;
}

size_t lw_quads_find_plainly(const struct lw_quads *q, struct lw_span bytes, size_t from,
    lw_quads_check *is_there, const void *ctx)
{
    const unsigned char *s = (const unsigned char *)bytes.s;
    for (size_t at = from, behind; at < bytes.n; at = behind) {
        behind = at + 1;
        if (bytes.n - at >= 2 && !(q->fits[0][s[at]] & q->fits[1][s[at + 1]]))
            continue;
        unsigned rows = rows_at(q, bytes, at);
        if (rows && is_there(ctx, at, rows, &behind))
            return at;
    }
    return bytes.n;
}

#ifdef __x86_64__
#define WIDE __attribute__((target("avx2")))

enum { BLOCK = 32 };

WIDE static inline __m256i twice(const unsigned char table[16])
{
    __m128i t;
    memcpy(&t, table, sizeof t);
    return _mm256_broadcastsi128_si256(t);
}

/* The tables of eight rows for bytes by their halves, or the halves of a block's bytes. */
struct halves {
    __m256i low, high;
};

struct tables {
    struct halves any[LW_QUAD], high[LW_QUAD];
};

WIDE static void load_tables(const struct lw_quads *q, struct tables *to)
{
    for (size_t k = 0; k < LW_QUAD; k++) {
        to->any[k] = (struct halves){twice(q->low[0][k]), twice(q->high[0][k])};
        to->high[k] = (struct halves){twice(q->low[1][k]), twice(q->high[1][k])};
    }
}

WIDE static inline __m256i block_of(const char *s)
{
    __m256i b;
    memcpy(&b, s, sizeof b);
    return b;
}

WIDE static inline struct halves halves_of(__m256i b)
{
    const __m256i half = _mm256_set1_epi8(15);
    return (struct halves){
        _mm256_and_si256(b, half), _mm256_and_si256(_mm256_srli_epi16(b, 4), half)};
}

WIDE static inline __m256i rows_of(struct halves b, struct halves table)
{
    return _mm256_and_si256(
        _mm256_shuffle_epi8(table.low, b.low), _mm256_shuffle_epi8(table.high, b.high));
}

/* Of a block's places those where a row may fit. Where all bytes are ASCII, half of the rows
 * cannot; and of those the last byte tells next to nothing. */
WIDE static inline uint32_t wide_block_at(const char *s, const struct tables *t)
{
    __m256i first = block_of(s);
    struct halves b[LW_QUAD] = {halves_of(first), halves_of(block_of(s + 1)),
        halves_of(block_of(s + 2)), halves_of(block_of(s + 3))};
    __m256i rows =
        _mm256_and_si256(_mm256_and_si256(rows_of(b[0], t->any[0]), rows_of(b[1], t->any[1])),
            _mm256_and_si256(rows_of(b[2], t->any[2]), rows_of(b[3], t->any[3])));
    if (_mm256_movemask_epi8(first) != 0)
        rows = _mm256_or_si256(
            rows, _mm256_and_si256(rows_of(b[0], t->high[0]),
                      _mm256_and_si256(rows_of(b[1], t->high[1]), rows_of(b[2], t->high[2]))));
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(rows, _mm256_setzero_si256()));
}

/* In a block, the first place that is there; SIZE_MAX for none. `*behind` moves to its end or on.
 */
static size_t find_in_block(const struct lw_quads *q, struct lw_span bytes, size_t block,
    uint32_t may, size_t *behind, lw_quads_check *is_there, const void *ctx)
{
    for (; may; may &= may - 1) {
        size_t at = block + (size_t)__builtin_ctz(may);
        unsigned rows = at < *behind ? 0 : rows_at(q, bytes, at);
        if (!rows)
            continue;
        *behind = at + 1;
        if (is_there(ctx, at, rows, behind))
            return at;
    }
    size_t end = block + BLOCK;
    *behind = *behind > end ? *behind : end;
    return SIZE_MAX;
}

WIDE static size_t find_wide(const struct lw_quads *q, struct lw_span bytes, size_t from,
    lw_quads_check *is_there, const void *ctx)
{
    struct tables tables;
    load_tables(q, &tables);
    while (bytes.n - from >= BLOCK + LW_QUAD - 1) {
        uint32_t may = wide_block_at(bytes.s + from, &tables);
        if (!may) {
            from += BLOCK;
            continue;
        }
        size_t at = find_in_block(q, bytes, from, may, &from, is_there, ctx);
        if (at != SIZE_MAX)
            return at;
    }
    return lw_quads_find_plainly(q, bytes, from, is_there, ctx);
}

size_t lw_quads_find(const struct lw_quads *q, struct lw_span bytes, size_t from,
    lw_quads_check *is_there, const void *ctx)
{
    return __builtin_cpu_supports("avx2") ? find_wide(q, bytes, from, is_there, ctx)
                                          : lw_quads_find_plainly(q, bytes, from, is_there, ctx);
}
#else
size_t lw_quads_find(const struct lw_quads *q, struct lw_span bytes, size_t from,
    lw_quads_check *is_there, const void *ctx)
{
    return lw_quads_find_plainly(q, bytes, from, is_there, ctx);
}
#endif
