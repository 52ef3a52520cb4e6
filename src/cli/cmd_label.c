/* `labelwright label`: chooses between the screen (tui) and plain mode (plain/). */
#include "cli/cli_internal.h"
#include "cli/plain/plain_internal.h"

#include "labelwright/tui/help.h"
#include "labelwright/tui/tui.h"

#include <sys/stat.h>
#include <unistd.h>

struct session {
    struct lw_cli *c;
    bool begun;
    size_t saved_before;
};

static enum lw_code open_workspace(
    void *ctx, struct lw_workspace *to, struct lw_problems *p, struct lw_err *err)
{
    struct session *s = ctx;
    struct lw_cli *c = s->c;
    struct lw_workspace_opts opts = lw_cli_workspace_opts(c, false);
    enum lw_code code = lw_cli_open_or_ask(&opts, lw_workspace_open, to, p, err);
    if (code == LW_OK)
        c->says_reading = false; /* the project says it now; opened again, it counts */
    if (code == LW_OK && lw_journal_mode(to->journal) == LW_JOURNAL_WRITABLE)
        lw_cli_find_signer(c, to->project);
    if (code == LW_OK && !s->begun)
        s->saved_before = lw_cli_saved(to);
    s->begun = s->begun || code == LW_OK;
    return code;
}

static void left(void *ctx, const struct lw_workspace *w)
{
    const struct session *s = ctx;
    if (lw_journal_mode(w->journal) == LW_JOURNAL_WRITABLE)
        lw_cli_say_export(s->c, w, s->saved_before);
}

/* A terminal that cannot draw a screen can still do plain mode. */
static bool lacks_screen(void)
{
    struct lw_terminal t;
    lw_help_find_terminal(&t);
    if (!isatty(STDIN_FILENO) || !t.is_terminal || t.fit)
        return false;
    lw_cli_warn(
        "The terminal (TERM=%s) cannot move the cursor, so this is plain mode. For the full "
        "screen, set TERM to your terminal's type, such as xterm-256color.",
        t.name);
    return true;
}

/* A missing file is reported before a missing terminal. Opening it creates nothing. */
static int fail_missing(struct lw_cli *c)
{
    struct lw_workspace w;
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (open_workspace(&(struct session){.c = c}, &w, &p, &err) == LW_OK)
        lw_workspace_close(&w);
    return lw_cli_fail(&p, &err);
}

int lw_cmd_label(struct lw_cli *c)
{
    struct stat there;
    if (stat(c->path, &there) != 0)
        return fail_missing(c);
    if (c->value[LW_OPT_PLAIN] || lacks_screen())
        return lw_plain_run(c);
    struct session session = {.c = c};
    struct lw_tui_opts opts = {
        .sys = &lw_sys_real,
        .config = &c->config,
        .theme = c->value[LW_OPT_THEME],
        .task = c->value[LW_OPT_TASK],
        .only = c->value[LW_OPT_ONLY],
        .open = open_workspace,
        .left = left,
        .ctx = &session,
        .signer = &c->signer,
    };
    struct lw_problems p = {0};
    struct lw_err err = {0};
    int status = lw_cli_ask_renamed_file(c, false);
    if (status != 0)
        return status;
    if (lw_tui_run(&opts, &status, &p, &err) != LW_OK)
        return lw_cli_fail(&p, &err);
    return status;
}
