/* Hidden tasks: uncovered piece by piece or at once, and what is still hidden is found nowhere. */
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

static const char tasks[] =
    "{\"id\":\"t1\",\"tags\":[\"grim\"],\"messages\":[{\"role\":\"user\",\"content\":\"first "
    "turn\"},"
    "{\"role\":\"assistant\",\"content\":\"second turn\\n \\n\\nits end\"},"
    "{\"role\":\"user\",\"content\":\"third turn\"}],\"responses\":[{\"id\":\"a\",\"text\":"
    "\"\\nthe answer\\r\\n\\r\\nand more\"},{\"id\":\"b\",\"text\":\"another\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"plain\",\"responses\":[]}\n";

/* In the order of reading; z shows one after the other. */
static const char *const pieces[] = {
    "first turn", "second turn", "its end", "third turn", "the answer", "and more", "another"};
enum { PIECES = sizeof pieces / sizeof *pieces };

static void open_hidden(const char *curtain)
{
    char *yaml = lw_format(
        "labelwright: 1\ntasks: [tasks.jsonl]\ncurtain: %s\nshuffle_responses: false\nquestions:\n"
        "  - {name: good, type: rating}\n"
        "  - {name: fix, type: edit, on: response}\n",
        curtain);
    app_fixture_make(&p, yaml, tasks);
    p.app.rows = 40;
    app_fixture_open(&p);
    app_fixture_screen(&p);
    free(yaml);
}

static void close_hidden(void)
{
    app_fixture_end(&p);
}

static void assert_shown(size_t n)
{
    for (size_t i = 0; i < PIECES; i++)
        if (app_fixture_shows(&p, pieces[i]) != (i < n))
            fail_msg("\"%s\" with %zu pieces shown:\n%s", pieces[i], n, app_fixture_screen(&p));
}

static void z_shows_one_piece_after_the_other(void **state)
{
    (void)state;
    open_hidden("[grim]");
    for (size_t n = 0; n <= PIECES; n++) {
        assert_shown(n);
        app_fixture_press(&p, "z");
    }
    assert_shown(0); /* hidden again */
    close_hidden();
}

static void capital_z_shows_all(void **state)
{
    (void)state;
    open_hidden("[grim]");
    app_fixture_press(&p, "Z");
    assert_shown(PIECES);
    app_fixture_press(&p, "Z z z Z");
    assert_shown(PIECES);
    app_fixture_press(&p, "J K");
    assert_shown(0);
    close_hidden();
}

static void what_is_hidden_is_not_found(void **state)
{
    (void)state;
    open_hidden("[grim]");
    app_fixture_press(&p, "z z / type:turn Enter");
    assert_int_equal(p.app.nhits, 2);
    app_fixture_press(&p, "/ type:answer Enter");
    assert_int_equal(p.app.nhits, 0);
    app_fixture_press(&p, "t"); /* the source */
    assert_shown(2);
    app_fixture_press(&p, "d");
    assert_shown(2);
    app_fixture_press(&p, "a");
    assert_shown(0);
    close_hidden();
}

static void an_answer_needs_a_piece_and_a_correction_all(void **state)
{
    (void)state;
    open_hidden("[grim]");
    app_fixture_press(&p, "5");
    assert_int_equal(json_object_size(lw_sitting_view(p.s)->answers), 0);
    assert_true(app_fixture_shows(&p, "This task is hidden."));
    app_fixture_press(&p, "z 5 e");
    assert_int_equal(json_object_size(lw_sitting_view(p.s)->answers), 1);
    assert_int_equal(p.app.over, LW_OVERLAY_NONE);
    assert_shown(1);
    app_fixture_press(&p, "Z e");
    assert_int_equal(p.app.over, LW_OVERLAY_EDIT);
    close_hidden();
}

static void all_tasks_may_be_hidden(void **state)
{
    (void)state;
    open_hidden("all");
    app_fixture_press(&p, "J");
    assert_true(app_fixture_shows(&p, "Hidden (all tasks)."));
    assert_false(app_fixture_shows(&p, "plain"));
    app_fixture_press(&p, "z");
    assert_true(app_fixture_shows(&p, "plain"));
    close_hidden();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(z_shows_one_piece_after_the_other),
        cmocka_unit_test(capital_z_shows_all),
        cmocka_unit_test(what_is_hidden_is_not_found),
        cmocka_unit_test(an_answer_needs_a_piece_and_a_correction_all),
        cmocka_unit_test(all_tasks_may_be_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
