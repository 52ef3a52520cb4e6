/* The random order of tasks. */
#define _GNU_SOURCE
#include "fixtures/tasks_fixture.h"

static void big_file(struct tasks_fixture *r)
{
    struct lw_buf b = {0};
    for (int i = 0; i < 50000; i++)
        lw_buf_fmt(&b, "{\"id\":%d,\"prompt\":\"some text that is long enough\"}\n", i);
    tasks_fixture_put(r, "a.jsonl", b.data, b.len, "wb");
    lw_buf_fini(&b);
}

static void test_random_order(void **state)
{
    (void)state;
    enum { N = 50000 };
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    big_file(&r);
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    assert_int_equal(lw_tasks_at(t, 7), 7);
    assert_int_equal(lw_tasks_rank(t, 7), 7);
    lw_tasks_shuffle(t, 42);
    char *seen = lw_alloc(N);
    size_t unmoved = 0, *first = lw_alloc(N * sizeof *first);
    for (size_t i = 0; i < N; i++) {
        size_t at = lw_tasks_at(t, i);
        assert_true(at < N && !seen[at]);
        seen[at] = 1;
        assert_int_equal(lw_tasks_rank(t, at), i);
        unmoved += at == i;
        first[i] = at;
    }
    assert_true(unmoved < 20);
    lw_tasks_shuffle(t, 43);
    size_t same = 0;
    for (size_t i = 0; i < N; i++)
        same += lw_tasks_at(t, i) == first[i];
    assert_true(same < 20);
    lw_tasks_close(t);
    tasks_fixture_append(&r, "a.jsonl", "{\"id\":\"new\",\"prompt\":\"p\"}\n");
    t = tasks_fixture_open_whole(&r);
    lw_tasks_shuffle(t, 42);
    for (size_t i = 0, k = 0; i <= N; i++) /* the others keep their order */
        if (lw_tasks_at(t, i) != N)
            assert_int_equal(lw_tasks_at(t, i), first[k++]);
    lw_tasks_close(t);
    free(first);
    free(seen);
    tasks_fixture_remove(&r);
}

/* The order is a promise: worked out from ids and seed by another program. */
static void test_random_order_is_the_documented_one(void **state)
{
    (void)state;
    struct tasks_fixture r;
    tasks_fixture_make(&r);
    tasks_fixture_write(&r, "a.jsonl",
        "{\"id\":\"a\",\"prompt\":\"p\"}\n{\"id\":\"b\",\"prompt\":\"p\"}\n{\"id\":\"c\","
        "\"prompt\":\"p\"}\n{\"id\":\"d\",\"prompt\":\"p\"}\n{\"id\":\"e\",\"prompt\":\"p\"}\n");
    static const size_t want[] = {1, 2, 4, 0, 3};
    struct lw_tasks *t = tasks_fixture_open_whole(&r);
    lw_tasks_shuffle(t, 2026);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(lw_tasks_at(t, i), want[i]);
    lw_tasks_close(t);
    tasks_fixture_remove(&r);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_random_order),
        cmocka_unit_test(test_random_order_is_the_documented_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
