/* How a command opens the project that PATH names: what it asks on the terminal first (to continue
 * a journal that was copied here, or the labels of a renamed data file) and what it prints about
 * it. What is found and what is allowed, workspace decides. */
#include "cli/cli_internal.h"

#include "labelwright/workspace/other_journals.h"
#include "labelwright/workspace/renamed_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- questions on the terminal */

static bool can_ask(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

static bool confirm(const char *question)
{
    char answer[16] = "";
    fputs(question, stderr);
    return fgets(answer, sizeof answer, stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}

/* Whether to continue a journal that was copied here or is older. */
static bool confirm_adoption(const struct lw_err *err)
{
    bool ask = can_ask();
    lw_cli_warn("%s%s", err->text, ask ? "" : " To continue it anyway, use --adopt.");
    if (!ask)
        return false;
    bool yes = confirm("Continue this journal? [y/N] ");
    if (!yes)
        lw_cli_warn(
            "Nothing changed. To start a new journal, move that one to another folder first.");
    return yes;
}

enum lw_code lw_cli_open_or_ask(struct lw_workspace_opts *opts, lw_workspace_opener *open,
    struct lw_workspace *w, struct lw_problems *p, struct lw_err *err)
{
    enum lw_code code = open(opts, w, p, err);
    if (code != LW_EASK)
        return code;
    bool yes = confirm_adoption(err);
    err->text[0] = '\0'; /* already printed; the code stays if nothing follows */
    if (!yes)
        return code;
    lw_err_clear(err);
    opts->adopt = true;
    return open(opts, w, p, err);
}

static void warn_renamed(const struct lw_cli *c, const struct lw_renamed_file *moved, bool asked)
{
    char *text = lw_renamed_file_describe(moved);
    lw_cli_warn("%s", text);
    if (!asked)
        lw_cli_warn(
            "To continue with its labels, run labelwright %s in a terminal and answer y.", c->path);
    free(text);
}

int lw_cli_ask_renamed_file(const struct lw_cli *c, bool read_only)
{
    struct lw_renamed_file moved;
    struct lw_err err = {0};
    int status = 0;
    if (lw_renamed_file_find(&lw_sys_real, c->path, &moved)) {
        bool ask = !read_only && can_ask();
        warn_renamed(c, &moved, ask);
        if (ask && confirm("Continue with its labels? [y/N] "))
            status = lw_renamed_file_apply(&lw_sys_real, &moved, &err) == LW_OK
                         ? 0
                         : lw_cli_fail(NULL, &err);
        else if (!read_only)
            status = lw_exit_status(LW_EBAD);
    }
    lw_renamed_file_fini(&moved);
    return status;
}

/* ---- opening */

struct lw_workspace_opts lw_cli_workspace_opts(const struct lw_cli *c, bool read_only)
{
    return (struct lw_workspace_opts){
        .sys = &lw_sys_real,
        .path = c->path,
        .annotator = c->value[LW_OPT_ANNOTATOR],
        .config = &c->config,
        .read_only = read_only,
        .practice = c->practice,
        .adopt = c->value[LW_OPT_ADOPT] != NULL,
        .as = c->says_reading ? &c->as : NULL,
    };
}

/* Tells an annotator without labels who has some here. */
static void warn_others(const struct lw_workspace *w)
{
    struct lw_totals t = lw_ledger_totals(w->ledger);
    if (t.done + t.skipped > 0)
        return;
    struct lw_other_journals others;
    lw_other_journals_find(w->sys, w->dir, w->journal_name, &others);
    char *advice = lw_other_journals_advice(&others, w->annotator);
    if (advice)
        lw_cli_warn("%s", advice);
    free(advice);
    lw_other_journals_fini(&others);
}

int lw_cli_open(struct lw_cli *c, bool read_only, struct lw_workspace *w)
{
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, read_only);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    int status = lw_cli_ask_renamed_file(c, read_only);
    if (status != 0)
        return status;
    if (lw_cli_open_or_ask(&opts, lw_workspace_open, w, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    if (w->made)
        lw_cli_warn(
            "Created %s with standard questions. Edit it to change them; your labels are kept.",
            w->project->file);
    lw_cli_warn_notes(w, 0);
    if (!read_only)
        warn_others(w);
    return 0;
}

int lw_cli_read_tasks(struct lw_workspace *w)
{
    struct lw_progress p = lw_progress_start("reading the tasks");
    struct lw_err err = {0};
    enum lw_code code = lw_workspace_index_all(w, lw_progress_draw, &p, &err);
    lw_progress_end(&p);
    return code == LW_OK ? 0 : lw_cli_fail(NULL, &err);
}

/* ---- what was found */

void lw_cli_warn_notes(const struct lw_workspace *w, size_t from)
{
    size_t n = 0;
    const char *const *notes = w->journal ? lw_journal_notes(w->journal, &n) : NULL;
    for (size_t i = from; i < n; i++)
        lw_cli_warn("%s", notes[i]);
}

int lw_cli_fail_absent(const struct lw_workspace *w)
{
    bool unmade = w->project->unmade;
    char *owner = unmade ? NULL : lw_journal_find_annotator(w->sys, w->dir, "journal");
    if (owner)
        lw_cli_warn(
            "%s has no journal here. journal/ belongs to %s; to see it, use --annotator %s.",
            w->annotator, owner, owner);
    else
        lw_cli_warn("No journal yet: nothing was labeled here.");
    free(owner);
    return lw_exit_status(LW_EABSENT);
}

void lw_cli_warn_duplicates(const struct lw_workspace *w)
{
    size_t first, n = lw_tasks_duplicates(w->tasks, &first);
    if (n > 0)
        lw_cli_warn("%zu task%s the id of an earlier task (first: task %zu). Repeated ids become "
                    "ID~2, ID~3 and so on.",
            n, n == 1 ? " has" : "s have", first + 1);
}
