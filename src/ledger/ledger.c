/* Folds events: the members that count are read, and the entries (ledger_entries.c) and the
 * deliveries (delivery.c) changed by them. Sums over both are here too. Nothing here writes;
 * checkpoint.c does. */
#include "ledger/ledger_internal.h"

#include <stdlib.h>
#include <string.h>

struct lw_ledger *lw_ledger_new(void)
{
    return lw_alloc(sizeof(struct lw_ledger));
}

void lw_ledger_clear(struct lw_ledger *l)
{
    free(l->entry);
    free(l->slot);
    free(l->loose);
    free(l->pause);
    free(l->said);
    free(l->repeated);
    free(l->practised);
    free(l->kept);
    lw_ledger_clear_deliveries(l);
    *l = (struct lw_ledger){.target = l->target, .n_targets = l->n_targets};
}

void lw_ledger_free(struct lw_ledger *l)
{
    if (l) {
        lw_ledger_clear(l);
        lw_ledger_set_targets(l, NULL, 0);
    }
    free(l);
}

/* ---- the members that count */

static void set_fact(struct lw_facts *f, const struct lw_member *m)
{
#define ROW(member, number)                                                                        \
    {                                                                                              \
#member, sizeof #member - 1, offsetof(struct lw_facts, member), number                     \
    }
    static const struct {
        const char *key;
        size_t len, offset;
        bool number;
    } table[] = {
        ROW(task, false),
        ROW(sha256, false),
        ROW(to, false),
        ROW(head, false),
        ROW(practice, false),
        ROW(private, false),
        ROW(what, false),
        ROW(record, true),
        ROW(active_ms, true),
        ROW(wall_ms, true),
        ROW(of, true),
        ROW(first, true),
        ROW(last, true),
    };
#undef ROW
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (m->key_len != table[i].len || memcmp(m->key, table[i].key, m->key_len) != 0)
            continue;
        void *to = (char *)f + table[i].offset;
        if (table[i].number)
            *(uint64_t *)to = lw_member_u64(m);
        else
            *(struct lw_member *)to = *m;
    }
}

static struct lw_facts read_facts(const struct lw_event *e)
{
    struct lw_facts f = {0};
    struct lw_member m;
    const char *end, *p = lw_event_members(e, &end);
    while (lw_member_next(&p, end, &m))
        set_fact(&f, &m);
    return f;
}

static uint64_t hex64(const struct lw_member *m)
{
    uint64_t n = 0;
    for (size_t i = 1; i <= 16 && i < m->value_len; i++) {
        unsigned char c = (unsigned char)m->value[i];
        n = n << 4 | (uint64_t)(c <= '9' ? c - '0' : c - 'a' + 10) % 16;
    }
    return n;
}

/* ---- folding */

static void fold_entry(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    struct lw_entry new = {.seq = e->seq,
        .pos = e->pos,
        .record = hex64(&f->sha256),
        .number = lw_ledger_capped(f->record),
        .time_ms = e->time_ms,
        .active_ms = lw_ledger_capped(f->active_ms),
        .skip = e->type == LW_EV_SKIP,
        .practice = f->practice.value != NULL,
        .private = lw_facts_are_private(f)};
    if (!lw_facts_task(&f->task, &new.task) || l->n_entries == LW_ENTRIES_MOST) {
        if (!new.private)
            lw_ledger_add_loose(l, e->seq);
        return;
    }
    if (new.practice)
        lw_fold_practice(l, new.task, e, f);
    if (new.private)
        lw_ledger_keep(l, e->seq);
    lw_ledger_add_entry(l, new);
}

static void fold_undo(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    if (!lw_ledger_undo_repeat(l, f->of))
        lw_ledger_undo(l, f->of);
    if (!lw_facts_are_private(f))
        lw_ledger_add_loose(l, e->seq);
}

static void fold_break(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    l->pause = lw_ledger_room(l->pause, l->n_pauses, &l->cap_pauses, sizeof *l->pause);
    l->pause[l->n_pauses++] = (struct lw_break){e->time_ms, (int64_t)f->wall_ms};
}

static void fold_own(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    static const char stop[] = "\"stop_for_today\"";
    if (f->what.value_len == sizeof stop - 1 && memcmp(f->what.value, stop, sizeof stop - 1) == 0)
        l->stopped_ms = e->time_ms;
}

static void fold_talk(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    struct lw_said said = {.pos = e->pos};
    if (!lw_facts_task(&f->task, &said.task))
        return;
    l->said = lw_ledger_room(l->said, l->n_said, &l->cap_said, sizeof *l->said);
    l->said[l->n_said++] = said;
}

static void fold_questions(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    (void)e;
    if (f->sha256.value_len == LW_SHA256_HEX + 1)
        memcpy(l->questions, f->sha256.value + 1, LW_SHA256_HEX - 1);
}

void lw_ledger_fold(struct lw_ledger *l, const struct lw_event *e)
{
    static void (*const fold[])(
        struct lw_ledger *, const struct lw_event *, const struct lw_facts *) = {
        [LW_EV_QUESTIONS] = fold_questions,
        [LW_EV_OWN] = fold_own,
        [LW_EV_ANNOTATE] = fold_entry,
        [LW_EV_SKIP] = fold_entry,
        [LW_EV_TALK] = fold_talk,
        [LW_EV_REPEAT] = lw_fold_repeat,
        [LW_EV_UNDO] = fold_undo,
        [LW_EV_BREAK] = fold_break,
        [LW_EV_BATCH] = lw_fold_batch,
        [LW_EV_RECEIPT] = lw_fold_receipt,
        [LW_EV_PARKED] = lw_fold_parked,
        [LW_EV_RESEND] = lw_fold_resend,
        [LW_EV_UNKNOWN] = NULL,
    };
    l->events++;
    l->irregular = l->irregular || e->seq != l->last + 1;
    l->last = e->seq;
    if (!fold[e->type])
        return;
    struct lw_facts f = read_facts(e);
    fold[e->type](l, e, &f);
}

static void fold_event(void *ctx, const struct lw_event *e)
{
    lw_ledger_fold(ctx, e);
}

static void start_over(void *ctx)
{
    lw_ledger_clear(ctx);
}

void lw_ledger_follow(struct lw_ledger *l, struct lw_journal_opts *opts)
{
    opts->each = fold_event;
    opts->restart = start_over;
    opts->ctx = l;
}

/* ---- queries */

int64_t lw_ledger_stopped_for_today(const struct lw_ledger *l)
{
    return l->stopped_ms;
}

bool lw_ledger_is_irregular(const struct lw_ledger *l)
{
    return l->irregular;
}

void lw_ledger_each_talk(
    const struct lw_ledger *l, uint64_t task, void (*each)(void *ctx, struct lw_pos pos), void *ctx)
{
    for (size_t i = 0; i < l->n_said; i++)
        if (l->said[i].task == task)
            each(ctx, l->said[i].pos);
}

static bool within(int64_t t, int64_t from, int64_t to)
{
    return t >= from && t < to;
}

struct lw_day lw_ledger_day(const struct lw_ledger *l, int64_t from_ms, int64_t to_ms)
{
    struct lw_day d = {0};
    for (size_t i = 0; i < l->n_entries; i++) {
        const struct lw_entry *e = &l->entry[i];
        if (!within(e->time_ms, from_ms, to_ms))
            continue;
        bool stands = lw_ledger_of(l, e->task) == e;
        d.undone += e->undone;
        d.replaced += !e->undone && !stands;
        d.done += stands && !e->skip;
        d.skipped += stands && e->skip;
        d.active_ms += e->undone ? 0 : e->active_ms; /* the task's next label includes it */
    }
    for (size_t i = 0; i < l->n_repeated; i++) {
        const struct lw_repeated *r = &l->repeated[i];
        bool counts = !r->undone && within(r->time_ms, from_ms, to_ms);
        d.repeats += counts;
        d.active_ms += counts ? r->active_ms : 0;
    }
    for (size_t i = 0; i < l->n_pauses; i++)
        if (within(l->pause[i].time_ms, from_ms, to_ms))
            d.break_ms += l->pause[i].ms;
    return d;
}

void lw_ledger_each(
    const struct lw_ledger *l, void (*each)(void *ctx, const struct lw_entry *e), void *ctx)
{
    for (size_t i = 0; i < l->n_entries; i++)
        if (lw_ledger_of(l, l->entry[i].task) == &l->entry[i])
            each(ctx, &l->entry[i]);
}

static void add_target(const struct lw_ledger *l, const struct lw_delivery *p, struct lw_totals *t)
{
    uint64_t unsent = lw_ledger_unsent(l, p);
    if (unsent > t->unsent)
        t->unsent = unsent;
    t->parked += lw_ledger_parked(l, p, NULL, NULL);
}

struct lw_totals lw_ledger_totals(const struct lw_ledger *l)
{
    static const struct lw_delivery nobody = {.to = NULL};
    struct lw_totals t = {.done = l->done, .skipped = l->skipped, .events = l->events};
    for (size_t i = 0; i < l->n_targets; i++)
        add_target(l, lw_ledger_delivery(l, l->target[i]), &t);
    for (size_t i = 0; l->n_targets == 0 && i < l->n_deliveries; i++)
        add_target(l, &l->delivery[i], &t);
    if (l->n_targets == 0 && l->n_deliveries == 0)
        add_target(l, &nobody, &t);
    return t;
}

const char *lw_ledger_questions(const struct lw_ledger *l)
{
    return l->questions;
}
