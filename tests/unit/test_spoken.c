/* Texts as they are read aloud: what each block is called, where it ends, and that every word of
 * real answers is said. */
#define _GNU_SOURCE
#include "fixtures/spoken_properties.h"

#include "fixtures/shared_data.h"

#include <jansson.h>

static const struct {
    const char *source, *said;
} cases[] = {
    {"", ""},
    {"plain words", "plain words\n"},
    {"# One\n\n## Two *words*", "heading 1: One\nheading 2: Two words\n"},
    {"#", "heading 1:\n"},
    {"a *b* **c** `d e`", "a b c `d e`\n"},
    {"5 ~~euro~~ pounds", "5 (struck out: euro) pounds\n"},
    {"one\ntwo\n\nthree", "one\ntwo\n\nthree\n"},
    {"a<br>b", "a\nb\n"},
    {"---\n", "dividing line\n"},
    /* lists */
    {"- a\n- b", "list, 2 items\nitem: a\nitem: b\nend of list\n"},
    {"9. a\n10. b", "list, 2 items\n9: a\n10: b\nend of list\n"},
    {"0. a", "list, 1 item\n0: a\nend of list\n"},
    {"- [x] a\n- [ ] b", "list, 2 items\ntask, done: a\ntask, not done: b\nend of list\n"},
    {"1. [x] a", "list, 1 item\n1, task, done: a\nend of list\n"},
    {"- a\n  - b", "list, 1 item\nitem: a\nlist, 1 item\nitem: b\nend of list\nend of list\n"},
    {"- a\n-\n", "list, 2 items\nitem: a\nitem:\nend of list\n"},
    {"- a\n\n  b", "list, 1 item\nitem: a\n\nb\nend of list\n"},
    /* quotes */
    {"> a\n> b\n\nc", "quote: a\nb\nend of quote\nc\n"},
    {"> # a\n> > b", "quote: heading 1: a\nquote: b\nend of quote\nend of quote\n"},
    /* tables */
    {"| Name | Cost |\n|--|--|\n| x | 5 |\n| y | *6* |",
        "table, 2 columns, 2 rows\nrow 1: Name: x; Cost: 5\nrow 2: Name: y; Cost: 6\n"
        "end of table\n"},
    {"| a | b |\n|--|--|", "table, 2 columns, 0 rows\ncolumns: 1: a; 2: b\nend of table\n"},
    {"| a | b |\n|--|--|\n| x | |",
        "table, 2 columns, 1 row\ncolumns: 1: a; 2: b\nrow 1: 1: x\nend of table\n"},
    {"| a | |\n|--|--|\n| x | y |", "table, 2 columns, 1 row\nrow 1: a: x; y\nend of table\n"},
    {"| a |\n|--|\n| x<br>y |", "table, 1 column, 1 row\nrow 1: a: x y\nend of table\n"},
    {"| a name of a column that is longer than forty |\n|--|\n| x |",
        "table, 1 column, 1 row\ncolumns: 1: a name of a column that is longer than forty\n"
        "row 1: 1: x\nend of table\n"},
    /* code */
    {"```python\nif x:\n\tpass\n```\nb",
        "code, Python, 2 lines\nif x:\n    pass\nend of code\nb\n"},
    {"```py title=x\n\n```", "code, Python, py title=x, 1 line\n\nend of code\n"},
    {"```nosuch\nx\n```", "code, nosuch, 1 line\nx\nend of code\n"},
    {"```\nx", "code, 1 line\nx\nend of code, which is not closed\n"},
    {"    x\n", "code, 1 line\nx\nend of code\n"},
    {"- a\n  ```c\n  b\n  ```",
        "list, 1 item\nitem: a\ncode, C, 1 line\nb\nend of code\nend of list\n"},
    {"<div>\nx\n</div>", "HTML, 3 lines\n<div>\nx\n</div>\nend of HTML\n"},
    /* links */
    {"see [it](http://x.org) now", "see (link: it, to http://x.org) now\n"},
    {"[it](u \"t v\")", "(link: it, to u, title t v)\n"},
    {"<http://x.org>", "(link: http://x.org)\n"},
    {"![a cat](cat.png)", "(picture: a cat, file cat.png)\n"},
    {"![](.) [](#)", "(picture, file .) (link to #)\n"},
    {"[a](b)[c](d)", "(link: a, to b)(link: c, to d)\n"},
    {"[bank.com](http://evil.org/x)", "(link: bank.com, to http://evil.org/x)\n"},
    {"see [it][ref]\n\n[ref]: http://x.org",
        "see (link: it, to http://x.org)\n\n[ref]: (link: http://x.org)\n"},
    {"note[^1]\n\n[^1]: more", "note(footnote 1)\n\nfootnote 1: more\n"},
    {"[^ x] [^", "[^ x] [^\n"},
    /* formulas */
    {"half $x^2$ done", "half x² done\n"},
    {"so\n$$x^2 + 1$$\nend", "so\nformula: x² + 1\nend\n"},
    {"$$\\nosuch{x}$$",
        "formula, as it stands because it has the command \\nosuch, which we do not know: "
        "$$\\nosuch{x}$$\n"},
    /* what is shown as it stands */
    {"[](u)", "some words would be missing, shown as it stands\n[](u)\n"},
    {"| a |\n|---|\n| b | lost |",
        "some words would be missing, shown as it stands\n| a |\n|---|\n| b | lost |\n"},
};

static void blocks_are_said_in_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lw_buf said = {0};
        lw_spoken(cases[i].source, strlen(cases[i].source), &said);
        if (strcmp(said.data ? said.data : "", cases[i].said) != 0)
            fail_msg("%s\n---- is said as\n%s---- not as\n%s", cases[i].source, said.data,
                cases[i].said);
        lw_buf_fini(&said);
    }
}

/* Two chunks: the lines of both are told at the start, and the end comes once. */
static void long_code_is_one_block(void **state)
{
    (void)state;
    enum { LINES = 9000 };
    struct lw_buf text = {0}, said = {0};
    lw_buf_str(&text, "```c\n");
    for (int i = 0; i < LINES; i++)
        lw_buf_fmt(&text, "int i%d;\n", i);
    lw_buf_str(&text, "```\nbehind\n");
    lw_spoken(text.data, text.len, &said);
    const char *head = "code, C, 9000 lines\n", *tail = "int i8999;\nend of code\nbehind\n";
    assert_memory_equal(said.data, head, strlen(head));
    assert_string_equal(said.data + said.len - strlen(tail), tail);
    assert_int_equal(said.len, text.len - strlen("```c\n```\n") + strlen(head) + 12);
    lw_buf_fini(&text);
    lw_buf_fini(&said);
}

/* Many empty cells under long names, deep quotes: what is said is bounded. */
static void no_text_is_said_at_great_length(void **state)
{
    (void)state;
    struct lw_buf text = {0};
    for (int i = 0; i < 30; i++)
        lw_buf_str(&text, "|abcdefghijklmnopqrstuvwxyz-abcdefghijkl");
    lw_buf_str(&text, "|\n|");
    for (int i = 0; i < 30; i++)
        lw_buf_str(&text, "---|");
    for (int i = 0; i < 3000; i++)
        lw_buf_str(&text, "\n|x");
    char *bad = bad_speech(text.data, text.len);
    if (bad)
        fail_msg("%s", bad);
    lw_buf_fini(&text);
}

static void no_word_of_real_answers_is_left_out(void **state)
{
    (void)state;
    size_t n, answers = 0;
    char *file = shared_bytes("data/markdown/arenahard01_gpt-4-0314.jsonl", &n);
    if (!file)
        skip();
    for (char *line = file, *end; (end = strchr(line, '\n')); line = end + 1, answers++) {
        json_t *record = json_loadb(line, (size_t)(end - line), 0, NULL);
        json_t *last = json_array_get(json_object_get(record, "messages"), 1);
        json_t *answer = json_object_get(json_object_get(last, "content"), "answer");
        char *bad = bad_speech(json_string_value(answer), json_string_length(answer));
        if (bad)
            fail_msg("answer %zu: %s", answers, bad);
        json_decref(record);
    }
    assert_int_equal(answers, 500);
    free(file);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_are_said_in_words),
        cmocka_unit_test(long_code_is_one_block),
        cmocka_unit_test(no_text_is_said_at_great_length),
        cmocka_unit_test(no_word_of_real_answers_is_left_out),
    };
    if (!lw_locale_init())
        return 3;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
