/* An export of annotations against `jq -c .` of the journal, in the same run.
 *
 * usage: bench_export [ANNOTATIONS]     default 100,000
 * Makes project and journal in a new folder below $TMPDIR or /tmp, and removes it. */
#define _GNU_SOURCE
#include "bench/bench.h"
#include "fixtures/journal_fixture.h"
#include "labelwright/export/export.h"

#include <stdio.h>
#include <string.h>

enum { RUNS = 3, AT_ONCE = 1000 };

static void make_tasks(const char *path, size_t n)
{
    FILE *f = fopen(path, "w");
    bench_must(f != NULL, "cannot make the file");
    for (size_t i = 0; i < n; i++)
        fprintf(f,
            "{\"id\":\"task-%08zu\",\"prompt\":\"%0400zu\",\"responses\":[{\"id\":\"a\",\"text\":"
            "\"%0200zu\"},"
            "{\"id\":\"b\",\"text\":\"%0200zu\"}]}\n",
            i, i, i, i);
    bench_must(fclose(f) == 0, "cannot write the file");
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

/* In an order that is not the tasks'. */
static void make_journal(
    const struct lw_project *p, struct lw_tasks *tasks, struct journal_fixture *j, size_t n)
{
    json_t *body[AT_ONCE];
    struct lw_err err = {0};
    for (size_t i = 0; i < n;) {
        size_t k = 0;
        for (; k < AT_ONCE && i < n; i++)
            body[k++] = annotation(p, tasks, (i * 7919 + i / n) % n);
        bench_must(journal_fixture_append(j, body, k, &err) == LW_OK, err.text);
    }
}

static enum lw_code to_file(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    return fwrite(bytes, 1, n, ctx) == n ? LW_OK : lw_fail_errno(err, "cannot write");
}

static double best(double a, double b)
{
    return b == 0 || a < b ? a : b;
}

static double time_export(const struct lw_project *p, struct lw_tasks *tasks,
    const struct journal_fixture *j, const char *format, const char *path, size_t expected)
{
    struct lw_export_report report;
    struct lw_err err = {0};
    double start = bench_seconds();
    FILE *f = fopen(path, "w");
    bench_must(f != NULL, "cannot make the output");
    struct lw_export x = {
        p, tasks, j->journal, j->ledger, NULL, to_file, f, false, NULL, NULL, NULL};
    bench_must(lw_export_run(format, &x, &report, &err) == LW_OK, err.text);
    bench_must(fclose(f) == 0, "cannot write the output");
    bench_must(report.written == expected, "not all was exported");
    return bench_seconds() - start;
}

static double time_command(const char *command)
{
    double start = bench_seconds();
    bench_must(system(command) == 0, command);
    return bench_seconds() - start;
}

static void report_line(const char *what, double s, double jq)
{
    printf("%-28s %9.0f ms  %6.2f times as fast as jq\n", what, s * 1e3, jq / s);
}

int main(int argc, char **argv)
{
    size_t n = argc > 1 ? strtoul(argv[1], NULL, 10) : 100000;
    const char *temp = getenv("TMPDIR");
    char *dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    bench_must(n > 0 && n % 7919 != 0, "usage: bench_export [ANNOTATIONS]");
    bench_must(mkdtemp(dir) != NULL, "cannot make a folder");
    char *data = lw_format("%s/tasks.jsonl", dir), *out = lw_format("%s/out.jsonl", dir);
    char *jq_command = lw_format("cat '%s'/journal/*.jsonl | jq -c . > '%s'", dir, out);
    char *clean = lw_format("rm -rf '%s'", dir);
    struct lw_task_file file = {.path = (char *)"tasks.jsonl", .format = (char *)"auto"};
    struct lw_question question = {.name = (char *)"best", .type = LW_Q_COMPARE};
    struct lw_project project = {.dir = dir,
        .file = (char *)"project.yaml",
        .tasks = &file,
        .ntasks = 1,
        .question = &question,
        .nquestions = 1};
    struct lw_tasks *tasks;
    struct journal_fixture j;
    struct lw_err err = {0};
    make_tasks(data, n);
    bench_must(lw_tasks_open(&lw_sys_real, &project, &tasks, &err) == LW_OK, err.text);
    while (lw_tasks_step(tasks, 1 << 23)) {
    }
    bench_must(journal_fixture_open(&j, dir, "bench", &err) == LW_OK, err.text);
    make_journal(&project, tasks, &j, n);
    double jq = 0, native = 0, trl = 0;
    for (int i = 0; i < RUNS; i++) {
        jq = best(time_command(jq_command), jq);
        native = best(time_export(&project, tasks, &j, "native", out, n), native);
        trl = best(time_export(&project, tasks, &j, "trl-preference", out, n), trl);
    }
    printf("%zu annotations, best of %d\n", n, RUNS);
    report_line("jq -c . of the journal", jq, jq);
    report_line("export native", native, jq);
    report_line("export trl-preference", trl, jq);
    lw_tasks_close(tasks);
    journal_fixture_close(&j);
    bench_must(system(clean) == 0, "cannot clean up");
    free(data);
    free(out);
    free(jq_command);
    free(clean);
    free(dir);
    return 0;
}
