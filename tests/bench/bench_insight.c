/* All figures of `labelwright insight` over a journal of a million labels, against opening the same
 * journal, which checks every hash, and `wc -l` of its files, interleaved in one run: medians.
 * usage: bench_insight [FOLDER [LABELS]]     aim: 2 s a million beyond the opening */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "fixtures/planted_labels.h"
#include "labelwright/insight/insight.h"

#include <string.h>

enum { ROUNDS = 3 };

static double processor(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void fold(void *s, const struct lw_event *e)
{
    lw_insight_fold(s, e);
}

static void open_it(int dir, struct lw_insight *s)
{
    struct lw_journal_opts o = {.sys = &lw_sys_real,
        .dir = dir,
        .name = "journal",
        .annotator = "ana",
        .title = "bench",
        .read_only = true,
        .each = s ? fold : NULL,
        .ctx = s};
    struct lw_journal *j;
    struct lw_err err = {0};
    if (lw_journal_open(&o, &j, &err) != LW_OK)
        bench_must(false, err.text);
    lw_journal_close(j);
}

static double time_opening(int dir)
{
    double a = processor();
    open_it(dir, NULL);
    return processor() - a;
}

static double time_all(int dir, uint64_t *labels)
{
    struct lw_insight_opts opts = {.from_day = INT32_MIN, .to_day = INT32_MAX};
    double a = processor();
    struct lw_insight *s = lw_insight_new();
    open_it(dir, s);
    struct lw_insight_report *r = lw_insight_report(s, &opts);
    double b = processor();
    *labels = r->labels;
    lw_insight_report_free(r);
    lw_insight_free(s);
    return b - a;
}

int main(int argc, char **argv)
{
    char folder[200];
    snprintf(folder, sizeof folder, "%s/bench-XXXXXX", argc > 1 ? argv[1] : ".");
    int count = argc > 2 ? atoi(argv[2]) : 1000000;
    struct planted_labels p = {.labels = count, .seed = 1, .first_wins = -1, .a_day = 400};
    bench_must(mkdtemp(folder) && chdir(folder) == 0, "cannot make a folder");
    planted_labels_make("p", &p);
    int dir = open("p", O_RDONLY | O_DIRECTORY);
    double all[ROUNDS], opening[ROUNDS], wc[ROUNDS];
    uint64_t labels = 0;
    for (int i = 0; i < ROUNDS; i++) {
        wc[i] = bench_wc("p/journal/*.jsonl");
        opening[i] = time_opening(dir);
        all[i] = time_all(dir, &labels);
        bench_must(labels == (uint64_t)count, "labels are missing");
    }
    double a = bench_median(all, ROUNDS), o = bench_median(opening, ROUNDS);
    double w = bench_median(wc, ROUNDS), aim = 2.0 * count / 1e6;
    printf("%d labels, median of %d, processor time\n", count, ROUNDS);
    printf("%-34s %9.1f ms\n", "wc -l of the journal", w * 1e3);
    printf("%-34s %9.1f ms  %6.1f x wc -l\n", "open, every hash checked", o * 1e3, o / w);
    printf("%-34s %9.1f ms  %6.2f x opening\n", "open, fold and report", a * 1e3, a / o);
    printf("%-34s %9.1f ms  aim %.0f ms\n", "of it for the figures", (a - o) * 1e3, aim * 1e3);
    close(dir);
    return system("rm -r p") || rmdir(folder) ? 0 : 0;
}
