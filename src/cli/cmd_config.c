/* `labelwright config`: opens the user's settings in an editor, made first with every key in them,
 * and says afterwards what is wrong. Which keys there are is the room config's. */
#include "cli/cli_internal.h"

#include "labelwright/base/file.h"
#include "labelwright/config/settings.h"
#include "labelwright/sitting/external_editor.h"
#include "labelwright/tui/help.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct lw_sys *const sys = &lw_sys_real;

static int print_commented(void)
{
    struct lw_buf text = {0};
    lw_config_commented(&text);
    fputs(text.data, stdout);
    lw_buf_fini(&text);
    return 0;
}

/* A file that is there, even as a link that leads nowhere, is left as it is. */
static enum lw_code make_file(const char *file, struct lw_err *err)
{
    char *path = lw_strdup(file), *slash = strrchr(path, '/');
    struct lw_buf text = {0};
    int fd = -1;
    *slash = '\0';
    int dir = lw_dir_open_path(sys, path, true);
    enum lw_code code = dir < 0 ? lw_fail_errno(err, "Cannot make the folder of %s", file) : LW_OK;
    if (code == LW_OK)
        code = lw_file_create(sys, dir, slash + 1, file, O_WRONLY, &fd, err);
    lw_config_commented(&text);
    if (fd >= 0)
        code = lw_write_all(sys, fd, text.data, text.len, NULL, err);
    if (fd >= 0 && sys->close(sys, fd) != 0 && code == LW_OK)
        code = lw_fail_errno(err, "Cannot write %s", file);
    if (dir >= 0)
        sys->close(sys, dir);
    lw_buf_fini(&text);
    free(path);
    return code;
}

static int check(void)
{
    struct lw_config now;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    lw_config_load(sys, &now, &p, &err);
    if (err.code == LW_OK || err.code == LW_EBAD)
        lw_help_check_config(sys, &now, &p);
    if (err.code == LW_OK && p.n == 0)
        lw_cli_print("No mistakes in ", now.file);
    int status = lw_cli_fail(&p, &err);
    lw_config_fini(&now);
    return status;
}

static int edit(const struct lw_config *config)
{
    struct lw_err err = {0};
    enum lw_code code = LW_OK;
    if (access(config->file, F_OK) != 0)
        code = make_file(config->file, &err);
    const struct lw_external_editor editor = {.sys = sys, .editor = config->editor};
    if (code == LW_OK)
        code = lw_external_editor_open(&editor, config->file, &err);
    return code == LW_OK ? check() : lw_cli_fail(NULL, &err);
}

int lw_cmd_config(struct lw_cli *c)
{
    struct lw_config config;
    struct lw_problems p = {0};
    int status = 0;
    if (c->value[LW_OPT_PRINT])
        return print_commented();
    lw_config_load(sys, &config, &p, NULL); /* with mistakes too: they are to be mended now */
    if (c->value[LW_OPT_PATH])
        lw_cli_print("", config.file);
    else
        status = edit(&config);
    lw_problems_fini(&p);
    lw_config_fini(&config);
    return status;
}
