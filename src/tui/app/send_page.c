/* Sending from the desk: S, the page of refused labels, and the short wait for labels being sent
 * when the session ends. */
#include "tui/app/app_parts_internal.h"

#include "labelwright/base/clock.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { REFUSED_MAX = 1000, PARTING_MS = 5000 };

static struct lw_sync_status status(const struct lw_app *d)
{
    return lw_sync_status(d->sync);
}

/* --- the page of refused labels -------------------------------------------------------------- */

static void clear(struct lw_send *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->refused[i].task);
        free(p->refused[i].why);
    }
    p->n = p->more = 0;
}

void lw_app_send_fini(struct lw_app *d)
{
    clear(&d->send);
    free(d->send.refused);
}

static void collect(void *ctx, const struct lw_parked *one)
{
    struct lw_send *p = ctx;
    if (p->n == REFUSED_MAX) {
        p->more++;
        return;
    }
    p->refused = lw_grow(p->refused, p->n + 1, sizeof *p->refused);
    p->refused[p->n++] = (struct lw_refused){
        .seq = one->seq,
        .task = lw_strdup(one->task ? one->task : ""),
        .why =
            lw_format("%s%s%s", one->code, *one->code && *one->message ? ": " : "", one->message),
    };
}

static void read_refused(struct lw_app *d)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(d->s)->opts;
    clear(&d->send);
    lw_sync_parked(w->project, w->journal, w->ledger, collect, &d->send);
    if (d->send.at >= d->send.n)
        d->send.at = d->send.n ? d->send.n - 1 : 0;
}

static void open_page(struct lw_app *d)
{
    d->over = LW_OVERLAY_SEND;
    d->send.at = 0;
    lw_sitting_clear_message(d->s);
    read_refused(d);
}

/* --- S --------------------------------------------------------------------------------------- */

static void say_sending(struct lw_app *d)
{
    struct lw_sync_status now = status(d);
    if (now.state == LW_SYNC_ALL_SENT)
        lw_sitting_notify(d->s, LW_TONE_INFO, "Nothing to send.");
    else
        lw_sitting_notify(d->s, LW_TONE_INFO, "Sending %" PRIu64 " label%s now.", now.unsent,
            now.unsent == 1 ? "" : "s");
    lw_sitting_set_about(d->s, LW_ABOUT_SENDING);
}

void lw_app_send(struct lw_app *d)
{
    struct lw_sync_status was = status(d);
    if (was.state == LW_SYNC_NONE) {
        lw_sitting_notify(
            d->s, LW_TONE_INFO, "This project sends nothing (no `sync:` in project.yaml).");
        return;
    }
    if (lw_journal_mode(lw_sitting_view(d->s)->opts.journal) != LW_JOURNAL_WRITABLE) {
        if (!lw_sitting_take_over(d->s))
            lw_sitting_notify(d->s, LW_TONE_WARNING, "View only: nothing can be sent here.");
        return;
    }
    lw_sync_now(d->sync);
    if (was.parked > 0 || was.state == LW_SYNC_NEEDS_YOU || was.state == LW_SYNC_OFFLINE)
        open_page(d);
    else
        say_sending(d);
}

/* --- keys of the page ------------------------------------------------------------------------ */

static void move(struct lw_app *d, long by)
{
    long last = (long)d->send.n - 1, to = (long)d->send.at + by;
    d->send.at = (size_t)(to < 0 || last < 0 ? 0 : to > last ? last : to);
}

static void open_refused(struct lw_app *d)
{
    d->over = LW_OVERLAY_NONE;
    if (d->send.n == 0)
        return;
    const char *task = d->send.refused[d->send.at].task;
    lw_sitting_run(d->s, &(struct lw_command){.id = LW_CMD_GO, .text = task, .len = strlen(task)});
}

static void say_resent(struct lw_app *d, uint64_t n)
{
    lw_sitting_notify(d->s, LW_TONE_INFO, "Resending refused labels: %" PRIu64 ".", n);
    lw_sitting_set_about(d->s, LW_ABOUT_SENDING);
}

static void send_again(struct lw_app *d)
{
    struct lw_err err = {0};
    uint64_t parked = status(d).parked;
    if (parked == 0)
        lw_sitting_notify(d->s, LW_TONE_INFO, "Nothing was refused.");
    else if (lw_sync_resend(d->sync, &err) != LW_OK)
        lw_sitting_notify(d->s, LW_TONE_ERROR, "%s", err.text);
    else
        say_resent(d, parked);
    lw_sync_now(d->sync);
    read_refused(d);
}

static void command(struct lw_app *d, enum lw_command_id id)
{
    long by = lw_app_scrolls(id, d->rows / 2, (long)d->send.n);
    if (by) {
        move(d, by);
        return;
    }
    switch (id) {
    case LW_CMD_SUBMIT:
        open_refused(d);
        break;
    case LW_CMD_SEND:
        lw_sync_now(d->sync);
        say_sending(d);
        break;
    case LW_CMD_REDRAW:
        d->action = LW_ACTION_REDRAW;
        break;
    case LW_CMD_SUSPEND:
        d->action = LW_ACTION_SUSPEND;
        break;
    default:
        d->over = LW_OVERLAY_NONE;
    }
}

void lw_app_send_key(struct lw_app *d, struct lw_key key)
{
    if (lw_key_alias(key, false).ch == 'r' && !key.ctrl && !key.meta)
        send_again(d);
    else
        command(d, lw_keymap_find(d->keys, key).id);
}

/* --- leaving --------------------------------------------------------------------------------- */

/* Labels being sent now are worth a short wait; a network that is down is not. */
static bool worth_waiting(const struct lw_app *d)
{
    enum lw_sync_state state = status(d).state;
    return (state == LW_SYNC_UNSENT || state == LW_SYNC_SENDING) &&
           lw_journal_mode(lw_sitting_view(d->s)->opts.journal) == LW_JOURNAL_WRITABLE;
}

void lw_app_part(struct lw_app *d)
{
    if (!worth_waiting(d)) {
        d->action = LW_ACTION_LEAVE;
        return;
    }
    lw_sync_now(d->sync);
    d->send.leave_at = lw_clock_mono_ms(lw_sitting_view(d->s)->opts.sys) + PARTING_MS;
}

int64_t lw_app_parts_in(const struct lw_app *d)
{
    if (!d->send.leave_at)
        return -1;
    int64_t left = d->send.leave_at - lw_clock_mono_ms(lw_sitting_view(d->s)->opts.sys);
    return left > 0 ? left : 0;
}

static void part_when_sent(struct lw_app *d)
{
    if (d->send.leave_at && (!worth_waiting(d) || lw_app_parts_in(d) == 0))
        d->action = LW_ACTION_LEAVE;
}

void lw_app_sent(struct lw_app *d)
{
    if (status(d).state == LW_SYNC_ALL_SENT)
        lw_sitting_clear_about(d->s, LW_ABOUT_SENDING);
    if (d->over == LW_OVERLAY_SEND)
        read_refused(d);
    part_when_sent(d);
}
