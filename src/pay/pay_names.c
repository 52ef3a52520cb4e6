/* Names of projects in pay.yaml that none of the projects at hand has, but nearly: most likely
 * misspelt, and then a rule silently pays nothing. A name that is far from all of them is left
 * alone: not every project is looked at each time. */
#include "labelwright/base/buf.h"
#include "labelwright/yaml/yaml.h"
#include "pay/earnings_internal.h"

#include <stdlib.h>
#include <string.h>

/* What projects go by, NULL-terminated. */
static const char **list_names(const struct lw_pay_work *work)
{
    const char **names = lw_alloc((2 * work->nprojects + 1) * sizeof *names);
    for (size_t i = 0; i < work->nprojects; i++) {
        names[2 * i] = work->project[i].names.folder;
        names[2 * i + 1] = work->project[i].names.title;
    }
    return names;
}

static bool is_known(const struct lw_pay_work *work, const char *name)
{
    char *one[] = {(char *)(uintptr_t)name, NULL};
    const struct lw_pay_scope scope = {.projects = one};
    for (size_t i = 0; i < work->nprojects; i++)
        if (lw_pay_scope_fit(&scope, &work->project[i].names) == LW_FITS_NAMED)
            return true;
    return false;
}

static void check_scope(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    const struct lw_pay_scope *scope, int line, void (*note)(void *ctx, char *text), void *ctx)
{
    const char **names = list_names(work);
    for (size_t i = 0; scope->projects && scope->projects[i]; i++) {
        const char *name = scope->projects[i];
        const char *near = is_known(work, name) ? NULL : lw_nearest(name, names);
        if (near)
            note(ctx, lw_format("%s:%d: no project here is called \"%s\". Did you mean \"%s\"?",
                          rules->file, line, name, near));
    }
    free(names);
}

void lw_pay_names_check(const struct lw_pay_rules *rules, const struct lw_pay_work *work,
    void (*note)(void *ctx, char *text), void *ctx)
{
    for (size_t i = 0; i < rules->nrates; i++)
        check_scope(rules, work, &rules->rate[i].scope, rules->rate[i].line, note, ctx);
    for (size_t i = 0; i < rules->novertime; i++)
        check_scope(rules, work, &rules->overtime[i].scope, rules->overtime[i].line, note, ctx);
    for (size_t i = 0; i < rules->nextras; i++)
        check_scope(rules, work, &rules->extra[i].scope, rules->extra[i].line, note, ctx);
    for (size_t i = 0; i < rules->nclients; i++)
        check_scope(rules, work, &rules->client[i].scope, rules->client[i].line, note, ctx);
}
