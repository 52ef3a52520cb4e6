/* From what the user types to open journals: a project or a data file stands for all journals in
 * it, a journal's folder for itself. Creates nothing. */
#define _GNU_SOURCE
#include "agree/label_set_internal.h"

#include "labelwright/base/file.h"
#include "labelwright/workspace/project_open.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { INDEX_STEP = 8 * 1024 * 1024 };

/* ---- one journal */

static const char *name_of(const struct lw_annotator *a)
{
    return a->name[0] ? a->name : a->place;
}

static enum lw_code check_twice(const struct lw_label_set *s, struct lw_err *err)
{
    const struct lw_annotator *new = &s->annotator[s->annotators - 1];
    for (size_t i = 0; i + 1 < s->annotators; i++)
        if (strcmp(lw_journal_id(s->annotator[i].source->journal),
                lw_journal_id(new->source->journal)) == 0)
            return lw_fail(err, LW_EBAD,
                "%s and %s are copies of one journal, that of %s: compare journals of different "
                "annotators.",
                s->annotator[i].place, new->place, name_of(new));
    return LW_OK;
}

static enum lw_code add_journal(
    struct lw_label_set *s, size_t at, const char *name, struct lw_err *err)
{
    struct lw_label_place *place = &s->store->place[at];
    if (s->annotators == LW_ANNOTATORS_MOST)
        return lw_fail(err, LW_EBAD, "More than %d journals. Give fewer.", LW_ANNOTATORS_MOST);
    struct lw_label_source *source = lw_alloc(sizeof *source);
    enum lw_code code = lw_label_source_open(source, s->store->sys, place->dir, name, err);
    if (code != LW_OK) {
        lw_label_source_close(source);
        free(source);
        return code;
    }
    source->place = at;
    s->annotator = lw_grow(s->annotator, s->annotators + 1, sizeof *s->annotator);
    s->annotator[s->annotators++] = (struct lw_annotator){
        .name = lw_strdup(lw_journal_annotator(source->journal)),
        .place = lw_format("%s%s/", place->path, name),
        .project = place->project,
        .source = source,
    };
    struct lw_annotator *new = &s->annotator[s->annotators - 1];
    new->note = lw_journal_notes(source->journal, &new->nnotes);
    return check_twice(s, err);
}

/* ---- all of a folder */

struct names {
    char **v;
    size_t n;
};

static void add_name(void *ctx, const char *name)
{
    struct names *to = ctx;
    if (strcmp(name, "journal") != 0 && strncmp(name, "journal-", 8) != 0)
        return;
    to->v = lw_grow(to->v, to->n + 1, sizeof *to->v);
    to->v[to->n++] = lw_strdup(name);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_folder(const struct lw_sys *sys, int dir, const char *name)
{
    int fd = lw_dir_open(sys, dir, name);
    if (fd >= 0)
        sys->close(sys, fd);
    return fd >= 0;
}

static enum lw_code add_journals(
    struct lw_label_set *s, size_t at, const char *path, struct lw_err *err)
{
    const struct lw_sys *sys = s->store->sys;
    struct names found = {0};
    size_t before = s->annotators;
    enum lw_code code = LW_OK;
    sys->list(sys, s->store->place[at].dir, add_name, &found);
    if (found.n > 1)
        qsort(found.v, found.n, sizeof *found.v, by_name);
    for (size_t i = 0; i < found.n; i++) {
        if (code == LW_OK && is_folder(sys, s->store->place[at].dir, found.v[i]))
            code = add_journal(s, at, found.v[i], err);
        free(found.v[i]);
    }
    free(found.v);
    if (code == LW_OK && s->annotators == before)
        code = lw_fail(err, LW_EABSENT, "%s: no journal yet: nothing was labeled here.", path);
    return code;
}

/* ---- places */

/* Takes the project. `dir` is its folder, `shown` what stands before the names of its journals. */
static enum lw_code add_place(struct lw_label_set *s, struct lw_project *project, const char *dir,
    const char *shown, struct lw_err *err)
{
    struct lw_label_store *store = s->store;
    store->place = lw_grow(store->place, store->places + 1, sizeof *store->place);
    struct lw_label_place *p = &store->place[store->places++];
    *p = (struct lw_label_place){.path = lw_strdup(shown), .project = project};
    p->dir = store->sys->openat(store->sys, AT_FDCWD, dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
    return p->dir >= 0 ? LW_OK : lw_fail_errno(err, "%s: cannot open this folder", dir);
}

struct lw_tasks *lw_label_place_tasks(struct lw_label_store *store, size_t place)
{
    struct lw_label_place *p = &store->place[place];
    if (!p->tried && p->project && lw_tasks_open(store->sys, p->project, &p->tasks, NULL) == LW_OK)
        while (lw_tasks_step(p->tasks, INDEX_STEP)) {
        }
    p->tried = true;
    return p->tasks;
}

/* The folder of a journal is one with a first segment in it. Its name without slashes behind it;
 * new, or NULL. */
static char *journal_folder(const struct lw_sys *sys, const char *path)
{
    struct stat st;
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/')
        n--;
    char *first = lw_format("%.*s/000001.jsonl", (int)n, path);
    char *folder = sys->lstatat(sys, AT_FDCWD, first, &st) == 0 && S_ISREG(st.st_mode)
                       ? lw_strndup(path, n)
                       : NULL;
    free(first);
    if (folder && (strcmp(folder, ".") == 0 || strcmp(folder, "..") == 0)) {
        char *real = realpath(folder, NULL);
        free(folder);
        folder = real;
    }
    return folder;
}

/* The project around it, if there is one. */
static enum lw_code open_journal_folder(
    struct lw_label_set *s, const char *folder, struct lw_problems *p, struct lw_err *err)
{
    const char *slash = strrchr(folder, '/');
    char *shown = slash ? lw_strndup(folder, (size_t)(slash + 1 - folder)) : lw_strdup("");
    const char *above = *shown ? shown : ".";
    struct lw_project *project = NULL;
    struct lw_err why = {0};
    enum lw_code code = lw_project_open_read_only(s->store->sys, above, &project, p, &why);
    if (code == LW_EABSENT)
        code = LW_OK;
    else if (code != LW_OK)
        lw_fail(err, code, "%s", why.text);
    if (project && project->unmade) {
        lw_project_free(project);
        project = NULL;
    }
    if (code == LW_OK)
        code = add_place(s, project, above, shown, err);
    if (code == LW_OK)
        code = add_journal(s, s->store->places - 1, slash ? slash + 1 : folder, err);
    free(shown);
    return code;
}

static enum lw_code open_project(
    struct lw_label_set *s, const char *path, struct lw_problems *p, struct lw_err *err)
{
    struct lw_project *project = NULL;
    enum lw_code code = lw_project_open_read_only(s->store->sys, path, &project, p, err);
    if (code != LW_OK)
        return code;
    if (project->unmade) {
        lw_project_free(project);
        return lw_fail(err, LW_EABSENT, "%s: no journal yet: nothing was labeled here.", path);
    }
    char *shown =
        lw_format("%s%s", project->dir, project->dir[strlen(project->dir) - 1] == '/' ? "" : "/");
    code = add_place(s, project, project->dir, strcmp(shown, "./") == 0 ? "" : shown, err);
    free(shown);
    return code == LW_OK ? add_journals(s, s->store->places - 1, path, err) : code;
}

enum lw_code lw_label_path_open(
    struct lw_label_set *s, const char *path, struct lw_problems *p, struct lw_err *err)
{
    char *folder = journal_folder(s->store->sys, path);
    enum lw_code code =
        folder ? open_journal_folder(s, folder, p, err) : open_project(s, path, p, err);
    free(folder);
    return code;
}

void lw_label_paths_close(struct lw_label_set *s)
{
    struct lw_label_store *store = s->store;
    for (size_t i = 0; i < s->annotators; i++) {
        lw_label_source_close(s->annotator[i].source);
        free(s->annotator[i].source);
        free(s->annotator[i].name);
        free(s->annotator[i].place);
    }
    for (size_t i = 0; i < store->places; i++) {
        lw_tasks_close(store->place[i].tasks);
        lw_project_free(store->place[i].project);
        if (store->place[i].dir >= 0)
            store->sys->close(store->sys, store->place[i].dir);
        free(store->place[i].path);
    }
    free(s->annotator);
    free(store->place);
}
