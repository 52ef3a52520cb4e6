/* Keys in time, by a clock that stands still unless moved: nothing here waits. */
#include "fixtures/shared_data.h"

#include "labelwright/base/sys.h"
#include "tui/input/keyboard_internal.h"

enum { ESCDELAY = 100 };

static int64_t now_ms;
static struct lw_sys sys;
static struct lw_keyboard *keyboard;

static int fixed_clock(const struct lw_sys *s, clockid_t which, struct timespec *to)
{
    (void)s, (void)which;
    to->tv_sec = (time_t)(now_ms / 1000);
    to->tv_nsec = (long)(now_ms % 1000) * 1000000;
    return 0;
}

static int open_keyboard(void **state)
{
    (void)state;
    now_ms = 100000;
    sys = lw_sys_real;
    sys.clock = fixed_clock;
    keyboard = lw_keyboard_new(&sys, ESCDELAY, true);
    return 0;
}

static int close_keyboard(void **state)
{
    (void)state;
    lw_keyboard_free(keyboard);
    return 0;
}

/* One read; true when the loop is to wait for more. */
static bool feed(const char *bytes)
{
    for (; *bytes; bytes++) {
        int code = (unsigned char)*bytes;
        lw_keyboard_feed(keyboard, &code, 1);
    }
    return lw_keyboard_end_read(keyboard, false);
}

/* The keys that come now, by name; a paste in parentheses. */
static const char *keys(void)
{
    static struct lw_buf names;
    struct lw_key key;
    struct lw_pasted pasted;
    lw_buf_clear(&names);
    lw_buf_str(&names, "");
    while (lw_keyboard_next(keyboard, false, &key, &pasted)) {
        lw_buf_str(&names, names.len ? " " : "");
        if (key.name == LW_KEY_PASTE)
            lw_buf_fmt(&names, "(%.*s)", (int)pasted.n, pasted.text);
        else
            lw_key_print(key, &names);
    }
    return names.len ? names.data : "";
}

static void an_escape_waits_for_escdelay(void **state)
{
    (void)state;
    assert_int_equal(lw_keyboard_wait_ms(keyboard), -1);
    feed("\033");
    assert_string_equal(keys(), "");
    assert_int_equal(lw_keyboard_wait_ms(keyboard), ESCDELAY);
    now_ms += ESCDELAY - 1;
    assert_int_equal(lw_keyboard_wait_ms(keyboard), 1);
    now_ms++;
    assert_int_equal(lw_keyboard_wait_ms(keyboard), 0);
    lw_keyboard_timeout(keyboard);
    assert_string_equal(keys(), "Esc");
    assert_int_equal(lw_keyboard_wait_ms(keyboard), -1);
}

static void the_rest_of_a_sequence_within_the_time_makes_one_key(void **state)
{
    (void)state;
    feed("\033[");
    now_ms += ESCDELAY - 1;
    feed("A");
    assert_string_equal(keys(), "Up");
}

/* Behind a timeout the rest is no key; seconds later it is one. */
static void a_late_rest_is_forgotten_after_seconds(void **state)
{
    (void)state;
    feed("\033[");
    now_ms += ESCDELAY;
    lw_keyboard_timeout(keyboard);
    keys();
    now_ms += 1000;
    feed("5");
    assert_string_equal(keys(), "");
    now_ms += ESCDELAY;
    lw_keyboard_timeout(keyboard);
    keys();
    now_ms += 3001;
    feed("5");
    assert_string_equal(keys(), "5");
}

static void a_stalled_paste_is_given_up_after_five_seconds(void **state)
{
    (void)state;
    feed("\033[200~half");
    assert_string_equal(keys(), "");
    now_ms += 4999;
    assert_int_equal(lw_keyboard_wait_ms(keyboard), 1);
    now_ms++;
    lw_keyboard_timeout(keyboard);
    assert_string_equal(keys(), "(half)");
}

static void gathers_characters_for_a_quarter_of_a_second(void **state)
{
    (void)state;
    assert_true(feed("5"));
    now_ms += 249;
    assert_true(feed("5"));
    now_ms++;
    assert_false(feed("5"));
    assert_string_equal(keys(), "5 5 5");
}

static void arrows_of_a_wheel_are_not_waited_for(void **state)
{
    (void)state;
    assert_false(feed("\033[B"));
    assert_false(feed(""));
}

static void a_paste_key_by_key_is_one_paste(void **state)
{
    (void)state;
    for (const char *c = "55\r77\rSee 3\r"; *c; c++) {
        char byte[2] = {*c};
        assert_true(feed(byte));
        now_ms += 3;
    }
    assert_string_equal(keys(), "(55\n77\nSee 3\n)");
}

/* What comes right behind a paste of several reads belongs to it; later it is typed. */
static void what_follows_a_flood_belongs_to_it(void **state)
{
    (void)state;
    feed("rated 5 of 7\r");
    feed("and 6 of 7\r");
    assert_string_equal(keys(), "(rated 5 of 7\nand 6 of 7\n)");
    now_ms += 299;
    feed("43");
    assert_string_equal(keys(), "(43)");
    now_ms += 300;
    feed("43");
    assert_string_equal(keys(), "4 3");
}

static void without_the_guard_every_key_counts(void **state)
{
    (void)state;
    lw_keyboard_free(keyboard);
    keyboard = lw_keyboard_new(&sys, ESCDELAY, false);
    assert_false(feed("5\r6\r7"));
    assert_string_equal(keys(), "5 Enter 6 Enter 7");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, open_keyboard, close_keyboard)
    const struct CMUnitTest tests[] = {
        TEST(an_escape_waits_for_escdelay),
        TEST(the_rest_of_a_sequence_within_the_time_makes_one_key),
        TEST(a_late_rest_is_forgotten_after_seconds),
        TEST(a_stalled_paste_is_given_up_after_five_seconds),
        TEST(gathers_characters_for_a_quarter_of_a_second),
        TEST(arrows_of_a_wheel_are_not_waited_for),
        TEST(a_paste_key_by_key_is_one_paste),
        TEST(what_follows_a_flood_belongs_to_it),
        TEST(without_the_guard_every_key_counts),
    };
#undef TEST
    return cmocka_run_group_tests(tests, NULL, NULL);
}
