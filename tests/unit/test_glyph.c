/* What is shown of any text: harmless on every terminal, and no wider than counted. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "fixtures/text_properties.h"
#include "labelwright/text/glyph.h"

#include <locale.h>

static void assert_shown(const char *s, size_t n, bool lines, const char *as)
{
    struct lw_buf b = {0};
    lw_clean(s, n, lines, &b);
    assert_string_equal(b.data, as);
    lw_buf_fini(&b);
}

#define SHOWN(text, as) assert_shown(text, sizeof text - 1, false, as)
#define SHOWN_LINES(text, as) assert_shown(text, sizeof text - 1, true, as)

static void printable_text_is_left_alone(void **state)
{
    (void)state;
    SHOWN("", "");
    SHOWN("Tất cả ~ 漢字 ไทย हिन्दी \u00A0 é", "Tất cả ~ 漢字 ไทย हिन्दी \u00A0 é");
    SHOWN("e\u0301\u0302\u0303\u0304x", "e\u0301\u0302\u0303\u0304x");
}

static void control_characters_become_carets(void **state)
{
    (void)state;
    SHOWN("a\0b\x1b[2J\x7f\b", "a^@b^[[2J^?^H");
    SHOWN("a\rb\r\nc\nd", "a^Mb^Jc^Jd");
}

static void invisible_characters_become_placeholders(void **state)
{
    (void)state;
    SHOWN("a\u202Eb\u2066c\u061Cd", "a<U+202E>b<U+2066>c<U+061C>d");
    SHOWN("\xC2\x9B\u200B\u2060\u2064\u180E", "<U+009B><U+200B><U+2060><U+2064><U+180E>");
    SHOWN("\u115F\u1160\u3164\uFFA0\u034F", "<U+115F><U+1160><U+3164><U+FFA0><U+034F>");
    SHOWN("\uFFF9a\uFFFAb\uFFFB", "<U+FFF9>a<U+FFFA>b<U+FFFB>");
    SHOWN("\u2028\u2029\xC2\x85", "<U+2028><U+2029><U+0085>");
    SHOWN("a\uFEFF", "a<U+FEFF>");
}

static void invalid_bytes_and_unassigned_code_points_become_placeholders(void **state)
{
    (void)state;
    SHOWN("\xFF\xC3(\xED\xA0\x80", "<FF><C3>(<ED><A0><80>");
    SHOWN("\xF4\x8F\xBF\xBF\xEF\xBF\xBE\u0378", "<U+10FFFF><U+FFFE><U+0378>");
}

static void joiners_selectors_and_tags_are_not_shown(void **state)
{
    (void)state;
    SHOWN("\uFEFFa\u00ADb\u200Cc\uFE0Fd", "abcd");
    SHOWN("👨‍👩‍👧👍🏽❤️", "👨👩👧👍❤");
    SHOWN("🏴\U000E0067\U000E0062\U000E007F.\U000E0001\U000E0101", "🏴.");
    SHOWN("ᠠ\u180B\u180F", "ᠠ");
}

static void flags_become_letters(void **state)
{
    (void)state;
    SHOWN("🇻🇳 🇯🇵 🇫", "VN JP F");
}

static void marks_behind_something_hidden_belong_to_the_base_before(void **state)
{
    (void)state;
    static const char s[] = "e\u200D\u0301\uFE0F\u0302x";
    struct lw_glyph g;
    lw_glyph_next(s, sizeof s - 1, 0, true, &g);
    assert_int_equal(g.len, sizeof s - 2);
    assert_int_equal(g.n, 3);
    assert_int_equal(g.cols, 1);
    assert_true(g.cp[0] == 'e' && g.cp[1] == 0x301 && g.cp[2] == 0x302);
}

static void marks_without_a_base_are_named_or_counted(void **state)
{
    (void)state;
    SHOWN("\u0301a", "<U+0301>a");
    SHOWN("\u0301\u0302a", "<+2>a");
    SHOWN("\t\u0301", "        <U+0301>");
    SHOWN("\x01\u200D\u0301\u0302", "^A<+2>");
    SHOWN_LINES("a\n\u0301", "a\n<U+0301>");
}

static void marks_beyond_four_are_named_or_counted(void **state)
{
    (void)state;
    SHOWN("e\u0301\u0302\u0303\u0304\u0305x", "e\u0301\u0302\u0303\u0304<U+0305>x");
    SHOWN("e\u0301\u0302\u0303\u0304\u0305\u200D\u0306x", "e\u0301\u0302\u0303\u0304<+2>x");
}

static void a_million_marks_are_one_glyph(void **state)
{
    (void)state;
    enum { COUNT = 1000000 };
    char *s = malloc(2 * COUNT);
    for (size_t i = 0; i < COUNT; i++)
        memcpy(s + 2 * i, "\u0301", 2);
    struct lw_glyph g;
    lw_glyph_next(s, 2 * COUNT, 0, true, &g);
    assert_int_equal(g.len, 2 * COUNT);
    assert_int_equal(g.cols, 10);
    assert_shown(s, 2 * COUNT, false, "<+1000000>");
    free(s);
}

static void decomposed_hangul_stays_in_one_cell(void **state)
{
    (void)state;
    static const char s[] = "\u1112\u1161\u11AB\u1100\u116E\u11A8";
    assert_int_equal(lw_cols(s, sizeof s - 1, -1), 4);
    assert_int_equal(lw_fit(s, sizeof s - 1, 3), 9);
    SHOWN("\u1112\u1161\u11AB", "\u1112\u1161\u11AB");
}

static void tabs_reach_the_next_stop(void **state)
{
    (void)state;
    SHOWN("\ta\t12345678\t.", "        a       12345678        .");
    SHOWN_LINES("abc\n\t.", "abc\n        .");
    SHOWN("漢\t.", "漢      .");
}

static void all_line_ends_become_lf(void **state)
{
    (void)state;
    SHOWN_LINES("a\nb\r\nc\u2028d\u2029e\xC2\x85\rf\n", "a\nb\nc\nd\ne\n^Mf\n");
    SHOWN_LINES("\uFEFFa\n\n", "a\n\n");
}

static void columns_stop_counting_beyond_the_limit(void **state)
{
    (void)state;
    assert_int_equal(lw_cols("漢字x", 7, -1), 5);
    assert_int_equal(lw_cols("漢字x", 7, 2), 4);
    assert_int_equal(lw_cols("", 0, 0), 0);
    assert_int_equal(lw_cols("abcdef", 6, 0), 1);
}

static void only_whole_glyphs_fit(void **state)
{
    (void)state;
    assert_int_equal(lw_fit("漢字", 6, 3), 3);
    assert_int_equal(lw_fit("a\x01", 2, 2), 1);
    assert_int_equal(lw_fit("e\u0301x", 4, 1), 3);
    assert_int_equal(lw_fit("abc", 3, 0), 0);
    assert_int_equal(lw_fit("abc", 3, 99), 3);
}

static void every_code_point_is_shown_harmlessly(void **state)
{
    (void)state;
    for (char32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char s[8] = "a";
        size_t n = 1 + lw_utf8_encode(cp, s + 1);
        s[n++] = 'b';
        for (size_t at = 0; at < 2 && at + 1 < n; at++) {
            struct lw_glyph g;
            lw_glyph_next(s + at, n - at, 0, true, &g);
            hold_glyph(&g, n - at);
        }
    }
}

static void hostile_mixtures_are_shown_harmlessly(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", "\r", "\n", "\t", "\u0301", "\u200D", "👩", "🏽", "🇻",
        "\u1100", "\u1161", "\u00AD", "\u202E", "\xFF", "\xE1\xBA", "\uFEFF", "漢", "\x1b",
        "\u2028", " ", "\u0903", "\U000E0041", "\u0E33"};
    srand(11);
    for (int round = 0; round < 5000; round++) {
        char s[256] = "";
        for (int i = rand() % 40; i >= 0; i--)
            strcat(s, piece[(size_t)rand() % (sizeof piece / sizeof *piece)]);
        hold_glyphs(s, strlen(s));
    }
}

static void real_languages_are_shown_harmlessly(void **state)
{
    (void)state;
    each_language(hold_glyphs);
}

static void the_locale_is_utf8(void **state)
{
    (void)state;
    assert_true(lw_locale_init());
}

static void characters_newer_than_the_terminal_are_signs(void **state)
{
    (void)state;
    SHOWN("\U0001F95E\U0001F972", "\U0001F95E\U0001F972");
    lw_glyph_set_newest(12);
    SHOWN("\U0001F95E\U0001F972", "\U0001F95E<U+1F972>");
    lw_glyph_set_newest(8);
    SHOWN("\U0001F95Ea\u0301\U0001F600", "<U+1F95E>a\u0301\U0001F600");
    lw_glyph_set_newest(0);
    SHOWN("\U0001F95E\U0001F972", "\U0001F95E\U0001F972");
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printable_text_is_left_alone),
        cmocka_unit_test(control_characters_become_carets),
        cmocka_unit_test(invisible_characters_become_placeholders),
        cmocka_unit_test(invalid_bytes_and_unassigned_code_points_become_placeholders),
        cmocka_unit_test(joiners_selectors_and_tags_are_not_shown),
        cmocka_unit_test(flags_become_letters),
        cmocka_unit_test(marks_behind_something_hidden_belong_to_the_base_before),
        cmocka_unit_test(marks_without_a_base_are_named_or_counted),
        cmocka_unit_test(marks_beyond_four_are_named_or_counted),
        cmocka_unit_test(a_million_marks_are_one_glyph),
        cmocka_unit_test(decomposed_hangul_stays_in_one_cell),
        cmocka_unit_test(tabs_reach_the_next_stop),
        cmocka_unit_test(all_line_ends_become_lf),
        cmocka_unit_test(columns_stop_counting_beyond_the_limit),
        cmocka_unit_test(only_whole_glyphs_fit),
        cmocka_unit_test(every_code_point_is_shown_harmlessly),
        cmocka_unit_test(hostile_mixtures_are_shown_harmlessly),
        cmocka_unit_test(real_languages_are_shown_harmlessly),
        cmocka_unit_test(the_locale_is_utf8),
        cmocka_unit_test(characters_newer_than_the_terminal_are_signs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
