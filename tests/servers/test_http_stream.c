/* The HTTP client with several requests at once, and with answers taken piece by piece. */
#define _GNU_SOURCE
#include "fixtures/http_fixture.h"
#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { STREAMS = 4 };

/* One answer that comes in pieces. */
struct stream {
    struct raw_server server;
    _Atomic int *begun; /* streams of which a piece has arrived; NULL: it waits for nobody */
    struct lw_transfer *t;
    struct lw_buf came;
    int pieces, most, calls;
    char type[40];
    long status;
    enum lw_http_outcome outcome;
    char body[40], text[200];
};

static bool take(void *ctx, const struct lw_http_head *head, const char *bytes, size_t n)
{
    struct stream *s = ctx;
    if (s->pieces++ == 0 && s->begun)
        (*s->begun)++;
    lw_buf_add(&s->came, bytes, n);
    snprintf(s->type, sizeof s->type, "%s", head->type);
    s->status = head->status;
    return !s->most || s->pieces < s->most;
}

static void end(void *ctx, const struct lw_http_reply *reply)
{
    struct stream *s = ctx;
    s->calls++;
    s->outcome = reply->outcome;
    s->status = reply->status;
    snprintf(s->body, sizeof s->body, "%s", reply->body ? reply->body : "(none)");
    snprintf(s->text, sizeof s->text, "%s", reply->text);
    snprintf(s->type, sizeof s->type, "%s", reply->type);
}

static const char head[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\r\n";

static void start(struct stream *s, struct lw_http *h, size_t pieces_max)
{
    struct lw_err err = {0};
    char *url = lw_format("http://127.0.0.1:%d/", s->server.port);
    const struct lw_http_limits limits = {.total_ms = -1, .slow_s = -1};
    const struct lw_http_request q = {.method = "POST",
        .url = url,
        .body = "{}",
        .len = 2,
        .answer_max = 1000,
        .pieces_max = pieces_max,
        .limits = &limits,
        .on_body = take};
    s->t = lw_http_start(h, &q, end, s, &err);
    assert_string_equal(err.text, "");
    free(url);
}

static void finish(struct stream *s)
{
    raw_server_free(&s->server);
    lw_buf_fini(&s->came);
}

static void wait_for(struct lw_http *h, const struct stream *s)
{
    while (!s->calls) {
        lw_http_poll(h, NULL, 0, -1);
        lw_http_work(h);
    }
}

/* The second half only when a first half has come of all: one that waited for another would wait
 * for ever. */
static void talk_together(struct raw_server *w, int fd, int nth)
{
    struct stream *s = w->ctx;
    (void)nth;
    if (!raw_server_read(w, fd) || !raw_server_say(fd, head, sizeof head - 1))
        return;
    raw_server_say(fd, "one ", 4);
    while (*s->begun < STREAMS && !raw_server_wait(w, fd, 1))
        ;
    raw_server_say(fd, "two", 3);
}

static void brings_several_answers_together(void **state)
{
    struct http_fixture *r = *state;
    struct stream s[STREAMS] = {0};
    _Atomic int begun = 0;
    for (int i = 0; i < STREAMS; i++) {
        s[i].begun = &begun;
        raw_server_start(&s[i].server, talk_together, &s[i]);
        start(&s[i], r->h, 1000);
    }
    for (int i = 0; i < STREAMS; i++)
        wait_for(r->h, &s[i]);
    for (int i = 0; i < STREAMS; i++) {
        assert_int_equal(s[i].outcome, LW_HTTP_ANSWERED);
        assert_string_equal(s[i].came.data, "one two");
        assert_true(s[i].pieces >= 2);
        assert_string_equal(s[i].body, "");
        assert_string_equal(s[i].type, "text/event-stream; charset=utf-8");
        finish(&s[i]);
    }
    assert_false(lw_http_busy(r->h));
}

static void talk_for_ever(struct raw_server *w, int fd, int nth)
{
    (void)nth;
    if (!raw_server_read(w, fd) || !raw_server_say(fd, head, sizeof head - 1))
        return;
    while (raw_server_say(fd, ": on and on\n", 12))
        ;
}

static void stops_when_told_to(void **state)
{
    struct http_fixture *r = *state;
    struct stream s = {.most = 3};
    raw_server_start(&s.server, talk_for_ever, &s);
    start(&s, r->h, SIZE_MAX);
    wait_for(r->h, &s);
    assert_int_equal(s.outcome, LW_HTTP_STOPPED);
    assert_int_equal(s.pieces, 3);
    assert_string_equal(s.text, "stopped before its end");
    finish(&s);
}

static void gives_away_no_more_than_is_allowed(void **state)
{
    struct http_fixture *r = *state;
    struct stream s = {0};
    raw_server_start(&s.server, talk_for_ever, &s);
    start(&s, r->h, 100 * 1000);
    wait_for(r->h, &s);
    assert_int_equal(s.outcome, LW_HTTP_TOO_LARGE);
    assert_true(s.came.len <= 100 * 1000);
    finish(&s);
}

static void talk_refuse(struct raw_server *w, int fd, int nth)
{
    static const char no[] = "HTTP/1.1 429 Slow\r\nContent-Type: text/plain\r\nRetry-After: 7\r\n"
                             "Content-Length: 8\r\n\r\ntoo many";
    (void)nth;
    if (raw_server_read(w, fd))
        raw_server_say(fd, no, sizeof no - 1);
}

static void keeps_the_body_of_a_refusal_in_one(void **state)
{
    struct http_fixture *r = *state;
    struct stream s = {0};
    raw_server_start(&s.server, talk_refuse, &s);
    start(&s, r->h, 1000);
    wait_for(r->h, &s);
    assert_int_equal(s.outcome, LW_HTTP_ANSWERED);
    assert_int_equal(s.status, 429);
    assert_int_equal(s.pieces, 0);
    assert_string_equal(s.body, "too many");
    assert_string_equal(s.type, "text/plain");
    finish(&s);
}

/* One is cancelled and its place is taken, while the others go on. */
static void cancels_one_among_others(void **state)
{
    struct http_fixture *r = *state;
    struct stream s[STREAMS] = {0}, instead = {.most = 1};
    for (int i = 0; i < STREAMS; i++) {
        s[i].most = i == 1 ? 0 : 20;
        raw_server_start(&s[i].server, talk_for_ever, &s[i]);
        start(&s[i], r->h, SIZE_MAX);
    }
    raw_server_start(&instead.server, talk_for_ever, &instead);
    while (s[1].pieces == 0) {
        lw_http_poll(r->h, NULL, 0, -1);
        lw_http_work(r->h);
    }
    lw_http_cancel(s[1].t);
    start(&instead, r->h, SIZE_MAX);
    wait_for(r->h, &instead);
    for (int i = 0; i < STREAMS; i++) {
        if (i != 1)
            wait_for(r->h, &s[i]);
        assert_int_equal(s[i].calls, i != 1);
        finish(&s[i]);
    }
    finish(&instead);
}

#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, http_fixture_set_up, http_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(brings_several_answers_together),
        TEST(stops_when_told_to),
        TEST(gives_away_no_more_than_is_allowed),
        TEST(keeps_the_body_of_a_refusal_in_one),
        TEST(cancels_one_among_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
