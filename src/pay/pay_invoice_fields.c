/* `invoice:` of pay.yaml: who sends invoices, to whom, with which taxes. Reads and keeps only; an
 * invoice is made in invoice.c. */
#include "labelwright/base/buf.h"
#include "pay/pay_fields_internal.h"

#include <stdlib.h>

enum { PARTIES_MAX = 100, TAXES_MAX = 20, DAYS_MAX = 3650 };

#define PARTY_FIELDS(at)                                                                           \
    {.key = "name",                                                                                \
        lw_set_text,                                                                               \
        (at) + offsetof(struct lw_pay_party, name),                                                \
        "a name",                                                                                  \
        "name: Ana Puig",                                                                          \
        .required = true},                                                                         \
        {.key = "address",                                                                         \
            lw_set_lines,                                                                          \
            (at) + offsetof(struct lw_pay_party, address),                                         \
            "a line or a list of lines",                                                           \
            "address: [Carrer Major 1, 17001 Girona]"},                                            \
        {.key = "tax_id",                                                                          \
            lw_set_text,                                                                           \
            (at) + offsetof(struct lw_pay_party, tax_id),                                          \
            "a text",                                                                              \
            "tax_id: ESX1234567L"},                                                                \
    {                                                                                              \
        .key = "email", lw_set_text, (at) + offsetof(struct lw_pay_party, email), "an address",    \
        "email: ana@example.org"                                                                   \
    }

static const struct lw_field sender_fields[] = {
    PARTY_FIELDS(0),
    {.key = "pay_to",
        lw_set_lines,
        offsetof(struct lw_pay_party, pay_to),
        "a line or a list of lines",
        "pay_to: [IBAN ES91 2100 0418 4502 0005 1332]"},
};
static const struct lw_schema sender_table = {
    "`from`", sender_fields, sizeof sender_fields / sizeof *sender_fields, NULL};

static const struct lw_field tax_fields[] = {
    {.key = "name",
        lw_set_text,
        offsetof(struct lw_pay_tax, name),
        "a name",
        "name: VAT",
        .required = true},
    {.key = "percent",
        lw_set_amount,
        offsetof(struct lw_pay_tax, percent),
        "a percentage from -100 to 100",
        "percent: \"21\"",
        .required = true,
        .min = -100,
        .max = 100},
};
static const struct lw_schema tax_table = {
    "a tax", tax_fields, sizeof tax_fields / sizeof *tax_fields, NULL};

static bool is_list(
    struct lw_reading *r, const struct lw_field *f, const struct lw_yaml *y, size_t most)
{
    bool well = y->kind == LW_YAML_LIST && y->n <= most;
    if (!well && y->kind == LW_YAML_LIST)
        lw_mistake(r, y, "\"%s\" takes %zu items at most.", f->key, most);
    else if (!well)
        lw_mistake_kind(r, f, y);
    return well;
}

static LW_SETTER(set_taxes)
{
    struct lw_pay_client *c = to;
    if (!is_list(r, f, y, TAXES_MAX))
        return;
    c->tax = lw_alloc((y->n + 1) * sizeof *c->tax);
    for (size_t i = 0; i < y->n; i++)
        lw_schema_parse(r, &tax_table, LW_NO_VARIANT, y->item[i], &c->tax[c->ntaxes++]);
}

#define IN(member) offsetof(struct lw_pay_client, member)
static const struct lw_field client_fields[] = {
    PARTY_FIELDS(IN(party)),
    LW_SCOPE_FIELDS(struct lw_pay_client),
    {.key = "due_days",
        lw_set_int,
        IN(due_days),
        "days from 1 to 3650",
        "due_days: 30",
        .min = 1,
        .max = DAYS_MAX},
    {.key = "taxes", set_taxes, 0, "a list of maps", "taxes: [{name: VAT, percent: \"21\"}]"},
    {.key = "note", lw_set_text, IN(note), "a text", "note: Thank you"},
};
#undef IN
static const struct lw_schema client_table = {
    "a client", client_fields, sizeof client_fields / sizeof *client_fields, NULL};

static LW_SETTER(set_from)
{
    struct lw_pay_rules *rules = to;
    (void)f;
    rules->sender = lw_alloc(sizeof *rules->sender);
    lw_schema_parse(r, &sender_table, LW_NO_VARIANT, y, rules->sender);
}

static LW_SETTER(set_to)
{
    struct lw_pay_rules *rules = to;
    if (!is_list(r, f, y, PARTIES_MAX))
        return;
    rules->client = lw_alloc((y->n + 1) * sizeof *rules->client);
    for (size_t i = 0; i < y->n; i++) {
        struct lw_pay_client *c = &rules->client[rules->nclients++];
        c->scope = lw_pay_scope_always();
        c->line = y->item[i]->line;
        c->col = y->item[i]->col;
        lw_schema_parse(r, &client_table, LW_NO_VARIANT, y->item[i], c);
        lw_pay_scope_check(r, &c->scope, y->item[i]);
    }
}

static const struct lw_field invoice_fields[] = {
    {.key = "from", set_from, 0, "a map", "from: {name: Ana Puig}", .required = true},
    {.key = "to", set_to, 0, "a list of maps", "to: [{name: Client}]", .required = true},
};
static const struct lw_schema invoice_table = {"`invoice`", invoice_fields, 2, NULL};

LW_SETTER(lw_set_invoice)
{
    if (y->kind == LW_YAML_MAP)
        lw_schema_parse(r, &invoice_table, LW_NO_VARIANT, y, to);
    else
        lw_mistake_kind(r, f, y);
}

static void free_party(struct lw_pay_party *p)
{
    free(p->name);
    lw_texts_free(p->address);
    free(p->tax_id);
    free(p->email);
    lw_texts_free(p->pay_to);
}

void lw_pay_parties_free(struct lw_pay_rules *rules)
{
    if (rules->sender)
        free_party(rules->sender);
    free(rules->sender);
    for (size_t i = 0; i < rules->nclients; i++) {
        struct lw_pay_client *c = &rules->client[i];
        free_party(&c->party);
        lw_pay_scope_fini(&c->scope);
        for (size_t k = 0; k < c->ntaxes; k++) {
            free(c->tax[k].name);
            lw_amount_free(c->tax[k].percent);
        }
        free(c->tax);
        free(c->note);
    }
    free(rules->client);
}
