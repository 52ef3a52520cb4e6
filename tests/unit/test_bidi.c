/* Right to left: the direction of paragraphs, and the order of lines against Unicode's own list. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"
#include "labelwright/text/bidi.h"
#include "labelwright/text/utf8.h"

static enum lw_direction direction(const char *s)
{
    return lw_direction_of(s, strlen(s));
}

static void the_first_letter_says_the_direction(void **state)
{
    (void)state;
    assert_int_equal(direction(""), LW_DIRECTION_NONE);
    assert_int_equal(direction("12, (3) — !"), LW_DIRECTION_NONE);
    assert_int_equal(direction("abc שלום"), LW_DIRECTION_LTR);
    assert_int_equal(direction("12. שלום abc"), LW_DIRECTION_RTL);
    assert_int_equal(direction("«سلام»"), LW_DIRECTION_RTL);
    assert_int_equal(direction("漢字"), LW_DIRECTION_LTR);
    assert_int_equal(direction("...\nשלום"), LW_DIRECTION_NONE);           /* another paragraph */
    assert_int_equal(direction("\u2067abc\u2069 שלום"), LW_DIRECTION_RTL); /* isolated */
    assert_int_equal(direction("\u2067abc שלום"), LW_DIRECTION_NONE);
    assert_int_equal(direction("\u2069 abc"), LW_DIRECTION_LTR);
    assert_int_equal(direction("\u200Fabc"), LW_DIRECTION_RTL); /* a mark says it too */
    assert_int_equal(direction("\xFF\xE0\xA8שלום"), LW_DIRECTION_RTL);
}

/* The line as it stands on the screen. */
static void assert_drawn(const char *s, const char *as)
{
    char32_t cp[LW_BIDI_MAX];
    uint16_t order[LW_BIDI_MAX];
    size_t n = 0;
    struct lw_buf b = {0};
    for (size_t at = 0, len = strlen(s); at < len; n++)
        at += lw_utf8_decode(s + at, len - at, &cp[n]);
    lw_bidi_line(cp, n, order);
    for (size_t i = 0; i < n; i++) {
        char bytes[4];
        lw_buf_add(&b, bytes, lw_utf8_encode(cp[order[i]], bytes));
    }
    assert_string_equal(b.data, as);
    lw_buf_fini(&b);
}

static void lines_are_drawn_from_the_right(void **state)
{
    (void)state;
    assert_drawn("abc", "abc");
    assert_drawn("\u05D0\u05D1\u05D2", "\u05D2\u05D1\u05D0");
    assert_drawn("ab \u05D0\u05D1 cd", "ab \u05D1\u05D0 cd");
    assert_drawn("\u05D0\u05D1 12, 34.", ".34 ,12 \u05D1\u05D0");
    assert_drawn("\u05D0 (\u05D1)", "(\u05D1) \u05D0");
    assert_drawn("a (b) \u05D0", "a (b) \u05D0");
    assert_drawn("\u05D0 (b)", "(b) \u05D0");
}

/* سلام: each letter in its form, and lam and alef stay two. */
static void arabic_letters_take_the_form_that_joins(void **state)
{
    (void)state;
    assert_drawn("\u0633\u0644\u0627\u0645", "\uFEE1\uFE8E\uFEE0\uFEB3");
    assert_drawn("a \u0628", "a \uFE8F");
}

static void a_line_that_is_too_long_stays(void **state)
{
    (void)state;
    enum { N = LW_BIDI_MAX + 1 };
    static char32_t cp[N];
    static uint16_t order[N];
    for (size_t i = 0; i < N; i++)
        cp[i] = 0x05D0;
    lw_bidi_line(cp, N, order);
    for (size_t i = 0; i < N; i++)
        assert_int_equal(order[i], i);
    lw_bidi_line(cp, N - 1, order);
    assert_int_equal(order[0], N - 2);
}

static void few_characters_matter(void **state)
{
    (void)state;
    for (char32_t cp = 0; cp < 0x590; cp++)
        assert_false(lw_bidi_matters(cp));
    assert_true(lw_bidi_matters(0x05D0));
    assert_true(lw_bidi_matters(0x0627));
    assert_true(lw_bidi_matters(0x0661)); /* a digit */
    assert_false(lw_bidi_matters(0x4E00));
    assert_true(lw_bidi_matters(0x1E900)); /* Adlam */
}

/* ---- BidiCharacterTest.txt: code points; base; resolved base; levels; order from the left */

#define LIST "/usr/share/unicode/BidiCharacterTest.txt"

static size_t numbers(char *s, int base, unsigned *to, size_t most)
{
    size_t n = 0;
    char *save;
    for (char *t = strtok_r(s, " \n", &save); t && n < most; t = strtok_r(NULL, " \n", &save))
        to[n++] = (unsigned)strtoul(t, NULL, base);
    return n;
}

/* Those with automatic direction, and without what the sanitiser never lets through: controls. */
static bool is_ours(const unsigned *cp, size_t n, const char *base)
{
    for (size_t i = 0; i < n; i++)
        if (cp[i] < 0x20 || cp[i] == 0x85 || (cp[i] >= 0x2028 && cp[i] <= 0x202E) ||
            (cp[i] >= 0x2060 && cp[i] <= 0x206F) || cp[i] == 0x200B)
            return false;
    return strcmp(base, "2") == 0;
}

static void check_line(char *field[5])
{
    unsigned cp[64], expected[64];
    char32_t text[64];
    uint16_t order[64];
    size_t n = numbers(field[0], 16, cp, 64);
    if (!is_ours(cp, n, field[1]))
        return;
    assert_int_equal(numbers(field[4], 10, expected, 64), n);
    for (size_t i = 0; i < n; i++)
        text[i] = cp[i];
    lw_bidi_line(text, n, order);
    for (size_t i = 0; i < n; i++)
        assert_int_equal(order[i], expected[i]);
}

static void every_line_of_unicodes_list(void **state)
{
    (void)state;
    FILE *f = fopen(LIST, "r");
    char line[2048];
    int seen = 0;
    if (!f) {
        print_message("skip: no %s (package unicode-data)\n", LIST);
        skip();
    }
    while (fgets(line, sizeof line, f)) {
        char *field[5], *rest = line;
        if (*line == '#' || *line == '\n')
            continue;
        for (int i = 0; i < 5; i++)
            assert_non_null(field[i] = strsep(&rest, ";"));
        check_line(field);
        seen++;
    }
    assert_true(seen > 90000);
    fclose(f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_letter_says_the_direction),
        cmocka_unit_test(lines_are_drawn_from_the_right),
        cmocka_unit_test(arabic_letters_take_the_form_that_joins),
        cmocka_unit_test(a_line_that_is_too_long_stays),
        cmocka_unit_test(few_characters_matter),
        cmocka_unit_test(every_line_of_unicodes_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
