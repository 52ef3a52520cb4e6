/* Golden screens: each file in cases/ names a project, a size and keys, and then shows the screen
 * that must come of them. With LW_WRITE=1 in the environment the files are written again, to be
 * read and committed like any other change. */
#define _GNU_SOURCE
#include <dirent.h>
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

static const char MARK[] = "----\n";
static const char *source;

struct screen_case {
    char *path, *text; /* the file, and all of it */
    char project[128], keys[1024];
    int rows, cols;
    const char *golden; /* inside text */
};

static void read_field(const char *text, const char *name, char *to, size_t n)
{
    const char *at = strstr(text, name);
    if (!at)
        fail_msg("a case lacks \"%s\"", name);
    at += strlen(name);
    snprintf(to, n, "%.*s", (int)strcspn(at, "\n"), at);
}

static void read_case(struct screen_case *c, const char *name)
{
    char size[32];
    c->path = lw_format("%s/tests/screens/cases/%s", source, name);
    FILE *f = fopen(c->path, "r");
    assert_non_null(f);
    size_t cap = 0;
    c->text = NULL;
    assert_true(getdelim(&c->text, &cap, '\0', f) > 0);
    fclose(f);
    read_field(c->text, "project: ", c->project, sizeof c->project);
    read_field(c->text, "keys:", c->keys, sizeof c->keys);
    read_field(c->text, "size: ", size, sizeof size);
    assert_int_equal(sscanf(size, "%dx%d", &c->cols, &c->rows), 2);
    char *mark = strstr(c->text, MARK);
    assert_non_null(mark);
    c->golden = mark + strlen(MARK);
}

static void write_case(const struct screen_case *c, const char *screen)
{
    FILE *f = fopen(c->path, "w");
    assert_non_null(f);
    fwrite(c->text, 1, (size_t)(c->golden - c->text), f);
    fputs(screen, f);
    fclose(f);
}

/* So many tasks, as in the user's settings; 0 where the case has no such line. */
static int break_after(const struct screen_case *c)
{
    const char *at = strstr(c->text, "\nbreak-after: ");
    return at && at < c->golden ? atoi(at + strlen("\nbreak-after: ")) : 0;
}

static bool run_case(const char *name)
{
    struct screen_case c;
    static struct app_fixture p;
    read_case(&c, name);
    char *folder = lw_format("%s/%s", source, c.project);
    app_fixture_copy(&p, folder);
    p.dictionaries = &fake_dictionaries;
    p.app.rows = c.rows;
    p.app.cols = c.cols;
    p.config.rest.tasks = break_after(&c);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    app_fixture_press(&p, c.keys);
    char *screen = lw_strdup(app_fixture_screen(&p));
    bool same = strcmp(screen, c.golden) == 0;
    if (!same && getenv("LW_WRITE"))
        write_case(&c, screen);
    else if (!same)
        print_error("%s: the screen is\n%s", name, screen);
    app_fixture_end(&p);
    free(folder);
    free(screen);
    free(c.path);
    free(c.text);
    return same || getenv("LW_WRITE");
}

/* Pictures need libraries that a build may lack. */
static int is_case(const struct dirent *e)
{
    if (strncmp(e->d_name, "picture-", 8) == 0 && !lw_picture_can_show())
        return 0;
    return strstr(e->d_name, ".txt") != NULL;
}

static void every_golden_screen_is_as_it_was(void **state)
{
    (void)state;
    struct dirent **names;
    char *folder = lw_format("%s/tests/screens/cases", source);
    int n = scandir(folder, &names, is_case, alphasort), wrong = 0;
    assert_true(n > 0);
    for (int i = 0; i < n; i++) {
        wrong += !run_case(names[i]->d_name);
        free(names[i]);
    }
    free(names);
    free(folder);
    assert_int_equal(wrong, 0);
}

/* What a screen must keep, at any size, whatever is on it. */
static void every_size_holds(const char *keys)
{
    static struct app_fixture p;
    for (int i = 0; i < 2; i++) {
        char *folder = lw_format("%s/tests/screens/projects/%s", source, i ? "corrections" : "mix");
        app_fixture_copy(&p, folder);
        app_fixture_open(&p);
        for (int rows = 1; rows <= 50; rows += 3)
            for (int cols = 1; cols <= 200; cols += 7) {
                lw_app_resize(&p.app, rows, cols);
                app_fixture_screen(&p);
                assert_int_equal(p.frame.rows, rows);
                assert_int_equal(p.frame.cols, cols);
                assert_in_range(p.frame.cursor_row, 0, rows - 1);
                assert_in_range(p.frame.cursor_col, 0, cols - 1);
            }
        lw_app_resize(&p.app, 24, 80);
        app_fixture_press(&p, "J");
        app_fixture_press(&p, keys);
        for (int rows = 16; rows <= 50; rows += 5)
            for (int cols = 60; cols <= 200; cols += 35) {
                lw_app_resize(&p.app, rows, cols);
                app_fixture_screen(&p);
                assert_true(p.frame.cursor_shown);
            }
        app_fixture_end(&p);
        free(folder);
    }
}

static void frames_hold_together_at_every_size(void **state)
{
    (void)state;
    static const char *const overs[] = {"", "f", "m", "?", "F2", "q", "p", "s", "^G", "O", "x", "d",
        "e", "e type:x_y", "e M->", "e S-Right", "e ^F", "e F1"};
    for (size_t o = 0; o < sizeof overs / sizeof *overs; o++)
        every_size_holds(overs[o]);
}

/* The rating view leaves at least 15 of 24 lines to the text. */
static void the_text_gets_the_room(void **state)
{
    (void)state;
    static struct app_fixture p;
    char *folder = lw_format("%s/samples/quickstart", source);
    app_fixture_copy(&p, folder);
    app_fixture_open(&p);
    app_fixture_screen(&p);
    assert_true(p.app.pane[0].rows + p.app.pane[1].rows >= 15);
    app_fixture_end(&p);
    free(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_golden_screen_is_as_it_was),
        cmocka_unit_test(frames_hold_together_at_every_size),
        cmocka_unit_test(the_text_gets_the_room),
    };
    source = getenv("LW_SOURCE");
    if (!source)
        source = ".";
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
