/* Offers of rest by the user's own rules: when they come, what they say, that they block nothing
 * and stay away when they are put off; and stopping for the day. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"

static const char YAML[] =
    "labelwright: 1\ntitle: rest\ntasks: [tasks.jsonl]\nshuffle_responses: false\n"
    "curtain: [grim]\nquestions:\n"
    "  - {name: good, type: rating, scale: {min: 1, max: 5}}\n"
    "  - {name: note, type: text}\n";
static const char TASKS[] =
    "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[]}\n"
    "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[]}\n"
    "{\"id\":\"t3\",\"tags\":[\"grim\"],\"prompt\":\"3\",\"responses\":[]}\n"
    "{\"id\":\"t4\",\"prompt\":\"four\",\"responses\":[]}\n"
    "{\"id\":\"t5\",\"prompt\":\"five\",\"responses\":[]}\n";

static void press(const char *keys)
{
    app_fixture_press(&p, keys);
    app_fixture_screen(&p);
}

static void begin_with(struct lw_rest rest)
{
    setenv("TZ", "UTC", 1);
    tzset();
    app_fixture_make(&p, YAML, TASKS);
    p.config.rest = rest;
    p.config.rest.later_ms = rest.later_ms ? rest.later_ms : 15 * 60000;
    app_fixture_open(&p);
    app_fixture_screen(&p);
}

static void offer_is(enum lw_rest_kind kind, const char *why)
{
    const struct lw_rest_offer *offer = &lw_sitting_view(p.s)->offer;
    assert_int_equal(offer->kind, kind);
    assert_string_equal(offer->why, why);
}

static void nothing_is_offered(void)
{
    offer_is(LW_REST_NONE, "");
}

static void nothing_is_offered_that_nobody_asked_for(void **state)
{
    (void)state;
    begin_with((struct lw_rest){0});
    for (int i = 0; i < 100; i++)
        press("wait:110000 j");
    nothing_is_offered();
    press("S-F6");
    message_is("No break is offered now.");
}

/* Idle time is none. */
static void a_break_is_offered_after_so_much_work(void **state)
{
    (void)state;
    begin_with((struct lw_rest){.after_ms = 5 * 60000});
    press("wait:100000 j wait:100000 j wait:99999 j wait:500000 j");
    nothing_is_offered();
    press("wait:1 j");
    offer_is(LW_REST_BREAK, "5 min of work since a break");
    assert_true(app_fixture_shows(&p, "5 min of work since a break. p: pause, S-F6: later"));
    press("5 Enter"); /* it blocks nothing */
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 1);
    offer_is(LW_REST_BREAK, "5 min of work since a break");
}

static void any_pause_is_a_break(void **state)
{
    (void)state;
    begin_with((struct lw_rest){.after_ms = 60000});
    press("wait:60000 j p");
    assert_true(app_fixture_shows(&p, "Since 12:01."));
    nothing_is_offered();
    press("wait:600000 Esc");
    nothing_is_offered();
    press("wait:59999 j");
    nothing_is_offered();
    press("wait:1 j");
    offer_is(LW_REST_BREAK, "1 min of work since a break");
}

static void an_offer_that_is_put_off_comes_back_later(void **state)
{
    (void)state;
    begin_with((struct lw_rest){.after_ms = 60000, .later_ms = 10 * 60000});
    press("wait:60000 j S-F6");
    message_is("Not offered again for 10 min.");
    nothing_is_offered();
    press("wait:599999 j");
    nothing_is_offered();
    press("wait:1 j");
    offer_is(LW_REST_BREAK, "1 min of work since a break");
}

static void a_break_is_offered_after_so_many_tasks(void **state)
{
    (void)state;
    begin_with((struct lw_rest){.tasks = 2});
    press("5 Enter");
    nothing_is_offered();
    press("s Enter");
    offer_is(LW_REST_BREAK, "2 tasks since a break");
    press("p");
    press("Esc");
    press("J 5 Enter");
    nothing_is_offered();
}

static void a_break_is_offered_after_so_much_of_a_tag(void **state)
{
    (void)state;
    struct lw_rest_exposure grim[] = {{(char[]){"gore"}, 1000}, {(char[]){"grim"}, 60000}};
    begin_with((struct lw_rest){.exposure = grim, .nexposure = 2});
    press("J J wait:90000 j"); /* hidden */
    press("Z");
    press("wait:59999 j");
    nothing_is_offered();
    press("wait:1 j");
    offer_is(LW_REST_BREAK, "1 min of grim since a break");
    press("p");
    press("wait:1000 Esc");
    press("wait:59999 j");
    nothing_is_offered();
    press("wait:1 j");
    offer_is(LW_REST_BREAK, "1 min of grim since a break");
}

/* Not while somebody writes. */
static void no_offer_comes_into_a_text(void **state)
{
    (void)state;
    begin_with((struct lw_rest){.after_ms = 60000});
    press("m type:some_words wait:60000 x");
    assert_int_equal(p.app.over, LW_OVERLAY_DIALOG);
    assert_false(app_fixture_shows(&p, "since a break"));
    press("Esc");
    assert_true(app_fixture_shows(&p, "since a break"));
}

/* ---- the end of the day */

static void the_end_of_the_day_is_offered_once(void **state)
{
    (void)state;
    begin_with((struct lw_rest){.stops = true, .stop_at = 12 * 60 + 30}); /* it is 12:00 */
    press("wait:1799999 j");
    nothing_is_offered();
    press("wait:1 j");
    offer_is(LW_REST_STOP, "It is past 12:30");
    assert_true(app_fixture_shows(&p, "It is past 12:30. S-F7: stop, S-F6: not today"));
    press("S-F6 wait:7200000 j");
    nothing_is_offered();
}

static void who_begins_after_it_is_not_asked(void **state)
{
    (void)state;
    begin_with((struct lw_rest){.stops = true, .stop_at = 12 * 60});
    press("wait:1000 j");
    nothing_is_offered();
    press("wait:86398000 j"); /* one second before it, the next day */
    nothing_is_offered();
    press("wait:1000 j");
    offer_is(LW_REST_STOP, "It is past 12:00");
}

/* Leaves as q does: the draft is kept, and the card says so. */
static void stopping_for_today_is_said_the_same_day(void **state)
{
    (void)state;
    begin_with((struct lw_rest){0});
    press("wait:3000000 5 S-F7");
    assert_true(app_fixture_shows(&p, "STOP FOR TODAY"));
    assert_true(app_fixture_shows(&p, "task 1 unfinished; kept for next time"));
    assert_int_equal(p.app.action, LW_ACTION_NONE);
    app_fixture_press(&p, "Enter");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_LEAVE);
    app_fixture_close(&p);
    p.now_ms += 3600000;
    app_fixture_open(&p);
    message_is("You stopped for today at 12:50.");
    press("5 Enter"); /* nothing blocks */
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 1);
    app_fixture_close(&p);
    p.now_ms += 12 * 3600000; /* tomorrow */
    app_fixture_open(&p);
    message_is("");
}

static void staying_after_all_does_not_end_the_day(void **state)
{
    (void)state;
    begin_with((struct lw_rest){0});
    press("S-F7 Esc q Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    message_is("");
}

/* The checkpoint keeps it. */
static void the_stop_is_known_without_reading_the_journal(void **state)
{
    (void)state;
    begin_with((struct lw_rest){0});
    press("5 S-F7 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    int64_t stopped = lw_ledger_stopped_for_today(p.w.ledger);
    assert_int_equal(stopped, p.now_ms);
    struct lw_ledger *l = lw_ledger_new();
    struct lw_mark mark = lw_journal_head(p.w.journal);
    assert_int_equal(lw_ledger_save(p.w.ledger, &p.sys, p.w.dir, "journal", mark, NULL), LW_OK);
    assert_true(lw_ledger_load(l, &p.sys, p.w.dir, "journal", &mark));
    assert_int_equal(lw_ledger_stopped_for_today(l), stopped);
    lw_ledger_free(l);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_offered_that_nobody_asked_for),
        TEST(a_break_is_offered_after_so_much_work),
        TEST(any_pause_is_a_break),
        TEST(an_offer_that_is_put_off_comes_back_later),
        TEST(a_break_is_offered_after_so_many_tasks),
        TEST(a_break_is_offered_after_so_much_of_a_tag),
        TEST(no_offer_comes_into_a_text),
        TEST(the_end_of_the_day_is_offered_once),
        TEST(who_begins_after_it_is_not_asked),
        TEST(stopping_for_today_is_said_the_same_day),
        TEST(staying_after_all_does_not_end_the_day),
        TEST(the_stop_is_known_without_reading_the_journal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
