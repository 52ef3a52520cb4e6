/* How the tasks stand: how many are done, skipped, left, and how many have a draft. Counted when it
 * is asked for. */
#include "sitting/sitting_internal.h"

#include "labelwright/sitting/filter.h"

#include <inttypes.h>

static void count_one(
    const struct lw_sitting *s, size_t nth, const struct lw_keys *drafts, struct lw_standing *to)
{
    const struct lw_tasks *t = s->view.opts.tasks;
    uint64_t key = lw_tasks_key(t, lw_tasks_at(t, nth));
    const struct lw_entry *e = lw_ledger_of(s->view.opts.ledger, key);
    to->left += !e;
    to->done += e && !e->skip;
    to->skipped += e && e->skip;
    to->drafts += lw_keys_have(drafts, key);
}

struct lw_standing lw_sitting_standing(const struct lw_sitting *s)
{
    const struct lw_filter *only = s->view.only;
    struct lw_standing to = {.total = only ? only->n : lw_tasks_count(s->view.opts.tasks)};
    struct lw_keys drafts = {0};
    lw_drafts_keys(lw_sitting_drafts(s), &drafts);
    for (size_t i = 0; i < to.total; i++)
        count_one(s, only ? lw_filter_at(only, i) : i, &drafts, &to);
    lw_keys_fini(&drafts);
    return to;
}

char *lw_sitting_describe_end(const struct lw_sitting *s)
{
    struct lw_standing now = lw_sitting_standing(s);
    const char *of = s->view.only ? LW_MSG_OF_FILTER : "";
    if (now.skipped == 0)
        return lw_format(LW_MSG_ALL_DONE, of);
    if (now.done == 0)
        return lw_format(LW_MSG_ALL_SKIPPED, of);
    return lw_format(LW_MSG_DONE_OR_SKIPPED, of, now.skipped);
}
