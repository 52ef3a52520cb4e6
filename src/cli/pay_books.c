/* What `pay` and `invoice` share: the user's rules, the projects' work, which days. Not how it is
 * printed. */
#include "cli/pay_books_internal.h"

#include "labelwright/base/date.h"

#include <stdlib.h>
#include <string.h>

void lw_cli_pay_close(struct lw_cli_pay *p)
{
    lw_pay_report_fini(&p->report);
    lw_earnings_fini(&p->earnings);
    lw_pay_books_free(p->books);
    lw_pay_rules_fini(&p->rules);
    *p = (struct lw_cli_pay){0};
}

static int load_rules(struct lw_cli_pay *p)
{
    struct lw_problems problems = {0};
    struct lw_err err = {0};
    if (lw_pay_rules_load(&lw_sys_real, &p->rules, &problems, &err) != LW_OK)
        return lw_cli_fail(&problems, &err);
    for (size_t i = 0; i < p->rules.nnotes; i++)
        lw_cli_warn("%s", p->rules.note[i]);
    return 0;
}

static int add_project(void *ctx, struct lw_workspace *w)
{
    struct lw_cli_pay *p = ctx;
    struct lw_err err = {0};
    enum lw_code code = lw_pay_books_add(p->books, w, &err);
    if (code == LW_OK && p->each)
        code = p->each(p->ctx, w, &err);
    return code == LW_OK ? 0 : lw_cli_fail(NULL, &err);
}

static int compute(struct lw_cli_pay *p, enum lw_pay_by by)
{
    struct lw_err err = {0};
    p->work = lw_pay_books_close(p->books);
    if (lw_earnings_compute(&p->rules, p->work, p->range, &p->earnings, &err) != LW_OK)
        return lw_cli_fail(NULL, &err);
    lw_pay_report_make(&p->rules, p->work, &p->earnings, p->range, by, &p->report);
    return 0;
}

int lw_cli_pay_open(struct lw_cli *c, enum lw_pay_by by, struct lw_cli_pay *p)
{
    int status = load_rules(p);
    if (status != 0)
        return status;
    p->books = lw_pay_books_new(&p->rules);
    status = lw_cli_each_project(c, add_project, p);
    return status == 0 ? compute(p, by) : status;
}

size_t lw_cli_pay_notes(const struct lw_cli_pay *p, const char **to)
{
    size_t nbooks, n = 0;
    const char *const *books = lw_pay_books_notes(p->books, &nbooks);
    for (size_t i = 0; i < nbooks; i++, n++)
        if (to)
            to[n] = books[i];
    for (size_t i = 0; i < p->earnings.nnotes; i++, n++)
        if (to)
            to[n] = p->earnings.note[i];
    return n;
}

void lw_cli_pay_warn(const struct lw_cli_pay *p)
{
    size_t n = lw_cli_pay_notes(p, NULL);
    const char **note = lw_alloc((n + 1) * sizeof *note);
    lw_cli_pay_notes(p, note);
    for (size_t i = 0; i < n; i++)
        lw_cli_warn("%s", note[i]);
    free(note);
}
