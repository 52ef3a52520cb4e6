/* A task and what is submitted for it: its current label, as ledger and journal have it, and the
 * order in which its responses are shown. Knows nothing of drafts. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"

#include <stdlib.h>
#include <string.h>

static int response_index(const struct lw_task *t, const char *id)
{
    for (size_t i = 0; id && i < t->nresponses; i++)
        if (strcmp(t->response[i].id, id) == 0)
            return (int)i;
    return -1;
}

bool lw_order_apply(const struct lw_task *t, const json_t *ids, int *to)
{
    size_t n = t->nresponses;
    if (json_array_size(ids) != n)
        return false;
    int *order = lw_alloc(n * sizeof *order);
    unsigned char *seen = lw_alloc(n);
    bool fine = true;
    for (size_t i = 0; i < n && fine; i++) {
        int k = response_index(t, json_string_value(json_array_get(ids, i)));
        fine = k >= 0 && !seen[k]++;
        order[i] = k;
    }
    free(seen);
    if (fine)
        memcpy(to, order, n * sizeof *order);
    free(order);
    return fine;
}

void lw_order_talk(const struct lw_task *t, int **order)
{
    if (!t->talk)
        return;
    *order = lw_grow(*order, t->nresponses + 1, sizeof **order);
    for (size_t i = 0; i < t->nresponses; i++)
        (*order)[i] = (int)i;
}

/* `of` makes another order of the same seed; 0: the first. */
static int *make_order(const struct lw_sitting_opts *opts, const struct lw_task *t, uint64_t of)
{
    size_t n = t->nresponses;
    int *order = lw_alloc(n * sizeof *order);
    for (size_t i = 0; i < n; i++)
        order[i] = (int)i;
    if (opts->project->shuffle_responses)
        lw_shuffle(order, n, lw_journal_seed(opts->journal) ^ of, t->id);
    return order;
}

uint64_t lw_record_key(const struct lw_task *t)
{
    char head[17] = {0};
    memcpy(head, t->record.sha256, 16);
    return strtoull(head, NULL, 16);
}

static void read_label(
    const struct lw_sitting_opts *opts, const struct lw_entry *e, struct lw_submitted_task *to)
{
    json_t *event;
    if (lw_journal_read(opts->journal, e->pos, &event, &to->unread) != LW_OK)
        return;
    json_t *answers = json_object_get(event, "answers");
    if (answers)
        json_object_update(to->answers, answers);
    to->defaulted = json_incref(json_object_get(event, "defaulted"));
    lw_order_apply(to->task, json_object_get(event, "order"), to->order);
    json_decref(event);
}

enum lw_code lw_submitted_load(const struct lw_sitting_opts *opts, size_t nth,
    struct lw_submitted_task *to, struct lw_err *err)
{
    *to = (struct lw_submitted_task){.state = LW_TASK_OPEN};
    enum lw_code code = lw_tasks_load(opts->tasks, lw_tasks_at(opts->tasks, nth), &to->task, err);
    if (code != LW_OK)
        return code;
    to->answers = json_object();
    to->order = make_order(opts, to->task, 0);
    const struct lw_entry *e = lw_ledger_of(opts->ledger, to->task->key);
    if (!e)
        return LW_OK;
    to->state = e->skip ? LW_TASK_SKIPPED : LW_TASK_DONE;
    to->replaces = e->seq;
    to->changed_record = e->record != lw_record_key(to->task);
    if (!e->skip)
        read_label(opts, e, to);
    lw_items_bring(opts->project, to->task, to->answers);
    lw_order_talk(to->task, &to->order);
    return LW_OK;
}

enum lw_code lw_submitted_load_anew(const struct lw_sitting_opts *opts, size_t nth, uint64_t of,
    struct lw_submitted_task *to, struct lw_err *err)
{
    *to = (struct lw_submitted_task){.state = LW_TASK_OPEN};
    enum lw_code code = lw_tasks_load(opts->tasks, lw_tasks_at(opts->tasks, nth), &to->task, err);
    if (code != LW_OK)
        return code;
    to->answers = json_object();
    to->order = make_order(opts, to->task, of);
    return LW_OK;
}

void lw_submitted_fini(struct lw_submitted_task *l)
{
    lw_task_free(l->task);
    free(l->order);
    json_decref(l->answers);
    json_decref(l->defaulted);
    *l = (struct lw_submitted_task){0};
}
