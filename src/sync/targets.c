#include "sync/targets_internal.h"

#include <string.h>
#include <strings.h>

static const struct lw_target_kind *const kinds[] = {
    &lw_target_folder,
    &lw_target_push,
    &lw_target_label_studio,
};

static bool fits(const struct lw_target_kind *k, const struct lw_sync_to *to)
{
    if (!to->type != !k->type || (to->type && strcmp(to->type, k->type) != 0))
        return false;
    for (const char *const *s = k->schemes; *s; s++)
        if (strncasecmp(to->to, *s, strlen(*s)) == 0)
            return true;
    return false;
}

const struct lw_target_kind *lw_target_kind(const struct lw_sync_to *to)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (fits(kinds[i], to))
            return kinds[i];
    return NULL;
}
