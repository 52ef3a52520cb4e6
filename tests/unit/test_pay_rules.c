/* pay.yaml: what each key means, and every mistake in it, with its place and cure. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/base/date.h"
#include "labelwright/pay/pay_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void read_well(const char *text, struct lw_pay_rules *to)
{
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (lw_pay_rules_parse("pay.yaml", text, strlen(text), to, &p, &err) != LW_OK)
        fail_msg("%s", p.n ? p.v[0] : err.text);
    assert_int_equal(p.n, 0);
}

/* All mistakes, a line each. */
static char *mistakes(const char *text)
{
    struct lw_pay_rules rules;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_buf b = {0};
    lw_pay_rules_parse("pay.yaml", text, strlen(text), &rules, &p, &err);
    for (size_t i = 0; i < p.n; i++)
        lw_buf_fmt(&b, "%s\n", p.v[i]);
    assert_true((p.n > 0) == (err.code == LW_EBAD));
    lw_problems_fini(&p);
    lw_pay_rules_fini(&rules);
    return lw_buf_detach(&b);
}

static void expect_amount(const struct lw_amount *a, const char *want)
{
    char *text = lw_amount_format_short(a, 0);
    assert_string_equal(text, want);
    free(text);
}

static const char whole[] =
    "currency: EUR\n"
    "digits: {XYZ: 4}\n"
    "time: active\n"
    "rounding: half_up\n"
    "round: day\n"
    "week_starts: sunday\n"
    "rates:\n"
    "  - {per: hour, rate: 17.00, to: 2026-06-30, projects: [catalan, Trial]}\n"
    "  - {per: hour, rate: \"18.5\", from: 2026-07-01, projects: catalan, steps: 15, steps_by: "
    "nearest,\n"
    "     at_least: 30, time: session, name: Summer}\n"
    "  - {per: task, rate: 0.35, when: \"quality <= 3\", currency: XYZ, refused: true}\n"
    "  - {per: task, rate: 0.10, when: skipped}\n"
    "overtime:\n"
    "  - {after: 7.5, per: day, factor: 1.5}\n"
    "  - {on: [saturday, sunday], factor: 2, from: 2026-01-01}\n"
    "bonuses: [{date: 2026-11-30, amount: 50, note: Quality, projects: catalan}]\n"
    "deductions: [{every: 100, amount: 2.50}]\n"
    "invoice:\n"
    "  from: {name: Ana Puig, address: [Carrer Major 1, Girona], tax_id: X1, pay_to: IBAN 1}\n"
    "  to: [{name: Client, projects: catalan, due_days: 30, note: Thanks,\n"
    "        taxes: [{name: VAT, percent: 21}, {name: Withheld, percent: -15}]}]\n";

static void reads_rates(void **state)
{
    struct lw_pay_rules r;
    (void)state;
    read_well(whole, &r);
    assert_int_equal(r.nrates, 4);
    expect_amount(r.rate[0].rate, "17");
    assert_int_equal(r.rate[0].time, LW_PAID_ACTIVE);
    assert_string_equal(r.rate[0].scope.projects[1], "Trial");
    assert_int_equal(r.rate[0].scope.from, LW_DAY_FIRST);
    assert_int_equal(r.rate[1].time, LW_PAID_SESSION);
    assert_int_equal(r.rate[1].step_ms, 15 * 60000);
    assert_int_equal(r.rate[1].least_ms, 30 * 60000);
    assert_int_equal(r.rate[1].steps_by, LW_STEPS_NEAREST);
    assert_string_equal(r.rate[1].currency, "EUR");
    assert_int_equal(r.rate[1].scope.from, r.rate[0].scope.to + 1);
    assert_string_equal(r.rate[2].when, "quality <= 3");
    assert_true(r.rate[2].refused);
    assert_int_equal(r.rate[3].pieces, LW_PIECE_SKIPPED);
    assert_int_equal(r.nnotes, 0);
    lw_pay_rules_fini(&r);
}

static void reads_everything_else(void **state)
{
    struct lw_pay_rules r;
    (void)state;
    read_well(whole, &r);
    assert_int_equal(r.rounding, LW_MONEY_HALF_UP);
    assert_int_equal(r.round_at, LW_ROUND_AT_DAY);
    assert_true(r.sunday);
    assert_int_equal(r.overtime[0].after_ms, 27000000);
    assert_int_equal(r.overtime[1].on, 1U << 5 | 1U << 6);
    assert_int_equal(r.overtime[1].per, LW_OVERTIME_ON);
    expect_amount(r.extra[0].amount, "50");
    expect_amount(r.extra[1].amount, "-2.5");
    assert_int_equal(r.extra[1].every, 100);
    assert_string_equal(r.sender->pay_to[0], "IBAN 1");
    assert_int_equal(r.client[0].due_days, 30);
    expect_amount(r.client[0].tax[1].percent, "-15");
    assert_int_equal(lw_pay_digits(&r, "XYZ"), 4);
    assert_int_equal(lw_pay_digits(&r, "JPY"), 0);
    assert_int_equal(lw_pay_digits(&r, "ABC"), -1);
    lw_pay_rules_fini(&r);
}

static void an_empty_file_has_no_rates(void **state)
{
    struct lw_pay_rules r;
    (void)state;
    read_well("", &r);
    assert_int_equal(r.nrates + r.nextras + r.novertime + r.nclients, 0);
    assert_int_equal(r.time, LW_PAID_GUIDELINES);
    assert_int_equal(r.rounding, LW_MONEY_HALF_EVEN);
    assert_int_equal(r.round_at, LW_ROUND_AT_LINE);
    lw_pay_rules_fini(&r);
}

static void tells_every_mistake_with_its_place_and_cure(void **state)
{
    static const struct {
        const char *text, *want;
    } v[] = {
        {"rats: []\n", "pay.yaml:1:1: unknown key \"rats\". Did you mean \"rates\"?\n"},
        {"currency: EUR\nrates: [{per: hour, rate: 1e3}]\n",
            "pay.yaml:2:27: \"rate\" takes an amount, not \"1e3\". Write `rate: \"17.00\"`.\n"},
        {"currency: EUR\nrates: [{per: hour, rate: -1}]\n",
            "pay.yaml:2:27: \"rate\" takes an amount, not \"-1\". Write `rate: \"17.00\"`.\n"},
        {"currency: EUR\nrates: [{per: hour, rate: 1,5}]\n",
            "pay.yaml:2:29: unknown key \"5\". Use one of: rate, per, name, currency, projects, "
            "from, "
            "to, time, steps, steps_by, at_least.\n"},
        {"currency: EUR\nrates: [{per: year, rate: 1}]\n",
            "pay.yaml:2:15: \"per\" takes hour or task, not \"year\". Write `per: hour`.\n"},
        {"currency: EUR\nrates: [{rate: 1}]\n",
            "pay.yaml:2:9: a rate needs \"per\". Add `per: hour`.\n"},
        {"currency: EUR\nrates: [{per: task, rate: 1, steps: 15}]\n",
            "pay.yaml:2:30: \"steps\" is only for a rate of type hour, and this one is task. "
            "Remove "
            "it.\n"},
        {"currency: EUR\nrates: [{per: hour, rate: 1, from: 2026-02-30}]\n",
            "pay.yaml:2:36: \"from\" takes a day of the calendar, not \"2026-02-30\". Write `from: "
            "2026-01-01`.\n"},
        {"currency: EUR\nrates: [{per: hour, rate: 1, from: 2026-03-01, to: 2026-02-28}]\n",
            "pay.yaml:2:52: ends on 2026-02-28, before it begins on 2026-03-01. Correct one of "
            "them.\n"},
        {"rates: [{per: hour, rate: 1}]\n",
            "pay.yaml:1:9: in which currency? Add `currency: EUR`, here or at the top.\n"},
        {"currency: Euro\n", "pay.yaml:1:11: \"currency\" takes three capital letters, not "
                             "\"Euro\". Write `currency: "
                             "EUR`.\n"},
        {"rates: [{per: hour, rate: 1, currency: EUX}]\n",
            "pay.yaml:1:9: the currency EUX is not in ISO 4217. If it is right, say how many "
            "digits "
            "it has behind the point: add `digits: {EUX: 2}` at the top.\n"},
        {"digits: {EUR: 3}\n",
            "pay.yaml:1:10: EUR is a currency of ISO 4217 with 2 digits. Remove it.\n"},
        {"digits: {ABC: 9}\n", "pay.yaml:1:15: \"digits\" takes currencies and their digits (0 to "
                               "6), not \"9\". Write "
                               "`digits: {XYZ: 2}`.\n"},
        {"overtime: [{after: 8, factor: 1.5}]\n", "pay.yaml:1:12: a rule for overtime needs a "
                                                  "limit or days. Add `after: 8, per: day`, or "
                                                  "`on: [sunday]`.\n"},
        {"overtime: [{after: 8, per: day, on: sunday, factor: 1.5}]\n",
            "pay.yaml:1:12: takes \"after\" and \"per\", or \"on\", not all of them. Make two "
            "rules.\n"},
        {"overtime: [{on: sundy, factor: 1.5}]\n",
            "pay.yaml:1:17: unknown day \"sundy\". Did you mean \"sunday\"?\n"},
        {"currency: EUR\nbonuses: [{amount: 1}]\n",
            "pay.yaml:2:11: a bonus or deduction needs \"date\" or \"every\", one of them. Add "
            "`date: "
            "2026-11-30`.\n"},
        {"currency: EUR\nbonuses: [{amount: 1, date: 2026-01-01, projects: [a, b]}]\n",
            "pay.yaml:2:51: what has a date is for one project. Write an item for each.\n"},
        {"time: everything\n",
            "pay.yaml:1:7: unknown word \"everything\". Use one of: active, active_and_guidelines, "
            "session.\n"},
        {"invoice: {from: {name: A}, to: [{name: B, taxes: [{name: V, percent: 101}]}]}\n",
            "pay.yaml:1:70: \"percent\" takes a percentage from -100 to 100, not \"101\". Write "
            "`percent: \"21\"`.\n"},
        {"invoice: {from: {name: A}}\n",
            "pay.yaml:1:10: `invoice` needs \"to\". Add `to: [{name: Client}]`.\n"},
        {"rates: {per: hour}\n",
            "pay.yaml:1:8: \"rates\" takes a list of maps, not a map. Write `rates: [{per: hour, "
            "rate: \"17.00\", currency: EUR}]`.\n"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(v); i++) {
        char *got = mistakes(v[i].text);
        assert_string_equal(got, v[i].want);
        free(got);
    }
}

static void two_rates_at_once_are_a_mistake(void **state)
{
    (void)state;
    char *got = mistakes("currency: EUR\n"
                         "rates:\n"
                         "  - {per: hour, rate: 17, to: 2026-06-30}\n"
                         "  - {per: hour, rate: 18, from: 2026-06-30}\n"
                         "  - {per: task, rate: 1, projects: a}\n"
                         "  - {per: task, rate: 2, projects: [b, a], to: 2026-01-31}\n");
    assert_string_equal(got, "pay.yaml:4:5: this rate and the one in line 3 both hold for all "
                             "projects from 2026-06-30 to "
                             "2026-06-30. End one of them before the other begins.\n"
                             "pay.yaml:6:5: this rate and the one in line 5 both hold for a to "
                             "2026-01-31. End one of them "
                             "before the other begins.\n");
    free(got);
}

/* The same days for other projects, other work or other filters are no contradiction. */
static void rates_for_different_things_may_hold_at_once(void **state)
{
    struct lw_pay_rules r;
    (void)state;
    read_well("currency: EUR\nrates:\n"
              "  - {per: hour, rate: 17}\n  - {per: hour, rate: 18, projects: a}\n"
              "  - {per: hour, rate: 18, projects: b}\n  - {per: task, rate: 1}\n"
              "  - {per: task, rate: 1, when: skipped}\n  - {per: task, rate: 2, when: note}\n"
              "  - {per: task, rate: 2, when: quality <= 3}\n",
        &r);
    assert_int_equal(r.nrates, 7);
    assert_int_equal(r.nnotes, 0);
    lw_pay_rules_fini(&r);
}

static void days_between_rates_are_noted(void **state)
{
    struct lw_pay_rules r;
    (void)state;
    read_well("currency: EUR\nrates:\n"
              "  - {per: hour, rate: 17, to: 2026-06-30}\n"
              "  - {per: hour, rate: 18, from: 2026-08-01, to: 2026-08-31}\n"
              "  - {per: hour, rate: 19, from: 2026-09-01}\n",
        &r);
    assert_int_equal(r.nnotes, 1);
    assert_string_equal(r.note[0],
        "pay.yaml: no rate by the hour for all projects from 2026-07-01 to "
        "2026-07-31, between lines 3 and 4.");
    lw_pay_rules_fini(&r);
}

static void a_rate_for_all_between_two_of_a_project_is_named(void **state)
{
    struct lw_pay_rules r;
    (void)state;
    read_well("currency: EUR\nrates:\n  - {per: hour, rate: 5}\n"
              "  - {per: hour, rate: 17, to: 2026-06-30, projects: a}\n"
              "  - {per: hour, rate: 18, from: 2026-07-02, projects: a}\n",
        &r);
    assert_int_equal(r.nnotes, 1);
    assert_string_equal(r.note[0], "pay.yaml: no rate by the hour for a from 2026-07-01 to "
                                   "2026-07-01, between lines 4 and 5. The "
                                   "rate for all projects in line 3 holds then.");
    lw_pay_rules_fini(&r);
}

static void finds_a_project_by_each_of_its_names(void **state)
{
    struct lw_pay_names catalan = {"Catalan replies", "catalan", "0123"};
    char *by_title[] = {(char *)"x", (char *)"Catalan replies", NULL},
         *by_folder[] = {(char *)"catalan", NULL}, *by_id[] = {(char *)"0123", NULL},
         *other[] = {(char *)"cat", NULL};
    (void)state;
    assert_int_equal(lw_pay_scope_fit(&(struct lw_pay_scope){0}, &catalan), LW_FITS_ALL);
    assert_int_equal(
        lw_pay_scope_fit(&(struct lw_pay_scope){by_title, 0, 0}, &catalan), LW_FITS_NAMED);
    assert_int_equal(
        lw_pay_scope_fit(&(struct lw_pay_scope){by_folder, 0, 0}, &catalan), LW_FITS_NAMED);
    assert_int_equal(
        lw_pay_scope_fit(&(struct lw_pay_scope){by_id, 0, 0}, &catalan), LW_FITS_NAMED);
    assert_int_equal(lw_pay_scope_fit(&(struct lw_pay_scope){other, 0, 0}, &catalan), LW_FITS_NOT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_rates),
        cmocka_unit_test(reads_everything_else),
        cmocka_unit_test(an_empty_file_has_no_rates),
        cmocka_unit_test(tells_every_mistake_with_its_place_and_cure),
        cmocka_unit_test(two_rates_at_once_are_a_mistake),
        cmocka_unit_test(rates_for_different_things_may_hold_at_once),
        cmocka_unit_test(days_between_rates_are_noted),
        cmocka_unit_test(a_rate_for_all_between_two_of_a_project_is_named),
        cmocka_unit_test(finds_a_project_by_each_of_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
