/* The YAML that labelwright reads: its values, and a cure for each mistake. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/yaml/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct lw_yaml *parse(const char *s, struct lw_problems *p)
{
    return lw_yaml_parse("f.yaml", s, strlen(s), p);
}

static struct lw_yaml *good(const char *s)
{
    struct lw_problems p = {0};
    struct lw_yaml *y = parse(s, &p);
    if (p.n)
        print_message("%s\n", p.v[0]);
    assert_int_equal(p.n, 0);
    assert_non_null(y);
    return y;
}

static void refuses_bytes(const char *bytes, size_t n, const char *problem)
{
    struct lw_problems p = {0};
    assert_null(lw_yaml_parse("f.yaml", bytes, n, &p));
    assert_int_equal(p.n, 1);
    assert_string_equal(p.v[0], problem);
    lw_problems_fini(&p);
}

static void refuses(const char *s, const char *problem)
{
    refuses_bytes(s, strlen(s), problem);
}

static void remembers_places_in_code_points(void **state)
{
    (void)state;
    struct lw_yaml *y = good("title: 한국어\nlist:\n  - 1\n  - {k: \"v\", é: w}\n");
    assert_int_equal(y->kind, LW_YAML_MAP);
    assert_int_equal(y->n, 2);
    assert_string_equal(lw_yaml_get(y, "title")->text, "한국어");
    const struct lw_yaml *list = lw_yaml_get(y, "list");
    assert_int_equal(list->kind, LW_YAML_LIST);
    assert_int_equal(list->n, 2);
    assert_int_equal(list->item[1]->line, 4);
    assert_int_equal(list->item[1]->col, 5);
    const struct lw_yaml *w = lw_yaml_get(list->item[1], "é");
    assert_int_equal(w->col, 17);
    assert_true(w->plain);
    assert_false(lw_yaml_get(list->item[1], "k")->plain);
    assert_null(lw_yaml_get(y, "absent"));
    assert_null(lw_yaml_get(list, "title"));
    lw_yaml_free(y);
}

static void takes_an_empty_file_for_an_empty_map(void **state)
{
    (void)state;
    static const char *const files[] = {"", "\n\n", "# only words\n", "---\n", "\xEF\xBB\xBF"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct lw_yaml *y = good(files[i]);
        assert_int_equal(y->kind, LW_YAML_MAP);
        assert_int_equal(y->n, 0);
        lw_yaml_free(y);
    }
}

static void does_not_count_a_byte_order_mark(void **state)
{
    (void)state;
    struct lw_yaml *y = good("\xEF\xBB\xBF"
                             "a: 1\n");
    assert_int_equal(y->key[0]->col, 1);
    lw_yaml_free(y);
}

static void refuses_what_is_beyond_the_subset(void **state)
{
    (void)state;
    refuses("a: &x 1\n", "f.yaml:1:4: anchors (&) are not supported. Write the whole value, and "
                         "put text in quotes.");
    refuses("a: &x {b: 1}\n", "f.yaml:1:4: anchors (&) are not supported. Write the whole value, "
                              "and put text in quotes.");
    refuses("a: *x\n", "f.yaml:1:4: aliases (*) are not supported. Write the whole value, and put "
                       "text in quotes.");
    refuses("*x : 1\n", "f.yaml:1:1: aliases (*) are not supported. Write the whole value, and put "
                        "text in quotes.");
    refuses("a: !!str 1\n",
        "f.yaml:1:4: tags (!) are not supported. Remove it, or put the text in quotes.");
    refuses("a:\n  - !x [1]\n",
        "f.yaml:2:5: tags (!) are not supported. Remove it, or put the text in quotes.");
    refuses("[a]: 1\n", "f.yaml:1:1: a key must be one word or text. Put it in quotes.");
    refuses(
        "a: 1\n---\nb: 2\n", "f.yaml:2:1: a second document starts here. Move it to its own file.");
    refuses("%YAML 1.1\n---\na: 1\n",
        "f.yaml:1:1: directives (%) are not supported. Remove this line.");
    refuses("# x\n%TAG ! tag:x\n---\na: 1\n",
        "f.yaml:2:1: directives (%) are not supported. Remove this line.");
}

static void refuses_a_key_that_stands_twice(void **state)
{
    (void)state;
    refuses("b: 1\na: 1\nc: 1\na: 2\n",
        "f.yaml:4:1: the key \"a\" is already used on line 2. Remove one of them.");
    refuses("x: {a: 1, \"a\": 2}\n",
        "f.yaml:1:11: the key \"a\" is already used on line 1. Remove one of them.");
}

static void refuses_what_is_not_utf8(void **state)
{
    (void)state;
    refuses("a: 1\nb: é\xC3(\n", "f.yaml:2:5: not UTF-8. Save the file as UTF-8.");
    refuses("a: \xED\xA0\x80\n", "f.yaml:1:4: not UTF-8. Save the file as UTF-8.");
    refuses_bytes("\xFF\xFE"
                  "a\0:\0",
        6, "f.yaml:1:1: this is UTF-16. Save the file as UTF-8.");
    refuses_bytes("\xFE\xFF\0a\0:", 6, "f.yaml:1:1: this is UTF-16. Save the file as UTF-8.");
    refuses_bytes("a: 1\nb\0: 2\n", 11,
        "f.yaml:2:2: the control character U+0000 is not allowed. Remove it.");
    refuses("a: \"x\\0y\"\n", "f.yaml:1:4: text cannot contain \\0. Remove it.");
    refuses("a: \x1B[2J\n", "f.yaml:1:4: the control character U+001B is not allowed. Remove it.");
}

static void says_what_to_do_about_common_mistakes(void **state)
{
    (void)state;
    refuses("a:\n\tb: 1\n", "f.yaml:2:1: do not indent with tabs. Use spaces.");
    refuses("a: @x\n", "f.yaml:1:4: text cannot start with '@'. Put it in quotes.");
    refuses("title: rank: flag\n",
        "f.yaml:1:12: too many ':' on this line. Put the text in quotes, or start a new line.");
    refuses("a: 1\nword\nb: 2\n", "f.yaml:3:1: no ':' after this key. Write `key: value`, "
                                  "or put text of several lines in quotes.");
    refuses("a: [,]\n", "f.yaml:1:5: a value is missing here. Add one, or put the text in quotes.");
    refuses("a: [1, 2\nb: 3\n", "f.yaml:2:2: a '[' is not closed. Add ',' or ']' here.");
    refuses("a: \"x\n", "f.yaml:2:1: a quote is not closed. Add the closing quote.");
    refuses(
        "a: \"\\q\"\n", "f.yaml:1:5: unknown escape after \\. Write \\\\, or use single quotes.");
    refuses("a:\n  b: 1\n c: 2\n",
        "f.yaml:3:2: this line does not fit the lines above. Indent it like the lines around it.");
}

/* Starts and ends as often as `n` says. */
static char *nested(size_t n, const char *open, const char *close)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < n; i++)
        lw_buf_str(&b, open);
    for (size_t i = 0; i < n; i++)
        lw_buf_str(&b, close);
    return lw_buf_detach(&b);
}

static void stops_at_its_depth(void **state)
{
    (void)state;
    char *fits = nested(32, "[", "]"), *deep = nested(33, "[", "]");
    lw_yaml_free(good(fits));
    refuses(deep, "f.yaml:1:33: nested more than 32 levels deep. Use fewer levels.");
    free(fits);
    free(deep);
}

static void is_quick_with_hostile_files(void **state)
{
    (void)state;
    static const struct {
        const char *head, *unit;
        size_t times;
    } files[] = {
        {"", "[", 200000},
        {"", "{", 200000},
        {"", "- ", 130000},
        {"", "? ", 130000},
        {"", "a: {", 60000},
        {"", "[{", 100000},
        {"# x\n", "%TAG !a! b\n", 20000},
        {"", "'", 200001},
        {"", "&a ", 80000},
        {"a: |\n", "\n", 200000},
        {"[", ",", 200000},
        {"[", "a,", 120000},
        {"{", "a,", 120000},
        {"", "#\n", 120000},
        {"", "a b ", 60000},
        {"", "a\n", 120000},
        {"", "\"\\x", 80000},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct lw_problems p = {0};
        struct lw_buf b = {0};
        lw_buf_str(&b, files[i].head);
        for (size_t k = 0; k < files[i].times; k++)
            lw_buf_str(&b, files[i].unit);
        clock_t start = clock();
        struct lw_yaml *y = lw_yaml_parse("f.yaml", b.data, b.len, &p);
        double s = (double)(clock() - start) / CLOCKS_PER_SEC;
        if (s > 2)
            print_message("\"%s\" took %.1f s\n", files[i].unit, s);
        assert_true(s <= 2); /* instant in practice; sanitizers and a busy machine have room */
        assert_true((y == NULL) == (p.n == 1));
        lw_yaml_free(y);
        lw_problems_fini(&p);
        lw_buf_fini(&b);
    }
}

static void is_quick_with_many_keys(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    while (b.len < 250000)
        lw_buf_fmt(&b, "%zx:\n", b.len);
    clock_t start = clock();
    lw_yaml_free(good(b.data));
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
    lw_buf_fini(&b);
}

static void refuses_a_file_beyond_its_size(void **state)
{
    (void)state;
    size_t n = 256 * 1024;
    char *spaces = lw_alloc(n + 2);
    memset(spaces, '\n', n + 1);
    spaces[n] = '\0';
    lw_yaml_free(good(spaces));
    spaces[n] = '\n';
    refuses(spaces, "f.yaml: larger than the 256 KiB allowed here. Move data into a task file.");
    free(spaces);
}

static void knows_integers_and_booleans(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool is_int;
        int64_t value;
    } ints[] = {
        {"7", true, 7},
        {"-12", true, -12},
        {"+3", true, 3},
        {"007", true, 7},
        {"0x1F", true, 31},
        {"0o17", true, 15},
        {"9223372036854775807", true, INT64_MAX},
        {"-9223372036854775808", true, INT64_MIN},
        {"9223372036854775808", false, 0},
        {"0x", false, 0},
        {"-", false, 0},
        {"1.0", false, 0},
        {"1_000", false, 0},
        {"12:30", false, 0},
        {"\"7\"", false, 0},
        {"[7]", false, 0},
    };
    for (size_t i = 0; i < sizeof ints / sizeof *ints; i++) {
        struct lw_yaml *y = good(ints[i].text);
        int64_t v = 0;
        assert_int_equal(lw_yaml_int(y, &v), ints[i].is_int);
        assert_true(v == ints[i].value);
        lw_yaml_free(y);
    }
    struct lw_yaml *y = good("[true, FALSE, yes, 'true', on]");
    bool truth = false;
    assert_true(lw_yaml_bool(y->item[0], &truth) && truth);
    assert_true(lw_yaml_bool(y->item[1], &truth) && !truth);
    for (size_t i = 2; i < y->n; i++)
        assert_false(lw_yaml_bool(y->item[i], &truth));
    assert_false(lw_yaml_int(NULL, NULL));
    lw_yaml_free(y);
}

static void becomes_json(void **state)
{
    (void)state;
    struct lw_yaml *y = good("a: [1, 'x', yes, true, ~, 1.5, ]\nb:\nc: {d: \"\\u1EBF\"}\n");
    json_t *json = lw_yaml_json(y);
    char *text = json_dumps(json, JSON_COMPACT);
    assert_string_equal(
        text, "{\"a\":[1,\"x\",\"yes\",true,null,\"1.5\"],\"b\":null,\"c\":{\"d\":\"ế\"}}");
    free(text);
    json_decref(json);
    lw_yaml_free(y);
}

static void finds_the_word_that_was_meant(void **state)
{
    (void)state;
    static const char *const words[] = {"title", "questions", "tasks", "on", "to", "label", NULL};
    static const char *const meant[][2] = {
        {"titel", "title"},
        {"qeustions", "questions"},
        {"question", "questions"},
        {"Task", "tasks"},
        {"lable", "label"},
        {"ON", "on"},
        {"TITLE", "title"},
        {"x", NULL},
        {"in", NULL},
        {"", NULL},
        {"guidelines", NULL},
        {"ta", NULL},
    };
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        const char *got = lw_nearest(meant[i][0], words);
        if (meant[i][1])
            assert_string_equal(got, meant[i][1]);
        else
            assert_null(got);
    }
    char *longer = nested(500, "title", "");
    assert_null(lw_nearest(longer, words));
    free(longer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(remembers_places_in_code_points),
        cmocka_unit_test(takes_an_empty_file_for_an_empty_map),
        cmocka_unit_test(does_not_count_a_byte_order_mark),
        cmocka_unit_test(refuses_what_is_beyond_the_subset),
        cmocka_unit_test(refuses_a_key_that_stands_twice),
        cmocka_unit_test(refuses_what_is_not_utf8),
        cmocka_unit_test(says_what_to_do_about_common_mistakes),
        cmocka_unit_test(stops_at_its_depth),
        cmocka_unit_test(is_quick_with_hostile_files),
        cmocka_unit_test(is_quick_with_many_keys),
        cmocka_unit_test(refuses_a_file_beyond_its_size),
        cmocka_unit_test(knows_integers_and_booleans),
        cmocka_unit_test(becomes_json),
        cmocka_unit_test(finds_the_word_that_was_meant),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
