/* What stands at the top of a pane stays there, however far down in a long text: when the screen
 * changes its size, in each way of reading, on the whole screen, behind another response. */
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

enum { LINES = 1500 };

static struct app_fixture p;

static const char project[] = "labelwright: 1\ntitle: places\ntasks: [tasks.jsonl]\n"
                              "shuffle_responses: false\n"
                              "questions:\n"
                              "  - {name: quality, type: rating, on: response}\n"
                              "  - {name: problems, type: tags, on: response,\n"
                              "     options: [{value: one, help: A long help}]}\n";

/* Paragraphs of Markdown, from "**a0000** …" on; the letter is that of the response. */
static void add_response(struct lw_buf *to, char letter)
{
    lw_buf_str(to, "{\"text\":\"");
    for (int i = 0; i < LINES; i++)
        lw_buf_fmt(to,
            "**%c%04d** some words, some\\u200D hidden\\tand \\u2028 others, to be wrapped where "
            "the line ends, and so many of them that they take three lines on a small screen and "
            "two on a larger one.\\n\\n",
            letter, i);
    lw_buf_str(to, "last\"}");
}

static void start(int responses)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"id\":1,\"prompt\":\"p\",\"responses\":[");
    for (int i = 0; i < responses; i++) {
        lw_buf_str(&b, i > 0 ? "," : "");
        add_response(&b, (char)('a' + i));
    }
    lw_buf_str(&b, "]}\n");
    app_fixture_make(&p, project, b.data);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    lw_buf_fini(&b);
}

static void end(void)
{
    app_fixture_end(&p);
}

/* The number of the first paragraph that begins on the screen. */
static int shown(char letter)
{
    const char *screen = app_fixture_screen(&p), *at = screen;
    while ((at = strchr(at, letter)) && strspn(at + 1, "0123456789") != 4)
        at++;
    if (!at)
        fail_msg("no paragraph of %c on the screen\n%s", letter, screen);
    return atoi(at + 1);
}

static void expect_near(char letter, int wanted, const char *after)
{
    int is = shown(letter);
    if (abs(is - wanted) > 1)
        fail_msg("%s: paragraph %d is shown, not %d", after, is, wanted);
}

static void find(const char *what)
{
    char *keys = lw_format("/ type:%s Enter", what);
    app_fixture_press(&p, keys);
    free(keys);
}

static void a_place_stays_in_every_size_and_reading(void **state)
{
    static const char *const keys[] = {
        "t", "t", "t", "O", "O", "F7", "F7", "3", "f", "f", "x", "x"};
    (void)state;
    start(1);
    find("a1000");
    int was = shown('a');
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        app_fixture_press(&p, keys[i]);
        expect_near('a', was, keys[i]);
    }
    lw_app_resize(&p.app, 40, 140);
    expect_near('a', was, "a larger screen");
    lw_app_resize(&p.app, 24, 60);
    expect_near('a', was, "a smaller screen");
    app_fixture_press(&p, "t t");
    lw_app_resize(&p.app, 24, 80);
    expect_near('a', was, "another size with every character");
    end();
}

/* Nothing that is laid out alike moves by a line. */
static void nothing_moves_where_the_width_stays(void **state)
{
    (void)state;
    start(1);
    find("a1000");
    for (int i = 0; i < 12; i++) {
        app_fixture_press(&p, "j");
        size_t was = p.app.pane[1].top;
        app_fixture_press(&p, "O O");
        assert_int_equal(p.app.pane[1].top, was);
    }
    end();
}

static void each_response_keeps_its_place(void **state)
{
    (void)state;
    start(3);
    find("a0700");
    int first = shown('a');
    find("b1200");
    int second = shown('b');
    app_fixture_press(&p, "o o o");
    expect_near('a', first, "o");
    app_fixture_press(&p, "o");
    expect_near('b', second, "o");
    lw_app_resize(&p.app, 40, 140);
    app_fixture_press(&p, "o o o");
    expect_near('a', first, "another size");
    end();
}

static void a_pane_that_was_not_on_the_screen_keeps_its_place(void **state)
{
    (void)state;
    start(2);
    find("a0700");
    int first = shown('a');
    find("b1200");
    int second = shown('b');
    app_fixture_press(&p, "O");
    expect_near('b', second, "the whole screen");
    app_fixture_press(&p, "O");
    expect_near('a', first, "both again");
    app_fixture_press(&p, "O");
    find("a0300"); /* in the one that is not on the screen */
    expect_near('a', 300, "a match");
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_place_stays_in_every_size_and_reading),
        cmocka_unit_test(nothing_moves_where_the_width_stays),
        cmocka_unit_test(each_response_keeps_its_place),
        cmocka_unit_test(a_pane_that_was_not_on_the_screen_keeps_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
