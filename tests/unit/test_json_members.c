/* Members of an object without a tree: the same as jansson finds, wherever strings, escapes and
 * brackets lie. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/base/buf.h"
#include "labelwright/journal/journal.h"
#include "labelwright/json/json_members.h"
#include "labelwright/json/json_value.h"
#include "labelwright/stats/interval.h"

/* Every member and value is what jansson has, in its order. */
static void check(const json_t *object)
{
    struct lw_buf text = {0};
    lw_json_add(&text, object);
    char *own = malloc(text.len); /* no byte behind it, so that a sanitizer sees one too many */
    memcpy(own, text.data, text.len);
    const char *at = own, *end = own + text.len;
    const char *key;
    json_t *value;
    struct lw_member m;
    json_object_foreach((json_t *)object, key, value)
    {
        assert_true(lw_member_next(&at, end, &m));
        json_t *k = json_loadb(m.key - 1, m.key_len + 2, JSON_DECODE_ANY, NULL);
        json_t *v = json_loadb(m.value, m.value_len, JSON_DECODE_ANY, NULL);
        assert_string_equal(json_string_value(k), key);
        assert_true(json_equal(v, value));
        json_decref(k);
        json_decref(v);
    }
    assert_false(lw_member_next(&at, end, &m));
    assert_int_equal(end - at, 1);
    free(own);
    lw_buf_fini(&text);
}

static void test_escapes_at_every_place(void **state)
{
    (void)state;
    static const char *const odd[] = {"\"", "\\", "\\\"", "\\\\", "{", "}]", "\":{\"", "\n"};
    for (size_t before = 0; before < 20; before++)
        for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
            for (size_t after = 0; after < 20; after++) {
                char *s = lw_format("%.*s%s%.*s", (int)before, "aaaaaaaaaaaaaaaaaaaa", odd[i],
                    (int)after, "bbbbbbbbbbbbbbbbbbbb");
                json_t *o = json_pack("{s:s,s:[s,{s:s}],s:i}", s, s, "n", s, s, s, "last", 1);
                check(o);
                json_decref(o);
                free(s);
            }
}

static json_t *drawn(uint64_t *random, int depth)
{
    static const char *const text[] = {
        "", "a", "seven77", "eight888", "sixteen letters_", "a\\b", "\"", "]", "{\"x\":[", "é\\\\"};
    enum { TEXTS = sizeof text / sizeof *text };
    switch (lw_random_below(random, depth > 4 ? 4 : 6)) {
    case 0:
        return json_integer((json_int_t)lw_random_below(random, 1000000));
    case 1:
        return json_null();
    case 2:
    case 3:
        return json_string(text[lw_random_below(random, TEXTS)]);
    case 4: {
        json_t *a = json_array();
        for (uint64_t n = lw_random_below(random, 4); n > 0; n--)
            json_array_append_new(a, drawn(random, depth + 1));
        return a;
    }
    default: {
        json_t *o = json_object();
        for (uint64_t n = lw_random_below(random, 4); n > 0; n--)
            json_object_set_new(o, text[lw_random_below(random, TEXTS)], drawn(random, depth + 1));
        return o;
    }
    }
}

static void test_drawn_objects(void **state)
{
    (void)state;
    uint64_t random = 7;
    for (int i = 0; i < 20000; i++) {
        json_t *o = json_object();
        json_object_set_new(o, "first", drawn(&random, 0));
        json_object_set_new(o, "second\"}", drawn(&random, 0));
        check(o);
        json_decref(o);
    }
}

static void test_cut_text_ends_the_walk(void **state)
{
    (void)state;
    static const char whole[] = "{\"a\":{\"b\":[\"c\\\"d\",{\"e\":\"f\"}]},\"g\":12,\"h\":\"i\"}";
    for (size_t n = 0; n < sizeof whole - 1; n++) {
        char *own = malloc(n + 1);
        memcpy(own, whole, n);
        const char *at = own;
        struct lw_member m;
        int members = 0;
        while (lw_member_next(&at, own + n, &m))
            members++;
        assert_true(members <= 3);
        free(own);
    }
}

static void test_members_of_an_event(void **state)
{
    (void)state;
    char line[600];
    snprintf(line, sizeof line,
        "{\"v\":1,\"journal\":\"%032d\",\"seq\":12,\"time\":\"2026-03-04T05:06:07.000Z\",\"type\":"
        "\"skip\",\"task\":\"t\",\"n\":4,\"prev\":\"%064d\",\"hash\":\"%064d\"}",
        0, 0, 0);
    struct lw_event e = {.text = line, .pos.len = (uint32_t)strlen(line) + 1};
    const char *end, *at = lw_event_members(&e, &end);
    struct lw_member m;
    assert_true(lw_member_next(&at, end, &m));
    assert_true(lw_member_is(&m, "task"));
    assert_true(lw_member_next(&at, end, &m));
    assert_true(lw_member_is(&m, "n"));
    assert_int_equal(lw_member_u64(&m), 4);
    assert_false(lw_member_next(&at, end, &m));
}

static void test_event_without_a_frame_is_walked_whole(void **state)
{
    (void)state;
    static const char line[] = "{\"seq\":1,\"task\":\"t\"}";
    struct lw_event e = {.text = line, .pos.len = sizeof line};
    const char *end, *at = lw_event_members(&e, &end);
    struct lw_member m;
    assert_true(lw_member_next(&at, end, &m));
    assert_true(lw_member_is(&m, "seq"));
    assert_true(lw_member_next(&at, end, &m));
    assert_false(lw_member_next(&at, end, &m));
}

/* What is nested ends where its last bracket is, wherever quotes, backslashes and brackets stand:
 * as a walk byte by byte finds it. */
static const char *end_of_nested(const char *p, const char *end)
{
    size_t depth = 0;
    for (; p < end; p++) {
        if (*p == '"')
            for (p++; p < end && *p != '"'; p++)
                p += *p == '\\';
        else if (*p == '{' || *p == '[')
            depth++;
        else if ((*p == '}' || *p == ']') && --depth == 0)
            return p + 1;
    }
    return NULL;
}

static void test_nested_text_of_any_kind(void **state)
{
    (void)state;
    static const char alphabet[] = "{}[]\"\"\"\\,:ab\xe2";
    uint64_t seed = 7;
    for (int round = 0; round < 200000; round++) {
        char text[64] = "{\"k\":[";
        size_t n = 6 + 1 + (size_t)round % 50;
        for (size_t i = 6; i < n; i++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text[i] = alphabet[(seed >> 33) % (sizeof alphabet - 1)];
        }
        text[5] = '{';
        char *own = malloc(n);
        memcpy(own, text, n);
        const char *at = own, *behind = end_of_nested(own + 5, own + n);
        struct lw_member m;
        assert_int_equal(lw_member_next(&at, own + n, &m), behind != NULL);
        if (behind)
            assert_ptr_equal(at, behind);
        free(own);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_escapes_at_every_place),
        cmocka_unit_test(test_drawn_objects),
        cmocka_unit_test(test_nested_text_of_any_kind),
        cmocka_unit_test(test_cut_text_ends_the_walk),
        cmocka_unit_test(test_members_of_an_event),
        cmocka_unit_test(test_event_without_a_frame_is_walked_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
