/* No copy of a token is left in memory after a push. */
#define _GNU_SOURCE
#include "fixtures/http_exchange.h"
#include "fixtures/server_process.h"

#include "labelwright/base/buf.h"
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
