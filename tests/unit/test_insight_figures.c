/* What labels say about themselves: each figure against one counted by hand, or by going through
 * every order there is. */
#define _GNU_SOURCE
#include "fixtures/temp_journal.h"
#include "labelwright/insight/insight_text.h"
#include "labelwright/insight/work_chart.h"
#include "labelwright/journal/journal_line.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MONDAY INT64_C(1772438400000) /* 2026-03-02T08:00:00Z */
#define ASKED "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static struct lw_insight *in;
static struct lw_insight_report *report;
static uint64_t seq;
static int64_t now;

static void put(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* One event, in JSON with single quotes for double ones, at `now`. */
static void put(const char *fmt, ...)
{
    struct lw_buf line = {0};
    struct lw_event e = {0};
    struct lw_err err = {0};
    char *text;
    va_list ap;
    va_start(ap, fmt);
    assert_true(vasprintf(&text, fmt, ap) >= 0);
    va_end(ap);
    for (char *p = text; *p; p++)
        if (*p == '\'')
            *p = '"';
    json_t *body = json_loads(text, 0, NULL);
    if (!body || lw_journal_line_format(&line, "0123456789abcdef0123456789abcdef", ++seq, now,
                     lw_no_hash, body, &e, &err) != LW_OK)
        fail_msg("%s: %s", text, err.text);
    e.text = line.data;
    lw_insight_fold(in, &e);
    json_decref(body);
    free(text);
    lw_buf_fini(&line);
}

static int begin(void **state)
{
    (void)state;
    in = lw_insight_new();
    report = NULL;
    seq = 0;
    now = MONDAY;
    put("{'type':'questions','sha256':'" ASKED "','questions':["
        "{'name':'best','type':'compare'},{'name':'rank','type':'rank'},"
        "{'name':'q','type':'rating','on':'response'},{'name':'all','type':'rating'},"
        "{'name':'tags','type':'tags','options':[{'value':'u'},{'value':'v'}]},"
        "{'name':'note','type':'text'}]}");
    put("{'type':'sitting','what':'start','time_zone':'+0100','elapsed_ms':0,'worked_ms':0}");
    return 0;
}

static int end(void **state)
{
    (void)state;
    lw_insight_report_free(report);
    lw_insight_free(in);
    return 0;
}

/* A label of task `id` that took a second, with responses x, y (and z) shown in this order. */
static void label(int id, const char *order, const char *answers)
{
    now += 1000;
    put("{'type':'annotate','task':'t%d','record':%d,'questions':'" ASKED "','order':[%s],"
        "'active_ms':1000,'wall_ms':1000,'answers':%s,'elapsed_ms':%lld,'worked_ms':%lld}",
        id, id, order, answers, (long long)(now - MONDAY), (long long)(now - MONDAY));
}

static void count(const char *question)
{
    struct lw_insight_opts opts = {
        .from_day = INT32_MIN, .to_day = INT32_MAX, .question = question};
    lw_insight_report_free(report);
    report = lw_insight_report(in, &opts);
}

static void close_to(double is, double want)
{
    if (!(fabs(is - want) <= 1e-9))
        fail_msg("%.12f is not %.12f", is, want);
}

/* ---- position */

static void the_first_shown_wins_by_place_not_by_id(void **state)
{
    (void)state;
    label(1, "'x','y'", "{'best':{'better':'x','strength':1}}");
    label(2, "'y','x'", "{'best':{'better':'y','strength':2}}");
    label(3, "'y','x'", "{'best':{'better':'x','strength':2}}");
    label(4, "'y','x'", "{'best':{'better':null,'strength':0}}");
    label(5, "'\\u00e9\\\\','x'", "{'best':{'better':'\\u00e9\\\\','strength':1}}");
    count(NULL);
    assert_int_equal(report->npositions, 1);
    assert_string_equal(report->position[0].question, "best");
    assert_int_equal(report->position[0].first.k, 3);
    assert_int_equal(report->position[0].first.n, 4);
    assert_int_equal(report->position[0].ties, 1);
    close_to(report->position[0].first.chance, 0.5);
    assert_int_equal(report->position[0].verdict, LW_CHANCE_SMALL);
}

static void a_ranking_has_a_chance_for_each_number_of_responses(void **state)
{
    (void)state;
    label(1, "'x','y'", "{'rank':{'order':[['x'],['y']],'not_rankable':[]}}");
    label(2, "'z','x','y'", "{'rank':{'order':[['x'],['y','z']],'not_rankable':[]}}");
    label(3, "'z','x','y'", "{'rank':{'order':[['x','z'],['y']],'not_rankable':[]}}");
    label(4, "'z','x','y'", "{'rank':{'order':[['z'],['y']],'not_rankable':['x']}}");
    count(NULL);
    assert_int_equal(report->position[0].first.k, 1);
    assert_int_equal(report->position[0].first.n, 2);
    assert_int_equal(report->position[0].ties, 1);
    close_to(report->position[0].first.chance, (0.5 + 1.0 / 3) / 2);
}

static void ratings_are_compared_within_a_label(void **state)
{
    (void)state;
    label(1, "'x','y'", "{'q':{'x':5,'y':3}}");
    label(2, "'y','x'", "{'q':{'x':5,'y':3}}");
    label(3, "'x','y'", "{'q':{'x':5,'y':1}}");
    label(4, "'x','y'", "{'q':{'x':5}}"); /* one is missing: left out */
    count(NULL);
    const struct lw_position_bias *b = &report->position[0];
    assert_int_equal(b->difference.n, 3);
    close_to(b->difference.mean, (2 - 2 + 4) / 3.0);
    close_to(b->by_place[0], 13 / 3.0);
    close_to(b->by_place[1], 9 / 3.0);
    assert_int_equal(b->places, 2);
}

/* 68 % of 600 is far outside; 53 % of 600 is not. */
static void a_verdict_follows_the_interval(void **state)
{
    static const struct {
        int wins, n;
        enum lw_chance verdict;
    } rows[] = {{15, 29, LW_CHANCE_SMALL}, {15, 30, LW_CHANCE_EXPLAINS},
        {20, 30, LW_CHANCE_EXPLAINS}, {21, 30, LW_CHANCE_SELDOM}, {26, 30, LW_CHANCE_HARDLY},
        {4, 30, LW_CHANCE_HARDLY}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int k = 0; k < rows[i].n; k++)
            label(k, "'x','y'",
                k < rows[i].wins ? "{'best':{'better':'x','strength':1}}"
                                 : "{'best':{'better':'y','strength':1}}");
        count(NULL);
        assert_int_equal(report->position[0].first.k, rows[i].wins);
        assert_int_equal(report->position[0].verdict, rows[i].verdict);
        end(state);
        begin(state);
    }
}

static void what_was_undone_or_replaced_does_not_count(void **state)
{
    (void)state;
    label(1, "'x','y'", "{'best':{'better':'x','strength':1}}");
    label(2, "'x','y'", "{'best':{'better':'x','strength':1}}");
    uint64_t undone = seq;
    put("{'type':'undo','of':%d,'elapsed_ms':2000,'worked_ms':2000}", (int)undone);
    label(1, "'x','y'", "{'best':{'better':'y','strength':1}}");
    count(NULL);
    assert_int_equal(report->labels, 1);
    assert_int_equal(report->position[0].first.k, 0);
    assert_int_equal(report->position[0].first.n, 1);
}

static void days_and_questions_can_be_chosen(void **state)
{
    (void)state;
    label(1, "'x','y'", "{'best':{'better':'x','strength':1},'all':3}");
    now += 16 * 3600000; /* 00:00 local time is 23:00 UTC */
    label(2, "'x','y'", "{'best':{'better':'y','strength':1},'all':4}");
    struct lw_insight_opts opts = {.from_day = 20515, .to_day = 20515};
    report = lw_insight_report(in, &opts);
    assert_int_equal(report->labels, 1);
    assert_int_equal(report->first_day, 20515); /* 2026-03-03 */
    assert_int_equal(report->position[0].first.k, 0);
    count("all");
    assert_int_equal(report->npositions, 0);
    assert_int_equal(report->ntop, 1);
    assert_string_equal(report->rated, "all");
    assert_true(lw_insight_has_question(in, "best"));
    assert_false(lw_insight_has_question(in, "note")); /* texts are not looked at */
}

/* ---- runs: against every order of a small set */

enum { MOST = 9 };

struct orders {
    int count[MOST]; /* of each kind */
    int kinds, n;
    int row[MOST];
    double orders, runs, squares, long_runs[MOST + 1]; /* by least length */
};

static void count_order(struct orders *o)
{
    int runs = 0, length = 0;
    o->orders++;
    for (int i = 0; i < o->n; i++) {
        bool new = i == 0 || o->row[i] != o->row[i - 1];
        runs += new;
        length = new ? 1 : length + 1;
        o->long_runs[length]++; /* each run counts once for every length up to its own */
    }
    o->runs += runs;
    o->squares += runs * runs;
}

static void all_orders(struct orders *o, int at)
{
    if (at == o->n) {
        count_order(o);
        return;
    }
    for (int k = 0; k < o->kinds; k++) {
        if (o->count[k] == 0)
            continue;
        o->count[k]--;
        o->row[at] = k;
        all_orders(o, at + 1);
        o->count[k]++;
    }
}

static void chance_of_runs_is_that_of_all_orders(void **state)
{
    static const int sets[][MOST] = {
        {4, 4}, {6, 2, 1}, {3, 3, 2, 1}, {1, 1, 1, 1}, {5}, {7, 1}, {2, 2, 2, 2, 1}};
    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
        struct orders o = {.kinds = 0};
        int id = 0;
        memcpy(o.count, sets[s], sizeof o.count);
        for (; o.kinds < MOST && o.count[o.kinds]; o.kinds++)
            o.n += o.count[o.kinds];
        all_orders(&o, 0);
        int longest = 0;
        for (int k = 0; k <= o.kinds; k++) { /* one of the first kind comes last */
            char answers[32];
            int n = k == o.kinds ? 1 : o.count[k] - (k == 0);
            snprintf(answers, sizeof answers, "{'all':%d}", k % o.kinds);
            for (int i = 0; i < n; i++)
                label(++id, "'x'", answers);
            longest = n > longest ? n : longest;
        }
        if (o.kinds == 1)
            longest = o.n;
        count(NULL);
        const struct lw_answer_runs *r = &report->runs;
        double mean = o.runs / o.orders;
        assert_int_equal(r->n, o.n);
        assert_int_equal(r->runs, o.kinds == 1 ? 1 : o.kinds + (o.count[0] > 1));
        assert_int_equal(r->longest, longest);
        close_to(r->expected, mean);
        close_to(r->sd * r->sd, o.squares / o.orders - mean * mean);
        close_to(r->by_chance, o.long_runs[r->longest] / o.orders);
        for (uint64_t length = 1; length < r->usual; length++)
            assert_true(o.long_runs[length] / o.orders > 0.05);
        if (r->usual)
            assert_true(r->usual > (uint64_t)o.n || o.long_runs[r->usual] / o.orders <= 0.05);
        end(state);
        begin(state);
    }
}

static void the_longest_run_is_named(void **state)
{
    (void)state;
    for (int i = 1; i <= 12; i++)
        label(i, "'x','y'",
            i >= 5 && i <= 8 ? "{'tags':['u','v'],'note':'a'}"
            : i % 2          ? "{'tags':['u']}"
                             : "{'tags':[]}");
    label(13, "'x','y'", "{'note':'only text'}"); /* no answer that is looked at */
    count(NULL);
    assert_int_equal(report->runs.n, 12);
    assert_int_equal(report->runs.longest, 4);
    assert_int_equal(report->runs.from.record, 5);
    assert_int_equal(report->runs.to.record, 8);
    assert_string_equal(report->runs.answer, "tags u + v");
    assert_int_equal(report->top[0].k, 4);
    assert_null(report->top[0].question);
    assert_int_equal(report->top[1].n, 12);
    assert_int_equal(report->top[1].different, 3);
}

/* The same keys make the same answer, whichever response had which id. */
static void answers_are_the_same_by_place(void **state)
{
    (void)state;
    label(1, "'x','y'", "{'best':{'better':'x','strength':2},'q':{'x':4,'y':2}}");
    label(2, "'y','x'", "{'best':{'better':'y','strength':2},'q':{'x':2,'y':4}}");
    label(3, "'y','x'", "{'best':{'better':'x','strength':2},'q':{'x':2,'y':4}}");
    count(NULL);
    assert_int_equal(report->runs.longest, 2);
    assert_string_equal(report->runs.answer, "best A 2, q A 4 B 2");
}

/* ---- speed */

/* From 10 to 30 s each second twice, but 0.5 s and 4,000 s instead of one 17 and one 19. */
static void outliers_are_far_by_the_median_deviation(void **state)
{
    (void)state;
    for (int i = 1; i <= 41; i++) {
        int64_t ms = i == 7 ? 500 : i == 9 ? 4000000 : 10000 + 1000 * (i % 21);
        now += ms;
        put("{'type':'annotate','task':'t%d','record':%d,'questions':'" ASKED "',"
            "'active_ms':%lld,'wall_ms':%lld,'answers':{'all':3},'elapsed_ms':%lld,'worked_ms':%"
            "lld}",
            i, i, (long long)ms, (long long)ms, (long long)(now - MONDAY),
            (long long)(now - MONDAY));
    }
    count(NULL);
    const struct lw_speed *s = &report->speed;
    assert_int_equal(s->n, 41);
    assert_true(fabs(s->median_ms - 21000) < 1e-4);
    /* Of |log(t / 21 s)| the 21st of 41 is that of 16 s: 0.27193. */
    assert_true(fabs(log(s->slow_ms / s->median_ms) - 3.5 * 1.4826 * log(21.0 / 16)) < 1e-8);
    close_to(s->slow_ms / s->median_ms, s->median_ms / s->fast_ms);
    assert_int_equal(s->nfast, 1);
    assert_int_equal(s->nslow, 1);
    assert_int_equal(s->fast[0].record, 7);
    assert_int_equal(s->slow[0].record, 9);
    assert_int_equal(s->slow[0].active_ms, 4000000);
}

/* ---- drift, and time by the hour */

/* A label after so long in its session, with a rating. */
static void timed(int id, int64_t since_ms, int64_t active_ms, int rating)
{
    now = MONDAY + since_ms;
    put("{'type':'annotate','task':'t%d','record':%d,'questions':'" ASKED "','active_ms':%lld,"
        "'wall_ms':%lld,'answers':{'all':%d},'elapsed_ms':%lld,'worked_ms':%lld}",
        id, id, (long long)active_ms, (long long)active_ms, rating, (long long)since_ms,
        (long long)since_ms);
}

/* 30 labels in the first hour, 30 in the third, 29 in the fourth, which are too few. Times are 20
 * and 40 s, then 30 and 50 s: half of each, so the variance is 100 * 30 / 29 in both. */
static void hours_are_compared_from_the_first_to_the_last_with_enough(void **state)
{
    (void)state;
    for (int i = 0; i < 89; i++) {
        int hour = i < 30 ? 0 : i < 60 ? 2 : 3;
        int64_t second = 60 * hour * 60 + 60 * (i % 30) + 5;
        timed(i, second * 1000, (i % 2 ? 40 : 20) * 1000 + (hour ? 10000 : 0), 1 + i % 2);
    }
    count(NULL);
    const struct lw_drift *d = &report->hours;
    assert_int_equal(d->n, 3);
    assert_int_equal(d->row[1].at, 2);
    assert_int_equal(d->row[0].active_ms.n, 30);
    close_to(d->row[0].active_ms.mean, 30000);
    close_to(d->row[1].active_ms.mean, 40000);
    assert_int_equal(d->pace.first, 0);
    assert_int_equal(d->pace.last, 1);
    close_to(d->pace.z, 10 / sqrt(2 * (100 * 30 / 29.0) / 30));
    assert_int_equal(d->pace.verdict, LW_CHANCE_HARDLY);
    close_to(d->rating.z, 0);
    assert_int_equal(d->rating.verdict, LW_CHANCE_EXPLAINS);
    assert_int_equal(report->weeks.n, 1);
    assert_int_equal(report->weeks.row[0].at, 20514); /* Monday 2026-03-02 */
    assert_int_equal(report->weeks.pace.verdict, LW_CHANCE_SMALL);
}

/* From 09:00 local time on: 50 min, then 20 min of which 10 were worked. */
static void time_is_spread_over_the_hours_in_which_it_passed(void **state)
{
    (void)state;
    timed(1, 50 * 60000, 1000, 1);
    now = MONDAY + 70 * 60000;
    put("{'type':'skip','task':'t2','record':2,'active_ms':1,'wall_ms':1,'reason':'',"
        "'elapsed_ms':4200000,'worked_ms':3600000}");
    const struct lw_worklog *const work[] = {lw_insight_work(in)};
    struct lw_work_chart c = lw_work_chart_day(work, 1, 20514);
    assert_int_equal(c.first, 9);
    assert_int_equal(c.n, 2);
    assert_int_equal(c.column[9].worked_ms, 55 * 60000);
    assert_int_equal(c.column[10].worked_ms, 5 * 60000);
    assert_int_equal(c.column[9].tasks, 1);
    assert_int_equal(c.column[10].tasks, 1);
    assert_int_equal(lw_work_chart_sum(&c), 60 * 60000);
    assert_int_equal(lw_work_chart_day(work, 1, 20515).n, 0);
    c = lw_work_chart_week(work, 1, 20520);
    assert_int_equal(c.day, 20514);
    assert_int_equal(c.column[0].worked_ms, 60 * 60000);
    int32_t day = 0;
    assert_true(lw_work_last_day(work, 1, 0, INT32_MAX, &day) && day == 20514);
    assert_false(lw_work_last_day(work, 1, 20515, INT32_MAX, &day));
}

/* ---- again */

static void practice_counts_the_first_label_of_a_task(void **state)
{
    (void)state;
#define PRACTISED(id, a, b)                                                                        \
    put("{'type':'annotate','task':'" id "','record':1,'questions':'" ASKED                        \
        "','answers':{'all':3},"                                                                   \
        "'practice':[{'question':'all','item':'','outcome':'" a "'},{'question':'q','item':'x',"   \
        "'outcome':'" b "'}],'private':true,'active_ms':1,'wall_ms':1}")
    PRACTISED("p1", "same", "near");
    PRACTISED("p1", "same", "same"); /* by then the answer was seen */
    PRACTISED("p2", "missing", "unjudged");
    PRACTISED("p3", "other", "extra");
    PRACTISED("p4", "unjudged", "unjudged");
    count(NULL);
    assert_int_equal(report->practice.tasks, 3);
    assert_int_equal(report->practice.same, 1);
    assert_int_equal(report->practice.near, 1);
    assert_int_equal(report->practice.other, 3);
    assert_int_equal(report->practice.verdict, LW_CHANCE_SMALL);
    close_to(report->practice.at95.low, lw_interval_wilson(2, 5, LW_Z_95).low);
    assert_int_equal(report->repeats.tasks, 0);
    assert_int_equal(report->repeats.verdict, LW_CHANCE_NO_DATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_shown_wins_by_place_not_by_id, begin, end),
        cmocka_unit_test_setup_teardown(
            a_ranking_has_a_chance_for_each_number_of_responses, begin, end),
        cmocka_unit_test_setup_teardown(ratings_are_compared_within_a_label, begin, end),
        cmocka_unit_test_setup_teardown(a_verdict_follows_the_interval, begin, end),
        cmocka_unit_test_setup_teardown(what_was_undone_or_replaced_does_not_count, begin, end),
        cmocka_unit_test_setup_teardown(days_and_questions_can_be_chosen, begin, end),
        cmocka_unit_test_setup_teardown(chance_of_runs_is_that_of_all_orders, begin, end),
        cmocka_unit_test_setup_teardown(the_longest_run_is_named, begin, end),
        cmocka_unit_test_setup_teardown(answers_are_the_same_by_place, begin, end),
        cmocka_unit_test_setup_teardown(outliers_are_far_by_the_median_deviation, begin, end),
        cmocka_unit_test_setup_teardown(
            hours_are_compared_from_the_first_to_the_last_with_enough, begin, end),
        cmocka_unit_test_setup_teardown(
            time_is_spread_over_the_hours_in_which_it_passed, begin, end),
        cmocka_unit_test_setup_teardown(practice_counts_the_first_label_of_a_task, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
