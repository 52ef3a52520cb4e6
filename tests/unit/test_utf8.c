/* UTF-8: decoding and encoding, whatever the bytes are. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "labelwright/text/utf8.h"

#include <locale.h>
#include <unigbrk.h>

static void every_scalar_value_survives_the_round_trip(void **state)
{
    (void)state;
    for (char32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char s[4];
        char32_t back;
        size_t n = lw_utf8_encode(cp, s);
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            assert_int_equal(n, 0);
            continue;
        }
        assert_int_equal(lw_utf8_decode(s, n, &back), n);
        assert_int_equal(back, cp);
        if (n > 1)
            assert_int_equal(lw_utf8_decode(s, n - 1, &back), 1);
    }
    char s[4];
    assert_int_equal(lw_utf8_encode(0x110000, s), 0);
    assert_int_equal(lw_utf8_encode(LW_UTF8_BAD, s), 0);
}

static void wrong_sequences_take_one_byte(void **state)
{
    (void)state;
    static const char *const wrong[] = {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF",
        "\xED\xA0\x80", "\xF0\x8F\xBF\xBF", "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xC3(",
        "\xE1\x80(", "\xF1\x80\x80("};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char32_t cp;
        assert_int_equal(lw_utf8_decode(wrong[i], strlen(wrong[i]), &cp), 1);
        assert_true(cp == LW_UTF8_BAD);
    }
}

static void validity_tells_where_the_first_bad_byte_is(void **state)
{
    (void)state;
    size_t bad = 99;
    assert_true(lw_utf8_valid("", 0, &bad));
    assert_true(lw_utf8_valid("\0\xE1\xBA\xBF", 4, &bad));
    assert_int_equal(bad, 99);
    assert_false(lw_utf8_valid("ab\xE1\xBA", 4, &bad));
    assert_int_equal(bad, 2);
    assert_false(lw_utf8_valid("\xFF", 1, NULL));
}

/* Against decoding one after the other; the bytes are those that begin, go on and end a sequence.
 */
static void validity_agrees_with_decoding(void **state)
{
    (void)state;
    static const unsigned char byte[] = {'a', 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2,
        0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF};
    srand(11);
    for (int round = 0; round < 200000; round++) {
        char s[24];
        size_t n = 0, plain = (size_t)rand() % 18, bad = 99, at = 0;
        while (n < plain)
            s[n++] = 'x';
        for (int i = rand() % 6; i >= 0; i--)
            s[n++] = (char)byte[(size_t)rand() % sizeof byte];
        for (char32_t cp = 0; at < n;) {
            size_t len = lw_utf8_decode(s + at, n - at, &cp);
            if (cp == LW_UTF8_BAD)
                break;
            at += len;
        }
        assert_int_equal(lw_utf8_valid(s, n, &bad), at == n);
        assert_int_equal(bad, at == n ? 99 : at);
    }
}

/* All three functions against the boundaries in `is` (n + 1 flags, one for each offset). */
static void check_boundaries(const char *s, size_t n, const char *is)
{
    for (size_t at = 0; at <= n; at++) {
        size_t floor = at, next = at < n ? at + 1 : n, prev = at > 0 ? at - 1 : 0;
        while (!is[floor])
            floor--;
        while (!is[next])
            next++;
        while (!is[prev])
            prev--;
        assert_int_equal(lw_grapheme_at(s, n, at), floor);
        assert_int_equal(lw_grapheme_next(s, n, at), next);
        assert_int_equal(lw_grapheme_prev(s, n, at), prev);
    }
}

/* "÷ 0020 × 0308 ÷" to text and flags. */
static size_t parse_case(const char *line, char *s, char *is)
{
    size_t n = 0;
    for (; *line && *line != '#'; line++) {
        if (strncmp(line, "÷", 2) == 0)
            is[n] = 1;
        if (strchr("0123456789ABCDEF", *line)) {
            char *end;
            n += lw_utf8_encode((char32_t)strtoul(line, &end, 16), s + n);
            line = end - 1;
        }
    }
    return n;
}

static void every_case_of_the_unicode_test_file_holds(void **state)
{
    (void)state;
    size_t size;
    char *all = file_bytes("/usr/share/unicode/auxiliary/GraphemeBreakTest.txt", &size);
    if (!all) {
        fputs("SKIPPED: no GraphemeBreakTest.txt; install unicode-data\n", stderr);
        skip();
    }
    int cases = 0;
    char *save;
    for (char *line = strtok_r(all, "\n", &save); line; line = strtok_r(NULL, "\n", &save)) {
        if (*line == '#')
            continue;
        char s[256], is[256] = {0};
        size_t n = parse_case(line, s, is);
        check_boundaries(s, n, is);
        cases++;
    }
    assert_true(cases >= 600);
    free(all);
}

/* libunistring's whole-text function as the judge. */
static void check_against_library(const char *s, size_t n)
{
    char *is = calloc(n + 1, 1);
    u8_grapheme_breaks((const uint8_t *)s, n, is);
    is[0] = is[n] = 1;
    check_boundaries(s, n, is);
    free(is);
}

static void real_languages_agree_with_the_library(void **state)
{
    (void)state;
    static const char *const inline_text[] = {"Tất cả mọi người", "Ta\xCC\x82\xCC\x81t ca\xCC\x89",
        "กินข้าวหรือยังครับ", "सभी मनुष्यों को गौरव", "すべての人間は、", "يولد جميع الناس أحرارًا",
        "👨‍👩‍👧‍👦👍🏽🇻🇳🇯🇵🇫",
        "\u1112\u1161\u11ab\u1100\u116e\u11a8", "a\r\n\r\n\nb"};
    for (size_t i = 0; i < sizeof inline_text / sizeof *inline_text; i++)
        check_against_library(inline_text[i], strlen(inline_text[i]));
    each_language(check_against_library);
}

static void random_mixtures_agree_with_the_library(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", "\r", "\n", "\u0301", "\u200d", "👩", "🏽", "🇻", "🇳",
        "\u0600", "\u0903", "\u1100", "\u1161", "\u11a8", "\uac00", "\uac01", "\u00ad", "©", "\t"};
    srand(7);
    for (int round = 0; round < 3000; round++) {
        char s[128] = "";
        for (int i = rand() % 24; i >= 0; i--)
            strcat(s, piece[(size_t)rand() % (sizeof piece / sizeof *piece)]);
        check_against_library(s, strlen(s));
    }
}

static void a_bad_byte_is_a_cluster_of_its_own(void **state)
{
    (void)state;
    static const char s[] = "a\xFF\xCC\x81\xE1\xBA!";
    static const char is[] = {1, 1, 1, 0, 1, 1, 1, 1};
    check_boundaries(s, sizeof s - 1, is);
}

/* Steps through `count` copies of `piece` both ways: ends meet, every step moves. */
static size_t steps_through(const char *piece, size_t count)
{
    size_t len = strlen(piece), n = len * count, steps = 0;
    char *s = malloc(n);
    for (size_t i = 0; i < count; i++)
        memcpy(s + i * len, piece, len);
    for (size_t at = 0; at < n; steps++) {
        size_t next = lw_grapheme_next(s, n, at);
        assert_true(next > at && next <= n);
        at = next;
    }
    for (size_t at = n; at > 0;) {
        size_t prev = lw_grapheme_prev(s, n, at);
        assert_true(prev < at);
        at = prev;
    }
    free(s);
    return steps;
}

static void long_runs_are_stepped_through_with_bounded_effort(void **state)
{
    (void)state;
    assert_int_equal(steps_through("a", 200000), 200000);
    assert_int_equal(steps_through("🇻", 20000), 10000);
    assert_true(steps_through("\u0301", 200000) < 1000);
    assert_true(steps_through("👩\u200d", 50000) < 1000);
    assert_int_equal(steps_through("\xFF", 50000), 50000);
}

static void long_runs_of_flags_keep_their_pairs(void **state)
{
    (void)state;
    enum { PAIRS = 1000 };
    char s[PAIRS * 8];
    for (size_t i = 0; i < PAIRS; i++)
        memcpy(s + 8 * i, "🇻🇳", 8);
    for (size_t at = 0; at < sizeof s; at += 8) {
        assert_int_equal(lw_grapheme_next(s, sizeof s, at), at + 8);
        assert_int_equal(lw_grapheme_prev(s, sizeof s, at + 8), at);
    }
}

static void reads_numbers_in_digits_of_every_script(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t value; /* -99 for none */
    } rows[] = {
        {"7", 7},
        {" 12 ", 12},
        {"-3", -3},
        {"\u22123", -3},
        {"+4", 4},
        {"\uFF11\uFF10", 10},
        {"\u0663", 3},
        {"\u0967\u0968", 12},
        {"\u0E59", 9},
        {"999999999999999999", 999999999999999999},
        {"9999999999999999999", -99},
        {"", -99},
        {"-", -99},
        {"1 2", -99},
        {"1x", -99},
        {"\u00B2", -99}, /* superscript: no decimal digit */
        {"\xFF", -99},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t value = -99;
        assert_int_equal(
            lw_number_parse(rows[i].text, strlen(rows[i].text), &value), rows[i].value != -99);
        assert_int_equal(value, rows[i].value);
    }
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_numbers_in_digits_of_every_script),
        cmocka_unit_test(every_scalar_value_survives_the_round_trip),
        cmocka_unit_test(wrong_sequences_take_one_byte),
        cmocka_unit_test(validity_tells_where_the_first_bad_byte_is),
        cmocka_unit_test(validity_agrees_with_decoding),
        cmocka_unit_test(every_case_of_the_unicode_test_file_holds),
        cmocka_unit_test(real_languages_agree_with_the_library),
        cmocka_unit_test(random_mixtures_agree_with_the_library),
        cmocka_unit_test(a_bad_byte_is_a_cluster_of_its_own),
        cmocka_unit_test(long_runs_are_stepped_through_with_bounded_effort),
        cmocka_unit_test(long_runs_of_flags_keep_their_pairs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
