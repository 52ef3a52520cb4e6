/* A terminal that is gone is told from one where nobody types. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "tui/hangup_internal.h"

static void silence_is_no_hangup(void **state)
{
    (void)state;
    int ends[2];
    struct lw_hangup h = {0};
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < 1000; i++)
        assert_false(lw_hangup_seen(&h, ends[0]));
    close(ends[1]);
    assert_true(lw_hangup_seen(&h, ends[0]));
    close(ends[0]);
}

static void bytes_that_cannot_be_read_for_long_are(void **state)
{
    (void)state;
    int ends[2], n = 0;
    struct lw_hangup h = {0};
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "x", 1), 1);
    while (!lw_hangup_seen(&h, ends[0]))
        n++;
    assert_int_equal(n, 100);
    close(ends[0]);
    close(ends[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(silence_is_no_hangup),
        cmocka_unit_test(bytes_that_cannot_be_read_for_long_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
