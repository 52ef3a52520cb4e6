/* What a key costs: bytes to the terminal, and instructions of the processor, which are the same on
 * any machine and under any load. Means of several keys of a kind.
 *
 * usage: bench_keys     LW_PROGRAM names labelwright, LW_BEFORE another build of it; instructions
 * need valgrind */
#define _GNU_SOURCE
#include "bench/beside.h"

enum { WORDS = 5000, PAIR_WORDS = 85, TASKS = 24, PRESSED = 8, UNCOUNTED = 4 };

static struct beside b;

/* One long response, which is scrolled; and pairs, of which one follows the other. */
static const struct tasks {
    const char *name;
    int tasks, responses, words;
} files[] = {{"long.jsonl", 3, 1, WORDS}, {"pairs.jsonl", TASKS, 2, PAIR_WORDS}};

static const struct kind {
    const char *what, *keys;
    int rows, cols;
    const struct tasks *file;
    size_t bytes, thousands; /* aims; 0: only recorded */
} kinds[] = {
    {"a rating key", "45", 40, 140, &files[0], 80, 800},
    {"a scrolled line", "j", 40, 140, &files[0], 120, 800},
    {"a page", " ", 40, 140, &files[0], 2500, 0},
    {"next task at 80x24", "J", 24, 80, &files[1], 600, 0},
    {"next task at 200x50", "J", 50, 200, &files[1], 1000, 0},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void add_response(struct lw_buf *to, const struct tasks *t, int from)
{
    lw_buf_str(to, "{\"text\":\"");
    for (int k = 0; k < t->words; k++)
        lw_buf_fmt(to, "w%05d%s", (from + k * 7919) % 100000, k % 12 == 11 ? "\\n" : " ");
    lw_buf_str(to, "\"}");
}

static void make_file(const struct tasks *t)
{
    struct lw_buf text = {0};
    for (int i = 0; i < t->tasks; i++) {
        lw_buf_fmt(&text, "{\"prompt\":\"What is to be said of %d?\",\"responses\":[", i);
        for (int r = 0; r < t->responses; r++) {
            lw_buf_str(&text, r ? "," : "");
            add_response(&text, t, i * 31 + r * 977);
        }
        lw_buf_str(&text, "]}\n");
    }
    beside_write(&b, t->name, &text);
    beside_prepare(&b, t->name);
    lw_buf_fini(&text);
}

static int make_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        make_file(&files[i]);
    return 0;
}

/* The first keys also clear what is said above the first task. */
static double bytes(const struct kind *k, size_t build)
{
    struct lw_pty *p = beside_start(&b, build, k->file->name, k->rows, k->cols, NULL);
    beside_press(p, k->keys, UNCOUNTED);
    size_t before = lw_pty_bytes(p);
    beside_press(p, k->keys, PRESSED);
    double n = (double)(lw_pty_bytes(p) - before) / PRESSED;
    first_screen_leave(p);
    return n;
}

static void bytes_a_key(void **state)
{
    (void)state;
    for (size_t i = 0; i < KINDS; i++) {
        double v[BESIDE_MOST];
        for (size_t k = 0; k < b.n; k++)
            v[k] = bytes(&kinds[i], k);
        beside_print(&b, kinds[i].what, v, 0, "bytes");
        printf("   aim %zu\n", kinds[i].bytes);
    }
}

/* Instructions from start to end of a session with that many keys. */
static double instructions(const struct kind *k, size_t build, size_t keys)
{
    char *counts = lw_format("%s/counts", b.folder), *log = lw_format("--log-file=%s", counts);
    const char *const valgrind[] = {
        "/usr/bin/valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", log, NULL};
    struct lw_pty *p = beside_start(&b, build, k->file->name, k->rows, k->cols, valgrind);
    beside_press(p, k->keys, keys);
    first_screen_leave(p);
    char line[256];
    double count = 0;
    FILE *f = fopen(counts, "r");
    assert_non_null(f);
    while (fgets(line, sizeof line, f))
        sscanf(line, "==%*d== Collected : %lf", &count);
    fclose(f);
    assert_true(count > 0);
    free(counts);
    free(log);
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
        double v[BESIDE_MOST];
        for (size_t k = 0; k < b.n; k++)
            v[k] = (instructions(&kinds[i], k, UNCOUNTED + PRESSED) -
                       instructions(&kinds[i], k, UNCOUNTED)) /
                   PRESSED / 1e3;
        beside_print(&b, kinds[i].what, v, 0, "thousand instructions");
        if (kinds[i].thousands)
            printf("   aim %zu\n", kinds[i].thousands);
        else
            printf("   recorded\n");
    }
}

int main(void)
{
    const struct CMUnitTest figures[] = {
        cmocka_unit_test(bytes_a_key),
        cmocka_unit_test(instructions_a_key),
    };
    beside_open(&b);
    int failed = cmocka_run_group_tests(figures, make_files, NULL);
    return beside_close(&b) || failed;
}
