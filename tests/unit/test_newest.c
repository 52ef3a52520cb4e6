/* What the terminal says of its Unicode, among keys and in pieces. */
#define _GNU_SOURCE
#include "labelwright/text/glyph.h"
#include "tui/newest_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

enum { ASKED = 9 /* at most */ };

static void ask(struct lw_newest *w)
{
    struct lw_buf b = {0};
    lw_newest_ask(w, &b);
    lw_buf_fini(&b);
}

/* Feeds bytes as the terminal does; what is the user's comes back. */
static const char *feed(struct lw_newest *w, const char *bytes)
{
    static char users[256];
    size_t n = 0;
    for (const char *p = bytes; *p; p++) {
        if (lw_newest_take(w, *p))
            continue;
        size_t held = lw_newest_release(w);
        for (size_t i = 0; i < held; i++)
            users[n++] = (char)w->code[i];
        if (!lw_newest_take(w, *p))
            users[n++] = *p;
    }
    users[n] = '\0';
    return users;
}

static void feed_all(struct lw_newest *w, size_t wide)
{
    for (size_t i = 0; i < w->asked; i++)
        assert_string_equal(feed(w, i < wide ? "\033[2;3R" : "\033[2;2R"), "");
}

static void asks_only_about_what_the_c_library_knows(void **state)
{
    (void)state;
    struct lw_newest w;
    struct lw_buf b = {0};
    lw_newest_ask(&w, &b);
    assert_true(w.asked > 0 && w.asked <= ASKED);
    assert_non_null(strstr(b.data, "\U0001F95E\033[6n"));
    assert_true((wcwidth(0x1FAE9) == 2) == (strstr(b.data, "\U0001FAE9") != NULL));
    assert_non_null(strstr(b.data, "\033[2;1H\033[K"));
    lw_buf_fini(&b);
}

static void the_first_that_is_not_wide_says_how_old(void **state)
{
    (void)state;
    for (size_t wide = 0; wide < ASKED; wide++) {
        struct lw_newest w;
        ask(&w);
        if (wide >= w.asked)
            break;
        feed_all(&w, wide);
        assert_false(lw_newest_waits(&w));
        assert_int_equal(lw_newest_version(&w), 8 + wide);
    }
}

static void a_terminal_as_new_as_we_has_no_limit(void **state)
{
    (void)state;
    struct lw_newest w;
    ask(&w);
    assert_true(lw_newest_waits(&w));
    feed_all(&w, w.asked);
    assert_int_equal(lw_newest_version(&w), 0);
}

static void without_all_answers_there_is_no_limit(void **state)
{
    (void)state;
    struct lw_newest w;
    ask(&w);
    feed(&w, "\033[2;2R");
    assert_true(lw_newest_waits(&w));
    assert_int_equal(lw_newest_version(&w), 0);
}

static void keys_between_are_the_users(void **state)
{
    (void)state;
    struct lw_newest w;
    ask(&w);
    assert_string_equal(feed(&w, "a\033[2;3Rb\033[A\033[2;3Rc"), "ab\033[Ac");
    assert_int_equal(w.answered, 2);
    assert_string_equal(feed(&w, "\033\033[2;3R"), "\033");
    assert_string_equal(feed(&w, "\033[1;3R"), "\033[1;3R"); /* F3 with Alt */
    assert_string_equal(feed(&w, "\033[2~"), "\033[2~");     /* Insert */
    assert_string_equal(feed(&w, "\033[2;R"), "\033[2;R");
    assert_string_equal(feed(&w, "\033[2;333333333333R"), "\033[2;333333333333R");
    assert_int_equal(w.answered, 3);
}

static void an_answer_comes_in_pieces(void **state)
{
    (void)state;
    struct lw_newest w;
    ask(&w);
    assert_string_equal(feed(&w, "\033[2"), "");
    assert_int_equal(w.held, 3);
    assert_string_equal(feed(&w, ";3"), "");
    assert_string_equal(feed(&w, "Rx"), "x");
    assert_int_equal(w.answered, 1);
}

static void after_the_last_answer_all_is_the_users(void **state)
{
    (void)state;
    struct lw_newest w;
    ask(&w);
    feed_all(&w, w.asked);
    assert_string_equal(feed(&w, "\033[2;3R"), "\033[2;3R");
}

int main(void)
{
    if (!lw_locale_init())
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(asks_only_about_what_the_c_library_knows),
        cmocka_unit_test(the_first_that_is_not_wide_says_how_old),
        cmocka_unit_test(a_terminal_as_new_as_we_has_no_limit),
        cmocka_unit_test(without_all_answers_there_is_no_limit),
        cmocka_unit_test(keys_between_are_the_users),
        cmocka_unit_test(an_answer_comes_in_pieces),
        cmocka_unit_test(after_the_last_answer_all_is_the_users),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
