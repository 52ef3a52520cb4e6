/* Which rate of pay.yaml pays a project's hours on a day, and a task. Not how much it comes to. */
#include "labelwright/base/date.h"
#include "pay/earnings_internal.h"

#include <string.h>

/* Whether the rate holds, at this level. */
static bool holds(const struct lw_pay_rate *rate, const struct lw_pay_names *project, int32_t day,
    enum lw_scope_fit level)
{
    return lw_pay_scope_holds(&rate->scope, day) &&
           lw_pay_scope_fit(&rate->scope, project) == level;
}

enum lw_scope_fit lw_rate_level(
    const struct lw_pay_rules *rules, const struct lw_pay_names *project, int32_t day)
{
    enum lw_scope_fit best = LW_FITS_NOT;
    for (size_t i = 0; i < rules->nrates && best != LW_FITS_NAMED; i++) {
        const struct lw_pay_scope *scope = &rules->rate[i].scope;
        enum lw_scope_fit fit =
            lw_pay_scope_holds(scope, day) ? lw_pay_scope_fit(scope, project) : LW_FITS_NOT;
        if (fit > best)
            best = fit;
    }
    return best;
}

static enum lw_code fail_both(const struct lw_pay_rules *rules, const struct lw_pay_rate *a,
    const struct lw_pay_rate *b, const char *project, int32_t day, struct lw_err *err)
{
    char date[LW_DATE_MAX];
    lw_date_format(day, date);
    return lw_fail(err, LW_EBAD,
        "%s:%d:%d: on %s this rate and the one in line %d both pay \"%s\" by the %s. End one of "
        "them "
        "before the other begins, or change its `projects`.",
        rules->file, b->line, b->col, date, a->line, project, a->per_task ? "task" : "hour");
}

enum lw_code lw_rate_by_hour(const struct lw_pay_rules *rules, const struct lw_pay_names *project,
    int32_t day, const struct lw_pay_rate **to, struct lw_err *err)
{
    enum lw_scope_fit level = lw_rate_level(rules, project, day);
    *to = NULL;
    for (size_t i = 0; i < rules->nrates && level != LW_FITS_NOT; i++) {
        const struct lw_pay_rate *rate = &rules->rate[i];
        if (rate->per_task || !holds(rate, project, day, level))
            continue;
        if (*to)
            return fail_both(rules, *to, rate, project->title, day, err);
        *to = rate;
    }
    return LW_OK;
}

const struct lw_pay_rate *lw_rate_set_aside(
    const struct lw_pay_rules *rules, const struct lw_pay_names *project, int32_t day)
{
    if (lw_rate_level(rules, project, day) != LW_FITS_NAMED)
        return NULL;
    for (size_t i = 0; i < rules->nrates; i++)
        if (!rules->rate[i].per_task && holds(&rules->rate[i], project, day, LW_FITS_ALL))
            return &rules->rate[i];
    return NULL;
}

static bool lets_through(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    const struct lw_pay_rate *rate, size_t piece)
{
    const struct lw_pay_piece *p = &work->piece[piece];
    if (rate->pieces != LW_PIECE_ANSWERS)
        return rate->pieces == p->kind;
    return p->kind == LW_PIECE_DONE && work->fits &&
           work->fits(work->ctx, (size_t)(rate - rules->rate), piece);
}

/* Filters come before `done`; the first of them counts. */
static bool takes_over(const struct lw_pay_rate *rate, const struct lw_pay_rate *found)
{
    return !found || (rate->pieces == LW_PIECE_ANSWERS && found->pieces != LW_PIECE_ANSWERS);
}

enum lw_code lw_rate_by_task(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    size_t piece, struct lw_task_rate *to, struct lw_err *err)
{
    const struct lw_pay_piece *p = &work->piece[piece];
    const struct lw_pay_names *project = &work->project[p->project].names;
    enum lw_scope_fit level = lw_rate_level(rules, project, p->date);
    *to = (struct lw_task_rate){0};
    for (size_t i = 0; i < rules->nrates && level != LW_FITS_NOT; i++) {
        const struct lw_pay_rate *rate = &rules->rate[i];
        if (!rate->per_task || !holds(rate, project, p->date, level))
            continue;
        to->any = true;
        if (!lets_through(rules, work, rate, piece))
            continue;
        if (to->rate && rate->pieces != LW_PIECE_ANSWERS && rate->pieces == to->rate->pieces)
            return fail_both(rules, to->rate, rate, project->title, p->date, err);
        to->several |=
            to->rate && rate->pieces == LW_PIECE_ANSWERS && to->rate->pieces == LW_PIECE_ANSWERS;
        if (takes_over(rate, to->rate))
            to->rate = rate;
    }
    return LW_OK;
}
