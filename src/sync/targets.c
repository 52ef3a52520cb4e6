/* Which kind of target an address and a type mean. A new kind is one row in project/sync_targets.h
 * and one file, target/target_ID.c, or a folder of that name, which defines lw_target_ID: its
 * schemes and a state machine. */
#include "sync/targets_internal.h"

#include <string.h>
#include <strings.h>

static const struct lw_target_kind *const kinds[] = {
#define KIND(id) &lw_target_##id,
#define KIND_OF_TYPE(id, word, numbered) KIND(id)
    LW_SYNC_BY_ADDRESS(KIND) LW_SYNC_BY_TYPE(KIND_OF_TYPE)};

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
