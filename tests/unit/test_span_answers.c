/* Spans in the session: checked when they come, undone, and found again when the task has changed
 * under a draft or a label. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

static const char yaml[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                           "  - {name: claims, type: spans, on: response, options: [{value: good, "
                           "key: g}, {value: bad}]}\n"
                           "  - {name: why, type: text, on: span}\n"
                           "  - {name: quality, type: rating}\n";

#define TASK(text)                                                                                 \
    "{\"id\":\"t1\",\"prompt\":\"P\",\"responses\":[{\"id\":\"a\",\"text\":\"" text "\"}]}\n"
#define SPAN(id, start, end, text)                                                                 \
    "{\"id\":\"" id "\",\"start\":" start ",\"end\":" end ",\"text\":\"" text                      \
    "\",\"tags\":[\"good\"]}"
#define TWO SPAN("s1", "4", "7", "two") "," SPAN("s2", "8", "13", "three")

static void give(const char *json)
{
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = 0});
    lw_sitting_run(
        p.s, &(struct lw_command){.id = LW_CMD_SPANS, .text = json, .len = strlen(json)});
}

static void begin(void)
{
    app_fixture_make(&p, yaml, TASK("one two three"));
    app_fixture_open(&p);
}

static void end(void)
{
    app_fixture_end(&p);
}

static void change_to(const char *text)
{
    app_fixture_close(&p);
    app_fixture_write(&p, "tasks.jsonl", text, strlen(text));
    app_fixture_open(&p);
}

static void answers_are(const char *json)
{
    char *got = json_dumps(lw_sitting_view(p.s)->answers, JSON_COMPACT);
    assert_string_equal(got, json);
    free(got);
}

static void says(const char *text)
{
    if (!strstr(lw_sitting_view(p.s)->message, text))
        fail_msg("%s", lw_sitting_view(p.s)->message);
}

#define BOTH "{\"claims\":{\"a\":[" TWO "]},\"why\":{\"s2\":\"because\"}}"

static void give_both(void)
{
    give("[" TWO "]");
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_FOCUS, .number = 2});
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_TEXT, .text = "because", .len = 7});
    answers_are(BOTH);
}

static void what_does_not_fit_is_refused(void **state)
{
    (void)state;
    begin();
    give("[" SPAN("s1", "4", "7", "two") "]");
    says("1 good");
    give("[" SPAN("s1", "4", "8", "two") "]");
    says("is not what stands at bytes 4 to 8");
    give("[{]");
    says("spans are a list");
    answers_are("{\"claims\":{\"a\":[" SPAN("s1", "4", "7", "two") "]}}");
    give("[]");
    says("no answer");
    answers_are("{}");
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_TAKE_BACK});
    answers_are("{\"claims\":{\"a\":[" SPAN("s1", "4", "7", "two") "]}}");
    end();
}

/* An answer about a span comes back with it. */
static void what_is_deleted_takes_its_answers_along(void **state)
{
    (void)state;
    begin();
    give_both();
    give("[" SPAN("s1", "4", "7", "two") "]");
    assert_int_equal(lw_sitting_view(p.s)->nslots, 3); /* claims, why of s1, quality */
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_TAKE_BACK});
    assert_int_equal(lw_sitting_view(p.s)->nslots, 4);
    answers_are(BOTH);
    give("[" SPAN("s1", "4", "7", "two") "]");
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_SUBMIT});
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_GO_NTH, .number = 0});
    answers_are("{\"claims\":{\"a\":[" SPAN("s1", "4", "7", "two") "]}}");
    end();
}

static void a_draft_goes_along_with_its_words(void **state)
{
    (void)state;
    begin();
    give_both();
    change_to(TASK("Well, one two three"));
    answers_are("{\"claims\":{\"a\":[" SPAN("s1", "10", "13", "two") "," SPAN(
        "s2", "14", "19", "three") "]},\"why\":{\"s2\":\"because\"}}");
    says("The text has changed: 2 spans were found again elsewhere. Check before you submit.");
    end();
}

/* The whole draft is kept beside the answers that still fit. */
static void a_draft_with_lost_words_is_kept(void **state)
{
    (void)state;
    begin();
    give_both();
    change_to(TASK("one three"));
    answers_are(
        "{\"claims\":{\"a\":[" SPAN("s2", "4", "9", "three") "]},\"why\":{\"s2\":\"because\"}}");
    says("Task changed. Old draft: .labelwright/drafts/");
    char *old = lw_sitting_describe_old_drafts(p.s);
    assert_non_null(strstr(old, SPAN("s1", "4", "7", "two")));
    free(old);
    end();
}

static void words_that_stand_twice_are_not_guessed(void **state)
{
    (void)state;
    begin();
    give("[" SPAN("s1", "4", "7", "two") "]");
    change_to(TASK("Not two, but two."));
    answers_are("{\"claims\":{\"a\":[" SPAN("s1", "4", "7", "two") "]}}"); /* it is there still */
    change_to(TASK("One: two or two."));
    answers_are("{}");
    says("Task changed. Old draft:");
    end();
}

static void a_label_of_a_changed_record_says_what_is_lost(void **state)
{
    (void)state;
    begin();
    give_both();
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_SUBMIT});
    change_to(TASK("So one three"));
    lw_sitting_run(p.s, &(struct lw_command){.id = LW_CMD_GO_NTH, .number = 0});
    assert_true(lw_sitting_view(p.s)->changed_record);
    says("The text has changed: 1 span is not in it any more. The saved label keeps all.");
    json_t *span = json_array_get(
        json_object_get(json_object_get(lw_sitting_view(p.s)->answers, "claims"), "a"), 0);
    assert_int_equal(json_integer_value(json_object_get(span, "start")), 7);
    char *saved = json_dumps(lw_sitting_view(p.s)->submitted, JSON_COMPACT);
    assert_string_equal(saved, BOTH);
    free(saved);
    end();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_fit_is_refused),
        cmocka_unit_test(what_is_deleted_takes_its_answers_along),
        cmocka_unit_test(a_draft_goes_along_with_its_words),
        cmocka_unit_test(a_draft_with_lost_words_is_kept),
        cmocka_unit_test(words_that_stand_twice_are_not_guessed),
        cmocka_unit_test(a_label_of_a_changed_record_says_what_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
