/* On a wide screen answers stand to the right of short texts, below long ones, and stay there while
 * the task is labeled. */
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
#include "tui/view/answer_area_internal.h"

static struct app_fixture p;

#define YAML                                                                                       \
    "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"                                           \
    "  - {name: quality, type: rating, required: true, scale: {min: 1, max: 3,\n"                  \
    "     points: {1: wrong, 2: half right, 3: right}}}\n"                                         \
    "  - {name: why, type: text, when: {quality: 1}}\n"                                            \
    "  - {name: tone, type: choice, options: [{value: warm}, {value: cold}]}\n"

static void start(const char *yaml, int lines, int responses, int rows, int cols)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"id\":1,\"prompt\":\"p\",\"responses\":[");
    for (int r = 0; r < responses; r++) {
        lw_buf_str(&b, r ? ",\"" : "\"");
        for (int i = 0; i < lines; i++)
            lw_buf_fmt(&b, "line %d\\n\\n", i);
        lw_buf_str(&b, "end\"");
    }
    lw_buf_str(&b, "]}\n");
    app_fixture_make(&p, yaml, b.data);
    lw_buf_fini(&b);
    p.app.rows = rows;
    p.app.cols = cols;
    app_fixture_open(&p);
    app_fixture_screen(&p);
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

static bool is_beside(void)
{
    bool beside = p.app.answers.side > 0;
    assert_int_equal(app_fixture_shows(&p, "ANSWERS"), beside);
    assert_int_equal(p.app.pane[0].cols, p.app.cols - p.app.answers.side);
    return beside;
}

static void short_texts_leave_room_at_the_right(void **state)
{
    (void)state;
    start(YAML, 5, 1, 40, 140);
    assert_true(is_beside());
    assert_true(app_fixture_shows(&p, "> RESPONSE"));
    assert_true(app_fixture_shows(&p, "  2 half right"));
    assert_true(p.app.pane[1].rows > 30);
}

/* Labels stand below each other, whether they have a digit or not; bare numbers say no more below
 * each other than in a row. */
static void what_can_be_chosen_stands_in_a_list(void **state)
{
    (void)state;
    start("labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
          "  - {name: kind, type: choice, options: [{value: a}, {value: b}, {value: c},\n"
          "     {value: d}, {value: e}, {value: f}, {value: g}, {value: h}, {value: i},\n"
          "     {value: tenth}, {value: more}]}\n"
          "  - {name: quality, type: rating}\n",
        5, 1, 40, 140);
    assert_true(app_fixture_shows(&p, "  0 tenth\n"));
    assert_true(app_fixture_shows(&p, "    more\n"));
    app_fixture_press(&p, "Tab");
    assert_true(app_fixture_shows(&p, "1   2   3   4   5"));
}

/* As in the picture: right of the text and left of nothing, with the list below the question. */
static void the_list_of_flags_stands_there_too(void **state)
{
    (void)state;
    start("labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
          "  - {name: flags, type: tags, options: [{value: rude}, {value: wrong}]}\n",
        5, 1, 40, 140);
    app_fixture_press(&p, "f");
    const char *screen = app_fixture_screen(&p), *box = strstr(screen, "┌ Flags");
    assert_non_null(box);
    const char *row = box;
    while (row > screen && row[-1] != '\n')
        row--;
    assert_true(lw_cols(row, (size_t)(box - row), -1) == p.app.cols - p.app.answers.side);
    lw_app_resize(&p.app, 24, 100);
    assert_true(app_fixture_shows(&p, "\n ┌ Flags"));
}

static void a_long_text_has_the_whole_width(void **state)
{
    (void)state;
    start(YAML, 50, 1, 40, 140);
    assert_false(is_beside());
}

static void a_narrow_screen_has_them_below(void **state)
{
    (void)state;
    start(YAML, 5, 1, 40, 139);
    assert_false(is_beside());
    lw_app_resize(&p.app, 40, 140);
    app_fixture_screen(&p);
    assert_true(is_beside());
}

static void two_responses_stay_beside_each_other(void **state)
{
    (void)state;
    start(YAML, 5, 2, 40, 140);
    assert_false(is_beside());
    lw_app_resize(&p.app, 60, 200);
    app_fixture_screen(&p);
    assert_true(is_beside());
    assert_int_equal(p.app.grid.rows, 1);
}

/* By what it will take: nothing moves while it is uncovered. */
static void what_is_hidden_counts_as_if_it_were_not(void **state)
{
    (void)state;
    start("curtain: [all]\n" YAML, 5, 1, 40, 140);
    assert_true(is_beside());
    app_fixture_press(&p, "Z");
    assert_true(is_beside());
    lw_app_resize(&p.app, 40, 140);
    app_fixture_press(&p, "Z");
    assert_true(is_beside());
}

static void what_is_hidden_and_long_has_the_whole_width(void **state)
{
    (void)state;
    start("curtain: [all]\n" YAML, 50, 1, 40, 140);
    assert_false(is_beside());
    app_fixture_press(&p, "Z");
    assert_false(is_beside());
}

/* Neither an answer, nor what it brings, nor another way to read moves them. */
static void they_stay_while_the_task_is_labeled(void **state)
{
    (void)state;
    static const char *const keys[] = {"1", "Tab", "x", "t", "t", "x", "O", "O", "1", "u", "S-Tab"};
    for (int lines = 14; lines < 21; lines++) { /* around as many as fit */
        start(YAML, lines, 1, 40, 140);
        bool beside = is_beside();
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            app_fixture_press(&p, keys[i]);
            app_fixture_screen(&p);
            assert_int_equal(p.app.answers.side > 0, beside);
        }
        if (lines < 20)
            end(NULL);
    }
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(short_texts_leave_room_at_the_right),
        TEST(what_can_be_chosen_stands_in_a_list),
        TEST(the_list_of_flags_stands_there_too),
        TEST(a_long_text_has_the_whole_width),
        TEST(a_narrow_screen_has_them_below),
        TEST(two_responses_stay_beside_each_other),
        TEST(what_is_hidden_counts_as_if_it_were_not),
        TEST(what_is_hidden_and_long_has_the_whole_width),
        TEST(they_stay_while_the_task_is_labeled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
