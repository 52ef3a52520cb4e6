/* Shared by the commands pay and invoice. */
#ifndef LABELWRIGHT_CLI_PAY_BOOKS_INTERNAL_H
#define LABELWRIGHT_CLI_PAY_BOOKS_INTERNAL_H

#include "cli/cli_internal.h"
#include "labelwright/pay/pay_report.h"
#include "labelwright/pay/pay_work.h"

struct lw_cli_pay {
    struct lw_days range; /* set before it is opened */
    /* called with each project while it is open; NULL for none */
    enum lw_code (*each)(void *ctx, struct lw_workspace *w, struct lw_err *err);
    void *ctx;
    struct lw_pay_rules rules;
    struct lw_pay_books *books;
    const struct lw_pay_work *work;
    struct lw_earnings earnings;
    struct lw_pay_report report;
};

/* Reads pay.yaml and all projects, and computes. Prints what is wrong; 0 or the exit status.
 * lw_cli_pay_close() on every outcome. */
int lw_cli_pay_open(struct lw_cli *c, enum lw_pay_by by, struct lw_cli_pay *p);
void lw_cli_pay_close(struct lw_cli_pay *p);

/* What earned nothing, and why: how many sentences, and the sentences where `to` is not NULL;
 * borrowed. The same on stderr. */
size_t lw_cli_pay_notes(const struct lw_cli_pay *p, const char **to);
void lw_cli_pay_warn(const struct lw_cli_pay *p);

#endif
