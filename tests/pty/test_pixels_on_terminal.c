/* Photos as pixels, where the terminal says that it shows them (tests/pty/pixel_terminal.c): none
 * leaves the program before it is uncovered, each goes once and is deleted, and no answer is taken
 * for a key. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/program_fixture.h"
#include "labelwright/picture/picture.h"

static const char sent[] = "\033]5555;Ga=t,", placed[] = "\033]5555;Ga=p,", removed[] = ",d=I,";
static const char all_deleted[] = "\033]5555;Ga=d,q=2,d=A\033\\", sixel[] = "\033P0;1;0q";

static struct lw_pty *start(struct program_fixture *t, const char *kind, const char *how)
{
    char program[4096];
    const char **env = program_fixture_env(t, NULL);
    snprintf(program, sizeof program, "%s/pixel_terminal", getenv("LW_PROGRAMS"));
    const char *argv[] = {program, kind, how, t->program, t->path, NULL};
    struct lw_pty *p = lw_pty_start(24, 80, env, argv);
    free(env);
    return p;
}

static void make(struct program_fixture *t)
{
    program_fixture_copy(t, "photos");
    char *command = lw_format("cp -R \"%s/samples/photos/photos\" \"%s\"",
        getenv("LW_SOURCE") ? getenv("LW_SOURCE") : ".", t->project);
    assert_int_equal(system(command), 0);
    free(command);
}

static size_t count(const struct lw_pty *p, size_t from, const char *what)
{
    size_t n = 0;
    for (const char *s = lw_pty_output(p, from); (s = strstr(s, what)) != NULL; s += strlen(what))
        n++;
    return n;
}

struct wanted {
    const char *what;
    size_t from;
};

static bool is_written(const struct lw_pty *p, void *ctx)
{
    const struct wanted *w = ctx;
    return strstr(lw_pty_output(p, w->from), w->what) != NULL;
}

static void wait_for(struct lw_pty *p, size_t from, const char *what)
{
    struct wanted w = {what, from};
    lw_pty_wait(p, is_written, &w, what + (*what == '\033'));
}

/* Cells of a picture, in the rows where the photo is. */
static bool has_cells(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    for (int col = 1; col < 30; col++)
        if (lw_pty_cell_at(p, 8, col).bg >= 0)
            return true;
    return false;
}

static void label_first(struct lw_pty *p)
{
    lw_pty_type(p, "3");
    lw_pty_wait_text(p, "[x] Food or drink");
    lw_pty_type(p, "\r");
    lw_pty_wait_gone(p, "[x] Food or drink");
    lw_pty_type(p, "1\r");
    lw_pty_wait_text(p, "Hidden (cat). z: show a piece, Z: all.");
}

static void kitty_gets_each_photo_once_when_it_is_uncovered(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = start(&t, "kitty", "promptly");
    wait_for(p, 0, placed);
    assert_int_equal(count(p, 0, sent), 1);
    assert_false(has_cells(p, NULL));
    lw_pty_type(p, "\t\033[Z"); /* the line about the file leaves, and the picture gets its row */
    lw_pty_settle(p, 200);
    size_t before = lw_pty_bytes(p);
    label_first(p);
    wait_for(p, before, removed);
    assert_int_equal(count(p, before, sent), 0);
    before = lw_pty_bytes(p);
    lw_pty_type(p, "z");
    wait_for(p, before, placed);
    assert_int_equal(count(p, before, sent), 1);
    before = lw_pty_bytes(p);
    lw_pty_type(p, "\033[20~");
    lw_pty_wait_text(p, "% of the width");
    wait_for(p, before, placed);
    assert_int_equal(count(p, before, sent), 1);
    assert_int_equal(count(p, before, removed), 1);
    before = lw_pty_bytes(p);
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    wait_for(p, before, removed);
    lw_pty_type(p, "\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    assert_int_equal(count(p, before, all_deleted), 1);
    lw_pty_free(p);
    program_fixture_remove(&t);
}

static void sixel_is_drawn_and_written_over(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = start(&t, "sixel", "promptly");
    wait_for(p, 0, sixel);
    assert_int_equal(count(p, 0, sixel), 1);
    assert_false(has_cells(p, NULL));
    size_t before = lw_pty_bytes(p);
    label_first(p);
    before = lw_pty_bytes(p);
    lw_pty_type(p, "\f");
    lw_pty_wait_text(p, "Hidden (cat)");
    lw_pty_type(p, "z");
    wait_for(p, before, sixel);
    lw_pty_wait_text(p, "Picture: photos/cat.jpg");
    assert_int_equal(count(p, before, sixel), 1);
    assert_int_equal(count(p, 0, "\033]5555;"), 0);
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

/* Nothing but its question may reach one that does not know kitty's protocol. */
static void others_get_cells(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"none", "promptly"}, {"none", "never"}, {"tmux", "promptly"}, {"kitty", "never"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct program_fixture t;
        make(&t);
        struct lw_pty *p = start(&t, cases[i][0], cases[i][1]);
        lw_pty_wait(p, has_cells, NULL, "a photo in cells");
        label_first(p);
        assert_int_equal(count(p, 0, "\033]5555;"), 0);
        assert_int_equal(count(p, 0, "\033P"), 0);
        program_fixture_leave(p);
        program_fixture_remove(&t);
    }
}

/* The answers come when a key is pressed, or in two halves, or byte by byte: they count, and the
 * key as well. */
static void slow_answers_count_and_take_no_key(void **state)
{
    (void)state;
    static const char *const hows[] = {"late", "halves", "bytes"};
    for (size_t i = 0; i < 6; i++) {
        struct program_fixture t;
        make(&t);
        struct lw_pty *p = start(&t, i % 2 ? "sixel" : "kitty", hows[i / 2]);
        lw_pty_wait_text(p, "Picture: photos/coffee.jpg, 300 x 200 pixels");
        lw_pty_type(p, "?");
        lw_pty_wait_text(p, "KEYS");
        lw_pty_type(p, "\033");
        lw_pty_wait_gone(p, "KEYS");
        if (i / 2 != 1) /* half an answer was given up: cells, or pixels */
            wait_for(p, 0, i % 2 ? sixel : placed);
        label_first(p);
        program_fixture_leave(p);
        json_t *events = program_fixture_journal(&t);
        assert_int_equal(program_fixture_count(events, "annotate"), 1);
        json_decref(events);
        program_fixture_remove(&t);
    }
}

static void the_user_chooses(void **state)
{
    (void)state;
    static const struct {
        const char *setting, *shows, *not ;
    } cases[] = {{"pictures: sixel\n", sixel, "\033]5555;Ga"}, {"pictures: auto\n", placed, sixel},
        {"pictures: cells\n", NULL, sixel}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct program_fixture t;
        char settings[128];
        make(&t);
        snprintf(settings, sizeof settings, "digit_guard_ms: 0\npaste_guard: false\n%s",
            cases[i].setting);
        program_fixture_settings(&t, "config.yaml", settings);
        struct lw_pty *p = start(&t, "both", "promptly");
        if (cases[i].shows)
            wait_for(p, 0, cases[i].shows);
        else
            lw_pty_wait(p, has_cells, NULL, "a photo in cells");
        assert_int_equal(count(p, 0, cases[i].not ), 0);
        program_fixture_leave(p);
        program_fixture_remove(&t);
    }
}

static void a_crash_leaves_no_picture_behind(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = start(&t, "kitty", "promptly");
    wait_for(p, 0, placed);
    lw_pty_wait_text(p, "nothing to send");
    lw_pty_signal(p, SIGUSR1);
    lw_pty_wait_exit(p);
    assert_int_equal(count(p, 0, all_deleted), 1);
    lw_pty_free(p);
    program_fixture_remove(&t);
}

static void doctor_says_what_the_terminal_can_do(void **state)
{
    (void)state;
    static const char *const says[][2] = {
        {"kitty", "pixels      kitty graphics, cells of 10 x 20 pixels"},
        {"sixel", "pixels      sixel, cells of 10 x 20 pixels"},
        {"both", "pixels      kitty graphics and sixel, cells of 10 x 20 pixels"},
        {"none", "pixels      none: pictures are shown in characters"},
        {"tmux", "pixels      none: pictures are shown in characters"}};
    char program[4096];
    snprintf(program, sizeof program, "%s/pixel_terminal", getenv("LW_PROGRAMS"));
    for (size_t i = 0; i < sizeof says / sizeof *says; i++) {
        const char *argv[] = {program, says[i][0], "bytes", getenv("LW_PROGRAM"), "doctor", NULL};
        struct lw_pty *p = lw_pty_start(24, 120, NULL, argv);
        lw_pty_wait_text(p, says[i][1]);
        lw_pty_wait_exit(p);
        lw_pty_free(p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kitty_gets_each_photo_once_when_it_is_uncovered),
        cmocka_unit_test(sixel_is_drawn_and_written_over),
        cmocka_unit_test(others_get_cells),
        cmocka_unit_test(slow_answers_count_and_take_no_key),
        cmocka_unit_test(the_user_chooses),
        cmocka_unit_test(a_crash_leaves_no_picture_behind),
        cmocka_unit_test(doctor_says_what_the_terminal_can_do),
    };
    if (!lw_picture_can_show()) {
        puts("skip: built without libraries for pictures");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
