/* Makes rows of worklogs: which period of which project an event belongs to, what it adds there,
 * and what must be said about it. Time that two projects count at once is found in overlap.c. */
#include "labelwright/timesheet/timesheet.h"

#include "labelwright/stats/quantile.h"
#include "timesheet/overlap_internal.h"

#include <stdlib.h>
#include <string.h>

int32_t lw_local_day(struct lw_local_time t)
{
    return lw_date_at(t.utc_ms, t.zone_s);
}

int64_t lw_local_ms(struct lw_local_time t)
{
    return t.utc_ms + (int64_t)t.zone_s * 1000 - (int64_t)lw_local_day(t) * LW_DAY_MS;
}

/* ---- what is being made */

/* Events that follow each other and belong to one row are added up; the runs of a row are joined at
 * the end. */
struct run {
    struct lw_timesheet_row row;
    int32_t period; /* its first day; 0 for LW_BY_PROJECT */
    uint32_t at;    /* its place before they were sorted */
};

struct duration {
    uint32_t run; /* later: the row */
    int64_t ms;
};

/* Of a session, as far as it is looked at. */
struct met {
    bool counted, slept;
    uint32_t stretch; /* 1 + the last one; 0: none */
};

struct maker {
    struct lw_timesheet *to;
    struct run *run;
    size_t nruns, cap_runs;
    struct duration *duration; /* of the labels that count */
    size_t ndurations, cap_durations;
    struct lw_work_piece *piece;
    size_t npieces, cap_pieces;
    size_t cap_stretches;
    /* of the project that is being read */
    size_t project;
    const struct lw_work_sitting *sitting;
    struct met *met;
};

static void *room(void *p, size_t n, size_t *cap, size_t item)
{
    if (n < *cap)
        return p;
    *cap = *cap ? *cap * 2 : 64;
    return lw_grow(p, *cap, item);
}

static void add_note(struct maker *m, enum lw_timesheet_note_kind kind, uint64_t n, int64_t ms)
{
    m->to->note[kind].n += n;
    m->to->note[kind].ms += ms;
}

/* ---- rows */

static int32_t period_of(const struct maker *m, int32_t day)
{
    switch (m->to->opts.by) {
    case LW_BY_DAY:
        return day;
    case LW_BY_WEEK:
        return lw_date_week(day);
    case LW_BY_MONTH:
        return lw_date_month(day);
    case LW_BY_PROJECT:
        break;
    }
    return 0;
}

static struct run *run_of(struct maker *m, int32_t day, size_t project)
{
    int32_t period = period_of(m, day);
    struct run *last = m->nruns ? &m->run[m->nruns - 1] : NULL;
    if (last && last->period == period && last->row.project == project) {
        if (m->to->opts.by == LW_BY_PROJECT && day < last->row.day)
            last->row.day = day;
        return last;
    }
    m->run = room(m->run, m->nruns, &m->cap_runs, sizeof *m->run);
    last = &m->run[m->nruns];
    *last = (struct run){.period = period, .at = (uint32_t)m->nruns++};
    last->row.project = project;
    last->row.day = m->to->opts.by == LW_BY_PROJECT ? day : period;
    return last;
}

static void see(struct lw_timesheet_row *row, struct lw_local_time t)
{
    if (!row->seen || t.utc_ms < row->first.utc_ms)
        row->first = t;
    if (!row->seen || t.utc_ms > row->last.utc_ms)
        row->last = t;
    row->seen = true;
}

static void add_time(struct lw_timesheet_row *row, const struct lw_work *e)
{
    int64_t pause = e->kind == LW_WORK_BREAK ? e->wall_ms : 0;
    int64_t rest = e->elapsed_ms - e->worked_ms - pause;
    rest = rest > 0 ? rest : 0;
    int64_t asleep = e->suspended_ms < rest ? e->suspended_ms : rest;
    row->exact_ms += e->worked_ms;
    row->guidelines_ms += e->guidelines_ms;
    row->asleep_ms += asleep;
    row->idle_ms += rest - asleep;
    row->break_ms += pause;
    row->breaks += e->kind == LW_WORK_BREAK;
}

static void add_label(struct maker *m, struct run *run, const struct lw_work *e)
{
    struct lw_timesheet_row *row = &run->row;
    bool counts = !e->undone && !e->replaced;
    row->undone += e->undone;
    row->replaced += e->replaced;
    row->done += counts && e->kind == LW_WORK_LABEL;
    row->skipped += counts && e->kind == LW_WORK_SKIP;
    if (!counts || e->kind != LW_WORK_LABEL || e->sitting == LW_WORK_NO_SITTING)
        return;
    row->timed++;
    m->duration = room(m->duration, m->ndurations, &m->cap_durations, sizeof *m->duration);
    m->duration[m->ndurations++] = (struct duration){run->at, e->active_ms};
}

/* ---- sessions */

static struct lw_local_time time_of(const struct lw_work *e)
{
    return (struct lw_local_time){e->time_ms, e->zone_s};
}

static struct lw_session_day *stretch_of(struct maker *m, const struct lw_work *e, int32_t day)
{
    struct lw_timesheet *t = m->to;
    struct met *met = &m->met[e->sitting];
    struct lw_session_day *last = met->stretch ? &t->stretch[met->stretch - 1] : NULL;
    if (last && last->day == day) {
        if (e->time_ms < last->from.utc_ms)
            last->from = time_of(e);
        if (e->time_ms > last->to.utc_ms)
            last->to = time_of(e);
        return last;
    }
    struct lw_local_time from = time_of(e);
    if (e->seq != m->sitting[e->sitting].first)
        from.utc_ms -= lw_local_ms(from);
    t->stretch = room(t->stretch, t->nstretches, &m->cap_stretches, sizeof *t->stretch);
    t->stretch[t->nstretches] = (struct lw_session_day){
        .project = m->project, .seq = e->seq, .day = day, .from = from, .to = time_of(e)};
    met->stretch = (uint32_t)++t->nstretches;
    return &t->stretch[met->stretch - 1];
}

/* The first of its events that is looked at: all that is to be said of it. */
static void meet(struct maker *m, const struct lw_work_sitting *sitting)
{
    if (sitting->forward_ms)
        add_note(m, LW_NOTE_FORWARD, 1, sitting->forward_ms);
    if (sitting->back_ms)
        add_note(m, LW_NOTE_BACK, 1, sitting->back_ms);
    add_note(m, LW_NOTE_ENDLESS, !sitting->stopped, 0);
    add_note(m, LW_NOTE_HEADLESS, !sitting->begun, 0);
    add_note(m, LW_NOTE_OLD, !sitting->exact, 0);
}

static void add_piece(struct maker *m, const struct lw_work *e, const struct lw_session_day *in)
{
    if (m->to->opts.nprojects < 2 || e->worked_ms <= 0)
        return;
    m->piece = room(m->piece, m->npieces, &m->cap_pieces, sizeof *m->piece);
    m->piece[m->npieces++] = (struct lw_work_piece){.from = e->time_ms - e->worked_ms,
        .to = e->time_ms,
        .project = (uint32_t)m->project,
        .stretch = (uint32_t)(in - m->to->stretch)};
}

static void add_to_session(struct maker *m, struct run *run, const struct lw_work *e, int32_t day)
{
    const struct lw_work_sitting *sitting = &m->sitting[e->sitting];
    struct met *met = &m->met[e->sitting];
    if (!met->counted)
        meet(m, sitting);
    met->counted = true;
    int64_t asleep = run->row.asleep_ms;
    run->row.sessions += e->seq == sitting->first;
    see(&run->row, time_of(e));
    add_time(&run->row, e);
    asleep = run->row.asleep_ms - asleep;
    add_note(m, LW_NOTE_ASLEEP, asleep && !met->slept, asleep);
    met->slept = met->slept || asleep;
    add_note(m, LW_NOTE_MOVED, e->kind == LW_WORK_ZONE, 0);
    add_note(m, LW_NOTE_OLD, 0, sitting->exact ? 0 : e->worked_ms);
    struct lw_session_day *in = stretch_of(m, e, day);
    bool counts = !e->undone && !e->replaced;
    in->active_ms += e->worked_ms;
    in->done += counts && e->kind == LW_WORK_LABEL;
    in->skipped += counts && e->kind == LW_WORK_SKIP;
    add_piece(m, e, in);
}

/* ---- projects */

static void add_event(struct maker *m, const struct lw_work *e, int32_t day)
{
    bool label = e->kind == LW_WORK_LABEL || e->kind == LW_WORK_SKIP;
    bool in_session = e->sitting != LW_WORK_NO_SITTING;
    if (!label && !in_session)
        return;
    struct run *run = run_of(m, day, m->project);
    if (label)
        add_label(m, run, e);
    if (in_session)
        add_to_session(m, run, e, day);
    else
        add_note(m, LW_NOTE_SCRIPTED, 1, 0);
}

static void add_project(struct maker *m, size_t at)
{
    const struct lw_timesheet_opts *o = &m->to->opts;
    const struct lw_timesheet_project *p = &o->project[at];
    size_t n, nsittings, before = m->nruns;
    const struct lw_work *e = lw_worklog_events(p->log, &n);
    m->project = at;
    m->sitting = lw_worklog_sittings(p->log, &nsittings);
    m->met = lw_alloc((nsittings + 1) * sizeof *m->met);
    for (size_t i = 0; i < n; i++) {
        int32_t day = lw_date_at(e[i].time_ms, e[i].zone_s);
        if (day >= o->since && day <= o->until)
            add_event(m, &e[i], day);
    }
    add_note(m, LW_NOTE_NO_ZONE, m->nruns > before && !lw_worklog_has_zone(p->log), 0);
    add_note(m, LW_NOTE_DAMAGED, p->damage != NULL, 0);
    free(m->met);
}

static void take_twice(struct maker *m)
{
    struct lw_timesheet *t = m->to;
    lw_overlap_find(m->piece, m->npieces, t->opts.nprojects);
    for (size_t i = 0; i < m->npieces; i++) {
        const struct lw_work_piece *piece = &m->piece[i];
        if (!piece->twice)
            continue;
        struct lw_session_day *in = &t->stretch[piece->stretch];
        in->active_ms -= piece->twice;
        in->twice_ms += piece->twice;
        run_of(m, in->day, LW_TWICE)->row.exact_ms -= piece->twice;
        add_note(m, LW_NOTE_TWICE, 1, piece->twice);
    }
}

/* ---- from runs to rows */

static int by_period(const void *a, const void *b)
{
    const struct run *x = a, *y = b;
    if (x->period != y->period)
        return x->period < y->period ? -1 : 1;
    if (x->row.project != y->row.project)
        return x->row.project < y->row.project ? -1 : 1;
    return x->at < y->at ? -1 : 1;
}

static void add_sums(struct lw_timesheet_row *to, const struct lw_timesheet_row *row)
{
    to->active_ms += row->active_ms;
    to->exact_ms += row->exact_ms;
    to->guidelines_ms += row->guidelines_ms;
    to->idle_ms += row->idle_ms;
    to->asleep_ms += row->asleep_ms;
    to->break_ms += row->break_ms;
    to->breaks += row->breaks;
    to->sessions += row->sessions;
    to->done += row->done;
    to->skipped += row->skipped;
    to->replaced += row->replaced;
    to->undone += row->undone;
    to->timed += row->timed;
    to->seen = to->seen || row->seen;
}

static void join_row(struct lw_timesheet_row *to, const struct lw_timesheet_row *row)
{
    if (row->seen) {
        see(to, row->first);
        see(to, row->last);
    }
    add_sums(to, row);
    to->day = row->day < to->day ? row->day : to->day;
}

/* `place` gets the row of each run. */
static void join_runs(struct maker *m, uint32_t *place)
{
    struct lw_timesheet *t = m->to;
    if (m->nruns > 0)
        qsort(m->run, m->nruns, sizeof *m->run, by_period);
    t->row = lw_alloc((m->nruns + 1) * sizeof *t->row);
    for (size_t i = 0; i < m->nruns; i++) {
        const struct run *run = &m->run[i];
        bool same = i > 0 && run->period == m->run[i - 1].period &&
                    run->row.project == m->run[i - 1].row.project;
        if (same)
            join_row(&t->row[t->nrows - 1], &run->row);
        else
            t->row[t->nrows++] = run->row;
        place[run->at] = (uint32_t)t->nrows - 1;
    }
}

static void set_quartiles(struct maker *m, const uint32_t *place)
{
    struct lw_timesheet *t = m->to;
    size_t *end = lw_alloc((t->nrows + 1) * sizeof *end), n = 0;
    int64_t *ms = lw_alloc((m->ndurations + 1) * sizeof *ms);
    for (size_t i = 0; i < t->nrows; i++) {
        end[i] = n;
        n += t->row[i].timed;
    }
    for (size_t i = 0; i < m->ndurations; i++)
        ms[end[place[m->duration[i].run]]++] = m->duration[i].ms;
    for (size_t i = 0; i < t->nrows; i++) {
        struct lw_timesheet_row *row = &t->row[i];
        int64_t *own = ms + end[i] - row->timed;
        lw_sort_whole(own, row->timed);
        row->lower = lw_quantile(own, row->timed, 1, 4);
        row->median = lw_quantile(own, row->timed, 1, 2);
        row->upper = lw_quantile(own, row->timed, 3, 4);
    }
    free(ms);
    free(end);
}

/* Rows first, then their sum: what is shown adds up. */
static void round_rows(struct lw_timesheet *t)
{
    for (size_t i = 0; i < t->nrows; i++) {
        t->row[i].active_ms = lw_rounding_apply(t->opts.rounding, t->row[i].exact_ms);
        add_sums(&t->total, &t->row[i]);
    }
    int64_t ms = t->total.active_ms - t->total.exact_ms;
    t->note[LW_NOTE_ROUNDED] = (struct lw_timesheet_note){t->opts.rounding != NULL, ms};
}

struct lw_timesheet *lw_timesheet_new(const struct lw_timesheet_opts *opts)
{
    struct lw_timesheet *t = lw_alloc(sizeof *t);
    struct maker m = {.to = t};
    t->opts = *opts;
    for (size_t i = 0; i < opts->nprojects; i++)
        add_project(&m, i);
    take_twice(&m);
    uint32_t *place = lw_alloc((m.nruns + 1) * sizeof *place);
    join_runs(&m, place);
    set_quartiles(&m, place);
    round_rows(t);
    free(place);
    free(m.run);
    free(m.duration);
    free(m.piece);
    return t;
}

void lw_timesheet_free(struct lw_timesheet *t)
{
    if (!t)
        return;
    free(t->row);
    free(t->stretch);
    free(t);
}
