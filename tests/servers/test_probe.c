/* Whether a destination can be reached, as `doctor` asks. */
#define _GNU_SOURCE
#include "fixtures/server_process.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"
#include "labelwright/sync/probe.h"

#include <sys/stat.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000 };

static struct lw_err why;

static enum lw_probe_answer probe(const char *url, struct lw_config *config)
{
    struct lw_sync_to to = {.to = (char *)(uintptr_t)url};
    lw_err_clear(&why);
    return lw_probe(&lw_sys_real, &to, config, PATIENCE_MS, &why);
}

static void a_folder_is_here(void **state)
{
    (void)state;
    struct lw_config config = {0};
    assert_int_equal(probe("file:outbox/", &config), LW_PROBE_HERE);
}

static char *write_token(const struct server *server, mode_t mode)
{
    char *path = lw_format("%s/token", server->dir);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("open-sesame\n", f);
    fclose(f);
    assert_int_equal(chmod(path, mode), 0);
    return path;
}

static void a_server_answers_and_is_sent_nothing(void **state)
{
    (void)state;
    struct lw_config none = {0};
    struct server server;
    server_start(&server, "receiver.py", (const char *const[]){NULL});
    assert_int_equal(probe(server.url, &none), LW_PROBE_ANSWERS);
    char *said = server_said(&server);
    assert_non_null(strstr(said, "HEAD"));
    assert_null(strstr(said, "POST"));
    free(said);
    server_stop(&server);
    assert_int_equal(probe(server.url, &none), LW_PROBE_OFFLINE);
    assert_non_null(strstr(why.text, "127.0.0.1"));
}

static void the_token_must_be_there_and_safe(void **state)
{
    (void)state;
    struct server server;
    server_start(&server, "receiver.py", (const char *const[]){NULL});
    char *token = write_token(&server, 0600), *origin = lw_strdup(server.url);
    *strstr(origin, "/v1") = '\0';
    struct lw_endpoint e = {.origin = origin, .token_file = token};
    struct lw_config config = {.endpoint = &e, .nendpoint = 1};
    assert_int_equal(probe(server.url, &config), LW_PROBE_ANSWERS);
    assert_int_equal(chmod(token, 0644), 0);
    assert_int_equal(probe(server.url, &config), LW_PROBE_WRONG);
    assert_non_null(strstr(why.text, "chmod 600"));
    free(origin);
    free(token);
    server_stop(&server);
}

static void what_the_user_must_mend_is_told(void **state)
{
    (void)state;
    struct lw_config none = {0};
    assert_int_equal(probe("http://192.0.2.1/plain", &none), LW_PROBE_WRONG);
    assert_true(why.text[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_here),
        cmocka_unit_test(a_server_answers_and_is_sent_nothing),
        cmocka_unit_test(the_token_must_be_there_and_safe),
        cmocka_unit_test(what_the_user_must_mend_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
