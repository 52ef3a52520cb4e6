/* Connections, and the user's settings for a server. */
#define _GNU_SOURCE
#include "fixtures/http_fixture.h"
#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* ---- connections */

static void talk_drop(struct raw_server *w, int fd, int nth)
{
    raw_server_read(w, fd);
    if (nth == 1)
        raw_server_reset(fd);
}

static void sends_nothing_again_by_itself(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_serve(r, talk_drop);
    for (int i = 0; i < 2; i++) { /* closed, then reset */
        http_fixture_ask(r, "POST", LW_HTTP_NETWORK);
        assert_int_equal(r->c.reply.status, 0);
    }
    raw_server_stop(&r->server);
    assert_int_equal(r->server.connections, 2);
    assert_int_equal(r->server.requests, 2);
}

/* Keeps the connection; what comes second over it is read and dropped. */
static void talk_then_drop(struct raw_server *w, int fd, int nth)
{
    http_fixture_talk_ok(w, fd, nth);
    raw_server_read(w, fd);
}

static void pushes_over_a_connection_of_their_own(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_serve(r, talk_then_drop);
    for (int i = 0; i < 3; i++)
        http_fixture_ask(r, "POST", LW_HTTP_ANSWERED);
    raw_server_stop(&r->server);
    assert_int_equal(r->server.connections, 3);
    assert_int_equal(r->server.requests, 3);
}

static void reads_over_one_connection_and_keeps_no_cookies(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_serve(r, http_fixture_talk_on);
    for (int i = 0; i < 3; i++)
        http_fixture_ask(r, "GET", LW_HTTP_ANSWERED);
    raw_server_stop(&r->server);
    assert_int_equal(r->server.connections, 1);
    assert_int_equal(r->server.requests, 3);
    for (int i = 0; i < 3; i++)
        assert_null(strcasestr(r->server.request[i], "Cookie:"));
}

static void sends_every_method(void **state)
{
    struct http_fixture *r = *state;
    static const char *const methods[] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "MKCOL"};
    http_fixture_serve(r, http_fixture_talk_ok);
    for (size_t i = 0; i < COUNT(methods); i++)
        http_fixture_ask(r, methods[i], LW_HTTP_ANSWERED);
    raw_server_stop(&r->server);
    assert_int_equal(r->server.requests, COUNT(methods));
    for (size_t i = 0; i < COUNT(methods); i++) {
        char line[40];
        int n = snprintf(line, sizeof line, "%s / HTTP/1.1\r\n", methods[i]);
        assert_memory_equal(r->server.request[i], line, (size_t)n);
    }
}

/* ---- the user's settings */

static void minds_no_proxy_of_the_environment(void **state)
{
    struct http_fixture *r = *state;
    static const char *const names[] = {"http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"};
    for (size_t i = 0; i < COUNT(names); i++)
        setenv(names[i], "http://127.0.0.1:1", 1);
    http_fixture_serve(r, http_fixture_talk_ok);
    http_fixture_ask(r, "POST", LW_HTTP_ANSWERED);
    for (size_t i = 0; i < COUNT(names); i++)
        unsetenv(names[i]);
}

static void talk_proxy(struct raw_server *w, int fd, int nth)
{
    static const char no[] =
        "HTTP/1.1 403 Forbidden\r\nRetry-After: 5\r\nContent-Length: 0\r\n\r\n";
    (void)nth;
    if (raw_server_read(w, fd))
        raw_server_say(fd, no, sizeof no - 1);
}

static void tells_a_proxy_the_host_and_nothing_else(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_serve(r, talk_proxy);
    char origin[] = "https://labels.example.org";
    struct lw_endpoint e = {.origin = origin, .proxy = r->origin};
    static const char *const headers[] = {"Authorization: Bearer s3cret", NULL};
    struct lw_http_request q = http_fixture_request(r, "POST");
    q.url = "https://labels.example.org/path";
    q.endpoint = &e;
    q.headers = headers;
    setenv("no_proxy", "*", 1);
    http_exchange(r->h, &q, &r->c);
    unsetenv("no_proxy");
    assert_int_equal(r->c.reply.outcome, LW_HTTP_NETWORK);
    assert_int_equal(r->c.reply.retry_after_ms, -1); /* the proxy is not the server */
    raw_server_stop(&r->server);
    assert_memory_equal(r->server.request[0], "CONNECT labels.example.org:443 HTTP/1.1\r\n", 41);
    static const char *const absent[] = {"s3cret", "Authorization", "/path"};
    for (size_t i = 0; i < COUNT(absent); i++)
        assert_null(strcasestr(r->server.request[0], absent[i]));
}

static void talk_locked_proxy(struct raw_server *w, int fd, int nth)
{
    static const char no[] = "HTTP/1.1 407 Proxy Authentication Required\r\n"
                             "Proxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n";
    (void)nth;
    if (raw_server_read(w, fd))
        raw_server_say(fd, no, sizeof no - 1);
}

static void names_a_proxy_that_wants_a_login(void **state)
{
    struct http_fixture *r = *state;
    http_fixture_serve(r, talk_locked_proxy);
    char origin[] = "https://labels.example.org";
    struct lw_endpoint e = {.origin = origin, .proxy = r->origin};
    struct lw_http_request q = http_fixture_request(r, "POST");
    q.url = "https://labels.example.org/path";
    q.endpoint = &e;
    http_exchange(r->h, &q, &r->c);
    assert_int_equal(r->c.reply.outcome, LW_HTTP_CONFIG);
    assert_non_null(strstr(r->c.reply.text, r->origin));
    assert_non_null(strstr(r->c.reply.text, "407"));
}

static void reads_netrc_when_told_to(void **state)
{
    struct http_fixture *r = *state;
    char home[] = "/tmp/lw-http-XXXXXX";
    assert_non_null(mkdtemp(home));
    char *netrc = lw_format("%s/.netrc", home), *old = lw_strdup(getenv("HOME"));
    FILE *f = fopen(netrc, "w");
    assert_non_null(f);
    fputs("machine 127.0.0.1 login ana password pass\n", f);
    fclose(f);
    setenv("HOME", home, 1);
    http_fixture_serve(r, http_fixture_talk_ok);
    struct lw_endpoint e = {.origin = r->origin};
    struct lw_http_request q = http_fixture_request(r, "POST");
    q.endpoint = &e;
    http_exchange(r->h, &q, &r->c);
    e.netrc = true;
    http_exchange(r->h, &q, &r->c);
    raw_server_stop(&r->server);
    assert_null(strcasestr(r->server.request[0], "Authorization"));
    assert_non_null(strstr(r->server.request[1], "\r\nAuthorization: Basic YW5hOnBhc3M=\r\n"));
    if (old)
        setenv("HOME", old, 1);
    remove(netrc);
    rmdir(home);
    free(netrc);
    free(old);
}

static void goes_through_a_unix_socket(void **state)
{
    struct http_fixture *r = *state;
    char folder[] = "/tmp/lw-http-XXXXXX", origin[] = "http://localhost";
    assert_non_null(mkdtemp(folder));
    char *path = lw_format("%s/labels.sock", folder);
    raw_server_start_unix(&r->server, path, http_fixture_talk_ok, r);
    struct lw_endpoint e = {.origin = origin, .unix_socket = path};
    struct lw_http_request q = http_fixture_request(r, "POST");
    q.url = "http://localhost/v1";
    q.endpoint = &e;
    http_exchange(r->h, &q, &r->c);
    assert_int_equal(r->c.reply.outcome, LW_HTTP_ANSWERED);
    remove(path);
    rmdir(folder);
    free(path);
}

#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, http_fixture_set_up, http_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sends_nothing_again_by_itself),
        TEST(pushes_over_a_connection_of_their_own),
        TEST(reads_over_one_connection_and_keeps_no_cookies),
        TEST(sends_every_method),
        TEST(minds_no_proxy_of_the_environment),
        TEST(tells_a_proxy_the_host_and_nothing_else),
        TEST(names_a_proxy_that_wants_a_login),
        TEST(reads_netrc_when_told_to),
        TEST(goes_through_a_unix_socket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
