/* An invoice for a client: the lines of a report, taxes, a total, and the people in it. Printed as
 * text for A4 at 80 columns, as HTML that stands alone and runs nothing, and as CSV. */
#ifndef LABELWRIGHT_PAY_INVOICE_H
#define LABELWRIGHT_PAY_INVOICE_H

#include "labelwright/base/buf.h"
#include "labelwright/pay/pay_report.h"

struct lw_invoice_tax {
    const struct lw_pay_tax *tax;
    struct lw_amount *amount; /* of the net amount, rounded */
};

struct lw_invoice {
    const struct lw_pay_rules *rules;
    const struct lw_pay_work *work;
    const struct lw_pay_client *client;
    const char *number; /* NULL for none */
    int32_t date, due;  /* due: LW_DAY_FIRST when nothing is said */
    struct lw_days range;
    const struct lw_pay_row **line; /* borrowed from the report */
    size_t nlines;
    const char *currency;
    int digits;
    struct lw_amount *net, *total;
    struct lw_invoice_tax *tax;
    size_t ntaxes;
};

struct lw_invoice_opts {
    const struct lw_pay_rules *rules;
    const struct lw_pay_work *work;
    const struct lw_pay_report *report; /* by LW_PAY_BY_PROJECT */
    struct lw_days range;
    const char *number; /* NULL for none */
    int32_t date;
};

/* Borrows all that it is given. LW_EBAD says what is missing: nothing was earned, no sender, not
 * exactly one client for all projects, more than one currency, a project that only the client's
 * claim would pay. lw_invoice_fini() on every outcome. Bonuses that name no project are not on it;
 * lw_invoice_left_out() says how many. */
enum lw_code lw_invoice_make(
    const struct lw_invoice_opts *opts, struct lw_invoice *to, struct lw_err *err);
void lw_invoice_fini(struct lw_invoice *invoice);
size_t lw_invoice_left_out(const struct lw_pay_report *report);

/* The forms: id, name. A file invoice_NAME.c each. */
#define LW_INVOICE_FORMS(X) X(text) X(html) X(csv)
#define X(name) void lw_invoice_write_##name(const struct lw_invoice *invoice, struct lw_buf *to);
LW_INVOICE_FORMS(X)
#undef X

/* Appends a text from outside as a cell of CSV, clean and in quotes where needed; one that a
 * spreadsheet would take for a formula gets an apostrophe before it. */
void lw_pay_csv_text(struct lw_buf *to, const char *text);

#endif
