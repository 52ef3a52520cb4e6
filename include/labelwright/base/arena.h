/* Memory that is given back all at once: for many small things that live equally long. */
#ifndef LABELWRIGHT_BASE_ARENA_H
#define LABELWRIGHT_BASE_ARENA_H

#include <stddef.h>

/* Zero-initialise. */
struct lw_arena {
    struct lw_arena_slab *slab; /* the one in use, then those before it */
    size_t used, room;          /* bytes of it */
};

/* n bytes for any type, not zeroed. Never NULL. */
void *lw_arena_alloc(struct lw_arena *a, size_t n);

/* A copy of n bytes, and a NUL behind it. */
void *lw_arena_copy(struct lw_arena *a, const void *bytes, size_t n);

void lw_arena_clear(struct lw_arena *a); /* may keep some memory for what comes next */
void lw_arena_fini(struct lw_arena *a);

#endif
