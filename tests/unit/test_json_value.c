/* JSON written straight into a buffer is what jansson writes, byte for byte; but for reals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/json/json_value.h"

static void expect_as_jansson(json_t *v)
{
    assert_non_null(v);
    char *theirs = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
    struct lw_buf ours = {0};
    lw_json_add(&ours, v);
    assert_string_equal(ours.data, theirs);
    lw_buf_fini(&ours);
    free(theirs);
    json_decref(v);
}

static void test_every_kind_of_value(void **state)
{
    (void)state;
    static const char *const text[] = {"{}", "[]", "null", "true", "false", "0", "-1",
        "9223372036854775807", "-9223372036854775808", "0.5", "-2.5", "\"\"",
        "{\"b\":1,\"a\":{\"\":[]},\"\\\"\":[[],{},[1,[2]],null,true,false]}",
        "[\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u001f \\u007f \\u00e9 \\u2028 \\ud83e\\udee8\"]"};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        expect_as_jansson(json_loads(text[i], JSON_DECODE_ANY, NULL));
}

static void expect_written(json_t *v, const char *want)
{
    struct lw_buf ours = {0};
    assert_non_null(v);
    lw_json_add(&ours, v);
    assert_string_equal(ours.data, want);
    lw_buf_fini(&ours);
    json_decref(v);
}

static void test_reals_are_as_short_as_reads_back_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *read, *written;
    } rows[] = {
        {"0.1", "0.1"},
        {"1e300", "1e300"},
        {"-0.3", "-0.3"},
        {"1.10", "1.1"},
        {"2.0", "2.0"},
        {"1E5", "100000.0"},
        {"0.30000000000000004", "0.30000000000000004"},
        {"0.1234567890123456", "0.1234567890123456"},
        {"1.7976931348623157e308", "1.7976931348623157e308"},
        {"5e-324", "4.94065645841247e-324"},
        {"[{\"a\":0.1}]", "[{\"a\":0.1}]"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        expect_written(json_loads(rows[i].read, JSON_DECODE_ANY, NULL), rows[i].written);
}

static void test_integers_of_any_size_keep_their_digits(void **state)
{
    (void)state;
    static const char *const text[] = {"9223372036854775808", "-9223372036854775809",
        "[18446744073709551616,1,\"18446744073709551616\",0.1]",
        "[0,-1,10,9223372036854775807,-9223372036854775808]",
        "{\"integer\":\"18446744073709551616\",\"b\":{\"integer\":100000000000000000000000000}}"};
    json_error_t e;
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        expect_written(lw_json_load(text[i], strlen(text[i]), &e), text[i]);
}

static void test_every_character(void **state)
{
    (void)state;
    for (unsigned cp = 0; cp < 0x11000; cp++) {
        char escaped[16];
        if (cp >= 0xd800 && cp < 0xe000)
            continue;
        if (cp < 0x10000)
            snprintf(escaped, sizeof escaped, "\"a\\u%04xz\"", cp);
        else
            snprintf(escaped, sizeof escaped, "\"\\ud800\\u%04x\"", 0xdc00 + (cp & 0x3ff));
        expect_as_jansson(json_loads(escaped, JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_kind_of_value),
        cmocka_unit_test(test_reals_are_as_short_as_reads_back_the_same),
        cmocka_unit_test(test_integers_of_any_size_keep_their_digits),
        cmocka_unit_test(test_every_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
