/* Whole files: opened so that no stranger's link, FIFO or device is followed or waited for, read
 * within a limit, and replaced so that a crash leaves the old or the new one. Every call goes
 * through struct lw_sys; only lw_home() asks the environment. */
#define _GNU_SOURCE
#include "labelwright/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, NAME_KEPT = 200, TRIES = 8 };

static enum lw_code too_large(const char *shown, size_t limit, struct lw_err *err)
{
    return lw_fail(err, LW_EBAD, "%s: larger than the %zu KiB allowed here", shown, limit / 1024);
}

static enum lw_code read_all(const struct lw_sys *sys, int fd, const char *shown, size_t limit,
    struct lw_buf *to, struct lw_err *err)
{
    for (size_t total = 0;;) {
        ssize_t n = sys->read(sys, fd, lw_buf_room(to, CHUNK), CHUNK);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return lw_fail_errno(err, "%s: cannot read", shown);
        to->len += (size_t)n;
        to->data[to->len] = '\0';
        total += (size_t)n;
        if (total > limit)
            return too_large(shown, limit, err);
        if (n == 0)
            return LW_OK;
    }
}

/* ---- opening */

static int open_at(const struct lw_sys *sys, int dir, const char *name, int flags)
{
    int fd;
    do /* O_NONBLOCK: opening a FIFO must not hang; regular files ignore it. */
        fd = sys->openat(sys, dir, name, flags | O_NONBLOCK | O_NOCTTY, 0600);
    while (fd < 0 && errno == EINTR);
    return fd;
}

enum lw_code lw_file_open(const struct lw_sys *sys, int dir, const char *name, const char *shown,
    int flags, int *fd, struct stat *st, struct lw_err *err)
{
    shown = shown ? shown : name;
    enum lw_code code = LW_OK;
    *fd = open_at(sys, dir, name, flags);
    if (*fd < 0 && (errno == ENXIO || errno == ENODEV)) /* a socket, or a device without a driver */
        return lw_fail(err, LW_EBAD, "%s: not a regular file", shown);
    if (*fd < 0)
        return lw_fail_errno(err, "%s: cannot open", shown);
    if (sys->fstat(sys, *fd, st) != 0)
        code = lw_fail_errno(err, "%s: cannot read", shown);
    else if (!S_ISREG(st->st_mode))
        code = lw_fail(err, LW_EBAD, "%s: not a regular file", shown);
    if (code != LW_OK) {
        sys->close(sys, *fd);
        *fd = -1;
    }
    return code;
}

static enum lw_code check_own(const struct stat *st, const char *shown, struct lw_err *err)
{
    if (st->st_uid != geteuid())
        return lw_fail(
            err, LW_EREFUSED, "%s belongs to another user. Use chown, or make a copy.", shown);
    if (st->st_nlink != 1)
        return lw_fail(err, LW_EREFUSED,
            "%s has a second name (a hard link), so writing would change that file too. Replace it "
            "with a copy of itself.",
            shown);
    return LW_OK;
}

enum lw_code lw_file_open_own(const struct lw_sys *sys, int dir, const char *name,
    const char *shown, int flags, int *fd, struct stat *st, struct lw_err *err)
{
    struct lw_err why = {0};
    shown = shown ? shown : name;
    enum lw_code code = lw_file_open(sys, dir, name, shown, flags | O_NOFOLLOW, fd, st, &why);
    if (code == LW_EIO && errno == ELOOP)
        return lw_fail(
            err, LW_EREFUSED, "%s is a symbolic link. Replace it with the file itself.", shown);
    if (code != LW_OK)
        return lw_fail(err, code == LW_EBAD ? LW_EREFUSED : code, "%s", why.text);
    code = check_own(st, shown, err);
    if (code != LW_OK) {
        sys->close(sys, *fd);
        *fd = -1;
    }
    return code;
}

enum lw_code lw_file_create(const struct lw_sys *sys, int dir, const char *name, const char *shown,
    int flags, int *fd, struct lw_err *err)
{
    shown = shown ? shown : name;
    *fd = open_at(sys, dir, name, flags | O_CREAT | O_EXCL | O_NOFOLLOW);
    if (*fd < 0 && errno == EEXIST)
        return lw_fail(err, LW_EREFUSED, "%s already exists", shown);
    return *fd < 0 ? lw_fail_errno(err, "%s: cannot create", shown) : LW_OK;
}

enum lw_code lw_file_is_at(
    const struct lw_sys *sys, int dir, const char *name, int fd, struct stat *st)
{
    struct stat there;
    if (sys->fstat(sys, fd, st) != 0)
        return LW_EIO;
    if (sys->lstatat(sys, dir, name, &there) != 0)
        return errno == ENOENT || errno == ENOTDIR ? LW_EABSENT : LW_EIO;
    return there.st_dev == st->st_dev && there.st_ino == st->st_ino ? LW_OK : LW_EREFUSED;
}

/* ---- reading, writing */

enum lw_code lw_file_read(const struct lw_sys *sys, int dir, const char *name, const char *shown,
    size_t limit, struct lw_buf *to, struct lw_err *err)
{
    struct stat st;
    int fd;
    shown = shown ? shown : name;
    enum lw_code code = lw_file_open(sys, dir, name, shown, O_RDONLY, &fd, &st, err);
    if (code != LW_OK)
        return code;
    if ((uint64_t)st.st_size > limit) /* decided before any byte is read */
        code = too_large(shown, limit, err);
    else
        code = read_all(sys, fd, shown, limit, to, err);
    sys->close(sys, fd);
    return code;
}

enum lw_code lw_write_all(
    const struct lw_sys *sys, int fd, const void *bytes, size_t n, size_t *done, struct lw_err *err)
{
    const char *from = bytes;
    size_t out = 0;
    enum lw_code code = LW_OK;
    while (out < n && code == LW_OK) {
        ssize_t k = sys->write(sys, fd, from + out, n - out);
        if (k > 0)
            out += (size_t)k;
        else if (k < 0 && errno != EINTR)
            code = lw_fail_errno(err, "cannot write");
        else if (k == 0)
            code = lw_fail(err, LW_EFULL, "cannot write: the file cannot grow any more");
    }
    if (done)
        *done = out;
    return code;
}

enum lw_code lw_pread_all(
    const struct lw_sys *sys, int fd, void *to, size_t n, off_t at, struct lw_err *err)
{
    char *p = to;
    for (size_t in = 0; in < n;) {
        ssize_t k = sys->pread(sys, fd, p + in, n - in, at + (off_t)in);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0)
            return lw_fail_errno(err, "cannot read");
        if (k == 0)
            return lw_fail(err, LW_EBAD, "the file ends too early: it was shortened while in use");
        in += (size_t)k;
    }
    return LW_OK;
}

int lw_dir_open_path(const struct lw_sys *sys, char *path, bool make)
{
    char *rest = NULL;
    int fd = sys->openat(sys, AT_FDCWD, "/", O_RDONLY | O_DIRECTORY, 0);
    for (char *name = strtok_r(path, "/", &rest); name && fd >= 0;
         name = strtok_r(NULL, "/", &rest)) {
        int above = fd;
        fd = sys->openat(sys, above, name, O_RDONLY | O_DIRECTORY, 0);
        if (fd < 0 && errno == ENOENT && make && sys->mkdirat(sys, above, name, 0700) == 0)
            fd = sys->openat(sys, above, name, O_RDONLY | O_DIRECTORY, 0);
        int why = errno;
        sys->close(sys, above);
        errno = why;
    }
    return fd;
}

enum lw_code lw_dir_sync(const struct lw_sys *sys, int dir, struct lw_err *err)
{
    int fd = sys->openat(sys, dir, ".", O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0)
        return lw_fail_errno(err, "cannot open the folder");
    enum lw_code code = LW_OK;
    if (sys->fsync(sys, fd) != 0 && errno != EINVAL)
        code = lw_fail_errno(err, "cannot sync the folder");
    sys->close(sys, fd);
    return code;
}

enum lw_code lw_file_fresh(
    const struct lw_sys *sys, int dir, const char *name, char **temp, int *fd, struct lw_err *err)
{
    int kept = (int)strnlen(name, NAME_KEPT);
    while (kept > 0 && ((unsigned char)name[kept] & 0xC0) == 0x80)
        kept--; /* some file systems accept whole characters only */
    *fd = -1;
    for (int i = 0; i < TRIES && *fd < 0; i++) {
        uint32_t die;
        if (sys->random(sys, &die, sizeof die) != sizeof die)
            return lw_fail_errno(err, "%s: cannot create a name for a temporary file", name);
        *temp = lw_format("%.*s.%08" PRIx32 ".tmp", kept, name, die);
        *fd = sys->openat(sys, dir, *temp, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
        if (*fd >= 0)
            break;
        enum lw_code code = errno == EEXIST && i + 1 < TRIES
                                ? LW_OK
                                : lw_fail_errno(err, "%s: cannot create", *temp);
        free(*temp);
        *temp = NULL;
        if (code != LW_OK)
            return code;
    }
    return LW_OK;
}

static enum lw_code fill(const struct lw_sys *sys, int fd, const char *temp,
    const struct lw_piece *piece, size_t pieces, bool sync, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < pieces && code == LW_OK; i++)
        code = lw_write_all(sys, fd, piece[i].bytes, piece[i].n, NULL, err);
    if (code == LW_OK && sync && sys->fdatasync(sys, fd) != 0)
        code = lw_fail_errno(err, "%s: cannot sync", temp);
    if (sys->close(sys, fd) != 0 && code == LW_OK)
        code = lw_fail_errno(err, "%s: cannot close", temp);
    return code;
}

enum lw_code lw_file_replace_pieces(const struct lw_sys *sys, int dir, const char *name,
    const struct lw_piece *piece, size_t pieces, enum lw_flush flush, struct lw_err *err)
{
    char *temp = NULL;
    int fd;
    enum lw_code code = lw_file_fresh(sys, dir, name, &temp, &fd, err);
    if (code != LW_OK)
        return code;
    code = fill(sys, fd, temp, piece, pieces, flush != LW_FLUSH_NONE, err);
    if (code == LW_OK && sys->renameat(sys, dir, temp, name) != 0)
        code = lw_fail_errno(err, "%s: cannot rename", temp);
    if (code != LW_OK)
        sys->unlinkat(sys, dir, temp);
    else if (flush == LW_FLUSH_FILE_AND_FOLDER)
        code = lw_dir_sync(sys, dir, err);
    free(temp);
    return code;
}

enum lw_code lw_file_replace(const struct lw_sys *sys, int dir, const char *name, const void *bytes,
    size_t n, bool durable, struct lw_err *err)
{
    struct lw_piece whole = {bytes, n};
    return lw_file_replace_pieces(
        sys, dir, name, &whole, 1, durable ? LW_FLUSH_FILE_AND_FOLDER : LW_FLUSH_FILE, err);
}

int lw_dir_open(const struct lw_sys *sys, int dir, const char *name)
{
    int fd;
    do
        fd = sys->openat(sys, dir, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
    while (fd < 0 && errno == EINTR);
    return fd;
}

const char *lw_home(void)
{
    const char *dir = getenv("HOME");
    if (dir && *dir == '/')
        return dir;
    const struct passwd *me = getpwuid(geteuid());
    return me && me->pw_dir ? me->pw_dir : "/";
}
