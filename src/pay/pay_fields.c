/* Setters for pay.yaml, and what is asked of what they set: amounts, days, hours, currencies, lists
 * of texts, and for which projects and days a rule holds. Which keys there are: pay_rules.c. */
#include "pay/pay_fields_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/date.h"
#include "labelwright/pay/currency.h"

#include <stdlib.h>
#include <string.h>

#define MEMBER(type, f, to) ((type *)(void *)((char *)(to) + (f)->offset))

enum { MINUTE_MS = 60 * 1000, HOUR_MS = 60 * MINUTE_MS };

static bool is_within(const struct lw_amount *a, int64_t min, int64_t max)
{
    struct lw_amount *least = lw_amount_new(min), *most = lw_amount_new(max);
    bool well = lw_amount_compare(a, least) >= 0 && lw_amount_compare(a, most) <= 0;
    lw_amount_free(least);
    lw_amount_free(most);
    return well;
}

/* NULL, and a mistake, when it is no amount within the bounds. */
static struct lw_amount *read_amount(
    struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y)
{
    char shown[LW_SHORT_MAX];
    const char *text = lw_yaml_text(y);
    struct lw_amount *a = text ? lw_amount_parse(text) : NULL;
    if (a && (!(f->min || f->max) || is_within(a, f->min, f->max)))
        return a;
    lw_amount_free(a);
    if (text)
        lw_mistake(r, y, "\"%s\" takes %s, not \"%s\". Write `%s`.", f->key, f->takes,
            lw_shorten(text, shown), f->example);
    else
        lw_mistake_kind(r, f, y);
    return NULL;
}

LW_SETTER(lw_set_amount)
{
    *MEMBER(struct lw_amount *, f, to) = read_amount(r, f, y);
}

LW_SETTER(lw_set_currency)
{
    const char *s = lw_yaml_text(y);
    if (!s || strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3 || s[3])
        lw_mistake_kind(r, f, y);
    else
        lw_set_text(r, f, y, to);
}

LW_SETTER(lw_set_date)
{
    char shown[LW_SHORT_MAX];
    const char *text = lw_yaml_text(y);
    if (!text)
        lw_mistake_kind(r, f, y);
    else if (!lw_date_parse(text, MEMBER(int32_t, f, to)))
        lw_mistake(r, y, "\"%s\" takes a day of the calendar, not \"%s\". Write `%s`.", f->key,
            lw_shorten(text, shown), f->example);
}

LW_SETTER(lw_set_hours)
{
    struct lw_amount *a = read_amount(r, f, y);
    if (!a)
        return;
    lw_amount_scale(a, HOUR_MS, 1);
    lw_amount_round(a, 0, LW_MONEY_HALF_UP);
    char *ms = lw_amount_format(a, 0);
    *MEMBER(int64_t, f, to) = strtoll(ms, NULL, 10);
    free(ms);
    lw_amount_free(a);
}

LW_SETTER(lw_set_minutes)
{
    int64_t v;
    if (lw_yaml_int(y, &v) && v >= f->min && v <= f->max)
        *MEMBER(int64_t, f, to) = v * MINUTE_MS;
    else
        lw_mistake_kind(r, f, y);
}

LW_SETTER(lw_set_lines)
{
    size_t n = 0;
    char **v = lw_texts_parse(r, f, y, &n);
    if (v && n == 0) {
        lw_mistake_kind(r, f, y);
        lw_texts_free(v);
        v = NULL;
    }
    *MEMBER(char **, f, to) = v;
}

int lw_pay_digits(const struct lw_pay_rules *rules, const char *currency)
{
    for (size_t i = 0; i < rules->ndigits; i++)
        if (strcmp(rules->digits[i].currency, currency) == 0)
            return (int)rules->digits[i].digits;
    return lw_currency_digits(currency);
}

/* ---- for which projects and days */

struct lw_pay_scope lw_pay_scope_always(void)
{
    return (struct lw_pay_scope){.from = LW_DAY_FIRST, .to = LW_DAY_LAST};
}

void lw_pay_scope_fini(struct lw_pay_scope *scope)
{
    lw_texts_free(scope->projects);
}

void lw_pay_scope_check(
    struct lw_reading *r, const struct lw_pay_scope *scope, const struct lw_yaml *map)
{
    char from[LW_DATE_MAX], to[LW_DATE_MAX];
    if (scope->from <= scope->to)
        return;
    lw_date_format(scope->from, from);
    lw_date_format(scope->to, to);
    const struct lw_yaml *at = lw_yaml_get(map, "to");
    lw_mistake(
        r, at ? at : map, "ends on %s, before it begins on %s. Correct one of them.", to, from);
}

enum lw_scope_fit lw_pay_scope_fit(
    const struct lw_pay_scope *scope, const struct lw_pay_names *project)
{
    const char *names[] = {project->title, project->folder, project->journal};
    if (!scope->projects)
        return LW_FITS_ALL;
    for (size_t i = 0; scope->projects[i]; i++)
        for (size_t k = 0; k < sizeof names / sizeof *names; k++)
            if (names[k] && strcmp(scope->projects[i], names[k]) == 0)
                return LW_FITS_NAMED;
    return LW_FITS_NOT;
}

bool lw_pay_scope_holds(const struct lw_pay_scope *scope, int32_t day)
{
    return day >= scope->from && day <= scope->to;
}
