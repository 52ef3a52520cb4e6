/* `read_to_end`: no label before each response was read, and what counts as read how long. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "fixtures/sitting_fixture.h"

#define HEAD                                                                                       \
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nshuffle_responses: false\nread_to_end: true\n"
#define ASKS                                                                                       \
    "questions:\n  - {name: quality, type: rating, scale: {min: 1, max: 7}, required: true}\n"

static const char READ[] = HEAD ASKS;
static const char READ_AUTO[] = HEAD "advance: auto\n" ASKS;
static const char READ_SHUFFLED[] =
    "labelwright: 1\ntasks: [{file: tasks.jsonl}]\nread_to_end: true\n" ASKS;
static const char SKIM[] = "labelwright: 1\ntasks: [{file: tasks.jsonl}]\n" ASKS;

static const struct lw_sitting_view *view(void)
{
    return lw_sitting_view(p.s);
}

static void run(enum lw_command_id id, int64_t number)
{
    lw_sitting_clear_message(p.s);
    lw_sitting_run(p.s, &(struct lw_command){.id = id, .number = number, .text = "", .len = 0});
}

static void answer(void)
{
    run(LW_CMD_DIGIT, 5);
}

static void submit(void)
{
    run(LW_CMD_SUBMIT, 0);
}

static void task_is(const char *id)
{
    assert_string_equal(view()->task->id, id);
}

static void refused_because_of(int response, const char *message)
{
    message_is(message);
    assert_int_equal(view()->about, LW_ABOUT_UNREAD);
    assert_int_equal(lw_sitting_unread(p.s), response);
}

static void read_all(void)
{
    for (size_t i = 0; i < view()->task->nresponses; i++)
        lw_sitting_note_read(p.s, (int)i);
}

static void a_label_waits_until_each_response_was_read(void **state)
{
    (void)state;
    begin(READ, PAIRS);
    answer();
    submit();
    refused_because_of(0, "A is not read to its end.");
    lw_sitting_note_read(p.s, 0);
    submit();
    refused_because_of(1, "B is not read to its end.");
    recorded_is("p1", "-");
    lw_sitting_note_read(p.s, 1);
    submit();
    recorded_is("p1", "{\"quality\":5}");
    task_is("p2");
    assert_false(view()->read[0]); /* of the next task nothing is read */
}

static void one_response_needs_no_letter(void **state)
{
    (void)state;
    begin(READ, THREE);
    answer();
    submit();
    refused_because_of(0, "The response is not read to its end.");
}

static void the_first_by_letter_is_asked_for(void **state)
{
    (void)state;
    begin(READ_SHUFFLED, PAIRS);
    while (view()->order[0] == 0) /* some task of the four is turned around */
        run(LW_CMD_NEXT_TASK, 0);
    assert_int_equal(lw_sitting_unread(p.s), 1);
    lw_sitting_note_read(p.s, 1);
    answer();
    submit();
    refused_because_of(0, "B is not read to its end.");
}

static void what_is_missing_is_told_first(void **state)
{
    (void)state;
    begin(READ, THREE);
    submit();
    message_is("Quality is not answered yet.");
    assert_int_equal(view()->about, LW_ABOUT_NOTHING);
}

static void nothing_is_asked_for_without_the_key_or_a_response(void **state)
{
    (void)state;
    begin(SKIM, THREE);
    assert_int_equal(lw_sitting_unread(p.s), -1);
    answer();
    submit();
    recorded_is("t1", "{\"quality\":5}");
    end(NULL);
    begin(READ, "{\"id\":\"t1\",\"prompt\":\"one\"}\n{\"id\":\"t2\",\"prompt\":1e400}\n");
    assert_int_equal(lw_sitting_unread(p.s), -1);
    answer();
    submit();
    recorded_is("t1", "{\"quality\":5}");
    assert_non_null(view()->task->unreadable);
    assert_int_equal(lw_sitting_unread(p.s), -1);
}

static void a_task_can_be_skipped_unread(void **state)
{
    (void)state;
    begin(READ, THREE);
    run(LW_CMD_SKIP_WITH, 0);
    recorded_is("t1", "skip");
}

static void undo_does_not_ask_again(void **state)
{
    (void)state;
    begin(READ, PAIRS);
    answer();
    read_all();
    submit();
    run(LW_CMD_TAKE_BACK, 0);
    run(LW_CMD_TAKE_BACK, 0);
    task_is("p1");
    recorded_is("p1", "-");
    submit();
    recorded_is("p1", "{\"quality\":5}");
}

static void going_to_another_task_and_back_does_not_ask_again(void **state)
{
    (void)state;
    begin(READ, PAIRS);
    lw_sitting_note_read(p.s, 1);
    run(LW_CMD_NEXT_TASK, 0);
    read_all();
    run(LW_CMD_PREV_TASK, 0);
    assert_false(view()->read[0]);
    assert_true(view()->read[1]);
    lw_sitting_note_read(p.s, 0);
    answer();
    submit();
    recorded_is("p1", "{\"quality\":5}");
}

static void another_session_asks_again(void **state)
{
    (void)state;
    begin(READ, THREE);
    answer();
    read_all();
    app_fixture_close(&p);
    app_fixture_open(&p);
    answers_are("{\"quality\":5}"); /* the draft */
    submit();
    refused_because_of(0, "The response is not read to its end.");
}

static void a_changed_record_is_asked_for_again(void **state)
{
    (void)state;
    char changed[sizeof THREE];
    begin(READ, THREE);
    read_all();
    run(LW_CMD_NEXT_TASK, 0);
    memcpy(changed, THREE, sizeof THREE);
    memcpy(strstr(changed, "first"), "other", 5);
    app_fixture_write(&p, "tasks.jsonl", changed, sizeof changed - 1);
    run(LW_CMD_PREV_TASK, 0);
    assert_memory_equal(view()->task->response[0].text.s, "other", 5);
    assert_int_equal(lw_sitting_unread(p.s), 0);
}

static void a_label_that_stands_is_passed_unread(void **state)
{
    (void)state;
    begin(READ, THREE);
    answer();
    read_all();
    submit();
    app_fixture_close(&p);
    app_fixture_open(&p);
    run(LW_CMD_PREV_TASK, 0);
    task_is("t1");
    submit();
    assert_string_equal(view()->task->id, "t2");
    run(LW_CMD_PREV_TASK, 0);
    run(LW_CMD_DIGIT, 6); /* another label, of a text not seen today */
    submit();
    refused_because_of(0, "The response is not read to its end.");
    recorded_is("t1", "{\"quality\":5}");
}

static void the_last_answer_does_not_submit_what_is_unread(void **state)
{
    (void)state;
    begin(READ_AUTO, THREE);
    answer();
    refused_because_of(0, "The response is not read to its end.");
    answers_are("{\"quality\":5}");
    read_all();
    submit();
    recorded_is("t1", "{\"quality\":5}");
    read_all();
    answer();
    recorded_is("t2", "{\"quality\":5}");
}

/* A front end shows the response that is asked for: an Enter that is held would flash all of them.
 */
static void a_held_enter_reads_nothing(void **state)
{
    (void)state;
    begin(READ, PAIRS);
    answer();
    app_fixture_guard_keys(&p, 150);
    p.now_ms += 1000;
    submit();
    refused_because_of(0, "A is not read to its end.");
    lw_sitting_note_read(p.s, 0);
    for (int i = 0; i < 100; i++) {
        p.now_ms += i ? 33 : 500;
        lw_sitting_touch(p.s);
        submit();
        message_is("Key ignored: too soon. Press it again.");
        lw_sitting_note_read(p.s, 1);
    }
    recorded_is("p1", "-");
    p.now_ms += LW_MEANT_MS;
    submit();
    recorded_is("p1", "{\"quality\":5}");
}

static void another_key_before_enter_is_enough(void **state)
{
    (void)state;
    begin(READ, THREE);
    answer();
    app_fixture_guard_keys(&p, 150);
    p.now_ms += 1000;
    lw_sitting_touch(p.s);
    submit();
    p.now_ms += 200;
    lw_sitting_touch(p.s); /* G */
    read_all();
    p.now_ms += 200;
    lw_sitting_touch(p.s);
    submit();
    recorded_is("t1", "{\"quality\":5}");
}

static void the_same_refusal_is_said_again_at_once(void **state)
{
    (void)state;
    begin(READ, PAIRS);
    answer();
    app_fixture_guard_keys(&p, 150);
    p.now_ms += 1000;
    submit();
    p.now_ms += 200;
    submit();
    refused_because_of(0, "A is not read to its end.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_label_waits_until_each_response_was_read),
        TEST(one_response_needs_no_letter),
        TEST(the_first_by_letter_is_asked_for),
        TEST(what_is_missing_is_told_first),
        TEST(nothing_is_asked_for_without_the_key_or_a_response),
        TEST(a_task_can_be_skipped_unread),
        TEST(undo_does_not_ask_again),
        TEST(going_to_another_task_and_back_does_not_ask_again),
        TEST(another_session_asks_again),
        TEST(a_changed_record_is_asked_for_again),
        TEST(a_label_that_stands_is_passed_unread),
        TEST(the_last_answer_does_not_submit_what_is_unread),
        TEST(a_held_enter_reads_nothing),
        TEST(another_key_before_enter_is_enough),
        TEST(the_same_refusal_is_said_again_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
