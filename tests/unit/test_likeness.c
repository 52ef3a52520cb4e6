/* Which earlier text another one is much like. */
#include "labelwright/text/likeness.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/base/buf.h"

/* In percent; 0: not much. */
static int likeness(const char *a, const char *b)
{
    struct lw_likeness *l = lw_likeness_new();
    struct lw_like like = {0};
    lw_likeness_add(l, 7, a, strlen(a));
    bool found = lw_likeness_find(l, b, strlen(b), 0, &like);
    assert_true(!found || (like.id == 7 && like.percent > 0));
    lw_likeness_free(l);
    return like.percent;
}

#define TWELVE "Write eight lines for the funeral of a man who repaired boats."

static void words_in_the_same_order_count(void **state)
{
    (void)state;
    static const struct {
        const char *a, *b;
        int percent;
    } rows[] = {
        {TWELVE, TWELVE, 100},
        {TWELVE, "WRITE eight lines; for the funeral of a man – who repaired boats", 100},
        {TWELVE, "Write eight lines for the funeral of a man who repaired clocks.", 91},
        {TWELVE, "Write eight lines for the funeral of a woman who repaired boats.", 91},
        {TWELVE, "Who repaired boats? A man of the lines; write for eight funerals.", 0},
        {TWELVE, "What did lighthouse keepers do on long nights without any ships?", 0},
        /* other numbers are no other text */
        {"Ann has 27 puppies and gives away two of them each week. When has she none?",
            "Ann has 430 puppies and gives away two of them each week. When has she none?", 100},
        /* longer by a sentence */
        {TWELVE, TWELVE " No metaphors, please.", 88},
        /* the beginning alone is not enough */
        {TWELVE " His wife will read them out, and she does not like long words at all.",
            "Write eight lines for the funeral", 0},
        /* other letters for the same */
        {"Pourquoi les villes e\xCC\x81taient-elles si sombres la nuit avant le gaz ?",
            "pourquoi les villes étaient-elles si sombres la nuit avant le gaz?", 100},
        {"", "", 0},
        {"…", "!", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int found = likeness(rows[i].a, rows[i].b), back = likeness(rows[i].b, rows[i].a);
        if (found != rows[i].percent || back != found)
            fail_msg("\"%s\" and \"%s\": %d, %d", rows[i].a, rows[i].b, found, back);
    }
}

static void few_words_must_be_the_same(void **state)
{
    (void)state;
    assert_int_equal(likeness("Tell me a joke about cats.", "tell me a joke about cats"), 100);
    assert_int_equal(likeness("Tell me a joke about cats.", "Tell me a joke about dogs."), 0);
    assert_int_equal(likeness("Why?", "why"), 100);
    assert_int_equal(likeness("Why?", "How?"), 0);
}

static void letters_count_where_there_are_no_spaces(void **state)
{
    (void)state;
    assert_int_equal(
        likeness("请为一位修船老人的葬礼写八行诗。", "请为一位修船老人的葬礼写八行诗!"), 100);
    assert_in_range(
        likeness("请为一位修船老人的葬礼写八行诗。", "请为一位修船老人的婚礼写八行诗。"), 70, 99);
    assert_int_equal(
        likeness("请为一位修船老人的葬礼写八行诗。", "灯塔看守人在没有船的漫长夜晚做什么?"), 0);
    assert_in_range(likeness("ทุกคนมีสิทธิในการมีชีวิต", "ทุกคนมีสิทธิในการมีงานทำ"), 60, 99);
    assert_int_equal(likeness("ทุกคนมีสิทธิในการมีชีวิต", "เรือของทอมแล่นได้เร็วมากในแม่น้ำ"), 0);
}

static void the_most_alike_is_found_and_what_was_removed_is_not(void **state)
{
    (void)state;
    struct lw_likeness *l = lw_likeness_new();
    struct lw_like like = {0};
    lw_likeness_add(l, 1, TWELVE " Twice.", strlen(TWELVE " Twice."));
    lw_likeness_add(l, 2, TWELVE, strlen(TWELVE));
    lw_likeness_add(l, 2, "Another text of the same task, longer than eight words.", 55);
    lw_likeness_add(l, 3, TWELVE " No, thrice.", strlen(TWELVE " No, thrice."));
    assert_true(lw_likeness_find(l, TWELVE, strlen(TWELVE), 0, &like));
    assert_int_equal(like.id, 2);
    assert_true(lw_likeness_find(l, TWELVE, strlen(TWELVE), 2, &like));
    assert_int_equal(like.id, 1);
    lw_likeness_remove(l, 1);
    lw_likeness_remove(l, 2);
    assert_true(lw_likeness_find(l, TWELVE, strlen(TWELVE), 0, &like));
    assert_int_equal(like.id, 3);
    lw_likeness_remove(l, 3);
    assert_false(lw_likeness_find(l, TWELVE, strlen(TWELVE), 0, &like));
    lw_likeness_free(l);
}

/* Adds and removes many: what is left is found as if it were alone. */
static void gaps_lose_nothing(void **state)
{
    (void)state;
    struct lw_likeness *l = lw_likeness_new();
    char text[200];
    for (int i = 0; i < 300; i++) {
        snprintf(text, sizeof text, "w%da w%db w%dc w%dd w%de w%df w%dg w%dh w%di", i, i, i, i, i,
            i, i, i, i);
        lw_likeness_add(l, (uint64_t)i + 1, text, strlen(text));
        if (i % 3 > 0)
            lw_likeness_remove(l, (uint64_t)i + 1 - (uint64_t)(i % 2));
    }
    size_t found = 0;
    for (int i = 0; i < 300; i++) {
        struct lw_like like;
        snprintf(text, sizeof text, "w%da w%db w%dc w%dd w%de w%df w%dg w%dh w%di", i, i, i, i, i,
            i, i, i, i);
        if (!lw_likeness_find(l, text, strlen(text), 0, &like))
            continue;
        assert_int_equal(like.id, i + 1);
        assert_int_equal(like.percent, 100);
        found++;
    }
    assert_in_range(found, 100, 200);
    lw_likeness_free(l);
}

static void reads_bytes_that_are_no_text_and_very_long_ones(void **state)
{
    (void)state;
    struct lw_likeness *l = lw_likeness_new();
    struct lw_like like;
    char bytes[256];
    for (int i = 0; i < 256; i++)
        bytes[i] = (char)i;
    lw_likeness_add(l, 1, bytes, sizeof bytes);
    assert_true(lw_likeness_find(l, bytes, sizeof bytes, 0, &like));
    struct lw_buf same = {0};
    for (int i = 0; i < 100000; i++)
        lw_buf_str(&same, "the same ");
    lw_likeness_add(l, 2, same.data, same.len);
    assert_true(lw_likeness_find(l, same.data, same.len, 0, &like));
    assert_int_equal(like.id, 2);
    lw_buf_fini(&same);
    lw_likeness_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_in_the_same_order_count),
        cmocka_unit_test(few_words_must_be_the_same),
        cmocka_unit_test(letters_count_where_there_are_no_spaces),
        cmocka_unit_test(the_most_alike_is_found_and_what_was_removed_is_not),
        cmocka_unit_test(gaps_lose_nothing),
        cmocka_unit_test(reads_bytes_that_are_no_text_and_very_long_ones),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
