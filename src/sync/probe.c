/* Asks one target whether it is there, and waits for the answer: for doctor only. It sends neither
 * labels nor secrets. */
#include "labelwright/sync/probe.h"

#include "labelwright/net/credentials.h"
#include "labelwright/net/http.h"

#include <string.h>
#include <strings.h>

/* False, with the reason, when a token is configured but cannot be read. */
static bool token_is_there(
    const struct lw_sys *sys, const struct lw_endpoint *e, int patience_ms, struct lw_err *why)
{
    struct lw_credentials *c = lw_credentials_new(sys, e, patience_ms);
    enum lw_credentials_state state;
    while ((state = lw_credentials_work(c)) == LW_CREDENTIALS_WAITING) {
        struct pollfd fd[LW_CREDENTIALS_FDS];
        lw_credentials_fds(c, fd);
        poll(fd, LW_CREDENTIALS_FDS, lw_credentials_due_ms(c));
    }
    if (state == LW_CREDENTIALS_FAILED)
        *why = *lw_credentials_error(c);
    lw_credentials_free(c);
    return state != LW_CREDENTIALS_FAILED;
}

struct asking {
    enum lw_probe_answer answer;
    struct lw_err *why;
};

static void on_reply(void *ctx, const struct lw_http_reply *reply)
{
    struct asking *a = ctx;
    a->answer = reply->outcome == LW_HTTP_CONFIG    ? LW_PROBE_WRONG
                : reply->outcome == LW_HTTP_NETWORK ? LW_PROBE_OFFLINE
                                                    : LW_PROBE_ANSWERS;
    if (a->answer != LW_PROBE_ANSWERS)
        lw_fail(a->why, LW_EIO, "%s", reply->text);
}

static enum lw_probe_answer send_head(const struct lw_sys *sys, const char *url,
    const struct lw_endpoint *e, int patience_ms, struct lw_err *why)
{
    struct asking a = {LW_PROBE_WRONG, why};
    struct lw_http_limits limits = {.connect_ms = patience_ms, .total_ms = patience_ms};
    struct lw_endpoint silent = e ? *e : (struct lw_endpoint){0};
    silent.netrc = false;
    struct lw_http_request head = {
        .method = "HEAD", .url = url, .answer_max = 64 * 1024, .endpoint = e ? &silent : NULL};
    struct lw_http *h = lw_http_new(sys, &limits);
    lw_http_start(h, &head, on_reply, &a, why);
    while (lw_http_busy(h)) {
        lw_http_work(h);
        if (lw_http_busy(h))
            lw_http_poll(h, NULL, 0, patience_ms);
    }
    lw_http_free(h);
    return a.answer;
}

enum lw_probe_answer lw_probe(const struct lw_sys *sys, const struct lw_sync_to *to,
    const struct lw_config *config, int patience_ms, struct lw_err *why)
{
    const struct lw_endpoint *e = lw_config_endpoint(config, to->to);
    if (strncasecmp(to->to, "http", strlen("http")) != 0)
        return LW_PROBE_HERE;
    if (e && !token_is_there(sys, e, patience_ms, why))
        return LW_PROBE_WRONG;
    return send_head(sys, to->to, e, patience_ms, why);
}
