/* `labelwright invoice`: an invoice for the client of one or more projects, to a file or stdout.
 * What is on it is decided in pay/invoice.c, how it looks beside it. */
#define _GNU_SOURCE
#include "cli/pay_books_internal.h"

#include "labelwright/base/date.h"
#include "labelwright/base/file.h"
#include "labelwright/export/output.h"
#include "labelwright/pay/invoice.h"
#include "labelwright/project/protected_path.h"
#include "labelwright/text/glyph.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const struct {
    const char *name;
    void (*write)(const struct lw_invoice *invoice, struct lw_buf *to);
} forms[] = {
#define X(name) {#name, lw_invoice_write_##name},
    LW_INVOICE_FORMS(X)
#undef X
};
enum { FORMS = sizeof forms / sizeof *forms };

static bool parse_form(const struct lw_cli *c, size_t *form)
{
    const char *name = c->value[LW_OPT_FORMAT] ? c->value[LW_OPT_FORMAT] : "text";
    for (*form = 0; *form < FORMS; ++*form)
        if (strcmp(forms[*form].name, name) == 0)
            return true;
    lw_cli_warn("invoice has the formats text, html and csv, not \"%s\".", name);
    return false;
}

static int32_t today(void)
{
    time_t now = time(NULL);
    struct tm tm = {0};
    localtime_r(&now, &tm);
    return lw_date_number((struct lw_date){tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday});
}

static bool parse_day(const struct lw_cli *c, int32_t *day)
{
    const char *text = c->value[LW_OPT_DATE];
    *day = today();
    if (!text || lw_date_parse(text, day))
        return true;
    lw_cli_warn("--date takes a day, such as 2026-11-30, not \"%s\".", text);
    return false;
}

/* An invoice is for certain days. */
static bool parse_range(const struct lw_cli *c, struct lw_days *range)
{
    if (c->value[LW_OPT_MONTH] || (c->value[LW_OPT_SINCE] && c->value[LW_OPT_UNTIL]))
        return lw_cli_days(c, &range->from, &range->to);
    lw_cli_warn("Which days are to be paid? Give --month 2026-11, or --since and --until.");
    return false;
}

/* ---- output */

/* A real path is needed to see whether it is in a folder of a project. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *above =
        slash ? lw_strndup(path, slash > path ? (size_t)(slash - path) : 1) : lw_strdup(".");
    char *real = realpath(above, NULL);
    free(above);
    return real;
}

static enum lw_code check_file(const struct lw_project *p, const char *path, struct lw_err *err)
{
    struct stat st;
    char *above = folder_of(path);
    enum lw_code code = above ? lw_protected_path_check(p, above, path, err) : LW_OK;
    if (code == LW_OK && stat(path, &st) == 0)
        code = lw_protected_path_check_input(p, &st, path, err);
    free(above);
    return code;
}

/* Nothing that any of the projects needs is written over. */
static enum lw_code check_target(void *ctx, struct lw_workspace *w, struct lw_err *err)
{
    const struct lw_cli *c = ctx;
    const char *path = c->value[LW_OPT_OUTPUT];
    if (!path || strcmp(path, "-") == 0)
        return lw_output_check(w->project, w->sys, STDOUT_FILENO, err);
    return check_file(w->project, path, err);
}

/* Data is written unchanged, except to a terminal, which would obey control characters in it; a
 * form feed is one. */
static enum lw_code print(struct lw_buf *b, struct lw_err *err)
{
    struct lw_buf safe = {0};
    const struct lw_buf *out = b;
    if (isatty(STDOUT_FILENO)) {
        for (size_t i = 0; i < b->len; i++)
            b->data[i] = b->data[i] == '\f' ? '\n' : b->data[i];
        lw_clean(b->data, b->len, true, &safe);
        out = &safe;
    }
    enum lw_code code = lw_write_all(&lw_sys_real, STDOUT_FILENO, out->data, out->len, NULL, err);
    lw_buf_fini(&safe);
    return code;
}

/* The file is remembered in the first project, as an export of it would be. */
static enum lw_code write_file(const struct lw_cli *c, const struct lw_buf *b, struct lw_err *err)
{
    struct lw_workspace w;
    struct lw_problems p = {0};
    struct lw_output *file;
    struct lw_workspace_opts find = lw_cli_workspace_opts(c, true);
    char *first = lw_cli_first_project(c);
    find.path = first;
    enum lw_code code = lw_workspace_find(&find, &w, &p, err);
    lw_problems_fini(&p);
    free(first);
    if (code != LW_OK)
        return code;
    struct lw_output_opts opts = {.sys = w.sys,
        .path = c->value[LW_OPT_OUTPUT],
        .force = c->value[LW_OPT_FORCE] != NULL,
        .project = w.project,
        .dir = w.dir};
    code = lw_output_open(&opts, &file, err);
    if (code == LW_OK)
        code = lw_output_close(file, lw_output_write(file, b->data, b->len, err), err);
    lw_workspace_close(&w);
    return code;
}

/* ---- the command */

static int make(struct lw_cli *c, struct lw_cli_pay *p, size_t form, int32_t date)
{
    struct lw_invoice invoice;
    struct lw_err err = {0};
    struct lw_buf b = {0};
    const char *path = c->value[LW_OPT_OUTPUT];
    const struct lw_invoice_opts opts = {.rules = &p->rules,
        .work = p->work,
        .report = &p->report,
        .range = p->range,
        .number = c->value[LW_OPT_NUMBER],
        .date = date};
    enum lw_code code = lw_invoice_make(&opts, &invoice, &err);
    if (code == LW_OK) {
        forms[form].write(&invoice, &b);
        code = path && strcmp(path, "-") != 0 ? write_file(c, &b, &err) : print(&b, &err);
    }
    size_t left = lw_invoice_left_out(&p->report);
    if (code == LW_OK && left > 0)
        lw_cli_warn("%zu bonus or deduction without a project is not on the invoice. To have it "
                    "there, name its project in %s.",
            left, p->rules.file);
    lw_invoice_fini(&invoice);
    lw_buf_fini(&b);
    return code == LW_OK ? 0 : lw_cli_fail(NULL, &err);
}

int lw_cmd_invoice(struct lw_cli *c)
{
    size_t form;
    int32_t date;
    struct lw_cli_pay p = {.each = check_target, .ctx = c};
    if (!parse_form(c, &form) || !parse_day(c, &date) || !parse_range(c, &p.range))
        return lw_exit_status(LW_EUSAGE);
    int status = lw_cli_pay_open(c, LW_PAY_BY_PROJECT, &p);
    if (status == 0) {
        lw_cli_pay_warn(&p);
        status = make(c, &p, form, date);
        if (status == 0 && lw_pay_books_are_damaged(p.books))
            status = lw_exit_status(LW_EBAD);
    }
    lw_cli_pay_close(&p);
    return status;
}
