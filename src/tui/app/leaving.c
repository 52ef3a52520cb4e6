/* Leaving: the summary of today, and a short wait for labels that are being sent. */
#include "tui/app/screens_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/workspace/known_journals.h"

#include <stdlib.h>

enum { WAIT_MS = 5000 };

/* Labels being sent now are worth a short wait; a network that is down is not. */
static bool worth_waiting(const struct lw_app *app)
{
    enum lw_sync_state state = lw_sync_status(app->sync).state;
    return (state == LW_SYNC_UNSENT || state == LW_SYNC_SENDING) &&
           lw_journal_mode(lw_sitting_view(app->s)->opts.journal) == LW_JOURNAL_WRITABLE;
}

void lw_leaving_begin(struct lw_app *app)
{
    lw_sitting_stop_today(app->s, app->card.for_today);
    if (!worth_waiting(app)) {
        app->action = LW_ACTION_LEAVE;
        return;
    }
    lw_sync_now(app->sync);
    app->send.leave_at = lw_clock_mono_ms(lw_sitting_view(app->s)->opts.sys) + WAIT_MS;
}

int64_t lw_app_leaving_ms(const struct lw_app *app)
{
    if (!app->send.leave_at)
        return -1;
    int64_t left = app->send.leave_at - lw_clock_mono_ms(lw_sitting_view(app->s)->opts.sys);
    return left > 0 ? left : 0;
}

static void leave_when_sent(struct lw_app *app)
{
    if (app->send.leave_at && (!worth_waiting(app) || lw_app_leaving_ms(app) == 0))
        app->action = LW_ACTION_LEAVE;
}

static void describe_seen(struct lw_app *app)
{
    struct lw_buf seen = {0};
    free(app->card.seen);
    app->card.seen = lw_sitting_describe_seen(app->s, &seen) ? lw_buf_detach(&seen) : NULL;
    lw_buf_fini(&seen);
}

/* The summary checks the journal as `verify` does. */
void lw_leaving_open(struct lw_app *app)
{
    enum { SEGMENTS = 8 }; /* about 64 MiB, a tenth of a second */
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    app->over = LW_OVERLAY_CARD;
    app->draft_kept = lw_sitting_ensure_draft(app->s);
    lw_work_read(app);
    app->card.checked = lw_journal_head(w->journal).segment <= SEGMENTS &&
                        lw_known_verify(w->sys, w->dir, lw_journal_name(w->journal), true, NULL,
                            NULL, &app->card.verdict, NULL) == LW_OK;
    app->card.for_today = false;
    describe_seen(app);
}

void lw_leaving_open_for_today(struct lw_app *app)
{
    lw_leaving_open(app);
    app->card.for_today = true;
}

void lw_leaving_key(struct lw_app *app, struct lw_key key)
{
    enum lw_command_id id = lw_keymap_find(app->keys, key).id;
    if (app->send.leave_at) /* any key ends the wait */
        app->action = LW_ACTION_LEAVE;
    else if (key.name == LW_KEY_ENTER || (id == LW_CMD_QUIT && key.ctrl))
        lw_leaving_begin(app);
    else if (id == LW_CMD_SEND)
        lw_send_start(app);
    else
        app->over = LW_OVERLAY_NONE;
}

void lw_app_sync_changed(struct lw_app *app)
{
    lw_send_follow(app);
    if (app->over == LW_OVERLAY_SEND)
        lw_send_update(app);
    leave_when_sent(app);
}
