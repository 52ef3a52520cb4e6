/* From a report to an invoice: who it is for, which lines are on it, taxes and the total. How it
 * looks is in invoice_text.c, invoice_html.c and invoice_csv.c. */
#include "labelwright/pay/invoice.h"

#include "labelwright/base/date.h"

#include <stdlib.h>
#include <string.h>

static bool is_on_it(const struct lw_pay_row *row)
{
    return row->sum.project != LW_NO_PROJECT;
}

size_t lw_invoice_left_out(const struct lw_pay_report *report)
{
    size_t n = 0;
    for (size_t i = 0; i < report->nrows; i++)
        n += !is_on_it(&report->row[i]);
    return n;
}

static const char *title_of(const struct lw_invoice *v, const struct lw_pay_row *row)
{
    return v->work->project[row->sum.project].names.title;
}

/* ---- the lines */

static enum lw_code fail_claim(
    const struct lw_invoice *v, const struct lw_pay_row *row, struct lw_err *err)
{
    const struct lw_pay_project *p = &v->work->project[row->sum.project];
    return lw_fail(err, LW_EBAD,
        "No rate of yours pays \"%s\", and the client's claim is none. If you agree with it, add "
        "to %s "
        "under `rates:` the line  - {per: %s, rate: \"%s\", currency: %s, projects: \"%s\"}",
        p->names.title, v->rules->file, p->claim_per_task ? "task" : "hour", p->claim_rate,
        p->claim_currency, p->names.folder);
}

static enum lw_code take_lines(
    struct lw_invoice *v, const struct lw_pay_report *report, struct lw_err *err)
{
    char from[LW_DATE_MAX], to[LW_DATE_MAX];
    v->line = lw_alloc((report->nrows + 1) * sizeof *v->line);
    for (size_t i = 0; i < report->nrows; i++) {
        const struct lw_pay_row *row = &report->row[i];
        if (!is_on_it(row))
            continue;
        if (row->sum.claim)
            return fail_claim(v, row, err);
        if (v->currency && strcmp(v->currency, row->sum.currency) != 0)
            return lw_fail(err, LW_EBAD,
                "Earned in %s and in %s: make one invoice for each, and name only the projects "
                "that "
                "are paid in one currency.",
                v->currency, row->sum.currency);
        v->currency = row->sum.currency;
        v->digits = row->digits;
        v->line[v->nlines++] = row;
    }
    lw_date_format(v->range.from, from);
    lw_date_format(v->range.to, to);
    return v->nlines > 0 ? LW_OK
                         : lw_fail(err, LW_EBAD,
                               "Nothing was earned from %s to %s: there is no invoice.", from, to);
}

/* ---- the client */

static bool is_client(const struct lw_pay_client *c, const struct lw_pay_names *project,
    int32_t day, enum lw_scope_fit level)
{
    return lw_pay_scope_holds(&c->scope, day) && lw_pay_scope_fit(&c->scope, project) == level;
}

/* Clients that name the project come before one for all. */
static enum lw_code find_client(const struct lw_invoice *v, const struct lw_pay_names *project,
    const struct lw_pay_client **to, struct lw_err *err)
{
    const struct lw_pay_rules *rules = v->rules;
    *to = NULL;
    for (enum lw_scope_fit level = LW_FITS_NAMED; !*to && level > LW_FITS_NOT; level--)
        for (size_t i = 0; i < rules->nclients; i++) {
            const struct lw_pay_client *c = &rules->client[i];
            if (!is_client(c, project, v->range.to, level))
                continue;
            if (*to)
                return lw_fail(err, LW_EBAD,
                    "%s:%d:%d: \"%s\" and \"%s\" are both the client of \"%s\". Change `projects` "
                    "of "
                    "one of them.",
                    rules->file, c->line, c->col, (*to)->party.name, c->party.name, project->title);
            *to = c;
        }
    if (*to)
        return LW_OK;
    return lw_fail(err, LW_EBAD,
        "%s names no client for \"%s\". Add under `invoice:` to `to:` the line  - {name: CLIENT, "
        "projects: \"%s\"}",
        rules->file, project->title, project->folder);
}

static enum lw_code take_client(struct lw_invoice *v, struct lw_err *err)
{
    for (size_t i = 0; i < v->nlines; i++) {
        const struct lw_pay_client *c;
        const struct lw_pay_names *names = &v->work->project[v->line[i]->sum.project].names;
        if (find_client(v, names, &c, err) != LW_OK)
            return err->code;
        if (v->client && v->client != c)
            return lw_fail(err, LW_EBAD,
                "\"%s\" is for %s and \"%s\" for %s: make an invoice for each.",
                title_of(v, v->line[0]), v->client->party.name, names->title, c->party.name);
        v->client = c;
    }
    return LW_OK;
}

/* ---- sums */

static void add_up(struct lw_invoice *v)
{
    v->net = lw_amount_new(0);
    for (size_t i = 0; i < v->nlines; i++)
        lw_amount_add(v->net, v->line[i]->sum.amount);
    v->total = lw_amount_copy(v->net);
    v->tax = lw_alloc((v->client->ntaxes + 1) * sizeof *v->tax);
    for (size_t i = 0; i < v->client->ntaxes; i++) {
        struct lw_invoice_tax *t = &v->tax[v->ntaxes++];
        t->tax = &v->client->tax[i];
        t->amount = lw_amount_copy(v->net);
        lw_amount_multiply(t->amount, t->tax->percent);
        lw_amount_scale(t->amount, 1, 100);
        lw_amount_round(t->amount, v->digits, v->rules->rounding);
        lw_amount_add(v->total, t->amount);
    }
}

enum lw_code lw_invoice_make(
    const struct lw_invoice_opts *opts, struct lw_invoice *to, struct lw_err *err)
{
    *to = (struct lw_invoice){.rules = opts->rules,
        .work = opts->work,
        .number = opts->number,
        .date = opts->date,
        .due = LW_DAY_FIRST,
        .range = opts->range};
    if (!opts->rules->sender)
        return lw_fail(err, LW_EBAD,
            "%s does not say who sends invoices, and to whom. Add  invoice: {from: {name: YOUR "
            "NAME}, "
            "to: [{name: CLIENT}]}",
            opts->rules->file);
    if (take_lines(to, opts->report, err) != LW_OK || take_client(to, err) != LW_OK)
        return err->code;
    if (to->client->due_days > 0)
        to->due = to->date + (int32_t)to->client->due_days;
    add_up(to);
    return LW_OK;
}

void lw_invoice_fini(struct lw_invoice *v)
{
    lw_amount_free(v->net);
    lw_amount_free(v->total);
    for (size_t i = 0; i < v->ntaxes; i++)
        lw_amount_free(v->tax[i].amount);
    free(v->tax);
    free(v->line);
    *v = (struct lw_invoice){0};
}
