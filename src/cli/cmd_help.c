/* `labelwright help`: the page, all commands, or one. What they look like is in usage.c. */
#include "cli/cli_internal.h"

#include <string.h>

static int fail(const char *name)
{
    const char *near = lw_cli_nearest_command(name);
    if (near)
        lw_cli_warn("No command \"%s\". Did you mean %s?", name, near);
    else
        lw_cli_warn("No command \"%s\". labelwright help all lists the commands.", name);
    return lw_exit_status(LW_EUSAGE);
}

int lw_cmd_help(struct lw_cli *c)
{
    const struct lw_cli_command *command = c->path ? lw_cli_find_command(c->path) : NULL;
    if (!c->path)
        lw_cli_print_help();
    else if (strcmp(c->path, "all") == 0)
        lw_cli_print_all_help();
    else if (command)
        lw_cli_print_command_help(command);
    else
        return fail(c->path);
    return 0;
}
