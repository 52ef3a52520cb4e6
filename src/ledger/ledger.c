#include "ledger/ledger_internal.h"

#include <stdlib.h>
#include <string.h>

/* An index is 1 + its place in `entry`; 0 is none. */
struct lw_ledger_slot {
    uint32_t newest; /* the key: entry[newest - 1].task */
    uint32_t stands; /* the newest that was not undone */
};

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
    lw_ledger_clear_deliveries(l);
    *l = (struct lw_ledger){.aim = l->aim, .n_aims = l->n_aims};
}

void lw_ledger_free(struct lw_ledger *l)
{
    if (l) {
        lw_ledger_clear(l);
        lw_ledger_aim(l, NULL, 0);
    }
    free(l);
}

void *lw_ledger_room(void *p, size_t n, size_t *cap, size_t item)
{
    if (n < *cap)
        return p;
    *cap = *cap ? *cap * 2 : 64;
    return lw_grow(p, *cap, item);
}

/* ---- the table */

static struct lw_entry *at(const struct lw_ledger *l, uint32_t index)
{
    return index ? &l->entry[index - 1] : NULL;
}

/* The slot of the task, or the free one for it. A task's key is already a hash. */
static struct lw_ledger_slot *find(const struct lw_ledger *l, uint64_t task)
{
    size_t i = (size_t)task & (l->cap_slots - 1);
    while (l->slot[i].newest && at(l, l->slot[i].newest)->task != task)
        i = (i + 1) & (l->cap_slots - 1);
    return &l->slot[i];
}

static void widen(struct lw_ledger *l)
{
    struct lw_ledger_slot *old = l->slot;
    size_t n = l->cap_slots;
    if (l->n_tasks < n / 2)
        return;
    l->cap_slots = n ? n * 2 : 256;
    l->slot = lw_alloc(l->cap_slots * sizeof *l->slot);
    for (size_t i = 0; i < n; i++)
        if (old[i].newest)
            *find(l, at(l, old[i].newest)->task) = old[i];
    free(old);
}

static void count(struct lw_ledger *l, uint32_t index, uint64_t by)
{
    const struct lw_entry *e = at(l, index);
    if (e && e->skip)
        l->skipped += by;
    else if (e)
        l->done += by;
}

static void stand(struct lw_ledger *l, struct lw_ledger_slot *s, uint32_t index)
{
    count(l, s->stands, (uint64_t)-1);
    s->stands = index;
    count(l, index, 1);
}

void lw_ledger_enter(struct lw_ledger *l, uint32_t index)
{
    widen(l);
    const struct lw_entry *e = at(l, index);
    struct lw_ledger_slot *s = find(l, e->task);
    l->n_tasks += s->newest == 0;
    s->newest = index;
    if (!e->undone)
        stand(l, s, index);
    if (index > 1 && at(l, index - 1)->seq >= e->seq)
        l->unordered = true;
}

/* ---- the members that count */

static void take_member(struct lw_facts *f, const struct lw_member *m)
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
    const char *p = e->text, *end = e->text + e->pos.len - 1;
    while (lw_member_next(&p, end, &m))
        take_member(&f, &m);
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

static uint32_t capped(uint64_t n)
{
    return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

/* ---- folding */

static bool task_key(const struct lw_member *m, uint64_t *key)
{
    size_t len;
    const char *plain = lw_member_plain(m, &len);
    char *unescaped = plain ? NULL : lw_member_text(m, &len);
    if (!plain && !unescaped)
        return false;
    *key = lw_fingerprint(plain ? plain : unescaped, len);
    free(unescaped);
    return true;
}

static void fold_entry(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    struct lw_entry new = {.seq = e->seq,
        .pos = e->pos,
        .record = hex64(&f->sha256),
        .number = f->record,
        .time_ms = e->time_ms,
        .active_ms = capped(f->active_ms),
        .skip = e->type == LW_EV_SKIP};
    if (!task_key(&f->task, &new.task) || l->n_entries == UINT32_MAX - 1) {
        lw_ledger_add_loose(l, e->seq);
        return;
    }
    const struct lw_entry *before = lw_ledger_of(l, new.task);
    new.before = before ? (uint32_t)(before - l->entry) + 1 : 0;
    l->entry = lw_ledger_room(l->entry, l->n_entries, &l->cap_entries, sizeof *l->entry);
    l->entry[l->n_entries++] = new;
    lw_ledger_enter(l, (uint32_t)l->n_entries);
}

static int by_seq(const void *key, const void *item)
{
    uint64_t seq = *(const uint64_t *)key, other = ((const struct lw_entry *)item)->seq;
    return (seq > other) - (seq < other);
}

static struct lw_entry *entry_of(const struct lw_ledger *l, uint64_t seq)
{
    if (l->n_entries == 0)
        return NULL;
    if (!l->unordered)
        return bsearch(&seq, l->entry, l->n_entries, sizeof *l->entry, by_seq);
    for (size_t i = l->n_entries; i-- > 0;)
        if (l->entry[i].seq == seq)
            return &l->entry[i];
    return NULL;
}

static void fold_undo(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    struct lw_entry *of = entry_of(l, f->of);
    lw_ledger_add_loose(l, e->seq);
    if (!of || of->undone)
        return;
    of->undone = true;
    struct lw_ledger_slot *s = find(l, of->task);
    uint32_t index = (uint32_t)(of - l->entry) + 1;
    if (s->stands != index)
        return;
    while (index && at(l, index)->undone)
        index = at(l, index)->before;
    stand(l, s, index);
}

static void fold_break(struct lw_ledger *l, const struct lw_event *e, const struct lw_facts *f)
{
    l->pause = lw_ledger_room(l->pause, l->n_pauses, &l->cap_pauses, sizeof *l->pause);
    l->pause[l->n_pauses++] = (struct lw_break){e->time_ms, (int64_t)f->wall_ms};
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
        [LW_EV_ANNOTATE] = fold_entry,
        [LW_EV_SKIP] = fold_entry,
        [LW_EV_UNDO] = fold_undo,
        [LW_EV_BREAK] = fold_break,
        [LW_EV_BATCH] = lw_fold_batch,
        [LW_EV_RECEIPT] = lw_fold_receipt,
        [LW_EV_PARKED] = lw_fold_parked,
        [LW_EV_RESEND] = lw_fold_resend,
        [LW_EV_UNKNOWN] = NULL,
    };
    l->events++;
    l->rough = l->rough || e->seq != l->last + 1;
    l->last = e->seq;
    if (!fold[e->type])
        return;
    struct lw_facts f = read_facts(e);
    fold[e->type](l, e, &f);
}

/* ---- asking */

bool lw_ledger_is_rough(const struct lw_ledger *l)
{
    return l->rough;
}

const struct lw_entry *lw_ledger_of(const struct lw_ledger *l, uint64_t task)
{
    return l->cap_slots ? at(l, find(l, task)->stands) : NULL;
}

const struct lw_entry *lw_ledger_entry(const struct lw_ledger *l, uint64_t seq)
{
    return entry_of(l, seq);
}

const struct lw_entry *lw_ledger_last(const struct lw_ledger *l)
{
    for (size_t i = l->n_entries; i-- > 0;)
        if (!l->entry[i].undone)
            return &l->entry[i];
    return NULL;
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

const char *lw_ledger_questions(const struct lw_ledger *l)
{
    return l->questions;
}
