/* The frame of cells that everything is drawn into. */
#include "fixtures/shared_data.h"

#include "tui/view/frame_internal.h"

static int locale_up(void **state)
{
    (void)state;
    return lw_locale_init() ? 0 : -1;
}

/* What a frame of this size looks like after `draw`, then gone. */
static void shows(struct lw_frame *f, bool roles, const char *golden)
{
    struct lw_buf b = {0};
    lw_frame_print(f, roles, &b);
    assert_string_equal(b.data, golden);
    lw_buf_fini(&b);
}

static void draw(struct lw_frame *f, int row, int col, const char *s)
{
    lw_draw_text(lw_area_all(f), row, col, LW_ROLE_TEXT, s, strlen(s));
}

static void prints_text_roles_and_cursor(void **state)
{
    (void)state;
    struct lw_frame f;
    lw_frame_init(&f, 3, 8);
    struct lw_area a = lw_area_all(&f);
    lw_draw_rule(a, 1);
    assert_int_equal(lw_draw(a, 1, 2, LW_ROLE_TITLE, " %d/%d ", 3, 40), 8);
    assert_int_equal(lw_draw(a, 0, 1, LW_ROLE_DIM, "ab"), 3);
    shows(&f, true,
        " ab\n── 3/40\n\n"
        "abbaaaaa\neeffffff\naaaaaaaa\ncursor hidden\n");
    lw_frame_fini(&f);
}

static void draws_every_script_in_whole_cells(void **state)
{
    (void)state;
    struct lw_frame f;
    lw_frame_init(&f, 5, 12);
    draw(&f, 0, 0, "Vi\xE1\xBB\x87t ti\xE1\xBA\xBFng"); /* composed */
    draw(&f, 1, 0, "Vie\xCC\xA3\xCC\x82t");             /* decomposed */
    draw(&f, 2, 0, "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80");
    draw(&f, 3, 0, "\xE4\xB8\xAD\xE6\x96\x87x");
    shows(&f, false,
        "Việt tiếng\nVie\xCC\xA3\xCC\x82t\n"
        "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xE1\x84\x80\n中文x\n\n");
    assert_int_equal(f.cell[12 + 2].cp[2], 0x302);
    assert_int_equal(f.cell[24].cp[0], 0x1112);
    assert_int_equal(f.cell[25].cp[0], 0);
    assert_int_equal(f.cell[36 + 1].cp[0], 0);
    assert_int_equal(f.cell[36 + 4].cp[0], 'x');
    lw_frame_fini(&f);
}

static void shows_what_is_not_text_as_signs(void **state)
{
    (void)state;
    struct lw_frame f;
    lw_frame_init(&f, 1, 20);
    draw(&f, 0, 0,
        "a\033[2J\xE2\x80\xAE"
        "b\tc");
    shows(&f, true,
        "a^[[2J<U+202E>b c\n"
        "arraaarrrrrrrraaaaaa\ncursor hidden\n");
    lw_frame_fini(&f);
}

static void never_lets_a_wide_glyph_hang_over(void **state)
{
    (void)state;
    struct lw_frame f;
    lw_frame_init(&f, 1, 6);
    struct lw_area a = lw_area_cols(lw_area_all(&f), 1, 3);
    draw(&f, 0, 0, "......");
    assert_int_equal(lw_draw(a, 0, 0, LW_ROLE_TEXT, "中文"), 3);
    shows(&f, false, ".中 ..\n");
    lw_draw(a, 0, -1, LW_ROLE_TEXT, "文x");
    shows(&f, false, ". x ..\n");
    lw_frame_fini(&f);
}

static void repairs_the_halves_of_what_it_overwrites(void **state)
{
    (void)state;
    struct lw_frame f;
    lw_frame_init(&f, 1, 6);
    draw(&f, 0, 0, "中文字");
    draw(&f, 0, 1, "x");
    shows(&f, false, " x文字\n");
    draw(&f, 0, 2, "y");
    shows(&f, false, " xy 字\n");
    draw(&f, 0, 3, "中");
    shows(&f, false, " xy中\n");
    assert_int_equal(f.cell[5].cp[0], ' ');
    lw_frame_fini(&f);
}

static void clips_areas_into_each_other(void **state)
{
    (void)state;
    struct lw_frame f;
    lw_frame_init(&f, 4, 10);
    struct lw_area a = lw_area_rows(lw_area_all(&f), 1, 99);
    assert_int_equal(a.rows, 3);
    a = lw_area_cols(a, 4, 3);
    struct lw_area none = lw_area_rows(a, 7, 2), before = lw_area_rows(a, -1, 2);
    assert_int_equal(none.rows, 0);
    assert_int_equal(before.rows, 1);
    assert_int_equal(before.row, 1);
    lw_draw_fill(a, 0, -5, 99, LW_ROLE_INPUT, U'#');
    lw_draw_fill(a, 3, 0, 3, LW_ROLE_INPUT, U'!');
    lw_draw(none, 0, 0, LW_ROLE_TEXT, "nothing");
    lw_draw(a, -1, 0, LW_ROLE_TEXT, "nothing");
    lw_draw_restyle(a, 0, 1, 99, LW_ROLE_ERROR);
    lw_draw_cursor(a, 2, 3);
    shows(&f, true, "\n    ###\n\n\naaaaaaaaaa\naaaatooaaa\naaaaaaaaaa\naaaaaaaaaa\ncursor 3,6\n");
    lw_frame_fini(&f);
}

static void ends_clipped_text_with_an_ellipsis(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int cols;
        const char *shown;
    } cases[] = {
        {"abcd", 4, "abcd|\n"},
        {"abcde", 4, "abc…|\n"},
        {"中文字", 5, "中文…|\n"},
        {"中文字", 4, "中…|\n"},
        {"ab", 1, "…|\n"},
        {"", 3, "|\n"},
        {"ab", 0, "|\n"},
        {"ab", -2, "|\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct lw_frame f;
        lw_frame_init(&f, 1, 10);
        struct lw_area a = lw_area_all(&f);
        int at = lw_draw_clipped(
            a, 0, 0, cases[i].cols, LW_ROLE_TEXT, cases[i].text, strlen(cases[i].text));
        lw_draw(a, 0, at, LW_ROLE_TEXT, "|");
        shows(&f, false, cases[i].shown);
        lw_frame_fini(&f);
    }
}

static void counts_tabs_from_where_the_text_starts(void **state)
{
    (void)state;
    struct lw_frame f;
    lw_frame_init(&f, 2, 20);
    draw(&f, 0, 0, "a\tb");
    draw(&f, 1, 3, "a\tb");
    struct lw_buf b = {0};
    lw_frame_print(&f, false, &b);
    char *second = strchr(b.data, '\n') + 1;
    assert_memory_equal(second, "   ", 3);
    assert_memory_equal(second + 3, b.data, (size_t)(second - b.data));
    lw_buf_fini(&b);
    lw_frame_fini(&f);
}

static void begins_anew_after_a_resize(void **state)
{
    (void)state;
    struct lw_frame f;
    lw_frame_init(&f, 2, 2);
    struct lw_area old = lw_area_all(&f);
    draw(&f, 1, 0, "xy");
    lw_frame_resize(&f, 1, 3);
    shows(&f, false, "\n");
    lw_draw(old, 1, 0, LW_ROLE_TEXT, "kept over the resize");
    lw_frame_resize(&f, 0, -3);
    lw_draw_rule(lw_area_all(&f), 0);
    lw_draw_cursor(lw_area_all(&f), 0, 0);
    shows(&f, true, "cursor hidden\n");
    lw_frame_fini(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_text_roles_and_cursor),
        cmocka_unit_test(draws_every_script_in_whole_cells),
        cmocka_unit_test(shows_what_is_not_text_as_signs),
        cmocka_unit_test(never_lets_a_wide_glyph_hang_over),
        cmocka_unit_test(repairs_the_halves_of_what_it_overwrites),
        cmocka_unit_test(clips_areas_into_each_other),
        cmocka_unit_test(ends_clipped_text_with_an_ellipsis),
        cmocka_unit_test(counts_tabs_from_where_the_text_starts),
        cmocka_unit_test(begins_anew_after_a_resize),
    };
    return cmocka_run_group_tests(tests, locale_up, NULL);
}
