/* free() and realloc() that leave nothing behind: for libcurl, which lays a request out in memory
 * of its own, the secret with it, and lets go of that as it is. */
#ifndef LABELWRIGHT_SYNC_WIPE_INTERNAL_H
#define LABELWRIGHT_SYNC_WIPE_INTERNAL_H

#include <stddef.h>

void lw_wipe_free(void *p); /* NULL is fine */
void *lw_wipe_realloc(void *old, size_t n);

#endif
