/* Finds where JSON objects begin and end by their braces. Line ends mean nothing: whether a server
 * writes an object a line or prints one over many lines, it is the same here. */
#include "model/json_stream_internal.h"

#include <string.h>

/* One byte inside an object; true when the object ends with it. */
static bool step(struct lw_json_stream *s, char c)
{
    if (s->escaped)
        s->escaped = false;
    else if (s->in_string && c == '\\')
        s->escaped = true;
    else if (c == '"')
        s->in_string = !s->in_string;
    else if (!s->in_string && (c == '{' || c == '['))
        s->depth++;
    else if (!s->in_string && (c == '}' || c == ']'))
        return --s->depth == 0;
    return false;
}

static bool is_between(char c)
{
    return c && strchr(" \t\r\n,[]\x1E", c); /* RS: RFC 7464 */
}

/* How many bytes of the object there are here; `*whole` when its end is among them. */
static size_t inside(struct lw_json_stream *s, const char *bytes, size_t n, bool *whole)
{
    size_t i = 0;
    *whole = false;
    while (i < n && !*whole)
        *whole = step(s, bytes[i++]);
    return i;
}

static bool give(struct lw_json_stream *s, lw_event_fn *each, void *ctx)
{
    bool more = each(ctx, "", s->object.data, s->object.len);
    lw_buf_clear(&s->object);
    return more;
}

bool lw_json_stream_feed(
    struct lw_json_stream *s, const char *bytes, size_t n, lw_event_fn *each, void *ctx)
{
    for (size_t at = 0; at < n && !s->too_large && !s->no_json;) {
        bool whole = false;
        if (s->depth == 0 && is_between(bytes[at])) {
            at++;
            continue;
        }
        s->no_json = s->depth == 0 && bytes[at] != '{';
        size_t len = s->no_json ? 0 : inside(s, bytes + at, n - at, &whole);
        s->too_large = len > LW_EVENT_MAX - s->object.len;
        if (s->no_json || s->too_large)
            break;
        lw_buf_add(&s->object, bytes + at, len);
        at += len;
        if (whole && !give(s, each, ctx))
            return false;
    }
    return !s->too_large && !s->no_json;
}

void lw_json_stream_fini(struct lw_json_stream *s)
{
    lw_buf_fini(&s->object);
    *s = (struct lw_json_stream){0};
}
