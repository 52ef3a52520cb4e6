/* A report as JSON, for scripts: the same figures as in words, and all of them. */
#include "labelwright/insight/insight_text.h"

#include "labelwright/base/date.h"

#include <math.h>
#include <stdlib.h>

static json_t *number(double v)
{
    return isfinite(v) ? json_real(v) : json_null();
}

static json_t *count(uint64_t n)
{
    return json_integer((json_int_t)n);
}

static json_t *interval(struct lw_interval i)
{
    return json_pack("[o,o]", number(i.low), number(i.high));
}

static json_t *day(int32_t n)
{
    char text[LW_DATE_MAX];
    lw_date_format(n, text);
    return json_string(text);
}

static json_t *mean(const struct lw_mean *m)
{
    if (m->n == 0)
        return json_null();
    return json_pack("{s:o,s:o,s:o,s:o,s:s}", "n", count(m->n), "mean", number(m->mean), "sd",
        number(m->sd), "interval95", interval(m->at95), "by",
        m->bootstrap ? "bootstrap" : "normal");
}

static json_t *share(const struct lw_share *s)
{
    return json_pack("{s:o,s:o,s:o,s:o}", "k", count(s->k), "n", count(s->n), "chance",
        number(s->chance), "interval95", interval(s->at95));
}

/* The name comes from a line of the journal and is UTF-8; where it cannot be read it is null. */
static json_t *label(const struct lw_named_label *l, const struct lw_task_names *names)
{
    struct lw_buf name = {0};
    names->add(names->ctx, l, &name);
    json_t *o = json_pack("{s:o,s:o,s:o,s:I}", "task", json_null(), "record", count(l->record),
        "seq", count(l->seq), "active_ms", (json_int_t)l->active_ms);
    if (name.len > 0)
        json_object_set_new(o, "task", json_stringn(name.data, name.len));
    lw_buf_fini(&name);
    return o;
}

static json_t *positions(const struct lw_insight_report *r)
{
    json_t *all = json_array();
    for (size_t i = 0; i < r->npositions; i++) {
        const struct lw_position_bias *b = &r->position[i];
        json_t *o = json_pack("{s:s,s:s}", "question", b->question, "type",
            b->type == LW_Q_RATING    ? "rating"
            : b->type == LW_Q_COMPARE ? "compare"
                                      : "rank");
        if (b->type == LW_Q_RATING) {
            json_t *means = json_array();
            for (size_t k = 0; k < b->places; k++)
                json_array_append_new(means, number(b->by_place[k]));
            json_object_set_new(o, "difference", mean(&b->difference));
            json_object_set_new(o, "means", means);
        } else {
            json_object_set_new(o, "first", share(&b->first));
            json_object_set_new(o, "ties", count(b->ties));
        }
        json_object_set_new(o, "verdict", json_string(lw_chance_name(b->verdict)));
        json_array_append_new(all, o);
    }
    return all;
}

static json_t *runs(const struct lw_insight_report *r, const struct lw_task_names *names)
{
    const struct lw_answer_runs *a = &r->runs;
    json_t *o = json_pack("{s:o}", "labels", count(a->n));
    if (a->n > 0) {
        json_object_set_new(o, "longest",
            json_pack("{s:o,s:s,s:o,s:o,s:o,s:o,s:s}", "labels", count(a->longest), "answers",
                a->answer, "from", label(&a->from, names), "to", label(&a->to, names), "by_chance",
                number(a->by_chance), "usual", a->usual ? count(a->usual) : json_null(), "verdict",
                lw_chance_name(a->longest_verdict)));
        json_object_set_new(o, "runs",
            json_pack("{s:o,s:o,s:o,s:s}", "n", count(a->runs), "expected", number(a->expected),
                "sd", number(a->sd), "verdict", lw_chance_name(a->runs_verdict)));
    }
    json_t *top = json_array();
    for (size_t i = 0; i < r->ntop; i++) {
        json_t *t = json_pack("{s:o,s:s,s:o,s:o,s:o}", "question", json_null(), "answer",
            r->top[i].answer, "k", count(r->top[i].k), "n", count(r->top[i].n), "different",
            count(r->top[i].different));
        if (r->top[i].question)
            json_object_set_new(t, "question", json_string(r->top[i].question));
        json_array_append_new(top, t);
    }
    json_object_set_new(o, "most_often", top);
    return o;
}

static json_t *outliers(
    const struct lw_named_label *v, uint64_t n, double bound, const struct lw_task_names *names)
{
    json_t *list = json_array();
    for (size_t i = 0; i < n && i < LW_OUTLIERS; i++)
        json_array_append_new(list, label(&v[i], names));
    return json_pack("{s:o,s:o,s:o}", "n", count(n), "bound_ms", number(bound), "furthest", list);
}

static json_t *speed(const struct lw_speed *s, const struct lw_task_names *names)
{
    json_t *o = json_pack("{s:o,s:s}", "n", count(s->n), "verdict", lw_chance_name(s->verdict));
    if (s->n > 0)
        json_object_set_new(o, "median_ms", number(s->median_ms));
    if (s->verdict == LW_CHANCE_EXPLAINS && !s->no_spread) {
        json_object_set_new(o, "fast", outliers(s->fast, s->nfast, s->fast_ms, names));
        json_object_set_new(o, "slow", outliers(s->slow, s->nslow, s->slow_ms, names));
    }
    return o;
}

static json_t *pair(const struct lw_drift_pair *p)
{
    bool any = p->verdict > LW_CHANCE_SMALL;
    return json_pack("{s:o,s:s}", "standard_errors", any ? number(p->z) : json_null(), "verdict",
        lw_chance_name(p->verdict));
}

static json_t *drift(const struct lw_drift *d, bool weeks)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < d->n; i++)
        json_array_append_new(
            rows, json_pack("{s:o,s:o,s:o}", weeks ? "week" : "hour",
                      weeks ? day(d->row[i].at) : json_integer(d->row[i].at + 1), "active_ms",
                      mean(&d->row[i].active_ms), "rating", mean(&d->row[i].rating)));
    return json_pack(
        "{s:o,s:o,s:o}", "rows", rows, "pace", pair(&d->pace), "rating", pair(&d->rating));
}

static json_t *steadiness(const struct lw_steadiness *s)
{
    return json_pack("{s:o,s:o,s:o,s:o,s:o,s:s}", "tasks", count(s->tasks), "same", count(s->same),
        "near", count(s->near), "other", count(s->other), "interval95", interval(s->at95),
        "verdict", s->verdict == LW_CHANCE_EXPLAINS ? "told" : lw_chance_name(s->verdict));
}

json_t *lw_insight_json(const struct lw_insight_report *r, const struct lw_task_names *names)
{
    json_t *o = json_pack("{s:o}", "labels", count(r->labels));
    if (r->labels == 0)
        return o;
    json_object_set_new(o, "first_day", day(r->first_day));
    json_object_set_new(o, "last_day", day(r->last_day));
    json_object_set_new(o, "fixed_order", json_boolean(r->fixed_order));
    json_object_set_new(o, "position", positions(r));
    json_object_set_new(o, "runs", runs(r, names));
    json_object_set_new(o, "speed", speed(&r->speed, names));
    json_object_set_new(o, "repeats", steadiness(&r->repeats));
    json_object_set_new(o, "practice", steadiness(&r->practice));
    json_object_set_new(o, "rated", r->rated ? json_string(r->rated) : json_null());
    json_object_set_new(o, "hours", drift(&r->hours, false));
    json_object_set_new(o, "weeks", drift(&r->weeks, true));
    return o;
}
