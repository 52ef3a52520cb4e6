/* Picks the labels that count: those of the days asked for that were not undone or replaced. */
#include "insight/insight_internal.h"

#include <stdlib.h>
#include <string.h>

enum { DAY_MS = 86400000 };

struct lw_named_label lw_name_label(const struct lw_counted_label *l)
{
    return (struct lw_named_label){
        l->label->seq, l->label->record, l->label->pos, l->work->active_ms};
}

int32_t lw_work_day(const struct lw_work *w)
{
    int64_t local = w->time_ms + (int64_t)w->zone_s * 1000;
    return (int32_t)(local >= 0 ? local / DAY_MS : -((DAY_MS - 1 - local) / DAY_MS));
}

bool lw_is_wanted(const struct lw_counted *c, uint32_t question)
{
    return !c->opts->question || strcmp(c->s->question[question].name, c->opts->question) == 0;
}

/* The i-th annotate event is the i-th label of the worklog: both fold the same events. */
static void count(struct lw_counted *c)
{
    const struct lw_insight *s = c->s;
    size_t n, nsittings, at = 0;
    const struct lw_work *w = lw_worklog_events(s->work, &n);
    lw_worklog_sittings(s->work, &nsittings);
    int64_t *elapsed = lw_alloc((nsittings + 1) * sizeof *elapsed);
    c->v = lw_alloc((s->nlabels + 1) * sizeof *c->v);
    for (size_t i = 0; i < n; i++) {
        bool in_sitting = w[i].sitting != LW_WORK_NO_SITTING;
        if (in_sitting)
            elapsed[w[i].sitting] += w[i].elapsed_ms;
        if (w[i].kind != LW_WORK_LABEL || at == s->nlabels)
            continue;
        const struct lw_label_facts *label = &s->label[at++];
        int32_t day = lw_work_day(&w[i]);
        if (!w[i].undone && !w[i].replaced && day >= c->opts->from_day && day <= c->opts->to_day)
            c->v[c->n++] =
                (struct lw_counted_label){label, &w[i], in_sitting ? elapsed[w[i].sitting] : -1};
    }
    free(elapsed);
}

struct lw_counted lw_counted_labels(const struct lw_insight *s, const struct lw_insight_opts *opts)
{
    struct lw_counted c = {.s = s, .opts = opts};
    count(&c);
    return c;
}
