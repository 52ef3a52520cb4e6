/* Texts in another language than their question asks for: who is warned, and of what. The
 * dictionaries are those of the tests: every word is right but "teh", "wrold", "recieve", "qqqq".
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/fake_dictionaries.h"
#include "fixtures/sitting_fixture.h"

#define HEAD "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
static const char ENGLISH[] = HEAD "  - {name: story, type: write, language: english}\n"
                                   "  - {name: free, type: write}\n";
static const char CATALAN[] = HEAD "  - {name: story, type: write, language: ca}\n";
#define WRONG "qqqq_teh_wrold_recieve"
#define RIGHT "one_two_three_four_five"
#define KEPT "Story kept in the draft. Enter submits."
#define WARNED(percent) "This does not look like English (" percent " % of the words are unknown). "

static void start(const char *yaml)
{
    app_fixture_make(&p, yaml, THREE);
    p.dictionaries = &fake_dictionaries;
    app_fixture_open(&p);
    app_fixture_screen(&p);
}

static void more_than_a_third_of_unknown_words_warns(void **state)
{
    (void)state;
    start(ENGLISH);
    app_fixture_press(&p, "e type:" WRONG "_" RIGHT " ^X");
    message_is(WARNED("44") KEPT);
    assert_int_equal(lw_sitting_view(p.s)->tone, LW_TONE_WARNING);
    app_fixture_press(&p, "e type:_six_seven_eight ^X"); /* 4 of 12 */
    message_is(KEPT);
    assert_int_equal(lw_sitting_view(p.s)->tone, LW_TONE_INFO);
}

static void few_words_tell_nothing(void **state)
{
    (void)state;
    start(ENGLISH);
    app_fixture_press(&p, "e type:" WRONG "_one_two_three ^X");
    message_is(KEPT);
}

static void code_is_in_no_language(void **state)
{
    (void)state;
    start(ENGLISH);
    app_fixture_press(&p, "e type:" RIGHT "_six_seven_eight Enter Enter type:``` Enter type:" WRONG
                          "_" WRONG "_" WRONG " Enter type:``` ^X");
    message_is(KEPT);
}

static void another_script_is_another_language(void **state)
{
    (void)state;
    start(ENGLISH);
    app_fixture_press(&p, "e type:请为一位修船老人的葬礼写八行诗 ^X");
    message_is(WARNED("100") KEPT);
    app_fixture_press(
        &p, "e F9 type:Почему_города_строили_часы_на_башнях_до_того_как_их_читали ^X");
    message_is(WARNED("100") KEPT);
}

static void a_text_from_ones_own_editor_is_checked_too(void **state)
{
    (void)state;
    static const char text[] = "qqqq teh wrold recieve qqqq teh wrold recieve";
    start(ENGLISH);
    app_fixture_press(&p, "E");
    lw_app_external_done(&p.app, text, sizeof text - 1, NULL);
    message_is(WARNED("100") KEPT);
}

static void questions_without_a_language_take_any(void **state)
{
    (void)state;
    start(ENGLISH);
    app_fixture_press(&p, "Tab e type:" WRONG "_" WRONG "_" WRONG " ^X");
    message_is("Free kept in the draft. Enter submits.");
}

static void without_a_dictionary_it_is_said_once(void **state)
{
    (void)state;
    start(CATALAN);
    app_fixture_press(&p, "e");
    message_is("Spelling of Catalan (ca) is not checked: install hunspell-ca.");
    app_fixture_press(&p, "type:" WRONG "_" WRONG " ^X");
    message_is(KEPT);
    app_fixture_press(&p, "e");
    message_is("");
}

/* Those of the record are for the texts of the task. */
static void misspelt_words_are_those_of_the_language(void **state)
{
    (void)state;
    app_fixture_make(&p, ENGLISH, "{\"id\":\"t1\",\"prompt\":\"one\",\"lang\":\"ca\"}\n");
    p.dictionaries = &fake_dictionaries;
    app_fixture_open(&p);
    app_fixture_press(&p, "e type:one_teh_two work: F8 work:");
    assert_non_null(strstr(app_fixture_screen(&p), "1 of 1"));
    app_fixture_press(&p, "Esc ^C Tab e type:one_teh_two work: F8 work:");
    assert_null(strstr(app_fixture_screen(&p), "1 of 1"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(more_than_a_third_of_unknown_words_warns),
        TEST(few_words_tell_nothing),
        TEST(code_is_in_no_language),
        TEST(another_script_is_another_language),
        TEST(a_text_from_ones_own_editor_is_checked_too),
        TEST(questions_without_a_language_take_any),
        TEST(without_a_dictionary_it_is_said_once),
        TEST(misspelt_words_are_those_of_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
