/* Correcting a response: what the editor's keys make of the draft, of the label and of the next
 * start, without a terminal. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"

#define FIX                                                                                        \
    "labelwright: 1\n"                                                                             \
    "tasks: [{file: tasks.jsonl}]\n"                                                               \
    "shuffle_responses: false\n"                                                                   \
    "curtain: [grim]\n"                                                                            \
    "questions:\n"                                                                                 \
    "  - {name: fix, type: edit, on: response, required: true}\n"                                  \
    "  - {name: why, type: text}\n"
#define OPTIONAL                                                                                   \
    "labelwright: 1\n"                                                                             \
    "tasks: [{file: tasks.jsonl}]\n"                                                               \
    "shuffle_responses: false\n"                                                                   \
    "questions:\n"                                                                                 \
    "  - {name: fix, type: edit, on: response}\n"

/* The answer for response a of the task on the screen: the text, "-" for none, "(…)" half done. */
static void fix_is(const char *response, const char *expected)
{
    const json_t *v =
        json_object_get(json_object_get(lw_sitting_view(p.s)->answers, "fix"), response);
    const char *text = json_string_value(json_object_get(v, "text"));
    char *got = !v ? lw_strdup("-") : lw_format(lw_edit_is_open(v) ? "(%s)" : "%s", text);
    assert_string_equal(got, expected);
    free(got);
}

static void cursor_is(size_t at)
{
    assert_int_equal(lw_edit_cursor(p.app.input), at);
}

static void every_key_reaches_the_draft_and_control_x_keeps_it(void **state)
{
    (void)state;
    begin(FIX, THREE);
    app_fixture_press(&p, "e");
    fix_is("a", "-");
    app_fixture_press(&p, "type:the_");
    fix_is("a", "(the first)");
    app_fixture_press(&p, "^E Enter type:end");
    fix_is("a", "(the first\nend)");
    app_fixture_press(&p, "^X");
    fix_is("a", "the first\nend");
    assert_string_equal(lw_sitting_view(p.s)->message, "Fix: corrected. Enter submits.");
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{\"fix\":{\"a\":{\"original\":\"first\",\"text\":\"the first\\nend\"}}}");
    assert_string_equal(lw_sitting_view(p.s)->message, "Saved task 1: Fix corrected.");
}

static void what_is_fine_is_kept_as_it_is(void **state)
{
    (void)state;
    begin(FIX, THREE);
    app_fixture_press(&p, "Enter");
    assert_string_equal(lw_sitting_view(p.s)->message, "Fix is not answered yet.");
    app_fixture_press(&p, "e ^X");
    assert_string_equal(lw_sitting_view(p.s)->message, "Fix: no correction needed. Enter submits.");
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{\"fix\":{\"a\":{\"original\":\"first\",\"text\":\"first\"}}}");
}

static void leaving_keeps_it_half_done_and_bars_the_way(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e type:x ^C");
    fix_is("a", "(xfirst)");
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "-");
    assert_string_equal(
        lw_sitting_view(p.s)->message, "Fix is not finished. Press Space, then ^X to keep it.");
    app_fixture_press(&p, "Space type:y ^X Enter"); /* Space opens it too */
    recorded_is("t1", "{\"fix\":{\"a\":{\"original\":\"first\",\"text\":\"yxfirst\"}}}");
}

static void leaving_without_a_change_leaves_nothing(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e Right Right ^C");
    fix_is("a", "-");
    app_fixture_press(&p, "e type:ab Backspace Backspace ^C");
    fix_is("a", "-");
    assert_false(lw_sitting_view(p.s)->draft);
    app_fixture_press(&p, "e type:z ^X");
    app_fixture_press(&p, "e Right ^C"); /* kept stays kept */
    fix_is("a", "zfirst");
    app_fixture_press(&p, "e type:q Backspace ^C");
    fix_is("a", "zfirst");
    app_fixture_press(&p, "e type:q ^C");
    fix_is("a", "(qzfirst)");
}

static void taking_back_undoes_all_of_a_visit(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e type:abc ^X e type:def ^C");
    fix_is("a", "(defabcfirst)");
    app_fixture_press(&p, "u");
    fix_is("a", "abcfirst");
    app_fixture_press(&p, "u");
    fix_is("a", "-");
}

static void undo_redo_and_the_original_work_on_bytes(void **state)
{
    (void)state;
    begin(OPTIONAL,
        "{\"id\":\"t1\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"e\\u0301 "
        "\\u00e9\\r\\n\\u0e01\\u0e33\"}]}\n");
    static const char whole[] = "e\xCC\x81 \xC3\xA9\r\n\xE0\xB8\x81\xE0\xB8\xB3";
    app_fixture_press(&p, "e type:x Del"); /* the whole first letter, accent and all */
    fix_is("a", "(x \xC3\xA9\r\n\xE0\xB8\x81\xE0\xB8\xB3)");
    app_fixture_press(&p, "^_ M-u");
    char *half = lw_format("(%s)", whole);
    fix_is("a", half);
    app_fixture_press(&p, "M-e M-e");
    fix_is("a", "(x \xC3\xA9\r\n\xE0\xB8\x81\xE0\xB8\xB3)");
    app_fixture_press(&p, "paste:1_2 ^K ^R");
    fix_is("a", half);
    app_fixture_press(&p, "^_ ^X");
    fix_is("a", "x1\n2\r\n\xE0\xB8\x81\xE0\xB8\xB3");
    free(half);
}

static void a_cut_line_is_pasted_again(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e ^K type:so_ ^U ^U ^X");
    fix_is("a", "so firstfirst");
}

#define LONG                                                                                       \
    "{\"id\":\"t1\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"" L10 L10 L10 L10     \
    "needle\"}]}\n"
#define L10 "1\\n2\\n3\\n4\\n5\\n6\\n7\\n8\\n9\\n0\\n"

static void opens_where_the_eye_is(void **state)
{
    (void)state;
    begin(OPTIONAL, LONG);
    app_fixture_press(&p, "e");
    cursor_is(0);
    app_fixture_press(&p, "^C j j j e");
    cursor_is(6);
    app_fixture_press(
        &p, "type:new ^X e"); /* the same place, though the text before it has grown */
    cursor_is(6);
    app_fixture_press(&p, "^C g / type:NEEDLE Enter e");
    cursor_is(83);
    app_fixture_press(&p, "^C t e"); /* raw text is another one: nothing is known of it */
    cursor_is(0);
}

static void moves_by_pages_and_to_the_ends(void **state)
{
    (void)state;
    begin(OPTIONAL, LONG);
    app_fixture_press(&p, "e M->");
    cursor_is(86);
    app_fixture_press(&p, "M-< PgDn");
    cursor_is(22); /* eleven of the twelve lines */
    app_fixture_press(&p, "PgUp Down Down Up");
    cursor_is(2);
}

static void finds_from_place_to_place_and_around(void **state)
{
    (void)state;
    begin(OPTIONAL, LONG);
    app_fixture_press(&p, "e ^F type:7 Enter");
    cursor_is(12);
    app_fixture_press(&p, "^F ^F ^F Enter");
    cursor_is(52);
    app_fixture_press(&p, "^F Enter ^F Enter");
    cursor_is(12);
    app_fixture_press(&p, "^F type:none Enter");
    assert_string_equal(lw_sitting_view(p.s)->message, "\"none\": not found.");
    cursor_is(12);
    app_fixture_press(&p, "^F type:q Esc paste:x ^C");
    fix_is("a", "(1\n2\n3\n4\n5\n6\nx7\n8\n9\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\n1\n2\n3\n4\n5\n6\n7"
                "\n8\n9\n0\n1\n2\n3\n4\n5\n6\n7\n8\n9\n0\nneedle)");
}

static void of_a_pair_the_pane_in_use_is_corrected(void **state)
{
    (void)state;
    begin(OPTIONAL, PAIRS);
    app_fixture_press(&p, "Tab e type:b ^X");
    fix_is("y", "b1y");
    fix_is("x", "-");
    app_fixture_press(&p, "S-Tab e type:a ^X");
    fix_is("x", "a1x");
    assert_string_equal(lw_sitting_view(p.s)->message, "A fix: corrected. Enter submits.");
}

static void help_comes_back_to_the_editor(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e type:a F1");
    assert_true(app_fixture_shows(&p, "restore the original"));
    app_fixture_press(&p, "x type:b ^X");
    fix_is("a", "abfirst");
}

static void nothing_is_corrected_while_the_task_is_hidden(void **state)
{
    (void)state;
    begin(FIX, "{\"id\":\"t1\",\"tags\":[\"grim\"],\"prompt\":\"p\",\"responses\":[{\"id\":\"a\","
               "\"text\":\"hidden\"}]}\n");
    app_fixture_press(&p, "Tab Tab e");
    assert_null(p.app.input);
    app_fixture_press(&p, "E Space");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_NONE);
    assert_null(p.app.input);
    app_fixture_press(&p, "Z e");
    assert_non_null(p.app.input);
}

static void the_word_diff_goes_to_what_changed(void **state)
{
    (void)state;
    begin(OPTIONAL, LONG);
    app_fixture_press(&p, "e M-> type:! ^X g");
    assert_false(app_fixture_shows(&p, "needle"));
    app_fixture_press(&p, "d");
    assert_true(app_fixture_shows(&p, "needle{+!+}"));
    assert_string_equal(
        lw_sitting_view(p.s)->message, "Diff of the correction: 1 word added, 0 removed.");
    app_fixture_press(&p, "u"); /* the correction is gone, and its diff with it */
    assert_true(app_fixture_shows(&p, "needle"));
    assert_false(app_fixture_shows(&p, "{+!+}"));
    app_fixture_press(&p, "d");
    assert_string_equal(lw_sitting_view(p.s)->message, "Word diff off.");
    app_fixture_press(&p, "d");
    assert_string_equal(
        lw_sitting_view(p.s)->message, "Word diff on. Nothing to compare here: no correction.");
}

static void lists(const char *filter, size_t most)
{
    app_fixture_press(&p, filter);
    while (lw_app_has_work(&p.app))
        lw_app_work(&p.app);
    assert_int_equal(lw_filter_count(&p.app.list.filter, p.s), most);
    app_fixture_press(&p, "a");
}

static void corrections_are_found_by_what_they_say(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e type:Better_ ^X Enter e ^X Enter Enter");
    lists("a = type:fix Enter", 2);
    lists("a = type:fix:_better Enter", 1);
    lists("a = type:fix:_second Enter", 1);
    lists("a = type:fix:_none Enter", 0);
}

static void a_text_that_is_too_long_is_refused(void **state)
{
    (void)state;
    enum { MIB = 1024 * 1024 };
    char *text = lw_alloc(MIB);
    memset(text, 'x', MIB);
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e");
    for (int i = 0; i < 4; i++)
        lw_app_key(&p.app, (struct lw_key){.name = LW_KEY_PASTE}, text, MIB);
    assert_string_equal(
        lw_sitting_view(p.s)->message, "Text too long (over 4 MiB): nothing inserted.");
    size_t n;
    lw_edit_text(p.app.input, &n);
    assert_int_equal(n, 3 * MIB + 5);
    free(text);
}

static void a_project_may_ask_for_no_corrections(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "e");
    assert_string_equal(lw_sitting_view(p.s)->message, "This task takes no corrections.");
    app_fixture_press(&p, "E");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_NONE);
}

/* ---- the external editor */

static void hands_to_editor(const char *text)
{
    size_t n;
    const char *s = lw_app_external_text(&p.app, &n);
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_EXTERNAL_EDITOR);
    assert_int_equal(n, strlen(text));
    assert_memory_equal(s, text, n);
}

static void comes_back(const char *text)
{
    lw_app_external_done(&p.app, text, text ? strlen(text) : 0, "vim exited with status 1.");
}

static void what_comes_back_is_kept_at_once(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "E");
    hands_to_editor("first");
    comes_back("better\r\n");
    fix_is("a", "better\r\n");
    app_fixture_press(&p, "E");
    hands_to_editor("better\r\n");
    comes_back("better\r\n");
    assert_string_equal(lw_sitting_view(p.s)->message, "No change.");
    app_fixture_press(&p, "u");
    fix_is("a", "-");
}

static void what_comes_back_to_the_editor_is_one_change(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e type:a ^T");
    hands_to_editor("afirst");
    comes_back("other");
    fix_is("a", "(other)");
    assert_true(app_fixture_shows(&p, "[-first-]{+other+}"));
    app_fixture_press(&p, "^_");
    fix_is("a", "(afirst)");
}

static void a_note_goes_to_the_external_editor_too(void **state)
{
    (void)state;
    begin(FIX, THREE);
    app_fixture_press(&p, "m type:one ^T");
    hands_to_editor("one");
    comes_back("one\ntwo");
    app_fixture_press(&p, "Enter");
    answers_are("{\"why\":\"one\\ntwo\"}");
}

static void an_editor_that_fails_leaves_the_draft_alone(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e type:a ^T");
    hands_to_editor("afirst");
    comes_back(NULL);
    fix_is("a", "(afirst)");
    assert_true(app_fixture_shows(&p, "No change. vim exited with status 1."));
    app_fixture_press(&p, "^C u E");
    hands_to_editor("first");
    comes_back(NULL);
    fix_is("a", "-");
}

/* ---- the disk */

static void a_draft_half_done_survives_a_crash(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e type:ha");
    assert_in_range(lw_sitting_due(p.s), 0, 999);
    assert_true(app_fixture_shows(&p, " draft\n"));
    app_fixture_press(&p, "wait:999");
    assert_int_equal(lw_sitting_due(p.s), 0);
    lw_sitting_save_draft(p.s);
    assert_true(app_fixture_shows(&p, "draft saved"));
    app_fixture_crash(&p);
    app_fixture_open(&p);
    fix_is("a", "(hafirst)");
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "-");
    app_fixture_press(&p, "e type:! ^X Enter");
    recorded_is("t1", "{\"fix\":{\"a\":{\"original\":\"first\",\"text\":\"!hafirst\"}}}");
}

static void goes_back_through_matches_and_counts_them(void **state)
{
    (void)state;
    begin(OPTIONAL, LONG);
    app_fixture_press(&p, "e ^F type:7 Up");
    cursor_is(72);
    assert_string_equal(lw_sitting_view(p.s)->message, "\"7\": 4 of 4.");
    app_fixture_press(&p, "^P");
    cursor_is(52);
    app_fixture_press(&p, "F3 F3");
    app_fixture_press(&p, "^F paste:7 Enter"); /* a paste goes where keys go */
    cursor_is(12);
    assert_string_equal(lw_sitting_view(p.s)->message, "\"7\": 1 of 4.");
}

static void replaces_one_by_one(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e F9 paste:a1a1a1 M-< M-r type:A Enter type:bb Enter");
    assert_true(app_fixture_shows(&p, "Replace this one?"));
    app_fixture_press(&p, "y n");
    fix_is("a", "(bb1a1a1)");
    app_fixture_press(&p, "Enter"); /* as y */
    assert_string_equal(lw_sitting_view(p.s)->message, "Replaced 2 of 3.");
    fix_is("a", "(bb1a1bb1)");
    app_fixture_press(&p, "^_"); /* each by itself */
    fix_is("a", "(bb1a1a1)");
}

static void replaces_the_rest_in_one_change(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e F9 paste:xaxaxa ^F type:x Enter ^N"); /* the second one */
    app_fixture_press(&p, "^F Tab type:__ Enter n a");             /* not that, then around */
    assert_string_equal(lw_sitting_view(p.s)->message, "Replaced 2 of 3.");
    fix_is("a", "(  axa  a)");
    app_fixture_press(&p, "^_");
    fix_is("a", "(xaxaxa)");
    app_fixture_press(&p, "F7 type:a Enter Enter q"); /* nothing in their place; stopped */
    fix_is("a", "(xaxaxa)");
    app_fixture_press(&p, "F7 Enter Enter a");
    fix_is("a", "(xxx)");
}

static void goes_to_a_line(void **state)
{
    (void)state;
    begin(OPTIONAL, LONG);
    app_fixture_press(&p, "e ^G type:4 Enter");
    cursor_is(6);
    assert_string_equal(lw_sitting_view(p.s)->message, "Line 4 of 41.");
    app_fixture_press(&p, "^G type:9999 Enter");
    assert_string_equal(lw_sitting_view(p.s)->message, "Line 41 of 41.");
    app_fixture_press(&p, "^G type:x Enter");
    assert_string_equal(lw_sitting_view(p.s)->message, "Not the number of a line.");
}

/* The diff is shown around the change at the cursor, however long the text. */
static void the_diff_shows_what_is_near_the_cursor(void **state)
{
    (void)state;
    for (int lines = 80; lines <= 8000; lines *= 10) {
        struct lw_buf task = {0};
        lw_buf_str(&task, "{\"id\":\"t1\",\"responses\":[{\"id\":\"a\",\"text\":\"");
        for (int i = 0; i < lines; i++)
            lw_buf_fmt(&task, "line %d is one of many lines that differ in a number\\n", i);
        lw_buf_str(&task, "\"}]}\n");
        begin(OPTIONAL, task.data);
        app_fixture_press(&p, "e type:first_ M-> type:last_");
        assert_true(app_fixture_shows(&p, "{+last +}"));
        app_fixture_press(&p, "^G type:40 Enter type:middle_");
        assert_true(app_fixture_shows(&p, "{+middle +}line 39 is"));
        assert_true(app_fixture_shows(&p, "+3 -0 words"));
        app_fixture_press(&p, "M-<");
        assert_true(app_fixture_shows(&p, "{+first +}"));
        lw_buf_fini(&task);
        end(state);
    }
}

#define MARKDOWN                                                                                   \
    "{\"id\":\"t1\",\"prompt\":\"p\",\"responses\":[{\"id\":\"a\",\"text\":\"# Title\\n\\nSome "   \
    "**bold** words\\n"                                                                            \
    "and `code`.\\n\\n- one\\n- two\\n\"}]}\n"

static void markdown_is_shown_laid_out_beside_its_source(void **state)
{
    (void)state;
    begin(OPTIONAL, MARKDOWN);
    app_fixture_press(&p, "e");
    assert_false(app_fixture_shows(&p, "as it is shown"));
    lw_app_resize(&p.app, 40, 140);
    assert_true(app_fixture_shows(&p, "as it is shown"));
    assert_true(app_fixture_shows(&p, "Some **bold** words"));
    assert_true(app_fixture_shows(&p, "Some bold words"));
    app_fixture_press(&p, "M-> type:*new*");
    assert_true(app_fixture_shows(&p, "{+*new*+}"));
    assert_true(app_fixture_shows(&p, "  new\n"));
    end(state);
    begin(OPTIONAL, LONG); /* no Markdown: the diff has the place */
    lw_app_resize(&p.app, 40, 140);
    app_fixture_press(&p, "e type:new_");
    assert_false(app_fixture_shows(&p, "as it is shown"));
    assert_true(app_fixture_shows(&p, "{+new +}"));
}

static void long_markdown_is_laid_out_around_the_cursor(void **state)
{
    (void)state;
    struct lw_buf task = {0};
    lw_buf_str(&task, "{\"id\":\"t1\",\"responses\":[{\"id\":\"a\",\"text\":\"");
    for (int i = 0; i < 4000; i++)
        lw_buf_fmt(&task, i == 3000 ? "```\\n" : "Line %d is **bold** here.\\n\\n", i);
    lw_buf_str(&task, "\"}]}\n");
    begin(OPTIONAL, task.data);
    lw_app_resize(&p.app, 40, 140);
    app_fixture_press(&p, "e ^G type:2001 Enter");
    assert_true(app_fixture_shows(&p, "Line 1000 is bold here."));
    app_fixture_press(&p, "^G type:6301 Enter"); /* inside of a block of code */
    assert_true(app_fixture_shows(&p, "Line 3150 is **bold** here."));
    assert_false(app_fixture_shows(&p, "Line 3150 is bold here."));
    app_fixture_press(&p, "M-> Up Up PgUp M-<");
    assert_true(app_fixture_shows(&p, "Line 0 is bold here."));
    lw_buf_fini(&task);
}

static void a_long_text_reaches_the_draft_when_it_is_due(void **state)
{
    (void)state;
    struct lw_buf task = {0};
    lw_buf_str(&task, "{\"id\":\"t1\",\"responses\":[{\"id\":\"a\",\"text\":\"");
    while (task.len < 100 * 1000)
        lw_buf_str(&task, "many words ");
    lw_buf_str(&task, "\"}]}\n");
    char *again = lw_strdup(task.data);
    again[strlen("{\"id\":\"t")] = '2';
    lw_buf_str(&task, again);
    free(again);
    begin(OPTIONAL, task.data);
    app_fixture_press(&p, "e type:x");
    assert_true(app_fixture_shows(&p, " draft\n"));
    fix_is("a", "-");
    assert_in_range(lw_sitting_due(p.s), 0, 999);
    lw_app_flush(&p.app);
    lw_sitting_save_draft(p.s);
    app_fixture_press(&p, "type:y ^C");
    app_fixture_crash(&p);
    app_fixture_open(&p);
    app_fixture_press(&p, "e");
    assert_true(app_fixture_shows(&p, "xymany words"));
    app_fixture_press(&p, "^C J e type:z Backspace ^C");
    assert_string_equal(lw_sitting_view(p.s)->message, "No change.");
    assert_false(lw_sitting_view(p.s)->draft);
    lw_buf_fini(&task);
}

static void selects_with_shift_or_a_mark(void **state)
{
    (void)state;
    begin(OPTIONAL, THREE);
    app_fixture_press(&p, "e S-Right S-Right ^K End ^U");
    fix_is("a", "(rstfi)");
    app_fixture_press(&p, "M-a Home F5 F6");
    fix_is("a", "(rstfirstfi)");
    app_fixture_press(&p, "^@ End type:!");
    fix_is("a", "(rstfi!)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(every_key_reaches_the_draft_and_control_x_keeps_it),
        TEST(what_is_fine_is_kept_as_it_is),
        TEST(leaving_keeps_it_half_done_and_bars_the_way),
        TEST(leaving_without_a_change_leaves_nothing),
        TEST(taking_back_undoes_all_of_a_visit),
        TEST(undo_redo_and_the_original_work_on_bytes),
        TEST(a_cut_line_is_pasted_again),
        TEST(opens_where_the_eye_is),
        TEST(moves_by_pages_and_to_the_ends),
        TEST(finds_from_place_to_place_and_around),
        TEST(of_a_pair_the_pane_in_use_is_corrected),
        TEST(help_comes_back_to_the_editor),
        TEST(nothing_is_corrected_while_the_task_is_hidden),
        TEST(the_word_diff_goes_to_what_changed),
        TEST(corrections_are_found_by_what_they_say),
        TEST(a_text_that_is_too_long_is_refused),
        TEST(a_project_may_ask_for_no_corrections),
        TEST(what_comes_back_is_kept_at_once),
        TEST(what_comes_back_to_the_editor_is_one_change),
        TEST(a_note_goes_to_the_external_editor_too),
        TEST(an_editor_that_fails_leaves_the_draft_alone),
        TEST(a_draft_half_done_survives_a_crash),
        TEST(goes_back_through_matches_and_counts_them),
        TEST(replaces_one_by_one),
        TEST(replaces_the_rest_in_one_change),
        TEST(goes_to_a_line),
        TEST(selects_with_shift_or_a_mark),
        TEST(the_diff_shows_what_is_near_the_cursor),
        TEST(markdown_is_shown_laid_out_beside_its_source),
        TEST(long_markdown_is_laid_out_around_the_cursor),
        TEST(a_long_text_reaches_the_draft_when_it_is_due),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
