/* The user's own rules of pay: $XDG_CONFIG_HOME/labelwright/pay.yaml. What the project offers is in
 * project.yaml, and is the client's claim.
 *
 *     currency: EUR                # of every amount that names no other
 *     digits: {XYZ: 2}             # of a currency that ISO 4217 does not have (currency.h)
 *     time: active_and_guidelines  # which time is paid by the hour: LW_PAID_TIMES
 *     rounding: half_even          # or half_up, down
 *     round: line                  # where: each line that is shown; day: each day's amount
 *     week_starts: monday          # or sunday: for overtime
 *     rates:
 *       - {per: hour, rate: "17.00", from: 2026-01-01, to: 2026-06-30, projects: [catalan]}
 *       - {per: hour, rate: "18.50", from: 2026-07-01, steps: 15, steps_by: up, at_least: 30}
 *       - {per: task, rate: "0.35", when: "quality <= 3", projects: Trial, name: Low quality}
 *     overtime:
 *       - {after: 8, per: day, factor: "1.5"}
 *       - {on: [saturday, sunday], factor: "1.25"}
 *     bonuses:
 *       - {date: 2026-11-30, amount: "50.00", note: Quality, projects: catalan}
 *       - {every: 100, amount: "5.00", note: A hundred tasks}
 *     deductions: []               # the same
 *     invoice:                     # invoice.h
 *       from: {name: Ana Puig, address: [Carrer Major 1, Girona], tax_id: X1, pay_to: [IBAN …]}
 *       to:
 *         - {name: Client, address: […], projects: catalan, due_days: 30,
 *            taxes: [{name: VAT, percent: "21"}], note: Thank you}
 *
 * `projects` are titles, names of folders or ids of journals; left out, a rule is for all. */
#ifndef LABELWRIGHT_PAY_PAY_RULES_H
#define LABELWRIGHT_PAY_PAY_RULES_H

#include "labelwright/base/err.h"
#include "labelwright/base/problem.h"
#include "labelwright/base/sys.h"
#include "labelwright/pay/amount.h"

#include <stddef.h>
#include <stdint.h>

/* Which time is paid: id, name in pay.yaml, in words. */
#define LW_PAID_TIMES(X)                                                                           \
    X(ACTIVE, "active", "at the keys, guidelines closed")                                          \
    X(GUIDELINES, "active_and_guidelines", "at the keys, with guidelines")                         \
    X(SESSION, "session", "whole sessions without breaks and suspend")

enum lw_paid_time {
#define X(id, name, words) LW_PAID_##id,
    LW_PAID_TIMES(X)
#undef X
};

/* What of time that is no whole number of steps is billed: id, name. */
#define LW_STEPS_BY(X) X(UP, "up") X(NEAREST, "nearest") X(DOWN, "down")

enum lw_steps_by {
#define X(id, name) LW_STEPS_##id,
    LW_STEPS_BY(X)
#undef X
};

/* What a rate by task pays for: id, what `when` says, one and many of them. A task is DONE once, on
 * the day of its first label that was not undone, whatever became of it later: what was billed for
 * a month stays. REPLACED is each later label of it. SKIPPED is a task whose last word is a skip.
 */
#define LW_PIECES(X)                                                                               \
    X(DONE, "done", "task", "tasks")                                                               \
    X(SKIPPED, "skipped", "skip", "skips")                                                         \
    X(REPLACED, "replaced", "label again", "labels again")                                         \
    X(ANSWERS, NULL, "task", "tasks")

enum lw_piece_kind {
#define X(id, name, one, many) LW_PIECE_##id,
    LW_PIECES(X)
#undef X
};

/* For which projects and days a rule holds. */
struct lw_pay_scope {
    char **projects;  /* NULL-terminated; NULL: all */
    int32_t from, to; /* days (date.h), both included */
};

struct lw_pay_rate {
    char *name; /* NULL where none was given */
    struct lw_pay_scope scope;
    bool per_task;
    struct lw_amount *rate; /* not negative */
    char *currency;
    /* by the hour */
    enum lw_paid_time time;
    int64_t step_ms; /* billed in whole steps; 0: as it is */
    enum lw_steps_by steps_by;
    int64_t least_ms; /* billed at least, on a day with any work */
    /* by the task */
    enum lw_piece_kind pieces;
    char *when;   /* of ANSWERS: a filter, as `label --only` takes it (answers.h) */
    bool refused; /* pays for what the client's server refused, too */
    int line, col;
};

enum lw_overtime_per { LW_OVERTIME_DAY, LW_OVERTIME_WEEK, LW_OVERTIME_ON };

struct lw_pay_overtime {
    struct lw_pay_scope scope;
    enum lw_overtime_per per;
    int64_t after_ms;         /* DAY, WEEK: what is billed beyond it */
    unsigned on;              /* ON: bits of days, 1 is Monday */
    struct lw_amount *factor; /* more than 0 */
    int line, col;
};

/* A bonus, or a deduction: then the amount is negative. */
struct lw_pay_extra {
    struct lw_pay_scope scope;
    bool dated;
    int32_t date;  /* dated: once, on this day */
    int64_t every; /* else: each time that so many more tasks of a project are done */
    struct lw_amount *amount;
    char *currency;
    char *note; /* NULL for none */
    int line, col;
};

struct lw_pay_tax {
    char *name;
    struct lw_amount *percent; /* of what was earned; may be negative: withheld */
};

/* Somebody on an invoice. */
struct lw_pay_party {
    char *name;
    char **address; /* NULL-terminated; NULL for none */
    char *tax_id, *email;
    char **pay_to; /* the sender's: how to pay; NULL-terminated; NULL for none */
};

struct lw_pay_client {
    struct lw_pay_party party;
    struct lw_pay_scope scope; /* its projects */
    int64_t due_days;          /* 0: nothing is said about it */
    struct lw_pay_tax *tax;
    size_t ntaxes;
    char *note; /* NULL for none */
    int line, col;
};

struct lw_pay_digits {
    char *currency;
    int64_t digits;
};

enum lw_round_at { LW_ROUND_AT_LINE, LW_ROUND_AT_DAY };

struct lw_pay_rules {
    char *file; /* its path, existing or not */
    bool missing;
    char *currency; /* NULL when not set */
    enum lw_paid_time time;
    enum lw_money_rounding rounding;
    enum lw_round_at round_at;
    bool sunday; /* weeks start then */
    struct lw_pay_digits *digits;
    size_t ndigits;
    struct lw_pay_rate *rate;
    size_t nrates;
    struct lw_pay_overtime *overtime;
    size_t novertime;
    struct lw_pay_extra *extra;
    size_t nextras;
    struct lw_pay_party *sender; /* NULL when not set */
    struct lw_pay_client *client;
    size_t nclients;
    char **note; /* gaps between the dates of rates, in words */
    size_t nnotes;
};

/* A missing file is no error: `missing`, with nothing in it. LW_EBAD: the mistakes are in `p`, and
 * `err` only sums them up. lw_pay_rules_fini() on every outcome. */
enum lw_code lw_pay_rules_load(
    const struct lw_sys *sys, struct lw_pay_rules *to, struct lw_problems *p, struct lw_err *err);
/* The same of n bytes that are in `file`. */
enum lw_code lw_pay_rules_parse(const char *file, const char *bytes, size_t n,
    struct lw_pay_rules *to, struct lw_problems *p, struct lw_err *err);
void lw_pay_rules_fini(struct lw_pay_rules *rules);

/* Digits behind the point of a currency: by ISO 4217, else by `digits`; -1 for neither. */
int lw_pay_digits(const struct lw_pay_rules *rules, const char *currency);

/* What a project goes by in `projects`. */
struct lw_pay_names {
    const char *title, *folder, *journal; /* the journal's id; "" when there is none */
};
/* How a scope fits a project, whatever the day: not at all, as one of all, or by name. */
enum lw_scope_fit { LW_FITS_NOT, LW_FITS_ALL, LW_FITS_NAMED };
enum lw_scope_fit lw_pay_scope_fit(
    const struct lw_pay_scope *scope, const struct lw_pay_names *project);
bool lw_pay_scope_holds(const struct lw_pay_scope *scope, int32_t day);

const char *lw_paid_time_name(enum lw_paid_time time);
const char *lw_paid_time_words(enum lw_paid_time time);

#endif
