/* Where batches go: one kind of target per file or folder of target/, and one table of them.
 *
 * A target is a small state machine. It is stepped once to begin a request, and once more for each
 * reply. Each step gives either the next request or the result of the request. sync.c sends the
 * requests and decides nothing about them. After a crash the same request comes again, byte for
 * byte: a target must make that harmless (an idempotency key, the same file name, a unique id per
 * event). */
#ifndef LABELWRIGHT_SYNC_TARGETS_INTERNAL_H
#define LABELWRIGHT_SYNC_TARGETS_INTERNAL_H

#include "labelwright/config/config.h"
#include "labelwright/net/http.h"
#include "labelwright/project/project.h"
#include "labelwright/project/sync_targets.h"
#include "labelwright/sync/outbox.h"

/* A finished batch, ready to send. All borrowed until the next request. */
struct lw_send_request {
    const char *journal; /* its id, 32 hex digits */
    uint64_t first, last;
    const char *sha256; /* of the bytes */
    const char *bytes;  /* the journal's lines as they are on the disk, each with its newline */
    size_t len;
    size_t events;             /* lines in it */
    const uint64_t *seq;       /* of each line */
    const char *authorization; /* "Authorization: Bearer …" of the user's own; NULL for none */
};

struct lw_target_opts {
    const struct lw_sys *sys;
    const struct lw_project *project;
    const struct lw_sync_to *to;
    const struct lw_endpoint *endpoint; /* the user's settings for the origin; NULL for none */
    const struct lw_journal *journal;   /* for targets that need more than the request: … */
    const struct lw_ledger *ledger;     /* … the current labels */
};

enum lw_step {
    LW_STEP_REQUEST, /* `next` is filled; what it points to is the target's until the next step */
    LW_STEP_DONE     /* `result` is filled */
};

struct lw_target_kind {
    const char *type; /* from project.yaml; NULL when it gives none, and the scheme decides */
    const char *const *schemes; /* "https://", …; NULL-terminated */
    /* NULL and `err` when the target cannot be used at all. */
    void *(*open)(const struct lw_target_opts *opts, struct lw_err *err);
    void (*close)(void *target); /* NULL is fine */
    /* Begins the request (reply NULL; also after one was given up halfway) or continues with the
     * reply to the last request. `result` comes zeroed but for wait_ms, -1; memory that it points
     * to is the target's until the next step. */
    enum lw_step (*step)(void *target, const struct lw_send_request *request,
        const struct lw_http_reply *reply, struct lw_http_request *next,
        struct lw_send_result *result);
};

/* target/target_ID.c defines lw_target_ID, for each row of project/sync_targets.h. */
#define DECLARE(id) extern const struct lw_target_kind lw_target_##id;
#define DECLARE_TYPE(id, word, numbered) DECLARE(id)
LW_SYNC_BY_ADDRESS(DECLARE)
LW_SYNC_BY_TYPE(DECLARE_TYPE)
#undef DECLARE_TYPE
#undef DECLARE

/* The first kind that fits type and scheme; NULL when none does. */
const struct lw_target_kind *lw_target_kind(const struct lw_sync_to *to);

/* ---- for targets that speak HTTP (http_status.c) */

/* What a reply means before its body is read: its outcome and status, with the text for the user,
 * Retry-After and the target of a redirect. */
void lw_send_result_from_reply(const struct lw_http_reply *reply, struct lw_send_result *to);

/* Adds the server's message, foreign text; NULL or "" for none. */
void lw_send_result_add_message(struct lw_send_result *to, const char *message);

#endif
