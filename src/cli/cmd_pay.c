/* `labelwright pay`: what was earned, line by line with its arithmetic, the hourly rate that
 * remains, and what the client's claim would have come to. All of it is computed in pay/. */
#define _GNU_SOURCE
#include "cli/pay_books_internal.h"

#include "labelwright/base/date.h"
#include "labelwright/pay/invoice.h"
#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLS = 80 };

static const char *const bys[] = {
#define X(id, name) name,
    LW_PAY_BYS(X)
#undef X
        NULL};

static const char *title_of(const struct lw_cli_pay *p, size_t project)
{
    return project == LW_NO_PROJECT ? "all projects" : p->work->project[project].names.title;
}

/* "2026-11-05", "2026-11" for a whole month, "2026-11-02 to 2026-11-08"; "" for everything. New. */
static char *describe_days(int32_t from, int32_t to)
{
    char first[LW_DATE_MAX], last[LW_DATE_MAX];
    lw_date_format(from, first);
    lw_date_format(to, last);
    if (from == LW_DAY_FIRST && to == LW_DAY_LAST)
        return lw_strdup("");
    if (from == LW_DAY_FIRST)
        return lw_format("to %s", last);
    if (to == LW_DAY_LAST)
        return lw_format("from %s", first);
    if (from == to)
        return lw_strdup(first);
    if (from == lw_date_month(from) && to == lw_date_next_month(from) - 1)
        return lw_format("%.7s", first);
    return lw_format("%s to %s", first, last);
}

/* ---- text */

static char *clean(const char *s)
{
    struct lw_buf b = {0};
    lw_clean(s, strlen(s), false, &b);
    return lw_buf_detach(&b);
}

/* The right one at the edge of the screen, below the left one if both do not fit. Frees both. */
static void print_pair(char *left, char *right)
{
    char *l = clean(left), *r = clean(right);
    int used = lw_cols(l, strlen(l), -1), wants = lw_cols(r, strlen(r), -1);
    if (used + 2 + wants > COLS) {
        puts(l);
        used = 0;
        l[0] = '\0';
    }
    int gap = COLS - used - wants;
    printf("%s%*s%s\n", l, gap > 0 ? gap : 0, "", r);
    free(left);
    free(right);
    free(l);
    free(r);
}

static char *money(const struct lw_amount *a, int digits, const char *currency)
{
    char *text = lw_amount_format(a, digits);
    char *both = lw_format("%s %s", text, currency);
    free(text);
    return both;
}

static void print_heading(const struct lw_cli_pay *p, const struct lw_pay_row *row)
{
    char *days = describe_days(row->from, row->to);
    char *line = lw_format("%s%s%s", days, *days ? "  " : "", title_of(p, row->sum.project));
    lw_cli_print("", line);
    free(days);
    free(line);
}

static void print_rows(const struct lw_cli_pay *p)
{
    for (size_t i = 0; i < p->report.nrows; i++) {
        const struct lw_pay_row *row = &p->report.row[i], *before = i > 0 ? row - 1 : NULL;
        char *name = lw_pay_row_name(row), *formula = lw_pay_row_formula(&p->rules, row);
        char *amount = money(row->sum.amount, row->digits, row->sum.currency);
        bool other =
            !before || before->from != row->from || before->sum.project != row->sum.project;
        if (before && other)
            putchar('\n');
        if (other)
            print_heading(p, row);
        print_pair(lw_format("  %s", name), lw_format("%s = %s", formula, amount));
        free(name);
        free(formula);
        free(amount);
    }
}

static void print_totals(const struct lw_cli_pay *p)
{
    for (size_t i = 0; i < p->report.ntotals; i++) {
        const struct lw_pay_total *t = &p->report.total[i];
        if (i == 0)
            putchar('\n');
        print_pair(lw_strdup("Total"), money(t->amount, t->digits, t->currency));
    }
}

static void print_time(const char *what, int64_t ms)
{
    char *time = lw_hours_format(ms);
    printf("  %-28s %14s\n", what, time);
    free(time);
}

static void print_effective(const struct lw_effective_rate *f)
{
    if (!f->rate)
        return;
    char *earned = money(f->earned, f->digits, f->currency), *all = lw_hours_format(f->all_ms),
         *rate = money(f->rate, f->digits, f->currency);
    printf("\nBy all the time it took (%s)\n", f->currency);
    print_time("at the keys", f->active_ms);
    print_time("at the keys, guidelines open", f->guidelines_ms);
    print_time("idle, not in a break", f->idle_ms);
    if (f->twice_ms > 0)
        print_time("less what two projects count", -f->twice_ms);
    print_time("together", f->all_ms);
    if (f->refused > 0) {
        char *time = lw_hours_format(f->refused_ms);
        printf("  %s of it on %zu refused label%s\n", time, f->refused, f->refused == 1 ? "" : "s");
        free(time);
    }
    printf("  %s / %s = %s an hour\n", earned, all, rate);
    free(earned);
    free(all);
    free(rate);
}

static void print_difference(const struct lw_claim_check *c)
{
    if (!c->earned)
        return;
    struct lw_amount *more = lw_amount_copy(c->earned);
    lw_amount_subtract(more, c->claimed);
    int sign = lw_amount_sign(more);
    if (sign < 0)
        lw_amount_scale(more, -1, 1);
    char *earned = money(c->earned, c->digits, c->currency),
         *difference = money(more, c->digits, c->currency);
    print_pair(lw_strdup("    by your rates"),
        lw_format("%s: %s%s", earned, sign ? difference : "the same",
            sign > 0   ? " more"
            : sign < 0 ? " less"
                       : ""));
    lw_amount_free(more);
    free(earned);
    free(difference);
}

static void print_claims(const struct lw_cli_pay *p)
{
    if (p->report.nclaims > 0)
        puts("\nWhat project.yaml says, the client's claim");
    for (size_t i = 0; i < p->report.nclaims; i++) {
        const struct lw_claim_check *c = &p->report.claim[i];
        char *rate = lw_amount_format_short(c->rate, c->digits),
             *claimed = money(c->claimed, c->digits, c->currency),
             *quantity = c->per_task ? lw_format("%" PRId64 " task%s", c->quantity,
                                           c->quantity == 1 ? "" : "s")
                                     : lw_hours_format(c->quantity);
        print_pair(lw_format("  %s", title_of(p, c->project)),
            lw_format(
                "%s%s × %s = %s", quantity, c->per_task ? "" : " at the keys", rate, claimed));
        print_difference(c);
        free(rate);
        free(claimed);
        free(quantity);
    }
}

static void print_text(const struct lw_cli_pay *p)
{
    char *days = describe_days(p->range.from, p->range.to);
    char *rounding = lw_pay_rounding_sentence(&p->rules);
    if (p->report.nrows == 0)
        printf("Nothing earned%s%s.\n", *days ? " " : "", days);
    print_rows(p);
    print_totals(p);
    if (p->report.nrows > 0)
        printf("\nPaid time: %s.\n%s\n", lw_paid_time_words(p->rules.time), rounding);
    for (size_t i = 0; i < p->report.neffective; i++)
        print_effective(&p->report.effective[i]);
    print_claims(p);
    free(days);
    free(rounding);
}

/* ---- CSV */

/* Frees the text, which is ours. */
static void add_own(struct lw_buf *to, char *text)
{
    lw_buf_fmt(to, ",%s", text);
    free(text);
}

static void add_csv(const struct lw_cli_pay *p, const struct lw_pay_row *row, struct lw_buf *to)
{
    char from[LW_DATE_MAX], until[LW_DATE_MAX];
    char *name = lw_pay_row_name(row), *formula = lw_pay_row_formula(&p->rules, row);
    const struct lw_earning *e = &row->sum;
    bool hours = e->rate && !e->rate->per_task;
    lw_date_format(row->from, from);
    lw_date_format(row->to, until);
    lw_buf_fmt(
        to, "%s,%s,", row->from == LW_DAY_FIRST ? "" : from, row->to == LW_DAY_LAST ? "" : until);
    lw_pay_csv_text(to, e->project == LW_NO_PROJECT ? "" : title_of(p, e->project));
    lw_buf_char(to, ',');
    lw_pay_csv_text(to, name);
    add_own(to, hours ? lw_hours_format(e->quantity) : lw_format("%" PRId64, e->quantity));
    lw_buf_str(to, !e->rate ? ",times" : hours ? ",hours" : ",tasks");
    add_own(to, hours ? lw_hours_format(e->worked_ms) : lw_strdup(""));
    add_own(to, lw_pay_row_rate(row));
    add_own(to, e->overtime ? lw_amount_format_short(e->overtime->factor, 0) : lw_strdup("1"));
    add_own(to, lw_amount_format(e->amount, row->digits));
    lw_buf_fmt(to, ",%s,%s,", e->currency, e->claim ? "yes" : "no");
    lw_pay_csv_text(to, formula);
    lw_buf_str(to, "\r\n");
    free(name);
    free(formula);
}

static void print_csv(const struct lw_cli_pay *p)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, "from,to,project,what,quantity,unit,worked,rate,factor,amount,currency,"
                   "clients_claim,computed\r\n");
    for (size_t i = 0; i < p->report.nrows; i++)
        add_csv(p, &p->report.row[i], &b);
    fwrite(b.data, 1, b.len, stdout);
    lw_buf_fini(&b);
}

/* ---- JSON */

/* Frees the text. */
static void set_text(json_t *o, const char *key, char *text)
{
    json_object_set_new(o, key, text ? json_string(text) : json_null());
    free(text);
}

static void set_day(json_t *o, const char *key, int32_t day)
{
    char date[LW_DATE_MAX];
    lw_date_format(day, date);
    bool open = day == LW_DAY_FIRST || day == LW_DAY_LAST;
    json_object_set_new(o, key, open ? json_null() : json_string(date));
}

static json_t *row_json(const struct lw_cli_pay *p, const struct lw_pay_row *row)
{
    const struct lw_earning *e = &row->sum;
    bool hours = e->rate && !e->rate->per_task;
    json_t *o = json_object();
    set_day(o, "from", row->from);
    set_day(o, "to", row->to);
    json_object_set_new(o, "project",
        e->project == LW_NO_PROJECT ? json_null() : json_string(title_of(p, e->project)));
    set_text(o, "what", lw_pay_row_name(row));
    json_object_set_new(o,
        hours     ? "billed_ms"
        : e->rate ? "tasks"
                  : "times",
        json_integer((json_int_t)e->quantity));
    if (hours)
        json_object_set_new(o, "worked_ms", json_integer((json_int_t)e->worked_ms));
    set_text(o, "rate", lw_pay_row_rate(row));
    set_text(
        o, "factor", e->overtime ? lw_amount_format_short(e->overtime->factor, 0) : lw_strdup("1"));
    set_text(o, "amount", lw_amount_format(e->amount, row->digits));
    json_object_set_new(o, "currency", json_string(e->currency));
    json_object_set_new(o, "clients_claim", json_boolean(e->claim));
    set_text(o, "computed", lw_pay_row_formula(&p->rules, row));
    return o;
}

static json_t *effective_json(const struct lw_effective_rate *f)
{
    json_t *o = json_pack("{s:s,s:I,s:I,s:I,s:I,s:I,s:I,s:I}", "currency", f->currency, "active_ms",
        (json_int_t)f->active_ms, "guidelines_ms", (json_int_t)f->guidelines_ms, "idle_ms",
        (json_int_t)f->idle_ms, "twice_ms", (json_int_t)f->twice_ms, "all_ms",
        (json_int_t)f->all_ms, "refused", (json_int_t)f->refused, "refused_ms",
        (json_int_t)f->refused_ms);
    set_text(o, "earned", lw_amount_format(f->earned, f->digits));
    set_text(o, "an_hour", f->rate ? lw_amount_format(f->rate, f->digits) : NULL);
    return o;
}

static json_t *claim_json(const struct lw_cli_pay *p, const struct lw_claim_check *c)
{
    json_t *o = json_pack("{s:s,s:s,s:s,s:I}", "project", title_of(p, c->project), "currency",
        c->currency, "per", c->per_task ? "task" : "hour", c->per_task ? "tasks" : "worked_ms",
        (json_int_t)c->quantity);
    set_text(o, "rate", lw_amount_format_short(c->rate, c->digits));
    set_text(o, "claimed", lw_amount_format(c->claimed, c->digits));
    set_text(o, "by_your_rates", c->earned ? lw_amount_format(c->earned, c->digits) : NULL);
    return o;
}

static json_t *totals_json(const struct lw_pay_report *r)
{
    json_t *totals = json_array();
    for (size_t i = 0; i < r->ntotals; i++) {
        json_t *o = json_pack("{s:s}", "currency", r->total[i].currency);
        set_text(o, "amount", lw_amount_format(r->total[i].amount, r->total[i].digits));
        json_array_append_new(totals, o);
    }
    return totals;
}

static json_t *notes_json(const struct lw_cli_pay *p)
{
    size_t n = lw_cli_pay_notes(p, NULL);
    const char **note = lw_alloc((n + 1) * sizeof *note);
    json_t *notes = json_array();
    lw_cli_pay_notes(p, note);
    for (size_t i = 0; i < n; i++)
        json_array_append_new(notes, json_string(note[i]));
    free(note);
    return notes;
}

static void print_json(const struct lw_cli_pay *p)
{
    json_t *rows = json_array(), *effective = json_array(), *claims = json_array();
    for (size_t i = 0; i < p->report.nrows; i++)
        json_array_append_new(rows, row_json(p, &p->report.row[i]));
    for (size_t i = 0; i < p->report.neffective; i++)
        json_array_append_new(effective, effective_json(&p->report.effective[i]));
    for (size_t i = 0; i < p->report.nclaims; i++)
        json_array_append_new(claims, claim_json(p, &p->report.claim[i]));
    lw_cli_print_json(json_pack("{s:o,s:o,s:o,s:o,s:s,s:s,s:s,s:o}", "rows", rows, "totals",
        totals_json(&p->report), "effective", effective, "clients_claims", claims, "time",
        lw_paid_time_name(p->rules.time), "rounding", lw_money_rounding_name(p->rules.rounding),
        "rounded_at", p->rules.round_at == LW_ROUND_AT_DAY ? "day" : "line", "notes",
        notes_json(p)));
}

/* ---- the command */

static bool parse_by(const struct lw_cli *c, enum lw_pay_by *by)
{
    const char *word = c->value[LW_OPT_BY];
    for (int i = 0; word && i < LW_PAY_BY_COUNT; i++)
        if (strcmp(bys[i], word) == 0) {
            *by = (enum lw_pay_by)i;
            return true;
        }
    if (word)
        lw_cli_warn("--by takes day, week, month or project, not \"%s\".", word);
    return !word;
}

static void warn_missing(const struct lw_cli_pay *p)
{
    if (p->rules.missing)
        lw_cli_warn("You have no rates yet: %s does not exist. Write there, for example:  rates: "
                    "[{per: hour, rate: \"17.00\", currency: EUR}]",
            p->rules.file);
    if (p->rules.missing && p->report.nclaims > 0)
        lw_cli_warn("Until then, what the client claims to pay counts.");
}

int lw_cmd_pay(struct lw_cli *c)
{
    enum lw_pay_by by = LW_PAY_BY_MONTH;
    struct lw_cli_pay p = {0};
    int status = parse_by(c, &by) && lw_cli_days(c, &p.range.from, &p.range.to)
                     ? 0
                     : lw_exit_status(LW_EUSAGE);
    if (status == 0)
        status = lw_cli_pay_open(c, by, &p);
    if (status == 0) {
        warn_missing(&p);
        if (!c->value[LW_OPT_JSON])
            lw_cli_pay_warn(&p);
        (c->value[LW_OPT_JSON] ? print_json : c->value[LW_OPT_CSV] ? print_csv : print_text)(&p);
        status = lw_pay_books_are_damaged(p.books) ? lw_exit_status(LW_EBAD) : 0;
    }
    lw_cli_pay_close(&p);
    return status;
}
