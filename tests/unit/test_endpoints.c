/* `endpoints:` of config.yaml: settings by server, and every mistake in them. */
#define _GNU_SOURCE
#include "fixtures/config_fixture.h"
#include "labelwright/base/buf.h"
#include "labelwright/config/config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

static void reads_every_setting(void **state)
{
    (void)state;
    struct lw_config c;
    config_fixture_load_well(
        "endpoints:\n"
        "  https://Labels.Example.org:443/:\n"
        "    token_command: [pass, show, labels]\n"
        "    ca: /etc/ca.pem\n"
        "    certificate: ~/me.pem\n"
        "    key: ~/me.key\n"
        "    proxy: SOCKS5h://proxy.example.org:1080\n"
        "  \"http://127.0.0.1:8080\": {netrc: true, unix_socket: /run/labels.sock}\n"
        "  https://other.example.org: {token_file: ~/.config/labelwright/other.token}\n",
        &c);
    assert_int_equal(c.nendpoint, 3);
    const struct lw_endpoint *e = c.endpoint;
    assert_string_equal(e[0].origin, "https://labels.example.org");
    assert_string_equal(e[0].token_command[0], "pass");
    assert_string_equal(e[0].token_command[2], "labels");
    assert_null(e[0].token_command[3]);
    assert_null(e[0].token_file);
    assert_false(e[0].netrc);
    assert_string_equal(e[0].ca, "/etc/ca.pem");
    assert_string_equal(e[0].certificate, "/home/ana/me.pem");
    assert_string_equal(e[0].key, "/home/ana/me.key");
    assert_string_equal(e[0].proxy, "SOCKS5h://proxy.example.org:1080");
    assert_int_equal(e[0].line, 2);
    assert_int_equal(e[0].col, 3);
    assert_string_equal(e[1].origin, "http://127.0.0.1:8080");
    assert_true(e[1].netrc);
    assert_string_equal(e[1].unix_socket, "/run/labels.sock");
    assert_null(e[1].token_command);
    assert_string_equal(e[2].token_file, "/home/ana/.config/labelwright/other.token");
    lw_config_fini(&c);
}

static void finds_settings_by_origin(void **state)
{
    (void)state;
    struct lw_config c;
    config_fixture_load_well("endpoints:\n  https://labels.example.org: {netrc: true}\n"
                             "  http://localhost:8080: {token_command: tell}\n",
        &c);
    static const struct {
        const char *url;
        int which;
    } urls[] = {
        {"https://labels.example.org/v1/batches", 0},
        {"HTTPS://LABELS.example.org:443?x", 0},
        {"http://localhost:8080/", 1},
        {"http://labels.example.org/", -1},
        {"https://labels.example.org:8443/", -1},
        {"https://labels.example.org.evil.example/", -1},
        {"https://evil.example/https://labels.example.org", -1},
        {"https://labels.example.org@evil.example/", -1},
        {"http://127.0.0.1:8080/", -1},
        {"file:outbox", -1},
        {"", -1},
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        const struct lw_endpoint *e = lw_config_endpoint(&c, urls[i].url);
        if (e != (urls[i].which < 0 ? NULL : &c.endpoint[urls[i].which]))
            fail_msg("%s", urls[i].url);
    }
    lw_config_fini(&c);
    assert_null(lw_config_endpoint(&c, urls[0].url));
}

static void says(const char *text, const char *const *wanted, size_t n)
{
    struct lw_config c;
    struct lw_problems p = {0};
    assert_int_equal(config_fixture_load(text, &c, &p), LW_EBAD);
    for (size_t i = 0; i < p.n && i < n; i++)
        assert_string_equal(p.v[i] + strlen(config_fixture_file()), wanted[i]);
    assert_int_equal(p.n, n);
    lw_problems_fini(&p);
    lw_config_fini(&c);
}

static void says_what_is_wrong_with_an_origin(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        ":2:3: \"labels.example.org\" does not start with https:// or http://. Write a server "
        "address, such as https://labels.example.org.",
        ":3:3: \"https://labels.example.org/v1\" has something after the host name. Write a server "
        "address, "
        "such as https://labels.example.org.",
        ":3:42: \"netrc\" takes true or false, not \"1\". Write `netrc: true`.",
        ":4:3: \"…\" contains a user name or password: never write a secret into this file. Write "
        "a server address, such as https://labels.example.org.",
        ":5:3: \"http://labels.example.org\" uses http://, which is allowed for this machine only "
        "(127.0.0.1). Write a server address, such as https://labels.example.org.",
        ":6:3: \"https://labels.example.org:x\" has no valid port. Write a server address, such as "
        "https://labels.example.org.",
        ":8:3: \"HTTPS://a.example.org:443/\" is the same server as on line 7. Keep one of them.",
        ":9:26: an endpoint must be a map of keys and values, such as `token_command: [pass, show, "
        "labels]`.",
    };
    says("endpoints:\n"
         "  labels.example.org: {}\n"
         "  https://labels.example.org/v1: {netrc: 1}\n"
         "  https://ana:secret@labels.example.org: {}\n"
         "  http://labels.example.org: {}\n"
         "  https://labels.example.org:x: {}\n"
         "  https://a.example.org: {}\n"
         "  HTTPS://a.example.org:443/: {}\n"
         "  https://b.example.org: token\n",
        wanted, COUNT(wanted));
    static const char *const list[] = {
        ":1:12: \"endpoints\" takes a map of servers and their settings, not a list. Write "
        "`endpoints: {\"https://labels.example.org\": {token_command: [pass, show, labels]}}`."};
    says("endpoints: [https://a.example.org]\n", list, 1);
}

static void says_what_is_wrong_with_a_setting(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        ":3:5: unknown key \"token_comand\". Did you mean \"token_command\"?",
        (":4:5: unknown key \"insecure\". Use one of: token_command, token_file, netrc, ca, "
         "certificate, key, proxy, unix_socket."),
        (":6:20: write the program and each argument as an item of a list, because no shell reads "
         "this: `token_command: [pass, show, labels]`."),
        (":7:9: \"ca\" takes the path of a PEM file, starting with / or ~/. Write "
         "`ca: "
         "~/certificates/ca.pem`."),
        ":8:12: \"netrc\" takes true or false, not \"maybe\". Write `netrc: true`.",
        (":9:12: \"proxy\" takes an address with http://, https://, socks5:// or socks5h://. Write "
         "`proxy: http://proxy.example.org:3128`."),
        (":11:20: write the program and each argument as an item of a list, because no shell reads "
         "this: `token_command: [pass, show, labels]`."),
    };
    says("endpoints:\n"
         "  https://a.example.org:\n"
         "    token_comand: x\n"
         "    insecure: true\n"
         "  https://b.example.org:\n"
         "    token_command: pass show labels\n"
         "    ca: ca.pem\n"
         "    netrc: maybe\n"
         "    proxy: proxy.example.org\n"
         "  https://c.example.org:\n"
         "    token_command: []\n",
        wanted, COUNT(wanted));
}

/* Neither is it repeated in the message, which may be shown to others. */
static void refuses_secrets_in_the_file(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "token", "password", "secret", "api_key", "bearer", "authorization"};
    for (size_t i = 0; i < COUNT(keys); i++) {
        char *text = lw_format("endpoints:\n  https://a.example.org:\n    %s: s3cret\n", keys[i]);
        char *wanted = lw_format(
            ":3:%zu: \"%s\" is not allowed: never write a secret into this file. Remove it. Give a "
            "program that prints it, `token_command: [pass, show, labels]`, or a file that only "
            "you can read, `token_file: ~/.config/labelwright/labels.token`.",
            strlen(keys[i]) + 7, keys[i]);
        says(text, (const char *const[]){wanted}, 1);
        free(text);
        free(wanted);
    }
    static const char *const wanted[] = {
        (":3:17: \"token_file\" takes the path of a file that only you can read, starting with / "
         "or ~/. Write `token_file: ~/.config/labelwright/labels.token`."),
        (":4:12: \"proxy\" contains a user name or password. Remove the part before the @: never "
         "write a secret into this file.")};
    says("endpoints:\n  https://a.example.org:\n    token_file: s3cret\n"
         "    proxy: http://ana:s3cret@proxy.example.org\n",
        wanted, COUNT(wanted));
}

static void says_what_does_not_go_together(void **state)
{
    (void)state;
    static const char *const wanted[] = {
        (":2:3: keep only one of token_command, token_file and netrc: the secret comes from one "
         "place."),
        ":3:3: \"key\" needs a certificate. Add `certificate: ~/certificates/me.pem`.",
        (":4:3: http:// is for this machine only and takes no certificate or proxy. Remove ca, "
         "certificate, key and proxy, or use https://."),
        ":5:3: \"proxy\" and \"unix_socket\" cannot be used together. Remove one.",
    };
    says("endpoints:\n"
         "  https://a.example.org: {token_command: tell, netrc: true}\n"
         "  https://b.example.org: {key: /k.pem, netrc: false}\n"
         "  http://127.0.0.1: {ca: /ca.pem}\n"
         "  https://c.example.org: {proxy: \"http://p\", unix_socket: /s}\n",
        wanted, COUNT(wanted));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, config_fixture_begin, config_fixture_end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(reads_every_setting),
        TEST(finds_settings_by_origin),
        TEST(says_what_is_wrong_with_an_origin),
        TEST(says_what_is_wrong_with_a_setting),
        TEST(refuses_secrets_in_the_file),
        TEST(says_what_does_not_go_together),
    };
    setenv("HOME", "/home/ana", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
