/* `labelwright merge`: puts back lost lines of a journal, or joins two copies. The rules are in
 * merge/. */
#include "cli/cli_internal.h"

#include "labelwright/merge/merge.h"
#include "labelwright/workspace/known_journals.h"

#include <inttypes.h>
#include <stdio.h>

static const char *plural(uint64_t n)
{
    return n == 1 ? "" : "s";
}

static void print_result(const struct lw_workspace *w, const struct lw_merge_report *r)
{
    if (!r->kept[0]) {
        lw_cli_warn("%s is complete: no missing lines found. Nothing changed.", w->journal_name);
        return;
    }
    lw_cli_warn("%" PRIu64 " label%s restored; %" PRIu64
                " label%s from another copy added at the end, to be sent.",
        r->restored, plural(r->restored), r->copied, plural(r->copied));
    lw_cli_warn(
        "The old journal is kept as %s/. Do not use other copies of this journal any more: replace "
        "them with this one.",
        r->kept);
}

int lw_cmd_merge(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_workspace_opts find = lw_cli_workspace_opts(c, true);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_merge_report report;
    if (lw_workspace_find(&find, &w, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    struct lw_merge_opts opts = {.sys = w.sys,
        .project = w.project,
        .dir = w.dir,
        .name = w.journal_name,
        .from = (const char *const *)c->more,
        .nfrom = (size_t)c->nmore};
    int status = 0;
    if (w.project->unmade) {
        status = lw_cli_fail_absent(&w);
    } else if (lw_journal_merge(&opts, &report, &err) != LW_OK) {
        status = lw_cli_fail(&p, &err);
    } else {
        print_result(&w, &report);
        lw_known_update(w.sys, w.dir, w.journal_name, w.project->dir);
    }
    lw_workspace_close(&w);
    return status;
}
