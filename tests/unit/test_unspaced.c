/* Words of scripts without spaces, and lines that end between them. The sentences are of article 1
 * of the Universal Declaration of Human Rights, which anyone may copy. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "fixtures/text_properties.h"
#include "labelwright/base/buf.h"
#include "labelwright/text/unspaced.h"

#include <locale.h>

#define THAI "มนุษย์ทั้งหลายเกิดมามีอิสระ"
#define LAO "ມະນຸດເກີດມາມີສິດເສລີພາບ"
#define KHMER "មនុស្សទាំងអស់កើតមកមានសេរីភាព"
#define BURMESE "လူတိုင်းသည်တူညီလွတ်လပ်သော"

static void need_dictionary(void)
{
    if (lw_unspaced_dictionary())
        return;
    print_message("skip: built without ICU, or it is not here\n");
    skip();
}

/* The words with "|" between them. */
static void assert_words(const char *s, size_t n, const char *expected)
{
    char begins[256] = "";
    struct lw_buf b = {0};
    assert_true(n < sizeof begins && lw_unspaced_words(s, n, begins));
    for (size_t i = 0; i < n; i++) {
        if (begins[i])
            lw_buf_char(&b, '|');
        lw_buf_char(&b, s[i]);
    }
    assert_string_equal(b.data, expected);
    lw_buf_fini(&b);
}

#define WORDS(text, as) assert_words(text, sizeof text - 1, as)

static void four_scripts_have_words(void **state)
{
    (void)state;
    need_dictionary();
    WORDS(THAI, "มนุษย์|ทั้ง|หลาย|เกิด|มา|มี|อิสระ");
    WORDS(LAO, "ມະນຸດ|ເກີດ|ມາ|ມີ|ສິດ|ເສລີພາບ");
    WORDS(KHMER, "មនុស្ស|ទាំងអស់|កើតមក|មាន|សេរីភាព");
    WORDS(BURMESE, "လူ|တိုင်း|သည်|တူညီ|လွတ်လပ်|သော");
}

static void assert_run(const char *s, size_t from, size_t at, size_t len)
{
    size_t got;
    assert_int_equal(lw_unspaced_find(s, strlen(s), from, &got), at);
    assert_int_equal(got, len);
}

static void a_run_is_letters_and_marks_of_these_scripts(void **state)
{
    (void)state;
    assert_run("", 0, 0, 0);
    assert_run("Zürich naïve Đà Nẵng", 0, strlen("Zürich naïve Đà Nẵng"), 0);
    assert_run("ab ที่ 12", 0, 3, 9);
    assert_run("ก๑ข", 0, 0, 3); /* a digit */
    assert_run("ก๑ข", 3, 6, 3);
    assert_run("ដោយ។", 0, 0, 9); /* a full stop */
    assert_run("नमस्ते", 0, strlen("नमस्ते"), 0);
    assert_run("\xE0\xB8", 0, 2, 0); /* cut off */
    assert_run("\xE0\xB8กa", 0, 2, 3);
}

static void words_of_other_scripts_stay_whole_beside_thai(void **state)
{
    (void)state;
    need_dictionary();
    struct lw_wrap w = {0};
    static const char s[] = "กินที่Zürich กับnaïve";
    lw_wrap_text(&w, s, strlen(s), 8); /* what stands close to a letter stays with it */
    assert_int_equal(w.n, 3);
    assert_int_equal(w.v[1].start, strlen("กิน"));
    assert_int_equal(w.v[2].start, strlen("กินที่Zürich "));
    lw_wrap_fini(&w);
}

/* Words are the same wherever a long run is cut for ICU. */
static void a_long_run_has_the_words_of_its_parts(void **state)
{
    (void)state;
    need_dictionary();
    size_t len = strlen(THAI), times = 2000;
    char *s = lw_alloc(len * times + 1), *begins = lw_alloc(len * times), one[256] = "";
    assert_true(lw_unspaced_words(THAI, len, one));
    one[0] = 1;
    for (size_t i = 0; i < times; i++)
        memcpy(s + i * len, THAI, len);
    assert_true(lw_unspaced_words(s, len * times, begins));
    for (size_t i = 1; i < len * times; i++)
        assert_int_equal(begins[i], one[i % len]);
    free(s);
    free(begins);
}

static void marks_alone_and_no_words_end_too(void **state)
{
    (void)state;
    need_dictionary();
    static const char *const piece[] = {
        "\u0E31", "\u0E01", "\u0E40", "\u17D2", "\u1039", "\u0EB1", "\u0E46"};
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++) {
        char *s = lw_alloc(3 * 100000 + 1), *begins = lw_alloc(3 * 100000);
        for (size_t k = 0; k < 100000; k++)
            memcpy(s + 3 * k, piece[i], 3);
        assert_true(lw_unspaced_words(s, 3 * 100000, begins));
        for (size_t k = 0; k < 300000; k++)
            assert_true(!begins[k] || k % 3 == 0);
        free(s);
        free(begins);
    }
}

static void hold_lines(const char *s)
{
    for (int cols = 1; cols < 40; cols++)
        hold_wrap(s, strlen(s), cols);
}

static void lines_end_between_words(void **state)
{
    (void)state;
    static const char *const all[] = {THAI, LAO, KHMER, BURMESE};
    for (size_t i = 0; i < 4; i++)
        hold_lines(all[i]);
    need_dictionary();
    struct lw_wrap w = {0};
    lw_wrap_text(&w, THAI, strlen(THAI), 9); /* มนุษย์ is 5 columns wide, ทั้ง 3, หลาย 4 */
    assert_int_equal(w.v[0].end, strlen("มนุษย์ทั้ง"));
    assert_int_equal(w.v[1].end, strlen("มนุษย์ทั้งหลายเกิดมา"));
    lw_wrap_fini(&w);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_scripts_have_words),
        cmocka_unit_test(a_run_is_letters_and_marks_of_these_scripts),
        cmocka_unit_test(words_of_other_scripts_stay_whole_beside_thai),
        cmocka_unit_test(a_long_run_has_the_words_of_its_parts),
        cmocka_unit_test(marks_alone_and_no_words_end_too),
        cmocka_unit_test(lines_end_between_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
