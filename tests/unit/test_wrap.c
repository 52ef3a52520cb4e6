/* Lines of text broken into rows of cells. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "fixtures/text_properties.h"
#include "labelwright/base/buf.h"
#include "labelwright/text/wrap.h"

#include <locale.h>

/* The lines with `|` behind a soft break and `$` behind a hard one. */
static void assert_lines(const char *s, size_t n, int cols, const char *expected)
{
    struct lw_wrap w = {0};
    struct lw_buf b = {0};
    lw_wrap_text(&w, s, n, cols);
    for (size_t i = 0; i < w.n; i++) {
        lw_buf_add(&b, s + w.v[i].start, w.v[i].end - w.v[i].start);
        lw_buf_char(&b, w.v[i].soft ? '|' : '$');
    }
    assert_string_equal(b.data, expected);
    hold_wrap(s, n, cols);
    lw_buf_fini(&b);
    lw_wrap_fini(&w);
}

#define WRAPPED(text, cols, as) assert_lines(text, sizeof text - 1, cols, as)

static void words_fill_lines_greedily(void **state)
{
    (void)state;
    WRAPPED("one two three", 13, "one two three$");
    WRAPPED("one two three", 12, "one two|three$");
    WRAPPED("one two three", 5, "one|two|three$");
    WRAPPED("well-known fact", 6, "well-|known|fact$");
    WRAPPED("see e.g. it", 6, "see|e.g.|it$");
}

static void empty_text_is_one_empty_line(void **state)
{
    (void)state;
    WRAPPED("", 10, "$");
    struct lw_wrap w = {0};
    lw_wrap_text(&w, NULL, 0, 1);
    assert_int_equal(w.n, 1);
    lw_wrap_fini(&w);
}

static void every_line_end_of_the_text_ends_a_line(void **state)
{
    (void)state;
    WRAPPED("a\nb\r\nc\u2028d\u2029e\xC2\x85"
            "f",
        9, "a$b$c$d$e$f$");
    WRAPPED("a\n\n", 9, "a$$$");
}

static void a_soft_break_swallows_its_spaces(void **state)
{
    (void)state;
    WRAPPED("aa    bb", 3, "aa|bb$");
    WRAPPED("aa \t bb", 3, "aa|bb$");
    WRAPPED("aa    bb", 4, "aa|bb$");
}

static void spaces_beyond_the_edge_at_the_end_belong_to_no_line(void **state)
{
    (void)state;
    WRAPPED("aa    ", 4, "aa  $");
    WRAPPED("aa    \nb", 3, "aa $b$");
    WRAPPED("        ", 3, "   $");
}

static void indentation_of_a_source_line_is_kept(void **state)
{
    (void)state;
    WRAPPED("  one two\n\tx", 10, "  one two$\tx$");
    WRAPPED("  one two", 6, "  one|two$");
    WRAPPED("      one", 4, "    |one$");
}

static void a_word_wider_than_the_line_breaks_at_graphemes(void **state)
{
    (void)state;
    WRAPPED("abcdef", 4, "abcd|ef$");
    WRAPPED("xx abcdef", 4, "xx|abcd|ef$");
    WRAPPED("e\u0301e\u0301e\u0301", 2, "e\u0301e\u0301|e\u0301$");
    WRAPPED("xx\u0E01\u0E33\u0E01\u0E33", 3, "xx|\u0E01\u0E33|\u0E01\u0E33$");
    WRAPPED("123456", 1, "1|2|3|4|5|6$");
}

static void a_grapheme_wider_than_the_line_breaks_at_cells(void **state)
{
    (void)state;
    WRAPPED("a👨‍👩‍👧b", 5, "a|👨‍👩‍|👧b$");
    WRAPPED("漢字", 1, "漢|字$");
    WRAPPED("\xFF\xFF", 2, "\xFF|\xFF$");
}

static void wide_characters_break_anywhere_but_before_closers(void **state)
{
    (void)state;
    WRAPPED("すべての人間は、生まれ", 8, "すべての|人間は、|生まれ$");
    WRAPPED("すべての人間は、生まれ", 15, "すべての人間|は、生まれ$");
}

static void every_script_fills_its_lines(void **state)
{
    (void)state;
    WRAPPED("Tất cả mọi người", 10, "Tất cả mọi|người$");
    WRAPPED("Ta\u0302\u0301t ca\u0309 mo\u0323i ngu\u031Bo\u031B\u0300i", 10,
        "Ta\u0302\u0301t ca\u0309 mo\u0323i|ngu\u031Bo\u031B\u0300i$");
    WRAPPED("กินข้าวหรือยัง", 5, "กินข้าว|หรือยัง$");
    WRAPPED("सभी मनुष्यों को", 6, "सभी|मनुष्यों|को$");
    WRAPPED("يولد جميع الناس", 9, "يولد جميع|الناس$");
    WRAPPED("🇻🇳🇯🇵🇫🇷", 5, "🇻🇳🇯🇵|🇫🇷$");
    WRAPPED("\u1112\u1161\u11AB\u1100\u116E\u11A8", 3, "\u1112\u1161\u11AB|\u1100\u116E\u11A8$");
}

static void tabs_count_from_the_column_they_stand_in(void **state)
{
    (void)state;
    WRAPPED("a\tb\tc", 9, "a\tb|c$");
    WRAPPED("a\tb", 8, "a|b$");
    WRAPPED("\tab", 4, "\t|ab$");
}

static void signs_count_with_all_their_columns(void **state)
{
    (void)state;
    WRAPPED("ab \u202E c", 11, "ab \u202E|c$");
    WRAPPED("a\x01\x02", 4, "a\x01|\x02$");
}

static void a_place_in_swallowed_space_counts_with_the_line_before(void **state)
{
    (void)state;
    struct lw_wrap w = {0};
    lw_wrap_text(&w, "aa  bb\n\nc", 9, 3);
    static const size_t line[] = {0, 0, 0, 0, 1, 1, 1, 2, 3, 3, 3};
    for (size_t at = 0; at < sizeof line / sizeof *line; at++)
        assert_int_equal(lw_wrap_line_of(&w, at), line[at]);
    lw_wrap_fini(&w);
}

static void hostile_mixtures_wrap_into_lines_that_fit(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", "bc", " ", "  ", "\r", "\n", "\t", "\u0301", "\u200D",
        "👩", "🏽", "🇻", "\u1100", "\u1161", "\u00AD", "\u202E", "\xFF", "\xE1\xBA", "\uFEFF",
        "漢", "\x1b", "\u2028", "(", ")", "\u0903", "\u0600", "-", "\u200B", "\v", "\u0E33"};
    srand(13);
    for (int round = 0; round < 5000; round++) {
        char s[512] = "";
        for (int i = rand() % 60; i >= 0; i--)
            strcat(s, piece[(size_t)rand() % (sizeof piece / sizeof *piece)]);
        hold_wrap(s, strlen(s), 1 + rand() % 24);
    }
}

static void hold_widths(const char *s, size_t n)
{
    static const int widths[] = {1, 40, 100000};
    for (size_t k = 0; k < sizeof widths / sizeof *widths; k++)
        hold_wrap(s, n, widths[k]);
}

static void real_languages_wrap_into_lines_that_fit(void **state)
{
    (void)state;
    each_language(hold_widths);
}

/* No clock: what is quadratic here would take hours. */
static void a_megabyte_of_anything_wraps(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", "\u0301", "a ", " ", "\t", "漢", "🇻", "👩\u200D",
        "\u200D", "a\u0301", "\xFF", "\n", "( ", ") ", "\u202E", "\u1161", "\u00AD", "\u0600"};
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        size_t len = strlen(piece[i]), count = (1 << 20) / len;
        char *s = malloc(len * count);
        for (size_t k = 0; k < count; k++)
            memcpy(s + k * len, piece[i], len);
        struct lw_wrap w = {0};
        lw_wrap_text(&w, s, len * count, 20);
        lw_wrap_text(&w, s, len * count, 1 << 30);
        lw_wrap_fini(&w);
        free(s);
    }
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_fill_lines_greedily),
        cmocka_unit_test(empty_text_is_one_empty_line),
        cmocka_unit_test(every_line_end_of_the_text_ends_a_line),
        cmocka_unit_test(a_soft_break_swallows_its_spaces),
        cmocka_unit_test(spaces_beyond_the_edge_at_the_end_belong_to_no_line),
        cmocka_unit_test(indentation_of_a_source_line_is_kept),
        cmocka_unit_test(a_word_wider_than_the_line_breaks_at_graphemes),
        cmocka_unit_test(a_grapheme_wider_than_the_line_breaks_at_cells),
        cmocka_unit_test(wide_characters_break_anywhere_but_before_closers),
        cmocka_unit_test(every_script_fills_its_lines),
        cmocka_unit_test(tabs_count_from_the_column_they_stand_in),
        cmocka_unit_test(signs_count_with_all_their_columns),
        cmocka_unit_test(a_place_in_swallowed_space_counts_with_the_line_before),
        cmocka_unit_test(hostile_mixtures_wrap_into_lines_that_fit),
        cmocka_unit_test(real_languages_wrap_into_lines_that_fit),
        cmocka_unit_test(a_megabyte_of_anything_wraps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
