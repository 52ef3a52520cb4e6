/* The boxes that choose a theme and give a command another key: what each key does there, and what
 * the loop is asked to do. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

static int set_up(void **state)
{
    (void)state;
    app_fixture_make(&p,
        "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n  - {name: quality, type: rating}\n",
        "{\"id\":\"t1\",\"prompt\":\"?\"}\n");
    p.bind = "F5: {quality: 2}\n";
    app_fixture_open(&p);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

static void asks(enum lw_app_action action, size_t theme)
{
    assert_int_equal(lw_app_action(&p.app), action);
    assert_int_equal(p.app.themes.at, theme);
}

static void each_theme_is_shown_as_it_is_marked(void **state)
{
    (void)state;
    app_fixture_press(&p, ": type:theme Enter");
    assert_true(app_fixture_shows(&p, "> dark              Dark, muted colours"));
    asks(LW_ACTION_NONE, 0);
    app_fixture_press(&p, "Down");
    asks(LW_ACTION_THEME, 1);
    assert_true(app_fixture_shows(&p, "> light"));
    app_fixture_press(&p, "End");
    asks(LW_ACTION_THEME, 2);
    app_fixture_press(&p, "Tab");
    asks(LW_ACTION_THEME, 0);
    app_fixture_press(&p, "Up");
    asks(LW_ACTION_THEME, 0);
    app_fixture_press(&p, "Down Enter");
    asks(LW_ACTION_KEEP_THEME, 1);
    assert_true(app_fixture_shows(&p, "? help"));
}

static void esc_brings_the_theme_before_back(void **state)
{
    (void)state;
    app_fixture_press(&p, "S-F5 Down Down");
    asks(LW_ACTION_THEME, 2);
    app_fixture_press(&p, "Esc");
    asks(LW_ACTION_THEME, 0);
    assert_true(app_fixture_shows(&p, "? help"));
}

static void remapped_is(const char *command, const char *keys)
{
    const char *name;
    struct lw_buf list = {0};
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_REMAP);
    lw_app_remapped(&p.app, &name, &list);
    assert_string_equal(name, command);
    assert_string_equal(list.data, keys);
    lw_buf_fini(&list);
}

static void a_command_gets_another_key(void **state)
{
    (void)state;
    app_fixture_press(&p, "? K type:skip Enter");
    assert_true(app_fixture_shows(&p, "skip: s"));
    assert_true(app_fixture_shows(&p, "Press the new key of skip."));
    app_fixture_press(&p, "i");
    assert_true(app_fixture_shows(&p, "i is free."));
    app_fixture_press(&p, "Enter");
    remapped_is("skip", "[i]");
    app_fixture_press(&p, "S-F11 type:page-down Enter ( a");
    remapped_is("page-down", "[\"(\", Space, PgDn]");
    app_fixture_press(&p, "S-F11 type:skip Enter Esc");
    asks(LW_ACTION_NONE, 0);
    assert_true(app_fixture_shows(&p, "? help"));
}

static void whose_a_key_is_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *key, *said;
    } rows[] = {
        {"p", "p is the key of pause: it cannot be that of skip as well. Press another key."},
        {"s", "s is a key of skip already."},
        {"5", "5 is the key of answer"},
        {"F5", "F5 is the macro \"quality 2\". Press another key."},
        {"^S", "^S cannot be bound: it stops the output of terminals. Use another key."},
        {"Enter", "Enter is the key of submit"},
    };
    app_fixture_press(&p, "S-F11 type:skip Enter");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        app_fixture_press(&p, rows[i].key);
        if (!app_fixture_shows(&p, rows[i].said))
            fail_msg("%s: %s", rows[i].key, app_fixture_screen(&p));
        asks(LW_ACTION_NONE, 0);
    }
}

/* Wherever rows end, whatever lines are around them. */
static bool says(const char *text)
{
    struct lw_buf screen = {0}, wanted = {0};
    app_fixture_screen(&p);
    for (int i = 0; i < p.frame.rows * p.frame.cols; i++) {
        char32_t ch = p.frame.cell[i].cp[0];
        lw_buf_add(&screen, &(char){(char)ch}, ch > ' ' && ch < 128);
    }
    for (const char *at = text; *at; at++)
        lw_buf_add(&wanted, at, *at != ' ');
    bool found = strstr(screen.data, wanted.data) != NULL;
    lw_buf_fini(&screen);
    lw_buf_fini(&wanted);
    return found;
}

static void words_that_do_not_fit_go_on_in_the_next_row(void **state)
{
    (void)state;
    static struct lw_theme_name themes[] = {
        {(char *)"one", (char *)"Theme 0, of which there is more to say than this row takes."},
        {(char *)"two", (char *)"Short"},
        {(char *)"three", (char *)"Theme 2, of which there is more to say than this row takes."}};
    lw_app_resize(&p.app, 16, 60);
    p.app.themes.v = themes;
    app_fixture_press(&p, "S-F5");
    assert_true(says(themes[0].title));
    app_fixture_press(&p, "End");
    assert_true(says(themes[2].title));
    app_fixture_press(&p, "Esc S-F11");
    enum lw_command_id list[LW_CMD_TABLE_END];
    size_t n = lw_remap_find(&p.app, list);
    for (size_t i = 0; i < n; i++) {
        if (!says(lw_command_table[list[i]].help))
            fail_msg("%s: %s", lw_command_table[list[i]].name, app_fixture_screen(&p));
        app_fixture_press(&p, "Down");
    }
    app_fixture_press(&p, "Esc S-F11 type:first-row Enter");
    assert_true(says("of a table, before any answer: its first row is names, or a task"));
    app_fixture_press(&p, "Esc S-F11 type:previous-misspelt Enter F11");
    assert_true(says("F11 is free. Make it the only key of previous-misspelt, or one more?"));
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(each_theme_is_shown_as_it_is_marked),
        TEST(esc_brings_the_theme_before_back),
        TEST(a_command_gets_another_key),
        TEST(words_that_do_not_fit_go_on_in_the_next_row),
        TEST(whose_a_key_is_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
