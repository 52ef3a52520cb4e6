/* A server that has more of the journal than we have: the end was lost here. */
#include "sync/sync_internal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct search {
    const char *hash;
    bool found;
};

static bool is_hash(void *ctx, const struct lw_event *e)
{
    struct search *f = ctx;
    f->found = strcmp(e->hash, f->hash) == 0;
    return !f->found;
}

/* The server's last event is usually the last one of the batch; else look for it in the journal. */
static bool is_known(const struct lw_sync *s, const char *head)
{
    const struct lw_buf *b = &s->hand.bytes;
    const char *last = b->data + b->len - strlen("\"}\n") - (LW_SHA256_HEX - 1);
    struct search f = {head, strncmp(last, head, LW_SHA256_HEX - 1) == 0};
    if (!f.found)
        lw_journal_lines(s->with.journal, (struct lw_mark){0}, is_hash, &f, NULL);
    return f.found;
}

struct lw_send_result lw_sync_beyond(
    const struct lw_sync *s, const struct lw_destination *o, const struct lw_send_result *d)
{
    struct lw_send_result seen = *d;
    uint64_t last = lw_journal_head(s->with.journal).seq;
    if (d->fate == LW_SEND_CONFLICT && d->expected_seq > last + 1) {
        seen.fate = LW_SEND_FORK;
        snprintf(seen.text, sizeof seen.text,
            "The server has this journal up to event %" PRIu64 ", but it ends at event %" PRIu64
            " here: its end was lost. " LW_ASK_FOR_LINES,
            d->expected_seq - 1, last, s->with.project->dir);
    }
    if (d->fate == LW_SEND_SENT &&
        strcmp(d->batch, lw_destination_delivery(s, o)->batch.sha256) == 0 &&
        strlen(d->head) == LW_SHA256_HEX - 1 && is_known(s, d->head))
        seen.head[0] = '\0'; /* nothing to keep */
    return seen;
}
