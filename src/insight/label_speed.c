/* Tasks that took far more or far less time than one's others. Times are compared by their
 * logarithms, as twice as long is as far away as half; what is far, median and median deviation
 * say, which the far ones do not move. Not by the length of the texts: the journal does not have
 * them. */
#include "insight/insight_internal.h"

#include "labelwright/stats/quantile.h"

#include <math.h>
#include <stdlib.h>

#define FAR 3.5      /* robust deviations: Iglewicz and Hoaglin's bound */
#define TO_SD 1.4826 /* median deviations in a standard deviation, where times are lognormal */

/* Logarithms as whole numbers. */
#define SCALE 1e9

/* Sorts. */
static int64_t median(int64_t *v, size_t n)
{
    lw_sort_whole(v, n);
    return lw_quantile(v, n, 1, 2);
}

/* Keeps the furthest few, in order. */
static void keep(struct lw_named_label *list, uint64_t n, struct lw_named_label new, bool slow)
{
    size_t kept = n < LW_OUTLIERS ? (size_t)n : LW_OUTLIERS, at = kept;
    while (at > 0 &&
           (slow ? new.active_ms > list[at - 1].active_ms : new.active_ms < list[at - 1].active_ms))
        at--;
    if (at == LW_OUTLIERS)
        return;
    for (size_t i = kept < LW_OUTLIERS ? kept : LW_OUTLIERS - 1; i > at; i--)
        list[i] = list[i - 1];
    list[at] = new;
}

static void find_outliers(const struct lw_counted *c, struct lw_speed *s)
{
    for (size_t i = 0; i < c->n; i++) {
        double ms = (double)c->v[i].work->active_ms;
        if (ms > s->slow_ms)
            keep(s->slow, s->nslow++, lw_name_label(&c->v[i]), true);
        else if (ms > 0 && ms < s->fast_ms)
            keep(s->fast, s->nfast++, lw_name_label(&c->v[i]), false);
    }
}

static void set_bounds(struct lw_speed *s, int64_t *logs)
{
    int64_t middle = median(logs, s->n);
    for (size_t i = 0; i < s->n; i++)
        logs[i] = logs[i] < middle ? middle - logs[i] : logs[i] - middle;
    double far = FAR * TO_SD * (double)median(logs, s->n) / SCALE;
    s->median_ms = exp((double)middle / SCALE);
    s->fast_ms = s->median_ms / exp(far);
    s->slow_ms = s->median_ms * exp(far);
    s->no_spread = !(far > 0);
}

void lw_report_speed(const struct lw_counted *c, struct lw_insight_report *r)
{
    struct lw_speed *s = &r->speed;
    int64_t *logs = lw_alloc((c->n + 1) * sizeof *logs);
    for (size_t i = 0; i < c->n; i++)
        if (c->v[i].work->active_ms > 0)
            logs[s->n++] = llround(log((double)c->v[i].work->active_ms) * SCALE);
    if (s->n > 0)
        set_bounds(s, logs);
    s->verdict = lw_chance_of_z(s->n, 0);
    if (s->verdict == LW_CHANCE_EXPLAINS && !s->no_spread)
        find_outliers(c, s);
    free(logs);
}
