/* ESCDELAY counts where it makes sense. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tui/input/escdelay_internal.h"

static void takes_milliseconds_that_make_sense(void **state)
{
    (void)state;
    static const struct {
        const char *set;
        int ms;
    } cases[] = {{"0", 0}, {"25", 25}, {"10000", 10000}, {"10001", 100}, {"-1", 100}, {"", 100},
        {"fast", 100}, {"25ms", 100}, {"99999999999999999999", 100}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setenv("ESCDELAY", cases[i].set, 1);
        assert_int_equal(lw_escdelay(), cases[i].ms);
    }
    unsetenv("ESCDELAY");
    assert_int_equal(lw_escdelay(), 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(takes_milliseconds_that_make_sense)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
