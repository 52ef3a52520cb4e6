/* `labelwright sync` to a server on this machine, against one curl with the same lines in the same
 * batches, and beside another build where one is given: medians of wall time, taking turns. The
 * server hashes what it gets and gives a receipt.
 *
 * usage: bench_sync [LABELS]     default 100,000; LW_PROGRAM names labelwright, LW_BEFORE another
 * build. Works in a folder of its own below $TMPDIR or /tmp, and removes it. */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "fixtures/planted_labels.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>

enum { ROUNDS = 5, BUILDS = 2, REQUEST_MAX = 4 * 1024 * 1024 };

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

/* ---- what takes turns */

static struct build {
    const char *what, *program, *folder;
    double s[ROUNDS];
} builds[BUILDS];
static size_t nbuilds;

static void shell(const char *command)
{
    bench_must(system(command) == 0, command);
}

static double time_shell(const char *command)
{
    double start = bench_seconds();
    shell(command);
    return bench_seconds() - start;
}

/* From the journal as it was before the first round. */
static double time_sync(const struct build *b)
{
    char *again = lw_format("rm -rf round && cp -a '%s' round && sync -f round", b->folder);
    char *line =
        lw_format("XDG_STATE_HOME=\"$PWD/round/state\" '%s' sync round/p > out 2> err", b->program);
    shell(again);
    double s = time_shell(line);
    free(line);
    free(again);
    return s;
}

/* The same lines in files of a batch, and one curl for all of them. */
static void make_parts(int port)
{
    char *line = lw_format("cat '%s'/p/journal/*.jsonl | split -l 500 - part. && "
                           "for f in part.*; do printf 'next\nurl=http://127.0.0.1:%d/\n"
                           "data-binary=@%%s\noutput=/dev/null\n' $f; done > curl.conf",
        builds[0].folder, port);
    shell(line);
    free(line);
}

/* As after a session: with its checkpoint, and known here. Builds before 2026-11-25 do not ask. */
static void add_build(
    const char *what, const char *program, const char *folder, int labels, int port)
{
    struct planted_labels p = {.labels = labels, .seed = 1, .first_wins = -1, .a_day = 400};
    builds[nbuilds++] = (struct build){.what = what, .program = program, .folder = folder};
    bench_must(mkdir(folder, 0755) == 0 && chdir(folder) == 0, folder);
    planted_labels_make("p", &p);
    FILE *f = fopen("p/project.yaml", "w");
    bench_must(f, "project.yaml");
    fprintf(f, PLANTED_PROJECT "sync: {to: \"http://127.0.0.1:%d/\"}\n", port);
    bench_must(fclose(f) == 0, "project.yaml");
    char *adopt = lw_format("export XDG_STATE_HOME=\"$PWD/state\"; exec > out 2> err < /dev/null; "
                            "'%s' record --adopt p || '%s' record p",
        program, program);
    shell(adopt);
    free(adopt);
    bench_must(chdir("..") == 0, "..");
}

static void run_rounds(int labels)
{
    double curl[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
        for (size_t k = 0; k < nbuilds; k++)
            builds[k].s[round] = time_sync(&builds[k]);
        curl[round] = time_shell("curl -s -K curl.conf");
    }
    double peer = bench_median(curl, ROUNDS);
    printf("%d labels, curl %.0f ms", labels, peer * 1e3);
    for (size_t k = 0; k < nbuilds; k++) {
        double s = bench_median(builds[k].s, ROUNDS);
        printf("; %s %.0f ms, %.2f times as fast", builds[k].what, s * 1e3, peer / s);
    }
    puts(" (aim 0.95)");
}

int main(int argc, char **argv)
{
    int labels = argc > 1 ? atoi(argv[1]) : 100000;
    const char *temp = getenv("TMPDIR"), *program = getenv("LW_PROGRAM"),
               *before = getenv("LW_BEFORE");
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    char *clean = lw_format("rm -rf '%s'", dir);
    pid_t server;
    bench_must(labels > 0 && program, "usage: LW_PROGRAM=… bench_sync [LABELS]");
    bench_must(mkdtemp(dir) && chdir(dir) == 0, dir);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    setenv("USER", "ana", 1);
    int port = start_server(&server);
    add_build("this build", program, "this", labels, port);
    if (before)
        add_build("build before", before, "before", labels, port);
    make_parts(port);
    run_rounds(labels);
    kill(server, SIGKILL);
    waitpid(server, NULL, 0);
    shell(clean);
    free(clean);
    free(dir);
    return 0;
}
