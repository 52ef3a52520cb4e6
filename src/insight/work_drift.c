/* How pace and ratings go: by the hour of the session, and by week. Whether the first and the last
 * of them differ is asked once each, so that chance has one chance only. */
#include "insight/insight_internal.h"

#include "labelwright/base/date.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HOUR_MS = 3600000, SEED = 2 };

/* A label with its row, for sorting; the order of labels stays within a row. */
struct drifting {
    int32_t row;
    size_t at;
    double active_ms, rating; /* NAN: none */
};

static int compare_rows(const void *a, const void *b)
{
    const struct drifting *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row)
                            : (x->at > y->at) - (x->at < y->at);
}

/* Stable. Weeks mostly are in order already, and hours are few. */
static void sort_by_row(struct drifting *d, size_t n)
{
    enum { FEW = 1024 };
    size_t before[FEW + 1] = {0};
    bool ordered = true, few = true;
    for (size_t i = 0; i < n; i++) {
        ordered = ordered && (i == 0 || d[i].row >= d[i - 1].row);
        few = few && d[i].row >= 0 && d[i].row < FEW;
    }
    if (ordered)
        return;
    if (!few) {
        qsort(d, n, sizeof *d, compare_rows);
        return;
    }
    struct drifting *was = lw_alloc(n * sizeof *was);
    memcpy(was, d, n * sizeof *d);
    for (size_t i = 0; i < n; i++)
        before[was[i].row + 1]++;
    for (size_t row = 1; row <= FEW; row++)
        before[row] += before[row - 1];
    for (size_t i = 0; i < n; i++)
        d[before[was[i].row]++] = was[i];
    free(was);
}

/* The question whose ratings are shown: the one asked for, else the one with the most. */
static size_t rated_question(const struct lw_counted *c)
{
    size_t n = c->s->nquestions, best = n;
    uint64_t *marks = lw_alloc((n + 1) * sizeof *marks);
    for (size_t i = 0; i < c->n; i++)
        for (size_t k = 0; k < c->v[i].label->n; k++)
            marks[c->s->given[c->s->mark[c->v[i].label->first + k].given].question]++;
    for (size_t q = 0; q < n; q++)
        if (c->s->question[q].type == LW_Q_RATING && marks[q] > 0 && lw_is_wanted(c, (uint32_t)q) &&
            (best == n || marks[q] > marks[best]))
            best = q;
    free(marks);
    return best;
}

/* The mean of a label's ratings in that question: labels are what is compared. */
static double rating_of(const struct lw_insight *s, const struct lw_label_facts *label, size_t q)
{
    double sum = 0;
    size_t n = 0;
    for (size_t i = 0; i < label->n; i++) {
        const struct lw_given *g = &s->given[s->mark[label->first + i].given];
        if (g->question == q) {
            sum += (double)g->number;
            n++;
        }
    }
    return n ? sum / (double)n : NAN;
}

static int32_t hour_of(const struct lw_counted_label *l)
{
    return (int32_t)(l->since_start_ms / HOUR_MS);
}

static struct lw_drift_row row_of(const struct drifting *d, size_t n, double *numbers)
{
    struct lw_drift_row row = {.at = d[0].row};
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
        if (d[i].active_ms > 0)
            numbers[k++] = d[i].active_ms;
    row.active_ms = lw_mean_of(numbers, k, SEED);
    k = 0;
    for (size_t i = 0; i < n; i++)
        if (!isnan(d[i].rating))
            numbers[k++] = d[i].rating;
    row.rating = lw_mean_of(numbers, k, SEED);
    return row;
}

static const struct lw_mean *pace_of(const struct lw_drift_row *r)
{
    return &r->active_ms;
}

static const struct lw_mean *ratings_of(const struct lw_drift_row *r)
{
    return &r->rating;
}

static struct lw_drift_pair compare_ends(
    const struct lw_drift *d, const struct lw_mean *(*get)(const struct lw_drift_row *))
{
    struct lw_drift_pair p = {.verdict = LW_CHANCE_NO_DATA};
    uint64_t any = 0;
    size_t enough = 0;
    for (size_t i = 0; i < d->n; i++) {
        any += get(&d->row[i])->n;
        if (get(&d->row[i])->n < LW_SMALL_SAMPLE)
            continue;
        p.first = enough++ ? p.first : i;
        p.last = i;
    }
    if (enough < 2) {
        p.verdict = any ? LW_CHANCE_SMALL : LW_CHANCE_NO_DATA;
        return p;
    }
    const struct lw_mean *a = get(&d->row[p.first]), *b = get(&d->row[p.last]);
    double error = sqrt(a->sd * a->sd / (double)a->n + b->sd * b->sd / (double)b->n);
    double apart = b->mean - a->mean;
    p.z = error > 0 ? apart / error : apart == 0 ? 0 : copysign(HUGE_VAL, apart);
    p.verdict = lw_chance_of_z(LW_SMALL_SAMPLE, p.z);
    return p;
}

static void set_rows(struct lw_drift *to, struct drifting *d, size_t n)
{
    double *numbers = lw_alloc((n + 1) * sizeof *numbers);
    sort_by_row(d, n);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && d[end].row == d[i].row; end++) {
        }
        to->row = lw_grow(to->row, to->n + 1, sizeof *to->row);
        to->row[to->n++] = row_of(d + i, end - i, numbers);
    }
    to->pace = compare_ends(to, pace_of);
    to->rating = compare_ends(to, ratings_of);
    free(numbers);
}

void lw_report_drift(const struct lw_counted *c, struct lw_insight_report *r)
{
    size_t q = rated_question(c), nhours = 0;
    struct drifting *hour = lw_alloc((c->n + 1) * sizeof *hour);
    struct drifting *week = lw_alloc((c->n + 1) * sizeof *week);
    r->rated = q < c->s->nquestions ? c->s->question[q].name : NULL;
    for (size_t i = 0; i < c->n; i++) {
        const struct lw_counted_label *l = &c->v[i];
        double rating = r->rated ? rating_of(c->s, l->label, q) : NAN;
        struct drifting d = {
            lw_date_week(lw_work_day(l->work)), i, (double)l->work->active_ms, rating};
        week[i] = d;
        d.row = hour_of(l);
        if (l->since_start_ms >= 0)
            hour[nhours++] = d;
    }
    set_rows(&r->hours, hour, nhours);
    set_rows(&r->weeks, week, c->n);
    free(hour);
    free(week);
}
