/* Texts as lines: Markdown, what is none, chunks, places, search, links. */
#define _GNU_SOURCE
#include "fixtures/rendering_properties.h"
#include "fixtures/shared_data.h"

#include <jansson.h>

/* ---- how blocks look */

/* Twenty bytes each. */
#define BANK "bank.com.secure-one."

static const struct {
    int cols;
    const char *source, *shown;
} looks[] = {
    {40, "# One\n\n## Two words", "# One\n\n## Two words\n"},
    {40, "a *b* **c** ~~d~~ `e f`", "a b c ~~d~~ `e f`\n"},
    {40, "one\ntwo  \nthree", "one\ntwo\nthree\n"},
    {40, "verse\n  goes in", "verse\n  goes in\n"},
    {20, "- a\n- b that is long enough to wrap\n  - c",
        "• a\n• b that is long\n  enough to wrap\n  • c\n"},
    {40, "9. nine\n10. ten", " 9. nine\n10. ten\n"},
    {40, "- [x] done\n- [ ] open", "[x] done\n[ ] open\n"},
    {40, "- a\n\n  b\n- c", "• a\n\n  b\n\n• c\n"},
    {40, "1. a\n   - b\n\n2. c\n\n   - d", "1. a\n   • b\n\n2. c\n\n   • d\n"},
    {40, "> a\n> b\n>\n> - c", "> a\n> b\n>\n> • c\n"},
    {40, "a\n\n---\n\nb", "a\n\n────────────────────────\n\nb\n"},
    {40, "```python\nif x:\n\tpass\n```\n", "python\n│ if x:\n│     pass\n"},
    {40, "```\na\n```\n\n```\nb\n```", "│ a\n\n│ b\n"},
    {20, "```\nsome code that is longer than that\n```",
        "│ some code that is\n┆ longer than that\n"},
    {60, "```c\nint x;", "c\n│ int x;\n(the code block is not closed)\n"},
    {40, "a\n\n    code\n      in\n", "a\n\n│ code\n│   in\n"},
    {40, "| a | b |\n|--|-:|\n| cc | 1 |\n| d | 22 |", "a  │  b\n───┼───\ncc │  1\nd  │ 22\n"},
    {20, "| a | b |\n|--|--|\n| some long words here | x |\n| y | z |",
        "a                │ b\n─────────────────┼──\nsome long words  │ x\nhere             │\n"
        "─────────────────┼──\ny                │ z\n"},
    {20, "| alpha | beta | gamma | delta |\n|-|-|-|-|\n| one | two | three | four |",
        "── row 1 of 1 ──\nalpha: one\nbeta: two\ngamma: three\ndelta: four\n"},
    {20, "| nineteen letters ab | gammadelta |\n|-|-|\n| onetwothreefour | two |",
        "── row 1 of 1 ──\nnineteen letters\nab:\n  onetwothreefour\ngammadelta: two\n"},
    {40, "| a |\n|---|\n| cut of", "a\n──────\ncut of\n"},
    {40, "[text](http://x.org) <http://y.org>", "text‹1› http://y.org\n"},
    {60, "www.x.org a@y.org", "www.x.org a@y.org\n"},
    {90, "one $\\def\\x{\\x\\x}$ two",
        "one $\\def\\x{\\x\\x}$ (defines a command, and no command is ever carried out) two\n"},
    {60, "[x.org](http://evil-x.org)", "x.org‹1 → evil-x.org›\n"},
    {60, "[bank.com](http://evil.org/x)", "bank.com‹1 → evil.org›\n"},
    {60, "[here](javascript:alert)", "here‹1 → javascript:alert›\n"},
    {60, "[here](java&#10;script:alert)", "here‹1 → java^Jscript:alert›\n"},
    {60, "[bank.com](https://www.bank.com/x)", "bank.com‹1›\n"},
    {60, "[bank.com](http://bank.com:1@evil.org/)", "bank.com‹1 → evil.org›\n"},
    {60, "[bank.com](http://evil.org\\\\@bank.com)", "bank.com‹1 → evil.org›\n"},
    {60, "[bank.com](//evil.org)", "bank.com‹1 → evil.org›\n"},
    {60, "[bank.com](/evil)", "bank.com‹1 → /evil›\n"},
    {60, "[at (`bank.com`), now](http://evil.org)", "at (`bank.com`), now‹1 → evil.org›\n"},
    {60, "[bank.com\u200B](http://evil.org)", "bank.com<U+200B>‹1 → evil.org›\n"},
    {60, "[\u202Emoc.knab](http://evil.org)", "<U+202E>moc.knab‹1 → evil.org›\n"},
    {90, "[bank.com](http://" BANK BANK BANK "evil.org)",
        "bank.com‹1 → …"
        ".secure-one." BANK BANK "evil.org›\n"},
    {60, "[a@bank.com](mailto:a@evil.org)", "a@bank.com‹1 → evil.org›\n"},
    {60, "[the news.](http://evil.org)", "the news.‹1›\n"},
    {60, "[`list.sort`](http://docs.org) [main.py](http://x.org)", "`list.sort`‹1› main.py‹2›\n"},
    {60, "![a cat](cat.png)", "[picture: a cat]‹1›\n"},
    {60, "see [it][ref]\n\n[ref]: http://x.org", "see it‹1›\n\n[ref]: http://x.org\n"},
    {40, "note[^1]\n\n[^1]: http://x.org", "note[^1]\n\n[^1]: http://x.org\n"},
    {40, "&amp; &#65; &nosuch; &eacute;", "& A &nosuch; é\n"},
    {40, "<b>x</b> a<br>b", "<b>x</b> a\nb\n"},
    {40, "<div>\n  *raw*\n</div>", "<div>\n  *raw*\n</div>\n"},
    {40, "half $x^2$ done", "half x² done\n"},
    {40, "so\n\n$$\\frac{a}{b}$$\n\nend", "so\n\n    a\n    ─\n    b\n\nend\n"},
    {40, "so \\[ x \\] where $x$ is", "so\n    x\nwhere x is\n"},
    {24, "x\n\n\\[\\tae x\\]",
        "x\n\n\\[\\tae x\\]\n(has the command \\tae,\nwhich we do not know)\n"},
    {60, "4*5=20, (a+b)*c, x**2 and y**3, *not* 6*x", "4*5=20, (a+b)*c, x**2 and y**3, not 6*x\n"},
    {40, "*a*, **b**c, un*like*ly, **1**, *2*.", "a, bc, unlikely, 1, 2.\n"},
    {40, "[2*3*4](http://x/2*3*4)", "2*3*4‹1›\n"},
    {40, "__init__ of __Note__", "__init__ of Note\n"},
    {40, "costs $5 and $6", "costs $5 and $6\n"},
    {60, "| a |\n|---|\n| b | lost |",
        "(some words would be missing, shown as it stands)\n| a |\n|---|\n| b | lost |\n"},
    {40, "<?|\n|-", "<?|\n|-\n"},
    {40, "<div>\na|b\n-|-\nc", "<div>\na|b\n-|-\nc\n"},
    {40, "- a\n\n      x|y\n      -|-\n", "• a\n\n  │ x|y\n  │ -|-\n"},
    /* what cannot be read does not spoil what is read with it */
    {60, "*one*\n\n| a |\n|---|\n| b | lost |\n\n*two*",
        "one\n\n(some words would be missing, shown as it stands)\n| a |\n|---|\n| b | lost |\n\n\n"
        "two\n"},
    {40, "so:\n1. a\n2. b\n\n5. Part\n\nend", "so:\n\n1. a\n2. b\n\n5. Part\n\nend\n"},
    {40, "<!-- open\n\n*one*\n\n<?x\n\n*two*", "<!-- open\n\n\none\n\n<?x\n\n\ntwo\n"},
    /* what is none is not taken for a definition */
    {40, "[Ann]: who speaks\n\n[Bob]: http://x.org\n\nsee [Bob]\n\nend",
        "[Ann]: who speaks\n\n[Bob]: http://x.org\n\nsee Bob‹2›\n\nend\n"},
    {40, "<!-- not [closed]\n[a]: /b", "<!-- not [closed]\n[a]: /b\n"},
    /* a span ends with its block */
    {40, "a];www.a.b|c\n-|-\n d | e\n", "a];www.a.b │ c\n───────────┼──\nd          │ e\n"},
    {40, "- ```c\\+\\+ &amp;\n  x\n  ```", "• c\\+\\+ &amp;\n  │ x\n"},
    /* what a formula hides that is not shown is missed */
    {60, "``\r`````*$x```\ny$",
        "(some words would be missing, shown as it stands)\n``^M`````*$x```\ny$\n"},
    /* tabs are as wide as the line before them says */
    {40, "a $\\z\tb$ c", "a $\\z   b$ (has the command \\z, which we\ndo not know) c\n"},
    {40, "abc<b\ta>\tc", "abc<b   a>    c\n"},
    {40, "", "\n"},
    {40, " \n\n", "\n"},
};

static void blocks_look_as_they_should(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        struct lw_buf text = {0};
        size_t n = strlen(looks[i].source);
        struct lw_rendering *r = lw_rendering_new(
            looks[i].source, n, true, (struct lw_reading_opts){.cols = looks[i].cols});
        rendered_text(r, &text);
        assert_string_equal(text.data, looks[i].shown);
        lw_rendering_free(r);
        lw_buf_fini(&text);
    }
}

/* ---- how the reader wants it */

#define WORDS "one two three four five six seven eight nine ten"

static const struct {
    struct lw_reading_opts how;
    bool markdown;
    const char *source, *shown;
} wanted[] = {
    /* a blank line between lines, two between blocks */
    {{.cols = 20, .spacing = 2}, true, WORDS "\n\nend\n",
        "one two three four\n\nfive six seven eight\n\nnine ten\n\n\nend\n"},
    {{.cols = 20, .spacing = 2}, false, WORDS "\n\nend\nof it",
        "one two three four\n\nfive six seven eight\n\nnine ten\n\n\nend\n\nof it\n"},
    {{.cols = 20, .spacing = 2}, true, "> a\n> b\n\n- c\n- d\n  - e",
        "> a\n>\n> b\n\n\n• c\n\n• d\n\n  • e\n"},
    {{.cols = 20, .spacing = 2}, true, "a\n  verse\n\n```\nx\ny\n```",
        "a\n  verse\n\n\n│ x\n│ y\n"},
    {{.cols = 20, .spacing = 2}, false, "{\"a\": 1,\n\"b\": 2}", "{\"a\": 1,\n\"b\": 2}\n"},
    /* the last line of a paragraph, and lines that are short, stay */
    {{.cols = 22, .justify = true}, true, WORDS,
        "one  two  three   four\nfive six  seven  eight\nnine ten\n"},
    {{.cols = 22, .justify = true}, false, WORDS "\n" WORDS,
        "one  two  three   four\nfive six  seven  eight\nnine ten\n"
        "one  two  three   four\nfive six  seven  eight\nnine ten\n"},
    {{.cols = 22, .justify = true}, true, "one twothreefourfivesix", "one\ntwothreefourfivesix\n"},
    {{.cols = 22, .justify = true}, true, "`a b` one two three four five six",
        "`a b`  one  two  three\nfour five six\n"},
    {{.cols = 22, .justify = true}, true, "```\n" WORDS "\n```",
        "│ one two three four\n┆ five six seven eight\n┆ nine ten\n"},
    {{.cols = 22, .justify = true}, true, "  " WORDS,
        "one  two  three   four\nfive six  seven  eight\nnine ten\n"},
    {{.cols = 22, .justify = true}, false, "  " WORDS,
        "  one two three four\nfive six  seven  eight\nnine ten\n"},
    {{.cols = 22, .justify = true}, true, "one \xCC\x81two three four five six seven",
        "one \xCC\x81two   three   four\nfive six seven\n"},
    /* numbers */
    {{.cols = 24, .numbers = true}, true, "```c\na\n\nsome code that is longer\n```\n\n```\nb\n```",
        "c\n1 │ a\n2 │\n3 │ some code that is\n  ┆ longer\n\n1 │ b\n"},
    {{.cols = 24, .numbers = true}, true, "```\n1\n2\n3\n4\n5\n6\n7\n8\n9\nten\n```",
        " 1 │ 1\n 2 │ 2\n 3 │ 3\n 4 │ 4\n 5 │ 5\n 6 │ 6\n 7 │ 7\n 8 │ 8\n 9 │ 9\n10 │ ten\n"},
    {{.cols = 15, .numbers = true}, true, "```\nab\n```", "│ ab\n"},
    /* folded */
    {{.cols = 60, .fold = true}, true, "a\n\n```py\n1\n2\n3\n4\n```\nb",
        "a\n\n(code, Python, 4 lines folded)\n\nb\n"},
    {{.cols = 60, .fold = true}, true, "```\n1\n2\n3\n```", "│ 1\n│ 2\n│ 3\n"},
    {{.cols = 60, .fold = true}, true, "```\n1\n2\n3\n4",
        "(code, 4 lines folded)\n(the code block is not closed)\n"},
    /* more is to come */
    {{.cols = 60, .grows = true}, true, "```c\nint x;", "c\n│ int x;\n"},
    {{.cols = 60, .fold = true}, true, "> a\n> b\n> c\n> d\n\nx\n\n> e",
        "(quote, 4 lines folded)\n\nx\n\n> e\n"},
    {{.cols = 60, .fold = true}, true, "- > a\n  > b\n  > c\n  > d\n- e",
        "• (quote, 4 lines folded)\n• e\n"},
    {{.cols = 20, .fold = true}, true, "> a\n> b\n> c\n> d", "(quote, 4 lines\nfolded)\n"},
};

static void texts_are_laid_out_as_wanted(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct lw_buf text = {0};
        const char *s = wanted[i].source;
        struct lw_rendering *r = lw_rendering_new(s, strlen(s), wanted[i].markdown, wanted[i].how);
        rendered_text(r, &text);
        assert_string_equal(text.data, wanted[i].shown);
        lw_rendering_free(r);
        lw_buf_fini(&text);
    }
}

static void what_is_folded_has_a_place_and_is_found(void **state)
{
    (void)state;
    static const char s[] = "a\n\n```\n1\n2\nthree\n4\n```\n\nb";
    size_t at, len;
    struct lw_needle needle;
    struct lw_rendering *r =
        lw_rendering_new(s, strlen(s), true, (struct lw_reading_opts){.cols = 40, .fold = true});
    lw_needle_init(&needle, "three", 5);
    assert_true(lw_rendering_find(r, &needle, 0, &at, &len));
    assert_int_equal(at, strstr(s, "three") - s);
    assert_int_equal(lw_rendering_line_of(r, at), 2);
    assert_int_equal(lw_rendering_reach(r, SIZE_MAX), 5);
    lw_needle_fini(&needle);
    lw_rendering_free(r);
}

static void it_is_known_what_is_folded(void **state)
{
    (void)state;
    static const char s[] = "a\n\n```\n1\n2\nthree\n4\n```\n\nb\n\n> # c\n> > d\n>\n> e\n\nf";
    struct lw_rendering *r =
        lw_rendering_new(s, strlen(s), true, (struct lw_reading_opts){.cols = 40, .fold = true});
    lw_rendering_reach(r, SIZE_MAX);
    assert_true(lw_rendering_has_folds(r));
    for (const char *at = "abcdf124"; *at; at++)
        assert_int_equal(
            lw_rendering_is_folded(r, (size_t)(strchr(s, *at) - s)), strchr("cd124", *at) != NULL);
    lw_rendering_free(r);
    r = lw_rendering_new(s, strlen(s), true, (struct lw_reading_opts){.cols = 40});
    lw_rendering_reach(r, SIZE_MAX);
    assert_false(lw_rendering_has_folds(r));
    assert_false(lw_rendering_is_folded(r, (size_t)(strchr(s, '1') - s)));
    lw_rendering_free(r);
}

/* The first letter says so; lines without a blank one between them are one paragraph. */
static void paragraphs_from_right_to_left_are_known(void **state)
{
    (void)state;
    static const struct {
        bool markdown;
        const char *source, *marked; /* a letter for each line */
    } rows[] = {
        {true, "שלום\n\n# שלום\n\nab שלום\n\n- שלום", "r.....r"},
        {true, "שלום\nשלום", "r."},
        {false, "שלום\nשלום\n\nab\n12 שלום\n", "r...r"},
        {true, "```\nשלום\n```", "."},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *s = rows[i].source;
        struct lw_rendering *r =
            lw_rendering_new(s, strlen(s), rows[i].markdown, (struct lw_reading_opts){.cols = 40});
        assert_int_equal(lw_rendering_reach(r, SIZE_MAX), strlen(rows[i].marked));
        for (size_t k = 0; rows[i].marked[k]; k++)
            assert_int_equal(lw_rendering_line(r, k).rtl, rows[i].marked[k] == 'r');
        lw_rendering_free(r);
    }
}

/* A terminal may tell which characters it knows after lines were counted. */
static void lines_stay_when_widths_change(void **state)
{
    (void)state;
    static const char s[] = "🥰 🥰 🥰 🥰 🥰 🥰 🥰 🥰 🥰 🥰 🥰 🥰\n\nend";
    size_t lines[2];
    for (int known = 0; known < 2; known++) {
        lw_glyph_set_newest(known ? 0 : 9);
        struct lw_rendering *r =
            lw_rendering_new(s, strlen(s), true, (struct lw_reading_opts){.cols = 20});
        lines[known] = lw_rendering_reach(r, SIZE_MAX);
        lw_glyph_set_newest(known ? 9 : 0);
        for (size_t i = 0; i < lines[known]; i++) {
            struct lw_rendered_line l = lw_rendering_line(r, i);
            assert_true(l.at < strlen(s) && l.nruns <= 1);
        }
        lw_rendering_free(r);
    }
    assert_true(lines[0] > lines[1]);
    lw_glyph_set_newest(0);
}

/* ---- what is Markdown */

static const char *const markdown[] = {
    "**strong** words",
    "use `code`",
    "# Title\n\ntext",
    "## Part",
    "- a\n- b",
    "1. a\n2. b",
    "1)  a\n\n2)  b",
    "a | b\n--|--\n1 | 2",
    "```\ncode",
    "see [this](http://x)",
    "so $x^2 + 1$ it is",
};

static const char *const prose[] = {
    "",
    "Hello.",
    "It costs $5 and $6.",
    "2*3*4 and a_b_c",
    "- a single dash",
    "a ** b ** c",
    "#hashtag and # alone",
    "# a comment\nrm -rf x\n# another\n",
    "{\"a\": \"**b**\"}",
    "<!DOCTYPE html>\n<p>**x**</p>",
    "He said ``quoted'' words",
    "f(**kwargs)",
    "> a quoted line",
    "a | b | c",
};

static void markdown_is_told_from_prose(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof markdown / sizeof *markdown; i++)
        if (!lw_is_markdown(markdown[i], strlen(markdown[i])))
            fail_msg("taken for prose: %s", markdown[i]);
    for (size_t i = 0; i < sizeof prose / sizeof *prose; i++)
        if (lw_is_markdown(prose[i], strlen(prose[i])))
            fail_msg("taken for Markdown: %s", prose[i]);
}

/* ---- places */

static void a_place_is_in_the_line_that_shows_it(void **state)
{
    (void)state;
    static const char s[] = "# One\n\ntwo **three**\n\n- four";
    struct lw_rendering *r =
        lw_rendering_new(s, strlen(s), true, (struct lw_reading_opts){.cols = 40});
    lw_rendering_reach(r, SIZE_MAX);
    assert_int_equal(lw_rendering_line_of(r, 2), 0);
    assert_int_equal(lw_rendering_line_of(r, (size_t)(strstr(s, "three") - s)), 2);
    assert_int_equal(lw_rendering_line_of(r, strlen(s) - 1), 4);
    assert_int_equal(lw_rendering_line_of(r, 0), 0);
    assert_int_equal(
        lw_rendering_line_of(r, (size_t)(strstr(s, "two") - s) - 1), 2); /* before it */
    lw_rendering_free(r);
}

static void search_goes_across_emphasis_and_finds_what_is_shown(void **state)
{
    (void)state;
    static const char s[] = "a **bold** word, [link](http://x) text";
    static const struct {
        const char *needle;
        size_t at, len;
    } found[] = {{"bold word", 4, 11}, {"LINK", 18, 4}};
    for (size_t i = 0; i < 2; i++) {
        struct lw_rendering *r =
            lw_rendering_new(s, strlen(s), true, (struct lw_reading_opts){.cols = 40});
        struct lw_needle needle;
        size_t at, len;
        lw_needle_init(&needle, found[i].needle, strlen(found[i].needle));
        assert_true(lw_rendering_find(r, &needle, 0, &at, &len));
        assert_int_equal(at, found[i].at);
        assert_int_equal(len, found[i].len);
        assert_false(lw_rendering_find(r, &needle, at + len, &at, &len));
        lw_needle_fini(&needle);
        lw_rendering_free(r);
    }
}

static void links_and_headings_are_listed(void **state)
{
    (void)state;
    static const char s[] = "# One\n\n[a](http://x \"why\")\n\n## Two\n\n![b](c.png)";
    struct lw_rendering *r =
        lw_rendering_new(s, strlen(s), true, (struct lw_reading_opts){.cols = 40});
    struct lw_outline_entry entry[4];
    assert_int_equal(lw_rendering_outline(r, entry, 4), 2);
    assert_int_equal(entry[1].level, 2);
    assert_int_equal(entry[1].at, strstr(s, "Two") - s);
    assert_int_equal(lw_rendering_links(r), 2);
    assert_string_equal(lw_rendering_link(r, 0).target, "http://x");
    assert_string_equal(lw_rendering_link(r, 0).title, "why");
    assert_true(lw_rendering_link(r, 1).picture);
    lw_rendering_free(r);
}

/* ---- changes */

static const struct {
    const char *source, *changed, *shown;
    bool inserted;
} changes[] = {
    {"a **bold** word", "bold word", "a [-bold word-]\n", false},
    {"one\n\n- two\n- three", "two\nthree", "one\n\n• {+two\n• three+}\n", true},
    {"| a | b |\n|---|---|\n| c | d |", "d", "a │ b\n──┼──────\nc │ {+d+}\n", true},
    {"see `code` here", "code", "see `{+code+}` here\n", true},
    {"all of it", "all of it", "[-all of it-]\n", false},
    {"one\n\n> two\n\nend", "two\n", "one\n\n> [-two-]\n\nend\n", false},
};

static void changes_are_shown_where_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct lw_buf text = {0}, shown = {0};
        size_t n = strlen(changes[i].source), at, len;
        struct lw_rendering *r =
            lw_rendering_new(changes[i].source, n, true, (struct lw_reading_opts){.cols = 40});
        lw_rendering_text(r, &text);
        const char *found = strstr(text.data, changes[i].changed);
        assert_non_null(found);
        struct lw_text_mark mark = {
            (size_t)(found - text.data), strlen(changes[i].changed), changes[i].inserted};
        lw_rendering_source_of(r, mark.at, mark.n, &at, &len);
        assert_true(at + len <= n && len >= mark.n - 1);
        lw_rendering_free(r);
        r = lw_rendering_new(changes[i].source, n, true, (struct lw_reading_opts){.cols = 40});
        lw_rendering_mark(r, &mark, 1);
        rendered_text(r, &shown);
        assert_string_equal(shown.data, changes[i].shown);
        lw_rendering_free(r);
        lw_buf_fini(&text);
        lw_buf_fini(&shown);
    }
}

static size_t count_paragraphs(const char *s, bool laid_out)
{
    struct lw_text_range *v = NULL;
    struct lw_rendering *r =
        lw_rendering_new(s, strlen(s), laid_out, (struct lw_reading_opts){.cols = 40});
    size_t n = lw_rendering_paragraphs(r, &v);
    for (size_t i = 0; i + 1 < n; i++)
        assert_true(v[i].end <= v[i + 1].from);
    free(v);
    lw_rendering_free(r);
    return n;
}

static void paragraphs_are_blocks_or_groups_of_lines(void **state)
{
    (void)state;
    assert_int_equal(count_paragraphs("# a\n\nb\nc\n\n- d\n- e\n", true), 3);
    assert_int_equal(count_paragraphs("a\nb\n\n\nc", false), 2);
    assert_int_equal(count_paragraphs("", true), 0);
}

/* ---- long and hostile texts */

static void a_long_text_is_laid_out_as_far_as_somebody_looks(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    while (b.len < 1024 * 1024)
        lw_buf_str(&b, "A paragraph with **strong** words.\n\n");
    struct lw_rendering *r =
        lw_rendering_new(b.data, b.len, true, (struct lw_reading_opts){.cols = 80});
    assert_in_range(lw_rendering_reach(r, 50), 50, 5000);
    assert_false(lw_rendering_is_complete(r));
    assert_int_equal(lw_rendering_reach(r, SIZE_MAX), 2 * (b.len / 36) - 1);
    assert_true(lw_rendering_is_complete(r));
    lw_rendering_free(r);
    lw_buf_fini(&b);
}

static const struct {
    const char *open, *middle;
    size_t times;
} hostile[] = {
    {"", "> ", 10000},
    {"", "- ", 10000},
    {"", "| a ", 100000},
    {"|a|\n|-|\n", "| x\n", 100000},
    {"", "[", 100000},
    {"", "*a_", 50000},
    {"```\n", "x", 1000000},
    {"", "`", 100001},
    {"", "x\xCC\x81\xCC\x81", 100000},
    {"$$", "\\frac{", 50000},
    {"<", "!--", 50000},
    {"[a](", "b(", 50000},
    {"", "\xCC\x81", 500000},
    {"|a|b|c|\n|-|-|-|\n", "||||||||\n", 30000},
    {"", "x $\\z\ty$ ", 1000},        /* tabs */
    {"", "``\r`````*$x```\ny$\n", 1}, /* a formula in the words behind a fence */
    {"", "x <b\ty='z'> ", 1000},
};

static void hostile_texts_end_and_stay_whole(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct lw_buf b = {0};
        lw_buf_str(&b, hostile[i].open);
        for (size_t k = 0; k < hostile[i].times; k++)
            lw_buf_str(&b, hostile[i].middle);
        struct lw_rendering *r =
            lw_rendering_new(b.data, b.len, true, (struct lw_reading_opts){.cols = 80});
        char *seen = lw_alloc(b.len + 1);
        const char *bad = check_rendering(r, b.data, b.len, 80, seen);
        if (bad)
            fail_msg("%s: %s", hostile[i].middle, bad);
        assert_int_equal(lost_word(r, b.data, b.len, seen), b.len);
        free(seen);
        lw_rendering_free(r);
        lw_buf_fini(&b);
    }
}

/* ---- real answers */

static void check_answer(const char *s, size_t n, struct lw_reading_opts how)
{
    int cols = how.cols;
    struct lw_rendering *r = lw_rendering_new(s, n, true, how);
    char *seen = lw_alloc(n + 1);
    const char *bad = check_rendering(r, s, n, cols, seen);
    if (bad)
        fail_msg("%s in: %.200s", bad, s);
    size_t lost = lost_word(r, s, n, seen);
    if (lost < n)
        fail_msg("a word is lost: %.80s", s + lost);
    free(seen);
    lw_rendering_free(r);
}

static void real_answers_lose_no_word_and_fit(void **state)
{
    (void)state;
    size_t n;
    char *lines = shared_bytes("data/markdown/arenahard01_gpt-4-0314.jsonl", &n);
    if (!lines)
        skip();
    for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
        json_t *record = json_loads(line, 0, NULL);
        const json_t *turn = json_array_get(json_object_get(record, "messages"), 1);
        const json_t *text = json_object_get(json_object_get(turn, "content"), "answer");
        for (int cols = 58; cols <= 98; cols += 20)
            for (int bits = 0; bits < 16; bits += cols == 58 ? 1 : 16)
                check_answer(
                    json_string_value(text), json_string_length(text), reading_opts(cols, bits));
        json_decref(record);
    }
    free(lines);
}

/* ---- products: 12*34 */

static size_t count_products(const char *s)
{
    size_t n = 0;
    for (const char *at = s; (at = strchr(at, '*')); at++)
        n += at > s && strchr("0123456789)", at[-1]) && at[1] >= '0' && at[1] <= '9';
    return n;
}

/* By CommonMark 720 of the 1,319 solutions lose one. */
static void real_solutions_keep_their_stars(void **state)
{
    (void)state;
    size_t n;
    char *lines = shared_bytes("data/steps/gsm8k_test.jsonl", &n);
    if (!lines)
        skip();
    for (char *line = strtok(lines, "\n"); line; line = strtok(NULL, "\n")) {
        json_t *record = json_loads(line, 0, NULL);
        const char *answer = json_string_value(json_object_get(record, "answer"));
        struct lw_rendering *r =
            lw_rendering_new(answer, strlen(answer), true, (struct lw_reading_opts){.cols = 2000});
        struct lw_buf shown = {0};
        rendered_text(r, &shown);
        lw_buf_add(&shown, "", 0);
        if (count_products(shown.data) < count_products(answer))
            fail_msg("a star is lost: %s", answer);
        lw_rendering_free(r);
        lw_buf_fini(&shown);
        json_decref(record);
    }
    free(lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_look_as_they_should),
        cmocka_unit_test(texts_are_laid_out_as_wanted),
        cmocka_unit_test(what_is_folded_has_a_place_and_is_found),
        cmocka_unit_test(it_is_known_what_is_folded),
        cmocka_unit_test(paragraphs_from_right_to_left_are_known),
        cmocka_unit_test(lines_stay_when_widths_change),
        cmocka_unit_test(markdown_is_told_from_prose),
        cmocka_unit_test(a_place_is_in_the_line_that_shows_it),
        cmocka_unit_test(search_goes_across_emphasis_and_finds_what_is_shown),
        cmocka_unit_test(links_and_headings_are_listed),
        cmocka_unit_test(changes_are_shown_where_they_are),
        cmocka_unit_test(paragraphs_are_blocks_or_groups_of_lines),
        cmocka_unit_test(a_long_text_is_laid_out_as_far_as_somebody_looks),
        cmocka_unit_test(hostile_texts_end_and_stay_whole),
        cmocka_unit_test(real_answers_lose_no_word_and_fit),
        cmocka_unit_test(real_solutions_keep_their_stars),
    };
    lw_locale_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
