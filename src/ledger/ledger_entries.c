/* The entries: all annotate and skip events, and which of a task's counts now. Knows nothing of the
 * other events, nor of where an entry was sent.
 *
 * Entries stay in the journal's order, so an entry is found by its number by bisection; a table
 * from task to entry (open addressing, at most half full; the key is a hash already) finds what
 * counts in one step. Where damage broke the order, looking up costs one pass. */
#include "ledger/ledger_internal.h"

#include <stdlib.h>
#include <string.h>

/* A task's newest entry that was not undone; where all were undone, one of them, which says that
 * the task is open. An index is 1 + its place in `entry`; 0 is none. */
struct lw_ledger_slot {
    uint32_t index : 31;    /* the key: entry[index - 1].task */
    uint32_t practised : 1; /* it has, or had, a practice label */
};

uint32_t lw_ledger_capped(uint64_t n)
{
    return n > UINT32_MAX ? UINT32_MAX : (uint32_t)n;
}

void *lw_ledger_room(void *p, size_t n, size_t *cap, size_t item)
{
    if (n < *cap)
        return p;
    *cap = *cap ? *cap * 2 : 64;
    return lw_grow(p, *cap, item);
}

/* ---- members of events */

bool lw_facts_task(const struct lw_member *m, uint64_t *key)
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

/* ---- the table */

static struct lw_entry *at(const struct lw_ledger *l, uint32_t index)
{
    return index ? &l->entry[index - 1] : NULL;
}

/* The slot of the task, or the free one for it. A task's key is already a hash. */
static struct lw_ledger_slot *find(const struct lw_ledger *l, uint64_t task)
{
    size_t i = (size_t)task & (l->cap_slots - 1);
    while (l->slot[i].index && at(l, l->slot[i].index)->task != task)
        i = (i + 1) & (l->cap_slots - 1);
    return &l->slot[i];
}

static void set_slots(struct lw_ledger *l, size_t cap)
{
    struct lw_ledger_slot *old = l->slot;
    size_t n = l->cap_slots;
    l->cap_slots = cap;
    l->slot = lw_alloc(l->cap_slots * sizeof *l->slot);
    for (size_t i = 0; i < n; i++)
        if (old[i].index)
            *find(l, at(l, old[i].index)->task) = old[i];
    free(old);
}

void lw_ledger_reserve(struct lw_ledger *l, size_t tasks)
{
    size_t cap = l->cap_slots ? l->cap_slots : 256;
    while (cap / 2 <= tasks)
        cap *= 2;
    if (cap > l->cap_slots)
        set_slots(l, cap);
}

static void count(struct lw_ledger *l, const struct lw_entry *e, uint64_t by)
{
    if (e && e->skip)
        l->skipped += by;
    else if (e)
        l->done += by;
}

/* NULL when the task is open. */
static struct lw_entry *current(const struct lw_ledger *l, const struct lw_ledger_slot *s)
{
    struct lw_entry *e = at(l, s->index);
    return e && !e->undone ? e : NULL;
}

static void set_current(struct lw_ledger *l, struct lw_ledger_slot *s, uint32_t index)
{
    count(l, current(l, s), (uint64_t)-1);
    s->index = index & INT32_MAX;
    count(l, current(l, s), 1);
}

void lw_ledger_enter(struct lw_ledger *l, uint32_t index)
{
    lw_ledger_reserve(l, l->n_tasks);
    const struct lw_entry *e = at(l, index);
    struct lw_ledger_slot *s = find(l, e->task);
    bool first = s->index == 0;
    l->n_tasks += first;
    if (first || !e->undone)
        set_current(l, s, index);
    s->practised |= e->practice && !e->skip;
    if (index > 1 && at(l, index - 1)->seq >= e->seq)
        l->unordered = true;
}

void lw_ledger_add_entry(struct lw_ledger *l, struct lw_entry e)
{
    const struct lw_entry *before = lw_ledger_of(l, e.task);
    e.before = LW_ENTRIES_MOST & (before ? (uint32_t)(before - l->entry) + 1 : 0);
    l->entry = lw_ledger_room(l->entry, l->n_entries, &l->cap_entries, sizeof *l->entry);
    l->entry[l->n_entries++] = e;
    lw_ledger_enter(l, (uint32_t)l->n_entries);
}

void lw_ledger_add_loose(struct lw_ledger *l, uint64_t seq)
{
    if (l->n_loose > 0 && l->loose[l->n_loose - 1] >= seq)
        l->unordered = true;
    l->loose = lw_ledger_room(l->loose, l->n_loose, &l->cap_loose, sizeof *l->loose);
    l->loose[l->n_loose++] = seq;
}

void lw_ledger_keep(struct lw_ledger *l, uint64_t seq)
{
    if (l->n_kept > 0 && l->kept[l->n_kept - 1] >= seq)
        l->unordered = true;
    l->kept = lw_ledger_room(l->kept, l->n_kept, &l->cap_kept, sizeof *l->kept);
    l->kept[l->n_kept++] = seq;
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

void lw_ledger_undo(struct lw_ledger *l, uint64_t seq)
{
    struct lw_entry *of = entry_of(l, seq);
    if (!of || of->undone)
        return;
    struct lw_ledger_slot *s = find(l, of->task);
    bool counts = current(l, s) == of;
    count(l, counts ? of : NULL, (uint64_t)-1);
    of->undone = true;
    uint32_t index = of->before;
    while (index && at(l, index)->undone)
        index = at(l, index)->before;
    if (counts && index)
        set_current(l, s, index);
}

/* ---- queries */

bool lw_ledger_was_practised(const struct lw_ledger *l, uint64_t task)
{
    return l->cap_slots && find(l, task)->practised;
}

const struct lw_entry *lw_ledger_of(const struct lw_ledger *l, uint64_t task)
{
    return l->cap_slots ? current(l, find(l, task)) : NULL;
}

void lw_ledger_prefetch(const struct lw_ledger *l, uint64_t task)
{
    if (l->cap_slots)
        __builtin_prefetch(&l->slot[(size_t)task & (l->cap_slots - 1)]);
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

const struct lw_entry *lw_ledger_entries(const struct lw_ledger *l, size_t *n)
{
    *n = l->n_entries;
    return l->entry;
}

/* How many of the ascending seqs are above `seq`. The k-th is at `first + k * step`. */
static size_t above(const uint64_t *first, size_t step, size_t n, uint64_t seq)
{
    size_t low = 0, high = n;
    while (low < high) {
        size_t mid = (low + high) / 2;
        uint64_t at;
        memcpy(&at, (const char *)first + mid * step, sizeof at);
        if (at <= seq)
            low = mid + 1;
        else
            high = mid;
    }
    return n - low;
}

/* The same, for seqs in any order. */
static size_t above_unordered(const struct lw_ledger *l, uint64_t seq)
{
    size_t n = 0;
    for (size_t i = 0; i < l->n_entries; i++)
        n += l->entry[i].seq > seq;
    for (size_t i = 0; i < l->n_loose; i++)
        n += l->loose[i] > seq;
    for (size_t i = 0; i < l->n_kept; i++)
        n -= l->kept[i] > seq;
    return n;
}

size_t lw_ledger_labels_above(const struct lw_ledger *l, uint64_t seq)
{
    if (l->unordered)
        return above_unordered(l, seq);
    const uint64_t *first = l->n_entries ? &l->entry[0].seq : NULL;
    return above(first, sizeof *l->entry, l->n_entries, seq) +
           above(l->loose, sizeof *l->loose, l->n_loose, seq) -
           above(l->kept, sizeof *l->kept, l->n_kept, seq);
}

bool lw_ledger_is_label(const struct lw_ledger *l, uint64_t seq)
{
    return lw_ledger_labels_above(l, seq - 1) > lw_ledger_labels_above(l, seq);
}

struct lw_mark lw_ledger_before(const struct lw_ledger *l, uint64_t seq)
{
    struct lw_mark none = {0};
    if (l->unordered || l->n_entries == 0)
        return none;
    size_t n = l->n_entries - above(&l->entry[0].seq, sizeof *l->entry, l->n_entries, seq);
    if (n == 0)
        return none;
    const struct lw_entry *e = &l->entry[n - 1];
    return (struct lw_mark){
        .seq = e->seq, .segment = e->pos.segment, .offset = e->pos.offset + e->pos.len};
}
