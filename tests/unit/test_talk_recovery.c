/* What the journal has of a talk comes back where the draft is lost, older, or of another copy that
 * was merged: each talk as it was held. */
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

static const char ONE[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nquestions:\n"
                          "  - name: conversation\n    type: talk\n    required: true\n"
                          "    talk: {model: assistant}\n";
static const char ASKED[] = "{\"id\":\"t1\",\"prompt\":\"Speak of rivers.\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Speak of hills.\"}\n";

/* ---- what the tests do */

static void say(const char *text)
{
    lw_sitting_run(p.s, &(struct lw_command){LW_CMD_SAY_TEXT, 0, text, strlen(text)});
}

static void reply(const char *id, const char *text)
{
    struct lw_span none = {NULL, 0};
    lw_sitting_ask(p.s);
    lw_sitting_reply_grows(p.s, id, (struct lw_span){text, strlen(text)}, none);
    assert_true(lw_sitting_reply_ends(p.s, id, json_pack("{s:s}", "finish", "stop")));
}

static void lose_draft(void)
{
    char command[200];
    app_fixture_close(&p);
    snprintf(command, sizeof command, "rm -r %s/.labelwright", p.dir);
    assert_int_equal(system(command), 0);
    app_fixture_open(&p);
}

/* As `labelwright merge` adds them: each line {"role", "id", "after", "text"} is an event. */
static void merge_in(const char *const *messages)
{
    for (int i = 0; messages[i]; i++) {
        json_t *m = json_loads(messages[i], 0, NULL);
        json_t *body = json_pack("{s:s,s:s,s:s,s:[o],s:{s:i}}", "type", "talk", "task", "t1",
            "question", "conversation", "messages", m, "origin", "seq", 5 + i);
        struct lw_err err = {0};
        assert_int_equal(lw_journal_append(p.w.journal, &body, 1, NULL, &err), LW_OK);
        json_decref(body);
    }
}

/* The path, then its replies: "One > a > Two > b". */
static void path_is(const char *texts)
{
    const json_t *value = lw_sitting_talk(p.s);
    json_t *path = lw_talk_path(value), *replies = lw_talk_replies(value, lw_talk_at(value)), *m;
    struct lw_buf got = {0};
    size_t i;
    json_array_extend(path, replies);
    json_array_foreach(path, i, m)
    {
        lw_buf_str(&got, i ? " > " : "");
        lw_buf_str(&got, json_string_value(json_object_get(m, "text")));
    }
    lw_buf_char(&got, '\0');
    assert_string_equal(got.data, texts);
    lw_buf_fini(&got);
    json_decref(path);
    json_decref(replies);
}

static const char *const COPY[] = {
    "{\"id\":\"m3\",\"role\":\"user\",\"after\":\"m2\",\"text\":\"Three\"}",
    "{\"id\":\"m4\",\"role\":\"assistant\",\"after\":\"m3\",\"text\":\"c\",\"asked\":\"later\"}",
    "{\"id\":\"m5\",\"role\":\"user\",\"after\":\"m4\",\"text\":\"Four\"}",
    "{\"id\":\"m6\",\"role\":\"assistant\",\"after\":\"m5\",\"text\":\"d\",\"asked\":\"later\"}",
    NULL};

static void begin_merged(void)
{
    begin(ONE, ASKED);
    say("One");
    reply("m2", "a");
    say("Two");
    reply("m4", "b");
    lw_sitting_save_draft(p.s);
    merge_in(COPY);
    app_fixture_crash(&p);
    app_fixture_open(&p);
}

/* ---- the tests */

static void a_talk_of_a_merged_copy_is_a_branch(void **state)
{
    (void)state;
    begin_merged();
    path_is("One > a > Two > b");
    message_is("Another copy's talk was merged into this one. ^U: that branch.");
    app_fixture_press(&p, "^U");
    path_is("One > a > Three > c > Four > d");
}

static void it_is_one_without_the_draft_too(void **state)
{
    (void)state;
    begin_merged();
    lose_draft();
    path_is("One > a > Two > b");
    app_fixture_press(&p, "^U");
    path_is("One > a > Three > c > Four > d");
}

static void it_comes_once(void **state)
{
    (void)state;
    begin_merged();
    for (int i = 0; i < 2; i++) {
        app_fixture_close(&p);
        app_fixture_open(&p);
    }
    assert_int_equal(json_array_size(json_object_get(lw_sitting_talk(p.s), "messages")), 8);
    message_is("");
    app_fixture_press(&p, "^U");
    say("Five");
    reply("m10", "e");
    lose_draft();
    path_is("One > a > Three > c > Four > d > Five > e");
}

/* Another program gave the label meanwhile: its talk is not continued by what was said before. */
static void a_label_has_all_that_counts(void **state)
{
    (void)state;
    begin_merged();
    json_t *body = json_pack("{s:s,s:s,s:{s:{s:[{s:s,s:s,s:s},{s:s,s:s,s:s,s:s}],s:s}}}", "type",
        "annotate", "task", "t1", "answers", "conversation", "messages", "id", "m1", "role", "user",
        "text", "Else", "id", "m2", "role", "assistant", "after", "m1", "text", "z", "at", "m1");
    struct lw_err err = {0};
    assert_int_equal(lw_journal_append(p.w.journal, &body, 1, NULL, &err), LW_OK);
    json_decref(body);
    lose_draft();
    app_fixture_press(&p, "K");
    path_is("Else > z");
    assert_int_equal(json_array_size(json_object_get(lw_sitting_talk(p.s), "messages")), 2);
    assert_false(lw_sitting_view(p.s)->draft);
}

/* The program stops when the journal has the reply, before the draft has. */
static void a_reply_in_the_journal_is_whole(void **state)
{
    (void)state;
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    struct lw_span half = {"half", 4}, none = {NULL, 0};
    lw_sitting_reply_grows(p.s, "m2", half, none);
    json_t *m = json_copy((json_t *)(uintptr_t)lw_talk_find(lw_sitting_talk(p.s), "m2"));
    json_object_del(m, "live");
    json_object_set_new(m, "text", json_string("half and half"));
    json_object_set_new(m, "finish", json_string("stop"));
    json_t *body = json_pack("{s:s,s:s,s:s,s:[o]}", "type", "talk", "task", "t1", "question",
        "conversation", "messages", m);
    struct lw_err err = {0};
    assert_int_equal(lw_journal_append(p.w.journal, &body, 1, NULL, &err), LW_OK);
    json_decref(body);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    path_is("One > half and half");
    const json_t *m2 = lw_talk_find(lw_sitting_talk(p.s), "m2");
    assert_null(json_object_get(m2, "cut"));
    assert_string_equal(json_string_value(json_object_get(m2, "finish")), "stop");
}

/* Its file is needed until the draft has it, and no longer. */
static void what_a_crash_left_is_in_the_draft_alone(void **state)
{
    (void)state;
    char path[300];
    begin(ONE, ASKED);
    say("One");
    lw_sitting_ask(p.s);
    struct lw_span half = {"half", 4}, none = {NULL, 0};
    lw_sitting_reply_grows(p.s, "m2", half, none);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    path_is("One > half");
    lw_sitting_save_draft(p.s);
    snprintf(path, sizeof path, "test -z \"$(ls %s/.labelwright/replies)\"", p.dir);
    assert_int_equal(system(path), 0);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    path_is("One > half");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_talk_of_a_merged_copy_is_a_branch, end),
        cmocka_unit_test_teardown(it_is_one_without_the_draft_too, end),
        cmocka_unit_test_teardown(it_comes_once, end),
        cmocka_unit_test_teardown(a_label_has_all_that_counts, end),
        cmocka_unit_test_teardown(a_reply_in_the_journal_is_whole, end),
        cmocka_unit_test_teardown(what_a_crash_left_is_in_the_draft_alone, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
