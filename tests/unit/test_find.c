#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/find.h"
#include "labelwright/glyph.h"

static size_t find(const char *s, size_t from, const char *needle, size_t *len)
{
    return lw_find(s, strlen(s), from, needle, strlen(needle), len);
}

static void finds_whatever_the_case(void **state)
{
    (void)state;
    size_t len;
    assert_int_equal(find("một PHƯƠNG trình", 0, "phương", &len), 6);
    assert_int_equal(len, strlen("PHƯƠNG"));
    assert_int_equal(find("ΑΒΓ", 0, "βγ", &len), 2);
    assert_int_equal(find("aXaxa", 2, "x", &len), 3);
}

static void gives_the_end_when_it_does_not_stand_there(void **state)
{
    (void)state;
    size_t len;
    assert_int_equal(find("abc", 0, "abcd", &len), 3);
    assert_int_equal(find("abc", 0, "", &len), 3);
    assert_int_equal(find("", 0, "a", &len), 0);
    assert_int_equal(find("abc", 1, "a", &len), 3);
}

static void bytes_that_are_no_text_are_only_themselves(void **state)
{
    (void)state;
    size_t len;
    assert_int_equal(find("a\xff"
                          "b",
                         0, "\xff", &len),
        1);
    assert_int_equal(find("\xc3", 0, "\xc3\xa9", &len), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_whatever_the_case),
        cmocka_unit_test(gives_the_end_when_it_does_not_stand_there),
        cmocka_unit_test(bytes_that_are_no_text_are_only_themselves),
    };
    return lw_locale_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
