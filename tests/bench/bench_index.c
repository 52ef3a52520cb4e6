/* The index of a large JSON Lines file against `wc -l` of it, in the same run: by the library, and
 * by the program on a terminal from its start until it has indexed all, beside a build before.
 *
 * usage: bench_index [MIB [TASKS]]     default 1024 MiB, 1.1 M tasks; LW_PROGRAM names
 * labelwright, LW_BEFORE another build of it; without the first only the library is measured.
 * Makes the file in a new folder below $TMPDIR or /tmp, removes it, prints a line for each
 * figure. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/bench.h"
#include "bench/driven.h"
#include "bench/first_screen.h"
#include "labelwright/base/buf.h"
#include "labelwright/tasks/tasks.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNS = 5 };

static size_t mib = 1024;

static void make_file(const char *path, size_t bytes, size_t tasks)
{
    size_t each = bytes / tasks, pad = each > 80 ? each - 80 : 1;
    char *text = lw_alloc(pad + 1);
    for (size_t i = 0; i < pad; i++)
        text[i] = "The quick brown fox jumps. "[i % 27];
    FILE *f = fopen(path, "w");
    bench_must(f != NULL, "cannot make the file");
    for (size_t i = 0; i < tasks; i++)
        fprintf(f,
            "{\"id\":\"task-%08zu\",\"prompt\":\"%.*s\",\"responses\":[\"one\",\"two "
            "\\\"2\\\"\"]}\n",
            i, (int)pad, text);
    bench_must(fclose(f) == 0, "cannot write the file");
    free(text);
}

struct figure {
    double seconds, first, found, cpu;
    long peak_kib, size_kib;
};

enum what { FIRST_TASK, WHOLE_INDEX };

static void run_index(struct lw_project *project, enum what what, struct figure *to)
{
    double start = bench_seconds(), cpu = bench_cpu();
    struct lw_tasks *t;
    struct lw_task *task;
    struct lw_err err = {0};
    bench_must(lw_tasks_open(&lw_sys_real, project, &t, &err) == LW_OK, err.text);
    bench_must(lw_tasks_load(t, 0, &task, &err) == LW_OK && !task->unreadable, err.text);
    lw_task_free(task);
    to->first = bench_seconds() - start;
    if (what == WHOLE_INDEX) {
        while (lw_tasks_step(t, 1 << 23)) {
        }
        bench_must(lw_tasks_complete(t), "the index does not get complete");
        size_t last = lw_tasks_count(t) - 1, at;
        bench_must(lw_tasks_load(t, last, &task, &err) == LW_OK && !task->unreadable, err.text);
        lw_task_free(task);
        to->seconds = bench_seconds() - start;
        to->cpu = bench_cpu() - cpu;
        start = bench_seconds();
        bench_must(
            lw_tasks_find(t, lw_tasks_key(t, last), &at) && at == last, "a task is not found");
        to->found = bench_seconds() - start;
    }
    lw_tasks_close(t);
}

/* In a process of its own, so that the peak is its own. */
static struct figure measure(struct lw_project *project, enum what what)
{
    int fd[2];
    bench_must(pipe(fd) == 0, "pipe");
    pid_t pid = fork();
    bench_must(pid >= 0, "fork");
    if (pid == 0) {
        struct figure f = {0};
        run_index(project, what, &f);
        bench_must(write(fd[1], &f, sizeof f) == sizeof f, "write");
        _exit(0);
    }
    struct figure f;
    struct rusage usage;
    int status;
    bench_must(read(fd[0], &f, sizeof f) == sizeof f, "the child failed");
    wait4(pid, &status, 0, &usage);
    f.peak_kib = usage.ru_maxrss;
    close(fd[0]);
    close(fd[1]);
    return f;
}

static void report(const char *what, double s, double wc)
{
    printf("%-34s %9.2f ms  %6.3f x wc -l\n", what, s * 1e3, s / wc);
}

static void run_all(struct lw_project *project, const char *data, const char *kept)
{
    double wc[RUNS], first[RUNS], whole[RUNS], again[RUNS], found[RUNS], cpu[RUNS], wc_cpu[RUNS];
    long peak = 0, peak_again = 0;
    bench_wc(data); /* from here on the file is in the page cache for everybody */
    for (int i = 0; i < RUNS; i++) {
        char *const words[] = {(char *)"wc", (char *)"-l", (char *)(uintptr_t)data, NULL};
        wc[i] = bench_wc(data);
        wc_cpu[i] = bench_cpu_of(words, 0, NULL);
        unlink(kept);
        first[i] = measure(project, FIRST_TASK).first;
        struct figure f = measure(project, WHOLE_INDEX);
        whole[i] = f.seconds;
        cpu[i] = f.cpu;
        peak = f.peak_kib > peak ? f.peak_kib : peak;
        f = measure(project, WHOLE_INDEX);
        again[i] = f.seconds;
        found[i] = f.found;
        peak_again = f.peak_kib > peak_again ? f.peak_kib : peak_again;
    }
    double ref = bench_median(wc, RUNS);
    report("wc -l", ref, ref);
    report("first task, nothing kept", bench_median(first, RUNS), ref);
    report("whole index, nothing kept", bench_median(whole, RUNS), ref);
    double used = bench_median(cpu, RUNS);
    report("the same, of the processor", used, bench_median(wc_cpu, RUNS));
    printf("%-34s %9.2f GB/s                  aim 3\n", "", (double)mib * 1048576 / used / 1e9);
    report("whole index, second opening", bench_median(again, RUNS), ref);
    report("first search by id after that", bench_median(found, RUNS), ref);
    printf("%-34s %9.1f MiB\n", "peak memory, nothing kept", (double)peak / 1024);
    printf("%-34s %9.1f MiB\n", "peak memory, second opening", (double)peak_again / 1024);
}

/* ---- by the program */

/* Of the processor, from start until all is indexed. */
static double drive(const char *program, const char *data, size_t tasks)
{
    enum { ROWS = 40, COLS = 140 };
    char whole[32];
    char *kept = lw_format("%s.labelwright/.labelwright/index", data);
    unlink(kept);
    free(kept);
    snprintf(whole, sizeof whole, "1/%zu", tasks);
    struct lw_pty *p = lw_pty_start(ROWS, COLS, NULL, (const char *[]){program, data, NULL});
    first_screen_wait(p);
    if (strstr(lw_pty_screen(p), FORMER_NOTICE))
        lw_pty_type(p, "\r");
    lw_pty_wait_text(p, whole);
    double cpu = driven_cpu(p);
    first_screen_leave(p);
    return cpu;
}

static void drive_all(const char *dir, const char *data, size_t tasks)
{
    const char *const program[] = {getenv("LW_PROGRAM"), getenv("LW_BEFORE")};
    size_t n = program[0] ? program[1] ? 2 : 1 : 0;
    char *to[2];
    double cpu[2][RUNS];
    for (size_t k = 0; k < n; k++) {
        to[k] = lw_format("%s/%zu.jsonl", dir, k);
        bench_must(link(data, to[k]) == 0, "cannot link the file");
    }
    for (int i = 0; i < RUNS; i++)
        for (size_t k = 0; k < n; k++)
            cpu[k][i] = drive(program[k], to[k], tasks);
    for (size_t k = 0; k < n; k++) {
        printf("%-34s %9.2f ms of the processor",
            k ? "the build before" : "the program, until all is there",
            bench_median(cpu[k], RUNS) * 1e3);
        printf(k ? "; now %.2f of it\n" : "\n", cpu[0][RUNS / 2] / cpu[k][RUNS / 2]);
        free(to[k]);
    }
    if (n == 0)
        printf("NOT MEASURED by the program: LW_PROGRAM names none\n");
}

int main(int argc, char **argv)
{
    mib = argc > 1 ? strtoul(argv[1], NULL, 10) : mib;
    size_t tasks = argc > 2 ? strtoul(argv[2], NULL, 10) : mib * 1100000 / 1024;
    const char *temp = getenv("TMPDIR");
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    bench_must(mib > 0 && tasks > 0, "usage: bench_index [MIB [TASKS]]");
    bench_must(mkdtemp(dir) != NULL, "cannot make a folder");
    char *data = lw_format("%s/tasks.jsonl", dir), *kept = lw_format("%s/.labelwright/index", dir);
    struct lw_task_file file = {.path = (char *)"tasks.jsonl", .format = (char *)"auto"};
    struct lw_project project = {
        .dir = dir, .file = (char *)"project.yaml", .tasks = &file, .ntasks = 1};
    make_file(data, mib * 1024 * 1024, tasks);
    printf("%zu MiB, %zu tasks, median of %d\n", mib, tasks, RUNS);
    run_all(&project, data, kept);
    drive_all(dir, data, tasks);
    char *clean = lw_format("rm -rf '%s'", dir);
    bench_must(system(clean) == 0, "cannot clean up");
    free(clean);
    free(data);
    free(kept);
    free(dir);
    return 0;
}
