/* An invoice as CSV: a row a line, then the net amount, each tax and the total. For spreadsheets
 * and programs of accountants, so that nothing in it may become a formula. */
#include "labelwright/base/date.h"
#include "labelwright/pay/invoice.h"
#include "labelwright/text/glyph.h"

#include <stdlib.h>
#include <string.h>

void lw_pay_csv_text(struct lw_buf *to, const char *text)
{
    struct lw_buf clean = {0};
    lw_clean(text, strlen(text), false, &clean);
    const char *s = clean.data ? clean.data : "";
    bool number = *s == '-' && s[1] && !s[1 + strspn(s + 1, "0123456789.")];
    bool formula = *s && strchr("=+-@", *s) && !number, quotes = strpbrk(s, "\",\r\n") || *s == ' ';
    lw_buf_str(to, quotes ? "\"" : "");
    lw_buf_str(to, formula ? "'" : "");
    for (; *s; s++)
        lw_buf_str(to, *s == '"' ? "\"\"" : (char[]){*s, '\0'});
    lw_buf_str(to, quotes ? "\"" : "");
    lw_buf_fini(&clean);
}

/* Of ours: needs no care. Taken. */
static void add_own(struct lw_buf *to, char *text)
{
    lw_buf_char(to, ',');
    lw_buf_str(to, text);
    free(text);
}

static void add_start(const struct lw_invoice *v, const char *kind, struct lw_buf *to)
{
    char date[LW_DATE_MAX], from[LW_DATE_MAX], until[LW_DATE_MAX];
    lw_date_format(v->date, date);
    lw_date_format(v->range.from, from);
    lw_date_format(v->range.to, until);
    lw_buf_fmt(to, "%s,", kind);
    lw_pay_csv_text(to, v->number ? v->number : "");
    lw_buf_fmt(to, ",%s,%s,%s,", date, from, until);
    lw_pay_csv_text(to, v->client->party.name);
    lw_buf_char(to, ',');
}

static void add_line(const struct lw_invoice *v, const struct lw_pay_row *row, struct lw_buf *to)
{
    const struct lw_pay_rate *rate = row->sum.rate;
    char *name = lw_pay_row_name(row);
    add_start(v, "line", to);
    lw_pay_csv_text(to, v->work->project[row->sum.project].names.title);
    lw_buf_char(to, ',');
    lw_pay_csv_text(to, name);
    add_own(to, rate && !rate->per_task ? lw_hours_format(row->sum.quantity)
                                        : lw_format("%lld", (long long)row->sum.quantity));
    lw_buf_str(to, !rate ? ",times" : rate->per_task ? ",tasks" : ",hours");
    add_own(to, lw_pay_row_rate(row));
    add_own(to,
        row->sum.overtime ? lw_amount_format_short(row->sum.overtime->factor, 0) : lw_strdup("1"));
    add_own(to, lw_amount_format(row->sum.amount, row->digits));
    lw_buf_fmt(to, ",%s\r\n", v->currency);
    free(name);
}

/* `percent` and `what` may be NULL. */
static void add_sum(const struct lw_invoice *v, const char *kind, const char *what,
    const struct lw_amount *percent, const struct lw_amount *amount, struct lw_buf *to)
{
    add_start(v, kind, to);
    lw_buf_char(to, ',');
    lw_pay_csv_text(to, what ? what : "");
    add_own(to, percent ? lw_amount_format_short(percent, 0) : lw_strdup(""));
    lw_buf_str(to, percent ? ",percent,," : ",,,");
    add_own(to, lw_amount_format(amount, v->digits));
    lw_buf_fmt(to, ",%s\r\n", v->currency);
}

void lw_invoice_write_csv(const struct lw_invoice *v, struct lw_buf *to)
{
    lw_buf_str(to, "kind,number,date,from,to,client,project,what,quantity,unit,rate,factor,amount,"
                   "currency\r\n");
    for (size_t i = 0; i < v->nlines; i++)
        add_line(v, v->line[i], to);
    add_sum(v, "net", NULL, NULL, v->net, to);
    for (size_t i = 0; i < v->ntaxes; i++)
        add_sum(v, "tax", v->tax[i].tax->name, v->tax[i].tax->percent, v->tax[i].amount, to);
    add_sum(v, "total", NULL, NULL, v->total, to);
}
