/* Pages of text: help begins with what can be pressed here, is never cut, says why a key does
 * nothing; help and guidelines are searched. */
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

static const char yaml[] = "labelwright: 1\n"
                           "guidelines: guidelines.md\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating}\n"
                           "  - {name: problems, type: tags, options: [{value: a}, {value: b}]}\n";
static const char jsonl[] = "{\"id\":\"t1\",\"prompt\":\"One\",\"response\":\"Eins\"}\n"
                            "{\"id\":\"t2\"\n";

static struct app_fixture p;

static int begin(void **state)
{
    struct lw_buf text = {0};
    (void)state;
    app_fixture_make(&p, yaml, jsonl);
    lw_buf_str(&text, "# Rules\n\n- first\n- second\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n");
    for (int i = 0; i < 60; i++)
        lw_buf_fmt(&text, "Paragraph %d.\n\n", i);
    lw_buf_str(&text, "The needle in **the** last one. Another Needle.\n");
    app_fixture_write(&p, "guidelines.md", text.data, text.len);
    lw_buf_fini(&text);
    app_fixture_open(&p);
    return 0;
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

/* Whether `a` stands before `b` on the screen. */
static bool before(const char *a, const char *b)
{
    const char *screen = app_fixture_screen(&p);
    const char *first = strstr(screen, a), *then = strstr(screen, b);
    return first && then && first < then;
}

static void help_begins_with_what_can_be_pressed_here(void **state)
{
    (void)state;
    app_fixture_press(&p, "?");
    assert_true(before(" Here: Quality", " Labeling"));
    assert_true(before("1-9 0 ", " Labeling"));
    assert_true(before("Enter ", " Labeling"));
    app_fixture_press(&p, "Esc Tab ?");
    assert_true(before(" Here: Problems", " Labeling"));
    assert_true(before("open the first tags question (flags)", " Labeling"));
}

static void no_word_of_help_is_cut_at_any_width(void **state)
{
    (void)state;
    for (int cols = LW_MIN_COLS; cols <= 160; cols += 10) {
        lw_app_resize(&p.app, 400, cols);
        app_fixture_press(&p, "?");
        assert_false(app_fixture_shows(&p, "…"));
        for (int id = 0; id < LW_CMD_TABLE_END; id++) { /* the last word of each */
            const char *word = strrchr(lw_command_table[id].help, ' ');
            if (!app_fixture_shows(&p, word ? word + 1 : lw_command_table[id].help))
                fail_msg("%d columns: help of %s", cols, lw_command_table[id].name);
        }
        app_fixture_press(&p, "Esc");
    }
}

/* Nor of that of the editor, which stands in two columns as well. */
static void no_word_of_the_editors_help_is_cut(void **state)
{
    (void)state;
    end(NULL);
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions: [{name: fix, type: edit, on: "
        "response}]\n",
        jsonl);
    app_fixture_open(&p);
    for (int cols = LW_MIN_COLS; cols <= 160; cols += 10) {
        lw_app_resize(&p.app, 100, cols);
        app_fixture_press(&p, "e F1");
        assert_true(app_fixture_shows(&p, "PgDn)"));
        assert_true(app_fixture_shows(&p, "adds"));
        assert_true(app_fixture_shows(&p, "returns)"));
        assert_true(app_fixture_shows(&p, "C-Left C-Right"));
        app_fixture_press(&p, "Esc ^C");
    }
}

static void help_has_two_columns_from_100(void **state)
{
    (void)state;
    app_fixture_press(&p, "?");
    size_t narrow = lw_pager_lines(&p.app);
    lw_app_resize(&p.app, 24, 100);
    assert_int_equal(lw_pager_lines(&p.app), 2 * narrow);
    assert_true(app_fixture_shows(&p, " Here: Quality  "));
    app_fixture_press(&p, "G");
    assert_true(app_fixture_shows(&p, "F8 S-F8, M-s"));
}

static void help_says_why_a_key_does_nothing(void **state)
{
    (void)state;
    app_fixture_press(&p, "?");
    assert_false(app_fixture_shows(&p, "Not now"));
    app_fixture_press(&p, "Esc J ?"); /* a task that cannot be read */
    lw_app_resize(&p.app, 200, 120);
    assert_true(app_fixture_shows(&p, "Not now: This task"));
    assert_true(app_fixture_shows(&p, "Not now: as above."));
}

static void words_are_found_in_help_while_they_are_typed(void **state)
{
    (void)state;
    app_fixture_press(&p, "? / type:curtain");
    assert_true(app_fixture_shows(&p, "not found")); /* its name is no part of help */
    app_fixture_press(&p, "Esc / type:misspelt");
    assert_true(app_fixture_shows(&p, "match 1 of "));
    assert_true(app_fixture_shows(&p, "mark misspelt words in the texts"));
    app_fixture_press(&p, "Enter n");
    assert_true(app_fixture_shows(&p, "match 2 of "));
    app_fixture_press(&p, "N N");
    assert_false(app_fixture_shows(&p, "match 1 of "));
}

static void the_guidelines_open_on_a_letter_and_are_laid_out(void **state)
{
    (void)state;
    app_fixture_press(&p, "I");
    assert_int_equal(p.app.over, LW_OVERLAY_GUIDELINES);
    assert_true(app_fixture_shows(&p, "• first"));
    assert_false(app_fixture_shows(&p, "|---|"));
    app_fixture_press(&p, "Esc F2");
    assert_int_equal(p.app.over, LW_OVERLAY_GUIDELINES);
}

static void an_option_may_still_have_that_letter(void **state)
{
    static const char own[] =
        "labelwright: 1\n"
        "tasks: [tasks.jsonl]\n"
        "questions:\n"
        "  - {name: problems, type: tags, options: [{value: invented, key: I}]}\n";
    (void)state;
    app_fixture_close(&p);
    app_fixture_write(&p, "project.yaml", own, sizeof own - 1);
    app_fixture_open(&p);
    app_fixture_press(&p, "I");
    assert_int_not_equal(p.app.over, LW_OVERLAY_GUIDELINES);
}

static void the_guidelines_are_searched(void **state)
{
    (void)state;
    app_fixture_press(&p, "I / type:needle");
    assert_true(app_fixture_shows(&p, "match 1 of 2"));
    assert_true(app_fixture_shows(&p, "The needle in the last one."));
    app_fixture_press(&p, "Enter n");
    assert_true(app_fixture_shows(&p, "match 2 of 2"));
    app_fixture_press(&p, "n");
    assert_true(app_fixture_shows(&p, "match 1 of 2"));
    lw_app_resize(&p.app, 30, 70);
    assert_true(app_fixture_shows(&p, "match 1 of 2"));
    app_fixture_press(&p, "q");
    assert_int_equal(p.app.over, LW_OVERLAY_NONE);
    app_fixture_press(&p, "I n"); /* nothing is looked for yet: it asks */
    assert_true(p.app.page_find.typing);
    app_fixture_press(&p, "Esc");
    assert_false(p.app.page_find.typing);
    assert_int_equal(p.app.over, LW_OVERLAY_GUIDELINES);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(help_begins_with_what_can_be_pressed_here),
        TEST(no_word_of_help_is_cut_at_any_width),
        TEST(no_word_of_the_editors_help_is_cut),
        TEST(help_has_two_columns_from_100),
        TEST(help_says_why_a_key_does_nothing),
        TEST(words_are_found_in_help_while_they_are_typed),
        TEST(the_guidelines_open_on_a_letter_and_are_laid_out),
        TEST(an_option_may_still_have_that_letter),
        TEST(the_guidelines_are_searched),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
