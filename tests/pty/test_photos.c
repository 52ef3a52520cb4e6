/* The sample of photos on a terminal: labeled from its first photo to its last, in colours, and
 * read by somebody who does not see them. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/program_fixture.h"
#include "labelwright/picture/picture.h"

static void make(struct program_fixture *t)
{
    program_fixture_copy(t, "photos");
    char *command = lw_format("cp -R \"%s/samples/photos/photos\" \"%s\"",
        getenv("LW_SOURCE") ? getenv("LW_SOURCE") : ".", t->project);
    assert_int_equal(system(command), 0);
    free(command);
}

/* Different colours in the rows where the photo is. */
static size_t colours_on(const struct lw_pty *p)
{
    bool seen[256] = {false};
    size_t n = 0;
    for (int row = 3; row < 14; row++)
        for (int col = 1; col < 30; col++) {
            int bg = lw_pty_cell_at(p, row, col).bg;
            n += bg >= 0 && !seen[bg];
            seen[bg >= 0 ? bg : 0] = true;
        }
    return n;
}

static bool is_colourful(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    return colours_on(p) >= 8;
}

static bool is_colourless(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    return colours_on(p) == 0;
}

/* The frame is drawn as far as the photo's middle, in characters. */
static bool has_characters(const struct lw_pty *p, void *ctx)
{
    (void)ctx;
    return strlen(lw_pty_row(p, 8)) > 20 && colours_on(p) == 0;
}

/* Chosen tags, then sharp; the second photo is hidden at first. */
static void every_photo_is_labeled_with_keys(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, (const char *const[]){NULL});
    lw_pty_wait_text(p, "Picture: photos/coffee.jpg, 300 x 200 pixels");
    lw_pty_wait(p, is_colourful, NULL, "the colours of a photo");
    lw_pty_type(p, "3");
    lw_pty_wait_text(p, "[x] Food or drink");
    lw_pty_type(p, "\r");
    lw_pty_wait_gone(p, "[x] Food or drink");
    lw_pty_type(p, "1\r");
    lw_pty_wait_text(p, "Saved task 1");
    lw_pty_wait_text(p, "Hidden (cat). z: show a piece, Z: all.");
    lw_pty_wait(p, is_colourless, NULL, "nothing of a hidden photo");
    lw_pty_type(p, "z");
    lw_pty_wait_text(p, "Picture: photos/cat.jpg, 451 x 300 pixels");
    lw_pty_wait(p, is_colourful, NULL, "the colours of a cat");
    lw_pty_type(p, "O\033[20~\033[20~");
    lw_pty_wait_text(p, "% of the width");
    lw_pty_type(p, "O1");
    lw_pty_wait_text(p, "[x] An animal");
    lw_pty_type(p, "\r");
    lw_pty_wait_gone(p, "[x] An animal");
    lw_pty_type(p, "1\r");
    lw_pty_wait_text(p, "Saved task 2");
    program_fixture_leave(p);
    json_t *events = program_fixture_journal(&t);
    assert_int_equal(program_fixture_count(events, "annotate"), 2);
    json_decref(events);
    assert_int_equal(TRIAL_RUN(&t, NULL, "verify"), 0);
    program_fixture_remove(&t);
}

static void a_terminal_without_colours_shows_characters(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, (const char *const[]){"NO_COLOR=1", NULL});
    lw_pty_wait_text(p, "Picture: photos/coffee.jpg, 300 x 200 pixels");
    lw_pty_wait(p, has_characters, NULL, "a photo in characters");
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

/* Another photo draws only what differs; the screen is never cleared. */
static void a_photo_is_drawn_without_clearing_the_screen(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, (const char *const[]){NULL});
    lw_pty_wait(p, is_colourful, NULL, "the colours of a photo");
    assert_int_equal(strncmp(lw_pty_row(p, 2), "─ PROMPT ──", strlen("─ PROMPT ──")), 0);
    assert_null(strstr(lw_pty_screen(p), "AAAA")); /* of a question that libvterm prints */
    assert_non_null(strstr(lw_pty_output(p, 0), "a=q,t=d,f=24;AAAA"));
    size_t before = lw_pty_bytes(p);
    lw_pty_type(p, "\033[20~");
    lw_pty_wait_text(p, "% of the width");
    assert_null(strstr(lw_pty_output(p, before), "\033[2J"));
    assert_null(strstr(lw_pty_output(p, before), "\033[H\033[J"));
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_photo_is_labeled_with_keys),
        cmocka_unit_test(a_terminal_without_colours_shows_characters),
        cmocka_unit_test(a_photo_is_drawn_without_clearing_the_screen),
    };
    if (!lw_picture_can_show()) {
        puts("skip: built without libraries for pictures");
        return 77;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
