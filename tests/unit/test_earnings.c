/* What work earns: which rate pays, the edges of its days, steps, overtime, tasks, bonuses, what is
 * noted as unpaid; and the lines, totals and effective rate made of it. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/base/date.h"
#include "labelwright/pay/pay_report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define MIN INT64_C(60000)
#define HOUR (60 * MIN)
#define ALWAYS ((struct lw_days){LW_DAY_FIRST, LW_DAY_LAST})

static const struct lw_pay_project projects[] = {
    {.names = {"Catalan", "catalan", "c1"}, .claim_rate = "15.00", .claim_currency = "EUR"},
    {.names = {"Photos", "photos", "f1"},
        .claim_rate = "0.20",
        .claim_currency = "EUR",
        .claim_per_task = true},
};

static int32_t date(const char *s)
{
    int32_t n;
    assert_true(lw_date_parse(s, &n));
    return n;
}

static struct lw_pay_day worked(const char *day, size_t project, int64_t active)
{
    return (struct lw_pay_day){.date = date(day), .project = project, .active_ms = active};
}

/* All of it together: from texts to lines. */
struct scene {
    struct lw_pay_rules rules;
    struct lw_pay_work work;
    struct lw_earnings earnings;
    struct lw_pay_report report;
    struct lw_err err;
};

static void begin(struct scene *s, const char *yaml)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    *s = (struct scene){.work = {.project = projects, .nprojects = 2}};
    if (lw_pay_rules_parse("pay.yaml", yaml, strlen(yaml), &s->rules, &p, &err) != LW_OK)
        fail_msg("%s", p.n ? p.v[0] : err.text);
}

static enum lw_code compute(struct scene *s, struct lw_days range, enum lw_pay_by by)
{
    enum lw_code code = lw_earnings_compute(&s->rules, &s->work, range, &s->earnings, &s->err);
    if (code == LW_OK)
        lw_pay_report_make(&s->rules, &s->work, &s->earnings, range, by, &s->report);
    return code;
}

static void end(struct scene *s)
{
    lw_pay_report_fini(&s->report);
    lw_earnings_fini(&s->earnings);
    lw_pay_rules_fini(&s->rules);
}

/* Each line: "FROM PROJECT | NAME | FORMULA = AMOUNT". */
static char *lines(const struct scene *s)
{
    struct lw_buf b = {0};
    for (size_t i = 0; i < s->report.nrows; i++) {
        const struct lw_pay_row *row = &s->report.row[i];
        char from[LW_DATE_MAX];
        char *name = lw_pay_row_name(row), *formula = lw_pay_row_formula(&s->rules, row);
        char *amount = lw_amount_format(row->sum.amount, row->digits);
        lw_date_format(row->from, from);
        lw_buf_fmt(&b, "%s %s | %s | %s = %s %s\n", from,
            row->sum.project == LW_NO_PROJECT ? "-" : projects[row->sum.project].names.folder, name,
            formula, amount, row->sum.currency);
        free(name);
        free(formula);
        free(amount);
    }
    return lw_buf_detach(&b);
}

static void expect(struct scene *s, struct lw_days range, enum lw_pay_by by, const char *want)
{
    if (compute(s, range, by) != LW_OK)
        fail_msg("%s", s->err.text);
    char *got = lines(s);
    assert_string_equal(got, want);
    free(got);
}

static void has_note(const struct scene *s, const char *text)
{
    for (size_t i = 0; i < s->earnings.nnotes; i++)
        if (strstr(s->earnings.note[i], text))
            return;
    fail_msg("no note says \"%s\"; the first of %zu: %s", text, s->earnings.nnotes,
        s->earnings.nnotes ? s->earnings.note[0] : "-");
}

/* ---- hours */

static void a_rate_pays_from_its_first_to_its_last_day(void **state)
{
    const struct lw_pay_day days[] = {worked("2026-06-29", 0, HOUR), worked("2026-06-30", 0, HOUR),
        worked("2026-07-01", 0, HOUR), worked("2026-07-02", 0, HOUR)};
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates:\n  - {per: hour, rate: 10, to: 2026-06-30}\n"
              "  - {per: hour, rate: 20, from: 2026-07-01, to: 2026-07-01}\n");
    s.work.day = days;
    s.work.ndays = 4;
    expect(&s, ALWAYS, LW_PAY_BY_DAY,
        "2026-06-29 catalan | by the hour | 1:00:00 × 10.00 = 10.00 EUR\n"
        "2026-06-30 catalan | by the hour | 1:00:00 × 10.00 = 10.00 EUR\n"
        "2026-07-01 catalan | by the hour | 1:00:00 × 20.00 = 20.00 EUR\n");
    has_note(&s,
        "Catalan: no rate holds on 1 day with work, from 2026-07-02 to 2026-07-02: 1:00:00 at "
        "the keys and 0 tasks earn nothing.");
    end(&s);
}

static void rates_by_name_come_before_those_for_all(void **state)
{
    const struct lw_pay_day days[] = {worked("2026-01-05", 0, HOUR), worked("2026-01-05", 1, HOUR)};
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates:\n  - {per: hour, rate: 10}\n"
              "  - {per: hour, rate: 30, projects: Photos, currency: USD, name: Pictures}\n");
    s.work.day = days;
    s.work.ndays = 2;
    expect(&s, ALWAYS, LW_PAY_BY_PROJECT,
        "0001-01-01 catalan | by the hour | 1:00:00 × 10.00 = 10.00 EUR\n"
        "0001-01-01 photos | Pictures | 1:00:00 × 30.00 = 30.00 USD\n");
    assert_int_equal(s.report.ntotals, 2);
    end(&s);
}

static void a_name_that_is_nearly_a_projects_is_noted(void **state)
{
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates:\n  - {per: hour, rate: 10, projects: [catalan, catlan]}\n"
              "bonuses: [{every: 1, amount: 1, projects: Some other project}]\n");
    assert_int_equal(compute(&s, ALWAYS, LW_PAY_BY_DAY), LW_OK);
    assert_int_equal(s.earnings.nnotes, 1);
    has_note(&s, "pay.yaml:3: no project here is called \"catlan\". Did you mean \"catalan\"?");
    end(&s);
}

static void an_hourly_rate_for_all_is_set_aside_by_name_and_said_so(void **state)
{
    const struct lw_pay_day day = worked("2026-01-05", 1, HOUR);
    struct scene s;
    (void)state;
    begin(&s,
        "currency: EUR\nrates: [{per: hour, rate: 10}, {per: task, rate: 1, projects: photos}]\n");
    s.work.day = &day;
    s.work.ndays = 1;
    expect(&s, ALWAYS, LW_PAY_BY_DAY, "");
    has_note(&s,
        "Photos: rates by the task name it, so the hourly rate for all in line 2 does not count. "
        "To be paid by both, name it there, too.");
    end(&s);
}

static void a_rate_with_a_time_of_its_own_says_so(void **state)
{
    const struct lw_pay_day day = worked("2026-01-05", 1, HOUR);
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 10, time: session}]\n");
    s.work.day = &day;
    s.work.ndays = 1;
    expect(&s, ALWAYS, LW_PAY_BY_DAY,
        "2026-01-05 photos | by the hour | 1:00:00 (session) × 10.00 = 10.00 EUR\n");
    end(&s);
}

static void two_names_of_one_project_with_two_rates_are_an_error(void **state)
{
    const struct lw_pay_day days[] = {worked("2026-01-05", 0, HOUR)};
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates:\n  - {per: hour, rate: 10, projects: Catalan}\n"
              "  - {per: hour, rate: 30, projects: catalan}\n");
    s.work.day = days;
    s.work.ndays = 1;
    assert_int_equal(compute(&s, ALWAYS, LW_PAY_BY_DAY), LW_EBAD);
    assert_string_equal(s.err.text,
        "pay.yaml:4:5: on 2026-01-05 this rate and the one in line 3 both pay \"Catalan\" by the "
        "hour. "
        "End one of them before the other begins, or change its `projects`.");
    end(&s);
}

static void the_rule_of_time_says_what_is_paid(void **state)
{
    static const char *const want[] = {
        "2026-01-05 catalan | by the hour | 1:00:00 × 60.00 = 60.00 EUR\n",
        "2026-01-05 catalan | by the hour | 1:10:00 × 60.00 = 70.00 EUR\n",
        "2026-01-05 catalan | by the hour | 1:15:00 × 60.00 = 75.00 EUR\n"};
    struct lw_pay_day day = worked("2026-01-05", 0, HOUR);
    (void)state;
    day.guidelines_ms = 10 * MIN;
    day.idle_ms = 5 * MIN;
    for (int i = 0; i < 3; i++) {
        struct scene s;
        char *yaml = lw_format("currency: EUR\ntime: %s\nrates: [{per: hour, rate: 60}]\n",
            lw_paid_time_name((enum lw_paid_time)i));
        begin(&s, yaml);
        s.work.day = &day;
        s.work.ndays = 1;
        expect(&s, ALWAYS, LW_PAY_BY_DAY, want[i]);
        end(&s);
        free(yaml);
    }
}

static void steps_and_the_least_of_a_day(void **state)
{
    static const struct {
        const char *rule;
        int64_t ms;
        const char *formula;
    } v[] = {
        {"steps: 15", 15 * MIN, "0:15:00 × 60.00 = 15.00"},
        {"steps: 15", 15 * MIN + 1, "0:15:00.001 billed as 0:30:00 × 60.00 = 30.00"},
        {"steps: 15, steps_by: down", 15 * MIN - 1, "0:14:59.999 billed as 0:00:00 × 60.00 = 0.00"},
        {"steps: 10, steps_by: nearest", 15 * MIN, "0:15:00 billed as 0:20:00 × 60.00 = 20.00"},
        {"steps: 10, steps_by: nearest", 15 * MIN - 1,
            "0:14:59.999 billed as 0:10:00 × 60.00 = 10.00"},
        {"at_least: 30", MIN, "0:01:00 billed as 0:30:00 × 60.00 = 30.00"},
        {"steps: 20, at_least: 30", 21 * MIN, "0:21:00 billed as 0:40:00 × 60.00 = 40.00"},
        {"at_least: 30", 31 * MIN, "0:31:00 × 60.00 = 31.00"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        struct scene s;
        struct lw_pay_day day = worked("2026-01-05", 0, v[i].ms);
        char *yaml = lw_format("currency: EUR\nrates: [{per: hour, rate: 60, %s}]\n", v[i].rule);
        char *want = lw_format("2026-01-05 catalan | by the hour | %s EUR\n", v[i].formula);
        begin(&s, yaml);
        s.work.day = &day;
        s.work.ndays = 1;
        expect(&s, ALWAYS, LW_PAY_BY_DAY, want);
        end(&s);
        free(yaml);
        free(want);
    }
}

/* A day without work earns no least. */
static void nothing_worked_earns_nothing(void **state)
{
    const struct lw_pay_day day = worked("2026-01-05", 0, 0);
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 60, at_least: 30}]\n");
    s.work.day = &day;
    s.work.ndays = 1;
    expect(&s, ALWAYS, LW_PAY_BY_DAY, "");
    end(&s);
}

/* ---- overtime */

static void overtime_of_a_day_begins_where_it_is_reached(void **state)
{
    /* Photos was worked first, whatever the order of the projects. */
    struct lw_pay_day days[] = {worked("2026-01-05", 0, 5 * HOUR),
        worked("2026-01-05", 1, 4 * HOUR), worked("2026-01-06", 0, 8 * HOUR)};
    struct scene s;
    (void)state;
    days[0].first_ms = 2;
    days[1].first_ms = 1;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 10}]\n"
              "overtime: [{after: 8, per: day, factor: 1.5}]\n");
    s.work.day = days;
    s.work.ndays = 3;
    expect(&s, ALWAYS, LW_PAY_BY_DAY,
        "2026-01-05 catalan | by the hour | 4:00:00 × 10.00 = 40.00 EUR\n"
        "2026-01-05 catalan | by the hour, overtime of the day | 1:00:00 × 10.00 × 1.5 = 15.00 "
        "EUR\n"
        "2026-01-05 photos | by the hour | 4:00:00 × 10.00 = 40.00 EUR\n"
        "2026-01-06 catalan | by the hour | 8:00:00 × 10.00 = 80.00 EUR\n");
    end(&s);
}

/* The week of Sunday 2026-11-29 began on the 23rd; December begins on a Tuesday. */
static void overtime_of_a_week_counts_from_its_monday_across_a_month(void **state)
{
    struct lw_pay_day days[7];
    struct scene s;
    char day[LW_DATE_MAX];
    (void)state;
    for (int i = 0; i < 7; i++) { /* Monday 2026-11-30 to Sunday 2026-12-06: 49 hours */
        lw_date_format(date("2026-11-30") + i, day);
        days[i] = worked(day, 0, 7 * HOUR);
    }
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 10}]\n"
              "overtime: [{after: 40, per: week, factor: 1.25}]\n");
    s.work.day = days;
    s.work.ndays = 7;
    expect(&s, (struct lw_days){date("2026-12-01"), date("2026-12-31")}, LW_PAY_BY_MONTH,
        "2026-12-01 catalan | by the hour | 33:00:00 × 10.00 = 330.00 EUR\n"
        "2026-12-01 catalan | by the hour, overtime of the week | 9:00:00 × 10.00 × 1.25 = 112.50 "
        "EUR\n");
    end(&s);
}

static void a_week_may_start_on_sunday(void **state)
{
    const struct lw_pay_day days[] = {
        worked("2026-11-28", 0, 3 * HOUR), worked("2026-11-29", 0, 3 * HOUR)};
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nweek_starts: sunday\nrates: [{per: hour, rate: 10}]\n"
              "overtime: [{after: 4, per: week, factor: 2}]\n");
    s.work.day = days;
    s.work.ndays = 2;
    expect(&s, ALWAYS, LW_PAY_BY_WEEK,
        "2026-11-22 catalan | by the hour | 3:00:00 × 10.00 = 30.00 EUR\n"
        "2026-11-29 catalan | by the hour | 3:00:00 × 10.00 = 30.00 EUR\n");
    end(&s);
}

static void the_highest_factor_counts_alone(void **state)
{
    const struct lw_pay_day day = worked("2026-11-29", 0, 10 * HOUR); /* a Sunday */
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 10}]\n"
              "overtime:\n  - {after: 8, per: day, factor: 1.5}\n  - {on: sunday, factor: 1.25}\n"
              "  - {after: 9, per: day, factor: 1.2}\n");
    s.work.day = &day;
    s.work.ndays = 1;
    expect(&s, ALWAYS, LW_PAY_BY_DAY,
        "2026-11-29 catalan | by the hour, overtime of the day | 2:00:00 × 10.00 × 1.5 = 30.00 "
        "EUR\n"
        "2026-11-29 catalan | by the hour, on Sunday | 8:00:00 × 10.00 × 1.25 = 100.00 EUR\n");
    end(&s);
}

/* ---- rounding */

/* 20 minutes at 17.00 are 5.666…: three days are 17.00 as a line, 17.01 as days. */
static void rounds_once_where_the_rules_say(void **state)
{
    const struct lw_pay_day days[] = {worked("2026-01-05", 0, 20 * MIN),
        worked("2026-01-06", 0, 20 * MIN), worked("2026-01-07", 0, 20 * MIN)};
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 17}]\n");
    s.work.day = days;
    s.work.ndays = 3;
    expect(&s, ALWAYS, LW_PAY_BY_MONTH,
        "2026-01-01 catalan | by the hour | 1:00:00 × 17.00 = 17.00 EUR\n");
    end(&s);
    begin(&s, "currency: EUR\nround: day\nrates: [{per: hour, rate: 17}]\n");
    s.work.day = days;
    s.work.ndays = 3;
    expect(&s, ALWAYS, LW_PAY_BY_MONTH,
        "2026-01-01 catalan | by the hour | 1:00:00 × 17.00, rounded on each of 3 days = 17.01 "
        "EUR\n");
    end(&s);
}

static void totals_are_the_sums_of_the_lines(void **state)
{
    const struct lw_pay_day days[] = {worked("2026-01-05", 0, 20 * MIN),
        worked("2026-01-06", 0, 20 * MIN), worked("2026-02-07", 0, 20 * MIN)};
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 17}]\n");
    s.work.day = days;
    s.work.ndays = 3;
    assert_int_equal(compute(&s, ALWAYS, LW_PAY_BY_DAY), LW_OK);
    char *total = lw_amount_format(s.report.total[0].amount, 2);
    assert_string_equal(total, "17.01");
    free(total);
    end(&s);
}

/* ---- tasks */

static struct lw_pay_piece piece(const char *day, size_t project, enum lw_piece_kind kind)
{
    return (struct lw_pay_piece){.date = date(day), .project = project, .kind = kind};
}

static bool fits_even(void *ctx, size_t rate, size_t at)
{
    (void)ctx;
    return rate == 1 ? at % 2 == 0 : rate == 2 && at == 0;
}

static void tasks_are_paid_by_the_rate_that_fits_them(void **state)
{
    const struct lw_pay_piece pieces[] = {piece("2026-01-05", 1, LW_PIECE_DONE),
        piece("2026-01-05", 1, LW_PIECE_DONE), piece("2026-01-05", 1, LW_PIECE_DONE),
        piece("2026-01-05", 1, LW_PIECE_SKIPPED), piece("2026-01-06", 1, LW_PIECE_REPLACED)};
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates:\n  - {per: task, rate: 1}\n"
              "  - {per: task, rate: 2, when: quality <= 3}\n  - {per: task, rate: 3, when: note}\n"
              "  - {per: task, rate: 0.05, when: skipped}\n");
    s.work.piece = pieces;
    s.work.npieces = 5;
    s.work.fits = fits_even;
    expect(&s, ALWAYS, LW_PAY_BY_DAY,
        "2026-01-05 photos | by the task | 1 task × 1.00 = 1.00 EUR\n"
        "2026-01-05 photos | by the task: quality <= 3 | 2 tasks × 2.00 = 4.00 EUR\n"
        "2026-01-05 photos | by the task: skipped | 1 skip × 0.05 = 0.05 EUR\n");
    has_note(&s, "Photos: 1 task fits more than one rate; the first in the file pays.");
    end(&s);
}

static void what_no_rate_fits_and_what_was_refused_is_noted(void **state)
{
    struct lw_pay_piece pieces[] = {
        piece("2026-01-05", 1, LW_PIECE_DONE), piece("2026-01-05", 1, LW_PIECE_DONE)};
    struct scene s;
    (void)state;
    pieces[0].refused = true;
    begin(&s, "currency: EUR\nrates: [{per: task, rate: 2, when: x}, {per: task, rate: 2, when: "
              "quality <= 3}]\n");
    s.work.piece = pieces;
    s.work.npieces = 2;
    s.work.fits = fits_even;
    expect(&s, ALWAYS, LW_PAY_BY_DAY, "");
    has_note(&s, "Photos: 1 task fits no rate by the task and earns nothing by it.");
    has_note(&s,
        "Photos: 1 refused label is not paid by the task. A rate with `refused: true` pays it.");
    end(&s);
}

static void an_hourly_rate_and_one_by_the_task_both_pay(void **state)
{
    const struct lw_pay_day day = worked("2026-01-05", 1, HOUR);
    const struct lw_pay_piece one = piece("2026-01-05", 1, LW_PIECE_DONE);
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 10}, {per: task, rate: 0.5}]\n");
    s.work.day = &day;
    s.work.ndays = 1;
    s.work.piece = &one;
    s.work.npieces = 1;
    expect(&s, ALWAYS, LW_PAY_BY_DAY,
        "2026-01-05 photos | by the hour | 1:00:00 × 10.00 = 10.00 EUR\n"
        "2026-01-05 photos | by the task | 1 task × 0.50 = 0.50 EUR\n");
    end(&s);
}

/* ---- bonuses and deductions */

static void bonuses_come_on_their_day_or_with_so_many_tasks(void **state)
{
    struct lw_pay_piece pieces[7];
    struct scene s;
    (void)state;
    for (int i = 0; i < 7; i++)
        pieces[i] = piece(i < 2   ? "2026-01-04"
                          : i < 6 ? "2026-01-05"
                                  : "2026-01-06",
            1, LW_PIECE_DONE);
    begin(&s,
        "currency: EUR\nbonuses:\n  - {every: 3, amount: 5, note: Three}\n"
        "  - {date: 2026-01-06, amount: 50.5, note: Well done, projects: Catalan}\n"
        "  - {date: 2026-01-06, amount: 1}\n  - {date: 2026-01-06, amount: 9, projects: other}\n"
        "deductions: [{date: 2026-01-05, amount: 7.25, note: Fee, projects: photos}]\n");
    s.work.piece = pieces;
    s.work.npieces = 7;
    expect(&s, (struct lw_days){date("2026-01-05"), date("2026-01-31")}, LW_PAY_BY_DAY,
        "2026-01-05 photos | by the task, client's claim | 4 tasks × 0.20 = 0.80 EUR\n"
        "2026-01-05 photos | Bonus: Three | 2 × 5.00, every 3 tasks = 10.00 EUR\n"
        "2026-01-05 photos | Deduction: Fee | -7.25 = -7.25 EUR\n"
        "2026-01-06 catalan | Bonus: Well done | 50.50 = 50.50 EUR\n"
        "2026-01-06 photos | by the task, client's claim | 1 task × 0.20 = 0.20 EUR\n"
        "2026-01-06 - | Bonus | 1.00 = 1.00 EUR\n");
    end(&s);
}

/* The last task of the day may be another project's. */
static void so_many_tasks_are_counted_in_each_project(void **state)
{
    struct lw_pay_piece pieces[4];
    struct scene s;
    (void)state;
    for (int i = 0; i < 4; i++)
        pieces[i] = piece("2026-01-05", i == 1 || i == 3, LW_PIECE_DONE);
    begin(&s, "currency: EUR\nrates: [{per: task, rate: 0}]\nbonuses: [{every: 2, amount: 5}]\n");
    s.work.piece = pieces;
    s.work.npieces = 4;
    expect(&s, ALWAYS, LW_PAY_BY_DAY,
        "2026-01-05 catalan | by the task | 2 tasks × 0.00 = 0.00 EUR\n"
        "2026-01-05 catalan | Bonus | 1 × 5.00, every 2 tasks = 5.00 EUR\n"
        "2026-01-05 photos | by the task | 2 tasks × 0.00 = 0.00 EUR\n"
        "2026-01-05 photos | Bonus | 1 × 5.00, every 2 tasks = 5.00 EUR\n");
    end(&s);
}

/* ---- the client's claim, and what remains by the hour */

static void without_a_rate_of_the_users_the_claim_pays_and_says_so(void **state)
{
    const struct lw_pay_day day = worked("2026-01-05", 0, HOUR);
    const struct lw_pay_piece one = piece("2026-01-05", 1, LW_PIECE_DONE);
    struct scene s;
    (void)state;
    begin(&s, "");
    s.work.day = &day;
    s.work.ndays = 1;
    s.work.piece = &one;
    s.work.npieces = 1;
    expect(&s, ALWAYS, LW_PAY_BY_DAY,
        "2026-01-05 catalan | by the hour, client's claim | 1:00:00 × 15.00 = 15.00 EUR\n"
        "2026-01-05 photos | by the task, client's claim | 1 task × 0.20 = 0.20 EUR\n");
    assert_null(s.report.claim[0].earned);
    end(&s);
}

static void the_claim_is_compared_with_ones_own_rate(void **state)
{
    const struct lw_pay_day day = worked("2026-01-05", 0, 2 * HOUR);
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 18.5}]\nbonuses: [{date: 2026-01-05, "
              "amount: 5, projects: c1}]\n");
    s.work.day = &day;
    s.work.ndays = 1;
    assert_int_equal(compute(&s, ALWAYS, LW_PAY_BY_MONTH), LW_OK);
    assert_int_equal(s.report.nclaims, 2);
    char *claimed = lw_amount_format(s.report.claim[0].claimed, 2),
         *earned = lw_amount_format(s.report.claim[0].earned, 2);
    assert_string_equal(claimed, "30.00");
    assert_string_equal(earned, "37.00");
    free(claimed);
    free(earned);
    end(&s);
}

static void the_effective_rate_counts_unpaid_time_too(void **state)
{
    struct lw_pay_day days[] = {worked("2026-01-05", 0, HOUR), worked("2026-01-05", 1, HOUR)};
    struct lw_pay_piece refused = piece("2026-01-05", 1, LW_PIECE_DONE);
    struct scene s;
    (void)state;
    days[0].guidelines_ms = 15 * MIN;
    days[0].idle_ms = 45 * MIN;
    refused.refused = true;
    refused.active_ms = 7 * MIN;
    begin(&s, "currency: EUR\ntime: active\nrates: [{per: hour, rate: 20, projects: catalan}, "
              "{per: task, rate: 9, projects: photos}]\n");
    s.work.day = days;
    s.work.ndays = 2;
    s.work.piece = &refused;
    s.work.npieces = 1;
    assert_int_equal(compute(&s, ALWAYS, LW_PAY_BY_MONTH), LW_OK);
    const struct lw_effective_rate *f = &s.report.effective[0];
    char *rate = lw_amount_format(f->rate, 2);
    assert_string_equal(rate, "6.67"); /* 20.00 for three hours */
    assert_int_equal(f->all_ms, 3 * HOUR);
    assert_int_equal(f->idle_ms, 45 * MIN);
    assert_int_equal(f->refused_ms, 7 * MIN);
    free(rate);
    end(&s);
}

static void time_that_two_projects_count_is_spent_once_and_said(void **state)
{
    const struct lw_pay_day days[] = {
        worked("2026-01-05", 0, 2 * HOUR), worked("2026-01-05", 1, HOUR)};
    const struct lw_pay_twice twice[] = {{date("2026-01-05"), HOUR}, {date("2026-02-05"), HOUR}};
    struct scene s;
    (void)state;
    begin(&s, "currency: EUR\nrates: [{per: hour, rate: 20}]\n");
    s.work.day = days;
    s.work.ndays = 2;
    s.work.twice = twice;
    s.work.ntwice = 2;
    assert_int_equal(
        compute(&s, (struct lw_days){LW_DAY_FIRST, date("2026-01-31")}, LW_PAY_BY_MONTH), LW_OK);
    assert_int_equal(s.report.effective[0].twice_ms, HOUR);
    assert_int_equal(s.report.effective[0].all_ms, 2 * HOUR);
    has_note(
        &s, "1:00:00 at the keys are counted by more than one project, and may be paid by each.");
    end(&s);
}

static void with_two_currencies_each_has_its_own_time(void **state)
{
    const struct lw_pay_day days[] = {
        worked("2026-01-05", 0, HOUR), worked("2026-01-05", 1, 2 * HOUR)};
    struct scene s;
    (void)state;
    begin(&s, "rates: [{per: hour, rate: 20, projects: catalan, currency: EUR}, {per: hour, rate: "
              "1500, projects: photos, currency: JPY}]\n");
    s.work.day = days;
    s.work.ndays = 2;
    assert_int_equal(compute(&s, ALWAYS, LW_PAY_BY_MONTH), LW_OK);
    assert_int_equal(s.report.neffective, 2);
    assert_int_equal(s.report.effective[0].all_ms, HOUR);
    assert_int_equal(s.report.effective[1].all_ms, 2 * HOUR);
    char *rate = lw_amount_format(s.report.effective[1].rate, 0);
    assert_string_equal(rate, "1500");
    free(rate);
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rate_pays_from_its_first_to_its_last_day),
        cmocka_unit_test(rates_by_name_come_before_those_for_all),
        cmocka_unit_test(a_name_that_is_nearly_a_projects_is_noted),
        cmocka_unit_test(an_hourly_rate_for_all_is_set_aside_by_name_and_said_so),
        cmocka_unit_test(a_rate_with_a_time_of_its_own_says_so),
        cmocka_unit_test(two_names_of_one_project_with_two_rates_are_an_error),
        cmocka_unit_test(the_rule_of_time_says_what_is_paid),
        cmocka_unit_test(steps_and_the_least_of_a_day),
        cmocka_unit_test(nothing_worked_earns_nothing),
        cmocka_unit_test(overtime_of_a_day_begins_where_it_is_reached),
        cmocka_unit_test(overtime_of_a_week_counts_from_its_monday_across_a_month),
        cmocka_unit_test(a_week_may_start_on_sunday),
        cmocka_unit_test(the_highest_factor_counts_alone),
        cmocka_unit_test(rounds_once_where_the_rules_say),
        cmocka_unit_test(totals_are_the_sums_of_the_lines),
        cmocka_unit_test(tasks_are_paid_by_the_rate_that_fits_them),
        cmocka_unit_test(what_no_rate_fits_and_what_was_refused_is_noted),
        cmocka_unit_test(an_hourly_rate_and_one_by_the_task_both_pay),
        cmocka_unit_test(bonuses_come_on_their_day_or_with_so_many_tasks),
        cmocka_unit_test(so_many_tasks_are_counted_in_each_project),
        cmocka_unit_test(without_a_rate_of_the_users_the_claim_pays_and_says_so),
        cmocka_unit_test(the_claim_is_compared_with_ones_own_rate),
        cmocka_unit_test(the_effective_rate_counts_unpaid_time_too),
        cmocka_unit_test(time_that_two_projects_count_is_spent_once_and_said),
        cmocka_unit_test(with_two_currencies_each_has_its_own_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
