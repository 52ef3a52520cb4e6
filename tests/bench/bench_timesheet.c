/* A timesheet of 1,000,000 events against `wc -l` of the journal and its own verification (hashes
 * and chain), CPU time, interleaved in one run: medians.
 * usage: bench_timesheet [FOLDER [COUNT]]
 * aim: beyond the verification 1.5 times `wc -l` and a second, for a million */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "labelwright/base/buf.h"
#include "labelwright/journal/event.h"
#include "labelwright/journal/journal.h"
#include "labelwright/timesheet/timesheet_formats.h"

#include <string.h>
#include <sys/resource.h>

enum { BATCH = 1000, ROUNDS = 5, SESSION = 400, COLS = 80 };

static double cpu(int who)
{
    struct rusage u;
    getrusage(who, &u);
    return (double)u.ru_utime.tv_sec + (double)u.ru_stime.tv_sec +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}

static void fold(void *log, const struct lw_event *e)
{
    lw_worklog_fold(log, e);
}

static struct lw_journal *open_it(int dir, bool read_only, struct lw_worklog *log)
{
    struct lw_journal_opts o = {.sys = &lw_sys_real,
        .dir = dir,
        .name = "journal",
        .annotator = "bench",
        .title = "bench",
        .read_only = read_only,
        .each = log ? fold : NULL,
        .ctx = log};
    struct lw_journal *j;
    struct lw_err err = {0};
    if (lw_journal_open(&o, &j, &err) != LW_OK)
        bench_must(false, err.text);
    return j;
}

/* Sessions of so many labels; the journal says that all of it was in a few hours. */
static json_t *event(int i)
{
    int64_t at = i % SESSION;
    json_t *e = at == 0 ? lw_event_start("+0100", 120000) : bench_annotation(i);
    lw_event_set_times(e, &(struct lw_session_times){at * 45678, at * 34567, 0, 0});
    return e;
}

static void fill(int dir, int count)
{
    struct lw_journal *j = open_it(dir, false, NULL);
    json_t *b[BATCH];
    for (int i = 0; i < count; i += BATCH) {
        for (int k = 0; k < BATCH; k++)
            b[k] = event(i + k);
        if (lw_journal_append(j, b, BATCH, NULL, NULL) != LW_OK)
            bench_must(false, "cannot append");
        for (int k = 0; k < BATCH; k++)
            json_decref(b[k]);
    }
    lw_journal_close(j);
}

static double verify(int dir)
{
    double before = cpu(RUSAGE_SELF);
    lw_journal_close(open_it(dir, true, NULL));
    return cpu(RUSAGE_SELF) - before;
}

static double make(int dir, uint64_t *done)
{
    double before = cpu(RUSAGE_SELF);
    struct lw_buf text = {0};
    struct lw_worklog *log = lw_worklog_new();
    lw_journal_close(open_it(dir, true, log));
    struct lw_timesheet_project p = {.name = "bench", .log = log};
    struct lw_timesheet_opts o = {
        .project = &p, .nprojects = 1, .since = LW_DAY_FIRST, .until = LW_DAY_LAST};
    struct lw_timesheet *t = lw_timesheet_new(&o);
    lw_timesheet_text(t, COLS, &text);
    *done = t->total.done;
    lw_timesheet_free(t);
    lw_worklog_free(log);
    lw_buf_fini(&text);
    return cpu(RUSAGE_SELF) - before;
}

static double count_lines(void)
{
    double before = cpu(RUSAGE_CHILDREN);
    bench_wc("journal/*.jsonl");
    return cpu(RUSAGE_CHILDREN) - before;
}

int main(int argc, char **argv)
{
    char folder[200];
    snprintf(folder, sizeof folder, "%s/bench-XXXXXX", argc > 1 ? argv[1] : ".");
    int count = argc > 2 ? atoi(argv[2]) : 1000000;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        bench_must(false, "cannot make a folder");
    int dir = open(".", O_RDONLY | O_DIRECTORY);
    count -= count % BATCH;
    fill(dir, count);
    double all[ROUNDS], chain[ROUNDS], wc[ROUNDS];
    uint64_t done = 0;
    for (int i = 0; i < ROUNDS; i++) {
        wc[i] = count_lines();
        chain[i] = verify(dir);
        all[i] = make(dir, &done);
    }
    bench_must(done == (uint64_t)(count - (count + SESSION - 1) / SESSION), "labels are missing");
    double w = bench_median(wc, ROUNDS), v = bench_median(chain, ROUNDS),
           t = bench_median(all, ROUNDS);
    double aim = 1.5 * w + (double)count / 1e6;
    printf("%d events, median of %d, CPU\n", count, ROUNDS);
    printf("%-34s %9.1f ms\n", "wc -l of the journal", w * 1e3);
    printf("%-34s %9.1f ms\n", "its verification", v * 1e3);
    printf("%-34s %9.1f ms, %.2f times the verification\n", "timesheet", t * 1e3, t / v);
    printf("%-34s %9.1f ms, %.2f of the aim\n", "beyond the verification", (t - v) * 1e3,
        (t - v) / aim);
    return 0;
}
