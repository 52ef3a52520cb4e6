/* Where formulas are in a text, and what only looks like one. */
#define _GNU_SOURCE
#include "fixtures/math_properties.h"
#include "fixtures/shared_data.h"

/* The formulas of a text, D before those in display, with | between them. */
static void list(const char *s, struct lw_buf *to)
{
    struct lw_formula f;
    lw_buf_clear(to);
    lw_buf_add(to, "", 0);
    for (size_t from = 0; lw_math_find(s, strlen(s), from, &f); from = f.at + f.len) {
        if (to->len > 0)
            lw_buf_str(to, " | ");
        if (f.display)
            lw_buf_str(to, "D ");
        lw_buf_add(to, s + f.body, f.nbody);
    }
}

struct find_case {
    const char *text, *formulas;
};

static void hold_cases(const struct find_case *cases, size_t n)
{
    struct lw_buf found = {0};
    size_t wrong = 0;
    for (size_t i = 0; i < n; i++) {
        list(cases[i].text, &found);
        if (strcmp(found.data, cases[i].formulas) == 0)
            continue;
        wrong++;
        print_error("in %s\nfound  %s\nwanted %s\n", cases[i].text, found.data, cases[i].formulas);
    }
    lw_buf_fini(&found);
    assert_int_equal(wrong, 0);
}

#define HOLD_CASES(cases) hold_cases(cases, sizeof(cases) / sizeof *(cases))

static void finds_formulas(void **state)
{
    (void)state;
    static const struct find_case cases[] = {
        {"Let $x$ be.", "x"},
        {"$x$", "x"},
        {"is ($x^2$), and $y$.", "x^2 | y"},
        {"**$x$** and _$y$_", "x | y"},
        {"the $n$th and $k$s", "n | k"},
        {"a $45^\\circ$ angle, 45$^\\circ$, H$_2$O", "45^\\circ | ^\\circ | _2"},
        {"5$\\mu$m", "\\mu"},
        {"so $6$ times, $5$, $-1$", "6 | 5 | -1"},
        {"$a = b$ and $100 < 200$", "a = b | 100 < 200"},
        {"$\\text{total cost} = \\$5$", "\\text{total cost} = \\$5"},
        {"$a$,$b$", "a | b"},
        {"Trị số $x$là", ""},
        {"số$x$", "x"},
        {"$a\nb$", "a\nb"},
        {"$$x$$", "D x"},
        {"$$\nx\n$$", "D \nx\n"},
        {"- $$x$$ and $y$", "D x | y"},
        {"> $$\n> x\n> $$", "D \n> x\n> "},
        {"\\(x\\) and \\[y = 1\\]", "x | D y = 1"},
        {"\\[ x \\]", "D  x "},
        {"\\[\nx\n\\]", "D \nx\n"},
        {"a \\begin{align*} x \\end{align*} b", "D  x "},
        {"\\begin{pmatrix} \\begin{pmatrix} 1 \\end{pmatrix} \\end{pmatrix}",
            "D  \\begin{pmatrix} 1 \\end{pmatrix} "},
        {"$$\\begin{aligned} x \\end{aligned}$$", "D \\begin{aligned} x \\end{aligned}"},
        {"${2^n \\choose 2}$", "{2^n \\choose 2}"},
        {"$x_1 ... x_n$", "x_1 ... x_n"},
        {"$\\text{if $x$} y$ and $z$", "\\text{if $x$} y | z"},
        {"${ $x$", "x"},
        {"$P(\\text{first round of the games})$", "P(\\text{first round of the games})"},
    };
    HOLD_CASES(cases);
}

static void prices_are_no_formulas(void **state)
{
    (void)state;
    static const struct find_case cases[] = {
        {"$5 and $6", ""},
        {"$20-$30", ""},
        {"costs $5, or $x", ""},
        {"US$5 or US$6", ""},
        {"from US$ to CA$", ""},
        {"between 5$ and 10$", ""},
        {"$5 (about 4 euro) or 5$.", ""},
        {"pays $1.50/kg, then $2", ""},
        {"of 3*4=$<<3*4=12>>12 and $<<1+1=2>>2", ""},
        {"for $10*5=$<<10*5=50>>50", ""},
        {"= $$<<16+27=43.00>>43.00", ""},
        {"$10 a day\nfor 20$ more", ""},
        {"$5 million$", ""},
        {"the $AAPL stock and the MSFT$ stock", ""},
        {"\\$5 and x\\$", ""},
        {"\\$5 costs $x$", "x"},
        {"it is $5, so $x = 5$", "x = 5"},
        {"$100 USD$", ""},
        {"$ 5 $", ""},
        {"$$$", ""},
        {"$$ $$", ""},
        {"$", ""},
        {"", ""},
    };
    HOLD_CASES(cases);
}

static void programs_are_no_formulas(void **state)
{
    (void)state;
    static const struct find_case cases[] = {
        {"$HOME/bin:$PATH", ""},
        {"export A=$B:$C", ""},
        {"${HOME}/${USER}", ""},
        {"${ab}$", ""},
        {"$(ls)/$(pwd)", ""},
        {"$('#id').hide(); $('.x')", ""},
        {"$(this).val()$", ""},
        {"$a = $b;", ""},
        {"f($a, $b)", ""},
        {"$a,$b", ""},
        {"$_SESSION['a'] = $user", ""},
        {"set x $var; puts $x", ""},
        {"output$scatterPlot <- renderPlot(x)$value", ""},
        {"awk '{print $1}' | sed 's#[^.]*$##'", ""},
        {"A$Worker.run(B$Worker)", ""},
        {"find (\\(x, y) -> x + y == target) pairs", ""},
        {"matrix\\(0\\.998638,0\\)", ""},
        {"\\[1\\] and \\[see the note below\\]", ""},
        {"\\[a\\](http://x)", ""},
        {"\\begin{itemize} \\item x \\end{itemize}", ""},
        {"\\begin{align} x", ""},
        {"\\\\(x\\\\)", ""},
    };
    HOLD_CASES(cases);
}

static void code_is_no_formula(void **state)
{
    (void)state;
    static const struct find_case cases[] = {
        {"`$x$` and $y$", "y"},
        {"``$x$ ` $z$`` $y$", "y"},
        {"` $x$", "x"},
        {"`a\n\n$x$`", "x"},
        {"\\` $x$ `", "x"},
        {"```\n$x$\n```\n$y$", "y"},
        {"```tex\n$x$\n", ""},
        {"~~~\n$x$\n```\n$z$\n~~~~\n$y$", "y"},
        {"- ```\n  $x$\n  ```\n$y$", "y"},
        {"> ```\n> $x$\n> ```\n> $y$", "y"},
        {"a ```$x$``` $y$", "y"},
        {"````\n```\n$x$\n````\n$y$", "y"},
        {"```\n```\n```\n$x$\n```\n", ""},
    };
    HOLD_CASES(cases);
}

static void ends_with_the_paragraph(void **state)
{
    (void)state;
    static const struct find_case cases[] = {
        {"$x\n\ny$", ""},
        {"$$x\n \ny$$", ""},
        {"\\[x\n\ny\\]", ""},
        {"> $x\n>\n> y$", ""},
        {"\\begin{align} x\n\n\\end{align}", ""},
        {"$x and\n\nthen $y$", "y"},
        {"\\( x \\( y \\)", " y "},
    };
    HOLD_CASES(cases);
}

/* A million bytes of what could begin something. */
static void takes_its_time_once(void **state)
{
    (void)state;
    static const char *const pieces[] = {"$a ", "$$a", "\\[ ", "\\( ", "\\begin{align}", "`a ``b ",
        "${ ", "```\n", "\\[\\(", "$\\{", "$a$", "\\begin{cases}\\begin{align}", "~~~ a\n", "`"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct lw_buf b = {0};
        while (b.len < 1000000)
            lw_buf_str(&b, pieces[i]);
        struct lw_formula f;
        for (size_t from = 0; lw_math_find(b.data, b.len, from, &f);)
            from = f.at + f.len;
        lw_buf_fini(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_formulas),
        cmocka_unit_test(prices_are_no_formulas),
        cmocka_unit_test(programs_are_no_formulas),
        cmocka_unit_test(code_is_no_formula),
        cmocka_unit_test(ends_with_the_paragraph),
        cmocka_unit_test(takes_its_time_once),
    };
    lw_locale_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
