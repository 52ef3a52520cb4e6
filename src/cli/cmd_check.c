/* `labelwright check`: prints mistakes in project and tasks, and what has changed since it was
 * labeled. The checks of tasks are in workspace/check.c; here are those of the project. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/answers/answers.h"
#include "labelwright/spell/speller.h"
#include "labelwright/text/glyph.h"
#include "labelwright/tui/help.h"
#include "labelwright/workspace/check.h"
#include "labelwright/workspace/other_journals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LISTED_MAX = 20 };

/* Findings go to stdout: they are the result. */
static void print_finding(void *ctx, const char *text)
{
    lw_progress_end(ctx);
    lw_cli_print("", text);
}

static bool check_guidelines(const struct lw_project *p)
{
    char *path = p->guidelines ? lw_project_path(p, p->guidelines, NULL) : NULL;
    bool there = !path || access(path, R_OK) == 0;
    if (!there) {
        char *text = lw_format("%s:1:1: cannot read the guidelines \"%s\". Put the file there, or "
                               "remove the line `guidelines:`.",
            p->file, p->guidelines);
        lw_cli_print("", text);
        free(text);
    }
    free(path);
    return there;
}

static void print_free_keys(const struct lw_project *p)
{
    char keys[53];
    for (size_t i = 0; i < p->nquestions; i++) {
        if (p->question[i].noptions == 0)
            continue;
        lw_question_free_keys(&p->question[i], keys);
        printf("free keys for options of %s: %s\n", p->question[i].name, *keys ? keys : "none");
    }
}

/* In the list of flags, f closes the list. */
static uint64_t check_flag_key(const struct lw_project *p)
{
    uint64_t found = 0;
    for (size_t i = 0; i < p->nquestions; i++)
        for (size_t k = 0; k < p->question[i].noptions; k++) {
            const struct lw_option *o = &p->question[i].option[k];
            if (p->question[i].type != LW_Q_TAGS || o->key != U'f')
                continue;
            char *text = lw_format("%s:1:1: the key f of \"%s\" in %s sets the flag, so f cannot "
                                   "close the list of flags. Give it another key.",
                p->file, o->path, p->question[i].name);
            lw_cli_print("", text);
            free(text);
            found++;
        }
    return found;
}

/* Prints points that no key and no typed number reaches. */
static void print_points_without_key(const struct lw_project *p)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_scale *s = &p->question[i].scale;
        int64_t last = s->max < -1 ? s->max : -1;
        while (p->question[i].type == LW_Q_RATING && last >= s->min && lw_scale_key(s, last) >= 0)
            last--;
        if (p->question[i].type == LW_Q_RATING && last >= s->min)
            printf("%s: no digit key for %" PRId64 "%s%.0" PRId64 "; use Left and Right\n",
                p->question[i].name, s->min, last > s->min ? " to " : "", last > s->min ? last : 0);
    }
}

static void add_tag(const char **tags, size_t *n, const char *tag)
{
    size_t i = 0;
    while (i < *n && strcmp(tags[i], tag) != 0)
        i++;
    tags[*n] = tag;
    *n += i == *n;
}

/* No mistake: everything but what is said of words works without. */
static void print_spelling(const struct lw_project *p)
{
    size_t n = 0, set = 0;
    while (p->spelling && p->spelling[set])
        set++;
    const char **tags = lw_alloc((set + p->nquestions + 1) * sizeof *tags);
    for (size_t i = 0; i < set; i++)
        add_tag(tags, &n, p->spelling[i]);
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].language)
            add_tag(tags, &n, p->question[i].language);
    tags[n] = NULL;
    char *lacks = n > 0 ? lw_spelling_lacks(tags) : NULL;
    if (lacks)
        lw_cli_print("warning: ", lacks);
    free(lacks);
    free(tags);
}

static void print_sum(const struct lw_check_report *r)
{
    for (int i = 0; i < LW_FINDING_COUNT; i++)
        if (r->found[i] > LISTED_MAX)
            printf("%" PRIu64 " %s; the first %d are listed above\n", r->found[i],
                lw_finding_describe((enum lw_check_finding)i), LISTED_MAX);
    if (r->gone)
        printf(
            "labels of tasks no longer in the files: %" PRIu64 " (kept in the journal)\n", r->gone);
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

static uint64_t count_mistakes(const struct lw_check_report *r)
{
    uint64_t n = 0;
    for (int i = 0; i < LW_FINDING_COUNT; i++)
        n += lw_finding_is_mistake((enum lw_check_finding)i) ? r->found[i] : 0;
    return n;
}

static void print_result(const struct lw_project *p, uint64_t tasks, uint64_t mistakes)
{
    if (mistakes > 0)
        printf("%" PRIu64 " mistake%s: ", mistakes, mistakes == 1 ? "" : "s");
    else
        fputs("OK: ", stdout);
    printf("%" PRIu64 " task%s, %zu question%s\n", tasks, tasks == 1 ? "" : "s", p->nquestions,
        p->nquestions == 1 ? "" : "s");
}

static void print_problems(const char *before, struct lw_problems *p)
{
    for (size_t i = 0; i < p->n; i++)
        lw_cli_print(before, p->v[i]);
    lw_problems_fini(p);
}

/* Returns how many mistakes there are. */
static uint64_t check_macros(const struct lw_config *c, const struct lw_project *p, bool verbose)
{
    struct lw_problems mistakes = {0}, absent = {0};
    lw_help_check_macros(c, p, &mistakes, verbose ? &absent : NULL);
    uint64_t n = mistakes.n;
    print_problems("", &mistakes);
    print_problems("", &absent);
    return n;
}

static int check(struct lw_workspace *w, const struct lw_config *config, bool verbose)
{
    struct lw_progress progress = lw_progress_start("checking the tasks");
    struct lw_check_report report;
    struct lw_err err = {0};
    struct lw_check c = {
        .project = w->project,
        .tasks = w->tasks,
        .ledger = w->ledger,
        .most = LISTED_MAX,
        .tell = print_finding,
        .progress = lw_progress_draw,
        .ctx = &progress,
    };
    uint64_t mistakes = !check_guidelines(w->project) + check_flag_key(w->project) +
                        check_macros(config, w->project, verbose);
    enum lw_code code = lw_check_tasks(&c, &report, &err);
    lw_progress_end(&progress);
    if (code == LW_OK) {
        print_sum(&report);
        lw_cli_print_survey(&report.survey, w->tasks);
    }
    lw_survey_fini(&report.survey);
    if (code != LW_OK)
        return lw_cli_fail(NULL, &err);
    if (verbose)
        print_free_keys(w->project);
    print_others(w);
    print_points_without_key(w->project);
    print_spelling(w->project);
    mistakes += count_mistakes(&report);
    print_result(w->project, report.tasks, mistakes);
    return mistakes == 0 ? 0 : lw_exit_status(LW_EBAD);
}

int lw_cmd_check(struct lw_cli *c)
{
    struct lw_workspace w;
    int status = lw_cli_open(c, true, &w);
    if (status != 0)
        return status;
    status = lw_cli_read_tasks(&w);
    if (status == 0)
        status = check(&w, &c->config, c->value[LW_OPT_VERBOSE] != NULL);
    lw_workspace_close(&w);
    return status;
}
