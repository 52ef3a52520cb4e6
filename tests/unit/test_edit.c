/* The edit buffer: moves, changes, undo, and lines as the screen breaks them. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "fixtures/text_properties.h"
#include "labelwright/text/edit.h"

#include <locale.h>

static struct lw_edit *edit(const char *text)
{
    return lw_edit_new(text, strlen(text), false);
}

static void type(struct lw_edit *e, const char *s)
{
    while (*s) {
        size_t n = lw_grapheme_next(s, strlen(s), 0);
        assert_true(lw_edit_insert(e, s, n));
        s += n;
    }
}

static bool act(struct lw_edit *e, enum lw_edit_op op)
{
    return lw_edit_apply(e, op, 10);
}

/* The text with `|` at the cursor. */
static void assert_edit(const struct lw_edit *e, const char *expected)
{
    size_t n, at = lw_edit_cursor(e);
    const char *s = lw_edit_text(e, &n);
    char *shown = lw_format("%.*s|%s", (int)at, s, s + at);
    assert_string_equal(shown, expected);
    free(shown);
}

static void the_cursor_starts_at_the_end(void **state)
{
    (void)state;
    struct lw_edit *e = edit("abc");
    assert_edit(e, "abc|");
    lw_edit_free(e);
    e = lw_edit_new(NULL, 0, false);
    assert_edit(e, "|");
    lw_edit_free(e);
    lw_edit_free(NULL);
}

static void the_text_given_is_kept_byte_for_byte(void **state)
{
    (void)state;
    static const char s[] = "a\r\nb\xFF\0\rc";
    struct lw_edit *e = lw_edit_new(s, sizeof s - 1, false);
    size_t n;
    assert_memory_equal(lw_edit_text(e, &n), s, sizeof s);
    assert_int_equal(n, sizeof s - 1);
    lw_edit_free(e);
}

static void what_is_inserted_must_be_valid_text(void **state)
{
    (void)state;
    struct lw_edit *e = edit("a");
    assert_false(lw_edit_insert(e, "x\xFF", 2));
    assert_false(lw_edit_insert(e, "x\0", 2));
    assert_edit(e, "a|");
    assert_true(lw_edit_insert(e, "", 0));
    assert_false(act(e, LW_EDIT_UNDO));
    lw_edit_free(e);
}

static void line_ends_become_lf_or_in_one_line_spaces(void **state)
{
    (void)state;
    struct lw_edit *e = edit("");
    assert_true(lw_edit_insert(e, "a\r\nb\rc\n", 7));
    assert_edit(e, "a\nb\nc\n|");
    lw_edit_free(e);
    e = lw_edit_new("a\r\nb", 4, true);
    assert_true(lw_edit_insert(e, "\nc\u2028d\r\n", 8));
    assert_edit(e, "a b c d |");
    lw_edit_free(e);
}

static void the_cursor_moves_by_graphemes(void **state)
{
    (void)state;
    struct lw_edit *e = edit("e\u0301👨‍👩‍👧🇻🇳");
    assert_true(act(e, LW_EDIT_LEFT));
    assert_edit(e, "e\u0301👨‍👩‍👧|🇻🇳");
    assert_true(act(e, LW_EDIT_LEFT));
    assert_true(act(e, LW_EDIT_LEFT));
    assert_edit(e, "|e\u0301👨‍👩‍👧🇻🇳");
    assert_false(act(e, LW_EDIT_LEFT));
    assert_true(act(e, LW_EDIT_RIGHT));
    assert_edit(e, "e\u0301|👨‍👩‍👧🇻🇳");
    lw_edit_free(e);
}

static void deleting_takes_whole_graphemes(void **state)
{
    (void)state;
    struct lw_edit *e = edit("e\u0301x👨‍👩‍👧");
    assert_true(act(e, LW_EDIT_DELETE_BACK));
    assert_edit(e, "e\u0301x|");
    assert_false(act(e, LW_EDIT_DELETE));
    assert_true(act(e, LW_EDIT_START));
    assert_true(act(e, LW_EDIT_DELETE));
    assert_edit(e, "|x");
    assert_false(act(e, LW_EDIT_DELETE_BACK));
    lw_edit_free(e);
}

static void words_are_runs_of_letters_or_of_signs(void **state)
{
    (void)state;
    struct lw_edit *e = edit("Tất cả,  mọi_1 người");
    act(e, LW_EDIT_WORD_LEFT);
    assert_edit(e, "Tất cả,  mọi_1 |người");
    act(e, LW_EDIT_WORD_LEFT);
    act(e, LW_EDIT_WORD_LEFT);
    assert_edit(e, "Tất cả|,  mọi_1 người");
    act(e, LW_EDIT_WORD_RIGHT);
    act(e, LW_EDIT_WORD_RIGHT);
    assert_edit(e, "Tất cả,  mọi_1| người");
    act(e, LW_EDIT_DELETE_WORD_BACK);
    assert_edit(e, "Tất cả,  | người");
    act(e, LW_EDIT_DELETE_WORD_BACK);
    assert_edit(e, "Tất cả| người");
    lw_edit_free(e);
}

static void up_and_down_go_by_screen_lines(void **state)
{
    (void)state;
    struct lw_edit *e = edit("one two three\nx");
    act(e, LW_EDIT_START);
    assert_false(act(e, LW_EDIT_UP));
    assert_true(act(e, LW_EDIT_DOWN));
    assert_edit(e, "one two |three\nx");
    assert_true(act(e, LW_EDIT_DOWN));
    assert_edit(e, "one two three\n|x");
    assert_false(act(e, LW_EDIT_DOWN));
    lw_edit_free(e);
}

static void up_and_down_keep_the_wished_column(void **state)
{
    (void)state;
    struct lw_edit *e = edit("漢字漢字\na\n123456");
    act(e, LW_EDIT_UP);
    assert_edit(e, "漢字漢字\na|\n123456");
    act(e, LW_EDIT_UP);
    assert_edit(e, "漢字漢|字\na\n123456");
    act(e, LW_EDIT_DOWN);
    act(e, LW_EDIT_DOWN);
    assert_edit(e, "漢字漢字\na\n123456|");
    act(e, LW_EDIT_UP);
    act(e, LW_EDIT_LEFT);
    act(e, LW_EDIT_DOWN);
    assert_edit(e, "漢字漢字\na\n|123456");
    lw_edit_free(e);
}

static void line_ends_are_those_of_the_screen(void **state)
{
    (void)state;
    struct lw_edit *e = edit("one two three");
    act(e, LW_EDIT_LINE_START);
    assert_edit(e, "one two |three");
    act(e, LW_EDIT_LEFT);
    act(e, LW_EDIT_LINE_START);
    assert_edit(e, "|one two three");
    act(e, LW_EDIT_LINE_END);
    assert_edit(e, "one two| three");
    assert_false(act(e, LW_EDIT_LINE_END));
    lw_edit_free(e);
}

static void the_end_of_a_line_broken_within_a_word_stays_on_it(void **state)
{
    (void)state;
    struct lw_edit *e = edit("abcdefghijklm");
    act(e, LW_EDIT_START);
    act(e, LW_EDIT_LINE_END);
    assert_edit(e, "abcdefghi|jklm");
    act(e, LW_EDIT_DOWN);
    assert_edit(e, "abcdefghijklm|");
    lw_edit_free(e);
}

static void the_end_of_a_line_is_behind_spaces_beyond_the_edge(void **state)
{
    (void)state;
    struct lw_edit *e = edit("abcdefgh     \nx");
    act(e, LW_EDIT_START);
    act(e, LW_EDIT_LINE_END);
    assert_edit(e, "abcdefgh     |\nx");
    lw_edit_free(e);
}

static void a_cluster_wider_than_the_line_is_passed(void **state)
{
    (void)state;
    struct lw_edit *e = edit("👨‍👩‍👧‍👦\nx");
    act(e, LW_EDIT_START);
    assert_true(lw_edit_apply(e, LW_EDIT_DOWN, 3));
    assert_edit(e, "👨‍👩‍👧‍👦\n|x");
    assert_true(lw_edit_apply(e, LW_EDIT_UP, 3));
    assert_edit(e, "|👨‍👩‍👧‍👦\nx");
    lw_edit_free(e);
}

static void typed_characters_undo_together(void **state)
{
    (void)state;
    struct lw_edit *e = edit("");
    type(e, "mộ\u0323t");
    type(e, "\n");
    type(e, "hai");
    assert_true(act(e, LW_EDIT_UNDO));
    assert_edit(e, "mộ\u0323t\n|");
    assert_true(act(e, LW_EDIT_UNDO));
    assert_edit(e, "|");
    assert_false(act(e, LW_EDIT_UNDO));
    act(e, LW_EDIT_REDO);
    act(e, LW_EDIT_REDO);
    assert_edit(e, "mộ\u0323t\nhai|");
    assert_false(act(e, LW_EDIT_REDO));
    lw_edit_free(e);
}

static void a_paste_undoes_by_itself(void **state)
{
    (void)state;
    struct lw_edit *e = edit("");
    type(e, "ab");
    assert_true(lw_edit_insert(e, "pasted", 6));
    type(e, "cd");
    act(e, LW_EDIT_UNDO);
    assert_edit(e, "abpasted|");
    act(e, LW_EDIT_UNDO);
    assert_edit(e, "ab|");
    lw_edit_free(e);
}

static void a_move_starts_a_new_row_of_typing(void **state)
{
    (void)state;
    struct lw_edit *e = edit("");
    type(e, "ab");
    act(e, LW_EDIT_LEFT);
    act(e, LW_EDIT_RIGHT);
    type(e, "cd");
    act(e, LW_EDIT_UNDO);
    assert_edit(e, "ab|");
    lw_edit_free(e);
}

static void deletions_in_a_row_undo_together(void **state)
{
    (void)state;
    struct lw_edit *e = edit("abcdef");
    lw_edit_move_to(e, 3);
    act(e, LW_EDIT_DELETE_BACK);
    act(e, LW_EDIT_DELETE_BACK);
    act(e, LW_EDIT_DELETE);
    act(e, LW_EDIT_DELETE);
    assert_edit(e, "a|f");
    act(e, LW_EDIT_UNDO);
    assert_edit(e, "a|def");
    act(e, LW_EDIT_UNDO);
    assert_edit(e, "abc|def");
    lw_edit_free(e);
}

static void a_new_change_ends_what_can_be_redone(void **state)
{
    (void)state;
    struct lw_edit *e = edit("a");
    type(e, "b");
    act(e, LW_EDIT_UNDO);
    type(e, "c");
    assert_false(act(e, LW_EDIT_REDO));
    assert_edit(e, "ac|");
    act(e, LW_EDIT_UNDO);
    assert_edit(e, "a|");
    lw_edit_free(e);
}

static void what_was_cut_can_be_pasted(void **state)
{
    (void)state;
    struct lw_edit *e = edit("one two\nthree");
    assert_false(act(e, LW_EDIT_PASTE_CUT));
    lw_edit_move_to(e, 3);
    assert_true(act(e, LW_EDIT_CUT_TO_END));
    assert_edit(e, "one|\nthree");
    act(e, LW_EDIT_END);
    act(e, LW_EDIT_PASTE_CUT);
    assert_edit(e, "one\nthree two|");
    act(e, LW_EDIT_CUT_TO_START);
    assert_edit(e, "one\n|");
    assert_false(act(e, LW_EDIT_CUT_TO_START));
    act(e, LW_EDIT_LEFT);
    assert_true(act(e, LW_EDIT_CUT_TO_END));
    assert_edit(e, "one|");
    assert_false(act(e, LW_EDIT_CUT_TO_END));
    lw_edit_free(e);
}

static void a_base_typed_before_a_mark_takes_it_along(void **state)
{
    (void)state;
    struct lw_edit *e = edit("\u0301x");
    lw_edit_move_to(e, 0);
    type(e, "e");
    assert_edit(e, "e\u0301|x");
    act(e, LW_EDIT_UNDO);
    assert_edit(e, "|\u0301x");
    lw_edit_free(e);
}

static void a_move_to_anywhere_lands_on_a_boundary(void **state)
{
    (void)state;
    struct lw_edit *e = edit("ae\u0301b");
    lw_edit_move_to(e, 3);
    assert_edit(e, "a|e\u0301b");
    lw_edit_move_to(e, 99);
    assert_edit(e, "ae\u0301b|");
    lw_edit_free(e);
}

static void random_operations_keep_the_promises(void **state)
{
    (void)state;
    static const char *const text[] = {"", "one two\nthree",
        "e\u0301\n\n\u0301👨‍👩‍👧 🇻🇳🇻", "\xFF\r\n\t漢字 ไทย\u2028(a)",
        "\u0600\u0600 \u0903\r\r\u00ADx        y   "};
    static const char *const piece[] = {
        "a", "\u0301", "👩", "\u200D", "🇻", "\r", "\n", " ", "漢", "\t", "\u1161", "\xFF", "\u0600"};
    srand(17);
    for (int round = 0; round < 4000; round++) {
        unsigned char script[400];
        size_t n = 0;
        while (n < 300) {
            script[n++] = (unsigned char)(rand() % 64);
            const char *p = piece[(size_t)rand() % (sizeof piece / sizeof *piece)];
            script[n++] = (unsigned char)(64 + strlen(p));
            memcpy(script + n, p, strlen(p));
            n += strlen(p);
        }
        script[0] = (unsigned char)rand();
        const char *t = text[(size_t)rand() % (sizeof text / sizeof *text)];
        hold_edit(t, strlen(t), script, n);
    }
}

static void a_megabyte_can_be_edited(void **state)
{
    (void)state;
    enum { SIZE = 1 << 20 };
    char *s = malloc(SIZE);
    for (size_t i = 0; i < SIZE; i++)
        s[i] = i % 9 == 8 ? ' ' : 'a';
    struct lw_edit *e = lw_edit_new(s, SIZE, false);
    assert_true(lw_edit_insert(e, s, SIZE));
    lw_edit_move_to(e, SIZE / 2);
    for (int i = 0; i < 500; i++) {
        assert_true(lw_edit_insert(e, "x", 1));
        assert_true(act(e, LW_EDIT_WORD_RIGHT));
    }
    assert_true(act(e, LW_EDIT_UP));
    undo_all(e);
    size_t n;
    assert_memory_equal(lw_edit_text(e, &n), s, SIZE);
    assert_int_equal(n, SIZE);
    lw_edit_free(e);
    free(s);
}

static void walk_through(const char *s, size_t n)
{
    struct lw_edit *e = lw_edit_new(s, n < 20000 ? n : 20000, false);
    size_t left = 0, right = 0;
    for (; act(e, LW_EDIT_LEFT); left++)
        ;
    for (; act(e, LW_EDIT_RIGHT); right++)
        ;
    assert_int_equal(left, right);
    for (int k = 0; k < 50; k++)
        assert_true(act(e, LW_EDIT_UP));
    lw_edit_free(e);
}

static void real_languages_can_be_walked_through(void **state)
{
    (void)state;
    each_language(walk_through);
}

static void a_text_is_replaced_as_a_whole_in_one_change(void **state)
{
    (void)state;
    static const char other[] = "e\xCC\x81\r\nx";
    struct lw_edit *e = lw_edit_new("one two", 7, false);
    size_t n;
    assert_false(lw_edit_set(e, "one two", 7));
    assert_true(lw_edit_set(e, other, 6)); /* as it is, CRLF and all */
    assert_memory_equal(lw_edit_text(e, &n), other, 7);
    assert_int_equal(n, 6);
    assert_int_equal(lw_edit_cursor(e), 6);
    lw_edit_move_to(e, 3);
    assert_true(lw_edit_set(e, "\xE1\xBA\xBF!", 4));
    assert_int_equal(lw_edit_cursor(e), 3);
    assert_true(lw_edit_set(e, "", 0));
    assert_true(lw_edit_apply(e, LW_EDIT_UNDO, 80));
    assert_true(lw_edit_apply(e, LW_EDIT_UNDO, 80));
    assert_memory_equal(lw_edit_text(e, &n), other, 7);
    assert_true(lw_edit_apply(e, LW_EDIT_UNDO, 80));
    assert_string_equal(lw_edit_text(e, &n), "one two");
    assert_false(lw_edit_apply(e, LW_EDIT_UNDO, 80));
    lw_edit_free(e);
}

static void pasting_ends_at_the_greatest_length(void **state)
{
    (void)state;
    struct lw_edit *e = edit("sixteen letters.");
    size_t n = 16;
    bool pasted = true;
    while (pasted) { /* eight times as long each time */
        act(e, LW_EDIT_END);
        act(e, LW_EDIT_CUT_TO_START);
        for (int i = 0; i < 8 && pasted; i++)
            pasted = act(e, LW_EDIT_PASTE_CUT);
        lw_edit_text(e, &n);
    }
    assert_true(n <= LW_EDIT_MAX);
    assert_true(n > LW_EDIT_MAX / 8);
    lw_edit_free(e);
}

/* The text with `[` and `]` around what is selected. */
static void assert_selected(const struct lw_edit *e, const char *expected)
{
    size_t n, from, to;
    const char *s = lw_edit_text(e, &n);
    assert_true(lw_edit_selection(e, &from, &to));
    char *shown = lw_format("%.*s[%.*s]%s", (int)from, s, (int)(to - from), s + from, s + to);
    assert_string_equal(shown, expected);
    free(shown);
}

static bool extend(struct lw_edit *e, enum lw_edit_op op)
{
    return lw_edit_select(e, op, 10);
}

static void shifted_moves_select_and_plain_ones_end_it(void **state)
{
    (void)state;
    size_t from, to;
    struct lw_edit *e = edit("one two");
    assert_true(extend(e, LW_EDIT_WORD_LEFT));
    assert_selected(e, "one [two]");
    assert_true(extend(e, LW_EDIT_LEFT));
    assert_selected(e, "one[ two]");
    assert_true(act(e, LW_EDIT_RIGHT)); /* to its end, not beyond */
    assert_edit(e, "one two|");
    assert_false(lw_edit_selection(e, &from, &to));
    assert_true(extend(e, LW_EDIT_START));
    assert_true(act(e, LW_EDIT_UP)); /* nothing above: only the selection goes */
    assert_false(lw_edit_selection(e, &from, &to));
    assert_false(act(e, LW_EDIT_UP));
    lw_edit_free(e);
}

static void a_mark_selects_with_any_move(void **state)
{
    (void)state;
    size_t from, to;
    struct lw_edit *e = edit("one two");
    act(e, LW_EDIT_START);
    act(e, LW_EDIT_MARK);
    assert_true(lw_edit_is_marking(e));
    act(e, LW_EDIT_WORD_RIGHT);
    act(e, LW_EDIT_RIGHT);
    assert_selected(e, "[one ]two");
    act(e, LW_EDIT_MARK);
    assert_false(lw_edit_selection(e, &from, &to));
    act(e, LW_EDIT_SELECT_ALL);
    assert_selected(e, "[one two]");
    lw_edit_free(e);
}

static void typing_replaces_the_selection_in_one_change(void **state)
{
    (void)state;
    struct lw_edit *e = edit("one two");
    extend(e, LW_EDIT_WORD_LEFT);
    type(e, "2!");
    assert_edit(e, "one 2!|");
    assert_true(act(e, LW_EDIT_UNDO));
    assert_edit(e, "one |two");
    assert_true(act(e, LW_EDIT_REDO));
    assert_edit(e, "one 2!|");
    act(e, LW_EDIT_SELECT_ALL);
    assert_true(act(e, LW_EDIT_DELETE_BACK));
    assert_edit(e, "|");
    assert_false(act(e, LW_EDIT_PASTE_CUT)); /* deleted is not cut */
    act(e, LW_EDIT_UNDO);
    extend(e, LW_EDIT_WORD_LEFT);
    assert_false(lw_edit_insert(e, "\xFF", 1)); /* refused: it is still there */
    assert_selected(e, "one 2[!]");
    lw_edit_free(e);
}

static void what_is_copied_or_cut_replaces_what_is_selected(void **state)
{
    (void)state;
    size_t n;
    struct lw_edit *e = edit("one two");
    assert_false(act(e, LW_EDIT_COPY));
    extend(e, LW_EDIT_WORD_LEFT);
    assert_true(act(e, LW_EDIT_COPY));
    assert_int_equal((lw_edit_cut_text(e, &n), n), 3);
    assert_memory_equal(lw_edit_cut_text(e, &n), "two", 3);
    act(e, LW_EDIT_START);
    extend(e, LW_EDIT_WORD_RIGHT);
    assert_true(act(e, LW_EDIT_PASTE_CUT));
    assert_edit(e, "two| two");
    extend(e, LW_EDIT_LEFT);
    assert_true(act(e, LW_EDIT_CUT_TO_END)); /* the selection, not the paragraph */
    assert_edit(e, "tw| two");
    act(e, LW_EDIT_UNDO);
    assert_edit(e, "tw|o two");
    lw_edit_free(e);
}

static void cuts_in_a_row_are_pasted_together(void **state)
{
    (void)state;
    struct lw_edit *e = edit("one\ntwo\nthree");
    act(e, LW_EDIT_START);
    for (int i = 0; i < 4; i++)
        assert_true(act(e, LW_EDIT_CUT_TO_END));
    assert_edit(e, "|three");
    act(e, LW_EDIT_END);
    act(e, LW_EDIT_PASTE_CUT);
    assert_edit(e, "threeone\ntwo\n|");
    act(e, LW_EDIT_START);
    act(e, LW_EDIT_CUT_TO_END); /* moved in between: a new one */
    act(e, LW_EDIT_PASTE_CUT);
    assert_edit(e, "threeone|\ntwo\n");
    lw_edit_free(e);
}

static void paragraphs_are_lines_that_are_not_blank(void **state)
{
    (void)state;
    struct lw_edit *e = edit("one two three four\n\n  \nfive\nsix");
    act(e, LW_EDIT_START);
    act(e, LW_EDIT_PARAGRAPH_DOWN);
    assert_edit(e, "one two three four\n\n  \n|five\nsix");
    act(e, LW_EDIT_PARAGRAPH_DOWN);
    act(e, LW_EDIT_RIGHT);
    assert_edit(e, "one two three four\n\n  \nfive\ns|ix");
    act(e, LW_EDIT_PARAGRAPH_UP);
    act(e, LW_EDIT_PARAGRAPH_UP);
    assert_edit(e, "one two three four\n\n  \n|five\nsix");
    act(e, LW_EDIT_PARAGRAPH_UP);
    assert_edit(e, "|one two three four\n\n  \nfive\nsix");
    assert_false(act(e, LW_EDIT_PARAGRAPH_UP));
    act(e, LW_EDIT_END);
    assert_false(act(e, LW_EDIT_PARAGRAPH_DOWN));
    lw_edit_free(e);
}

static void backspace_gives(const char *typed, const char *left)
{
    struct lw_edit *e = edit("x");
    type(e, typed);
    assert_true(act(e, LW_EDIT_DELETE_BACK));
    char *expected = lw_format("x%s|", left);
    assert_edit(e, expected);
    free(expected);
    lw_edit_free(e);
}

static void backspace_takes_a_mark_alone_but_an_emoji_whole(void **state)
{
    (void)state;
    backspace_gives("e\u0302\u0301", "e\u0302");           /* Vietnamese, decomposed */
    backspace_gives("\u1EBF", "");                         /* and composed */
    backspace_gives("\u0E17\u0E35\u0E48", "\u0E17\u0E35"); /* Thai: a tone typed wrong */
    backspace_gives("\u0915\u094D\u0937", "\u0915\u094D"); /* Hindi */
    backspace_gives("\u1112\u1161\u11AB", "\u1112\u1161"); /* Hangul in letters */
    backspace_gives("\uD55C", "");                         /* and as a syllable */
    backspace_gives("👨‍👩‍👧", "");
    backspace_gives("👍🏽", "");
    backspace_gives("🇻🇳", "");
    backspace_gives("1\uFE0F\u20E3", "");
    backspace_gives("\r\n", "");
}

/* ibus-unikey, as it sends them: letters, Backspaces, the letters changed. */
static void what_an_input_method_takes_back_and_types_again_arrives(void **state)
{
    (void)state;
    struct lw_edit *e = edit("");
    static const char *const keys[] = {"v", "i", "e", "\b", "ê", "t", "\b", "\b", "ệ", "t"};
    static const char *const parts[] = {
        "v", "i", "e", "\b", "e\u0302", "t", "\b", "\b", "\b", "e\u0323\u0302", "t"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        *keys[i] == '\b' ? (void)act(e, LW_EDIT_DELETE_BACK) : type(e, keys[i]);
    assert_edit(e, "việt|");
    act(e, LW_EDIT_SELECT_ALL);
    act(e, LW_EDIT_DELETE);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        *parts[i] == '\b' ? (void)act(e, LW_EDIT_DELETE_BACK) : type(e, parts[i]);
    assert_edit(e, "vie\u0323\u0302t|");
    lw_edit_free(e);
}

static void what_changed_is_told_as_one_replacement(void **state)
{
    (void)state;
    struct lw_edit_hull h;
    struct lw_edit *e = edit("0123456789");
    assert_false(lw_edit_take_change(e, &h));
    assert_true(lw_edit_replace(e, 6, 8, "xyz", 3));
    assert_true(lw_edit_replace(e, 2, 3, "", 0));
    assert_true(lw_edit_take_change(e, &h)); /* 23456 7 → 345xyz */
    assert_int_equal(h.at, 2);
    assert_int_equal(h.out, 6);
    assert_int_equal(h.in, 6);
    assert_false(lw_edit_take_change(e, &h));
    lw_edit_free(e);
}

int main(void)
{
    setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_cursor_starts_at_the_end),
        cmocka_unit_test(the_text_given_is_kept_byte_for_byte),
        cmocka_unit_test(what_is_inserted_must_be_valid_text),
        cmocka_unit_test(line_ends_become_lf_or_in_one_line_spaces),
        cmocka_unit_test(the_cursor_moves_by_graphemes),
        cmocka_unit_test(deleting_takes_whole_graphemes),
        cmocka_unit_test(words_are_runs_of_letters_or_of_signs),
        cmocka_unit_test(up_and_down_go_by_screen_lines),
        cmocka_unit_test(up_and_down_keep_the_wished_column),
        cmocka_unit_test(line_ends_are_those_of_the_screen),
        cmocka_unit_test(the_end_of_a_line_broken_within_a_word_stays_on_it),
        cmocka_unit_test(the_end_of_a_line_is_behind_spaces_beyond_the_edge),
        cmocka_unit_test(a_cluster_wider_than_the_line_is_passed),
        cmocka_unit_test(typed_characters_undo_together),
        cmocka_unit_test(a_paste_undoes_by_itself),
        cmocka_unit_test(a_move_starts_a_new_row_of_typing),
        cmocka_unit_test(deletions_in_a_row_undo_together),
        cmocka_unit_test(a_new_change_ends_what_can_be_redone),
        cmocka_unit_test(what_was_cut_can_be_pasted),
        cmocka_unit_test(a_base_typed_before_a_mark_takes_it_along),
        cmocka_unit_test(a_move_to_anywhere_lands_on_a_boundary),
        cmocka_unit_test(random_operations_keep_the_promises),
        cmocka_unit_test(pasting_ends_at_the_greatest_length),
        cmocka_unit_test(a_megabyte_can_be_edited),
        cmocka_unit_test(real_languages_can_be_walked_through),
        cmocka_unit_test(a_text_is_replaced_as_a_whole_in_one_change),
        cmocka_unit_test(shifted_moves_select_and_plain_ones_end_it),
        cmocka_unit_test(a_mark_selects_with_any_move),
        cmocka_unit_test(typing_replaces_the_selection_in_one_change),
        cmocka_unit_test(what_is_copied_or_cut_replaces_what_is_selected),
        cmocka_unit_test(cuts_in_a_row_are_pasted_together),
        cmocka_unit_test(paragraphs_are_lines_that_are_not_blank),
        cmocka_unit_test(backspace_takes_a_mark_alone_but_an_emoji_whole),
        cmocka_unit_test(what_an_input_method_takes_back_and_types_again_arrives),
        cmocka_unit_test(what_changed_is_told_as_one_replacement),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
