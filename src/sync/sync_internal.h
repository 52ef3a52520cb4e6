/* Shared only by the files that send. */
#ifndef LABELWRIGHT_SYNC_SYNC_INTERNAL_H
#define LABELWRIGHT_SYNC_SYNC_INTERNAL_H

#include "labelwright/merge/sent_check.h"
#include "labelwright/sync/outbox.h"
#include "labelwright/sync/sync.h"
#include "sync/credentials_internal.h"
#include "sync/targets_internal.h"

/* One target of the project, and its state. */
struct lw_destination {
    const struct lw_sync_to *to;
    const struct lw_target_kind *kind;
    void *target;                       /* NULL: it cannot be used, and box.text says why */
    struct lw_credentials *credentials; /* NULL: it needs none */
    bool asked_anew;                    /* the credentials were read again since the last receipt */
    struct lw_outbox box;
    int64_t gathers_since; /* monotonic; 0: nothing is unsent */
    bool hurry;            /* do not gather until all is sent */
    uint64_t done;         /* labels with a receipt since all was last sent */
    bool finished;         /* all is sent now, and `done` counts the time before */
    uint64_t unsent_then;  /* by the ledger, when it was opened */
};

/* The lines of a batch. */
struct lw_in_flight {
    const struct lw_destination *of; /* NULL: nothing */
    struct lw_cut cut;
    struct lw_buf bytes;
    char sha256[LW_SHA256_HEX];
};

struct lw_sync {
    struct lw_sync_opts with;
    struct lw_destination *outlet;
    size_t n, turn;                /* turn: whose turn is next */
    struct lw_sent_report sent;    /* when it was opened */
    struct lw_destination *active; /* the outlet with a running request; NULL for none */
    struct lw_http *http;
    struct lw_in_flight hand;  /* what was cut or read back last */
    struct lw_in_flight ahead; /* cut while an answer is awaited, as if it were a receipt */
    bool looked_ahead;         /* since the request went off */
    bool changed;              /* since the last step */
    struct {
        int64_t at; /* monotonic: when the running request last made progress */
        uint64_t bytes;
    } moved;
};

const struct lw_delivery *lw_destination_delivery(
    const struct lw_sync *s, const struct lw_destination *o);
uint64_t lw_destination_unsent(const struct lw_sync *s, const struct lw_destination *o);
int64_t lw_sync_mono(const struct lw_sync *s);

/* beyond.c: adjusts a result: LW_SEND_FORK when the server wants events that the journal does not
 * have; `head` stays only when it is not in the journal. */
struct lw_send_result lw_sync_beyond(
    const struct lw_sync *s, const struct lw_destination *o, const struct lw_send_result *d);

/* load.c */
enum lw_load { LW_LOAD_OK, LW_LOAD_OTHER /* not what was posted */, LW_LOAD_NONE, LW_LOAD_FAILED };

/* Loads the batch in the delivery into s->hand. */
enum lw_load lw_load_posted(struct lw_sync *s, const struct lw_destination *o, struct lw_err *err);

/* Cuts a new batch, as if `delivery` were the outlet's delivery. */
enum lw_load lw_load_next(const struct lw_sync *s, const struct lw_destination *o,
    const struct lw_delivery *delivery, struct lw_in_flight *to, struct lw_err *err);

void lw_in_flight_fini(struct lw_in_flight *h);

#endif
