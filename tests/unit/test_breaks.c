/* What breaks.c keeps and leaves out changes no answer of libunistring. */
#define _GNU_SOURCE
#include "fixtures/break_properties.h"
#include "fixtures/shared_data.h"

#include <locale.h>

enum { LEAST = 9, MOST = 0x7E };

static void pairs_and_triples_of_ascii(void **state)
{
    (void)state;
    for (int a = 0; a <= 0x7F; a++)
        for (int b = 0; b <= 0x7F; b++)
            for (int c = LEAST; c <= MOST; c++) {
                const char s[] = {'x', (char)a, (char)b, (char)c, 'y', ' ', 'z'};
                hold_breaks(s, sizeof s);
                hold_breaks(s + 1, 3);
            }
}

static void pairs_with_spaces_between(void **state)
{
    (void)state;
    for (int a = LEAST; a <= MOST; a++)
        for (int b = LEAST; b <= MOST; b++)
            for (size_t spaces = 1; spaces < 12; spaces++) {
                char s[16] = {'x', (char)a};
                memset(s + 2, ' ', spaces);
                s[spaces + 2] = (char)b;
                s[spaces + 3] = 'y';
                hold_breaks(s, spaces + 4);
                hold_breaks(s + 1, spaces + 2);
            }
}

/* Around every character that may be one of our letters: what is another class would show. */
static void no_letter_is_more_than_a_letter(void **state)
{
    (void)state;
    static const char *const around[] = {"", " ", "(", ")", "-", "\"", "!", "/", "%", "$", "7",
        "\u2014", "\u05D0", "\u05D0-", "\u6F22", "\u00BB", "\u0301", "\u200D", "\u2060",
        "\U0001F1EB", "a", ", "};
    enum { AROUND = sizeof around / sizeof *around };
    for (char32_t cp = 'A'; cp < 0x2100; cp++)
        for (size_t before = 0; before < AROUND; before++)
            for (size_t after = 0; after < AROUND; after++) {
                char s[64], letter[5] = "";
                lw_utf8_encode(cp, letter);
                int n =
                    snprintf(s, sizeof s, "a%s%s%s%s", around[before], letter, around[after], "b");
                hold_breaks(s, (size_t)n);
            }
}

static void any_mixture(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", "bc", " ", "  ", "\r", "\n", "\t", "\u0301", "\u200D",
        "(", ")", "\"", "-", "--", "7", ".", ",", "$", "%", "/", "\xFF", "\xE1\xBA", "\u1EA1",
        "\u0434", "\u0627", "\u064B", "\u05D0", "\u6F22", "\U0001F1FB", "\u00AB", "\u00BB",
        "\u2014", "\u0E01", "\u00A0", "\u200B"};
    srand(14);
    for (int round = 0; round < 100000; round++) {
        char s[256] = "";
        for (int i = rand() % 24; i >= 0; i--)
            strcat(s, piece[(size_t)rand() % (sizeof piece / sizeof *piece)]);
        hold_breaks(s, strlen(s));
    }
}

static void real_languages(void **state)
{
    (void)state;
    each_language(hold_breaks);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pairs_and_triples_of_ascii),
        cmocka_unit_test(pairs_with_spaces_between),
        cmocka_unit_test(no_letter_is_more_than_a_letter),
        cmocka_unit_test(any_mixture),
        cmocka_unit_test(real_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
