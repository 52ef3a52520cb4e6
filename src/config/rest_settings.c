/* Reads `rest:` of config.yaml: when the user wants to be offered a break, or the end of the day.
 * When one is due is the session's to decide. */
#define _GNU_SOURCE
#include "config/config_internal.h"

#include "labelwright/base/buf.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTES_MOST = 24 * 60, DIGITS_MOST = 4 };

/* Up to four digits; false for none or more. */
static bool take_number(const char **s, int64_t *to)
{
    int n = 0;
    for (*to = 0; isdigit((unsigned char)**s) && n <= DIGITS_MOST; (*s)++, n++)
        *to = *to * 10 + (**s - '0');
    return n > 0 && n <= DIGITS_MOST;
}

/* "50 min", "1 h": false for anything else, and for more than a day. */
static bool parse_duration(const char *s, int64_t *ms)
{
    int64_t n;
    if (!take_number(&s, &n))
        return false;
    s += strspn(s, " ");
    bool hours = strcmp(s, "h") == 0;
    if (!hours && strcmp(s, "min") != 0)
        return false;
    n *= hours ? 60 : 1;
    *ms = n * 60000;
    return n >= 1 && n <= MINUTES_MOST;
}

/* "18:00". */
static bool parse_time(const char *s, int *minutes)
{
    int64_t hour, minute;
    if (!take_number(&s, &hour) || *s++ != ':' || strlen(s) != 2 || !take_number(&s, &minute))
        return false;
    *minutes = (int)(hour * 60 + minute);
    return hour < 24 && minute < 60 && *s == '\0';
}

static LW_SETTER(set_duration)
{
    const char *text = lw_yaml_text(y);
    if (!text || !parse_duration(text, (int64_t *)((char *)to + f->offset)))
        lw_mistake_kind(r, f, y);
}

static LW_SETTER(set_stop_at)
{
    struct lw_rest *rest = to;
    const char *text = lw_yaml_text(y);
    rest->stops = text && parse_time(text, &rest->stop_at);
    if (!rest->stops)
        lw_mistake_kind(r, f, y);
}

static LW_SETTER(set_exposure)
{
    struct lw_rest *rest = to;
    if (y->kind != LW_YAML_MAP || y->n > LW_REST_TAGS) {
        lw_mistake_kind(r, f, y);
        return;
    }
    rest->exposure = lw_alloc((y->n + 1) * sizeof *rest->exposure);
    for (size_t i = 0; i < y->n; i++) {
        struct lw_rest_exposure *x = &rest->exposure[rest->nexposure++];
        const struct lw_field own = {.key = y->key[i]->text,
            .takes = "a time such as 20 min or 1 h",
            .example = f->example,
            .offset = offsetof(struct lw_rest_exposure, ms)};
        x->tag = lw_strdup(y->key[i]->text);
        set_duration(r, &own, y->item[i], x);
    }
}

#define IN(member) offsetof(struct lw_rest, member)
static const struct lw_field fields[] = {
    {.key = "after",
        set_duration,
        IN(after_ms),
        "a time such as 50 min or 1 h",
        "after: 50 min",
        .help = "offer a break after so much work",
        .pattern = "^[0-9]{1,4} *(min|h)$",
        .kind = LW_KIND_STRING},
    {.key = "tasks",
        lw_set_int,
        IN(tasks),
        "an integer from 1 to 10000",
        "tasks: 30",
        .min = 1,
        .max = 10000,
        .help = "offer a break after so many tasks"},
    {.key = "exposure",
        set_exposure,
        0,
        "a map of at most 16 tags and times",
        "exposure: {violence: 20 min}",
        .help = "offer a break once so much of a tag was seen",
        .max = LW_REST_TAGS,
        .item_pattern = "^[0-9]{1,4} *(min|h)$",
        .kind = LW_KIND_MAP,
        .items = LW_KIND_STRING},
    {.key = "later",
        set_duration,
        IN(later_ms),
        "a time such as 15 min or 1 h",
        "later: 15 min",
        .initial = "15 min",
        .help = "offer it again after this, when put off",
        .pattern = "^[0-9]{1,4} *(min|h)$",
        .kind = LW_KIND_STRING},
    {.key = "stop_at",
        set_stop_at,
        0,
        "a time of day such as \"18:00\"",
        "stop_at: \"18:00\"",
        .help = "offer the end of the day at this time",
        .pattern = "^[0-9]{1,2}:[0-9]{2}$",
        .kind = LW_KIND_STRING},
};
#undef IN
const struct lw_schema lw_rest_schema = {"`rest`", fields, sizeof fields / sizeof *fields, NULL};

struct lw_rest lw_rest_none(void)
{
    return (struct lw_rest){.later_ms = LW_REST_LATER_MIN * INT64_C(60000)};
}

LW_SETTER(lw_set_rest)
{
    if (y->kind == LW_YAML_MAP)
        lw_schema_parse(r, &lw_rest_schema, LW_NO_VARIANT, y, &((struct lw_config *)to)->rest);
    else
        lw_mistake_kind(r, f, y);
}

void lw_rest_fini(struct lw_rest *rest)
{
    for (size_t i = 0; i < rest->nexposure; i++)
        free(rest->exposure[i].tag);
    free(rest->exposure);
    *rest = lw_rest_none();
}
