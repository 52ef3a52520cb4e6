/* From a path to a project: the folder, its project.yaml, a data file, or the folder beside it,
 * which is made when allowed. What project.yaml means is the project room's; its text for a data
 * file is project_template.c's. */
#define _GNU_SOURCE
#include "labelwright/workspace/project_open.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "workspace/nearby_files_internal.h"
#include "workspace/project_template_internal.h"
#include "workspace/reading_change_internal.h"
#include "workspace/typed_path_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { PROJECT_MAX = 256 * 1024 };

static const char file_name[] = "project.yaml";

/* The arguments of lw_project_open(), and where its result goes. */
struct opening {
    const struct lw_sys *sys;
    struct lw_project **to;
    bool *made;                  /* NULL: do not create anything */
    bool practice;               /* what is made has practice tasks */
    const struct lw_read_as *as; /* NULL: as the data looks */
    struct lw_problems *problems;
    struct lw_err *err;
};

static char *dir_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return lw_strdup(".");
    return lw_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static bool is_beside_data(const char *dir)
{
    char *name = lw_path_beside(dir);
    free(name);
    return name != NULL;
}

/* The folder as typed, unless that hides its name: ".", or a link to X.labelwright. */
static char *named_dir(const char *typed)
{
    char *real = realpath(typed, NULL);
    const char *base = lw_path_base(typed);
    bool hidden = strcmp(base, ".") == 0 || strcmp(base, "..") == 0 ||
                  (real && is_beside_data(real) && !is_beside_data(typed));
    char *dir = lw_strdup(real && hidden ? real : typed);
    free(real);
    return dir;
}

static enum lw_code check_path(const struct lw_project *p, const char *path, struct lw_err *err)
{
    struct lw_err found = {0};
    char *full = lw_project_path(p, path, &found);
    free(full);
    return full ? LW_OK : lw_fail(err, found.code, "%s", found.text);
}

static enum lw_code check_outbox(const struct lw_project *p, const char *path, struct lw_err *err)
{
    struct lw_err found = {0};
    char *full = lw_project_outbox(p, path, &found);
    free(full);
    return full ? LW_OK : lw_fail(err, found.code, "%s", found.text);
}

static enum lw_code check_paths(const struct lw_project *p, struct lw_err *err)
{
    enum lw_code code = p->guidelines ? check_path(p, p->guidelines, err) : LW_OK;
    for (size_t i = 0; i < p->ntasks && code == LW_OK; i++)
        code = check_path(p, p->tasks[i].path, err);
    for (size_t i = 0; i < p->nsync && code == LW_OK; i++)
        if (strncasecmp(p->sync[i].to, "file:", 5) == 0)
            code = check_outbox(p, p->sync[i].to + 5, err);
    return code;
}

static enum lw_code parse(
    const struct opening *o, const char *typed, const char *file, const struct lw_buf *text)
{
    char *dir = named_dir(typed);
    struct lw_project *p =
        lw_project_parse(dir, file, text->data ? text->data : "", text->len, o->problems);
    free(dir);
    if (!p)
        return lw_fail(o->err, LW_EBAD, "%s has mistakes: %zu.", file, o->problems->n);
    enum lw_code code = check_paths(p, o->err);
    if (code == LW_OK)
        *o->to = p;
    else
        lw_project_free(p);
    return code;
}

/* LW_EABSENT, without a message, when the folder has no project.yaml. */
static enum lw_code open_folder(const struct opening *o, const char *typed)
{
    struct lw_buf text = {0};
    struct lw_err err = {0};
    const char *gap = typed[strlen(typed) - 1] == '/' ? "" : "/";
    char *file = lw_format("%s%s%s", typed, gap, file_name);
    enum lw_code code = lw_file_read(o->sys, AT_FDCWD, file, NULL, PROJECT_MAX, &text, &err);
    if (code == LW_OK)
        code = parse(o, typed, file, &text);
    else if (code != LW_EABSENT)
        lw_fail(o->err, code, "%s", err.text);
    lw_buf_fini(&text);
    free(file);
    return code;
}

static enum lw_code sync_dir(const struct lw_sys *sys, const char *dir, struct lw_err *err)
{
    int fd = sys->openat(sys, AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0)
        return lw_fail_errno(err, "cannot open %s", dir);
    enum lw_code code =
        sys->fsync(sys, fd) == 0 ? LW_OK : lw_fail_errno(err, "cannot sync %s", dir);
    sys->close(sys, fd);
    return code;
}

/* Labels are safe in this folder only when its own name is on disk. */
static enum lw_code make_folder(const struct lw_sys *sys, const char *folder, struct lw_err *err)
{
    if (sys->mkdirat(sys, AT_FDCWD, folder, 0700) != 0)
        return errno == EEXIST ? LW_OK : lw_fail_errno(err, "cannot create this folder");
    char *above = dir_of(folder);
    enum lw_code code = sync_dir(sys, above, err);
    free(above);
    return code;
}

static enum lw_code fill_folder(
    const struct lw_sys *sys, const char *folder, const char *text, struct lw_err *err)
{
    int fd = sys->openat(sys, AT_FDCWD, folder, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0)
        return lw_fail_errno(err, "cannot open this folder");
    enum lw_code code = lw_file_replace(sys, fd, file_name, text, strlen(text), true, err);
    sys->close(sys, fd);
    return code;
}

static enum lw_code write_project(
    const struct lw_sys *sys, const char *folder, const char *text, struct lw_err *err)
{
    enum lw_code code = make_folder(sys, folder, err);
    if (code == LW_OK && (code = fill_folder(sys, folder, text, err)) != LW_OK)
        sys->rmdirat(
            sys, AT_FDCWD, folder); /* leaves nothing behind; a folder that is not empty stays */
    return code;
}

static const char *cure_of(enum lw_code code)
{
    if (code == LW_EFULL)
        return "Free some space and try again.";
    return "Labels are saved next to the data file. To work on a copy somewhere else: labelwright "
           "new DIR --like FILE";
}

static enum lw_code make(const struct opening *o, const char *data, const char *folder)
{
    struct lw_data_kind kind = {0};
    struct lw_err err = {0};
    struct lw_problems problems = {0};
    enum lw_code code = lw_data_kind(o->sys, data, o->as, &kind, o->err);
    if (code != LW_OK)
        return code;
    const char *name = lw_path_base(data);
    kind.practice = kind.practice || o->practice;
    char *text = lw_project_text(&(struct lw_data_files){&name, 1, NULL}, "../", &kind);
    lw_data_kind_fini(&kind);
    struct lw_project *p =
        text ? lw_project_parse(folder, file_name, text, strlen(text), &problems) : NULL;
    if (!p)
        code = lw_fail(o->err, LW_EBAD,
            "%s: project.yaml cannot contain this file name. Rename the file.", data);
    else if ((code = write_project(o->sys, folder, text, &err)) != LW_OK)
        lw_fail(o->err, code, "%s: %s. %s", folder, err.text, cure_of(code));
    lw_problems_fini(&problems);
    lw_project_free(p);
    free(text);
    return code;
}

/* What make() would write, read in the folder of the data. */
static enum lw_code preview(const struct opening *o, const char *data, const char *folder)
{
    struct lw_data_kind kind = {0};
    enum lw_code code = lw_data_kind(o->sys, data, o->as, &kind, o->err);
    if (code != LW_OK)
        return code;
    const char *name = lw_path_base(data);
    char *text = lw_project_text(&(struct lw_data_files){&name, 1, NULL}, "", &kind);
    char *dir = dir_of(data), *file = lw_format("%s/%s", folder, file_name);
    lw_data_kind_fini(&kind);
    *o->to = text ? lw_project_parse(dir, file, text, strlen(text), o->problems) : NULL;
    if (*o->to) {
        free((*o->to)->title);
        (*o->to)->title = lw_strdup(name);
        (*o->to)->unmade = true;
    } else {
        code = lw_fail(o->err, LW_EBAD,
            "%s: project.yaml cannot contain this file name. Rename the file.", data);
    }
    free(file);
    free(dir);
    free(text);
    return code;
}

/* The project that is there says otherwise how its file is read: it is made anew, or, where
 * nothing may be written, only read so. */
static enum lw_code change_reading(const struct opening *o, const char *data, const char *folder)
{
    if (!o->as || lw_read_as_agrees(&(*o->to)->tasks[0], o->as))
        return LW_OK;
    enum lw_code code = LW_OK;
    if (o->made)
        code = lw_reading_may_change(o->sys, *o->to, data, o->as, o->err);
    lw_project_free(*o->to);
    *o->to = NULL;
    if (code != LW_OK)
        return code;
    if (!o->made)
        return preview(o, data, folder);
    if ((code = make(o, data, folder)) != LW_OK)
        return code;
    *o->made = true;
    return open_folder(o, folder);
}

static enum lw_code open_beside(const struct opening *o, const char *data)
{
    char *folder = lw_format("%s.labelwright", data);
    enum lw_code code = open_folder(o, folder);
    if (code == LW_OK) {
        code = change_reading(o, data, folder);
    } else if (code == LW_EABSENT && !o->made) {
        code = preview(o, data, folder);
    } else if (code == LW_EABSENT && (code = make(o, data, folder)) == LW_OK) {
        *o->made = true;
        code = open_folder(o, folder);
    }
    free(folder);
    return code;
}

static bool is_yaml(const char *path)
{
    const char *dot = strrchr(lw_path_base(path), '.');
    return dot && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static enum lw_code refuse_yaml(const char *path, struct lw_err *err)
{
    static const struct {
        const char *name, *what;
    } known[] = {
        {"config.yaml", "has settings, not tasks. To change yours: labelwright config"},
        {"pay.yaml", "has rates of pay, not tasks. For what was earned: labelwright pay PROJECT"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(lw_path_base(path), known[i].name) == 0)
            return lw_fail(err, LW_EBAD, "%s %s.", path, known[i].what);
    return lw_fail(err, LW_EBAD,
        "%s is YAML, not data. If it belongs to a project, rename it to project.yaml.", path);
}

/* The folder is next to the file itself, not next to a link to it: a project may not follow links.
 */
static enum lw_code open_data(const struct opening *o, const char *path)
{
    if (is_yaml(path))
        return refuse_yaml(path, o->err);
    struct stat st;
    char *real = lstat(path, &st) == 0 && S_ISLNK(st.st_mode) ? realpath(path, NULL) : NULL;
    enum lw_code code = open_beside(o, real ? real : path);
    free(real);
    return code;
}

/* A folder X.labelwright without project.yaml: one is made if X is there. */
static bool has_data_beside(const char *dir, char **data)
{
    struct stat st;
    char *name = lw_path_beside(dir), *above = dir_of(dir);
    *data = name ? lw_format("%s/%s", above, name) : NULL;
    free(name);
    free(above);
    if (*data && stat(*data, &st) == 0 && S_ISREG(st.st_mode))
        return true;
    free(*data);
    return false;
}

static enum lw_code open_dir(const struct opening *o, const char *path)
{
    if (o->as)
        return lw_fail(o->err, LW_EUSAGE,
            "How a file is read can be said for a file of tasks. In a project, write it in %s/%s, "
            "below its `file:`.",
            path, file_name);
    enum lw_code code = open_folder(o, path);
    if (code != LW_EABSENT)
        return code;
    char *data, *dir = named_dir(path);
    if (has_data_beside(dir, &data)) {
        code = open_data(o, data);
        free(data);
    } else {
        char *inside = lw_nearby_files(o->sys, path);
        lw_fail(o->err, code, "%s has no project.yaml. %s", path,
            inside ? inside
                   : "Open a data file, or make a project: labelwright new DIR --like FILE");
        free(inside);
    }
    free(dir);
    return code;
}

static enum lw_code open_project_file(const struct opening *o, const char *path)
{
    char *dir = dir_of(path);
    enum lw_code code = open_dir(o, dir);
    free(dir);
    return code;
}

/* The labels of a missing data file are still next to where it was. */
static enum lw_code open_without_data(const struct opening *o, const char *data)
{
    char *folder = lw_format("%s.labelwright", data);
    enum lw_code code = open_folder(o, folder);
    free(folder);
    if (code != LW_EABSENT)
        return code;
    char *near = lw_nearby_name(o->sys, data);
    if (near)
        lw_fail(o->err, code, "%s: no such file or folder. Did you mean %s?", data, near);
    else
        lw_fail(o->err, code,
            "%s: no such file or folder. labelwright alone shows what is in this folder.", data);
    free(near);
    return code;
}

static enum lw_code open_named(const struct opening *o, const char *path)
{
    struct stat st;
    if (*path == '\0')
        return lw_fail(o->err, LW_EUSAGE, "No path given. Give a project folder or a data file.");
    if (strcmp(path, "-") == 0)
        return lw_fail(o->err, LW_EUSAGE,
            "Save the tasks to a file and give its name. Tasks cannot come from stdin, because "
            "records are read again when they are shown. (For a file called -, write ./-)");
    if (stat(path, &st) != 0 && errno == ENOENT)
        return open_without_data(o, path);
    if (stat(path, &st) != 0)
        return lw_fail_errno(o->err, "%s: cannot access it", path);
    if (S_ISDIR(st.st_mode))
        return open_dir(o, path);
    if (!S_ISREG(st.st_mode))
        return lw_fail(o->err, LW_EBAD,
            "%s is not a file or a folder. Copy its contents into a file first.", path);
    return strcmp(lw_path_base(path), file_name) == 0 ? open_project_file(o, path)
                                                      : open_data(o, path);
}

static enum lw_code open_path(struct opening o, const char *path, struct lw_err *err)
{
    struct lw_err own = {0};
    struct lw_problems *p = o.problems;
    o.err = err ? err : &own;
    *o.to = NULL;
    char *tidy = lw_path_trim(path);
    enum lw_code code = open_named(&o, tidy);
    free(tidy);
    if (code == LW_EBAD && p->n == 0) {
        p->v = lw_grow(p->v, 1, sizeof *p->v);
        p->v[p->n++] = lw_strdup(o.err->text);
    }
    return code;
}

enum lw_code lw_project_open(const struct lw_sys *sys, const char *path, bool practice,
    struct lw_project **to, bool *made, struct lw_problems *p, struct lw_err *err)
{
    *made = false;
    return open_path((struct opening){sys, to, made, practice, NULL, p, NULL}, path, err);
}

enum lw_code lw_project_open_read_only(const struct lw_sys *sys, const char *path,
    struct lw_project **to, struct lw_problems *p, struct lw_err *err)
{
    return open_path((struct opening){sys, to, NULL, false, NULL, p, NULL}, path, err);
}

enum lw_code lw_project_open_as(const struct lw_project_opening *how, const char *path,
    struct lw_project **to, bool *made, struct lw_problems *p, struct lw_err *err)
{
    struct opening o = {
        how->sys, to, how->read_only ? NULL : made, how->practice, how->as, p, NULL};
    *made = false;
    return open_path(o, path, err);
}

enum lw_code lw_project_take_header(
    const struct lw_sys *sys, const struct lw_project *p, enum lw_header header, struct lw_err *err)
{
    struct lw_read_as as = lw_task_file_read_as(&p->tasks[0]);
    char *name = lw_path_beside(p->dir), *above = dir_of(p->dir);
    char *data = name ? lw_format("%s/%s", above, name) : NULL;
    struct opening o = {sys, NULL, NULL, p->practice, &as, NULL, err};
    as.format = strcmp(as.format, "auto") == 0 ? NULL : as.format;
    as.columns = NULL; /* they have other names then */
    as.header = header;
    enum lw_code code =
        data ? lw_reading_may_change(sys, p, data, &as, err)
             : lw_fail(err, LW_EREFUSED, "Write `header: %s` in %s, below its `file:`.",
                   header == LW_HEADER_YES ? "true" : "false", p->file);
    if (code == LW_OK)
        code = make(&o, data, p->dir);
    free(data);
    free(above);
    free(name);
    return code;
}
