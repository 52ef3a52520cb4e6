/* What was seen of hidden tags: how long, how many tasks, how much text, by what a session writes
 * to the journal. */
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
#include "labelwright/journal/journal_line.h"
#include "labelwright/worklog/exposure.h"

#define RATED                                                                                      \
    "labelwright: 1\ntasks: [tasks.jsonl]\nshuffle_responses: false\nquestions:\n"                 \
    "  - {name: good, type: rating, scale: {min: 1, max: 5}}\n"

static const char GRIM[] = RATED "curtain: [grim, gore]\n";
static const char ALL[] = RATED "curtain: all\n";
static const char OPEN[] = RATED;

/* t1 has 5 + 2 * 4 characters, in three pieces; ö is one. */
static const char TASKS[] =
    "{\"id\":\"t1\",\"tags\":[\"grim\",\"long\"],\"prompt\":\"first\",\"responses\":[{\"id\":\"a\","
    "\"text\":\"wörd\\n\\nmo\"}]}\n"
    "{\"id\":\"t2\",\"tags\":[\"gore\",\"grim\",\"grim\"],\"prompt\":\"12\",\"responses\":[]}\n"
    "{\"id\":\"t3\",\"prompt\":\"plain\",\"responses\":[]}\n";

/* A frame comes after the keys, as on a terminal. */
static void press(const char *keys)
{
    app_fixture_press(&p, keys);
    app_fixture_screen(&p);
}

static void begin_on(const char *yaml)
{
    begin(yaml, TASKS);
    app_fixture_screen(&p);
}

static bool fold(void *ctx, const struct lw_event *e)
{
    lw_exposure_fold(ctx, e);
    return true;
}

static struct lw_exposure *folded(void)
{
    struct lw_exposure *x = lw_exposure_new();
    assert_int_equal(lw_journal_lines(p.w.journal, (struct lw_mark){0}, fold, x, NULL), LW_OK);
    return x;
}

/* All that the journal has, when a break has made the session write it: "TAG ms tasks characters,
 * …" by tag. */
static void seen_is(const char *words)
{
    struct lw_buf b = {0};
    size_t n;
    if (p.app.over != LW_OVERLAY_PAUSE && p.s)
        press("p");
    press("Esc");
    struct lw_exposure *x = folded();
    const struct lw_exposure_row *row = lw_exposure_rows(x, &n);
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(&b, "%s%s %lld %llu %llu", i ? ", " : "", row[i].tag, (long long)row[i].ms,
            (unsigned long long)row[i].tasks, (unsigned long long)row[i].characters);
    assert_string_equal(b.data ? b.data : "", words);
    lw_exposure_free(x);
    lw_buf_fini(&b);
}

/* ---- time */

static void time_counts_while_something_is_uncovered(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("wait:30000 Z");
    press("wait:20000 5 wait:1000 Enter");
    seen_is("grim 21000 1 13");
}

static void a_gap_that_is_no_work_does_not_count(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("Z");
    press("wait:120000 j wait:120001 j wait:7000 5 Enter");
    seen_is("grim 127000 1 13");
}

static void pauses_and_pages_over_the_task_do_not_count(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("Z");
    press("wait:1000 p");
    press("wait:50000 Esc");
    press("wait:2000 ?");
    press("wait:40000 Esc");
    press("wait:4000 Z"); /* hidden again */
    press("wait:30000 z");
    press("wait:8000 Z wait:16000 5 Enter");
    seen_is("grim 31000 1 13");
}

static void nothing_is_written_for_what_is_not_hidden(void **state)
{
    (void)state;
    begin_on(OPEN);
    press("wait:9000 5 Enter");
    seen_is("");
    end(NULL);
    begin_on(GRIM);
    press("J J wait:9000 5 Enter");
    press("wait:9000 J");
    seen_is("");
}

/* ---- what is never lost, and never counted twice */

static void leaving_without_a_label_is_in_the_stop_event(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("Z");
    press("wait:6000 J");
    press("wait:500 Z");
    press("wait:3000");
    app_fixture_close(&p); /* the terminal hangs up: no key ends it */
    app_fixture_open(&p);
    seen_is("gore 3000 1 2, grim 9000 2 15");
}

static void an_undone_and_a_replaced_label_were_seen_once(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("Z");
    press("wait:10000 5 Enter"); /* t1: 10 s */
    press("u u");                /* shown again, hidden */
    press("wait:1000 Z");
    press("wait:2000 4 Enter"); /* 2 s more */
    press("K");
    press("Z");
    press("wait:3000 3 Enter"); /* and 3 s more */
    seen_is("grim 15000 1 13");
}

static void a_new_session_counts_a_task_again(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("Z");
    press("wait:10000 5 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    press("K");
    press("Z");
    press("wait:2000 4 Enter");
    seen_is("grim 12000 2 26");
}

/* ---- texts and tags */

static void pieces_count_as_they_are_uncovered(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("z");
    press("p");
    press("Esc");
    seen_is("grim 0 1 5");
    press("z");
    press("p");
    press("Esc");
    seen_is("grim 0 1 11"); /* with its blank line */
    press("z");
    press("z"); /* hidden again */
    press("z"); /* the first piece, which was seen */
    press("5 Enter");
    seen_is("grim 0 1 13");
}

static void a_task_counts_for_each_of_its_tags(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("J");
    press("Z");
    press("wait:1000 5 Enter");
    seen_is("gore 1000 1 2, grim 1000 1 2");
}

static void where_all_are_hidden_all_tags_count(void **state)
{
    (void)state;
    begin_on(ALL);
    press("Z");
    press("wait:1000 J J");
    press("Z");
    press("wait:2000 5 Enter");
    seen_is("(no tag) 2000 1 5, grim 1000 1 13, long 1000 1 13");
}

/* A task may have any number of them, of any length. */
static void too_many_tags_are_counted_together(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"id\":\"t\",\"prompt\":\"x\",\"responses\":[],\"tags\":[\"");
    for (int i = 0; i < 101; i++)
        lw_buf_char(&b, 'l');
    lw_buf_char(&b, '"');
    for (int i = 0; i < 60; i++)
        lw_buf_fmt(&b, ",\"t%d\"", i);
    lw_buf_str(&b, "]}\n");
    begin(ALL, b.data);
    lw_buf_fini(&b);
    app_fixture_screen(&p);
    press("Z");
    press("wait:1000 5 Enter");
    press("K"); /* from the screen that says all are finished */
    press("p");
    press("Esc");
    size_t n, others = 0;
    struct lw_exposure *x = folded();
    const struct lw_exposure_row *row = lw_exposure_rows(x, &n);
    assert_int_equal(n, 31);
    while (others < n && strcmp(row[others].tag, "(other tags)") != 0)
        others++;
    assert_int_not_equal(others, n);
    assert_int_equal(row[others].tasks, 1);
    assert_int_equal(row[others].ms, 1000);
    lw_exposure_free(x);
}

/* ---- the user's own curtain */

static char *grim[] = {"grim", NULL}, *every[] = {"all", NULL};

static void begin_with(char **curtain)
{
    app_fixture_make(&p, OPEN, TASKS);
    p.config.curtain = curtain;
    p.config.ncurtain = 1;
    app_fixture_open(&p);
    app_fixture_screen(&p);
}

static void the_users_own_tags_hide_and_count(void **state)
{
    (void)state;
    begin_with(grim);
    assert_true(app_fixture_shows(&p, "Hidden (grim)."));
    assert_false(app_fixture_shows(&p, "first"));
    press("Z");
    press("wait:1000 5 Enter");
    seen_is("grim 1000 1 13");
    press("J");
    assert_true(app_fixture_shows(&p, "plain"));
}

static void every_task_starts_hidden_where_the_user_says_so(void **state)
{
    (void)state;
    begin_with(every);
    press("J J");
    assert_true(app_fixture_shows(&p, "Hidden (all tasks)."));
    press("S-F10");
    assert_true(app_fixture_shows(&p, "plain"));
    assert_true(app_fixture_shows(&p, "Only tasks that the project or your settings hide"));
}

/* What the project hides stays hidden. */
static void the_session_may_hide_all_and_not_less_than_the_project(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("J J S-F10");
    assert_false(app_fixture_shows(&p, "plain"));
    assert_true(app_fixture_shows(&p, "Every task starts hidden, until you leave."));
    press("S-F10");
    assert_true(app_fixture_shows(&p, "plain"));
    press("K K");
    assert_true(app_fixture_shows(&p, "Hidden (grim)."));
    seen_is("");
}

static void a_hidden_task_says_its_tags_and_how_long_it_is(void **state)
{
    (void)state;
    begin(GRIM, "{\"id\":\"t\",\"tags\":[\"grim\",\"<\\u001b[31m\"],\"lang\":\"ca\",\"prompt\":"
                "\"12345\",\"responses\":[\"a\",\"b\"]}\n");
    assert_true(app_fixture_shows(&p, " Tags: grim, <^[[31m.\n"));
    assert_true(app_fixture_shows(&p, " 7 characters, 2 responses. Language: ca.\n"));
}

/* ---- by day */

static void row_is(const struct lw_exposure_row *row, int64_t day, const char *tag, int64_t ms,
    uint64_t tasks, uint64_t characters)
{
    assert_int_equal(row->day, day);
    assert_string_equal(row->tag, tag);
    assert_int_equal(row->ms, ms);
    assert_int_equal(row->tasks, tasks);
    assert_int_equal(row->characters, characters);
}

enum { NOVEMBER_22 = 20779, HOUR = 3600000 }; /* 2026-11-22, where the fixture's clock begins */

/* 12 to 13 o'clock by UTC is on two days in Kiritimati, 14 hours ahead. */
static void days_are_those_of_the_place_where_it_was_seen(void **state)
{
    (void)state;
    setenv("TZ", "UTC-14", 1); /* in POSIX east is negative */
    tzset();
    begin_on(GRIM);
    press("Z");
    press("wait:1000 5 Enter p Esc");
    setenv("TZ", "UTC", 1);
    tzset();
    press("Z");
    press("wait:2000 5 Enter p Esc");
    struct lw_exposure *x = folded();
    size_t n;
    const struct lw_exposure_row *row = lw_exposure_rows(x, &n);
    assert_int_equal(n, 3);
    row_is(&row[0], NOVEMBER_22, "gore", 2000, 1, 2);
    row_is(&row[1], NOVEMBER_22, "grim", 2000, 1, 2);
    row_is(&row[2], NOVEMBER_22 + 1, "grim", 1000, 1, 13);
    lw_exposure_free(x);
}

/* A session that crashed loses what was not told for five minutes; one goes on after a night. */
static void sessions_add_up_and_count_for_the_day_of_the_event(void **state)
{
    (void)state;
    setenv("TZ", "UTC", 1);
    tzset();
    begin_on(GRIM);
    press("Z");
    press("wait:100000 j wait:100000 j wait:100000 5 Enter");
    press("Z");
    press("wait:60000 4 Enter K wait:60000");
    app_fixture_crash(&p);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    press("K");
    press("Z");
    press("wait:2000 4 Enter K p");
    p.now_ms += 12 * HOUR; /* a night's break */
    press("Esc");
    press("Z");
    press("wait:4000 3 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    size_t n, all, uncounted;
    struct lw_exposure *x = folded();
    const struct lw_exposure_row *row = lw_exposure_rows(x, &n);
    assert_int_equal(n, 4);
    row_is(&row[0], NOVEMBER_22, "gore", 2000, 1, 2);
    row_is(&row[1], NOVEMBER_22, "grim", 302000, 2, 15);
    row_is(&row[2], NOVEMBER_22 + 1, "gore", 4000, 0, 0);
    row_is(&row[3], NOVEMBER_22 + 1, "grim", 4000, 0, 0);
    lw_exposure_sessions(x, &all, &uncounted);
    assert_int_equal(all, 3);
    assert_int_equal(uncounted, 0);
    lw_exposure_free(x);
}

/* Nothing of it is in what a batch is cut from. */
static void what_was_seen_stays_here(void **state)
{
    (void)state;
    begin_on(GRIM);
    press("Z");
    press("wait:5000 5 Enter p Esc");
    size_t n, private = 0;
    char *text = app_fixture_read(&p, "journal/000001.jsonl", &n);
    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        bool seen = strstr(line, "grim") != NULL;
        assert_true(!seen || strstr(line, "\"type\":\"own\""));
        private += seen;
    }
    assert_int_equal(private, 1);
    assert_true(lw_journal_line_is_private(LW_EV_OWN, "{}", 2));
    free(text);
}

/* As versions wrote it that counted nothing, and with numbers that cannot be. */
static void fold_text(
    struct lw_exposure *x, enum lw_event_type type, uint64_t seq, const char *text)
{
    struct lw_event e = {.type = type,
        .seq = seq,
        .time_ms = INT64_C(1795348800000),
        .text = text,
        .pos = {.len = (uint32_t)strlen(text) + 1}};
    lw_exposure_fold(x, &e);
}

static void old_and_odd_journals_are_told_apart(void **state)
{
    (void)state;
    begin_on(OPEN);
    size_t n, all, uncounted;
    struct lw_exposure *x = lw_exposure_new();
    fold_text(x, LW_EV_SITTING, 1, "{\"what\":\"start\",\"time_zone\":\"+0000\"}");
    fold_text(x, LW_EV_SITTING, 3, "{\"what\":\"start\",\"counts_seen\":true}");
    fold_text(x, LW_EV_OWN, 4,
        "{\"what\":\"seen\",\"seen\":{\"x\":{\"ms\":-5,\"tasks\":\"many\"},\"y\":7,\"z\":{"
        "\"ms\":3,\"tasks\":1}},\"time_zone\":\"here\"}");
    fold_text(x, LW_EV_OWN, 5, "{\"what\":\"seen\",\"seen\":[1]}");
    fold_text(x, LW_EV_OWN, 6, "{\"what\":\"later\",\"seen\":{\"z\":{\"ms\":3}}}");
    fold_text(x, LW_EV_ANNOTATE, 7, "{\"what\":\"seen\",\"seen\":{\"z\":{\"ms\":3}}}");
    const struct lw_exposure_row *row = lw_exposure_rows(x, &n);
    assert_int_equal(n, 3);
    row_is(&row[0], NOVEMBER_22, "x", 0, 0, 0);
    row_is(&row[1], NOVEMBER_22, "y", 0, 0, 0);
    row_is(&row[2], NOVEMBER_22, "z", 3, 1, 0);
    lw_exposure_sessions(x, &all, &uncounted);
    assert_int_equal(all, 2);
    assert_int_equal(uncounted, 1);
    lw_exposure_free(x);
}

/* ---- the card */

static void the_card_says_what_was_seen_today(void **state)
{
    (void)state;
    setenv("TZ", "UTC", 1);
    tzset();
    begin_on(GRIM);
    press("q");
    assert_false(app_fixture_shows(&p, "Seen"));
    press("Esc");
    press("Z");
    press("wait:61000 5 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    press("Z"); /* t2 */
    press("wait:60000 J wait:1000 q");
    assert_true(app_fixture_shows(&p, " Seen       grim 2 tasks, 2 min; gore 1 task, 1 min\n"));
    press("Esc");
    app_fixture_close(&p);
    p.now_ms += 13 * HOUR; /* the next day */
    app_fixture_open(&p);
    app_fixture_screen(&p);
    press("K K");
    press("Z");
    press("wait:3000 j q");
    assert_true(app_fixture_shows(&p, " Seen       grim 1 task, 3 s\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(time_counts_while_something_is_uncovered),
        TEST(a_gap_that_is_no_work_does_not_count),
        TEST(pauses_and_pages_over_the_task_do_not_count),
        TEST(nothing_is_written_for_what_is_not_hidden),
        TEST(leaving_without_a_label_is_in_the_stop_event),
        TEST(an_undone_and_a_replaced_label_were_seen_once),
        TEST(a_new_session_counts_a_task_again),
        TEST(pieces_count_as_they_are_uncovered),
        TEST(a_task_counts_for_each_of_its_tags),
        TEST(where_all_are_hidden_all_tags_count),
        TEST(too_many_tags_are_counted_together),
        TEST(the_users_own_tags_hide_and_count),
        TEST(every_task_starts_hidden_where_the_user_says_so),
        TEST(the_session_may_hide_all_and_not_less_than_the_project),
        TEST(a_hidden_task_says_its_tags_and_how_long_it_is),
        TEST(days_are_those_of_the_place_where_it_was_seen),
        TEST(sessions_add_up_and_count_for_the_day_of_the_event),
        TEST(what_was_seen_stays_here),
        TEST(old_and_odd_journals_are_told_apart),
        TEST(the_card_says_what_was_seen_today),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
