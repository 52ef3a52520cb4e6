/* Opening a journal of 100,000 annotations, without and with a checkpoint, against counting the
 * newlines of the same files, interleaved in one run.
 * usage: bench_open [FOLDER [COUNT]]      aims: 100 times `wc -l` or less without, 10 with */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "labelwright/buf.h"
#include "labelwright/journal.h"
#include "labelwright/ledger.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BATCH = 1000, ROUNDS = 20 };

static void fold(void *l, const struct lw_event *e)
{
    lw_ledger_fold(l, e);
}

static void forget(void *l)
{
    lw_ledger_clear(l);
}

static struct lw_journal *open_it(int dir, struct lw_ledger *l, struct lw_mark from)
{
    struct lw_journal_opts o = {.sys = &lw_sys_real,
        .dir = dir,
        .name = "journal",
        .annotator = "bench",
        .title = "bench",
        .each = fold,
        .restart = forget,
        .ctx = l,
        .from = from};
    struct lw_journal *j;
    struct lw_err err = {0};
    if (lw_journal_open(&o, &j, &err) != LW_OK)
        bench_must(false, err.text);
    return j;
}

static void fill(int dir, int count)
{
    struct lw_ledger *l = lw_ledger_new();
    struct lw_journal *j = open_it(dir, l, (struct lw_mark){0});
    json_t *b[BATCH];
    for (int i = 0; i < count; i += BATCH) {
        for (int k = 0; k < BATCH; k++)
            b[k] = bench_annotation(i + k);
        if (lw_journal_append(j, b, BATCH, NULL, NULL) != LW_OK)
            bench_must(false, "cannot append");
        for (int k = 0; k < BATCH; k++)
            json_decref(b[k]);
    }
    lw_journal_close(j);
    lw_ledger_free(l);
}

static double time_open(int dir, bool checkpoint, uint64_t *done)
{
    struct lw_ledger *l = lw_ledger_new();
    struct lw_mark from = {0};
    double a = bench_seconds();
    if (checkpoint && !lw_ledger_load(l, &lw_sys_real, dir, "journal", &from))
        bench_must(false, "no checkpoint");
    struct lw_journal *j = open_it(dir, l, from);
    double b = bench_seconds();
    *done = lw_ledger_totals(l).done;
    if (!checkpoint)
        lw_ledger_save(l, &lw_sys_real, dir, "journal", lw_journal_head(j), NULL);
    lw_journal_close(j);
    lw_ledger_free(l);
    return b - a;
}

/* What `wc -l` does, without starting a process. */
static double time_count(size_t *bytes)
{
    static char buf[256 * 1024];
    size_t lines = 0;
    double a = bench_seconds();
    *bytes = 0;
    for (int i = 1;; i++) {
        char name[40];
        snprintf(name, sizeof name, "journal/%06d.jsonl", i);
        int fd = open(name, O_RDONLY);
        if (fd < 0)
            break;
        for (ssize_t n; (n = read(fd, buf, sizeof buf)) > 0; *bytes += (size_t)n)
            for (char *p = buf, *end = buf + n; (p = memchr(p, '\n', (size_t)(end - p))); p++)
                lines++;
        close(fd);
    }
    double b = bench_seconds();
    return lines ? b - a : 0;
}

static double least(double a, double b)
{
    return a == 0 || b < a ? b : a;
}

int main(int argc, char **argv)
{
    char folder[200];
    snprintf(folder, sizeof folder, "%s/bench-XXXXXX", argc > 1 ? argv[1] : ".");
    int count = argc > 2 ? atoi(argv[2]) : 100000;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        bench_must(false, "cannot make a folder");
    int dir = open(".", O_RDONLY | O_DIRECTORY);
    fill(dir, count);
    double whole = 0, quick = 0, wc = 0;
    size_t bytes = 0;
    uint64_t done = 0, done_quickly = 0;
    for (int i = 0; i < ROUNDS; i++) {
        whole = least(whole, time_open(dir, false, &done));
        quick = least(quick, time_open(dir, true, &done_quickly));
        wc = least(wc, time_count(&bytes));
    }
    if (done != (uint64_t)count || done_quickly != done)
        bench_must(false, "the ledger is wrong");
    printf(
        "%d annotations, %zu MB: open %.0f ms, with checkpoint %.1f ms, newlines %.1f ms; ratios "
        "%.1f and %.1f\n",
        count, bytes / 1000000, whole * 1e3, quick * 1e3, wc * 1e3, whole / wc, quick / wc);
    close(dir);
    return system("rm -r journal .labelwright") || rmdir(folder) ? 0 : 0;
}
