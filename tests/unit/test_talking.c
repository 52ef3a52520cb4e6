/* Talks in the session: what is said and what comes back, which reply is the best, corrections,
 * branches, and what survives a crash. The models are played by the tests. */
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
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#define HEAD                                                                                       \
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"                                   \
    "  - name: conversation\n    type: talk\n    required: true\n"
static const char TWO[] =
    HEAD "    talk: {model: assistant, replies: 2, min_turns: 2, max_turns: 3,\n"
         "           parameters: {temperature: 0.7, max_tokens: 90}}\n"
         "  - {name: quality, type: rating, on: response, required: true}\n"
         "  - {name: fix, type: edit, on: response}\n";
static const char ONE[] = HEAD "    talk: {model: assistant}\n";
static const char RANKED[] = HEAD "    talk: {model: assistant, replies: 3, choose: rank}\n";
static const char ALONE[] = HEAD "    talk: {min_turns: 1}\n";
static const char ASKED[] = "{\"id\":\"t1\",\"prompt\":\"Speak of rivers.\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Speak of hills.\"}\n";

/* ---- what the tests do */

static void run(enum lw_command_id id, const char *text)
{
    lw_sitting_run(p.s, &(struct lw_command){id, 0, text, text ? strlen(text) : 0});
}

static void say(const char *text)
{
    lw_sitting_type_turn(p.s, text, strlen(text), NULL);
    run(LW_CMD_SAY_TEXT, text);
}

static void reply(const char *id, const char *text)
{
    struct lw_span none = {NULL, 0};
    lw_sitting_reply_grows(p.s, id, (struct lw_span){text, strlen(text)}, none);
    assert_true(lw_sitting_reply_ends(
        p.s, id, json_pack("{s:s,s:s}", "finish", "stop", "model", "tiny-1")));
}

static const struct lw_task *task(void)
{
    return lw_sitting_view(p.s)->task;
}

static void turns_are(const char *roles)
{
    char got[64] = "";
    for (size_t i = 0; i < task()->nturns; i++)
        got[i] = task()->turn[i].role[0];
    assert_string_equal(got, roles);
}

static void response_is(size_t i, const char *id, const char *text)
{
    assert_true(i < task()->nresponses);
    assert_string_equal(task()->response[i].id, id);
    assert_int_equal(task()->response[i].text.n, strlen(text));
    assert_memory_equal(task()->response[i].text.s, text, strlen(text));
}

/* Events of the journal of type talk, one line each: who says what. */
static void journal_says(const char *lines)
{
    struct lw_buf got = {0};
    char *all = app_fixture_read(&p, "journal/000001.jsonl", NULL);
    for (char *line = strtok(all, "\n"); line; line = strtok(NULL, "\n")) {
        json_t *e = json_loads(line, 0, NULL), *m;
        size_t i;
        if (strcmp(json_string_value(json_object_get(e, "type")), "talk") == 0)
            json_array_foreach(json_object_get(e, "messages"), i, m)
                lw_buf_fmt(&got, "%s %s: %s\n", json_string_value(json_object_get(m, "id")),
                    json_string_value(json_object_get(m, "role")),
                    json_string_value(json_object_get(m, "text")));
        json_decref(e);
    }
    assert_string_equal(got.len ? got.data : "", lines);
    lw_buf_fini(&got);
    free(all);
}

/* ---- turns and replies */

static void a_turn_is_in_the_journal_before_it_counts(void **state)
{
    (void)state;
    begin(TWO, ASKED);
    turns_are("b");
    say("Which is the longest?");
    journal_says("m1 user: Which is the longest?\n");
    turns_are("bu");
    assert_true(lw_sitting_view(p.s)->saved);
    assert_int_equal(task()->nresponses, 0);
}

static void replies_grow_end_and_are_chosen(void **state)
{
    (void)state;
    begin(TWO, ASKED);
    say("Which?");
    assert_int_equal(lw_sitting_ask(p.s), 2);
    response_is(0, "m2", "");
    struct lw_span half = {"The Ni", 6}, none = {NULL, 0};
    lw_sitting_reply_grows(p.s, "m2", half, none);
    response_is(0, "m2", "The Ni");
    journal_says("m1 user: Which?\n");
    run(LW_CMD_SUBMIT, NULL);
    message_is("Conversation has 2 replies that still come. Space: write on.");
    reply("m2", "The Nile.");
    reply("m3", "The Amazon.");
    journal_says("m1 user: Which?\nm2 assistant: The Nile.\nm3 assistant: The Amazon.\n");
    app_fixture_press(&p, "2");
    message_is("B is the best. ^W: next turn, e: correct it.");
    app_fixture_press(&p, "4 5"); /* quality of A and B */
    say("Are you sure?");
    turns_are("buau");
    assert_string_equal(task()->turn[2].id, "m3");
    assert_int_equal(task()->nresponses, 0);
    lw_sitting_ask(p.s);
    reply("m5", "Yes.");
    reply("m6", "No.");
    app_fixture_press(&p, "1 1 2 Enter");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2));
    assert_non_null(e);
    json_t *event;
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    json_t *answers = json_object_get(event, "answers");
    char *quality = json_dumps(json_object_get(answers, "quality"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(quality, "{\"m2\":4,\"m3\":5,\"m5\":1,\"m6\":2}");
    char *order = json_dumps(json_object_get(json_object_get(answers, "conversation"), "order"),
        JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(order, "{\"m1\":[[\"m3\"],[\"m2\"]],\"m4\":[[\"m5\"],[\"m6\"]]}");
    const json_t *m2 = lw_talk_find(json_object_get(answers, "conversation"), "m2");
    assert_string_equal(json_string_value(json_object_get(m2, "finish")), "stop");
    assert_string_equal(json_string_value(json_object_get(m2, "role_name")), "assistant");
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(m2, "parameters"), "temperature")),
        "0.7");
    free(quality);
    free(order);
    json_decref(event);
}

static void what_is_missing_is_said(void **state)
{
    (void)state;
    begin(TWO, ASKED);
    say("One");
    run(LW_CMD_SUBMIT, NULL);
    message_is("Conversation has a last turn without a reply. Space: write on.");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    reply("m3", "b");
    assert_true(lw_sitting_refuses_turn(p.s, false));
    message_is("Choose the best reply first: press its digit.");
    run(LW_CMD_SUBMIT, NULL);
    message_is("Conversation has no best reply. Space: write on.");
    app_fixture_press(&p, "1");
    assert_true(lw_sitting_refuses_turn(p.s, false));
    message_is("A quality is to be answered before the talk goes on.");
    app_fixture_press(&p, "3 3");
    run(LW_CMD_SUBMIT, NULL);
    message_is("Conversation has 1 turn of at least 2. Space: write on.");
}

/* What is asked about the whole waits until the talk is long enough. */
static void a_talk_that_goes_on_comes_before_the_whole(void **state)
{
    (void)state;
    begin(HEAD "    talk: {model: a, replies: 2, min_turns: 2}\n"
               "  - {name: quality, type: rating, on: response, required: true}\n"
               "  - {name: overall, type: rating, required: true}\n",
        ASKED);
    say("One");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    reply("m3", "b");
    app_fixture_press(&p, "1 2 3");
    assert_int_equal(lw_sitting_view(p.s)->focus, 0);
    say("Two");
    lw_sitting_ask(p.s);
    reply("m5", "c");
    reply("m6", "d");
    app_fixture_press(&p, "1 2 3 5 Enter");
    assert_non_null(lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2)));
}

static void a_longer_talk_than_asked_is_refused(void **state)
{
    (void)state;
    begin(HEAD "    talk: {model: assistant, max_turns: 1}\n", ASKED);
    say("One");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    say("Two");
    message_is("No more turns: the project takes no longer talk. Enter: submit.");
    turns_are("bu");
}

static void a_corrected_reply_is_what_the_talk_goes_on_from(void **state)
{
    (void)state;
    begin(TWO, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    reply("m2", "wrng");
    reply("m3", "other");
    app_fixture_press(&p, "1 3 3");
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = 2});
    run(LW_CMD_TEXT, "right");
    say("Two");
    turns_are("buau");
    journal_says("m1 user: One\nm2 assistant: wrng\nm3 assistant: other\n"
                 "m4 assistant: right\nm5 user: Two\n");
    assert_string_equal(task()->turn[2].id, "m4");
}

static void a_turn_written_anew_is_a_branch(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    say("Two");
    lw_sitting_ask(p.s);
    reply("m4", "b");
    lw_sitting_type_turn(p.s, "Uno", 3, "m1");
    run(LW_CMD_SAY_TEXT, "Uno");
    turns_are("bu");
    assert_string_equal(task()->turn[1].id, "m5");
    lw_sitting_ask(p.s);
    reply("m6", "c");
    response_is(0, "m6", "c");
    run(LW_CMD_BRANCH, NULL);
    turns_are("buau");
    response_is(0, "m4", "b");
    run(LW_CMD_BRANCH, NULL);
    response_is(0, "m6", "c");
    app_fixture_press(&p, "Enter"); /* the other branch is in the label, too */
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2));
    assert_non_null(e);
    json_t *event;
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    const json_t *talk = json_object_get(json_object_get(event, "answers"), "conversation");
    assert_int_equal(json_array_size(json_object_get(talk, "messages")), 6);
    assert_string_equal(lw_talk_at(talk), "m5");
    json_decref(event);
}

static void replies_are_ranked(void **state)
{
    (void)state;
    begin(RANKED, ASKED);
    say("One");
    assert_int_equal(lw_sitting_ask(p.s), 3);
    reply("m2", "a");
    reply("m3", "b");
    reply("m4", "c");
    app_fixture_press(&p, "3");
    message_is("1 of 3 replies ranked. The next best?");
    assert_true(app_fixture_shows(&p, "1-3 best"));
    say("Two"); /* the label would never have the other places */
    message_is("Rank all replies first: press their digits, best first.");
    turns_are("bu");
    lw_sitting_type_turn(p.s, "", 0, NULL);
    run(LW_CMD_SUBMIT, NULL);
    message_is("Conversation has 1 of 3 replies ranked. Space: write on.");
    app_fixture_press(&p, "1");
    char *order = json_dumps(json_object_get(lw_sitting_talk(p.s), "order"), JSON_COMPACT);
    assert_string_equal(order, "{\"m1\":[[\"m4\"],[\"m2\"],[\"m3\"]]}");
    free(order);
}

/* What is asked about the replies is asked before the talk goes on, and does not end it. */
static void an_answer_about_a_reply_does_not_submit(void **state)
{
    static const char AUTO[] =
        HEAD "    talk: {model: assistant}\n"
             "  - {name: quality, type: rating, on: response, required: true}\n"
             "  - {name: whole, type: choice, required: true,\n"
             "     options: [{value: yes}, {value: no}]}\nadvance: auto\n";
    (void)state;
    begin(AUTO, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    app_fixture_press(&p, "Tab Tab 1 4");
    assert_string_equal(task()->id, "t1");
    assert_false(app_fixture_shows(&p, "Saved"));
    app_fixture_press(&p, "Tab 2");
    assert_string_equal(task()->id, "t2");
}

static void more_replies_can_be_asked_for(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    assert_int_equal(lw_sitting_ask(p.s), 0);
    message_is("Nothing was said yet. ^W: write the first turn.");
    say("One");
    for (int i = 0; i < LW_TALK_REPLIES_MAX; i++) {
        char id[8];
        assert_int_equal(lw_sitting_ask(p.s), 1);
        snprintf(id, sizeof id, "m%d", i + 2);
        reply(id, "x");
    }
    assert_int_equal(lw_sitting_ask(p.s), 0);
    message_is("No more replies fit: 8 at most. ^E: write your turn anew.");
}

/* What was chosen among fewer says nothing of those that come now. */
static void more_replies_want_another_choice(void **state)
{
    (void)state;
    begin(TWO, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    reply("m3", "b");
    app_fixture_press(&p, "2");
    assert_non_null(lw_talk_best(lw_sitting_talk(p.s), "m1"));
    assert_int_equal(lw_sitting_ask(p.s), 2);
    reply("m4", "c");
    reply("m5", "d");
    assert_null(lw_talk_best(lw_sitting_talk(p.s), "m1"));
    run(LW_CMD_SUBMIT, NULL);
    message_is("Conversation has no best reply. Space: write on.");
}

static void a_cut_reply_goes_on(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    struct lw_span half = {"It was", 6}, rest = {" late.", 6}, none = {NULL, 0};
    lw_sitting_reply_grows(p.s, "m2", half, none);
    lw_sitting_end_replies(p.s);
    journal_says("m1 user: One\nm2 assistant: It was\n");
    assert_int_equal(lw_sitting_go_on(p.s, "m2"), 1);
    lw_sitting_reply_grows(p.s, "m3", rest, none);
    assert_true(lw_sitting_reply_ends(p.s, "m3", json_pack("{s:s}", "finish", "stop")));
    assert_int_equal(task()->nresponses, 1);
    response_is(0, "m3", "It was late.");
}

static void the_best_reply_goes_on_and_stays_the_best(void **state)
{
    (void)state;
    begin(HEAD "    talk: {model: assistant, replies: 2}\n", ASKED);
    say("One");
    lw_sitting_ask(p.s);
    struct lw_span half = {"It was", 6}, rest = {" late.", 6}, none = {NULL, 0};
    reply("m3", "other");
    lw_sitting_reply_grows(p.s, "m2", half, none);
    lw_sitting_end_replies(p.s);
    app_fixture_press(&p, "1");
    assert_int_equal(lw_sitting_go_on(p.s, "m2"), 1);
    lw_sitting_reply_grows(p.s, "m4", rest, none);
    assert_true(lw_sitting_reply_ends(p.s, "m4", json_pack("{s:s}", "finish", "stop")));
    assert_string_equal(lw_talk_best(lw_sitting_talk(p.s), "m1"), "m4");
    response_is(0, "m4", "It was late."); /* still A */
    response_is(1, "m3", "other");
    say("Two");
    assert_string_equal(task()->turn[2].id, "m4");
    char *order = json_dumps(json_object_get(lw_sitting_talk(p.s), "order"), JSON_COMPACT);
    assert_string_equal(order, "{\"m1\":[[\"m4\"],[\"m3\"]]}");
    free(order);
}

static void a_dropped_turn_is_no_answer(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    lw_sitting_type_turn(p.s, "half", 4, NULL);
    lw_sitting_type_turn(p.s, "", 0, NULL);
    assert_null(lw_sitting_talk(p.s));
    assert_false(lw_sitting_view(p.s)->draft);
    run(LW_CMD_SUBMIT, NULL);
    assert_string_equal(task()->id, "t1");
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 0);
}

static void a_reply_of_which_nothing_came_is_no_reply(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    assert_false(lw_sitting_reply_ends(p.s, "m2", json_pack("{s:s}", "cut", "network")));
    assert_int_equal(task()->nresponses, 0);
    journal_says("m1 user: One\n");
    assert_int_equal(lw_sitting_ask(p.s), 1); /* the turn waits */
}

/* The answer was about a reply that is no more; nothing stands in its place. */
static void an_answer_about_a_dropped_reply_is_not_undone(void **state)
{
    (void)state;
    begin(TWO, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = 3}); /* of B */
    app_fixture_press(&p, "4");
    assert_false(lw_sitting_reply_ends(p.s, "m3", json_object()));
    app_fixture_press(&p, "u");
    message_is("Nothing to undo.");
    assert_int_equal(task()->nresponses, 1);
}

static void both_sides_can_be_written_without_a_model(void **state)
{
    (void)state;
    begin(ALONE, ASKED);
    say("Where?");
    say("There.");
    turns_are("bu");
    response_is(0, "m2", "There.");
    assert_int_equal(lw_sitting_ask(p.s), 0);
    message_is("The project asks for no model: write both sides.");
    say("And then?");
    turns_are("buau");
    say("Home.");
    app_fixture_press(&p, "Enter");
    assert_non_null(lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2)));
}

static void tool_calls_are_answered_by_hand(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("Weather?");
    lw_sitting_ask(p.s);
    assert_true(lw_sitting_reply_ends(p.s, "m2",
        json_pack("{s:s,s:[{s:s,s:s,s:s},{s:s,s:s,s:s}]}", "finish", "tool_calls", "tool_calls",
            "id", "c1", "name", "weather", "arguments", "{\"city\":\"Oslo\"}", "id", "c2", "name",
            "clock", "arguments", "{}")));
    run(LW_CMD_SUBMIT, NULL);
    message_is("Conversation has 2 tool calls without a result. Space: write on.");
    say("rain");
    say("noon");
    turns_are("buatt");
    json_t *request = lw_talk_request(NULL, task(), lw_sitting_talk(p.s), NULL);
    const json_t *result = json_array_get(request, 3);
    assert_string_equal(json_string_value(json_object_get(result, "tool_call_id")), "c2");
    assert_string_equal(json_string_value(json_object_get(result, "content")), "noon");
    json_decref(request);
    assert_int_equal(lw_sitting_ask(p.s), 1);
}

static const char GOES_ON[] = HEAD "    talk: {model: assistant, replies: 2, goes_on: true}\n";

static void a_talk_can_go_on_from_what_the_task_says(void **state)
{
    (void)state;
    begin(GOES_ON, ASKED);
    turns_are("u");
    assert_true(lw_sitting_refuses_turn(p.s, false));
    message_is("Your last turn has no reply yet. F12: ask the model.");
    assert_int_equal(lw_sitting_ask(p.s), 2);
    const struct lw_talk_rules *rules = lw_talk_question(lw_sitting_view(p.s)->opts.project)->talk;
    json_t *request = lw_talk_request(rules, task(), lw_sitting_talk(p.s), NULL);
    char *sent = json_dumps(request, JSON_COMPACT);
    assert_string_equal(sent, "[{\"role\":\"user\",\"content\":\"Speak of rivers.\"}]");
    free(sent);
    json_decref(request);
    reply("m1", "a");
    reply("m2", "b");
    app_fixture_press(&p, "2");
    say("More?");
    turns_are("uau");
    char *order = json_dumps(json_object_get(lw_sitting_talk(p.s), "order"), JSON_COMPACT);
    assert_string_equal(order, "{\"start\":[[\"m2\"],[\"m1\"]]}");
    free(order);
}

static void asks(const char *messages, const char *wanted)
{
    char *line = lw_format("{\"id\":\"t1\",\"messages\":[%s]}\n", messages);
    begin(GOES_ON, line);
    assert_int_equal(lw_sitting_ask(p.s), 2);
    const struct lw_talk_rules *rules = lw_talk_question(lw_sitting_view(p.s)->opts.project)->talk;
    json_t *request = lw_talk_request(rules, task(), lw_sitting_talk(p.s), NULL);
    char *sent = json_dumps(request, JSON_COMPACT);
    assert_string_equal(sent, wanted);
    free(sent);
    json_decref(request);
    free(line);
}

#define SAID(role, rest) "{\"role\":\"" role "\"," rest "}"
#define ASK SAID("user", "\"content\":\"?\"")
#define NO_TEXT "\"content\":\"\","
#define FUNCTION(name) "\"function\":{\"name\":\"" name "\",\"arguments\":\"{}\"}"
#define CALL(id, name) "{\"id\":\"" id "\",\"name\":\"" name "\",\"arguments\":\"{}\"}"
#define CALLS(a, b) SAID("assistant", NO_TEXT "\"tool_calls\":[" a "," b "]")
#define GAVE(text, id) SAID("tool", "\"content\":\"" text "\",\"tool_call_id\":\"" id "\"")

static void models_see_the_calls_of_the_record(void **state)
{
    (void)state;
    asks(ASK "," CALLS("{\"id\":\"x\"," FUNCTION("f") "}",
             "{\"id\":\"y\"," FUNCTION("g") "}") "," GAVE("2", "y") "," GAVE("1", "x"),
        "[" ASK
        "," CALLS(CALL("x", "f"), CALL("y", "g")) "," GAVE("2", "y") "," GAVE("1", "x") "]");
}

static void results_of_a_record_find_their_calls(void **state)
{
    (void)state;
    asks(SAID("developer", "\"content\":\"S\"") "," ASK "," CALLS(
             "{" FUNCTION("f") "}", "{" FUNCTION("g") "}") "," SAID("tool",
             "\"name\":\"g\",\"content\":\"2\"") "," SAID("tool", "\"content\":\"1\""),
        "[" SAID("system", "\"content\":\"S\"") "," ASK "," CALLS(CALL("call_1", "f"),
            CALL("call_2", "g")) "," GAVE("2", "call_2") "," GAVE("1", "call_1") "]");
}

static void calls_as_anthropic_writes_them_are_asked_alike(void **state)
{
    (void)state;
#define USE(id, name) "{\"type\":\"tool_use\",\"id\":\"" id "\",\"name\":\"" name "\",\"input\":{}}"
#define RESULT(id, text)                                                                           \
    "{\"type\":\"tool_result\",\"tool_use_id\":\"" id "\",\"content\":\"" text "\"}"
    asks(ASK "," SAID("assistant", "\"content\":[" USE("x", "f") "," USE("y", "g") "]") "," SAID(
             "user", "\"content\":[" RESULT("x", "1") "," RESULT(
                         "y", "2") ",{\"type\":\"text\",\"text\":\"?\"}]"),
        "[" ASK "," CALLS(CALL("x", "f"), CALL("y", "g")) "," GAVE("1", "x") "," GAVE(
            "2", "y") "," ASK "]");
}

static void models_do_not_see_the_brief(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("Which?");
    json_t *request = lw_talk_request(lw_talk_question(lw_sitting_view(p.s)->opts.project)->talk,
        task(), lw_sitting_talk(p.s), NULL);
    char *sent = json_dumps(request, JSON_COMPACT);
    assert_string_equal(sent, "[{\"role\":\"user\",\"content\":\"Which?\"}]");
    free(sent);
    json_decref(request);
}

/* ---- what survives */

static void a_crash_keeps_what_came_as_cut(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    struct lw_span half = {"half of i", 9}, none = {NULL, 0};
    lw_sitting_reply_grows(p.s, "m2", half, none);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    response_is(0, "m2", "half of i");
    assert_int_equal(lw_talk_live(lw_sitting_talk(p.s)), 0);
    const json_t *m2 = lw_talk_find(lw_sitting_talk(p.s), "m2");
    assert_string_equal(json_string_value(json_object_get(m2, "cut")), "ended");
}

static void a_draft_shows_its_replies_in_order(void **state)
{
    (void)state;
    begin(TWO, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    reply("m3", "b");
    app_fixture_press(&p, "1");
    lw_sitting_save_draft(p.s);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    assert_int_equal(lw_sitting_view(p.s)->order[0], 0);
    assert_int_equal(lw_sitting_view(p.s)->order[1], 1);
    assert_true(app_fixture_shows(&p, "A  best"));
}

static void a_reply_is_not_read_before_it_has_ended(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    lw_sitting_note_read(p.s, 0);
    assert_false(lw_sitting_view(p.s)->read[0]);
    reply("m2", "a");
    lw_sitting_note_read(p.s, 0);
    assert_true(lw_sitting_view(p.s)->read[0]);
}

static void leaving_the_task_ends_replies_as_cut(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    struct lw_span half = {"half", 4}, none = {NULL, 0};
    lw_sitting_reply_grows(p.s, "m2", half, none);
    app_fixture_press(&p, "J K");
    journal_says("m1 user: One\nm2 assistant: half\n");
    response_is(0, "m2", "half");
}

/* Where there is no other task, none is left. */
static void replies_go_on_while_the_task_stays(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    app_fixture_press(&p, "K ^N ^G type:1 Enter");
    assert_int_equal(lw_talk_live(lw_sitting_talk(p.s)), 1);
    reply("m2", "whole");
    app_fixture_press(&p, "J K");
    journal_says("m1 user: One\nm2 assistant: whole\n");
}

static void a_turn_being_typed_is_in_the_draft(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    lw_sitting_type_turn(p.s, "half a thou", 11, NULL);
    app_fixture_press(&p, "J K");
    assert_int_equal(lw_talk_typed(lw_sitting_talk(p.s)).n, 11);
    run(LW_CMD_SUBMIT, NULL);
    message_is("Conversation has a turn that is not finished. Space: write on.");
}

static void a_task_with_responses_is_asked_for_no_talk(void **state)
{
    (void)state;
    begin(TWO, "{\"id\":\"t1\",\"prompt\":\"One?\",\"responses\":[{\"id\":\"a\",\"text\":"
               "\"One.\"}]}\n");
    message_is("Conversation is left out: it needs a task without responses, this task has 1.");
    assert_false(lw_sitting_talks(p.s));
    app_fixture_press(&p, "3 Enter");
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 1);
}

/* A task whose talk has n messages as a suggestion. */
static char *long_talk(size_t n)
{
    struct lw_buf b = {0};
    lw_buf_str(
        &b, "{\"id\":\"t1\",\"prompt\":\"P\",\"suggestions\":{\"conversation\":{\"messages\":[");
    for (size_t i = 1; i <= n; i++) {
        lw_buf_fmt(&b, "%s{\"id\":\"m%zu\",\"role\":\"%s\",\"text\":\"x\"", i > 1 ? "," : "", i,
            i % 2 ? "user" : "assistant");
        if (i > 1)
            lw_buf_fmt(&b, ",\"after\":\"m%zu\"", i - 1);
        lw_buf_char(&b, '}');
    }
    lw_buf_fmt(&b, "],\"at\":\"m%zu\"}}}\n", n - 1);
    return lw_buf_detach(&b);
}

static void a_talk_has_an_end(void **state)
{
    (void)state;
    char *tasks = long_talk(LW_TALK_MESSAGES_MAX - 2);
    begin(ALONE, tasks);
    app_fixture_press(&p, ";");
    assert_non_null(lw_sitting_talk(p.s));
    say("one more");
    say("and its reply");
    assert_int_equal(task()->nturns, LW_TALK_MESSAGES_MAX);
    say("too many");
    message_is("The talk has 2,000 messages. It takes no more.");
    assert_int_equal(task()->nturns, LW_TALK_MESSAGES_MAX);
    assert_int_equal(lw_sitting_ask(p.s), 0);
    lw_sitting_type_turn(p.s, "", 0, NULL);
    app_fixture_press(&p, "Enter");
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, 1);
    free(tasks);
}

static void a_talk_is_not_repeated_on_the_next_task(void **state)
{
    (void)state;
    begin(ALONE, ASKED);
    say("Where?");
    say("There.");
    app_fixture_press(&p, "Enter ^R");
    assert_string_equal(task()->id, "t2");
    assert_null(lw_sitting_talk(p.s));
    turns_are("b");
}

static void undoing_the_label_brings_the_talk_back(void **state)
{
    (void)state;
    begin(ALONE, ASKED);
    say("Where?");
    say("There.");
    app_fixture_press(&p, "Enter");
    assert_string_equal(task()->id, "t2");
    app_fixture_press(&p, "u wait:1000 u");
    assert_string_equal(task()->id, "t1");
    turns_are("bu");
    response_is(0, "m2", "There.");
}

static void without_the_draft_the_journal_has_the_talk(void **state)
{
    (void)state;
    begin(TWO, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    reply("m2", "a");
    reply("m3", "b");
    app_fixture_press(&p, "2");
    app_fixture_close(&p);
    char path[200];
    snprintf(path, sizeof path, "rm -r %s/.labelwright", p.dir);
    assert_int_equal(system(path), 0);
    app_fixture_open(&p);
    turns_are("bu");
    response_is(0, "m2", "a");
    response_is(1, "m3", "b");
    assert_int_equal(lw_sitting_view(p.s)->order[1], 1);
    assert_true(lw_sitting_view(p.s)->draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_turn_is_in_the_journal_before_it_counts),
        TEST(replies_grow_end_and_are_chosen),
        TEST(what_is_missing_is_said),
        TEST(a_talk_that_goes_on_comes_before_the_whole),
        TEST(a_longer_talk_than_asked_is_refused),
        TEST(a_corrected_reply_is_what_the_talk_goes_on_from),
        TEST(a_turn_written_anew_is_a_branch),
        TEST(replies_are_ranked),
        TEST(an_answer_about_a_reply_does_not_submit),
        TEST(more_replies_can_be_asked_for),
        TEST(more_replies_want_another_choice),
        TEST(a_cut_reply_goes_on),
        TEST(the_best_reply_goes_on_and_stays_the_best),
        TEST(a_dropped_turn_is_no_answer),
        TEST(a_reply_of_which_nothing_came_is_no_reply),
        TEST(an_answer_about_a_dropped_reply_is_not_undone),
        TEST(both_sides_can_be_written_without_a_model),
        TEST(tool_calls_are_answered_by_hand),
        TEST(a_talk_can_go_on_from_what_the_task_says),
        TEST(models_see_the_calls_of_the_record),
        TEST(results_of_a_record_find_their_calls),
        TEST(calls_as_anthropic_writes_them_are_asked_alike),
        TEST(models_do_not_see_the_brief),
        TEST(a_crash_keeps_what_came_as_cut),
        TEST(a_draft_shows_its_replies_in_order),
        TEST(a_reply_is_not_read_before_it_has_ended),
        TEST(leaving_the_task_ends_replies_as_cut),
        TEST(replies_go_on_while_the_task_stays),
        TEST(a_turn_being_typed_is_in_the_draft),
        TEST(a_task_with_responses_is_asked_for_no_talk),
        TEST(a_talk_has_an_end),
        TEST(a_talk_is_not_repeated_on_the_next_task),
        TEST(undoing_the_label_brings_the_talk_back),
        TEST(without_the_draft_the_journal_has_the_talk),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
