/* The table of targets. A new target NAME is one row in LW_SYNC_TARGETS (targets_internal.h) and
 * one file, target/target_NAME.c, or a folder of that name, which defines lw_target_NAME: its
 * schemes and a state machine. A `type` of its own must also be allowed in project/project_sync.c,
 * which checks project.yaml and cannot see this table above it. */
#include "sync/targets_internal.h"

#include <string.h>
#include <strings.h>

static const struct lw_target_kind *const kinds[] = {
#define X(name) &lw_target_##name,
    LW_SYNC_TARGETS(X)
#undef X
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
