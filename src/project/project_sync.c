/* `sync:` of project.yaml: where labels are sent. Sending is the sync room's. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/base/url.h"
#include "labelwright/project/sync_targets.h"
#include "project/project_internal.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool has_scheme(const char *to, const char *scheme)
{
    return strncasecmp(to, scheme, strlen(scheme)) == 0;
}

static const char *url_fault(const char *text)
{
    static const char *const faults[LW_URL_FAULTS] = {
        [LW_URL_CHARACTER] = "contains a character that is not allowed in an address. Escape it: "
                             "write a space as %20.",
        [LW_URL_USER] = "contains a user name or password. Remove the part before the @: a project "
                        "cannot contain secrets.",
        [LW_URL_HOST] = "has no host name. Write `to: \"https://labels.example.org/v1/batches\"`.",
        [LW_URL_PORT] =
            "has no valid port. Write a number from 1 to 65535 after the colon, or leave it out.",
        [LW_URL_PLAIN] = "uses http://, which others on the network can read and change. Use "
                         "https://. http:// is allowed for this machine only (127.0.0.1).",
    };
    struct lw_url url;
    return faults[lw_url_parse(text, &url)];
}

static const char *target_fault(const char *dir, const char *to)
{
    static const char *const later[] = {"sftp:", "s3:", "dav:", "davs:", "webdav:"};
    if (has_scheme(to, "https://") || has_scheme(to, "http://"))
        return url_fault(to);
    if (has_scheme(to, "file:")) {
        const char *path = to + strlen("file:"), *fault = lw_path_fault(dir, path);
        return fault ? fault : lw_outbox_folder_fault(path);
    }
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (has_scheme(to, later[i]))
            return "is not supported in this version of labelwright. Use https:// or file:.";
    return "is not an address. Write `to: \"https://labels.example.org/v1/batches\"`, or `to: "
           "\"file:outbox\"` for a folder inside the project.";
}

/* A destination while it is read. */
struct sync_reading {
    struct lw_sync_to sync;
    const char *dir;
};

static LW_SETTER(set_to)
{
    const struct sync_reading *reading = to;
    const char *text = lw_yaml_text(y);
    const char *fault = text ? target_fault(reading->dir, text) : NULL;
    if (fault)
        lw_mistake(r, y, "\"%s\" %s", f->key, fault);
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(set_type)
{
    const char *type = lw_yaml_text(y);
    lw_set_word(r, f, y, to);
    if (type && strcmp(type, "labelwright") != 0)
        lw_set_text(r, f, y, to);
}

#define IN(member) offsetof(struct sync_reading, sync.member)
#define WORD(id, word, numbered) word,
#define OR_WORD(id, word, numbered) " or " word
#define ROW(id, word, numbered) {word, numbered},
static const char *const types[] = {"labelwright", LW_SYNC_BY_TYPE(WORD) NULL};
static const struct {
    const char *word;
    bool numbered;
} by_type[] = {LW_SYNC_BY_TYPE(ROW)};
/* Behind the host of an address. */
#define PORT_AND_REST "(:[0-9]{1,5})?([/?#]\\S*)?"
static const struct lw_field sync_fields[] = {
    {.key = "to",
        set_to,
        IN(to),
        "an address",
        "to: \"https://labels.example.org/v1/batches\"",
        .required = true,
        .help = "https://…, a server; http:// on this machine only; \"file:outbox/\", a folder "
                "inside the project.",
        .kind = LW_KIND_STRING,
        .pattern =
            "^([Hh][Tt][Tt][Pp][Ss]://(\\[[0-9A-Fa-f:.]+\\]|[^\\[\\]/?#@:\\s]+)" PORT_AND_REST
            "|[Hh][Tt][Tt][Pp]://(127[.][0-9]+[.][0-9]+[.][0-9]+|localhost|\\[::1\\])" PORT_AND_REST
            "|[Ff][Ii][Ll][Ee]:[^/].*)$"},
    {.key = "type",
        set_type,
        IN(type),
        "labelwright" LW_SYNC_BY_TYPE(OR_WORD),
        "type: labelwright",
        .words = types,
        .help = "What kind of server it is.",
        .initial = "labelwright"},
    {.key = "project",
        lw_set_int,
        IN(project),
        "the number of a project on the server",
        "project: 3",
        .min = 1,
        .max = INT32_MAX,
        .help = "The number of the project on the server; for label-studio."},
    {.key = "batch",
        lw_set_int,
        IN(batch),
        "an integer from 1 to 500",
        "batch: 500",
        .min = 1,
        .max = LW_BATCH_MAX,
        .help = "Events a batch. A batch also stays under 1 MiB.",
        .initial = "500"},
};
const struct lw_schema lw_sync_schema = {
    "sync", sync_fields, sizeof sync_fields / sizeof *sync_fields, NULL};

/* Settings that are each valid but do not fit together. */
static bool needs_number(const char *type)
{
    for (size_t i = 0; i < sizeof by_type / sizeof *by_type; i++)
        if (strcmp(type, by_type[i].word) == 0)
            return by_type[i].numbered;
    return false;
}

static void check_misfits(struct lw_reading *r, const struct lw_yaml *y, const struct lw_sync_to *s)
{
    bool numbered = s->type && needs_number(s->type);
    if (s->type && s->to && has_scheme(s->to, "file:"))
        lw_mistake(
            r, y, "\"type: %s\" is for https://, not for a folder. Remove \"type\".", s->type);
    else if (numbered && !s->project)
        lw_mistake(
            r, y, "\"type: %s\" needs the number of the project there. Add `project: 3`.", s->type);
    else if (!numbered && s->project)
        lw_mistake(r, y,
            "\"project\" is only for servers that have projects, as `type: %s` has. "
            "Remove it, or add the type.",
            by_type[0].word);
}

static char *key_of(const struct lw_sync_to *s)
{
    if (!s->type || !s->to)
        return lw_strdup(s->to);
    return lw_format("%s %s %lld", s->to, s->type, (long long)s->project);
}

static void read_target(struct lw_reading *r, struct lw_project *p, const struct lw_yaml *y)
{
    struct sync_reading reading = {.sync = {.batch = LW_BATCH_MAX}, .dir = p->dir};
    struct lw_sync_to *s = &reading.sync;
    lw_schema_parse(r, &lw_sync_schema, LW_NO_VARIANT, y, &reading);
    if (y->kind == LW_YAML_MAP)
        check_misfits(r, y, s);
    s->key = key_of(s);
    for (size_t i = 0; s->key && i < p->nsync; i++)
        if (p->sync[i].key && strcmp(p->sync[i].key, s->key) == 0)
            lw_mistake(r, y, "this destination is listed twice. Remove one of them.");
    p->sync[p->nsync++] = *s;
}

LW_SETTER(lw_set_sync)
{
    struct lw_project *p = to;
    bool list = y->kind == LW_YAML_LIST;
    size_t n = list ? y->n : 1;
    if (y->kind == LW_YAML_SCALAR || n == 0) {
        lw_mistake_kind(r, f, y);
        return;
    }
    if (n > LW_SYNC_TARGETS_MAX) {
        lw_mistake(r, y, "\"%s\" takes %d destinations at most.", f->key, LW_SYNC_TARGETS_MAX);
        return;
    }
    p->sync = lw_alloc(n * sizeof *p->sync);
    for (size_t i = 0; i < n; i++)
        read_target(r, p, list ? y->item[i] : y);
}

void lw_syncs_free(struct lw_sync_to *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].to);
        free(v[i].type);
        free(v[i].key);
    }
    free(v);
}
