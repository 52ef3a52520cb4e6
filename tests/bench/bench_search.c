/* Words across all tasks, against `rg -ci` of the same file: processor time, medians, in one run.
 * Words of several scripts and in either case, that no task has and that some have.
 *
 * usage: bench_search [FOLDER [MIB]]      default 1,024 MiB, made in a new folder there and removed
 * aim: at most 2 times as long in every script; ripgrep does not find what stands in escapes */
#define _GNU_SOURCE
#include "bench/bench.h"
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

static const struct {
    const char *what, *word;
} words[] = {
    {"ASCII", "zeppelins"},
    {"ASCII, capitals", "QUICKSILVER"},
    {"ASCII, often there", "nobody"},
    {"digits", "20317"},
    {"accented", "naïveté"},
    {"Cyrillic", "пароход"},
    {"Cyrillic, capitals", "ПАРОХОД"},
    {"Greek", "σίσυφος"},
    {"Greek, capitals", "ΣΊΣΥΦΟΣ"},
    {"Devanagari", "हिमालय"},
    {"Chinese", "飞艇"},
    {"Arabic", "قطار"},
};

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

static void compare(struct lw_tasks *t, const char *path, size_t k)
{
    double ours[RUNS], theirs[RUNS];
    size_t found = 0;
    char *const rg[] = {
        (char *)"rg", (char *)"-ci", (char *)words[k].word, (char *)(uintptr_t)path, NULL};
    for (int i = 0; i < RUNS; i++) {
        theirs[i] = bench_cpu_of(rg, 1, NULL);
        ours[i] = search(t, words[k].word, &found);
    }
    double a = bench_median(ours, RUNS), b = bench_median(theirs, RUNS);
    printf("%-20s %9zu found %7.0f ms, rg -ci %7.0f ms: %5.2f times (aim %d)\n", words[k].what,
        found, a * 1e3, b * 1e3, a / b, AIM);
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
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        compare(t, path, k);
    lw_tasks_close(t);
    bench_must(system(clean) == 0, "cannot clean up");
    free(clean);
    free(path);
    free(dir);
    return 0;
}
