/* free() and realloc() that zero memory first: for libcurl, which copies requests, with the secret,
 * into its own memory and frees that without clearing it. */
#ifndef LABELWRIGHT_SYNC_WIPE_INTERNAL_H
#define LABELWRIGHT_SYNC_WIPE_INTERNAL_H

#include <stddef.h>

void lw_wipe_free(void *p); /* NULL is fine */
void *lw_wipe_realloc(void *old, size_t n);

#endif
