/* Messages: how long they stay, long ones, and the log. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

static const char YAML[] = "labelwright: 1\n"
                           "tasks: [{file: tasks.jsonl}]\n"
                           "curtain: [grim]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, on: response,\n"
                           "     scale: {min: 1, max: 7}}\n";
static const char TASKS[] = "{\"id\":\"dark\",\"tags\":[\"grim\"],\"prompt\":\"p\",\"responses\":"
                            "[{\"id\":\"a\",\"text\":\"one\"}]}\n"
                            "{\"id\":\"t2\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\","
                            "\"text\":\"two\"}]}\n";

static void begin(void)
{
    app_fixture_make(&p, YAML, TASKS);
    app_fixture_open(&p);
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

/* The n-th row of the screen, from 1, without blanks at its end; borrowed until the next call. */
static const char *row(int n)
{
    static char line[1024];
    const char *at = app_fixture_screen(&p);
    while (--n > 0)
        at = strchr(at, '\n') + 1;
    size_t len = strcspn(at, "\n");
    snprintf(line, sizeof line, "%.*s", (int)len, at);
    return line;
}

static void a_message_goes_with_the_next_key(void **state)
{
    (void)state;
    begin();
    app_fixture_press(&p, "5");
    assert_true(lw_sitting_view(p.s)->message[0]);
    app_fixture_press(&p, "z"); /* the message asked for z */
    assert_string_equal(lw_sitting_view(p.s)->message, "");
    app_fixture_press(&p, "5");
    assert_true(lw_sitting_view(p.s)->message[0]);
    app_fixture_press(&p, "j");
    assert_string_equal(lw_sitting_view(p.s)->message, "");
}

static void an_error_stays_until_it_is_over(void **state)
{
    (void)state;
    begin();
    app_fixture_press(&p, "J 5");
    lw_sitting_notify(p.s, LW_TONE_ERROR, "Not saved: disk full.");
    app_fixture_press(&p, "j k");
    assert_string_equal(lw_sitting_view(p.s)->message, "Not saved: disk full.");
    app_fixture_press(&p, "Enter");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Saved task 2"));
}

static void what_is_over_without_a_key_is_unsaid(void **state)
{
    (void)state;
    begin();
    lw_sitting_notify(p.s, LW_TONE_INFO, "Sending 3 labels.");
    lw_sitting_set_about(p.s, LW_ABOUT_SENDING);
    lw_sitting_clear_about(p.s, LW_ABOUT_READING);
    assert_true(lw_sitting_view(p.s)->message[0]);
    lw_sitting_clear_about(p.s, LW_ABOUT_SENDING);
    assert_string_equal(lw_sitting_view(p.s)->message, "");
    lw_sitting_notify(p.s, LW_TONE_INFO, "Another.");
    lw_sitting_clear_about(p.s, LW_ABOUT_SENDING);
    assert_string_equal(lw_sitting_view(p.s)->message, "Another.");
}

static void a_long_message_takes_two_rows_and_then_names_the_log(void **state)
{
    (void)state;
    begin();
    app_fixture_press(&p, "J");
    lw_sitting_notify(p.s, LW_TONE_WARNING, "%s",
        "The first half of a sentence that is longer than eighty columns are wide, and the rest.");
    assert_string_equal(
        row(23), " The first half of a sentence that is longer than eighty columns are wide, and");
    assert_string_equal(row(24), " the rest.");
    app_fixture_press(&p, "j");
    assert_non_null(strstr(row(24), "? help"));
    struct lw_buf b = {0};
    for (int i = 0; i < 60; i++)
        lw_buf_fmt(&b, "word%d ", i);
    lw_sitting_notify(p.s, LW_TONE_WARNING, "%s", b.data);
    assert_non_null(strstr(row(24), "F3: all"));
    app_fixture_press(&p, "F3");
    assert_true(app_fixture_shows(&p, "word59"));
    lw_buf_fini(&b);
}

static void the_log_has_the_newest_first_whole_and_clean(void **state)
{
    (void)state;
    begin();
    struct lw_buf b = {0};
    for (int i = 0; i < 200; i++)
        lw_buf_fmt(&b, "word%d ", i);
    lw_sitting_notify(p.s, LW_TONE_WARNING, "%send", b.data);
    app_fixture_press(&p, "wait:61000");
    lw_sitting_notify(p.s, LW_TONE_WARNING, "Foreign \x1b[31m text.");
    lw_sitting_notify(p.s, LW_TONE_WARNING, "Foreign \x1b[31m text.");
    lw_app_resize(&p.app, 50, 100);
    app_fixture_press(&p, "F3");
    assert_non_null(strstr(row(1), "MESSAGES"));
    assert_string_equal(row(2), " 12:01:01  Foreign ^[[31m text.");
    assert_non_null(strstr(row(3), " 12:00:00  word0 word1"));
    assert_true(app_fixture_shows(&p, "word199 end"));
    app_fixture_press(&p, "q");
    assert_int_equal(p.app.over, LW_OVERLAY_NONE);
    lw_buf_fini(&b);
}

static void the_log_is_bounded(void **state)
{
    (void)state;
    begin();
    for (int i = 0; i < LW_LOG_MOST + 10; i++)
        lw_sitting_notify(p.s, LW_TONE_INFO, "Message %d.", i);
    assert_int_equal(lw_sitting_view(p.s)->log.n, LW_LOG_MOST);
    assert_string_equal(lw_sitting_view(p.s)->log.v[0].text, "Message 10.");
}

static void a_character_is_never_cut(void **state)
{
    (void)state;
    begin();
    struct lw_buf b = {0};
    for (int i = 0; i < 600; i++)
        lw_buf_str(&b, "é");
    lw_sitting_notify(p.s, LW_TONE_INFO, "%s", b.data);
    assert_int_equal(strlen(lw_sitting_view(p.s)->message) % 2, 0);
    lw_sitting_notify(p.s, LW_TONE_INFO, "x%s", b.data);
    assert_int_equal(strlen(lw_sitting_view(p.s)->message) % 2, 1);
    lw_buf_fini(&b);
}

/* Beyond some work the word diff is no longer the shortest one: the reader must know. */
static void a_coarse_comparison_says_so(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"id\":\"t\",\"prompt\":\"p\",\"responses\":[\"");
    for (int i = 0; i < 50000; i++)
        lw_buf_str(&b, "a b ");
    lw_buf_str(&b, "\",\"");
    for (int i = 0; i < 50000; i++)
        lw_buf_str(&b, "b a a ");
    lw_buf_str(&b, "\"]}\n");
    app_fixture_make(&p, YAML, b.data);
    lw_buf_fini(&b);
    app_fixture_open(&p);
    app_fixture_press(&p, "d");
    app_fixture_screen(&p);
    assert_non_null(strstr(
        lw_sitting_view(p.s)->message, " removed. Very long: more may be marked than changed."));
    assert_true(app_fixture_shows(&p, "Very long: more may be"));
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_message_goes_with_the_next_key),
        TEST(an_error_stays_until_it_is_over),
        TEST(what_is_over_without_a_key_is_unsaid),
        TEST(a_long_message_takes_two_rows_and_then_names_the_log),
        TEST(the_log_has_the_newest_first_whole_and_clean),
        TEST(the_log_is_bounded),
        TEST(a_character_is_never_cut),
        TEST(a_coarse_comparison_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
