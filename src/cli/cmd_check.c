/* `labelwright check`: prints mistakes in project and tasks, and what has changed since it was
 * labeled. The checks of tasks are in workspace/check.c, those of the project in check_project.c;
 * how a finding is printed, in check_findings.c. */
#define _GNU_SOURCE
#include "cli/check_printing_internal.h"

#include "labelwright/tui/help.h"
#include "labelwright/workspace/check.h"
#include "labelwright/workspace/other_journals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

/* A program reads more than a person; but each line number costs a look at the file. */
enum { LISTED_MAX = 20, LISTED_MAX_JSON = 1000 };

static void print_found(void *ctx, const struct lw_check_found *found)
{
    struct lw_finding_line line = {
        .severity = lw_finding_is_mistake(found->kind) ? LW_SEVERITY_ERROR : LW_SEVERITY_WARNING,
        .file = found->file,
        .line = found->line,
        .col = found->col,
        .message = found->message};
    lw_findings_print(ctx, &line);
}

static void draw_progress(void *ctx, uint64_t done, uint64_t all)
{
    lw_progress_draw(((struct lw_findings *)ctx)->progress, done, all);
}

/* ---- the sum */

static void print_rest(
    struct lw_findings *f, const struct lw_project *p, const struct lw_check_report *r, int most)
{
    for (int i = 0; i < LW_FINDING_COUNT; i++) {
        if (r->found[i] <= (uint64_t)most)
            continue;
        char *text = lw_format("%" PRIu64 " %s; the first %d are listed%s", r->found[i],
            lw_finding_describe((enum lw_check_finding)i), most, f->json ? "" : " above");
        struct lw_finding_line line = {LW_SEVERITY_NOTE, p->file, 1, 1, text};
        if (f->json)
            lw_findings_print(f, &line);
        else
            puts(text);
        free(text);
    }
}

static void print_others(const struct lw_workspace *w)
{
    struct lw_other_journals others;
    lw_other_journals_find(w->sys, w->dir, w->journal_name, &others);
    for (size_t i = 0; i < others.n; i++) {
        struct lw_buf words = {0};
        lw_other_journal_describe(&others.v[i], &words);
        lw_cli_print("", words.data);
        lw_buf_fini(&words);
    }
    lw_other_journals_fini(&others);
}

static void print_mistakes(uint64_t n)
{
    printf("%" PRIu64 " mistake%s", n, n == 1 ? "" : "s");
}

static void print_remarks(struct lw_workspace *w, const struct lw_check_report *r, bool verbose)
{
    if (r->gone)
        printf(
            "labels of tasks no longer in the files: %" PRIu64 " (kept in the journal)\n", r->gone);
    lw_cli_print_survey(&r->survey, w->tasks);
    if (verbose)
        lw_check_print_free_keys(w->project);
    print_others(w);
    lw_check_print_points_without_key(w->project);
}

static void print_result(const struct lw_project *p, uint64_t tasks, uint64_t mistakes)
{
    if (mistakes > 0)
        print_mistakes(mistakes);
    else
        fputs("OK", stdout);
    printf(": %" PRIu64 " task%s, %zu question%s\n", tasks, tasks == 1 ? "" : "s", p->nquestions,
        p->nquestions == 1 ? "" : "s");
}

/* Findings of tasks that were only counted are mistakes too. */
static uint64_t count_unlisted(const struct lw_check_report *r, int most)
{
    uint64_t n = 0;
    for (int i = 0; i < LW_FINDING_COUNT; i++)
        if (lw_finding_is_mistake((enum lw_check_finding)i) && r->found[i] > (uint64_t)most)
            n += r->found[i] - (uint64_t)most;
    return n;
}

/* ---- the check */

static void check_macros(
    const struct lw_config *config, const struct lw_project *p, struct lw_findings *f, bool verbose)
{
    struct lw_problems mistakes = {0}, absent = {0};
    lw_help_check_macros(config, p, &mistakes, verbose ? &absent : NULL);
    for (size_t i = 0; i < mistakes.n; i++)
        lw_findings_print_problem(f, LW_SEVERITY_ERROR, mistakes.v[i]);
    for (size_t i = 0; i < absent.n; i++)
        lw_findings_print_problem(f, LW_SEVERITY_NOTE, absent.v[i]);
    lw_problems_fini(&mistakes);
    lw_problems_fini(&absent);
}

static int check(
    struct lw_workspace *w, const struct lw_config *config, struct lw_findings *f, bool verbose)
{
    struct lw_progress progress = lw_progress_start("checking the tasks");
    struct lw_check_report report;
    struct lw_err err = {0};
    int most = f->json ? LISTED_MAX_JSON : LISTED_MAX;
    struct lw_check c = {
        .project = w->project,
        .tasks = w->tasks,
        .ledger = w->ledger,
        .most = (uint64_t)most,
        .tell = print_found,
        .progress = draw_progress,
        .ctx = f,
    };
    f->progress = &progress;
    lw_check_project(w->project, f);
    check_macros(config, w->project, f, verbose);
    enum lw_code code = lw_check_tasks(&c, &report, &err);
    lw_progress_end(&progress);
    if (code == LW_OK) {
        uint64_t mistakes = f->errors + count_unlisted(&report, most);
        print_rest(f, w->project, &report, most);
        if (!f->json) {
            print_remarks(w, &report, verbose);
            print_result(w->project, report.tasks, mistakes);
        }
        code = mistakes > 0 ? LW_EBAD : LW_OK;
    }
    f->progress = NULL;
    lw_survey_fini(&report.survey);
    return err.text[0] ? lw_cli_fail(NULL, &err) : lw_exit_status(code);
}

/* What is about no place is said as by other commands; a program that reads JSON finds it at the
 * start of the file. */
static int fail_without_place(
    struct lw_findings *f, const char *path, struct lw_problems *p, const struct lw_err *err)
{
    struct lw_finding_line line = {LW_SEVERITY_ERROR, path, 1, 1, err->text};
    if (f->json && err->code == LW_EBAD)
        lw_findings_print(f, &line);
    return lw_cli_fail(p, err);
}

/* Prints mistakes of project.yaml as results. */
static int fail(
    struct lw_findings *f, const char *path, struct lw_problems *p, const struct lw_err *err)
{
    struct lw_problem_parts unused;
    if (p->n == 0 || !lw_problem_split(p->v[0], &unused))
        return fail_without_place(f, path, p, err);
    for (size_t i = 0; i < p->n; i++)
        lw_findings_print_problem(f, LW_SEVERITY_ERROR, p->v[i]);
    if (!f->json) {
        print_mistakes(p->n);
        putchar('\n');
    }
    lw_problems_fini(p);
    return lw_exit_status(LW_EBAD);
}

static int open_and_check(struct lw_cli *c, struct lw_findings *f)
{
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, true);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_workspace w;
    int status = lw_cli_ask_renamed_file(c, true);
    if (status != 0)
        return status;
    if (lw_cli_open_or_ask(&opts, lw_workspace_open, &w, &p, &err) != LW_OK)
        return fail(f, c->path, &p, &err);
    lw_cli_warn_notes(&w, 0);
    status = lw_cli_read_tasks(&w);
    if (status == 0)
        status = check(&w, &c->config, f, c->value[LW_OPT_VERBOSE] != NULL);
    lw_workspace_close(&w);
    return status;
}

int lw_cmd_check(struct lw_cli *c)
{
    struct lw_findings f = {.json = c->value[LW_OPT_JSON] != NULL};
    int status = open_and_check(c, &f);
    lw_findings_end(&f);
    return status;
}
