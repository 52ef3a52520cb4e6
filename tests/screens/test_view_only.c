/* A window where nothing can be saved: it says so, its footer has only keys that work there, and
 * the others say why they do not. */
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
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, required: true}\n"
                           "  - {name: problems, type: tags, options: [{value: a}, {value: b}]}\n"
                           "  - {name: why, type: text}\n";
static const char jsonl[] = "{\"id\":\"t1\",\"prompt\":\"One\",\"response\":\"Eins\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Two\",\"response\":\"Zwei\"}\n";

static struct app_fixture p, other;

static int begin(void **state)
{
    (void)state;
    app_fixture_make(&p, yaml, jsonl);
    app_fixture_open(&p);
    other = p;
    other.w = (struct lw_workspace){.dir = -1};
    other.app = (struct lw_app){0};
    other.frame = (struct lw_frame){0};
    app_fixture_open(&other);
    return 0;
}

static int end(void **state)
{
    (void)state;
    app_fixture_close(&other);
    lw_frame_fini(&other.frame);
    app_fixture_end(&p);
    return 0;
}

/* The last row of the other window; borrowed until the next call. */
static const char *footer(void)
{
    static char line[1024];
    const char *at = app_fixture_screen(&other);
    for (int row = 1; row < other.app.rows; row++)
        at = strchr(at, '\n') + 1;
    snprintf(line, sizeof line, "%.*s", (int)strcspn(at, "\n"), at);
    return line;
}

static void the_title_line_says_so(void **state)
{
    (void)state;
    assert_true(app_fixture_shows(&other, "view only\n"));
    assert_false(app_fixture_shows(&p, "view only"));
}

static void the_footer_has_only_what_works(void **state)
{
    (void)state;
    app_fixture_press(&other, "j");
    assert_string_equal(
        footer(), " Enter take over  J next  K previous  a list  / search  q leave  ? help");
}

static void other_keys_say_why_and_how_to_take_over(void **state)
{
    (void)state;
    static const char *const keys[] = {"5", "Enter", "s", "f", "m", "e", "u", "^R", "S"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        app_fixture_press(&other, "Esc");
        app_fixture_press(&other, keys[i]);
        const char *said = lw_sitting_view(other.s)->message;
        if (strcmp(keys[i], "S") == 0)
            assert_string_equal(said, "This project sends nothing (no `sync:` in project.yaml).");
        else if (!strstr(said, "View only: ") || !strstr(said, "Close it there, then press Enter."))
            fail_msg("%s says \"%s\"", keys[i], said);
        assert_int_equal(other.app.over, LW_OVERLAY_NONE);
    }
}

static void what_the_footer_names_works(void **state)
{
    (void)state;
    app_fixture_press(&other, "J");
    assert_string_equal(lw_sitting_view(other.s)->task->id, "t2");
    app_fixture_press(&other, "K");
    assert_string_equal(lw_sitting_view(other.s)->task->id, "t1");
    app_fixture_press(&other, "a");
    assert_int_equal(other.app.over, LW_OVERLAY_LIST);
    app_fixture_press(&other, "a / type:Eins Enter");
    assert_true(app_fixture_shows(&other, "\"Eins\": 1 of 1."));
    app_fixture_press(&other, "q");
    assert_int_equal(other.app.over, LW_OVERLAY_CARD);
}

static void enter_takes_over_when_the_other_window_is_closed(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Tab");
    app_fixture_close(&p);
    app_fixture_press(&other, "Enter");
    assert_false(app_fixture_shows(&other, "view only"));
    assert_non_null(strstr(footer(), "submit"));
    app_fixture_close(&other);
    app_fixture_open(&p); /* for end() */
    app_fixture_open(&other);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(the_title_line_says_so),
        TEST(the_footer_has_only_what_works),
        TEST(other_keys_say_why_and_how_to_take_over),
        TEST(what_the_footer_names_works),
        TEST(enter_takes_over_when_the_other_window_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
