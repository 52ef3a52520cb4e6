/* The parts of the Label Studio target. target_label_studio.c runs a sequence of phases: its own
 * (login, account, project), then studio_find.c and studio_put.c. Each phase sends requests one
 * after the other until it has no more. studio_request.c is below them all. */
#ifndef LABELWRIGHT_SYNC_TARGET_LABEL_STUDIO_STUDIO_INTERNAL_H
#define LABELWRIGHT_SYNC_TARGET_LABEL_STUDIO_STUDIO_INTERNAL_H

#include "labelwright/tasks/tasks.h"
#include "sync/target/label_studio/studio_config_internal.h"
#include "sync/targets_internal.h"

enum { LW_STUDIO_FIND = 25, LW_STUDIO_ANSWER_MAX = 16 * 1024 * 1024 };

/* What a request says about one task. The final state comes from the ledger. */
struct lw_studio_work {
    char *task;
    uint64_t last;  /* its last event in the request: reported when the server refuses it */
    bool plain;     /* this is its only event, and a label */
    int64_t there;  /* the task's number at the server; 0: not found */
    bool ambiguous; /* two tasks there claim to be it */
    bool read;      /* what is there already … */
    int64_t ours;   /* … which is this annotation; 0 for none */
    bool done;
};

struct lw_studio {
    struct lw_target_opts with;
    char *base; /* "https://labels.example.org", without a slash at its end */
    /* Until the end of the run */
    char *access;  /* the Authorization header; NULL: not fetched yet */
    bool fetching; /* the current request fetches it */
    bool renewed;  /* it was fetched again in this request */
    bool known;    /* the project was read */
    struct lw_studio_config config;
    int64_t user;           /* our user id there; 0: not asked yet */
    struct lw_tasks *tasks; /* opened when the first spans are sent; NULL */
    /* The request in hand */
    const struct lw_send_request *request;
    char sha256[LW_SHA256_HEX]; /* "" for none */
    struct lw_studio_work *work;
    size_t nwork;
    size_t phase, at; /* at: the work the phase has reached */
    struct lw_refusal *refused;
    size_t nrefused;
    uint64_t duplicates;
    /* The request on its way */
    char *url, *body;
    const char *header[3];
};

/* Fills `next`. `path` begins with a slash; `body` may be NULL, and its reference is taken. */
void lw_studio_request(struct lw_studio *s, struct lw_http_request *next, const char *method,
    char *path, json_t *body);

/* Zeroes and frees what the last request points to. */
void lw_studio_clear_request(struct lw_studio *s);

/* Stops this work: its last event is refused, with a message for the user. */
void lw_studio_refuse(struct lw_studio *s, struct lw_studio_work *w, const char *code,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

/* A phase. `ask` fills the next request; false when it has none. `read` takes the answer (status
 * and parsed body, NULL when it is not JSON); false when it cannot continue: then `d` says why, or
 * is as lw_send_result_from_reply() left it. */
struct lw_studio_phase {
    bool (*ask)(struct lw_studio *s, struct lw_http_request *next);
    bool (*read)(struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d);
};
extern const struct lw_studio_phase lw_studio_find;     /* studio_find.c: tasks by data.id */
extern const struct lw_studio_phase lw_studio_find_own; /* … by their own number there */
extern const struct lw_studio_phase lw_studio_put;      /* studio_put.c */

#endif
