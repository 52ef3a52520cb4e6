/* Pixels over the cells of a frame: what is written when a picture comes, moves, is covered and
 * goes. */
#define _GNU_SOURCE
#include "tui/pixels_internal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ROWS = 12, COLS = 40, WIDE = 20, HIGH = 6, ID = 0x4C570007 };

struct screen {
    struct lw_frame f;
    struct lw_pixels *x;
    struct lw_picture p;
    struct lw_buf out; /* of the last show() */
};

static void open(struct screen *s, enum lw_means means)
{
    *s = (struct screen){.x = lw_pixels_new(),
        .p = {.serial = 7, .cols = WIDE, .rows = HIGH, .point_w = 5, .point_h = 10}};
    s->p.rgb = lw_alloc((size_t)WIDE * 5 * HIGH * 10 * 3);
    lw_frame_init(&s->f, ROWS, COLS);
    lw_pixels_use(
        s->x, &(struct lw_pixels_how){.means = means, .cell_w = 5, .cell_h = 10, .colours = 16});
}

static void close(struct screen *s)
{
    lw_picture_fini(&s->p);
    lw_pixels_free(s->x);
    lw_frame_fini(&s->f);
    lw_buf_fini(&s->out);
}

static void put(struct screen *s, int top, int left)
{
    lw_frame_clear(&s->f);
    for (int row = 0; row < HIGH; row++)
        for (int col = 0; col < WIDE; col++)
            lw_draw_pixels(lw_area_all(&s->f), top + row, left + col, &s->p, row, col);
}

static const char *show(struct screen *s, bool clears)
{
    lw_buf_clear(&s->out);
    lw_pixels_uncover(s->x, &s->f, clears, &s->out);
    lw_pixels_cover(s->x, &s->f, &s->out);
    lw_buf_str(&s->out, "");
    return s->out.data;
}

static size_t count(const char *s, const char *what)
{
    size_t n = 0;
    for (; (s = strstr(s, what)) != NULL; s += strlen(what))
        n++;
    return n;
}

static char *place(int row, int col, int of_row, int of_col, int rows, int cols)
{
    return lw_format("\033[%d;%dH\033_Ga=p,q=2,i=%d,x=%d,y=%d,w=%d,h=%d,c=%d,r=%d,C=1\033\\",
        row + 1, col + 1, ID, of_col * 5, of_row * 10, cols * 5, rows * 10, cols, rows);
}

static void has_place(const char *out, int row, int col, int of_row, int of_col, int rows, int cols)
{
    char *wanted = place(row, col, of_row, of_col, rows, cols);
    assert_non_null(strstr(out, wanted));
    free(wanted);
}

/* ---- kitty */

static void a_picture_is_sent_once_and_placed(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_KITTY);
    assert_string_equal(show(&s, false), "");
    put(&s, 2, 1);
    const char *out = show(&s, false);
    assert_memory_equal(out, "\0337", 2);
    assert_memory_equal(out + strlen(out) - 2, "\0338", 2);
    assert_int_equal(count(out, "a=t,"), 1);
    assert_int_equal(count(out, "a=p,"), 1);
    has_place(out, 2, 1, 0, 0, HIGH, WIDE);
    put(&s, 2, 1);
    assert_string_equal(show(&s, false), "");
    close(&s);
}

static void one_that_moves_is_not_sent_again(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_KITTY);
    put(&s, 2, 1);
    show(&s, false);
    put(&s, -2, 1);
    const char *out = show(&s, false);
    assert_int_equal(count(out, "a=t,"), 0);
    assert_int_equal(count(out, "a=d,q=2,d=i,"), 1);
    assert_int_equal(count(out, "a=p,"), 1);
    has_place(out, 0, 1, 2, 0, HIGH - 2, WIDE);
    close(&s);
}

/* A box of cells over it: pixels above, left, right, below, and within. */
static void words_are_never_covered(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_KITTY);
    put(&s, 0, 0);
    struct lw_area all = lw_area_all(&s.f);
    for (int col = 4; col < 10; col++) {
        lw_draw_fill(all, 1, col, 1, LW_ROLE_SPAN, U'─');
        lw_draw_fill(all, 4, col, 1, LW_ROLE_SPAN, U'─');
    }
    for (int row = 1; row < 5; row++) {
        lw_draw_fill(all, row, 4, 1, LW_ROLE_SPAN, U'│');
        lw_draw_fill(all, row, 9, 1, LW_ROLE_SPAN, U'│');
    }
    const char *out = show(&s, false);
    assert_int_equal(count(out, "a=p,"), 5);
    has_place(out, 0, 0, 0, 0, 1, WIDE);
    has_place(out, 1, 0, 1, 0, 5, 4);
    has_place(out, 1, 10, 1, 10, 5, 10);
    has_place(out, 2, 5, 2, 5, 2, 4);
    has_place(out, 5, 4, 5, 4, 1, 6);
    close(&s);
}

static void one_that_is_gone_is_deleted(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_KITTY);
    put(&s, 2, 1);
    show(&s, false);
    lw_frame_clear(&s.f);
    char *wanted = lw_format("\033_Ga=d,q=2,d=I,i=%d\033\\", ID);
    assert_non_null(strstr(show(&s, false), wanted));
    assert_string_equal(show(&s, false), "");
    put(&s, 2, 1);
    assert_int_equal(count(show(&s, false), "a=t,"), 1);
    free(wanted);
    close(&s);
}

static void another_part_of_it_takes_its_place(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_KITTY);
    put(&s, 2, 1);
    show(&s, false);
    s.p.serial = 8;
    put(&s, 2, 1);
    const char *out = show(&s, false);
    assert_int_equal(count(out, "d=I,i=1280770055"), 1);
    assert_int_equal(count(out, "a=t,q=2,i=1280770056"), 1);
    assert_int_equal(count(out, "a=p,q=2,i=1280770056"), 1);
    close(&s);
}

static void a_cleared_screen_gets_it_anew(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_KITTY);
    put(&s, 2, 1);
    show(&s, false);
    const char *out = show(&s, true);
    assert_true(strstr(out, "d=I") < strstr(out, "a=t,"));
    assert_int_equal(count(out, "a=p,"), 1);
    lw_pixels_forget(s.x);
    out = show(&s, false);
    assert_int_equal(count(out, "d=I"), 0);
    assert_int_equal(count(out, "a=t,"), 1);
    close(&s);
}

static void without_means_nothing_is_written(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_CELLS);
    put(&s, 2, 1);
    assert_string_equal(show(&s, true), "");
    close(&s);
}

/* ---- sixel */

static void sixel_is_drawn_where_it_is_new(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_SIXEL);
    put(&s, 2, 1);
    const char *out = show(&s, false);
    assert_int_equal(count(out, "\033P"), 1);
    assert_non_null(strstr(out, "\033[3;2H\033P0;1;0q\"1;1;100;60"));
    put(&s, 2, 1);
    lw_draw(lw_area_all(&s.f), 2, 30, LW_ROLE_TEXT, "beside");
    assert_string_equal(show(&s, false), "");
    close(&s);
}

/* What is uncovered is drawn, what is gone is written over. */
static void sixel_comes_back_and_goes(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_SIXEL);
    put(&s, 2, 1);
    show(&s, false);
    put(&s, 2, 1);
    lw_draw(lw_area_all(&s.f), 3, 4, LW_ROLE_TEXT, "dialog");
    const char *out = show(&s, false);
    assert_memory_equal(out, "\0337\033[m\033[r\033[4;5H      \0338", 20);
    assert_int_equal(count(out, ";10#"), 2); /* narrow, on both sides of it */
    put(&s, 2, 1);
    out = show(&s, false);
    assert_non_null(strstr(out, "\033[4;5H\033P0;1;0q\"1;1;30;10"));
    assert_int_equal(count(out, "\033P"), 1);
    lw_frame_clear(&s.f);
    out = show(&s, false);
    assert_int_equal(count(out, "\033P"), 0);
    assert_int_equal(count(out, "H                    "), HIGH);
    close(&s);
}

/* Curses may write again what is narrow. */
static void a_narrow_one_is_drawn_again_when_its_row_changed(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_SIXEL);
    s.p.cols = 8;
    for (int i = 0; i < 2; i++) {
        lw_frame_clear(&s.f);
        for (int row = 0; row < HIGH; row++)
            for (int col = 0; col < 8; col++)
                lw_draw_pixels(lw_area_all(&s.f), row, col, &s.p, row, col);
        if (i == 1)
            lw_draw(lw_area_all(&s.f), 2, 30, LW_ROLE_TEXT, "beside");
        const char *out = show(&s, false);
        assert_non_null(strstr(out, i ? "\"1;1;40;10" : "\"1;1;40;60"));
    }
    close(&s);
}

static void sixel_stays_above_the_last_row(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_SIXEL);
    put(&s, ROWS - 3, 1);
    assert_non_null(strstr(show(&s, false), "\"1;1;100;20"));
    close(&s);
}

static void sixel_is_no_larger_than_the_terminal_takes(void **state)
{
    (void)state;
    struct screen s;
    open(&s, LW_MEANS_SIXEL);
    lw_pixels_use(s.x, &(struct lw_pixels_how){LW_MEANS_SIXEL, 5, 10, 16, 64, 32});
    put(&s, 2, 1);
    const char *out = show(&s, false);
    assert_int_equal(count(out, "\"1;1;60;30"), 2);
    assert_int_equal(count(out, "\"1;1;40;30"), 2);
    assert_int_equal(count(out, "\033P"), 4);
    close(&s);
}

/* ---- which means */

static void the_terminal_and_the_user_choose(void **state)
{
    (void)state;
    static const struct {
        bool kitty, sixel;
        int cell_w;
        enum lw_pictures_by by;
        enum lw_means means;
    } cases[] = {
        {false, false, 10, LW_PICTURES_BY_AUTO, LW_MEANS_CELLS},
        {true, true, 10, LW_PICTURES_BY_AUTO, LW_MEANS_KITTY},
        {true, true, 10, LW_PICTURES_BY_SIXEL, LW_MEANS_SIXEL},
        {true, true, 10, LW_PICTURES_BY_CELLS, LW_MEANS_CELLS},
        {true, false, 10, LW_PICTURES_BY_SIXEL, LW_MEANS_CELLS},
        {false, true, 10, LW_PICTURES_BY_KITTY, LW_MEANS_CELLS},
        {false, true, 0, LW_PICTURES_BY_AUTO, LW_MEANS_CELLS},
        {true, false, 0, LW_PICTURES_BY_KITTY, LW_MEANS_KITTY},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lw_pixel_probe p = {.stage = LW_PROBE_DONE,
            .kitty = cases[i].kitty,
            .sixel = cases[i].sixel,
            .cell_w = cases[i].cell_w,
            .cell_h = 2 * cases[i].cell_w};
        struct lw_pixels_how how = lw_pixels_choose(&p, cases[i].by);
        assert_int_equal(how.means, cases[i].means);
        assert_true(how.means == LW_MEANS_CELLS || (how.cell_w == 10 && how.cell_h == 20));
        p.stage = LW_PROBE_PIXELS;
        assert_int_equal(lw_pixels_choose(&p, cases[i].by).means, LW_MEANS_CELLS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_sent_once_and_placed),
        cmocka_unit_test(one_that_moves_is_not_sent_again),
        cmocka_unit_test(words_are_never_covered),
        cmocka_unit_test(one_that_is_gone_is_deleted),
        cmocka_unit_test(another_part_of_it_takes_its_place),
        cmocka_unit_test(a_cleared_screen_gets_it_anew),
        cmocka_unit_test(without_means_nothing_is_written),
        cmocka_unit_test(sixel_is_drawn_where_it_is_new),
        cmocka_unit_test(sixel_comes_back_and_goes),
        cmocka_unit_test(a_narrow_one_is_drawn_again_when_its_row_changed),
        cmocka_unit_test(sixel_stays_above_the_last_row),
        cmocka_unit_test(sixel_is_no_larger_than_the_terminal_takes),
        cmocka_unit_test(the_terminal_and_the_user_choose),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
