/* Talks as rows for training: which pairs, which single replies, which conversation, and what is
 * left out and counted. */
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
#include "labelwright/export/export.h"
#include "labelwright/sitting/talking.h"

#define HEAD                                                                                       \
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n  - {name: talk, type: talk,\n"
static const char TWO[] = HEAD "     talk: {model: a, replies: 2}}\n"
                               "  - {name: fix, type: edit, on: response}\n";
static const char RANKED[] = HEAD "     talk: {model: a, replies: 3, choose: rank}}\n";
static const char GOES_ON[] = HEAD "     talk: {model: a, replies: 2, goes_on: true}}\n";
static const char TASK[] = "{\"id\":\"t1\",\"prompt\":\"Brief.\"}\n";

static struct lw_export_report report;

static enum lw_code add(void *ctx, const char *bytes, size_t n, struct lw_err *err)
{
    (void)err;
    lw_buf_add(ctx, bytes, n);
    return LW_OK;
}

static void export_to(struct lw_buf *out, const char *format)
{
    struct lw_err err = {0};
    struct lw_export x = {.project = p.w.project,
        .tasks = p.w.tasks,
        .journal = p.w.journal,
        .ledger = p.w.ledger,
        .write = add,
        .ctx = out};
    report = (struct lw_export_report){0};
    if (lw_export_run(format, &x, &report, &err) != LW_OK)
        fail_msg("%s: %s", format, err.text);
    lw_buf_char(out, '\0');
}

static void exports(const char *format, const char *rows)
{
    struct lw_buf out = {0};
    export_to(&out, format);
    assert_string_equal(out.data, rows);
    lw_buf_fini(&out);
}

#define U(t) "{\"role\":\"user\",\"content\":\"" t "\"}"
#define A(t) "{\"role\":\"assistant\",\"content\":\"" t "\"}"

static void the_best_reply_stands_against_each_other_one(void **state)
{
    (void)state;
    begin(TWO, TASK);
    app_fixture_press(&p, "Space type:Hi ^X replies:x|y 2 Enter");
    exports("trl-preference", "{\"prompt\":\"Hi\",\"chosen\":\"y\",\"rejected\":\"x\"}\n");
    exports("trl-kto", "{\"prompt\":\"Hi\",\"completion\":\"x\",\"label\":false}\n"
                       "{\"prompt\":\"Hi\",\"completion\":\"y\",\"label\":true}\n");
    exports("trl-sft", "{\"prompt\":\"Hi\",\"completion\":\"y\"}\n");
    exports("openai-chat", "{\"messages\":[" U("Hi") "," A("y") "]}\n");
    exports("sharegpt",
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"Hi\"},{\"from\":\"gpt\","
        "\"value\":\"y\"}]}\n");
    exports("hh-rlhf",
        "{\"chosen\":\"\\n\\nHuman: Hi\\n\\nAssistant: y\",\"rejected\":\"\\n\\nHuman: "
        "Hi\\n\\nAssistant: x\"}\n");
}

static void the_last_reply_may_be_corrected_too(void **state)
{
    (void)state;
    begin(TWO, TASK);
    app_fixture_press(&p, "Space type:Hi ^X replies:x|y 1");
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = 1});
    lw_sitting_run(p.s, &(struct lw_command){LW_CMD_TEXT, 0, "z", 1});
    app_fixture_press(&p, "Enter");
    exports("trl-preference", "{\"prompt\":\"Hi\",\"chosen\":\"x\",\"rejected\":\"y\"}\n"
                              "{\"prompt\":\"Hi\",\"chosen\":\"z\",\"rejected\":\"x\"}\n");
    exports("trl-kto", "{\"prompt\":\"Hi\",\"completion\":\"x\",\"label\":false}\n"
                       "{\"prompt\":\"Hi\",\"completion\":\"y\",\"label\":false}\n"
                       "{\"prompt\":\"Hi\",\"completion\":\"z\",\"label\":true}\n");
    exports("openai-chat", "{\"messages\":[" U("Hi") "," A("z") "]}\n");
}

static void a_ranking_makes_a_pair_of_each_two(void **state)
{
    (void)state;
    begin(RANKED, TASK);
    app_fixture_press(&p, "Space type:Hi ^X replies:x|y|z 3 1 Enter");
    exports("trl-preference", "{\"prompt\":\"Hi\",\"chosen\":\"x\",\"rejected\":\"y\"}\n"
                              "{\"prompt\":\"Hi\",\"chosen\":\"z\",\"rejected\":\"x\"}\n"
                              "{\"prompt\":\"Hi\",\"chosen\":\"z\",\"rejected\":\"y\"}\n");
    exports("trl-kto", "{\"prompt\":\"Hi\",\"completion\":\"y\",\"label\":false}\n"
                       "{\"prompt\":\"Hi\",\"completion\":\"z\",\"label\":true}\n");
    assert_int_equal(report.lost[LW_LOSS_BETWEEN], 1);
}

static void what_the_task_says_is_part_of_a_talk_that_goes_on_from_it(void **state)
{
    (void)state;
    begin(GOES_ON, TASK);
    app_fixture_press(&p, "replies:x|y 2 Enter");
    exports("trl-preference", "{\"prompt\":\"Brief.\",\"chosen\":\"y\",\"rejected\":\"x\"}\n");
    exports("openai-chat", "{\"messages\":[" U("Brief.") "," A("y") "]}\n");
}

static void other_branches_are_counted(void **state)
{
    (void)state;
    begin(TWO, TASK);
    app_fixture_press(&p, "Space type:Hi ^X replies:x|y 2 ^E type:_there ^X replies:u|v 1 Enter");
    exports("trl-preference", "{\"prompt\":\"Hi there\",\"chosen\":\"u\",\"rejected\":\"v\"}\n");
    assert_int_equal(report.lost[LW_LOSS_BRANCH], 3);
}

static void a_talk_without_a_choice_makes_no_pair(void **state)
{
    (void)state;
    begin(HEAD "     talk: {model: a}}\n", TASK);
    app_fixture_press(&p, "Space type:Hi ^X replies:x Enter");
    exports("trl-preference", "");
    assert_int_equal(report.lost[LW_LOSS_NO_CHOICE], 1);
    exports("sharegpt",
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"Hi\"},{\"from\":\"gpt\","
        "\"value\":\"x\"}]}\n");
    assert_int_equal(report.lost[LW_LOSS_NO_CHOICE], 0);
}

/* ---- tools */

static const char WITH_TOOLS[] = "{\"id\":\"t1\",\"prompt\":\"Brief.\",\"tools\":"
                                 "[{\"name\":\"weather\",\"input_schema\":{}}]}\n";
#define TOOLS                                                                                      \
    ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"parameters\":{}}}]"
#define CALLS(t)                                                                                   \
    "{\"role\":\"assistant\",\"content\":\"" t                                                     \
    "\",\"tool_calls\":[{\"id\":\"c1\",\"type\":\"function\",\"function\":{\"name\":\"weather\","  \
    "\"arguments\":\"{\\\"city\\\":\\\"Oslo\\\"}\"}}]}"
#define RESULT                                                                                     \
    "{\"role\":\"tool\",\"content\":\"rain\",\"name\":\"weather\",\"tool_call_id\":\"c1\"}"

static void ask_and_call(const char *text)
{
    struct lw_span none = {NULL, 0};
    app_fixture_press(&p, "Space type:Hi ^X");
    lw_sitting_ask(p.s);
    lw_sitting_reply_grows(p.s, "m2", (struct lw_span){text, strlen(text)}, none);
    assert_true(lw_sitting_reply_ends(p.s, "m2",
        json_pack("{s:[{s:s,s:s,s:s}]}", "tool_calls", "id", "c1", "name", "weather", "arguments",
            "{\"city\":\"Oslo\"}")));
    app_fixture_press(&p, "replies:No. 1");
    assert_true(app_fixture_shows(&p, "A is the best, and calls tools. ^W: write what they give"));
}

static void calls_and_results_keep_ids_and_names(void **state)
{
    (void)state;
    begin(TWO, WITH_TOOLS);
    ask_and_call("");
    app_fixture_press(&p, "^W type:rain ^X replies:It_rains.|Rain. 2 Enter");
    exports("trl-preference",
        "{\"prompt\":[" U("Hi") "],\"chosen\":[" CALLS("") "],\"rejected\":[" A(
            "No.") "]" TOOLS "}\n"
                   "{\"prompt\":[" U("Hi") "," CALLS("") "," RESULT "],\"chosen\":[" A(
                       "Rain.") "],\"rejected\":[" A("It rains.") "]" TOOLS "}\n");
    exports("openai-chat",
        "{\"messages\":[" U("Hi") "," CALLS("") "," RESULT "," A("Rain.") "]" TOOLS "}\n");
}

static void sharegpt_has_calls_as_turns_of_their_own(void **state)
{
    (void)state;
    begin(TWO, WITH_TOOLS);
    ask_and_call("");
    app_fixture_press(&p, "^W type:rain ^X replies:It_rains.|Rain. 2 Enter");
    exports("sharegpt",
        "{\"conversations\":[{\"from\":\"human\",\"value\":\"Hi\"},{\"from\":\"function_call\","
        "\"value\":\"{\\\"name\\\":\\\"weather\\\",\\\"arguments\\\":{\\\"city\\\":\\\"Oslo\\\"}}"
        "\"},"
        "{\"from\":\"observation\",\"value\":\"rain\"},{\"from\":\"gpt\",\"value\":\"Rain.\"}],"
        "\"tools\":\"[{\\\"name\\\":\\\"weather\\\",\\\"parameters\\\":{}}]\"}\n");
    assert_int_equal(report.lost[LW_LOSS_PART], 0);
}

static void a_corrected_reply_still_calls(void **state)
{
    (void)state;
    begin(TWO, WITH_TOOLS);
    ask_and_call("I see.");
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = 1});
    lw_sitting_run(p.s, &(struct lw_command){LW_CMD_TEXT, 0, "I look.", 7});
    app_fixture_press(&p, "^W type:rain ^X replies:It_rains.|Rain. 2 Enter");
    exports("openai-chat",
        "{\"messages\":[" U("Hi") "," CALLS("I look.") "," RESULT "," A("Rain.") "]" TOOLS "}\n");
    exports("trl-kto",
        "{\"prompt\":[" U("Hi") "],\"completion\":[" CALLS(
            "I see.") "],\"label\":false" TOOLS "}\n"
                      "{\"prompt\":[" U("Hi") "],\"completion\":[" A(
                          "No.") "],\"label\":false" TOOLS "}\n"
                                 "{\"prompt\":[" U("Hi") "],\"completion\":[" CALLS(
                                     "I look.") "],\"label\":true" TOOLS "}\n"
                                                "{\"prompt\":[" U("Hi") "," CALLS("I look.") "," RESULT "],\"completion\":[" A(
                                                    "It rains.") "],\"label\":false" TOOLS "}\n"
                                                                 "{\"prompt\":[" U("Hi") "," CALLS(
                                                                     "I look.") "," RESULT
                                                                                "],\"completion\":"
                                                                                "[" A(
                                                                                    "Rain.") "],"
                                                                                             "\"lab"
                                                                                             "el\":"
                                                                                             "tru"
                                                                                             "e" TOOLS
                                                                                             "}\n");
}

/* From the first line that is `from` to the one before `to`, as the screen has it. */
static char *shown(const char *from, const char *to)
{
    const char *screen = app_fixture_screen(&p), *at = strstr(screen, from), *end = strstr(at, to);
    assert_non_null(at);
    assert_non_null(end);
    return lw_strndup(at, (size_t)(end - at));
}

static void what_was_exported_is_shown_alike(void **state)
{
    (void)state;
    struct lw_buf row = {0};
    begin(TWO, WITH_TOOLS);
    ask_and_call("I see.");
    app_fixture_press(&p, "^W type:rain ^X replies:It_rains.|Rain. 2");
    char *talk = shown(" User\n", "─"), *again;
    app_fixture_press(&p, "Enter");
    export_to(&row, "openai-chat");
    end(state);
    begin(RATE, row.data);
    again = shown(" User\n", "─");
    assert_string_equal(again, talk);
    assert_non_null(strstr(talk, " Tool weather\n rain\n"));
    assert_non_null(strstr(talk, " Call: weather\n {\"city\":\"Oslo\"}\n"));
    free(talk);
    free(again);
    lw_buf_fini(&row);
}

/* None may fail or lose the label in silence. */
static void every_format_takes_a_talk(void **state)
{
    (void)state;
    begin(TWO, TASK);
    app_fixture_press(&p, "Space type:Hi ^X replies:x|y 2 Enter");
    for (size_t i = 0; lw_export_name(i); i++) {
        struct lw_buf out = {0};
        struct lw_err err = {0};
        struct lw_export x = {.project = p.w.project,
            .tasks = p.w.tasks,
            .journal = p.w.journal,
            .ledger = p.w.ledger,
            .write = add,
            .ctx = &out};
        uint64_t lost = 0;
        report = (struct lw_export_report){0};
        enum lw_code code = lw_export_run(lw_export_name(i), &x, &report, &err);
        for (int k = 0; k < LW_LOSS_COUNT; k++)
            lost += report.lost[k];
        lw_buf_char(&out, '\0');
        if (code != LW_OK ? code != LW_EUSAGE : !strstr(out.data, "Hi") && lost == 0)
            fail_msg("%s: %s %s", lw_export_name(i), err.text, out.data);
        lw_buf_fini(&out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_best_reply_stands_against_each_other_one),
        TEST(the_last_reply_may_be_corrected_too),
        TEST(a_ranking_makes_a_pair_of_each_two),
        TEST(what_the_task_says_is_part_of_a_talk_that_goes_on_from_it),
        TEST(other_branches_are_counted),
        TEST(a_talk_without_a_choice_makes_no_pair),
        TEST(calls_and_results_keep_ids_and_names),
        TEST(sharegpt_has_calls_as_turns_of_their_own),
        TEST(a_corrected_reply_still_calls),
        TEST(what_was_exported_is_shown_alike),
        TEST(every_format_takes_a_talk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
