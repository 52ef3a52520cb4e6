#define _GNU_SOURCE
#include "labelwright/workspace/create.h"
#include "workspace/project_template_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/project/protected_path.h"
#include "workspace/copy_internal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { YAML_MAX = 256 * 1024, FTW_OPEN = 16 };

static const char file_name[] = "project.yaml";

/* ---- a folder that appears whole */

struct making {
    const char *dir;
    char *temp;
    int fd;
};

static char *without_slashes(const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    return lw_strndup(path, n);
}

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

static enum lw_code start(struct making *m, struct lw_err *err)
{
    m->fd = -1;
    char *dir = without_slashes(m->dir);
    enum lw_code place = check_place(dir, err);
    m->temp = place == LW_OK ? lw_format("%s.XXXXXX", dir) : NULL;
    free(dir);
    if (place != LW_OK)
        return place;
    if (!mkdtemp(m->temp)) {
        enum lw_code code = lw_fail_errno(err, "%s: cannot create this folder", m->dir);
        free(m->temp);
        m->temp = NULL;
        return code;
    }
    m->fd = open(m->temp, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return m->fd >= 0 ? LW_OK : lw_fail_errno(err, "%s: cannot open", m->temp);
}

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
    (void)st, (void)kind, (void)at;
    return remove(path);
}

/* rename() replaces an empty folder, and nothing else. */
static enum lw_code finish(struct making *m, enum lw_code code, struct lw_err *err)
{
    if (code == LW_OK && rename(m->temp, m->dir) != 0) {
        bool taken = errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR;
        code = taken ? lw_fail(err, LW_EREFUSED, "%s already exists. Choose another name.", m->dir)
                     : lw_fail_errno(err, "%s: cannot create this folder", m->dir);
    }
    if (m->fd >= 0)
        close(m->fd);
    if (code != LW_OK && m->temp)
        nftw(m->temp, remove_one, FTW_OPEN, FTW_DEPTH | FTW_PHYS);
    free(m->temp);
    return code;
}

enum lw_code lw_create_from(const char *dir, const char *sample, struct lw_err *err)
{
    struct making m = {.dir = dir};
    struct lw_copying c = {.err = err};
    int from = open(sample, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (from < 0)
        return lw_fail_errno(err, "%s: cannot open", sample);
    enum lw_code code = start(&m, err);
    if (code == LW_OK)
        code = lw_copy_folder(&c, from, m.fd);
    close(from);
    return finish(&m, code, err);
}

/* ---- around a file */

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static bool lies_in(const char *data, const char *dir)
{
    struct stat a, b;
    char *there = lw_format("%s/%s", dir, base_of(data));
    bool same = stat(data, &a) == 0 && lstat(there, &b) == 0 && a.st_dev == b.st_dev &&
                a.st_ino == b.st_ino;
    free(there);
    return same;
}

/* Whether the file name can be used in a project and be written in project.yaml. */
static enum lw_code check_name(const char *data, struct lw_err *err)
{
    const char *name = base_of(data);
    struct lw_data_kind none = {0};
    struct lw_problems p = {0};
    char *text = lw_copy_wants(name) && strcmp(name, file_name) != 0
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
static enum lw_code propose(const char *dir, const char *const *data, size_t n,
    const char *const *names, char **text, struct lw_err *err)
{
    struct lw_data_kind kind = {0};
    struct lw_data_files files = {.name = names, .n = n};
    char **join = lw_alloc(n * sizeof *join);
    enum lw_code code = n > 1 ? lw_data_kind_joined(&lw_sys_real, dir, &files, join, &kind, err)
                              : lw_data_kind(&lw_sys_real, data[0], &kind, err);
    files.join = join;
    if (code == LW_OK)
        *text = lw_project_text(&files, "", &kind);
    lw_data_kind_fini(&kind);
    for (size_t i = 0; i < n; i++)
        free(join[i]);
    free(join);
    return code;
}

static enum lw_code write_new(int dir, const char *shown, const char *text, struct lw_err *err)
{
    int fd = openat(dir, file_name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno == EEXIST)
        return lw_fail(
            err, LW_EREFUSED, "%s/%s already exists. Rename it first.", shown, file_name);
    if (fd < 0)
        return lw_fail_errno(err, "%s/%s: cannot create", shown, file_name);
    enum lw_code code = lw_write_all(&lw_sys_real, fd, text, strlen(text), NULL, err);
    if (code == LW_OK && fsync(fd) != 0)
        code = lw_fail_errno(err, "%s/%s: cannot sync", shown, file_name);
    close(fd);
    if (code != LW_OK)
        unlinkat(dir, file_name, 0);
    return code == LW_OK ? lw_dir_sync(&lw_sys_real, dir, err) : code;
}

static enum lw_code make_inside(const char *dir, const char *const *data, size_t n,
    const char *const *names, struct lw_err *err)
{
    char *text = NULL, *real = realpath(dir, NULL);
    enum lw_code code = real ? lw_protected_path_check(NULL, real, dir, err) : LW_OK;
    free(real);
    if (code == LW_OK)
        code = propose(dir, data, n, names, &text, err);
    int fd = code == LW_OK ? open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (code == LW_OK && fd < 0)
        code = lw_fail_errno(err, "%s: cannot open", dir);
    if (code == LW_OK)
        code = write_new(fd, dir, text, err);
    if (fd >= 0)
        close(fd);
    free(text);
    return code;
}

static enum lw_code copy_in(const struct lw_copying *c, const char *data, int to)
{
    char *above = lw_strndup(data, (size_t)(base_of(data) - data));
    int from = open(*above ? above : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    free(above);
    if (from < 0)
        return lw_fail_errno(c->err, "%s: cannot open its folder", data);
    enum lw_code code = lw_copy_file(c, from, base_of(data), to);
    close(from);
    return code;
}

static enum lw_code make_around(const char *dir, const char *const *data, size_t n,
    const char *const *names, const struct lw_copying *c)
{
    struct making m = {.dir = dir};
    char *text = NULL;
    enum lw_code code = n > 1 ? LW_OK : propose(NULL, data, n, names, &text, c->err);
    if (code != LW_OK)
        return code;
    code = start(&m, c->err);
    for (size_t i = 0; i < n && code == LW_OK; i++)
        code = copy_in(c, data[i], m.fd);
    if (code == LW_OK && n > 1)
        code = propose(m.temp, data, n, names, &text, c->err);
    if (code == LW_OK)
        code = write_new(m.fd, dir, text, c->err);
    free(text);
    return finish(&m, code, c->err);
}

static enum lw_code check_names(
    const char *const *data, size_t n, const char **names, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < n && code == LW_OK; i++) {
        names[i] = base_of(data[i]);
        code = check_name(data[i], err);
        for (size_t k = 0; k < i && code == LW_OK; k++)
            if (strcmp(names[i], names[k]) == 0)
                code = lw_fail(err, LW_EREFUSED,
                    "%s and %s would have the same name in the project. Rename one.", data[k],
                    data[i]);
    }
    return code;
}

enum lw_code lw_create_like(const char *dir, const char *const *data, size_t n,
    void (*progress)(void *ctx, uint64_t done, uint64_t all), void *ctx, struct lw_err *err)
{
    struct lw_copying c = {progress, ctx, err};
    const char **names = lw_alloc(n * sizeof *names);
    bool inside = true;
    enum lw_code code = check_names(data, n, names, err);
    for (size_t i = 0; i < n; i++)
        inside = inside && lies_in(data[i], dir);
    if (code == LW_OK)
        code =
            inside ? make_inside(dir, data, n, names, err) : make_around(dir, data, n, names, &c);
    free(names);
    return code;
}

/* ---- samples */

static int is_sample(const struct dirent *e)
{
    return e->d_name[0] != '.';
}

static char *title_of(const char *folder, const char *name)
{
    struct lw_buf text = {0};
    struct lw_problems p = {0};
    char *path = lw_format("%s/%s/%s", folder, name, file_name), *title = NULL;
    enum lw_code code = lw_file_read(&lw_sys_real, AT_FDCWD, path, NULL, YAML_MAX, &text, NULL);
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

bool lw_create_samples(
    const char *folder, void (*each)(void *ctx, const char *name, const char *title), void *ctx)
{
    struct dirent **v;
    bool any = false;
    int n = scandir(folder, &v, is_sample, alphasort);
    for (int i = 0; i < n; i++) {
        char *title = title_of(folder, v[i]->d_name);
        if (title)
            each(ctx, v[i]->d_name, title);
        any = any || title;
        free(title);
        free(v[i]);
    }
    if (n >= 0)
        free(v);
    return any;
}
