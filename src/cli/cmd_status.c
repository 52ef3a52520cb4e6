/* `labelwright status`: counts of tasks, labels and what is sent, for people or as JSON. A journal
 * that was written since it was closed here is checked whole; `verify` lists what is damaged. */
#include "cli/cli_internal.h"

#include "labelwright/answers/past_labels.h"
#include "labelwright/merge/sent_check.h"
#include "labelwright/sitting/sitting.h"
#include "labelwright/workspace/known_journals.h"
#include "labelwright/workspace/other_journals.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static json_t *others_json(const struct lw_other_journals *o)
{
    json_t *all = json_array();
    for (size_t i = 0; i < o->n; i++)
        json_array_append_new(all,
            json_pack("{s:s,s:s,s:I,s:I}", "journal", o->v[i].name, "annotator", o->v[i].annotator,
                "done", (json_int_t)o->v[i].done, "skipped", (json_int_t)o->v[i].skipped));
    return all;
}

/* ---- quotas: `past` is NULL where there is no journal yet */

static void each_quota(const struct lw_project *p, const struct lw_past *past,
    void (*each)(void *ctx, const struct lw_question *q, const struct lw_option *o, uint64_t done),
    void *ctx)
{
    for (size_t i = 0; i < p->nquestions; i++)
        for (size_t k = 0; k < p->question[i].noptions; k++)
            if (p->question[i].option[k].quota)
                each(ctx, &p->question[i], &p->question[i].option[k], lw_past_count(past, i, k, 0));
}

static void add_quota(
    void *ctx, const struct lw_question *q, const struct lw_option *o, uint64_t done)
{
    json_array_append_new(ctx, json_pack("{s:s,s:s,s:I,s:I}", "question", q->name, "option",
                                   o->path, "done", (json_int_t)done, "wanted", o->quota));
}

static void print_quota(
    void *ctx, const struct lw_question *q, const struct lw_option *o, uint64_t done)
{
    (void)ctx;
    char *line = lw_format("%s: %s %" PRIu64 " of %" PRId64 "%s", q->name, o->path, done, o->quota,
        done >= (uint64_t)o->quota ? " (full)" : "");
    lw_cli_print("quota    ", line);
    free(line);
}

static struct lw_past *read_past(const struct lw_workspace *w)
{
    struct lw_past *past = lw_past_new(w->project, w->journal, w->ledger);
    while (lw_past_step(past)) {
    }
    return past;
}

/* ---- practice */

static struct lw_practice_sum practised(const struct lw_workspace *w)
{
    return lw_ledger_practice(w->ledger, INT64_MIN, INT64_MAX);
}

static void print_practice(const struct lw_practice_sum *sum)
{
    struct lw_buf words = {0};
    lw_practice_describe(sum, &words);
    if (words.len)
        lw_cli_print("practice ", words.data);
    lw_buf_fini(&words);
}

static json_t *practice_json(const struct lw_practice_sum *sum)
{
    return json_pack("{s:I,s:I,s:I}", "tasks", (json_int_t)sum->tasks, "answers",
        (json_int_t)sum->asked, "agreed", (json_int_t)sum->agreed);
}

/* ---- the journal */

/* What to say of it. */
struct soundness {
    bool ok, verified; /* verified: every line was checked, not only when its files were written */
    char head[LW_SHA256_HEX];
};

static enum lw_code verify(struct lw_workspace *w, struct soundness *to, struct lw_err *err)
{
    struct lw_err why = {0};
    struct lw_verdict v = {0};
    enum lw_code code =
        lw_known_verify(w->sys, w->dir, w->journal_name, false, NULL, NULL, &v, &why);
    to->ok = v.first_damage[0] == '\0';
    to->verified = true;
    memcpy(to->head, v.head, sizeof to->head);
    if (code == LW_OK || code == LW_EABSENT)
        return LW_OK;
    return lw_fail(err, code, "%s", why.text);
}

/* Reads it whole when asked, or when anything is not as it was left. */
static enum lw_code look(
    const struct lw_cli *c, struct lw_workspace *w, struct soundness *to, struct lw_err *err)
{
    if (c->value[LW_OPT_VERIFY] || !w->journal ||
        !lw_known_is_unchanged(w->sys, w->dir, w->journal_name, w->journal, w->ledger))
        return verify(w, to, err);
    struct lw_mark head = lw_journal_head(w->journal);
    *to = (struct soundness){.ok = true};
    memcpy(to->head, head.hash, sizeof to->head);
    return LW_OK;
}

/* ---- all of it */

static json_t *more_json(const struct lw_workspace *w, const struct lw_past *past)
{
    json_t *more = json_object(), *quotas = json_array();
    struct lw_practice_sum sum = practised(w);
    each_quota(w->project, past, add_quota, quotas);
    if (json_array_size(quotas) > 0)
        json_object_set(more, "quotas", quotas);
    json_decref(quotas);
    if (sum.asked > 0)
        json_object_set_new(more, "practice", practice_json(&sum));
    return more;
}

/* `more`: members for what only some projects have; stolen. */
static void print_json(const struct lw_totals *t, size_t tasks, uint64_t left,
    const struct soundness *journal, const struct lw_other_journals *others, json_t *more)
{
    json_t *o = json_pack("{s:{s:I,s:I,s:I,s:I},s:{s:I,s:I,s:I},s:{s:b,s:b,s:s}}", "tasks", "total",
        (json_int_t)tasks, "done", (json_int_t)t->done, "skipped", (json_int_t)t->skipped, "left",
        (json_int_t)left, "events", "total", (json_int_t)t->events, "unsent", (json_int_t)t->unsent,
        "parked", (json_int_t)t->parked, "journal", "ok", journal->ok, "verified",
        journal->verified, "head", journal->head);
    if (others->n > 0)
        json_object_set_new(o, "others", others_json(others));
    json_object_update(o, more);
    json_decref(more);
    lw_cli_print_json(o);
}

static void print_others(const struct lw_other_journals *o)
{
    for (size_t i = 0; i < o->n; i++) {
        struct lw_buf words = {0};
        lw_other_journal_describe(&o->v[i], &words);
        lw_cli_print("also     ", words.data);
        lw_buf_fini(&words);
    }
}

static void print_sync(const struct lw_totals *t, bool sends)
{
    if (!sends)
        puts("sync     nothing set (labels stay here)");
    else if (t->unsent == 0 && t->parked == 0)
        puts(t->events > 0 ? "sync     all sent" : "sync     nothing to send yet");
    else
        printf("sync     %" PRIu64 " to send, %" PRIu64 " refused\n", t->unsent, t->parked);
}

static void print_text(const struct lw_totals *t, size_t tasks, uint64_t left,
    const struct soundness *journal, const struct lw_other_journals *others, bool sends)
{
    printf("tasks    %zu in all: %" PRIu64 " done, %" PRIu64 " skipped, %" PRIu64 " left\n", tasks,
        t->done, t->skipped, left);
    print_sync(t, sends);
    const char *words = !journal->ok        ? "NOT OK (run labelwright verify)"
                        : journal->verified ? "OK"
                                            : "as it was left (--verify checks every line)";
    printf("journal  %s, %" PRIu64 " event%s, head %s\n", words, t->events,
        t->events == 1 ? "" : "s", journal->head[0] ? journal->head : "-");
    print_others(others);
}

/* Counts the tasks of these files that are done or skipped, not labels of tasks no longer there. */
static void count_here(const struct lw_workspace *w, struct lw_totals *t)
{
    t->done = t->skipped = 0;
    for (size_t i = 0; i < lw_tasks_count(w->tasks); i++) {
        const struct lw_entry *e = lw_ledger_of(w->ledger, lw_tasks_key(w->tasks, i));
        t->done += e && !e->skip;
        t->skipped += e && e->skip;
    }
}

static int report(struct lw_cli *c, struct lw_workspace *w)
{
    struct soundness journal;
    struct lw_err err = {0};
    size_t tasks = lw_tasks_count(w->tasks);
    struct lw_totals t = lw_ledger_totals(w->ledger);
    struct lw_sent_report sent = {0};
    struct lw_sent_opts with = {w->sys, w->project, w->journal, w->ledger};
    if (look(c, w, &journal, &err) != LW_OK || lw_sent_check(&with, &sent, &err) != LW_OK)
        return lw_cli_fail(NULL, &err);
    journal.ok = journal.ok && sent.fork == 0 && sent.missing == 0;
    struct lw_other_journals others;
    lw_other_journals_find(w->sys, w->dir, w->journal_name, &others);
    if (w->project->nsync > 0)
        t.unsent = sent.unsent;
    if (sent.text[0])
        lw_cli_warn("%s", sent.text);
    lw_sent_fini(&sent);
    count_here(w, &t);
    uint64_t left = tasks - t.done - t.skipped;
    struct lw_past *past = read_past(w);
    if (c->value[LW_OPT_JSON]) {
        print_json(&t, tasks, left, &journal, &others, more_json(w, past));
    } else {
        lw_cli_print_format(w->tasks, "format   ");
        print_text(&t, tasks, left, &journal, &others, w->project->nsync > 0);
        each_quota(w->project, past, print_quota, NULL);
        struct lw_practice_sum sum = practised(w);
        print_practice(&sum);
    }
    lw_past_free(past);
    lw_other_journals_fini(&others);
    return journal.ok ? 0 : lw_exit_status(LW_EBAD);
}

int lw_cmd_status(struct lw_cli *c)
{
    struct lw_workspace w;
    int status = lw_cli_open(c, true, &w);
    if (status != 0)
        return status;
    status = lw_cli_read_tasks(&w);
    if (status == 0)
        lw_cli_warn_duplicates(&w);
    if (status == 0)
        status = report(c, &w);
    lw_workspace_close(&w);
    return status;
}
