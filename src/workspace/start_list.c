/* What the start screen offers, and looking at it one by one. Which projects are known here is kept
 * by known_journals.c; opening and making is others'. */
#define _GNU_SOURCE
#include "labelwright/workspace/start_list.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/clock.h"
#include "labelwright/base/file.h"
#include "labelwright/base/local_time.h"
#include "labelwright/format/detect.h"
#include "labelwright/format/task.h"
#include "labelwright/workspace/create.h"
#include "labelwright/workspace/known_journals.h"
#include "labelwright/workspace/workspace.h"
#include "workspace/typed_path_internal.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAMES_MAX = 2000 };

static const char yaml[] = "project.yaml";

/* ---- projects */

static bool has_project(const char *dir)
{
    char *file = lw_format("%s/%s", dir, yaml);
    bool has = access(file, R_OK) == 0;
    free(file);
    return has;
}

/* What stands in a folder of the user's own is shown from ~ on. */
static char *place_of(const char *dir)
{
    const char *home = lw_home();
    size_t n = strlen(home);
    bool inside = n > 1 && strncmp(dir, home, n) == 0 && (dir[n] == '/' || !dir[n]);
    return inside ? lw_format("~%s", dir + n) : lw_strdup(dir);
}

/* `dir` is the real path of the project's folder. FILE.labelwright is opened, and called, as FILE.
 */
static void add_project(struct lw_start_list *l, const char *dir)
{
    char *beside = lw_path_beside(dir);
    const char *base = lw_path_base(dir);
    char *above = lw_strndup(dir, base - dir > 1 ? (size_t)(base - dir) - 1 : 1);
    char *path = beside ? lw_format("%s/%s", above, beside) : lw_strdup(dir);
    bool listed = l->nprojects == LW_START_PROJECTS || !has_project(dir);
    for (size_t i = 0; i < l->nprojects; i++)
        listed = listed || strcmp(l->project[i].path, path) == 0;
    if (!listed)
        l->project[l->nprojects++] = (struct lw_start_project){
            .path = lw_strdup(path),
            .name = lw_strdup(beside ? beside : base),
            .place = place_of(above),
        };
    free(path);
    free(above);
    free(beside);
}

static void add_known(void *ctx, const char *dir)
{
    char *real = realpath(dir, NULL);
    if (real)
        add_project(ctx, real);
    free(real);
}

static void look_at_project(
    const struct lw_sys *sys, const struct lw_config *config, struct lw_start_project *to)
{
    struct lw_workspace w;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    struct lw_workspace_opts opts = {
        .sys = sys, .path = to->path, .config = config, .read_only = true};
    to->looked = true;
    if (lw_workspace_open(&opts, &w, &p, &err) != LW_OK) {
        to->why = lw_strdup(p.n > 0 ? p.v[0] : err.text);
    } else {
        int64_t now = lw_clock_utc_ms(sys);
        struct lw_totals t = lw_ledger_totals(w.ledger);
        to->today_ms = lw_ledger_day(w.ledger, lw_local_midnight(now), now + 1).active_ms;
        to->done = t.done;
        to->skipped = t.skipped;
        to->unsent = t.unsent;
        to->parked = t.parked;
        to->sends = w.project->nsync > 0;
        to->tasks = lw_tasks_count(w.tasks);
        to->counted = lw_tasks_complete(w.tasks);
        lw_workspace_close(&w);
    }
    lw_problems_fini(&p);
}

/* ---- this folder */

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void note_name(void *ctx, const char *name)
{
    struct lw_start_list *l = ctx;
    if (name[0] == '.' || strcmp(name, yaml) == 0 || l->nwaiting == NAMES_MAX)
        return;
    l->waiting = lw_grow(l->waiting, l->nwaiting + 1, sizeof *l->waiting);
    l->waiting[l->nwaiting++] = lw_strdup(name);
}

/* Folders count at once, as that is cheap; files are looked into later. */
static void look_around(const struct lw_sys *sys, struct lw_start_list *l)
{
    char *here = realpath(".", NULL);
    int dir = here ? sys->openat(sys, AT_FDCWD, here, O_RDONLY | O_DIRECTORY, 0) : -1;
    if (dir >= 0)
        sys->list(sys, dir, note_name, l);
    if (dir >= 0)
        sys->close(sys, dir);
    if (l->nwaiting > 1)
        qsort(l->waiting, l->nwaiting, sizeof *l->waiting, by_name);
    if (here)
        add_project(l, here);
    for (size_t i = 0; here && i < l->nwaiting; i++) {
        char *below = lw_format("%s/%s", here, l->waiting[i]);
        add_project(l, below);
        free(below);
    }
    free(here);
}

/* Among the projects already. */
static bool is_listed(const struct lw_start_list *l, const char *name)
{
    char *real = realpath(name, NULL);
    bool listed = false;
    for (size_t i = 0; i < l->nprojects && real; i++)
        listed = listed || strcmp(l->project[i].path, real) == 0;
    free(real);
    return listed;
}

/* The bytes decide what a file is; of a picture the first ones are enough. */
static void look_at_file(const struct lw_sys *sys, struct lw_start_list *l, const char *name)
{
    struct stat st;
    const struct lw_format *format = NULL;
    struct lw_err err = {0};
    if (stat(name, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0 || is_listed(l, name) ||
        lw_detect_format(sys, name, name, &format, &err) != LW_OK || format->answers)
        return;
    if (l->nfiles == LW_START_FILES)
        l->more_files++;
    else
        l->file[l->nfiles++] =
            (struct lw_start_file){lw_strdup(name), format->name, (uint64_t)st.st_size};
}

/* ---- all of it */

static void add_sample(void *ctx, const char *name, const char *title)
{
    struct lw_start_list *l = ctx;
    if (l->nsamples < LW_START_SAMPLES)
        l->sample[l->nsamples++] = (struct lw_start_sample){lw_strdup(name), lw_strdup(title)};
}

/* The one that is made to begin with stands first. */
static void put_first(struct lw_start_list *l, const char *name)
{
    size_t i = 0;
    while (i < l->nsamples && strcmp(l->sample[i].name, name) != 0)
        i++;
    if (i == l->nsamples)
        return;
    struct lw_start_sample first = l->sample[i];
    memmove(l->sample + 1, l->sample, i * sizeof *l->sample);
    l->sample[0] = first;
}

void lw_start_list_find(const struct lw_sys *sys, const char *samples, struct lw_start_list *to)
{
    *to = (struct lw_start_list){.nprojects = 0};
    lw_known_list(sys, add_known, to);
    look_around(sys, to);
    lw_create_samples(sys, samples, add_sample, to);
    put_first(to, "quickstart");
}

bool lw_start_list_step(
    const struct lw_sys *sys, const struct lw_config *config, struct lw_start_list *l)
{
    for (size_t i = 0; i < l->nprojects; i++)
        if (!l->project[i].looked) {
            look_at_project(sys, config, &l->project[i]);
            return true;
        }
    if (l->next == l->nwaiting)
        return false;
    look_at_file(sys, l, l->waiting[l->next++]);
    return true;
}

void lw_start_list_fini(struct lw_start_list *l)
{
    for (size_t i = 0; i < l->nprojects; i++) {
        free(l->project[i].path);
        free(l->project[i].name);
        free(l->project[i].place);
        free(l->project[i].why);
    }
    for (size_t i = 0; i < l->nfiles; i++)
        free(l->file[i].name);
    for (size_t i = 0; i < l->nsamples; i++) {
        free(l->sample[i].name);
        free(l->sample[i].title);
    }
    for (size_t i = 0; i < l->nwaiting; i++)
        free(l->waiting[i]);
    free(l->waiting);
    *l = (struct lw_start_list){.nprojects = 0};
}
