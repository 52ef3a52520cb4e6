#define _GNU_SOURCE
#include "cli/cli_internal.h"

#include "labelwright/text/glyph.h"
#include "labelwright/tui/help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct list {
    const char *used;
    int status;
};

static void print_clean(const char *text)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    fputs(b.data ? b.data : "", stdout);
    lw_buf_fini(&b);
}

static void print_theme(void *ctx, const struct lw_theme_about *t)
{
    struct list *l = ctx;
    bool used = l->used ? strcmp(l->used, t->name) == 0 : t->is_default;
    if (t->why) {
        lw_say("%s", t->why);
        l->status = lw_exit_status(LW_EBAD);
        return;
    }
    printf("%-16s ", t->name);
    print_clean(t->title);
    printf("%s%s\n", t->users ? " (your own)" : "", used ? " (in use)" : "");
    if (t->preview)
        printf("%s\n", t->preview);
}

/* Fewer than 16 colours are shown as 8, more than 256 as 256. */
int lw_cmd_themes(struct lw_cli *c)
{
    struct lw_terminal t;
    struct list l = {.used = c->config.theme};
    lw_help_terminal(&t);
    lw_help_themes(t.is_terminal && t.fit ? t.colours : -1, print_theme, &l);
    return l.status;
}
