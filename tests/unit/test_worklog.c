/* The time worked, folded from events as sessions write them: intervals, sessions, zones, clocks
 * that were set, what crashed, what was undone, what older versions wrote. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/base/buf.h"
#include "labelwright/worklog/worklog.h"

static struct lw_worklog *w;
static uint64_t seq;

static int setup(void **state)
{
    (void)state;
    w = lw_worklog_new();
    seq = 0;
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    lw_worklog_free(w);
    return 0;
}

/* The members of the event, in JSON with single quotes. */
static void put(enum lw_event_type type, int64_t time_ms, const char *members)
{
    char *text = lw_format("{'seq':%llu,%s}\n", (unsigned long long)++seq, members);
    for (char *p = text; *p; p++)
        if (*p == '\'')
            *p = '"';
    struct lw_event e = {.type = type, .seq = seq, .time_ms = time_ms, .text = text};
    e.pos.len = (uint32_t)strlen(text);
    lw_worklog_fold(w, &e);
    free(text);
}

#define SUMS(elapsed, worked) "'elapsed_ms':" #elapsed ",'worked_ms':" #worked
#define START "'what':'start','time_zone':'+0200','idle_ms':120000," SUMS(0, 0)
#define TASK(name, active) "'task':'" name "','active_ms':" #active ",'wall_ms':" #active ","

static const struct lw_work *event(size_t i)
{
    size_t n;
    const struct lw_work *v = lw_worklog_events(w, &n);
    assert_true(i < n);
    return &v[i];
}

static const struct lw_work_sitting *sitting(size_t i)
{
    size_t n;
    const struct lw_work_sitting *v = lw_worklog_sittings(w, &n);
    assert_true(i < n);
    return &v[i];
}

static size_t sittings(void)
{
    size_t n;
    lw_worklog_sittings(w, &n);
    return n;
}

static int64_t worked(void)
{
    size_t n;
    int64_t sum = 0;
    const struct lw_work *v = lw_worklog_events(w, &n);
    for (size_t i = 0; i < n; i++)
        sum += v[i].worked_ms;
    return sum;
}

static void intervals_are_differences(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 1000000, START);
    put(LW_EV_ANNOTATE, 1010000, TASK("t1", 9000) SUMS(10000, 9500));
    put(LW_EV_SKIP, 1030000,
        TASK("t2", 15000) SUMS(30000, 25000) ",'guidelines_ms':700,'suspended_ms':5");
    put(LW_EV_SITTING, 1040000, "'what':'stop'," SUMS(40000, 26000) ",'guidelines_ms':700");
    assert_int_equal(event(1)->elapsed_ms, 10000);
    assert_int_equal(event(1)->worked_ms, 9500);
    assert_int_equal(event(1)->active_ms, 9000);
    assert_int_equal(event(2)->elapsed_ms, 20000);
    assert_int_equal(event(2)->worked_ms, 15500);
    assert_int_equal(event(2)->guidelines_ms, 700);
    assert_int_equal(event(2)->suspended_ms, 5);
    assert_int_equal(event(3)->worked_ms, 1000);
    assert_int_equal(event(3)->guidelines_ms, 0);
    assert_int_equal(event(3)->zone_s, 7200);
    assert_true(sitting(0)->stopped && sitting(0)->exact && sitting(0)->begun);
    assert_int_equal(sitting(0)->end_ms - sitting(0)->start_ms, 40000);
    assert_int_equal(sitting(0)->worked_ms, 26000);
}

static void a_clock_that_was_set_changes_no_length(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 9000000, START);
    put(LW_EV_ANNOTATE, 9010000 + 3600000, TASK("t1", 1) SUMS(10000, 10000));
    put(LW_EV_ANNOTATE, 9020000 - 600000, TASK("t2", 1) SUMS(20000, 20000));
    put(LW_EV_ANNOTATE, 9030000 - 600000 + 1999, TASK("t3", 1) SUMS(30000, 30000));
    assert_int_equal(sitting(0)->forward_ms, 3600000);
    assert_int_equal(sitting(0)->back_ms, 4200000);
    assert_int_equal(sitting(0)->end_ms, 9030000);
    assert_int_equal(event(2)->elapsed_ms, 10000);
}

static void a_zone_counts_from_its_event(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 1000000, START);
    put(LW_EV_ANNOTATE, 1010000, TASK("t1", 1) SUMS(10000, 10000));
    put(LW_EV_SITTING, 1020000, "'what':'zone','time_zone':'-0330'," SUMS(20000, 20000));
    put(LW_EV_ANNOTATE, 1020000, TASK("t2", 1) SUMS(20000, 20000));
    assert_int_equal(event(1)->zone_s, 7200);
    assert_int_equal(event(2)->zone_s, -12600);
    assert_int_equal(event(3)->zone_s, -12600);
    assert_int_equal(event(3)->worked_ms, 0);
    assert_true(lw_worklog_has_zone(w));
}

static void a_crash_ends_at_the_last_event(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 1000000, START);
    put(LW_EV_ANNOTATE, 1010000, TASK("t1", 1) SUMS(10000, 8000));
    put(LW_EV_SITTING, 5000000, START);
    put(LW_EV_SITTING, 5003000, "'what':'stop'," SUMS(3000, 3000));
    assert_int_equal(sittings(), 2);
    assert_false(sitting(0)->stopped);
    assert_true(sitting(1)->stopped);
    assert_int_equal(sitting(0)->end_ms, 1010000);
    assert_int_equal(worked(), 11000);
}

static void labels_by_script_have_no_session(void **state)
{
    (void)state;
    put(LW_EV_ANNOTATE, 1000000, TASK("t1", 0) "'answers':{}");
    put(LW_EV_SITTING, 2000000, START);
    put(LW_EV_ANNOTATE, 2001000, TASK("t2", 0) "'answers':{}");        /* after a crash */
    put(LW_EV_SITTING, 3000000, "'what':'start','time_zone':'+0000'"); /* of an older version */
    put(LW_EV_ANNOTATE, 3001000, TASK("t3", 0) "'answers':{}");
    assert_int_equal(event(0)->sitting, LW_WORK_NO_SITTING);
    assert_int_equal(event(2)->sitting, LW_WORK_NO_SITTING);
    assert_int_equal(event(4)->sitting, LW_WORK_NO_SITTING);
    assert_int_equal(worked(), 0);
    assert_int_equal(sittings(), 2);
}

static void undone_and_replaced_labels_do_not_count(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 1000000, START);
    put(LW_EV_ANNOTATE, 1001000, TASK("t1", 1) SUMS(1000, 1000)); /* 2 */
    put(LW_EV_ANNOTATE, 1002000, TASK("t1", 1) SUMS(2000, 2000)); /* 3 */
    assert_true(event(1)->replaced && !event(2)->replaced);
    put(LW_EV_UNDO, 1003000, "'of':3," SUMS(3000, 3000));
    assert_true(event(2)->undone && !event(1)->replaced);
    put(LW_EV_SKIP, 1004000, TASK("t1", 1) SUMS(4000, 4000)); /* 5 */
    assert_true(event(1)->replaced && !event(2)->replaced && !event(4)->replaced);
    put(LW_EV_ANNOTATE, 1005000, TASK("t\\u0031", 1) SUMS(5000, 5000)); /* 6 */
    assert_true(event(4)->replaced && !event(5)->replaced);
    put(LW_EV_UNDO, 1006000, "'of':6," SUMS(6000, 6000));
    put(LW_EV_UNDO, 1006000, "'of':5," SUMS(6000, 6000));
    assert_false(event(1)->replaced || event(1)->undone);
    put(LW_EV_UNDO, 1006000, "'of':1," SUMS(6000, 6000)); /* no label: nothing */
    assert_int_equal(worked(), 6000);                     /* work is work, undone or not */
}

#define OLD(name, active, wall)                                                                    \
    "'task':'" name "','active_ms':" #active ",'wall_ms':" #wall ",'answers':{'a':{'b':[1]}}"

static void old_journals_have_what_labels_took(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 1000000, "'what':'start','time_zone':'+0000'");
    put(LW_EV_ANNOTATE, 1020000, OLD("t1", 15000, 20000)); /* 2 */
    put(LW_EV_UNDO, 1021000, "'of':2");
    put(LW_EV_ANNOTATE, 1030000, OLD("t1", 22000, 30000)); /* with the time of the first */
    put(LW_EV_BREAK, 1090000, "'wall_ms':60000");
    put(LW_EV_SITTING, 1100000, "'what':'stop'");
    assert_false(sitting(0)->exact);
    assert_int_equal(worked(), 22000);
    assert_int_equal(sitting(0)->worked_ms, 22000);
    assert_int_equal(event(1)->elapsed_ms, 0);
    assert_int_equal(event(3)->elapsed_ms, 30000);
    assert_int_equal(event(4)->elapsed_ms, 60000);
    assert_int_equal(event(4)->wall_ms, 60000);
}

static void a_lost_start_loses_no_time(void **state)
{
    (void)state;
    put(LW_EV_ANNOTATE, 1010000, TASK("t1", 1) SUMS(10000, 8000));
    put(LW_EV_ANNOTATE, 1015000, TASK("t2", 1) SUMS(15000, 9000));
    put(LW_EV_ANNOTATE, 9002000, TASK("t3", 1) SUMS(2000, 2000)); /* of a later session */
    assert_int_equal(sittings(), 2);
    assert_false(sitting(0)->begun);
    assert_int_equal(sitting(0)->start_ms, 1000000);
    assert_int_equal(sitting(1)->start_ms, 9000000);
    assert_int_equal(worked(), 11000);
}

static void a_merge_keeps_two_sessions_apart(void **state)
{
    (void)state;
#define COPY ",'origin':{'seq':1,'hash':'00'}"
    put(LW_EV_SITTING, 1000000, START);
    put(LW_EV_SITTING, 1003000, START COPY);
    put(LW_EV_ANNOTATE, 1010000, TASK("a", 1) SUMS(10000, 10000) COPY);
    put(LW_EV_ANNOTATE, 1014000, TASK("b", 1) SUMS(11000, 11000) COPY);
    put(LW_EV_ANNOTATE, 1020000, TASK("c", 1) SUMS(20000, 20000) COPY);
    assert_int_equal(sittings(), 2);
    assert_int_equal(sitting(0)->worked_ms, 20000);
    assert_int_equal(sitting(1)->worked_ms, 11000);
    assert_int_equal(worked(), 31000);
}

static void a_label_that_a_merge_records_again_has_its_time_once(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 1000000, START);
    put(LW_EV_ANNOTATE, 1010000, TASK("a", 1) SUMS(10000, 10000)); /* 2 */
    put(LW_EV_SITTING, 1020000, "'what':'stop'," SUMS(20000, 20000));
    put(LW_EV_ANNOTATE, 900000, OLD("a", 7000, 8000) COPY); /* of the other copy, earlier */
    put(LW_EV_ANNOTATE, 1010000, TASK("a", 1) SUMS(10000, 10000) ",'origin':{'seq':2,'hash':'0'}");
    assert_int_equal(sittings(), 1);
    assert_int_equal(worked(), 20000);
    assert_int_equal(event(4)->worked_ms, 0);
    assert_int_equal(event(4)->zone_s, 7200);
    assert_true(event(1)->replaced && event(3)->replaced && !event(4)->replaced);
}

static void numbers_beyond_reason_do_no_harm(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 1000000, START);
    put(LW_EV_ANNOTATE, 1, TASK("a", 9999999999999999999) SUMS(9223372036854775807, 5));
    put(LW_EV_ANNOTATE, 1, TASK("b", -5) SUMS(-7, "x"));
    put(LW_EV_UNDO, 1, "'of':18446744073709551615");
    put(LW_EV_SITTING, 1, "'what':'later'");
    put(LW_EV_BATCH, 1, "'first':1");
    size_t n;
    lw_worklog_events(w, &n);
    assert_int_equal(n, 4);
}

static void many_tasks_are_told_apart(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    put(LW_EV_SITTING, 1000000, START);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < MANY; i++) {
            int at = round * MANY + i + 1;
            char *members = lw_format(
                "'task':'t%d','active_ms':1,'elapsed_ms':%d,'worked_ms':%d", i, at * 10, at * 9);
            put(LW_EV_ANNOTATE, 1000000 + at * 10, members);
            free(members);
        }
    for (size_t i = 1; i <= 2 * MANY; i++)
        assert_int_equal(event(i)->replaced, i <= MANY);
    assert_int_equal(worked(), 2 * MANY * 9);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

static void a_repeat_is_time_worked_and_no_label(void **state)
{
    (void)state;
    put(LW_EV_SITTING, 0, START);
    put(LW_EV_ANNOTATE, 5000, TASK("t", 4000) SUMS(5000, 4000));
    put(LW_EV_REPEAT, 9000, TASK("t", 3000) "'of':2," SUMS(9000, 7000));
    assert_int_equal(event(2)->kind, LW_WORK_REPEAT);
    assert_int_equal(event(2)->worked_ms, 3000);
    assert_false(event(1)->replaced);
    assert_int_equal(sitting(0)->worked_ms, 7000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(intervals_are_differences),
        TEST(a_repeat_is_time_worked_and_no_label),
        TEST(a_clock_that_was_set_changes_no_length),
        TEST(a_zone_counts_from_its_event),
        TEST(a_crash_ends_at_the_last_event),
        TEST(labels_by_script_have_no_session),
        TEST(undone_and_replaced_labels_do_not_count),
        TEST(old_journals_have_what_labels_took),
        TEST(a_lost_start_loses_no_time),
        TEST(a_merge_keeps_two_sessions_apart),
        TEST(a_label_that_a_merge_records_again_has_its_time_once),
        TEST(numbers_beyond_reason_do_no_harm),
        TEST(many_tasks_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
