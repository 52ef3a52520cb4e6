/* Going to a place unfolds what it is in, and nothing else: headings, links, matches, misspelt
 * words, differences. */
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
#include "fixtures/fake_dictionaries.h"

static const char YAML[] = "labelwright: 1\n"
                           "title: jumps\n"
                           "tasks: [tasks.jsonl]\n"
                           "shuffle_responses: false\n"
                           "spelling: [en]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, scale: {min: 1, max: 7}}\n";

/* A heading, a link and a misspelt word in the open and in a quote; code that differs. */
#define FOLDED                                                                                     \
    "> # Inside\\n> with [a link](http://inside.example)\\n> and teh word\\n> and needle\\n> end"
#define PLAIN "# Outside\\n\\nwith [one](http://outside.example)\\n\\nand wrold, a pin\\n\\n"
#define CODE(x) "```py\\none\\ntwo\\n" x "\\nfour\\n```\\n"
#define RECORD(id, rest) "{\"id\":\"" id "\",\"prompt\":\"Go.\"," rest "}\n"

static const char TASKS[] = RECORD("one", "\"response\":\"" PLAIN FOLDED "\"")
    RECORD("pair", "\"responses\":[\"# A\\n\\n" CODE("three") "\",\"# A\\n\\n" CODE("3") "\"]");

static struct app_fixture p;

/* At the task, everything folded. */
static void start(const char *keys)
{
    app_fixture_make(&p, YAML, TASKS);
    p.dictionaries = &fake_dictionaries;
    app_fixture_open(&p);
    app_fixture_screen(&p);
    app_fixture_press(&p, keys);
    app_fixture_press(&p, "F4");
    assert_true(p.app.how.fold);
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

/* The keys go to a place outside the fold first, then to one inside. */
static void unfolds(const char *outside, const char *inside)
{
    start("");
    assert_true(app_fixture_shows(&p, "(quote, 6 lines folded)"));
    app_fixture_press(&p, outside);
    assert_true(app_fixture_shows(&p, "(quote, 6 lines folded)"));
    app_fixture_press(&p, inside);
    assert_true(app_fixture_shows(&p, "> and needle"));
    assert_false(app_fixture_shows(&p, "folded"));
}

static void a_heading_is_unfolded(void **state)
{
    (void)state;
    unfolds("^T g Enter", "^T G Enter");
}

static void a_link_is_unfolded(void **state)
{
    (void)state;
    unfolds("^K g Enter", "^K G Enter");
}

static void a_match_is_unfolded(void **state)
{
    (void)state;
    unfolds("/ type:pin Enter", "/ type:needle Enter");
}

static void a_misspelt_word_is_unfolded(void **state)
{
    (void)state;
    unfolds("F8 work: Esc", "F8 work: Esc");
    end(NULL);
    unfolds("F8 work: Esc", "S-F8 work: Esc"); /* round to the last one */
}

static void a_difference_is_never_folded(void **state)
{
    (void)state;
    start("J");
    assert_true(app_fixture_shows(&p, "(code, Python, 4 lines folded)"));
    app_fixture_press(&p, "d n");
    assert_true(app_fixture_shows(&p, "[-three-]"));
    assert_true(app_fixture_shows(&p, "{+3+}"));
}

/* The pane beside keeps its place when the one is unfolded. */
static void other_panes_stay_where_they_are(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"id\":\"t\",\"prompt\":\"Go.\",\"responses\":[\"");
    for (int i = 0; i < 40; i++)
        lw_buf_fmt(&b, "# Part %d\\n\\n" CODE("three"), i);
    lw_buf_str(&b, "\",\"" FOLDED "\"]}\n");
    app_fixture_make(&p, YAML, b.data);
    lw_buf_fini(&b);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    app_fixture_press(&p, "F4 ^T g");
    for (int i = 0; i < 20; i++)
        app_fixture_press(&p, "Down");
    app_fixture_press(&p, "Enter");
    assert_true(app_fixture_shows(&p, "# Part 20\n"));
    app_fixture_press(&p, "o ^T Enter");
    assert_true(app_fixture_shows(&p, "> # Inside"));
    assert_true(app_fixture_shows(&p, "# Part 20\n"));
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_heading_is_unfolded),
        TEST(a_link_is_unfolded),
        TEST(a_match_is_unfolded),
        TEST(a_misspelt_word_is_unfolded),
        TEST(a_difference_is_never_folded),
        TEST(other_panes_stay_where_they_are),
    };
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
