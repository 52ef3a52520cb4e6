/* Only cells that changed are drawn, and rows that moved are moved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/drawn_internal.h"
#include "tui/theme_internal.h"

enum { ROWS = 20, COLS = 40 };

static struct lw_frame f;
static struct lw_drawn d;

static int make(void **state)
{
    (void)state;
    lw_frame_init(&f, ROWS, COLS);
    return 0;
}

static int drop(void **state)
{
    (void)state;
    lw_drawn_fini(&d);
    lw_frame_fini(&f);
    return 0;
}

static void keep(void)
{
    lw_drawn_compare(&d, &f);
    for (int row = 0; row < ROWS; row++)
        lw_drawn_change(&d, &f, row);
}

static void begin(void)
{
    lw_drawn_begin(&d, &f, "a", 1);
    keep();
}

static void changes(int row, int from, int to)
{
    lw_drawn_compare(&d, &f);
    struct lw_drawn_piece p = lw_drawn_change(&d, &f, row);
    assert_int_equal(p.from, from);
    assert_int_equal(p.to, to);
    p = lw_drawn_change(&d, &f, row);
    assert_int_equal(p.from, p.to); /* kept */
}

static void draw(int row, int col, const char *text)
{
    lw_draw_text(lw_area_all(&f), row, col, LW_ROLE_TEXT, text, strlen(text));
}

static void a_frame_drawn_otherwise_is_not_there(void **state)
{
    (void)state;
    assert_false(lw_drawn_so(&d, &f, "a", 1));
    begin();
    assert_true(lw_drawn_so(&d, &f, "a", 1));
    assert_false(lw_drawn_so(&d, &f, "b", 1)); /* another theme */
    lw_frame_resize(&f, ROWS + 1, COLS);
    assert_false(lw_drawn_so(&d, &f, "a", 1));
}

static void all_is_drawn_at_first(void **state)
{
    (void)state;
    lw_drawn_begin(&d, &f, "a", 1);
    changes(3, 0, COLS);
    changes(3, 0, 0);
    lw_drawn_begin(&d, &f, "a", 1);
    changes(3, 0, COLS);
}

static void cells_that_changed_are_drawn_with_what_they_may_change(void **state)
{
    (void)state;
    begin();
    draw(1, 20, "x");
    lw_draw_restyle(lw_area_all(&f), 2, 10, 3, LW_ROLE_DIM);
    draw(3, 0, "x");
    draw(4, COLS - 1, "x");
    changes(0, 0, 0);
    changes(1, 20 - LW_THEME_REACH, 21 + LW_THEME_REACH);
    changes(2, 10 - LW_THEME_REACH, 13 + LW_THEME_REACH);
    changes(3, 0, 1 + LW_THEME_REACH);
    changes(4, COLS - 1 - LW_THEME_REACH, COLS);
}

static void wide_characters_are_drawn_whole(void **state)
{
    (void)state;
    draw(1, 20 - LW_THEME_REACH - 1, "中"); /* its right half is where the piece begins */
    draw(1, 20 + LW_THEME_REACH, "中");
    begin();
    draw(1, 20, "x");
    changes(1, 20 - LW_THEME_REACH - 1, 22 + LW_THEME_REACH);
    draw(1, 20 - LW_THEME_REACH - 1, "ab"); /* where one was before */
    changes(1, 20 - 2 * LW_THEME_REACH - 1, 20 + 1);
}

static void rows_with_an_order_or_colours_of_their_own_are_drawn_whole(void **state)
{
    (void)state;
    draw(1, 20, "\u05d0");
    lw_draw_painted(lw_area_all(&f), 2, 0, U'x', 1, 2);
    begin();
    draw(1, 2, "x");
    changes(1, 0, COLS);
    struct lw_drawn_piece p = lw_drawn_change(&d, &f, 2);
    assert_int_equal(p.to, COLS); /* its colours may have got another meaning */
    draw(1, 20, "x");
    changes(1, 0, COLS); /* what it was counts too */
}

/* Line n of a text that goes on above and below, in a pane from row 2 to row 17. */
static void draw_text(int top)
{
    lw_frame_clear(&f);
    draw(0, 1, "header");
    draw(18, 1, "question");
    for (int row = 2; row < 18; row++)
        lw_draw(lw_area_all(&f), row, 1, LW_ROLE_TEXT, "line %d", top + row);
}

static void moves(int from, int to, int top, int bottom, int by)
{
    struct lw_drawn_shift s = {0};
    draw_text(from);
    begin();
    draw_text(to);
    lw_drawn_compare(&d, &f);
    assert_true(lw_drawn_move(&d, &f, &s));
    assert_int_equal(s.top, top);
    assert_int_equal(s.bottom, bottom);
    assert_int_equal(s.by, by);
    for (int row = top; row <= bottom; row++)
        changes(row, 0, 0);
}

static void finds_rows_that_moved(void **state)
{
    (void)state;
    moves(100, 101, 2, 16, 1);
    changes(17, 0, COLS); /* nothing moved into it */
    moves(100, 103, 2, 14, 3);
    changes(15, 0, COLS);
    changes(16, 0, COLS);
    changes(17, 0, COLS);
    moves(100, 99, 3, 17, -1);
    changes(2, 0, COLS);
    moves(100, 95, 7, 17, -5);
    changes(6, 0, COLS);
}

/* Fewer rows moved than they moved by: those between are gone from the screen too. */
static void rows_between_are_drawn(void **state)
{
    (void)state;
    struct lw_drawn_shift s = {0};
    const int by[] = {8, -8};
    for (int i = 0; i < 2; i++) {
        lw_frame_clear(&f);
        for (int row = 3; row < 17; row++)
            lw_draw(
                lw_area_all(&f), row, 1, LW_ROLE_TEXT, row == 9 || row == 10 ? "  -" : "%3d", row);
        begin();
        for (int row = 3; row < 17; row++)
            lw_draw(lw_area_all(&f), row, 1, LW_ROLE_TEXT, row == 9 || row == 10 ? "  -" : "%3d",
                row + by[i]);
        lw_drawn_compare(&d, &f);
        assert_true(lw_drawn_move(&d, &f, &s));
        assert_int_equal(s.by, by[i]);
        assert_int_equal(s.bottom - s.top, 5);
        changes(9, 0, COLS);
        changes(10, 0, COLS);
    }
}

static void moves_nothing_where_nothing_moved(void **state)
{
    (void)state;
    struct lw_drawn_shift s;
    draw_text(100);
    begin();
    lw_drawn_compare(&d, &f);
    assert_false(lw_drawn_move(&d, &f, &s));
    draw_text(500); /* a page */
    lw_drawn_compare(&d, &f);
    assert_false(lw_drawn_move(&d, &f, &s));
    keep();
    draw(3, 20, "here");
    lw_drawn_compare(&d, &f);
    assert_false(lw_drawn_move(&d, &f, &s));
}

int main(void)
{
    lw_locale_init();
#define TEST(f) cmocka_unit_test_setup_teardown(f, make, drop)
    const struct CMUnitTest tests[] = {
        TEST(a_frame_drawn_otherwise_is_not_there),
        TEST(all_is_drawn_at_first),
        TEST(cells_that_changed_are_drawn_with_what_they_may_change),
        TEST(wide_characters_are_drawn_whole),
        TEST(rows_with_an_order_or_colours_of_their_own_are_drawn_whole),
        TEST(finds_rows_that_moved),
        TEST(rows_between_are_drawn),
        TEST(moves_nothing_where_nothing_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
