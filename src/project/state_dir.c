/* Opens .labelwright/, where caches and drafts are, below a project folder that a stranger may have
 * made: no link is followed. What is in it is each owner's business. */
#define _GNU_SOURCE
#include "labelwright/project/state_dir.h"

#include "labelwright/base/file.h"

#include <errno.h>
#include <fcntl.h>

#define STATE ".labelwright"

static enum lw_code enter(
    const struct lw_sys *sys, int dir, const char *name, bool make, int *fd, struct lw_err *err)
{
    *fd = lw_dir_open(sys, dir, name);
    if (*fd < 0 && errno == ENOENT && make) {
        if (sys->mkdirat(sys, dir, name, 0700) != 0 && errno != EEXIST)
            return lw_fail_errno(err, "%s: cannot create the folder", name);
        enum lw_code code = lw_dir_sync(sys, dir, err);
        if (code != LW_OK)
            return code;
        *fd = lw_dir_open(sys, dir, name);
    }
    if (*fd < 0 && (errno == ELOOP || errno == ENOTDIR))
        return lw_fail(err, LW_EREFUSED, "%s is a symbolic link or not a folder; remove it", name);
    return *fd < 0 ? lw_fail_errno(err, "%s: cannot open the folder", name) : LW_OK;
}

enum lw_code lw_state_dir(
    const struct lw_sys *sys, int dir, const char *below, bool make, int *fd, struct lw_err *err)
{
    int state;
    enum lw_code code = enter(sys, dir, STATE, make, &state, err);
    *fd = state;
    if (code != LW_OK || !below)
        return code;
    code = enter(sys, state, below, make, fd, err);
    sys->close(sys, state);
    return code;
}
