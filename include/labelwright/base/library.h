/* Libraries that are loaded when they are needed, not linked: what few sessions use costs others
 * nothing at the start. */
#ifndef LABELWRIGHT_BASE_LIBRARY_H
#define LABELWRIGHT_BASE_LIBRARY_H

#include <stdbool.h>

/* By its file name, such as "libcurl.so.4", which stays loaded until the end; NULL when it is not
 * installed. */
void *lw_library_load(const char *name);

/* Its function `name` into `*to`, a pointer to a function. False when it has none, or `library` is
 * NULL. */
bool lw_library_find(void *library, const char *name, void *to);

#endif
