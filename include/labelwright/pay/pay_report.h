/* What was earned, as it is shown: lines by day, week, month or project, each with how it was
 * computed; totals that are the sums of these lines; the hourly rate that remains of it; and what
 * the client's claim would have come to. */
#ifndef LABELWRIGHT_PAY_PAY_REPORT_H
#define LABELWRIGHT_PAY_PAY_REPORT_H

#include "labelwright/pay/earnings.h"

/* By what lines are made: id, name. */
#define LW_PAY_BYS(X) X(DAY, "day") X(WEEK, "week") X(MONTH, "month") X(PROJECT, "project")

enum lw_pay_by {
#define X(id, name) LW_PAY_BY_##id,
    LW_PAY_BYS(X)
#undef X
        LW_PAY_BY_COUNT
};

/* What one rule paid one project in one period. */
struct lw_pay_row {
    int32_t from, to;      /* the period, within the range looked at */
    struct lw_earning sum; /* its amount is rounded, its date the last one on which it was earned */
    size_t days;           /* on which it was earned */
    int digits;            /* of the currency */
};

struct lw_pay_total {
    const char *currency;
    int digits;
    struct lw_amount *amount; /* the sum of the rows in it */
};

/* Earnings by all the time they took. For one currency all projects count; where there are more,
 * those that earned in this one and no other. */
struct lw_effective_rate {
    const char *currency;
    int digits;
    struct lw_amount *earned, *rate; /* rate: an hour, rounded; NULL when no time was spent */
    int64_t active_ms, guidelines_ms, idle_ms;
    int64_t twice_ms;   /* of them, what several projects count; where all projects count */
    int64_t all_ms;     /* together, without twice_ms */
    int64_t refused_ms; /* of it, on labels that the client's server refused */
    size_t refused;
};

/* What the client's claim comes to, beside the user's own rules. */
struct lw_claim_check {
    size_t project;
    struct lw_amount *rate;
    const char *currency;
    int digits;
    bool per_task;
    int64_t quantity;          /* ms at the keys with guidelines, or tasks done */
    struct lw_amount *claimed; /* rounded */
    struct lw_amount *earned;  /* by rates and overtime, without bonuses; NULL: another currency, or
                                  paid by the claim itself */
};

struct lw_pay_report {
    struct lw_pay_row *row;
    size_t nrows, cap;
    struct lw_pay_total *total;
    size_t ntotals;
    struct lw_effective_rate *effective;
    size_t neffective;
    struct lw_claim_check *claim;
    size_t nclaims;
};

/* The period of a day; PROJECT: all of the range. */
struct lw_days lw_pay_period(
    const struct lw_pay_rules *rules, enum lw_pay_by by, int32_t day, struct lw_days range);

/* Rows ascend by period, project, rule. Borrows all three as long as `to` lives. */
void lw_pay_report_make(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    const struct lw_earnings *e, struct lw_days range, enum lw_pay_by by, struct lw_pay_report *to);
void lw_pay_report_fini(struct lw_pay_report *report);

/* ---- in words; all new */

/* "Weekdays, overtime", "by the hour", "client's claim", "Bonus: Quality". */
char *lw_pay_row_name(const struct lw_pay_row *row);
/* "2:30:00 × 17.00 × 1.5"; with steps "2:21:07 billed as 2:30:00 × 17.00". */
char *lw_pay_row_formula(const struct lw_pay_rules *rules, const struct lw_pay_row *row);
/* "2:30:00", "120 tasks", "1" */
char *lw_pay_row_quantity(const struct lw_pay_row *row);
/* "Each line is rounded, ties to the even digit." */
char *lw_pay_rounding_sentence(const struct lw_pay_rules *rules);
/* "17.00"; with at least as many digits as the currency has. */
char *lw_pay_row_rate(const struct lw_pay_row *row);

#endif
