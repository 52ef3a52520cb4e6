#define _GNU_SOURCE
#include "workspace/copy_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1024 * 1024, DEPTH_MAX = 8 };

static enum lw_code copy_bytes(
    const struct lw_copying *c, int from, int to, uint64_t all, const char *name)
{
    char *piece = lw_alloc(PIECE);
    uint64_t done = 0;
    enum lw_code code = LW_OK;
    for (ssize_t n = 1; n > 0 && code == LW_OK;) {
        n = read(from, piece, PIECE);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n < 0)
            code = lw_fail_errno(c->err, "%s: cannot read", name);
        else
            code = lw_write_all(&lw_sys_real, to, piece, (size_t)n, NULL, c->err);
        if (n > 0)
            done += (uint64_t)n;
        if (c->progress)
            c->progress(c->ctx, done, all);
    }
    free(piece);
    return code;
}

static void shut(int fd)
{
    if (fd >= 0)
        close(fd);
}

enum lw_code lw_copy_file(const struct lw_copying *c, int from, const char *name, int to)
{
    struct stat st;
    int out = -1, in = openat(from, name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    enum lw_code code = LW_OK;
    if (in < 0 || fstat(in, &st) != 0)
        code = lw_fail_errno(c->err, "%s: cannot open", name);
    else if ((out = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) < 0)
        code = lw_fail_errno(c->err, "%s: cannot create", name);
    else
        code = copy_bytes(c, in, out, (uint64_t)st.st_size, name);
    if (code == LW_OK && fsync(out) != 0)
        code = lw_fail_errno(c->err, "%s: cannot sync", name);
    shut(in);
    shut(out);
    return code;
}

bool lw_copy_wants(const char *name)
{
    return name[0] != '.' && strcmp(name, "journal") != 0 && strncmp(name, "journal-", 8) != 0 &&
           strcmp(name, "outbox") != 0;
}

static enum lw_code copy_all(const struct lw_copying *c, int from, int to, int depth);

static enum lw_code copy_below(
    const struct lw_copying *c, int from, const char *name, int to, int depth)
{
    int in = openat(from, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int out =
        mkdirat(to, name, 0700) == 0 ? openat(to, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    enum lw_code code = in < 0 || out < 0 ? lw_fail_errno(c->err, "%s: cannot copy", name)
                                          : copy_all(c, in, out, depth + 1);
    shut(in);
    shut(out);
    return code;
}

/* Links and devices in a sample are not copied. */
static enum lw_code copy_entry(
    const struct lw_copying *c, int from, const char *name, int to, int depth)
{
    struct stat st;
    if (fstatat(from, name, &st, AT_SYMLINK_NOFOLLOW) != 0)
        return lw_fail_errno(c->err, "%s: cannot access it", name);
    if (S_ISREG(st.st_mode))
        return lw_copy_file(c, from, name, to);
    return S_ISDIR(st.st_mode) && depth < DEPTH_MAX ? copy_below(c, from, name, to, depth) : LW_OK;
}

static enum lw_code copy_all(const struct lw_copying *c, int from, int to, int depth)
{
    int fd = dup(from);
    DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
    enum lw_code code = d ? LW_OK : lw_fail_errno(c->err, "cannot list a folder");
    for (const struct dirent *e; code == LW_OK && (e = readdir(d));)
        if (lw_copy_wants(e->d_name))
            code = copy_entry(c, from, e->d_name, to, depth);
    if (d)
        closedir(d);
    return code == LW_OK ? lw_dir_sync(&lw_sys_real, to, c->err) : code;
}

enum lw_code lw_copy_folder(const struct lw_copying *c, int from, int to)
{
    return copy_all(c, from, to, 0);
}
