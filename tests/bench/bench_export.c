/* Exports of annotations and the check of task files by the program, against jq over the same
 * bytes: processor time, medians, in one run. The labels are in an order that is not the tasks'.
 *
 * usage: bench_export PROGRAM [ANNOTATIONS [MIB]]
 * Makes ANNOTATIONS (100,000) labels and MIB (1,024) of tasks below $TMPDIR or /tmp, and removes
 * them. Fails when `check` takes more memory than it may. */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "fixtures/journal_fixture.h"
#include "labelwright/tasks/tasks.h"
#include "labelwright/workspace/project_open.h"

#include <stdio.h>
#include <string.h>

enum { RUNS = 5, AT_ONCE = 1000, CHECK_MIB = 32 };

static const char yaml[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                           "  - {name: best, type: compare}\n"
                           "  - {name: quality, type: rating, on: response}\n"
                           "  - {name: why, type: text}\n";

static const struct {
    const char *format;
    double aim;
} formats[] = {
    {"trl-preference", 0.2},
    {"trl-kto", 0.2},
    {"trl-sft", 0.2},
    {"openai-chat", 0.2},
    {"hh-rlhf", 0.2},
    {"csv", 0.12},
    {"native", 0.1},
};

static const char text[] =
    "The answer says more than what was asked, and some of its claims nobody "
    "can check in the time that there is for it. ";

static size_t make_tasks(const char *path, size_t n, size_t bytes)
{
    size_t i = 0;
    FILE *f = fopen(path, "w");
    bench_must(f != NULL, "cannot make the file");
    for (; i < n || (size_t)ftell(f) < bytes; i++)
        fprintf(f,
            "{\"id\":\"task-%08zu\",\"prompt\":\"%s%s%s%s\",\"responses\":[{\"id\":\"a\",\"text\":"
            "\"%s%s%zu\"},{\"id\":\"b\",\"text\":\"%s\\n\\nIt is \\\"so\\\".\"}]}\n",
            i, text, text, text, text, text, text, i, text);
    bench_must(fclose(f) == 0, "cannot write the file");
    return i;
}

static json_t *annotation(const struct lw_project *p, struct lw_tasks *tasks, size_t position)
{
    static const int order[] = {1, 0};
    struct lw_task *t;
    bench_must(lw_tasks_load(tasks, position, &t, NULL) == LW_OK, "cannot load a task");
    struct lw_labeled l = {
        .project = p, .task = t, .order = order, .active_ms = 5123, .wall_ms = 6789};
    json_t *answers = json_pack("{s:{s:s,s:i},s:{s:i,s:i},s:s}", "best", "better",
        position % 3 ? "a" : "b", "strength", 2, "quality", "a", 5, "b", 2, "why",
        "Because it says more, and what it says is \"right\".");
    json_t *body = lw_event_annotate(&l, answers);
    json_decref(answers);
    lw_task_free(t);
    return body;
}

static void label(const struct lw_project *p, struct journal_fixture *j, size_t n)
{
    json_t *body[AT_ONCE];
    struct lw_err err = {0};
    struct lw_tasks *tasks;
    bench_must(lw_tasks_open(&lw_sys_real, p, &tasks, &err) == LW_OK, err.text);
    while (lw_tasks_step(tasks, 1 << 23)) {
    }
    for (size_t i = 0; i < n;) {
        size_t k = 0;
        for (; k < AT_ONCE && i < n; i++)
            body[k++] = annotation(p, tasks, (i * 7919 + i / n) % n);
        bench_must(journal_fixture_append(j, body, k, &err) == LW_OK, err.text);
    }
    lw_tasks_close(tasks);
}

/* The labels name the questions of project.yaml as they are. */
static void make_labels(const char *dir, size_t n)
{
    struct lw_project *p = NULL;
    struct lw_problems problems = {0};
    struct journal_fixture j;
    struct lw_err err = {0};
    char *path = lw_format("%s/project.yaml", dir);
    FILE *f = fopen(path, "w");
    bench_must(f && fputs(yaml, f) >= 0 && fclose(f) == 0, "cannot write project.yaml");
    bool made;
    bench_must(lw_project_open(&lw_sys_real, dir, false, &p, &made, &problems, &err) == LW_OK,
        problems.n ? problems.v[0] : err.text);
    bench_must(journal_fixture_open(&j, dir, "bench", &err) == LW_OK, err.text);
    label(p, &j, n);
    journal_fixture_close(&j);
    lw_project_free(p);
    free(path);
}

static double jq(const char *dir, const char *filter, const char *files)
{
    char *command = lw_format("exec cat '%s'/%s | jq -c %s", dir, files, filter);
    char *const words[] = {(char *)"sh", (char *)"-c", command, NULL};
    double s = bench_cpu_of(words, 0, NULL);
    free(command);
    return s;
}

static void report(const char *what, double *ours, double *theirs, double aim)
{
    double a = bench_median(ours, RUNS), b = bench_median(theirs, RUNS);
    printf("%-24s %7.0f ms, jq %7.0f ms: %5.3f times (aim %.2f)\n", what, a * 1e3, b * 1e3, a / b,
        aim);
}

static void time_export(const char *program, const char *dir, size_t format)
{
    double ours[RUNS], theirs[RUNS];
    char *const words[] = {(char *)(uintptr_t)program, (char *)"export", (char *)"--annotator",
        (char *)"bench", (char *)"--format", (char *)formats[format].format, (char *)(uintptr_t)dir,
        NULL};
    for (int i = 0; i < RUNS; i++) {
        theirs[i] = jq(dir, ".", "journal/*.jsonl");
        ours[i] = bench_cpu_of(words, 0, NULL);
    }
    report(formats[format].format, ours, theirs, formats[format].aim);
}

static bool time_check(const char *program, const char *dir)
{
    double ours[RUNS], theirs[RUNS], peak = 0, most = 0;
    char *const words[] = {(char *)(uintptr_t)program, (char *)"check", (char *)"--annotator",
        (char *)"bench", (char *)(uintptr_t)dir, NULL};
    for (int i = 0; i < RUNS; i++) {
        theirs[i] = jq(dir, ".id", "tasks.jsonl");
        ours[i] = bench_cpu_of(words, 0, &peak);
        most = peak > most ? peak : most;
    }
    report("check", ours, theirs, 0.3);
    printf("%-24s %7.1f MiB (at most %d)\n", "its memory", most, CHECK_MIB);
    return most <= CHECK_MIB;
}

int main(int argc, char **argv)
{
    size_t n = argc > 2 ? strtoul(argv[2], NULL, 10) : 100000;
    size_t mib = argc > 3 ? strtoul(argv[3], NULL, 10) : 1024;
    const char *temp = getenv("TMPDIR");
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    bench_must(
        argc > 1 && n > 0 && n % 7919 != 0, "usage: bench_export PROGRAM [ANNOTATIONS [MIB]]");
    bench_must(mkdtemp(dir) != NULL, "cannot make a folder");
    char *data = lw_format("%s/tasks.jsonl", dir), *clean = lw_format("rm -rf '%s'", dir);
    make_tasks(data, n, 0);
    make_labels(dir, n);
    printf("%zu annotations; jq -c . of the journal\n", n);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        time_export(argv[1], dir, i);
    size_t tasks = make_tasks(data, 0, mib << 20);
    printf("%zu tasks in %zu MiB; jq -c .id of them\n", tasks, mib);
    char *labels = lw_format("rm -rf '%s/journal' '%s/.labelwright'", dir, dir);
    bench_must(system(labels) == 0, "cannot remove the labels");
    bool small = time_check(argv[1], dir);
    bench_must(system(clean) == 0, "cannot clean up");
    free(labels);
    free(data);
    free(clean);
    free(dir);
    return small ? 0 : 1;
}
