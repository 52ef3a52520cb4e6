/* labelwright's commands as they are run, each against another program that reads the same bytes,
 * and beside another build where one is given: processor time, medians, all of them taking turns.
 * Rows that name a memory fail when more is needed.
 *
 * usage: bench_programs [LABELS [MIB]]     default 100,000 labels and tasks of 1024 MiB; LW_PROGRAM
 * names labelwright, LW_BEFORE another build, LW_NOTHING an empty program with its libraries */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "bench/bench.h"
#include "bench/driven.h"
#include "bench/first_screen.h"
#include "fixtures/planted_labels.h"
#include "fixtures/pty.h"
#include "labelwright/base/buf.h"

enum { ROUNDS = 5, ROWS = 40, COLS = 140, WORDS_OF_LONG = 1000000 };

/* Commands of a shell: $LW is the program, $D its own folder, with all the data. */
static const struct row {
    const char *what, *peer, *ours;
    bool session;    /* on a screen: up to the first one */
    double aim, mib; /* mib: 0 for any */
} rows[] = {
    {"verify", "sha256sum $D/p/journal/*.jsonl", "$LW verify $D/p", false, 1.0, 0},
    {"status", "wc -l $D/p/journal/*.jsonl", "$LW status $D/p", false, 2.0, 0},
#define EXPORT(format, aim)                                                                        \
    {                                                                                              \
        "export " format, "jq -c . $D/p/journal/*.jsonl", "$LW export --format " format " $D/p",   \
            false, aim, 0                                                                          \
    }
    EXPORT("trl-preference", 0.2),
    EXPORT("trl-kto", 0.2),
    EXPORT("trl-sft", 0.2),
    EXPORT("openai-chat", 0.2),
    EXPORT("hh-rlhf", 0.2),
    EXPORT("csv", 0.12),
    EXPORT("native", 0.1),
#undef EXPORT
    {"check of many tasks", "jq -c .id $D/many.jsonl", "$LW check $D/many.jsonl", false, 0.3, 32},
    {"start of a small project", "$LW_NOTHING", "$LW $D/small.jsonl", true, 1.5, 0},
    {"first screen of a 7 MB record", "wc -l $D/long.jsonl", "$LW $D/long.jsonl", true, 20, 0},
};

enum { COUNT = sizeof rows / sizeof *rows, BUILDS = 2 };

static struct build {
    const char *program, *folder;
    double s[COUNT][ROUNDS], mib[COUNT];
} builds[BUILDS];
static size_t nbuilds;
static double peers[COUNT][ROUNDS];

/* ---- running */

static double seconds(const struct timeval *t)
{
    return (double)t->tv_sec + (double)t->tv_usec / 1e6;
}

/* Processor time; its peak memory goes to *mib. */
static double run(const char *command, double *mib)
{
    char *line = lw_format("exec %s > out 2> err", command);
    const char *argv[] = {"sh", "-c", line, NULL};
    extern char **environ;
    struct rusage used;
    pid_t pid;
    int status = -1;
    bench_must(posix_spawnp(&pid, "sh", NULL, NULL, (char **)argv, environ) == 0, "sh");
    bench_must(wait4(pid, &status, 0, &used) == pid && status == 0, command);
    free(line);
    *mib = (double)used.ru_maxrss / 1024;
    return seconds(&used.ru_utime) + seconds(&used.ru_stime);
}

static double peak(int pid)
{
    char path[64], line[256];
    double kib = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *f = fopen(path, "r");
    bench_must(f, path);
    while (fgets(line, sizeof line, f) && sscanf(line, "VmHWM: %lf", &kib) != 1) {
    }
    fclose(f);
    return kib / 1024;
}

/* Until its first screen. */
static double run_session(const char *command, double *mib)
{
    char *line = lw_format("exec %s", command), *env[5];
    env[0] = lw_format("LW=%s", getenv("LW"));
    env[1] = lw_format("XDG_STATE_HOME=%s", getenv("XDG_STATE_HOME"));
    env[2] = lw_format("XDG_CONFIG_HOME=%s", getenv("XDG_CONFIG_HOME"));
    env[3] = lw_format("D=%s", getenv("D"));
    env[4] = NULL;
    struct lw_pty *p = lw_pty_start(
        ROWS, COLS, (const char *const *)env, (const char *[]){"/bin/sh", "-c", line, NULL});
    first_screen_wait(p);
    double s = driven_cpu(p);
    *mib = peak(lw_pty_pid(p));
    first_screen_leave(p);
    free(line);
    for (int i = 0; env[i]; i++)
        free(env[i]);
    return s;
}

/* The same peer is run once a round. */
static double run_peer(size_t row, int round)
{
    double mib;
    for (size_t i = 0; i < row; i++)
        if (strcmp(rows[i].peer, rows[row].peer) == 0)
            return peers[i][round];
    return run(rows[row].peer, &mib);
}

static void run_row(size_t row, int round)
{
    setenv("D", builds[0].folder, 1);
    peers[row][round] = run_peer(row, round);
    for (size_t k = 0; k < nbuilds; k++) {
        struct build *b = &builds[k];
        double mib = 0;
        setenv("LW", b->program, 1);
        setenv("D", b->folder, 1);
        b->s[row][round] = (rows[row].session ? run_session : run)(rows[row].ours, &mib);
        b->mib[row] = mib > b->mib[row] ? mib : b->mib[row];
    }
}

/* ---- what they read */

static void make_tasks(const char *name, size_t n, size_t words)
{
    FILE *f = fopen(name, "w");
    bench_must(f, name);
    for (size_t i = 1; i <= n; i++) {
        fprintf(f, "{\"id\":\"t%zu\",\"prompt\":\"What is %zu squared?\",\"responses\":[", i, i);
        for (int r = 0; r < 2; r++) {
            fprintf(f, "%s{\"id\":\"%c\",\"text\":\"", r ? "," : "", "xy"[r]);
            for (size_t k = 0; k < words; k++)
                fprintf(f, "w%05zu ", (i * 31 + k * 7919 + (size_t)r) % 100000);
            fputs("\"}", f);
        }
        fputs("]}\n", f);
    }
    bench_must(fclose(f) == 0, name);
}

/* All builds read the same bytes, each from files of its own. */
static void add_file(const char *folder, const char *name, size_t tasks, size_t words)
{
    char *path = lw_format("%s/%s", folder, name),
         *first = lw_format("%s/%s", builds[0].folder, name);
    if (strcmp(path, first) == 0)
        make_tasks(path, tasks, words);
    else
        bench_must(link(first, path) == 0, path);
    free(first);
    free(path);
}

/* As after a session: with its checkpoint, and known here. The project of a file is made, too. */
static void add_build(const char *program, const char *folder, int labels, size_t mib)
{
    struct planted_labels p = {.labels = labels, .seed = 1, .first_wins = -1, .a_day = 400};
    double used;
    builds[nbuilds++] = (struct build){.program = program, .folder = folder};
    setenv("LW", program, 1);
    setenv("D", folder, 1);
    bench_must(mkdir(folder, 0755) == 0 && chdir(folder) == 0, folder);
    planted_labels_make("p", &p);
    bench_must(chdir("..") == 0, "..");
    bench_must(system("rm $D/p/tasks.jsonl") == 0, "rm");
    add_file(folder, "p/tasks.jsonl", (size_t)labels, 10);
    add_file(folder, "many.jsonl", mib * 1100, 55);
    add_file(folder, "small.jsonl", 10, 10);
    add_file(folder, "long.jsonl", 1, WORDS_OF_LONG / 2);
    run(nbuilds == 1 ? "$LW record --adopt $D/p < /dev/null" : "$LW record $D/p < /dev/null",
        &used);
    run_session("$LW $D/small.jsonl", &used);
    run_session("$LW $D/long.jsonl", &used);
}

/* ---- figures */

static int print_row(size_t row)
{
    const struct row *r = &rows[row];
    double peer = bench_median(peers[row], ROUNDS);
    bool too_much = r->mib > 0 && builds[0].mib[row] > r->mib;
    printf("%-30s %9.1f ms", r->what, peer * 1e3);
    for (size_t k = 0; k < nbuilds; k++) {
        double s = bench_median(builds[k].s[row], ROUNDS);
        printf("  %9.1f ms %7.2f x", s * 1e3, s / peer);
    }
    printf("  %6.2f x", r->aim);
    if (r->mib > 0)
        printf(
            "  %.1f MiB, at most %.0f%s", builds[0].mib[row], r->mib, too_much ? ": TOO MUCH" : "");
    puts("");
    return too_much;
}

static void commands_against_other_programs(void **state)
{
    (void)state;
    int too_much = 0;
    for (int round = 0; round < ROUNDS; round++)
        for (size_t row = 0; row < COUNT; row++)
            run_row(row, round);
    printf("%-30s %12s  %23s%s  %8s\n", "processor time, medians of 5", "the other", "this build",
        nbuilds > 1 ? "            build before" : "", "aim");
    for (size_t row = 0; row < COUNT; row++)
        too_much += print_row(row);
    assert_int_equal(too_much, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest figures[] = {
        cmocka_unit_test(commands_against_other_programs),
    };
    int labels = argc > 1 ? atoi(argv[1]) : 100000;
    size_t mib = argc > 2 ? strtoul(argv[2], NULL, 10) : 1024;
    const char *temp = getenv("TMPDIR");
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    if (!getenv("LW_PROGRAM") || !mkdtemp(dir) || chdir(dir) != 0)
        return 3;
    char *state = lw_format("%s/state", dir);
    setenv("XDG_STATE_HOME", state, 1);
    setenv("XDG_CONFIG_HOME", "/nonexistent", 1);
    setenv("USER", "ana", 1);
    add_build(getenv("LW_PROGRAM"), "this", labels, mib);
    if (getenv("LW_BEFORE"))
        add_build(getenv("LW_BEFORE"), "before", labels, mib);
    int failed = cmocka_run_group_tests(figures, NULL, NULL);
    char *clean = lw_format("rm -rf '%s'", dir);
    failed |= system(clean) != 0;
    free(clean);
    free(state);
    free(dir);
    return failed;
}
