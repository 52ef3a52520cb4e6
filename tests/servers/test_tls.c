/* Certificates of the server and of the client, checked against openssl's own server. */
#define _GNU_SOURCE
#include "fixtures/http_exchange.h"
#include "labelwright/base/buf.h"

#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* What a careless system would allow, so that what is refused is refused by us. */
static const char lax[] = "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\n"
                          "system_default = anything\n[anything]\nMinProtocol = TLSv1\n"
                          "CipherString = ALL:@SECLEVEL=0\n";
static char folder[] = "/tmp/lw-tls-XXXXXX";

static int make_certificates(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    char *command = lw_format("\"$LW_SOURCE/tests/servers/certificates.sh\" %s", folder);
    int status = system(command);
    free(command);
    char *config = lw_format("%s/openssl.cnf", folder);
    FILE *f = fopen(config, "w");
    if (!f || fputs(lax, f) < 0 || fclose(f) != 0)
        return -1;
    setenv("OPENSSL_CONF", config, 1);
    free(config);
    return status;
}

static int remove_certificates(void **state)
{
    (void)state;
    char *command = lw_format("rm -r %s", folder);
    int status = system(command);
    free(command);
    return status;
}

struct server {
    pid_t pid;
    FILE *said;
    char url[60], origin[40];
};

/* In the folder of the certificates; `options` are words of openssl s_server. */
static void serve(struct server *s, const char *options)
{
    int out[2], port = 0;
    char line[200];
    char *script = lw_format(
        "cd %s && exec openssl s_server -accept 127.0.0.1:0 -www %s 2>&1", folder, options);
    char *const argv[] = {(char[]){"sh"}, (char[]){"-c"}, script, NULL};
    posix_spawn_file_actions_t files;
    assert_int_equal(pipe(out), 0);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, out[1], 1);
    posix_spawn_file_actions_addclose(&files, out[0]);
    posix_spawn_file_actions_addclose(&files, out[1]);
    assert_int_equal(posix_spawn(&s->pid, "/bin/sh", &files, NULL, argv, environ), 0);
    posix_spawn_file_actions_destroy(&files);
    close(out[1]);
    free(script);
    s->said = fdopen(out[0], "r");
    while (port == 0 && fgets(line, sizeof line, s->said))
        if (sscanf(line, "ACCEPT 127.0.0.1:%d", &port) != 1 && strstr(line, "rror"))
            fail_msg("openssl: %s", line);
    assert_int_not_equal(port, 0);
    snprintf(s->origin, sizeof s->origin, "https://127.0.0.1:%d", port);
    snprintf(s->url, sizeof s->url, "%s/", s->origin);
}

static void end(struct server *s)
{
    kill(s->pid, SIGKILL);
    waitpid(s->pid, NULL, 0);
    fclose(s->said);
}

static char *path(const char *name)
{
    return name ? lw_format("%s/%s", folder, name) : NULL;
}

struct way {
    const char *server, *ca, *certificate, *key;
    enum lw_http_outcome outcome;
    const char *said; /* NULL: anything */
};

static void go(const struct way *w)
{
    struct server s;
    struct lw_http *h = lw_http_new(&lw_sys_real, NULL);
    struct http_exchange c = {0};
    serve(&s, w->server);
    struct lw_endpoint e = {.origin = s.origin,
        .ca = path(w->ca),
        .certificate = path(w->certificate),
        .key = path(w->key)};
    const struct lw_http_request q = {
        .method = "GET", .url = s.url, .answer_max = 64 * 1024, .endpoint = &e};
    http_exchange(h, &q, &c);
    end(&s);
    if (c.reply.outcome != w->outcome || (w->said && !strstr(c.reply.text, w->said)))
        fail_msg("%s, ca %s, certificate %s: outcome %d: %s", w->server, w->ca ? w->ca : "-",
            w->certificate ? w->certificate : "-", (int)c.reply.outcome, c.reply.text);
    if (w->outcome == LW_HTTP_ANSWERED)
        assert_int_equal(c.reply.status, 200);
    else
        assert_null(c.reply.body);
    http_exchange_free(&c);
    lw_http_free(h);
    free(e.ca);
    free(e.certificate);
    free(e.key);
}

#define SOUND "-cert server.pem -key server.key"
#define STRICT SOUND " -CAfile ca.pem -Verify 1 -verify_return_error"

static void believes_whom_the_authority_names(void **state)
{
    (void)state;
    static const struct way ways[] = {
        {SOUND, "ca.pem", NULL, NULL, LW_HTTP_ANSWERED, NULL},
        {SOUND " -tls1_2", "ca.pem", NULL, NULL, LW_HTTP_ANSWERED, NULL},
        {SOUND, NULL, NULL, NULL, LW_HTTP_CONFIG, "certificate"},
        {SOUND, "other.pem", NULL, NULL, LW_HTTP_CONFIG, "certificate"},
        {SOUND, "missing.pem", NULL, NULL, LW_HTTP_CONFIG, "missing.pem"},
        {SOUND, "garbage.pem", NULL, NULL, LW_HTTP_CONFIG, "garbage.pem"},
        {"-cert expired.pem -key expired.key", "ca.pem", NULL, NULL, LW_HTTP_CONFIG, "expired"},
        {"-cert elsewhere.pem -key elsewhere.key", "ca.pem", NULL, NULL, LW_HTTP_CONFIG,
            "127.0.0.1"},
    };
    for (size_t i = 0; i < COUNT(ways); i++)
        go(&ways[i]);
}

static void speaks_no_old_tls(void **state)
{
    (void)state;
    go(&(struct way){
        SOUND " -tls1_1 -cipher ALL:@SECLEVEL=0", "ca.pem", NULL, NULL, LW_HTTP_CONFIG, NULL});
}

/* The refusal comes within the handshake, or with TLS 1.3 after it: both need the user. */
static void shows_its_own_certificate(void **state)
{
    (void)state;
    static const struct way ways[] = {
        {STRICT, "ca.pem", "client.pem", "client.key", LW_HTTP_ANSWERED, NULL},
        {STRICT " -tls1_2", "ca.pem", "client.pem", "client.key", LW_HTTP_ANSWERED, NULL},
        {STRICT, "ca.pem", "both.pem", NULL, LW_HTTP_ANSWERED, NULL},
        {STRICT, "ca.pem", NULL, NULL, LW_HTTP_CONFIG, NULL},
        {STRICT " -tls1_2", "ca.pem", NULL, NULL, LW_HTTP_CONFIG, NULL},
        {STRICT, "ca.pem", "other.pem", "other.key", LW_HTTP_CONFIG, NULL},
        {STRICT, "ca.pem", "missing.pem", "client.key", LW_HTTP_CONFIG, "missing.pem"},
        {STRICT, "ca.pem", "client.pem", "server.key", LW_HTTP_CONFIG, NULL},
        {STRICT, "ca.pem", "client.pem", NULL, LW_HTTP_CONFIG, NULL},
    };
    for (size_t i = 0; i < COUNT(ways); i++)
        go(&ways[i]);
}

/* OpenSSL would ask for it on the terminal, in the middle of the screen. */
static void asks_nobody_for_a_pass_phrase(void **state)
{
    (void)state;
    int terminal, status;
    char text[4096] = "";
    size_t n = 0;
    pid_t pid = forkpty(&terminal, NULL, NULL, NULL);
    if (pid == 0) {
        go(&(struct way){STRICT, "ca.pem", "client.pem", "locked.key", LW_HTTP_CONFIG, NULL});
        _exit(0);
    }
    assert_true(pid > 0);
    for (ssize_t got = 1; got > 0 && !strstr(text, "phrase") && n < sizeof text - 1;) {
        got = read(terminal, text + n, sizeof text - 1 - n);
        n += got > 0 ? (size_t)got : 0;
    }
    close(terminal); /* whoever still asks gets a hang-up */
    assert_int_equal(waitpid(pid, &status, 0), pid);
    if (strstr(text, "phrase") || status != 0)
        fail_msg("status %d: %s", status, text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(believes_whom_the_authority_names),
        cmocka_unit_test(speaks_no_old_tls),
        cmocka_unit_test(shows_its_own_certificate),
        cmocka_unit_test(asks_nobody_for_a_pass_phrase),
    };
    return cmocka_run_group_tests(tests, make_certificates, remove_certificates);
}
