/* A report, section by section. What a figure is in words, insight_text.c says. */
#include "insight/insight_internal.h"

#include <stdlib.h>

struct lw_insight_report *lw_insight_report(
    const struct lw_insight *s, const struct lw_insight_opts *opts)
{
    struct lw_insight_report *r = lw_alloc(sizeof *r);
    struct lw_counted c = lw_counted_labels(s, opts);
    r->labels = c.n;
    r->fixed_order = opts->fixed_order;
    if (c.n > 0) {
        r->first_day = lw_work_day(c.v[0].work);
        r->last_day = lw_work_day(c.v[c.n - 1].work);
    }
    lw_report_positions(&c, r);
    lw_report_top(&c, r);
    lw_report_runs(&c, r);
    lw_report_speed(&c, r);
    lw_report_drift(&c, r);
    lw_report_again(&c, r);
    free(c.v);
    return r;
}

void lw_insight_report_free(struct lw_insight_report *r)
{
    if (!r)
        return;
    for (size_t i = 0; i < r->ntop; i++)
        free(r->top[i].answer);
    free(r->position);
    free(r->top);
    free(r->runs.answer);
    free(r->hours.row);
    free(r->weeks.row);
    free(r);
}
