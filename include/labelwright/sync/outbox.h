/* The outbox: what to send next to one target, and what its answer means. Pure: no sockets, no
 * files; time and random numbers are passed in. What was sent is in the ledger (struct
 * lw_delivery), a fold of the journal. The outbox only keeps what may be forgotten: how often it
 * failed, how small batches must be, how long to wait.
 *
 * The rules are those of the push protocol (README, "Your own server"; src/sync/openapi.yaml);
 * statuses mean what RFC 9110, section 15, says. Waiting is "full jitter": a random time from 0 to
 * a limit that doubles, so that many clients do not come back at once. */
#ifndef LABELWRIGHT_SYNC_OUTBOX_H
#define LABELWRIGHT_SYNC_OUTBOX_H

#include "labelwright/ledger/ledger.h"

enum {
    LW_BATCH_BYTES = 1024 * 1024, /* a batch stays below; a larger event goes alone */
    LW_RETRY_FIRST_MS = 1000,
    LW_RETRY_MOST_MS = 5 * 60 * 1000,
    LW_CULPRITS_MAX = 10, /* single events refused in a row: then the server is at fault */
    LW_TROUBLES_TOLD = 5  /* server errors (5xx) in a row: then the user is told */
};

/* What became of a batch. */
enum lw_send_outcome {
    LW_SEND_SENT,      /* a valid receipt; what it rejects is parked */
    LW_SEND_AGAIN,     /* unknown, or a temporary problem: the same bytes, later */
    LW_SEND_OFFLINE,   /* the same; the server was not reached */
    LW_SEND_CONFLICT,  /* 409: later; from expected_seq when that is before the batch */
    LW_SEND_REFUSED,   /* 400, 422: what it rejects is parked; without a list, halves */
    LW_SEND_TOO_LARGE, /* 413: halves */
    LW_SEND_LOGIN,     /* 401, 403: waits for other credentials */
    LW_SEND_CONFIG,    /* something the user or the client must fix */
    LW_SEND_FORK       /* the server has other events with these numbers */
};

struct lw_refusal {
    uint64_t seq;
    char code[48], message[200]; /* foreign text */
};

struct lw_send_result {
    enum lw_send_outcome outcome;
    char batch[LW_SHA256_HEX]; /* LW_SEND_SENT: the batch that the receipt names */
    char head[LW_SHA256_HEX];  /* the same: the last event of this journal that is there; "" if not
                                * said */
    uint64_t accepted, duplicates; /* the same: numbers of lines */
    const struct lw_refusal *rejected;
    size_t nrejected;
    uint64_t expected_seq; /* LW_SEND_CONFLICT; 0 for none */
    int64_t wait_ms;       /* Retry-After, 0 to 1 h; -1 for none */
    bool trouble;          /* LW_SEND_AGAIN: a server error, which may last */
    enum lw_code code;     /* when the disk, not the server, was at fault */
    char text[300];        /* what to tell the user: may hold foreign text */
};

/* ---- cutting: which lines go together */

/* A batch, as it is cut or read back. Zero-initialise; lw_cut_fini() frees. */
struct lw_cut {
    uint64_t first, last;
    size_t events, labels, bytes; /* labels: annotate, skip and undo among the events */
    uint64_t *seq;                /* of each event */
    size_t cap;
};
void lw_cut_clear(struct lw_cut *c);                         /* keeps the memory */
void lw_cut_add(struct lw_cut *c, const struct lw_event *e); /* whatever its size */
void lw_cut_fini(struct lw_cut *c);

enum lw_cut_answer { LW_CUT_PASS, LW_CUT_ADDED, LW_CUT_FULL };

struct lw_outbox {
    size_t batch;                 /* the project's most events a batch */
    size_t most_events;           /* now: refusals halve it, receipts double it */
    size_t most_bytes;            /* "too large" halves it, for good */
    unsigned attempts;            /* failures in a row */
    unsigned troubles;            /* of these, server errors */
    unsigned culprits;            /* single events refused in a row */
    int64_t not_before;           /* monotonic ms: nothing is sent until then */
    uint64_t rewind;              /* the event that the server wants next; 0 for none */
    bool recut;                   /* the batch on its way must be cut smaller */
    bool stopped;                 /* until lw_outbox_retry_now() */
    enum lw_send_outcome outcome; /* of the last answer */
    enum lw_code code;            /* of the last answer */
    char text[300]; /* what went wrong last, for the user; "" when nothing did. Foreign text */
};

void lw_outbox_init(struct lw_outbox *o, size_t batch);

/* The `batch` event is on the disk. */
void lw_outbox_posted(struct lw_outbox *o);

/* The batch in the delivery cannot be sent as it was cut: its lines are not what they were. */
void lw_outbox_recut(struct lw_outbox *o);

/* The user asked to send: stop waiting, and try again what stopped it. */
void lw_outbox_retry_now(struct lw_outbox *o);

enum lw_outbox_action {
    LW_OUTBOX_NOTHING, /* all is sent */
    LW_OUTBOX_STOPPED, /* the user is needed */
    LW_OUTBOX_WAIT,    /* until not_before */
    LW_OUTBOX_CUT,     /* a new batch */
    LW_OUTBOX_SEND     /* the one in the delivery, which was cut before */
};
enum lw_outbox_action lw_outbox_action(
    const struct lw_outbox *o, const struct lw_delivery *delivery, uint64_t unsent, int64_t now);

/* The event after which cutting begins: offer events in the journal's order from there. */
uint64_t lw_outbox_from(const struct lw_outbox *o, const struct lw_delivery *delivery);

/* Whether the line of this event goes into the batch. FULL: neither this one nor a later one. */
enum lw_cut_answer lw_outbox_offer(const struct lw_outbox *o, const struct lw_delivery *delivery,
    struct lw_cut *c, const struct lw_event *e);

/* The delivery as it will be once the batch `c`, which was cut from it, has arrived whole. The
 * caller frees `parked`; the rest is borrowed from `d`. */
struct lw_delivery lw_delivery_after(const struct lw_delivery *d, const struct lw_cut *c);

/* The `batch` event that must be on the disk before the batch is sent. New reference. */
json_t *lw_event_batch(const char *to, const struct lw_cut *c, const char *sha256);

/* ---- what an answer means */

/* Adds to `events` (a JSON array) the bodies that must be appended in one write, and updates `o`.
 * The batch `c` is the one in the delivery. A receipt counts only when it names that batch, its
 * numbers add up and it rejects only lines of that batch; otherwise it is LW_SEND_AGAIN. `chance`
 * is any random number. */
void lw_outbox_apply(struct lw_outbox *o, const struct lw_delivery *delivery,
    const struct lw_cut *c, const struct lw_send_result *d, int64_t now, uint64_t chance,
    json_t *events);

/* The `resend` event: everything parked for the target is to be sent again. New reference. */
json_t *lw_event_resend(const char *to);

#endif
