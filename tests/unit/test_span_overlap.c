/* What two annotators marked alike: whole spans and single bytes. */
#include "labelwright/agree/span_overlap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define N(v) (sizeof(v) / sizeof *(v))

static void assert_overlap(struct lw_overlap o, uint64_t first, uint64_t second, uint64_t both)
{
    assert_int_equal(o.first, first);
    assert_int_equal(o.second, second);
    assert_int_equal(o.both, both);
}

static void whole_spans_are_the_same_with_place_and_tag(void **state)
{
    (void)state;
    static const struct lw_marked a[] = {{0, 5, 0}, {8, 9, 0}, {0, 5, 1}};
    static const struct lw_marked b[] = {{0, 5, 0}, {8, 10, 0}, {0, 5, 2}};
    assert_overlap(lw_overlap_exact(a, N(a), b, N(b), -1), 3, 3, 1);
    assert_overlap(lw_overlap_exact(a, N(a), b, N(b), 0), 2, 2, 1);
    assert_overlap(lw_overlap_exact(a, N(a), b, N(b), 1), 1, 0, 0);
    assert_overlap(lw_overlap_exact(a, 0, b, 0, -1), 0, 0, 0);
}

static void a_byte_counts_once_for_each_tag(void **state)
{
    (void)state;
    static const struct lw_marked a[] = {{0, 10, 0}, {2, 4, 0}, {8, 12, 0}, {0, 3, 1}};
    static const struct lw_marked b[] = {{1, 3, 0}, {11, 20, 0}, {2, 9, 1}};
    assert_overlap(lw_overlap_bytes(a, N(a), b, N(b), 0), 12, 11, 3);
    assert_overlap(lw_overlap_bytes(a, N(a), b, N(b), 1), 3, 7, 1);
    assert_overlap(lw_overlap_bytes(a, N(a), b, N(b), -1), 15, 18, 4);
}

/* Against a map of the bytes themselves. */
static uint64_t by_map(
    const struct lw_marked *a, size_t na, const struct lw_marked *b, size_t nb, int32_t tag)
{
    uint64_t both = 0;
    for (size_t at = 0; at < 64; at++) {
        int x = 0, y = 0;
        for (size_t i = 0; i < na; i++)
            x |= a[i].tag == tag && at >= a[i].start && at < a[i].end;
        for (size_t i = 0; i < nb; i++)
            y |= b[i].tag == tag && at >= b[i].start && at < b[i].end;
        both += (uint64_t)(x & y);
    }
    return both;
}

static size_t fill(struct lw_marked *to, unsigned *seed)
{
    size_t n = *seed % 7;
    for (size_t i = 0; i < n; i++) {
        *seed = *seed * 1103515245u + 12345u;
        size_t start = (*seed >> 16) % 50;
        to[i] =
            (struct lw_marked){start, start + 1 + (*seed >> 24) % 13, (int32_t)(*seed >> 9) & 1};
    }
    return lw_marked_sort(to, n);
}

static void any_spans_overlap_as_their_bytes_do(void **state)
{
    (void)state;
    struct lw_marked a[8], b[8];
    unsigned seed = 7;
    for (int i = 0; i < 2000; i++) {
        seed = seed * 1103515245u + 12345u;
        size_t na = fill(a, &seed), nb = fill(b, &seed);
        uint64_t sum = 0;
        for (int32_t tag = 0; tag < 2; tag++) {
            uint64_t both = by_map(a, na, b, nb, tag);
            assert_int_equal(lw_overlap_bytes(a, na, b, nb, tag).both, both);
            sum += both;
        }
        assert_int_equal(lw_overlap_bytes(a, na, b, nb, -1).both, sum);
    }
}

static void sorting_drops_what_is_there_twice(void **state)
{
    (void)state;
    struct lw_marked v[] = {{4, 9, 1}, {0, 5, 0}, {4, 9, 1}, {0, 3, 0}};
    assert_int_equal(lw_marked_sort(v, N(v)), 3);
    assert_int_equal(v[0].end, 3);
    assert_int_equal(v[2].tag, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_spans_are_the_same_with_place_and_tag),
        cmocka_unit_test(a_byte_counts_once_for_each_tag),
        cmocka_unit_test(any_spans_overlap_as_their_bytes_do),
        cmocka_unit_test(sorting_drops_what_is_there_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
