/* No copy of a token is left in memory after a push, or after a talk with a model. */
#define _GNU_SOURCE
#include "fixtures/http_exchange.h"
#include "fixtures/server_process.h"

#include "labelwright/base/buf.h"
#include "labelwright/model/models.h"
#include "labelwright/net/credentials.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <cmocka.h>

enum { TOKEN = 40, MASK = 0x55, PIECE = 1 << 16, REGION_MOST = 256 << 20 };

/* The token, but never as it is: the search must not find the test's own copy. */
static unsigned char masked[TOKEN];

static void write_token(const char *path)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    setvbuf(f, NULL, _IONBF, 0);
    for (int i = 0; i < TOKEN; i++) {
        int c = 'a' + (i * 7 + (int)getpid()) % 26;
        masked[i] = (unsigned char)(c ^ MASK);
        fputc(c, f);
    }
    fclose(f);
    assert_int_equal(chmod(path, 0600), 0);
}

static bool is_token(const unsigned char *p)
{
    for (int i = 0; i < TOKEN; i++)
        if ((p[i] ^ MASK) != masked[i])
            return false;
    return true;
}

static size_t search(const unsigned char *bytes, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i + TOKEN <= n; i++)
        found += bytes[i] == (masked[0] ^ MASK) && is_token(bytes + i);
    return found;
}

/* How often it occurs in memory that this process can write: the heap, and what libraries keep. */
static size_t copies(void)
{
    static unsigned char piece[PIECE + TOKEN];
    FILE *maps = fopen("/proc/self/maps", "rb");
    unsigned long from, to;
    char modes[5], *line = NULL;
    size_t cap = 0, found = 0;
    assert_non_null(maps);
    while (getline(&line, &cap, maps) > 0) {
        if (sscanf(line, "%lx-%lx %4s", &from, &to, modes) != 3 || modes[1] != 'w')
            continue;
        if (to - from > REGION_MOST) /* what a sanitizer keeps for itself */
            continue;
        for (; from < to; from += PIECE) {
            struct iovec here = {piece, sizeof piece};
            struct iovec there = {
                (void *)from, to - from < sizeof piece ? to - from : sizeof piece};
            ssize_t n = process_vm_readv(getpid(), &here, 1, &there, 1, 0);
            found += n > 0 ? search(piece, (size_t)n) : 0;
            memset(piece, 0, sizeof piece);
        }
    }
    free(line);
    fclose(maps);
    return found;
}

static void push(const char *url, char *origin, char *token_file)
{
    const struct lw_endpoint e = {.origin = origin, .token_file = token_file};
    struct lw_credentials *c = lw_credentials_new(&lw_sys_real, &e, 0);
    struct lw_http *h = lw_http_new(&lw_sys_real, NULL);
    struct http_exchange carried = {0};
    assert_int_equal(lw_credentials_work(c), LW_CREDENTIALS_READY);
    const char *const headers[] = {
        "Content-Type: application/x-ndjson", lw_credentials_header(c), NULL};
    struct lw_http_request q = {.method = "POST",
        .url = url,
        .headers = headers,
        .body = "{}\n",
        .len = 3,
        .answer_max = 64 * 1024,
        .endpoint = &e};
    http_exchange(h, &q, &carried);
    assert_int_equal(carried.reply.outcome, LW_HTTP_ANSWERED);
    assert_true(copies() > 0); /* the search can find it */
    lw_http_free(h);
    lw_credentials_free(c);
    http_exchange_free(&carried);
}

/* Asks, with the token in the header that the API wants; without one for NULL. */
static void ask(char *origin, char *token_file, enum lw_api_kind api)
{
    char role[] = "default", name[] = "plain";
    struct lw_endpoint e = {.origin = origin, .token_file = token_file};
    struct lw_model which = {.role = role, .api = api, .url = origin, .name = name};
    const struct lw_config config = {.endpoint = &e, .nendpoint = 1, .model = &which, .nmodel = 1};
    struct lw_http *h = lw_http_new(&lw_sys_real, NULL);
    struct lw_models *m = lw_models_new(&lw_sys_real, &config, h);
    json_t *messages = json_pack("[{s:s, s:s}]", "role", "user", "content", "Hello");
    struct lw_call *call = lw_call_start(m, &which, messages, NULL, NULL, NULL);
    while (lw_models_busy(m)) {
        lw_http_poll(h, NULL, 0, -1);
        lw_models_work(m);
    }
    assert_int_equal(lw_call_answer(call)->state, LW_CALL_DONE);
    assert_true(copies() > 0 || !token_file);
    json_decref(messages);
    lw_models_free(m);
    lw_http_free(h);
}

static void nothing_of_a_models_token_stays_in_memory(void **state)
{
    (void)state;
    struct server server;
    server_start(&server, "hostile_model.py", (const char *const[]){NULL});
    char *token = lw_format("%s/token", server.dir);
    char *origin = lw_strndup(server.url, (size_t)(strstr(server.url, "/v1") - server.url));
    write_token(token);
    for (int api = 0; api < LW_API_COUNT; api++) {
        /* The loader looks up a function when it is first called, and saves all registers for that,
         * with what was copied through them: so each is called once before. */
        ask(origin, NULL, (enum lw_api_kind)api);
        ask(origin, token, (enum lw_api_kind)api);
        assert_int_equal(copies(), 0);
    }
    free(origin);
    free(token);
    server_stop(&server);
}

static void nothing_of_a_token_stays_in_memory(void **state)
{
    (void)state;
    static const char *const none[] = {NULL};
    struct server server;
    server_start(&server, "receiver.py", none);
    char *token = lw_format("%s/token", server.dir);
    char *origin = lw_strndup(server.url, (size_t)(strstr(server.url, "/v1") - server.url));
    write_token(token);
    push(server.url, origin, token);
    assert_int_equal(copies(), 0);
    free(origin);
    free(token);
    server_stop(&server);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_of_a_token_stays_in_memory),
        cmocka_unit_test(nothing_of_a_models_token_stays_in_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
