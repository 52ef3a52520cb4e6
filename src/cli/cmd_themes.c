/* `labelwright themes`: lists the themes with a preview. */
#include "cli/cli_internal.h"

#include "labelwright/tui/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct list {
    const char *used;
    int status;
};

static void print_theme(void *ctx, const struct lw_theme_about *t)
{
    struct list *l = ctx;
    bool used = l->used ? strcmp(l->used, t->name) == 0 : t->is_default;
    if (t->why) {
        lw_cli_warn("%s", t->why);
        l->status = lw_exit_status(LW_EBAD);
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
    struct list l = {.used = c->config.theme};
    lw_help_find_terminal(&t);
    lw_help_list_themes(&lw_sys_real, t.is_terminal && t.fit ? t.colours : -1, print_theme, &l);
    return l.status;
}
