/* Rows, rounding, quartiles and weeks of timesheets, in cases small enough to reckon in one's head.
 * Ninety days are compared with another reading of the same journals in servers/timesheet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/stats/quantile.h"
#include "labelwright/timesheet/timesheet_formats.h"

enum { MOST = 3 };
static struct lw_worklog *w[MOST];
static struct lw_timesheet_project project[MOST];
static struct lw_timesheet *t;
static uint64_t seq;

static int setup(void **state)
{
    static const char *const names[] = {"a", "b\tc;d", "=c,\"é\""};
    (void)state;
    for (size_t i = 0; i < MOST; i++) {
        w[i] = lw_worklog_new();
        project[i] = (struct lw_timesheet_project){.name = names[i], .log = w[i]};
    }
    seq = 0;
    t = NULL;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    lw_timesheet_free(t);
    for (size_t i = 0; i < MOST; i++)
        lw_worklog_free(w[i]);
    return 0;
}

static void put(size_t to, enum lw_event_type type, int64_t time_ms, const char *members)
{
    char *text = lw_format("{'seq':%llu,%s}\n", (unsigned long long)++seq, members);
    for (char *p = text; *p; p++)
        if (*p == '\'')
            *p = '"';
    struct lw_event e = {.type = type, .seq = seq, .time_ms = time_ms, .text = text};
    e.pos.len = (uint32_t)strlen(text);
    lw_worklog_fold(w[to], &e);
    free(text);
}

static void start(size_t to, int64_t time_ms, const char *zone)
{
    char *members = lw_format("'what':'start','time_zone':'%s','elapsed_ms':0,'worked_ms':0", zone);
    put(to, LW_EV_SITTING, time_ms, members);
    free(members);
}

static void label(size_t to, int64_t time_ms, int64_t elapsed, int64_t worked)
{
    char *members = lw_format("'task':'t%llu','active_ms':%lld,'elapsed_ms':%lld,'worked_ms':%lld",
        (unsigned long long)seq, (long long)worked, (long long)elapsed, (long long)worked);
    put(to, LW_EV_ANNOTATE, time_ms, members);
    free(members);
}

static void make(size_t projects, enum lw_timesheet_by by, const char *round)
{
    lw_timesheet_free(t);
    struct lw_timesheet_opts o = {.project = project,
        .nprojects = projects,
        .by = by,
        .since = LW_DAY_FIRST,
        .until = LW_DAY_LAST,
        .rounding = round ? lw_rounding_find(round) : NULL};
    t = lw_timesheet_new(&o);
}

#define HOUR INT64_C(3600000)
#define MONDAY (INT64_C(20780) * LW_DAY_MS) /* 2026-11-23, UTC */

static void periods(const char *want)
{
    struct lw_buf got = {0};
    for (size_t i = 0; i < t->nrows; i++) {
        char name[LW_PERIOD_MAX];
        lw_timesheet_period(t, &t->row[i], name);
        lw_buf_fmt(&got, "%s%s", i ? " " : "", name);
    }
    assert_string_equal(got.data, want);
    lw_buf_fini(&got);
}

static void a_gap_over_midnight_belongs_to_the_next_day(void **state)
{
    (void)state;
    start(0, MONDAY - 2 * HOUR, "+0100"); /* Sunday, 23:00 there */
    label(0, MONDAY - HOUR - 1, HOUR - 1, 60000);
    label(0, MONDAY - HOUR + 7, HOUR + 7, 60001);
    make(1, LW_BY_DAY, NULL);
    periods("2026-11-22 2026-11-23");
    assert_int_equal(t->row[0].active_ms, 60000);
    assert_int_equal(t->row[1].active_ms, 1);
    assert_int_equal(t->row[0].idle_ms, HOUR - 1 - 60000);
    assert_int_equal(t->stretch[1].from.utc_ms, MONDAY - HOUR);
    make(1, LW_BY_WEEK, NULL);
    periods("2026-W47 2026-W48");
    make(1, LW_BY_MONTH, NULL);
    periods("2026-11");
    assert_int_equal(t->row[0].sessions, 1);
}

static void days_of_23_and_25_hours_are_days(void **state)
{
    (void)state;
    const int64_t spring = INT64_C(20541) * LW_DAY_MS; /* 2026-03-29; Madrid, 02:00 is 03:00 */
    start(0, spring - HOUR, "+0100");                  /* 00:00 there */
    label(0, spring + 22 * HOUR - 1, 23 * HOUR - 1, 23 * HOUR - 1);
    put(0, LW_EV_SITTING, spring + 22 * HOUR,
        "'what':'zone','time_zone':'+0200','elapsed_ms':82800000,'worked_ms':82800000");
    label(0, spring + 22 * HOUR, 23 * HOUR, 23 * HOUR);
    make(1, LW_BY_DAY, NULL);
    periods("2026-03-29 2026-03-30"); /* at 22:59:59.999 by the old time, and at 00:00 */
    assert_int_equal(t->row[0].active_ms, 23 * HOUR - 1);
    assert_int_equal(t->row[1].active_ms, 1);
    assert_int_equal(t->note[LW_NOTE_MOVED].n, 1);
}

static void weeks_belong_to_the_year_of_their_thursday(void **state)
{
    (void)state;
    static const struct {
        struct lw_date day;
        int year, week;
    } known[] = {{{2026, 12, 31}, 2026, 53}, {{2027, 1, 3}, 2026, 53}, {{2027, 1, 4}, 2027, 1},
        {{2024, 12, 30}, 2025, 1}, {{2021, 1, 3}, 2020, 53}, {{2020, 12, 31}, 2020, 53},
        {{2023, 1, 1}, 2022, 52}, {{1970, 1, 1}, 1970, 1}, {{1969, 12, 28}, 1969, 52}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        int year;
        assert_int_equal(lw_date_iso_week(lw_date_number(known[i].day), &year), known[i].week);
        assert_int_equal(year, known[i].year);
    }
}

/* a: 10:00 to 10:10, all of it worked; b: 10:04 to 10:06; c: 10:05 to 10:11. */
static void time_of_two_projects_is_taken_off_once(void **state)
{
    (void)state;
    int64_t ten = MONDAY + 10 * HOUR, minute = 60000;
    for (size_t i = 0; i < MOST; i++)
        start(i, ten, "+0000");
    label(0, ten + 10 * minute, 10 * minute, 10 * minute);
    label(1, ten + 6 * minute, 6 * minute, 2 * minute);
    label(2, ten + 11 * minute, 11 * minute, 6 * minute);
    make(3, LW_BY_DAY, NULL);
    assert_int_equal(t->nrows, 4);
    assert_true(t->row[3].project == LW_TWICE);
    assert_int_equal(t->row[3].active_ms, -7 * minute); /* 18 were counted, 11 went by */
    assert_int_equal(t->total.active_ms, 11 * minute);
    assert_int_equal(t->stretch[0].active_ms, 10 * minute);
    assert_int_equal(t->stretch[1].twice_ms, 2 * minute);
    assert_int_equal(t->stretch[2].active_ms, minute);
    make(2, LW_BY_PROJECT, NULL);
    assert_int_equal(t->total.active_ms, 10 * minute);
}

static void a_clock_set_back_makes_no_overlap_in_one_project(void **state)
{
    (void)state;
    start(0, MONDAY, "+0000");
    label(0, MONDAY + 60000, 60000, 60000);
    label(0, MONDAY + 30000, 90000, 90000); /* 30 s later, by the clock 30 s earlier */
    make(2, LW_BY_DAY, NULL);
    assert_int_equal(t->total.active_ms, 90000);
    assert_int_equal(t->note[LW_NOTE_TWICE].n, 0);
    start(1, MONDAY, "+0000"); /* the other one, where the first says twice that it worked */
    label(1, MONDAY + 50000, 50000, 10000);
    make(2, LW_BY_DAY, NULL);
    assert_int_equal(t->note[LW_NOTE_TWICE].ms, 10000);
    assert_int_equal(t->total.active_ms, 90000);
    assert_int_equal(t->note[LW_NOTE_BACK].ms, 60000);
}

static void rows_are_rounded_then_added(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        start(0, MONDAY + i * LW_DAY_MS, "+0000");
        label(
            0, MONDAY + i * LW_DAY_MS + HOUR, HOUR, 1 + i * 450000); /* 0.001, 450.001, 900.001 s */
    }
    make(1, LW_BY_DAY, "quarter-up");
    assert_int_equal(t->total.active_ms, 900000 + 900000 + 1800000);
    assert_int_equal(t->note[LW_NOTE_ROUNDED].ms, 3600000 - 1350003);
    make(1, LW_BY_DAY, "quarter-nearest");
    assert_int_equal(t->total.active_ms, 0 + 900000 + 900000);
    make(1, LW_BY_PROJECT, "quarter-nearest");
    assert_int_equal(t->total.active_ms, 1800000); /* 22.5 min and 3 ms: nearer to 30 */
    assert_int_equal(lw_rounding_apply(lw_rounding_find("minute"), -30000), -60000);
    assert_int_equal(lw_rounding_apply(lw_rounding_find("minute-up"), 60000), 60000);
    assert_null(lw_rounding_find("quarter"));
}

static void the_table_adds_up_to_the_second(void **state)
{
    (void)state;
    for (int i = 0; i < 4; i++) {
        start(0, MONDAY + i * LW_DAY_MS, "+0000");
        label(0, MONDAY + i * LW_DAY_MS + HOUR, HOUR, 700);
    }
    make(1, LW_BY_DAY, NULL);
    struct lw_buf b = {0};
    lw_timesheet_text(t, 65, &b);
    assert_non_null(strstr(b.data, "Mon 2026-11-23  00:00  01:00  0:00:00  0:59:59     1"));
    assert_non_null(strstr(b.data, "Tue 2026-11-24  00:00  01:00  0:00:01  0:59:59     1"));
    assert_non_null(strstr(b.data, "Total                         0:00:02  3:59:57     4\n"));
    assert_non_null(strstr(b.data, "No room here for Sessions, Middle half"));
    lw_buf_fini(&b);
}

static void quartiles_are_those_of_r_and_numpy(void **state)
{
    (void)state;
    int64_t v[] = {4, 1, 3, 2, 1000};
    lw_sort_whole(v, 5);
    assert_int_equal(lw_quantile(v, 5, 1, 2), 3);
    assert_int_equal(lw_quantile(v, 5, 1, 4), 2);
    assert_int_equal(lw_quantile(v, 4, 1, 4), 2);    /* 1.75 */
    assert_int_equal(lw_quantile(v, 4, 1, 2), 3);    /* 2.5, halves up */
    assert_int_equal(lw_quantile(v, 2, 3, 4), 2);    /* 1.75 */
    assert_int_equal(lw_quantile(v, 5, 9, 10), 602); /* 601.6 */
    assert_int_equal(lw_quantile(v, 1, 3, 4), 1);
    assert_int_equal(lw_quantile(v, 0, 1, 2), 0);
    assert_int_equal(lw_quantile(v, 5, 1, 1), 1000);
}

static void names_of_projects_do_no_harm(void **state)
{
    (void)state;
    for (size_t i = 0; i < MOST; i++) {
        start(i, MONDAY + (int64_t)i * HOUR, "+0000");
        label(i, MONDAY + (int64_t)i * HOUR + 5000, 5000, 4000);
    }
    make(MOST, LW_BY_DAY, NULL);
    struct lw_buf b = {0};
    lw_timesheet_timeclock(t, &b);
    assert_non_null(strstr(b.data, "i 2026-11-23 01:00:00 b c,d  done 1, skipped 0\n"));
    lw_buf_clear(&b);
    lw_timesheet_csv(t, &b);
    assert_non_null(strstr(b.data, "2026-11-23,\"=c,\"\"é\"\"\",0:00:04.000,4000,"));
    lw_buf_clear(&b);
    lw_timesheet_ics(t, &b);
    assert_non_null(strstr(b.data, "SUMMARY:bc\\;d\r\n"));
    lw_buf_fini(&b);
}

static void nothing_at_all_is_said(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    make(0, LW_BY_DAY, NULL);
    lw_timesheet_text(t, 80, &b);
    assert_string_equal(b.data, "No work in this time.\n");
    lw_buf_fini(&b);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_gap_over_midnight_belongs_to_the_next_day),
        TEST(days_of_23_and_25_hours_are_days),
        TEST(weeks_belong_to_the_year_of_their_thursday),
        TEST(time_of_two_projects_is_taken_off_once),
        TEST(a_clock_set_back_makes_no_overlap_in_one_project),
        TEST(rows_are_rounded_then_added),
        TEST(the_table_adds_up_to_the_second),
        TEST(quartiles_are_those_of_r_and_numpy),
        TEST(names_of_projects_do_no_harm),
        TEST(nothing_at_all_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
