/* Addresses: their parts, their origin, and what is not an address. */
#define _GNU_SOURCE
#include "labelwright/base/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void writes_an_origin_in_one_way(void **state)
{
    (void)state;
    static const struct {
        const char *url, *origin, *rest;
    } same[] = {
        {"https://labels.example.org", "https://labels.example.org", ""},
        {"HTTPS://Labels.Example.ORG:443/v1/Batches?a=B", "https://labels.example.org",
            "/v1/Batches?a=B"},
        {"https://labels.example.org:00443#x", "https://labels.example.org", "#x"},
        {"https://labels.example.org:80/", "https://labels.example.org:80", "/"},
        {"https://labels.example.org?q=@", "https://labels.example.org", "?q=@"},
        {"https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443", "/"},
        {"http://127.0.0.1:80", "http://127.0.0.1", ""},
        {"http://LOCALHOST:8080/x", "http://localhost:8080", "/x"},
        {"http://[::1]:443", "http://[::1]:443", ""},
    };
    for (size_t i = 0; i < COUNT(same); i++) {
        struct lw_url url;
        assert_int_equal(lw_url_parse(same[i].url, &url), LW_URL_WELL);
        char *origin = lw_url_origin(&url);
        assert_string_equal(origin, same[i].origin);
        assert_string_equal(url.rest, same[i].rest);
        free(origin);
    }
}

static void names_the_first_fault(void **state)
{
    (void)state;
    static const struct {
        const char *url;
        enum lw_url_fault fault;
    } bad[] = {
        {"", LW_URL_SCHEME},
        {"labels.example.org", LW_URL_SCHEME},
        {"https:/labels.example.org", LW_URL_SCHEME},
        {"ftp://labels.example.org", LW_URL_SCHEME},
        {"https://labels.example.org/a b", LW_URL_CHARACTER},
        {"https://labels.example.org\\@evil.example", LW_URL_CHARACTER},
        {"https://labels.example.org\n", LW_URL_CHARACTER},
        {"https://user@labels.example.org", LW_URL_USER},
        {"https://labels.example.org:443@evil.example/", LW_URL_USER},
        {"http://127.0.0.1@evil.example/", LW_URL_USER},
        {"https://", LW_URL_HOST},
        {"https:///path", LW_URL_HOST},
        {"https://[::1", LW_URL_HOST},
        {"https://labels.example.org:", LW_URL_PORT},
        {"https://labels.example.org:65536", LW_URL_PORT},
        {"https://labels.example.org:000443", LW_URL_PORT},
        {"https://labels.example.org:4x/", LW_URL_PORT},
        {"https://[::1]evil.example/", LW_URL_PORT},
        {"http://labels.example.org/", LW_URL_PLAIN},
        {"http://127.0.0.1.evil.example/", LW_URL_PLAIN},
        {"http://localhost.evil.example/", LW_URL_PLAIN},
        {"http://128.0.0.1/", LW_URL_PLAIN},
        {"http://[::2]/", LW_URL_PLAIN},
    };
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct lw_url url;
        if (lw_url_parse(bad[i].url, &url) != bad[i].fault)
            fail_msg("%s: %d", bad[i].url, (int)lw_url_parse(bad[i].url, &url));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(writes_an_origin_in_one_way),
        cmocka_unit_test(names_the_first_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
