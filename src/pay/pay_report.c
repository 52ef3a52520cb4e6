/* Lines, totals, the effective rate and the client's claim, from what was earned. The one place
 * where the amount of a line is rounded. Prints nothing. */
#include "labelwright/pay/pay_report.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/date.h"
#include "pay/earnings_internal.h"

#include <stdlib.h>
#include <string.h>

enum { HOUR_MS = 3600 * 1000 };

struct lw_days lw_pay_period(
    const struct lw_pay_rules *rules, enum lw_pay_by by, int32_t day, struct lw_days range)
{
    struct lw_days d = range;
    if (by == LW_PAY_BY_DAY)
        d = (struct lw_days){day, day};
    if (by == LW_PAY_BY_WEEK) {
        d.from = rules->sunday ? lw_date_week(day + 1) - 1 : lw_date_week(day);
        d.to = d.from + 6;
    }
    if (by == LW_PAY_BY_MONTH)
        d = (struct lw_days){lw_date_month(day), lw_date_next_month(day) - 1};
    if (d.from < range.from)
        d.from = range.from;
    if (d.to > range.to)
        d.to = range.to;
    return d;
}

/* ---- rows */

static bool belongs(const struct lw_pay_row *row, const struct lw_earning *e)
{
    const struct lw_earning *sum = &row->sum;
    return sum->project == e->project && sum->rate == e->rate && sum->extra == e->extra &&
           sum->overtime == e->overtime;
}

static struct lw_pay_row *row_for(struct lw_pay_report *to, const struct lw_pay_rules *rules,
    const struct lw_earning *e, struct lw_days period)
{
    for (size_t i = to->nrows; i > 0 && to->row[i - 1].from == period.from; i--)
        if (belongs(&to->row[i - 1], e))
            return &to->row[i - 1];
    if (to->nrows == to->cap) {
        to->cap = to->cap ? 2 * to->cap : 64;
        to->row = lw_grow(to->row, to->cap, sizeof *to->row);
    }
    struct lw_pay_row *row = &to->row[to->nrows++];
    *row = (struct lw_pay_row){.from = period.from,
        .to = period.to,
        .sum = *e,
        .digits = lw_pay_digits(rules, e->currency)};
    row->sum.quantity = row->sum.worked_ms = 0;
    row->sum.amount = lw_amount_new(0);
    return row;
}

static int by_rule(const void *a, const void *b)
{
    const struct lw_pay_row *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return lw_earning_compare_rules(&x->sum, &y->sum);
}

static void make_rows(struct lw_pay_report *to, const struct lw_pay_rules *rules,
    const struct lw_earnings *e, struct lw_days range, enum lw_pay_by by)
{
    for (size_t i = 0; i < e->n; i++) {
        const struct lw_earning *v = &e->v[i];
        struct lw_pay_row *row = row_for(to, rules, v, lw_pay_period(rules, by, v->date, range));
        row->days += row->days == 0 || row->sum.date != v->date;
        row->sum.date = v->date;
        row->sum.quantity += v->quantity;
        row->sum.worked_ms += v->worked_ms;
        lw_amount_add(row->sum.amount, v->amount);
    }
    for (size_t i = 0; i < to->nrows; i++)
        lw_amount_round(to->row[i].sum.amount, to->row[i].digits, rules->rounding);
    if (to->nrows > 0)
        qsort(to->row, to->nrows, sizeof *to->row, by_rule);
}

/* ---- totals */

static void make_totals(struct lw_pay_report *to)
{
    to->total = lw_alloc((to->nrows + 1) * sizeof *to->total);
    for (size_t i = 0; i < to->nrows; i++) {
        const struct lw_pay_row *row = &to->row[i];
        size_t k = 0;
        while (k < to->ntotals && strcmp(to->total[k].currency, row->sum.currency) != 0)
            k++;
        if (k == to->ntotals)
            to->total[to->ntotals++] =
                (struct lw_pay_total){row->sum.currency, row->digits, lw_amount_new(0)};
        lw_amount_add(to->total[k].amount, row->sum.amount);
    }
}

/* ---- the effective rate */

/* Whether the project's time counts for the currency. */
static bool earns_in(const struct lw_pay_report *r, size_t project, const char *currency)
{
    bool some = false;
    if (r->ntotals == 1)
        return true;
    for (size_t i = 0; i < r->nrows; i++)
        if (r->row[i].sum.project == project) {
            if (strcmp(r->row[i].sum.currency, currency) != 0)
                return false;
            some = true;
        }
    return some;
}

static void add_time(struct lw_effective_rate *f, const struct lw_pay_day *day)
{
    f->active_ms += day->active_ms;
    f->guidelines_ms += day->guidelines_ms;
    f->idle_ms += day->idle_ms;
    f->all_ms += day->active_ms + day->guidelines_ms + day->idle_ms;
}

/* What rows of projects whose time counts earned, and what belongs to no project. */
static struct lw_amount *earned_in(const struct lw_pay_report *r, const struct lw_pay_total *total)
{
    struct lw_amount *sum = lw_amount_new(0);
    for (size_t i = 0; i < r->nrows; i++) {
        const struct lw_pay_row *row = &r->row[i];
        if (strcmp(row->sum.currency, total->currency) == 0 &&
            (row->sum.project == LW_NO_PROJECT || earns_in(r, row->sum.project, total->currency)))
            lw_amount_add(sum, row->sum.amount);
    }
    return sum;
}

static void make_effective(const struct lw_pay_report *r, const struct lw_pay_rules *rules,
    const struct lw_pay_work *work, struct lw_days range, const struct lw_pay_total *total,
    struct lw_effective_rate *f)
{
    *f = (struct lw_effective_rate){
        .currency = total->currency, .digits = total->digits, .earned = earned_in(r, total)};
    for (size_t i = 0; i < work->ndays; i++) {
        const struct lw_pay_day *day = &work->day[i];
        if (day->date >= range.from && day->date <= range.to &&
            earns_in(r, day->project, total->currency))
            add_time(f, day);
    }
    for (size_t i = 0; r->ntotals == 1 && i < work->ntwice; i++)
        if (work->twice[i].date >= range.from && work->twice[i].date <= range.to)
            f->twice_ms += work->twice[i].ms;
    f->all_ms -= f->twice_ms;
    for (size_t i = 0; i < work->npieces; i++) {
        const struct lw_pay_piece *p = &work->piece[i];
        if (p->refused && p->date >= range.from && p->date <= range.to &&
            earns_in(r, p->project, total->currency)) {
            f->refused++;
            f->refused_ms += p->active_ms;
        }
    }
    if (f->all_ms <= 0)
        return;
    f->rate = lw_amount_copy(f->earned);
    lw_amount_scale(f->rate, HOUR_MS, f->all_ms);
    lw_amount_round(f->rate, f->digits, rules->rounding);
}

/* ---- the client's claim */

static int64_t claimed_quantity(
    const struct lw_pay_work *work, size_t project, bool per_task, struct lw_days range)
{
    int64_t n = 0;
    for (size_t i = 0; !per_task && i < work->ndays; i++) {
        const struct lw_pay_day *d = &work->day[i];
        if (d->project == project && d->date >= range.from && d->date <= range.to)
            n += d->active_ms + d->guidelines_ms;
    }
    for (size_t i = 0; per_task && i < work->npieces; i++) {
        const struct lw_pay_piece *p = &work->piece[i];
        n += p->project == project && p->kind == LW_PIECE_DONE && p->date >= range.from &&
             p->date <= range.to;
    }
    return n;
}

/* NULL when something was earned in another currency, or by the claim. */
static struct lw_amount *earned_by_rates(
    const struct lw_pay_report *r, size_t project, const char *currency)
{
    struct lw_amount *sum = lw_amount_new(0);
    bool well = true;
    for (size_t i = 0; i < r->nrows; i++) {
        const struct lw_pay_row *row = &r->row[i];
        if (row->sum.project != project || row->sum.extra)
            continue;
        well &= !row->sum.claim && strcmp(row->sum.currency, currency) == 0;
        lw_amount_add(sum, row->sum.amount);
    }
    if (well)
        return sum;
    lw_amount_free(sum);
    return NULL;
}

static void check_claim(struct lw_pay_report *to, const struct lw_pay_rules *rules,
    const struct lw_pay_work *work, struct lw_days range, size_t project)
{
    enum { HOUR = HOUR_MS };
    const struct lw_pay_project *p = &work->project[project];
    struct lw_amount *rate = p->claim_rate ? lw_amount_parse(p->claim_rate) : NULL;
    int digits = rate ? lw_pay_digits(rules, p->claim_currency) : -1;
    if (digits < 0) {
        lw_amount_free(rate);
        return;
    }
    struct lw_claim_check *c = &to->claim[to->nclaims++];
    *c = (struct lw_claim_check){.project = project,
        .rate = rate,
        .currency = p->claim_currency,
        .digits = digits,
        .per_task = p->claim_per_task,
        .quantity = claimed_quantity(work, project, p->claim_per_task, range),
        .claimed = lw_amount_copy(rate),
        .earned = earned_by_rates(to, project, p->claim_currency)};
    lw_amount_scale(c->claimed, c->quantity, c->per_task ? 1 : HOUR);
    lw_amount_round(c->claimed, digits, rules->rounding);
}

/* ---- all of it */

void lw_pay_report_make(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    const struct lw_earnings *e, struct lw_days range, enum lw_pay_by by, struct lw_pay_report *to)
{
    *to = (struct lw_pay_report){0};
    make_rows(to, rules, e, range, by);
    make_totals(to);
    to->effective = lw_alloc((to->ntotals + 1) * sizeof *to->effective);
    for (size_t i = 0; i < to->ntotals; i++)
        make_effective(to, rules, work, range, &to->total[i], &to->effective[to->neffective++]);
    to->claim = lw_alloc((work->nprojects + 1) * sizeof *to->claim);
    for (size_t i = 0; i < work->nprojects; i++)
        check_claim(to, rules, work, range, i);
}

void lw_pay_report_fini(struct lw_pay_report *report)
{
    for (size_t i = 0; i < report->nrows; i++)
        lw_amount_free(report->row[i].sum.amount);
    for (size_t i = 0; i < report->ntotals; i++)
        lw_amount_free(report->total[i].amount);
    for (size_t i = 0; i < report->neffective; i++) {
        lw_amount_free(report->effective[i].earned);
        lw_amount_free(report->effective[i].rate);
    }
    for (size_t i = 0; i < report->nclaims; i++) {
        lw_amount_free(report->claim[i].rate);
        lw_amount_free(report->claim[i].claimed);
        lw_amount_free(report->claim[i].earned);
    }
    free(report->row);
    free(report->total);
    free(report->effective);
    free(report->claim);
    *report = (struct lw_pay_report){0};
}
