/* `labelwright` alone: the start screen, then labeling what was chosen there. A project folder that
 * is made takes its name from the file or the sample; one that is there already is opened. */
#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/tui/start.h"
#include "labelwright/workspace/create.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* "answers.jsonl" makes answers/. */
static char *folder_for(const char *file)
{
    const char *dot = strrchr(file, '.');
    return dot && dot > file ? lw_strndup(file, (size_t)(dot - file))
                             : lw_format("%s-project", file);
}

static bool is_project(const char *dir)
{
    char *yaml = lw_format("%s/project.yaml", dir);
    bool is = access(yaml, F_OK) == 0;
    free(yaml);
    return is;
}

static enum lw_code make_sample(const char *name, char **dir, struct lw_err *err)
{
    char *samples = lw_cli_samples_folder(), *from = lw_format("%s/%s", samples, name);
    *dir = lw_strdup(name);
    enum lw_code code = is_project(*dir) ? LW_OK : lw_create_from(&lw_sys_real, *dir, from, err);
    free(from);
    free(samples);
    return code;
}

static enum lw_code make_copy(const char *file, char **dir, struct lw_err *err)
{
    struct lw_progress progress = lw_progress_start("copying the tasks");
    *dir = folder_for(file);
    enum lw_code code = is_project(*dir) ? LW_OK
                                         : lw_create_like(&lw_sys_real, *dir, &file, 1, NULL,
                                               lw_progress_draw, &progress, err);
    lw_progress_end(&progress);
    return code;
}

int lw_cli_start(struct lw_cli *c)
{
    char *samples = lw_cli_samples_folder(), *what = NULL, *dir = NULL;
    struct lw_start_opts opts = {&lw_sys_real, &c->config, c->value[LW_OPT_THEME], samples};
    enum lw_start_want want = LW_START_WANTS_NOTHING;
    struct lw_err err = {0};
    int status = 0;
    enum lw_code code = lw_start_run(&opts, &want, &what, &status, &err);
    if (code == LW_OK && want == LW_START_WANTS_SAMPLE)
        code = make_sample(what, &dir, &err);
    if (code == LW_OK && want == LW_START_WANTS_COPY)
        code = make_copy(what, &dir, &err);
    if (code != LW_OK)
        status = lw_cli_fail(NULL, &err);
    else if (want != LW_START_WANTS_NOTHING) {
        c->path = dir ? dir : what;
        status = lw_cmd_label(c);
    }
    free(dir);
    free(what);
    free(samples);
    return status;
}
