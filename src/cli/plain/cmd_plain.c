#include "cli/cli_internal.h"
#include "cli/plain/plain_internal.h"

static int work(struct lw_workspace *w, const struct lw_cli *c)
{
    struct lw_project project = *w->project;
    struct lw_sitting *s = NULL;
    struct lw_sync *sync = NULL;
    struct lw_problems none_found = {0};
    struct lw_err err = {0};
    struct lw_sitting_opts with = {
        .sys = w->sys,
        .project = &project,
        .tasks = w->tasks,
        .journal = w->journal,
        .ledger = w->ledger,
        .dir = w->dir,
        .workspace = w,
        .idle_ms = c->config.idle_ms,
        .task = c->value[LW_OPT_TASK],
        .only = c->value[LW_OPT_ONLY],
    };
    struct lw_sync_opts sending = {.sys = w->sys,
        .project = w->project,
        .config = &c->config,
        .journal = w->journal,
        .ledger = w->ledger};
    int status;
    project.advance_auto = false; /* also ask the questions after the last required one */
    if (lw_sitting_open(&with, &s, &err) != LW_OK)
        return lw_say_wrong(&none_found, &err);
    if (lw_sync_open(&sending, &sync, &err) != LW_OK)
        status = lw_say_wrong(&none_found, &err);
    else
        status = lw_plain_sit(s, sync, w->project->advance_auto, c->config.editor);
    lw_sync_close(sync);
    lw_sitting_close(s);
    return status;
}

/* No progress while reading: these terminals cannot overwrite a line. */
int lw_cmd_plain(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_problems none_found = {0};
    struct lw_err err = {0};
    int status = lw_cli_open(c, false, &w);
    if (status != 0)
        return status;
    if (lw_workspace_index_all(&w, NULL, NULL, &err) != LW_OK) {
        status = lw_say_wrong(&none_found, &err);
    } else {
        lw_cli_say_twins(&w);
        status = work(&w, c);
    }
    lw_workspace_close(&w);
    return status;
}
