/* The sitting's rules, on a real journal in a temporary folder, without a terminal. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/place.h"

static const char RATE[] = "labelwright: 1\n"
                           "title: rate\n"
                           "tasks: [{file: tasks.jsonl}]\n"
                           "shuffle_responses: false\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, on: response, required: true,\n"
                           "     scale: {min: 1, max: 7}}\n"
                           "  - {name: clarity, type: rating, on: response, scale: {min: 1, max: 5}}\n"
                           "  - name: problems\n"
                           "    type: tags\n"
                           "    on: response\n"
                           "    options: [{value: wrong, key: r}, {value: rude}]\n"
                           "  - {name: why, type: text, on: task, when: {quality: \"<= 3\"}}\n";

static const char ONE_KEY[] = "labelwright: 1\n"
                              "tasks: [{file: tasks.jsonl}]\n"
                              "advance: auto\n"
                              "questions:\n"
                              "  - {name: good, type: choice, required: true,\n"
                              "     options: [{value: yes}, {value: no}]}\n";

static const char PAIR[] = "labelwright: 1\n"
                           "tasks: [{file: tasks.jsonl}]\n"
                           "shuffle_responses: true\n"
                           "questions:\n"
                           "  - {name: better, type: compare, on: task, required: true}\n"
                           "  - {name: helpful, type: rating, on: response, scale: {min: 1, max: 5}}\n";

static const char THREE[] =
    "{\"id\":\"t1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"a\",\"text\":\"first\"}]}\n"
    "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n"
    "{\"id\":\"t3\",\"prompt\":\"three\",\"responses\":[{\"id\":\"a\",\"text\":\"third\"}]}\n";

static const char PAIRS[] =
    "{\"id\":\"p1\",\"prompt\":\"one\",\"responses\":[{\"id\":\"x\",\"text\":\"1x\"},{\"id\":\"y\",\"text\":\"1y\"}]}\n"
    "{\"id\":\"p2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"x\",\"text\":\"2x\"},{\"id\":\"y\",\"text\":\"2y\"}]}\n"
    "{\"id\":\"p3\",\"prompt\":\"three\",\"responses\":[{\"id\":\"x\",\"text\":\"3x\"},{\"id\":\"y\",\"text\":\"3y\"}]}\n"
    "{\"id\":\"p4\",\"prompt\":\"four\",\"responses\":[{\"id\":\"x\",\"text\":\"4x\"},{\"id\":\"y\",\"text\":\"4y\"}]}\n";

static struct place p;

static void begin(const char *yaml, const char *jsonl)
{
    place_make(&p, yaml, jsonl);
    place_open(&p);
}

static int end(void **state)
{
    (void)state;
    place_close(&p);
    place_remove(&p);
    return 0;
}

/* What the draft on the screen says, as compact JSON. */
static void answers_are(const char *json)
{
    char *got = json_dumps(p.s->answers, JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(got, json);
    free(got);
}

/* The journal's event that stands for a task, as compact JSON of its answers; "-" for none. */
static void recorded_is(const char *task, const char *json)
{
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint(task, strlen(task)));
    struct lw_err err = {0};
    json_t *event;
    if (!e || e->skip) {
        assert_string_equal(json, e ? "skip" : "-");
        return;
    }
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, &err), LW_OK);
    char *got = json_dumps(json_object_get(event, "answers"), JSON_COMPACT | JSON_SORT_KEYS);
    assert_string_equal(got, json);
    free(got);
    json_decref(event);
}

static void a_digit_answers_and_moves_on_to_the_next_scale(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5");
    answers_are("{\"quality\":{\"a\":5}}");
    assert_string_equal(p.s->message, "Quality = 5. Next: Clarity.");
    place_press(&p, "2");
    answers_are("{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(p.s->draft);
    assert_false(p.s->saved);
}

static void three_keys_rate_two_scales_and_submit(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5 2 Enter");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(p.s->saved);
    assert_string_equal(p.s->task->id, "t2");
    assert_string_equal(p.s->message, "Saved task 1: Quality 5, Clarity 2.");
}

static void a_digit_off_the_scale_changes_nothing_and_says_so(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "9");
    answers_are("{}");
    assert_non_null(strstr(p.s->message, "9 is not on the scale"));
}

static void enter_goes_to_the_first_missing_answer(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "Tab 3 Enter");
    recorded_is("t1", "-");
    assert_string_equal(p.s->message, "Quality is not answered yet.");
    assert_int_equal(p.s->slot[p.s->focus].question, 0);
}

static void a_question_with_when_comes_and_goes(void **state)
{
    (void)state;
    begin(RATE, THREE);
    assert_int_equal(p.s->nslots, 3);
    place_press(&p, "2");
    assert_int_equal(p.s->nslots, 4);
    place_press(&p, "m type:too_short Enter");
    answers_are("{\"quality\":{\"a\":2},\"why\":\"too short\"}");
    place_press(&p, "S-Tab S-Tab S-Tab 6");
    assert_int_equal(p.s->nslots, 3);
    place_press(&p, "Enter");
    recorded_is("t1", "{\"quality\":{\"a\":6}}"); /* what is not asked any more is dropped */
}

static void flags_toggle_in_the_picker(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "4 f 1 2 1 f");
    answers_are("{\"problems\":{\"a\":[\"rude\"]},\"quality\":{\"a\":4}}");
    place_press(&p, "f r Enter");
    answers_are("{\"problems\":{\"a\":[\"rude\",\"wrong\"]},\"quality\":{\"a\":4}}");
}

static void arrows_step_and_stop_at_the_ends(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "Right Right Right Left");
    answers_are("{\"quality\":{\"a\":2}}");
    place_press(&p, "Left Left Left");
    answers_are("{\"quality\":{\"a\":1}}");
}

static void auto_advance_submits_with_the_one_key(void **state)
{
    (void)state;
    begin(ONE_KEY, THREE);
    place_press(&p, "1 2 1");
    recorded_is("t1", "{\"good\":\"yes\"}");
    recorded_is("t2", "{\"good\":\"no\"}");
    recorded_is("t3", "{\"good\":\"yes\"}");
    assert_true(p.s->finished);
    assert_non_null(strstr(p.s->message, "All tasks are done"));
}

static void digits_are_ignored_just_after_a_new_task(void **state)
{
    (void)state;
    begin(ONE_KEY, THREE);
    p.s->with.digit_guard_ms = 150;
    place_press(&p, "1");
    recorded_is("t1", "-");
    place_press(&p, "wait:150 1 1 wait:150 1");
    recorded_is("t1", "{\"good\":\"yes\"}");
    recorded_is("t2", "{\"good\":\"yes\"}");
    recorded_is("t3", "-");
}

static void skip_takes_a_reason_or_none(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "s type:too_long Enter");
    recorded_is("t1", "skip");
    place_press(&p, "s Enter");
    recorded_is("t2", "skip");
    place_press(&p, "s Esc");
    recorded_is("t3", "-");
    struct lw_totals t = lw_ledger_totals(p.w.ledger);
    assert_int_equal(t.skipped, 2);
}

static void take_back_undoes_answers_first_and_then_whole_tasks(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5 2 Enter 4 3 u");
    answers_are("{\"quality\":{\"a\":4}}");
    place_press(&p, "u");
    answers_are("{}");
    place_press(&p, "u");
    assert_string_equal(p.s->message, "Once more takes back task 1.");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    place_press(&p, "u");
    recorded_is("t1", "-");
    assert_string_equal(p.s->task->id, "t1");
    answers_are("{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(p.s->draft);
    place_press(&p, "Enter");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
}

static void any_other_key_disarms_the_take_back(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5 Enter u Tab u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    place_press(&p, "u");
    recorded_is("t1", "-");
}

static void take_back_goes_on_across_restarts(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5 Enter 6 Enter 7 Enter");
    place_close(&p);
    place_open(&p);
    place_press(&p, "u u u u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    recorded_is("t2", "-");
    recorded_is("t3", "-");
    assert_string_equal(p.s->task->id, "t2");
    place_close(&p);
    place_open(&p);
    assert_string_equal(p.s->task->id, "t2");
    answers_are("{\"quality\":{\"a\":6}}"); /* the draft of what was taken back */
    place_press(&p, "u u");
    recorded_is("t1", "-");
    place_press(&p, "u");
    assert_string_equal(p.s->message, "There is nothing to take back.");
}

static void answering_again_replaces_and_taking_back_restores(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5 Enter K");
    assert_int_equal(p.s->standing, LW_STANDS_DONE);
    answers_are("{\"quality\":{\"a\":5}}");
    assert_false(p.s->draft);
    place_press(&p, "S-Tab S-Tab S-Tab S-Tab 3");
    assert_true(p.s->draft);
    uint64_t replaces = p.s->replaces;
    place_press(&p, "Tab S-Tab Enter");
    recorded_is("t1", "{\"quality\":{\"a\":3}}");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2));
    assert_true(e->seq > replaces && e->before > 0);
    place_press(&p, "u u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    answers_are("{\"quality\":{\"a\":3}}");
}

static void enter_on_an_unchanged_task_writes_nothing(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5 Enter K");
    uint64_t head = lw_journal_head(p.w.journal).seq;
    place_press(&p, "Enter");
    assert_int_equal(lw_journal_head(p.w.journal).seq, head);
    assert_string_equal(p.s->task->id, "t2");
}

static void a_draft_survives_leaving_the_task_and_kill_9(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5 Enter 2 m type:half_a_sen");
    assert_true(lw_sitting_due(p.s) >= 0);
    p.now_ms += 1000;
    assert_int_equal(lw_sitting_due(p.s), 0);
    lw_sitting_save_draft(p.s);
    assert_int_equal(lw_sitting_due(p.s), -1);
    place_crash(&p);
    place_open(&p);
    assert_string_equal(p.s->task->id, "t2");
    answers_are("{\"quality\":{\"a\":2},\"why\":\"half a sen\"}");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    place_press(&p, "J K");
    answers_are("{\"quality\":{\"a\":2},\"why\":\"half a sen\"}");
}

static void a_submitted_draft_leaves_no_file(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5");
    lw_sitting_save_draft(p.s);
    place_press(&p, "Enter");
    char *command = lw_format("test -z \"$(ls %s/.labelwright/drafts)\"", p.dir);
    assert_int_equal(system(command), 0);
    free(command);
}

static void a_draft_of_a_changed_record_is_not_applied(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5");
    place_close(&p);
    static const char changed[] =
        "{\"id\":\"t1\",\"prompt\":\"other\",\"responses\":[{\"id\":\"a\",\"text\":\"first\"}]}\n";
    place_write(&p, "tasks.jsonl", changed, sizeof changed - 1);
    place_open(&p);
    answers_are("{}");
    assert_non_null(strstr(p.s->message, "does not fit any more"));
}

static void a_record_that_changed_after_labeling_is_told(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "5 Enter");
    place_close(&p);
    static const char changed[] =
        "{\"id\":\"t1\",\"prompt\":\"other\",\"responses\":[{\"id\":\"a\",\"text\":\"first\"}]}\n"
        "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n";
    place_write(&p, "tasks.jsonl", changed, sizeof changed - 1);
    place_open(&p);
    place_press(&p, "K");
    assert_int_equal(p.s->standing, LW_STANDS_DONE);
    assert_true(p.s->changed_record);
    assert_true(place_shows(&p, "done, changed"));
}

static void compare_is_kept_by_id_whatever_side_was_shown(void **state)
{
    (void)state;
    begin(PAIR, PAIRS);
    bool swapped = false, straight = false;
    for (int i = 0; i < 4; i++) {
        const struct lw_response *r = p.s->task->response;
        const char *a = r[p.s->order[0]].id, *b = r[p.s->order[1]].id;
        swapped = swapped || strcmp(a, "y") == 0;
        straight = straight || strcmp(a, "x") == 0;
        char want[80], task[8];
        static const char *const strength[] = {"3", "2", "1", "0"};
        snprintf(task, sizeof task, "%s", p.s->task->id);
        if (i == 3)
            snprintf(want, sizeof want, "{\"better\":{\"better\":null,\"strength\":0}}");
        else
            snprintf(want, sizeof want, "{\"better\":{\"better\":\"%s\",\"strength\":%s}}",
                i % 2 ? b : a, strength[i]);
        place_press(&p, (const char *[]){"1 Enter", "6 Enter", "3 Enter", "4 Enter"}[i]);
        recorded_is(task, want);
    }
    assert_true(swapped && straight); /* both orders came up, or the test shows nothing */
}

static void the_order_shown_is_recorded_and_kept_across_restarts(void **state)
{
    (void)state;
    begin(PAIR, PAIRS);
    int was = p.s->order[0];
    place_press(&p, "2");
    place_close(&p);
    place_open(&p);
    assert_int_equal(p.s->order[0], was);
    answers_are(was == 0 ? "{\"better\":{\"better\":\"x\",\"strength\":2}}"
                         : "{\"better\":{\"better\":\"y\",\"strength\":2}}");
    place_press(&p, "Enter");
    json_t *event;
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("p1", 2));
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    const char *first = json_string_value(json_array_get(json_object_get(event, "order"), 0));
    assert_string_equal(first, was == 0 ? "x" : "y");
    json_decref(event);
}

static void active_time_leaves_out_idleness_and_pauses(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "wait:10000 5 wait:500000 Tab wait:5000 p wait:3600000 x wait:1000 Enter");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2));
    /* 10 s, then 500 s of which 120 count, 5 s to the pause, nothing in it, 1 s behind it. */
    assert_int_equal(e->active_ms, 10000 + 120000 + 5000 + 1000);
    json_t *event;
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    assert_int_equal(
        json_integer_value(json_object_get(event, "wall_ms")), 10000 + 500000 + 5000 + 1000);
    json_decref(event);
    struct lw_day day = lw_ledger_day(p.w.ledger, p.now_ms - 86400000, p.now_ms + 1);
    assert_int_equal(day.break_ms, 3600000);
    assert_int_equal(day.active_ms, 136000);
}

static void an_unreadable_record_can_be_stepped_over_and_skipped(void **state)
{
    (void)state;
    begin(RATE, "{\"id\":\"t1\",\"prompt\":1e400}\n"
                "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n");
    assert_non_null(p.s->task->unreadable);
    place_press(&p, "5 Enter");
    assert_non_null(strstr(p.s->message, "cannot be labeled"));
    place_press(&p, "s Enter");
    assert_string_equal(p.s->task->id, "t2");
    place_press(&p, "5 Enter");
    assert_true(p.s->finished);
}

static void a_second_sitting_is_read_only_and_names_the_owner(void **state)
{
    (void)state;
    begin(RATE, THREE);
    static struct place other;
    other = p;
    other.w = (struct lw_workplace){.dir = -1};
    other.desk = (struct lw_desk){0};
    place_open(&other);
    assert_int_equal(lw_journal_mode(other.w.journal), LW_JOURNAL_READ_ONLY);
    assert_non_null(strstr(other.s->message, "pid"));
    place_press(&other, "5 Enter");
    assert_non_null(strstr(other.s->message, "Read-only"));
    recorded_is("t1", "-");
    place_press(&other, "J");
    assert_string_equal(other.s->task->id, "t2");
    place_close(&other);
    place_press(&p, "5 Enter");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
}

static void go_to_takes_a_number_or_an_id(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "^G 3 Enter");
    assert_string_equal(p.s->task->id, "t3");
    place_press(&p, "^G type:t2 Enter");
    assert_string_equal(p.s->task->id, "t2");
    place_press(&p, "^G type:99 Enter");
    assert_string_equal(p.s->task->id, "t2");
    assert_non_null(strstr(p.s->message, "There is no task 99"));
}

static void random_order_is_the_same_at_every_start(void **state)
{
    (void)state;
    static const char yaml[] = "labelwright: 1\n"
                               "tasks: [{file: tasks.jsonl}]\n"
                               "order: random\n"
                               "questions:\n"
                               "  - {name: good, type: rating, required: true}\n";
    struct lw_buf jsonl = {0};
    for (int i = 0; i < 50; i++)
        lw_buf_fmt(&jsonl, "{\"id\":\"n%d\",\"prompt\":\"p\"}\n", i);
    begin(yaml, jsonl.data);
    char first[50][8];
    int in_order = 0;
    for (int i = 0; i < 50; i++) {
        snprintf(first[i], sizeof first[i], "%s", p.s->task->id);
        in_order += atoi(first[i] + 1) == i;
        place_press(&p, i < 49 ? "J" : "g");
    }
    assert_true(in_order < 10);
    place_close(&p);
    place_open(&p);
    for (int i = 0; i < 50; i++) {
        assert_string_equal(p.s->task->id, first[i]);
        place_press(&p, "J");
    }
    lw_buf_fini(&jsonl);
}

static void pasted_text_never_becomes_answers(void **state)
{
    (void)state;
    begin(RATE, THREE);
    place_press(&p, "paste:5_5_5_");
    answers_are("{}");
    assert_non_null(strstr(p.s->message, "thrown away"));
    place_press(&p, "2 m paste:1234 Enter");
    answers_are("{\"quality\":{\"a\":2},\"why\":\"1234\"}");
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_digit_answers_and_moves_on_to_the_next_scale),
        TEST(three_keys_rate_two_scales_and_submit),
        TEST(a_digit_off_the_scale_changes_nothing_and_says_so),
        TEST(enter_goes_to_the_first_missing_answer),
        TEST(a_question_with_when_comes_and_goes),
        TEST(flags_toggle_in_the_picker),
        TEST(arrows_step_and_stop_at_the_ends),
        TEST(auto_advance_submits_with_the_one_key),
        TEST(digits_are_ignored_just_after_a_new_task),
        TEST(skip_takes_a_reason_or_none),
        TEST(take_back_undoes_answers_first_and_then_whole_tasks),
        TEST(any_other_key_disarms_the_take_back),
        TEST(take_back_goes_on_across_restarts),
        TEST(answering_again_replaces_and_taking_back_restores),
        TEST(enter_on_an_unchanged_task_writes_nothing),
        TEST(a_draft_survives_leaving_the_task_and_kill_9),
        TEST(a_submitted_draft_leaves_no_file),
        TEST(a_draft_of_a_changed_record_is_not_applied),
        TEST(a_record_that_changed_after_labeling_is_told),
        TEST(compare_is_kept_by_id_whatever_side_was_shown),
        TEST(the_order_shown_is_recorded_and_kept_across_restarts),
        TEST(active_time_leaves_out_idleness_and_pauses),
        TEST(an_unreadable_record_can_be_stepped_over_and_skipped),
        TEST(a_second_sitting_is_read_only_and_names_the_owner),
        TEST(go_to_takes_a_number_or_an_id),
        TEST(random_order_is_the_same_at_every_start),
        TEST(pasted_text_never_becomes_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
