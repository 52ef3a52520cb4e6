/* The status line: what stands at its left never says other than what stands at its right; its
 * words for each state of sending; the hint about undo; progress on the title line. */
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
#include "tui/app/screens_internal.h"
#include "tui/view/view_internal.h"

static const char yaml[] = "labelwright: 1\n"
                           "title: A title that is longer than there is room for beside it all\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, required: true}\n";
static const char sends[] = "sync: {to: \"file:outbox/\"}\n";

static const char jsonl[] = "{\"id\":\"t1\",\"prompt\":\"One\",\"response\":\"Eins\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Two\",\"response\":\"Zwei\"}\n"
                            "{\"id\":\"t3\",\"prompt\":\"Three\",\"response\":\"Drei\"}\n"
                            "{\"id\":\"t4\",\"prompt\":\"Four\",\"response\":\"Vier\"}\n";

static struct app_fixture p;

static void begin(bool sending)
{
    char all[1024];
    snprintf(all, sizeof all, "%s%s", yaml, sending ? sends : "");
    app_fixture_make(&p, all, jsonl);
    app_fixture_open(&p);
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

/* ---- where the labels are */

static const struct {
    struct lw_totals t;
    struct lw_sync_status s;
    const char *key, *words;
} rows[] = {
    {{.done = 0}, {.state = LW_SYNC_NONE}, "S", "no labels yet"},
    {{.done = 1}, {.state = LW_SYNC_NONE}, "S", "1 label saved on this machine"},
    {{.done = 3}, {.state = LW_SYNC_NONE}, "S", "3 labels saved on this machine"},
    {{.skipped = 1}, {.state = LW_SYNC_NONE}, "S", "1 skip saved on this machine"},
    {{.done = 3, .skipped = 2}, {.state = LW_SYNC_NONE}, "S",
        "3 labels, 2 skips saved on this machine"},
    {{.done = 0}, {.state = LW_SYNC_ALL_SENT}, "S", "nothing to send"},
    {{.done = 3}, {.state = LW_SYNC_ALL_SENT}, "S", "all sent"},
    {{.done = 3}, {.state = LW_SYNC_UNSENT, .unsent = 2}, "S", "2 to send"},
    {{.done = 3}, {.state = LW_SYNC_SENDING, .unsent = 2, .done = 1, .todo = 3}, "S",
        "sending 1 of 3"},
    {{.done = 23}, {.state = LW_SYNC_OFFLINE, .unsent = 23}, "S", "offline, 23 to send"},
    {{.done = 3}, {.state = LW_SYNC_OFFLINE, .unsent = 2, .trouble = true}, "S",
        "2 not sent: press S"},
    {{.done = 3}, {.state = LW_SYNC_NEEDS_YOU, .unsent = 2}, "S", "2 not sent: press S"},
    {{.done = 3}, {.state = LW_SYNC_NEEDS_YOU, .parked = 1}, "S", "1 refused: press S"},
    {{.done = 3}, {.state = LW_SYNC_NEEDS_YOU, .parked = 1}, "", "1 refused"},
    {{.done = 3}, {.state = LW_SYNC_NEEDS_YOU}, "S", "problem: press S"},
};

static void words_say_where_the_labels_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct lw_buf words = {0};
        lw_status_words(&rows[i].t, &rows[i].s, rows[i].key, &words);
        assert_string_equal(words.data, rows[i].words);
        lw_buf_fini(&words);
    }
    begin(false);
}

/* ---- what was said of sending, in every state that sending can come to */

static const struct {
    struct lw_sync_status s;
    const char *left; /* what becomes of "Sending 2 labels." */
} settled[] = {
    {{.state = LW_SYNC_NONE}, "Sent 2 labels."},
    {{.state = LW_SYNC_ALL_SENT}, "Sent 2 labels."},
    {{.state = LW_SYNC_UNSENT, .unsent = 2}, "Sending 2 labels."},
    {{.state = LW_SYNC_SENDING, .unsent = 1, .done = 1, .todo = 2}, "Sending 2 labels."},
    {{.state = LW_SYNC_OFFLINE, .unsent = 2},
        "Server not reached. It is tried again; keep working."},
    {{.state = LW_SYNC_OFFLINE, .unsent = 2, .trouble = true}, "Not sent. S: why."},
    {{.state = LW_SYNC_NEEDS_YOU, .unsent = 2}, "Not sent. S: why."},
    {{.state = LW_SYNC_NEEDS_YOU, .parked = 2}, "Not sent. S: why."},
};

static void what_was_said_of_sending_becomes_what_came_of_it(void **state)
{
    (void)state;
    begin(true);
    for (size_t i = 0; i < sizeof settled / sizeof *settled; i++) {
        lw_sitting_notify(p.s, LW_TONE_INFO, "Sending 2 labels.");
        lw_sitting_set_about(p.s, LW_ABOUT_SENDING);
        p.app.send.asked = 2;
        p.app.send.told = LW_TOLD_GOING;
        for (size_t k = 0; k < sizeof settled / sizeof *settled; k++) { /* by any way */
            lw_send_settle(&p.app, &settled[k].s);
            assert_string_equal(lw_sitting_view(p.s)->message, settled[k].left);
        }
        lw_send_settle(&p.app, &settled[i].s);
        assert_string_equal(lw_sitting_view(p.s)->message, settled[i].left);
    }
}

static void other_messages_stay_whatever_is_sent(void **state)
{
    (void)state;
    begin(true);
    lw_sitting_notify(p.s, LW_TONE_INFO, "Saved task 1.");
    lw_send_settle(&p.app, &(struct lw_sync_status){.state = LW_SYNC_ALL_SENT});
    assert_string_equal(lw_sitting_view(p.s)->message, "Saved task 1.");
}

/* Sending ended without anybody telling the screen: no frame shows both. */
static void no_frame_says_sending_beside_all_sent(void **state)
{
    (void)state;
    begin(true);
    app_fixture_press(&p, "4 Enter S");
    assert_true(app_fixture_shows(&p, "Sending 1 label."));
    assert_false(app_fixture_shows(&p, "all sent"));
    for (int i = 0; i < 1000 && lw_sync_due_ms(p.sync) == 0; i++)
        lw_sync_step(p.sync);
    assert_true(app_fixture_shows(&p, "all sent"));
    assert_false(app_fixture_shows(&p, "Sending 1 label."));
    assert_true(app_fixture_shows(&p, "Sent 1 label."));
}

/* ---- the hint about undo */

static void undo_is_hinted_at_behind_the_first_label_only(void **state)
{
    (void)state;
    begin(false);
    app_fixture_press(&p, "J K");
    assert_false(app_fixture_shows(&p, "u: undo"));
    app_fixture_press(&p, "4 Enter");
    assert_true(app_fixture_shows(&p, "Saved task 1: Quality 4.  u: undo"));
    app_fixture_press(&p, "j");
    assert_false(app_fixture_shows(&p, "u: undo"));
    app_fixture_press(&p, "5 Enter");
    assert_true(app_fixture_shows(&p, "Saved task 2: Quality 5."));
    assert_false(app_fixture_shows(&p, "u: undo"));
}

static void undo_is_not_hinted_at_behind_an_undo(void **state)
{
    (void)state;
    begin(false);
    app_fixture_press(&p, "4 Enter");
    p.app.undo_hint = LW_HINT_WAITS; /* as in the next session */
    app_fixture_press(&p, "u u");
    assert_true(app_fixture_shows(&p, "Task 1 reopened."));
    assert_false(app_fixture_shows(&p, "u: undo"));
}

/* ---- progress on the title line */

/* The first row; borrowed until the next call. */
static const char *title(void)
{
    static char line[1024];
    const char *all = app_fixture_screen(&p);
    snprintf(line, sizeof line, "%.*s", (int)strcspn(all, "\n"), all);
    return line;
}

static void the_title_line_shows_what_is_done_and_what_is_today(void **state)
{
    (void)state;
    begin(false);
    assert_string_equal(
        title(), " A title that is longer than there is room for bes…  1/4  ┄┄┄┄┄┄┄┄  not started");
    app_fixture_press(&p, "4 Enter 5 Enter");
    assert_string_equal(
        title(), " A title that is longer than there i…  3/4  ━━━━┄┄┄┄  2 done today  not started");
    app_fixture_press(&p, "wait:86400000 3 Enter");
    assert_non_null(strstr(title(), "4/4  ━━━━━━┄┄  3 done, 1 today"));
    app_fixture_press(&p, "u u");
    assert_non_null(strstr(title(), "3/4  ━━━━┄┄┄┄  2 done, 0 today"));
}

static void a_narrow_title_line_keeps_name_place_and_state(void **state)
{
    (void)state;
    begin(false);
    app_fixture_press(&p, "4 Enter wait:86400000 5");
    lw_app_resize(&p.app, 24, LW_MIN_COLS);
    assert_non_null(strstr(title(), " A title that "));
    assert_non_null(strstr(title(), "  2/4  ━━┄┄┄┄┄┄  "));
    assert_non_null(strstr(title(), "0 today"));
    assert_non_null(strstr(title(), "draft"));
}

static void a_bar_is_full_at_the_end_and_never_before(void **state)
{
    (void)state;
    begin(false);
    assert_int_equal(lw_progress_filled(0, 40, 8), 0);
    assert_int_equal(lw_progress_filled(1, 40, 8), 1);
    assert_int_equal(lw_progress_filled(20, 40, 8), 4);
    assert_int_equal(lw_progress_filled(39, 40, 8), 7);
    assert_int_equal(lw_progress_filled(40, 40, 8), 8);
    assert_int_equal(lw_progress_filled(0, 0, 8), 0);
}

/* Only when it is asked for, and gone with the next key. */
static void the_pace_is_told_on_request(void **state)
{
    (void)state;
    begin(false);
    app_fixture_press(&p, "wait:60000 4 Enter");
    assert_false(app_fixture_shows(&p, "an hour"));
    app_fixture_press(&p, "S-F3");
    assert_true(app_fixture_shows(&p, "Today: 1 task in 1 min. A pace is told after 5 min."));
    app_fixture_press(&p, "wait:110000 4 wait:70000 Enter wait:110000 4 wait:70000 Enter");
    assert_false(app_fixture_shows(&p, "an hour"));
    app_fixture_press(&p, ": type:pace Enter");
    assert_true(app_fixture_shows(&p, "Today: 3 tasks in 7 min, 26 an hour."));
    app_fixture_press(&p, "k");
    assert_false(app_fixture_shows(&p, "an hour"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_teardown(f, end)
    const struct CMUnitTest tests[] = {
        TEST(words_say_where_the_labels_are),
        TEST(what_was_said_of_sending_becomes_what_came_of_it),
        TEST(other_messages_stay_whatever_is_sent),
        TEST(no_frame_says_sending_beside_all_sent),
        TEST(undo_is_hinted_at_behind_the_first_label_only),
        TEST(undo_is_not_hinted_at_behind_an_undo),
        TEST(the_title_line_shows_what_is_done_and_what_is_today),
        TEST(a_narrow_title_line_keeps_name_place_and_state),
        TEST(a_bar_is_full_at_the_end_and_never_before),
        TEST(the_pace_is_told_on_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
