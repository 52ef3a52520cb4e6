/* Shared by the files that compute what was earned. */
#ifndef LABELWRIGHT_PAY_EARNINGS_INTERNAL_H
#define LABELWRIGHT_PAY_EARNINGS_INTERNAL_H

#include "labelwright/pay/earnings.h"

/* ---- rate_choice.c */

/* How near the rates are that hold for a project on a day: by name, for all, or none. */
enum lw_scope_fit lw_rate_level(
    const struct lw_pay_rules *rules, const struct lw_pay_names *project, int32_t day);

/* The hourly rate of that level; NULL when there is none. LW_EBAD: more than one. */
enum lw_code lw_rate_by_hour(const struct lw_pay_rules *rules, const struct lw_pay_names *project,
    int32_t day, const struct lw_pay_rate **to, struct lw_err *err);

/* An hourly rate for all that would hold, did not rates by the task name the project; NULL: none.
 */
const struct lw_pay_rate *lw_rate_set_aside(
    const struct lw_pay_rules *rules, const struct lw_pay_names *project, int32_t day);

/* The rate that pays a piece. */
struct lw_task_rate {
    const struct lw_pay_rate *rate; /* NULL: none does */
    bool any;                       /* some rate by the task holds for its project and day */
    bool several;                   /* more than one filter lets it through */
};
enum lw_code lw_rate_by_task(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    size_t piece, struct lw_task_rate *to, struct lw_err *err);

/* ---- pay_names.c */

/* Gives a sentence for each name of a project that is nearly that of one at hand; it is taken. */
void lw_pay_names_check(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    void (*note)(void *ctx, char *text), void *ctx);

/* ---- earnings.c */

/* The order of lines: by project, what names none last; rates before bonuses; as they are in
 * pay.yaml; time without overtime first. As qsort() wants it. */
int lw_earning_compare_rules(const struct lw_earning *x, const struct lw_earning *y);

/* ---- billed_time.c */

int64_t lw_paid_ms(const struct lw_pay_rate *rate, const struct lw_pay_day *day);
int64_t lw_billed_ms(const struct lw_pay_rate *rate, int64_t worked_ms);

/* What is billed by the hour of one project on one day. */
struct lw_billed {
    const struct lw_pay_day *day;
    const struct lw_pay_rate *rate;
    int64_t worked_ms, billed_ms;
    bool claim;
};

/* Cuts what is billed at the limits of overtime. `v` is in the order of work; `each` gets the
 * parts, in order: `overtime` is NULL for time without. */
struct lw_billed_part {
    const struct lw_billed *of;
    const struct lw_pay_overtime *overtime;
    int64_t ms;
    bool last; /* of what is billed */
};
void lw_overtime_cut(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    const struct lw_billed *v, size_t n, void (*each)(void *ctx, const struct lw_billed_part *part),
    void *ctx);

#endif
