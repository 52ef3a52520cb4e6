/* Which models the user talks with: `models:` of config.yaml. How to reach each server, and with
 * which secret, is under `endpoints:` (endpoints.c); what is sent there is the room model's. */
#define _GNU_SOURCE
#include "config/config_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/url.h"

#include <stdlib.h>
#include <string.h>

#define EXAMPLE_URL "url: http://127.0.0.1:8080"

static const char *const apis[] = {
#define NAME(id, name) #name,
    LW_APIS(NAME)
#undef NAME
        NULL};

static LW_SETTER(set_api)
{
    struct lw_model *m = to;
    const char *name = lw_yaml_text(y);
    int i = 0;
    while (name && apis[i] && strcmp(apis[i], name) != 0)
        i++;
    if (!name)
        lw_mistake_kind(r, f, y);
    else if (!apis[i])
        lw_mistake_word(r, y, "API", name, apis);
    else
        m->api = (enum lw_api_kind)i;
}

/* Why this cannot be the address of a model; NULL when it can. */
static const char *url_fault(const char *text, struct lw_url *url)
{
    enum lw_url_fault fault = lw_url_parse(text, url);
    if (fault != LW_URL_WELL)
        return lw_config_url_fault(fault);
    return strpbrk(url->rest, "?#") ? "has a ? or a #: give the address up to there." : NULL;
}

static LW_SETTER(set_url)
{
    char shown[LW_SHORT_MAX];
    struct lw_url url;
    const char *text = lw_yaml_text(y);
    const char *fault = text ? url_fault(text, &url) : NULL;
    if (fault) /* with an @ nothing is shown: it may be a password */
        lw_mistake(r, y, "\"%s\" %s Write the server's address, such as `" EXAMPLE_URL "`.",
            strchr(text, '@') ? "…" : lw_shorten(text, shown), fault);
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(refuse_secret)
{
    (void)to;
    lw_mistake(r, y,
        "\"%s\" is not allowed: never write a secret into this file. Remove it, and say under "
        "`endpoints:`, by the server's address, where the secret is: `token_file: "
        "~/.config/labelwright/model.token`.",
        f->key);
}

#define IN(member) offsetof(struct lw_model, member)
#define SECRET(name)                                                                               \
    {                                                                                              \
        .key = name, refuse_secret, 0, "", "", .unsaid = true                                      \
    }
static const struct lw_field fields[] = {
    {.key = "api",
        set_api,
        0,
        "openai, ollama or anthropic",
        "api: openai",
        .required = true,
        .words = apis,
        .help = "the protocol that the server speaks"},
    {.key = "url",
        set_url,
        IN(url),
        "the server's address",
        EXAMPLE_URL,
        .required = true,
        .help = "where it answers; its token, if it has one, stands under endpoints",
        .pattern = "^[Hh][Tt][Tt][Pp][Ss]?://[^@?#]+$",
        .kind = LW_KIND_STRING},
    {.key = "model",
        lw_set_text,
        IN(name),
        "the model's name on that server",
        "model: tiny-chat",
        .required = true,
        .help = "which of its models to talk with"},
    SECRET("token"),
    SECRET("token_file"),
    SECRET("token_command"),
    SECRET("password"),
    SECRET("secret"),
    SECRET("api_key"),
    SECRET("key"),
    SECRET("authorization"),
};
const struct lw_schema lw_model_schema = {"a model", fields, sizeof fields / sizeof *fields, NULL};

LW_SETTER(lw_set_models)
{
    struct lw_config *c = to;
    if (y->kind != LW_YAML_MAP) {
        lw_mistake_kind(r, f, y);
        return;
    }
    c->model = lw_alloc((y->n + 1) * sizeof *c->model);
    for (size_t i = 0; i < y->n; i++) {
        struct lw_model *m = &c->model[c->nmodel++];
        *m = (struct lw_model){
            .role = lw_strdup(y->key[i]->text), .line = y->key[i]->line, .col = y->key[i]->col};
        if (!lw_yaml_text(y->key[i]))
            lw_mistake(r, y->key[i], "a model needs a name. Write `default: {…}`.");
        lw_schema_parse(r, &lw_model_schema, LW_NO_VARIANT, y->item[i], m);
    }
}

void lw_models_config_free(struct lw_model *m, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(m[i].role);
        free(m[i].url);
        free(m[i].name);
    }
    free(m);
}

static const struct lw_model *find(const struct lw_config *c, const char *role)
{
    for (size_t i = 0; i < c->nmodel; i++)
        if (strcmp(c->model[i].role, role) == 0)
            return &c->model[i];
    return NULL;
}

const struct lw_model *lw_config_model(const struct lw_config *c, const char *role)
{
    const struct lw_model *m = role ? find(c, role) : NULL;
    return m ? m : find(c, "default");
}

const char *lw_api_name(enum lw_api_kind api)
{
    return apis[api];
}
