/* The palette: every word of a row can be read, what was run most comes first among equal matches,
 * in the next session too. And the list of options shows all of the marked one. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static const char yaml[] =
    "labelwright: 1\n"
    "tasks: [tasks.jsonl]\n"
    "questions:\n"
    "  - name: problems\n"
    "    type: tags\n"
    "    options:\n"
    "      - value: long\n"
    "        label: A label that is as long as a sentence of a client who has not yet seen how "
    "wide a terminal is, end of it\n"
    "        help: What is said of this option takes more than a row of eighty columns, so that it "
    "goes on in a second one, to its end\n"
    "      - {value: short}\n";
static const char jsonl[] = "{\"id\":\"t1\",\"prompt\":\"One\",\"response\":\"Eins\"}\n";

static struct app_fixture p;

static int begin(void **state)
{
    (void)state;
    app_fixture_make(&p, yaml, jsonl);
    app_fixture_open(&p);
    return 0;
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

/* The row that is marked, without the frame; borrowed until the next call. */
static const char *marked(void)
{
    static char line[256];
    const char *at = strstr(app_fixture_screen(&p), "│ > ");
    assert_non_null(at);
    at += strlen("│ > ");
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at, " "), at);
    return line;
}

static void every_word_of_every_command_is_shown(void **state)
{
    (void)state;
    for (int cols = LW_MIN_COLS; cols <= 100; cols += 20) {
        lw_app_resize(&p.app, 24, cols);
        app_fixture_press(&p, ":");
        enum lw_command_id list[LW_CMD_TABLE_END];
        size_t n = lw_palette_find(&p.app, list);
        for (size_t i = 0; i < n; i++) {
            assert_string_equal(marked(), lw_command_table[list[i]].name);
            assert_false(app_fixture_shows(&p, "…"));
            app_fixture_press(&p, "Down");
        }
        app_fixture_press(&p, "Esc");
    }
}

static void a_long_row_goes_on_in_the_next(void **state)
{
    (void)state;
    app_fixture_press(&p, ": type:page-down");
    assert_true(app_fixture_shows(&p, "one page down, then next pane (Space opens"));
    assert_true(app_fixture_shows(&p, "                      flags, texts)"));
}

static void what_was_run_most_comes_first(void **state)
{
    (void)state;
    app_fixture_press(&p, ": type:task");
    assert_string_equal(marked(), "next-task");
    app_fixture_press(&p, "Down Enter : type:task");
    assert_string_equal(marked(), "previous-task");
    app_fixture_press(&p, "Esc");
    app_fixture_close(&p); /* and the next session knows it */
    app_fixture_open(&p);
    app_fixture_press(&p, ": type:task");
    assert_string_equal(marked(), "previous-task");
}

static void a_better_match_comes_before_one_that_is_used_more(void **state)
{
    (void)state;
    app_fixture_press(&p, ": type:fold-blocks Enter : type:fold");
    assert_string_equal(marked(), "fold-blocks");
    app_fixture_press(&p, "Esc : type:fold-p");
    assert_string_equal(marked(), "fold-prompt");
    app_fixture_press(&p, "Esc : type:next-mark Enter : type:mark");
    assert_string_equal(marked(), "mark"); /* all of its name */
}

static void counts_that_cannot_be_read_do_no_harm(void **state)
{
    (void)state;
    app_fixture_press(&p, ": type:list Enter a");
    char *path = lw_format("%s/labelwright/commands", p.state);
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs("list -3\nnonsense\nlist 99999999999999999999\n\xff\xfe 3\n", f);
    fclose(f);
    free(path);
    app_fixture_press(&p, ": type:list");
    assert_string_equal(marked(), "list");
}

static void all_of_the_marked_option_is_shown(void **state)
{
    (void)state;
    app_fixture_press(&p, "f");
    assert_true(app_fixture_shows(&p, "end of it: What is said of this option"));
    assert_true(app_fixture_shows(&p, "to its end"));
    app_fixture_press(&p, "Down");
    assert_false(app_fixture_shows(&p, "to its end"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(every_word_of_every_command_is_shown),
        TEST(a_long_row_goes_on_in_the_next),
        TEST(what_was_run_most_comes_first),
        TEST(a_better_match_comes_before_one_that_is_used_more),
        TEST(counts_that_cannot_be_read_do_no_harm),
        TEST(all_of_the_marked_option_is_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
