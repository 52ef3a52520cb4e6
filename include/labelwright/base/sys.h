/* Every system call that can fail and that a saved label depends on, behind a table.
 *
 * Production passes &lw_sys_real. Tests pass a table that counts, traces, fails or cuts the N-th
 * call, so the code that keeps labels is the code that is swept with faults. Semantics, return
 * values and errno are those of the system call of the same name; EINTR is the caller's to handle
 * (the helpers of file.h do). */
#ifndef LABELWRIGHT_BASE_SYS_H
#define LABELWRIGHT_BASE_SYS_H

#include <stddef.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

/* A program that runs beside us: in a session of its own (no terminal, and one group to kill), with
 * no stdin and with signals as a program expects them. */
struct lw_child {
    char *const *argv; /* argv[0] is looked up in PATH; NULL-terminated, like env */
    char *const *env;
    int out, err; /* its stdout and stderr */
};

struct lw_sys {
    int (*openat)(const struct lw_sys *, int dir, const char *name, int flags, mode_t mode);
    int (*close)(const struct lw_sys *, int fd);
    ssize_t (*read)(const struct lw_sys *, int fd, void *to, size_t n);
    ssize_t (*pread)(const struct lw_sys *, int fd, void *to, size_t n, off_t at);
    ssize_t (*write)(const struct lw_sys *, int fd, const void *from, size_t n);
    int (*fdatasync)(const struct lw_sys *, int fd);
    int (*fsync)(const struct lw_sys *, int fd);
    int (*ftruncate)(const struct lw_sys *, int fd, off_t length);
    int (*fstat)(const struct lw_sys *, int fd, struct stat *to);
    /* Of what the name itself stands for: a link is not followed. */
    int (*lstatat)(const struct lw_sys *, int dir, const char *name, struct stat *to);
    int (*fchmod)(const struct lw_sys *, int fd, mode_t mode);
    int (*flock)(const struct lw_sys *, int fd, int how);
    int (*mkdirat)(const struct lw_sys *, int dir, const char *name, mode_t mode);
    int (*renameat)(const struct lw_sys *, int dir, const char *from, const char *to);
    /* The same, but never in place of something: -1 and EEXIST when `to` is taken; EINVAL or ENOSYS
     * where the disk cannot promise that. */
    int (*renameat_new)(const struct lw_sys *, int dir, const char *from, const char *to);
    /* Two names in one folder change places at once; -1 where the disk cannot do that. */
    int (*exchangeat)(const struct lw_sys *, int dir, const char *one, const char *other);
    int (*unlinkat)(const struct lw_sys *, int dir, const char *name);
    int (*rmdirat)(const struct lw_sys *, int dir, const char *name); /* an empty folder */
    /* Calls `each` with every name in the folder but . and .. (in no order); 0, or -1 and errno. */
    int (*list)(
        const struct lw_sys *, int dir, void (*each)(void *ctx, const char *name), void *ctx);
    int (*clock)(const struct lw_sys *, clockid_t which, struct timespec *to);
    ssize_t (*random)(const struct lw_sys *, void *to, size_t n);
    int (*memfile)(const struct lw_sys *); /* an empty file in memory, without a name */
    /* 0, or an errno as posix_spawnp() returns it. */
    int (*spawn)(const struct lw_sys *, const struct lw_child *child, pid_t *pid);
    pid_t (*waitpid)(const struct lw_sys *, pid_t pid, int *status, int options);
    int (*kill)(const struct lw_sys *, pid_t pid, int number);
    void *ctx; /* the test's */
};

extern const struct lw_sys lw_sys_real;

#endif
