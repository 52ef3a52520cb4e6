/* A sync to a server on this machine against curl with the same batches in one process, in the same
 * run. The server hashes what it gets and gives a receipt.
 *
 * usage: bench_sync [ANNOTATIONS]     default 100,000
 * Works in a folder of its own below $TMPDIR or /tmp, and removes it. */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "fixtures/journal_fixture.h"

#include "labelwright/project/project.h"
#include "labelwright/sync/sync.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>

enum { AT_ONCE = 1000, REQUEST_MAX = 4 * 1024 * 1024 };

/* ---- the server */

static size_t count_lines(const char *s, size_t n)
{
    size_t lines = 0;
    for (const char *end = s + n; (s = memchr(s, '\n', (size_t)(end - s))); s++)
        lines++;
    return lines;
}

static void answer(int fd, const char *body, size_t n)
{
    char sha256[LW_SHA256_HEX], json[256], reply[512];
    lw_sha256_hex(body, n, sha256);
    int len = snprintf(json, sizeof json,
        "{\"batch\":\"%s\",\"accepted\":%zu,\"duplicates\":0,\"rejected\":[]}", sha256,
        count_lines(body, n));
    int all = snprintf(reply, sizeof reply,
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s", len,
        json);
    bench_must(write(fd, reply, (size_t)all) == all, "cannot answer");
}

/* Requests of one connection, one after the other. */
static void serve(int fd, char *buf)
{
    size_t n = 0;
    for (ssize_t k; (k = read(fd, buf + n, REQUEST_MAX - n)) > 0;) {
        n += (size_t)k;
        for (char *head; (head = memmem(buf, n, "\r\n\r\n", 4));) {
            char *length = memmem(buf, (size_t)(head - buf), "Content-Length: ", 16);
            size_t body = length ? strtoul(length + 16, NULL, 10) : 0;
            size_t whole = (size_t)(head - buf) + 4 + body;
            if (n < whole)
                break;
            answer(fd, head + 4, body);
            memmove(buf, buf + whole, n - whole);
            n -= whole;
        }
    }
    close(fd);
}

static int start_server(pid_t *pid)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bench_must(bind(fd, (struct sockaddr *)&at, size) == 0 && listen(fd, 16) == 0, "cannot listen");
    getsockname(fd, (struct sockaddr *)&at, &size);
    if ((*pid = fork()) == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        char *buf = lw_alloc(REQUEST_MAX);
        for (;;)
            serve(accept(fd, NULL, NULL), buf);
    }
    close(fd);
    return ntohs(at.sin_port);
}

/* ---- the two */

static void make_journal(struct journal_fixture *j, size_t n)
{
    json_t *body[AT_ONCE];
    struct lw_err err = {0};
    for (size_t i = 0; i < n;) {
        size_t k = 0;
        for (; k < AT_ONCE && i < n; i++)
            body[k++] = bench_annotation((int)i);
        bench_must(journal_fixture_append(j, body, k, &err) == LW_OK, err.text);
    }
}

static double time_sync(const struct lw_project *p, struct journal_fixture *j)
{
    struct lw_sync_opts opts = {
        .sys = &lw_sys_real, .project = p, .journal = j->journal, .ledger = j->ledger};
    struct lw_sync *s;
    double start = bench_seconds();
    bench_must(lw_sync_open(&opts, &s, NULL) == LW_OK, "cannot open");
    while (lw_sync_status_of(s, 0).state != LW_SYNC_ALL_SENT) {
        bench_must(lw_sync_status_of(s, 0).state != LW_SYNC_NEEDS_YOU, "it needs somebody");
        lw_sync_poll(s, NULL, 0, (int)lw_sync_due_ms(s));
        lw_sync_step(s);
    }
    lw_sync_close(s);
    return bench_seconds() - start;
}

/* The same lines in files of 500, and one curl for all of them. */
static double time_curl(const char *dir, int port)
{
    char *split = lw_format("cd '%s' && cat journal/*.jsonl | grep -v '\"type\":\"batch\"' | "
                            "grep -v '\"type\":\"receipt\"' | split -l 500 - part. && "
                            "for f in part.*; do printf 'next\\nurl=http://127.0.0.1:%d/\\n"
                            "data-binary=@%%s\\noutput=/dev/null\\n' $f; done > curl.conf",
        dir, port);
    char *curl = lw_format("cd '%s' && curl -s -K curl.conf", dir);
    bench_must(system(split) == 0, "cannot split");
    double start = bench_seconds();
    bench_must(system(curl) == 0, "curl");
    double took = bench_seconds() - start;
    free(split);
    free(curl);
    return took;
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
    const char *temp = getenv("TMPDIR");
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    struct lw_err err = {0};
    struct journal_fixture j;
    pid_t server;
    bench_must(n > 0, "usage: bench_sync [ANNOTATIONS]");
    bench_must(mkdtemp(dir) != NULL, "cannot make a folder");
    int port = start_server(&server);
    char *to = lw_format("http://127.0.0.1:%d/", port), *clean = lw_format("rm -rf '%s'", dir);
    struct lw_sync_to target = {.to = to, .key = to, .batch = LW_BATCH_MAX};
    struct lw_project project = {.dir = dir, .sync = &target, .nsync = 1};
    bench_must(journal_fixture_open(&j, dir, "bench", &err) == LW_OK, err.text);
    make_journal(&j, n);
    double sync = time_sync(&project, &j), curl = time_curl(dir, port);
    printf("%zu annotations: sync %.0f ms, curl %.0f ms: %.2f times as fast (aim 0.7)\n", n,
        sync * 1e3, curl * 1e3, curl / sync);
    journal_fixture_close(&j);
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    bench_must(system(clean) == 0, "cannot clean up");
    free(to);
    free(clean);
    free(dir);
    return 0;
}
