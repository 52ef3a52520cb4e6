/* Where the work goes, and what is paid for it. */
#define _GNU_SOURCE
#include "data/project_parse.h"
#include "labelwright/buf.h"
#include "labelwright/url.h"

#include <ctype.h>
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
        [LW_URL_CHARACTER] = "holds a character that no address has. Write it as %20 or the like.",
        [LW_URL_USER] = "names a user or a password. A project can hold no secrets: remove what "
                        "stands before the @.",
        [LW_URL_HOST] = "names no host. Write `to: \"https://labels.example.org/v1/batches\"`.",
        [LW_URL_PORT] = "has no valid port. Write a number up to 65535 behind the :, or nothing.",
        [LW_URL_PLAIN] = "is plain http, which anybody on the way can read and change. Use "
                         "https://; http:// is for this machine only (127.0.0.1).",
    };
    struct lw_url url;
    return faults[lw_url_read(text, &url)];
}

static const char *target_fault(const struct lw_project *p, const char *to)
{
    static const char *const later[] = {"sftp:", "s3:", "dav:", "davs:", "webdav:"};
    if (has_scheme(to, "https://") || has_scheme(to, "http://"))
        return url_fault(to);
    if (has_scheme(to, "file:"))
        return lw_path_fault(p->dir, to + strlen("file:"));
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        if (has_scheme(to, later[i]))
            return "is of a kind that is not ready in this version of labelwright. Use https:// or "
                   "file:.";
    return "is no address. Write `to: \"https://labels.example.org/v1/batches\"`, or "
           "`to: \"file:outbox\"` for a folder inside the project's.";
}

static LW_SETTER(set_to)
{
    const char *text = lw_yaml_text(y);
    const char *fault = text ? target_fault(to, text) : NULL;
    if (fault)
        lw_mistake(r, y, "\"%s\" %s", f->key, fault);
    else
        lw_set_text(r, f, y, to);
}

static const struct lw_field sync_fields[] = {
    {.key = "to",
        set_to,
        offsetof(struct lw_project, sync_to),
        "an address",
        "to: \"https://labels.example.org/v1/batches\"",
        .required = true},
    {.key = "batch",
        lw_set_int,
        offsetof(struct lw_project, sync_batch),
        "an integer from 1 to 500",
        "batch: 500",
        .min = 1,
        .max = LW_BATCH_MAX},
};
static const struct lw_table sync_table = {"sync", sync_fields, 2, NULL};

LW_SETTER(lw_set_sync)
{
    if (y->kind == LW_YAML_MAP)
        lw_read_map(r, &sync_table, LW_NO_VARIANT, y, to);
    else
        lw_mistake_kind(r, f, y);
}

/* "17" or "17.00". */
static bool is_amount(const char *s)
{
    size_t n = strspn(s, "0123456789");
    const char *end = s + n;
    if (n > 0 && *end == '.' && isdigit((unsigned char)end[1]))
        end += 1 + strspn(end + 1, "0123456789");
    return n > 0 && *end == '\0';
}

static LW_SETTER(set_rate)
{
    (void)to;
    char shown[LW_SHOWN_MAX];
    if (lw_is_real(y))
        lw_mistake(r, y, "the rate %s is a real number, and there are none here. Put it in quotes.",
            lw_shown(y->text, shown));
    else if (!lw_yaml_text(y) || !is_amount(y->text))
        lw_mistake_kind(r, f, y);
}

static LW_SETTER(set_currency)
{
    (void)to;
    const char *s = lw_yaml_text(y);
    if (!s || strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3 || s[3])
        lw_mistake_kind(r, f, y);
}

static const char *const per[] = {"hour", "task", NULL};
static const struct lw_field pay_fields[] = {
    {.key = "rate", set_rate, 0, "an amount", "rate: \"17.00\"", .required = true},
    {.key = "currency",
        set_currency,
        0,
        "three capital letters",
        "currency: EUR",
        .required = true},
    {.key = "per", lw_set_word, 0, "hour or task", "per: hour", .required = true, .words = per},
};
static const struct lw_table pay_table = {"pay", pay_fields, 3, NULL};

LW_SETTER(lw_set_pay)
{
    if (y->kind == LW_YAML_MAP)
        lw_read_map(r, &pay_table, LW_NO_VARIANT, y, to);
    else
        lw_mistake_kind(r, f, y);
}
