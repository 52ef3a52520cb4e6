/* Filtering the task list: each filter through a million tasks with a hundred thousand annotations,
 * against counting the newlines of the same file in the same run, and the longest that a key would
 * have waited for it.
 * usage: bench_list [FOLDER [TASKS [ANNOTATIONS]]]      aim: no step over 10 ms */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "labelwright/base/buf.h"
#include "labelwright/sitting/filter.h"
#include "labelwright/workspace/workspace.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char yaml[] =
    "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
    "  - {name: quality, type: rating, on: response, scale: {min: 1, max: 7}}\n"
    "  - {name: problems, type: tags, on: response, options: [{value: hallucination}]}\n"
    "  - {name: why, type: text}\n";

static void make(int tasks)
{
    FILE *f = fopen("project.yaml", "w");
    bench_must(f && fputs(yaml, f) >= 0 && fclose(f) == 0, "cannot write project.yaml");
    f = fopen("tasks.jsonl", "w");
    bench_must(f != NULL, "cannot write tasks.jsonl");
    for (int i = 0; i < tasks; i++)
        fprintf(f,
            "{\"id\":\"arena-hard/%06d\",\"prompt\":\"Question %d, of the usual length: what would "
            "you say, and why?\",\"responses\":[{\"id\":\"a\",\"text\":\"This.\"},{\"id\":\"b\","
            "\"text\":\"That.\"}]}\n",
            i, i);
    bench_must(fclose(f) == 0, "cannot write tasks.jsonl");
}

static void label(struct lw_workspace *w, int count, int tasks)
{
    for (int i = 0; i < count; i++) {
        json_t *body = bench_annotation((int)((long)i * tasks / count));
        struct lw_event e[1];
        if (lw_journal_append(w->journal, &body, 1, e, NULL) != LW_OK)
            bench_must(false, "cannot append");
        lw_ledger_fold(w->ledger, e);
        json_decref(body);
    }
}

static double count_newlines(void)
{
    static char buf[256 * 1024];
    size_t lines = 0;
    double a = bench_seconds();
    int fd = open("tasks.jsonl", O_RDONLY);
    for (ssize_t n; (n = read(fd, buf, sizeof buf)) > 0;)
        for (char *p = buf, *end = buf + n; (p = memchr(p, '\n', (size_t)(end - p))); p++)
            lines++;
    close(fd);
    return lines ? bench_seconds() - a : 0;
}

static void time_filter(
    struct lw_filter *f, const struct lw_sitting *s, const char *typed, double newlines)
{
    double a = bench_seconds(), longest = 0, last = a;
    struct lw_err err = {0};
    if (lw_filter_parse(f, s, typed, &err) != LW_OK)
        bench_must(false, err.text);
    while (lw_filter_more(f, s)) {
        lw_filter_step(f, s);
        double now = bench_seconds();
        longest = now - last > longest ? now - last : longest;
        last = now;
    }
    printf("%-24s %8zu found  %7.0f ms, %6.1f times newlines, longest step %.1f ms\n", typed, f->n,
        (last - a) * 1e3, (last - a) / newlines, longest * 1e3);
}

static void run(int tasks, int count)
{
    static const char *const filters[] = {"open", "done", "skipped", "draft", "marked", "flagged",
        "changed", "quality >= 5", "why: slur and quality <= 2"};
    struct lw_config config = {.annotator = (char[]){"bench"}};
    struct lw_workspace_opts opts = {.sys = &lw_sys_real, .path = ".", .config = &config};
    struct lw_workspace w;
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    struct lw_sitting *s = NULL;
    struct lw_filter f = {0};
    if (lw_workspace_open(&opts, &w, &problems, &err) != LW_OK ||
        lw_workspace_index_all(&w, NULL, NULL, &err) != LW_OK)
        bench_must(false, problems.n ? problems.v[0] : err.text);
    label(&w, count, tasks);
    struct lw_sitting_opts with = {.sys = &lw_sys_real,
        .project = w.project,
        .tasks = w.tasks,
        .journal = w.journal,
        .ledger = w.ledger,
        .dir = w.dir};
    if (lw_sitting_open(&with, &s, &err) != LW_OK)
        bench_must(false, err.text);
    double newlines = count_newlines();
    printf("%d tasks, %d annotations; newlines %.0f ms\n", tasks, count, newlines * 1e3);
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++)
        time_filter(&f, s, filters[i], newlines);
    lw_filter_fini(&f);
    lw_sitting_close(s);
    lw_workspace_close(&w);
}

int main(int argc, char **argv)
{
    char folder[200];
    snprintf(folder, sizeof folder, "%s/bench-XXXXXX", argc > 1 ? argv[1] : ".");
    int tasks = argc > 2 ? atoi(argv[2]) : 1100000, count = argc > 3 ? atoi(argv[3]) : 100000;
    if (!mkdtemp(folder) || chdir(folder) != 0)
        bench_must(false, "cannot make a folder");
    make(tasks);
    run(tasks, count);
    return system("rm -r journal .labelwright tasks.jsonl project.yaml") || rmdir(folder) ? 0 : 0;
}
