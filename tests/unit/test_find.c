/* Searching a text, whatever its case and form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/text/find.h"
#include "labelwright/text/glyph.h"

static size_t find(const char *s, size_t from, const char *needle, size_t *len)
{
    struct lw_needle wanted;
    lw_needle_init(&wanted, needle, strlen(needle));
    size_t at = lw_find(&wanted, s, strlen(s), from, len);
    lw_needle_fini(&wanted);
    return at;
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

/* What reads the same is the same, however it is written; the whole character is found. */
static void finds_what_reads_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *text, *needle;
        size_t at, len;
    } rows[] = {
        {"un cafe\u0301 noir", "caf\u00E9", 3, 6},
        {"un caf\u00E9 noir", "CAFE\u0301", 3, 5},
        {"\u03BF \u03BB\u03CC\u03B3\u03BF\u03C2", "\u039B\u038C\u0393\u039F\u03A3", 3, 10},
        {"die Stra\u00DFe", "STRASSE", 4, 7},
        {"die STRASSE", "stra\u00DFe", 4, 7},
        {"Stra\u00DFe", "s", 0, 1},
        {"gro\u00DF", "s", 3, 2},
        {"\uFF2C\uFF37 100", "lw", 0, 6},
        {"o\uFB03ce", "office", 0, 6},
        {"co\u00ADope\u200Brate", "cooperate", 0, 14},
        {"cooperate", "co\u00ADoperate", 0, 9},
        {"\u1112\u1161\u11AB", "\uD55C", 0, 9},
        {"\u0130STANBUL", "istanbul", 0, 9},
        {"10 \u3392", "mhz", 3, 3},
        {"\u0939\u093F\u0928\u094D\u0926\u0940", "\u0939\u093F\u0928\u094D\u0926", 0, 18},
        {"\uFF76\uFF9E", "\u30AC", 0, 6},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t len, at = find(rows[i].text, 0, rows[i].needle, &len);
        if (at != rows[i].at || len != rows[i].len)
            fail_msg("\"%s\" in \"%s\": at %zu, %zu bytes", rows[i].needle, rows[i].text, at, len);
    }
}

static void tells_apart_what_reads_otherwise(void **state)
{
    (void)state;
    size_t len;
    assert_int_equal(find("cafe\u0301", 0, "cafe", &len), 6);
    assert_int_equal(find("\u00AD\u00AD", 0, "\u00AD", &len), 4);
    assert_int_equal(find("a\u0301", 0, "\u0301", &len), 3);
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
        cmocka_unit_test(finds_what_reads_the_same),
        cmocka_unit_test(tells_apart_what_reads_otherwise),
        cmocka_unit_test(gives_the_end_when_it_does_not_stand_there),
        cmocka_unit_test(bytes_that_are_no_text_are_only_themselves),
    };
    return lw_locale_init() ? cmocka_run_group_tests(tests, NULL, NULL) : 1;
}
