/* Labelwright's own push protocol, as src/sync/openapi.yaml describes it: one POST a batch, and its
 * receipt or list of refusals. Statuses without a body are http_status.c's. */
#include "sync/sync_messages_internal.h"
#include "sync/targets_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MAX = 64 * 1024, HEADERS_MAX = 4 };

struct push {
    const char *url, *dir; /* the project's, for advice */
    const struct lw_endpoint *endpoint;
    char key[LW_SHA256_HEX + 32];
    const char *header[HEADERS_MAX];
    struct lw_refusal *rejected;
};

static void *open_push(const struct lw_target_opts *opts, struct lw_err *err)
{
    (void)err;
    struct push *p = lw_alloc(sizeof *p);
    p->url = opts->to->to;
    p->dir = opts->project ? opts->project->dir : "PATH";
    p->endpoint = opts->endpoint;
    return p;
}

static void close_push(void *target)
{
    struct push *p = target;
    if (p)
        free(p->rejected);
    free(p);
}

static void make_request(
    struct push *p, const struct lw_send_request *request, struct lw_http_request *to)
{
    snprintf(p->key, sizeof p->key, "Idempotency-Key: \"%s\"", request->sha256);
    p->header[0] = "Content-Type: application/x-ndjson";
    p->header[1] = p->key;
    p->header[2] = request->authorization;
    p->header[3] = NULL;
    *to = (struct lw_http_request){
        .method = "POST",
        .url = p->url,
        .headers = p->header,
        .body = request->bytes,
        .len = request->len,
        .answer_max = ANSWER_MAX,
        .endpoint = p->endpoint,
    };
}

/* ---- the answer's body */

/* Makes one clean line of the server's text. */
static void clip(char *to, size_t room, const json_t *text)
{
    const char *s = json_string_value(text);
    lw_clean_line(s ? s : "", to, room);
}

/* UINT64_MAX when it is not a valid number: then the sums will not match. */
static uint64_t number(const json_t *object, const char *name)
{
    const json_t *n = json_object_get(object, name);
    return json_is_integer(n) && json_integer_value(n) >= 0 ? (uint64_t)json_integer_value(n)
                                                            : UINT64_MAX;
}

static bool is_fork(const json_t *object)
{
    const char *code = json_string_value(json_object_get(object, "code"));
    return code && strcmp(code, "fork") == 0;
}

static void read_rejected(struct push *p, const json_t *list, struct lw_send_result *to)
{
    size_t i;
    json_t *one;
    free(p->rejected);
    p->rejected = lw_alloc((json_array_size(list) + 1) * sizeof *p->rejected);
    json_array_foreach(list, i, one)
    {
        struct lw_refusal *r = &p->rejected[i];
        r->seq = number(one, "seq");
        clip(r->code, sizeof r->code, json_object_get(one, "code"));
        clip(r->message, sizeof r->message, json_object_get(one, "message"));
        if (to->outcome == LW_SEND_REFUSED && is_fork(one))
            to->outcome = LW_SEND_FORK;
    }
    to->rejected = p->rejected;
    to->nrejected = json_array_size(list);
}

static void read_body(struct push *p, const json_t *body, struct lw_send_result *to)
{
    const json_t *list = json_object_get(body, "rejected");
    clip(to->head, sizeof to->head, json_object_get(body, "head"));
    clip(to->batch, sizeof to->batch, json_object_get(body, "batch"));
    to->accepted = number(body, "accepted");
    to->duplicates = number(body, "duplicates");
    read_rejected(p, json_is_array(list) ? list : NULL, to);
    if (to->outcome == LW_SEND_REFUSED && is_fork(body))
        to->outcome = LW_SEND_FORK;
    if (to->outcome == LW_SEND_CONFLICT && number(body, "expected_seq") != UINT64_MAX)
        to->expected_seq = number(body, "expected_seq");
    if (to->outcome != LW_SEND_SENT)
        lw_send_result_add_message(to, json_string_value(json_object_get(body, "message")));
    if (to->outcome == LW_SEND_FORK)
        snprintf(to->text, sizeof to->text, LW_SYNC_MSG_FORK, p->dir);
}

static bool wants_body(enum lw_send_outcome outcome)
{
    return outcome == LW_SEND_SENT || outcome == LW_SEND_REFUSED || outcome == LW_SEND_CONFLICT ||
           outcome == LW_SEND_AGAIN;
}

static void understand(struct push *p, const struct lw_http_reply *reply, struct lw_send_result *to)
{
    lw_send_result_from_reply(reply, to);
    if (reply->outcome != LW_HTTP_ANSWERED || !wants_body(to->outcome))
        return;
    json_t *body = json_loadb(reply->body, reply->len, JSON_REJECT_DUPLICATES, NULL);
    read_body(p, body, to);
    json_decref(body);
}

static enum lw_step step_push(void *target, const struct lw_send_request *request,
    const struct lw_http_reply *reply, struct lw_http_request *next, struct lw_send_result *result)
{
    if (!reply) {
        make_request(target, request, next);
        return LW_STEP_REQUEST;
    }
    understand(target, reply, result);
    return LW_STEP_DONE;
}

static const char *const schemes[] = {"https://", "http://", NULL};
const struct lw_target_kind lw_target_push = {
    .schemes = schemes,
    .open = open_push,
    .close = close_push,
    .step = step_push,
};
