/* The program driven by keys on a terminal, and another build of it beside it: LW_PROGRAM and
 * LW_BEFORE. */
#ifndef LABELWRIGHT_TESTS_BENCH_BESIDE_H
#define LABELWRIGHT_TESTS_BENCH_BESIDE_H

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

#include "bench/first_screen.h"
#include "fixtures/pty.h"
#include "labelwright/base/buf.h"

enum { BESIDE_MOST = 2, BESIDE_QUIET_MS = 200 };

/* Each build has a folder of its own, since it makes a workspace for what it opens. */
struct beside {
    char *folder; /* holds all; owned */
    const char *program[BESIDE_MOST];
    size_t n;
};

static inline int beside_close(struct beside *b)
{
    char *clean = lw_format("rm -rf '%s'", b->folder);
    int failed = system(clean) != 0;
    free(clean);
    free(b->folder);
    return failed;
}

/* A file of that build; the caller's to free(). */
static inline char *beside_file(const struct beside *b, size_t build, const char *name)
{
    return lw_format("%s/%zu/%s", b->folder, build, name);
}

static inline void beside_open(struct beside *b)
{
    const char *temp = getenv("TMPDIR");
    b->folder = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    b->program[b->n++] = getenv("LW_PROGRAM");
    if (getenv("LW_BEFORE"))
        b->program[b->n++] = getenv("LW_BEFORE");
    if (!b->program[0] || !mkdtemp(b->folder)) {
        fprintf(stderr, "no LW_PROGRAM, or no folder for it\n");
        exit(3);
    }
    for (size_t i = 0; i < b->n; i++) {
        char *folder = beside_file(b, i, "");
        if (mkdir(folder, 0700) != 0)
            exit(3);
        free(folder);
    }
}

/* Writes the file for each build. */
static inline void beside_write(const struct beside *b, const char *name, const struct lw_buf *text)
{
    for (size_t i = 0; i < b->n; i++) {
        char *path = beside_file(b, i, name);
        FILE *f = fopen(path, "w");
        if (!f || fwrite(text->data, 1, text->len, f) != text->len || fclose(f) != 0)
            exit(3);
        free(path);
    }
}

/* Opens that file with the build, behind the words of a wrapper (NULL for none). */
static inline struct lw_pty *beside_start(const struct beside *b, size_t build, const char *name,
    int rows, int cols, const char *const *wrapper)
{
    const char *const env[] = {"XDG_CONFIG_HOME=/nonexistent", NULL};
    const char *words[16];
    size_t n = 0;
    char *data = beside_file(b, build, name);
    for (; wrapper && wrapper[n]; n++)
        words[n] = wrapper[n];
    words[n++] = b->program[build];
    words[n++] = data;
    words[n] = NULL;
    struct lw_pty *p = lw_pty_start(rows, cols, env, words);
    first_screen_wait(p);
    if (strstr(lw_pty_screen(p), FORMER_NOTICE))
        lw_pty_type(p, "\r");
    lw_pty_wait_text(p, FIRST_SCREEN);
    lw_pty_settle(p, BESIDE_QUIET_MS);
    free(data);
    return p;
}

/* Makes the workspaces, so that all that is measured starts alike. */
static inline void beside_prepare(const struct beside *b, const char *name)
{
    for (size_t i = 0; i < b->n; i++)
        first_screen_leave(beside_start(b, i, name, 40, 140, NULL));
}

/* Presses the keys one by one, each when the one before has been answered. */
static inline void beside_press(struct lw_pty *p, const char *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        lw_pty_send(p, &keys[i % strlen(keys)], 1);
        lw_pty_settle(p, BESIDE_QUIET_MS);
    }
}

/* Milliseconds of processor time so far, as Linux counts them. */
static inline double beside_cpu_ms(const struct lw_pty *p)
{
    char *name = lw_format("/proc/%d/schedstat", lw_pty_pid(p));
    double ns = 0;
    FILE *f = fopen(name, "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%lf", &ns), 1);
    fclose(f);
    free(name);
    return ns / 1e6;
}

/* Presses the keys at once, then `key` some times; the processor time of each in milliseconds. */
static inline double beside_key_ms(struct lw_pty *p, const char *before, const char *key, int times)
{
    lw_pty_type(p, before);
    lw_pty_settle(p, 5 * BESIDE_QUIET_MS);
    double ms = beside_cpu_ms(p);
    for (int i = 0; i < times; i++) {
        lw_pty_type(p, key);
        lw_pty_settle(p, BESIDE_QUIET_MS);
    }
    return (beside_cpu_ms(p) - ms) / times;
}

/* Where there is only to compare: nothing is drawn beside itself. */
static inline bool beside_is_wanted(void)
{
    return getenv("LW_PROGRAM") && getenv("LW_BEFORE");
}

/* "0.5" or "0.5, before 30.1". */
static inline void beside_print(
    const struct beside *b, const char *what, const double *v, int digits, const char *unit)
{
    printf("%-34s %9.*f %s", what, digits, v[0], unit);
    if (b->n > 1)
        printf(", before %.*f (%.2f x)", digits, v[1], v[0] / v[1]);
}

#endif
