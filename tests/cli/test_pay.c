/* `pay` and `invoice`: whole outputs of a small journal against files in cli/pay, which LW_WRITE=1
 * writes again, to be read and committed; and each kind of bad input. That the amounts are right,
 * servers/test_pay.py computes on its own. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NOVEMBER "invoice work --month 2026-11 --number 2026-7 --date 2026-12-01"

static char *config; /* XDG_CONFIG_HOME=… of the working folder */

/* The project work/trial with its journal, and the user's rates. */
static int enter(void **state)
{
    static const char *env[] = {NULL, "TZ=UTC", NULL};
    if (run_enter(state) != 0)
        return -1;
    struct run *r = *state;
    char *here = getcwd(NULL, 0);
    config = lw_format("XDG_CONFIG_HOME=%s/config", here);
    env[0] = config;
    r->env = env;
    free(here);
    run_shell(r, 0,
        "from=\"%s/tests/cli/pay\"; umask 077; mkdir -p config/labelwright work/trial/journal && "
        "cp \"$from/pay.yaml\" config/labelwright/ && cp \"$from/project.yaml\" work/trial/ && "
        "cat \"$from/journal.jsonl\" >work/trial/journal/000001.jsonl && "
        "echo '{\"id\":\"a\",\"prompt\":\"?\"}' >work/trial/tasks.jsonl",
        getenv("LW_SOURCE"));
    return 0;
}

static int leave(void **state)
{
    free(config);
    return run_leave(state);
}

static void rules(const char *text)
{
    run_put("config/labelwright/pay.yaml", text);
}

/* What stdout has is what the file in cli/pay has. */
static void expect_file(const struct run *r, const char *name)
{
    char *path = lw_format("%s/tests/cli/pay/%s", getenv("LW_SOURCE"), name);
    if (getenv("LW_WRITE")) {
        FILE *f = fopen(path, "wb");
        assert_non_null(f);
        assert_int_equal(fwrite(r->out, 1, r->out_n, f), r->out_n);
        assert_int_equal(fclose(f), 0);
    }
    size_t n;
    char *want = run_get(path, &n);
    if (n != r->out_n || memcmp(want, r->out, n) != 0)
        fail_msg("not as %s says:\n%s", name, r->out);
    free(want);
    free(path);
}

static void pay_shows_each_line_with_its_arithmetic(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" pay work");
    expect_file(r, "pay.txt");
    run_says(r, "4 tasks fit no rate by the task and earn nothing by it.");
    run_shell(r, 0, "\"$LW\" pay work/trial --by day --since 2026-11-02 --until 2026-11-29");
    expect_file(r, "pay-days.txt");
    run_shell(r, 0, "\"$LW\" pay --csv work");
    expect_file(r, "pay.csv");
}

static void pay_has_the_promised_members_in_json(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" pay --json work");
    run_is_silent(r);
    json_t *o = json_loads(r->out, JSON_REJECT_DUPLICATES, NULL);
    static const char *const names[] = {
        "rows", "totals", "effective", "clients_claims", "time", "rounding", "rounded_at", "notes"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        assert_non_null(json_object_get(o, names[i]));
    assert_int_equal(json_object_size(o), sizeof names / sizeof *names);
    json_decref(o);
}

static void the_same_project_twice_counts_once(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" pay work/trial work work/./trial/ work/trial/project.yaml");
    expect_file(r, "pay.txt");
}

static void a_copy_of_a_journal_is_not_paid_again(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "cp -r work/trial work/backup");
    run_shell(r, 1, "\"$LW\" pay work");
    run_says(
        r, "the same work is not paid twice. Name one of them, or join them: labelwright merge");
    run_prints_none(r);
}

/* A folder of projects of which one was not begun. */
static void a_project_without_labels_earns_nothing(void **state)
{
    struct run *r = *state;
    run_project("work/new");
    run_shell(r, 0, "\"$LW\" pay work");
    run_prints(
        r, "Total                                                                 289.10 EUR");
    run_shell(r, 3, "\"$LW\" pay work/new");
    run_says(r, "No journal yet: nothing was labeled here.");
}

static void an_invoice_is_text_html_or_csv(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" " NOVEMBER);
    expect_file(r, "invoice.txt");
    run_says(r, "1 bonus or deduction without a project is not on the invoice.");
    run_shell(r, 0, "\"$LW\" " NOVEMBER " --format html");
    expect_file(r, "invoice.html");
    run_shell(r, 0, "\"$LW\" " NOVEMBER " --format csv");
    expect_file(r, "invoice.csv");
    run_shell(r, 0, "\"$LW\" " NOVEMBER " | wc -L");
    assert_true(atoi(r->out) <= 80);
}

/* The title, the note and the client have signs of HTML in them. */
static void html_runs_nothing_and_shows_foreign_text_as_it_is(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" " NOVEMBER " --format html");
    run_prints(r, "=Replies &lt;b&gt;&amp; &quot;tone&quot;&lt;/b&gt; in català");
    run_prints(r, "Bonus: Quality of &lt;November&gt;");
    run_prints(r, "Straße 5 &lt;hinten&gt;");
    run_prints(r, "default-src 'none'");
    assert_null(strstr(r->out, "<script"));
    assert_null(strstr(r->out, "http://"));
    assert_null(strstr(r->out, "https://"));
    assert_null(strstr(r->out, "<b>"));
}

static void an_invoice_goes_to_a_file_that_is_nobody_elses(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" " NOVEMBER " -o november.txt && \"$LW\" " NOVEMBER " -o november.txt");
    run_prints_none(r);
    run_shell(r, 0, "cat november.txt");
    expect_file(r, "invoice.txt");
    run_put("mine.txt", "mine");
    run_shell(r, 3, "\"$LW\" " NOVEMBER " -o mine.txt");
    run_says(r, "mine.txt");
    run_shell(r, 3, "\"$LW\" " NOVEMBER " --force -o work/trial/tasks.jsonl");
    run_shell(r, 3, "\"$LW\" " NOVEMBER " --force -o work/trial/journal/invoice.txt");
    run_shell(r, 3, "\"$LW\" " NOVEMBER " >>work/trial/tasks.jsonl");
    run_shell(r, 0, "cat work/trial/tasks.jsonl mine.txt");
    assert_string_equal(r->out, "{\"id\":\"a\",\"prompt\":\"?\"}\nmine");
}

/* The second project's inputs are as safe as the first one's. */
static void no_project_of_several_is_written_over(void **state)
{
    struct run *r = *state;
    run_project("work/zebra");
    run_shell(r, 3, "\"$LW\" " NOVEMBER " --force -o work/zebra/tasks.jsonl");
    run_says(r, "work/zebra/tasks.jsonl");
}

static void many_lines_go_on_the_next_page(void **state)
{
    struct run *r = *state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "currency: EUR\nbonuses:\n");
    for (int i = 0; i < 70; i++)
        lw_buf_fmt(
            &b, "  - {date: 2026-11-30, amount: %d, projects: trial, note: Number %d}\n", i + 1, i);
    lw_buf_str(
        &b, "rates: [{per: hour, rate: 1}]\ninvoice: {from: {name: Ana}, to: [{name: Client}]}\n");
    rules(b.data);
    lw_buf_fini(&b);
    run_shell(r, 0, "\"$LW\" " NOVEMBER);
    run_prints(r, "\fInvoice 2026-7, page 2 of 2\n");
    run_prints(r, "Number 69");
}

static void what_the_manual_shows_works(void **state)
{
    struct run *r = *state;
    run_shell(r, 0,
        "sed -n '/^.Sh PAY/,/^.Ed/p' \"%s/src/cli/manual/labelwright-config.5.in\" | sed -n "
        "'/^.Bd/,/^.Ed/p' | "
        "grep -v '^[.]' >config/labelwright/pay.yaml && \"$LW\" " NOVEMBER,
        getenv("LW_SOURCE"));
    run_prints(r, "Labels GmbH\n10115 Berlin\n");
    run_prints(r, "Due:    2026-12-31\n");
    run_prints(r, "Pay to: IBAN ES91 2100 0418 4502 0005 1332\n");
}

/* ---- the client's claim */

static void without_rates_the_claim_counts_and_is_called_so(void **state)
{
    struct run *r = *state;
    unlink("config/labelwright/pay.yaml");
    run_shell(r, 0, "\"$LW\" pay work");
    run_says(r, "You have no rates yet: ");
    run_says(r, "Until then, what the client claims to pay counts.");
    run_prints(r, "  by the hour, client's claim");
    run_prints(r, "What project.yaml says, the client's claim");
    run_shell(r, 1, "\"$LW\" " NOVEMBER);
    run_says(r, "does not say who sends invoices");
    rules("invoice: {from: {name: Ana}, to: [{name: Client}]}\n");
    run_shell(r, 1, "\"$LW\" " NOVEMBER);
    run_says(r, "and the client's claim is none. If you agree with it, add to ");
    run_says(r, "- {per: hour, rate: \"15.00\", currency: EUR, projects: \"trial\"}");
    run_prints_none(r);
}

/* ---- bad input */

static void options_that_make_no_sense_are_refused(void **state)
{
    static const struct {
        const char *words, *says;
    } bad[] = {
        {"pay work --by year", "--by takes day, week, month or project, not \"year\"."},
        {"pay work --since yesterday", "--since takes a day"},
        {"pay work --until 2026-02-30", "--until takes a day"},
        {"pay work --since 2026-11-02 --until 2026-11-01", "no day is left"},
        {"pay work --month 11", "--month takes a month"},
        {"pay", "Give a project folder"},
        {"pay work --format csv", "pay has no option --format"},
        {"invoice work",
            "Which days are to be paid? Give --month 2026-11, or --since and --until."},
        {"invoice work --since 2026-11-01", "Which days are to be paid?"},
        {"invoice work --month November",
            "--month takes a month, such as 2026-11, not \"November\"."},
        {"invoice work --month 2026-11 --since 2026-11-01", "not both"},
        {"invoice work --month 2026-11 --format pdf",
            "the formats text, html and csv, not \"pdf\"."},
        {"invoice work --month 2026-11 --date today", "--date takes a day"},
    };
    struct run *r = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        run_shell(r, 2, "\"$LW\" %s", bad[i].words);
        run_says(r, bad[i].says);
        run_prints_none(r);
    }
}

static void mistakes_of_pay_yaml_are_told_with_their_place(void **state)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"rates: [{per: hour, rate: 17}]\n", "pay.yaml:1:9: in which currency?"},
        {"currency: EUR\nrate: []\n",
            "pay.yaml:2:1: unknown key \"rate\". Did you mean \"rates\"?"},
        {"currency: EUR\nrates: [{per: hour, rate: 1}, {per: hour, rate: 2}]\n",
            "pay.yaml:2:31: this rate and the one in line 2 both hold for all projects."},
        {"currency: EUR\nrates:\n  - {per: hour, rate: 1, projects: trial}\n"
         "  - {per: hour, rate: 2, projects: abababababababababababababababab}\n",
            "pay.yaml:4:5: on 2026-10-30 this rate and the one in line 3 both pay"},
        {"currency: EUR\nrates: [{per: task, rate: 1, when: tone is warm, projects: trial}]\n",
            "pay.yaml:2:9: \"tone is warm\" does not fit"},
        {"a: [\n", "pay.yaml:2:1:"},
    };
    struct run *r = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        rules(bad[i].text);
        run_shell(r, 1, "\"$LW\" pay work");
        run_says(r, bad[i].says);
        run_prints_none(r);
    }
}

static void what_cannot_be_billed_says_why(void **state)
{
    static const struct {
        const char *text, *says;
    } bad[] = {
        {"currency: EUR\nrates: [{per: hour, rate: 17}]\n",
            "does not say who sends invoices, and to whom."},
        {"currency: EUR\nrates: [{per: hour, rate: 17}]\n"
         "invoice: {from: {name: A}, to: [{name: B, projects: other}]}\n",
            "names no client for \"=Replies"},
        {"currency: EUR\nrates: [{per: hour, rate: 17}]\n"
         "invoice: {from: {name: A}, to: [{name: B}, {name: C}]}\n",
            "\"B\" and \"C\" are both the client of"},
        {"currency: EUR\nrates: [{per: hour, rate: 17}, {per: task, rate: 1, currency: USD}]\n"
         "invoice: {from: {name: A}, to: [{name: B}]}\n",
            "Earned in EUR and in USD: make one invoice for each"},
        {"currency: EUR\nrates: [{per: hour, rate: 17, to: 2026-10-31}]\n"
         "invoice: {from: {name: A}, to: [{name: B}]}\n",
            "Nothing was earned from 2026-11-01 to 2026-11-30: there is no invoice."},
    };
    struct run *r = *state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        rules(bad[i].text);
        run_shell(r, 1, "\"$LW\" " NOVEMBER " -o out.txt");
        run_says(r, bad[i].says);
        assert_false(run_has("out.txt"));
    }
}

static void a_path_that_is_nothing_is_told(void **state)
{
    struct run *r = *state;
    run_shell(r, 3, "\"$LW\" pay nowhere");
    run_says(r, "nowhere");
    run_shell(r, 0, "mkdir empty");
    run_shell(r, 1, "\"$LW\" pay empty || test $? -ne 0 && exit 1");
    run_says(r, "project.yaml");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, enter, leave)
    const struct CMUnitTest tests[] = {
        TEST(pay_shows_each_line_with_its_arithmetic),
        TEST(pay_has_the_promised_members_in_json),
        TEST(the_same_project_twice_counts_once),
        TEST(a_copy_of_a_journal_is_not_paid_again),
        TEST(a_project_without_labels_earns_nothing),
        TEST(an_invoice_is_text_html_or_csv),
        TEST(html_runs_nothing_and_shows_foreign_text_as_it_is),
        TEST(an_invoice_goes_to_a_file_that_is_nobody_elses),
        TEST(no_project_of_several_is_written_over),
        TEST(many_lines_go_on_the_next_page),
        TEST(what_the_manual_shows_works),
        TEST(without_rates_the_claim_counts_and_is_called_so),
        TEST(options_that_make_no_sense_are_refused),
        TEST(mistakes_of_pay_yaml_are_told_with_their_place),
        TEST(what_cannot_be_billed_says_why),
        TEST(a_path_that_is_nothing_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
