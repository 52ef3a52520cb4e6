/* An arena of slabs from malloc(), each twice as large as the one before, up to a limit. */
#include "labelwright/base/arena.h"

#include "labelwright/base/buf.h"

#include <stdalign.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 4 * 1024, MOST = 32 * 1024 };

struct lw_arena_slab {
    struct lw_arena_slab *before;
    alignas(max_align_t) char bytes[];
};

static void add_slab(struct lw_arena *a, size_t least)
{
    size_t room = a->room == 0 ? FIRST : a->room < MOST ? 2 * a->room : MOST;
    a->room = least > room ? least : room;
    struct lw_arena_slab *slab = lw_grow(NULL, sizeof *slab + a->room, 1);
    slab->before = a->slab;
    a->slab = slab;
    a->used = 0;
}

void *lw_arena_alloc(struct lw_arena *a, size_t n)
{
    const size_t each = alignof(max_align_t);
    size_t whole = (n + each - 1) / each * each;
    if (whole < n || whole > a->room - a->used || !a->slab)
        add_slab(a, whole < n ? n : whole);
    void *p = a->slab->bytes + a->used;
    a->used += whole;
    return p;
}

void *lw_arena_copy(struct lw_arena *a, const void *bytes, size_t n)
{
    char *p = lw_arena_alloc(a, n + 1);
    if (n > 0)
        memcpy(p, bytes, n);
    p[n] = '\0';
    return p;
}

static void free_slabs(struct lw_arena_slab *s)
{
    while (s) {
        struct lw_arena_slab *before = s->before;
        free(s);
        s = before;
    }
}

void lw_arena_clear(struct lw_arena *a)
{
    if (!a->slab)
        return;
    free_slabs(a->slab->before);
    a->slab->before = NULL;
    a->used = 0;
}

void lw_arena_fini(struct lw_arena *a)
{
    free_slabs(a->slab);
    *a = (struct lw_arena){0};
}
