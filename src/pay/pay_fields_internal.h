/* Shared by the files that read pay.yaml: setters of what its maps have in common. */
#ifndef LABELWRIGHT_PAY_PAY_FIELDS_INTERNAL_H
#define LABELWRIGHT_PAY_PAY_FIELDS_INTERNAL_H

#include "labelwright/pay/pay_rules.h"
#include "labelwright/yaml/schema.h"

/* The comment says which type of member is at `offset`. Decimal numbers may stand without quotes
 * here: their text is taken, digit by digit. */
LW_SETTER(lw_set_amount);   /* struct lw_amount *, from `min` to `max` (both 0: any) */
LW_SETTER(lw_set_currency); /* char *, three capital letters */
LW_SETTER(lw_set_date);     /* int32_t */
LW_SETTER(lw_set_hours);    /* int64_t ms, of "7.5" hours */
LW_SETTER(lw_set_minutes);  /* int64_t ms, from `min` to `max` minutes */
LW_SETTER(lw_set_lines);    /* char **, one text or a list of them */

/* `projects`, `from` and `to` of a struct with a member `scope`. */
#define LW_SCOPE_FIELDS(type)                                                                      \
    {.key = "projects",                                                                            \
        lw_set_lines,                                                                              \
        offsetof(type, scope.projects),                                                            \
        "a project or a list of them",                                                             \
        "projects: [catalan]"},                                                                    \
        {.key = "from", lw_set_date, offsetof(type, scope.from), "a day", "from: 2026-01-01"},     \
    {                                                                                              \
        .key = "to", lw_set_date, offsetof(type, scope.to), "a day", "to: 2026-12-31"              \
    }
struct lw_pay_scope lw_pay_scope_always(void);
void lw_pay_scope_fini(struct lw_pay_scope *scope);

/* Reports a scope that ends before it begins. */
void lw_pay_scope_check(
    struct lw_reading *r, const struct lw_pay_scope *scope, const struct lw_yaml *map);

/* Reports at the place of something that was read before. */
#define LW_MISTAKE_AT(r, thing, ...)                                                               \
    lw_mistake(r, &(struct lw_yaml){.line = (thing)->line, .col = (thing)->col}, __VA_ARGS__)

/* pay_invoice_fields.c; to: struct lw_pay_rules */
LW_SETTER(lw_set_invoice);
void lw_pay_parties_free(struct lw_pay_rules *rules);

/* pay_rules_check.c: what no single map shows. Writes the notes on gaps. */
void lw_pay_rules_check(struct lw_reading *r, struct lw_pay_rules *rules);

#endif
