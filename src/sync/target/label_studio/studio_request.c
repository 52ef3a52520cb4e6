/* The pieces that every phase of the Label Studio target uses: one HTTP request, and a refused
 * label. Which request comes when, the phases decide. */
#include "sync/target/label_studio/studio_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void lw_studio_clear_request(struct lw_studio *s)
{
    if (s->body)
        sodium_memzero(s->body, strlen(s->body));
    free(s->body);
    free(s->url);
    s->body = s->url = NULL;
}

void lw_studio_request(
    struct lw_studio *s, struct lw_http_request *next, const char *method, char *path, json_t *body)
{
    size_t n = 0;
    lw_studio_clear_request(s);
    s->url = lw_format("%s%s", s->base, path);
    s->body = body ? json_dumps(body, JSON_COMPACT | JSON_REAL_PRECISION(12)) : NULL;
    free(path);
    json_decref(body);
    if (s->access)
        s->header[n++] = s->access;
    if (s->body)
        s->header[n++] = "Content-Type: application/json";
    s->header[n] = NULL;
    *next = (struct lw_http_request){.method = method,
        .url = s->url,
        .headers = s->header,
        .body = s->body,
        .len = s->body ? strlen(s->body) : 0,
        .answer_max = LW_STUDIO_ANSWER_MAX,
        .endpoint = s->with.endpoint};
}

void lw_studio_refuse(
    struct lw_studio *s, struct lw_studio_work *w, const char *code, const char *fmt, ...)
{
    struct lw_refusal *r = &s->refused[s->nrefused++];
    va_list ap;
    r->seq = w->last;
    snprintf(r->code, sizeof r->code, "%s", code);
    va_start(ap, fmt);
    vsnprintf(r->message, sizeof r->message, fmt, ap);
    va_end(ap);
    lw_clean_line(r->message, r->message, sizeof r->message);
    w->done = true;
}
