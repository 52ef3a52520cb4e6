/* Tasks that came again and labels of practice: what they count for, and what they do not. */
#define _GNU_SOURCE
#include "fixtures/ledger_fixture.h"

#define REPEAT(of)                                                                                 \
    "{'type':'repeat','task':'t','active_ms':700,'of':" of ",'answers':{'quality':3}}"
#define PRACTICE(task, outcomes)                                                                   \
    "{'type':'annotate','private':true,'task':'" task "','active_ms':100,'answers':{},'practice':" \
    "[" outcomes "]}"
#define OUTCOME(word) "{'question':'quality','item':'','outcome':'" word "'}"

static struct lw_day whole_day(const struct ledger_fixture *b)
{
    return lw_ledger_day(b->ledger, 0, INT64_MAX);
}

static void repeat_replaces_nothing_and_is_not_sent(void **state)
{
    struct ledger_fixture *b = *state;
    uint64_t label = ledger_put(b, LEDGER_LABEL("t")), again = ledger_put(b, REPEAT("2"));
    assert_int_equal(ledger_submitted(b, "t"), label);
    assert_int_equal(lw_ledger_last(b->ledger)->seq, label);
    struct lw_totals t = lw_ledger_totals(b->ledger);
    assert_int_equal(t.done, 1);
    assert_int_equal(t.unsent, 1);
    assert_int_equal(whole_day(b).done, 1);
    assert_int_equal(whole_day(b).replaced, 0);
    assert_int_equal(whole_day(b).repeats, 1);
    assert_int_equal(whole_day(b).active_ms, 2200);
    const struct lw_repeated *r = lw_ledger_last_repeat(b->ledger);
    assert_int_equal(r->seq, again);
    assert_int_equal(r->of, label);
    assert_int_equal(r->task, ledger_key("t"));
    assert_false(r->skip);
}

static void repeat_is_undone_alone(void **state)
{
    struct ledger_fixture *b = *state;
    uint64_t label = ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, REPEAT("2"));
    ledger_put(b, "{'type':'undo','private':true,'of':3}");
    assert_null(lw_ledger_last_repeat(b->ledger));
    assert_int_equal(ledger_submitted(b, "t"), label);
    assert_int_equal(whole_day(b).repeats, 0);
    assert_int_equal(whole_day(b).active_ms, 1500);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 1);
}

static void private_labels_count_as_done_and_wait_for_nobody(void **state)
{
    struct ledger_fixture *b = *state;
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, PRACTICE("p", OUTCOME("same")));
    ledger_put(b, LEDGER_LABEL("u"));
    struct lw_totals t = lw_ledger_totals(b->ledger);
    assert_int_equal(t.done, 3);
    assert_int_equal(t.unsent, 2);
    assert_true(lw_ledger_of(b->ledger, ledger_key("p"))->private);
    assert_true(lw_ledger_of(b->ledger, ledger_key("p"))->practice);
    assert_false(lw_ledger_of(b->ledger, ledger_key("t"))->practice);
    ledger_deliver(b, "x", 1, 2);
    assert_int_equal(lw_ledger_unsent(b->ledger, lw_ledger_delivery(b->ledger, "x")), 1);
    ledger_put(b, "{'type':'undo','private':true,'of':3}");
    assert_int_equal(lw_ledger_unsent(b->ledger, lw_ledger_delivery(b->ledger, "x")), 1);
    assert_int_equal(lw_ledger_totals(b->ledger).done, 2);
}

static void first_label_of_each_practice_task_counts(void **state)
{
    struct ledger_fixture *b = *state;
    ledger_put(b, PRACTICE("p", OUTCOME("same") "," OUTCOME("other") "," OUTCOME("unjudged")));
    ledger_put(b, PRACTICE("q", OUTCOME("near") "," OUTCOME("missing")));
    ledger_put(b, "{'type':'undo','private':true,'of':2}");
    ledger_put(b, PRACTICE("p", OUTCOME("same") "," OUTCOME("same") "," OUTCOME("unjudged")));
    ledger_put(b, PRACTICE("r", ""));
    struct lw_practice_sum sum = lw_ledger_practice(b->ledger, 0, INT64_MAX);
    assert_int_equal(sum.tasks, 2);
    assert_int_equal(sum.asked, 4);
    assert_int_equal(sum.agreed, 2);
    assert_int_equal(lw_ledger_practice(b->ledger, 0, 1).tasks, 0);
}

static void checkpoint_brings_both_back(void **state)
{
    struct ledger_fixture *b = *state;
    struct lw_mark mark;
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, REPEAT("2"));
    ledger_put(b, PRACTICE("p", OUTCOME("same")));
    assert_int_equal(lw_ledger_save(b->ledger, &lw_sys_real, b->temp.dir, "journal",
                         lw_journal_head(b->journal), NULL),
        LW_OK);
    lw_ledger_clear(b->ledger);
    assert_int_equal(lw_ledger_practice(b->ledger, 0, INT64_MAX).asked, 0);
    assert_true(lw_ledger_load(b->ledger, &lw_sys_real, b->temp.dir, "journal", &mark));
    assert_int_equal(lw_ledger_practice(b->ledger, 0, INT64_MAX).asked, 1);
    assert_int_equal(lw_ledger_last_repeat(b->ledger)->of, 2);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 1);
    ledger_put(b, PRACTICE("p", OUTCOME("other")));
    assert_int_equal(lw_ledger_practice(b->ledger, 0, INT64_MAX).asked, 1);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, ledger_fixture_setup, ledger_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(repeat_replaces_nothing_and_is_not_sent),
        T(repeat_is_undone_alone),
        T(private_labels_count_as_done_and_wait_for_nobody),
        T(first_label_of_each_practice_task_counts),
        T(checkpoint_brings_both_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
