#include "cli/sync_drive_internal.h"

#include "labelwright/base/clock.h"

static int64_t now_ms(void)
{
    return lw_clock_mono_ms(&lw_sys_real);
}

static bool is_over(const struct lw_sync_status *t, int64_t since, int64_t patience_ms)
{
    if (t->state == LW_SYNC_OFFLINE)
        return now_ms() + t->retry_ms - since > patience_ms;
    return t->state == LW_SYNC_ALL_SENT || t->state == LW_SYNC_NEEDS_YOU;
}

static bool all_over(const struct lw_sync *s, size_t n, int64_t since, int64_t patience_ms)
{
    for (size_t i = 0; i < n; i++) {
        struct lw_sync_status t = lw_sync_status_of(s, i);
        if (!is_over(&t, since, patience_ms))
            return false;
    }
    return true;
}

bool lw_sync_drive(struct lw_sync *s, size_t n, int64_t patience_ms,
    bool (*wait)(void *ctx, struct lw_sync *s), void *ctx)
{
    int64_t since = now_ms();
    uint64_t done = lw_sync_status(s).done;
    while (!all_over(s, n, since, patience_ms)) {
        if (!wait(ctx, s))
            return false;
        lw_sync_step(s);
        if (lw_sync_still_ms(s) > patience_ms)
            lw_sync_give_up(s);
        uint64_t now = lw_sync_status(s).done;
        if (now != done)
            since = now_ms();
        done = now;
    }
    return true;
}
