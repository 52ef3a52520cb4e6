/* Where the user may not write: journals, .labelwright/, folders of batches, and the files that the
 * project reads. By device and inode, so that no link or other spelling gets around it. */
#define _GNU_SOURCE
#include "labelwright/project/protected_path.h"

#include "labelwright/base/buf.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool same_file(const struct stat *a, const char *path)
{
    struct stat b;
    return stat(path, &b) == 0 && a->st_dev == b.st_dev && a->st_ino == b.st_ino;
}

static bool is_journal_name(const char *name)
{
    return strcmp(name, "journal") == 0 || strncmp(name, "journal-", 8) == 0;
}

static bool has(const char *folder, const char *name)
{
    char *path = lw_format("%s/%s", folder, name);
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

/* ---- folders */

/* Whether only labelwright writes in this folder, for any project. */
static bool is_kept(const char *folder)
{
    const char *name = strrchr(folder, '/');
    if (!name || strcmp(name + 1, ".labelwright") == 0)
        return name != NULL;
    if (!is_journal_name(name + 1))
        return false;
    char *above = lw_strndup(folder, (size_t)(name - folder));
    bool journal = has(folder, "000001.jsonl") || has(above, "project.yaml");
    free(above);
    return journal;
}

/* The folder of a destination; new, or NULL. */
static char *target_folder(const struct lw_project *p, const struct lw_sync_to *to)
{
    return strncasecmp(to->to, "file:", 5) == 0 ? lw_project_path(p, to->to + 5, NULL) : NULL;
}

static bool is_target(const struct lw_project *p, const struct stat *folder)
{
    bool found = false;
    for (size_t i = 0; i < p->nsync && !found; i++) {
        char *target = target_folder(p, &p->sync[i]);
        found = target && same_file(folder, target);
        free(target);
    }
    return found;
}

static enum lw_code refuse(const char *shown, const char *what, struct lw_err *err)
{
    return lw_fail(err, LW_EREFUSED, "%s would be inside %s. Choose another place.", shown, what);
}

static enum lw_code check_folder(
    const struct lw_project *p, const char *folder, const char *shown, struct lw_err *err)
{
    struct stat st;
    if (is_kept(folder))
        return refuse(shown, "a folder that only labelwright writes", err);
    if (p && stat(folder, &st) == 0 && is_target(p, &st))
        return refuse(shown, "the folder that this project sends to", err);
    return LW_OK;
}

enum lw_code lw_protected_path_check(
    const struct lw_project *p, const char *above, const char *shown, struct lw_err *err)
{
    char *folder = lw_strdup(above);
    enum lw_code code = LW_OK;
    for (char *slash = folder; code == LW_OK && slash && *folder;) {
        code = check_folder(p, folder, shown, err);
        if ((slash = strrchr(folder, '/')))
            *slash = '\0';
    }
    free(folder);
    return code;
}

/* ---- files */

static bool is_named_input(const struct lw_project *p, const char *name, const struct stat *st)
{
    char *path = lw_project_path(p, name, NULL);
    bool same = path && same_file(st, path);
    free(path);
    return same;
}

static bool holds(const char *folder, const struct stat *st)
{
    bool found = false;
    DIR *d = opendir(folder);
    for (const struct dirent *e; !found && d && (e = readdir(d));) {
        char *path = lw_format("%s/%s", folder, e->d_name);
        found = same_file(st, path);
        free(path);
    }
    if (d)
        closedir(d);
    return found;
}

static bool is_in_a_journal(const struct lw_project *p, const struct stat *st)
{
    bool found = false;
    DIR *d = opendir(p->dir);
    for (const struct dirent *e; !found && d && (e = readdir(d));) {
        char *path = lw_format("%s/%s", p->dir, e->d_name);
        found = is_journal_name(e->d_name) && holds(path, st);
        free(path);
    }
    if (d)
        closedir(d);
    return found;
}

static bool is_input(const struct lw_project *p, const struct stat *st)
{
    bool found = same_file(st, p->file) || is_named_input(p, "project.yaml", st) ||
                 (p->guidelines && is_named_input(p, p->guidelines, st));
    for (size_t i = 0; i < p->ntasks && !found; i++)
        found = is_named_input(p, p->tasks[i].path, st);
    return found;
}

enum lw_code lw_protected_path_check_input(
    const struct lw_project *p, const struct stat *st, const char *shown, struct lw_err *err)
{
    const char *what = is_input(p, st)          ? "a file that this project reads"
                       : is_in_a_journal(p, st) ? "part of this project's journal"
                                                : NULL;
    return what ? lw_fail(err, LW_EREFUSED, "%s is %s. Choose another name.", shown, what) : LW_OK;
}
