#include "sync/wipe_internal.h"

#include <malloc.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

void lw_wipe_free(void *p)
{
    if (p)
        sodium_memzero(p, malloc_usable_size(p));
    free(p);
}

void *lw_wipe_realloc(void *old, size_t n)
{
    size_t had = old ? malloc_usable_size(old) : 0;
    void *new = malloc(n);
    if (new &&old)
        memcpy(new, old, had < n ? had : n);
    if (new)
        lw_wipe_free(old);
    return new;
}
