/* Durable annotations per second: lw_journal_append() against a plain loop of write and fdatasync
 * with the same bytes, interleaved in one run so that both see the same disk.
 * usage: bench_append [FOLDER [COUNT]]          aim: a ratio of 0.9 or more */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"
#include "labelwright/journal/journal.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROUND = 50 };

static size_t append_round(struct lw_journal *j, int from)
{
    struct lw_event e = {0};
    for (int i = from; i < from + ROUND; i++) {
        json_t *b = bench_annotation(i);
        if (lw_journal_append(j, &b, 1, &e, NULL) != LW_OK)
            bench_must(false, "cannot append");
        json_decref(b);
    }
    return e.pos.len;
}

static void plain_round(int fd, const char *bytes, size_t n)
{
    for (int i = 0; i < ROUND; i++)
        if (write(fd, bytes, n) != (ssize_t)n || fdatasync(fd) != 0)
            bench_must(false, "cannot write");
}

int main(int argc, char **argv)
{
    char folder[200];
    snprintf(folder, sizeof folder, "%s/bench-XXXXXX", argc > 1 ? argv[1] : ".");
    int count = argc > 2 ? atoi(argv[2]) : 2000;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        bench_must(false, "cannot make a folder");
    int dir = open(".", O_RDONLY | O_DIRECTORY);
    int fd = open("plain", O_WRONLY | O_CREAT | O_APPEND, 0600);
    struct lw_journal_opts o = {
        .sys = &lw_sys_real, .dir = dir, .name = "journal", .annotator = "bench", .title = "bench"};
    struct lw_journal *j;
    struct lw_err err = {0};
    if (lw_journal_open(&o, &j, &err) != LW_OK)
        bench_must(false, err.text);
    size_t n = append_round(j, 0);
    char *bytes = lw_alloc(n);
    memset(bytes, 'x', n);
    double ours = 0, plain = 0;
    for (int i = 0; i < count; i += ROUND) {
        double a = bench_seconds();
        append_round(j, i);
        double b = bench_seconds();
        plain_round(fd, bytes, n);
        ours += b - a;
        plain += bench_seconds() - b;
    }
    printf("%d annotations of %zu bytes: %.0f/s; write+fdatasync %.0f/s; ratio %.2f\n", count, n,
        count / ours, count / plain, plain / ours);
    lw_journal_close(j);
    free(bytes);
    close(fd);
    close(dir);
    return system("rm -r plain journal") || rmdir(folder) ? 0 : 0;
}
