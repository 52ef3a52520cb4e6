/* One target of the project: opened with its credentials, how much is unsent, when it is due. It
 * sends nothing; sync.c does. */
#include "sync/sync_internal.h"
#include "sync/sync_messages_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/text/glyph.h"

#include <stdio.h>

/* ---- opening */

void lw_destination_stop(struct lw_destination *o, const struct lw_err *err)
{
    o->outbox.stopped = true;
    o->outbox.code = err->code;
    lw_clean_line(err->text, o->outbox.text, sizeof o->outbox.text);
}

void lw_destination_close(struct lw_destination *o)
{
    lw_credentials_free(o->credentials);
    if (o->target)
        o->kind->close(o->target);
    o->credentials = NULL;
    o->target = NULL;
}

/* The journal was continued in two places: what is sent from here would contradict what was sent
 * from the other. */
static void stop_for_fork(struct lw_destination *o, const char *text)
{
    struct lw_err err = {.code = LW_EBAD};
    if (o->target)
        o->kind->close(o->target);
    o->target = NULL;
    snprintf(err.text, sizeof err.text, "%s", text);
    lw_destination_stop(o, &err);
}

void lw_destination_open(struct lw_sync *s, size_t n)
{
    struct lw_destination *o = &s->destination[n];
    const struct lw_sync_to *to = &s->with.project->sync[n];
    struct lw_err err = {0};
    struct lw_target_opts opts = {.sys = s->with.sys,
        .project = s->with.project,
        .to = to,
        .journal = s->with.journal,
        .ledger = s->with.ledger};
    o->to = to;
    o->kind = lw_target_kind(to);
    lw_outbox_init(&o->outbox, (size_t)to->batch);
    if (s->with.config)
        opts.endpoint = lw_config_endpoint(s->with.config, to->to);
    if (opts.endpoint)
        o->credentials = lw_credentials_new(s->with.sys, opts.endpoint, 0);
    if (o->kind)
        o->target = o->kind->open(&opts, &err);
    else
        lw_fail(&err, LW_EUSAGE, LW_SYNC_MSG_NO_KIND, to->to);
    if (!o->target)
        lw_destination_stop(o, &err);
    o->unsent_at_open = lw_destination_unsent(s, o);
    if (s->sent.fork)
        stop_for_fork(o, s->sent.text);
}

/* ---- state */

const struct lw_delivery *lw_destination_delivery(
    const struct lw_sync *s, const struct lw_destination *o)
{
    return lw_ledger_delivery(s->with.ledger, o->to->key);
}

uint64_t lw_destination_unsent(const struct lw_sync *s, const struct lw_destination *o)
{
    return lw_ledger_unsent(s->with.ledger, lw_destination_delivery(s, o));
}

int64_t lw_sync_mono_ms(const struct lw_sync *s)
{
    return lw_clock_mono_ms(s->with.sys);
}

bool lw_destination_sends_at_once(
    const struct lw_sync *s, const struct lw_destination *o, uint64_t unsent)
{
    return o->hurry || unsent >= o->outbox.batch || s->with.gather_ms == 0;
}

/* Milliseconds that the labels still wait to be sent together; 0 to send now. */
static int64_t gathers_ms(const struct lw_sync *s, struct lw_destination *o, uint64_t unsent)
{
    int64_t now = lw_sync_mono_ms(s);
    if (unsent == 0)
        o->gathers_since = 0;
    else if (!o->gathers_since)
        o->gathers_since = now ? now : 1;
    if (unsent == 0 || lw_destination_sends_at_once(s, o, unsent))
        return 0;
    int64_t left = o->gathers_since + s->with.gather_ms - now;
    return left > 0 ? left : 0;
}

int64_t lw_destination_due_ms(const struct lw_sync *s, struct lw_destination *o)
{
    uint64_t unsent = lw_destination_unsent(s, o);
    int64_t now = lw_sync_mono_ms(s), gathers = gathers_ms(s, o, unsent);
    switch (lw_outbox_action(&o->outbox, lw_destination_delivery(s, o), unsent, now)) {
    case LW_OUTBOX_WAIT:
        return o->outbox.not_before - now;
    case LW_OUTBOX_CUT:
        return gathers;
    case LW_OUTBOX_SEND:
        if (o->credentials && lw_credentials_work(o->credentials) == LW_CREDENTIALS_WAITING)
            return lw_credentials_due_ms(o->credentials);
        return 0;
    default:
        return -1;
    }
}
