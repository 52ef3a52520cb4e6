/* `labelwright themes`: lists the themes with a preview, or as JSON: [{"name", "title", "own",
 * "used", "wrong"}]. */
#include "cli/cli_internal.h"

#include "labelwright/tui/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct list {
    const char *used;
    json_t *rows; /* NULL: for people */
    int status;
};

static void add_row(struct list *l, const struct lw_theme_about *t, bool used)
{
    json_array_append_new(
        l->rows, json_pack("{s:o,s:o,s:b,s:b,s:o}", "name", lw_cli_json_text(t->name), "title",
                     lw_cli_json_text(t->title), "own", t->users, "used", used, "wrong",
                     lw_cli_json_text(t->why)));
}

static void print_theme(void *ctx, const struct lw_theme_about *t)
{
    struct list *l = ctx;
    bool used = l->used ? strcmp(l->used, t->name) == 0 : t->is_default;
    if (t->why)
        l->status = lw_exit_status(LW_EBAD);
    if (l->rows) {
        add_row(l, t, used);
        return;
    }
    if (t->why) {
        lw_cli_warn("%s", t->why);
        return;
    }
    char *line = lw_format(
        "%-16s %s%s%s", t->name, t->title, t->users ? " (your own)" : "", used ? " (in use)" : "");
    lw_cli_print("", line);
    free(line);
    if (t->preview)
        printf("%s\n", t->preview);
}

/* Fewer than 16 colours are shown as 8, more than 256 as 256. */
int lw_cmd_themes(struct lw_cli *c)
{
    struct lw_terminal t;
    struct list l = {.used = c->config.theme, .rows = c->value[LW_OPT_JSON] ? json_array() : NULL};
    lw_help_find_terminal(&t);
    bool shows = !l.rows && t.is_terminal && t.fit;
    lw_help_list_themes(&lw_sys_real, shows ? t.colours : -1, print_theme, &l);
    if (l.rows)
        lw_cli_print_json(l.rows);
    return l.status;
}
