/* The HTTP client in the event loop: when it gives up, what it waits for, what it leaves open. */
#define _GNU_SOURCE
#include "fixtures/http_fixture.h"
#include "labelwright/base/buf.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- what ends by itself */

static void talk_slowly(struct raw_server *w, int fd, int nth)
{
    static const char begin[] = "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n";
    (void)nth;
    if (!raw_server_read(w, fd) || !raw_server_say(fd, begin, sizeof begin - 1))
        return;
    while (!raw_server_wait(w, fd, 300) && raw_server_say(fd, "a", 1))
        ;
}

static void gives_up_on_a_trickle(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_limit(r, (struct lw_http_limits){.slow_s = 1});
    http_fixture_serve(r, talk_slowly);
    http_fixture_ask(r, "POST", LW_HTTP_NETWORK);
    assert_int_equal(r->c.reply.status, 200);
    assert_null(r->c.reply.body);
}

static void gives_up_on_silence(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_limit(r, (struct lw_http_limits){.total_ms = 200});
    http_fixture_serve(r, http_fixture_talk_never);
    http_fixture_ask(r, "POST", LW_HTTP_NETWORK);
    assert_int_equal(r->c.reply.status, 0);
}

static void talk_deaf(struct raw_server *w, int fd, int nth)
{
    char hello[4096];
    (void)nth;
    raw_server_wait(w, fd, -1);
    while (read(fd, hello, sizeof hello) > 0 && !raw_server_wait(w, fd, -1))
        ;
}

static void gives_up_on_a_handshake_without_end(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_limit(r, (struct lw_http_limits){.connect_ms = 200});
    http_fixture_serve(r, talk_deaf);
    snprintf(r->origin, sizeof r->origin, "https://127.0.0.1:%d", r->server.port);
    http_fixture_ask(r, "POST", LW_HTTP_NETWORK);
}

static void tells_a_port_where_nobody_is(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_serve(r, http_fixture_talk_ok);
    raw_server_stop(&r->server);
    http_fixture_ask(r, "POST", LW_HTTP_NETWORK);
    assert_non_null(strstr(r->c.reply.text, "127.0.0.1"));
}

/* ---- the loop */

static void takes_so_many_at_once_and_no_more(void **state)
{
    struct http_fixture *r = *state;
    struct lw_transfer *t[LW_HTTP_TRANSFERS];
    http_fixture_serve(r, http_fixture_talk_never);
    const struct lw_http_request q = http_fixture_request(r, "GET");
    struct lw_err err = {0};
    for (size_t i = 0; i < COUNT(t); i++)
        t[i] = lw_http_start(r->h, &q, http_exchange_done, &r->c, &err);
    assert_string_equal(err.text, "");
    assert_null(lw_http_start(r->h, &q, http_exchange_done, &r->c, &err));
    assert_int_equal(err.code, LW_EBUSY);
    lw_http_cancel(t[3]);
    assert_ptr_equal(lw_http_start(r->h, &q, http_exchange_done, &r->c, &err), t[3]);
    assert_true(lw_http_busy(r->h));
}

static void forgets_what_is_cancelled(void **state)
{
    struct http_fixture *r = *state;
    lw_http_cancel(r->t); /* nothing is on its way */
    http_fixture_serve(r, http_fixture_talk_never);
    http_fixture_send_off(r, "POST");
    lw_http_cancel(r->t);
    assert_false(lw_http_busy(r->h));
    lw_http_work(r->h);
    assert_int_equal(r->c.calls, 0);
    raw_server_free(&r->server);
    http_fixture_serve(r, http_fixture_talk_ok);
    http_fixture_ask(r, "POST", LW_HTTP_ANSWERED);
    raw_server_free(&r->server);
    http_fixture_serve(r, http_fixture_talk_never);
    http_exchange_free(&r->c);
    http_fixture_send_off(r, "POST"); /* and tear_down() frees it on its way */
}

static void start_next(void *ctx, const struct lw_http_reply *reply)
{
    struct http_fixture *r = ctx;
    assert_string_equal(reply->body, "ok");
    http_fixture_start(r, "GET");
    assert_string_equal(reply->body, "ok");
}

static void starts_the_next_from_within_done(void **state)
{
    struct http_fixture *r = *state;
    struct lw_err err = {0};
    http_fixture_serve(r, http_fixture_talk_ok);
    const struct lw_http_request q = http_fixture_request(r, "POST");
    assert_non_null(lw_http_start(r->h, &q, start_next, r, &err));
    http_exchange_wait(r->h, &r->c, 1);
    assert_string_equal(r->c.reply.body, "ok");
    assert_false(lw_http_busy(r->h));
}

static void wakes_for_the_keyboard(void **state)
{
    struct http_fixture *r = *state;
    int keyboard[2];
    http_fixture_serve(r, http_fixture_talk_never);
    http_fixture_send_off(r, "POST");
    assert_int_equal(pipe2(keyboard, O_CLOEXEC), 0);
    struct pollfd fd[] = {{.fd = -1, .events = POLLIN}, {.fd = keyboard[0], .events = POLLIN}};
    lw_http_poll(r->h, fd, 2, 0);
    assert_int_equal(fd[1].revents, 0);
    assert_int_equal(write(keyboard[1], "k", 1), 1);
    while (!fd[1].revents) { /* for an hour, were it not for the key */
        lw_http_poll(r->h, fd, 2, -1);
        lw_http_work(r->h);
    }
    assert_int_equal(fd[1].revents, POLLIN);
    assert_int_equal(fd[0].revents, 0);
    assert_int_equal(r->c.calls, 0);
    close(keyboard[0]);
    close(keyboard[1]);
}

static void talk_after_a_while(struct raw_server *w, int fd, int nth)
{
    (void)nth;
    if (raw_server_read(w, fd) && !raw_server_wait(w, fd, 300))
        raw_server_say(fd, http_fixture_ok, strlen(http_fixture_ok));
}

/* libcurl itself does not tell of a hang-up, and returns at once for ever. */
static void tells_of_a_dead_descriptor_and_then_rests(void **state)
{
    struct http_fixture *r = *state;
    int keyboard[2], turns = 0, told = 0;
    assert_int_equal(pipe2(keyboard, O_CLOEXEC), 0);
    close(keyboard[1]);
    struct pollfd fd = {.fd = keyboard[0], .events = POLLIN};
    http_fixture_serve(r, talk_after_a_while);
    http_fixture_start(r, "POST");
    for (; r->c.calls == 0; turns++) {
        lw_http_poll(r->h, &fd, 1, -1);
        lw_http_work(r->h);
        if (fd.revents & POLLHUP) {
            told++;
            fd.fd = -1;
        }
    }
    assert_int_equal(told, 1);
    assert_in_range(turns, 1, 100);
    assert_int_equal(r->c.reply.outcome, LW_HTTP_ANSWERED);
    close(keyboard[0]);
}

static void rests_without_a_request(void **state)
{
    struct http_fixture *r = *state;
    int keyboard[2];
    assert_int_equal(pipe2(keyboard, O_CLOEXEC), 0);
    struct pollfd fd = {.fd = keyboard[0], .events = POLLIN};
    assert_int_equal(write(keyboard[1], "k", 1), 1);
    lw_http_poll(r->h, &fd, 1, -1);
    lw_http_work(r->h);
    assert_int_equal(fd.revents, POLLIN);
    close(keyboard[0]);
    close(keyboard[1]);
}

/* Descriptors that a program we start would inherit. */
static int open_to_programs(void)
{
    int n = 0;
    DIR *dir = opendir("/proc/self/fd");
    assert_non_null(dir);
    for (const struct dirent *e; (e = readdir(dir));) {
        int fd = atoi(e->d_name);
        if (e->d_name[0] != '.' && fd > 2 && !(fcntl(fd, F_GETFD) & FD_CLOEXEC))
            n++;
    }
    closedir(dir);
    return n;
}

static void leaves_nothing_open_to_other_programs(void **state)
{
    struct http_fixture *r = *state;
    assert_int_equal(open_to_programs(), 0);
    http_fixture_serve(r, http_fixture_talk_never);
    snprintf(r->origin, sizeof r->origin, "http://localhost:%d", r->server.port);
    http_fixture_send_off(r, "POST");
    assert_int_equal(open_to_programs(), 0);
    lw_http_cancel(r->t);
    raw_server_free(&r->server);
    http_fixture_serve(r, http_fixture_talk_on);
    http_fixture_ask(r, "GET", LW_HTTP_ANSWERED); /* kept for the next one */
    assert_int_equal(open_to_programs(), 0);
    int witness = dup(0);
    assert_int_equal(open_to_programs(), 1);
    close(witness);
}

#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, http_fixture_set_up, http_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(gives_up_on_a_trickle),
        TEST(gives_up_on_silence),
        TEST(gives_up_on_a_handshake_without_end),
        TEST(tells_a_port_where_nobody_is),
        TEST(takes_so_many_at_once_and_no_more),
        TEST(forgets_what_is_cancelled),
        TEST(starts_the_next_from_within_done),
        TEST(wakes_for_the_keyboard),
        TEST(tells_of_a_dead_descriptor_and_then_rests),
        TEST(rests_without_a_request),
        TEST(leaves_nothing_open_to_other_programs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
