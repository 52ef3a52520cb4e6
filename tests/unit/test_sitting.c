/* The sitting: answering and submitting, on a real journal in a temporary folder, without a
 * terminal. */
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

#include "labelwright/workspace/known_journals.h"

static void a_digit_answers_and_moves_on_to_the_next_scale(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5");
    answers_are("{\"quality\":{\"a\":5}}");
    assert_string_equal(lw_sitting_view(p.s)->message, "Quality = 5. Next: Clarity.");
    app_fixture_press(&p, "2");
    answers_are("{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(lw_sitting_view(p.s)->draft);
    assert_false(lw_sitting_view(p.s)->saved);
}

static void three_keys_rate_two_scales_and_submit(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 2 Enter");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(lw_sitting_view(p.s)->saved);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    assert_string_equal(lw_sitting_view(p.s)->message, "Saved task 1: Quality 5, Clarity 2.");
}

static void a_digit_off_the_scale_changes_nothing_and_says_so(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "9");
    answers_are("{}");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Quality takes 1 to 7."));
}

static void enter_goes_to_the_first_missing_answer(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "Tab 3 Enter");
    recorded_is("t1", "-");
    assert_string_equal(lw_sitting_view(p.s)->message, "Quality is not answered yet.");
    assert_int_equal(lw_sitting_view(p.s)->slot[lw_sitting_view(p.s)->focus].question, 0);
}

static void a_question_with_when_comes_and_goes(void **state)
{
    (void)state;
    begin(RATE, THREE);
    assert_int_equal(lw_sitting_view(p.s)->nslots, 3);
    app_fixture_press(&p, "2");
    assert_int_equal(lw_sitting_view(p.s)->nslots, 4);
    app_fixture_press(&p, "m type:too_short Enter");
    answers_are("{\"quality\":{\"a\":2},\"why\":\"too short\"}");
    app_fixture_press(&p, "S-Tab 6");
    assert_int_equal(lw_sitting_view(p.s)->nslots, 3);
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{\"quality\":{\"a\":6}}"); /* what is not asked any more is dropped */
}

static void flags_toggle_in_the_picker(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "4 f 1 2 1 f");
    answers_are("{\"problems\":{\"a\":[\"rude\"]},\"quality\":{\"a\":4}}");
    app_fixture_press(&p, "f r Enter");
    answers_are("{\"problems\":{\"a\":[\"rude\",\"wrong\"]},\"quality\":{\"a\":4}}");
}

static void arrows_step_and_stop_at_the_ends(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "Right Right Right Left");
    answers_are("{\"quality\":{\"a\":2}}");
    app_fixture_press(&p, "Left Left Left");
    answers_are("{\"quality\":{\"a\":1}}");
}

static void auto_advance_submits_with_the_one_key(void **state)
{
    (void)state;
    begin(ONE_KEY, THREE);
    app_fixture_press(&p, "1 2 1");
    recorded_is("t1", "{\"good\":\"yes\"}");
    recorded_is("t2", "{\"good\":\"no\"}");
    recorded_is("t3", "{\"good\":\"yes\"}");
    assert_true(lw_sitting_view(p.s)->finished);
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "All tasks are done"));
}

static void digits_are_ignored_just_after_a_new_task(void **state)
{
    (void)state;
    begin(ONE_KEY, THREE);
    app_fixture_guard_keys(&p, 150);
    app_fixture_press(&p, "1");
    recorded_is("t1", "-");
    app_fixture_press(&p, "wait:150 1 1 wait:150 1");
    recorded_is("t1", "{\"good\":\"yes\"}");
    recorded_is("t2", "{\"good\":\"yes\"}");
    recorded_is("t3", "-");
}

static void skip_takes_a_reason_or_none(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "s type:too_long Enter");
    recorded_is("t1", "skip");
    app_fixture_press(&p, "s Enter");
    recorded_is("t2", "skip");
    app_fixture_press(&p, "s Esc");
    recorded_is("t3", "-");
    struct lw_totals t = lw_ledger_totals(p.w.ledger);
    assert_int_equal(t.skipped, 2);
}

static void active_time_leaves_out_idleness_and_pauses(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(
        &p, "wait:10000 5 wait:500000 Tab wait:5000 p wait:3600000 x wait:1000 Enter");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2));
    /* 10 s, then 500 s of which none count, 5 s to the pause, nothing in it, 1 s behind it. */
    assert_int_equal(e->active_ms, 10000 + 5000 + 1000);
    json_t *event;
    assert_int_equal(lw_journal_read(p.w.journal, e->pos, &event, NULL), LW_OK);
    assert_int_equal(
        json_integer_value(json_object_get(event, "wall_ms")), 10000 + 500000 + 5000 + 1000);
    json_decref(event);
    struct lw_day day = lw_ledger_day(p.w.ledger, p.now_ms - 86400000, p.now_ms + 1);
    assert_int_equal(day.break_ms, 3600000);
    assert_int_equal(day.active_ms, 16000);
}

static void pasted_text_never_becomes_answers(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "paste:5_5_5_");
    answers_are("{}");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Paste ignored"));
    app_fixture_press(&p, "2 m paste:1234 Enter");
    answers_are("{\"quality\":{\"a\":2},\"why\":\"1234\"}");
}

static void compare_is_kept_by_id_whatever_side_was_shown(void **state)
{
    (void)state;
    begin(PAIR, PAIRS);
    bool swapped = false, straight = false;
    for (int i = 0; i < 4; i++) {
        const struct lw_response *r = lw_sitting_view(p.s)->task->response;
        const char *a = r[lw_sitting_view(p.s)->order[0]].id,
                   *b = r[lw_sitting_view(p.s)->order[1]].id;
        swapped = swapped || strcmp(a, "y") == 0;
        straight = straight || strcmp(a, "x") == 0;
        char want[80], task[8];
        static const char *const strength[] = {"3", "2", "1", "0"};
        snprintf(task, sizeof task, "%s", lw_sitting_view(p.s)->task->id);
        if (i == 3)
            snprintf(want, sizeof want, "{\"better\":{\"better\":null,\"strength\":0}}");
        else
            snprintf(want, sizeof want, "{\"better\":{\"better\":\"%s\",\"strength\":%s}}",
                i % 2 ? b : a, strength[i]);
        app_fixture_press(&p, (const char *[]){"1 Enter", "6 Enter", "3 Enter", "4 Enter"}[i]);
        recorded_is(task, want);
    }
    assert_true(swapped && straight); /* both orders came up, or the test shows nothing */
}

static void an_unreadable_record_can_be_stepped_over_and_skipped(void **state)
{
    (void)state;
    begin(RATE,
        "{\"id\":\"t1\",\"prompt\":1e400}\n"
        "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n");
    assert_non_null(lw_sitting_view(p.s)->task->unreadable);
    app_fixture_press(&p, "5 Enter");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "cannot be read"));
    app_fixture_press(&p, "s Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    app_fixture_press(&p, "5 Enter");
    assert_true(lw_sitting_view(p.s)->finished);
}

static void what_was_done_to_the_journal_is_told_with_the_label(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter");
    unlinkat(p.w.dir, "journal/000001.jsonl", 0);
    app_fixture_press(&p, "4 Enter");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    recorded_is("t2", "{\"quality\":{\"a\":4}}");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Journal restored"));
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t3");
    assert_int_equal(renameat(p.w.dir, "journal", p.w.dir, "away"), 0);
    app_fixture_press(&p, "3 Enter");
    recorded_is("t3", "-");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Not saved"));
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "Move it back"));
    assert_int_equal(renameat(p.w.dir, "away", p.w.dir, "journal"), 0);
    app_fixture_press(&p, "Enter");
    recorded_is("t3", "{\"quality\":{\"a\":3}}");
}

/* The card's word for the journal, and that of verify, which is the same. */
static void card_says(bool sound)
{
    struct lw_verdict v;
    assert_int_equal(
        lw_known_verify(&p.sys, p.w.dir, "journal", false, NULL, NULL, &v, NULL), LW_OK);
    assert_int_equal(v.first_damage[0] == '\0', sound);
    app_fixture_press(&p, "q");
    assert_int_equal(app_fixture_shows(&p, "Journal    your labels are safe ("), sound);
    assert_int_equal(app_fixture_shows(&p, "Journal    DAMAGED"), !sound);
    app_fixture_press(&p, "Esc");
}

/* What opening skips, because the checkpoint covers it, the card looks at all the same. */
static void the_day_ends_with_the_word_of_verify(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter 4 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    card_says(true);
    size_t n;
    char *was = app_fixture_read(&p, "journal/000001.jsonl", &n), *is = lw_strdup(was);
    *strchr(strstr(is, "quality\":{"), '5') = '6';
    app_fixture_write(&p, "journal/000001.jsonl", is, n);
    card_says(false);
    char *second = strchr(was, '\n') + 1, *third = strchr(second, '\n') + 1;
    char *end = strchr(third, '\n') + 1;
    memcpy(is, was, n);
    memcpy(is + (second - was), third, (size_t)(end - third));
    memcpy(is + (second - was) + (end - third), second, (size_t)(third - second));
    app_fixture_write(&p, "journal/000001.jsonl", is, n);
    card_says(false);
    app_fixture_write(&p, "journal/000001.jsonl", was, (size_t)(third - was));
    card_says(false);
    app_fixture_write(&p, "journal/000001.jsonl", was, n);
    card_says(true);
    free(was);
    free(is);
}

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
        TEST(active_time_leaves_out_idleness_and_pauses),
        TEST(pasted_text_never_becomes_answers),
        TEST(compare_is_kept_by_id_whatever_side_was_shown),
        TEST(an_unreadable_record_can_be_stepped_over_and_skipped),
        TEST(what_was_done_to_the_journal_is_told_with_the_label),
        TEST(the_day_ends_with_the_word_of_verify),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
