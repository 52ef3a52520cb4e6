/* What a key costs at 140x40: bytes to the terminal, and instructions of the processor, which are
 * the same on any machine and under any load. Means of several keys of a kind.
 *
 * usage: bench_keys     LW_PROGRAM names labelwright; instructions need valgrind */
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
#include "fixtures/pty.h"
#include "labelwright/base/buf.h"

enum { ROWS = 40, COLS = 140, WORDS = 5000, QUIET_MS = 200, UNCOUNTED = 4 };

static char *dir, *data, *counts;

static void make_file(void)
{
    FILE *f = fopen(data, "w");
    assert_non_null(f);
    for (int i = 0; i < 3; i++) {
        fputs("{\"prompt\":\"What is to be said?\",\"responses\":[{\"text\":\"", f);
        for (int k = 0; k < WORDS; k++)
            fprintf(f, "w%05d%s", (i * 31 + k * 7919) % 100000, k % 12 == 11 ? "\\n" : " ");
        fputs("\"}]}\n", f);
    }
    assert_int_equal(fclose(f), 0);
}

static struct lw_pty *start(bool counted)
{
    char *log = lw_format("--log-file=%s", counts);
    const char *argv[] = {"/usr/bin/valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null",
        log, getenv("LW_PROGRAM"), data, NULL};
    const char *const env[] = {"XDG_CONFIG_HOME=/nonexistent", NULL};
    assert_non_null(argv[4]);
    struct lw_pty *p = lw_pty_start(ROWS, COLS, env, counted ? argv : argv + 4);
    free(log);
    lw_pty_wait_text(p, "? help");
    lw_pty_settle(p, QUIET_MS);
    return p;
}

static void leave(struct lw_pty *p)
{
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void make_project(void)
{
    struct lw_pty *p =
        lw_pty_start(ROWS, COLS, NULL, (const char *[]){getenv("LW_PROGRAM"), data, NULL});
    lw_pty_wait_text(p, "? help");
    leave(p);
}

/* Presses the keys one by one, each when the one before has been answered. */
static void press(struct lw_pty *p, const char *keys, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        lw_pty_send(p, &keys[i % strlen(keys)], 1);
        lw_pty_settle(p, QUIET_MS);
    }
}

static const struct kind {
    const char *what, *keys;
    size_t aim;
} kinds[] = {{"a rating key", "45", 200}, {"a scrolled line", "j", 160}, {"a page", " ", 5200}};

enum { KINDS = sizeof kinds / sizeof *kinds, PRESSED = 8 };

static void bytes_a_key(void **state)
{
    (void)state;
    struct lw_pty *p = start(false);
    for (size_t i = 0; i < KINDS; i++) {
        size_t before = lw_pty_bytes(p);
        press(p, kinds[i].keys, PRESSED);
        printf("%-34s %9zu bytes                aim %zu\n", kinds[i].what,
            (lw_pty_bytes(p) - before) / PRESSED, kinds[i].aim);
    }
    leave(p);
}

/* Instructions from start to end of a session with that many keys. */
static double instructions(const char *keys, size_t n)
{
    struct lw_pty *p = start(true);
    press(p, keys, n);
    leave(p);
    char line[256];
    double count = 0;
    FILE *f = fopen(counts, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f))
        sscanf(line, "==%*d== Collected : %lf", &count);
    fclose(f);
    assert_true(count > 0);
    return count;
}

static void instructions_a_key(void **state)
{
    (void)state;
    if (access("/usr/bin/valgrind", X_OK) != 0) {
        printf("SKIPPED: instructions a key need valgrind, which is not installed.\n");
        return;
    }
    for (size_t i = 0; i < KINDS; i++) {
        double few = instructions(kinds[i].keys, UNCOUNTED),
               more = instructions(kinds[i].keys, UNCOUNTED + PRESSED);
        printf("%-34s %9.0f thousand instructions   recorded\n", kinds[i].what,
            (more - few) / PRESSED / 1e3);
    }
}

int main(void)
{
    const struct CMUnitTest figures[] = {
        cmocka_unit_test(bytes_a_key),
        cmocka_unit_test(instructions_a_key),
    };
    const char *temp = getenv("TMPDIR");
    dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    if (!mkdtemp(dir))
        return 3;
    data = lw_format("%s/tasks.jsonl", dir);
    counts = lw_format("%s/counts", dir);
    make_file();
    make_project();
    int failed = cmocka_run_group_tests(figures, NULL, NULL);
    char *clean = lw_format("rm -rf '%s'", dir);
    failed |= system(clean) != 0;
    free(clean);
    free(counts);
    free(data);
    free(dir);
    return failed;
}
