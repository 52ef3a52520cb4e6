/* Loads libraries through the dynamic linker. */
#include "labelwright/base/library.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

void *lw_library_load(const char *name)
{
    return dlopen(name, RTLD_NOW | RTLD_LOCAL);
}

bool lw_library_find(void *library, const char *name, void *to)
{
    void *found = library ? dlsym(library, name) : NULL;
    memcpy(to, &found, sizeof found); /* ISO C knows no cast to a function */
    return found;
}
