/* The map of changes: which cell tells of what. */
#include "labelwright/text/change_map.h"

#include "fixtures/shared_data.h"

/* One letter a cell: "." none, "-" gone, "+" new, "*" both; in capitals: "_ = # @" when shown. */
static void shows(size_t width, size_t length, const struct lw_map_mark *marks, size_t n,
    size_t shown, size_t shown_end, const char *wanted)
{
    struct lw_map_cell cells[64];
    char got[65] = "";
    lw_map_fill(cells, width, length, marks, n, shown, shown_end);
    for (size_t i = 0; i < width; i++)
        got[i] = cells[i].shown ? "_=#@"[cells[i].change] : ".-+*"[cells[i].change];
    assert_string_equal(got, wanted);
}

static void every_change_has_a_cell(void **state)
{
    (void)state;
    const struct lw_map_mark v[] = {{0, 1, LW_MAP_OUT}, {500, 500, LW_MAP_IN},
        {999, 1000, LW_MAP_IN}, {1000, 1000, LW_MAP_OUT}, {300, 420, LW_MAP_IN}};
    shows(10, 1000, v, 1, 0, 0, "=.........");
    shows(10, 1000, v, 2, 100, 100, "-_...+....");
    shows(10, 1000, v, 3, 100, 200, "-_...+...+");
    shows(10, 1000, v, 4, 100, 201, "-__..+...*");
    shows(10, 1000, v, 5, 0, 1000,
        "=__##"
        "#___@");
}

static void a_short_text_has_lines_of_many_cells(void **state)
{
    (void)state;
    const struct lw_map_mark v[] = {{1, 2, LW_MAP_OUT}, {2, 3, LW_MAP_IN}};
    shows(9, 3, v, 2, 0, 1, "___---+++");
    shows(4, 3, v, 2, 2, 3, ".-@#");
    shows(1, 3, v, 2, 0, 3, "@");
    shows(3, 0, v, 2, 0, 0, "@..");
    shows(3, 0, NULL, 0, 0, 0, "_..");
}

static void places_beyond_the_text_are_its_end(void **state)
{
    (void)state;
    const struct lw_map_mark v[] = {
        {50, 90, LW_MAP_OUT}, {SIZE_MAX, SIZE_MAX, LW_MAP_IN}, {3, 1, LW_MAP_OUT}};
    shows(4, 8, v, 3, 100, 200, ".-.@");
    shows(4, SIZE_MAX, v, 2, 0, SIZE_MAX, "=__#");
}

static void a_diff_is_mapped_in_either_text(void **state)
{
    (void)state;
    struct lw_map_cell cells[4];
    struct lw_diff d = {0};
    lw_diff_words(&d, "aa bb cc dd ", 12, "aa cc ee dd ", 12);
    lw_map_diff(cells, 4, &d, true, 0, 0);
    assert_int_equal(cells[0].change, LW_MAP_NONE);
    assert_int_equal(cells[1].change, LW_MAP_OUT);
    assert_int_equal(cells[3].change, LW_MAP_IN);
    lw_map_diff(cells, 4, &d, false, 0, 0);
    assert_int_equal(cells[1].change, LW_MAP_OUT);
    assert_int_equal(cells[2].change, LW_MAP_IN);
    assert_int_equal(cells[3].change, LW_MAP_NONE);
    lw_diff_fini(&d);
    lw_map_diff(cells, 4, &d, false, 0, 0);
    assert_int_equal(cells[0].change, LW_MAP_NONE);
    lw_map_fill(cells, 0, 10, NULL, 0, 0, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_change_has_a_cell),
        cmocka_unit_test(a_short_text_has_lines_of_many_cells),
        cmocka_unit_test(places_beyond_the_text_are_its_end),
        cmocka_unit_test(a_diff_is_mapped_in_either_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
