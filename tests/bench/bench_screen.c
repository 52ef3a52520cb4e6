/* The program itself on a large file: from start to the first screen, with and without a kept
 * index, against `wc -l` of the file and `less` with its first screen in the same run; and its peak
 * memory: medians.
 *
 * usage: bench_screen [MIB [TASKS]]     default 1024 MiB, 1.1 M tasks; LW_PROGRAM names
 * labelwright, LW_BEFORE another build of it, which takes turns with it. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/bench.h"
#include "bench/driven.h"
#include "bench/first_screen.h"
#include "fixtures/pty.h"
#include "labelwright/base/buf.h"

enum { RUNS = 7, ROWS = 40, COLS = 140 };

static size_t mib = 1024, tasks = 1100000;
static char *dir;

/* A build, and the file under a name of its own. */
struct build {
    const char *program;
    char *data, *kept;
    double first[RUNS], again[RUNS], cpu[RUNS], cpu_again[RUNS], peak, peak_again;
};

static const char less[] = "/usr/bin/less";

static void make_file(const char *data)
{
    size_t each = mib * 1024 * 1024 / tasks, words = each > 120 ? (each - 120) / 7 : 1;
    FILE *f = fopen(data, "w");
    assert_non_null(f);
    for (size_t i = 0; i < tasks; i++) {
        fprintf(f,
            "{\"id\":\"t%zu\",\"prompt\":\"What is %zu squared?\",\"responses\":[{\"text\":\"", i,
            i);
        for (size_t k = 0; k < words; k++)
            fprintf(f, "w%05zu%s", (i * 31 + k * 7919) % 100000, k % 12 == 11 ? "\\n" : " ");
        fputs("\"}]}\n", f);
    }
    assert_int_equal(fclose(f), 0);
}

static struct lw_pty *start(const struct build *b)
{
    const char *argv[] = {b->program, b->data, NULL};
    assert_non_null(argv[0]);
    return lw_pty_start(ROWS, COLS, NULL, argv);
}

static double peak_mib(const struct lw_pty *p)
{
    char path[64], line[256];
    double kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", lw_pty_pid(p));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f))
        if (sscanf(line, "VmHWM: %lf", &kib) == 1)
            break;
    fclose(f);
    return kib / 1024;
}

/* Seconds from start to the first screen, on the clock and, in `*cpu`, of the processor; and the
 * peak memory once all is indexed. */
static double time_start(const struct build *b, double *cpu, double *peak)
{
    char whole[32];
    double began = bench_seconds();
    struct lw_pty *p = start(b);
    lw_pty_wait_text(p, FIRST_SCREEN);
    double s = bench_seconds() - began;
    *cpu = driven_cpu(p);
    snprintf(whole, sizeof whole, "1/%zu", tasks);
    lw_pty_wait_text(p, whole);
    double mem = peak_mib(p);
    *peak = mem > *peak ? mem : *peak;
    first_screen_leave(p);
    return s;
}

/* The same of less, which shows the first record. */
static double time_less(const char *data, double *cpu)
{
    double began = bench_seconds();
    struct lw_pty *p = lw_pty_start(ROWS, COLS, NULL, (const char *[]){less, data, NULL});
    lw_pty_wait_text(p, "\"t0\"");
    double s = bench_seconds() - began;
    *cpu = driven_cpu(p);
    lw_pty_free(p);
    return s;
}

static void make_project(const struct build *b)
{
    struct lw_pty *p = start(b);
    first_screen_wait(p);
    first_screen_leave(p);
}

static struct build builds[2];
static size_t nbuilds;

static void run_once(struct build *b, int i)
{
    unlink(b->kept);
    b->first[i] = time_start(b, &b->cpu[i], &b->peak);
    b->again[i] = time_start(b, &b->cpu_again[i], &b->peak_again);
}

/* What the builds are measured against. */
struct peers {
    double wc[RUNS], less[RUNS], less_cpu[RUNS];
};

static void print_first(const char *what, double *s, double *cpu, struct peers *peers, double aim)
{
    double wall = bench_median(s, RUNS), used = bench_median(cpu, RUNS);
    double wc = bench_median(peers->wc, RUNS), l = bench_median(peers->less, RUNS);
    printf("%-34s %9.1f ms  %6.3f x wc -l   aim %.1f", what, wall * 1e3, wall / wc, aim);
    if (l > 0)
        printf("; %.2f x less, aim 1.2; of the processor %.1f ms, %.2f x less", wall / l,
            used * 1e3, used / bench_median(peers->less_cpu, RUNS));
    printf("\n");
}

/* What is kept of each task while ids are compared, and without. */
enum { FIXED_MIB = 10, BYTES_FIRST = 16, BYTES_AGAIN = 11 };

/* Whether this build needs too much of it. */
static bool print_memory(const struct build *b, const char *what, double peak, size_t bytes)
{
    double most = FIXED_MIB + (double)(tasks * bytes) / 1048576;
    bool too_much = b == builds && peak > most;
    printf("%-34s %9.1f MiB                  aim 20 of a million; at most %.0f%s\n", what, peak,
        most, too_much ? ": TOO MUCH" : "");
    return too_much;
}

static bool print_figures(struct build *b, struct peers *peers)
{
    if (nbuilds > 1)
        printf("%s\n", b->program);
    print_first("first screen, nothing kept", b->first, b->cpu, peers, 1.0);
    print_first("first screen, second start", b->again, b->cpu_again, peers, 0.1);
    return print_memory(b, "peak memory, nothing kept", b->peak, BYTES_FIRST) |
           print_memory(b, "peak memory, second start", b->peak_again, BYTES_AGAIN);
}

static void the_first_screen(void **state)
{
    (void)state;
    struct peers peers = {0};
    bool has_less = access(less, X_OK) == 0;
    for (size_t k = 0; k < nbuilds; k++)
        make_project(&builds[k]);
    for (int i = 0; i < RUNS; i++) {
        peers.wc[i] = bench_wc(builds[0].data);
        if (has_less)
            peers.less[i] = time_less(builds[0].data, &peers.less_cpu[i]);
        for (size_t k = 0; k < nbuilds; k++)
            run_once(&builds[k], i);
    }
    printf("%zu MiB, %zu tasks, median of %d\n", mib, tasks, RUNS);
    printf("%-34s %9.1f ms\n", "wc -l", bench_median(peers.wc, RUNS) * 1e3);
    if (has_less)
        printf("%-34s %9.1f ms, of the processor %.1f ms\n", "less, to its first screen",
            bench_median(peers.less, RUNS) * 1e3, bench_median(peers.less_cpu, RUNS) * 1e3);
    else
        printf("NOT MEASURED against less: there is no %s\n", less);
    bool too_much = false;
    for (size_t k = 0; k < nbuilds; k++)
        too_much |= print_figures(&builds[k], &peers);
    assert_false(too_much);
}

/* All builds read the same bytes. */
static void add_build(const char *program, const char *name)
{
    struct build *b = &builds[nbuilds++];
    b->program = program;
    b->data = lw_format("%s/%s.jsonl", dir, name);
    b->kept = lw_format("%s.labelwright/.labelwright/index", b->data);
    if (b == builds)
        make_file(b->data);
    else
        assert_int_equal(link(builds[0].data, b->data), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest figures[] = {
        cmocka_unit_test(the_first_screen),
    };
    mib = argc > 1 ? strtoul(argv[1], NULL, 10) : mib;
    tasks = argc > 2 ? strtoul(argv[2], NULL, 10) : mib * 1100000 / 1024;
    const char *temp = getenv("TMPDIR");
    dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    if (!mkdtemp(dir))
        return 3;
    add_build(getenv("LW_PROGRAM"), "tasks");
    if (getenv("LW_BEFORE"))
        add_build(getenv("LW_BEFORE"), "before");
    int failed = cmocka_run_group_tests(figures, NULL, NULL);
    char *clean = lw_format("rm -rf '%s'", dir);
    failed |= system(clean) != 0;
    free(clean);
    for (size_t k = 0; k < nbuilds; k++) {
        free(builds[k].data);
        free(builds[k].kept);
    }
    free(dir);
    return failed;
}
