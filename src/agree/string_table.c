/* A table of strings with open addressing, at most half full. */
#include "agree/string_table_internal.h"

#include "labelwright/base/buf.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* FNV-1a. */
static uint32_t hash_of(const char *s, size_t n)
{
    uint32_t h = 2166136261U;
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619U;
    return h;
}

static uint32_t *find(const struct lw_string_table *t, const char *s, size_t n, uint32_t hash)
{
    uint32_t at = hash & (t->slots - 1);
    while (t->slot[at]) {
        const struct lw_table_string *one = &t->v[t->slot[at] - 1];
        if (one->hash == hash && one->n == n && memcmp(one->s, s, n) == 0)
            break;
        at = (at + 1) & (t->slots - 1);
    }
    return &t->slot[at];
}

static void widen(struct lw_string_table *t)
{
    if (t->slots > 2 * t->n)
        return;
    free(t->slot);
    t->slots = t->slots ? 2 * t->slots : 64;
    t->slot = lw_alloc(t->slots * sizeof *t->slot);
    for (uint32_t i = 0; i < t->n; i++)
        *find(t, t->v[i].s, t->v[i].n, t->v[i].hash) = i + 1;
}

uint32_t lw_string_number(struct lw_string_table *t, const char *s, size_t n, int *known)
{
    uint32_t hash = hash_of(s, n);
    widen(t);
    uint32_t *slot = find(t, s, n, hash);
    if (known)
        *known = *slot != 0;
    if (*slot)
        return *slot - 1;
    if (t->n == t->cap) {
        t->cap = t->cap ? 2 * t->cap : 64;
        t->v = lw_grow(t->v, t->cap, sizeof *t->v);
    }
    t->v[t->n] = (struct lw_table_string){lw_arena_copy(&t->arena, s, n), (uint32_t)n, hash};
    *slot = ++t->n;
    return t->n - 1;
}

void lw_string_table_fini(struct lw_string_table *t)
{
    free(t->v);
    free(t->slot);
    lw_arena_fini(&t->arena);
    *t = (struct lw_string_table){0};
}
