/* Cutting into words: the fast way gives the very cuts of libunistring. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "fixtures/words_properties.h"

static void cuts_as(const char *text, const char *shown)
{
    struct lw_word_list w = {0};
    char got[200] = "";
    size_t n = strlen(text);
    hold_words(text, n);
    lw_words_add(&w, text, 0, n);
    for (size_t i = 0; i < w.n; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%.*s|",
            (int)(w.v[i].end - w.v[i].at), text + w.v[i].at);
    assert_string_equal(got, shown);
    free(w.v);
}

static void words_are_those_of_uax_29(void **state)
{
    (void)state;
    cuts_as("", "");
    cuts_as(" \t\r\n", "");
    cuts_as("don't stop: 3.14, e.g. a_b2!", "don't|stop|:|3.14|,|e.g|.|a_b2|!|");
    cuts_as("l’été – naïve", "l’été|–|naïve|");
    cuts_as("Tổng là 6.", "Tổng|là|6|.|");
    cuts_as("слово и ещё", "слово|и|ещё|");
    cuts_as("彼は学校", "彼|は|学|校|");
    cuts_as("👩‍🔬 ok", "👩‍🔬|ok|");
    cuts_as("a \xCC\x81"
            "b",
        "a| \xCC\x81|b|");
}

/* Every character that the fast way knows, and many it does not, beside every kind of neighbour. */
static void every_character_is_cut_as_libunistring_does(void **state)
{
    (void)state;
    static const char *const beside[] = {"", "a", "1", "_", " ", ".", "'", ",", ":", "\n", "\r",
        "é", "\xCC\x81", "\xE2\x80\x8D", "\xD7\x90", "カ", "\xFF", "\xF0\x9F\x87\xBB"};
    enum { N = sizeof beside / sizeof *beside };
    for (char32_t cp = 0; cp < 0x3100; cp += cp == 0x5FF ? 0x1800 : cp == 0x20FF ? 0xF00 : 1)
        for (size_t i = 0; i < N * N; i++) {
            char s[40], c[4];
            size_t n = lw_utf8_encode(cp, c), at = 0;
            const char *left = beside[i / N], *right = beside[i % N];
            memcpy(s, left, strlen(left));
            memcpy(s + (at += strlen(left)), c, n);
            memcpy(s + (at += n), right, strlen(right));
            memcpy(s + (at += strlen(right)), "a", 1);
            hold_words(s, at + 1);
        }
}

static void each_han_letter_is_a_word(void **state)
{
    (void)state;
    for (char32_t cp = 0x3400; cp < 0xA000; cp++) {
        char s[5] = "";
        size_t n = lw_utf8_encode(cp, s);
        s[n] = 'a';
        hold_words(s, n + 1);
    }
}

/* Random texts over pieces that matter to the rules. */
static void any_text_is_cut_as_libunistring_does(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", "b", "1", "_", " ", "  ", "\n", "\r", "\t", ".", ":",
        ",", "'", "\"", "é", "—", "’", "e\xCC\x81", "กา", "я", "本", "カ", "\xE2\x80\x8D", "👩",
        "\xFF", "\xE1\xBA", "\xF0\x9F\x87\xBB", "\xD7\x90", "\xC2\x85", "\xE3\x80\x80", "\x0B"};
    unsigned seed = 11;
    for (int round = 0; round < 30000; round++) {
        struct lw_buf t = {0};
        unsigned n = (seed = seed * 1103515245U + 12345U) >> 16 & 15;
        lw_buf_add(&t, "", 0);
        while (n-- > 0)
            lw_buf_str(&t, piece[((seed = seed * 1103515245U + 12345U) >> 16) %
                                 (sizeof piece / sizeof *piece)]);
        hold_words(t.data, t.len);
        lw_buf_fini(&t);
    }
}

static void real_texts_are_cut_as_libunistring_does(void **state)
{
    (void)state;
    each_language(hold_words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_those_of_uax_29),
        cmocka_unit_test(every_character_is_cut_as_libunistring_does),
        cmocka_unit_test(each_han_letter_is_a_word),
        cmocka_unit_test(any_text_is_cut_as_libunistring_does),
        cmocka_unit_test(real_texts_are_cut_as_libunistring_does),
    };
    lw_locale_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
