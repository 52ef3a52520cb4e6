/* What a label took: the two sums in its event, and that all of them agree with the journal's own
 * lines; and what the session took, in all of its events. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"
#include "labelwright/base/clock.h"

static void took(const char *task, int64_t active_ms, int64_t wall_ms)
{
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint(task, strlen(task)));
    json_t *event;
    assert_non_null(e);
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    assert_int_equal(json_integer_value(json_object_get(event, "active_ms")), active_ms);
    assert_int_equal(json_integer_value(json_object_get(event, "wall_ms")), wall_ms);
    json_decref(event);
}

static void reading_before_the_first_key_counts(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:25000 5 Enter");
    took("t1", 25000, 25000);
    app_fixture_press(&p, "wait:30000 5 wait:1000 Enter");
    took("t2", 31000, 31000);
}

static void a_gap_counts_whole_or_not_at_all(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:120000 5 wait:120001 Tab wait:2000 Enter");
    took("t1", 122000, 242001);
}

/* The monotonic clock stands still in suspend: by it, the night would be a short gap. */
static int64_t asleep_ms;
static int sleepy_clock(const struct lw_sys *sys, clockid_t which, struct timespec *to)
{
    const struct app_fixture *of = sys->ctx;
    int64_t now = of->now_ms + (which == CLOCK_MONOTONIC ? 0 : asleep_ms);
    *to = (struct timespec){.tv_sec = now / 1000, .tv_nsec = now % 1000 * 1000000};
    return 0;
}

static void a_night_in_suspend_is_no_work(void **state)
{
    (void)state;
    begin(RATE, THREE);
    p.sys.clock = sleepy_clock;
    asleep_ms = 0;
    app_fixture_press(&p, "wait:5000 5 wait:10000");
    asleep_ms = 8 * 3600000;
    app_fixture_press(&p, "wait:10000 Tab wait:1000 Enter");
    took("t1", 6000, 26000 + asleep_ms);
}

static void a_draft_carries_its_time_over_sittings(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:20000 5 wait:4000");
    app_fixture_close(&p);
    app_fixture_press(&p, "wait:9000000");
    app_fixture_open(&p);
    app_fixture_press(&p, "wait:6000 Tab wait:1000 Enter");
    took("t1", 20000 + 7000, 24000 + 7000);
}

static void time_on_a_draft_that_was_only_read_is_kept(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:1000 5 J K wait:30000 J K wait:2000 Enter");
    took("t1", 33000, 33000);
}

static void a_task_left_without_answers_takes_its_time_along(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:40000 J wait:3000 K wait:2000 5 Enter");
    took("t1", 42000, 42000);
    app_fixture_press(&p, "5 Enter");
    took("t2", 3000, 3000);
}

static void a_new_label_has_only_its_own_time(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:10000 5 Enter K wait:2000 4 Enter");
    took("t1", 2000, 2000);
}

static void a_label_taken_back_hands_its_time_on(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:10000 5 Enter u u wait:2000 6 Enter");
    took("t1", 12000, 12000);
    app_fixture_press(
        &p, "K wait:3000 7 J u u wait:4000 Enter"); /* there is a draft: it keeps its own */
    took("t1", 19000, 19000);
}

static void pauses_count_in_neither(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:1000 5 p wait:3600000");
    lw_sitting_save_draft(p.s);
    app_fixture_press(&p, "x wait:1000 Enter");
    took("t1", 2000, 2000);
}

/* ---- the session's own time, in every event that it writes */

static json_t *journal_lines(void);

/* The last event of the type ("zone" and the like: of a sitting) has these sums. */
static void session_times(const char *type, const char *want)
{
    static const char *const members[] = {
        "elapsed_ms", "worked_ms", "guidelines_ms", "suspended_ms", "time_zone"};
    json_t *lines = journal_lines(), *line, *got = NULL;
    size_t i;
    json_array_foreach(lines, i, line)
    {
        json_t *what = json_object_get(line, "what");
        if (strcmp(json_string_value(what ? what : json_object_get(line, "type")), type) == 0)
            got = line;
    }
    assert_non_null(got);
    json_t *sums = json_object();
    for (i = 0; i < sizeof members / sizeof *members; i++)
        if (json_object_get(got, members[i]))
            json_object_set(sums, members[i], json_object_get(got, members[i]));
    char *text = json_dumps(sums, JSON_COMPACT);
    assert_string_equal(text, want);
    free(text);
    json_decref(sums);
    json_decref(lines);
}

static void a_session_counts_all_work_at_the_keys(void **state)
{
    (void)state;
    begin(RATE, THREE);
    session_times("start", "{\"elapsed_ms\":0,\"worked_ms\":0,\"time_zone\":\"+0000\"}");
    app_fixture_press(&p, "wait:1000 L wait:20000 Esc wait:4000 5 wait:200000 Enter");
    session_times("annotate", "{\"elapsed_ms\":225000,\"worked_ms\":25000}");
    app_fixture_press(&p, "wait:2000 J wait:3000 p wait:50000 x");
    session_times("break", "{\"elapsed_ms\":280000,\"worked_ms\":30000}");
    app_fixture_press(&p, "wait:100 u wait:1000 u");
    session_times("undo", "{\"elapsed_ms\":281100,\"worked_ms\":31100}");
    app_fixture_press(&p, "wait:7 s wait:3 Enter");
    session_times("skip", "{\"elapsed_ms\":281110,\"worked_ms\":31110}");
    app_fixture_press(&p, "wait:40 J wait:900");
    app_fixture_close(&p); /* what is behind the last key is no work */
    session_times("stop", "{\"elapsed_ms\":282050,\"worked_ms\":31150}");
    app_fixture_open(&p);
}

static const char GUIDED[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nguidelines: "
                             "tasks.jsonl\nquestions: [{name: quality, type: rating, on: "
                             "response, scale: {min: 1, max: 7}}]\n";

static void guidelines_are_work_of_their_own(void **state)
{
    (void)state;
    begin(GUIDED, THREE);
    app_fixture_press(&p, "wait:1000 F2 wait:30000 Down wait:5000 q wait:2000 5 Enter");
    session_times("annotate", "{\"elapsed_ms\":38000,\"worked_ms\":38000,\"guidelines_ms\":35000}");
    app_fixture_press(&p, "F2 wait:500000 q 5 Enter");
    session_times(
        "annotate", "{\"elapsed_ms\":538000,\"worked_ms\":38000,\"guidelines_ms\":35000}");
}

static void sleep_is_no_work(void **state)
{
    (void)state;
    begin(RATE, THREE);
    p.sys.clock = sleepy_clock;
    asleep_ms = 0;
    app_fixture_press(&p, "wait:5000 5 wait:10000");
    asleep_ms = 20000;
    app_fixture_press(&p, "wait:10000 Tab wait:1000 Enter");
    session_times("annotate", "{\"elapsed_ms\":46000,\"worked_ms\":26000,\"suspended_ms\":20000}");
}

static void a_changed_local_time_is_an_event(void **state)
{
    (void)state;
    setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:1000 5 Enter");
    p.now_ms += INT64_C(126) * 86400000; /* to March 28 */
    app_fixture_press(&p, "5 Enter");
    session_times(
        "zone", "{\"elapsed_ms\":10886401000,\"worked_ms\":1000,\"time_zone\":\"+0200\"}");
    json_t *lines = journal_lines();
    size_t n = json_array_size(lines);
    json_t *zone = json_array_get(lines, n - 2), *label = json_array_get(lines, n - 1);
    assert_string_equal(json_string_value(json_object_get(zone, "what")), "zone");
    assert_string_equal(json_string_value(json_object_get(label, "type")), "annotate");
    json_decref(lines);
    app_fixture_press(&p, "5 Enter");
    lines = journal_lines();
    assert_int_equal(json_array_size(lines), n + 1); /* it is said once */
    json_decref(lines);
    unsetenv("TZ");
}

static void a_new_session_begins_anew(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "wait:1000 5 Enter");
    app_fixture_crash(&p);
    app_fixture_open(&p);
    app_fixture_press(&p, "wait:2000 5 Enter");
    session_times("annotate", "{\"elapsed_ms\":2000,\"worked_ms\":2000}");
}

/* ---- the sums */

struct sums {
    int64_t undone[64], active;
    size_t nundone;
    bool sound; /* active_ms <= wall_ms everywhere */
};

static json_t *journal_lines(void)
{
    size_t n;
    char *text = app_fixture_read(&p, "journal/000001.jsonl", &n);
    json_t *lines = json_array();
    for (char *line = text, *end; (end = memchr(line, '\n', n - (size_t)(line - text)));
         line = end + 1)
        json_array_append_new(lines, json_loadb(line, (size_t)(end - line), 0, NULL));
    free(text);
    return lines;
}

static bool was_undone(const struct sums *s, int64_t seq)
{
    for (size_t i = 0; i < s->nundone; i++)
        if (s->undone[i] == seq)
            return true;
    return false;
}

static struct sums read_sums(void)
{
    struct sums s = {.sound = true};
    json_t *lines = journal_lines(), *line;
    size_t i;
    json_array_foreach(lines, i, line) if (json_object_get(line, "of")) s.undone[s.nundone++] =
        json_integer_value(json_object_get(line, "of"));
    json_array_foreach(lines, i, line)
    {
        int64_t active = json_integer_value(json_object_get(line, "active_ms"));
        s.sound = s.sound && active <= json_integer_value(json_object_get(line, "wall_ms"));
        if (!was_undone(&s, json_integer_value(json_object_get(line, "seq"))) &&
            !json_object_get(line, "what") && json_object_get(line, "task"))
            s.active += active;
    }
    json_decref(lines);
    return s;
}

static void active_time_leaves_out_idleness_and_pauses(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(
        &p, "wait:10000 5 wait:500000 Tab wait:5000 p wait:3600000 x wait:1000 Enter");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2));
    /* 10 s, then 500 s of which none count, 5 s to the pause, nothing in it, 1 s behind it. */
    assert_int_equal(e->active_ms, 10000 + 5000 + 1000);
    json_t *event;
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    assert_int_equal(
        json_integer_value(json_object_get(event, "wall_ms")), 10000 + 500000 + 5000 + 1000);
    json_decref(event);
    struct lw_day day = lw_ledger_day(p.w.ledger, p.now_ms - 86400000, p.now_ms + 1);
    assert_int_equal(day.break_ms, 3600000);
    assert_int_equal(day.active_ms, 16000);
}

static void the_days_sum_is_that_of_the_journals_lines(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(
        &p, "wait:10000 5 Enter wait:5000 4 wait:200000 Tab wait:1000 Enter u u wait:700 Enter");
    app_fixture_press(&p, "wait:3000 s Enter u u wait:4000 6 wait:50 s Enter u u wait:20 Enter");
    app_fixture_press(&p, "K K wait:900 p wait:50000 x 3 Enter wait:60000 J wait:1000 K 2 wait:5");
    app_fixture_close(&p);
    app_fixture_open(&p);
    app_fixture_press(&p, "wait:10 Enter");
    struct sums s = read_sums();
    struct lw_day day = lw_ledger_day(p.w.ledger, p.now_ms - 86400000, p.now_ms + 1);
    assert_true(s.sound);
    assert_true(s.nundone >= 3);
    assert_true(s.active > 80000);
    assert_int_equal(day.active_ms, s.active);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reading_before_the_first_key_counts),
        TEST(a_gap_counts_whole_or_not_at_all),
        TEST(a_night_in_suspend_is_no_work),
        TEST(a_draft_carries_its_time_over_sittings),
        TEST(time_on_a_draft_that_was_only_read_is_kept),
        TEST(a_task_left_without_answers_takes_its_time_along),
        TEST(a_new_label_has_only_its_own_time),
        TEST(a_label_taken_back_hands_its_time_on),
        TEST(pauses_count_in_neither),
        TEST(a_session_counts_all_work_at_the_keys),
        TEST(guidelines_are_work_of_their_own),
        TEST(sleep_is_no_work),
        TEST(a_changed_local_time_is_an_event),
        TEST(a_new_session_begins_anew),
        TEST(active_time_leaves_out_idleness_and_pauses),
        TEST(the_days_sum_is_that_of_the_journals_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
