/* Folds what was seen into sums by day and tag. Which session an event belongs to, and what the
 * local time was, is the worklog's to say. */
#include "labelwright/worklog/exposure.h"

#include "labelwright/json/json_members.h"
#include "labelwright/worklog/worklog.h"

#include <stdlib.h>
#include <string.h>

/* What the fold knows of a session. */
struct session {
    json_t *seen; /* the sums that its last event had; NULL for none */
    bool counts;  /* it says what it counts */
    bool labels;  /* it has a label or a skip */
};

struct lw_exposure {
    struct lw_worklog *log;
    int64_t from_ms;         /* what was seen before does not count */
    struct session *session; /* by the index that the worklog gives it */
    size_t nsessions;
    struct lw_exposure_row *row;
    size_t nrows, cap;
};

struct lw_exposure *lw_exposure_from(int64_t utc_ms)
{
    struct lw_exposure *x = lw_alloc(sizeof *x);
    x->log = lw_worklog_new();
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
    for (size_t i = 0; i < x->nsessions; i++)
        json_decref(x->session[i].seen);
    for (size_t i = 0; i < x->nrows; i++)
        free((char *)(uintptr_t)x->row[i].tag);
    lw_worklog_free(x->log);
    free(x->session);
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

static uint64_t number(const json_t *of, const char *member)
{
    json_int_t n = json_integer_value(json_object_get(of, member));
    return n > 0 ? (uint64_t)n : 0;
}

static uint64_t more(const json_t *now, const json_t *before, const char *member)
{
    uint64_t to = number(now, member), from = number(before, member);
    return to > from ? to - from : 0;
}

static void add(struct lw_exposure *x, int64_t day, const json_t *before, json_t *now)
{
    const char *tag;
    json_t *sum;
    json_object_foreach(now, tag, sum)
    {
        const json_t *was = json_object_get(before, tag);
        if (json_equal((json_t *)(uintptr_t)was, sum))
            continue;
        struct lw_exposure_row *row = row_of(x, day, tag);
        row->ms += (int64_t)more(sum, was, "ms");
        row->tasks += more(sum, was, "tasks");
        row->characters += more(sum, was, "characters");
        row->pictures += more(sum, was, "pictures");
    }
}

/* ---- events */

static struct session *session_of(struct lw_exposure *x, uint32_t i)
{
    if (i >= x->nsessions) {
        x->session = lw_grow(x->session, (size_t)i + 1, sizeof *x->session);
        memset(x->session + x->nsessions, 0, (i + 1 - x->nsessions) * sizeof *x->session);
        x->nsessions = (size_t)i + 1;
    }
    return &x->session[i];
}

static json_t *member(const struct lw_event *e, const char *key)
{
    struct lw_member m;
    if (!lw_member_find(e->text, e->text + e->pos.len - 1, key, &m))
        return NULL;
    return json_loadb(m.value, m.value_len, 0, NULL);
}

static int64_t local_day(const struct lw_work *w)
{
    int64_t s = w->time_ms / 1000 + w->zone_s, day = 24 * 60 * 60;
    return s >= 0 ? s / day : -((-s + day - 1) / day);
}

static bool says_what_counts(const struct lw_event *e)
{
    json_t *curtain = member(e, "curtain");
    json_decref(curtain);
    return curtain;
}

/* The sums of the session were these then; of one whose start was not read the first ones are what
 * the next differ from. */
static void see(struct lw_exposure *x, const struct lw_work *w, json_t *seen)
{
    size_t n;
    const struct lw_work_sitting *sitting = &lw_worklog_sittings(x->log, &n)[w->sitting];
    struct session *s = session_of(x, w->sitting);
    if ((sitting->begun || s->seen) && w->time_ms >= x->from_ms)
        add(x, local_day(w), s->seen, seen);
    json_decref(s->seen);
    s->seen = json_incref(seen);
    s->counts = true;
}

static void fold_work(struct lw_exposure *x, const struct lw_work *w, const struct lw_event *e)
{
    struct session *s = session_of(x, w->sitting);
    json_t *seen = member(e, "seen");
    s->labels = s->labels || w->kind == LW_WORK_LABEL || w->kind == LW_WORK_SKIP;
    s->counts = s->counts || (w->kind == LW_WORK_START && says_what_counts(e));
    if (json_is_object(seen))
        see(x, w, seen);
    json_decref(seen);
}

void lw_exposure_add(struct lw_exposure *x, int64_t utc_ms, json_t *seen)
{
    size_t n;
    const struct lw_work *w = lw_worklog_events(x->log, &n);
    if (n == 0 || w[n - 1].sitting == LW_WORK_NO_SITTING || !json_is_object(seen))
        return;
    struct lw_work now = w[n - 1];
    now.time_ms = utc_ms;
    see(x, &now, seen);
}

void lw_exposure_fold(struct lw_exposure *x, const struct lw_event *e)
{
    size_t before, n;
    lw_worklog_events(x->log, &before);
    lw_worklog_fold(x->log, e);
    const struct lw_work *w = lw_worklog_events(x->log, &n);
    if (n > before && w[n - 1].sitting != LW_WORK_NO_SITTING)
        fold_work(x, &w[n - 1], e);
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
    *all = *uncounted = 0;
    for (size_t i = 0; i < x->nsessions; i++) {
        *all += x->session[i].labels;
        *uncounted += x->session[i].labels && !x->session[i].counts;
    }
}
