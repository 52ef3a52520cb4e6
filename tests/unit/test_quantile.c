/* Sorting, few and many: as qsort() would. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/stats/interval.h"
#include "labelwright/stats/quantile.h"

static int compare(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static void check(size_t n, uint64_t range, int64_t from)
{
    uint64_t random = n + range;
    int64_t *v = malloc((n + 1) * sizeof *v), *w = malloc((n + 1) * sizeof *w);
    for (size_t i = 0; i < n; i++)
        v[i] = from + (int64_t)lw_random_below(&random, range);
    memcpy(w, v, n * sizeof *v);
    qsort(w, n, sizeof *w, compare);
    lw_sort_whole(v, n);
    assert_memory_equal(v, w, n * sizeof *v);
    free(v);
    free(w);
}

static void test_sort(void **state)
{
    (void)state;
    static const size_t many[] = {0, 1, 2, 1000, 4095, 4096, 4097, 50000};
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        check(many[i], 1, 42);
        check(many[i], 200, -100);
        check(many[i], 300, 0);
        check(many[i], UINT64_C(1) << 40, -(INT64_C(1) << 39));
        check(many[i], UINT64_C(1) << 62, INT64_MIN);
        check(many[i], UINT64_C(1) << 62, INT64_MAX - (INT64_C(1) << 62));
    }
}

static void test_extremes(void **state)
{
    (void)state;
    enum { N = 5000 };
    static int64_t v[N];
    for (int i = 0; i < N; i++)
        v[i] = i % 2 ? INT64_MAX : INT64_MIN;
    lw_sort_whole(v, N);
    assert_true(v[0] == INT64_MIN && v[N / 2 - 1] == INT64_MIN);
    assert_true(v[N / 2] == INT64_MAX && v[N - 1] == INT64_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sort),
        cmocka_unit_test(test_extremes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
