/* Rows for terminals that leave the order of right-to-left scripts to us. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "tui/view/visual_internal.h"

#include <locale.h>

enum { COLS = 40 };

struct drawn {
    struct lw_frame f, out;
    int place[COLS];
};

/* The row with the text in it, as it stands on the screen. */
static void assert_row(const char *text, const char *as)
{
    struct drawn d;
    struct lw_buf b = {0};
    lw_frame_init(&d.f, 1, COLS);
    lw_frame_init(&d.out, 1, COLS);
    lw_draw_text(lw_area_all(&d.f), 0, 0, LW_ROLE_TEXT, text, strlen(text));
    lw_visual_row(d.f.cell, COLS, d.out.cell, d.place);
    lw_frame_print(&d.out, false, &b);
    b.data[strcspn(b.data, "\n")] = '\0';
    assert_string_equal(b.data, as);
    bool taken[COLS] = {false}; /* a permutation, and roles travel with their cells */
    for (int i = 0; i < COLS; i++) {
        assert_false(taken[d.place[i]]);
        taken[d.place[i]] = true;
        assert_int_equal(d.out.cell[d.place[i]].role, d.f.cell[i].role);
    }
    lw_buf_fini(&b);
    lw_frame_fini(&d.f);
    lw_frame_fini(&d.out);
}

static void words_stand_from_the_right(void **state)
{
    (void)state;
    assert_row("", "");
    assert_row("abc 12", "abc 12");
    assert_row("  \u05D0\u05D1 \u05D2", "  \u05D2 \u05D1\u05D0");
    assert_row("ab \u05D0\u05D1 12", "ab 12 \u05D1\u05D0");
    assert_row("\u05D0 (ab)", "(ab) \u05D0");
}

static void columns_and_frames_stay(void **state)
{
    (void)state;
    assert_row("\u05D0\u05D1  12  \u05D2\u05D3", "\u05D1\u05D0  12  \u05D3\u05D2");
    assert_row("│\u05D0\u05D1 │ \u05D2 12│", "│\u05D1\u05D0 │ 12 \u05D2│");
}

static void marks_and_wide_characters_keep_their_cells(void **state)
{
    (void)state;
    assert_row("\u05E9\u05B8\u05DC", "\u05DC\u05E9\u05B8");
    assert_row("\u05D0 漢字 \u05D1", "\u05D1 漢字 \u05D0");
    assert_row("\u05D0 😀", "😀 \u05D0");
}

static void signs_are_readable(void **state)
{
    (void)state;
    assert_row("\u05D0\u202E\u05D1", "\u05D1<U+202E>\u05D0");
}

static void arabic_is_joined(void **state)
{
    (void)state;
    assert_row("سلام", "\uFEE1\uFE8E\uFEE0\uFEB3");
    assert_row("بَ", "\uFE8F\u064E");
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_stand_from_the_right),
        cmocka_unit_test(columns_and_frames_stay),
        cmocka_unit_test(marks_and_wide_characters_keep_their_cells),
        cmocka_unit_test(signs_are_readable),
        cmocka_unit_test(arabic_is_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
