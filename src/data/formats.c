#include "data/format.h"

#include <string.h>

/* Name, functions, id member; in the order in which a record is tried against them. */
#define FORMATS(X)                                                                                 \
    X("hh-rlhf", lw_hh_rlhf, NULL)                                                                 \
    X("native", lw_native, "id")

static const struct lw_format table[] = {
#define X(name, f, id) {name, f##_fits, f##_read, id},
    FORMATS(X)
#undef X
};

static const char *const names[] = {
    "auto",
#define X(name, f, id) name,
    FORMATS(X)
#undef X
        NULL,
};

enum { NFORMATS = sizeof table / sizeof *table };

const struct lw_format *lw_format_find(const char *name)
{
    for (size_t i = 0; i < NFORMATS; i++)
        if (strcmp(table[i].name, name) == 0)
            return &table[i];
    return NULL;
}

const struct lw_format *lw_format_guess(const json_t *record)
{
    for (size_t i = 0; json_is_object(record) && i < NFORMATS; i++)
        if (table[i].fits(record))
            return &table[i];
    return NULL;
}

const char *const *lw_format_names(void)
{
    return names;
}
