/* How to speak to the servers: `endpoints:` of config.yaml, and which of them an address belongs
 * to. Secrets are never in the file and are read only when a connection needs them
 * (net/credentials.c). */
#define _GNU_SOURCE
#include "config/config_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/base/file.h"
#include "labelwright/base/url.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#define MEMBER(f, to) ((char **)(void *)((char *)(to) + (f)->offset))

/* The messages do not repeat the text: it may be the secret itself. */
static LW_SETTER(set_path)
{
    const char *text = lw_yaml_text(y);
    char **member = MEMBER(f, to);
    if (text && *text == '/')
        lw_set_text(r, f, y, to);
    else if (text && strncmp(text, "~/", 2) == 0 && !*member)
        *member = lw_format("%s/%s", lw_home(), text + 2);
    else
        lw_mistake(r, y, "\"%s\" takes %s, starting with / or ~/. Write `%s`.", f->key, f->takes,
            f->example);
}

static LW_SETTER(set_command)
{
    size_t n = 0;
    char **v = lw_texts_parse(r, f, y, &n);
    if (v && n > 0 && (y->kind == LW_YAML_LIST || !strchr(v[0], ' '))) {
        ((struct lw_endpoint *)to)->token_command = v;
        return;
    }
    if (v)
        lw_mistake(r, y,
            "write the program and each argument as an item of a list, because no shell reads "
            "this: `%s`.",
            f->example);
    lw_texts_free(v);
}

static LW_SETTER(refuse_secret)
{
    (void)to;
    lw_mistake(r, y,
        "\"%s\" is not allowed: never write a secret into this file. Remove it. Give a program "
        "that prints it, `token_command: [pass, show, labels]`, or a file that only you can read, "
        "`token_file: ~/.config/labelwright/labels.token`.",
        f->key);
}

static LW_SETTER(set_proxy)
{
    static const char *const schemes[] = {"http://", "https://", "socks5://", "socks5h://"};
    const char *text = lw_yaml_text(y);
    size_t i = 0, n = sizeof schemes / sizeof *schemes;
    while (text && i < n && strncasecmp(text, schemes[i], strlen(schemes[i])) != 0)
        i++;
    if (!text || i == n)
        lw_mistake(r, y, "\"proxy\" takes %s. Write `%s`.", f->takes, f->example);
    else if (strchr(text, '@'))
        lw_mistake(r, y,
            "\"proxy\" contains a user name or password. Remove the part before the @: never write "
            "a secret into this file.");
    else
        lw_set_text(r, f, y, to);
}

#define IN(member) offsetof(struct lw_endpoint, member)
#define SECRET(name)                                                                               \
    {                                                                                              \
        .key = name, refuse_secret, 0, "", "", .unsaid = true                                      \
    }
static const struct lw_field fields[] = {
    {.key = "token_command",
        set_command,
        0,
        "a program and its arguments",
        "token_command: [pass, show, labels]",
        .help = "prints the token; no shell runs it",
        .pattern = "^[^ ]+$",
        .min = 1,
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
    {.key = "token_file",
        set_path,
        IN(token_file),
        "the path of a file that only you can read",
        "token_file: ~/.config/labelwright/labels.token",
        .help = "has the token; mode 0600",
        .pattern = "^(/|~/)",
        .kind = LW_KIND_STRING},
    {.key = "netrc",
        lw_set_bool,
        IN(netrc),
        "true or false",
        "netrc: true",
        .help = "user and password are in ~/.netrc"},
    {.key = "ca",
        set_path,
        IN(ca),
        "the path of a PEM file",
        "ca: ~/certificates/ca.pem",
        .help = "authorities to trust instead of the system's",
        .pattern = "^(/|~/)",
        .kind = LW_KIND_STRING},
    {.key = "certificate",
        set_path,
        IN(certificate),
        "the path of a PEM file",
        "certificate: ~/certificates/me.pem",
        .help = "your own certificate",
        .pattern = "^(/|~/)",
        .kind = LW_KIND_STRING},
    {.key = "key",
        set_path,
        IN(key),
        "the path of a PEM file",
        "key: ~/certificates/me.key",
        .help = "its key, where it is in a file of its own",
        .pattern = "^(/|~/)",
        .kind = LW_KIND_STRING},
    {.key = "proxy",
        set_proxy,
        IN(proxy),
        "an address with http://, https://, socks5:// or socks5h://",
        "proxy: http://proxy.example.org:3128",
        .help = "how to get there",
        .pattern = "^([Hh][Tt][Tt][Pp][Ss]?|[Ss][Oo][Cc][Kk][Ss]5[Hh]?)://[^@]*$",
        .kind = LW_KIND_STRING},
    {.key = "unix_socket",
        set_path,
        IN(unix_socket),
        "the path of a socket",
        "unix_socket: /run/labels.sock",
        .help = "connect to this socket, whatever the host",
        .pattern = "^(/|~/)",
        .kind = LW_KIND_STRING},
    SECRET("token"),
    SECRET("password"),
    SECRET("secret"),
    SECRET("api_key"),
    SECRET("bearer"),
    SECRET("authorization"),
};
const struct lw_schema lw_endpoint_schema = {
    "an endpoint", fields, sizeof fields / sizeof *fields, NULL};

const char *lw_config_url_fault(enum lw_url_fault fault)
{
    static const char *const faults[LW_URL_FAULTS] = {
        [LW_URL_SCHEME] = "does not start with https:// or http://.",
        [LW_URL_CHARACTER] = "contains a character that is not allowed in an address.",
        [LW_URL_USER] = "contains a user name or password: never write a secret into this file.",
        [LW_URL_HOST] = "has no host name.",
        [LW_URL_PORT] = "has no valid port.",
        [LW_URL_PLAIN] = "uses http://, which is allowed for this machine only (127.0.0.1).",
    };
    return faults[fault];
}

static const char *origin_fault(const char *text, struct lw_url *url)
{
    enum lw_url_fault fault = lw_url_parse(text, url);
    if (fault != LW_URL_WELL)
        return lw_config_url_fault(fault);
    return *url->rest && strcmp(url->rest, "/") != 0 ? "has something after the host name." : NULL;
}

static const struct lw_endpoint *find(const struct lw_config *c, const char *origin)
{
    for (size_t i = 0; i < c->nendpoint; i++)
        if (strcmp(c->endpoint[i].origin, origin) == 0)
            return &c->endpoint[i];
    return NULL;
}

/* Settings that cannot be used together. */
static void check(struct lw_reading *r, const struct lw_endpoint *e, const struct lw_yaml *at)
{
    bool plain = strncmp(e->origin, "http:", 5) == 0;
    if ((e->token_command != NULL) + (e->token_file != NULL) + e->netrc > 1)
        lw_mistake(r, at,
            "keep only one of token_command, token_file and netrc: the secret comes from one "
            "place.");
    if (e->key && !e->certificate)
        lw_mistake(r, at, "\"key\" needs a certificate. Add `certificate: ~/certificates/me.pem`.");
    if (plain && (e->ca || e->certificate || e->proxy))
        lw_mistake(r, at,
            "http:// is for this machine only and takes no certificate or proxy. Remove ca, "
            "certificate, key and proxy, or use https://.");
    if (e->proxy && e->unix_socket)
        lw_mistake(r, at, "\"proxy\" and \"unix_socket\" cannot be used together. Remove one.");
}

/* The origin in normal form, or unchanged after a mistake. New string. */
static char *read_origin(struct lw_reading *r, const struct lw_config *c, const struct lw_yaml *key)
{
    char shown[LW_SHORT_MAX];
    struct lw_url url;
    const char *fault = origin_fault(key->text, &url);
    if (fault) { /* with an @ nothing is shown: it may be a password */
        lw_mistake(r, key, "\"%s\" %s Write a server address, such as https://labels.example.org.",
            strchr(key->text, '@') ? "…" : lw_shorten(key->text, shown), fault);
        return lw_strdup(key->text);
    }
    char *origin = lw_url_origin(&url);
    const struct lw_endpoint *twin = find(c, origin);
    if (twin)
        lw_mistake(r, key, "\"%s\" is the same server as on line %d. Keep one of them.",
            lw_shorten(key->text, shown), twin->line);
    return origin;
}

static void read_endpoint(struct lw_reading *r, struct lw_config *c, const struct lw_yaml *key,
    const struct lw_yaml *value)
{
    struct lw_endpoint e = {.origin = read_origin(r, c, key), .line = key->line, .col = key->col};
    lw_schema_parse(r, &lw_endpoint_schema, LW_NO_VARIANT, value, &e);
    check(r, &e, key);
    c->endpoint[c->nendpoint++] = e;
}

LW_SETTER(lw_set_endpoints)
{
    struct lw_config *c = to;
    if (y->kind != LW_YAML_MAP) {
        lw_mistake_kind(r, f, y);
        return;
    }
    c->endpoint = lw_alloc(y->n * sizeof *c->endpoint);
    for (size_t i = 0; i < y->n; i++)
        read_endpoint(r, c, y->key[i], y->item[i]);
}

void lw_endpoints_free(struct lw_endpoint *e, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        lw_texts_free(e[i].token_command);
        char *const own[] = {e[i].origin, e[i].token_file, e[i].ca, e[i].certificate, e[i].key,
            e[i].proxy, e[i].unix_socket};
        for (size_t k = 0; k < sizeof own / sizeof *own; k++)
            free(own[k]);
    }
    free(e);
}

const struct lw_endpoint *lw_config_endpoint(const struct lw_config *c, const char *url)
{
    struct lw_url read;
    enum lw_url_fault fault = lw_url_parse(url, &read);
    if (fault != LW_URL_WELL && fault != LW_URL_PLAIN)
        return NULL;
    char *origin = lw_url_origin(&read);
    const struct lw_endpoint *e = find(c, origin);
    free(origin);
    return e;
}
