/* Offers of rest, by the user's own rules in config.yaml: a break after so much work, so many tasks
 * or so long a sight of a tag; the end of the day. An offer is a line that a front end may show; it
 * blocks nothing and asks again only after the time that the user has set. Decides when one is due;
 * shows nothing. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/local_time.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const struct lw_rest *rules(const struct lw_sitting *s)
{
    return s->view.opts.rest;
}

static int64_t seen_ms(const struct lw_sitting *s, const char *tag)
{
    for (size_t i = 0; i < s->seeing.nsums; i++)
        if (strcmp(s->seeing.sum[i].tag, tag) == 0)
            return s->seeing.sum[i].ms;
    return 0;
}

/* ---- since the last break */

void lw_rest_restart(struct lw_sitting *s)
{
    struct lw_resting *r = &s->resting;
    r->worked_at = s->session.worked_ms;
    r->tasks = 0;
    r->quiet_until = 0;
    for (size_t i = 0; rules(s) && i < rules(s)->nexposure; i++)
        r->seen_at[i] = seen_ms(s, rules(s)->exposure[i].tag);
    lw_rest_update(s);
}

void lw_rest_count_task(struct lw_sitting *s)
{
    s->resting.tasks++;
    lw_rest_update(s);
}

/* ---- the end of the day */

void lw_rest_begin(struct lw_sitting *s)
{
    s->resting = (struct lw_resting){.stop_ms = INT64_MAX};
    if (rules(s) && rules(s)->stops)
        s->resting.stop_ms = lw_local_next(lw_clock_utc_ms(s->view.opts.sys), rules(s)->stop_at);
    lw_rest_restart(s);
}

/* ---- what is due */

static bool ends_day(const struct lw_sitting *s, struct lw_rest_offer *to)
{
    if (lw_clock_utc_ms(s->view.opts.sys) < s->resting.stop_ms)
        return false;
    snprintf(
        to->why, sizeof to->why, LW_MSG_REST_STOP, rules(s)->stop_at / 60, rules(s)->stop_at % 60);
    return true;
}

static bool wants_break_of_work(const struct lw_sitting *s, struct lw_rest_offer *to)
{
    int64_t worked = s->session.worked_ms - s->resting.worked_at;
    if (rules(s)->after_ms == 0 || worked < rules(s)->after_ms)
        return false;
    snprintf(to->why, sizeof to->why, LW_MSG_REST_WORKED, worked / 60000);
    return true;
}

static bool wants_break_of_tasks(const struct lw_sitting *s, struct lw_rest_offer *to)
{
    if (rules(s)->tasks == 0 || s->resting.tasks < rules(s)->tasks)
        return false;
    snprintf(to->why, sizeof to->why, LW_MSG_REST_TASKS, s->resting.tasks,
        s->resting.tasks == 1 ? "" : "s");
    return true;
}

static bool wants_break_of_tag(const struct lw_sitting *s, struct lw_rest_offer *to)
{
    for (size_t i = 0; i < rules(s)->nexposure; i++) {
        const struct lw_rest_exposure *x = &rules(s)->exposure[i];
        int64_t ms = seen_ms(s, x->tag) - s->resting.seen_at[i];
        if (ms < x->ms)
            continue;
        snprintf(to->why, sizeof to->why, LW_MSG_REST_SEEN, ms / 60000, x->tag);
        return true;
    }
    return false;
}

void lw_rest_update(struct lw_sitting *s)
{
    struct lw_rest_offer *to = &s->view.offer;
    *to = (struct lw_rest_offer){.kind = LW_REST_NONE};
    if (!rules(s) || s->view.paused)
        return;
    if (ends_day(s, to))
        to->kind = LW_REST_STOP;
    else if (lw_clock_boot_ms(s->view.opts.sys) < s->resting.quiet_until)
        return;
    else if (wants_break_of_tag(s, to) || wants_break_of_work(s, to) || wants_break_of_tasks(s, to))
        to->kind = LW_REST_BREAK;
}

void lw_sitting_rest_later(struct lw_sitting *s)
{
    enum lw_rest_kind kind = s->view.offer.kind;
    if (kind == LW_REST_STOP)
        s->resting.stop_ms = INT64_MAX;
    if (kind == LW_REST_BREAK)
        s->resting.quiet_until = lw_clock_boot_ms(s->view.opts.sys) + rules(s)->later_ms;
    lw_rest_update(s);
    if (kind == LW_REST_BREAK)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_REST_LATER, rules(s)->later_ms / 60000);
    else
        lw_sitting_notify(s, LW_TONE_INFO, "%s",
            kind == LW_REST_STOP ? LW_MSG_REST_NOT_TODAY : LW_MSG_REST_NOTHING);
}
