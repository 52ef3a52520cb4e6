/* The real system calls behind struct lw_sys, one to one. Nothing is decided or retried here, but
 * for two promises: descriptors are closed on exec, and a child starts in a session of its own with
 * default signals. */
#define _GNU_SOURCE
#include "labelwright/base/sys.h"

#include "labelwright/base/linux_calls.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/wait.h>
#include <unistd.h>

#define SELF const struct lw_sys *self
#define UNUSED (void)self

static int real_openat(SELF, int dir, const char *name, int flags, mode_t mode)
{
    UNUSED;
    return openat(dir, name, flags | O_CLOEXEC, mode);
}

static int real_close(SELF, int fd)
{
    UNUSED;
    return close(fd);
}

static ssize_t real_read(SELF, int fd, void *to, size_t n)
{
    UNUSED;
    return read(fd, to, n);
}

static ssize_t real_pread(SELF, int fd, void *to, size_t n, off_t at)
{
    UNUSED;
    return pread(fd, to, n, at);
}

static ssize_t real_write(SELF, int fd, const void *from, size_t n)
{
    UNUSED;
    return write(fd, from, n);
}

static int real_fdatasync(SELF, int fd)
{
    UNUSED;
    return fdatasync(fd);
}

static int real_fsync(SELF, int fd)
{
    UNUSED;
    return fsync(fd);
}

static int real_ftruncate(SELF, int fd, off_t length)
{
    UNUSED;
    return ftruncate(fd, length);
}

static int real_fstat(SELF, int fd, struct stat *to)
{
    UNUSED;
    return fstat(fd, to);
}

static int real_lstatat(SELF, int dir, const char *name, struct stat *to)
{
    UNUSED;
    return fstatat(dir, name, to, AT_SYMLINK_NOFOLLOW);
}

static int real_fchmod(SELF, int fd, mode_t mode)
{
    UNUSED;
    return fchmod(fd, mode);
}

static int real_flock(SELF, int fd, int how)
{
    UNUSED;
    return flock(fd, how);
}

static int real_mkdirat(SELF, int dir, const char *name, mode_t mode)
{
    UNUSED;
    return mkdirat(dir, name, mode);
}

static int real_renameat(SELF, int dir, const char *from, const char *to)
{
    UNUSED;
    return renameat(dir, from, dir, to);
}

static int real_renameat_new(SELF, int dir, const char *from, const char *to)
{
    UNUSED;
    return lw_rename_new(dir, from, to);
}

static int real_exchangeat(SELF, int dir, const char *one, const char *other)
{
    UNUSED;
    return lw_rename_exchange(dir, one, other);
}

static int real_unlinkat(SELF, int dir, const char *name)
{
    UNUSED;
    return unlinkat(dir, name, 0);
}

static int real_rmdirat(SELF, int dir, const char *name)
{
    UNUSED;
    return unlinkat(dir, name, AT_REMOVEDIR);
}

static int real_list(SELF, int dir, void (*each)(void *ctx, const char *name), void *ctx)
{
    UNUSED;
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *d = fd < 0 ? NULL : fdopendir(fd);
    if (!d) {
        if (fd >= 0)
            close(fd);
        return -1;
    }
    struct dirent *e;
    while (errno = 0, (e = readdir(d))) /* `each` may leave errno as it likes */
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            each(ctx, e->d_name);
    int failed = errno;
    closedir(d);
    errno = failed;
    return failed ? -1 : 0;
}

static int real_clock(SELF, clockid_t which, struct timespec *to)
{
    UNUSED;
    return clock_gettime(which, to);
}

static int real_memfile(SELF)
{
    UNUSED;
    return memfd_create("labelwright", MFD_CLOEXEC);
}

static ssize_t real_random(SELF, void *to, size_t n)
{
    UNUSED;
    return getrandom(to, n, 0);
}

static int real_spawn(SELF, const struct lw_child *child, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t how;
    sigset_t none, all;
    UNUSED;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&files, child->out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&files, child->err, STDERR_FILENO);
    posix_spawnattr_init(&how);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &all);
    posix_spawnattr_setflags(
        &how, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    int fault = posix_spawnp(pid, child->argv[0], &files, &how, child->argv, child->env);
    posix_spawnattr_destroy(&how);
    posix_spawn_file_actions_destroy(&files);
    return fault;
}

static pid_t real_waitpid(SELF, pid_t pid, int *status, int options)
{
    UNUSED;
    return waitpid(pid, status, options);
}

static int real_kill(SELF, pid_t pid, int number)
{
    UNUSED;
    return kill(pid, number);
}

const struct lw_sys lw_sys_real = {
    .openat = real_openat,
    .close = real_close,
    .read = real_read,
    .pread = real_pread,
    .write = real_write,
    .fdatasync = real_fdatasync,
    .fsync = real_fsync,
    .ftruncate = real_ftruncate,
    .fstat = real_fstat,
    .lstatat = real_lstatat,
    .fchmod = real_fchmod,
    .flock = real_flock,
    .mkdirat = real_mkdirat,
    .renameat = real_renameat,
    .renameat_new = real_renameat_new,
    .exchangeat = real_exchangeat,
    .unlinkat = real_unlinkat,
    .rmdirat = real_rmdirat,
    .list = real_list,
    .clock = real_clock,
    .random = real_random,
    .memfile = real_memfile,
    .spawn = real_spawn,
    .waitpid = real_waitpid,
    .kill = real_kill,
};
