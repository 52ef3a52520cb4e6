/* Where answers stand: all inside the columns, none over another, as few rows as possible. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tui/view/answer_places_internal.h"

enum { MOST = 200 };

static struct lw_answer_cell cell[MOST];
static struct lw_answer_block block[8];
static size_t ncells, nblocks;

static void begin(void)
{
    ncells = nblocks = 0;
    memset(cell, 0, sizeof cell);
}

/* Questions about the task. */
static void add_alone(size_t n, int label, int need)
{
    block[nblocks++] = (struct lw_answer_block){ncells, n, 0, false};
    for (size_t i = 0; i < n; i++, ncells++)
        cell[ncells] = (struct lw_answer_cell){
            .question = ncells, .item = LW_CELL_ALONE, .label = label, .least = 1, .need = need};
}

static void add_table(int responses, size_t questions, int label, int need)
{
    size_t n = (size_t)responses * questions;
    block[nblocks++] = (struct lw_answer_block){ncells, n, responses, false};
    for (size_t i = 0; i < n; i++, ncells++)
        cell[ncells] = (struct lw_answer_cell){.question = i % questions,
            .item = (int)(i / questions),
            .label = label,
            .least = 1,
            .need = need};
}

static int end_of(const struct lw_answer_cell *c)
{
    return c->col + 1 + (c->label_room ? c->label_room + 1 : 0) + c->room;
}

static bool overlap(const struct lw_answer_cell *a, const struct lw_answer_cell *b)
{
    return a->page == b->page && a->row == b->row && a->col < end_of(b) && b->col < end_of(a);
}

/* Returns the rows. */
static int place(int cols, int rows, int table_rows, int pages)
{
    struct lw_answer_room room = {cols, rows, table_rows, 5};
    int high = 0;
    assert_int_equal(lw_answers_place(cell, block, nblocks, room, &high), pages);
    for (size_t i = 0; i < ncells; i++) {
        assert_in_range(cell[i].row, 0, high - 1);
        assert_in_range(end_of(&cell[i]), 1, cols);
        assert_in_range(cell[i].page, 0, pages - 1);
        assert_true(cell[i].room >= cell[i].least);
        for (size_t k = 0; k < i; k++)
            assert_false(overlap(&cell[i], &cell[k]));
    }
    return high;
}

static void three_scales_take_one_row(void **state)
{
    (void)state;
    begin();
    add_alone(3, 12, 1);
    assert_int_equal(place(80, 2, 6, 1), 1);
}

static void two_responses_are_level(void **state)
{
    (void)state;
    begin();
    add_alone(1, 7, 7);
    add_table(2, 2, 10, 40);
    add_alone(1, 4, 40);
    assert_int_equal(place(80, 2, 6, 1), 2);
    assert_int_equal(cell[1].col, cell[3].col); /* the same question of A and B */
    assert_int_equal(cell[2].col, cell[4].col);
    assert_int_equal(cell[1].row + 1, cell[3].row);
    assert_true(cell[1].label_room > 0); /* labels stand beside */
}

static void a_table_of_eight_by_six_fits_80_columns(void **state)
{
    (void)state;
    begin();
    add_table(8, 6, 9, 1);
    assert_int_equal(place(80, 2, 9, 1), 9);
    for (size_t i = 0; i < ncells; i++) {
        assert_int_equal(cell[i].title_row, 0);
        assert_int_equal(cell[i].row, 1 + cell[i].item);
        assert_int_equal(cell[i].letter_col >= 0, cell[i].question == 0);
    }
}

static void a_narrow_table_goes_on_beside_itself(void **state)
{
    (void)state;
    begin();
    add_table(8, 1, 7, 1);
    assert_int_equal(place(80, 2, 6, 1), 5);
    assert_true(cell[4].col > cell[0].col);
    assert_int_equal(cell[4].row, cell[0].row);
}

/* Where rows are too few, a page has the responses that fit, each whole. */
static void responses_are_not_parted_by_pages(void **state)
{
    (void)state;
    begin();
    add_table(8, 6, 9, 1);
    assert_true(place(80, 2, 6, 2) <= 6);
    for (size_t i = 0; i < ncells; i++)
        assert_int_equal(cell[i].page, cell[i - i % 6].page);
}

static void one_that_is_larger_than_a_page_is_placed_in_rows(void **state)
{
    (void)state;
    begin();
    add_table(3, 20, 20, 1);
    place(80, 2, 6, 3);
}

static void pages_begin_where_they_are_told(void **state)
{
    (void)state;
    begin();
    add_alone(1, 5, 1);
    add_alone(1, 5, 1);
    block[1].new_page = true;
    place(80, 2, 6, 2);
    assert_int_equal(cell[1].page, 1);
}

static void long_answers_get_what_is_left(void **state)
{
    (void)state;
    begin();
    add_alone(2, 5, 40);
    assert_int_equal(place(80, 2, 6, 1), 1);
    assert_in_range(cell[0].room, 20, 40);
    begin();
    add_alone(2, 5, 40);
    place(60, 2, 6, 1);
    assert_in_range(cell[0].room, 14, 20);
}

static void a_list_has_a_row_for_each(void **state)
{
    (void)state;
    begin();
    add_alone(5, 9, 40);
    assert_int_equal(lw_answers_list(cell, ncells, 44), 5);
    for (size_t i = 0; i < ncells; i++) {
        assert_int_equal(cell[i].row, i);
        assert_true(end_of(&cell[i]) < 44);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_scales_take_one_row),
        cmocka_unit_test(two_responses_are_level),
        cmocka_unit_test(a_table_of_eight_by_six_fits_80_columns),
        cmocka_unit_test(a_narrow_table_goes_on_beside_itself),
        cmocka_unit_test(responses_are_not_parted_by_pages),
        cmocka_unit_test(one_that_is_larger_than_a_page_is_placed_in_rows),
        cmocka_unit_test(pages_begin_where_they_are_told),
        cmocka_unit_test(long_answers_get_what_is_left),
        cmocka_unit_test(a_list_has_a_row_for_each),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
