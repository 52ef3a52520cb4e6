/* What somebody may have meant who named a folder without a project, or a file that is not there:
 * the task files beside it. Only for messages. */
#define _GNU_SOURCE
#include "workspace/nearby_files_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/detect.h"
#include "labelwright/project/project.h"
#include "labelwright/yaml/yaml.h"
#include "workspace/typed_path_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_MAX = 500, LOOKED_MAX = 60, SHOWN_MAX = 5 };

struct names {
    const char **v;
    size_t n;
};

static void note(void *ctx, const char *name)
{
    struct names *all = ctx;
    if (name[0] == '.' || all->n == NAMES_MAX)
        return;
    all->v = lw_grow(all->v, all->n + 2, sizeof *all->v);
    all->v[all->n++] = lw_strdup(name);
    all->v[all->n] = NULL;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const struct lw_sys *sys, const char *dir, struct names *to)
{
    *to = (struct names){NULL, 0};
    int fd = sys->openat(sys, AT_FDCWD, dir, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0)
        return;
    sys->list(sys, fd, note, to);
    sys->close(sys, fd);
    if (to->n > 1)
        qsort(to->v, to->n, sizeof *to->v, by_name);
}

static void names_fini(struct names *all)
{
    for (size_t i = 0; i < all->n; i++)
        free((char *)(uintptr_t)all->v[i]);
    free(all->v);
}

static char *path_in(const char *dir, const char *name)
{
    return strcmp(dir, ".") == 0 ? lw_strdup(name) : lw_format("%s/%s", dir, name);
}

enum kind { OTHER, TASKS, PROJECT };

static enum kind kind_of(const struct lw_sys *sys, const char *path)
{
    struct stat st;
    const struct lw_format *format;
    struct lw_err err = {0};
    char *yaml = lw_format("%s/project.yaml", path);
    bool project = access(yaml, F_OK) == 0;
    free(yaml);
    if (project)
        return lw_path_beside(path) ? OTHER : PROJECT;
    bool file = stat(path, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > 0;
    return file && lw_detect_format(sys, path, path, &format, &err) == LW_OK ? TASKS : OTHER;
}

char *lw_nearby_files(const struct lw_sys *sys, const char *dir)
{
    struct names all;
    struct lw_buf found = {0};
    char *first = NULL;
    size_t shown = 0, more = 0;
    list(sys, dir, &all);
    for (size_t i = 0; i < all.n && i < LOOKED_MAX; i++) {
        char *path = path_in(dir, all.v[i]);
        bool is = kind_of(sys, path) != OTHER;
        more += is && shown >= SHOWN_MAX;
        if (is && shown < SHOWN_MAX)
            lw_buf_fmt(&found, "%s%.80s", shown++ ? ", " : "", all.v[i]);
        if (is && !first)
            first = lw_strdup(path);
        free(path);
    }
    char *words = first ? lw_format("In it: %s%s. Open one: labelwright %s", found.data,
                              more ? " …" : "", first)
                        : NULL;
    free(first);
    lw_buf_fini(&found);
    names_fini(&all);
    return words;
}

char *lw_nearby_name(const struct lw_sys *sys, const char *path)
{
    struct names all;
    const char *base = lw_path_base(path);
    char *dir = base == path ? lw_strdup(".") : lw_strndup(path, (size_t)(base - path));
    list(sys, dir, &all);
    const char *near = all.n > 0 ? lw_nearest(base, all.v) : NULL;
    char *whole = near ? lw_format("%.*s%s", (int)(base - path), path, near) : NULL;
    names_fini(&all);
    free(dir);
    return whole;
}
