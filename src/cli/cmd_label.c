#include "cli/cli_internal.h"

#include "labelwright/tui/help.h"
#include "labelwright/tui/tui.h"

#include <sys/stat.h>
#include <unistd.h>

static enum lw_code open_workplace(
    void *ctx, struct lw_workspace *to, struct lw_problems *p, struct lw_err *err)
{
    struct lw_cli *c = ctx;
    struct lw_workspace_opts opts = lw_cli_workspace(c, false);
    enum lw_code code = lw_workspace_open(&opts, to, p, err);
    if (code != LW_EASK)
        return code;
    bool yes = lw_cli_adopts(err);
    err->text[0] = '\0'; /* already printed; the code stays if nothing follows */
    if (!yes)
        return code;
    lw_err_clear(err);
    opts.adopt = true;
    return lw_workspace_open(&opts, to, p, err);
}

/* A terminal that cannot draw a screen can still do plain mode. */
static bool takes_lines_only(void)
{
    struct lw_terminal t;
    lw_help_terminal(&t);
    if (!isatty(STDIN_FILENO) || !t.is_terminal || t.fit)
        return false;
    lw_say("The terminal (TERM=%s) cannot move the cursor, so this is plain mode. For the full "
           "screen, set TERM to your terminal's type, such as xterm-256color.",
        t.name);
    return true;
}

/* A missing file is reported before a missing terminal. Opening it creates nothing. */
static int say_missing(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (open_workplace(c, &w, &p, &err) == LW_OK)
        lw_workspace_close(&w);
    return lw_say_wrong(&p, &err);
}

int lw_cmd_label(struct lw_cli *c)
{
    struct stat there;
    if (stat(c->path, &there) != 0)
        return say_missing(c);
    if (c->value[LW_OPT_PLAIN] || takes_lines_only())
        return lw_cmd_plain(c);
    struct lw_tui_opts opts = {
        .config = &c->config,
        .theme = c->value[LW_OPT_THEME],
        .task = c->value[LW_OPT_TASK],
        .only = c->value[LW_OPT_ONLY],
        .open = open_workplace,
        .ctx = c,
    };
    struct lw_problems p = {0};
    struct lw_err err = {0};
    int status = lw_cli_ask_renamed_file(c, false);
    if (status != 0)
        return status;
    if (lw_tui_run(&opts, &status, &p, &err) != LW_OK)
        return lw_say_wrong(&p, &err);
    return status;
}
