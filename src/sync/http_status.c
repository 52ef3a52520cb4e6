/* What an HTTP status means for a batch, and its sentence for the user: the answer table of the
 * push protocol (labelwright-project(5)), good for any target that speaks HTTP. What a body
 * says is the target's. */
#include "sync/sync_messages_internal.h"
#include "sync/targets_internal.h"

#include <stdio.h>
#include <string.h>

/* The first row that holds the status counts. */
static const struct row {
    long from, to;
    enum lw_send_outcome outcome;
    const char *text; /* for the user, after "The server answered 404: " */
} table[] = {
    {200, 299, LW_SEND_SENT, ""},
    {300, 399, LW_SEND_CONFIG,
        "redirect, not followed. If the client confirms the new address, put it in project.yaml"},
    {400, 400, LW_SEND_REFUSED, "bad request"},
    {401, 401, LW_SEND_LOGIN, "login refused. Set a token for it in your config.yaml"},
    {403, 403, LW_SEND_LOGIN,
        "your token may not send here. Ask the client, or change it in your config.yaml"},
    {404, 404, LW_SEND_CONFIG, "nothing at this address. Check `to` in project.yaml"},
    {405, 405, LW_SEND_CONFIG, "this address takes no labels. Check `to` in project.yaml"},
    {407, 407, LW_SEND_CONFIG,
        "a proxy needs a login. Check `proxy` in your config.yaml, or ask the client"},
    {408, 408, LW_SEND_AGAIN, "it waited too long for the data; trying again later"},
    {409, 409, LW_SEND_CONFLICT, "not ready for this batch; trying again later"},
    {410, 410, LW_SEND_CONFIG, "this address is closed for good. Ask the client"},
    {413, 413, LW_SEND_TOO_LARGE, "too large"},
    {422, 422, LW_SEND_REFUSED, "not accepted"},
    {425, 425, LW_SEND_AGAIN, "too early; trying again later"},
    {429, 429, LW_SEND_AGAIN, "server busy; trying again later"},
    {400, 499, LW_SEND_CONFIG, "it does not take labels this way. Ask the client"},
    {501, 501, LW_SEND_CONFIG, "it cannot take labels. Check `to` in project.yaml"},
    {505, 505, LW_SEND_CONFIG, "it does not support this version of HTTP. Ask the client"},
    {500, 599, LW_SEND_AGAIN, "server error; trying again later"},
};

static const struct row *row_of(long status)
{
    static const struct row unknown = {
        0, 0, LW_SEND_AGAIN, "not a valid HTTP status; trying again later"};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (status >= table[i].from && status <= table[i].to)
            return &table[i];
    return &unknown;
}

void lw_send_result_add_message(struct lw_send_result *to, const char *message)
{
    size_t n = strlen(to->text);
    if (message && *message)
        snprintf(to->text + n, sizeof to->text - n, LW_SYNC_MSG_SERVER_SAYS, message);
}

/* Only part of the answer arrived: it may have been a receipt or a list of errors. */
static enum lw_send_outcome of_part(enum lw_send_outcome outcome)
{
    return outcome == LW_SEND_SENT || outcome == LW_SEND_REFUSED ? LW_SEND_AGAIN : outcome;
}

void lw_send_result_from_reply(const struct lw_http_reply *reply, struct lw_send_result *to)
{
    const struct row *row = row_of(reply->status);
    const char *at = reply->location ? reply->location : "";
    to->wait_ms = reply->retry_after_ms;
    to->trouble = row->outcome == LW_SEND_AGAIN && reply->status >= 500 && to->wait_ms < 0;
    to->outcome = row->outcome;
    if (reply->outcome == LW_HTTP_NETWORK)
        to->outcome = LW_SEND_OFFLINE;
    else if (reply->outcome == LW_HTTP_CONFIG)
        to->outcome = LW_SEND_CONFIG;
    else if (reply->outcome != LW_HTTP_ANSWERED)
        to->outcome = of_part(row->outcome);
    if (reply->outcome != LW_HTTP_ANSWERED)
        snprintf(to->text, sizeof to->text, "%s", reply->text);
    else if (row->outcome != LW_SEND_SENT)
        snprintf(to->text, sizeof to->text, LW_SYNC_MSG_ANSWERED, reply->status, row->text,
            *at ? ": " : "", at);
}
