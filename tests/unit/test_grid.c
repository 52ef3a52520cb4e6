/* How many responses stand on a screen, in how many rows, and who gets the rows. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/view/grid_internal.h"

/* Of the screen's rows, those below the header and above the questions. */
enum { BOTTOM = 5, HEADER = 1, LONG = 100 /* lines of a prompt */ };

static void as_many_as_fit_in_as_few_rows_as_possible(void **state)
{
    (void)state;
    static const struct {
        int count, cols, rows, shown, in_rows;
    } v[] = {
        {0, 80, 24, 0, 1},
        {1, 80, 24, 1, 1},
        {2, 80, 24, 2, 2}, /* two are always seen … */
        {2, 119, 50, 2, 2},
        {2, 120, 16, 2, 1}, /* … beside each other where the screen is wide */
        {3, 80, 24, 1, 1},
        {4, 80, 24, 1, 1},
        {8, 80, 24, 1, 1},
        {3, 60, 40, 3, 3},
        {3, 100, 30, 3, 2},
        {4, 100, 30, 4, 2},
        {6, 100, 30, 4, 2}, /* a part of them */
        {3, 120, 30, 3, 1},
        {3, 140, 40, 3, 1},
        {4, 140, 40, 4, 2},
        {6, 140, 40, 6, 2},
        {8, 140, 40, 8, 3},
        {4, 160, 40, 4, 1},
        {4, 200, 50, 4, 1},
        {6, 200, 50, 6, 2},
        {8, 200, 50, 8, 2},
        {100, 400, 100, LW_GRID_MOST, 1},
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        struct lw_grid g = lw_grid_fit(v[i].count, v[i].cols, v[i].rows - HEADER - BOTTOM, LONG);
        if (g.shown != v[i].shown || g.rows != v[i].in_rows)
            fail_msg(
                "%d at %dx%d: %d in %d rows", v[i].count, v[i].cols, v[i].rows, g.shown, g.rows);
    }
}

static void a_folded_prompt_leaves_room_for_more(void **state)
{
    (void)state;
    assert_int_equal(lw_grid_fit(3, 79, 24 - HEADER - BOTTOM + 2, LONG).shown, 1);
    assert_int_equal(lw_grid_fit(3, 79, 24 - HEADER - BOTTOM + 2, 1).shown, 3);
}

static void the_first_rows_hold_one_more(void **state)
{
    (void)state;
    struct lw_grid seven = {7, 3};
    static const int row[] = {0, 0, 0, 1, 1, 2, 2}, place[] = {0, 1, 2, 0, 1, 0, 1};
    for (int i = 0; i < 7; i++) {
        assert_int_equal(lw_grid_row_of(seven, i), row[i]);
        assert_int_equal(lw_grid_place_in_row(seven, i), place[i]);
    }
    assert_int_equal(lw_grid_in_row(seven, 0), 3);
    assert_int_equal(lw_grid_in_row(seven, 2), 2);
}

static void what_wants_less_leaves_the_rest_to_the_others(void **state)
{
    (void)state;
    static const struct {
        int room, n, wants[4], to[4];
    } v[] = {
        {15, 2, {100, 100}, {7, 8}},
        {15, 2, {2, 100}, {2, 13}},
        {15, 2, {100, 2}, {13, 2}},
        {15, 2, {2, 3}, {7, 8}}, /* nobody wants the rest */
        {20, 3, {100, 1, 100}, {9, 1, 10}},
        {20, 3, {1, 8, 100}, {1, 8, 11}},
        {21, 3, {7, 7, 7}, {7, 7, 7}},
        {20, 4, {1, 1, 1, 100}, {1, 1, 1, 17}},
    };
    for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
        int to[4], sum = 0;
        lw_grid_share(v[i].room, v[i].wants, v[i].n, to);
        for (int k = 0; k < v[i].n; k++) {
            sum += to[k];
            if (to[k] != v[i].to[k])
                fail_msg("row %d of case %zu gets %d", k, i, to[k]);
        }
        assert_int_equal(sum, v[i].room);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_as_fit_in_as_few_rows_as_possible),
        cmocka_unit_test(a_folded_prompt_leaves_room_for_more),
        cmocka_unit_test(the_first_rows_hold_one_more),
        cmocka_unit_test(what_wants_less_leaves_the_rest_to_the_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
