/* Reads `repeats:` of config.yaml: how often a task that was labeled comes again. Which one, and
 * when, is the session's to decide. */
#include "config/config_internal.h"

#include "labelwright/text/utf8.h"

#include <string.h>

enum { REPEATS_MOST = 50, REPEATS_AFTER_MOST = 100000 };

/* "5 %", "5%" or 5. */
static bool read_percent(const struct lw_yaml *y, int64_t *to)
{
    const char *text = lw_yaml_text(y);
    size_t n = text ? strlen(text) : 0;
    if (lw_yaml_int(y, to))
        return true;
    if (n == 0 || text[n - 1] != '%')
        return false;
    return lw_number_parse(text, n - 1, to);
}

static LW_SETTER(set_percent)
{
    int64_t n;
    if (read_percent(y, &n) && n >= f->min && n <= f->max)
        ((struct lw_repeat_rate *)to)->percent = n;
    else
        lw_mistake_kind(r, f, y);
}

static const struct lw_field fields[] = {
    {.key = "percent",
        set_percent,
        0,
        "a percentage from 0 to 50",
        "percent: 5 %",
        .required = true,
        .max = REPEATS_MOST,
        .pattern = "^[0-9]+ *%$",
        .kind = LW_KIND_STRING | LW_KIND_INT,
        .help = "how many of a hundred labels are followed by a repeat"},
    {.key = "after",
        lw_set_int,
        offsetof(struct lw_repeat_rate, after),
        "an integer from 1 to 100000",
        "after: 20",
        .min = 1,
        .max = REPEATS_AFTER_MOST,
        .initial = "20",
        .help = "how many labels lie between, at least"},
};
const struct lw_schema lw_repeats_schema = {
    "`repeats`", fields, sizeof fields / sizeof *fields, NULL};

LW_SETTER(lw_set_repeats)
{
    struct lw_repeat_rate *rate = &((struct lw_config *)to)->repeats;
    if (y->kind == LW_YAML_MAP)
        lw_schema_parse(r, &lw_repeats_schema, LW_NO_VARIANT, y, rate);
    else
        set_percent(r, f, y, rate);
}
