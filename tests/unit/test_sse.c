/* Events and JSON objects out of bytes, however these are cut. */
#define _GNU_SOURCE
#include "fixtures/cut_bytes.h"
#include "labelwright/base/buf.h"
#include "model/json_stream_internal.h"
#include "model/sse_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
enum { SEEDS = 40 };

/* "name=data;" of each event. */
struct heard {
    struct lw_sse sse;
    struct lw_json_stream objects;
    struct lw_buf said;
    int left; /* events until it stops; -1: never */
    bool more;
};

static bool hear(void *ctx, const char *event, const char *data, size_t n)
{
    struct heard *h = ctx;
    assert_int_equal(strlen(data), n);
    lw_buf_fmt(&h->said, "%s=%s;", event, data);
    return h->left < 0 || --h->left > 0;
}

static void feed_events(void *ctx, const char *piece, size_t n)
{
    struct heard *h = ctx;
    h->more = h->more && lw_sse_feed(&h->sse, piece, n, hear, h);
}

static void feed_objects(void *ctx, const char *piece, size_t n)
{
    struct heard *h = ctx;
    h->more = h->more && lw_json_stream_feed(&h->objects, piece, n, hear, h);
}

static void finish(struct heard *h)
{
    lw_sse_fini(&h->sse);
    lw_json_stream_fini(&h->objects);
    lw_buf_fini(&h->said);
}

static void gives_events(const char *bytes, const char *wanted)
{
    for (unsigned seed = 0; seed < SEEDS; seed++) {
        struct heard h = {.left = -1, .more = true};
        cut_bytes(bytes, strlen(bytes), seed, feed_events, &h);
        lw_sse_end(&h.sse, hear, &h);
        if (strcmp(h.said.data ? h.said.data : "", wanted) != 0)
            fail_msg("cut %u of %s\ngives %s\nnot   %s", seed, bytes, h.said.data, wanted);
        finish(&h);
    }
}

static void reads_events_however_their_lines_end(void **state)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    (void)state;
    for (size_t i = 0; i < COUNT(ends); i++) {
        const char *e = ends[i];
        char *bytes = lw_format("data: one%s%sevent: named%sdata:two%sdata:  three%s%sdata%s%s", e,
            e, e, e, e, e, e, e);
        gives_events(bytes, "=one;named=two\n three;=;");
        free(bytes);
    }
    gives_events("data: a\r\n\ndata: b\n\r\ndata: c\r\rdata: d\n\n", "=a;=b;=c;=d;");
}

static void passes_over_what_says_nothing(void **state)
{
    (void)state;
    gives_events(": a comment\n\n:\n\nretry: 100\nid: 7\n\ndata: x\n: keep-alive\n\n\n\n", "=x;");
    gives_events("event: ping\n\ndata: x\n\n", "=x;"); /* no data: no event, and the name is gone */
    gives_events("datas: x\ndat: y\n data: z\n\n", "");
    gives_events("\xEF\xBB\xBF"
                 "data: x\n\n",
        "=x;");
    gives_events("", "");
}

static void keeps_the_last_event_without_its_empty_line(void **state)
{
    (void)state;
    gives_events("data: a\n\ndata: b", "=a;=b;");
    gives_events("data: a\n\ndata: b\n", "=a;=b;");
}

static void takes_an_error_field_for_an_event(void **state)
{
    (void)state;
    gives_events("data: a\n\nerror: {\"code\":500}\n\n", "=a;error={\"code\":500};");
}

static void stops_when_it_is_told_to(void **state)
{
    (void)state;
    struct heard h = {.left = 2, .more = true};
    static const char bytes[] = "data: a\n\ndata: b\n\ndata: c\n\n";
    assert_false(lw_sse_feed(&h.sse, bytes, sizeof bytes - 1, hear, &h));
    assert_string_equal(h.said.data, "=a;=b;");
    finish(&h);
}

static void refuses_what_is_too_large(void **state)
{
    static const char *const again[] = {"aaaaaaaaaaaaaaaa", "data: aaaaaaaaaaaaaaaaaaaaaaaaa\n"};
    (void)state;
    for (size_t i = 0; i < COUNT(again); i++) {
        struct heard h = {.left = -1, .more = true};
        struct lw_buf many = {0};
        while (many.len < 1024 * 1024)
            lw_buf_str(&many, again[i]);
        size_t fed = 0;
        for (; h.more && fed < 64; fed++)
            feed_events(&h, many.data, many.len);
        assert_false(h.more);
        assert_true(h.sse.too_large);
        assert_true(h.sse.line.len + h.sse.data.len <= 2 * (size_t)LW_EVENT_MAX);
        assert_in_range(fed, 15, 25);
        lw_buf_fini(&many);
        finish(&h);
    }
}

/* ---- objects */

static void gives_objects(const char *bytes, const char *wanted, bool well)
{
    for (unsigned seed = 0; seed < SEEDS; seed++) {
        struct heard h = {.left = -1, .more = true};
        cut_bytes(bytes, strlen(bytes), seed, feed_objects, &h);
        if (strcmp(h.said.data ? h.said.data : "", wanted) != 0 || h.more != well)
            fail_msg("cut %u of %s\ngives %s\nnot   %s", seed, bytes, h.said.data, wanted);
        assert_true(h.objects.no_json == !well);
        finish(&h);
    }
}

static void finds_objects_by_their_braces(void **state)
{
    (void)state;
    gives_objects("{\"a\":1}\n{\"b\":{\"c\":[2,{}]}}\r\n\n{}",
        "={\"a\":1};={\"b\":{\"c\":[2,{}]}};={};", true);
    gives_objects("{\n \"a\": 1\n}\n", "={\n \"a\": 1\n};", true);
    gives_objects("[{\"a\":1},\n{\"b\":2}]", "={\"a\":1};={\"b\":2};", true);
    gives_objects("{\"a\":\"}{\\\"}\\\\\"}{}", "={\"a\":\"}{\\\"}\\\\\"};={};", true);
    gives_objects("{\"a\":1", "", true); /* and the rest may still come */
}

static void tells_what_is_no_json(void **state)
{
    (void)state;
    gives_objects("{\"a\":1}\nBad gateway", "={\"a\":1};", false);
    gives_objects("<html>", "", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_events_however_their_lines_end),
        cmocka_unit_test(passes_over_what_says_nothing),
        cmocka_unit_test(keeps_the_last_event_without_its_empty_line),
        cmocka_unit_test(takes_an_error_field_for_an_event),
        cmocka_unit_test(stops_when_it_is_told_to),
        cmocka_unit_test(refuses_what_is_too_large),
        cmocka_unit_test(finds_objects_by_their_braces),
        cmocka_unit_test(tells_what_is_no_json),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
