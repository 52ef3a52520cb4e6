#include "cli.h"

#include "labelwright/tui.h"

static enum lw_code open_workplace(
    void *ctx, struct lw_workplace *to, struct lw_problems *p, struct lw_err *err)
{
    struct lw_cli *c = ctx;
    struct lw_workplace_opts opts = lw_cli_workplace(c, false);
    return lw_workplace_open(&opts, to, p, err);
}

int lw_cmd_label(struct lw_cli *c)
{
    if (c->value[LW_OPT_PLAIN])
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
    int status = 0;
    if (lw_tui_run(&opts, &status, &p, &err) != LW_OK)
        return lw_say_wrong(&p, &err);
    return status;
}
