/* How a call ended, in a state and in sentences that name the cure: from the outcome of the
 * request, its status, and what the stream found. Nothing is sent or asked again here. */
#include "model/call_internal.h"

#include "model/model_messages_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- the state */

static void __attribute__((format(printf, 2, 3))) say(struct lw_call *c, const char *fmt, ...)
{
    va_list ap;
    size_t n = strlen(c->error);
    va_start(ap, fmt);
    vsnprintf(c->error + n, sizeof c->error - n, fmt, ap);
    va_end(ap);
}

static void end(struct lw_call *c, bool well)
{
    bool any = lw_stream_has_any(&c->stream);
    c->answer.state = !any ? LW_CALL_FAILED : well ? LW_CALL_DONE : LW_CALL_CUT;
    c->answer.news++;
}

/* With the reason that stopped the stream, if one did. */
static bool stream_stopped(struct lw_call *c)
{
    if (*c->stream.error)
        say(c, "%s", c->stream.error);
    return *c->stream.error != '\0';
}

/* ---- a status */

static const struct row {
    long from, to;
    const char *text; /* after "The server answered 404: " */
} table[] = {
    {300, 399, LW_MODEL_MSG_REDIRECT},
    {401, 401, LW_MODEL_MSG_LOGIN},
    {403, 403, LW_MODEL_MSG_FORBIDDEN},
    {404, 404, LW_MODEL_MSG_ABSENT},
    {405, 405, LW_MODEL_MSG_METHOD},
    {407, 407, LW_MODEL_MSG_PROXY},
    {413, 413, LW_MODEL_MSG_TOO_LONG},
    {429, 429, LW_MODEL_MSG_BUSY},
    {400, 499, LW_MODEL_MSG_BAD_REQUEST},
    {503, 503, LW_MODEL_MSG_OVERLOADED},
    {529, 529, LW_MODEL_MSG_OVERLOADED},
    {500, 599, LW_MODEL_MSG_BROKEN},
};

static const char *text_of(long status)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (status >= table[i].from && status <= table[i].to)
            return table[i].text;
    return LW_MODEL_MSG_STRANGE;
}

static void say_what_the_server_says(struct lw_call *c, const struct lw_http_reply *r)
{
    json_t *v = r->body ? lw_wire_json(r->body, r->len) : NULL;
    /* A list of one: Google's. */
    char *message = lw_error_message(json_is_array(v) ? json_array_get(v, 0) : v);
    if (message)
        say(c, LW_MODEL_MSG_SAYS, message);
    free(message);
    json_decref(v);
}

static void end_refused(struct lw_call *c, const struct lw_http_reply *r)
{
    char after[160] = "";
    if (r->location)
        snprintf(after, sizeof after, "%s", r->location);
    if (r->retry_after_ms >= 0)
        snprintf(after, sizeof after, LW_MODEL_MSG_WAIT, (int)((r->retry_after_ms + 999) / 1000));
    c->answer.retry_after_ms = r->retry_after_ms;
    say(c, LW_MODEL_MSG_ANSWERED, r->status, text_of(r->status), after);
    say_what_the_server_says(c, r);
    end(c, false);
}

/* ---- an answer */

static void end_without_any(struct lw_call *c)
{
    if (c->web_page)
        say(c, LW_MODEL_MSG_WEB_PAGE, c->model->role);
    else if (!stream_stopped(c) && (c->stream.done || c->stream.finish))
        say(c, LW_MODEL_MSG_EMPTY);
    else if (!*c->error)
        say(c, LW_MODEL_MSG_NOT_IT, c->model->role);
    end(c, false);
}

/* A finish reason is enough where the last event is missing. */
static void end_answered(struct lw_call *c)
{
    bool well = (c->stream.done || c->stream.finish) && !*c->stream.error;
    if (!lw_stream_has_any(&c->stream)) {
        end_without_any(c);
        return;
    }
    if (!well && !stream_stopped(c))
        say(c, LW_MODEL_MSG_UNFINISHED);
    end(c, well);
}

static void end_broken(struct lw_call *c, const struct lw_http_reply *r)
{
    bool any = lw_stream_has_any(&c->stream), well = any && (c->stream.done || c->stream.finish);
    if (stream_stopped(c) || well)
        ;
    else if (r->outcome == LW_HTTP_CONFIG)
        say(c, LW_MODEL_MSG_CONFIG, r->text, LW_MODEL_MSG_CONFIG_CURE);
    else if (any)
        say(c, LW_MODEL_MSG_LOST, r->text);
    else if (r->outcome == LW_HTTP_TOO_LARGE)
        say(c, LW_MODEL_MSG_HEADER_FULL);
    else
        say(c, LW_MODEL_MSG_OFFLINE, r->text, c->model->role);
    end(c, well);
}

/* Some servers repeat a wrong token in what they say, and the sentence may be kept. */
static void strike_out(char *text, const char *token)
{
    size_t n = token ? strlen(token) : 0;
    for (char *at = text; n > 3 && (at = strstr(at, token));)
        memset(at, '*', n);
}

void lw_call_end(struct lw_call *c, const struct lw_http_reply *reply, const char *token)
{
    bool whole = reply->outcome == LW_HTTP_ANSWERED || reply->outcome == LW_HTTP_STOPPED;
    lw_stream_end(&c->stream);
    if (reply->status != 0 && reply->status / 100 != 2 && reply->outcome != LW_HTTP_CONFIG)
        end_refused(c, reply);
    else if (whole)
        end_answered(c);
    else
        end_broken(c, reply);
    strike_out(c->error, token);
}

void lw_call_end_silent(struct lw_call *c)
{
    lw_stream_end(&c->stream);
    if (c->stream.bytes > 0)
        say(c, LW_MODEL_MSG_SILENT, LW_MODEL_SILENCE_S);
    else
        say(c, LW_MODEL_MSG_NO_ANSWER, LW_MODEL_FIRST_S, c->model->role);
    end(c, false);
}

void lw_call_end_stopped(struct lw_call *c)
{
    lw_stream_end(&c->stream);
    say(c, LW_MODEL_MSG_STOPPED);
    end(c, false);
}

void lw_call_end_unsent(struct lw_call *c, const struct lw_err *err)
{
    say(c, "%s", err->text);
    end(c, false);
}
