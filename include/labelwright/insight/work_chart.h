/* A day by its hours and a week by its days, as small charts: time worked, pace, and where tasks
 * came again or were practice, how many answers agree. */
#ifndef LABELWRIGHT_INSIGHT_WORK_CHART_H
#define LABELWRIGHT_INSIGHT_WORK_CHART_H

#include "labelwright/chart/chart.h"
#include "labelwright/insight/insight.h"

#include <jansson.h>

enum { LW_WORK_COLUMNS = 24 };

/* Time in which tasks are too few to speak of a pace. */
enum { LW_PACE_LEAST_MS = 5 * 60000 };

/* Hours of a day, by the local time of then, or days of a week from its Monday. */
struct lw_work_column {
    int64_t worked_ms;
    uint64_t tasks;          /* labels and skips that count, and repeats */
    uint64_t agreed, judged; /* answers of repeats and practice */
};

struct lw_work_chart {
    bool is_week;
    int32_t day; /* the day; of a week its Monday. Local, since 1970 */
    struct lw_work_column column[LW_WORK_COLUMNS];
    size_t first, n; /* those from the first with work to the last; all seven of a week. 0: none */
};

/* Of several projects together. Time counts in the day of the event that ends it, as in the
 * timesheet; within the day it is spread over the hours in which it passed. */
struct lw_work_chart lw_work_chart_day(const struct lw_worklog *const *work, size_t n, int32_t day);
struct lw_work_chart lw_work_chart_week(
    const struct lw_worklog *const *work, size_t n, int32_t day);

/* Adds the answers that were given again; `j` as in struct lw_insight_opts. */
void lw_work_chart_add_agreement(
    struct lw_work_chart *w, const struct lw_insight *s, const struct lw_journal *j);

/* Of all columns. */
int64_t lw_work_chart_sum(const struct lw_work_chart *w);

/* The last local day with time worked in [from, to]; false when there is none, as in a journal of
 * scripts. */
bool lw_work_last_day(
    const struct lw_worklog *const *work, size_t n, int32_t from, int32_t to, int32_t *day);

/* The chart to draw. It and what it points to are within `room`, which it borrows with `w`. */
struct lw_work_drawing {
    struct lw_chart chart;
    struct lw_chart_series series[3];
    double worked[LW_WORK_COLUMNS], pace[LW_WORK_COLUMNS], agreement[LW_WORK_COLUMNS];
    const char *label[LW_WORK_COLUMNS];
    char label_text[LW_WORK_COLUMNS][8];
    char title[48];
    char *description; /* free with lw_work_drawing_fini() */
};
void lw_work_drawing_init(struct lw_work_drawing *d, const struct lw_work_chart *w);
void lw_work_drawing_fini(struct lw_work_drawing *d);

/* {"day":"2026-11-29","hours":[{"hour":8,"worked_ms":…,"tasks":…,"agreed":…,"judged":…}]}, or
 * "week" and "days". New reference. */
json_t *lw_work_chart_json(const struct lw_work_chart *w);

#endif
