/* A program that is driven on a terminal: its processor time, and waiting that may end without
 * result. */
#ifndef LABELWRIGHT_TESTS_BENCH_DRIVEN_H
#define LABELWRIGHT_TESTS_BENCH_DRIVEN_H

#include "bench/bench.h"
#include "fixtures/pty.h"

#include <string.h>

/* Seconds that it was on a processor so far. */
static inline double driven_cpu(const struct lw_pty *p)
{
    char path[64];
    double ns = -1;
    snprintf(path, sizeof path, "/proc/%d/schedstat", lw_pty_pid(p));
    FILE *f = fopen(path, "r");
    bench_must(f && fscanf(f, "%lf", &ns) == 1, path);
    fclose(f);
    return ns / 1e9;
}

struct driven_wait {
    const char *text;
    double deadline;
    bool shown;
};

static inline bool driven_over(const struct lw_pty *p, void *ctx)
{
    struct driven_wait *w = ctx;
    w->shown = strstr(lw_pty_screen(p), w->text) != NULL;
    return w->shown || bench_seconds() > w->deadline;
}

/* Whether the text is shown within so many seconds, less than LW_PTY_PATIENCE_MS. */
static inline bool driven_shows(struct lw_pty *p, const char *text, double seconds)
{
    struct driven_wait w = {text, bench_seconds() + seconds, false};
    lw_pty_wait(p, driven_over, &w, text);
    return w.shown;
}

#endif
