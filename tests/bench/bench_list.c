/* The task list filtered on the terminal, beside another build where one is given: from the key
 * that applies the filter until the number of matches is final, in processor and in wall time, and
 * how long a key pressed meanwhile waits for its answer. Medians; the builds take turns. Then the
 * peak memory of `labelwright status`; with a million labels too much of it fails.
 *
 * usage: bench_list [LABELS]     default 1,000,000, of as many tasks; LW_PROGRAM names labelwright,
 * LW_BEFORE another build. Works in a folder of its own below $TMPDIR or /tmp, and removes it. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/bench.h"
#include "bench/driven.h"
#include "bench/first_screen.h"
#include "fixtures/planted_labels.h"
#include "fixtures/pty.h"
#include "labelwright/base/buf.h"

enum { ROUNDS = 5, ROWS = 40, COLS = 140, BUILDS = 2, FIND_S = 15 };
enum { MILLION = 1000000, MOST_MIB = 80 };

/* What is typed after `=`, and what the list is called then. */
static const struct filter {
    const char *typed, *title;
    double aim; /* seconds for a million labels */
} filters[] = {
    {"done", "TASKS: done", 1},
    {"kind = odd", "TASKS: kind = odd", 1},
    {"quality <= 2 and kind = odd", "TASKS: quality <= 2 and kind = odd", 1},
};

enum { COUNT = sizeof filters / sizeof *filters };

static struct build {
    const char *what, *program;
    char *folder, *state; /* state: of its own, since both folders are copies of one journal */
    struct lw_pty *p;
    double cpu[COUNT][ROUNDS], wall[COUNT][ROUNDS], key[COUNT][ROUNDS];
    bool unfinished[COUNT];
} builds[BUILDS];
static size_t nbuilds;

static bool finished(const struct lw_pty *p, void *ctx)
{
    const char *screen = lw_pty_screen(p), *title = ctx;
    return strstr(screen, title) && !strstr(screen, "searching") && !strstr(screen, "looking for");
}

/* An unanswered filter is not waited for longer than FIND_S: the old build needs minutes. */
static bool wait_for_matches(struct lw_pty *p, const char *title, double began)
{
    while (!finished(p, (void *)title)) {
        if (bench_seconds() - began > FIND_S)
            return false;
        lw_pty_settle(p, 1);
    }
    return true;
}

/* Applies it, and presses a key at once: the cursor goes down. */
static void time_filter(struct build *b, size_t i, int round)
{
    lw_pty_type(b->p, "=");
    lw_pty_wait_text(b->p, "Tab complete");
    lw_pty_type(b->p, filters[i].typed);
    lw_pty_wait_text(b->p, filters[i].typed);
    lw_pty_settle(b->p, 100);
    double cpu = driven_cpu(b->p), began = bench_seconds();
    lw_pty_type(b->p, "\r");
    lw_pty_wait_text(b->p, filters[i].title);
    double shown = bench_seconds();
    size_t bytes = lw_pty_bytes(b->p);
    lw_pty_type(b->p, "j");
    while (lw_pty_bytes(b->p) == bytes && bench_seconds() - shown < FIND_S)
        lw_pty_settle(b->p, 0);
    b->key[i][round] = bench_seconds() - shown;
    b->unfinished[i] |= !wait_for_matches(b->p, filters[i].title, began);
    b->wall[i][round] = bench_seconds() - began;
    b->cpu[i][round] = driven_cpu(b->p) - cpu;
}

static void open_list(struct build *b)
{
    char *state = lw_format("XDG_STATE_HOME=%s", b->state);
    b->p = lw_pty_start(ROWS, COLS,
        (const char *const[]){"XDG_CONFIG_HOME=/nonexistent", "USER=ana", state, NULL},
        (const char *[]){b->program, b->folder, NULL});
    free(state);
    first_screen_wait(b->p);
    lw_pty_type(b->p, "a");
    lw_pty_wait_text(b->p, "TASKS");
    lw_pty_settle(b->p, 300);
}

static void leave(struct build *b)
{
    lw_pty_type(b->p, "\033");
    lw_pty_wait_gone(b->p, "TASKS:");
    first_screen_leave(b->p);
}

static void rest_of_line(struct build *b, size_t i)
{
    if (b->unfinished[i])
        printf("  not ended after %d s            ", FIND_S);
    else
        printf("  %6.2f s  %6.2f s  %7.0f ms", bench_median(b->cpu[i], ROUNDS),
            bench_median(b->wall[i], ROUNDS), bench_median(b->key[i], ROUNDS) * 1e3);
}

static void filters_of_the_task_list(void **state)
{
    (void)state;
    for (size_t k = 0; k < nbuilds; k++)
        open_list(&builds[k]);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 0; i < COUNT; i++)
            for (size_t k = 0; k < nbuilds; k++)
                if (!builds[k].unfinished[i])
                    time_filter(&builds[k], i, round);
    printf("%-30s", "processor time, wall, a key");
    for (size_t k = 0; k < nbuilds; k++)
        printf("  %-30s", builds[k].what);
    puts("  aim");
    for (size_t i = 0; i < COUNT; i++) {
        printf("%-30s", filters[i].typed);
        for (size_t k = 0; k < nbuilds; k++)
            rest_of_line(&builds[k], i);
        printf("  %.0f s a million\n", filters[i].aim);
    }
    for (size_t k = 0; k < nbuilds; k++)
        leave(&builds[k]);
}

static int labels = MILLION;

/* Its peak memory, in MiB. */
static double run(const struct build *b, const char *arguments)
{
    char *line = lw_format("XDG_STATE_HOME='%s' exec '%s' %s '%s' > out 2> err < /dev/null",
        b->state, b->program, arguments, b->folder);
    char *argv[] = {"sh", "-c", line, NULL};
    extern char **environ;
    struct rusage used;
    pid_t pid;
    int status = -1;
    bench_must(posix_spawnp(&pid, "sh", NULL, NULL, argv, environ) == 0, "sh");
    bench_must(wait4(pid, &status, 0, &used) == pid && status == 0, line);
    free(line);
    return (double)used.ru_maxrss / 1024;
}

static void memory_of_status(void **state)
{
    (void)state;
    double now = run(&builds[0], "status");
    printf("status, %d labels and tasks: %.1f MiB", labels, now);
    for (size_t k = 1; k < nbuilds; k++)
        printf(", build before %.1f MiB", run(&builds[k], "status"));
    bool too_much = labels == MILLION && now > MOST_MIB;
    printf("; at most %d a million%s\n", MOST_MIB, too_much ? ": TOO MUCH" : "");
    assert_false(too_much);
}

static void make_tasks(const char *folder, int n)
{
    char *path = lw_format("%s/tasks.jsonl", folder);
    FILE *f = fopen(path, "w");
    bench_must(f, path);
    for (int i = 1; i <= n; i++)
        fprintf(f,
            "{\"id\":\"t%d\",\"prompt\":\"What is %d squared?\",\"responses\":["
            "{\"id\":\"x\",\"text\":\"This.\"},{\"id\":\"y\",\"text\":\"That.\"}]}\n",
            i, i);
    bench_must(fclose(f) == 0, path);
    free(path);
}

/* As after a session: with its checkpoint, and known here. Builds before 2026-11-25 do not ask. */
static void add_build(const char *what, const char *program, const char *folder)
{
    struct planted_labels p = {.labels = labels, .seed = 1, .first_wins = -1, .a_day = 400};
    struct build *b = &builds[nbuilds++];
    *b = (struct build){.what = what, .program = program};
    planted_labels_make(folder, &p);
    make_tasks(folder, labels);
    b->folder = realpath(folder, NULL);
    b->state = lw_format("%s-state", b->folder);
    char *adopt = lw_format("export XDG_STATE_HOME='%s'; exec > out 2> err < /dev/null; "
                            "'%s' record --adopt '%s' || '%s' record '%s'",
        b->state, program, b->folder, program, b->folder);
    bench_must(system(adopt) == 0, adopt);
    free(adopt);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest figures[] = {
        cmocka_unit_test(filters_of_the_task_list),
        cmocka_unit_test(memory_of_status),
    };
    labels = argc > 1 ? atoi(argv[1]) : MILLION;
    const char *temp = getenv("TMPDIR"), *before = getenv("LW_BEFORE");
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    if (!getenv("LW_PROGRAM") || !mkdtemp(dir) || chdir(dir) != 0)
        return 3;
    char *clean = lw_format("rm -rf '%s'", dir);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    setenv("USER", "ana", 1);
    add_build("this build", getenv("LW_PROGRAM"), "this");
    if (before)
        add_build("build before", before, "before");
    int failed = cmocka_run_group_tests(figures, NULL, NULL);
    failed |= system(clean) != 0;
    for (size_t k = 0; k < nbuilds; k++) {
        free(builds[k].folder);
        free(builds[k].state);
    }
    free(clean);
    free(dir);
    return failed;
}
