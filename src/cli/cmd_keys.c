/* `labelwright keys`: lists the commands of a session by group, each with its keys. */
#define _GNU_SOURCE
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

/* ---- as JSON: {"keys": [{"command", "group", "keys", "help"}], "macros": [{"key", "answers",
 * "submit"}]} */

static json_t *split(const char *keys)
{
    json_t *list = json_array();
    char *own = lw_strdup(keys), *rest = own;
    for (char *name; (name = strtok_r(rest, " ", &rest));)
        json_array_append_new(list, json_string(name));
    free(own);
    return list;
}

static void add_row(void *ctx, const struct lw_command_row *row, const char *keys)
{
    json_array_append_new(
        ctx, json_pack("{s:s,s:s,s:o,s:s}", "command", row->name, "group",
                 lw_command_group_title(row->group), "keys", split(keys), "help", row->help));
}

static json_t *macros_json(const struct lw_macro_defs *d)
{
    json_t *list = json_array();
    for (size_t i = 0; i < d->n; i++) {
        json_t *answers = lw_yaml_json(d->v[i].answers);
        json_object_del(answers, "submit");
        json_array_append_new(list, json_pack("{s:s,s:o,s:b}", "key", d->v[i].key, "answers",
                                        answers, "submit", d->v[i].submit));
    }
    return list;
}

int lw_cmd_keys(struct lw_cli *c)
{
    struct table t = {0};
    struct lw_problems p = {0};
    struct lw_err err = {0};
    if (c->value[LW_OPT_JSON]) {
        json_t *rows = json_array();
        lw_help_list_keys(&c->config, add_row, rows, &p);
        lw_cli_print_json(
            json_pack("{s:o,s:o}", "keys", rows, "macros", macros_json(&c->config.macros)));
    } else {
        lw_help_list_keys(&c->config, print_row, &t, &p);
        print_macros(&c->config.macros);
    }
    return lw_cli_fail(&p, &err);
}
