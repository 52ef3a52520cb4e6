/* What is sent next, and what each kind of answer leads to. */
#include "fixtures/outbox_fixture.h"

#include <stdlib.h>
#include <string.h>

static int64_t number(json_t *event, const char *name)
{
    int64_t n = json_integer_value(json_object_get(event, name));
    json_decref(event);
    return n;
}

/* ---- when something is due */

static void nothing_is_due_without_a_label(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_other(m);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_NOTHING);
    outbox_fixture_label(m);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_CUT);
}

static void a_batch_and_its_receipt_make_nothing_due(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_labels(m, 3);
    outbox_fixture_ready(m);
    struct lw_send_result d = outbox_fixture_receipt(m);
    outbox_fixture_answer(m, &d);
    assert_int_equal(outbox_fixture_unsent(m), 0);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_NOTHING);
    outbox_fixture_other(m);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_NOTHING);
}

static void what_is_due_for_nobody_rides_along(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_other(m);
    outbox_fixture_label(m);
    outbox_fixture_other(m);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.events, 3);
    assert_int_equal(m->cut.labels, 1);
}

static void skip_and_undo_are_due_too(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_add(m, json_pack("{s:s,s:s,s:s}", "type", "skip", "task", "t", "reason", ""));
    outbox_fixture_add(m, json_pack("{s:s,s:i}", "type", "undo", "of", 1));
    assert_int_equal(outbox_fixture_unsent(m), 2);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.labels, 2);
}

/* ---- how large a batch is */

static void a_batch_has_at_most_500_events(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_labels(m, 501);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.events, 500);
    struct lw_send_result d = outbox_fixture_receipt(m);
    outbox_fixture_answer(m, &d);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.first, 501);
}

static void a_batch_stays_under_a_mebibyte(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_large(m, LW_BATCH_BYTES / 2);
    outbox_fixture_large(m, LW_BATCH_BYTES / 2);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.events, 1);
}

static void a_larger_event_travels_alone(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_label(m);
    outbox_fixture_large(m, 3 * LW_BATCH_BYTES);
    outbox_fixture_label(m);
    for (int i = 0; i < 3; i++) {
        outbox_fixture_ready(m);
        assert_int_equal(m->cut.first, i + 1);
        if (i < 2) /* with the last one the receipts before it ride along */
            assert_int_equal(m->cut.events, 1);
        struct lw_send_result d = outbox_fixture_receipt(m);
        outbox_fixture_answer(m, &d);
    }
    assert_int_equal(outbox_fixture_unsent(m), 0);
}

/* ---- the batch in the post */

static void a_crash_sends_the_same_batch_again(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_labels(m, 5);
    outbox_fixture_cut(m);
    outbox_fixture_labels(m, 5);
    outbox_fixture_crash(m);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_SEND);
    outbox_fixture_load(m); /* checks the hash */
    assert_int_equal(m->cut.events, 5);
}

static void the_receipt_says_which_batch_and_how_many(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_other(m);
    outbox_fixture_labels(m, 2);
    outbox_fixture_ready(m);
    struct lw_send_result d = outbox_fixture_receipt(m);
    d.accepted = 1;
    d.duplicates = 2;
    outbox_fixture_answer(m, &d);
    json_t *e = outbox_fixture_last(m, LW_EV_RECEIPT);
    assert_string_equal(json_string_value(json_object_get(e, "to")), OUTBOX_FIXTURE_TO);
    assert_string_equal(json_string_value(json_object_get(e, "sha256")), m->sha256);
    assert_int_equal(json_integer_value(json_object_get(e, "first")), 1);
    assert_int_equal(json_integer_value(json_object_get(e, "last")), 3);
    assert_int_equal(json_integer_value(json_object_get(e, "labels")), 2);
    assert_int_equal(json_integer_value(json_object_get(e, "accepted")), 1);
    assert_int_equal(number(e, "duplicates"), 2);
}

/* ---- receipts that are none */

static void is_no_receipt(struct outbox_fixture *m, const struct lw_send_result *d)
{
    outbox_fixture_answer(m, d);
    assert_int_equal(outbox_fixture_count(m, LW_EV_RECEIPT), 0);
    assert_int_equal(m->box.outcome, LW_SEND_AGAIN);
    assert_true(m->box.text[0] != '\0');
    m->now = m->box.not_before;
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_SEND);
    outbox_fixture_load(m);
}

static void only_a_receipt_that_adds_up_counts(void **state)
{
    struct outbox_fixture *m = *state;
    struct lw_refusal r[3] = {{2, "no", "no"}, {2, "no", "no"}, {99, "no", "no"}};
    outbox_fixture_labels(m, 4);
    outbox_fixture_ready(m);
    struct lw_send_result good = outbox_fixture_receipt(m), d = good;
    d.batch[0] = d.batch[0] == '0' ? '1' : '0';
    is_no_receipt(m, &d);
    d = good;
    d.batch[0] = '\0';
    is_no_receipt(m, &d);
    d = good;
    d.accepted = 3;
    is_no_receipt(m, &d);
    d.accepted = 5;
    is_no_receipt(m, &d);
    d.accepted = d.duplicates = UINT64_MAX;
    is_no_receipt(m, &d);
    d.accepted = UINT64_MAX, d.duplicates = 5;
    is_no_receipt(m, &d);
    d.accepted = 2, d.duplicates = 0;
    d.rejected = r, d.nrejected = 2; /* the same event twice */
    is_no_receipt(m, &d);
    d.accepted = 3;
    d.rejected = r + 2, d.nrejected = 1; /* not in the batch */
    is_no_receipt(m, &d);
    outbox_fixture_answer(m, &good);
    assert_int_equal(outbox_fixture_count(m, LW_EV_RECEIPT), 1);
    assert_int_equal(m->box.text[0], '\0');
}

/* ---- parked events */

static void reject(
    struct outbox_fixture *m, enum lw_send_outcome outcome, struct lw_refusal *r, size_t n)
{
    struct lw_send_result d = outbox_fixture_receipt(m);
    d.outcome = outcome;
    d.accepted -= n;
    d.rejected = r;
    d.nrejected = n;
    outbox_fixture_answer(m, &d);
}

static void a_receipt_parks_what_it_rejects(void **state)
{
    struct outbox_fixture *m = *state;
    struct lw_refusal r = {2, "unknown_task", "Who is t1?"};
    outbox_fixture_labels(m, 3);
    outbox_fixture_ready(m);
    reject(m, LW_SEND_SENT, &r, 1);
    assert_int_equal(outbox_fixture_parked(m), 1);
    assert_int_equal(outbox_fixture_unsent(m), 0);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_NOTHING);
    json_t *e = outbox_fixture_last(m, LW_EV_PARKED);
    assert_string_equal(json_string_value(json_object_get(e, "code")), "unknown_task");
    assert_string_equal(json_string_value(json_object_get(e, "message")), "Who is t1?");
    assert_int_equal(number(e, "of"), 2);
}

static void a_refusal_parks_what_it_lists_and_sends_the_rest(void **state)
{
    struct outbox_fixture *m = *state;
    struct lw_refusal r[] = {{2, "a", "b"}, {4, "a", "b"}};
    outbox_fixture_labels(m, 5);
    outbox_fixture_ready(m);
    reject(m, LW_SEND_REFUSED, r, 2);
    assert_int_equal(outbox_fixture_count(m, LW_EV_RECEIPT), 0);
    const uint64_t rest[] = {1, 3, 5};
    for (size_t i = 0; i < 3; i++) {
        outbox_fixture_ready(m);
        assert_int_equal(m->cut.first, rest[i]);
        if (i < 2) /* between refused ones; the last batch has more, riding along */
            assert_int_equal(m->cut.events, 1);
        struct lw_send_result d = outbox_fixture_receipt(m);
        outbox_fixture_answer(m, &d);
    }
    assert_int_equal(outbox_fixture_unsent(m), 0);
    assert_int_equal(outbox_fixture_parked(m), 2);
}

static void a_new_label_mends_what_is_parked(void **state)
{
    struct outbox_fixture *m = *state;
    struct lw_refusal r = {1, "a", "b"};
    outbox_fixture_label(m);
    outbox_fixture_ready(m);
    reject(m, LW_SEND_SENT, &r, 1);
    assert_int_equal(outbox_fixture_parked(m), 1);
    outbox_fixture_add(m, json_pack("{s:s,s:s}", "type", "annotate", "task", "t0"));
    assert_int_equal(outbox_fixture_parked(m), 0);
    assert_int_equal(outbox_fixture_unsent(m), 1);
}

static void resend_sends_what_is_parked(void **state)
{
    struct outbox_fixture *m = *state;
    struct lw_refusal r[] = {{2, "a", "b"}, {3, "a", "b"}, {5, "a", "b"}};
    outbox_fixture_labels(m, 6);
    outbox_fixture_ready(m);
    reject(m, LW_SEND_SENT, r, 3);
    outbox_fixture_add(m, lw_event_resend(OUTBOX_FIXTURE_TO));
    assert_int_equal(outbox_fixture_unsent(m), 3);
    assert_int_equal(outbox_fixture_parked(m), 0);
    outbox_fixture_crash(m);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.first, 2);
    assert_int_equal(m->cut.last, 3);
    reject(m, LW_SEND_SENT, r, 1); /* still no good */
    outbox_fixture_crash(m);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.first, 5);
    assert_int_equal(m->cut.last, 5);
    struct lw_send_result d = outbox_fixture_receipt(m);
    outbox_fixture_answer(m, &d);
    assert_int_equal(outbox_fixture_unsent(m), 0);
    assert_int_equal(outbox_fixture_parked(m), 1);
    assert_int_equal(outbox_fixture_post(m)->sent, 6);
}

/* ---- halving */

/* A receiver that refuses every batch with event 7 in it. */
static unsigned send_all_but_7(struct outbox_fixture *m, enum lw_send_outcome outcome)
{
    unsigned tries = 0;
    while (outbox_fixture_action(m) != LW_OUTBOX_NOTHING) {
        assert_true(++tries < 100);
        outbox_fixture_ready(m);
        if (m->cut.first <= 7 && m->cut.last >= 7) {
            outbox_fixture_outcome(m, outcome);
        } else {
            struct lw_send_result d = outbox_fixture_receipt(m);
            outbox_fixture_answer(m, &d);
        }
    }
    return tries;
}

static void refusals_halve_until_the_culprit_is_alone(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_labels(m, 400);
    unsigned tries = send_all_but_7(m, LW_SEND_REFUSED);
    assert_in_range(tries, 5, 40);
    assert_int_equal(outbox_fixture_parked(m), 1);
    assert_int_equal(number(outbox_fixture_last(m, LW_EV_PARKED), "of"), 7);
    assert_int_equal(m->box.most_events, LW_BATCH_MAX); /* and grows again */
}

static void too_large_halves_the_bytes_for_good(void **state)
{
    struct outbox_fixture *m = *state;
    for (int i = 0; i < 16; i++)
        outbox_fixture_large(m, 60000);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.events, 16);
    outbox_fixture_outcome(m, LW_SEND_TOO_LARGE);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.events, 7); /* under a half */
    struct lw_send_result d = outbox_fixture_receipt(m);
    outbox_fixture_answer(m, &d);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.events, 7);
}

static void a_single_event_that_is_too_large_is_parked(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_large(m, 60000);
    outbox_fixture_ready(m);
    outbox_fixture_outcome(m, LW_SEND_TOO_LARGE);
    assert_int_equal(outbox_fixture_parked(m), 1);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_NOTHING);
    outbox_fixture_crash(m);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_NOTHING);
}

static void an_endpoint_that_refuses_everything_is_asked_no_more(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_labels(m, 300);
    unsigned tries = 0;
    while (outbox_fixture_action(m) != LW_OUTBOX_STOPPED) {
        assert_true(++tries < 100);
        outbox_fixture_ready(m);
        outbox_fixture_outcome(m, LW_SEND_REFUSED);
    }
    assert_int_equal(outbox_fixture_parked(m), LW_CULPRITS_MAX);
    lw_outbox_retry_now(&m->box);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_CUT);
}

/* ---- what stops it, what makes it wait */

static void stops(struct outbox_fixture *m, enum lw_send_outcome outcome)
{
    lw_outbox_retry_now(&m->box);
    outbox_fixture_ready(m);
    outbox_fixture_outcome(m, outcome);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_STOPPED);
    m->now += 24 * 3600 * 1000;
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_STOPPED);
    assert_string_equal(m->box.text, "It said no.");
}

static void login_configuration_and_fork_stop_until_asked(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_labels(m, 3);
    stops(m, LW_SEND_LOGIN);
    stops(m, LW_SEND_CONFIG);
    stops(m, LW_SEND_FORK);
    assert_int_equal(outbox_fixture_unsent(m), 3);
    assert_int_equal(outbox_fixture_parked(m), 0);
}

/* The longest that this many failures may make it wait. */
static int64_t bound(unsigned failures)
{
    int64_t ms = 1000;
    while (failures-- > 1 && ms < 300000)
        ms *= 2;
    return ms < 300000 ? ms : 300000;
}

static void failures_wait_with_full_jitter_up_to_five_minutes(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_label(m);
    outbox_fixture_ready(m);
    for (unsigned i = 1; i <= 20; i++) {
        m->chance = (uint64_t)bound(i); /* the most of its range */
        outbox_fixture_outcome(m, i % 2 ? LW_SEND_OFFLINE : LW_SEND_AGAIN);
        assert_int_equal(m->box.not_before - m->now, bound(i));
        assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_WAIT);
        m->now = m->box.not_before;
        assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_SEND);
    }
    m->chance = 0;
    outbox_fixture_outcome(m, LW_SEND_AGAIN);
    assert_int_equal(m->box.not_before, m->now);
    struct lw_send_result d = outbox_fixture_receipt(m);
    outbox_fixture_answer(m, &d);
    assert_int_equal(m->box.attempts, 0);
}

static void errors_of_the_server_that_last_are_counted(void **state)
{
    struct outbox_fixture *m = *state;
    struct lw_send_result d = {
        .outcome = LW_SEND_AGAIN, .wait_ms = -1, .trouble = true, .text = "No\nroom"};
    outbox_fixture_label(m);
    outbox_fixture_ready(m);
    for (unsigned i = 1; i <= LW_TROUBLES_TOLD; i++) {
        outbox_fixture_answer(m, &d);
        assert_int_equal(m->box.troubles, i);
    }
    assert_string_equal(m->box.text, "No^Jroom");
    outbox_fixture_outcome(m, LW_SEND_OFFLINE);
    assert_int_equal(m->box.troubles, 0);
}

static void retry_after_is_the_least_it_waits(void **state)
{
    struct outbox_fixture *m = *state;
    struct lw_send_result d = {.outcome = LW_SEND_AGAIN, .wait_ms = 3600 * 1000};
    outbox_fixture_label(m);
    outbox_fixture_ready(m);
    outbox_fixture_answer(m, &d);
    assert_int_equal(m->box.not_before - m->now, 3600 * 1000);
    lw_outbox_retry_now(&m->box); /* S */
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_SEND);
}

static void conflict_goes_back_but_never_ahead(void **state)
{
    struct outbox_fixture *m = *state;
    outbox_fixture_labels(m, 4);
    outbox_fixture_ready(m);
    struct lw_send_result d = outbox_fixture_receipt(m),
                          conflict = {.outcome = LW_SEND_CONFLICT, .wait_ms = -1};
    outbox_fixture_answer(m, &d);
    outbox_fixture_labels(m, 2);
    outbox_fixture_ready(m);
    uint64_t first = m->cut.first;
    conflict.expected_seq = m->cut.last + 1; /* it says that it has them: no receipt says so */
    outbox_fixture_answer(m, &conflict);
    m->now = m->box.not_before;
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.first, first);
    conflict.expected_seq = 3; /* it has lost some */
    outbox_fixture_answer(m, &conflict);
    m->now = m->box.not_before;
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_CUT);
    outbox_fixture_ready(m);
    assert_int_equal(m->cut.first, 3);
    assert_int_equal(outbox_fixture_unsent(m), 4);
    outbox_fixture_crash(m);
    assert_int_equal(outbox_fixture_action(m), LW_OUTBOX_SEND);
    assert_int_equal(outbox_fixture_post(m)->batch.first, 3);
}

#define T(test) cmocka_unit_test_setup_teardown(test, outbox_fixture_setup, outbox_fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(nothing_is_due_without_a_label),
        T(a_batch_and_its_receipt_make_nothing_due),
        T(what_is_due_for_nobody_rides_along),
        T(skip_and_undo_are_due_too),
        T(a_batch_has_at_most_500_events),
        T(a_batch_stays_under_a_mebibyte),
        T(a_larger_event_travels_alone),
        T(a_crash_sends_the_same_batch_again),
        T(the_receipt_says_which_batch_and_how_many),
        T(only_a_receipt_that_adds_up_counts),
        T(a_receipt_parks_what_it_rejects),
        T(a_refusal_parks_what_it_lists_and_sends_the_rest),
        T(a_new_label_mends_what_is_parked),
        T(resend_sends_what_is_parked),
        T(refusals_halve_until_the_culprit_is_alone),
        T(too_large_halves_the_bytes_for_good),
        T(a_single_event_that_is_too_large_is_parked),
        T(an_endpoint_that_refuses_everything_is_asked_no_more),
        T(login_configuration_and_fork_stop_until_asked),
        T(failures_wait_with_full_jitter_up_to_five_minutes),
        T(errors_of_the_server_that_last_are_counted),
        T(retry_after_is_the_least_it_waits),
        T(conflict_goes_back_but_never_ahead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
