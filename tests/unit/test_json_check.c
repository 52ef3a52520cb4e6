/* The scan says yes to what is written plainly, and to nothing that jansson refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/json/json_check.h"

#include <jansson.h>

static bool read_by_jansson(const char *text, size_t n)
{
    json_t *v = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_ALLOW_NUL, NULL);
    bool is = json_is_object(v);
    json_decref(v);
    return is;
}

static const char *const plain[] = {
    "{}",
    " { \"a\" : 1 , \"b\" : [ ] , \"c\":{} } \n",
    "{\"a\":-0,\"b\":123456789012345678,\"c\":0.25,\"d\":-1.5}",
    "{\"a\":true,\"b\":false,\"c\":null,\"d\":[[[{}]]]}",
    "{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u0000\"}",
    "{\"a\":\"\\ud83d\\ude00\\udbff\\udfff.\"}",
    "{\"giải\":\"phương trình\",\"д\":\"дом\",\"😀\":\"𝄞\"}",
    "{\"a\":{\"a\":{\"a\":1}},\"b\":{\"a\":2}}",
};

/* What jansson decides about, or refuses. */
static const char *const other[] = {
    "",
    "[]",
    "1",
    "{",
    "{\"a\":1",
    "{\"a\":1}}",
    "{\"a\":1} x",
    "{\"a\":1,}",
    "{\"a\" 1}",
    "{a:1}",
    "{\"a\":01}",
    "{\"a\":1.}",
    "{\"a\":.5}",
    "{\"a\":-}",
    "{\"a\":1e5}",
    "{\"a\":1E999}",
    "{\"a\":12345678901234567890}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":1,\"\\u0061\":2}",
    "{\"\\u0000\":1}",
    "{\"a\":{\"b\":1,\"b\":2}}",
    "{\"a\":\"\\ud800\"}",
    "{\"a\":\"\\ud83d\"}",
    "{\"a\":\"\\ud83d\\u0041\"}",
    "{\"a\":\"\\ude00\"}",
    "{\"a\":\"\\x41\"}",
    "{\"a\":\"\\u12g4\"}",
    "{\"a\":\"tab\there\"}",
    "{\"a\":\"\xC3\"}",
    "{\"a\":\"\xC0\x80\"}",
    "{\"a\":\"\xED\xA0\x80\"}",
    "{\"a\":\"\xF4\x90\x80\x80\"}",
    "{\"a\":tru}",
    "{\"a\":truee}",
    "{\"a\":[1,]}",
    "{\"a\":[1 2]}",
    "{\"a\":\"no end}",
};

static void test_plain_objects_are_taken(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        assert_true(read_by_jansson(plain[i], strlen(plain[i])));
        assert_true(lw_json_is_plain_object(plain[i], strlen(plain[i])));
    }
}

static void test_others_are_for_jansson(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
        size_t n = strlen(other[i]);
        assert_false(lw_json_is_plain_object(other[i], n));
        assert_int_equal(lw_json_is_object(other[i], n), read_by_jansson(other[i], n));
    }
    assert_false(lw_json_is_object("{\"a\":\"b\0c\"}", 11));
}

/* Objects of more members than the scan keeps in mind, and deeper ones than it goes. */
static void test_large_objects_are_for_jansson(void **state)
{
    (void)state;
    for (int twice = 0; twice < 2; twice++) {
        json_t *o = json_object();
        for (int i = 0; i < 1000; i++) {
            char key[20];
            snprintf(key, sizeof key, "key%d", i);
            json_object_set_new(o, key, json_integer(i));
        }
        char *text = json_dumps(o, JSON_COMPACT);
        if (twice)
            memcpy(strstr(text, "\"key998\""), "\"key999\"", 8);
        assert_false(lw_json_is_plain_object(text, strlen(text)));
        assert_int_equal(lw_json_is_object(text, strlen(text)), !twice);
        free(text);
        json_decref(o);
    }
    char deep[420] = "{\"a\":";
    memset(deep + 5, '[', 200);
    memset(deep + 205, ']', 200);
    deep[405] = '}';
    assert_false(lw_json_is_plain_object(deep, 406));
    assert_true(lw_json_is_object(deep, 406));
}

/* Every byte of the plain ones replaced, in turn, by each byte there is; and each of them cut. */
static void test_one_byte_changed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
        size_t n = strlen(plain[i]);
        char *text = malloc(n);
        for (size_t at = 0; at < n; at++) {
            if (lw_json_is_plain_object(plain[i], at)) /* without the white space behind it */
                assert_true(read_by_jansson(plain[i], at));
            for (int byte = 0; byte < 256; byte++) {
                memcpy(text, plain[i], n);
                text[at] = (char)byte;
                if (lw_json_is_plain_object(text, n))
                    assert_true(read_by_jansson(text, n));
            }
        }
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_objects_are_taken),
        cmocka_unit_test(test_others_are_for_jansson),
        cmocka_unit_test(test_large_objects_are_for_jansson),
        cmocka_unit_test(test_one_byte_changed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
