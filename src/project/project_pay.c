/* `pay:` of project.yaml: what the client says it pays. It is kept as it was written, as the
 * client's claim; what is computed with it, the room pay says. */
#include "project/project_internal.h"

#include <ctype.h>
#include <string.h>

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
    char shown[LW_SHORT_MAX];
    if (lw_yaml_is_real(y))
        lw_mistake(r, y,
            "the rate %s must be in quotes, because decimal numbers are not supported. Add quotes.",
            lw_shorten(y->text, shown));
    else if (!lw_yaml_text(y) || !is_amount(y->text))
        lw_mistake_kind(r, f, y);
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(set_currency)
{
    const char *s = lw_yaml_text(y);
    if (!s || strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3 || s[3])
        lw_mistake_kind(r, f, y);
    else
        lw_set_text(r, f, y, to);
}

#define IN(member) offsetof(struct lw_client_pay, member)
static const char *const per[] = {"hour", "task", NULL};
static const struct lw_field pay_fields[] = {
    {.key = "rate",
        set_rate,
        IN(rate),
        "an amount",
        "rate: \"17.00\"",
        .required = true,
        .help = "The amount, in quotes.",
        .pattern = "^[0-9]+([.][0-9]+)?$",
        .kind = LW_KIND_STRING | LW_KIND_INT},
    {.key = "currency",
        set_currency,
        IN(currency),
        "three capital letters",
        "currency: EUR",
        .required = true,
        .help = "A code of ISO 4217.",
        .pattern = "^[A-Z]{3}$",
        .kind = LW_KIND_STRING},
    {.key = "per",
        lw_set_either,
        IN(per_task),
        "hour or task",
        "per: hour",
        .required = true,
        .words = per,
        .help = "For what it is paid."},
};
const struct lw_schema lw_pay_schema = {"pay", pay_fields, 3, NULL};

LW_SETTER(lw_set_pay)
{
    if (y->kind == LW_YAML_MAP)
        lw_schema_parse(r, &lw_pay_schema, LW_NO_VARIANT, y, &((struct lw_project *)to)->pay);
    else
        lw_mistake_kind(r, f, y);
}
