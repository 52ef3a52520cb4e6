/* Four bytes in a row are found wherever they stand, with the processor's instructions as without.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tasks/search_quads_internal.h"
#include "tasks/search_rows_internal.h"

enum { ROOM = 200, ROUNDS = 400, MANY = 12 };

static uint64_t seed = 1;

static size_t below(size_t n)
{
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(seed >> 33) % n;
}

static struct lw_quad quad_of(const char *bytes)
{
    struct lw_quad quad = {0};
    for (size_t k = 0; k < LW_QUAD; k++)
        if (bytes[k] == '?')
            lw_byte_set_add_all(&quad.at[k]);
        else
            lw_byte_set_add(&quad.at[k], (unsigned char)bytes[k]);
    return quad;
}

/* Which places were told, with which rows. */
struct told {
    size_t n;
    unsigned rows[ROOM];
    bool at[ROOM];
};

static bool tell(const void *ctx, size_t at, unsigned rows, size_t *behind)
{
    struct told *told = *(struct told *const *)ctx;
    assert_int_equal(*behind, at + 1);
    assert_true(at < ROOM && !told->at[at]);
    told->at[at] = true;
    told->rows[at] = rows;
    told->n++;
    return false;
}

static bool always(const void *ctx, size_t at, unsigned rows, size_t *behind)
{
    (void)ctx;
    (void)at;
    (void)rows;
    (void)behind;
    return true;
}

static struct told tell_all(const struct lw_quads *q, struct lw_span bytes, size_t from, bool wide)
{
    struct told told = {0}, *ctx = &told;
    size_t at = wide ? lw_quads_find(q, bytes, from, tell, &ctx)
                     : lw_quads_find_plainly(q, bytes, from, tell, &ctx);
    assert_int_equal(at, bytes.n);
    return told;
}

static void found_at_every_place(void **state)
{
    (void)state;
    struct lw_quads q = {0};
    struct lw_quad first = quad_of("abcd"), high = quad_of("\xE2\x80?\x8B");
    lw_quads_add(&q, 3, &first);
    lw_quads_add(&q, LW_QUAD_HIGH + 2, &high);
    for (size_t at = 0; at + LW_QUAD <= ROOM; at++) {
        char bytes[ROOM];
        memset(bytes, '.', sizeof bytes);
        memcpy(bytes + at, at % 2 ? "abcd" : "\xE2\x80\x90\x8B", LW_QUAD);
        struct lw_span all = {bytes, sizeof bytes};
        for (size_t from = 0; from <= at; from += 1 + at / 3) {
            struct told told = tell_all(&q, all, from, true);
            assert_true(told.at[at]);
            assert_int_equal(told.rows[at], 1u << (at % 2 ? 3 : LW_QUAD_HIGH + 2));
            assert_int_equal(lw_quads_find(&q, all, from, always, NULL), at);
        }
    }
}

/* Of what is cut off by the end, nothing tells that it does not fit. */
static void bytes_behind_the_end_fit(void **state)
{
    (void)state;
    struct lw_quads q = {0};
    struct lw_quad quad = quad_of("abcd");
    lw_quads_add(&q, 0, &quad);
    assert_int_equal(lw_quads_find(&q, (struct lw_span){"xxab", 4}, 0, always, NULL), 2);
    assert_int_equal(lw_quads_find(&q, (struct lw_span){"xxac", 4}, 0, always, NULL), 4);
    assert_int_equal(lw_quads_find(&q, (struct lw_span){"", 0}, 0, always, NULL), 0);
}

static struct lw_quad any_quad(bool high)
{
    struct lw_quad quad = {0};
    for (size_t k = 0; k < LW_QUAD; k++)
        for (size_t i = 0, n = 1 + below(6); i < n; i++)
            lw_byte_set_add(
                &quad.at[k], (unsigned char)(k == 0 && high ? 0xC0 + below(8) : 0x78 + below(16)));
    return quad;
}

static void the_same_without_instructions(void **state)
{
    (void)state;
    for (int i = 0; i < ROUNDS; i++) {
        struct lw_quads q = {0};
        char bytes[ROOM];
        struct lw_quad quad[MANY];
        for (int high = 0; high < 2; high++) {
            size_t n = below(MANY);
            for (size_t k = 0; k < n; k++)
                quad[k] = any_quad(high);
            lw_rows_add(&q, high ? LW_QUAD_HIGH : 0, high ? LW_QUAD_ROWS : LW_QUAD_HIGH, quad, n);
        }
        for (size_t k = 0; k < ROOM; k++)
            bytes[k] = (char)(below(6) ? 0x78 + below(16) : 0xC0 + below(8));
        struct lw_span all = {bytes, below(ROOM + 1)};
        size_t from = below(all.n + 1);
        struct told wide = tell_all(&q, all, from, true), plain = tell_all(&q, all, from, false);
        assert_memory_equal(wide.at, plain.at, sizeof wide.at);
        assert_memory_equal(wide.rows, plain.rows, sizeof wide.rows);
    }
}

/* However many are joined. */
static void each_of_many_is_found(void **state)
{
    (void)state;
    for (size_t n = 0; n < 60; n += 7) {
        struct lw_quads q = {0};
        struct lw_quad quad[60] = {{{{{0}}}}};
        char bytes[60][LW_QUAD + 1];
        for (size_t i = 0; i < n; i++) {
            for (size_t k = 0; k < LW_QUAD; k++)
                bytes[i][k] = (char)(k ? 0x80 + below(0x40) : 0xC2 + below(0x30));
            bytes[i][LW_QUAD] = '\0';
            for (size_t k = 0; k < LW_QUAD; k++)
                lw_byte_set_add(&quad[i].at[k], (unsigned char)bytes[i][k]);
        }
        lw_rows_add(&q, LW_QUAD_HIGH, LW_QUAD_ROWS, quad, n);
        for (size_t i = 0; i < n; i++)
            assert_int_equal(
                lw_quads_find(&q, (struct lw_span){bytes[i], LW_QUAD}, 0, always, NULL), 0);
        assert_int_equal(lw_quads_find(&q, (struct lw_span){"zzzzz", 5}, 0, always, NULL), 5);
    }
}

static bool skip_ten(const void *ctx, size_t at, unsigned rows, size_t *behind)
{
    *behind += 9;
    return tell(ctx, at, rows, &(size_t){at + 1});
}

static void what_is_passed_over_is_not_told(void **state)
{
    (void)state;
    struct lw_quads q = {0};
    struct lw_quad quad = quad_of("a???");
    struct told told = {0}, plain = {0}, *ctx[] = {&told, &plain};
    char bytes[ROOM];
    memset(bytes, 'a', sizeof bytes);
    lw_quads_add(&q, 0, &quad);
    lw_quads_find(&q, (struct lw_span){bytes, ROOM}, 0, skip_ten, &ctx[0]);
    lw_quads_find_plainly(&q, (struct lw_span){bytes, ROOM}, 0, skip_ten, &ctx[1]);
    assert_int_equal(told.n, ROOM / 10);
    assert_memory_equal(told.at, plain.at, sizeof told.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(found_at_every_place),
        cmocka_unit_test(bytes_behind_the_end_fit),
        cmocka_unit_test(each_of_many_is_found),
        cmocka_unit_test(the_same_without_instructions),
        cmocka_unit_test(what_is_passed_over_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
