/* What no single rule of pay.yaml shows: two rates that hold at the same time (a mistake), days
 * between two rates on which none holds (a note in words), currencies nobody knows. Whether rates
 * that call a project by different names meet on it is found when it is paid: rate_choice.c. */
#include "labelwright/base/buf.h"
#include "labelwright/base/date.h"
#include "labelwright/pay/currency.h"
#include "pay/pay_fields_internal.h"

#include <stdlib.h>
#include <string.h>

/* ---- currencies */

/* What may be without a currency of its own gets the file's. */
static void check_currency(
    struct lw_reading *r, const struct lw_pay_rules *rules, char **currency, int line, int col)
{
    const struct lw_yaml at = {.line = line, .col = col};
    if (!*currency && !rules->currency)
        lw_mistake(r, &at, "in which currency? Add `currency: EUR`, here or at the top.");
    if (!*currency)
        *currency = lw_strdup(rules->currency);
    else if (lw_pay_digits(rules, *currency) < 0)
        lw_mistake(r, &at,
            "the currency %s is not in ISO 4217. If it is right, say how many digits it has behind "
            "the point: add `digits: {%s: 2}` at the top.",
            *currency, *currency);
}

static void check_currencies(struct lw_reading *r, struct lw_pay_rules *rules)
{
    if (rules->currency && lw_pay_digits(rules, rules->currency) < 0)
        lw_mistake(r, &(struct lw_yaml){.line = 1, .col = 1},
            "the currency %s is not in ISO 4217. If it is right, say how many digits it has behind "
            "the point: add `digits: {%s: 2}`.",
            rules->currency, rules->currency);
    for (size_t i = 0; i < rules->nrates; i++)
        check_currency(r, rules, &rules->rate[i].currency, rules->rate[i].line, rules->rate[i].col);
    for (size_t i = 0; i < rules->nextras; i++)
        check_currency(
            r, rules, &rules->extra[i].currency, rules->extra[i].line, rules->extra[i].col);
}

/* ---- rates at the same time, and none */

/* The project that both are for by name, or "" when both are for all; NULL for neither. */
static const char *shared_project(const struct lw_pay_scope *a, const struct lw_pay_scope *b)
{
    if (!a->projects && !b->projects)
        return "";
    for (size_t i = 0; a->projects && a->projects[i]; i++)
        for (size_t k = 0; b->projects && b->projects[k]; k++)
            if (strcmp(a->projects[i], b->projects[k]) == 0)
                return a->projects[i];
    return NULL;
}

/* Whether both pay for the same thing. */
static bool are_alike(const struct lw_pay_rate *a, const struct lw_pay_rate *b)
{
    if (a->per_task != b->per_task || a->pieces != b->pieces)
        return false;
    return !a->when || !b->when || strcmp(a->when, b->when) == 0;
}

static void check_overlap(
    struct lw_reading *r, const struct lw_pay_rate *a, const struct lw_pay_rate *b)
{
    char from[LW_DATE_MAX], to[LW_DATE_MAX], shown[LW_SHORT_MAX];
    const char *shared = are_alike(a, b) ? shared_project(&a->scope, &b->scope) : NULL;
    int32_t first = a->scope.from > b->scope.from ? a->scope.from : b->scope.from;
    int32_t last = a->scope.to < b->scope.to ? a->scope.to : b->scope.to;
    if (!shared || first > last)
        return;
    lw_date_format(first, from);
    lw_date_format(last, to);
    LW_MISTAKE_AT(r, b,
        "this rate and the one in line %d both hold for %s%s%s%s%s. End one of them before the "
        "other begins.",
        a->line, *shared ? lw_shorten(shared, shown) : "all projects",
        first > LW_DAY_FIRST ? " from " : "", first > LW_DAY_FIRST ? from : "",
        last < LW_DAY_LAST ? " to " : "", last < LW_DAY_LAST ? to : "");
}

/* The rate like `a` for the same project that begins next after it ended; NULL when there is one on
 * the very next day, or none later. */
static const struct lw_pay_rate *find_after_gap(
    const struct lw_pay_rules *rules, const struct lw_pay_rate *a)
{
    const struct lw_pay_rate *next = NULL;
    for (size_t i = 0; i < rules->nrates; i++) {
        const struct lw_pay_rate *b = &rules->rate[i];
        if (are_alike(a, b) && shared_project(&a->scope, &b->scope) &&
            b->scope.from > a->scope.to && (!next || b->scope.from < next->scope.from))
            next = b;
    }
    return next && next->scope.from > a->scope.to + 1 ? next : NULL;
}

/* A rate for all projects that holds on the day; NULL: none. */
static const struct lw_pay_rate *find_for_all(
    const struct lw_pay_rules *rules, const struct lw_pay_rate *like, int32_t day)
{
    for (size_t i = 0; i < rules->nrates; i++) {
        const struct lw_pay_rate *b = &rules->rate[i];
        if (are_alike(like, b) && !b->scope.projects && lw_pay_scope_holds(&b->scope, day))
            return b;
    }
    return NULL;
}

static void note_gap(struct lw_pay_rules *rules, const struct lw_pay_rate *a)
{
    char from[LW_DATE_MAX], to[LW_DATE_MAX];
    const struct lw_pay_rate *next = find_after_gap(rules, a);
    const struct lw_pay_rate *all = next ? find_for_all(rules, a, a->scope.to + 1) : NULL;
    if (!next)
        return;
    const char *shared = shared_project(&a->scope, &next->scope);
    lw_date_format(a->scope.to + 1, from);
    lw_date_format(next->scope.from - 1, to);
    rules->note = lw_grow(rules->note, rules->nnotes + 1, sizeof *rules->note);
    char *more =
        all ? lw_format(" The rate for all projects in line %d holds then.", all->line) : NULL;
    rules->note[rules->nnotes++] =
        lw_format("%s: no rate by the %s for %s from %s to %s, between lines %d and %d.%s",
            rules->file, a->per_task ? "task" : "hour", *shared ? shared : "all projects", from, to,
            a->line, next->line, more ? more : "");
    free(more);
}

void lw_pay_rules_check(struct lw_reading *r, struct lw_pay_rules *rules)
{
    check_currencies(r, rules);
    for (size_t i = 0; i < rules->nrates; i++)
        for (size_t k = i + 1; k < rules->nrates; k++)
            check_overlap(r, &rules->rate[i], &rules->rate[k]);
    for (size_t i = 0; i < rules->nrates; i++)
        note_gap(rules, &rules->rate[i]);
}
