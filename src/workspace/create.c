/* New project folders: from a sample, or around files of tasks. Copies, writes project.yaml, and
 * gives the folder its name. What project.yaml says is project_template.c's.
 *
 * A folder is filled under another name and renamed at the end; project.yaml in a folder of the
 * user's is written under another name too. So whatever fails, no project is there that only looks
 * whole, and no file is replaced. */
#define _GNU_SOURCE
#include "labelwright/workspace/create.h"
#include "workspace/project_template_internal.h"
#include "workspace/typed_path_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/project/protected_path.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { YAML_MAX = 256 * 1024, PIECE = 1024 * 1024, DEPTH_MAX = 8, TRIES = 8 };

static const char file_name[] = "project.yaml";

/* ---- copying: synced, and never over anything */

struct copying {
    const struct lw_sys *sys;
    void (*progress)(void *ctx, uint64_t done, uint64_t all); /* bytes of a file; NULL for none */
    void *ctx;
    struct lw_err *err;
    const struct lw_read_as *as; /* how the first file is read; NULL: as it looks */
};

static enum lw_code copy_bytes(
    const struct copying *c, int from, int to, uint64_t all, const char *name)
{
    const struct lw_sys *sys = c->sys;
    char *piece = lw_alloc(PIECE);
    uint64_t done = 0;
    enum lw_code code = LW_OK;
    for (ssize_t n = 1; n > 0 && code == LW_OK;) {
        n = sys->read(sys, from, piece, PIECE);
        if (n < 0 && errno == EINTR)
            n = 1;
        else if (n < 0)
            code = lw_fail_errno(c->err, "%s: cannot read", name);
        else if ((code = lw_write_all(sys, to, piece, (size_t)n, NULL, c->err)) == LW_OK)
            done += (uint64_t)n;
        if (c->progress)
            c->progress(c->ctx, done, all);
    }
    free(piece);
    return code;
}

static void close_if(const struct lw_sys *sys, int fd)
{
    if (fd >= 0)
        sys->close(sys, fd);
}

/* From one open folder to the other, under the same name, mode 0600. */
static enum lw_code copy_file(const struct copying *c, int from, const char *name, int to)
{
    const struct lw_sys *sys = c->sys;
    struct stat st;
    int in, out = -1;
    enum lw_code code = lw_file_open(sys, from, name, NULL, O_RDONLY, &in, &st, c->err);
    if (code == LW_OK)
        code = lw_file_create(sys, to, name, NULL, O_WRONLY, &out, c->err);
    if (code == LW_OK)
        code = copy_bytes(c, in, out, (uint64_t)st.st_size, name);
    if (code == LW_OK && sys->fdatasync(sys, out) != 0)
        code = lw_fail_errno(c->err, "%s: cannot sync", name);
    close_if(sys, in);
    close_if(sys, out);
    return code;
}

/* False for journals, outboxes and names that start with a dot. */
static bool is_copied(const char *name)
{
    return name[0] != '.' && strcmp(name, "journal") != 0 && strncmp(name, "journal-", 8) != 0 &&
           strcmp(name, "outbox") != 0;
}

struct folder {
    const struct copying *c;
    int from, to, depth;
    enum lw_code code;
};

static enum lw_code copy_folder(const struct copying *c, int from, int to, int depth);

static enum lw_code copy_below(const struct folder *f, const char *name)
{
    const struct lw_sys *sys = f->c->sys;
    int in = lw_dir_open(sys, f->from, name);
    int out =
        in >= 0 && sys->mkdirat(sys, f->to, name, 0700) == 0 ? lw_dir_open(sys, f->to, name) : -1;
    enum lw_code code = out < 0 ? lw_fail_errno(f->c->err, "%s: cannot copy", name)
                                : copy_folder(f->c, in, out, f->depth + 1);
    close_if(sys, in);
    close_if(sys, out);
    return code;
}

/* Links and devices in a sample are not copied. */
static void copy_entry(void *ctx, const char *name)
{
    struct folder *f = ctx;
    struct stat st;
    if (f->code != LW_OK || !is_copied(name))
        return;
    if (f->c->sys->lstatat(f->c->sys, f->from, name, &st) != 0)
        f->code = lw_fail_errno(f->c->err, "%s: cannot access it", name);
    else if (S_ISREG(st.st_mode))
        f->code = copy_file(f->c, f->from, name, f->to);
    else if (S_ISDIR(st.st_mode) && f->depth < DEPTH_MAX)
        f->code = copy_below(f, name);
}

static enum lw_code copy_folder(const struct copying *c, int from, int to, int depth)
{
    struct folder f = {c, from, to, depth, LW_OK};
    if (c->sys->list(c->sys, from, copy_entry, &f) != 0 && f.code == LW_OK)
        f.code = lw_fail_errno(c->err, "cannot list a folder");
    return f.code == LW_OK ? lw_dir_sync(c->sys, to, c->err) : f.code;
}

/* ---- a folder that appears whole */

struct making {
    const struct lw_sys *sys;
    const char *dir;
    char *temp;
    int fd;
};

/* Also checks that the name does not make the folder a journal of the project around it. */
static enum lw_code check_place(const char *dir, struct lw_err *err)
{
    const char *slash = strrchr(dir, '/');
    char *above = slash ? lw_strndup(dir, (size_t)(slash + 1 - dir)) : lw_strdup(".");
    char *real = realpath(above, NULL);
    char *whole = real ? lw_format("%s/%s", real, slash ? slash + 1 : dir) : NULL;
    enum lw_code code = whole ? lw_protected_path_check(NULL, whole, dir, err) : LW_OK;
    free(whole);
    free(real);
    free(above);
    return code;
}

/* A new folder next to `dir`, under a name that nothing has: new, NULL and errno when there is
 * none. */
static char *make_temp(const struct lw_sys *sys, const char *dir)
{
    for (int i = 0; i < TRIES; i++) {
        uint32_t die;
        if (sys->random(sys, &die, sizeof die) != sizeof die)
            return NULL;
        char *temp = lw_format("%s.%08" PRIx32, dir, die);
        if (sys->mkdirat(sys, AT_FDCWD, temp, 0700) == 0)
            return temp;
        int why = errno;
        free(temp);
        errno = why;
        if (why != EEXIST)
            return NULL;
    }
    return NULL;
}

static enum lw_code start(struct making *m, struct lw_err *err)
{
    m->fd = -1;
    char *dir = lw_path_trim(m->dir);
    enum lw_code code = check_place(dir, err);
    if (code == LW_OK && !(m->temp = make_temp(m->sys, dir)))
        code = lw_fail_errno(err, "%s: cannot create this folder", m->dir);
    if (code == LW_OK && (m->fd = lw_dir_open(m->sys, AT_FDCWD, m->temp)) < 0)
        code = lw_fail_errno(err, "%s: cannot open", m->temp);
    free(dir);
    return code;
}

struct removing {
    const struct lw_sys *sys;
    int dir;
};

static void remove_folder(const struct lw_sys *sys, int dir, const char *name);

static void remove_entry(void *ctx, const char *name)
{
    const struct removing *r = ctx;
    if (r->sys->unlinkat(r->sys, r->dir, name) != 0 && errno == EISDIR)
        remove_folder(r->sys, r->dir, name);
}

static void remove_folder(const struct lw_sys *sys, int dir, const char *name)
{
    struct removing r = {sys, lw_dir_open(sys, dir, name)};
    if (r.dir >= 0)
        sys->list(sys, r.dir, remove_entry, &r);
    close_if(sys, r.dir);
    sys->rmdirat(sys, dir, name);
}

/* rename() replaces an empty folder, and nothing else. */
static enum lw_code finish(struct making *m, enum lw_code code, struct lw_err *err)
{
    const struct lw_sys *sys = m->sys;
    if (code == LW_OK && sys->renameat(sys, AT_FDCWD, m->temp, m->dir) != 0) {
        bool taken = errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR;
        code = taken ? lw_fail(err, LW_EREFUSED, "%s already exists. Choose another name.", m->dir)
                     : lw_fail_errno(err, "%s: cannot create this folder", m->dir);
    }
    close_if(sys, m->fd);
    if (code != LW_OK && m->temp)
        remove_folder(sys, AT_FDCWD, m->temp);
    free(m->temp);
    return code;
}

enum lw_code lw_create_from(
    const struct lw_sys *sys, const char *dir, const char *sample, struct lw_err *err)
{
    struct making m = {.sys = sys, .dir = dir};
    struct copying c = {.sys = sys, .err = err};
    int from = sys->openat(sys, AT_FDCWD, sample, O_RDONLY | O_DIRECTORY, 0);
    if (from < 0)
        return lw_fail_errno(err, "%s: cannot open", sample);
    enum lw_code code = start(&m, err);
    if (code == LW_OK)
        code = copy_folder(&c, from, m.fd, 0);
    sys->close(sys, from);
    return finish(&m, code, err);
}

enum lw_code lw_create_filled(const struct lw_sys *sys, const char *dir,
    enum lw_code (*fill)(void *ctx, int folder, struct lw_err *err), void *ctx, struct lw_err *err)
{
    struct making m = {.sys = sys, .dir = dir};
    enum lw_code code = start(&m, err);
    if (code == LW_OK)
        code = fill(ctx, m.fd, err);
    if (code == LW_OK)
        code = lw_dir_sync(sys, m.fd, err);
    return finish(&m, code, err);
}

/* ---- around a file */

static bool is_inside(const struct lw_sys *sys, const char *data, const char *dir)
{
    struct stat a, b;
    char *there = lw_format("%s/%s", dir, lw_path_base(data));
    int fd = sys->openat(sys, AT_FDCWD, data, O_PATH, 0); /* follows a link to the file */
    bool same = fd >= 0 && sys->fstat(sys, fd, &a) == 0 &&
                sys->lstatat(sys, AT_FDCWD, there, &b) == 0 && a.st_dev == b.st_dev &&
                a.st_ino == b.st_ino;
    if (fd >= 0)
        sys->close(sys, fd);
    free(there);
    return same;
}

/* Whether the file name can be used in a project and be written in project.yaml. */
static enum lw_code check_name(const char *data, struct lw_err *err)
{
    const char *name = lw_path_base(data);
    struct lw_data_kind none = {0};
    struct lw_problems p = {0};
    char *text = is_copied(name) && strcmp(name, file_name) != 0
                     ? lw_project_text(&(struct lw_data_files){&name, 1, NULL}, "", &none)
                     : NULL;
    struct lw_project *project =
        text ? lw_project_parse(".", file_name, text, strlen(text), &p) : NULL;
    bool well = project != NULL;
    lw_problems_fini(&p);
    lw_project_free(project);
    free(text);
    return well ? LW_OK
                : lw_fail(err, LW_EBAD, "%s: a project cannot use this file name. Rename the file.",
                      data);
}

/* The text of project.yaml for files in `dir`; a single file may be anywhere. */
static enum lw_code propose(const struct copying *c, const char *dir, const char *const *data,
    size_t n, const char *const *names, char **text)
{
    const struct lw_sys *sys = c->sys;
    struct lw_err *err = c->err;
    struct lw_data_kind kind = {.as = c->as};
    struct lw_data_files files = {.name = names, .n = n};
    char **join = lw_alloc(n * sizeof *join);
    enum lw_code code = n > 1 ? lw_data_kind_joined(sys, dir, &files, join, &kind, err)
                              : lw_data_kind(sys, data[0], c->as, &kind, err);
    files.join = join;
    if (code == LW_OK)
        *text = lw_project_text(&files, "", &kind);
    lw_data_kind_fini(&kind);
    for (size_t i = 0; i < n; i++)
        free(join[i]);
    free(join);
    return code;
}

/* Not every file system can refuse to replace: then the check from a moment ago must do. */
static int give_name(const struct lw_sys *sys, int dir, const char *temp)
{
    struct stat st;
    if (sys->renameat_new(sys, dir, temp, file_name) == 0)
        return 0;
    if (errno != ENOSYS && errno != EINVAL)
        return -1;
    if (sys->lstatat(sys, dir, file_name, &st) == 0)
        errno = EEXIST;
    return errno == ENOENT ? sys->renameat(sys, dir, temp, file_name) : -1;
}

static enum lw_code fill(
    const struct lw_sys *sys, int fd, const char *text, const char *shown, struct lw_err *err)
{
    enum lw_code code = lw_write_all(sys, fd, text, strlen(text), NULL, err);
    if (code == LW_OK && sys->fdatasync(sys, fd) != 0)
        code = lw_fail_errno(err, "%s/%s: cannot sync", shown, file_name);
    if (sys->close(sys, fd) != 0 && code == LW_OK)
        code = lw_fail_errno(err, "%s/%s: cannot close", shown, file_name);
    return code;
}

/* project.yaml, whole or not at all. */
static enum lw_code write_new(
    const struct lw_sys *sys, int dir, const char *shown, const char *text, struct lw_err *err)
{
    char *temp;
    int fd;
    enum lw_code code = lw_file_fresh(sys, dir, file_name, &temp, &fd, err);
    if (code != LW_OK)
        return code;
    code = fill(sys, fd, text, shown, err);
    if (code == LW_OK && give_name(sys, dir, temp) != 0)
        code = errno == EEXIST ? lw_fail(err, LW_EREFUSED, "%s/%s already exists. Rename it first.",
                                     shown, file_name)
                               : lw_fail_errno(err, "%s/%s: cannot create", shown, file_name);
    if (code != LW_OK)
        sys->unlinkat(sys, dir, temp);
    else if ((code = lw_dir_sync(sys, dir, err)) != LW_OK)
        sys->unlinkat(sys, dir, file_name); /* else the next try would find it in its way */
    free(temp);
    return code;
}

static enum lw_code make_inside(const struct copying *c, const char *dir, const char *const *data,
    size_t n, const char *const *names)
{
    const struct lw_sys *sys = c->sys;
    char *text = NULL, *real = realpath(dir, NULL);
    enum lw_code code = real ? lw_protected_path_check(NULL, real, dir, c->err) : LW_OK;
    free(real);
    if (code == LW_OK)
        code = propose(c, dir, data, n, names, &text);
    int fd = code == LW_OK ? sys->openat(sys, AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0) : -1;
    if (code == LW_OK && fd < 0)
        code = lw_fail_errno(c->err, "%s: cannot open", dir);
    if (code == LW_OK)
        code = write_new(sys, fd, dir, text, c->err);
    close_if(sys, fd);
    free(text);
    return code;
}

static enum lw_code copy_in(const struct copying *c, const char *data, int to)
{
    const struct lw_sys *sys = c->sys;
    char *above = lw_strndup(data, (size_t)(lw_path_base(data) - data));
    int from = sys->openat(sys, AT_FDCWD, *above ? above : ".", O_RDONLY | O_DIRECTORY, 0);
    free(above);
    if (from < 0)
        return lw_fail_errno(c->err, "%s: cannot open its folder", data);
    enum lw_code code = copy_file(c, from, lw_path_base(data), to);
    sys->close(sys, from);
    return code;
}

static enum lw_code make_around(const char *dir, const char *const *data, size_t n,
    const char *const *names, const struct copying *c)
{
    struct making m = {.sys = c->sys, .dir = dir};
    char *text = NULL;
    enum lw_code code = n > 1 ? LW_OK : propose(c, NULL, data, n, names, &text);
    if (code != LW_OK)
        return code;
    code = start(&m, c->err);
    for (size_t i = 0; i < n && code == LW_OK; i++)
        code = copy_in(c, data[i], m.fd);
    if (code == LW_OK && n > 1)
        code = propose(c, m.temp, data, n, names, &text);
    if (code == LW_OK)
        code = write_new(c->sys, m.fd, dir, text, c->err);
    free(text);
    return finish(&m, code, c->err);
}

static enum lw_code check_names(
    const char *const *data, size_t n, const char **names, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < n && code == LW_OK; i++) {
        names[i] = lw_path_base(data[i]);
        code = check_name(data[i], err);
        for (size_t k = 0; k < i && code == LW_OK; k++)
            if (strcmp(names[i], names[k]) == 0)
                code = lw_fail(err, LW_EREFUSED,
                    "%s and %s would have the same name in the project. Rename one.", data[k],
                    data[i]);
    }
    return code;
}

enum lw_code lw_create_like(const struct lw_sys *sys, const char *dir, const char *const *data,
    size_t n, const struct lw_read_as *as, void (*progress)(void *ctx, uint64_t done, uint64_t all),
    void *ctx, struct lw_err *err)
{
    struct copying c = {sys, progress, ctx, err, as};
    const char **names = lw_alloc(n * sizeof *names);
    bool inside = true;
    enum lw_code code = check_names(data, n, names, err);
    for (size_t i = 0; i < n; i++)
        inside = inside && is_inside(sys, data[i], dir);
    if (code == LW_OK)
        code = inside ? make_inside(&c, dir, data, n, names) : make_around(dir, data, n, names, &c);
    free(names);
    return code;
}

/* ---- samples */

struct samples {
    char **name;
    size_t n;
};

static void add_sample(void *ctx, const char *name)
{
    struct samples *s = ctx;
    if (name[0] == '.')
        return;
    s->name = lw_grow(s->name, s->n + 1, sizeof *s->name);
    s->name[s->n++] = lw_strdup(name);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *title_of(const struct lw_sys *sys, const char *folder, const char *name)
{
    struct lw_buf text = {0};
    struct lw_problems p = {0};
    char *path = lw_format("%s/%s/%s", folder, name, file_name), *title = NULL;
    enum lw_code code = lw_file_read(sys, AT_FDCWD, path, NULL, YAML_MAX, &text, NULL);
    struct lw_yaml *y =
        code == LW_OK ? lw_yaml_parse(path, text.data ? text.data : "", text.len, &p) : NULL;
    const struct lw_yaml *t = y && y->kind == LW_YAML_MAP ? lw_yaml_get(y, "title") : NULL;
    if (y)
        title = lw_strdup(t && t->kind == LW_YAML_SCALAR ? t->text : name);
    lw_yaml_free(y);
    lw_problems_fini(&p);
    lw_buf_fini(&text);
    free(path);
    return title;
}

bool lw_create_samples(const struct lw_sys *sys, const char *folder,
    void (*each)(void *ctx, const char *name, const char *title), void *ctx)
{
    struct samples s = {0};
    bool any = false;
    int fd = sys->openat(sys, AT_FDCWD, folder, O_RDONLY | O_DIRECTORY, 0);
    if (fd >= 0)
        sys->list(sys, fd, add_sample, &s);
    close_if(sys, fd);
    if (s.n > 1)
        qsort(s.name, s.n, sizeof *s.name, by_name);
    for (size_t i = 0; i < s.n; i++) {
        char *title = title_of(sys, folder, s.name[i]);
        if (title)
            each(ctx, s.name[i], title);
        any = any || title;
        free(title);
        free(s.name[i]);
    }
    free(s.name);
    return any;
}
