/* Fills the columns of a day's and a week's chart from the time worked, and names them. How a chart
 * looks is the room chart's. */
#include "labelwright/insight/work_chart.h"

#include "insight/insight_internal.h"
#include "labelwright/base/date.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { HOURS = 24, DAYS = 7, HOUR_MS = 3600000, DAY_MS = 24 * HOUR_MS, MINUTE_MS = 60000 };

static const char *const weekdays[DAYS] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

static bool is_task(const struct lw_work *w)
{
    return (w->kind == LW_WORK_LABEL || w->kind == LW_WORK_SKIP) && !w->undone && !w->replaced;
}

/* ---- columns */

/* The time of an event over the hours since the one before it, but not before midnight, evenly. */
static void spread_over_hours(struct lw_work_chart *c, const struct lw_work *w, int32_t day)
{
    int64_t end = w->time_ms + (int64_t)w->zone_s * 1000 - (int64_t)day * DAY_MS;
    int64_t long_ms = w->elapsed_ms > w->worked_ms ? w->elapsed_ms : w->worked_ms;
    int64_t start = end > long_ms ? end - long_ms : 0, given = 0;
    if (w->worked_ms <= 0)
        return;
    for (int64_t hour = start / HOUR_MS; hour < HOURS && hour * HOUR_MS < end; hour++) {
        int64_t until = (hour + 1) * HOUR_MS < end ? (hour + 1) * HOUR_MS : end;
        int64_t so_far =
            (int64_t)((double)w->worked_ms * (double)(until - start) / (double)(end - start));
        c->column[hour].worked_ms += so_far - given;
        given = so_far;
    }
    c->column[end / HOUR_MS].worked_ms += w->worked_ms - given; /* the rest of a rounding */
}

static void trim(struct lw_work_chart *c, size_t all)
{
    size_t first = all, last = 0;
    for (size_t i = 0; i < all; i++)
        if (c->column[i].worked_ms > 0 || c->column[i].tasks > 0 || c->column[i].judged > 0) {
            first = first == all ? i : first;
            last = i;
        }
    c->n = first == all ? 0 : c->is_week ? all : last - first + 1;
    c->first = c->n == 0 || c->is_week ? 0 : first;
}

struct lw_work_chart lw_work_chart_day(const struct lw_worklog *const *work, size_t n, int32_t day)
{
    struct lw_work_chart c = {.day = day};
    for (size_t i = 0; i < n; i++) {
        size_t nevents;
        const struct lw_work *w = lw_worklog_events(work[i], &nevents);
        for (size_t k = 0; k < nevents; k++) {
            if (lw_work_day(&w[k]) != day)
                continue;
            int64_t local = w[k].time_ms + (int64_t)w[k].zone_s * 1000 - (int64_t)day * DAY_MS;
            c.column[local / HOUR_MS].tasks += is_task(&w[k]);
            spread_over_hours(&c, &w[k], day);
        }
    }
    trim(&c, HOURS);
    return c;
}

struct lw_work_chart lw_work_chart_week(const struct lw_worklog *const *work, size_t n, int32_t day)
{
    struct lw_work_chart c = {.is_week = true, .day = lw_date_week(day)};
    for (size_t i = 0; i < n; i++) {
        size_t nevents;
        const struct lw_work *w = lw_worklog_events(work[i], &nevents);
        for (size_t k = 0; k < nevents; k++) {
            int32_t at = lw_work_day(&w[k]) - c.day;
            if (at < 0 || at >= DAYS)
                continue;
            c.column[at].tasks += is_task(&w[k]);
            c.column[at].worked_ms += w[k].worked_ms;
        }
    }
    trim(&c, DAYS);
    return c;
}

bool lw_work_last_day(
    const struct lw_worklog *const *work, size_t n, int32_t from, int32_t to, int32_t *day)
{
    bool found = false;
    for (size_t i = 0; i < n; i++) {
        size_t nevents;
        const struct lw_work *w = lw_worklog_events(work[i], &nevents);
        for (size_t k = 0; k < nevents; k++) {
            int32_t its = lw_work_day(&w[k]);
            if (its < from || its > to || w[k].worked_ms <= 0)
                continue;
            *day = found && *day > its ? *day : its;
            found = true;
        }
    }
    return found;
}

static void add_again(void *ctx, const struct lw_again *a)
{
    struct lw_work_chart *c = ctx;
    int64_t at = a->local_ms - (int64_t)c->day * DAY_MS;
    struct lw_work_column *to = &c->column[at / (c->is_week ? DAY_MS : HOUR_MS)];
    to->tasks += a->of != 0; /* its time is in there, too */
    to->agreed += lw_agreement_agreed(&a->sum);
    to->judged += lw_agreement_judged(&a->sum);
}

void lw_work_chart_add_agreement(
    struct lw_work_chart *w, const struct lw_insight *s, const struct lw_journal *j)
{
    int32_t last = w->is_week ? w->day + DAYS - 1 : w->day;
    lw_insight_each_again(s, j, w->day, last, add_again, w);
    trim(w, w->is_week ? DAYS : HOURS);
}

int64_t lw_work_chart_sum(const struct lw_work_chart *w)
{
    int64_t sum = 0;
    for (size_t i = 0; i < LW_WORK_COLUMNS; i++)
        sum += w->column[i].worked_ms;
    return sum;
}

/* ---- what is drawn */

static void name_column(const struct lw_work_chart *w, size_t i, char to[8])
{
    if (!w->is_week) {
        snprintf(to, 8, "%02zu", i % 100);
        return;
    }
    char text[LW_DATE_MAX];
    lw_date_format(w->day + (int32_t)i, text);
    snprintf(to, 8, "%.3s %.2s", weekdays[i % DAYS], text + 8);
}

static void describe(const struct lw_work_chart *w, struct lw_work_drawing *d)
{
    struct lw_buf text = {0};
    lw_buf_fmt(&text, "%s.", d->title);
    for (size_t i = 0; i < w->n; i++) {
        const struct lw_work_column *c = &w->column[w->first + i];
        if (c->worked_ms == 0 && c->tasks == 0)
            continue;
        lw_buf_fmt(&text, " %s: %" PRId64 " minutes worked, %" PRIu64 " task%s", d->label[i],
            (c->worked_ms + MINUTE_MS / 2) / MINUTE_MS, c->tasks, c->tasks == 1 ? "" : "s");
        if (!isnan(d->pace[i]))
            lw_buf_fmt(&text, ", %.0f an hour", d->pace[i]);
        if (c->judged > 0)
            lw_buf_fmt(&text, ", %" PRIu64 " of %" PRIu64 " answers agree", c->agreed, c->judged);
        lw_buf_char(&text, '.');
    }
    d->description = lw_buf_detach(&text);
}

/* Hours where there is one in some column; else minutes. */
static bool has_hours(const struct lw_work_chart *w)
{
    bool any = false;
    for (size_t i = 0; w->is_week && i < DAYS; i++)
        any = any || w->column[i].worked_ms >= HOUR_MS;
    return any;
}

static void set_column(
    const struct lw_work_chart *w, struct lw_work_drawing *d, size_t i, int64_t unit_ms)
{
    const struct lw_work_column *c = &w->column[w->first + i];
    bool any = c->worked_ms > 0 || c->tasks > 0;
    double ms = (double)c->worked_ms;
    d->worked[i] = !any ? NAN : ms / (double)unit_ms;
    d->pace[i] = c->worked_ms >= LW_PACE_LEAST_MS ? (double)c->tasks * HOUR_MS / ms : NAN;
    d->agreement[i] = c->judged ? 100 * (double)c->agreed / (double)c->judged : NAN;
    name_column(w, w->first + i, d->label_text[i]);
    d->label[i] = d->label_text[i];
}

static bool any_judged(const struct lw_work_chart *w)
{
    bool any = false;
    for (size_t i = 0; i < LW_WORK_COLUMNS; i++)
        any = any || w->column[i].judged > 0;
    return any;
}

void lw_work_drawing_init(struct lw_work_drawing *d, const struct lw_work_chart *w)
{
    char text[LW_DATE_MAX];
    *d = (struct lw_work_drawing){.description = NULL};
    lw_date_format(w->day, text);
    snprintf(d->title, sizeof d->title, "%s %s",
        w->is_week ? "Week of" : weekdays[lw_date_weekday(w->day)], text);
    bool hours = has_hours(w);
    for (size_t i = 0; i < w->n; i++)
        set_column(w, d, i, hours ? HOUR_MS : MINUTE_MS);
    d->series[0] = hours ? (struct lw_chart_series){"worked", "h", d->worked, 0, 1}
                         : (struct lw_chart_series){"worked", "min", d->worked, 60, 0};
    d->series[1] = (struct lw_chart_series){"pace", "tasks/h", d->pace, 0, 0};
    d->series[2] = (struct lw_chart_series){"agreement", "%", d->agreement, 100, 0};
    describe(w, d);
    d->chart = (struct lw_chart){
        d->title, d->description, d->label, w->n, d->series, any_judged(w) ? 3 : 2};
}

void lw_work_drawing_fini(struct lw_work_drawing *d)
{
    free(d->description);
}

/* ---- JSON */

json_t *lw_work_chart_json(const struct lw_work_chart *w)
{
    char text[LW_DATE_MAX];
    json_t *columns = json_array();
    for (size_t i = w->first; i < w->first + w->n; i++) {
        lw_date_format(w->day + (int32_t)i, text);
        json_t *c = w->is_week ? json_pack("{s:s}", "day", text)
                               : json_pack("{s:I}", "hour", (json_int_t)i);
        json_object_set_new(c, "worked_ms", json_integer((json_int_t)w->column[i].worked_ms));
        json_object_set_new(c, "tasks", json_integer((json_int_t)w->column[i].tasks));
        json_object_set_new(c, "agreed", json_integer((json_int_t)w->column[i].agreed));
        json_object_set_new(c, "judged", json_integer((json_int_t)w->column[i].judged));
        json_array_append_new(columns, c);
    }
    lw_date_format(w->day, text);
    return json_pack(
        "{s:s,s:o}", w->is_week ? "week" : "day", text, w->is_week ? "days" : "hours", columns);
}
