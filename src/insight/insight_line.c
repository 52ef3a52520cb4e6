/* The most telling figure of a report as one line, for the summary of a day. Only what is sound is
 * said: first what chance hardly gives, then what it explains, of enough labels. */
#include "labelwright/insight/insight_text.h"

#include <inttypes.h>
#include <math.h>

static const struct lw_position_bias *winner(const struct lw_insight_report *r, enum lw_chance c)
{
    for (size_t i = 0; i < r->npositions; i++)
        if (r->position[i].type != LW_Q_RATING && r->position[i].verdict == c)
            return &r->position[i];
    return NULL;
}

static void add_winner(const struct lw_position_bias *b, struct lw_buf *to)
{
    const struct lw_share *s = &b->first;
    lw_buf_fmt(to,
        "A %s %" PRIu64 " of %" PRIu64 ", %.0f %% (95 %%: %.0f to %.0f %%); by chance %.0f %%",
        b->type == LW_Q_RANK ? "first" : "won", s->k, s->n, 100 * (double)s->k / (double)s->n,
        100 * s->at95.low, 100 * s->at95.high, 100 * s->chance);
}

static void add_pace(const struct lw_drift *d, struct lw_buf *to)
{
    const struct lw_drift_row *a = &d->row[d->pace.first], *b = &d->row[d->pace.last];
    lw_buf_fmt(to, "hour %d to hour %d: %.0f to %.0f tasks an hour, %.1f standard errors",
        a->at + 1, b->at + 1, 3600000 / a->active_ms.mean, 3600000 / b->active_ms.mean,
        fabs(d->pace.z));
}

static void add_repeats(const struct lw_steadiness *s, struct lw_buf *to)
{
    uint64_t n = s->same + s->near + s->other, agreed = s->same + s->near;
    lw_buf_fmt(to,
        "%" PRIu64 " of %" PRIu64 " answers as the first time, %.0f %% (95 %%: %.0f to %.0f %%)",
        agreed, n, 100 * (double)agreed / (double)n, 100 * s->at95.low, 100 * s->at95.high);
}

bool lw_insight_line(const struct lw_insight_report *r, struct lw_buf *to)
{
    const struct lw_position_bias *b = winner(r, LW_CHANCE_HARDLY);
    uint64_t far = r->speed.nfast + r->speed.nslow;
    if (b)
        add_winner(b, to);
    else if (r->runs.longest_verdict == LW_CHANCE_HARDLY)
        lw_buf_fmt(to,
            "%" PRIu64 " labels in a row alike; in another order in under 0.1 %% of cases",
            r->runs.longest);
    else if (r->hours.pace.verdict == LW_CHANCE_HARDLY)
        add_pace(&r->hours, to);
    else if (r->repeats.verdict == LW_CHANCE_EXPLAINS)
        add_repeats(&r->repeats, to);
    else if ((b = winner(r, LW_CHANCE_EXPLAINS)))
        add_winner(b, to);
    else if (r->speed.verdict == LW_CHANCE_EXPLAINS && r->speed.median_ms > 0)
        lw_buf_fmt(to, "%.0f s a task, median of %" PRIu64 "; %" PRIu64 " far from it",
            r->speed.median_ms / 1000, r->speed.n, far);
    else
        return false;
    return true;
}
