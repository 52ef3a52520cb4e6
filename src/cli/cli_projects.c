/* Several projects of one command: PATHs that are projects, data files or folders of projects; and
 * the days that options name. What is done with each is the command's. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/base/date.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool has_project(const char *folder)
{
    char *file = lw_format("%s/project.yaml", folder);
    bool has = access(file, F_OK) == 0;
    free(file);
    return has;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The folders in it that are projects, by name; none when it is one itself. */
static size_t list_folder(const char *path, char ***to)
{
    DIR *dir = has_project(path) ? NULL : opendir(path);
    size_t n = 0;
    *to = NULL;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        char *folder = lw_format("%s/%s", path, e->d_name);
        if (e->d_name[0] != '.' && has_project(folder)) {
            *to = lw_grow(*to, n + 1, sizeof **to);
            (*to)[n++] = folder;
        } else {
            free(folder);
        }
    }
    if (dir)
        closedir(dir);
    if (n > 0)
        qsort(*to, n, sizeof **to, by_name);
    return n;
}

size_t lw_cli_project_paths(const struct lw_cli *c, char ***to)
{
    size_t n = 0;
    *to = NULL;
    for (int i = -1; i < c->nmore; i++) {
        const char *path = i < 0 ? c->path : c->more[i];
        char **in;
        size_t more = list_folder(path, &in);
        *to = lw_grow(*to, n + more + 1, sizeof **to);
        for (size_t k = 0; k < more; k++)
            (*to)[n++] = in[k];
        if (more == 0)
            (*to)[n++] = lw_strdup(path);
        free(in);
    }
    return n;
}

void lw_cli_free_paths(char **v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(v[i]);
    free(v);
}

/* The folders of the projects that were opened. */
struct visited {
    struct stat *v;
    size_t n;
};

static bool is_new(struct visited *seen, int dir)
{
    struct stat st;
    if (fstat(dir, &st) != 0)
        return true;
    for (size_t i = 0; i < seen->n; i++)
        if (seen->v[i].st_dev == st.st_dev && seen->v[i].st_ino == st.st_ino)
            return false;
    seen->v = lw_grow(seen->v, seen->n + 1, sizeof *seen->v);
    seen->v[seen->n++] = st;
    return true;
}

struct visit {
    int (*each)(void *ctx, struct lw_workspace *w);
    void *ctx;
    struct visited seen;
    bool only; /* one project: it has to have a journal */
};

static int visit(const struct lw_cli *c, const char *path, struct visit *v)
{
    struct lw_workspace w;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, true);
    struct lw_problems p = {0};
    struct lw_err err = {0};
    opts.path = path;
    if (lw_workspace_journal(&opts, &w, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    int status = 0;
    if (v->only && !w.journal) {
        status = lw_cli_fail_absent(&w);
    } else if (is_new(&v->seen, w.dir)) {
        lw_cli_warn_notes(&w, 0);
        status = v->each(v->ctx, &w);
    }
    lw_workspace_close(&w);
    return status;
}

int lw_cli_each_project(struct lw_cli *c, int (*each)(void *ctx, struct lw_workspace *w), void *ctx)
{
    char **path;
    size_t n = lw_cli_project_paths(c, &path);
    struct visit v = {.each = each, .ctx = ctx, .only = n == 1};
    int status = 0;
    for (size_t i = 0; i < n && status == 0; i++)
        status = visit(c, path[i], &v);
    free(v.seen.v);
    lw_cli_free_paths(path, n);
    return status;
}

char *lw_cli_first_project(const struct lw_cli *c)
{
    char **path;
    size_t n = lw_cli_project_paths(c, &path);
    char *first = lw_strdup(path[0]);
    lw_cli_free_paths(path, n);
    return first;
}

static bool parse_day(const char *option, const char *text, int32_t *day)
{
    if (!text || lw_date_parse(text, day))
        return true;
    lw_cli_warn("--%s takes a day, such as 2026-11-30, not \"%s\".", option, text);
    return false;
}

static bool parse_month(const char *text, int32_t *since, int32_t *until)
{
    if (!lw_month_parse(text, since)) {
        lw_cli_warn("--month takes a month, such as 2026-11, not \"%s\".", text);
        return false;
    }
    *until = lw_date_next_month(*since) - 1;
    return true;
}

bool lw_cli_days(const struct lw_cli *c, int32_t *since, int32_t *until)
{
    const char *month = c->value[LW_OPT_MONTH];
    *since = LW_DAY_FIRST;
    *until = LW_DAY_LAST;
    if (month && (c->value[LW_OPT_SINCE] || c->value[LW_OPT_UNTIL])) {
        lw_cli_warn("Give --month, or --since and --until, not both.");
        return false;
    }
    if (month)
        return parse_month(month, since, until);
    if (!parse_day("since", c->value[LW_OPT_SINCE], since) ||
        !parse_day("until", c->value[LW_OPT_UNTIL], until))
        return false;
    if (*since > *until)
        lw_cli_warn("--since is after --until: no day is left.");
    return *since <= *until;
}
