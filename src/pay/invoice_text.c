/* An invoice as plain text: 80 columns, pages of A4 with a form feed between them. Widths are those
 * of the characters, in any script; every text from outside is cleaned. */
#include "labelwright/base/date.h"
#include "labelwright/pay/invoice.h"
#include "labelwright/text/glyph.h"
#include "labelwright/text/wrap.h"

#include <stdlib.h>
#include <string.h>

enum {
    COLS = 79,
    PAGE = 62, /* lines */
    WHAT = 34,
    QUANTITY = 14,
    RATE = 14,
    AMOUNT = 13,
    LEFT = 40 /* where the second column begins */
};

/* Lines of the invoice, before they are put on pages. */
struct sheet {
    struct lw_buf text;
    size_t lines;
    const struct lw_invoice *invoice;
};

static void add_blanks(struct lw_buf *to, int n)
{
    while (n-- > 0)
        lw_buf_char(to, ' ');
}

static int cols(const char *s)
{
    return lw_cols(s, strlen(s), -1);
}

static void end_line(struct sheet *s)
{
    lw_buf_char(&s->text, '\n');
    s->lines++;
}

static void add_right(struct sheet *s, const char *text, int width)
{
    add_blanks(&s->text, width - cols(text));
    lw_buf_str(&s->text, text);
}

/* Clean text, wrapped; the first line goes on where the line is. Each line but the last is ended.
 */
static void add_wrapped(struct sheet *s, const char *text, int indent, int width)
{
    struct lw_buf clean = {0};
    struct lw_wrap wrap = {0};
    lw_clean(text, strlen(text), false, &clean);
    const char *c = clean.data ? clean.data : "";
    lw_wrap_text(&wrap, c, strlen(c), width);
    for (size_t i = 0; i < wrap.n; i++) {
        if (i > 0) {
            end_line(s);
            add_blanks(&s->text, indent);
        }
        lw_buf_add(&s->text, c + wrap.v[i].start, wrap.v[i].end - wrap.v[i].start);
    }
    lw_wrap_fini(&wrap);
    lw_buf_fini(&clean);
}

static void add_text_line(struct sheet *s, const char *before, const char *text)
{
    if (!text)
        return;
    lw_buf_str(&s->text, before);
    add_wrapped(s, text, cols(before), COLS - cols(before));
    end_line(s);
}

/* ---- the head */

static void add_party(struct sheet *s, const struct lw_pay_party *p)
{
    add_text_line(s, "", p->name);
    for (size_t i = 0; p->address && p->address[i]; i++)
        add_text_line(s, "", p->address[i]);
    add_text_line(s, "Tax id: ", p->tax_id);
    add_text_line(s, "", p->email);
}

static void add_dated(struct sheet *s, const char *what, int32_t day)
{
    char date[LW_DATE_MAX];
    lw_date_format(day, date);
    lw_buf_str(&s->text, what);
    lw_buf_str(&s->text, date);
    end_line(s);
}

static void add_head(struct sheet *s)
{
    const struct lw_invoice *v = s->invoice;
    char from[LW_DATE_MAX], to[LW_DATE_MAX];
    add_text_line(s, "", "INVOICE");
    end_line(s);
    add_text_line(s, "Number: ", v->number);
    add_dated(s, "Date:   ", v->date);
    if (v->due != LW_DAY_FIRST)
        add_dated(s, "Due:    ", v->due);
    end_line(s);
    add_text_line(s, "", "From");
    add_party(s, v->rules->sender);
    end_line(s);
    add_text_line(s, "", "To");
    add_party(s, &v->client->party);
    end_line(s);
    lw_date_format(v->range.from, from);
    lw_date_format(v->range.to, to);
    lw_buf_fmt(&s->text, "Work from %s to %s, in %s", from, to, v->currency);
    end_line(s);
    end_line(s);
}

/* ---- the table */

static void add_rule(struct sheet *s, int from)
{
    add_blanks(&s->text, from);
    for (int i = from; i < COLS; i++)
        lw_buf_char(&s->text, '-');
    end_line(s);
}

static void add_columns(struct sheet *s, const char *quantity, const char *rate, const char *amount)
{
    add_right(s, quantity, QUANTITY);
    lw_buf_char(&s->text, ' ');
    add_right(s, rate, RATE);
    lw_buf_char(&s->text, ' ');
    add_right(s, amount, AMOUNT);
    end_line(s);
}

static char *rate_and_factor(const struct lw_pay_row *row)
{
    char *rate = lw_pay_row_rate(row);
    if (!row->sum.overtime)
        return rate;
    char *factor = lw_amount_format_short(row->sum.overtime->factor, 0);
    char *both = lw_format("%s × %s", rate, factor);
    free(rate);
    free(factor);
    return both;
}

/* What is wider than its column has a line of its own, with the figures on the right. */
static void add_figures(struct sheet *s, const struct lw_pay_row *row, int used)
{
    char *quantity = lw_pay_row_quantity(row), *rate = rate_and_factor(row),
         *amount = lw_amount_format(row->sum.amount, row->digits);
    if (cols(quantity) <= QUANTITY && cols(rate) <= RATE && cols(amount) <= AMOUNT) {
        add_blanks(&s->text, WHAT + 1 - used);
        add_columns(s, quantity, rate, amount);
    } else {
        char *all = lw_format("%s  %s  %s", quantity, rate, amount);
        end_line(s);
        add_right(s, all, COLS);
        end_line(s);
        free(all);
    }
    free(quantity);
    free(rate);
    free(amount);
}

/* Columns of the line that is being written. */
static int used_cols(const struct sheet *s)
{
    size_t start = s->text.len;
    while (start > 0 && s->text.data[start - 1] != '\n')
        start--;
    return cols(s->text.data + start);
}

static void add_row(struct sheet *s, const struct lw_pay_row *row)
{
    char *name = lw_pay_row_name(row);
    lw_buf_str(&s->text, "  ");
    add_wrapped(s, name, 4, WHAT - 4);
    add_figures(s, row, used_cols(s));
    free(name);
}

static void add_sum(struct sheet *s, const char *what, const struct lw_amount *amount)
{
    char *text = lw_amount_format(amount, s->invoice->digits);
    char *both = lw_format("%s %s", text, s->invoice->currency);
    add_blanks(&s->text, LEFT);
    add_wrapped(s, what, LEFT, COLS - LEFT - 20);
    add_right(s, both, COLS - used_cols(s));
    end_line(s);
    free(text);
    free(both);
}

static void add_table(struct sheet *s)
{
    const struct lw_invoice *v = s->invoice;
    lw_buf_str(&s->text, "What");
    add_blanks(&s->text, WHAT + 1 - 4);
    add_columns(s, "Quantity", "Rate", "Amount");
    add_rule(s, 0);
    for (size_t i = 0; i < v->nlines; i++) {
        if (i == 0 || v->line[i]->sum.project != v->line[i - 1]->sum.project)
            add_text_line(s, "", v->work->project[v->line[i]->sum.project].names.title);
        add_row(s, v->line[i]);
    }
    add_rule(s, 0);
    add_sum(s, "Net", v->net);
    for (size_t i = 0; i < v->ntaxes; i++) {
        char *percent = lw_amount_format_short(v->tax[i].tax->percent, 0);
        char *what = lw_format("%s %s %%", v->tax[i].tax->name, percent);
        add_sum(s, what, v->tax[i].amount);
        free(percent);
        free(what);
    }
    add_rule(s, LEFT);
    add_sum(s, "Total", v->total);
}

static void add_foot(struct sheet *s)
{
    const struct lw_invoice *v = s->invoice;
    char **pay_to = v->rules->sender->pay_to;
    char *rounding = lw_pay_rounding_sentence(v->rules);
    char *reading = lw_format("Hours are hours:minutes:seconds. %s", rounding);
    end_line(s);
    add_text_line(s, "", reading);
    free(rounding);
    free(reading);
    for (size_t i = 0; pay_to && pay_to[i]; i++)
        add_text_line(s, i == 0 ? "Pay to: " : "        ", pay_to[i]);
    if (v->client->note)
        end_line(s);
    add_text_line(s, "", v->client->note);
}

/* ---- pages */

static void add_page_head(const struct sheet *s, size_t page, size_t pages, struct lw_buf *to)
{
    char *text = lw_format(
        "Invoice %s, page %zu of %zu", s->invoice->number ? s->invoice->number : "", page, pages);
    lw_buf_char(to, '\f');
    lw_clean(text, strlen(text), false, to);
    lw_buf_str(to, "\n\n");
    free(text);
}

void lw_invoice_write_text(const struct lw_invoice *v, struct lw_buf *to)
{
    struct sheet s = {.invoice = v};
    add_head(&s);
    add_table(&s);
    add_foot(&s);
    size_t pages = (s.lines + PAGE - 1) / PAGE;
    const char *line = s.text.data;
    for (size_t i = 0; i < s.lines; i++) {
        size_t n = strcspn(line, "\n") + 1;
        if (i > 0 && i % PAGE == 0)
            add_page_head(&s, i / PAGE + 1, pages, to);
        size_t end = n - 1;
        while (end > 0 && line[end - 1] == ' ')
            end--;
        lw_buf_add(to, line, end);
        lw_buf_char(to, '\n');
        line += n;
    }
    lw_buf_fini(&s.text);
}
