/* Values read without jansson are those that jansson reads, or none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/json/json_read.h"

static const char *const plain[] = {
    "{}",
    "[]",
    " { \"a\" : 1 , \"b\" : [ ] , \"c\":{} } \n",
    "[-0,0,7,-7,123456789012345678,-123456789012345678]",
    "[0.25,-1.5,0.1,-0.0,123.456,99999999999999.9,0.00000000000001,3.14159265358979]",
    "{\"z\":true,\"a\":false,\"m\":null,\"\":[[[{}]]]}",
    "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u20ac\\ud83d\\ude00 and more\"}",
    "{\"a\":\"\\n\"   }",
    "{\"giải\":\"phương trình\",\"д\":\"дом\",\"😀\":\"𝄞\"}",
    "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":2}}",
};

static const char *const other[] = {"", "1", "\"a\"", "null", "[", "{\"a\":1}}", "[1] x", "[1,]",
    "[01]", "[1.]", "[1e5]", "[0.1234567890123456]", "[1234567890123456789]",
    "[12345678901234567890]", "{\"a\":1,\"a\":2}", "{\"\\u0061\":1}", "[\"\\u0000\"]",
    "[\"\\ud800\"]", "[\"\\ud83d\\u0041\"]", "[\"\\x41\"]", "[\"\xC3\"]", "[\"tab\there\"]",
    "[tru]", "{\"a\" 1}", "[\"no end]", "[\"\\\"]"};

static void assert_same(const char *text, size_t n, json_t *read)
{
    const size_t flags = JSON_COMPACT | JSON_REAL_PRECISION(17);
    json_t *json = json_loadb(text, n, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(json);
    char *a = json_dumps(read, flags), *b = json_dumps(json, flags);
    assert_string_equal(a, b);
    free(a);
    free(b);
    json_decref(json);
}

static void test_plain_json_is_read_alike(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        json_t *read = lw_json_read_plain(plain[i], strlen(plain[i]));
        if (!read)
            fail_msg("not read: %s", plain[i]);
        assert_same(plain[i], strlen(plain[i]), read);
        json_decref(read);
    }
}

static void test_others_are_for_jansson(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        size_t n = strlen(other[i]);
        json_t *json = json_loadb(other[i], n, JSON_DECODE_ANY, NULL);
        json_t *read = lw_json_read(other[i], n, JSON_DECODE_ANY, NULL);
        assert_null(lw_json_read_plain(other[i], n));
        assert_int_equal(read != NULL, json != NULL);
        assert_true(!json || json_equal(read, json));
        json_decref(json);
        json_decref(read);
    }
}

/* Every byte of the plain ones replaced, in turn, by each byte there is; and each of them cut. */
static void test_one_byte_changed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        size_t n = strlen(plain[i]);
        char *text = malloc(n);
        for (size_t at = 0; at < 256 * n; at++) {
            memcpy(text, plain[i], n);
            text[at / 256] = (char)(at % 256);
            size_t len = at % 256 == 255 ? at / 256 : n;
            json_t *read = lw_json_read_plain(text, len);
            if (read)
                assert_same(text, len, read);
            json_decref(read);
        }
        free(text);
    }
}

static void test_deep_nesting_is_for_jansson(void **state)
{
    (void)state;
    char deep[400];
    memset(deep, '[', 200);
    memset(deep + 200, ']', 200);
    assert_null(lw_json_read_plain(deep, 400));
    json_t *read = lw_json_read(deep, 400, 0, NULL);
    assert_non_null(read);
    json_decref(read);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_json_is_read_alike),
        cmocka_unit_test(test_others_are_for_jansson),
        cmocka_unit_test(test_one_byte_changed),
        cmocka_unit_test(test_deep_nesting_is_for_jansson),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
