/* What formulas look like: each block of math_layout.txt is a formula and its rows. And that
 * nothing of any formula in the shared texts is lost. */
#define _GNU_SOURCE
#include "fixtures/math_properties.h"
#include "fixtures/shared_data.h"

#include "markup/math_tree_internal.h"

#include <jansson.h>

/* ---- blocks of formulas and rows */

/* "$$40 source": in display, in 40 columns; "$ source": in a row. */
static struct lw_formula formula_of(const char *line, size_t n, int *cols)
{
    struct lw_formula f = {0};
    size_t at = 1;
    f.display = line[at] == '$';
    at += f.display;
    *cols = line[at] == ' ' ? 80 : atoi(line + at);
    at = (size_t)((const char *)memchr(line, ' ', n) - line) + 1;
    f.at = f.body = at;
    f.len = f.nbody = n - at;
    return f;
}

static void trim(struct lw_buf *b)
{
    while (b->len > 0 && b->data[b->len - 1] == ' ')
        b->len--;
}

/* The rows as they stand in the file: > before the one on the line, | before the others. */
static void draw(const struct lw_math_rows *rows, struct lw_buf *to)
{
    for (size_t row = 0; row < rows->nrows; row++) {
        lw_buf_str(to, row == rows->middle ? "> " : "| ");
        for (size_t k = rows->first[row]; k < rows->first[row + 1]; k++)
            lw_buf_add(to, rows->run[k].s, rows->run[k].n);
        trim(to);
        lw_buf_char(to, '\n');
    }
    if (rows->why)
        lw_buf_fmt(to, "! it %s\n", rows->why);
}

static size_t block_end(const char *s, size_t n, size_t at)
{
    while (at < n && s[at] != '$' && s[at] != '#') {
        const char *end = memchr(s + at, '\n', n - at);
        at = end ? (size_t)(end - s) + 1 : n;
    }
    return at;
}

static void formulas_look_as_they_should(void **state)
{
    (void)state;
    char path[4096];
    size_t n = 0, cases = 0, wrong = 0;
    snprintf(path, sizeof path, "%s/tests/unit/math_layout.txt", getenv("LW_SOURCE"));
    char *s = file_bytes(path, &n);
    assert_non_null(s);
    struct lw_math_rows rows = {0};
    struct lw_buf shown = {0};
    for (size_t at = 0, end; at < n; at = end) {
        size_t line = (size_t)((char *)memchr(s + at, '\n', n - at) - s);
        end = block_end(s, n, line + 1);
        if (s[at] == '#')
            continue;
        int cols;
        struct lw_formula f = formula_of(s + at, line - at, &cols);
        if (hold_math_layout(&rows, s + at, &f, cols) && !strstr(s + at + f.at, "\\begin"))
            hold_math_letters(&rows, s + at, f.at, f.at + f.len);
        lw_buf_clear(&shown);
        draw(&rows, &shown);
        cases++;
        if (shown.len == end - line - 1 && memcmp(shown.data, s + line + 1, shown.len) == 0)
            continue;
        wrong++;
        print_error("%.*s\n%sbut should be\n%.*s", (int)(line - at), s + at, shown.data,
            (int)(end - line - 1), s + line + 1);
    }
    lw_buf_fini(&shown);
    lw_math_rows_fini(&rows);
    free(s);
    assert_true(cases > 80);
    assert_int_equal(wrong, 0);
}

/* ---- runs and their bytes */

static void lay_out(struct lw_math_rows *rows, const char *s, bool display)
{
    struct lw_formula f = {.len = strlen(s), .nbody = strlen(s), .display = display};
    assert_true(lw_math_layout(rows, s, &f, 80));
}

/* The bytes of the first run that shows this. */
static const struct lw_run *run_of(const struct lw_math_rows *rows, const char *shown)
{
    for (size_t k = 0; k < rows->nruns; k++) {
        if (rows->run[k].n == strlen(shown) && memcmp(rows->run[k].s, shown, rows->run[k].n) == 0)
            return &rows->run[k];
    }
    fail_msg("no run shows %s", shown);
    return NULL;
}

static void runs_know_their_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *source, *shown, *bytes;
        bool exact;
    } cases[] = {
        {"a \\alpha", "α", "\\alpha", false},
        {"xyz + 12", "xyz", "xyz", true},
        {"xyz + 12", "12", "12", true},
        {"a - b", "−", "-", false},
        {"\\frac{a}{b}", "─", "\\frac{a}{b}", false},
        {"\\frac{a}{b}", "b", "b", true},
        {"x^{n}", "ⁿ", "n", false},
        {"\\hat{x}", "x̂", "\\hat{x}", false},
        {"\\mathbb R", "ℝ", "R", false},
        {"\\text{if so}", "if so", "if so", true},
        {"\\sqrt{x}", "√", "\\sqrt", false},
        {"\\left( x \\right)", ")", "\\right)", false},
        {"e^{\\pi}", "π", "\\pi", false},
        {"\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "⎛", "\\begin{pmatrix}", false},
        {"\\begin{pmatrix} 1 \\\\ 2 \\end{pmatrix}", "⎞", "\\end{pmatrix}", false},
    };
    struct lw_math_rows rows = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        lay_out(&rows, cases[i].source, true);
        const struct lw_run *run = run_of(&rows, cases[i].shown);
        assert_int_equal(run->len, strlen(cases[i].bytes));
        assert_memory_equal(cases[i].source + run->at, cases[i].bytes, run->len);
        assert_int_equal(run->exact, cases[i].exact);
    }
    lw_math_rows_fini(&rows);
}

static void signs_of_ours_stand_for_no_byte(void **state)
{
    (void)state;
    struct lw_math_rows rows = {0};
    lay_out(&rows, "\\frac{a+b}{c}", false);
    assert_int_equal(run_of(&rows, "(")->len, 0);
    assert_int_equal(run_of(&rows, ")")->len, 0);
    assert_int_equal(run_of(&rows, " ")->len, 0);
    lw_math_rows_fini(&rows);
}

static void emphasis_and_remarks_have_their_style(void **state)
{
    (void)state;
    struct lw_math_rows rows = {0};
    lay_out(&rows, "\\mathbf{v} \\cancel{c} \\tag{1}", true);
    assert_int_equal(run_of(&rows, "v")->emph, LW_EMPH_STRONG);
    assert_int_equal(run_of(&rows, "c")->emph, LW_EMPH_STRUCK);
    assert_int_equal(run_of(&rows, "1")->style, LW_STYLE_REMARK);
    lay_out(&rows, "x % why\n+ y", true);
    assert_int_equal(run_of(&rows, "% why")->style, LW_STYLE_COMMENT);
    lw_math_rows_fini(&rows);
}

static void signs_of_a_quote_are_no_part_of_a_formula(void **state)
{
    (void)state;
    static const char s[] = "> > $$\n> > a >\n>> b\n> > $$\n";
    struct lw_math_rows rows = {0};
    struct lw_formula f;
    struct lw_buf shown = {0};
    assert_true(lw_math_find(s, strlen(s), 0, &f));
    assert_true(lw_math_layout(&rows, s, &f, 80));
    draw(&rows, &shown);
    assert_string_equal(shown.data, "> a > b\n");
    lw_buf_fini(&shown);
    lw_math_rows_fini(&rows);
}

/* ---- tables */

static void tables_are_in_order(void **state)
{
    (void)state;
    size_t n;
    const struct lw_math_symbol *symbols = lw_math_symbols(&n);
    for (size_t i = 1; i < n; i++)
        assert_true(strcmp(symbols[i - 1].name, symbols[i].name) < 0);
    for (size_t i = 0; i < n; i++) {
        assert_ptr_equal(lw_math_symbol(symbols[i].name, strlen(symbols[i].name)), &symbols[i]);
        assert_true(lw_cols(symbols[i].text, strlen(symbols[i].text), -1) > 0);
    }
    const struct lw_math_command *commands = lw_math_commands(&n);
    for (size_t i = 1; i < n; i++)
        assert_true(strcmp(commands[i - 1].name, commands[i].name) < 0);
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(commands[i].name);
        assert_ptr_equal(lw_math_command(commands[i].name, len), &commands[i]);
        assert_null(lw_math_symbol(commands[i].name, len));
    }
}

static void every_small_and_other_letter_is_one_column(void **state)
{
    (void)state;
    char s[4];
    for (char32_t cp = ' '; cp < 0x2300; cp++) {
        char32_t shown[] = {lw_math_raised(cp), lw_math_lowered(cp),
            lw_math_letter(LW_MATH_BLACKBOARD, cp), lw_math_letter(LW_MATH_CALLIGRAPHIC, cp),
            lw_math_letter(LW_MATH_FRAKTUR, cp)};
        for (size_t i = 0; i < (cp < 0x7F ? 5 : 2); i++) {
            if (shown[i])
                assert_int_equal(lw_cols(s, lw_utf8_encode(shown[i], s), -1), 1);
        }
    }
}

/* ---- hostile input */

static void bombs_are_refused_at_once(void **state)
{
    (void)state;
    static const char *const pieces[] = {"{", "\\frac", "\\left(", "(", "x^{", "\\sqrt{",
        "\\begin{pmatrix}", "&", "\\\\", "\\hat", "a^a_a", "|", "'", "\\text{"};
    struct lw_math_rows rows = {0};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct lw_buf b = {0};
        while (b.len < 1000000)
            lw_buf_str(&b, pieces[i]);
        struct lw_formula f = {.len = b.len, .nbody = b.len, .display = true};
        assert_false(lw_math_layout(&rows, b.data, &f, 80));
        assert_string_equal(rows.why, "is longer than 16 KiB");
        f.len = f.nbody = LW_MATH_MAX - LW_MATH_MAX % strlen(pieces[i]);
        hold_math_layout(&rows, b.data, &f, 80);
        lw_buf_fini(&b);
    }
    lw_math_rows_fini(&rows);
}

/* Many groups are no columns of a matrix. */
static void long_formulas_are_laid_out(void **state)
{
    (void)state;
    static const char *const pieces[] = {"{a}+", "{a \\over b}+", "x_{1}+", "(a)+", "\\hat a+"};
    struct lw_math_rows rows = {0};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct lw_buf b = {0};
        while (b.len < 10000)
            lw_buf_str(&b, pieces[i]);
        struct lw_formula f = {.len = b.len, .nbody = b.len, .display = true};
        assert_true(hold_math_layout(&rows, b.data, &f, 80));
        assert_true(rows.nrows > 50);
        hold_math_letters(&rows, b.data, 0, 500);
        lw_buf_fini(&b);
    }
    lw_math_rows_fini(&rows);
}

/* ---- real texts */

static size_t formulas;

static void hold_texts(const json_t *value)
{
    const char *key;
    json_t *member;
    size_t i;
    if (json_is_string(value))
        formulas += hold_math(json_string_value(value), json_string_length(value));
    json_object_foreach((json_t *)value, key, member) hold_texts(member);
    json_array_foreach(value, i, member) hold_texts(member);
}

static void nothing_of_real_formulas_is_lost(void **state)
{
    (void)state;
    static const char *const files[] = {"markdown/arenahard01_gpt-4-0314.jsonl",
        "markdown/arenahard01_question.jsonl", "steps/prm_phase2-test-example.json",
        "steps/gsm8k_test.jsonl", "preference/oasst_claude-v1.3.jsonl",
        "preference/oasst_gpt-4.json", "preference/oasst_vicuna.json",
        "chats/oasst_en_100_message.jsonl"};
    formulas = 0;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char name[128];
        size_t n;
        snprintf(name, sizeof name, "data/%s", files[i]);
        char *s = shared_bytes(name, &n);
        if (!s)
            skip();
        for (size_t at = 0, took = 1; at < n && took > 0; at += took) {
            json_error_t error;
            json_t *value = json_loadb(s + at, n - at, JSON_DISABLE_EOF_CHECK, &error);
            took = value ? (size_t)error.position : 0;
            if (value)
                hold_texts(value);
            json_decref(value);
        }
        free(s);
    }
    assert_true(formulas >= 140);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formulas_look_as_they_should),
        cmocka_unit_test(runs_know_their_bytes),
        cmocka_unit_test(signs_of_ours_stand_for_no_byte),
        cmocka_unit_test(emphasis_and_remarks_have_their_style),
        cmocka_unit_test(signs_of_a_quote_are_no_part_of_a_formula),
        cmocka_unit_test(tables_are_in_order),
        cmocka_unit_test(every_small_and_other_letter_is_one_column),
        cmocka_unit_test(bombs_are_refused_at_once),
        cmocka_unit_test(long_formulas_are_laid_out),
        cmocka_unit_test(nothing_of_real_formulas_is_lost),
    };
    lw_locale_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
