/* From time worked to time billed: which time counts, steps, the least of a day; and cutting it
 * where overtime begins. Amounts are made of it in earnings.c. */
#include "labelwright/base/buf.h"
#include "labelwright/base/date.h"
#include "pay/earnings_internal.h"

#include <stdio.h>
#include <stdlib.h>

int64_t lw_paid_ms(const struct lw_pay_rate *rate, const struct lw_pay_day *day)
{
    int64_t ms = day->active_ms;
    if (rate->time != LW_PAID_ACTIVE)
        ms += day->guidelines_ms;
    if (rate->time == LW_PAID_SESSION)
        ms += day->idle_ms;
    return ms;
}

int64_t lw_billed_ms(const struct lw_pay_rate *rate, int64_t worked_ms)
{
    int64_t step = rate->step_ms, rest = step > 0 ? worked_ms % step : 0, ms = worked_ms - rest;
    bool more = rate->steps_by == LW_STEPS_UP        ? rest > 0
                : rate->steps_by == LW_STEPS_NEAREST ? 2 * rest >= step
                                                     : false;
    if (step > 0 && more)
        ms += step;
    return worked_ms > 0 && ms < rate->least_ms ? rate->least_ms : ms;
}

/* ---- overtime */

/* How much each rule has counted of the day or week so far. */
struct overtime_count {
    int32_t period; /* the day, or the first day of the week */
    int64_t ms;
};

struct overtime_run {
    const struct lw_pay_rules *rules;
    const struct lw_pay_work *work;
    struct overtime_count *count; /* by rule */
};

static int32_t period_of(
    const struct overtime_run *run, const struct lw_pay_overtime *o, int32_t day)
{
    if (o->per != LW_OVERTIME_WEEK)
        return day;
    return run->rules->sunday ? lw_date_week(day + 1) - 1 : lw_date_week(day);
}

static bool is_for(
    const struct overtime_run *run, const struct lw_pay_overtime *o, const struct lw_billed *b)
{
    return lw_pay_scope_holds(&o->scope, b->day->date) &&
           lw_pay_scope_fit(&o->scope, &run->work->project[b->day->project].names) != LW_FITS_NOT;
}

static bool counts_at(const struct overtime_run *run, const struct lw_pay_overtime *o,
    const struct lw_billed *b, int64_t done)
{
    if (!is_for(run, o, b))
        return false;
    if (o->per == LW_OVERTIME_ON)
        return o->on >> lw_date_weekday(b->day->date) & 1U;
    return run->count[o - run->rules->overtime].ms + done >= o->after_ms;
}

/* The rule with the highest factor once `done` ms of `b` are counted; the first of equal ones. */
static const struct lw_pay_overtime *overtime_at(
    const struct overtime_run *run, const struct lw_billed *b, int64_t done)
{
    const struct lw_pay_overtime *best = NULL;
    for (size_t i = 0; i < run->rules->novertime; i++) {
        const struct lw_pay_overtime *o = &run->rules->overtime[i];
        if (counts_at(run, o, b, done) && (!best || lw_amount_compare(o->factor, best->factor) > 0))
            best = o;
    }
    return best;
}

/* How far it goes without another limit. */
static int64_t next_limit(const struct overtime_run *run, const struct lw_billed *b, int64_t done)
{
    int64_t end = b->billed_ms;
    for (size_t i = 0; i < run->rules->novertime; i++) {
        const struct lw_pay_overtime *o = &run->rules->overtime[i];
        int64_t limit = o->after_ms - run->count[i].ms;
        if (o->per != LW_OVERTIME_ON && is_for(run, o, b) && limit > done && limit < end)
            end = limit;
    }
    return end;
}

static void start_periods(struct overtime_run *run, int32_t day)
{
    for (size_t i = 0; i < run->rules->novertime; i++) {
        int32_t period = period_of(run, &run->rules->overtime[i], day);
        if (run->count[i].period != period)
            run->count[i] = (struct overtime_count){.period = period};
    }
}

/* Work that is billed as nothing is a part, too: it is shown. */
static void cut_one(const struct overtime_run *run, const struct lw_billed *b,
    void (*each)(void *ctx, const struct lw_billed_part *part), void *ctx)
{
    int64_t done = 0, end = 0;
    if (b->worked_ms == 0)
        return;
    do {
        end = next_limit(run, b, done);
        each(ctx, &(struct lw_billed_part){
                      b, overtime_at(run, b, done), end - done, end == b->billed_ms});
        done = end;
    } while (done < b->billed_ms);
}

void lw_overtime_cut(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    const struct lw_billed *v, size_t n, void (*each)(void *ctx, const struct lw_billed_part *part),
    void *ctx)
{
    struct overtime_run run = {rules, work, lw_alloc((rules->novertime + 1) * sizeof *run.count)};
    for (size_t i = 0; i < n; i++) {
        start_periods(&run, v[i].day->date);
        cut_one(&run, &v[i], each, ctx);
        for (size_t k = 0; k < rules->novertime; k++)
            if (is_for(&run, &rules->overtime[k], &v[i]))
                run.count[k].ms += v[i].billed_ms;
    }
    free(run.count);
}

/* ---- text */

char *lw_hours_format(int64_t ms)
{
    const char *sign = ms < 0 ? "-" : "";
    ms = ms < 0 ? -ms : ms;
    int64_t s = ms / 1000, rest = ms % 1000;
    char part[8] = "";
    if (rest)
        snprintf(part, sizeof part, ".%03d", (int)rest);
    return lw_format(
        "%s%lld:%02d:%02d%s", sign, (long long)(s / 3600), (int)(s / 60 % 60), (int)(s % 60), part);
}
