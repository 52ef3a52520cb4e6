/* Opening a journal of 100,000 annotations, without and with a checkpoint, against `wc -l` of the
 * same files, interleaved in one run: medians.
 * usage: bench_open [FOLDER [COUNT]]      aims: 100 times `wc -l` or less without, 10 with */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "labelwright/base/buf.h"
#include "labelwright/journal/journal.h"
#include "labelwright/ledger/ledger.h"

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

int main(int argc, char **argv)
{
    char folder[200];
    snprintf(folder, sizeof folder, "%s/bench-XXXXXX", argc > 1 ? argv[1] : ".");
    int count = argc > 2 ? atoi(argv[2]) : 100000;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        bench_must(false, "cannot make a folder");
    int dir = open(".", O_RDONLY | O_DIRECTORY);
    fill(dir, count);
    double whole[ROUNDS], quick[ROUNDS], wc[ROUNDS];
    uint64_t done = 0, done_quickly = 0;
    for (int i = 0; i < ROUNDS; i++) {
        whole[i] = time_open(dir, false, &done);
        quick[i] = time_open(dir, true, &done_quickly);
        wc[i] = bench_wc("journal/*.jsonl");
    }
    if (done != (uint64_t)count || done_quickly != done)
        bench_must(false, "the ledger is wrong");
    double w = bench_median(whole, ROUNDS), q = bench_median(quick, ROUNDS),
           ref = bench_median(wc, ROUNDS);
    printf("%d annotations, median of %d\n", count, ROUNDS);
    printf("%-34s %9.1f ms\n", "wc -l of the journal", ref * 1e3);
    printf(
        "%-34s %9.1f ms  %6.1f x wc -l   aim 100\n", "open, without checkpoint", w * 1e3, w / ref);
    printf("%-34s %9.1f ms  %6.1f x wc -l   aim 10\n", "open, with checkpoint", q * 1e3, q / ref);
    close(dir);
    return system("rm -r journal .labelwright") || rmdir(folder) ? 0 : 0;
}
