/* What was earned, day by day: hours by their rates and overtime, tasks, bonuses, deductions; and
 * what earned nothing, in words. The one place where an amount of a day is rounded, if the rules
 * say so; amounts of lines are rounded in pay_rows.c. */
#include "labelwright/pay/earnings.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/date.h"
#include "pay/earnings_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR_MS = 3600 * 1000 };

/* What one project did that earns nothing, or less than it seems. */
struct unpaid {
    int32_t from, to; /* days without any rate */
    size_t days;
    int64_t ms;
    size_t pieces; /* on such days */
    size_t unfit;  /* done, but no rate by the task is for them */
    size_t refused, several;
    const struct lw_pay_rate *aside; /* an hourly rate for all, where others name the project */
};

struct earning_run {
    const struct lw_pay_rules *rules;
    const struct lw_pay_work *work;
    struct lw_days range;
    struct lw_earnings *to;
    struct unpaid *unpaid; /* by project */
    struct lw_billed *billed;
    size_t nbilled;
    int64_t worked_left; /* of the item that is being cut */
    const struct lw_billed *cutting;
};

static bool is_in(const struct earning_run *run, int32_t day)
{
    return day >= run->range.from && day <= run->range.to;
}

/* The amount is taken. */
static void add_earning(struct earning_run *run, struct lw_earning e)
{
    struct lw_earnings *to = run->to;
    if (!is_in(run, e.date)) {
        lw_amount_free(e.amount);
        return;
    }
    if (to->n == to->cap) {
        to->cap = to->cap ? 2 * to->cap : 64;
        to->v = lw_grow(to->v, to->cap, sizeof *to->v);
    }
    to->v[to->n++] = e;
}

static void add_note(void *ctx, char *text)
{
    struct lw_earnings *to = ctx;
    to->note = lw_grow(to->note, to->nnotes + 1, sizeof *to->note);
    to->note[to->nnotes++] = text;
}

/* ---- the client's claim, where the user has no rate at all */

static bool has_rate(const struct lw_pay_rules *rules, const struct lw_pay_names *project)
{
    for (size_t i = 0; i < rules->nrates; i++)
        if (lw_pay_scope_fit(&rules->rate[i].scope, project) != LW_FITS_NOT)
            return true;
    return false;
}

static void take_claim(struct earning_run *run, size_t project)
{
    const struct lw_pay_project *p = &run->work->project[project];
    struct lw_pay_rate *claim = &run->to->claim[project];
    if (!p->claim_rate || has_rate(run->rules, &p->names))
        return;
    if (lw_pay_digits(run->rules, p->claim_currency) < 0) {
        add_note(run->to,
            lw_format(
                "%s: the client's currency %s is not in ISO 4217, so its rate is not used. Add "
                "`digits: {%s: 2}` to %s.",
                p->names.title, p->claim_currency, p->claim_currency, run->rules->file));
        return;
    }
    claim->rate = lw_amount_parse(p->claim_rate);
    if (!claim->rate) {
        add_note(run->to, lw_format("%s: the client's rate has too many digits and is not used.",
                              p->names.title));
        return;
    }
    claim->currency = lw_strdup(p->claim_currency);
    claim->per_task = p->claim_per_task;
    claim->time = run->rules->missing ? LW_PAID_GUIDELINES : run->rules->time;
}

/* ---- hours */

static enum lw_code bill_day(
    struct earning_run *run, const struct lw_pay_day *day, struct lw_err *err)
{
    const struct lw_pay_names *names = &run->work->project[day->project].names;
    const struct lw_pay_rate *claim = &run->to->claim[day->project], *rate = NULL;
    enum lw_code code = lw_rate_by_hour(run->rules, names, day->date, &rate, err);
    if (!rate && claim->rate && !claim->per_task)
        rate = claim;
    if (rate) {
        int64_t ms = lw_paid_ms(rate, day);
        run->billed[run->nbilled++] =
            (struct lw_billed){day, rate, ms, lw_billed_ms(rate, ms), rate == claim};
    }
    struct unpaid *u = &run->unpaid[day->project];
    int64_t ms = day->active_ms + day->guidelines_ms;
    bool paid = claim->rate || lw_rate_level(run->rules, names, day->date) != LW_FITS_NOT;
    if (!rate && is_in(run, day->date) && ms > 0 && !u->aside)
        u->aside = lw_rate_set_aside(run->rules, names, day->date);
    if (!paid && is_in(run, day->date) && ms > 0) {
        u->from = u->days == 0 || day->date < u->from ? day->date : u->from;
        u->to = u->days == 0 || day->date > u->to ? day->date : u->to;
        u->days++;
        u->ms += ms;
    }
    return code;
}

static int by_time(const void *a, const void *b)
{
    const struct lw_pay_day *x = ((const struct lw_billed *)a)->day,
                            *y = ((const struct lw_billed *)b)->day;
    if (x->date != y->date)
        return x->date < y->date ? -1 : 1;
    if (x->first_ms != y->first_ms)
        return x->first_ms < y->first_ms ? -1 : 1;
    return x->project < y->project ? -1 : x->project > y->project;
}

/* Of the time worked each part gets as much as is billed, and the last one what is left. */
static int64_t share_worked(struct earning_run *run, const struct lw_billed_part *part)
{
    if (run->cutting != part->of) {
        run->cutting = part->of;
        run->worked_left = part->of->worked_ms;
    }
    bool rest = part->last || part->ms > run->worked_left;
    int64_t ms = rest ? run->worked_left : part->ms;
    run->worked_left -= ms;
    return ms;
}

/* A limit that changes nothing, as a higher factor counts already, still cuts: such parts are one.
 */
static bool goes_on(
    const struct lw_earning *e, const struct lw_billed *b, const struct lw_pay_overtime *overtime)
{
    return e->date == b->day->date && e->project == b->day->project && e->rate == b->rate &&
           e->overtime == overtime;
}

static void add_hours(void *ctx, const struct lw_billed_part *part)
{
    struct earning_run *run = ctx;
    const struct lw_billed *b = part->of;
    struct lw_earning *before = run->to->n > 0 ? &run->to->v[run->to->n - 1] : NULL;
    struct lw_amount *amount = lw_amount_copy(b->rate->rate);
    lw_amount_scale(amount, part->ms, HOUR_MS);
    if (part->overtime)
        lw_amount_multiply(amount, part->overtime->factor);
    if (before && goes_on(before, b, part->overtime)) {
        before->quantity += part->ms;
        before->worked_ms += share_worked(run, part);
        lw_amount_add(before->amount, amount);
        lw_amount_free(amount);
        return;
    }
    add_earning(run, (struct lw_earning){.date = b->day->date,
                         .project = b->day->project,
                         .rate = b->rate,
                         .overtime = part->overtime,
                         .claim = b->claim,
                         .quantity = part->ms,
                         .worked_ms = share_worked(run, part),
                         .currency = b->rate->currency,
                         .amount = amount});
}

static enum lw_code earn_hours(struct earning_run *run, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    run->billed = lw_alloc((run->work->ndays + 1) * sizeof *run->billed);
    for (size_t i = 0; i < run->work->ndays && code == LW_OK; i++)
        code = bill_day(run, &run->work->day[i], err);
    qsort(run->billed, run->nbilled, sizeof *run->billed, by_time);
    if (code == LW_OK)
        lw_overtime_cut(run->rules, run->work, run->billed, run->nbilled, add_hours, run);
    return code;
}

/* ---- tasks */

/* The piece joins those of the same day, project and rate, or begins new ones. */
static void add_piece(struct earning_run *run, const struct lw_pay_piece *p,
    const struct lw_pay_rate *rate, size_t first)
{
    struct lw_earnings *to = run->to;
    for (size_t i = to->n; i > first && to->v[i - 1].date == p->date; i--) {
        struct lw_earning *e = &to->v[i - 1];
        if (e->project == p->project && e->rate == rate) {
            e->quantity++;
            return;
        }
    }
    add_earning(run, (struct lw_earning){.date = p->date,
                         .project = p->project,
                         .rate = rate,
                         .claim = rate == &to->claim[p->project],
                         .quantity = 1,
                         .currency = rate->currency,
                         .amount = lw_amount_new(0)});
}

/* The rate that pays the piece; NULL, and counted, when none does. */
static enum lw_code find_rate(
    struct earning_run *run, size_t piece, const struct lw_pay_rate **to, struct lw_err *err)
{
    const struct lw_pay_piece *p = &run->work->piece[piece];
    const struct lw_pay_rate *claim = &run->to->claim[p->project];
    struct unpaid *u = &run->unpaid[p->project];
    struct lw_task_rate found;
    enum lw_code code = lw_rate_by_task(run->rules, run->work, piece, &found, err);
    bool claimed = claim->rate && claim->per_task;
    *to = found.rate ? found.rate : claimed && p->kind == LW_PIECE_DONE ? claim : NULL;
    u->several += found.several;
    u->unfit += found.any && !found.rate && p->kind == LW_PIECE_DONE;
    u->pieces +=
        !claim->rate && p->kind == LW_PIECE_DONE &&
        lw_rate_level(run->rules, &run->work->project[p->project].names, p->date) == LW_FITS_NOT;
    if (*to && p->refused && !(*to)->refused) {
        u->refused++;
        *to = NULL;
    }
    return code;
}

static enum lw_code earn_pieces(struct earning_run *run, struct lw_err *err)
{
    size_t first = run->to->n;
    for (size_t i = 0; i < run->work->npieces; i++) {
        const struct lw_pay_piece *p = &run->work->piece[i];
        const struct lw_pay_rate *rate;
        if (!is_in(run, p->date))
            continue;
        if (find_rate(run, i, &rate, err) != LW_OK)
            return err->code;
        if (rate)
            add_piece(run, p, rate, first);
    }
    for (size_t i = first; i < run->to->n; i++) {
        struct lw_earning *e = &run->to->v[i];
        lw_amount_add(e->amount, e->rate->rate);
        lw_amount_scale(e->amount, e->quantity, 1);
    }
    return LW_OK;
}

/* ---- bonuses and deductions */

static void add_extra(struct earning_run *run, const struct lw_pay_extra *x, int32_t date,
    size_t project, int64_t times)
{
    struct lw_amount *amount = lw_amount_copy(x->amount);
    lw_amount_scale(amount, times, 1);
    add_earning(run, (struct lw_earning){.date = date,
                         .project = project,
                         .extra = x,
                         .quantity = times,
                         .currency = x->currency,
                         .amount = amount});
}

static void earn_dated(struct earning_run *run, const struct lw_pay_extra *x)
{
    if (!x->scope.projects)
        add_extra(run, x, x->date, LW_NO_PROJECT, 1);
    for (size_t i = 0; x->scope.projects && i < run->work->nprojects; i++)
        if (lw_pay_scope_fit(&x->scope, &run->work->project[i].names) == LW_FITS_NAMED) {
            add_extra(run, x, x->date, i, 1);
            return;
        }
}

static bool counts_for(const struct lw_pay_extra *x, const struct lw_pay_piece *p, size_t project)
{
    return p->project == project && p->kind == LW_PIECE_DONE && !p->refused &&
           lw_pay_scope_holds(&x->scope, p->date);
}

/* Counts from the first day that the rule holds, also before the range. */
static void earn_every(struct earning_run *run, const struct lw_pay_extra *x, size_t project)
{
    int64_t done = 0, times = 0;
    int32_t date = 0;
    if (lw_pay_scope_fit(&x->scope, &run->work->project[project].names) == LW_FITS_NOT)
        return;
    for (size_t i = 0; i < run->work->npieces; i++) {
        const struct lw_pay_piece *p = &run->work->piece[i];
        if (!counts_for(x, p, project))
            continue;
        if (times > 0 && p->date != date) {
            add_extra(run, x, date, project, times);
            times = 0;
        }
        date = p->date;
        times += ++done % x->every == 0;
    }
    if (times > 0)
        add_extra(run, x, date, project, times);
}

static void earn_extras(struct earning_run *run)
{
    for (size_t i = 0; i < run->rules->nextras; i++) {
        const struct lw_pay_extra *x = &run->rules->extra[i];
        if (x->dated)
            earn_dated(run, x);
        for (size_t p = 0; !x->dated && p < run->work->nprojects; p++)
            earn_every(run, x, p);
    }
}

/* ---- what earned nothing */

static const char *plural(size_t n)
{
    return n == 1 ? "" : "s";
}

static void note_days(
    struct earning_run *run, const struct lw_pay_names *names, const struct unpaid *u)
{
    char from[LW_DATE_MAX], to[LW_DATE_MAX];
    char *time = lw_hours_format(u->ms);
    lw_date_format(u->from, from);
    lw_date_format(u->to, to);
    add_note(run->to,
        lw_format("%s: no rate holds on %zu day%s with work, from %s to %s: %s at the keys and %zu "
                  "task%s earn nothing.",
            names->title, u->days, plural(u->days), from, to, time, u->pieces, plural(u->pieces)));
    free(time);
}

static void note_unpaid(
    struct earning_run *run, const struct lw_pay_names *names, const struct unpaid *u)
{
    if (u->days > 0)
        note_days(run, names, u);
    if (u->aside)
        add_note(run->to,
            lw_format(
                "%s: rates by the task name it, so the hourly rate for all in line %d does not "
                "count. To be paid by both, name it there, too.",
                names->title, u->aside->line));
    if (u->unfit > 0)
        add_note(
            run->to, lw_format("%s: %zu task%s fit%s no rate by the task and earn%s nothing by it.",
                         names->title, u->unfit, plural(u->unfit), u->unfit == 1 ? "s" : "",
                         u->unfit == 1 ? "s" : ""));
    if (u->refused > 0)
        add_note(run->to,
            lw_format(
                "%s: %zu refused label%s not paid by the task. A rate with `refused: true` pays "
                "%s.",
                names->title, u->refused, u->refused == 1 ? " is" : "s are",
                u->refused == 1 ? "it" : "them"));
    if (u->several > 0)
        add_note(run->to,
            lw_format("%s: %zu task%s fit%s more than one rate; the first in the file pays.",
                names->title, u->several, plural(u->several), u->several == 1 ? "s" : ""));
}

static void note_twice(struct earning_run *run)
{
    int64_t ms = 0;
    for (size_t i = 0; i < run->work->ntwice; i++)
        ms += is_in(run, run->work->twice[i].date) ? run->work->twice[i].ms : 0;
    if (ms == 0)
        return;
    char *time = lw_hours_format(ms);
    add_note(run->to,
        lw_format("%s at the keys are counted by more than one project, and may be paid by "
                  "each. labelwright timesheet shows on which days.",
            time));
    free(time);
}

/* ---- all of it */

static int compare(int64_t a, int64_t b)
{
    return a < b ? -1 : a > b;
}

/* Where in pay.yaml the rule is: its line and column. The client's claim is at 0. */
static int64_t place_of(const struct lw_earning *e)
{
    const struct lw_pay_rate *r = e->rate;
    return r ? (int64_t)r->line << 32 | r->col : (int64_t)e->extra->line << 32 | e->extra->col;
}

int lw_earning_compare_rules(const struct lw_earning *x, const struct lw_earning *y)
{
    const struct lw_pay_overtime *xo = x->overtime, *yo = y->overtime;
    const int order[] = {
        x->project < y->project ? -1 : x->project > y->project,
        compare(x->extra != NULL, y->extra != NULL),
        compare(place_of(x), place_of(y)),
        compare(xo ? xo->line : 0, yo ? yo->line : 0),
        compare(xo ? xo->col : 0, yo ? yo->col : 0),
    };
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        if (order[i])
            return order[i];
    return 0;
}

static int by_date(const void *a, const void *b)
{
    const struct lw_earning *x = a, *y = b;
    int order = compare(x->date, y->date);
    return order ? order : lw_earning_compare_rules(x, y);
}

static void round_days(const struct lw_pay_rules *rules, struct lw_earnings *e)
{
    for (size_t i = 0; rules->round_at == LW_ROUND_AT_DAY && i < e->n; i++)
        lw_amount_round(e->v[i].amount, lw_pay_digits(rules, e->v[i].currency), rules->rounding);
}

enum lw_code lw_earnings_compute(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    struct lw_days range, struct lw_earnings *to, struct lw_err *err)
{
    struct earning_run run = {.rules = rules, .work = work, .range = range, .to = to};
    *to = (struct lw_earnings){.nclaims = work->nprojects};
    to->claim = lw_alloc((work->nprojects + 1) * sizeof *to->claim);
    run.unpaid = lw_alloc((work->nprojects + 1) * sizeof *run.unpaid);
    for (size_t i = 0; i < work->nprojects; i++)
        take_claim(&run, i);
    enum lw_code code = earn_hours(&run, err);
    if (code == LW_OK)
        code = earn_pieces(&run, err);
    if (code == LW_OK)
        earn_extras(&run);
    for (size_t i = 0; code == LW_OK && i < work->nprojects; i++)
        note_unpaid(&run, &work->project[i].names, &run.unpaid[i]);
    if (code == LW_OK)
        note_twice(&run);
    if (code == LW_OK)
        lw_pay_names_check(rules, work, add_note, to);
    round_days(rules, to);
    if (to->n > 0)
        qsort(to->v, to->n, sizeof *to->v, by_date);
    free(run.billed);
    free(run.unpaid);
    return code;
}

void lw_earnings_fini(struct lw_earnings *e)
{
    for (size_t i = 0; i < e->n; i++)
        lw_amount_free(e->v[i].amount);
    for (size_t i = 0; i < e->nclaims; i++) {
        lw_amount_free(e->claim[i].rate);
        free(e->claim[i].currency);
    }
    for (size_t i = 0; i < e->nnotes; i++)
        free(e->note[i]);
    free(e->claim);
    free(e->note);
    free(e->v);
    *e = (struct lw_earnings){0};
}
