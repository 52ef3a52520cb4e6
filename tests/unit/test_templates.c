/* Templates in the editor: which is inserted, where, and what is to be filled in. */
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

#define HEAD "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
static const char ONE[] = HEAD "  - {name: story, type: write, templates: [{name: Plain, text: "
                               "\"Tell ‹whom› of ‹topic›.\"}]}\n"
                               "  - {name: free, type: write}\n";
static const char TWO[] = HEAD "  - name: story\n"
                               "    type: write\n"
                               "    templates:\n"
                               "      - {name: Letter, text: \"Dear ‹name›,\"}\n"
                               "      - name: Recipe\n"
                               "        text: |\n"
                               "          Take ‹what›.\n"
                               "          Stir.\n";

static const char TALK[] = HEAD "  - name: chat\n"
                                "    type: talk\n"
                                "    templates: [{name: Doubt, text: \"Sure that ‹claim›?\"}]\n";

static void story_is(const char *text)
{
    const json_t *v = json_object_get(lw_sitting_view(p.s)->answers, "story");
    struct lw_span t = lw_text_of(v);
    assert_int_equal(t.n, strlen(text));
    assert_memory_equal(t.s, text, t.n);
}

static bool screen_has(const char *words)
{
    return strstr(app_fixture_screen(&p), words) != NULL;
}

static void the_only_one_is_inserted_at_the_cursor(void **state)
{
    (void)state;
    begin(ONE, THREE);
    app_fixture_press(&p, "e type:ab Left M-t");
    story_is("aTell ‹whom› of ‹topic›.b");
    message_is("\"Plain\" inserted. Type over ‹…›; Tab: the next one.");
    app_fixture_press(&p, "^_");
    story_is("ab");
}

static void tab_goes_to_what_is_left_and_typing_replaces_it(void **state)
{
    (void)state;
    begin(ONE, THREE);
    app_fixture_press(&p, "e M-t type:Ann Tab type:tides");
    story_is("Tell Ann of tides.");
    app_fixture_press(&p, "Tab"); /* nothing is left: what Tab is elsewhere */
    story_is("Tell Ann of tides\t.");
}

static void tab_begins_again_at_the_first(void **state)
{
    (void)state;
    begin(ONE, THREE);
    app_fixture_press(&p, "e M-t Tab Tab type:Ann"); /* whom, topic, whom */
    story_is("Tell Ann of ‹topic›.");
}

static void several_are_listed(void **state)
{
    (void)state;
    begin(TWO, THREE);
    app_fixture_press(&p, "e M-t");
    assert_true(screen_has("─ templates ─"));
    assert_true(screen_has("1  Letter: Dear ‹name›,"));
    assert_true(screen_has("2  Recipe: Take ‹what›."));
    app_fixture_press(&p, "3");
    message_is("Press 1 to 2, or Esc.");
    app_fixture_press(&p, "2 type:flour");
    story_is("Take flour.\nStir.\n");
    assert_true(screen_has("─ the task ─"));
    app_fixture_press(&p, "M-t Esc");
    story_is("Take flour.\nStir.\n");
    assert_true(screen_has("─ the task ─"));
    assert_false(screen_has("Letter"));
}

static void a_selection_is_replaced(void **state)
{
    (void)state;
    begin(TWO, THREE);
    app_fixture_press(&p, "e type:old F9 M-t 1 type:Ann");
    story_is("Dear Ann,");
}

static void what_is_not_filled_in_is_told_when_the_text_is_kept(void **state)
{
    (void)state;
    begin(ONE, THREE);
    app_fixture_press(&p, "e M-t type:Ann ^X");
    message_is("‹topic› is not filled in. Story kept in the draft. Enter submits.");
    assert_int_equal(lw_sitting_view(p.s)->tone, LW_TONE_WARNING);
    app_fixture_press(&p, "e Tab type:tides ^X");
    message_is("Story kept in the draft. Enter submits.");
}

static void a_question_without_templates_says_so(void **state)
{
    (void)state;
    begin(ONE, THREE);
    app_fixture_press(&p, "Tab e M-t");
    message_is("This question has no templates.");
    app_fixture_press(&p, "type:On_‹topic› Tab ^X"); /* a sign like any other */
    answers_are("{\"free\":\"On ‹topic›\\t\"}");
    message_is("Free kept in the draft. Enter submits.");
}

static void turns_of_a_talk_take_them_too(void **state)
{
    (void)state;
    begin(TALK, "{\"id\":\"t1\",\"prompt\":\"Talk about tides.\"}\n");
    app_fixture_press(&p, "Space M-t type:tides_wait");
    assert_true(screen_has("Sure that tides wait?"));
    assert_true(screen_has("4 words, 21 characters, about 6 tokens"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_only_one_is_inserted_at_the_cursor),
        TEST(tab_goes_to_what_is_left_and_typing_replaces_it),
        TEST(tab_begins_again_at_the_first),
        TEST(several_are_listed),
        TEST(a_selection_is_replaced),
        TEST(what_is_not_filled_in_is_told_when_the_text_is_kept),
        TEST(turns_of_a_talk_take_them_too),
        TEST(a_question_without_templates_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
