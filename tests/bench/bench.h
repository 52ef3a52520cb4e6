/* What the benchmarks share: a clock, a way out, medians, another program's time, and an annotation
 * of the usual size. */
#ifndef LABELWRIGHT_TESTS_BENCH_BENCH_H
#define LABELWRIGHT_TESTS_BENCH_BENCH_H

#include <fcntl.h>
#include <glob.h>
#include <jansson.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static inline double bench_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline void bench_must(bool holds, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "%s\n", what);
    exit(3);
}

static inline int bench_by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static inline double bench_median(double *v, size_t n)
{
    qsort(v, n, sizeof *v, bench_by_value);
    return v[n / 2];
}

/* Seconds of a program found in PATH, its output thrown away. The pattern names its last arguments:
 * the files of a journal. */
static inline double bench_program(char *const *words, size_t n, const char *pattern)
{
    glob_t files = {.gl_offs = n};
    pid_t pid;
    int status = -1;
    posix_spawn_file_actions_t to;
    posix_spawn_file_actions_init(&to);
    posix_spawn_file_actions_addopen(&to, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    bench_must(glob(pattern, GLOB_DOOFFS, NULL, &files) == 0, pattern);
    for (size_t i = 0; i < n; i++)
        files.gl_pathv[i] = words[i];
    extern char **environ;
    double start = bench_seconds();
    bench_must(posix_spawnp(&pid, words[0], &to, NULL, files.gl_pathv, environ) == 0, words[0]);
    waitpid(pid, &status, 0);
    double s = bench_seconds() - start;
    bench_must(status == 0, words[0]);
    for (size_t i = 0; i < n; i++)
        files.gl_pathv[i] = NULL;
    globfree(&files);
    posix_spawn_file_actions_destroy(&to);
    return s;
}

/* Processor time of this program, and of another one that is run with these words
 * (NULL-terminated), its output thrown away; *peak gets its memory in MiB. The clock tells of the
 * others on this machine, too. */
static inline double bench_cpu(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static inline double bench_cpu_of(char *const *words, int ends, double *peak)
{
    pid_t pid;
    int status = -1;
    struct rusage used;
    posix_spawn_file_actions_t to;
    posix_spawn_file_actions_init(&to);
    posix_spawn_file_actions_addopen(&to, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&to, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    extern char **environ;
    bench_must(posix_spawnp(&pid, words[0], &to, NULL, words, environ) == 0, words[0]);
    wait4(pid, &status, 0, &used);
    bench_must(WIFEXITED(status) && WEXITSTATUS(status) <= ends, words[0]);
    posix_spawn_file_actions_destroy(&to);
    if (peak)
        *peak = (double)used.ru_maxrss / 1024;
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static inline double bench_wc(const char *pattern)
{
    return bench_program((char *const[]){(char *)"wc", (char *)"-l"}, 2, pattern);
}

/* The body of an annotate event; new reference. */
static inline json_t *bench_annotation(int i)
{
    char task[32];
    snprintf(task, sizeof task, "arena-hard/%06d", i);
    return json_pack("{s:s, s:s, s:s, s:i, s:i, s:s, s:s, s:[s, s], s:i, s:i, s:{s:{s:i, s:i}, "
                     "s:{s:[s], s:[s]}, s:s}}",
        "type", "annotate", "task", task, "file", "tasks.jsonl", "record", i, "offset", i * 700,
        "sha256", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "questions",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "order", "a", "b",
        "active_ms", 34567, "wall_ms", 45678, "answers", "quality", "a", 5, "b", 2, "problems", "a",
        "hallucination", "b", "safety/hate", "why", "B repeats a slur nobody asked for.");
}

#endif
