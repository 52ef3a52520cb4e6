/* Which parts of a program text are told apart, for each language. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "labelwright/base/buf.h"
#include "labelwright/markup/highlight.h"

static const char *const letters[LW_STYLE_COUNT] = {
    [LW_STYLE_HEADING] = "h",
    [LW_STYLE_CODE] = "c",
    [LW_STYLE_LINK] = "l",
    [LW_STYLE_MARK] = "m",
    [LW_STYLE_FORMULA] = "f",
    [LW_STYLE_KEYWORD] = "K",
    [LW_STYLE_STRING] = "S",
    [LW_STYLE_COMMENT] = "C",
    [LW_STYLE_NUMBER] = "#",
    [LW_STYLE_TYPE] = "T",
    [LW_STYLE_NAME] = "N",
    [LW_STYLE_INSERTED] = "+",
    [LW_STYLE_DELETED] = "-",
};

/* The tokens as "K(if) N(go)", in order. */
static char *tokens_of(const struct lw_language *l, const char *s)
{
    struct lw_tokens t = {0};
    struct lw_buf b = {0};
    lw_buf_str(&b, "");
    lw_highlight(&t, l, s, strlen(s));
    for (size_t i = 0; i < t.n; i++)
        lw_buf_fmt(
            &b, "%s%s(%.*s)", i ? " " : "", letters[t.v[i].style], (int)t.v[i].len, s + t.v[i].at);
    lw_tokens_fini(&t);
    return lw_buf_detach(&b);
}

static void has_tokens(const char *language, const char *s, const char *expected)
{
    const struct lw_language *l = lw_language_find(language, strlen(language));
    if (!l)
        fail_msg("no language %s", language);
    char *got = tokens_of(l, s);
    if (strcmp(got, expected) != 0)
        fail_msg("%s: %s\n  expected %s\n  got      %s", language, s, expected, got);
    free(got);
}

struct row {
    const char *language, *text, *tokens;
};

static void check_rows(const struct row *row, size_t n)
{
    for (size_t i = 0; i < n; i++)
        has_tokens(row[i].language, row[i].text, row[i].tokens);
}
#define CHECK(rows) check_rows(rows, sizeof rows / sizeof *(rows))

static void every_language_has_its_parts(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"python", "@app.get(\"/\")\ndef f(x: int):  # no\n    return f'{x:>3} it' + r\"\\d\"",
            "N(@app.get) S(\"/\") K(def) N(f) T(int) C(# no) K(return) S(f'{) #(3) S(} it') "
            "S(r\"\\d\")"},
        {"js", "const a = x / 2 / y, r = /[/'\"]/g; // q", "K(const) #(2) S(/[/'\"]/g) C(// q)"},
        {"jsx", "return <Box id=\"a\">Don't</Box>;",
            "K(return) T(Box) N(id) S(\"a\") T(Don) T(Box)"},
        {"ts", "let s: string = `a ${b ? `c` : 'd'} e`;",
            "K(let) T(string) S(`a ${) S(`c`) S('d'} e`)"},
        {"c", "#include <a.h>\nint f(void) { return 'x' + 0x1F; } /* c */",
            "K(#include) S(<a.h>) T(int) N(f) T(void) K(return) S('x') #(0x1F) C(/* c */)"},
        {"C++", "auto s = R\"x(a)\" \")x\" + 1'000; std::Foo f;",
            "K(auto) S(R\"x(a)\" \")x\") #(1'000) T(Foo)"},
        {"objc", "@interface A : NSObject", "K(@interface) T(NSObject)"},
        {"c#", "var s = $\"a {x + 1} b\"; var p = @\"c:\\\";",
            "T(var) S($\"a {) #(1) S(} b\") T(var) S(@\"c:\\\")"},
        {"java", "@Override public String s() { return \"\"\"\n a \"b\"\n\"\"\"; }",
            "N(@Override) K(public) T(String) N(s) K(return) S(\"\"\"\n a \"b\"\n\"\"\")"},
        {"kotlin", "val s = \"a ${b.c(\"d\")} $e\" /* /* */ */",
            "K(val) S(\"a ${) N(c) S(\"d\") S(} ) N($e) S(\") C(/* /* */ */)"},
        {"swift", "let s = \"a \\(b(\"c\")) d\\n\"", "K(let) S(\"a \\() N(b) S(\"c\") S() d\\n\")"},
        {"go", "func f(r rune) error { return `a\n'b` }",
            "K(func) N(f) T(rune) T(error) K(return) S(`a\n'b`)"},
        {"rust", "fn f<'a>(s: &'a str) { println!(\"{}\", r#\"a\"b\"#, 'c') } // x",
            "K(fn) T(str) N(println) S(\"{}\") S(r#\"a\"b\"#) S('c') C(// x)"},
        {"php", "<p>it's</p><?php $a = \"b $c\"; # d\n?><b>",
            "T(p) T(p) K(<?php) N($a) S(\"b ) N($c) S(\") C(# d) K(?>) T(b)"},
        {"php", "#[Route('/x')]\necho <<<EOT\n a'b\nEOT;",
            "T(Route) S('/x') K(echo) S(<<<EOT) S( a'b\nEOT)"},
        {"ruby", "def a?(x)\n  puts \"b #{x.c(\"d\")}\" if x =~ /e'f/ # g\nend",
            "K(def) N(a?) S(\"b #{) N(c) S(\"d\") S(}\") K(if) S(/e'f/) C(# g) K(end)"},
        {"perl", "my $x = qw(a b'c); s/a'/b/g if m{x'y}; # z",
            "K(my) N($x) S(qw(a b'c)) S(s/a'/b/g) K(if) S(m{x'y}) C(# z)"},
        {"{r, echo=FALSE}", "my.f <- function(x) TRUE # c", "K(function) K(TRUE) C(# c)"},
        {"lua", "local s = [==[ a ]] b ]==] --[[ c\n]] -- d",
            "K(local) S([==[ a ]] b ]==]) C(--[[ c\n]]) C(-- d)"},
        {"scala", "val a: Int = s\"b ${c} d\"", "K(val) T(Int) S(s\"b ${) S(} d\")"},
        {"haskell", "f' :: Int -> Char {- {- -} -}\nf' x = 'a' -- b",
            "T(Int) T(Char) C({- {- -} -}) S('a') C(-- b)"},
        {"ocaml", "let rec f x = match x with _ -> \"a\" (* b *)",
            "K(let) K(rec) K(match) K(with) S(\"a\") C((* b *))"},
        {"sql", "select COUNT(*) from t where a = 'it''s' -- b",
            "K(select) N(COUNT) K(from) K(where) S('it''s') C(-- b)"},
        {"bash",
            "$ FOO=1 ls -l --all \"$HOME/$(cat \"x\")\" # c\nif true; then cat <<-'E'\na'\n\tE\nfi",
            "m($) N(FOO) #(1) S(\") N($HOME) S(/$() N(cat) S(\"x\")\") C(# c) K(if) "
            "N(true) "
            "K(then) N(cat) S(<<-'E') S(a'\n\tE) K(fi)"},
        {"console", "$ echo 'a'\na 'b\nann@host:~$ ls\n",
            "m($) N(echo) S('a') m(ann@host:~$) N(ls)"},
        {"powershell", "foreach ($a in Get-Item \"b`\"$c\") { <# d #> }",
            "K(foreach) N($a) K(in) N(Get-Item) S(\"b`\") N($c) S(\") C(<# d #>)"},
        {"html", "<!-- a --><a href='b' x=y>c &amp; d's</a><script>let q = \"</b>\";</script>",
            "C(<!-- a -->) T(a) N(href) S('b') N(x) S(y) #(&amp;) T(a) T(script) K(let) "
            "S(\"</b>\") T(script)"},
        {"xml", "<?xml version=\"1.0\"?><a:b c=\"d\"/><![CDATA[<e>]]>",
            "K(<?xml version=\"1.0\"?>) T(a:b) N(c) S(\"d\") S(<![CDATA[<e>]]>)"},
        {"css", "@media print { .a:hover { color: #fff; margin: 10px; } } #b { }",
            "K(@media) N(a) N(color) #(#fff) N(margin) #(10px) T(#b)"},
        {"json", "{\"a\": [\"b\", 1.5e-3, true]}", "N(\"a\") S(\"b\") #(1.5e-3) K(true)"},
        {"yaml", "- a b: \"c\" # d\n  e-f: don't # g\n  url: http://x#y",
            "N(a b) S(\"c\") C(# d) N(e-f) C(# g) N(url)"},
        {"toml", "[a.b]\nc = \"d\" # e\nf = [1, 2]",
            "T([a.b]) N(c) S(\"d\") C(# e) N(f) #(1) #(2)"},
        {"ini", "; a\n[b]\nc=d", "C(; a) T([b]) N(c)"},
        {"markdown", "# A\n- b `c` [d](e)\n```\nf\n```",
            "h(# A) m(-) c(`c`) l(e) m(```) c(f) m(```)"},
        {"latex", "\\begin{align} a \\% b \\end{align} $x^2$ % c",
            "K(\\begin) T(align) K(\\%) K(\\end) T(align) f($x^2$) C(% c)"},
        {"dockerfile", "FROM a:1 AS b\n# c\nRUN echo 'd' from",
            "K(FROM) #(1) C(# c) K(RUN) S('d')"},
        {"makefile", "a: b\n\t$(CC) -o x # c\nV := 1", "N(a) C(# c) N(V) #(1)"},
        {"diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z",
            "h(--- a) h(+++ b) m(@@ -1 +1 @@) -(-x) +(+y)"},
        {"matlab", "x = a' * [1 2]' + 'it''s' % c", "#(1) #(2) S('it''s') C(% c)"},
        {"nasm", "start: mov eax, [rbp-4] ; a\n ldr r1, #4",
            "N(start) K(mov) T(eax) T(rbp) #(4) C(; a) K(ldr) #(4)"},
        {"scheme", "(define (f x) 'a) ; b", "K(define) N(f) C(; b)"},
        {"vb", "Dim a As String = \"b\" ' c", "K(Dim) K(As) T(String) S(\"b\") C(' c)"},
        {"verilog", "always @(posedge clk) q <= 8'hFF;", "K(always) K(posedge) #(8)"},
        {"hcl", "a = \"b ${var.c} d\" # e", "N(a) S(\"b ${) S(} d\") C(# e)"},
        {"dart", "var a = 'b $c ${d}';", "K(var) S('b ) N($c) S( ${) S(}')"},
        {"elixir", "def f, do: \"a #{b}\" # c", "K(def) K(do) S(\"a #{) S(}\") C(# c)"},
        {"fortran", "INTEGER :: x ! a", "T(INTEGER) C(! a)"},
        {"sas", "proc sort data=a; run;", "K(proc) K(sort) K(data) K(run)"},
        {"glsl", "uniform vec3 a;", "K(uniform) T(vec3)"},
        {"solidity", "contract A { uint256 b; }", "K(contract) T(uint256)"},
        {"gdscript", "extends Node\nonready var a = $B",
            "K(extends) T(Node) K(onready) K(var) N($B)"},
        {"groovy", "def a = \"b ${c}\"", "K(def) S(\"b ${) S(}\")"},
        {"nix", "{ a = ''b ${c}''; }", "S(''b ${) S(}'')"},
        {"julia", "f(x) = \"a $(b(\"c\"))\" # d", "N(f) S(\"a $() N(b) S(\"c\") S()\") C(# d)"},
    };
    CHECK(rows);
}

static void what_is_not_closed_ends_somewhere(void **state)
{
    (void)state;
    static const struct row rows[] = {
        {"python", "a = 'b\nreturn 1", "S('b) K(return) #(1)"},
        {"python", "x = \"\"\"a\nreturn 1", "S(\"\"\"a\nreturn 1)"},
        {"python", "f'{a\nif", "S(f'{) K(if)"},
        {"c", "/* a\nint", "C(/* a\nint)"},
        {"bash", "echo it isn't 'a\nif", "N(echo) S('a) K(if)"},
        {"js", "`a ${b\nif", "S(`a ${) K(if)"},
        {"js", "a = b / c\nif", "K(if)"},
        {"bash", "cat <<EOF\nif 'a", "N(cat) S(<<EOF) S(if 'a)"},
        {"html", "<a href=\"b\n<i>c</i>", "T(a) N(href) S(\"b) T(i) T(i)"},
        {"html", "<!-- a <b>", "C(<!-- a <b>)"},
        {"json", "{\"a\": \"b\n", "N(\"a\") S(\"b)"},
        {"rust", "&'a str", "T(str)"},
        {"latex", "costs $5 a\nb", "f($5 a)"},
        {"python", "", ""},
    };
    CHECK(rows);
}

static void finds_a_language_as_models_name_it(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"python", "Python"},
        {"Python3", "Python"},
        {"C++", "C++"},
        {"c#", "C#"},
        {"js title=\"a.js\"", "JavaScript"},
        {"{.r}", "R"},
        {"{r, echo=FALSE}", "R"},
        {"language-ts", "TypeScript"},
        {"jsx{1,3}", "JavaScript"},
        {"src/main.rs", "Rust"},
        {"rust,ignore", "Rust"},
        {"yaml:values.yaml", "YAML"},
        {"SHELL", "Shell"},
        {"  go  ", "Go"},
        {"", NULL},
        {"text", NULL},
        {"nosuch", NULL},
        {"This model maximum context length", NULL},
        {"{", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct lw_language *l = lw_language_find(rows[i][0], strlen(rows[i][0]));
        const char *name = l ? lw_language_name(l) : "none";
        if (strcmp(name, rows[i][1] ? rows[i][1] : "none") != 0)
            fail_msg("\"%s\" is %s", rows[i][0], name);
    }
}

static void guesses_only_what_is_certain(void **state)
{
    (void)state;
    static const char *const rows[][2] = {
        {"#!/usr/bin/env -S python3 -u\nx", "Python"},
        {"#!/bin/bash\n", "Shell"},
        {"--- a/x\n+++ b/x\n@@ -1 +1 @@\n", "diff"},
        {"diff --git a/x b/x\n", "diff"},
        {" {\"a\": [1, -2.5, {\"b\": null}]}\n", "JSON"},
        {"[{\"a\": \"b\\\"\"}]", "JSON"},
        {"<?php\n", "PHP"},
        {"<!DOCTYPE html>", "HTML"},
        {"{\"a\": [1}", NULL},
        {"{\"a\": [1]", NULL},
        {"{a: 1}", NULL},
        {"[1, 2]", NULL},
        {"{\"a\": 1} x", NULL},
        {"--- a\nb", NULL},
        {"import os", NULL},
        {"#!", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const struct lw_language *l = lw_language_guess(rows[i][0], strlen(rows[i][0]));
        const char *name = l ? lw_language_name(l) : "none";
        if (strcmp(name, rows[i][1] ? rows[i][1] : "none") != 0)
            fail_msg("\"%s\" is %s", rows[i][0], name);
    }
}

static void no_language_is_no_tokens(void **state)
{
    (void)state;
    struct lw_tokens t = {0};
    lw_highlight(&t, lw_language_find("c", 1), "int", 3);
    assert_int_equal(t.n, 1);
    lw_highlight(&t, NULL, "int", 3);
    assert_int_equal(t.n, 0);
    lw_tokens_fini(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_language_has_its_parts),
        cmocka_unit_test(what_is_not_closed_ends_somewhere),
        cmocka_unit_test(finds_a_language_as_models_name_it),
        cmocka_unit_test(guesses_only_what_is_certain),
        cmocka_unit_test(no_language_is_no_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
