#define _GNU_SOURCE
#include "faults.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SELF const struct lw_sys *self
#define REAL (&lw_sys_real)

static struct faults *of(SELF)
{
    return self->ctx;
}

static void path_of(int fd, char to[200])
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = fd == AT_FDCWD ? readlink("/proc/self/cwd", to, 199) : readlink(link, to, 199);
    to[n < 0 ? 0 : n] = '\0';
}

static void path_at(int dir, const char *name, char to[200])
{
    char folder[200];
    path_of(dir, folder);
    if (strcmp(name, ".") == 0)
        snprintf(to, 200, "%s", folder);
    else if (snprintf(to, 200, "%s/%s", folder, name) >= 200)
        abort();
}

static struct fault_trace *note(struct faults *f, enum fault_call call, int fd, const char *name)
{
    f->trace = lw_grow(f->trace, f->n_traces + 1, sizeof *f->trace);
    struct fault_trace *t = &f->trace[f->n_traces++];
    memset(t, 0, sizeof *t);
    t->call = call;
    if (name)
        path_at(fd, name, t->path);
    else if (fd >= 0)
        path_of(fd, t->path);
    return t;
}

/* Counts the call; true when it is to fail, with errno set. */
static bool fails(struct faults *f, enum fault_call call)
{
    errno = EIO;
    if (f->dead)
        return true;
    f->calls++;
    errno = f->error;
    if ((int)call == f->failing)
        return true;
    if (f->calls != f->fail_at)
        return false;
    if (f->how == FAULT_EVER)
        f->failing = (int)call;
    if (f->how == FAULT_CRASH)
        f->dead = true;
    return true;
}

/* ---- what the disk holds */

static struct fault_file *file_of(struct faults *f, const char *path, bool make)
{
    for (size_t i = 0; i < f->n_files; i++)
        if (strcmp(f->file[i].path, path) == 0)
            return &f->file[i];
    if (!make)
        return NULL;
    if (f->n_files == sizeof f->file / sizeof *f->file)
        abort();
    struct fault_file *file = &f->file[f->n_files++];
    memset(file, 0, sizeof *file);
    snprintf(file->path, sizeof file->path, "%s", path);
    return file;
}

static uint64_t size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
}

/* Files that were there before are on the disk as they are. */
static void meet(struct faults *f, const char *path, bool existed)
{
    if (file_of(f, path, false))
        return;
    struct fault_file *file = file_of(f, path, true);
    file->named = existed;
    file->synced = existed ? size_of(path) : 0;
}

static bool is_below(const char *path, const char *folder)
{
    size_t n = strlen(folder);
    return strncmp(path, folder, n) == 0 && path[n] == '/' && !strchr(path + n + 1, '/');
}

static void names_synced(struct faults *f, const char *folder)
{
    for (size_t i = 0; i < f->n_files; i++)
        if (is_below(f->file[i].path, folder))
            f->file[i].named = true;
}

static void bytes_synced(struct faults *f, const char *path, bool ok)
{
    struct fault_file *file = file_of(f, path, false);
    uint64_t size = size_of(path);
    if (!file)
        return;
    if (ok) {
        file->synced = size;
    } else if (size > file->synced) {
        file->lost_from = file->lost_to ? file->lost_from : file->synced;
        file->lost_to = size;
    }
}

static void lose_bytes(const struct fault_file *file)
{
    int fd = open(file->path, O_WRONLY);
    if (fd < 0)
        return;
    if (size_of(file->path) > file->synced && ftruncate(fd, (off_t)file->synced) != 0)
        abort();
    for (uint64_t i = file->lost_from; i < file->lost_to && i < file->synced; i++)
        if (pwrite(fd, "", 1, (off_t)i) != 1)
            abort();
    close(fd);
}

/* Its own name, or that of a folder above it, is not on the disk. */
static bool is_lost(const struct faults *f, const struct fault_file *file)
{
    bool lost = !file->named;
    for (size_t i = 0; i < f->n_files; i++) {
        const struct fault_file *above = &f->file[i];
        size_t n = strlen(above->path);
        lost = lost || (above->folder && !above->named &&
                           strncmp(file->path, above->path, n) == 0 && file->path[n] == '/');
    }
    return lost;
}

void faults_power_loss(struct faults *f)
{
    for (size_t i = 0; i < f->n_files; i++) {
        const struct fault_file *file = &f->file[i];
        if (!file->folder && is_lost(f, file))
            unlink(file->path);
        else if (!file->folder)
            lose_bytes(file);
    }
    for (size_t i = f->n_files; i-- > 0;) /* the inner ones were made later */
        if (f->file[i].folder && is_lost(f, &f->file[i]))
            rmdir(f->file[i].path);
}

/* ---- the calls */

static int f_openat(SELF, int dir, const char *name, int flags, mode_t mode)
{
    struct fault_trace *t = note(of(self), CALL_openat, dir, name);
    char path[200];
    snprintf(path, sizeof path, "%s", t->path);
    t->flags = flags;
    if (fails(of(self), CALL_openat))
        return -1;
    bool existed = access(path, F_OK) == 0;
    int fd = REAL->openat(REAL, dir, name, flags, mode);
    t->ok = fd >= 0;
    if (fd >= 0 && !(flags & O_DIRECTORY))
        meet(of(self), path, existed);
    return fd;
}

static int f_close(SELF, int fd)
{
    note(of(self), CALL_close, fd, NULL)->ok = true;
    bool failed = fails(of(self), CALL_close);
    int e = errno;
    int r = REAL->close(REAL, fd); /* really: the kernel closes it in either case */
    errno = e;
    return failed ? -1 : r;
}

static ssize_t f_read(SELF, int fd, void *to, size_t n)
{
    return fails(of(self), CALL_read) ? -1 : REAL->read(REAL, fd, to, n);
}

static ssize_t f_pread(SELF, int fd, void *to, size_t n, off_t at)
{
    return fails(of(self), CALL_pread) ? -1 : REAL->pread(REAL, fd, to, n, at);
}

static ssize_t f_write(SELF, int fd, const void *from, size_t n)
{
    struct faults *f = of(self);
    struct fault_trace *t = note(f, CALL_write, fd, NULL);
    t->sum = lw_fingerprint(from, n);
    t->n = n;
    bool dead = f->dead;
    if (f->refuse_next_write) {
        f->refuse_next_write = false;
        errno = f->error;
        return -1;
    }
    if (!fails(f, CALL_write)) {
        ssize_t r = REAL->write(REAL, fd, from, n);
        t->ok = r == (ssize_t)n;
        return r;
    }
    int e = errno;
    if (!f->half || dead || f->failing == CALL_write || n < 2) {
        errno = e;
        return -1;
    }
    ssize_t r = REAL->write(REAL, fd, from, n / 2);
    f->refuse_next_write = !f->dead;
    errno = e;
    return f->dead ? -1 : r;
}

static int f_fdatasync(SELF, int fd)
{
    struct fault_trace *t = note(of(self), CALL_fdatasync, fd, NULL);
    bool dead = of(self)->dead;
    t->ok = !fails(of(self), CALL_fdatasync);
    int e = errno;
    if (!dead && !of(self)->dead)
        bytes_synced(of(self), t->path, t->ok);
    errno = e;
    return t->ok ? 0 : -1;
}

static int f_fsync(SELF, int fd)
{
    struct fault_trace *t = note(of(self), CALL_fsync, fd, NULL);
    if (fails(of(self), CALL_fsync))
        return -1;
    t->ok = true;
    names_synced(of(self), t->path);
    return 0;
}

static int f_ftruncate(SELF, int fd, off_t length)
{
    struct faults *f = of(self);
    struct fault_trace *t = note(f, CALL_ftruncate, fd, NULL);
    t->n = (size_t)length;
    if (fails(f, CALL_ftruncate))
        return -1;
    struct fault_file *file = file_of(f, t->path, false);
    if (file && file->synced > (uint64_t)length)
        file->synced = (uint64_t)length;
    t->ok = true;
    return REAL->ftruncate(REAL, fd, length);
}

static int f_fstat(SELF, int fd, struct stat *to)
{
    return fails(of(self), CALL_fstat) ? -1 : REAL->fstat(REAL, fd, to);
}

static int f_lstatat(SELF, int dir, const char *name, struct stat *to)
{
    return fails(of(self), CALL_lstatat) ? -1 : REAL->lstatat(REAL, dir, name, to);
}

static int f_fchmod(SELF, int fd, mode_t mode)
{
    return fails(of(self), CALL_fchmod) ? -1 : REAL->fchmod(REAL, fd, mode);
}

static int f_flock(SELF, int fd, int how)
{
    return fails(of(self), CALL_flock) ? -1 : REAL->flock(REAL, fd, how);
}

static int f_mkdirat(SELF, int dir, const char *name, mode_t mode)
{
    if (fails(of(self), CALL_mkdirat))
        return -1;
    int r = REAL->mkdirat(REAL, dir, name, mode);
    char path[200];
    path_at(dir, name, path);
    if (r == 0)
        file_of(of(self), path, true)->folder = true;
    return r;
}

/* The new name is on the disk only when the folder is. */
static void renamed(struct faults *f, int dir, const char *from, const char *to)
{
    char old[200], new[200];
    path_at(dir, from, old);
    path_at(dir, to, new);
    struct fault_file *file = file_of(f, old, false), *before = file_of(f, new, false);
    if (!file)
        return;
    if (before && before != file)
        before->path[0] = '\0';
    snprintf(file->path, sizeof file->path, "%s", new);
    file->named = before && before->named;
}

static int f_renameat(SELF, int dir, const char *from, const char *to)
{
    note(of(self), CALL_renameat, dir, to)->ok = true;
    if (fails(of(self), CALL_renameat))
        return -1;
    int r = REAL->renameat(REAL, dir, from, to);
    if (r == 0)
        renamed(of(self), dir, from, to);
    return r;
}

static int f_unlinkat(SELF, int dir, const char *name)
{
    return fails(of(self), CALL_unlinkat) ? -1 : REAL->unlinkat(REAL, dir, name);
}

static int f_list(SELF, int dir, void (*each)(void *ctx, const char *name), void *ctx)
{
    return fails(of(self), CALL_list) ? -1 : REAL->list(REAL, dir, each, ctx);
}

static int f_clock(SELF, clockid_t which, struct timespec *to)
{
    (void)self;
    return REAL->clock(REAL, which, to);
}

static ssize_t f_random(SELF, void *to, size_t n)
{
    return fails(of(self), CALL_random) ? -1 : REAL->random(REAL, to, n);
}

void faults_init(struct faults *f)
{
    memset(f, 0, sizeof *f);
    f->failing = -1;
    f->error = EIO;
    f->sys = (struct lw_sys){
#define X(name) .name = f_##name,
        LW_CALLS(X)
#undef X
            .clock = f_clock,
        .ctx = f,
    };
}

void faults_fini(struct faults *f)
{
    free(f->trace);
    f->trace = NULL;
}
