/* A line of pay in words: what paid, how much of it, and the arithmetic, so that anybody can do it
 * again. */
#include "labelwright/pay/pay_report.h"

#include "labelwright/base/buf.h"

#include <inttypes.h>
#include <stdlib.h>

static const struct {
    const char *one, *many;
} pieces[] = {
#define X(id, name, one, many) {one, many},
    LW_PIECES(X)
#undef X
};

static char *describe_rate(const struct lw_pay_rate *rate)
{
    if (rate->name)
        return lw_strdup(rate->name);
    if (!rate->per_task)
        return lw_strdup("by the hour");
    if (rate->pieces == LW_PIECE_ANSWERS)
        return lw_format("by the task: %s", rate->when);
    return lw_strdup(rate->pieces == LW_PIECE_SKIPPED    ? "by the task: skipped"
                     : rate->pieces == LW_PIECE_REPLACED ? "by the task: labeled again"
                                                         : "by the task");
}

static void add_weekdays(struct lw_buf *to, unsigned on)
{
    static const char *const days[] = {
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
    const char *before = ", on ";
    for (unsigned i = 0; i < sizeof days / sizeof *days; i++)
        if (on >> i & 1U) {
            lw_buf_fmt(to, "%s%s", before, days[i]);
            before = "/";
        }
}

static char *name_extra(const struct lw_pay_extra *x)
{
    const char *kind = lw_amount_sign(x->amount) < 0 ? "Deduction" : "Bonus";
    return x->note ? lw_format("%s: %s", kind, x->note) : lw_strdup(kind);
}

char *lw_pay_row_name(const struct lw_pay_row *row)
{
    const struct lw_pay_overtime *o = row->sum.overtime;
    struct lw_buf b = {0};
    if (row->sum.extra)
        return name_extra(row->sum.extra);
    char *rate = describe_rate(row->sum.rate);
    lw_buf_fmt(&b, "%s%s", rate, row->sum.claim ? ", client's claim" : "");
    if (o && o->per == LW_OVERTIME_ON)
        add_weekdays(&b, o->on);
    else if (o)
        lw_buf_fmt(&b, ", overtime of the %s", o->per == LW_OVERTIME_DAY ? "day" : "week");
    free(rate);
    return lw_buf_detach(&b);
}

char *lw_pay_row_quantity(const struct lw_pay_row *row)
{
    if (row->sum.extra)
        return lw_format("%" PRId64, row->sum.quantity);
    if (!row->sum.rate->per_task)
        return lw_hours_format(row->sum.quantity);
    const char *one = pieces[row->sum.rate->pieces].one, *many = pieces[row->sum.rate->pieces].many;
    return lw_format("%" PRId64 " %s", row->sum.quantity, row->sum.quantity == 1 ? one : many);
}

char *lw_pay_row_rate(const struct lw_pay_row *row)
{
    return lw_amount_format_short(
        row->sum.extra ? row->sum.extra->amount : row->sum.rate->rate, row->digits);
}

char *lw_pay_row_formula(const struct lw_pay_rules *rules, const struct lw_pay_row *row)
{
    char *quantity = lw_pay_row_quantity(row), *rate = lw_pay_row_rate(row);
    struct lw_buf b = {0};
    bool hours = row->sum.rate && !row->sum.rate->per_task;
    if (hours && row->sum.worked_ms != row->sum.quantity) {
        char *worked = lw_hours_format(row->sum.worked_ms);
        lw_buf_fmt(&b, "%s billed as ", worked);
        free(worked);
    }
    if (row->sum.extra && row->sum.extra->dated)
        lw_buf_str(&b, rate);
    else if (hours && row->sum.rate->time != rules->time)
        lw_buf_fmt(&b, "%s (%s) × %s", quantity, lw_paid_time_name(row->sum.rate->time), rate);
    else
        lw_buf_fmt(&b, "%s × %s", quantity, rate);
    if (row->sum.extra && !row->sum.extra->dated)
        lw_buf_fmt(&b, ", every %" PRId64 " tasks", row->sum.extra->every);
    if (row->sum.overtime) {
        char *factor = lw_amount_format_short(row->sum.overtime->factor, 0);
        lw_buf_fmt(&b, " × %s", factor);
        free(factor);
    }
    if (rules->round_at == LW_ROUND_AT_DAY && row->days > 1)
        lw_buf_fmt(&b, ", rounded on each of %zu days", row->days);
    free(quantity);
    free(rate);
    return lw_buf_detach(&b);
}

char *lw_pay_rounding_sentence(const struct lw_pay_rules *rules)
{
    return lw_format("%s is rounded, %s.",
        rules->round_at == LW_ROUND_AT_DAY ? "The amount of each day" : "Each line",
        lw_money_rounding_words(rules->rounding));
}
