#define _GNU_SOURCE
#include "carry.h"

#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

void carry_free(struct carried *c)
{
    free(c->reply.body);
    free(c->reply.location);
    free(c->reply.type);
    *c = (struct carried){0};
}

void carry_done(void *ctx, const struct lw_http_reply *reply)
{
    struct carried *c = ctx;
    int calls = c->calls + 1;
    carry_free(c);
    c->calls = calls;
    c->reply = *reply;
    c->reply.location = lw_strdup(reply->location);
    c->reply.type = lw_strdup(reply->type);
    if (reply->body) {
        c->reply.body = lw_alloc(reply->len + 1);
        memcpy(c->reply.body, reply->body, reply->len);
    }
}

void carry_wait(struct lw_http *h, struct carried *c, int calls)
{
    while (c->calls < calls) {
        assert_true(lw_http_busy(h));
        lw_http_poll(h, NULL, 0, -1);
        lw_http_work(h);
    }
}

void carry(struct lw_http *h, const struct lw_http_request *request, struct carried *c)
{
    struct lw_err err = {0};
    carry_free(c);
    if (lw_http_start(h, request, carry_done, c, &err) != LW_OK)
        fail_msg("%s", err.text);
    carry_wait(h, c, 1);
    assert_false(lw_http_busy(h));
}
