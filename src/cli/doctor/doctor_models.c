/* Which models the user has set, and where the token of each comes from. Nothing is sent and no
 * token is read: a model may cost money, and its token program may ask for a passphrase. */
#include "cli/doctor/doctor_internal.h"

#include <stdio.h>

static const char *token_of(const struct lw_config *c, const struct lw_model *m)
{
    const struct lw_endpoint *e = lw_config_endpoint(c, m->url);
    if (e && e->token_command)
        return "token by a program";
    if (e && e->token_file)
        return "token in a file";
    return e && e->netrc ? "login in ~/.netrc" : "no token set";
}

bool lw_doctor_models(struct lw_cli *cli)
{
    const struct lw_config *c = &cli->config;
    if (c->file && c->nmodel == 0)
        lw_doctor_line("models", "none set");
    for (size_t i = 0; i < c->nmodel; i++)
        lw_doctor_line(i ? "" : "models", "%s: %s, %s at %s, %s", c->model[i].role,
            c->model[i].name, lw_api_name(c->model[i].api), c->model[i].url,
            token_of(c, &c->model[i]));
    return true;
}
