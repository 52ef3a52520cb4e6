/* `labelwright new`: creates a project from a sample or from files of tasks. What a new project
 * holds is in workspace/create.c. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/workspace/create.h"
#include "labelwright/workspace/project_open.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void print_sample(void *ctx, const char *name, const char *title)
{
    struct lw_buf b = {0};
    (void)ctx;
    lw_clean(name, strlen(name), false, &b);
    lw_buf_str(&b, "  ");
    lw_clean(title, strlen(title), false, &b);
    fprintf(stderr, "  %s\n", b.data);
    lw_buf_fini(&b);
}

static int list_samples(const char *folder, enum lw_code code)
{
    if (!lw_create_samples(&lw_sys_real, folder, print_sample, NULL))
        lw_cli_warn("No samples in %s.", folder);
    return lw_exit_status(code);
}

static bool has_project(const char *sample)
{
    char *yaml = lw_format("%s/project.yaml", sample);
    bool has = access(yaml, R_OK) == 0;
    free(yaml);
    return has;
}

static int create_from_sample(const struct lw_cli *c, const char *folder, struct lw_err *err)
{
    const char *name = c->value[LW_OPT_FROM];
    char *sample = lw_format("%s/%s", folder, name);
    int status = 0;
    if (!*name || *name == '.' || strchr(name, '/') || !has_project(sample)) {
        lw_cli_warn("Unknown sample \"%s\". Samples:", name);
        status = list_samples(folder, LW_EABSENT);
    } else {
        lw_create_from(&lw_sys_real, c->path, sample, err);
    }
    free(sample);
    return status;
}

static void create_from_files(const struct lw_cli *c, struct lw_err *err)
{
    struct lw_progress progress = lw_progress_start("copying the tasks");
    size_t n = 1 + (size_t)c->nmore;
    const char **file = lw_alloc(n * sizeof *file);
    file[0] = c->value[LW_OPT_LIKE];
    for (int i = 0; i < c->nmore; i++)
        file[i + 1] = c->more[i];
    lw_create_like(&lw_sys_real, c->path, file, n, c->says_reading ? &c->as : NULL,
        lw_progress_draw, &progress, err);
    free(file);
    lw_progress_end(&progress);
}

static int fail_choice(const char *folder)
{
    lw_cli_warn("Use either --like FILE or --from SAMPLE. Samples:");
    return list_samples(folder, LW_EUSAGE);
}

static int fail_words(void)
{
    lw_cli_warn("With --from, give only one DIR. To add files, use --like.");
    return lw_exit_status(LW_EUSAGE);
}

static int refuse_folder(const struct lw_sys *sys, int dir, const char *name, mode_t mode)
{
    (void)sys, (void)dir, (void)name, (void)mode;
    errno = EROFS;
    return -1;
}

/* Prints how its tasks are read. Keeps no index: the folder stays as created. */
static void warn_format(const char *dir)
{
    struct lw_sys sys = lw_sys_real;
    sys.mkdirat = refuse_folder;
    struct lw_problems none = {0};
    struct lw_project *project = NULL;
    struct lw_tasks *tasks = NULL;
    bool made;
    if (lw_project_open(&sys, dir, false, &project, &made, &none, NULL) == LW_OK &&
        lw_tasks_open(&sys, project, &tasks, NULL) == LW_OK)
        lw_cli_warn_format(tasks);
    lw_tasks_close(tasks);
    lw_project_free(project);
    lw_problems_fini(&none);
}

int lw_cmd_new(struct lw_cli *c)
{
    struct lw_err err = {0};
    char *folder = lw_cli_samples_folder();
    int status = 0;
    if (!c->value[LW_OPT_FROM] == !c->value[LW_OPT_LIKE])
        status = fail_choice(folder);
    else if (c->value[LW_OPT_FROM] && c->nmore)
        status = fail_words();
    else if (c->value[LW_OPT_FROM])
        status = create_from_sample(c, folder, &err);
    else
        create_from_files(c, &err);
    free(folder);
    if (status == 0)
        status = lw_cli_fail(NULL, &err);
    if (status == 0)
        warn_format(c->path);
    if (status == 0)
        lw_cli_warn("Created %s. Edit %s/project.yaml if you like, then run: labelwright %s",
            c->path, c->path, c->path);
    return status;
}
