/* The HTTP client against a server that answers whatever it likes. */
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

#define COUNT(a) (sizeof(a) / sizeof *(a))
enum { ANSWER_MAX = 64 * 1024 };

static struct lw_http_request post(const struct http_fixture *r)
{
    return (struct lw_http_request){
        .method = "POST", .url = r->url, .body = "{}\n", .len = 3, .answer_max = ANSWER_MAX};
}

/* One POST to a server of its own that answers these bytes and closes. */
static const struct lw_http_reply *answer(struct http_fixture *r, const char *say, size_t n)
{
    r->say = say;
    r->say_n = n;
    http_fixture_serve(r, http_fixture_talk_say);
    struct lw_http_request q = post(r);
    http_exchange(r->h, &q, &r->c);
    raw_server_free(&r->server);
    return &r->c.reply;
}

static void sends_the_request_as_it_is(void **state)
{
    struct http_fixture *r = *state;
    static const char ok[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
    r->say = ok;
    r->say_n = sizeof ok - 1;
    http_fixture_serve(r, http_fixture_talk_say);
    size_t n = 3 * 1024 * 1024 / 2; /* where libcurl would ask for a 100 first */
    char *body = lw_alloc(n + 1);
    memset(body, 'a', n);
    struct lw_http_request q = post(r);
    static const char *const headers[] = {
        "Content-Type: application/x-ndjson", "Idempotency-Key: \"ab\"", NULL};
    q.headers = headers;
    q.body = body;
    q.len = n;
    http_exchange(r->h, &q, &r->c);
    raw_server_stop(&r->server);
    assert_int_equal(r->c.reply.outcome, LW_HTTP_ANSWERED);
    assert_int_equal(r->server.requests, 1);
    const char *seen = r->server.request[0];
    assert_memory_equal(seen, "POST /v1/batches HTTP/1.1\r\n", 27);
    assert_non_null(strstr(seen, "\r\nContent-Type: application/x-ndjson\r\n"));
    assert_non_null(strstr(seen, "\r\nIdempotency-Key: \"ab\"\r\n"));
    assert_non_null(strstr(seen, "\r\nUser-Agent: labelwright/"));
    assert_string_equal(strstr(seen, "\r\n\r\n") + 4, body);
    static const char *const absent[] = {
        "\r\nExpect:", "\r\nAccept-Encoding:", "\r\nAuthorization:", "\r\nCookie:", "\r\nTE:"};
    for (size_t i = 0; i < COUNT(absent); i++)
        assert_null(strcasestr(seen, absent[i]));
    free(body);
}

static void says_the_status_and_what_came_with_it(void **state)
{
    struct http_fixture *r = *state;
    static const int statuses[] = {200, 201, 202, 204, 304, 400, 401, 403, 404, 409, 413, 422, 429,
        500, 501, 502, 503, 504, 599};
    for (size_t i = 0; i < COUNT(statuses); i++) {
        bool bare = statuses[i] == 204 || statuses[i] == 304;
        char *say = lw_format("HTTP/1.1 %d Word\r\nContent-Type: application/json\r\n"
                              "retry-after:  7 \r\nContent-Length: %d\r\n\r\n%s",
            statuses[i], bare ? 0 : 2, bare ? "" : "{}");
        const struct lw_http_reply *reply = answer(r, say, strlen(say));
        assert_int_equal(reply->outcome, LW_HTTP_ANSWERED);
        assert_int_equal(reply->status, statuses[i]);
        assert_string_equal(reply->body, bare ? "" : "{}");
        assert_int_equal(reply->len, bare ? 0 : 2);
        assert_int_equal(reply->retry_after_ms, 7000);
        assert_null(reply->location);
        assert_string_equal(reply->text, "");
        free(say);
    }
}

static void keeps_nothing_of_interim_answers(void **state)
{
    static const char say[] =
        "HTTP/1.1 103 Early Hints\r\nRetry-After: 5\r\nLocation: /hint\r\n\r\n"
        "HTTP/1.1 307 Elsewhere\r\nContent-Length: 0\r\n\r\n";
    const struct lw_http_reply *reply = answer(*state, say, sizeof say - 1);
    assert_int_equal(reply->status, 307);
    assert_int_equal(reply->retry_after_ms, -1);
    assert_null(reply->location);
}

/* Cut after every byte: only a whole answer counts as one. `spare`: bytes at the end that an
 * answer is whole without. */
static void cut_everywhere(struct http_fixture *r, const char *say, size_t spare)
{
    size_t n = strlen(say);
    for (size_t cut = 0; cut <= n; cut++) {
        const struct lw_http_reply *reply = answer(r, say, cut);
        bool whole = cut >= n - spare;
        if ((reply->outcome == LW_HTTP_ANSWERED) != whole)
            fail_msg("cut at %zu of %zu: outcome %d", cut, n, (int)reply->outcome);
        if (whole)
            assert_string_equal(reply->body, "hello");
        else
            assert_null(reply->body);
        if (!whole)
            assert_true(*reply->text);
        if (!whole && reply->status)
            assert_int_equal(reply->outcome, LW_HTTP_CUT);
    }
}

static void tells_a_cut_answer_from_a_whole_one(void **state)
{
    cut_everywhere(
        *state, "HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 5\r\n\r\nhello", 0);
    cut_everywhere(*state,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n", 1);
    cut_everywhere(*state,
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nSum: 1\r\n\r\n",
        1);
}

static void takes_a_body_without_length_until_the_end(void **state)
{
    static const char say[] = "HTTP/1.0 200 OK\r\n\r\nhello";
    const struct lw_http_reply *reply = answer(*state, say, sizeof say - 1);
    assert_int_equal(reply->outcome, LW_HTTP_ANSWERED);
    assert_string_equal(reply->body, "hello");
}

static void keeps_bytes_that_are_no_text(void **state)
{
    static const char say[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\na\0\xff\nb";
    const struct lw_http_reply *reply = answer(*state, say, sizeof say - 1);
    assert_int_equal(reply->len, 5);
    assert_memory_equal(reply->body, "a\0\xff\nb", 5);
}

/* ---- too much */

static void talk_without_end(struct raw_server *w, int fd, int nth)
{
    const struct http_fixture *r = w->ctx;
    static const char *const begin[] = {
        "HTTP/1.1 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\n",
        "HTTP/1.1 200 OK\r\nX: ",
        "",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n",
    };
    static const char *const again[] = {"aaaaaaaa", "aaaaaaaa", "8\r\naaaaaaaa\r\n", "X: a\r\n",
        "aaaaaaaa", "HTTP/1.1 100 Go on\r\n\r\n", "X: a\r\n"};
    const char *which = r->say;
    (void)nth;
    if (!raw_server_read(w, fd) ||
        !raw_server_say(fd, begin[*which - '0'], strlen(begin[*which - '0'])))
        return;
    while (raw_server_say(fd, again[*which - '0'], strlen(again[*which - '0'])))
        ;
}

static void stops_what_does_not_end(void **state)
{
    struct http_fixture *r = *state;
    static const char *const which[] = {"0", "1", "2", "3", "4", "5", "6"};
    for (size_t i = 0; i < COUNT(which); i++) {
        r->say = which[i];
        http_fixture_serve(r, talk_without_end);
        struct lw_http_request q = post(r);
        http_exchange(r->h, &q, &r->c);
        raw_server_free(&r->server);
        if (r->c.reply.outcome != LW_HTTP_TOO_LARGE)
            fail_msg("%s: outcome %d: %s", which[i], (int)r->c.reply.outcome, r->c.reply.text);
        assert_null(r->c.reply.body);
        assert_non_null(strstr(r->c.reply.text, "larger than allowed"));
    }
}

static void takes_as_much_as_allowed(void **state)
{
    struct http_fixture *r = *state;
    static const char say[] = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello";
    for (size_t max = 4; max <= 5; max++) {
        r->say = say;
        r->say_n = sizeof say - 1;
        http_fixture_serve(r, http_fixture_talk_say);
        struct lw_http_request q = post(r);
        q.answer_max = max;
        http_exchange(r->h, &q, &r->c);
        raw_server_free(&r->server);
        assert_int_equal(r->c.reply.outcome, max == 5 ? LW_HTTP_ANSWERED : LW_HTTP_TOO_LARGE);
    }
}

/* 16 MB of zeros as 16 KB. */
static char *make_bomb(const char *head, size_t *n)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, head);
    FILE *gzip = popen("head -c 16000000 /dev/zero | gzip -9", "r");
    assert_non_null(gzip);
    size_t got;
    do {
        got = fread(lw_buf_room(&b, 4096), 1, 4096, gzip);
        b.len += got;
    } while (got > 0);
    pclose(gzip);
    *n = b.len;
    return lw_buf_detach(&b);
}

static void unpacks_no_bombs(void **state)
{
    size_t n;
    static const char head[] = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n";
    char *say = make_bomb(head, &n);
    const struct lw_http_reply *reply = answer(*state, say, n);
    assert_int_equal(reply->outcome, LW_HTTP_ANSWERED);
    assert_int_equal(reply->len, n - (sizeof head - 1));
    assert_memory_equal(reply->body, say + sizeof head - 1, reply->len);
    free(say);
    say = make_bomb("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", &n);
    reply =
        answer(*state, say, n); /* libcurl unpacks these unasked: the limit counts what comes out */
    assert_int_equal(reply->outcome, LW_HTTP_TOO_LARGE);
    free(say);
}

/* ---- elsewhere */

static void follows_no_redirect(void **state)
{
    struct http_fixture *r = *state;
    static const int statuses[] = {301, 302, 303, 307, 308};
    for (size_t i = 0; i < COUNT(statuses); i++) {
        struct raw_server other;
        raw_server_start(&other, http_fixture_talk_say, r);
        char *where = lw_format("http://127.0.0.1:%d/take", other.port);
        char *say = lw_format(
            "HTTP/1.1 %d Go\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n", statuses[i], where);
        r->say = say;
        r->say_n = strlen(say);
        http_fixture_serve(r, http_fixture_talk_say);
        struct lw_endpoint e = {.origin = r->origin};
        static const char *const headers[] = {"Authorization: Bearer s3cret", NULL};
        struct lw_http_request q = post(r);
        q.headers = headers;
        q.endpoint = &e;
        http_exchange(r->h, &q, &r->c);
        assert_int_equal(r->c.reply.status, statuses[i]);
        assert_string_equal(r->c.reply.location, where);
        raw_server_stop(&other);
        assert_int_equal(other.connections, 0);
        raw_server_stop(&r->server);
        assert_int_equal(r->server.requests, 1);
        assert_non_null(strstr(r->server.request[0], "\r\nAuthorization: Bearer s3cret\r\n"));
        raw_server_free(&other);
        raw_server_free(&r->server);
        free(where);
        free(say);
    }
}

static void refuses(
    struct http_fixture *r, struct lw_http_request q, enum lw_code code, const char *said)
{
    struct lw_err err = {0};
    assert_null(lw_http_start(r->h, &q, http_exchange_done, &r->c, &err));
    assert_int_equal(err.code, code);
    if (!strstr(err.text, said))
        fail_msg("said: %s", err.text);
    assert_false(lw_http_busy(r->h));
}

static void gives_the_secret_to_its_own_origin_only(void **state)
{
    struct http_fixture *r = *state;
    char origin[] = "https://labels.example.org";
    const struct lw_endpoint e = {.origin = origin};
    static const char *const secrets[][2] = {
        {"authorization: Bearer s3cret", NULL}, {"X-API-Key: s3cret", NULL}};
    static const char *const others[] = {"https://labels.example.com/",
        "http://labels.example.org/", "https://labels.example.org:444/",
        "https://labels.example.org.evil.example/"};
    for (size_t i = 0; i < COUNT(others) * COUNT(secrets); i++) {
        struct lw_http_request q = {.method = "POST",
            .url = others[i / COUNT(secrets)],
            .headers = secrets[i % COUNT(secrets)],
            .endpoint = &e};
        refuses(r, q, LW_EREFUSED, "are not for");
        q.endpoint = NULL;
        refuses(r, q, LW_EREFUSED, "The token is not for");
    }
}

static void refuses_what_no_request_is(void **state)
{
    struct http_fixture *r = *state;
    static const char *const urls[] = {"", "ftp://127.0.0.1/", "file:///etc/passwd",
        "https://user:pass@labels.example.org/", "https://a b/", "https://",
        "http://127.0.0.1:0x/"};
    for (size_t i = 0; i < COUNT(urls); i++)
        refuses(r, (struct lw_http_request){.method = "GET", .url = urls[i]}, LW_EREFUSED,
            "is not an http or https address");
    static const char *const lines[] = {
        "A: b\r\nB: c", "A:", "A", ": b", "A;", "A b: c", "A: \x7f"};
    for (size_t i = 0; i < COUNT(lines); i++) {
        const char *const headers[] = {lines[i], NULL};
        refuses(r,
            (struct lw_http_request){
                .method = "GET", .url = "http://127.0.0.1:1/", .headers = headers},
            LW_EUSAGE, "is not \"Name: value\"");
    }
}

/* The name does not say it: the address is looked at where the socket is made. */
static void speaks_plainly_to_this_machine_only(void **state)
{
    struct http_fixture *r = *state;
    static const char *const urls[] = {
        "http://192.0.2.1/", "http://[2001:db8::1]/", "http://[::ffff:192.0.2.1]/"};
    for (size_t i = 0; i < COUNT(urls); i++) {
        const struct lw_http_request q = {.method = "GET", .url = urls[i]};
        http_exchange(r->h, &q, &r->c);
        assert_int_equal(r->c.reply.outcome, LW_HTTP_CONFIG);
        assert_non_null(strstr(r->c.reply.text, "plain http works only on this machine"));
    }
}

static void tells_what_is_no_http(void **state)
{
    static const char *const says[] = {
        "SSH-2.0-OpenSSH_9.2\r\n", "220 mail.example.org ESMTP\r\n", "\x16\x03\x01", "<html>hello"};
    for (size_t i = 0; i < COUNT(says); i++) {
        const struct lw_http_reply *reply = answer(*state, says[i], strlen(says[i]));
        assert_int_equal(reply->outcome, LW_HTTP_CONFIG);
        assert_true(*reply->text);
    }
}

#define TEST(name)                                                                                 \
    cmocka_unit_test_setup_teardown(name, http_fixture_set_up, http_fixture_tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(sends_the_request_as_it_is),
        TEST(says_the_status_and_what_came_with_it),
        TEST(keeps_nothing_of_interim_answers),
        TEST(tells_a_cut_answer_from_a_whole_one),
        TEST(takes_a_body_without_length_until_the_end),
        TEST(keeps_bytes_that_are_no_text),
        TEST(stops_what_does_not_end),
        TEST(takes_as_much_as_allowed),
        TEST(unpacks_no_bombs),
        TEST(follows_no_redirect),
        TEST(gives_the_secret_to_its_own_origin_only),
        TEST(refuses_what_no_request_is),
        TEST(speaks_plainly_to_this_machine_only),
        TEST(tells_what_is_no_http),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
