/* Sends the journal's events to the project's targets in the background. Both `labelwright sync`
 * and the screen drive it. One thread; only the disk can block, no longer than for a label.
 *
 * The loop around it:
 *
 *     lw_sync_poll(s, fds, n, least(own timeout, lw_sync_due_ms(s)));    // instead of poll()
 *     ...                                                                 // keys first
 *     if (lw_sync_step(s))
 *         draw again;
 *
 * What is sent, and what was, is in the journal and its ledger; see outbox.h for the rules. */
#ifndef LABELWRIGHT_SYNC_SYNC_H
#define LABELWRIGHT_SYNC_SYNC_H

#include "labelwright/config/config.h"
#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"
#include "labelwright/merge/sent_check.h"
#include "labelwright/net/http.h"
#include "labelwright/project/project.h"
#include "labelwright/proof/identity.h"

#include <poll.h>

struct lw_sync_opts {
    const struct lw_sys *sys;
    const struct lw_project *project;
    const struct lw_config *config;
    struct lw_journal *journal; /* WRITABLE; else nothing is ever sent */
    struct lw_ledger *ledger;
    int64_t gather_ms;                /* how long labels wait to be sent together; 0: not at all */
    const struct lw_identity *signer; /* signs batches; NULL: they stay unsigned */
    struct lw_http
        *http; /* shared with others, who then wait in lw_sync_poll() too; NULL: its own */
};

struct lw_sync;

/* What the options point to is borrowed. A target that cannot be used (no such credentials, a
 * folder that leads elsewhere) is no error here: it is NEEDS_YOU from the start. A project without
 * targets: LW_OK, and always LW_SYNC_NONE. */
enum lw_code lw_sync_open(const struct lw_sync_opts *opts, struct lw_sync **to, struct lw_err *err);

/* Gives up the request on its way: its batch is in the journal and is sent again next time. NULL is
 * fine. */
void lw_sync_close(struct lw_sync *s);

/* Does what is due: at most one batch is cut, sent, written or receipted. True when anything that a
 * status shows may have changed. */
bool lw_sync_step(struct lw_sync *s);

/* Milliseconds until a step may have something to do, 0 for now; -1: not before an event is
 * appended. An incoming answer ends lw_sync_poll() by itself. */
int64_t lw_sync_due_ms(const struct lw_sync *s);

/* How long the request on its way has made no progress: nothing sent, no answer. 0 without one. */
int64_t lw_sync_stalled_ms(const struct lw_sync *s);

/* Gives up the request on its way; its batch is sent again later. */
void lw_sync_give_up(struct lw_sync *s);

/* poll() that also wakes up for the network: for everything that the HTTP client does, not only for
 * labels. NULL for `s` is plain poll(). */
int lw_sync_poll(struct lw_sync *s, struct pollfd *fd, size_t n, int timeout_ms);

/* The user pressed S: send gathered labels, stop waiting, and try again what needed the user. */
void lw_sync_now(struct lw_sync *s);

/* Sends refused events again. LW_EIO, LW_EFULL: the journal could not record this. */
enum lw_code lw_sync_resend(struct lw_sync *s, struct lw_err *err);

/* ---- how it stands */

enum lw_sync_state {
    LW_SYNC_NONE,     /* no target: labels stay here */
    LW_SYNC_ALL_SENT, /* every label has its receipt; some may be parked */
    LW_SYNC_UNSENT,   /* gathering, or about to go */
    LW_SYNC_SENDING,  /* a batch is on its way */
    LW_SYNC_OFFLINE,  /* waits until it tries again */
    LW_SYNC_NEEDS_YOU /* stopped, or something was refused and nothing else is left to do */
};

struct lw_sync_status {
    enum lw_sync_state state;
    uint64_t unsent, parked; /* of this target; of all: as lw_ledger_totals() counts them */
    uint64_t never;          /* what can never be sent: see sent.h */
    uint64_t done, todo;     /* since it last stood at ALL_SENT: labels receipted, and in all */
    int64_t retry_ms;        /* OFFLINE: until the next try; else -1 */
    bool trouble;            /* OFFLINE: the server keeps answering with server errors */
    enum lw_code code;       /* NEEDS_YOU: LW_EIO and the like when the disk is at fault */
    const char *to;          /* of a single target, as in project.yaml; NULL for all */
    const char *text;        /* what went wrong, in sentences; "" for nothing. Foreign, borrowed */
};

/* For all targets together: the worst state, and its text. NULL counts as no target. */
struct lw_sync_status lw_sync_status(const struct lw_sync *s);

/* For the n-th target of project.yaml. */
struct lw_sync_status lw_sync_status_of(const struct lw_sync *s, size_t n);

/* What would be sent now, without sending it: every batch in order, target by target. The journal
 * may be open for reading only. */
struct lw_planned {
    const char *to;
    uint64_t first, last;
    size_t events, labels, bytes;
    const char *sha256;
};
enum lw_code lw_sync_plan(const struct lw_project *p, const struct lw_journal *j,
    const struct lw_ledger *l, void (*each)(void *ctx, const struct lw_planned *one), void *ctx,
    struct lw_err *err);

/* With a fork, here or at a server: the labels that the client lacks. `task` may be NULL. */
void lw_sync_missing(
    const struct lw_sync *s, void (*each)(void *ctx, uint64_t seq, const char *task), void *ctx);

/* Lists refused events: the event, its task, the server's code and message. `each` gets borrowed,
 * foreign texts. Reads the journal. */
struct lw_parked {
    const char *to;
    uint64_t seq; /* of the refused event */
    const char *type, *task, *code, *message;
};
void lw_sync_parked(const struct lw_project *p, const struct lw_journal *j,
    const struct lw_ledger *l, void (*each)(void *ctx, const struct lw_parked *one), void *ctx);

#endif
