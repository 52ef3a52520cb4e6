/* The start screen: what it shows and what its keys do. Each whole screen stands in a file of
 * start/; with LW_WRITE=1 they are written again. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/golden_frame.h"
#include "tui/app/start_keys_internal.h"
#include "tui/view/frame_internal.h"

#include "labelwright/base/buf.h"

static struct lw_start_list some = {
    .project =
        {
            {.path = (char *)"/home/ana/jobs/catalan",
                .name = (char *)"catalan",
                .place = (char *)"~/jobs",
                .looked = true,
                .tasks = 40,
                .counted = true,
                .done = 11,
                .skipped = 1,
                .unsent = 3,
                .sends = true,
                .today_ms = 4320000},
            {.path = (char *)"/home/ana/a.jsonl",
                .name = (char *)"a.jsonl",
                .place = (char *)"~",
                .looked = true,
                .tasks = 5,
                .counted = true,
                .done = 5},
            {.path = (char *)"/home/ana/big",
                .name = (char *)"big",
                .place = (char *)"~",
                .looked = true,
                .tasks = 9000,
                .done = 12,
                .parked = 2,
                .sends = true},
            {.path = (char *)"/home/ana/gone",
                .name = (char *)"gone",
                .place = (char *)"~",
                .looked = true,
                .why = (char *)"gone/tasks.jsonl: no such file or folder."},
            {.path = (char *)"/home/ana/later", .name = (char *)"later", .place = (char *)"~"},
        },
    .nprojects = 5,
    .file =
        {
            {(char *)"pairs.jsonl", "trl-preference", 3280164},
            {(char *)"a\033[31mred.csv", "table", 812},
        },
    .nfiles = 2,
    .sample =
        {
            {(char *)"quickstart", (char *)"Quickstart: thirteen answers to judge"},
            {(char *)"helpfulness", (char *)"Helpfulness: which reply is the better one?"},
        },
    .nsamples = 2,
};
static struct lw_start_list none;
static struct lw_frame frame;

static const char *draw(struct lw_start_screen *s)
{
    static struct lw_buf text;
    lw_start_follow(s);
    lw_frame_resize(&frame, s->rows, s->cols);
    lw_frame_clear(&frame);
    lw_view_start(s, lw_area_all(&frame));
    lw_buf_clear(&text);
    lw_frame_print(&frame, false, &text);
    return text.data;
}

static void shows(struct lw_start_screen *s, const char *name)
{
    char *file = lw_format("start/%s", name);
    golden_frame_is(file, draw(s));
    free(file);
}

static struct lw_start_screen screen_of(const struct lw_start_list *l, int rows, int cols)
{
    return (struct lw_start_screen){
        .list = l, .folder = "/home/ana/jobs", .rows = rows, .cols = cols};
}

static enum lw_start_act press(struct lw_start_screen *s, const char *name)
{
    struct lw_key key;
    assert_true(lw_key_parse(name, &key));
    return lw_start_key(s, key);
}

static void it_shows_what_is_left_unsent_and_worked_today(void **state)
{
    (void)state;
    struct lw_start_screen s = screen_of(&some, 24, 80);
    shows(&s, "some-80");
    s.rows = 40;
    s.cols = 140;
    shows(&s, "some-140");
}

static void an_empty_one_says_what_to_do(void **state)
{
    (void)state;
    struct lw_start_screen s = screen_of(&none, 24, 80);
    shows(&s, "none-80");
    assert_int_equal(press(&s, "Enter"), LW_START_NOTHING);
    assert_int_equal(press(&s, "1"), LW_START_NOTHING);
    assert_non_null(strstr(draw(&s), "This key opens nothing. q leaves."));
    assert_int_equal(press(&s, "q"), LW_START_LEAVE);
    s.cols = 60;
    assert_non_null(strstr(draw(&s), "or: labelwright FILE"));
}

static void a_low_screen_scrolls_and_says_how_much_is_below(void **state)
{
    (void)state;
    struct lw_start_screen s = screen_of(&some, 16, 60);
    some.nprojects = 4;
    shows(&s, "low-60");
    assert_int_equal(press(&s, "End"), LW_START_NOTHING);
    assert_non_null(strstr(draw(&s), "> B helpfulness"));
    press(&s, "Home");
    assert_non_null(strstr(draw(&s), "PROJECTS"));
    some.nprojects = 5;
    s.rows = 15;
    assert_non_null(strstr(draw(&s), "Too small: 60x15."));
}

/* Wherever rows end. */
static bool says(struct lw_start_screen *s, const char *text)
{
    struct lw_buf screen = {0}, wanted = {0};
    for (const char *at = draw(s); *at; at++)
        lw_buf_add(&screen, at, !strchr(" \n", *at));
    for (const char *at = text; *at; at++)
        lw_buf_add(&wanted, at, *at != ' ');
    bool found = strstr(screen.data, wanted.data) != NULL;
    lw_buf_fini(&screen);
    lw_buf_fini(&wanted);
    return found;
}

/* Below the list stands all of what the marked row cuts short. */
static void the_marked_row_can_be_read_whole(void **state)
{
    (void)state;
    struct lw_start_list *l = calloc(1, sizeof *l);
    l->nprojects = l->nfiles = l->nsamples = 1;
    l->project[0] = (struct lw_start_project){.name = (char *)"a-name-of-twenty-or-more",
        .path = (char *)"/home/ana/deep/a-name-of-twenty-or-more",
        .place = (char *)"~/deep",
        .looked = true,
        .why = (char *)"tasks.jsonl: no such file or folder. Put the file there, or change the "
                       "name of it in project.yaml."};
    l->file[0] = (struct lw_start_file){
        (char *)"what-a-client-calls-a-file-who-wants-to-say-all-of-it.jsonl", "trl-preference", 1};
    l->sample[0].name = (char *)"quickstart";
    l->sample[0].title = (char *)"A title that takes more than the sixty columns of this screen";
    struct lw_start_screen s = screen_of(l, 24, 60);
    s.folder = "/home/ana/a/folder/with/a/name/that/takes/more/than/one/row/of/it";
    assert_true(says(&s, "the name of it in project.yaml. Enter: label "
                         "~/deep/a-name-of-twenty-or-more"));
    press(&s, "Down");
    assert_true(says(&s, "who-wants-to-say-all-of-it.jsonl, trl-preference. Enter: label it"));
    press(&s, "Down");
    assert_true(says(&s, "the sixty columns of this screen. Enter: make"));
    assert_true(says(&s, s.folder));
    free(l);
}

static void every_entry_is_one_key_away(void **state)
{
    static const struct {
        const char *key;
        enum lw_start_kind kind;
        size_t i;
    } rows[] = {{"1", LW_START_PROJECT, 0}, {"5", LW_START_PROJECT, 4}, {"a", LW_START_FILE, 0},
        {"b", LW_START_FILE, 1}, {"A", LW_START_SAMPLE, 0}, {"B", LW_START_SAMPLE, 1}};
    (void)state;
    struct lw_start_screen s = screen_of(&some, 24, 80);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(press(&s, rows[i].key), LW_START_OPEN);
        assert_int_equal(s.at.kind, rows[i].kind);
        assert_int_equal(s.at.i, rows[i].i);
    }
    assert_int_equal(press(&s, "6"), LW_START_NOTHING);
}

static void arrows_tab_enter_and_space_are_enough(void **state)
{
    static const char *const keys[] = {"Down", "Tab", "j"};
    (void)state;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct lw_start_screen s = screen_of(&some, 24, 80);
        for (size_t i = 0; i + 1 < lw_start_entries(&s); i++) {
            assert_int_equal(lw_start_place(&s, s.at), i);
            assert_int_equal(press(&s, keys[k]), LW_START_NOTHING);
        }
        assert_int_equal(s.at.kind, LW_START_SAMPLE);
        assert_int_equal(press(&s, k ? "Enter" : "Space"), LW_START_OPEN);
        press(&s, "Up");
        press(&s, "Up");
        assert_int_equal(s.at.kind, LW_START_FILE);
        assert_int_equal(press(&s, "n"), LW_START_MAKE);
        press(&s, "Home");
        assert_int_equal(press(&s, "n"), LW_START_NOTHING);
        assert_non_null(s.said);
    }
}

static void no_letter_opens_two_entries_or_does_something_else(void **state)
{
    static const char *const taken[] = {"j", "k", "n", "q"};
    struct lw_start_list all = {
        .nprojects = LW_START_PROJECTS, .nfiles = LW_START_FILES, .nsamples = LW_START_SAMPLES};
    bool seen[128] = {false};
    (void)state;
    struct lw_start_screen s = screen_of(&all, 24, 80);
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        seen[(int)taken[i][0]] = true;
    for (size_t i = 0; i < lw_start_entries(&s); i++) {
        char key = lw_start_key_of(lw_start_nth(&s, i));
        assert_true(key > ' ' && key < 127);
        assert_false(seen[(int)key]);
        seen[(int)key] = true;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_shows_what_is_left_unsent_and_worked_today),
        cmocka_unit_test(an_empty_one_says_what_to_do),
        cmocka_unit_test(a_low_screen_scrolls_and_says_how_much_is_below),
        cmocka_unit_test(the_marked_row_can_be_read_whole),
        cmocka_unit_test(every_entry_is_one_key_away),
        cmocka_unit_test(arrows_tab_enter_and_space_are_enough),
        cmocka_unit_test(no_letter_opens_two_entries_or_does_something_else),
    };
    lw_locale_init();
    lw_frame_init(&frame, 24, 80);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    lw_frame_fini(&frame);
    return failed;
}
