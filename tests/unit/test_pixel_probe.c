/* What terminals answer when they are asked about pixels, byte by byte and among keys; and that no
 * answer is taken for a key, nor a key for one. */
#define _GNU_SOURCE
#include "labelwright/text/glyph.h"
#include "labelwright/tui/pixel_probe.h"
#include "tui/input/input_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define XTERM "\033[6;20;10t\033[>41;379;0c\033[?64;1;2;4;6;9c"
#define KITTY "\033[6;18;9t\033[>1;4000;29c\033[?62;c"
#define TMUX "\033[>84;0;0c\033[?1;2;4c"
#define SCREEN "\033[>83;40900;0c\033[?1;2c"
#define YES "\033_Gi=77;OK\033\\"
#define DONE "\033[?62;c"

static char asked[512];

static void note(struct lw_buf *b)
{
    snprintf(asked, sizeof asked, "%s", b->data ? b->data : "");
    lw_buf_fini(b);
}

static void ask(struct lw_pixel_probe *p)
{
    struct lw_buf b = {0};
    lw_probe_ask(p, &b);
    note(&b);
}

static void feed(struct lw_pixel_probe *p, const char *bytes)
{
    for (const char *s = bytes; *s; s++)
        lw_probe_see(p, (unsigned char)*s);
}

/* As term.c: the second questions follow the first answers. */
static void feed_all(struct lw_pixel_probe *p, const char *first, const char *second)
{
    ask(p);
    feed(p, first);
    asked[0] = '\0';
    if (lw_probe_has_more(p)) {
        struct lw_buf b = {0};
        lw_probe_ask_more(p, "<", ">", &b);
        note(&b);
        feed(p, second);
    }
}

static void first_all_are_asked_what_all_know(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    assert_false(lw_probe_waits(&p));
    ask(&p);
    assert_string_equal(asked, "\033[16t\033[>c\033[c");
    assert_true(lw_probe_waits(&p));
    assert_false(lw_probe_has_more(&p));
}

static void a_terminal_with_the_protocol_of_kitty_says_so(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    feed_all(&p, KITTY, YES DONE);
    assert_non_null(strstr(asked, "<\033_Gi=77,s=1,v=1,a=q,t=d,f=24;AAAA\033\\>\033[c"));
    assert_null(strstr(asked, "S"));
    assert_true(p.kitty);
    assert_false(p.sixel);
    assert_int_equal(p.cell_w, 9);
    assert_int_equal(p.cell_h, 18);
    assert_false(lw_probe_waits(&p));
}

static void one_that_refuses_or_says_nothing_has_none(void **state)
{
    (void)state;
    static const char *const no[] = {
        DONE, "\033_Gi=77;ENOTSUP:no graphics\033\\" DONE, "\033_Gi=3;OK\033\\" DONE};
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        struct lw_pixel_probe p = {0};
        feed_all(&p, KITTY, no[i]);
        assert_false(p.kitty);
        assert_false(lw_probe_waits(&p));
    }
}

static void sixel_is_an_attribute_and_has_limits(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    feed_all(&p, XTERM, "\033[?1;0;16S\033[?2;0;1000;800S" DONE);
    assert_non_null(strstr(asked, "\033[?1;1;0S\033[?2;1;0S>\033[c"));
    assert_true(p.sixel);
    assert_false(p.kitty);
    assert_int_equal(p.colours, 16);
    assert_int_equal(p.max_w, 1000);
    assert_int_equal(p.max_h, 800);
}

/* The class of a VT132 is 4, which is no sixel. */
static void a_class_is_no_attribute(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    feed_all(&p, "\033[>1;95;0c\033[?4;6c", DONE);
    assert_false(p.sixel);
}

/* They would take a question for a title, and forget whole pictures of sixel. */
static void tmux_and_screen_are_asked_no_more(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    feed_all(&p, TMUX, DONE);
    assert_string_equal(asked, "");
    assert_false(p.sixel || lw_probe_waits(&p));
    feed_all(&p, SCREEN, DONE);
    assert_string_equal(asked, "");
    assert_false(lw_probe_waits(&p));
}

static void who_tells_no_kind_is_asked_no_more(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    feed_all(&p, "\033[?6c", DONE);
    assert_string_equal(asked, "");
    assert_int_equal(p.stage, LW_PROBE_DONE);
}

static void silence_is_no(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    ask(&p);
    feed(&p, "\033[6;20;10t\033[>41;379;0");
    assert_true(lw_probe_waits(&p));
    assert_false(p.kitty || p.sixel || lw_probe_has_more(&p));
}

static void sizes_must_be_those_of_a_cell(void **state)
{
    (void)state;
    static const char *const bad[] = {"\033[6;0;0t", "\033[6;20t", "\033[6;99999;10t",
        "\033[4;480;800t", "\033[6;2000000000;9t", "\033[6;-20;10t"};
    struct lw_pixel_probe p = {0};
    ask(&p);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        feed(&p, bad[i]);
        assert_int_equal(p.cell_w, 0);
    }
}

static void the_size_is_asked_again_of_who_told_it(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    struct lw_buf b = {0};
    feed_all(&p, KITTY, YES DONE);
    lw_probe_ask_size(&p, &b);
    assert_string_equal(b.data, "\033[16t");
    lw_buf_fini(&b);
    feed(&p, "\033[6;36;1");
    assert_true(lw_probe_see(&p, '8') == false && lw_probe_see(&p, 't'));
    assert_int_equal(p.cell_w, 18);
    feed_all(&p, "\033[>1;2;3c\033[?6c", DONE);
    lw_probe_ask_size(&p, &b);
    assert_int_equal(b.len, 0);
    lw_buf_fini(&b);
}

/* As xterm 379 does, in a window of 100 columns and 32 rows. */
static void the_size_is_found_out_where_it_is_not_told(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    feed_all(&p, "\033[>19;379;0c\033[?63;1;2;4;6;9c", "\033[?1;0;1024S\033[?2;0;900;608S" DONE);
    lw_probe_find_size(&p, 32, 100, 940, 648); /* a wide border */
    assert_int_equal(p.cell_w, 9);
    assert_int_equal(p.cell_h, 19);
    feed_all(&p, "\033[>19;379;0c\033[?63;1;2;4;6;9c", "\033[?2;0;10000;10000S" DONE);
    lw_probe_find_size(&p, 32, 100, 904, 612);
    assert_int_equal(p.cell_w, 9);
    assert_int_equal(p.cell_h, 19);
    lw_probe_find_size(&p, 32, 100, 0, 0);
    assert_int_equal(p.cell_w, 0);
    feed_all(&p, XTERM, DONE);
    lw_probe_find_size(&p, 32, 100, 904, 612);
    assert_int_equal(p.cell_w, 10); /* told */
}

/* ---- among keys */

static void feed_keys(struct lw_input *in, const char *bytes, char *to)
{
    struct lw_key key;
    for (const char *s = bytes; *s; s++) {
        int code = (unsigned char)*s;
        lw_input_feed(in, &code, 1);
        while (lw_input_next(in, &key))
            *to++ = key.name == LW_KEY_CHAR && !key.meta ? (char)key.ch : '!';
    }
    *to = '\0';
}

static void all_answers_together_are_no_key(void **state)
{
    (void)state;
    struct lw_input *in = lw_input_new();
    struct lw_pixel_probe p = {0};
    char keys[64];
    static const char first[] = "a" XTERM "b", second[] = "c" YES "\033[?1;0;256S" DONE "d";
    feed_all(&p, first, second);
    assert_true(p.kitty && p.sixel && p.colours == 256 && p.cell_w == 10);
    feed_keys(in, first, keys);
    assert_string_equal(keys, "ab");
    feed_keys(in, second, keys);
    assert_string_equal(keys, "cd");
    lw_input_free(in);
}

/* The probe takes nothing: after any part of an answer the keys are those that they would be
 * without it. */
static void half_an_answer_takes_no_key_away(void **state)
{
    (void)state;
    static const char all[] = "\033[6;20;10t\033[>41;379;0c\033[?64;4c";
    for (size_t n = 1; n < sizeof all; n++) {
        struct lw_input *in = lw_input_new();
        char part[sizeof all], keys[64];
        snprintf(part, n + 1, "%s", all);
        feed_keys(in, part, keys);
        assert_string_equal(keys, "");
        lw_input_timeout(in);
        lw_input_forget(in);
        struct lw_key key;
        while (lw_input_next(in, &key)) /* a lone Esc is a key, and Esc [ Alt with it */
            assert_true(key.name == LW_KEY_ESC || key.meta);
        feed_keys(in, "j5q", keys);
        assert_string_equal(keys, "j5q");
        lw_input_free(in);
    }
}

static void noise_without_end_is_bounded(void **state)
{
    (void)state;
    struct lw_pixel_probe p = {0};
    ask(&p);
    feed(&p, "\033_G");
    for (int i = 0; i < 10000; i++)
        lw_probe_see(&p, 'x');
    feed(&p, KITTY);
    assert_true(lw_probe_has_more(&p));
    lw_probe_see(&p, 0x1B);
    lw_probe_see(&p, '[');
    lw_probe_see(&p, 4096 + 7); /* a key of curses */
    feed(&p, "?62;4c");
    assert_true(lw_probe_has_more(&p));
}

/* Bytes that answers are made of, at random: whatever is believed is possible. */
static void nonsense_is_not_believed(void **state)
{
    (void)state;
    static const char bytes[] = "\033\033[_G?>;;0123456789ctSi=77OK\\;6;1;0;4";
    struct lw_pixel_probe p = {0};
    struct lw_buf b = {0};
    uint32_t random = 7;
    ask(&p);
    for (int i = 0; i < 2000000; i++) {
        random = random * 1664525u + 1013904223u;
        lw_probe_see(&p, (unsigned char)bytes[(random >> 16) % (sizeof bytes - 1)]);
        assert_true(p.n <= LW_PROBE_ANSWER_MAX && p.cell_w >= 0 && p.cell_w <= 128);
        assert_true(p.colours >= 0 && p.max_w >= 0 && p.max_h >= 0 && p.kind >= -1);
        if (lw_probe_has_more(&p))
            lw_probe_ask_more(&p, "", "", &b);
        if (!lw_probe_waits(&p))
            ask(&p);
        lw_buf_clear(&b);
    }
    lw_buf_fini(&b);
}

int main(void)
{
    if (!lw_locale_init())
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_all_are_asked_what_all_know),
        cmocka_unit_test(a_terminal_with_the_protocol_of_kitty_says_so),
        cmocka_unit_test(one_that_refuses_or_says_nothing_has_none),
        cmocka_unit_test(sixel_is_an_attribute_and_has_limits),
        cmocka_unit_test(a_class_is_no_attribute),
        cmocka_unit_test(tmux_and_screen_are_asked_no_more),
        cmocka_unit_test(who_tells_no_kind_is_asked_no_more),
        cmocka_unit_test(silence_is_no),
        cmocka_unit_test(sizes_must_be_those_of_a_cell),
        cmocka_unit_test(the_size_is_asked_again_of_who_told_it),
        cmocka_unit_test(the_size_is_found_out_where_it_is_not_told),
        cmocka_unit_test(all_answers_together_are_no_key),
        cmocka_unit_test(half_an_answer_takes_no_key_away),
        cmocka_unit_test(noise_without_end_is_bounded),
        cmocka_unit_test(nonsense_is_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
