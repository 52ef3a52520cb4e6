/* Undo: the last answer, then the last label, across restarts too. */
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

static void take_back_undoes_answers_first_and_then_whole_tasks(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 2 Enter 4 3 u");
    answers_are("{\"quality\":{\"a\":4}}");
    app_fixture_press(&p, "u");
    answers_are("{}");
    app_fixture_press(&p, "u");
    assert_string_equal(lw_sitting_view(p.s)->message, "Undo again to reopen task 1.");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    app_fixture_press(&p, "u");
    recorded_is("t1", "-");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t1");
    answers_are("{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
    assert_true(lw_sitting_view(p.s)->draft);
    app_fixture_press(&p, "Enter");
    recorded_is("t1", "{\"clarity\":{\"a\":2},\"quality\":{\"a\":5}}");
}

static void any_other_key_disarms_the_take_back(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter u Tab u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    app_fixture_press(&p, "u");
    recorded_is("t1", "-");
}

static void take_back_goes_on_across_restarts(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter 6 Enter 7 Enter");
    app_fixture_close(&p);
    app_fixture_open(&p);
    app_fixture_press(&p, "u u u u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    recorded_is("t2", "-");
    recorded_is("t3", "-");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    app_fixture_close(&p);
    app_fixture_open(&p);
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    answers_are("{\"quality\":{\"a\":6}}"); /* the draft of what was taken back */
    app_fixture_press(&p, "u u");
    recorded_is("t1", "-");
    app_fixture_press(&p, "u");
    assert_string_equal(lw_sitting_view(p.s)->message, "Nothing to undo.");
}

static void answering_again_replaces_and_taking_back_restores(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter K");
    assert_int_equal(lw_sitting_view(p.s)->state, LW_TASK_DONE);
    answers_are("{\"quality\":{\"a\":5}}");
    assert_false(lw_sitting_view(p.s)->draft);
    app_fixture_press(&p, "3");
    assert_true(lw_sitting_view(p.s)->draft);
    uint64_t replaces = lw_sitting_view(p.s)->replaces;
    app_fixture_press(&p, "Tab S-Tab Enter");
    recorded_is("t1", "{\"quality\":{\"a\":3}}");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t1", 2));
    assert_true(e->seq > replaces && e->before > 0);
    app_fixture_press(&p, "u u");
    recorded_is("t1", "{\"quality\":{\"a\":5}}");
    answers_are("{\"quality\":{\"a\":3}}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(take_back_undoes_answers_first_and_then_whole_tasks),
        TEST(any_other_key_disarms_the_take_back),
        TEST(take_back_goes_on_across_restarts),
        TEST(answering_again_replaces_and_taking_back_restores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
