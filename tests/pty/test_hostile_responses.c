/* Responses that mean harm, read in the whole program: the first screen comes, every key is
 * answered, memory stays in proportion, nothing is carried out and nothing is hidden; what cannot
 * be laid out says why. Escape sequences in all fields: test_hostile_tasks.c. */
#define _GNU_SOURCE
#include "fixtures/own_bytes.h"
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* Sanitized builds look for wrong accesses, which a smaller text has too. */
enum { SMALLER = SANITIZED ? 8 : 1, MEBI = (1 << 20) / SMALLER };

static const char project[] = "labelwright: 1\ntitle: hostile\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: quality, type: rating, on: response}\n";

/* Sanitizers keep what was freed for a while; ours must be compared without. */
static const char *const env[] = {"ASAN_OPTIONS=quarantine_size_mb=1", NULL};

static void make(struct program_fixture *t, const char *text, size_t n)
{
    json_t *task = json_pack("{s:s, s:s#}", "prompt", "Please answer.", "response", text, n);
    char *line = json_dumps(task, JSON_COMPACT);
    program_fixture_make(t, project, line, strlen(line));
    free(line);
    json_decref(task);
}

/* ---- what a process is */

static char *proc(const struct lw_pty *p, const char *file)
{
    char *path = lw_format("/proc/%d/%s", lw_pty_pid(p), file), *line = NULL;
    struct lw_buf b = {0};
    size_t cap = 0;
    FILE *f = fopen(path, "r");
    for (ssize_t n; f && (n = getline(&line, &cap, f)) > 0;)
        lw_buf_add(&b, line, (size_t)n);
    if (f)
        fclose(f);
    free(line);
    free(path);
    return lw_buf_detach(&b);
}

/* The most memory that it has had, in KiB. */
static long most_memory(const struct lw_pty *p)
{
    char *status = proc(p, "status"), *at = strstr(status, "VmHWM:");
    assert_non_null(at);
    long kib = strtol(at + strlen("VmHWM:"), NULL, 10);
    free(status);
    assert_true(kib > 0);
    return kib;
}

static void expect_no_children(const struct lw_pty *p)
{
    char *file = lw_format("task/%d/children", lw_pty_pid(p)), *children = proc(p, file);
    if (*children)
        lw_pty_fail(p, "it runs other programs: %s", children);
    free(children);
    free(file);
}

/* ---- reading */

static bool is_found(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    return strstr(lw_pty_screen(p), "\"lastword\": 1 of 1.");
}

/* Header and footer are in their places. */
static bool has_frame(const struct lw_pty *p, void *rows)
{
    return strstr(lw_pty_row(p, 0), "hostile") && strstr(lw_pty_row(p, *(int *)rows - 1), "? help");
}

static void wait_frame(struct lw_pty *p, int rows)
{
    lw_pty_wait(p, has_frame, &rows, "header and footer in their places");
}

/* To the end and back, by search, in the source, with every character, and in another size. */
static void read_all(struct lw_pty *p)
{
    lw_pty_wait_text(p, "firstword");
    lw_pty_type(p, "G");
    lw_pty_wait_text(p, "lastword");
    lw_pty_type(p, "g");
    lw_pty_wait_text(p, "firstword");
    lw_pty_type(p, "/");
    lw_pty_wait_text(p, "Search this task");
    lw_pty_type(p, "lastword\r");
    lw_pty_wait(p, is_found, NULL, "the only match");
    lw_pty_type(p, "t");
    lw_pty_wait_text(p, "The source, as it is in the file.");
    lw_pty_type(p, "G");
    lw_pty_wait_text(p, "lastword");
    lw_pty_type(p, "t");
    lw_pty_wait_text(p, "Every character is shown.");
    lw_pty_type(p, "G");
    lw_pty_wait_text(p, "lastword¶");
    lw_pty_type(p, "t");
    lw_pty_wait_gone(p, "¶");
    wait_frame(p, 24);
    lw_pty_resize(p, 40, 140);
    wait_frame(p, 40);
    lw_pty_wait_text(p, "lastword");
    lw_pty_type(p, "n");
    lw_pty_wait(p, is_found, NULL, "the match in the new size");
}

/* The most memory that reading it takes, in KiB; the first screen, or the last, says `why`. */
static long read_text(const char *text, size_t n, const char *why)
{
    struct program_fixture t;
    make(&t, text, n);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, env);
    bool said = !why || strstr(lw_pty_screen(p), why);
    read_all(p);
    if (!said && !strstr(lw_pty_screen(p), why))
        lw_pty_fail(p, "it does not say \"%s\"", why);
    long kib = most_memory(p);
    expect_no_children(p);
    own_bytes_check(lw_pty_output(p, 0));
    program_fixture_leave(p);
    program_fixture_remove(&t);
    return kib;
}

/* ---- texts */

static const char too_long[] = "(too long to be laid out, shown as it stands)";
static const char too_deep[] = "(nested too deeply, shown as it stands)";
static const char defines[] = "(defines a command, and no command is ever carried out)";

/* What the laid out lines, and their runs, may take for each byte of the text: many of a few
 * letters take more. */
enum { LEAST = 16, LINES_OF_PROSE = 64, LINES_OF_A_LETTER = 160 };

static const struct {
    const char *name, *open, *middle;
    size_t bytes; /* of all middles */
    const char *close, *why;
    long most; /* bytes of memory for each of them */
} texts[] = {
    {"a table", "| a | b |\n|---|---|\n", "| **one** | two |\n", MEBI, "", too_long, LEAST},
    {"tables", "", "| a | b |\n|---|---|\n| **one** | two |\n\n", MEBI, "", NULL, LINES_OF_PROSE},
    {"nested quotes", "", "> ", 20000, "deep", too_deep, LINES_OF_PROSE},
    {"nested lists", "", "- ", 20000, "deep", too_deep, LINES_OF_PROSE},
    {"deeper and deeper", "", ">\n>>>>\n>>>>>>>>\n> >>>>>>>>>>>>\n", MEBI, "", too_long,
        LINES_OF_PROSE},
    {"a fence", "```python\n", "x = '''\n", MEBI, "", "(the code block is not closed)",
        LINES_OF_PROSE},
    {"emphasis", "", "**a *b __c _d ", MEBI, "", too_long, LEAST},
    {"emphasis in paragraphs", "", "**a *b __c _d\n\n", MEBI, "", NULL, LINES_OF_PROSE},
    {"links", "", "[a](b ", MEBI, "", too_long, LEAST},
    {"brackets", "", "![[", MEBI, "", too_long, LEAST},
    {"brackets in paragraphs", "", "![[\n\n", MEBI, "", NULL, LINES_OF_A_LETTER},
    {"rules", "", "***\n", MEBI, "", NULL, LINES_OF_PROSE},
    {"one line", "", "b", 10 * MEBI, "", too_long, LEAST},
    {"marks", "a", "\xCC\x81", 2000000 / SMALLER, "", too_long, LEAST},
    {"a long fraction", "$$", "\\frac{1}{", 18000, "x$$", "(is longer than 16 KiB)",
        LINES_OF_PROSE},
    {"deep fractions", "$$", "\\frac{1}{", 9000, "x$$", "(is nested too deeply)", LINES_OF_PROSE},
    {"deep roots in a line", "the $", "\\sqrt ", 600, "x$", "(is nested too deeply)",
        LINES_OF_PROSE},
    {"macros of macros", "$$\\newcommand{\\a}{aaaaaaaa}", "\\newcommand{\\a}{\\a\\a\\a\\a}", 8000,
        "\\a$$", defines, LINES_OF_PROSE},
    {"macros of themselves", "$$\\def\\x{\\x\\x}", "\\x ", 8000, "$$", defines, LINES_OF_PROSE},
    {"macros in a line", "the $\\def\\x{\\x\\x}", "\\x ", 200, "1$", defines, LINES_OF_PROSE},
};

static void add_text(struct lw_buf *to, size_t i)
{
    size_t end;
    lw_buf_fmt(to, "# firstword\n\n%s", texts[i].open);
    for (end = to->len + texts[i].bytes; to->len < end;)
        lw_buf_str(to, texts[i].middle);
    lw_buf_fmt(to, "%s\n\nlastword\n", texts[i].close);
}

/* What sanitizers put around each piece of memory. */
enum { AROUND = SANITIZED ? 4 : 1 };

static void hostile_responses_are_read_like_any_other(void **state)
{
    static const char harmless[] = "# firstword\n\nSome words.\n\nlastword\n";
    (void)state;
    long usual = read_text(harmless, sizeof harmless - 1, NULL);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct lw_buf text = {0};
        add_text(&text, i);
        long kib = read_text(text.data, text.len, texts[i].why) - usual;
        double each = 1024.0 * (double)kib / (double)text.len / AROUND;
        if (getenv("LW_SHOW_MEMORY"))
            print_message("%s: %.1f bytes for each of %zu\n", texts[i].name, each, text.len);
        if (text.len > MEBI / 2 && each > (double)texts[i].most)
            fail_msg("%s: %.1f bytes of memory for each of the text", texts[i].name, each);
        lw_buf_fini(&text);
    }
}

/* ---- what would be carried out elsewhere */

static const struct {
    const char *source, *shown;
} links[] = {
    {"[bank.com](javascript:alert(1))", "bank.com‹1 → javascript:alert(1)›"},
    {"[bank.com](&#106;ava&#10;script:x)", "bank.com‹2 → java^Jscript:x›"},
    {"[x](data:text/html;base64,AAAA)", "x‹3 → data:text/html;base64,AAAA›"},
    {"![bank.com](file:///etc/passwd)", "[picture: bank.com]‹4 → file:///etc/passwd›"},
    {"[bank.com](http://bank.com:pw@evil.example/)", "bank.com‹5 → evil.example›"},
    {"[bank.com](http://evil.example\\\\@bank.com/)", "bank.com‹6 → evil.example›"},
    {"[see bank.com now](//evil.example)", "see bank.com now‹7 → evil.example›"},
    {"[\u202Emoc.knab\u202C](http://evil.example)", "<U+202E>moc.knab<U+202C>‹8 → evil.example›"},
    {"[bank.com\u200B](http://evil.example)", "bank.com<U+200B>‹9 → evil.example›"},
    {"[bank.com](http://\u202Eelpmaxe.live)", "bank.com‹10 → <U+202E>elpmaxe.live›"},
    {"[bank.com][r]", "bank.com‹11 → evil.example›"},
    {"[esc](http://a/\033]0;owned\a)", "[esc](http://a/^[]0;owned^G)"},
    {"\033]8;;http://evil.example\abank.com\033]8;;\a",
        "^[]8;;http://evil.example^Gbank.com^[]8;;^G"},
    {"<javascript:alert(1)>", "javascript:alert(1)"},
    {"<script>touch('owned')</script>", "<script>touch('owned')</script>"},
    {"$\\write18{touch owned}$", "$\\write18{touch owned}$ ("},
    {"$\\input{/etc/passwd}$", "$\\input{/etc/passwd}$ ("},
};
enum { LINKS = sizeof links / sizeof *links };

static void links_tell_where_they_go_and_nothing_is_carried_out(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_buf text = {0};
    lw_buf_str(&text, "# firstword\n\n");
    for (size_t i = 0; i < LINKS; i++)
        lw_buf_fmt(&text, "- %s\n", links[i].source);
    lw_buf_str(&text, "\n[r]: http://evil.example 'bank.com'\n\nlastword\n");
    make(&t, text.data, text.len);
    struct lw_pty *p = program_fixture_open(&t, 40, 140, env);
    for (size_t i = 0; i < LINKS; i++)
        lw_pty_wait_text(p, links[i].shown);
    lw_pty_type(p, "\v"); /* ^K: the whole targets */
    lw_pty_wait_text(p, "bank.com:pw@evil.example");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "? help");
    expect_no_children(p);
    own_bytes_check(lw_pty_output(p, 0));
    assert_null(strstr(lw_pty_output(p, 0), "root:"));
    program_fixture_leave(p);
    char *owned = lw_format("%s/owned", t.dir);
    assert_int_not_equal(access(owned, F_OK), 0);
    assert_int_not_equal(access("owned", F_OK), 0);
    free(owned);
    lw_buf_fini(&text);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hostile_responses_are_read_like_any_other),
        cmocka_unit_test(links_tell_where_they_go_and_nothing_is_carried_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
