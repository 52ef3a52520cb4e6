/* Themes and keys changed while the program runs: the whole screen at once, the file with its
 * comments, and the next start. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/program_fixture.h"
#include "labelwright/base/buf.h"

static const char project[] = "labelwright: 1\n"
                              "title: Trial\n"
                              "tasks: [tasks.jsonl]\n"
                              "questions:\n"
                              "  - {name: quality, type: rating, on: task}\n";
static const char tasks[] = "{\"id\":\"t0\",\"prompt\":\"p\"}\n{\"id\":\"t1\",\"prompt\":\"q\"}\n";
#define SETTINGS "# mine\nannotator: ana # me\n#theme: dark\ndigit_guard_ms: 0\n"

static struct program_fixture t;

static struct lw_pty *start(const char *settings)
{
    program_fixture_make(&t, project, tasks, sizeof tasks - 1);
    program_fixture_settings(&t, "config.yaml", settings);
    struct lw_pty *p = program_fixture_open(&t, 24, 100, NULL);
    lw_pty_wait_text(p, "? help");
    return p;
}

static void file_is(const char *wanted)
{
    char text[4096];
    char *path = lw_format("%s/config/labelwright/config.yaml", t.dir);
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    text[fread(text, 1, sizeof text - 1, f)] = '\0';
    fclose(f);
    free(path);
    assert_string_equal(text, wanted);
}

/* The colour of the header's text is this one. */
static bool has_colour(const struct lw_pty *p, void *fg)
{
    return lw_pty_cell_at(p, 0, 2).fg == *(const int *)fg;
}

static void a_theme_is_shown_kept_and_restored(void **state)
{
    (void)state;
    struct lw_pty *p = start(SETTINGS);
    int dark = lw_pty_cell_at(p, 0, 2).fg, mono = -1;
    assert_int_not_equal(dark, mono);
    lw_pty_type(p, ":theme\r");
    lw_pty_wait_text(p, "> dark");
    lw_pty_type(p, "\033[F"); /* the last: mono, attributes only */
    lw_pty_wait_text(p, "> mono");
    lw_pty_wait(p, has_colour, &mono, "the header in the theme mono");
    lw_pty_type(p, "\033");
    lw_pty_wait(p, has_colour, &dark, "the header as before");
    lw_pty_wait_text(p, "? help");
    file_is(SETTINGS);
    lw_pty_type(p, ":theme\r\033[F\r");
    lw_pty_wait_text(p, "Theme mono: written to ");
    lw_pty_wait(p, has_colour, &mono, "the header in the theme mono");
    file_is("# mine\nannotator: ana # me\n#theme: dark\ntheme: mono\ndigit_guard_ms: 0\n");
    program_fixture_leave(p);
    p = program_fixture_open(&t, 24, 100, NULL);
    lw_pty_wait_text(p, "? help");
    lw_pty_wait(p, has_colour, &mono, "the header in the theme mono, next time");
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

static void a_key_counts_at_once_and_the_next_time(void **state)
{
    (void)state;
    struct lw_pty *p = start(SETTINGS);
    lw_pty_type(p, "?");
    lw_pty_wait_gone(p, "Enter submit");
    lw_pty_type(p, "Kskip\r");
    lw_pty_wait_text(p, "Press the new key of skip.");
    lw_pty_type(p, "p");
    lw_pty_wait_text(p, "p is the key of pause");
    lw_pty_type(p, "i\r");
    lw_pty_wait_text(p, "skip: i. Written to ");
    lw_pty_wait_text(p, "i skip");
    file_is("# mine\nannotator: ana # me\n#theme: dark\ndigit_guard_ms: 0\nkeys: {skip: [i]}\n");
    lw_pty_type(p, "s");
    lw_pty_wait_text(p, "s is not a key here.");
    lw_pty_type(p, "i");
    lw_pty_wait_text(p, "Skip this task.");
    lw_pty_type(p, "\033");
    lw_pty_wait_gone(p, "Skip this task.");
    program_fixture_leave(p);
    p = program_fixture_open(&t, 24, 100, NULL);
    lw_pty_wait_text(p, "i skip");
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

static void a_file_that_is_not_plain_stays(void **state)
{
    (void)state;
#define BRACES "{annotator: ana, digit_guard_ms: 0}\n"
    struct lw_pty *p = start(BRACES);
    lw_pty_type(p, ":theme\r\033[B\r");
    lw_pty_wait_text(p, "counts until you leave.");
    file_is(BRACES);
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_theme_is_shown_kept_and_restored),
        cmocka_unit_test(a_key_counts_at_once_and_the_next_time),
        cmocka_unit_test(a_file_that_is_not_plain_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
