/* One question and its answer: models.c asks, call_end.c says how it ended. */
#ifndef LABELWRIGHT_MODEL_CALL_INTERNAL_H
#define LABELWRIGHT_MODEL_CALL_INTERNAL_H

#include "labelwright/model/models.h"
#include "labelwright/net/credentials.h"
#include "model/api_internal.h"

struct lw_call {
    struct lw_models *models;
    const struct lw_model *model;
    struct lw_keeper *secret;     /* NULL when the user has set nothing for the server */
    struct lw_transfer *transfer; /* NULL before and after */
    struct lw_buf body;
    char *url;
    struct lw_stream stream;
    bool web_page;
    int64_t began, last; /* monotonic ms; last: when anything came */
    struct lw_call_answer answer;
    char error[LW_ERR_MAX];
    json_t *tool_calls; /* what answer.tool_calls points to */
    uint64_t told;      /* answer.news when tool_calls was made */
    struct lw_call *next;
};

/* Fills state, error and retry_after_ms. `token` NULL for none: it is struck out of what the server
 * says. */
void lw_call_end(struct lw_call *c, const struct lw_http_reply *reply, const char *token);

/* The same without a reply: it was too silent, stopped by the user, or never sent. */
void lw_call_end_silent(struct lw_call *c);
void lw_call_end_stopped(struct lw_call *c);
void lw_call_end_unsent(struct lw_call *c, const struct lw_err *err);

#endif
