/* Going from task to task. */
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

static void go_to_takes_a_number_or_an_id(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "^G 3 Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t3");
    app_fixture_press(&p, "^G type:t2 Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    app_fixture_press(&p, "^G type:99 Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t2");
    assert_non_null(strstr(lw_sitting_view(p.s)->message, "No task 99"));
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
        snprintf(first[i], sizeof first[i], "%s", lw_sitting_view(p.s)->task->id);
        in_order += atoi(first[i] + 1) == i;
        app_fixture_press(&p, i < 49 ? "J" : "g");
    }
    assert_true(in_order < 10);
    app_fixture_close(&p);
    app_fixture_open(&p);
    for (int i = 0; i < 50; i++) {
        assert_string_equal(lw_sitting_view(p.s)->task->id, first[i]);
        app_fixture_press(&p, "J");
    }
    lw_buf_fini(&jsonl);
}

static void a_record_that_changed_after_labeling_is_told(void **state)
{
    (void)state;
    begin(RATE, THREE);
    app_fixture_press(&p, "5 Enter");
    app_fixture_close(&p);
    static const char changed[] =
        "{\"id\":\"t1\",\"prompt\":\"other\",\"responses\":[{\"id\":\"a\",\"text\":\"first\"}]}\n"
        "{\"id\":\"t2\",\"prompt\":\"two\",\"responses\":[{\"id\":\"a\",\"text\":\"second\"}]}\n";
    app_fixture_write(&p, "tasks.jsonl", changed, sizeof changed - 1);
    app_fixture_open(&p);
    app_fixture_press(&p, "K");
    assert_int_equal(lw_sitting_view(p.s)->state, LW_TASK_DONE);
    assert_true(lw_sitting_view(p.s)->changed_record);
    assert_true(app_fixture_shows(&p, "saved, record changed"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(go_to_takes_a_number_or_an_id),
        TEST(random_order_is_the_same_at_every_start),
        TEST(a_record_that_changed_after_labeling_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
