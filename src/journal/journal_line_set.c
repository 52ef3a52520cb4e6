/* The lines that a walk has seen: seq and the first 64 bits of the hash. That is enough against
 * accidents; anyone who can forge hashes can also write a valid journal.
 *
 * Lines that follow each other are kept as a run, 8 bytes each: a sound journal is one run. All
 * others, doubles, forks and what stands after a gap, are in a table, where seq 0 is an empty slot.
 */
#include "journal/journal_internal.h"

#include <stdlib.h>
#include <string.h>

struct lw_line_slot {
    uint64_t seq, tag;
};

/* Of eight hex digits the values, one a byte. Letters have bit 6, and 'a' ends in 1. */
static uint64_t values(const char *digits)
{
    uint64_t eight;
    memcpy(&eight, digits, sizeof eight);
    return (eight & UINT64_C(0x0F0F0F0F0F0F0F0F)) + 9 * (eight >> 6 & UINT64_C(0x0101010101010101));
}

static uint64_t tag_of(const char *hash)
{
    return values(hash) | values(hash + 8) << 4;
}

/* Lines come mostly in order: four after each other share a line of the cache. */
static size_t slot_of(const struct lw_line_set *s, uint64_t seq)
{
    uint64_t four = (seq >> 2) * UINT64_C(0x9E3779B97F4A7C15) >> 20;
    return (size_t)(four << 2 | (seq & 3)) & (s->cap - 1);
}

static enum lw_line_known find_in_table(const struct lw_line_set *s, uint64_t seq, uint64_t tag)
{
    enum lw_line_known found = LW_LINE_NEW;
    if (s->cap == 0)
        return found;
    for (size_t i = slot_of(s, seq); s->slot[i].seq; i = (i + 1) & (s->cap - 1)) {
        if (s->slot[i].seq == seq && s->slot[i].tag == tag)
            return LW_LINE_SAME;
        if (s->slot[i].seq == seq)
            found = LW_LINE_OTHER;
    }
    return found;
}

enum lw_line_known lw_line_set_find(const struct lw_line_set *s, uint64_t seq, const char *hash)
{
    uint64_t tag = tag_of(hash);
    bool in_run = seq - s->first < s->run;
    if (in_run && s->tag[seq - s->first] == tag)
        return LW_LINE_SAME;
    enum lw_line_known found = find_in_table(s, seq, tag);
    return in_run && found == LW_LINE_NEW ? LW_LINE_OTHER : found;
}

static void put(struct lw_line_set *s, struct lw_line_slot one)
{
    size_t i = slot_of(s, one.seq);
    while (s->slot[i].seq)
        i = (i + 1) & (s->cap - 1);
    s->slot[i] = one;
    s->n++;
}

static void grow_table(struct lw_line_set *s)
{
    struct lw_line_set old = *s;
    s->n = 0;
    s->cap = old.cap ? old.cap * 2 : 1024;
    s->slot = lw_alloc(s->cap * sizeof *s->slot);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slot[i].seq)
            put(s, old.slot[i]);
    free(old.slot);
}

static void add_to_run(struct lw_line_set *s, uint64_t tag)
{
    if (s->run == s->cap_run) {
        s->cap_run = s->cap_run ? s->cap_run * 2 : 1024;
        s->tag = lw_grow(s->tag, s->cap_run, sizeof *s->tag);
    }
    s->tag[s->run++] = tag;
}

void lw_line_set_add(struct lw_line_set *s, uint64_t seq, const char *hash)
{
    if (s->run == 0)
        s->first = seq;
    if (seq == s->first + s->run) {
        add_to_run(s, tag_of(hash));
        return;
    }
    if (s->n >= s->cap / 2)
        grow_table(s);
    put(s, (struct lw_line_slot){seq, tag_of(hash)});
}

void lw_line_set_fini(struct lw_line_set *s)
{
    free(s->slot);
    free(s->tag);
    *s = (struct lw_line_set){0};
}
