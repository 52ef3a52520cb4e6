/* JSON written straight into a buffer is what jansson writes, byte for byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "data/json_text.h"

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
        "9223372036854775807", "-9223372036854775808", "0.1", "1e300", "-2.5", "\"\"",
        "{\"b\":1,\"a\":{\"\":[]},\"\\\"\":[[],{},[1,[2]],null,true,false]}",
        "[\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u001f \\u007f \\u00e9 \\u2028 \\ud83e\\udee8\"]"};
    for (size_t i = 0; i < sizeof text / sizeof *text; i++)
        expect_as_jansson(json_loads(text[i], JSON_DECODE_ANY, NULL));
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
        cmocka_unit_test(test_every_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
