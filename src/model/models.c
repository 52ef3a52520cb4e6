/* The questions that are on their way: each waits for its token, is sent, and gives its bytes to a
 * stream. Only here are the clock and the network. What an answer means, stream.c and the APIs say;
 * how it ended, call_end.c. */
#include "labelwright/model/models.h"

#include "labelwright/base/clock.h"
#include "model/call_internal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum {
    BYTES_MAX =
        1024 * 1024 * 1024,     /* of an answer, keep-alives and all: what is kept is far less */
    ERROR_BODY_MAX = 256 * 1024 /* of what explains a refusal */
};

/* A secret, read when it is first needed and kept for the next question. */
struct lw_keeper {
    const struct lw_endpoint *endpoint;
    struct lw_credentials *credentials;
    bool stale; /* it was refused, or could not be read: the next question reads it again */
    struct lw_keeper *next;
};

struct lw_models {
    const struct lw_sys *sys;
    const struct lw_config *config;
    struct lw_http *http;
    struct lw_call *first;
    struct lw_keeper *secrets;
    uint64_t news, told;
};

static int64_t now(const struct lw_models *m)
{
    return lw_clock_mono_ms(m->sys);
}

static bool is_on_its_way(const struct lw_call *c)
{
    return c->answer.state == LW_CALL_WAITING || c->answer.state == LW_CALL_STREAMING;
}

static void note_end(struct lw_call *c)
{
    c->transfer = NULL;
    c->answer.total_ms = now(c->models) - c->began;
    lw_buf_fini(&c->body);
    c->models->news++;
}

/* ---- what comes in */

static const char *token_of(const struct lw_call *c)
{
    return c->secret ? lw_credentials_token(c->secret->credentials) : NULL;
}

static bool is_web_page(const struct lw_http_head *head, const char *bytes, size_t n)
{
    size_t blank = 0;
    while (blank < n && bytes[blank] && strchr(" \t\r\n", bytes[blank]))
        blank++;
    return strncmp(head->type, "text/html", strlen("text/html")) == 0 ||
           (blank < n && bytes[blank] == '<');
}

static bool on_body(void *ctx, const struct lw_http_head *head, const char *bytes, size_t n)
{
    struct lw_call *c = ctx;
    if (c->stream.bytes == 0)
        c->web_page = is_web_page(head, bytes, n);
    c->last = now(c->models);
    bool more = !c->web_page && lw_stream_feed(&c->stream, bytes, n);
    if (c->answer.first_ms < 0 && lw_stream_has_any(&c->stream))
        c->answer.first_ms = c->last - c->began;
    c->answer.state = LW_CALL_STREAMING;
    c->answer.news++;
    c->models->news++;
    return more;
}

static void on_done(void *ctx, const struct lw_http_reply *reply)
{
    struct lw_call *c = ctx;
    lw_call_end(c, reply, token_of(c));
    if (c->secret && reply->status == 401)
        c->secret->stale = true;
    note_end(c);
}

/* ---- asking */

static struct lw_keeper *find_secret(struct lw_models *m, const char *url)
{
    const struct lw_endpoint *e = lw_config_endpoint(m->config, url);
    struct lw_keeper *k = m->secrets;
    while (k && k->endpoint != e)
        k = k->next;
    if (k || !e)
        return k;
    k = lw_alloc(sizeof *k);
    k->endpoint = e;
    k->credentials = lw_credentials_new(m->sys, e, 0);
    k->next = m->secrets;
    m->secrets = k;
    return k;
}

/* "x-api-key: …" or "Authorization: Bearer …"; NULL when the server gets no token. New string, to
 * be cleared; put together without printf, which keeps copies of its own. */
static char *token_header(const struct lw_call *c, const struct lw_api *api)
{
    const char *token = token_of(c);
    if (!token)
        return NULL;
    if (!api->token_header)
        return lw_strdup(lw_credentials_header(c->secret->credentials));
    size_t n = strlen(api->token_header), m = strlen(token);
    char *header = lw_alloc(n + m + 1);
    memcpy(header, api->token_header, n);
    memcpy(header + n, token, m);
    return header;
}

static void send(struct lw_call *c)
{
    enum { HEADERS = 8 };
    const struct lw_api *api = lw_api_of(c->model->api);
    const struct lw_http_limits limits = {.total_ms = -1, .slow_s = -1}; /* see lw_models_work() */
    const char *headers[HEADERS] = {"Content-Type: application/json",
        "Accept: text/event-stream, application/x-ndjson, application/json"};
    size_t n = 2;
    for (const char *const *own = api->headers; own && *own && n < HEADERS - 2;)
        headers[n++] = *own++;
    char *secret = token_header(c, api);
    headers[n] = secret;
    const struct lw_http_request request = {.method = "POST",
        .url = c->url,
        .headers = headers,
        .body = c->body.data,
        .len = c->body.len,
        .answer_max = ERROR_BODY_MAX,
        .endpoint = c->secret ? c->secret->endpoint : NULL,
        .limits = &limits,
        .on_body = on_body,
        .pieces_max = BYTES_MAX};
    struct lw_err err = {0};
    c->last = now(c->models);
    c->transfer = lw_http_start(c->models->http, &request, on_done, c, &err);
    if (secret)
        sodium_memzero(secret, strlen(secret));
    free(secret);
    if (c->transfer)
        return;
    lw_call_end_unsent(c, &err);
    note_end(c);
}

/* Sends when the token is there. */
static void try_to_send(struct lw_call *c)
{
    enum lw_credentials_state state =
        c->secret ? lw_credentials_work(c->secret->credentials) : LW_CREDENTIALS_NONE;
    if (state == LW_CREDENTIALS_WAITING)
        return;
    if (state == LW_CREDENTIALS_FAILED) {
        lw_call_end_unsent(c, lw_credentials_error(c->secret->credentials));
        c->secret->stale = true;
        note_end(c);
    } else {
        send(c);
    }
}

struct lw_call *lw_call_start(struct lw_models *m, const struct lw_model *which,
    const json_t *messages, const json_t *tools, const json_t *parameters, struct lw_err *err)
{
    const struct lw_ask ask = {which, messages, tools, parameters};
    if (lw_ask_check(&ask, err) != LW_OK)
        return NULL;
    struct lw_call *c = lw_alloc(sizeof *c);
    const struct lw_api *api = lw_api_of(which->api);
    c->models = m;
    c->model = which;
    c->url = lw_api_url(which);
    c->secret = find_secret(m, c->url);
    if (c->secret && c->secret->stale)
        lw_credentials_refresh(c->secret->credentials);
    if (c->secret)
        c->secret->stale = false;
    api->write(&ask, &c->body);
    lw_stream_init(&c->stream, api);
    c->began = c->last = now(m);
    c->answer = (struct lw_call_answer){
        .retry_after_ms = -1, .first_ms = -1, .started_unix_ms = lw_clock_utc_ms(m->sys)};
    c->next = m->first;
    m->first = c;
    try_to_send(c);
    return c;
}

/* ---- an answer so far */

static struct lw_span span_of(const struct lw_wire_text *t)
{
    return (struct lw_span){t->text.data ? t->text.data : "", t->text.len};
}

const struct lw_call_answer *lw_call_answer(struct lw_call *c)
{
    struct lw_call_answer *a = &c->answer;
    if (c->told != a->news) {
        json_decref(c->tool_calls);
        c->tool_calls = lw_stream_calls(&c->stream);
        c->told = a->news;
    }
    a->text = span_of(&c->stream.text);
    a->reasoning = span_of(&c->stream.reasoning);
    a->refusal = span_of(&c->stream.refusal);
    a->tool_calls = c->tool_calls;
    a->usage = c->stream.usage;
    a->finish = c->stream.finish;
    a->model = c->stream.model;
    a->error = *c->error ? c->error : NULL;
    a->bytes = c->stream.bytes;
    if (is_on_its_way(c))
        a->total_ms = now(c->models) - c->began;
    return a;
}

void lw_call_stop(struct lw_call *c)
{
    if (!is_on_its_way(c))
        return;
    lw_http_cancel(c->transfer);
    lw_call_end_stopped(c);
    note_end(c);
}

void lw_call_free(struct lw_call *c)
{
    if (!c)
        return;
    lw_call_stop(c);
    struct lw_call **at = &c->models->first;
    while (*at != c)
        at = &(*at)->next;
    *at = c->next;
    lw_stream_fini(&c->stream);
    json_decref(c->tool_calls);
    free(c->url);
    free(c);
}

/* ---- the loop */

/* Milliseconds until it has been silent for too long. */
static int64_t patience_ms(const struct lw_call *c)
{
    int64_t s = c->stream.bytes > 0 ? LW_MODEL_SILENCE_S : LW_MODEL_FIRST_S;
    int64_t left = c->last + s * 1000 - now(c->models);
    return left > 0 ? left : 0;
}

static void work(struct lw_call *c)
{
    if (!is_on_its_way(c))
        return;
    if (!c->transfer) {
        try_to_send(c);
    } else if (patience_ms(c) == 0) {
        lw_http_cancel(c->transfer);
        lw_call_end_silent(c);
        note_end(c);
    }
}

bool lw_models_work(struct lw_models *m)
{
    lw_http_work(m->http);
    for (struct lw_call *c = m->first; c; c = c->next)
        work(c);
    bool news = m->news != m->told;
    m->told = m->news;
    return news;
}

int64_t lw_models_due_ms(const struct lw_models *m)
{
    int64_t least = m->news != m->told ? 0 : -1;
    for (const struct lw_call *c = m->first; c; c = c->next) {
        if (!is_on_its_way(c))
            continue;
        int64_t ms = c->transfer ? patience_ms(c) : lw_credentials_due_ms(c->secret->credentials);
        if (ms >= 0 && (least < 0 || ms < least))
            least = ms;
    }
    return least;
}

bool lw_models_busy(const struct lw_models *m)
{
    for (const struct lw_call *c = m->first; c; c = c->next)
        if (is_on_its_way(c))
            return true;
    return false;
}

struct lw_models *lw_models_new(
    const struct lw_sys *sys, const struct lw_config *config, struct lw_http *pool)
{
    struct lw_models *m = lw_alloc(sizeof *m);
    m->sys = sys;
    m->config = config;
    m->http = pool;
    return m;
}

void lw_models_free(struct lw_models *m)
{
    if (!m)
        return;
    while (m->first)
        lw_call_free(m->first);
    while (m->secrets) {
        struct lw_keeper *k = m->secrets;
        m->secrets = k->next;
        lw_credentials_free(k->credentials);
        free(k);
    }
    free(m);
}
