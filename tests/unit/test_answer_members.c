/* Answers as text: what is taken as it stands is what jansson would write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "export/answer_members_internal.h"
#include "labelwright/json/json_read.h"
#include "labelwright/project/project.h"

static const char *const texts[] = {
    "{}",
    "{\"a\":1}",
    "{\"a\":{\"b\":[1,\"x\"],\"c\":null},\"d\":\"\\\"\\\\\\n\\t\"}",
    "{\"a\": 1}",
    "{\"a\":1 }",
    "{\"a\":\" .-0 \"}",
    "{\"a\":0.1}",
    "{\"a\":1e2}",
    "{\"a\":-0}",
    "{\"a\":-1}",
    "{\"a\":\"\\/\"}",
    "{\"a\":\"\\u00e9\"}",
    "{\"a\":\"\\u0000\"}",
    "{\"a\":\"\\u0001\\b\\f\"}",
    "{\"\\u0061\":1}",
    "{\"a\":1,\"a\":2}",
    "{\"a\":{\"b\":1,\"b\":2}}",
    "[1]",
    "\"text\"",
    "{\"a\":tru}",
    "{\"a\":1",
    "{\"a\":\"\xff\"}",
    "",
};

static void text_is_what_jansson_would_write(void **state)
{
    (void)state;
    struct lw_project project = {.nquestions = 0};
    struct lw_export_report report = {0};
    struct lw_export_state x = {.report = &report};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *own;
        size_t n = strlen(texts[i]);
        x.in[LW_IN_ANSWERS] = (struct lw_member){.value = texts[i], .value_len = n};
        json_t *tree = lw_json_read(texts[i], n, JSON_ALLOW_NUL, NULL);
        char *want = tree ? json_dumps(tree, JSON_COMPACT) : NULL;
        const char *got = lw_answers_text(&x, &project, &own, &n);
        assert_int_equal(got == NULL, want == NULL);
        if (want) {
            assert_int_equal(n, strlen(want));
            assert_memory_equal(got, want, n);
        }
        free(own);
        free(want);
        json_decref(tree);
    }
    x.in[LW_IN_ANSWERS] = (struct lw_member){0};
    char *own;
    size_t n;
    assert_null(lw_answers_text(&x, &project, &own, &n));
}

static void expect(struct lw_answer_members *a, const char *key, const char *value)
{
    const struct lw_member *m = lw_answer_members_find(a, key, strlen(key));
    assert_int_equal(m == NULL, value == NULL);
    if (value) {
        assert_int_equal(m->value_len, strlen(value));
        assert_memory_equal(m->value, value, m->value_len);
    }
}

static void members_are_found_in_any_order(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":1,\"b\":{\"a\":2},\"say \\\"c\\\"\":[3],\"d\":\"\"}";
    struct lw_answer_members a = {0};
    for (int round = 0; round < 2; round++) {
        lw_answer_members_set(&a, text, sizeof text - 1);
        assert_int_equal(a.n, 4);
        expect(&a, "say \"c\"", NULL);
        lw_answer_members_unescape(&a);
        expect(&a, "d", "\"\"");
        expect(&a, "a", "1");
        expect(&a, "say \"c\"", "[3]");
        expect(&a, "b", "{\"a\":2}");
        expect(&a, "e", NULL);
        expect(&a, "", NULL);
    }
    lw_answer_members_set(&a, "{\"a\":1,\"b\":2,\"a\":3}", 19);
    expect(&a, "b", "2");
    expect(&a, "a", "1");
    lw_answer_members_set(&a, "[1]", 3);
    assert_int_equal(a.n, 0);
    expect(&a, "a", NULL);
    lw_answer_members_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_is_what_jansson_would_write),
        cmocka_unit_test(members_are_found_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
