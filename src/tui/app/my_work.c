/* One's own work: read from the end of the journal when the summary of today or its page is opened.
 * What the figures are, the room insight knows. */
#include "tui/app/screens_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/base/date.h"
#include "labelwright/base/local_time.h"
#include "labelwright/insight/insight_text.h"
#include "labelwright/json/json_members.h"

#include <stdlib.h>
#include <string.h>

enum { SEGMENTS = 2 /* from the end: 8 MiB or more, weeks of work, a twentieth of a second */ };

/* ---- reading */

struct work_reader {
    struct lw_insight *insight;
    bool begun; /* a session's start was seen: its times are sums from there on */
};

static bool begins(const struct lw_event *e)
{
    struct lw_member what;
    size_t n;
    const char *text = NULL;
    if (e->type == LW_EV_SITTING &&
        lw_member_find(e->text, e->text + e->pos.len - 1, "what", &what))
        text = lw_member_plain(&what, &n);
    return text && n == 5 && memcmp(text, "start", n) == 0;
}

static bool fold(void *ctx, const struct lw_event *e)
{
    struct work_reader *r = ctx;
    r->begun = r->begun || begins(e);
    if (r->begun || e->type == LW_EV_QUESTIONS)
        lw_insight_fold(r->insight, e);
    return true;
}

static struct lw_insight *read_journal(const struct lw_sitting_opts *w)
{
    struct lw_mark from = {.segment = lw_journal_head(w->journal).segment};
    struct work_reader r = {.insight = lw_insight_new()};
    if (from.segment < SEGMENTS) {
        from.segment = 0;
        r.begun = true;
    } else {
        from.segment -= SEGMENTS - 1;
        lw_insight_add_questions(r.insight, w->project->questions_hash, w->project->questions);
    }
    lw_journal_lines(w->journal, from, fold, &r, NULL);
    return r.insight;
}

static int32_t local_day(int64_t utc_ms)
{
    char zone[LW_ZONE_MAX];
    int32_t east = 0;
    lw_zone_format(utc_ms, zone);
    lw_zone_parse(zone, strlen(zone), &east);
    return (int32_t)((utc_ms / 1000 + east) / 86400);
}

static void set_line(struct lw_my_work *m, struct lw_insight_opts opts, int32_t today)
{
    struct lw_buf line = {0};
    opts.from_day = today;
    struct lw_insight_report *day = lw_insight_report(m->insight, &opts);
    m->line = lw_insight_line(day, &line) ? lw_buf_detach(&line) : NULL;
    lw_buf_fini(&line);
    lw_insight_report_free(day);
}

void lw_work_read(struct lw_app *app)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    int32_t today = local_day(lw_clock_utc_ms(w->sys));
    struct lw_insight_opts opts = {.from_day = lw_date_week(today),
        .to_day = today,
        .journal = w->journal,
        .fixed_order = !w->project->shuffle_responses};
    lw_work_close(app);
    struct lw_my_work *m = app->work = lw_alloc(sizeof *m);
    m->insight = read_journal(w);
    m->week = lw_insight_report(m->insight, &opts);
    const struct lw_worklog *const work[] = {lw_insight_work(m->insight)};
    m->day_chart = lw_work_chart_day(work, 1, today);
    m->week_chart = lw_work_chart_week(work, 1, today);
    lw_work_chart_add_agreement(&m->day_chart, m->insight, w->journal);
    lw_work_chart_add_agreement(&m->week_chart, m->insight, w->journal);
    lw_work_drawing_init(&m->day_drawing, &m->day_chart);
    lw_work_drawing_init(&m->week_drawing, &m->week_chart);
    set_line(m, opts, today);
}

void lw_work_close(struct lw_app *app)
{
    struct lw_my_work *m = app->work;
    if (!m)
        return;
    lw_work_drawing_fini(&m->day_drawing);
    lw_work_drawing_fini(&m->week_drawing);
    lw_insight_report_free(m->week);
    lw_insight_free(m->insight);
    free(m->line);
    free(m);
    app->work = NULL;
}

/* ---- the pace */

/* Of little time nothing is said that would look like a measure. */
void lw_work_tell_pace(struct lw_app *app)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    int64_t now = lw_clock_utc_ms(w->sys);
    struct lw_day day = lw_ledger_day(w->ledger, lw_local_midnight(now), now + 1);
    uint64_t tasks = day.done + day.skipped;
    char time[LW_DURATION_MAX], more[LW_DURATION_MAX];
    lw_duration_words(day.active_ms, time);
    lw_duration_words(LW_PACE_LEAST_MS, more);
    if (tasks == 0)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_PACE_NONE);
    else if (day.active_ms < LW_PACE_LEAST_MS)
        lw_sitting_notify(
            app->s, LW_TONE_INFO, LW_APP_PACE_EARLY, tasks, tasks == 1 ? "" : "s", time, more);
    else
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_PACE, tasks, tasks == 1 ? "" : "s", time,
            (double)tasks * 3600000 / (double)day.active_ms);
}

/* ---- the page */

static void add_task(void *ctx, const struct lw_named_label *l, struct lw_buf *to)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(((const struct lw_app *)ctx)->s)->opts;
    json_t *event = NULL;
    if (lw_journal_read(w->journal, l->pos, &event, NULL) == LW_OK) {
        const char *id = json_string_value(json_object_get(event, "task"));
        lw_buf_str(to, id ? id : "");
    }
    json_decref(event);
}

static void add_line(struct lw_doc *to, enum lw_role role, const char *s, size_t n)
{
    lw_doc_line(to, role, role == LW_ROLE_TITLE, "%.*s", (int)n, s);
}

static void add_lines(struct lw_doc *to, const struct lw_buf *text)
{
    for (const char *at = text->data, *end; at && *at; at = end + 1) {
        end = strchr(at, '\n');
        bool heading = *at != ' ' && at != text->data;
        add_line(to, heading ? LW_ROLE_TITLE : LW_ROLE_TEXT, at, (size_t)(end - at));
    }
}

/* Bars, then a line of numbers: a line is in the role of its first mark. */
static void add_chart(const struct lw_app *app, struct lw_doc *to, const struct lw_work_drawing *d)
{
    enum { INDENT = 2 };
    struct lw_chart_look look = {.cols = app->cols - INDENT - 2, .height = app->rows < 30 ? 1 : 3};
    struct lw_buf text = {0};
    add_line(to, LW_ROLE_TITLE, d->title, strlen(d->title));
    lw_chart_print(&d->chart, &look, INDENT, &text);
    for (const char *at = text.data, *end; at && *at; at = end + 1) {
        end = strchr(at, '\n');
        const char *mark = at + strspn(at, " ");
        bool bar = (unsigned char)*mark >= 0x80, last = end[1] == '\0';
        add_line(to,
            bar    ? LW_ROLE_ANSWER
            : last ? LW_ROLE_DIM
                   : LW_ROLE_TEXT,
            at, (size_t)(end - at));
    }
    add_line(to, LW_ROLE_TEXT, "", 0);
    lw_buf_fini(&text);
}

static void fill(const struct lw_app *app, struct lw_doc *to)
{
    const struct lw_my_work *m = app->work;
    struct lw_task_names names = {add_task, (void *)app};
    struct lw_buf text = {0};
    if (m->day_chart.n > 0)
        add_chart(app, to, &m->day_drawing);
    if (m->week_chart.n > 0)
        add_chart(app, to, &m->week_drawing);
    lw_insight_text(m->week, &names, app->cols - 2, &text);
    add_lines(to, &text);
    lw_buf_fini(&text);
}

void lw_work_open_page(struct lw_app *app)
{
    lw_work_read(app);
    lw_pager_open(app, LW_OVERLAY_WORK, fill);
}
