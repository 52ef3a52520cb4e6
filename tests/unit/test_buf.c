/* The growing buffer. */
#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

static void bytes_are_added_and_terminated(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    assert_null(b.data);
    lw_buf_add(&b, "a\0b", 3);
    lw_buf_str(&b, "cd");
    lw_buf_char(&b, 'e');
    lw_buf_fmt(&b, "%d", 42);
    assert_int_equal(b.len, 8);
    assert_memory_equal(b.data, "a\0bcde42", 9);
    lw_buf_clear(&b);
    assert_int_equal(b.len, 0);
    assert_string_equal(b.data, "");
    lw_buf_fini(&b);
    assert_null(b.data);
}

static void every_size_is_crossed(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    for (int i = 0; i < 1000; i++)
        lw_buf_char(&b, (char)('a' + i % 26));
    assert_int_equal(b.len, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(b.data[i], 'a' + i % 26);
    memset(lw_buf_room(&b, 5000), 'x', 5000);
    b.len += 5000;
    lw_buf_str(&b, "y");
    assert_int_equal(b.data[5999], 'x');
    assert_int_equal(b.data[6000], 'y');
    lw_buf_fini(&b);
}

static void numbers_are_written_with_all_their_digits(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_u64(&b, 0);
    lw_buf_char(&b, ' ');
    lw_buf_u64(&b, 1234567890);
    lw_buf_char(&b, ' ');
    lw_buf_u64(&b, UINT64_MAX);
    assert_string_equal(b.data, "0 1234567890 18446744073709551615");
    lw_buf_fini(&b);
}

static void taking_an_empty_buffer_gives_an_empty_string(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    char *s = lw_buf_detach(&b);
    assert_string_equal(s, "");
    free(s);
    s = lw_format("%s-%05d", "n", 7);
    assert_string_equal(s, "n-00007");
    free(s);
    assert_null(lw_strdup(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_are_added_and_terminated),
        cmocka_unit_test(every_size_is_crossed),
        cmocka_unit_test(numbers_are_written_with_all_their_digits),
        cmocka_unit_test(taking_an_empty_buffer_gives_an_empty_string),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
