#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/answers/answers.h"
#include "labelwright/text/glyph.h"
#include "labelwright/workspace/check.h"
#include "labelwright/workspace/other_journals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TOLD_MOST = 20 };

/* What check found goes to stdout: it is what was asked for. */
static void tell(void *ctx, const char *text)
{
    struct lw_buf b = {0};
    lw_progress_end(ctx);
    lw_clean(text, strlen(text), false, &b);
    puts(b.data);
    lw_buf_fini(&b);
}

static bool check_guidelines(const struct lw_project *p)
{
    char *path = p->guidelines ? lw_project_path(p, p->guidelines, NULL) : NULL;
    bool there = !path || access(path, R_OK) == 0;
    if (!there) {
        char *text = lw_format("%s:1:1: the guidelines \"%s\" cannot be read. Put the file there, "
                               "or take the line out.",
            p->file, p->guidelines);
        struct lw_progress none = {0};
        tell(&none, text);
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
        printf(
            "keys still free for options of %s: %s\n", p->question[i].name, *keys ? keys : "none");
    }
}

/* In the list of flags that key says that it is done. */
static bool check_flag_key(const struct lw_project *p)
{
    bool well = true;
    for (size_t i = 0; i < p->nquestions; i++)
        for (size_t k = 0; k < p->question[i].noptions; k++) {
            const struct lw_option *o = &p->question[i].option[k];
            if (p->question[i].type != LW_Q_TAGS || o->key != U'f')
                continue;
            char *text = lw_format("%s:1:1: the key f of \"%s\" in %s also closes the list of "
                                   "flags; there it only sets the flag. Give it a free key.",
                p->file, o->path, p->question[i].name);
            struct lw_progress none = {0};
            tell(&none, text);
            free(text);
            well = false;
        }
    return well;
}

/* Points that neither a key nor a typed number reaches. */
static void print_keyless(const struct lw_project *p)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_scale *s = &p->question[i].scale;
        int64_t last = s->max < -1 ? s->max : -1;
        while (p->question[i].type == LW_Q_RATING && last >= s->min && lw_scale_key(s, last) >= 0)
            last--;
        if (p->question[i].type == LW_Q_RATING && last >= s->min)
            printf("%s: only Left and Right reach %" PRId64 "%s%.0" PRId64 "\n",
                p->question[i].name, s->min, last > s->min ? " to " : "", last > s->min ? last : 0);
    }
}

static void print_sum(const struct lw_check_report *r)
{
    for (int i = 0; i < LW_FINDING_COUNT; i++)
        if (r->found[i] > TOLD_MOST)
            printf("%" PRIu64 " %s; the first %d are named above\n", r->found[i],
                lw_finding_describe((enum lw_check_finding)i), TOLD_MOST);
    if (r->gone)
        printf("%" PRIu64 " labels are of tasks that are in no file any more; they stay in the "
               "journal\n",
            r->gone);
}

static void print_others(const struct lw_workspace *w)
{
    struct lw_other_journals others;
    struct lw_progress none = {0};
    lw_other_journals_find(w->sys, w->dir, w->journal_name, &others);
    for (size_t i = 0; i < others.n; i++) {
        struct lw_buf words = {0};
        lw_other_journal_describe(&others.v[i], &words);
        tell(&none, words.data);
        lw_buf_fini(&words);
    }
    lw_other_journals_fini(&others);
}

static bool is_well(const struct lw_check_report *r)
{
    for (int i = 0; i < LW_FINDING_COUNT; i++)
        if (r->found[i] && lw_finding_is_mistake((enum lw_check_finding)i))
            return false;
    return true;
}

static int check(struct lw_workspace *w)
{
    struct lw_progress progress = lw_progress_start("checking the tasks");
    struct lw_check_report report;
    struct lw_problems none = {0};
    struct lw_err err = {0};
    struct lw_check c = {
        .project = w->project,
        .tasks = w->tasks,
        .ledger = w->ledger,
        .most = TOLD_MOST,
        .tell = tell,
        .progress = lw_progress_show,
        .ctx = &progress,
    };
    bool guided = check_guidelines(w->project);
    guided = check_flag_key(w->project) && guided;
    enum lw_code code = lw_check_tasks(&c, &report, &err);
    lw_progress_end(&progress);
    if (code == LW_OK) {
        print_sum(&report);
        lw_print_survey_of(&report.survey, w->tasks, "");
    }
    lw_survey_fini(&report.survey);
    if (code != LW_OK)
        return lw_say_wrong(&none, &err);
    print_free_keys(w->project);
    print_others(w);
    print_keyless(w->project);
    bool well = is_well(&report) && guided;
    printf("%s: %" PRIu64 " task%s, %zu question%s\n", well ? "well" : "NOT well", report.tasks,
        report.tasks == 1 ? "" : "s", w->project->nquestions,
        w->project->nquestions == 1 ? "" : "s");
    return well ? 0 : lw_exit_status(LW_EBAD);
}

int lw_cmd_check(struct lw_cli *c)
{
    struct lw_workspace w;
    int status = lw_cli_open(c, true, &w);
    if (status != 0)
        return status;
    struct lw_progress progress = lw_progress_start("reading the tasks");
    struct lw_problems none = {0};
    struct lw_err err = {0};
    if (lw_workspace_index_all(&w, lw_progress_show, &progress, &err) != LW_OK) {
        lw_progress_end(&progress);
        status = lw_say_wrong(&none, &err);
    } else {
        lw_progress_end(&progress);
        status = check(&w);
    }
    lw_workspace_close(&w);
    return status;
}
