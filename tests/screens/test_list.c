/* The task list: finding a label of yesterday and changing it. */
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

static const char yaml[] = "labelwright: 1\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, on: response, required: true}\n"
                           "  - {name: note, type: text}\n";

static struct place p;

static void begin(int tasks)
{
    struct lw_buf b = {0};
    for (int i = 1; i <= tasks; i++)
        lw_buf_fmt(&b,
            "{\"id\":\"t%d\",\"prompt\":\"Question %d about %s\",\"response\":\"Reply %d\"}\n", i,
            i, i == 7 ? "Ostriches" : "birds", i);
    place_make(&p, yaml, b.data);
    place_open(&p);
    lw_buf_fini(&b);
}

static int end(void **state)
{
    (void)state;
    place_close(&p);
    place_remove(&p);
    return 0;
}

static void work(void)
{
    while (lw_desk_work(&p.desk)) {
    }
}

static void yesterdays_mistake_is_found_and_mended(void **state)
{
    (void)state;
    begin(40);
    for (int i = 0; i < 12; i++)
        place_press(&p, "4 Enter");
    place_press(&p, "wait:86400000 a / type:ostrich");
    work();
    assert_true(place_shows(&p, ">       7  done     yest. 12:00"));
    place_press(&p, "Enter");
    assert_string_equal(p.s->task->id, "t7");
    assert_int_equal(p.s->standing, LW_STANDS_DONE);
    place_press(&p, "2 Enter");
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint("t7", 2));
    assert_true(e->before > 0); /* the old one stays in the journal */
    place_press(&p, "a g");
    assert_true(place_shows(&p, "Quality 2"));
}

static void enter_waits_for_what_is_still_looked_for(void **state)
{
    (void)state;
    begin(2000);
    place_press(&p, "a / type:t1999 Enter");
    assert_true(p.desk.over == LW_OVER_LIST);
    work();
    assert_true(p.desk.over == LW_OVER_NONE);
    assert_string_equal(p.s->task->id, "t1999");
    place_press(&p, "a / type:nowhere Enter");
    work();
    assert_true(p.desk.over == LW_OVER_LIST);
    assert_true(place_shows(&p, "\"nowhere\" is in no task from here on."));
}

static void keys_stop_the_looking(void **state)
{
    (void)state;
    begin(2000);
    place_press(&p, "a / type:t1999 Esc");
    assert_false(lw_desk_works(&p.desk));
    place_press(&p, "j a");
    assert_true(p.desk.over == LW_OVER_NONE);
}

static void filters_show_only_what_is_so(void **state)
{
    (void)state;
    begin(30);
    place_press(&p, "4 Enter s type:dull Enter 5 Enter 3 a");
    assert_true(place_shows(&p, "draft"));
    place_press(&p, "Tab"); /* still to label */
    assert_true(place_shows(&p, "Question 5"));
    assert_false(place_shows(&p, "Question 1 "));
    place_press(&p, "Tab"); /* done */
    assert_true(place_shows(&p, "Question 3"));
    assert_false(place_shows(&p, "Question 2 "));
    place_press(&p, "Tab"); /* skipped */
    assert_true(place_shows(&p, "\"dull\""));
    assert_int_equal(p.desk.list.nlines, 1);
    place_press(&p, "Enter");
    assert_string_equal(p.s->task->id, "t2");
}

static void the_curtain_hides_texts_here_too(void **state)
{
    (void)state;
    static const char grim[] = "labelwright: 1\n"
                               "tasks: [tasks.jsonl]\n"
                               "curtain: [grim]\n"
                               "questions: [{name: quality, type: rating}]\n";
    place_make(&p, grim, "{\"id\":\"a\",\"prompt\":\"the hidden text\",\"tags\":[\"grim\"]}\n");
    place_open(&p);
    place_press(&p, "a");
    assert_true(place_shows(&p, "behind the curtain"));
    assert_false(place_shows(&p, "hidden text"));
}

static void moving_reaches_every_line(void **state)
{
    (void)state;
    begin(100);
    place_press(&p, "a");
    for (size_t i = 0; i < 99; i++) {
        assert_int_equal(p.desk.list.line[p.desk.list.at].nth, i);
        place_press(&p, "j");
    }
    place_press(&p, "j G");
    assert_int_equal(p.desk.list.line[p.desk.list.at].nth, 99);
    for (size_t i = 99; i > 0; i--) {
        assert_int_equal(p.desk.list.line[p.desk.list.at].nth, i);
        place_press(&p, "k");
    }
    place_press(&p, "k Space Space b b b b g");
    assert_int_equal(p.desk.list.line[p.desk.list.at].nth, 0);
    place_press(&p, "G");
    lw_desk_resize(&p.desk, 40, 140);
    place_screen(&p);
    assert_int_equal(p.desk.list.line[p.desk.list.at].nth, 99);
}

#define TEST(name) cmocka_unit_test_teardown(name, end)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(yesterdays_mistake_is_found_and_mended),
        TEST(enter_waits_for_what_is_still_looked_for),
        TEST(keys_stop_the_looking),
        TEST(filters_show_only_what_is_so),
        TEST(the_curtain_hides_texts_here_too),
        TEST(moving_reaches_every_line),
    };
    setenv("TZ", "UTC", 1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
