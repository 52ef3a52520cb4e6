/* What the benchmarks share: a clock, a way out, and an annotation of the usual size. */
#ifndef TESTS_BENCH_H
#define TESTS_BENCH_H

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

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
