#define _GNU_SOURCE
#include "ride.h"

#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const char ride_ok[] = "HTTP/1.1 200 OK\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok";

void ride_talk_ok(struct wire *w, int fd, int nth)
{
    (void)nth;
    if (wire_read(w, fd))
        wire_say(fd, ride_ok, strlen(ride_ok));
}

void ride_talk_on(struct wire *w, int fd, int nth)
{
    (void)nth;
    while (wire_read(w, fd) && wire_say(fd, ride_ok, strlen(ride_ok)))
        ;
}

void ride_talk_never(struct wire *w, int fd, int nth)
{
    (void)nth;
    if (wire_read(w, fd))
        wire_wait(w, fd, -1);
}

void ride_serve(struct ride *r, void (*talk)(struct wire *w, int fd, int nth))
{
    wire_start(&r->wire, talk, r);
    snprintf(r->origin, sizeof r->origin, "http://127.0.0.1:%d", r->wire.port);
}

int ride_set_up(void **state)
{
    struct ride *r = lw_alloc(sizeof *r);
    r->h = lw_http_new(NULL);
    r->wire.stop = -1;
    *state = r;
    return 0;
}

int ride_tear_down(void **state)
{
    struct ride *r = *state;
    lw_http_free(r->h);
    wire_free(&r->wire);
    carry_free(&r->c);
    free(r);
    return 0;
}

void ride_limit(struct ride *r, struct lw_http_limits limits)
{
    lw_http_free(r->h);
    r->h = lw_http_new(&limits);
}

struct lw_http_request ride_request(const struct ride *r, const char *method)
{
    bool post = strcmp(method, "POST") == 0;
    return (struct lw_http_request){.method = method,
        .url = r->origin,
        .body = post ? "{}\n" : NULL,
        .len = post ? 3 : 0,
        .answer_max = 1000};
}

void ride_start(struct ride *r, const char *method)
{
    struct lw_err err = {0};
    const struct lw_http_request q = ride_request(r, method);
    if (lw_http_start(r->h, &q, carry_done, &r->c, &err) != LW_OK)
        fail_msg("%s", err.text);
}

void ride_ask(struct ride *r, const char *method, enum lw_http_outcome outcome)
{
    const struct lw_http_request q = ride_request(r, method);
    carry(r->h, &q, &r->c);
    if (r->c.reply.outcome != outcome)
        fail_msg("outcome %d: %s", (int)r->c.reply.outcome, r->c.reply.text);
}

/* Until the server has it. */
void ride_send_off(struct ride *r, const char *method)
{
    ride_start(r, method);
    while (r->wire.requests == 0) {
        lw_http_poll(r->h, NULL, 0, 10);
        lw_http_work(r->h);
        assert_int_equal(r->c.calls, 0);
    }
}
