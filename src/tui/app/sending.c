/* Sending on request, and the page of labels that a server refused. */
#include "tui/app/screens_internal.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { REFUSED_MAX = 1000 };

static struct lw_sync_status status(const struct lw_app *app)
{
    return lw_sync_status(app->sync);
}

/* ---- the page of refused labels */

static void clear(struct lw_send *p)
{
    for (size_t i = 0; i < p->n; i++) {
        free(p->refused[i].task);
        free(p->refused[i].why);
    }
    p->n = p->more = 0;
}

void lw_send_fini(struct lw_app *app)
{
    clear(&app->send);
    free(app->send.refused);
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

void lw_send_update(struct lw_app *app)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    clear(&app->send);
    lw_sync_parked(w->project, w->journal, w->ledger, collect, &app->send);
    if (app->send.at >= app->send.n)
        app->send.at = app->send.n ? app->send.n - 1 : 0;
}

static void open_page(struct lw_app *app)
{
    app->over = LW_OVERLAY_SEND;
    app->send.at = 0;
    lw_sitting_clear_message(app->s);
    lw_send_update(app);
}

/* ---- sending */

static void notify_going(struct lw_app *app)
{
    uint64_t n = app->send.asked;
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_SENDING, n, n == 1 ? "" : "s");
}

static void notify_sent(struct lw_app *app)
{
    uint64_t n = app->send.asked;
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_SENT, n, n == 1 ? "" : "s");
}

static void notify_later(struct lw_app *app)
{
    lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_SENT_LATER);
}

static void notify_stopped(struct lw_app *app)
{
    struct lw_buf key = {0};
    lw_keymap_keys(app->keys, LW_CMD_SEND, 1, &key);
    lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_NOT_SENT, key.len ? key.data : LW_APP_NO_KEY);
    lw_buf_fini(&key);
}

static enum lw_send_told told_of(const struct lw_sync_status *now)
{
    static const enum lw_send_told of[] = {
        [LW_SYNC_NONE] = LW_TOLD_SENT,
        [LW_SYNC_ALL_SENT] = LW_TOLD_SENT,
        [LW_SYNC_UNSENT] = LW_TOLD_GOING,
        [LW_SYNC_SENDING] = LW_TOLD_GOING,
        [LW_SYNC_OFFLINE] = LW_TOLD_LATER,
        [LW_SYNC_NEEDS_YOU] = LW_TOLD_STOPPED,
    };
    return now->state == LW_SYNC_OFFLINE && now->trouble ? LW_TOLD_STOPPED : of[now->state];
}

void lw_send_settle(struct lw_app *app, const struct lw_sync_status *now)
{
    static void (*const notify[])(struct lw_app *) = {
        [LW_TOLD_GOING] = notify_going,
        [LW_TOLD_SENT] = notify_sent,
        [LW_TOLD_LATER] = notify_later,
        [LW_TOLD_STOPPED] = notify_stopped,
    };
    enum lw_send_told told = told_of(now);
    if (lw_sitting_view(app->s)->about != LW_ABOUT_SENDING || told == app->send.told)
        return;
    app->send.told = told;
    notify[told](app);
    lw_sitting_set_about(app->s, LW_ABOUT_SENDING); /* it may come to something else yet */
}

static void begin_telling(struct lw_app *app, uint64_t labels)
{
    app->send.asked = labels;
    app->send.told = LW_TOLD_GOING;
    lw_sitting_set_about(app->s, LW_ABOUT_SENDING);
}

static void notify_sending(struct lw_app *app)
{
    struct lw_sync_status now = status(app);
    app->send.asked = now.unsent;
    if (now.state == LW_SYNC_ALL_SENT) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NOTHING_TO_SEND);
        return;
    }
    notify_going(app);
    begin_telling(app, now.unsent);
}

void lw_send_follow(struct lw_app *app)
{
    struct lw_sync_status now = status(app);
    lw_send_settle(app, &now);
}

void lw_send_start(struct lw_app *app)
{
    struct lw_sync_status was = status(app);
    if (was.state == LW_SYNC_NONE) {
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_SENDS_NOTHING);
        return;
    }
    if (lw_journal_mode(lw_sitting_view(app->s)->opts.journal) != LW_JOURNAL_WRITABLE) {
        if (!lw_sitting_take_over(app->s))
            lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_CANNOT_SEND);
        return;
    }
    lw_sync_now(app->sync);
    if (was.parked > 0 || was.state == LW_SYNC_NEEDS_YOU || was.state == LW_SYNC_OFFLINE)
        open_page(app);
    else
        notify_sending(app);
}

/* ---- keys of the page */

static void move(struct lw_app *app, long by)
{
    long last = (long)app->send.n - 1, to = (long)app->send.at + by;
    app->send.at = (size_t)(to < 0 || last < 0 ? 0 : to > last ? last : to);
}

static void open_refused(struct lw_app *app)
{
    app->over = LW_OVERLAY_NONE;
    if (app->send.n == 0)
        return;
    const char *task = app->send.refused[app->send.at].task;
    lw_sitting_run(
        app->s, &(struct lw_command){.id = LW_CMD_GO, .text = task, .len = strlen(task)});
}

static void notify_resent(struct lw_app *app, uint64_t n)
{
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_RESENDING, n);
    begin_telling(app, n);
}

static void send_again(struct lw_app *app)
{
    struct lw_err err = {0};
    uint64_t parked = status(app).parked;
    if (parked == 0)
        lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_NOTHING_REFUSED);
    else if (lw_sync_resend(app->sync, &err) != LW_OK)
        lw_sitting_notify(app->s, LW_TONE_ERROR, "%s", err.text);
    else
        notify_resent(app, parked);
    lw_sync_now(app->sync);
    lw_send_update(app);
}

static void command(struct lw_app *app, enum lw_command_id id)
{
    long by = lw_scroll_lines(id, app->rows / 2, (long)app->send.n);
    if (by) {
        move(app, by);
        return;
    }
    switch (id) {
    case LW_CMD_SUBMIT:
        open_refused(app);
        break;
    case LW_CMD_SEND:
        lw_sync_now(app->sync);
        notify_sending(app);
        break;
    case LW_CMD_REDRAW:
        app->action = LW_ACTION_REDRAW;
        break;
    case LW_CMD_SUSPEND:
        app->action = LW_ACTION_SUSPEND;
        break;
    default:
        app->over = LW_OVERLAY_NONE;
    }
}

void lw_send_key(struct lw_app *app, struct lw_key key)
{
    if (lw_key_alias(key, false).ch == 'r' && !key.ctrl && !key.meta)
        send_again(app);
    else
        command(app, lw_keymap_find(app->keys, key).id);
}
