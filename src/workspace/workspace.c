/* Opens what a path stands for, in order: project, journal, ledger, tasks; and closes it. What each
 * is and does is in its own room; this one decides only whether a journal that came with a folder
 * is trusted. */
#define _GNU_SOURCE
#include "labelwright/workspace/workspace.h"
#include "labelwright/workspace/project_open.h"

#include "labelwright/base/buf.h"
#include "labelwright/journal/event.h"
#include "labelwright/merge/sent_check.h"
#include "labelwright/workspace/known_journals.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDEX_STEP = 8 * 1024 * 1024 };

/* One journal for each annotator: the first one has journal/, the others have journal-NAME/. */
static void name_journal(struct lw_workspace *w)
{
    char *owner = lw_journal_find_annotator(w->sys, w->dir, "journal");
    bool ours = !owner || strcmp(owner, w->annotator) == 0;
    snprintf(w->journal_name, sizeof w->journal_name, "journal%s%s", ours ? "" : "-",
        ours ? "" : w->annotator);
    free(owner);
}

static void set_targets(struct lw_workspace *w)
{
    const struct lw_project *p = w->project;
    const char **to = lw_alloc((p->nsync + 1) * sizeof *to);
    for (size_t i = 0; i < p->nsync; i++)
        to[i] = p->sync[i].key;
    lw_ledger_set_targets(w->ledger, to, p->nsync);
    free(to);
}

static enum lw_code may_append(void *ctx, const char *id, uint64_t highest, struct lw_err *err)
{
    const struct lw_workspace *w = ctx;
    return lw_sent_beyond(w->sys, w->project, id, highest, err);
}

static void save_known_new(void *ctx, const char *id)
{
    struct lw_workspace *w = ctx;
    struct lw_mark none = {0};
    lw_known_save(w->sys, id, &none, w->project->dir, NULL);
}

static void save_known(struct lw_workspace *w)
{
    struct lw_mark known, head = lw_journal_head(w->journal);
    enum lw_code code = lw_known_load(w->sys, lw_journal_id(w->journal), &known);
    if (code == LW_EABSENT ||
        (code == LW_OK && (known.seq != head.seq || strcmp(known.hash, head.hash) != 0)))
        lw_known_save(w->sys, lw_journal_id(w->journal), &head, w->project->dir, NULL);
}

static bool is_known(const struct lw_workspace *w)
{
    char id[LW_JOURNAL_ID_HEX];
    struct lw_mark head;
    return !lw_journal_find_id(w->sys, w->dir, w->journal_name, id) ||
           lw_known_load(w->sys, id, &head) != LW_EABSENT;
}

/* A journal that came with the folder is not continued until the user agrees, and its checkpoint is
 * never trusted, even read-only. If lines are missing that were sent, that error comes first: it
 * tells how to restore them. */
static enum lw_code permit(struct lw_workspace *w, const struct lw_workspace_opts *how,
    struct lw_mark *from, struct lw_err *err)
{
    struct lw_known_journal k = {.known = true};
    struct lw_err why = {0};
    enum lw_code code = LW_OK;
    if (how->read_only)
        k.known = is_known(w);
    else
        code = lw_known_permit(w->sys, w->dir, w->journal_name, from, &k, &why);
    if (!k.known) {
        lw_ledger_clear(w->ledger);
        *from = (struct lw_mark){0};
    }
    if (code == LW_EASK && k.known && may_append(w, k.id, k.highest, err) != LW_OK)
        return err->code;
    if (code == LW_OK || (code == LW_EASK && how->adopt))
        return LW_OK;
    return lw_fail(err, code, "%s", why.text);
}

static enum lw_code open_journal(
    struct lw_workspace *w, const struct lw_workspace_opts *how, struct lw_err *err)
{
    bool read_only = how->read_only;
    struct lw_journal_opts opts = {
        .sys = w->sys,
        .dir = w->dir,
        .name = w->journal_name,
        .annotator = w->annotator,
        .title = w->project->title,
        .purpose = how->purpose,
        .read_only = read_only,
        .may_append = may_append,
        .may_append_ctx = w,
        .created = save_known_new,
        .created_ctx = w,
    };
    w->ledger = lw_ledger_new();
    set_targets(w);
    if (w->project->unmade)
        return LW_OK;
    lw_ledger_follow(w->ledger, &opts);
    lw_ledger_load(w->ledger, w->sys, w->dir, w->journal_name, &opts.from);
    enum lw_code code = permit(w, how, &opts.from, err);
    if (code == LW_OK)
        code = lw_journal_open(&opts, &w->journal, err);
    if (code == LW_OK && lw_journal_mode(w->journal) == LW_JOURNAL_WRITABLE)
        save_known(w);
    if (code != LW_EABSENT || !read_only)
        return code;
    lw_err_clear(err);
    lw_ledger_clear(w->ledger); /* a checkpoint without its journal */
    return LW_OK;
}

enum lw_code lw_workspace_reopen(struct lw_workspace *w, struct lw_err *err)
{
    struct lw_journal *now;
    struct lw_journal_opts opts = {
        .sys = w->sys,
        .dir = w->dir,
        .name = w->journal_name,
        .annotator = w->annotator,
        .title = w->project->title,
        .may_append = may_append,
        .may_append_ctx = w,
    };
    lw_ledger_follow(w->ledger, &opts);
    lw_ledger_clear(w->ledger); /* start over: a failed opening may have folded some events */
    enum lw_code code = lw_journal_open(&opts, &now, err);
    if (code == LW_OK)
        lw_journal_replace(w->journal, now);
    return code;
}

/* Annotations name the question block by its hash: it must be in the journal before them. */
static enum lw_code append_questions(struct lw_workspace *w, struct lw_err *err)
{
    if (!w->journal || lw_journal_mode(w->journal) != LW_JOURNAL_WRITABLE ||
        strcmp(lw_ledger_questions(w->ledger), w->project->questions_hash) == 0)
        return LW_OK;
    json_t *body = lw_event_questions(w->project);
    struct lw_event e;
    enum lw_code code = lw_journal_append(w->journal, &body, 1, &e, err);
    if (code == LW_OK)
        lw_ledger_fold(w->ledger, &e);
    json_decref(body);
    return code;
}

static enum lw_code open_dir(struct lw_workspace *w, struct lw_err *err)
{
    w->dir = w->sys->openat(w->sys, AT_FDCWD, w->project->dir, O_RDONLY | O_DIRECTORY, 0);
    return w->dir >= 0 ? LW_OK : lw_fail_errno(err, "%s: cannot open the folder", w->project->dir);
}

/* Labels of practice are not sent: only project.yaml makes tasks practice. */
static enum lw_code check_practice(const struct lw_project *p, struct lw_err *err)
{
    if (lw_project_has_practice(p))
        return LW_OK;
    return lw_fail(err, LW_EBAD,
        "%s does not say that its tasks are practice. Write `practice: true` in it, or beside a "
        "file of tasks; or make a project of a file: labelwright practice FILE",
        p->file);
}

enum lw_code lw_workspace_find(const struct lw_workspace_opts *opts, struct lw_workspace *to,
    struct lw_problems *p, struct lw_err *err)
{
    struct lw_workspace *w = to;
    *w = (struct lw_workspace){.sys = opts->sys, .dir = -1};
    enum lw_code code = lw_annotator(opts->config, opts->annotator, &w->annotator, err);
    struct lw_project_opening how = {opts->sys, opts->as, opts->practice, opts->read_only};
    if (code == LW_OK)
        code = lw_project_open_as(&how, opts->path, &w->project, &w->made, p, err);
    if (code == LW_OK && opts->practice)
        code = check_practice(w->project, err);
    if (code == LW_OK)
        code = open_dir(w, err);
    if (code == LW_OK)
        name_journal(w);
    else
        lw_workspace_close(w);
    return code;
}

enum lw_code lw_workspace_journal(const struct lw_workspace_opts *opts, struct lw_workspace *to,
    struct lw_problems *p, struct lw_err *err)
{
    enum lw_code code = lw_workspace_find(opts, to, p, err);
    if (code == LW_OK && (code = open_journal(to, opts, err)) != LW_OK)
        lw_workspace_close(to);
    return code;
}

enum lw_code lw_workspace_open(const struct lw_workspace_opts *opts, struct lw_workspace *to,
    struct lw_problems *p, struct lw_err *err)
{
    struct lw_workspace *w = to;
    enum lw_code code = lw_workspace_find(opts, w, p, err);
    if (code != LW_OK)
        return code;
    code = lw_tasks_open(w->sys, w->project, &w->tasks, err);
    if (code == LW_OK)
        code = open_journal(w, opts, err);
    if (code == LW_OK)
        code = append_questions(w, err);
    if (code == LW_OK && w->project->random_order && w->journal)
        code = lw_workspace_index_all(w, NULL, NULL, err);
    if (code == LW_OK && w->project->random_order && w->journal)
        lw_tasks_shuffle(w->tasks, lw_journal_seed(w->journal));
    if (code != LW_OK)
        lw_workspace_close(w);
    return code;
}

void lw_workspace_close(struct lw_workspace *w)
{
    if (w->journal && lw_journal_mode(w->journal) == LW_JOURNAL_WRITABLE) {
        lw_ledger_save(
            w->ledger, w->sys, w->dir, w->journal_name, lw_journal_head(w->journal), NULL);
        save_known(w);
    }
    lw_journal_close(w->journal);
    lw_ledger_free(w->ledger);
    lw_tasks_close(w->tasks);
    lw_project_free(w->project);
    free(w->annotator);
    if (w->sys && w->dir >= 0)
        w->sys->close(w->sys, w->dir);
    *w = (struct lw_workspace){.dir = -1};
}

enum lw_code lw_workspace_index_all(struct lw_workspace *w,
    void (*progress)(void *ctx, uint64_t done, uint64_t all), void *ctx, struct lw_err *err)
{
    while (lw_tasks_step(w->tasks, INDEX_STEP))
        if (progress)
            progress(ctx, lw_tasks_bytes_done(w->tasks), lw_tasks_bytes_all(w->tasks));
    const char *error = lw_tasks_error(w->tasks);
    return error ? lw_fail(err, LW_EIO, "%s", error) : LW_OK;
}
