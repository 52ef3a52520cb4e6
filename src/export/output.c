/* A file that the user named for a command to write: checked, written under another name, given its
 * name at the end. Whether a path may be written at all is decided in project/protected_path.c. */
#define _GNU_SOURCE
#include "labelwright/export/output.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/base/hash.h"
#include "labelwright/project/protected_path.h"
#include "labelwright/project/state_dir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CHUNK = 64 * 1024, KNOWN = 200, LINE = 2 * LW_SHA256_HEX };

static const char record[] = "exports";

struct lw_output {
    struct lw_output_opts opts;
    char *above;              /* the real path of its folder */
    const char *name;         /* in it */
    char path[LW_SHA256_HEX]; /* SHA-256 of the whole */
    bool there;               /* replaces an existing file: `old` */
    struct stat old;
    int folder, fd;
    char *temp;
    struct lw_sha256_run *hash;
};

/* ---- what labelwright wrote: SHA-256 of the path, a space, SHA-256 of the content on each line */

static void load_known(const struct lw_output_opts *opts, struct lw_buf *to)
{
    int state = -1;
    if (lw_state_dir(opts->sys, opts->dir, NULL, false, &state, NULL) == LW_OK)
        lw_file_read(opts->sys, state, record, NULL, KNOWN * LINE, to, NULL);
    if (state >= 0)
        opts->sys->close(opts->sys, state);
}

static char *line_of(const struct lw_output *o, const char sha256[LW_SHA256_HEX])
{
    return lw_format("%s %s\n", o->path, sha256);
}

static bool is_known(const struct lw_output *o, const char sha256[LW_SHA256_HEX])
{
    struct lw_buf known = {0};
    char *line = line_of(o, sha256);
    load_known(&o->opts, &known);
    bool found = known.len > 0 && strstr(known.data, line) != NULL;
    free(line);
    lw_buf_fini(&known);
    return found;
}

/* If this cannot be saved, the next export to this file only needs --force. */
static void save_known(const struct lw_output *o, const char sha256[LW_SHA256_HEX])
{
    struct lw_buf known = {0};
    int state = -1;
    load_known(&o->opts, &known);
    size_t over = known.len / LINE >= KNOWN ? known.len - (KNOWN - 1) * LINE : 0;
    char *line = line_of(o, sha256);
    lw_buf_str(&known, line);
    if (lw_state_dir(o->opts.sys, o->opts.dir, NULL, true, &state, NULL) == LW_OK)
        lw_file_replace(
            o->opts.sys, state, record, known.data + over, known.len - over, false, NULL);
    if (state >= 0)
        o->opts.sys->close(o->opts.sys, state);
    free(line);
    lw_buf_fini(&known);
}

/* ---- what is there */

/* Without opening: opening a FIFO or a device has effects. */
static bool check_there(const struct lw_output *o, struct stat *st)
{
    const struct lw_sys *sys = o->opts.sys;
    int fd = sys->openat(sys, o->folder, o->name, O_PATH | O_NOFOLLOW, 0);
    bool there = fd >= 0 && sys->fstat(sys, fd, st) == 0;
    if (fd >= 0)
        sys->close(sys, fd);
    return there;
}

static const char *kind_fault(mode_t mode)
{
    if (S_ISLNK(mode))
        return "is a link. Give the file it points to.";
    if (S_ISDIR(mode))
        return "is a folder. Give a file in it.";
    if (!S_ISREG(mode))
        return "is not a regular file. Leave out -o and use > instead.";
    if (!(mode & S_IWUSR))
        return "is read-only. Allow writing with chmod u+w, or choose another name.";
    return NULL;
}

static bool is_ours(const struct lw_output *o)
{
    const struct lw_sys *sys = o->opts.sys;
    char sha256[LW_SHA256_HEX], *piece = lw_alloc(CHUNK);
    struct lw_sha256_run *run = lw_sha256_begin();
    int fd = sys->openat(sys, o->folder, o->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK, 0);
    ssize_t n = fd < 0 ? -1 : 1;
    while (n > 0 || (n < 0 && fd >= 0 && errno == EINTR))
        if ((n = sys->read(sys, fd, piece, CHUNK)) > 0)
            lw_sha256_add(run, piece, (size_t)n);
    if (fd >= 0)
        sys->close(sys, fd);
    lw_sha256_end(run, sha256);
    free(piece);
    return n == 0 && is_known(o, sha256);
}

static enum lw_code check_old(struct lw_output *o, struct lw_err *err)
{
    const char *path = o->opts.path, *fault = kind_fault(o->old.st_mode);
    enum lw_code code = fault ? lw_fail(err, LW_EREFUSED, "%s %s", path, fault)
                              : lw_protected_path_check_input(o->opts.project, &o->old, path, err);
    if (code == LW_OK && !o->opts.force && !is_ours(o))
        code = lw_fail(err, LW_EREFUSED,
            "%s already exists, and it is not an unchanged export of this project. Choose another "
            "name, or replace it with --force.",
            path);
    return code;
}

/* ---- opening */

static enum lw_code find_folder(struct lw_output *o, struct lw_err *err)
{
    const char *path = o->opts.path, *slash = strrchr(path, '/');
    char *above =
        slash ? lw_strndup(path, slash == path ? 1 : (size_t)(slash - path)) : lw_strdup(".");
    enum lw_code code = LW_OK;
    o->name = slash ? slash + 1 : path;
    if (!*o->name)
        code = lw_fail(err, LW_EREFUSED, "%s is not the name of a file.", *path ? path : "\"\"");
    else if (!(o->above = realpath(above, NULL)))
        code = lw_fail_errno(err, "%s: cannot find its folder", path);
    else if ((o->folder = lw_dir_open(o->opts.sys, AT_FDCWD, o->above)) < 0)
        code = lw_fail_errno(err, "%s: cannot open its folder", path);
    free(above);
    return code;
}

static void hash_path(struct lw_output *o)
{
    char *path = lw_format("%s/%s", o->above, o->name);
    lw_sha256_hex(path, strlen(path), o->path);
    free(path);
}

static void discard(struct lw_output *o)
{
    const struct lw_sys *sys = o->opts.sys;
    char unused[LW_SHA256_HEX];
    if (o->fd >= 0)
        sys->close(sys, o->fd);
    if (o->temp)
        sys->unlinkat(sys, o->folder, o->temp);
    if (o->folder >= 0)
        sys->close(sys, o->folder);
    if (o->hash)
        lw_sha256_end(o->hash, unused);
    free(o->temp);
    free(o->above);
    free(o);
}

enum lw_code lw_output_open(
    const struct lw_output_opts *opts, struct lw_output **to, struct lw_err *err)
{
    struct lw_output *o = lw_alloc(sizeof *o);
    *o = (struct lw_output){.opts = *opts, .folder = -1, .fd = -1};
    *to = NULL;
    enum lw_code code = find_folder(o, err);
    if (code == LW_OK) {
        hash_path(o);
        o->there = check_there(o, &o->old);
        code = lw_protected_path_check(opts->project, o->above, opts->path, err);
    }
    if (code == LW_OK && o->there)
        code = check_old(o, err);
    struct lw_err why = {0};
    if (code == LW_OK)
        code = lw_file_fresh(opts->sys, o->folder, o->name, &o->temp, &o->fd, &why);
    if (why.code != LW_OK)
        lw_fail(err, why.code, "%s: cannot write in its folder: %s", opts->path, why.text);
    if (code != LW_OK) {
        discard(o);
        return code;
    }
    o->hash = lw_sha256_begin();
    *to = o;
    return LW_OK;
}

enum lw_code lw_output_write(struct lw_output *o, const void *bytes, size_t n, struct lw_err *err)
{
    lw_sha256_add(o->hash, bytes, n);
    return lw_write_all(o->opts.sys, o->fd, bytes, n, NULL, err);
}

/* ---- closing */

static bool is_unchanged(const struct lw_output *o)
{
    struct stat now;
    bool there = check_there(o, &now);
    return there == o->there &&
           (!there ||
               (now.st_dev == o->old.st_dev && now.st_ino == o->old.st_ino &&
                   now.st_size == o->old.st_size && now.st_mtim.tv_sec == o->old.st_mtim.tv_sec &&
                   now.st_mtim.tv_nsec == o->old.st_mtim.tv_nsec));
}

/* Not every file system can refuse to replace: then the check from a moment ago must do. */
static int give_name(const struct lw_output *o)
{
    const struct lw_sys *sys = o->opts.sys;
    if (!o->there && sys->renameat_new(sys, o->folder, o->temp, o->name) == 0)
        return 0;
    if (!o->there && errno != ENOSYS && errno != EINVAL)
        return -1;
    return sys->renameat(sys, o->folder, o->temp, o->name);
}

static enum lw_code finish(struct lw_output *o, struct lw_err *err)
{
    const struct lw_sys *sys = o->opts.sys;
    char sha256[LW_SHA256_HEX];
    if (sys->fdatasync(sys, o->fd) != 0)
        return lw_fail_errno(err, "%s: cannot sync", o->temp);
    lw_sha256_end(o->hash, sha256);
    o->hash = NULL;
    if (!is_unchanged(o))
        return lw_fail(err, LW_EREFUSED,
            "%s was created or changed by another program during the export. It was not replaced.",
            o->opts.path);
    save_known(o, sha256); /* before: after a crash either content is known */
    if (give_name(o) != 0)
        return lw_fail_errno(err, "%s: cannot rename the new file to this name", o->opts.path);
    free(o->temp);
    o->temp = NULL;
    return lw_dir_sync(sys, o->folder, err);
}

enum lw_code lw_output_close(struct lw_output *o, enum lw_code code, struct lw_err *err)
{
    if (code == LW_OK)
        code = finish(o, err);
    discard(o);
    return code;
}

enum lw_code lw_output_check(
    const struct lw_project *p, const struct lw_sys *sys, int fd, struct lw_err *err)
{
    struct stat st;
    if (sys->fstat(sys, fd, &st) != 0 || !S_ISREG(st.st_mode))
        return LW_OK;
    return lw_protected_path_check_input(p, &st, "The output file", err);
}
