/* Which files a project may name. It comes from a client and is not trusted: a path stays inside
 * its folder after all links are resolved, or is the one file beside X.labelwright. Nothing is
 * opened here. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "project/project_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char suffix[] = ".labelwright";

char *lw_path_beside(const char *dir)
{
    size_t n = strlen(dir);
    while (n > 1 && dir[n - 1] == '/')
        n--;
    size_t start = n;
    while (start > 0 && dir[start - 1] != '/')
        start--;
    size_t len = n - start, cut = sizeof suffix - 1;
    if (len <= cut || memcmp(dir + n - cut, suffix, cut) != 0)
        return NULL;
    return lw_strndup(dir + start, len - cut);
}

static bool is_beside(const char *dir, const char *path)
{
    char *name = lw_path_beside(dir);
    bool beside = name && strncmp(path, "../", 3) == 0 && strcmp(path + 3, name) == 0;
    free(name);
    return beside;
}

static bool climbs(const char *path)
{
    for (const char *s = path; *s;) {
        size_t n = strcspn(s, "/");
        if (n == 2 && s[0] == '.' && s[1] == '.')
            return true;
        s += n + (s[n] == '/');
    }
    return false;
}

const char *lw_path_fault(const char *dir, const char *path)
{
    if (*path == '\0')
        return "is empty. Write a path inside the project folder.";
    if (*path == '/')
        return "is an absolute path. Write a path relative to the project folder.";
    if (climbs(path) && !is_beside(dir, path))
        return "leaves the project folder with \"..\". Copy the file into the folder and use that "
               "path.";
    return NULL;
}

/* realpath() for a path whose last parts need not exist yet. A dangling link is refused: it may
 * point anywhere later. NULL and errno otherwise. */
static char *resolve(const char *path)
{
    char *head = lw_strdup(path), *real;
    struct lw_buf tail = {0};
    while (!(real = realpath(head, NULL)) && errno == ENOENT) {
        struct stat st;
        char *slash = strrchr(head, '/');
        if (!slash || slash == head || lstat(head, &st) == 0)
            break;
        char *joined = lw_format("%s%s", slash, tail.len ? tail.data : "");
        lw_buf_clear(&tail);
        lw_buf_str(&tail, joined);
        free(joined);
        *slash = '\0';
    }
    int failed = errno;
    char *to = real ? lw_format("%s%s", real, tail.len ? tail.data : "") : NULL;
    lw_buf_fini(&tail);
    free(head);
    free(real);
    errno = failed;
    return to;
}

static bool is_inside(const char *dir, const char *path)
{
    size_t n = strlen(dir);
    if (strncmp(dir, path, n) != 0)
        return false;
    return path[n] == '\0' || path[n] == '/' || strcmp(dir, "/") == 0;
}

/* dir is real: …/X.labelwright; the file beside it is then …/X. */
static bool is_the_one_beside(const char *dir, const char *path)
{
    char *name = lw_path_beside(dir);
    size_t n = strlen(dir) - (sizeof suffix - 1);
    bool same = name && strlen(path) == n && strncmp(dir, path, n) == 0;
    free(name);
    return same;
}

static char *refuse(const struct lw_project *p, const char *path, struct lw_err *err)
{
    lw_fail(err, LW_EREFUSED,
        "%s: %s leaves the project folder through a symbolic link. Copy the file into the folder.",
        p->file, path);
    return NULL;
}

static char *resolve_in(
    const struct lw_project *p, const char *dir, const char *path, struct lw_err *err)
{
    bool beside = is_beside(dir, path);
    char *full = lw_format("%s/%s", dir, path);
    char *to = resolve(full);
    free(full);
    if (!to && errno == ENOENT)
        return refuse(p, path, err);
    if (!to)
        lw_fail_errno(err, "%s: %s: cannot find it", p->file, path);
    else if (!(beside ? is_the_one_beside(dir, to) : is_inside(dir, to))) {
        free(to);
        return refuse(p, path, err);
    }
    return to;
}

/* Below `folder`, which is freed: NULL with errno where it cannot be found. */
static char *path_below(
    const struct lw_project *p, char *folder, const char *path, struct lw_err *err)
{
    char *to = NULL;
    const char *fault = folder ? lw_path_fault(folder, path) : NULL;
    if (!folder)
        lw_fail_errno(err, "%s: cannot find it", p->dir);
    else if (fault)
        lw_fail(err, LW_EREFUSED, "%s: %s %s", p->file, path, fault);
    else
        to = resolve_in(p, folder, path, err);
    free(folder);
    return to;
}

char *lw_project_path(const struct lw_project *p, const char *path, struct lw_err *err)
{
    return path_below(p, realpath(p->dir, NULL), path, err);
}

static bool is_hidden(const char *path)
{
    for (const char *s = path; *s; s += strcspn(s, "/"), s += *s == '/')
        if (s[0] == '.' && s[1] != '.' && s[1] != '/')
            return true;
    return false;
}

char *lw_project_data_path(const struct lw_project *p, const char *path, struct lw_err *err)
{
    char *folder = realpath(p->dir, NULL), *beside = folder ? lw_path_beside(folder) : NULL;
    bool shared = beside || p->unmade; /* with all else that its owner has there */
    free(beside);
    if (shared && is_hidden(path)) {
        lw_fail(err, LW_EREFUSED, "%s: %s is hidden. Copy it beside the task file.", p->file, path);
        free(folder);
        return NULL;
    }
    if (shared && !p->unmade)
        *strrchr(folder, '/') = '\0';
    return path_below(p, folder, path, err);
}
