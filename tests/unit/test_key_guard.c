/* Keys that were meant for something else never become answers: those just after a new task, and
 * pasted text. */
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(digits_are_ignored_just_after_a_new_task),
        TEST(pasted_text_never_becomes_answers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
