/* Words across all tasks, against `rg -ci` of the same file: processor time, medians, in one run.
 * Words of several scripts and in either case, that only the last task has and that some have. The
 * former are searched for by the program, too, on a terminal, beside a build before.
 *
 * usage: bench_search [FOLDER [MIB]]      default 1,024 MiB, made in a new folder there and
 * removed; LW_PROGRAM names labelwright, LW_BEFORE another build of it; without the first only the
 * library is measured. aim: at most 2 times as long in every script; ripgrep does not find what
 * stands in escapes */
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
#include "labelwright/tasks/search.h"

#include <string.h>

enum { RUNS = 5, AIM = 2 };

/* Each of so many records is in one of these. */
static const char *const texts[] = {
    "The answer says more than what was asked, and some of its claims nobody can check. ",
    "Le garçon a été très étonné : « Ça n'était pas prévu », dit-il à l'hôtesse, déçue. ",
    "Ответ говорит больше, чем спрашивали, и некоторые утверждения никто не проверит. ",
    "Η απάντηση λέει περισσότερα από όσα ρωτήθηκαν, και κανείς δεν μπορεί να τα ελέγξει. ",
    "उत्तर में पूछे गए से अधिक कहा गया है, और कुछ दावों की जाँच कोई नहीं कर सकता। ",
    "回答说的比问的多，其中有些说法没有人能核实，另外还有一些数字是错误的。",
    "الجواب يقول أكثر مما سئل عنه، وبعض ما فيه لا يستطيع أحد أن يتحقق منه. ",
    "\\u041e\\u0442\\u0432\\u0435\\u0442 \\u0433\\u043e\\u0432\\u043e\\u0440\\u0438\\u0442 "
    "\\u0431\\u043e\\u043b\\u044c\\u0448\\u0435, \\u0447\\u0435\\u043c \\u043d\\u0443\\u0436. ",
};
enum { TEXTS = sizeof texts / sizeof *texts };

/* `last`: only the last task has it. */
static const struct {
    const char *what, *word;
    bool last;
} words[] = {
    {"ASCII", "zeppelins", true},
    {"ASCII, capitals", "QUICKSILVER", true},
    {"ASCII, often there", "nobody", false},
    {"digits", "20317", false},
    {"accented", "naïveté", true},
    {"Cyrillic", "пароход", true},
    {"Cyrillic, capitals", "ПАРОХОД", true},
    {"Greek", "σίσυφος", true},
    {"Greek, capitals", "ΣΊΣΥΦΟΣ", true},
    {"Devanagari", "हिमालय", true},
    {"Chinese", "飞艇", true},
    {"Arabic", "قطار", true},
};
enum { WORDS = sizeof words / sizeof *words };

#define FOUND "Found it"

static void make_tasks(const char *path, size_t bytes)
{
    FILE *f = fopen(path, "w");
    bench_must(f != NULL, "cannot make the file");
    for (size_t i = 0; (size_t)ftell(f) < bytes; i++) {
        fprintf(f, "{\"id\":\"task-%08zu\",\"prompt\":\"", i);
        for (int k = 0; k < 5; k++)
            fputs(texts[i % TEXTS], f);
        fputs("\",\"responses\":[{\"id\":\"a\",\"text\":\"", f);
        for (int k = 0; k < 3; k++)
            fputs(texts[i % TEXTS], f);
        fputs("\\n\\n- so\"},{\"id\":\"b\",\"text\":\"", f);
        fputs(texts[i % TEXTS], f);
        fputs("It is \\\"so\\\".\"}]}\n", f);
    }
    fputs("{\"id\":\"last\",\"prompt\":\"" FOUND " in the last:", f);
    for (size_t k = 0; k < WORDS; k++)
        if (words[k].last)
            fprintf(f, " %s", words[k].word);
    fputs("\",\"responses\":[\"one\",\"two\"]}\n", f);
    bench_must(fclose(f) == 0, "cannot write the file");
}

static double search(struct lw_tasks *t, const char *word, size_t *found)
{
    double start = bench_cpu();
    struct lw_search *m = lw_search_new(t, word, strlen(word));
    size_t cost = 0;
    *found = 0;
    for (size_t i = 0; i < lw_tasks_count(t); i++)
        *found += lw_search_in(m, i, &cost);
    lw_search_free(m);
    return bench_cpu() - start;
}

/* ---- by the program */

/* A build, and the file under a name of its own. */
struct build {
    const char *program;
    char *data, whole[32]; /* what it shows when it knows all tasks */
    bool endless;          /* it did not find the last word in time */
};
static struct build builds[2];
static size_t nbuilds;

static struct lw_pty *start(const struct build *b)
{
    enum { ROWS = 24, COLS = 80 };
    struct lw_pty *p = lw_pty_start(ROWS, COLS, NULL, (const char *[]){b->program, b->data, NULL});
    first_screen_wait(p);
    if (strstr(lw_pty_screen(p), FORMER_NOTICE))
        lw_pty_type(p, "\r");
    lw_pty_wait_text(p, b->whole);
    return p;
}

static void add_build(const char *program, const char *dir, const char *tasks, size_t n)
{
    struct build *b = &builds[nbuilds++];
    *b = (struct build){.program = program, .data = lw_format("%s/%zu.jsonl", dir, nbuilds)};
    snprintf(b->whole, sizeof b->whole, "1/%zu", n);
    bench_must(link(tasks, b->data) == 0, "cannot link the file");
    first_screen_leave(start(b)); /* from here on the index is there */
}

/* Of the processor, from the word to the task; less than 0 when it took longer than PATIENCE. */
static double drive(struct build *b, const char *word)
{
    enum { PATIENCE = 15 };
    struct lw_pty *p = start(b);
    lw_pty_type(p, "a");
    lw_pty_wait_text(p, "TASKS: all");
    lw_pty_type(p, "/");
    lw_pty_wait_text(p, "Enter open  Esc ");
    double before = driven_cpu(p);
    lw_pty_type(p, word);
    driven_shows(p, word, 1); /* together with Enter it would be a paste */
    lw_pty_type(p, "\r");
    b->endless = !driven_shows(p, FOUND, PATIENCE);
    double cpu = b->endless ? -1 : driven_cpu(p) - before;
    lw_pty_free(p);
    return cpu;
}

static void print_driven(struct build *b, const char *word, double *first)
{
    double cpu[RUNS] = {drive(b, word)};
    for (int i = 1; i < RUNS && !b->endless; i++)
        cpu[i] = drive(b, word);
    double m = b->endless ? -1 : bench_median(cpu, RUNS);
    printf(b == builds ? "; by the program " : ", by the build before ");
    if (b->endless)
        printf("not ended");
    else
        printf("%.0f ms", m * 1e3);
    if (b > builds && !b->endless && *first > 0)
        printf(" (%.2f of it)", *first / m);
    *first = b == builds ? m : *first;
}

/* ---- by the library, against rg */

static void compare(struct lw_tasks *t, const char *path, size_t k)
{
    double ours[RUNS], theirs[RUNS], driven = -1;
    size_t found = 0;
    char *const rg[] = {
        (char *)"rg", (char *)"-ci", (char *)words[k].word, (char *)(uintptr_t)path, NULL};
    for (int i = 0; i < RUNS; i++) {
        theirs[i] = bench_cpu_of(rg, 1, NULL);
        ours[i] = search(t, words[k].word, &found);
    }
    double a = bench_median(ours, RUNS), b = bench_median(theirs, RUNS);
    printf("%-20s %9zu found %7.0f ms, rg -ci %7.0f ms: %5.2f times (aim %d)", words[k].what, found,
        a * 1e3, b * 1e3, a / b, AIM);
    if (!words[k].last)
        printf("; of the library alone");
    for (size_t i = 0; i < nbuilds && words[k].last; i++)
        print_driven(&builds[i], words[k].word, &driven);
    printf("\n");
    fflush(stdout);
}

int main(int argc, char **argv)
{
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", argc > 1 ? argv[1] : ".");
    size_t mib = argc > 2 ? strtoul(argv[2], NULL, 10) : 1024;
    bench_must(mib > 0 && mkdtemp(dir) != NULL, "usage: bench_search [FOLDER [MIB]]");
    char *path = lw_format("%s/tasks.jsonl", dir), *clean = lw_format("rm -r '%s'", dir);
    struct lw_task_file file = {.path = (char *)"tasks.jsonl", .format = (char *)"auto"};
    struct lw_project project = {
        .dir = dir, .file = (char *)"project.yaml", .tasks = &file, .ntasks = 1};
    struct lw_tasks *t;
    struct lw_err err = {0};
    make_tasks(path, mib << 20);
    bench_must(lw_tasks_open(&lw_sys_real, &project, &t, &err) == LW_OK, err.text);
    while (lw_tasks_step(t, 1 << 23)) {
    }
    printf("%zu MiB, %zu tasks\n", mib, lw_tasks_count(t));
    if (getenv("LW_PROGRAM"))
        add_build(getenv("LW_PROGRAM"), dir, path, lw_tasks_count(t));
    else
        printf("NOT MEASURED by the program: LW_PROGRAM names none\n");
    if (nbuilds > 0 && getenv("LW_BEFORE"))
        add_build(getenv("LW_BEFORE"), dir, path, lw_tasks_count(t));
    for (size_t k = 0; k < WORDS; k++)
        compare(t, path, k);
    lw_tasks_close(t);
    bench_must(system(clean) == 0, "cannot clean up");
    for (size_t k = 0; k < nbuilds; k++)
        free(builds[k].data);
    free(clean);
    free(path);
    free(dir);
    return 0;
}
