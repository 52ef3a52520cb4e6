/* Errors: the first wins, errno has its codes, the command line its exits. */
#include "labelwright/base/err.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <string.h>

static void first_error_wins(void **state)
{
    (void)state;
    struct lw_err err = {0};
    assert_int_equal(lw_fail(&err, LW_EBAD, "%s:%d: bad", "a", 3), LW_EBAD);
    assert_int_equal(lw_fail(&err, LW_EIO, "later"), LW_EIO);
    assert_int_equal(err.code, LW_EBAD);
    assert_string_equal(err.text, "a:3: bad");
    lw_err_clear(&err);
    assert_int_equal(err.code, LW_OK);
    assert_int_equal(lw_fail(NULL, LW_EIO, "nobody asked"), LW_EIO);
}

static void errno_becomes_a_code_and_a_sentence(void **state)
{
    (void)state;
    static const struct {
        int e;
        enum lw_code code;
    } table[] = {{ENOSPC, LW_EFULL}, {EDQUOT, LW_EFULL}, {EFBIG, LW_EFULL}, {ENOENT, LW_EABSENT},
        {EIO, LW_EIO}, {EACCES, LW_EIO}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct lw_err err = {0};
        errno = table[i].e;
        assert_int_equal(lw_fail_errno(&err, "x"), table[i].code);
        assert_int_equal(strncmp(err.text, "x: ", 3), 0);
        assert_string_equal(err.text + 3, strerror(table[i].e));
    }
}

static void long_text_is_cut(void **state)
{
    (void)state;
    struct lw_err err = {0};
    errno = EIO;
    lw_fail_errno(&err, "%0600d", 1);
    assert_int_equal(strlen(err.text), LW_ERR_MAX - 1);
}

static void exits_are_as_promised(void **state)
{
    (void)state;
    assert_int_equal(lw_exit_status(LW_OK), 0);
    assert_int_equal(lw_exit_status(LW_EBAD), 1);
    assert_int_equal(lw_exit_status(LW_EBUSY), 1);
    assert_int_equal(lw_exit_status(LW_EUSAGE), 2);
    assert_int_equal(lw_exit_status(LW_EIO), 3);
    assert_int_equal(lw_exit_status(LW_EFULL), 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_error_wins),
        cmocka_unit_test(errno_becomes_a_code_and_a_sentence),
        cmocka_unit_test(long_text_is_cut),
        cmocka_unit_test(exits_are_as_promised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
