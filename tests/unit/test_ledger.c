/* What the events of a journal add up to: which label of a task is the submitted one, and totals.
 */
#define _GNU_SOURCE
#include "fixtures/ledger_fixture.h"

#include <stdio.h>

static void annotation_is_submitted_with_its_facts(void **state)
{
    struct ledger_fixture *b = *state;
    uint64_t seq = ledger_put(b, LEDGER_LABEL("t"));
    const struct lw_entry *e = lw_ledger_of(b->ledger, ledger_key("t"));
    assert_non_null(e);
    assert_int_equal(e->seq, seq);
    assert_int_equal(e->number, 7);
    assert_int_equal(e->record, 255);
    assert_int_equal(e->active_ms, 1500);
    assert_false(e->skip);
    assert_null(lw_ledger_of(b->ledger, ledger_key("other")));
    json_t *json;
    assert_int_equal(lw_journal_read(b->journal, e->pos, &json, NULL), LW_OK);
    assert_int_equal(json_integer_value(json_object_get(json, "seq")), seq);
    json_decref(json);
}

static void ids_with_escapes_are_unescaped(void **state)
{
    struct ledger_fixture *b = *state;
    ledger_put(b, LEDGER_LABEL("a\\u0022b\\\\\\u00e9"));
    assert_int_not_equal(ledger_submitted(b, "a\"b\\é"), 0);
}

static void later_answer_replaces_and_undo_restores(void **state)
{
    struct ledger_fixture *b = *state;
    uint64_t first = ledger_put(b, LEDGER_LABEL("t")), second = ledger_put(b, LEDGER_LABEL("t"));
    char undo[64];
    assert_int_equal(ledger_submitted(b, "t"), second);
    assert_int_equal(lw_ledger_totals(b->ledger).done, 1);
    snprintf(undo, sizeof undo, "{'type':'undo','of':%d}", (int)second);
    ledger_put(b, undo);
    assert_int_equal(ledger_submitted(b, "t"), first);
    assert_int_equal(lw_ledger_last(b->ledger)->seq, first);
    ledger_put(b, undo); /* the same again changes nothing */
    assert_int_equal(ledger_submitted(b, "t"), first);
    snprintf(undo, sizeof undo, "{'type':'undo','of':%d}", (int)first);
    ledger_put(b, undo);
    assert_int_equal(ledger_submitted(b, "t"), 0);
    assert_null(lw_ledger_last(b->ledger));
    assert_int_equal(lw_ledger_totals(b->ledger).done, 0);
    uint64_t third = ledger_put(b, LEDGER_LABEL("t"));
    assert_int_equal(ledger_submitted(b, "t"), third);
    assert_int_equal(lw_ledger_of(b->ledger, ledger_key("t"))->before, 0);
}

static void undo_of_a_replaced_answer_is_skipped_later(void **state)
{
    struct ledger_fixture *b = *state;
    uint64_t first = ledger_put(b, LEDGER_LABEL("t")), second = ledger_put(b, LEDGER_LABEL("t")),
             third = ledger_put(b, LEDGER_LABEL("t"));
    char undo[64];
    snprintf(undo, sizeof undo, "{'type':'undo','of':%d}", (int)second);
    ledger_put(b, undo);
    assert_int_equal(ledger_submitted(b, "t"), third);
    snprintf(undo, sizeof undo, "{'type':'undo','of':%d}", (int)third);
    ledger_put(b, undo);
    assert_int_equal(ledger_submitted(b, "t"), first);
}

static void totals_count_done_skipped_and_unsent(void **state)
{
    struct ledger_fixture *b = *state;
    ledger_put(b, "{'type':'sitting','what':'start'}");
    uint64_t first = ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, "{'type':'skip','task':'u','reason':'too long'}");
    ledger_put(b, "{'type':'undo','of':4}");
    struct lw_totals t = lw_ledger_totals(b->ledger);
    assert_int_equal(t.done, 1);
    assert_int_equal(t.skipped, 0);
    assert_int_equal(t.events, 5);
    assert_int_equal(t.unsent, 3);
    ledger_deliver(b, "x", 1, (int)first);
    ledger_put(b, "{'type':'parked','to':'x','of':3}");
    t = lw_ledger_totals(b->ledger);
    assert_int_equal(t.unsent, 2);
    assert_int_equal(t.parked, 1);
    ledger_put(b, "{'type':'skip','task':'t','reason':''}");
    t = lw_ledger_totals(b->ledger);
    assert_int_equal(t.done, 0);
    assert_int_equal(t.skipped, 1);
    assert_int_equal(t.parked, 0); /* a newer label is the submitted one */
}

static void day_sums_what_was_done_then(void **state)
{
    struct ledger_fixture *b = *state;
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, LEDGER_LABEL("u"));
    ledger_put(b, "{'type':'undo','of':4}");
    ledger_put(b, "{'type':'skip','task':'v','reason':''}");
    ledger_put(b, "{'type':'break','wall_ms':60000}");
    struct lw_day d = lw_ledger_day(b->ledger, 0, INT64_MAX);
    assert_int_equal(d.done, 1);
    assert_int_equal(d.replaced, 1);
    assert_int_equal(d.undone, 1);
    assert_int_equal(d.skipped, 1);
    assert_int_equal(d.active_ms, 3000); /* what was undone gave its time on */
    assert_int_equal(d.break_ms, 60000);
    d = lw_ledger_day(b->ledger, 0, 1000);
    assert_int_equal(d.done + d.replaced + d.undone + d.skipped, 0);
}

static void questions_in_force(void **state)
{
    struct ledger_fixture *b = *state;
    const char *hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    assert_string_equal(lw_ledger_questions(b->ledger), "");
    char *body = lw_format("{'type':'questions','sha256':'%s','questions':[]}", hash);
    ledger_put(b, body);
    assert_string_equal(lw_ledger_questions(b->ledger), hash);
    free(body);
}

static void count_entry(void *n, const struct lw_entry *e)
{
    assert_false(e->undone);
    ++*(size_t *)n;
}

static void many_tasks_are_found_again(void **state)
{
    struct ledger_fixture *b = *state;
    for (int i = 0; i < 2000; i++) {
        char body[80];
        snprintf(body, sizeof body, "{'type':'annotate','task':'t%d'}", i % 1500);
        ledger_put(b, body);
    }
    size_t n = 0;
    lw_ledger_each(b->ledger, count_entry, &n);
    assert_int_equal(n, 1500);
    assert_int_equal(ledger_submitted(b, "t0"), 1502);
    assert_int_equal(ledger_submitted(b, "t1499"), 1501);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, ledger_fixture_setup, ledger_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(annotation_is_submitted_with_its_facts),
        T(ids_with_escapes_are_unescaped),
        T(later_answer_replaces_and_undo_restores),
        T(undo_of_a_replaced_answer_is_skipped_later),
        T(totals_count_done_skipped_and_unsent),
        T(day_sums_what_was_done_then),
        T(questions_in_force),
        T(many_tasks_are_found_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
