/* A hash table of words (SipHash by libsodium, open addressing). What the numbers mean is its
 * users'. */
#include "spell/word_table_internal.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 256 };

/* Where the word is, or where it would be put. */
static struct lw_word_slot *slot_of(const struct lw_word_table *t, const char *s, size_t n)
{
    uint64_t hash;
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)s, n, t->key);
    size_t i = (size_t)hash & (t->cap - 1);
    while (
        t->slot[i].n > 0 && (t->slot[i].n != n || memcmp(t->bytes.data + t->slot[i].at, s, n) != 0))
        i = (i + 1) & (t->cap - 1);
    return &t->slot[i];
}

int lw_word_table_find(const struct lw_word_table *t, const char *s, size_t n)
{
    if (t->cap == 0 || n == 0)
        return -1;
    const struct lw_word_slot *slot = slot_of(t, s, n);
    return slot->n > 0 ? (int)slot->value : -1;
}

static void make_room(struct lw_word_table *t)
{
    struct lw_word_slot *old = t->slot;
    size_t cap = t->cap;
    if (cap == 0)
        crypto_shorthash_keygen(t->key);
    else if (t->n * 2 < cap)
        return;
    t->cap = cap ? cap * 2 : FIRST;
    t->slot = lw_alloc(t->cap * sizeof *t->slot);
    for (size_t i = 0; i < cap; i++)
        if (old[i].n > 0)
            *slot_of(t, t->bytes.data + old[i].at, old[i].n) = old[i];
    free(old);
}

void lw_word_table_put(struct lw_word_table *t, const char *s, size_t n, uint8_t value)
{
    make_room(t);
    struct lw_word_slot *slot = slot_of(t, s, n);
    if (slot->n == 0) {
        *slot = (struct lw_word_slot){t->bytes.len, (uint32_t)n, value};
        lw_buf_add(&t->bytes, s, n);
        t->n++;
    }
    slot->value = value;
}

void lw_word_table_clear(struct lw_word_table *t)
{
    if (t->slot)
        memset(t->slot, 0, t->cap * sizeof *t->slot);
    lw_buf_clear(&t->bytes);
    t->n = 0;
}

void lw_word_table_fini(struct lw_word_table *t)
{
    lw_buf_fini(&t->bytes);
    free(t->slot);
    *t = (struct lw_word_table){0};
}
