/* The head and the body of a server's reply, with their limits. */
#define _GNU_SOURCE
#include "labelwright/base/clock.h"
#include "net/http_message_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))
#define DATE "Date: Sun, 22 Nov 2026 07:17:50 GMT\r\n"

static int64_t wait_of(const char *head)
{
    struct lw_incoming a = {.header_max = 10000, .lines_max = 100};
    for (const char *end; *head; head = end + 1) {
        end = strchr(head, '\n');
        assert_true(lw_incoming_add_header(&a, head, (size_t)(end - head) + 1));
    }
    int64_t ms = lw_incoming_retry_after_ms(&a, &lw_sys_real);
    lw_incoming_fini(&a);
    return ms;
}

static void reads_how_long_to_wait(void **state)
{
    (void)state;
    static const struct {
        const char *head;
        int64_t ms;
    } waits[] = {
        {"HTTP/1.1 503 Busy\r\n", -1},
        {"Retry-After: 0\r\n", 0},
        {"retry-AFTER:120\n", 120000},
        {"Retry-After: \t 000000000007 \r\n", 7000},
        {"Retry-After: 3600\r\n", 3600000},
        {"Retry-After: 3601\r\n", 3600000},
        {"Retry-After: 99999999999999999999999999\r\n", 3600000},
        {"Retry-After: 18446744073709551617\r\n", 3600000},
        {"Retry-After: 2147483648\r\n", 3600000},
        {"Retry-After: -5\r\n", -1},
        {"Retry-After: +5\r\n", -1},
        {"Retry-After: 1.5\r\n", -1},
        {"Retry-After: 5 s\r\n", -1},
        {"Retry-After: \r\n", -1},
        {"Retry-After: soon\r\n", -1},
        {"Retry-After: 12:00\r\n", -1},
        {"X-Retry-After: 5\r\n", -1},
        {"Retry-After: 5\r\nRetry-After: 9\r\n", 5000},
        {DATE "Retry-After: Sun, 22 Nov 2026 07:18:00 GMT\r\n", 10000},
        {DATE "Retry-After: Sunday, 22-Nov-26 07:18:00 GMT\r\n", 10000},
        {DATE "Retry-After: Sun Nov 22 07:18:00 2026\r\n", 10000},
        {"Retry-After: Sun, 22 Nov 2026 07:18:00 GMT\r\n" DATE, 10000},
        {DATE "Retry-After: Sun, 22 Nov 2026 07:17:50 GMT\r\n", 0},
        {DATE "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n", 0},
        {DATE "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT\r\n", 0},
        {DATE "Retry-After: Fri, 31 Dec 9999 23:59:59 GMT\r\n", 3600000},
        {DATE "Retry-After: Sun, 22 Nov 2026 07:18:00 GMT, later\r\n", -1},
        {DATE "Retry-After: Sun, 99 Nov 2026 07:18:00 GMT\r\n", -1},
        {"HTTP/1.1 100 Go on\r\nRetry-After: 5\r\n\r\nHTTP/1.1 200 OK\r\n", -1},
    };
    for (size_t i = 0; i < COUNT(waits); i++)
        if (wait_of(waits[i].head) != waits[i].ms)
            fail_msg("%s: %jd", waits[i].head, (intmax_t)wait_of(waits[i].head));
}

/* Without a Date of the server's: in half an hour by ours is between 29 and 31 minutes. */
static void takes_our_clock_where_the_server_tells_none(void **state)
{
    (void)state;
    char head[80];
    time_t then = (time_t)(lw_clock_utc_ms(&lw_sys_real) / 1000 + 1800);
    struct tm tm;
    strftime(head, sizeof head, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\n", gmtime_r(&then, &tm));
    assert_in_range(wait_of(head), 29 * 60 * 1000, 31 * 60 * 1000);
}

static void knows_where_the_head_ends(void **state)
{
    (void)state;
    struct lw_incoming a = {.header_max = 1000, .lines_max = 100};
    assert_true(lw_incoming_add_header(&a, "HTTP/1.1 100 Go on\r\n", 20));
    assert_true(lw_incoming_add_header(&a, "\r\n", 2));
    assert_true(a.head_ended);
    assert_true(lw_incoming_add_header(&a, "HTTP/1.1 200 OK\r\n", 17));
    assert_false(a.head_ended);
    lw_incoming_fini(&a);
}

static void keeps_its_limits(void **state)
{
    (void)state;
    struct lw_incoming a = {.header_max = 10, .lines_max = 100, .body_max = 5};
    assert_true(lw_incoming_add_header(&a, "A: 45678\r\n", 10));
    assert_false(lw_incoming_add_header(&a, "\n", 1));
    lw_incoming_fini(&a);
    a = (struct lw_incoming){.header_max = 1000, .lines_max = 2, .body_max = 5};
    assert_true(lw_incoming_add_header(&a, "A: b\r\n", 6));
    assert_true(lw_incoming_add_header(&a, "A: b\r\n", 6));
    assert_false(a.too_large);
    assert_false(lw_incoming_add_header(&a, "\r\n", 2));
    lw_incoming_fini(&a);
    a = (struct lw_incoming){.body_max = 5};
    assert_true(lw_incoming_add_body(&a, "hel", 3));
    assert_true(lw_incoming_add_body(&a, "lo", 2));
    assert_true(lw_incoming_add_body(&a, "", 0));
    assert_false(lw_incoming_add_body(&a, "!", 1));
    assert_true(a.too_large);
    assert_false(lw_incoming_add_body(&a, "", 0));
    lw_incoming_fini(&a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_how_long_to_wait),
        cmocka_unit_test(takes_our_clock_where_the_server_tells_none),
        cmocka_unit_test(knows_where_the_head_ends),
        cmocka_unit_test(keeps_its_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
