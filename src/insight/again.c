/* What was asked again: tasks that came a second time, and practice tasks, whose answers are known.
 * A repeat names the label of the first time; practice labels have the outcome with them, and of
 * each task the first one counts, as whoever has seen what is known knows it. */
#include "insight/insight_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- the fold */

static struct lw_again *add(struct lw_insight *s, const struct lw_event *e)
{
    size_t n;
    const struct lw_work *w = lw_worklog_events(s->work, &n);
    s->again = lw_insight_room(s->again, s->nagain, &s->cap_again, sizeof *s->again);
    struct lw_again *a = &s->again[s->nagain++];
    *a = (struct lw_again){.seq = e->seq,
        .pos = e->pos,
        .local_ms = e->time_ms + (n > 0 ? (int64_t)w[n - 1].zone_s * 1000 : 0)};
    return a;
}

void lw_insight_fold_repeat(struct lw_insight *s, const struct lw_event *e)
{
    struct lw_member of, answers;
    const char *end, *from = lw_event_members(e, &end);
    if (lw_member_find(from, end, "of", &of) &&
        lw_member_find(from, end, "answers", &answers)) /* else it was skipped */
        add(s, e)->of = lw_member_u64(&of);
}

void lw_insight_fold_practice(
    struct lw_insight *s, const struct lw_event *e, const struct lw_member *practice)
{
    struct lw_member task, outcome;
    const char *end, *from = lw_event_members(e, &end), *at = practice->value;
    bool is_new = false;
    if (!lw_member_find(from, end, "task", &task))
        return;
    lw_intern(&s->practised, lw_insight_hash(LW_HASH_START, task.value, task.value_len), &is_new);
    if (!is_new)
        return;
    struct lw_again *a = add(s, e);
    for (end = at + practice->value_len; (at = memchr(at, '{', (size_t)(end - at)));) {
        enum lw_agreement how;
        size_t len;
        const char *name =
            lw_member_find(at, end, "outcome", &outcome) ? lw_member_plain(&outcome, &len) : NULL;
        if (name && lw_agreement_find(name, len, &how))
            lw_agreement_add(&a->sum, how);
        at = name ? outcome.value + outcome.value_len : at + 1;
    }
}

void lw_insight_undo_repeat(struct lw_insight *s, const struct lw_event *e)
{
    struct lw_member of;
    if (!lw_member_find(e->text, e->text + e->pos.len - 1, "of", &of))
        return;
    for (size_t i = s->nagain; i-- > 0 && s->again[i].seq >= lw_member_u64(&of);)
        if (s->again[i].of && s->again[i].seq == lw_member_u64(&of))
            s->again[i].undone = true;
}

/* ---- repeats against the first label */

static const struct lw_label_facts *label_of(const struct lw_insight *s, uint64_t seq)
{
    size_t low = 0, high = s->nlabels;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->label[middle].seq < seq)
            low = middle + 1;
        else
            high = middle;
    }
    return low < s->nlabels && s->label[low].seq == seq ? &s->label[low] : NULL;
}

static void add_one(void *sum, const struct lw_agreed *one)
{
    lw_agreement_add(sum, one->how);
}

/* Nothing is added where the first label or its questions are not there. */
static bool compare(const struct lw_insight *s, const struct lw_journal *j,
    const struct lw_again *a, struct lw_agreement_sum *to)
{
    const struct lw_label_facts *first = label_of(s, a->of);
    const struct lw_project *p =
        first && first->asked != UINT32_MAX ? s->asked[first->asked].project : NULL;
    json_t *then = NULL, *now = NULL;
    bool both = p && lw_journal_read(j, first->pos, &then, NULL) == LW_OK &&
                lw_journal_read(j, a->pos, &now, NULL) == LW_OK;
    if (both)
        lw_answers_agree(
            p, json_object_get(now, "answers"), json_object_get(then, "answers"), add_one, to);
    json_decref(then);
    json_decref(now);
    return both;
}

void lw_insight_each_again(const struct lw_insight *s, const struct lw_journal *j, int32_t from_day,
    int32_t to_day, void (*each)(void *ctx, const struct lw_again *a), void *ctx)
{
    enum { DAY_MS = 86400000 };
    for (size_t i = 0; i < s->nagain; i++) {
        struct lw_again a = s->again[i];
        int32_t day = (int32_t)(a.local_ms / DAY_MS);
        if (a.undone || day < from_day || day > to_day)
            continue;
        if (!a.of || (j && compare(s, j, &a, &a.sum)))
            each(ctx, &a);
    }
}

/* ---- the section of the report */

static void count(void *ctx, const struct lw_again *a)
{
    struct lw_insight_report *r = ctx;
    struct lw_steadiness *to = a->of ? &r->repeats : &r->practice;
    if (lw_agreement_judged(&a->sum) == 0)
        return;
    to->tasks++;
    to->same += a->sum.same;
    to->near += a->sum.near;
    to->other += a->sum.other;
}

static void conclude(struct lw_steadiness *s)
{
    uint64_t n = s->same + s->near + s->other;
    s->at95 = lw_interval_wilson(s->same + s->near, n, LW_Z_95);
    s->verdict = lw_chance_of_z(n, 0);
}

void lw_report_again(const struct lw_counted *c, struct lw_insight_report *r)
{
    lw_insight_each_again(c->s, c->opts->journal, c->opts->from_day, c->opts->to_day, count, r);
    conclude(&r->repeats);
    conclude(&r->practice);
}
