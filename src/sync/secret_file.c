#define _GNU_SOURCE
#include "sync/secret_file_internal.h"

#include "labelwright/base/sys.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static enum lw_code check(const char *path, const struct stat *st, struct lw_err *err)
{
    if (!S_ISREG(st->st_mode))
        return lw_fail(err, LW_EREFUSED,
            "%s is not a regular file. Give the file that contains the secret.", path);
    if (st->st_uid != geteuid())
        return lw_fail(err, LW_EREFUSED,
            "%s belongs to another user, who can change it. Copy it to your own file.", path);
    if (st->st_mode & (S_IRWXG | S_IRWXO))
        return lw_fail(err, LW_EREFUSED,
            "%s: other users can read or change it (mode %03o). Run `chmod 600` on it.", path,
            (unsigned)st->st_mode & 0777);
    return LW_OK;
}

static enum lw_code read_all(
    int fd, const char *path, char *to, size_t max, size_t *n, struct lw_err *err)
{
    char more;
    ssize_t got = 1;
    for (*n = 0; got > 0 && *n<max; *n += got> 0 ? (size_t)got : 0)
        got = read(fd, to + *n, max - *n);
    if (got > 0)
        got = read(fd, &more, 1);
    if (got < 0)
        return lw_fail_errno(err, "cannot read %s", path);
    return got == 0
               ? LW_OK
               : lw_fail(err, LW_EBAD, "%s is too long for a secret: over %zu bytes.", path, max);
}

enum lw_code lw_secret_file(const char *path, char *to, size_t max, size_t *n, struct lw_err *err)
{
    struct stat st;
    /* Non-blocking: a pipe with that name must not block the screen. */
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 && errno == ELOOP)
        return lw_fail(err, LW_EREFUSED,
            "%s is a symbolic link. Give the file itself: its own permissions must be checked.",
            path);
    if (fd < 0)
        return lw_fail_errno(err, "cannot open %s", path);
    enum lw_code code =
        fstat(fd, &st) == 0 ? check(path, &st, err) : lw_fail_errno(err, "cannot check %s", path);
    if (code == LW_OK)
        code = read_all(fd, path, to, max, n, err);
    close(fd);
    return code;
}
