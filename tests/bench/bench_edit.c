/* What a key costs in a correction of a megabyte, from the key to the frame: instructions of the
 * processor, means of several keys. The terminal is not in it; bench_keys has that.
 *
 * usage: bench_edit      needs valgrind, and runs itself under it: bench_edit KIND
 * With LW_PROGRAM and LW_BEFORE, another build of it, also the processor time of each key in both.
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "bench/bench.h"
#include "bench/beside.h"
#include "fixtures/app_fixture.h"

#include <string.h>

/* Typed long enough for the draft to be written several times. */
enum { SIZE = 1024 * 1024, KEYS = 8, TYPED = 25, ROWS = 40, COLS = 140 };

static const struct kind {
    const char *what, *line; /* what a line of the text ends with */
    const char *before, *key;
    double aim; /* million instructions */
    int most;   /* times that the key does something; 0: as often as it is pressed */
} kinds[] = {
    {"a letter in the middle", "\\n", "^G type:9000 Enter", "x", 5, 0},
    {"a letter, both ends changed", "\\n", "type:a M-> type:b ^G type:9000 Enter", "x", 5, 0},
    {"Backspace", "\\n", "^G type:9000 Enter", "Backspace", 5, 0},
    {"a line down", "\\n", "^G type:9000 Enter", "Down", 5, 0},
    {"a new line", "\\n", "^G type:9000 Enter", "Enter", 5, 0},
    {"undo", "\\n", "^G type:9000 Enter Enter Enter Enter Enter Enter Enter Enter Enter", "^_", 5,
        KEYS},
    {"a letter in one line of 1 MB", " ", "PgDn PgDn PgDn", "x", 5, 0},
    {"a letter in Markdown", " It is **bold**, `code` and $x^2$.\\n\\n- a\\n- b\\n\\n",
        "^G type:9000 Enter", "x", 5, 0},
    {"a letter among short lines", "\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n", "PgDn PgDn PgDn", "x", 5, 0},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const char yaml[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                           "  - {name: fix, type: edit, on: response}\n";

static struct app_fixture p;

/* What is counted. */
__attribute__((noinline)) void bench_edit_key(struct lw_key key);
void bench_edit_key(struct lw_key key)
{
    lw_app_key(&p.app, key, NULL, 0);
    lw_app_draw(&p.app, &p.frame);
}

static void add_task(const struct kind *k, struct lw_buf *to)
{
    lw_buf_str(to, "{\"prompt\":\"p\",\"responses\":[{\"text\":\"");
    for (int i = 0; to->len < SIZE; i++)
        lw_buf_fmt(to, "This is line %d, with a few words in it.%s", i, k->line);
    lw_buf_str(to, "\"}]}\n");
}

static void press(const struct kind *k)
{
    struct lw_buf task = {0};
    add_task(k, &task);
    app_fixture_make(&p, yaml, task.data);
    app_fixture_open(&p);
    lw_app_resize(&p.app, ROWS, COLS);
    app_fixture_screen(&p);
    app_fixture_press(&p, "e");
    app_fixture_press(&p, k->before);
    while (lw_app_has_work(&p.app))
        lw_app_work(&p.app);
    struct lw_key key;
    bench_must(lw_key_parse(k->key, &key), "no such key");
    for (int i = 0; i < KEYS; i++)
        bench_edit_key(key);
    app_fixture_crash(&p);
    app_fixture_remove(&p);
    lw_buf_fini(&task);
}

static void count(const char *self, int i)
{
    char *command = lw_format("valgrind --tool=callgrind --callgrind-out-file=/dev/null "
                              "--toggle-collect=bench_edit_key '%s' %d 2>&1",
        self, i);
    FILE *f = popen(command, "r");
    char line[256];
    double n = 0;
    bench_must(f != NULL, "no shell");
    while (fgets(line, sizeof line, f))
        sscanf(line, "==%*d== Collected : %lf", &n);
    bench_must(pclose(f) == 0 && n > 0, "valgrind failed");
    printf("%-34s %9.2f million instructions    aim %.0f\n", kinds[i].what, n / KEYS / 1e6,
        kinds[i].aim);
    free(command);
}

/* ---- in the program, beside another build */

/* What a terminal sends for the keys. */
static char *sent(const char *keys)
{
    static const struct {
        const char *name, *bytes;
    } known[] = {{"^G", "\a"}, {"^_", "\x1f"}, {"Enter", "\r"}, {"Backspace", "\177"},
        {"Down", "\033OB"}, {"PgDn", "\033[6~"}, {"M->", "\033>"}};
    struct lw_buf b = {0};
    while (*keys) {
        size_t n = strcspn(keys, " "), i = 0;
        while (i < sizeof known / sizeof *known &&
               (strlen(known[i].name) != n || strncmp(keys, known[i].name, n) != 0))
            i++;
        if (strncmp(keys, "type:", 5) == 0)
            lw_buf_add(&b, keys + 5, n - 5);
        else if (i < sizeof known / sizeof *known)
            lw_buf_str(&b, known[i].bytes);
        else
            lw_buf_add(&b, keys, n);
        keys += n + (keys[n] == ' ');
    }
    return lw_buf_detach(&b);
}

static void compare_kind(const struct beside *b, const struct kind *k)
{
    struct lw_buf task = {0}, project = {0};
    char *before = sent(k->before), *key = sent(k->key);
    double ms[BESIDE_MOST];
    add_task(k, &task);
    lw_buf_str(&project, yaml);
    beside_write(b, "tasks.jsonl", &task);
    beside_write(b, "project.yaml", &project);
    for (size_t i = 0; i < b->n; i++) {
        struct lw_pty *t = beside_start(b, i, "project.yaml", ROWS, COLS, NULL);
        lw_pty_type(t, "e");
        lw_pty_settle(t, 5 * BESIDE_QUIET_MS);
        ms[i] = beside_key_ms(t, before, key, k->most ? k->most : TYPED);
        lw_pty_free(t);
        char *journal = beside_file(b, i, "journal"), *clean = lw_format("rm -rf '%s'", journal);
        bench_must(system(clean) == 0, clean);
        free(clean);
        free(journal);
    }
    beside_print(b, k->what, ms, 2, "ms in the program");
    printf("\n");
    free(before);
    free(key);
    lw_buf_fini(&task);
    lw_buf_fini(&project);
}

static void compare_kinds(void **state)
{
    struct beside b = {0};
    (void)state;
    beside_open(&b);
    for (int i = 0; i < KINDS; i++)
        compare_kind(&b, &kinds[i]);
    assert_int_equal(beside_close(&b), 0);
}

int main(int argc, char **argv)
{
    bench_must(lw_locale_init(), "no UTF-8");
    if (argc > 1) {
        press(&kinds[atoi(argv[1]) % KINDS]);
        return 0;
    }
    if (access("/usr/bin/valgrind", X_OK) != 0) {
        printf("SKIPPED: instructions a key need valgrind, which is not installed.\n");
        return 0;
    }
    for (int i = 0; i < KINDS; i++)
        count(argv[0], i);
    const struct CMUnitTest beside[] = {cmocka_unit_test(compare_kinds)};
    return beside_is_wanted() ? cmocka_run_group_tests(beside, NULL, NULL) : 0;
}
