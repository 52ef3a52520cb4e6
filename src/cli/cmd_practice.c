/* `labelwright practice`: as `label`, for tasks with known answers. Of a project that has others as
 * well, only those of practice. */
#include "cli/cli_internal.h"

#include "labelwright/workspace/project_open.h"

/* Mistakes are told by whoever opens it for work. */
static bool has_other_tasks(const char *path)
{
    struct lw_project *p = NULL;
    struct lw_problems none = {0};
    lw_project_open_read_only(&lw_sys_real, path, &p, &none, NULL);
    bool mixed = p && !p->unmade && !p->practice && lw_project_has_practice(p);
    lw_project_free(p);
    lw_problems_fini(&none);
    return mixed;
}

int lw_cmd_practice(struct lw_cli *c)
{
    c->practice = true;
    if (!c->value[LW_OPT_ONLY] && has_other_tasks(c->path))
        c->value[LW_OPT_ONLY] = "practice";
    return lw_cmd_label(c);
}
