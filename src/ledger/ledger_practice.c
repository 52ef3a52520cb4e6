/* Tasks that came again, and labels of practice tasks: folding both, and their sums. Which task
 * comes again is the sitting's business, how answers compare that of the answers room. */
#include "ledger/ledger_internal.h"

#include <jansson.h>
#include <string.h>

bool lw_facts_are_private(const struct lw_facts *f)
{
    return f->private.value && f->private.value_len == strlen("true") &&
           memcmp(f->private.value, "true", f->private.value_len) == 0;
}

/* ---- repeats */

static bool is_skip(const struct lw_event *e)
{
    struct lw_member m;
    return !lw_member_find(e->text, e->text + e->pos.len - 1, "answers", &m);
}

void lw_fold_repeat(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    struct lw_repeated r = {.seq = e->seq,
        .of = f->of,
        .time_ms = e->time_ms,
        .active_ms = lw_ledger_capped(f->active_ms),
        .pos = e->pos,
        .skip = is_skip(e)};
    if (!lw_facts_task(&f->task, &r.task))
        return;
    l->repeated = lw_ledger_room(l->repeated, l->n_repeated, &l->cap_repeated, sizeof *l->repeated);
    l->repeated[l->n_repeated++] = r;
}

bool lw_ledger_undo_repeat(struct lw_ledger *l, uint64_t seq)
{
    for (size_t i = l->n_repeated; i-- > 0;)
        if (l->repeated[i].seq == seq) {
            l->repeated[i].undone = true;
            return true;
        }
    return false;
}

const struct lw_repeated *lw_ledger_repeats(const struct lw_ledger *l, size_t *n)
{
    *n = l->n_repeated;
    return l->repeated;
}

const struct lw_repeated *lw_ledger_last_repeat(const struct lw_ledger *l)
{
    for (size_t i = l->n_repeated; i-- > 0;)
        if (!l->repeated[i].undone)
            return &l->repeated[i];
    return NULL;
}

/* ---- practice */

static bool outcome_is(const json_t *one, const char *word)
{
    const char *is = json_string_value(json_object_get(one, "outcome"));
    return is && strcmp(is, word) == 0;
}

void lw_fold_practice(
    struct lw_ledger *l, uint64_t task, const struct lw_event *e, const struct lw_facts *f)
{
    struct lw_practised one = {.task = task, .time_ms = e->time_ms};
    bool first = !lw_ledger_was_practised(l, task);
    json_t *all = e->type == LW_EV_ANNOTATE && first
                      ? json_loadb(f->practice.value, f->practice.value_len, 0, NULL)
                      : NULL;
    for (size_t i = 0; i < json_array_size(all); i++) {
        const json_t *outcome = json_array_get(all, i);
        one.agreed += outcome_is(outcome, "same") || outcome_is(outcome, "near");
        one.asked += !outcome_is(outcome, "unjudged");
    }
    if (json_array_size(all) > 0) {
        l->practised =
            lw_ledger_room(l->practised, l->n_practised, &l->cap_practised, sizeof *l->practised);
        l->practised[l->n_practised++] = one;
    }
    json_decref(all);
}

struct lw_practice_sum lw_ledger_practice(const struct lw_ledger *l, int64_t from_ms, int64_t to_ms)
{
    struct lw_practice_sum sum = {0};
    for (size_t i = 0; i < l->n_practised; i++) {
        const struct lw_practised *one = &l->practised[i];
        if (one->time_ms < from_ms || one->time_ms >= to_ms)
            continue;
        sum.tasks++;
        sum.agreed += one->agreed;
        sum.asked += one->asked;
    }
    return sum;
}
