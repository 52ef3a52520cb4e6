/* `labelwright keys`: lists the commands of a session by group, each with its keys. */
#include "cli/cli_internal.h"

#include "labelwright/tui/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct table {
    enum lw_command_group group;
    bool begun;
};

static void print_row(void *ctx, const struct lw_command_row *row, const char *keys)
{
    struct table *t = ctx;
    if (!t->begun || row->group != t->group)
        printf("%s%s\n", t->begun ? "\n" : "", lw_command_group_title(row->group));
    t->begun = true;
    t->group = row->group;
    printf("  %-18s %-20s  %s\n", row->name, *keys ? keys : "-", row->help);
}

static void print_macros(const struct lw_macro_defs *d)
{
    for (size_t i = 0; i < d->n; i++) {
        struct lw_buf line = {0};
        if (i == 0)
            puts("\nMacros");
        lw_macro_def_describe(&d->v[i], &line);
        char *row = lw_format("  %-18s %-20s  %s", "", d->v[i].key, line.data);
        lw_cli_print("", row);
        lw_buf_fini(&line);
        free(row);
    }
}

int lw_cmd_keys(struct lw_cli *c)
{
    struct table t = {0};
    struct lw_problems p = {0};
    struct lw_err err = {0};
    lw_help_list_keys(&c->config, print_row, &t, &p);
    print_macros(&c->config.macros);
    return lw_cli_fail(&p, &err);
}
