/* What the files of the sync engine share: sync.c (steps and requests) calls sync_result.c (what an
 * answer changes), both call destination.c (one target and its state); sync_status.c reads. */
#ifndef LABELWRIGHT_SYNC_SYNC_INTERNAL_H
#define LABELWRIGHT_SYNC_SYNC_INTERNAL_H

#include "labelwright/merge/sent_check.h"
#include "labelwright/net/credentials.h"
#include "labelwright/sync/outbox.h"
#include "labelwright/sync/sync.h"
#include "sync/batch_internal.h"
#include "sync/targets_internal.h"

/* One target of the project, and its state. */
struct lw_destination {
    const struct lw_sync_to *to;
    const struct lw_target_kind *kind;
    void *target;                       /* NULL: it cannot be used, and outbox.text says why */
    struct lw_credentials *credentials; /* NULL: it needs none */
    bool reread;                        /* the credentials, since the last receipt */
    struct lw_outbox outbox;
    int64_t gathers_since;   /* monotonic ms; 0: nothing is unsent */
    bool hurry;              /* do not gather until all is sent */
    uint64_t done;           /* labels with a receipt since all was last sent */
    bool finished;           /* all is sent now, and `done` counts the time before */
    uint64_t unsent_at_open; /* by the ledger */
};

struct lw_sync {
    struct lw_sync_opts with;
    struct lw_destination *destination;
    size_t n, turn;                  /* turn: whose turn is next */
    struct lw_sent_report sent;      /* when it was opened */
    struct lw_destination *active;   /* the one with a running request; NULL for none */
    struct lw_http *http, *own_http; /* own_http: to be freed; NULL when it is another's */
    struct lw_transfer *transfer;    /* the running request; NULL for none */
    struct lw_batch batch;           /* what was cut or read again last */
    struct lw_batch next;            /* cut while an answer is awaited, as if it were a receipt */
    bool next_tried;                 /* whether that was done since the request began */
    bool changed;                    /* since the last step */
    struct {
        int64_t at; /* monotonic ms: when the running request last made progress */
        uint64_t bytes;
    } progress;
};

/* ---- destination.c */

/* Opens the n-th target of the project; with a fork of the journal it opens stopped. */
void lw_destination_open(struct lw_sync *s, size_t n);
void lw_destination_close(struct lw_destination *o);

/* Nothing is sent there until the user has acted; `err` says why. */
void lw_destination_stop(struct lw_destination *o, const struct lw_err *err);

const struct lw_delivery *lw_destination_delivery(
    const struct lw_sync *s, const struct lw_destination *o);
uint64_t lw_destination_unsent(const struct lw_sync *s, const struct lw_destination *o);

/* Whether labels are sent without waiting for more, with this number of them unsent. */
bool lw_destination_sends_at_once(
    const struct lw_sync *s, const struct lw_destination *o, uint64_t unsent);

/* Milliseconds until it has something to do; -1 for never. */
int64_t lw_destination_due_ms(const struct lw_sync *s, struct lw_destination *o);

int64_t lw_sync_mono_ms(const struct lw_sync *s);

/* ---- sync_result.c */

/* Appends events to the journal in one write and folds them into the ledger. False: the disk is at
 * fault, and the destination is stopped. */
bool lw_sync_append(struct lw_sync *s, struct lw_destination *o, json_t *bodies);

/* Writes down what the answer to s->batch means, and the next batch with a receipt if more is to be
 * sent at once. */
void lw_sync_apply_result(
    struct lw_sync *s, struct lw_destination *o, const struct lw_send_result *result);

/* The `batch` event of s->batch, signed when there is a signer. New reference. */
json_t *lw_sync_batch_event(const struct lw_sync *s, const struct lw_destination *o);

/* Cuts s->next as if s->batch had arrived: we read and hash while the server is busy with it. */
void lw_sync_prepare_next(struct lw_sync *s, struct lw_destination *o);

#endif
