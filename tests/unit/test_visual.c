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

/* The row with the text in it, behind what stands before it in another role, as on the screen. */
static void assert_row_as(const char *before, const char *text, bool in_text, const char *as)
{
    struct drawn d;
    struct lw_buf b = {0};
    lw_frame_init(&d.f, 1, COLS);
    lw_frame_init(&d.out, 1, COLS);
    int col = lw_draw(lw_area_all(&d.f), 0, 0, LW_ROLE_DIM, "%s", before);
    lw_draw_run(
        lw_area_all(&d.f), 0, col, (struct lw_look){.in_text = in_text}, text, strlen(text));
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

static void assert_row_behind(const char *before, const char *text, const char *as)
{
    assert_row_as(before, text, false, as);
}

static void assert_row(const char *text, const char *as)
{
    assert_row_behind("", text, as);
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

/* Between two sentences, and in a line that is justified. */
static void a_few_blanks_in_a_text_part_no_columns(void **state)
{
    (void)state;
    assert_row_as("", "\u05D0\u05D1  12  \u05D2", true, "\u05D2  12  \u05D1\u05D0");
    assert_row_as("", "  \u05D0    \u05D1", true, "  \u05D1    \u05D0");
    assert_row_as("", "\u05D0     \u05D1", true, "\u05D0     \u05D1");
    assert_row_as("", "\u05D0  \u05D1  ", true, "\u05D1  \u05D0");
    assert_row_as("", "\u05D0\u05D1  │ 1", true, "\u05D1\u05D0  │ 1");
}

static void marks_and_wide_characters_keep_their_cells(void **state)
{
    (void)state;
    assert_row("\u05E9\u05B8\u05DC", "\u05DC\u05E9\u05B8");
    assert_row("\u05D0 漢字 \u05D1", "\u05D1 漢字 \u05D0");
    assert_row("\u05D0 😀", "😀 \u05D0");
}

/* Each opens towards what it encloses, read from the right; arrows are no brackets. */
static void brackets_are_mirrored_and_arrows_are_not(void **state)
{
    (void)state;
    assert_row("\u05D0 (\u05D1) [\u05D2]", "[\u05D2] (\u05D1) \u05D0");
    assert_row("\u05D0 {\u05D1} <\u05D2>", "<\u05D2> {\u05D1} \u05D0");
    assert_row("\u05D0 «\u05D1» ‹1›", "‹1› «\u05D1» \u05D0");
    assert_row("\u05D0 (f(x) = [1, 2])", "(f(x) = [1, 2]) \u05D0");
    assert_row("\u05D0 (", ") \u05D0");
    assert_row("ab (\u05D0) cd", "ab (\u05D0) cd");
    assert_row("\u05D0\u05D1 → \u05D2", "\u05D2 → \u05D1\u05D0");
    assert_row("\u05D0\u05D1 ← \u05D2", "\u05D2 ← \u05D1\u05D0");
}

/* The sign before a paragraph stays in the margin, and the text keeps its column. */
static void the_sign_of_a_paragraph_stays(void **state)
{
    (void)state;
    assert_row_behind("←", "\u05D0\u05D1 (cd) 12", "←12 (cd) \u05D1\u05D0");
    assert_row_behind("  ←", "\u05D0\u05D1", "  ←\u05D1\u05D0");
    assert_row_behind("", "←\u05D0\u05D1", "\u05D1\u05D0←"); /* one in the text is text */
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
        cmocka_unit_test(a_few_blanks_in_a_text_part_no_columns),
        cmocka_unit_test(marks_and_wide_characters_keep_their_cells),
        cmocka_unit_test(brackets_are_mirrored_and_arrows_are_not),
        cmocka_unit_test(the_sign_of_a_paragraph_stays),
        cmocka_unit_test(signs_are_readable),
        cmocka_unit_test(arabic_is_joined),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
