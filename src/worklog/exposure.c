/* Adds up what was seen of hidden tags by day and tag. What counts as seen is the session's to say.
 */
#include "labelwright/worklog/exposure.h"

#include "labelwright/base/clock.h"

#include <stdlib.h>
#include <string.h>

struct lw_exposure {
    int64_t from_ms;
    struct lw_exposure_row *row;
    size_t nrows, cap;
    size_t sessions, uncounted;
};

struct lw_exposure *lw_exposure_from(int64_t utc_ms)
{
    struct lw_exposure *x = lw_alloc(sizeof *x);
    x->from_ms = utc_ms;
    return x;
}

struct lw_exposure *lw_exposure_new(void)
{
    return lw_exposure_from(INT64_MIN);
}

void lw_exposure_free(struct lw_exposure *x)
{
    if (!x)
        return;
    for (size_t i = 0; i < x->nrows; i++)
        free((char *)(uintptr_t)x->row[i].tag);
    free(x->row);
    free(x);
}

/* ---- rows */

static struct lw_exposure_row *row_of(struct lw_exposure *x, int64_t day, const char *tag)
{
    for (size_t i = x->nrows; i-- > 0;) /* the last days come last */
        if (x->row[i].day == day && strcmp(x->row[i].tag, tag) == 0)
            return &x->row[i];
    if (x->nrows == x->cap) {
        x->cap = x->cap ? 2 * x->cap : 16;
        x->row = lw_grow(x->row, x->cap, sizeof *x->row);
    }
    x->row[x->nrows] = (struct lw_exposure_row){.day = day, .tag = lw_strdup(tag)};
    return &x->row[x->nrows++];
}

/* A journal may have been written by anybody: nothing counts below zero, nor beyond what a session
 * can hold. */
static uint64_t number(const json_t *of, const char *member)
{
    const json_int_t most = INT64_C(1000000000000);
    json_int_t n = json_integer_value(json_object_get(of, member));
    return n > 0 && n <= most ? (uint64_t)n : 0;
}

static void add(struct lw_exposure *x, int64_t day, json_t *seen)
{
    const char *tag;
    json_t *of;
    json_object_foreach(seen, tag, of)
    {
        struct lw_exposure_row *row = row_of(x, day, tag);
        row->ms += (int64_t)number(of, "ms");
        row->tasks += number(of, "tasks");
        row->characters += number(of, "characters");
        row->pictures += number(of, "pictures");
    }
}

/* ---- events */

static int64_t local_day(int64_t utc_ms, const json_t *zone)
{
    int32_t east = 0;
    const int64_t day = 24 * 60 * 60;
    if (json_is_string(zone))
        lw_zone_parse(json_string_value(zone), json_string_length(zone), &east);
    int64_t s = utc_ms / 1000 + east;
    return s >= 0 ? s / day : -((-s + day - 1) / day);
}

static bool says(const json_t *e, const char *what)
{
    const char *is = json_string_value(json_object_get(e, "what"));
    return is && strcmp(is, what) == 0;
}

static void fold_sitting(struct lw_exposure *x, const json_t *e)
{
    if (!says(e, "start"))
        return;
    x->sessions++;
    x->uncounted += !json_is_true(json_object_get(e, "counts_seen"));
}

static void fold_own(struct lw_exposure *x, int64_t utc_ms, const json_t *e)
{
    json_t *seen = json_object_get(e, "seen");
    if (says(e, "seen") && json_is_object(seen) && utc_ms >= x->from_ms)
        add(x, local_day(utc_ms, json_object_get(e, "time_zone")), seen);
}

void lw_exposure_fold(struct lw_exposure *x, const struct lw_event *e)
{
    if (e->type != LW_EV_OWN && e->type != LW_EV_SITTING)
        return;
    json_t *event = lw_event_json(e);
    if (e->type == LW_EV_SITTING)
        fold_sitting(x, event);
    else
        fold_own(x, e->time_ms, event);
    json_decref(event);
}

static int by_day_and_tag(const void *a, const void *b)
{
    const struct lw_exposure_row *x = a, *y = b;
    return x->day != y->day ? (x->day < y->day ? -1 : 1) : strcmp(x->tag, y->tag);
}

const struct lw_exposure_row *lw_exposure_rows(struct lw_exposure *x, size_t *n)
{
    *n = x->nrows;
    if (x->nrows > 0)
        qsort(x->row, x->nrows, sizeof *x->row, by_day_and_tag);
    return x->row;
}

void lw_exposure_sessions(const struct lw_exposure *x, size_t *all, size_t *uncounted)
{
    *all = x->sessions;
    *uncounted = x->uncounted;
}
