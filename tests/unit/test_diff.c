/* The word diff: what people see of it, and that it leads from one text to the other. */
#define _GNU_SOURCE
#include "fixtures/diff_properties.h"
#include "fixtures/shared_data.h"

/* The diff as people see it: "a [-b-]{+c+} d". */
static void add_marked(struct lw_buf *to, const char *marks, const char *s, size_t n)
{
    lw_buf_add(to, marks, 2);
    lw_buf_add(to, s, n);
    lw_buf_add(to, marks + 2, 2);
}

static void becomes(const char *a, const char *b, const char *shown)
{
    struct lw_diff d = {0};
    struct lw_buf text = {0};
    hold_diff(a, strlen(a), b, strlen(b));
    lw_diff_words(&d, a, strlen(a), b, strlen(b));
    for (size_t i = 0; i < d.n; i++) {
        if (d.v[i].kind == LW_DIFF_SAME)
            lw_buf_add(&text, a + d.v[i].a, d.v[i].n);
        else if (d.v[i].kind == LW_DIFF_OUT)
            add_marked(&text, "[--]", a + d.v[i].a, d.v[i].n);
        else
            add_marked(&text, "{++}", b + d.v[i].b, d.v[i].n);
    }
    assert_string_equal(text.len ? text.data : "", shown);
    assert_false(d.coarse);
    lw_buf_fini(&text);
    lw_diff_fini(&d);
}

static void tells_words_that_came_and_went(void **state)
{
    (void)state;
    becomes("", "", "");
    becomes("same", "same", "same");
    becomes("", "new", "{+new+}");
    becomes("old", "", "[-old-]");
    becomes(
        "Soft rain on the roof", "Soft rain over the roof", "Soft rain [-on-]{+over+} the roof");
    becomes("the gutter keeps", "the old clock keeps", "the [-gutter-]{+old clock+} keeps");
    becomes("a b c d", "a c d e", "a [-b -]c d{+ e+}");
    becomes("x = 3.", "x = 4!", "x = [-3.-]{+4!+}");
    becomes("don't stop", "do not stop", "[-don't-]{+do not+} stop");
    becomes("one\ntwo\n", "one\n2\n", "one\n[-two-]{+2+}\n");
    becomes("a\r\nb", "a\nb", "a[-\r\n-]{+\n+}b");
    becomes("a\r\nb", "a\rb", "a[-\r\n-]{+\r+}b");
    becomes("a\r\nc b", "a\r\rd b", "a[-\r\nc-]{+\r\rd+} b");
}

/* n lines of their own; in every `each`-th one word is another than in the other text. */
static void many_lines(struct lw_buf *to, size_t n, size_t each, const char *word)
{
    for (size_t i = 1; i <= n; i++)
        lw_buf_fmt(to, "Line %zu says %s to the next one of them.\n", i, i % each ? "this" : word);
}

/* Lines are compared first, and words where they differ. */
static void long_texts_are_told_by_words_where_lines_differ(void **state)
{
    (void)state;
    struct lw_buf a = {0}, b = {0};
    struct lw_diff d = {0};
    many_lines(&a, 30000, 100, "old");
    many_lines(&b, 30000, 100, "new");
    hold_diff(a.data, a.len, b.data, b.len);
    lw_diff_words(&d, a.data, a.len, b.data, b.len);
    assert_false(d.coarse);
    assert_int_equal(d.words_in, 300);
    assert_int_equal(d.words_out, 300);
    lw_buf_fini(&b);
    many_lines(&b, 30000, 1, "new");
    hold_diff(a.data, a.len, b.data, b.len);
    lw_diff_words(&d, a.data, a.len, b.data, b.len);
    assert_false(d.coarse); /* no line is the same, but three words in a row are */
    assert_int_equal(d.words_in, 30000);
    assert_int_equal(d.words_out, 30000);
    lw_diff_fini(&d);
    lw_buf_fini(&a);
    lw_buf_fini(&b);
}

static void blanks_between_two_changes_go_with_them(void **state)
{
    (void)state;
    becomes("the old dog ran", "the new cat ran", "the [-old dog-]{+new cat+} ran");
    becomes("on\nthe gutter keeps its\nlistens", "on\nthe old clock keeps its\nsleeps",
        "on\nthe [-gutter-]{+old clock+} keeps its\n[-listens-]{+sleeps+}");
    becomes("on\nthe old clock keeps its\nsleeps", "on\nthe gutter keeps its\nlistens",
        "on\nthe [-old clock-]{+gutter+} keeps its\n[-sleeps-]{+listens+}");
    becomes("old\ndog", "new\ncat", "[-old-]{+new+}\n[-dog-]{+cat+}"); /* a line end parts them */
}

static void scripts_without_spaces_go_letter_by_letter(void **state)
{
    (void)state;
    becomes("彼は学校に行く", "彼は大学に行く", "彼は{+大+}学[-校-]に行く");
    becomes("ฉันกินข้าว", "ฉันกินปลา", "ฉันกิน[-ข้-]{+ปล+}า[-ว-]");
    becomes("नमस्ते दुनिया", "नमस्ते भारत", "नमस्ते [-दुनिया-]{+भारत+}");
    becomes("Tổng là 6.", "Tổng hai nghiệm là 5.", "Tổng {+hai nghiệm +}là [-6-]{+5+}.");
}

/* Which of two ways is shown does not matter for the count of words, but for who reads it. */
static void changes_begin_and_end_where_sentences_do(void **state)
{
    (void)state;
    becomes(
        "It rains. It pours. It ends.", "It rains. It ends.", "It rains. [-It pours. -]It ends.");
    becomes("The cat sat.\nThe dog ran.\n", "The cat sat.\nThe cow ate.\nThe dog ran.\n",
        "The cat sat.\n{+The cow ate.\n+}The dog ran.\n");
    becomes("one, two, four", "one, two, three, four", "one, two, {+three, +}four");
    becomes("a very old dog", "a very very old dog", "a very {+very +}old dog");
}

/* What is left of another sentence is noise: a short word between two longer changes. */
static void a_short_word_between_two_changes_goes_with_them(void **state)
{
    (void)state;
    becomes("we mention no examples today", "we describe no concepts today",
        "we [-mention no examples-]{+describe no concepts+} today");
    becomes("we go as planned there", "we do as told there",
        "we [-go-]{+do+} as [-planned-]{+told+} there"); /* not longer than "as" */
    becomes("mention\nno\nexamples", "describe\nno\nconcepts",
        "[-mention-]{+describe+}\nno\n[-examples-]{+concepts+}"); /* a line end parts them */
}

/* Composed and decomposed letters look the same and are not: the whole grapheme is told. */
static void no_grapheme_is_taken_apart(void **state)
{
    (void)state;
    becomes("phở", "pho\xCC\x9B\xCC\x89", "[-phở-]{+pho\xCC\x9B\xCC\x89+}");
    becomes("e", "e\xCC\x81", "[-e-]{+e\xCC\x81+}");
    becomes("👩‍🔬 ok", "👩 ok", "[-👩‍🔬-]{+👩+} ok");
}

static void counts_what_is_not_blank(void **state)
{
    (void)state;
    struct lw_diff d = {0};
    lw_diff_words(&d, "la somme est 6", 14, "la somme des deux est  5", 24);
    assert_int_equal(d.words_in, 3);
    assert_int_equal(d.words_out, 1);
    lw_diff_fini(&d);
}

static void a_place_is_found_again_in_the_other_text(void **state)
{
    (void)state;
    struct lw_diff d = {0};
    lw_diff_words(&d, "one two three", 13, "zero one 2 three", 16);
    assert_int_equal(lw_diff_place(&d, 0), 5);  /* one */
    assert_int_equal(lw_diff_place(&d, 5), 9);  /* two became 2 */
    assert_int_equal(lw_diff_place(&d, 8), 11); /* three */
    assert_int_equal(lw_diff_place(&d, 13), 16);
    lw_diff_fini(&d);
}

static void bytes_that_are_no_text_are_kept(void **state)
{
    (void)state;
    hold_diff("a\xFF\xFE b", 5, "a\xFE c", 4);
    hold_diff("\0\0", 2, "\0", 1);
    hold_diff("\xE1\xBA", 2, "\xE1\xBA\xBF", 3);
}

/* ---- what somebody may send */

static char *repeated(const char *piece, size_t times)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < times; i++)
        lw_buf_str(&b, piece);
    return lw_buf_detach(&b);
}

static char *numbers(unsigned step, size_t times, const char *end)
{
    struct lw_buf b = {0};
    unsigned v = step;
    for (size_t i = 0; i < times; i++)
        lw_buf_fmt(&b, "%u%s", (v = v * 1103515245U + 12345U) >> 8, end);
    return lw_buf_detach(&b);
}

static bool is_coarse(const char *a, const char *b)
{
    struct lw_diff d = {0};
    hold_diff(a, strlen(a), b, strlen(b));
    lw_diff_words(&d, a, strlen(a), b, strlen(b));
    bool coarse = d.coarse;
    lw_diff_fini(&d);
    return coarse;
}

static void texts_without_anything_in_common_are_told_as_one_piece(void **state)
{
    (void)state;
    char *a = numbers(1, 20000, " "), *b = numbers(2, 20000, " ");
    struct lw_diff d = {0};
    hold_diff(a, strlen(a), b, strlen(b));
    lw_diff_words(&d, a, strlen(a), b, strlen(b));
    assert_false(d.coarse);
    assert_int_equal(d.n, 3); /* the last blank is the same */
    assert_int_equal(d.words_in, 20000);
    lw_diff_fini(&d);
    free(a);
    free(b);
}

static void repetition_does_not_cost_for_ever(void **state)
{
    (void)state;
    char *a = repeated("a b ", 50000), *b = repeated("b a a ", 50000);
    assert_true(is_coarse(a, b));
    free(a);
    free(b);
    a = repeated("\xE0\xB8\x81", 100000);
    b = repeated("\xE0\xB8\x81", 99000);
    assert_false(is_coarse(a, b));
    free(a);
    free(b);
}

/* Of 20 MB without a line end not every word is looked at; both ends are, however long. */
static void a_line_of_many_megabytes_is_told_as_one_piece(void **state)
{
    (void)state;
    char *middle_a = numbers(1, 600000, " "), *middle_b = numbers(2, 600000, "x ");
    char *end = repeated("the same ", 500000);
    char *a = lw_format("%s%s%s", end, middle_a, end), *b = lw_format("%s%s%s", end, middle_b, end);
    struct lw_diff d = {0};
    hold_diff(a, strlen(a), b, strlen(b));
    lw_diff_words(&d, a, strlen(a), b, strlen(b));
    assert_true(d.coarse);
    assert_int_equal(d.n, 4);
    assert_int_equal(d.words_in, 600000);
    free(a);
    free(b);
    b = lw_format("%s%s%s", end, "another ", end);
    a = lw_format("%s%s", end, end);
    lw_diff_words(&d, a, strlen(a), b, strlen(b));
    assert_false(d.coarse);
    assert_int_equal(d.words_in, 1);
    assert_int_equal(d.words_out, 0);
    lw_diff_fini(&d);
    free(a);
    free(b);
    free(end);
    free(middle_a);
    free(middle_b);
}

/* Equal lines part what changed, however much that is. */
static void long_texts_are_told_by_lines(void **state)
{
    (void)state;
    char *middle = repeated("a line that stays\n", 3), *head = numbers(1, 3000, " ");
    char *other = numbers(2, 3000, " ");
    char *a = lw_format("%s\n%sthe end", head, middle),
         *b = lw_format("%s\n%sthe end", other, middle);
    struct lw_diff d = {0};
    hold_diff(a, strlen(a), b, strlen(b));
    lw_diff_words(&d, a, strlen(a), b, strlen(b));
    assert_int_equal(d.n, 3);
    assert_int_equal(d.v[2].kind, LW_DIFF_SAME);
    assert_true(d.v[2].n >= strlen(middle) + 7);
    lw_diff_fini(&d);
    free(middle);
    free(head);
    free(other);
    free(a);
    free(b);
}

/* Random small texts over few words: every shape of change. */
static void any_two_texts_lead_from_one_to_the_other(void **state)
{
    (void)state;
    static const char *const piece[] = {"a", "b", " ", "\n", "é", "e\xCC\x81", "กา", ".", "\xFF"};
    unsigned seed = 7;
    for (int round = 0; round < 3000; round++) {
        struct lw_buf t[2] = {{0}, {0}};
        for (int i = 0; i < 2; i++) {
            unsigned n = (seed = seed * 1103515245U + 12345U) >> 16 & 15;
            lw_buf_add(&t[i], "", 0);
            while (n-- > 0)
                lw_buf_str(&t[i], piece[((seed = seed * 1103515245U + 12345U) >> 16) % 9]);
        }
        hold_diff(t[0].data, t[0].len, t[1].data, t[1].len);
        lw_buf_fini(&t[0]);
        lw_buf_fini(&t[1]);
    }
}

/* ---- a text that is being edited */

static void fill_at_random(unsigned *seed, unsigned char *script, size_t n)
{
    for (size_t i = 0; i < n; i++)
        script[i] = (unsigned char)((*seed = *seed * 1103515245U + 12345U) >> 16);
}

static void edits_keep_what_holds_for_a_diff(void **state)
{
    (void)state;
    unsigned seed = 5;
    unsigned char script[100];
    struct lw_buf a = {0};
    for (size_t round = 0; round < 60; round++) {
        lw_buf_clear(&a);
        many_lines(&a, round + 1, 3, "old");
        fill_at_random(&seed, script, sizeof script);
        size_t worse = hold_updates(a.data, a.len, a.data, a.len, script, sizeof script,
            "says the next\none of them.\r\n e\xCC\x81 กา\xFF Line 7 says this to \n\n");
        assert_true(worse <= 60);
        fill_at_random(&seed, script, sizeof script);
        hold_updates(a.data, a.len, "", 0, script, sizeof script, a.data);
        hold_updates("a b a b\n a", 10, a.data, a.len, script, sizeof script, "a b \n");
    }
    lw_buf_fini(&a);
}

/* An edit makes the texts equal where the runs far from it say otherwise. */
static void equal_texts_are_never_told_as_changed(void **state)
{
    (void)state;
    struct lw_diff d = {0};
    const char *a = "x y\nx y\nx y\n", *b = "x y\nx y\n";
    lw_diff_words(&d, a, 12, b, 8);
    assert_int_equal(d.words_out, 2);
    lw_diff_update(&d, a, 12, a, 12, 0, 0, 4);
    assert_int_equal(d.n, 1);
    assert_int_equal(d.words_in + d.words_out, 0);
    lw_diff_fini(&d);
}

static void an_update_of_another_text_starts_afresh(void **state)
{
    (void)state;
    struct lw_diff d = {0};
    lw_diff_update(&d, "a b", 3, "a c", 3, 2, 1, 1);
    assert_int_equal(d.words_in, 1);
    lw_diff_update(&d, "a b and more", 12, "a c", 3, 2, 1, 1);
    assert_int_equal(d.words_out, 3);
    lw_diff_fini(&d);
}

static char *before;
static size_t before_n;

/* Against its own end, and against the text of another language. */
static void hold_language(const char *s, size_t n)
{
    hold_diff(s, n, s + n / 10, n - n / 10);
    if (before)
        hold_diff(s, n, before, before_n);
    free(before);
    before = lw_strndup(s, n);
    before_n = n;
}

static void real_texts_lead_from_one_to_the_other(void **state)
{
    (void)state;
    each_language(hold_language);
    free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_words_that_came_and_went),
        cmocka_unit_test(long_texts_are_told_by_words_where_lines_differ),
        cmocka_unit_test(blanks_between_two_changes_go_with_them),
        cmocka_unit_test(scripts_without_spaces_go_letter_by_letter),
        cmocka_unit_test(changes_begin_and_end_where_sentences_do),
        cmocka_unit_test(a_short_word_between_two_changes_goes_with_them),
        cmocka_unit_test(no_grapheme_is_taken_apart),
        cmocka_unit_test(counts_what_is_not_blank),
        cmocka_unit_test(a_place_is_found_again_in_the_other_text),
        cmocka_unit_test(bytes_that_are_no_text_are_kept),
        cmocka_unit_test(texts_without_anything_in_common_are_told_as_one_piece),
        cmocka_unit_test(repetition_does_not_cost_for_ever),
        cmocka_unit_test(a_line_of_many_megabytes_is_told_as_one_piece),
        cmocka_unit_test(long_texts_are_told_by_lines),
        cmocka_unit_test(any_two_texts_lead_from_one_to_the_other),
        cmocka_unit_test(edits_keep_what_holds_for_a_diff),
        cmocka_unit_test(equal_texts_are_never_told_as_changed),
        cmocka_unit_test(an_update_of_another_text_starts_afresh),
        cmocka_unit_test(real_texts_lead_from_one_to_the_other),
    };
    lw_locale_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
