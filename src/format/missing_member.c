/* What is said where somebody names a column or member that is not there. */
#include "format/missing_member_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/yaml/yaml.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 120 /* bytes */ };

enum lw_code lw_fail_member(struct lw_err *err, const char *where, const char *what,
    const char *name, const char *const *names, size_t n)
{
    struct lw_buf has = {0};
    const char **all = lw_alloc((n + 1) * sizeof *all), *near;
    memcpy(all, names, n * sizeof *all);
    all[n] = NULL;
    near = lw_nearest(name, all);
    for (size_t i = 0; i < n && has.len < NAMES_MAX; i++)
        lw_buf_fmt(&has, "%s%.40s", i ? ", " : "", names[i]);
    lw_fail(err, LW_EBAD, "%s has no %s \"%.60s\".%s%.60s%s Its %ss: %s%s", where, what, name,
        near ? " Did you mean \"" : "", near ? near : "", near ? "\"?" : "", what,
        has.data ? has.data : "none", has.len < NAMES_MAX ? "." : " …");
    lw_buf_fini(&has);
    free(all);
    return LW_EBAD;
}
