/* What work earned, by the rules of pay.yaml: each day's hours, tasks, bonuses and deductions, with
 * the rule that pays them. Pure: from plain numbers to exact amounts.
 *
 * Which rate pays: those that name the project before those for all; both an hourly rate and one by
 * the task may hold, and then both pay. Of rates by the task, a filter of answers comes before
 * `done`, and of several filters that let a task through, the first of the file. Two hourly rates
 * for the same project and day are an error.
 *
 * Overtime counts what is billed by the hour, in the order in which it was worked, over all
 * projects that the rule is for, from the start of the day or week, whatever range is looked at.
 * Where several rules hold for the same time, the highest factor counts, alone. */
#ifndef LABELWRIGHT_PAY_EARNINGS_H
#define LABELWRIGHT_PAY_EARNINGS_H

#include "labelwright/pay/pay_rules.h"

/* ---- the work */

struct lw_pay_project {
    struct lw_pay_names names;
    /* `pay:` of project.yaml, the client's claim; rate NULL when it says nothing */
    const char *claim_rate, *claim_currency;
    bool claim_per_task;
};

/* The time of one project on one local day. */
struct lw_pay_day {
    int32_t date;
    size_t project;
    int64_t first_ms;      /* when it began, UTC: the order within a day */
    int64_t active_ms;     /* at the keys, guidelines closed */
    int64_t guidelines_ms; /* at the keys, guidelines open */
    int64_t idle_ms;       /* the rest of the sessions, without breaks and suspend */
};

/* Time of a day that more than one project counts, beyond the first time. */
struct lw_pay_twice {
    int32_t date;
    int64_t ms;
};

/* One task done, skipped or labeled again. */
struct lw_pay_piece {
    int32_t date;
    size_t project;
    enum lw_piece_kind kind; /* not ANSWERS */
    bool refused;            /* the client's server refused the label */
    int64_t active_ms;       /* spent on it */
};

struct lw_pay_work {
    const struct lw_pay_project *project;
    size_t nprojects;
    const struct lw_pay_day *day; /* in any order; one for each date and project */
    size_t ndays;
    const struct lw_pay_twice *twice; /* pays each project; said in a note */
    size_t ntwice;
    const struct lw_pay_piece *piece; /* ascending by date */
    size_t npieces;
    /* Whether the filter of a rate (its place among the rules) lets a piece through. NULL where no
     * rate has one. */
    bool (*fits)(void *ctx, size_t rate, size_t piece);
    void *ctx;
};

/* ---- what it earned */

struct lw_earning {
    int32_t date;
    size_t project;                         /* LW_NO_PROJECT: of a bonus that names none */
    const struct lw_pay_rate *rate;         /* NULL: a bonus or deduction */
    const struct lw_pay_extra *extra;       /* NULL: a rate */
    const struct lw_pay_overtime *overtime; /* whose factor counts; NULL: none */
    bool claim;        /* the rate is the client's claim: the user has none for it */
    int64_t quantity;  /* ms billed; pieces; how many times `every` was reached */
    int64_t worked_ms; /* by the hour: before steps and the least of a day */
    const char *currency;
    struct lw_amount *amount; /* exact, or rounded when the rules say so of each day */
};
#define LW_NO_PROJECT SIZE_MAX

struct lw_earnings {
    struct lw_earning *v; /* ascending by date */
    size_t n, cap;
    char **note; /* what earns nothing and why, in words: nnotes sentences */
    size_t nnotes;
    struct lw_pay_rate *claim; /* of each project, by its place; private */
    size_t nclaims;
};

/* Borrows rules and work as long as `to` lives. LW_EBAD: rates contradict each other. Only what is
 * within [from, to] is kept and noted; both days are included. lw_earnings_fini() on every outcome.
 */
struct lw_days {
    int32_t from, to;
};
enum lw_code lw_earnings_compute(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    struct lw_days range, struct lw_earnings *to, struct lw_err *err);
void lw_earnings_fini(struct lw_earnings *e);

/* "2:05:00", "2:05:00.125": hours, minutes, seconds and what is left, exactly. New. */
char *lw_hours_format(int64_t ms);

#endif
