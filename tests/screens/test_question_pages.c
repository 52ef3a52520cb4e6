/* Many questions at once: each of them, and each of many options, can be seen and reached. */
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

static const struct lw_sitting_view *view(void)
{
    return lw_sitting_view(p.s);
}

static void open_twelve(void)
{
    const char *source = getenv("LW_SOURCE");
    char *folder = lw_format("%s/tests/screens/projects/twelve", source ? source : ".");
    app_fixture_copy(&p, folder);
    app_fixture_open(&p);
    free(folder);
}

static void open_with(const char *questions)
{
    char *yaml = lw_format("labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n%s", questions);
    app_fixture_make(&p, yaml,
        "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"a\",\"text\":\"x\"},"
        "{\"id\":\"b\",\"text\":\"y\"}]}\n");
    app_fixture_open(&p);
    free(yaml);
}

static bool shows_label(size_t slot)
{
    struct lw_buf label = {0};
    lw_sitting_slot_label(p.s, view()->slot[slot], &label);
    bool shown = app_fixture_shows(&p, label.data);
    lw_buf_fini(&label);
    return shown;
}

/* With the focus on any question, all of its page are on the screen, and its number. */
static void check_focused_page(void)
{
    char words[32];
    struct lw_question_page page = lw_question_page(&p.app);
    snprintf(words, sizeof words, "page %zu of %zu", page.number, page.of);
    assert_true(view()->focus >= page.from && view()->focus < page.to);
    assert_int_equal(app_fixture_shows(&p, words), page.of > 1);
    for (size_t i = page.from; i < page.to; i++)
        if (!shows_label(i))
            fail_msg("slot %zu is not on page %zu:\n%s", i, page.number, app_fixture_screen(&p));
}

static void check_size(int rows, int cols)
{
    size_t n = view()->nslots, last = 0;
    lw_app_resize(&p.app, rows, cols);
    app_fixture_screen(&p);
    for (size_t i = 0; i < n; i++) {
        struct lw_question_page page = lw_question_page(&p.app);
        check_focused_page();
        assert_true(page.number == last || page.number == last + 1); /* Tab turns one page */
        last = page.number;
        app_fixture_press(&p, "Tab");
    }
    assert_int_equal(view()->focus, 0);
}

static void every_question_can_be_seen_at_every_size(void **state)
{
    (void)state;
    static const int sizes[][2] = {{16, 60}, {24, 80}, {24, 200}, {30, 80}, {40, 140}};
    open_twelve();
    assert_int_equal(view()->nslots, 18);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        check_size(sizes[i][0], sizes[i][1]);
    app_fixture_end(&p);
}

static void answers_do_not_move_questions_to_other_pages(void **state)
{
    (void)state;
    open_twelve();
    lw_app_resize(&p.app, 24, 80);
    app_fixture_screen(&p);
    struct lw_question_page first = lw_question_page(&p.app);
    app_fixture_press(&p, "4 5 3 1 6 5 1 2 1 S-Tab m type:a_long_note_that_is_there Enter");
    for (size_t i = 0; i < view()->nslots && view()->focus > 0; i++)
        app_fixture_press(&p, "Tab");
    struct lw_question_page again = lw_question_page(&p.app);
    assert_int_equal(view()->focus, 0);
    assert_int_equal(again.to, first.to);
    assert_int_equal(again.of, first.of);
    assert_true(first.of > 1);
    app_fixture_end(&p);
}

static void enter_turns_to_the_page_of_a_missing_answer(void **state)
{
    (void)state;
    open_twelve();
    lw_app_resize(&p.app, 24, 80);
    app_fixture_press(&p, "S-Tab");
    struct lw_question_page last = lw_question_page(&p.app);
    assert_int_equal(last.number, last.of);
    assert_true(app_fixture_shows(&p, "8 required left"));
    app_fixture_press(&p, "Enter");
    assert_int_equal(lw_question_page(&p.app).number, 1);
    assert_true(app_fixture_shows(&p, "Better overall is not answered yet."));
    app_fixture_end(&p);
}

static void questions_about_one_answer_are_not_parted(void **state)
{
    (void)state;
    open_twelve();
    lw_app_resize(&p.app, 24, 80);
    app_fixture_press(&p, "Tab Tab Tab Tab Tab Tab"); /* the first about B */
    struct lw_question_page page = lw_question_page(&p.app);
    assert_int_equal(page.from, 6);
    app_fixture_end(&p);
}

static void a_project_names_its_pages(void **state)
{
    (void)state;
    open_with("  - {name: clear, type: rating, on: response, page: Style}\n"
              "  - {name: warm, type: rating, on: response}\n"
              "  - {name: sources, type: rating, on: response, page: Facts}\n");
    assert_int_equal(view()->nslots, 6);
    assert_true(app_fixture_shows(&p, "Style"));
    assert_true(app_fixture_shows(&p, "page 1 of 2"));
    assert_true(app_fixture_shows(&p, "A clear"));
    assert_true(app_fixture_shows(&p, "B warm"));
    assert_false(app_fixture_shows(&p, "A sources"));
    app_fixture_press(&p, "1 2 3 4");
    assert_true(app_fixture_shows(&p, "page 2 of 2"));
    assert_true(app_fixture_shows(&p, "Facts"));
    assert_true(app_fixture_shows(&p, "A sources"));
    assert_false(app_fixture_shows(&p, "A clear"));
    app_fixture_end(&p);
}

/* ---- many options */

static char *many_options(const char *type, int n)
{
    struct lw_buf b = {0};
    lw_buf_fmt(&b, "  - name: topic\n    type: %s\n    options:\n", type);
    for (int i = 1; i <= n; i++)
        lw_buf_fmt(&b, "      - {value: v%d, label: Option number %d}\n", i, i);
    return lw_buf_detach(&b);
}

static const char *answer(void)
{
    const json_t *v = json_object_get(view()->answers, "topic");
    return json_string_value(json_is_array(v) ? json_array_get(v, 0) : v);
}

static void five_hundred_options_scroll_and_are_filtered(void **state)
{
    (void)state;
    static const char *const types[] = {"tags", "choice"};
    for (size_t i = 0; i < 2; i++) {
        char *questions = many_options(types[i], 500);
        open_with(questions);
        free(questions);
        app_fixture_press(&p, "Space");
        assert_true(app_fixture_shows(&p, "1 of 500"));
        assert_true(app_fixture_shows(&p, "Option number 1"));
        app_fixture_press(&p, "End");
        assert_true(app_fixture_shows(&p, "500 of 500"));
        assert_true(app_fixture_shows(&p, "> ")); /* the mark is on the screen */
        assert_true(app_fixture_shows(&p, "Option number 500"));
        app_fixture_press(&p, "PgUp");
        assert_true(app_fixture_shows(&p, "488 of 500"));
        app_fixture_press(&p, "Home PgDn / type:217");
        assert_true(app_fixture_shows(&p, "Option number 217"));
        assert_false(app_fixture_shows(&p, "Option number 218"));
        app_fixture_press(&p, "Enter");
        assert_string_equal(answer(), "v217");
        app_fixture_end(&p);
    }
}

static void twelve_levels_of_options_are_shown_and_chosen(void **state)
{
    (void)state;
    struct lw_buf b = {0};
    lw_buf_str(&b, "  - {name: topic, type: tags, options: [{value: l1");
    for (int i = 2; i <= 12; i++)
        lw_buf_fmt(&b, ", options: [{value: l%d", i);
    for (int i = 2; i <= 12; i++)
        lw_buf_str(&b, "}]");
    lw_buf_str(&b, "}]}\n");
    open_with(b.data);
    lw_buf_fini(&b);
    app_fixture_press(&p, "f");
    assert_true(app_fixture_shows(&p, "[ ] l12"));
    app_fixture_press(&p, "1");
    assert_string_equal(answer(), "l1/l2/l3/l4/l5/l6/l7/l8/l9/l10/l11/l12");
    assert_true(app_fixture_shows(&p, "[x] l12"));
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_question_can_be_seen_at_every_size),
        cmocka_unit_test(answers_do_not_move_questions_to_other_pages),
        cmocka_unit_test(enter_turns_to_the_page_of_a_missing_answer),
        cmocka_unit_test(questions_about_one_answer_are_not_parted),
        cmocka_unit_test(a_project_names_its_pages),
        cmocka_unit_test(five_hundred_options_scroll_and_are_filtered),
        cmocka_unit_test(twelve_levels_of_options_are_shown_and_chosen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
