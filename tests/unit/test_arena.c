/* Memory that is given back all at once. */
#include "labelwright/base/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdalign.h>
#include <string.h>

/* Each is filled, and none over another, whatever their sizes. */
static void what_is_given_is_aligned_and_stays(void **state)
{
    (void)state;
    enum { N = 3000 };
    struct lw_arena a = {0};
    unsigned char *p[N];
    for (int round = 0; round < 2; round++) {
        for (size_t i = 0; i < N; i++) {
            size_t n = i % 100 == 99 ? 100000 : i % 67;
            p[i] = lw_arena_alloc(&a, n);
            assert_int_equal((uintptr_t)p[i] % alignof(max_align_t), 0);
            memset(p[i], (int)(i % 251), n);
        }
        for (size_t i = 0; i < N; i++)
            for (size_t k = 0; k < (i % 100 == 99 ? 100000 : i % 67); k += 13)
                assert_int_equal(p[i][k], i % 251);
        lw_arena_clear(&a);
    }
    lw_arena_fini(&a);
    assert_null(a.slab);
}

static void a_copy_ends_with_nul(void **state)
{
    (void)state;
    struct lw_arena a = {0};
    lw_arena_clear(&a);
    assert_string_equal(lw_arena_copy(&a, "words", 4), "word");
    assert_string_equal(lw_arena_copy(&a, NULL, 0), "");
    lw_arena_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_given_is_aligned_and_stays),
        cmocka_unit_test(a_copy_ends_with_nul),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
