/* An invoice as one HTML file: its style inside, no script, nothing from elsewhere, made for
 * printing on A4. Every text from outside is cleaned and escaped. */
#include "labelwright/base/date.h"
#include "labelwright/pay/invoice.h"
#include "labelwright/text/glyph.h"

#include <stdlib.h>
#include <string.h>

static const char head[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
    "'unsafe-inline'\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<style>\n"
    "@page { size: A4; margin: 20mm 18mm; }\n"
    "body { font: 11pt/1.45 system-ui, \"Liberation Sans\", \"DejaVu Sans\", Arial, sans-serif; "
    "color: "
    "#111; background: #fff; max-width: 174mm; margin: 10mm auto; padding: 0 5mm; }\n"
    "h1 { font-size: 20pt; margin: 0 0 6mm; }\n"
    "h2 { font-size: 9pt; font-weight: 600; color: #555; margin: 4mm 0 1mm; text-transform: "
    "uppercase; "
    "letter-spacing: .05em; }\n"
    "p { margin: 0; overflow-wrap: anywhere; }\n"
    ".head { margin: 0 0 8mm; table-layout: fixed; }\n"
    ".head h2 { margin-top: 0; }\n"
    ".head td { border: 0; padding: 0 6mm 0 0; overflow-wrap: anywhere; }\n"
    "table { width: 100%; border-collapse: collapse; margin: 4mm 0; }\n"
    "th { text-align: left; border-bottom: 1.5pt solid #111; font-size: 9pt; }\n"
    "th, td { padding: 1.2mm 2mm 1.2mm 0; vertical-align: top; }\n"
    "tbody td { border-bottom: .5pt solid #bbb; overflow-wrap: anywhere; }\n"
    ".n { text-align: right; white-space: nowrap; padding-right: 0; padding-left: 3mm; "
    "font-variant-numeric: tabular-nums; overflow-wrap: normal; }\n"
    ".project td { font-weight: 600; padding-top: 3mm; }\n"
    "tr { break-inside: avoid; }\n"
    "thead { display: table-header-group; }\n"
    "tfoot { display: table-row-group; }\n"
    "tfoot td { text-align: right; }\n"
    ".total td { font-weight: 700; border-top: 1.5pt solid #111; }\n"
    ".small { color: #555; font-size: 9pt; }\n"
    "@media print { body { margin: 0; padding: 0; max-width: none; } }\n"
    "</style>\n";

/* Text from outside. */
static void add_text(struct lw_buf *to, const char *text)
{
    struct lw_buf clean = {0};
    lw_clean(text, strlen(text), false, &clean);
    for (const char *s = clean.data ? clean.data : ""; *s; s++) {
        switch (*s) {
        case '&':
            lw_buf_str(to, "&amp;");
            break;
        case '<':
            lw_buf_str(to, "&lt;");
            break;
        case '>':
            lw_buf_str(to, "&gt;");
            break;
        case '"':
            lw_buf_str(to, "&quot;");
            break;
        case '\'':
            lw_buf_str(to, "&#39;");
            break;
        default:
            lw_buf_char(to, *s);
        }
    }
    lw_buf_fini(&clean);
}

static void add_between(struct lw_buf *to, const char *before, const char *text, const char *after)
{
    if (!text)
        return;
    lw_buf_str(to, before);
    add_text(to, text);
    lw_buf_str(to, after);
}

/* Frees the text. */
static void add_number(struct lw_buf *to, char *text)
{
    add_between(to, "<td class=\"n\">", text, "</td>");
    free(text);
}

static void add_day(struct lw_buf *to, const char *what, int32_t day)
{
    char date[LW_DATE_MAX];
    lw_date_format(day, date);
    lw_buf_fmt(to, "<p>%s: %s</p>\n", what, date);
}

static void add_party(struct lw_buf *to, const char *what, const struct lw_pay_party *p)
{
    lw_buf_fmt(to, "<td>\n<h2>%s</h2>\n", what);
    add_between(to, "<p dir=\"auto\"><strong>", p->name, "</strong></p>\n");
    for (size_t i = 0; p->address && p->address[i]; i++)
        add_between(to, "<p dir=\"auto\">", p->address[i], "</p>\n");
    add_between(to, "<p>Tax id: <bdi>", p->tax_id, "</bdi></p>\n");
    add_between(to, "<p>", p->email, "</p>\n");
    lw_buf_str(to, "</td>\n");
}

static void add_head(const struct lw_invoice *v, struct lw_buf *to)
{
    char from[LW_DATE_MAX], until[LW_DATE_MAX];
    lw_buf_str(to, head);
    lw_buf_str(to, "<title>Invoice");
    add_between(to, " ", v->number, "");
    lw_buf_str(to, "</title>\n</head>\n<body>\n<h1>Invoice</h1>\n<table class=\"head\"><tr>\n");
    add_party(to, "From", v->rules->sender);
    add_party(to, "To", &v->client->party);
    lw_buf_str(to, "<td>\n<h2>Invoice</h2>\n");
    add_between(to, "<p>Number: <bdi>", v->number, "</bdi></p>\n");
    add_day(to, "Date", v->date);
    if (v->due != LW_DAY_FIRST)
        add_day(to, "Due", v->due);
    lw_date_format(v->range.from, from);
    lw_date_format(v->range.to, until);
    lw_buf_fmt(
        to, "</td>\n</tr></table>\n<p>Work from %s to %s, in %s</p>\n", from, until, v->currency);
}

static void add_project(const struct lw_invoice *v, const struct lw_pay_row *row, struct lw_buf *to)
{
    add_between(to, "<tr class=\"project\"><td colspan=\"4\" dir=\"auto\">",
        v->work->project[row->sum.project].names.title, "</td></tr>\n");
}

static void add_row(const struct lw_pay_row *row, struct lw_buf *to)
{
    char *name = lw_pay_row_name(row), *rate = lw_pay_row_rate(row);
    add_between(to, "<tr><td dir=\"auto\">", name, "</td>");
    add_number(to, lw_pay_row_quantity(row));
    if (row->sum.overtime) {
        char *factor = lw_amount_format_short(row->sum.overtime->factor, 0);
        char *both = lw_format("%s × %s", rate, factor);
        free(rate);
        free(factor);
        rate = both;
    }
    add_number(to, rate);
    add_number(to, lw_amount_format(row->sum.amount, row->digits));
    lw_buf_str(to, "</tr>\n");
    free(name);
}

static void add_sum(const struct lw_invoice *v, const char *start, const char *what,
    const struct lw_amount *amount, struct lw_buf *to)
{
    lw_buf_str(to, start);
    add_between(to, "<td colspan=\"3\">", what, "</td>");
    add_number(to, lw_amount_format(amount, v->digits));
    lw_buf_str(to, "</tr>\n");
}

static void add_table(const struct lw_invoice *v, struct lw_buf *to)
{
    lw_buf_str(to, "<table>\n<thead><tr><th>What</th><th class=\"n\">Quantity</th><th "
                   "class=\"n\">Rate</th><th class=\"n\">Amount</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < v->nlines; i++) {
        if (i == 0 || v->line[i]->sum.project != v->line[i - 1]->sum.project)
            add_project(v, v->line[i], to);
        add_row(v->line[i], to);
    }
    lw_buf_str(to, "</tbody>\n<tfoot>\n");
    add_sum(v, "<tr>", "Net", v->net, to);
    for (size_t i = 0; i < v->ntaxes; i++) {
        char *percent = lw_amount_format_short(v->tax[i].tax->percent, 0);
        char *what = lw_format("%s %s %%", v->tax[i].tax->name, percent);
        add_sum(v, "<tr>", what, v->tax[i].amount, to);
        free(percent);
        free(what);
    }
    char *total = lw_format("Total in %s", v->currency);
    add_sum(v, "<tr class=\"total\">", total, v->total, to);
    free(total);
    lw_buf_str(to, "</tfoot>\n</table>\n");
}

void lw_invoice_write_html(const struct lw_invoice *v, struct lw_buf *to)
{
    char **pay_to = v->rules->sender->pay_to;
    add_head(v, to);
    add_table(v, to);
    char *rounding = lw_pay_rounding_sentence(v->rules);
    lw_buf_fmt(to, "<p class=\"small\">Hours are hours:minutes:seconds. %s</p>\n", rounding);
    free(rounding);
    if (pay_to)
        lw_buf_str(to, "<h2>Pay to</h2>\n");
    for (size_t i = 0; pay_to && pay_to[i]; i++)
        add_between(to, "<p dir=\"auto\">", pay_to[i], "</p>\n");
    add_between(to, "<p dir=\"auto\" style=\"margin-top: 4mm\">", v->client->note, "</p>\n");
    lw_buf_str(to, "</body>\n</html>\n");
}
