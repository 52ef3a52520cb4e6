/* Cuts bytes into lines and lines into events. What an event means is for the files of the APIs. */
#include "model/sse_internal.h"

#include <stdio.h>
#include <string.h>

/* ---- a line */

/* Fields that count; the value goes behind the colon and one blank. */
static bool is_field(const struct lw_sse *s, const char *name, const char **value, size_t *n)
{
    size_t at = strlen(name);
    const char *line = s->line.data;
    if (s->line.len < at || memcmp(line, name, at) != 0)
        return false;
    if (s->line.len > at && line[at] != ':')
        return false;
    at += s->line.len > at;
    at += s->line.len > at && line[at] == ' ';
    *value = line + at;
    *n = s->line.len - at;
    return true;
}

static void set_event(struct lw_sse *s, const char *name, size_t n)
{
    snprintf(s->event, sizeof s->event, "%.*s", (int)(n < LW_EVENT_NAME ? n : LW_EVENT_NAME), name);
}

static void add_data(struct lw_sse *s, const char *value, size_t n)
{
    s->too_large = s->too_large || n >= LW_EVENT_MAX - s->data.len;
    if (s->too_large)
        return;
    if (s->has_data)
        lw_buf_char(&s->data, '\n');
    lw_buf_add(&s->data, value, n);
    s->has_data = true;
}

static bool dispatch(struct lw_sse *s, lw_event_fn *each, void *ctx)
{
    bool more = true;
    if (s->has_data)
        more = each(ctx, s->event, s->data.data ? s->data.data : "", s->data.len);
    lw_buf_clear(&s->data);
    s->has_data = false;
    s->event[0] = '\0';
    return more;
}

static bool end_line(struct lw_sse *s, lw_event_fn *each, void *ctx)
{
    const char *value;
    size_t n;
    bool more = true;
    if (s->line.len == 0)
        more = dispatch(s, each, ctx);
    else if (is_field(s, "data", &value, &n))
        add_data(s, value, n);
    else if (is_field(s, "event", &value, &n))
        set_event(s, value, n);
    else if (is_field(s, "error", &value, &n)) {
        set_event(s, "error", strlen("error"));
        add_data(s, value, n);
    }
    lw_buf_clear(&s->line);
    return more && !s->too_large;
}

/* ---- bytes */

static size_t to_line_end(const char *bytes, size_t n)
{
    const char *lf = memchr(bytes, '\n', n);
    size_t to = lf ? (size_t)(lf - bytes) : n;
    const char *cr = memchr(bytes, '\r', to);
    return cr ? (size_t)(cr - bytes) : to;
}

static void add_to_line(struct lw_sse *s, const char *bytes, size_t n)
{
    static const char bom[] = "\xEF\xBB\xBF";
    s->too_large = s->too_large || n > LW_EVENT_MAX - s->line.len;
    if (s->too_large || n == 0)
        return;
    lw_buf_add(&s->line, bytes, n);
    if (!s->begun && s->line.len >= 3) {
        s->begun = true;
        if (memcmp(s->line.data, bom, 3) == 0) {
            s->line.len -= 3;
            memmove(s->line.data, s->line.data + 3, s->line.len + 1);
        }
    }
}

bool lw_sse_feed(struct lw_sse *s, const char *bytes, size_t n, lw_event_fn *each, void *ctx)
{
    for (size_t at = 0; at < n && !s->too_large;) {
        if (s->after_cr && bytes[at] == '\n')
            at++;
        s->after_cr = false;
        if (at == n)
            break;
        size_t step = to_line_end(bytes + at, n - at);
        add_to_line(s, bytes + at, step);
        at += step;
        if (at == n)
            break;
        s->after_cr = bytes[at++] == '\r';
        s->begun = true;
        if (!end_line(s, each, ctx))
            return false;
    }
    return !s->too_large;
}

bool lw_sse_end(struct lw_sse *s, lw_event_fn *each, void *ctx)
{
    bool more = !s->too_large && (s->line.len == 0 || end_line(s, each, ctx));
    return more && dispatch(s, each, ctx);
}

void lw_sse_fini(struct lw_sse *s)
{
    lw_buf_fini(&s->line);
    lw_buf_fini(&s->data);
    *s = (struct lw_sse){0};
}
