/* What an HTTP reply means: the answer table of the push protocol. */
#include "sync/targets_internal.h"

#include <stdio.h>
#include <string.h>

/* The first row that holds the status counts. */
static const struct row {
    long from, to;
    enum lw_send_outcome fate;
    const char *text; /* for the user: what it means, and the cure */
} table[] = {
    {200, 299, LW_SEND_SENT, ""},
    {300, 399, LW_SEND_CONFIG,
        "It points elsewhere, and labels never follow. If the client confirms the new address, it "
        "belongs into project.yaml"},
    {400, 400, LW_SEND_REFUSED, "It takes this for a bad request"},
    {401, 401, LW_SEND_LOGIN,
        "It wants to know who you are: see to the token for it in your config.yaml"},
    {403, 403, LW_SEND_LOGIN,
        "Your token does not open this: ask the client, or see to it in your config.yaml"},
    {404, 404, LW_SEND_CONFIG, "Nothing is at this address: compare `to` in project.yaml"},
    {405, 405, LW_SEND_CONFIG, "This address takes no labels: compare `to` in project.yaml"},
    {407, 407, LW_SEND_CONFIG,
        "A proxy on the way wants a login: see to `proxy` in your config.yaml, or ask the client"},
    {408, 408, LW_SEND_AGAIN, "It waited too long for us"},
    {409, 409, LW_SEND_CONFLICT, "It is not ready for this batch"},
    {410, 410, LW_SEND_CONFIG, "This address is closed for good: ask the client"},
    {413, 413, LW_SEND_TOO_LARGE, "This is too large for it"},
    {422, 422, LW_SEND_REFUSED, "It cannot take this"},
    {425, 425, LW_SEND_AGAIN, "It is too early for it"},
    {429, 429, LW_SEND_AGAIN, "It asks for patience"},
    {400, 499, LW_SEND_CONFIG, "It does not take labels in this way: ask the client"},
    {501, 501, LW_SEND_CONFIG, "It does not know how to take labels: compare `to` in project.yaml"},
    {505, 505, LW_SEND_CONFIG, "It does not speak this version of HTTP: ask the client"},
    {500, 599, LW_SEND_AGAIN, "It is in trouble"},
};

static const struct row *row_of(long status)
{
    static const struct row unknown = {0, 0, LW_SEND_AGAIN, "That is no HTTP"};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (status >= table[i].from && status <= table[i].to)
            return &table[i];
    return &unknown;
}

enum lw_send_outcome lw_send_outcome_of_status(long status)
{
    return row_of(status)->fate;
}

void lw_send_result_add_said(struct lw_send_result *to, const char *said)
{
    size_t n = strlen(to->text);
    if (said && *said)
        snprintf(to->text + n, sizeof to->text - n, " It says: %.120s", said);
}

/* What came in is only a part: it may have been a receipt, or may have listed what is wrong. */
static enum lw_send_outcome of_part(enum lw_send_outcome fate)
{
    return fate == LW_SEND_SENT || fate == LW_SEND_REFUSED ? LW_SEND_AGAIN : fate;
}

void lw_send_result_of_reply(const struct lw_http_reply *reply, struct lw_send_result *to)
{
    const struct row *row = row_of(reply->status);
    const char *at = reply->location ? reply->location : "";
    to->wait_ms = reply->retry_after_ms;
    to->trouble = row->fate == LW_SEND_AGAIN && reply->status >= 500 && to->wait_ms < 0;
    to->fate = row->fate;
    if (reply->outcome == LW_HTTP_NETWORK)
        to->fate = LW_SEND_OFFLINE;
    else if (reply->outcome == LW_HTTP_CONFIG)
        to->fate = LW_SEND_CONFIG;
    else if (reply->outcome != LW_HTTP_ANSWERED)
        to->fate = of_part(row->fate);
    if (reply->outcome != LW_HTTP_ANSWERED)
        snprintf(to->text, sizeof to->text, "%s", reply->text);
    else if (row->fate != LW_SEND_SENT)
        snprintf(to->text, sizeof to->text, "The endpoint answers %ld. %s%s%.120s.", reply->status,
            row->text, *at ? ": " : "", at);
}
