/* What people do besides labeling, on a large file and a long journal: status, opening the task
 * list, finding words in a task a quarter through the file, searching in a long text; each beside
 * the tool that one would use for that without us, in the same run.
 *
 * usage: bench_scale [MIB [TASKS [ANNOTATIONS]]]     default 1024 MiB, 1.1 M tasks, 100,000
 * LW_PROGRAM names labelwright; less, jq and grep are found in PATH. */
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
#include "labelwright/journal/event.h"
#include "labelwright/workspace/workspace.h"

enum { RUNS = 5, ROWS = 40, COLS = 140, LONG = 20000, AT_ONCE = 1000 };

static size_t mib = 1024, tasks = 1100000, annotations = 100000;
static char *dir, *data, *plain, *journal;

static const char yaml[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                           "  - {name: quality, type: rating, on: response}\n";

static FILE *create(const char *path)
{
    FILE *f = fopen(path, "w");
    bench_must(f != NULL, path);
    return f;
}

static void add_words(FILE *f, size_t from, size_t n, const char *line_end)
{
    for (size_t k = 0; k < n; k++)
        fprintf(f, "w%05zu%s", (from * 31 + k * 7919) % 100000, k % 12 == 11 ? line_end : " ");
}

/* The first task is a long text, the same as in the plain file; one far behind is looked for. */
static void make_files(void)
{
    char *project = lw_format("%s/project.yaml", dir);
    FILE *f = create(project);
    fputs(yaml, f);
    bench_must(fclose(f) == 0, project);
    free(project);
    f = create(plain);
    add_words(f, 0, LONG, "\n");
    fputs("\nThe needleinatext stands at its end.\n", f);
    bench_must(fclose(f) == 0, plain);
    f = create(data);
    fputs("{\"id\":\"t0\",\"prompt\":\"The first\",\"responses\":[{\"text\":\"", f);
    add_words(f, 0, LONG, "\\n");
    fputs("\\nThe needleinatext stands at its end.\"}]}\n", f);
    size_t each = mib * 1024 * 1024 / tasks, words = each > 120 ? (each - 120) / 7 : 1;
    for (size_t i = 1; i < tasks; i++) {
        if (i == tasks / 4)
            fputs("{\"id\":\"far\",\"prompt\":\"Found: a needleinafile.\",\"responses\":[]}\n", f);
        fprintf(f,
            "{\"id\":\"t%zu\",\"prompt\":\"What is %zu squared?\",\"responses\":[{\"text\":\"", i,
            i);
        add_words(f, i, words, "\\n");
        fputs("\"}]}\n", f);
    }
    bench_must(fclose(f) == 0, data);
}

static json_t *annotation(const struct lw_workspace *w, size_t position)
{
    struct lw_task *t;
    bench_must(lw_tasks_load(w->tasks, position, &t, NULL) == LW_OK, "cannot load a task");
    struct lw_labeled l = {.project = w->project, .task = t, .active_ms = 34567, .wall_ms = 45678};
    json_t *answers = json_pack("{s:{s:i}}", "quality", "r1", 5);
    json_t *body = lw_event_annotate(&l, answers);
    json_decref(answers);
    lw_task_free(t);
    return body;
}

/* Every tenth task or so, so that open ones and done ones lie side by side. */
static void make_journal(void)
{
    struct lw_config config = {.annotator = (char[]){"bench"}};
    struct lw_workspace_opts opts = {.sys = &lw_sys_real, .path = dir, .config = &config};
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    struct lw_workspace w;
    bench_must(lw_workspace_open(&opts, &w, &problems, &err) == LW_OK &&
                   lw_workspace_index_all(&w, NULL, NULL, &err) == LW_OK,
        "cannot open the project");
    json_t *body[AT_ONCE];
    struct lw_event event[AT_ONCE];
    for (size_t i = 0; i < annotations;) {
        size_t n = 0;
        for (; n < AT_ONCE && i < annotations; i++)
            body[n++] = annotation(&w, i * (tasks / annotations));
        bench_must(lw_journal_append(w.journal, body, n, event, &err) == LW_OK, err.text);
        for (size_t k = 0; k < n; k++) {
            lw_ledger_fold(w.ledger, &event[k]);
            json_decref(body[k]);
        }
    }
    lw_workspace_close(&w);
}

static void report(
    const char *what, double *ours, const char *reference, double *theirs, double aim)
{
    double a = bench_median(ours, RUNS), b = bench_median(theirs, RUNS);
    printf("%-28s %9.1f ms  %7.2f x %-24s aim %g\n", what, a * 1e3, a / b, reference, aim);
}

static struct lw_pty *start(const char *const *argv, const char *shows)
{
    struct lw_pty *p =
        lw_pty_start(ROWS, COLS, (const char *[]){"XDG_CONFIG_HOME=/nonexistent", NULL}, argv);
    lw_pty_wait_text(p, shows);
    return p;
}

static struct lw_pty *start_ours(void)
{
    char whole[32];
    const char *argv[] = {
        getenv("LW_PROGRAM"), "--adopt", "--annotator", "bench", "--task", "t0", dir, NULL};
    struct lw_pty *p = start(argv, "? help");
    snprintf(whole, sizeof whole, "1/%zu", tasks + 1);
    lw_pty_wait_text(p, whole);
    return p;
}

static double time_keys(struct lw_pty *p, const char *keys, const char *shows)
{
    lw_pty_settle(p, 100);
    double start = bench_seconds();
    lw_pty_type(p, keys);
    lw_pty_wait_text(p, shows);
    return bench_seconds() - start;
}

/* Outside of a box so many keys at once would be a paste. */
static double time_search(
    struct lw_pty *p, const char *key, const char *box, const char *words, const char *shows)
{
    lw_pty_type(p, key);
    lw_pty_wait_text(p, box);
    return time_keys(p, words, shows);
}

static void status(void **state)
{
    (void)state;
    double ours[RUNS], wc[RUNS], jq[RUNS];
    char *const words[] = {getenv("LW_PROGRAM"), (char *)"status", (char *)"--json",
        (char *)"--annotator", (char *)"bench"};
    for (int i = 0; i < RUNS; i++) {
        ours[i] = bench_program(words, 5, dir);
        wc[i] = bench_wc(data) + bench_wc(journal);
        jq[i] = bench_program((char *const[]){(char *)"jq", (char *)"-c", (char *)"."}, 3, journal);
    }
    report("status", ours, "jq -c . of the journal", jq, 1);
    report("status", ours, "wc -l of tasks, journal", wc, 10);
}

static void the_list_opens(void **state)
{
    (void)state;
    double ours[RUNS], less[RUNS];
    for (int i = 0; i < RUNS; i++) {
        struct lw_pty *p = start_ours();
        ours[i] = time_keys(p, "a", "TASKS: ");
        lw_pty_free(p);
        double began = bench_seconds();
        p = start((const char *[]){"/usr/bin/less", "-S", data, NULL}, "\"t1\"");
        less[i] = bench_seconds() - began;
        lw_pty_free(p);
    }
    report("a: the task list", ours, "less opening the file", less, 1);
}

static void words_in_a_far_task(void **state)
{
    (void)state;
    double ours[RUNS], less[RUNS], grep[RUNS];
    for (int i = 0; i < RUNS; i++) {
        struct lw_pty *p = start_ours();
        lw_pty_type(p, "a");
        lw_pty_wait_text(p, "TASKS: all");
        ours[i] = time_search(p, "/", "Enter open  Esc back", "needleinafile\r", "Found: a");
        lw_pty_free(p);
        p = start((const char *[]){"/usr/bin/less", "-nS", data, NULL}, "\"t1\"");
        less[i] = time_keys(p, "/needleinafile\r", "Found: a");
        lw_pty_free(p);
        grep[i] = bench_program(
            (char *const[]){(char *)"grep", (char *)"-m1", (char *)"-Fi", (char *)"needleinafile"},
            4, data);
    }
    report("a/: words in a far task", ours, "less searching the file", less, 1);
    report("a/: words in a far task", ours, "grep -m1 -Fi", grep, 10);
}

static void words_in_a_text(void **state)
{
    (void)state;
    double ours[RUNS], less[RUNS];
    for (int i = 0; i < RUNS; i++) {
        struct lw_pty *p = start_ours();
        ours[i] = time_search(p, "/", "Search this task", "needleinatext\r", "stands at its end");
        lw_pty_free(p);
        p = start((const char *[]){"/usr/bin/less", "-n", plain, NULL}, "w07919");
        less[i] = time_keys(p, "/needleinatext\r", "stands at its end");
        lw_pty_free(p);
    }
    report("/: words in a text of 140 KB", ours, "less searching it", less, 1);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest figures[] = {
        cmocka_unit_test(status),
        cmocka_unit_test(the_list_opens),
        cmocka_unit_test(words_in_a_text),
        cmocka_unit_test(words_in_a_far_task),
    };
    mib = argc > 1 ? strtoul(argv[1], NULL, 10) : mib;
    tasks = argc > 2 ? strtoul(argv[2], NULL, 10) : mib * 1100000 / 1024;
    annotations = argc > 3 ? strtoul(argv[3], NULL, 10) : tasks / 11;
    const char *temp = getenv("TMPDIR");
    dir = lw_format("%s/labelwright-bench-XXXXXX", temp && *temp ? temp : "/tmp");
    bench_must(
        annotations > 0 && annotations < tasks, "usage: bench_scale [MIB [TASKS [ANNOTATIONS]]]");
    bench_must(getenv("LW_PROGRAM") && mkdtemp(dir), "LW_PROGRAM must name labelwright");
    data = lw_format("%s/tasks.jsonl", dir);
    plain = lw_format("%s/plain", dir);
    journal = lw_format("%s/journal/*.jsonl", dir);
    make_files();
    make_journal();
    printf("%zu MiB, %zu tasks, %zu annotations, median of %d\n", mib, tasks, annotations, RUNS);
    int failed = cmocka_run_group_tests(figures, NULL, NULL);
    char *clean = lw_format("rm -rf '%s'", dir);
    failed |= system(clean) != 0;
    free(clean);
    free(journal);
    free(plain);
    free(data);
    free(dir);
    return failed;
}
