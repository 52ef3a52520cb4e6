/* The table of commands and options as arrays. Not what commands do: that is in cmd_NAME.c. */
#include "cli/command_table_internal.h"

#include "labelwright/yaml/yaml.h"

#include <string.h>

#define E(line, does)                                                                              \
    {                                                                                              \
        line, does                                                                                 \
    }
const struct lw_cli_command lw_cli_commands[] = {
#define X(name, words, group, help, first, second, options)                                        \
    {#name, words, LW_CLI_##group, help, {first, second}, options},
    LW_SUBCOMMANDS(X)
#undef X
};
#undef E
const size_t lw_cli_ncommands = sizeof lw_cli_commands / sizeof *lw_cli_commands;

const struct lw_cli_option lw_cli_options[LW_OPT_COUNT] = {
#define X(id, name, takes, help) {name, takes, help},
    LW_OPTIONS(X)
#undef X
};

const char *const lw_cli_groups[LW_CLI_COUNT] = {
#define X(id, title) title,
    LW_CLI_GROUPS(X)
#undef X
};

const struct lw_cli_command *lw_cli_find_command(const char *name)
{
    for (size_t i = 0; i < lw_cli_ncommands; i++)
        if (strcmp(lw_cli_commands[i].name, name) == 0)
            return &lw_cli_commands[i];
    return NULL;
}

bool lw_cli_takes(const struct lw_cli_command *c, int option)
{
    return option == LW_OPT_HELP || (c->options & UINT64_C(1) << option) != 0;
}

const char *lw_cli_nearest_command(const char *name)
{
    const char *names[sizeof lw_cli_commands / sizeof *lw_cli_commands + 1] = {0};
    for (size_t i = 0; i < lw_cli_ncommands; i++)
        names[i] = lw_cli_commands[i].name;
    return lw_nearest(name, names);
}
