/* What is on its way to a target, what has arrived there, and what is still to be sent. */
#define _GNU_SOURCE
#include "fixtures/ledger_fixture.h"

#define NO_SUM "ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

static void unsent_is_of_the_target_that_lacks_most(void **state)
{
    struct ledger_fixture *b = *state;
    static const char *const both[] = {"x", "y"};
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, LEDGER_LABEL("u"));
    ledger_deliver(b, "x", 1, 3);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 0); /* nobody else is known */
    lw_ledger_set_targets(b->ledger, both, 2);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 2);
    ledger_deliver(b, "y", 1, 2);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 1);
    lw_ledger_set_targets(b->ledger, both, 1);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 0);
}

static void a_batch_is_on_its_way_until_its_receipt(void **state)
{
    struct ledger_fixture *b = *state;
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, "{'type':'batch','to':'x','first':1,'last':2,'sha256':'" LEDGER_SUM "'}");
    const struct lw_delivery *p = lw_ledger_delivery(b->ledger, "x");
    assert_int_equal(p->batch.first, 1);
    assert_int_equal(p->batch.last, 2);
    assert_string_equal(p->batch.sha256, LEDGER_SUM);
    assert_int_equal(lw_ledger_unsent(b->ledger, p), 1);
    ledger_put(b, "{'type':'receipt','to':'x','first':1,'last':2,'sha256':'" LEDGER_SUM "'}");
    p = lw_ledger_delivery(b->ledger, "x");
    assert_int_equal(p->batch.first, 0);
    assert_int_equal(p->sent, 2);
    assert_int_equal(lw_ledger_unsent(b->ledger, p), 0);
    assert_int_equal(lw_ledger_delivery(b->ledger, "nobody")->sent, 0);
}

static void a_receipt_counts_only_for_the_batch_before_it(void **state)
{
    struct ledger_fixture *b = *state;
    static const char *const forged[] = {
        "{'type':'receipt','to':'x','first':1,'last':1000000}",
        "{'type':'receipt','to':'x','first':1,'last':1000000,'sha256':'" LEDGER_SUM "'}",
        "{'type':'batch','to':'x','first':1,'last':1000000,'sha256':'" LEDGER_SUM "'}",
        "{'type':'receipt','to':'x','first':1,'last':1000000,'sha256':'" LEDGER_SUM "'}",
        "{'type':'batch','to':'x','first':1,'last':2,'sha256':'" LEDGER_SUM "'}",
        "{'type':'receipt','to':'x','first':1,'last':2}",
        "{'type':'receipt','to':'x','first':1,'last':3,'sha256':'" LEDGER_SUM "'}",
        "{'type':'receipt','to':'x','first':2,'last':2,'sha256':'" LEDGER_SUM "'}",
        "{'type':'receipt','to':'y','first':1,'last':2,'sha256':'" LEDGER_SUM "'}",
        "{'type':'receipt','to':'x','first':1,'last':2,'sha256':'" NO_SUM "'}",
    };
    ledger_put(b, LEDGER_LABEL("t"));
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++) {
        ledger_put(b, forged[i]);
        assert_int_equal(lw_ledger_delivery(b->ledger, "x")->sent, 0);
        assert_int_equal(lw_ledger_totals(b->ledger).unsent, 1);
    }
    ledger_put(b, "{'type':'parked','to':'x','of':2}"); /* what was refused of it is told before */
    ledger_put(b, "{'type':'receipt','to':'x','first':1,'last':2,'sha256':'" LEDGER_SUM "'}");
    assert_int_equal(lw_ledger_delivery(b->ledger, "x")->sent, 2);
    ledger_put(b, LEDGER_LABEL("u"));
    assert_int_equal(lw_ledger_unsent(b->ledger, lw_ledger_delivery(b->ledger, "x")), 1);
}

static void events_for_targets_that_say_nothing_are_passed_over(void **state)
{
    struct ledger_fixture *b = *state;
    ledger_put(b, LEDGER_LABEL("t"));
    ledger_put(b, "{'type':'batch','to':'x','first':2,'last':1,'sha256':'" LEDGER_SUM "'}");
    ledger_put(b, "{'type':'batch','to':'x','first':1,'last':2,'sha256':'00'}");
    ledger_put(b, "{'type':'batch','first':1,'last':2,'sha256':'" LEDGER_SUM "'}");
    ledger_put(b, "{'type':'receipt','first':1,'last':2}");
    ledger_put(b, "{'type':'parked','of':2}");
    ledger_put(b, "{'type':'parked','to':'x'}");
    ledger_put(b, "{'type':'resend'}");
    assert_int_equal(lw_ledger_delivery(b->ledger, "x")->batch.first, 0);
    assert_int_equal(lw_ledger_totals(b->ledger).unsent, 1);
    assert_int_equal(lw_ledger_totals(b->ledger).parked, 0);
}

int main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, ledger_fixture_setup, ledger_fixture_teardown)
    const struct CMUnitTest tests[] = {
        T(unsent_is_of_the_target_that_lacks_most),
        T(a_batch_is_on_its_way_until_its_receipt),
        T(a_receipt_counts_only_for_the_batch_before_it),
        T(events_for_targets_that_say_nothing_are_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
