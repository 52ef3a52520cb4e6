/* What only a real terminal does: pastes, fast keys, resizing, ^Z. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

#include <unistd.h>

#define PASTE(text) "\033[200~" text "\033[201~"

static struct lw_pty *open_sample(struct program_fixture *t)
{
    program_fixture_copy(t, "helpfulness");
    return program_fixture_open(t, 24, 80, (const char *const[]){"ESCDELAY=10000", NULL});
}

static void close_sample(struct program_fixture *t, struct lw_pty *p)
{
    program_fixture_leave(p);
    assert_int_equal(TRIAL_RUN(t, NULL, "verify"), 0);
    program_fixture_remove(t);
}

static bool draws_draft(const struct lw_pty *p)
{
    const char *row = lw_pty_row(p, 0);
    size_t n = strlen(row);
    return n > 5 && strcmp(row + n - 5, "draft") == 0;
}

static void throws_a_paste_away_outside_editors(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_sample(&t);
    lw_pty_type(p, PASTE("1\r2\rs reason\ruu3"));
    lw_pty_wait_text(p, "Paste ignored (16 bytes)");
    assert_false(draws_draft(p));
    lw_pty_type(p, "f");
    lw_pty_wait_text(p, "roblems: response A");
    lw_pty_type(p, PASTE("123"));
    lw_pty_wait_text(p, "Paste ignored (3 bytes)");
    assert_null(strstr(lw_pty_screen(p), "[x]"));
    lw_pty_type(p, "\r");
    close_sample(&t, p);
}

static void throws_a_paste_away_whose_markers_come_in_pieces(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_sample(&t);
    static const char *const pieces[] = {"\033", "[20", "0~1\r2\r\033[2", "01", "~"};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        lw_pty_type(p, pieces[i]);
        lw_pty_settle(p, 20);
    }
    lw_pty_wait_text(p, "Paste ignored (4 bytes)");
    assert_false(draws_draft(p));
    close_sample(&t, p);
}

/* A slow line: the marker's rest comes long after its beginning was given up. */
static void throws_a_paste_away_whose_marker_stalled(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    struct lw_pty *p = program_fixture_open(&t, 24, 80, (const char *const[]){"ESCDELAY=10", NULL});
    lw_pty_type(p, "\033[");
    lw_pty_wait_text(p, "M-[ is not a key here");
    lw_pty_type(p, "200~5\r\033[201~");
    lw_pty_wait_text(p, "Paste ignored (2 bytes)");
    assert_false(draws_draft(p));
    close_sample(&t, p);
}

static void keeps_a_paste_in_a_note(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_sample(&t);
    lw_pty_type(p, "m");
    lw_pty_wait_text(p, "Enter keep");
    lw_pty_type(p, PASTE("two\r\nlines"));
    lw_pty_wait_text(p, "lines");
    assert_non_null(strstr(lw_pty_screen(p), "Enter keep")); /* its line end was no Enter */
    program_fixture_wait_draft(&t, "two\\nlines");
    lw_pty_type(p, "\r");
    close_sample(&t, p);
}

/* ---- pastes without brackets, as GNU screen makes them */

static struct lw_pty *open_guarded(struct program_fixture *t)
{
    program_fixture_copy(t, "helpfulness");
    program_fixture_settings(t, "config.yaml", "annotator: ana\ndigit_guard_ms: 0\n");
    return program_fixture_open(t, 24, 80, NULL);
}

static void throws_a_burst_away_that_no_hand_types(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_guarded(&t);
    lw_pty_type(p, "55\r77\rSee 3\r");
    lw_pty_wait_text(p, "Paste ignored (12 bytes)");
    assert_false(draws_draft(p));
    lw_pty_type(p, "3\r5\r"); /* what a stalled line or a script bunches */
    lw_pty_wait_text(p, "Saved task 2");
    lw_pty_type(p, "m");
    lw_pty_wait_text(p, "Enter keep");
    lw_pty_type(p, "a note that came\rin one piece");
    lw_pty_wait_text(p, "in one piece");
    assert_non_null(strstr(lw_pty_screen(p), "Enter keep")); /* its line end was no Enter */
    lw_pty_type(p, "\r");
    lw_pty_wait_gone(p, "Enter keep");
    program_fixture_leave(p);
    json_t *events = program_fixture_journal(&t);
    assert_int_equal(program_fixture_count(events, "annotate"), 2);
    json_decref(events);
    program_fixture_remove(&t);
}

/* As over a serial line. The machine may be too busy to keep that pace: then it is tried again. */
static void throws_a_burst_away_that_comes_key_by_key(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_guarded(&t);
    bool thrown = false;
    for (int i = 0; i < 30 && !thrown; i++) {
        for (const char *c = "55\r77\r3333333333\r"; *c; c++) {
            lw_pty_type(p, (char[]){*c, 0});
            lw_pty_settle(p, 1);
        }
        lw_pty_settle(p, 100);
        thrown = strstr(lw_pty_screen(p), "Paste ignored") != NULL;
    }
    assert_true(thrown);
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

/* A page of text comes in several reads: none of them is keys. */
static void throws_a_long_burst_away_whole(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_buf text = {0};
    struct lw_pty *p = open_guarded(&t);
    for (int i = 0; i < 1000; i++)
        lw_buf_str(&text, "4\r");
    lw_pty_type(p, text.data);
    lw_pty_wait_text(p, "Paste ignored");
    lw_buf_fini(&text);
    lw_pty_type(p, "J");
    lw_pty_wait_text(p, "  2/39");
    program_fixture_leave(p);
    json_t *events = program_fixture_journal(&t);
    assert_int_equal(program_fixture_count(events, "annotate"), 0);
    json_decref(events);
    program_fixture_remove(&t);
}

static void takes_a_burst_for_keys_when_told_to(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    program_fixture_settings(
        &t, "config.yaml", "annotator: ana\ndigit_guard_ms: 0\npaste_guard: false\n");
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "3\r5\r4\r2\r");
    lw_pty_wait_text(p, "Saved task 4");
    close_sample(&t, p);
}

/* ---- the guard of digits */

static void ignores_digits_right_after_a_task_appeared(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    program_fixture_settings(&t, "config.yaml", "annotator: ana\ndigit_guard_ms: 2000\n");
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "J3m");
    lw_pty_wait_text(p, "Enter keep");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "  2/39");
    assert_null(strstr(lw_pty_screen(p), "Better A"));
    assert_false(draws_draft(p));
    close_sample(&t, p);
}

static bool answered(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    lw_pty_type((struct lw_pty *)(uintptr_t)p, "3"); /* again and again, as an impatient person */
    return draws_draft(p);
}

static void takes_digits_once_the_guard_is_over(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    program_fixture_settings(&t, "config.yaml", "annotator: ana\n"); /* 150 ms, as it comes */
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_wait(p, answered, NULL, "an answer");
    close_sample(&t, p);
}

static void takes_digits_at_once_when_told_to(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_sample(&t);
    lw_pty_type(p, "J3");
    lw_pty_wait_text(p, "Better = A a bit.");
    lw_pty_wait_text(p, "  2/39");
    close_sample(&t, p);
}

/* ---- sizes */

static void follows_the_size_and_loses_nothing(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_sample(&t);
    lw_pty_type(p, "3");
    lw_pty_wait_text(p, "Better = A a bit.");
    lw_pty_type(p, "m");
    lw_pty_wait_text(p, "Enter keep");
    lw_pty_type(p, "half a no");
    lw_pty_wait_text(p, "half a no");
    lw_pty_resize(p, 40, 140);
    lw_pty_wait_text(p, " A \xE2\x94\x80");
    lw_pty_wait_text(p, "half a no");
    lw_pty_resize(p, 10, 50);
    lw_pty_wait_screen(
        p, "Too small: 50x10.\nMake the window at least 60x16.\nNothing is lost.\n\n\n\n\n\n\n\n");
    lw_pty_type(p, "zzz1\r"); /* nobody sees what this would do */
    lw_pty_settle(p, 50);
    lw_pty_resize(p, 9, 45); /* sizes overtake keys: shown, it proves that they were read */
    lw_pty_wait_text(p, "Too small: 45x9.");
    lw_pty_resize(p, 24, 80);
    lw_pty_wait_text(p, "half a no");
    lw_pty_type(p, "te");
    lw_pty_wait_text(p, "half a note");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "Enter submits.");
    lw_pty_wait_text(p, "Note half a no"); /* as much as there is room for */
    lw_pty_wait_text(p, "A a bit");
    close_sample(&t, p);
}

static bool side_by_side(const struct lw_pty *p, void *ctx)
{
    bool wanted = *(const bool *)ctx;
    char *screen = lw_strdup(lw_pty_screen(p)), *rest = screen;
    bool both = false;
    for (char *line; (line = strtok_r(rest, "\n", &rest));)
        both = both || (strstr(line, " A \xE2\x94\x80") && strstr(line, " B \xE2\x94\x80"));
    bool drawn = strstr(lw_pty_screen(p), "? help") != NULL;
    free(screen);
    return drawn && both == wanted;
}

static void sets_the_answers_side_by_side_when_there_is_room(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_sample(&t);
    for (int i = 0; i < 3; i++) {
        lw_pty_resize(p, 40, 140);
        lw_pty_wait(p, side_by_side, &(bool){true}, "A and B side by side");
        lw_pty_resize(p, 24, 80);
        lw_pty_wait(p, side_by_side, &(bool){false}, "A above B");
    }
    close_sample(&t, p);
}

static void leaves_from_a_screen_that_is_too_small(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_sample(&t);
    lw_pty_type(p, "3");
    lw_pty_wait_text(p, "Better = A a bit.");
    lw_pty_resize(p, 10, 50);
    lw_pty_wait_text(p, "Too small");
    lw_pty_type(p, "q");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
    program_fixture_wait_draft(&t, "\"strength\":1");
    program_fixture_remove(&t);
}

static void starts_on_a_screen_that_is_too_small(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    struct lw_pty *p = program_fixture_start(&t, 5, 20, NULL);
    lw_pty_wait_text(p, "Too small: 20x5.");
    lw_pty_resize(p, 1, 1);
    lw_pty_wait_row(p, 0, "T");
    lw_pty_resize(p, 24, 80);
    lw_pty_wait_text(p, "? help");
    close_sample(&t, p);
}

/* ---- ^Z */

static bool has_footer(const struct lw_pty *p, void *row)
{
    return strstr(lw_pty_row(p, *(const int *)row), "? help") != NULL;
}

static void stops_and_comes_back(void **state)
{
    (void)state;
    static const char script[] = "set -m; \"$0\" \"$1\"; echo back in the shell; stty -a | tr ' ' "
                                 "'\\n' | grep -x -e echo -e -echo; read line; fg >/dev/null; "
                                 "echo ended $?";
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    struct lw_pty *p = lw_pty_start(24, 80, (const char *const[]){t.config, NULL},
        (const char *const[]){"/bin/sh", "-c", script, t.program, t.path, NULL});
    lw_pty_wait_text(p, "? help");
    lw_pty_type(p, "3");
    lw_pty_wait_text(p, "Better = A a bit.");
    lw_pty_type(p, "\032");
    lw_pty_wait_text(p, "back in the shell");
    lw_pty_wait_text(p, "\necho\n");
    assert_false(lw_pty_in_alternate_screen(p));
    program_fixture_wait_draft(&t, "\"strength\":1"); /* whoever stops may never come back */
    lw_pty_resize(p, 30, 100);
    lw_pty_type(p, "\n");
    lw_pty_wait(p, has_footer, &(int){29}, "the footer on the last of 30 rows");
    lw_pty_type(p, "\tq");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "ended 0");
    lw_pty_wait_exit(p);
    lw_pty_free(p);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(throws_a_paste_away_outside_editors),
        cmocka_unit_test(throws_a_paste_away_whose_markers_come_in_pieces),
        cmocka_unit_test(throws_a_paste_away_whose_marker_stalled),
        cmocka_unit_test(keeps_a_paste_in_a_note),
        cmocka_unit_test(throws_a_burst_away_that_no_hand_types),
        cmocka_unit_test(throws_a_burst_away_that_comes_key_by_key),
        cmocka_unit_test(throws_a_long_burst_away_whole),
        cmocka_unit_test(takes_a_burst_for_keys_when_told_to),
        cmocka_unit_test(ignores_digits_right_after_a_task_appeared),
        cmocka_unit_test(takes_digits_once_the_guard_is_over),
        cmocka_unit_test(takes_digits_at_once_when_told_to),
        cmocka_unit_test(follows_the_size_and_loses_nothing),
        cmocka_unit_test(sets_the_answers_side_by_side_when_there_is_room),
        cmocka_unit_test(leaves_from_a_screen_that_is_too_small),
        cmocka_unit_test(starts_on_a_screen_that_is_too_small),
        cmocka_unit_test(stops_and_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
