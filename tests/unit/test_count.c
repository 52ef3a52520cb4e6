/* Words and characters of a text, as people count them. */
#include "labelwright/text/count.h"
#include "labelwright/text/unspaced.h"
#include "labelwright/text/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void counts_what_stands_between_blanks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t words, characters;
    } rows[] = {
        {"", 0, 0},
        {" \t\r\n ", 0, 4},
        {"one", 1, 3},
        {"a well-known fact, isn’t it?", 5, 28},
        {"3.5 – or 1,000 … and so on", 6, 26},
        {"(yes) \"no\"\nperhaps", 3, 18},
        {"¿Qué? ¡Sí!", 2, 10},
        {"e\xCC\x81t\xC3\xA9", 1, 3},
        {"a\xC2\xA0"
         "b\xE2\x80\xA8"
         "c",
            3, 5},
        {"你好,世界", 4, 5},
        {"カメラを買う", 6, 6},
        {"한국어 낱말", 2, 6},
        {"👩‍👩‍👧 🇨🇦", 0, 3},
        {"GPT-4o说了", 3, 8},
        {"- item\n- *two*\n", 2, 15},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_length l = lw_length_of(rows[i].text, strlen(rows[i].text));
        if (l.words != rows[i].words || l.characters != rows[i].characters)
            fail_msg("\"%s\": %zu words, %zu characters", rows[i].text, l.words, l.characters);
    }
}

static void thai_words_are_those_of_the_dictionary(void **state)
{
    (void)state;
    static const char text[] = "ทุกคนมีสิทธิ and rights";
    size_t words = lw_length_of(text, sizeof text - 1).words;
    assert_int_equal(words, lw_unspaced_dictionary() ? 6 : 3);
}

/* Whatever stands beside whatever: as many as there are when they are looked for one by one. */
static void counts_characters_as_cutting_them_does(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a", " ", "\r", "\n", "ж", "漢", "ก", "ำ", "e\xCC\x81",
        "\xCC\x81", "한", "ᄒ", "ᅡ", "👩", "\xE2\x80\x8D", "🇨", "क", "्", "\xFF", "\xD0",
        "\xE2\x80\xA8", "\xEF\xB8\x8F"};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    for (uint32_t i = 0, seed = 1; i < 20000; i++) {
        char text[64] = "";
        for (int k = 0; k < 6; k++) {
            seed = seed * 1664525 + 1013904223;
            strcat(text, pieces[(seed >> 16) % PIECES]);
        }
        size_t n = strlen(text), characters = 0;
        for (size_t at = 0; at < n; characters++)
            at = lw_grapheme_next(text, n, at);
        if (lw_length_of(text, n).characters != characters)
            fail_msg("\"%s\": %zu", text, characters);
    }
}

static void reads_bytes_that_are_no_text(void **state)
{
    (void)state;
    static const char bytes[] = {'a', '\xC3', ' ', '\xE0', '\xB8', '\xFF', 'b', '\xF0'};
    for (size_t n = 0; n <= sizeof bytes; n++)
        assert_true(lw_length_of(bytes, n).words <= n && lw_length_of(bytes, n).characters <= n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(counts_what_stands_between_blanks),
        cmocka_unit_test(thai_words_are_those_of_the_dictionary),
        cmocka_unit_test(counts_characters_as_cutting_them_does),
        cmocka_unit_test(reads_bytes_that_are_no_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
