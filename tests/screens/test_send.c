/* Sending, seen on the screen: what the status line says, S, the page of what was refused, leaving.
 * The target is a folder: nothing here needs a network. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static const char yaml[] = "labelwright: 1\n"
                           "tasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, required: true}\n"
                           "sync: {to: \"file:outbox/\"}\n";

static const char jsonl[] = "{\"id\":\"t1\",\"prompt\":\"One\",\"response\":\"Eins\"}\n"
                            "{\"id\":\"t2\",\"prompt\":\"Two\",\"response\":\"Zwei\"}\n"
                            "{\"id\":\"t3\",\"prompt\":\"Three\",\"response\":\"Drei\"}\n";

static struct app_fixture p;

static int begin(void **state)
{
    (void)state;
    app_fixture_make(&p, yaml, jsonl);
    app_fixture_open(&p);
    return 0;
}

static int end(void **state)
{
    (void)state;
    app_fixture_end(&p);
    return 0;
}

/* What the endpoint would have refused: the task's newest label. */
static void refuse(const char *task, const char *code, const char *message)
{
    const struct lw_entry *e = lw_ledger_of(p.w.ledger, lw_fingerprint(task, strlen(task)));
    assert_non_null(e);
    json_t *body = json_pack("{s:s,s:s,s:I,s:s,s:s}", "type", "parked", "to", "file:outbox/", "of",
        (json_int_t)e->seq, "code", code, "message", message);
    struct lw_event event;
    struct lw_err err = {0};
    assert_int_equal(lw_journal_append(p.w.journal, &body, 1, &event, &err), LW_OK);
    lw_ledger_fold(p.w.ledger, &event);
    json_decref(body);
}

static void labels_wait_for_others_and_go_when_asked(void **state)
{
    (void)state;
    assert_true(app_fixture_shows(&p, "nothing to send"));
    app_fixture_press(&p, "4 Enter send: 5 Enter send:");
    assert_true(app_fixture_shows(&p, "2 to send"));
    app_fixture_press(&p, "S");
    assert_true(app_fixture_shows(&p, "Sending 2 labels."));
    assert_true(app_fixture_shows(&p, "sending 0 of 2"));
    app_fixture_press(&p, "send:");
    assert_true(app_fixture_shows(&p, "Sent 2 labels."));
    assert_true(app_fixture_shows(&p, "all sent"));
    app_fixture_press(&p, "S");
    assert_true(app_fixture_shows(&p, "Nothing to send."));
}

static void labels_go_by_themselves_after_a_while(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter send: wait:10001 send:");
    assert_true(app_fixture_shows(&p, "all sent"));
}

static void what_is_taken_back_is_sent_too(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter S send: u u");
    assert_true(app_fixture_shows(&p, "1 to send"));
    app_fixture_press(&p, "S send:");
    assert_true(app_fixture_shows(&p, "nothing to send"));
}

static void s_shows_what_was_refused_and_why(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter 5 Enter S send:");
    refuse("t2", "too_low", "Five is not \x1b[31mallowed\x1b[0m here.");
    assert_true(app_fixture_shows(&p, "1 refused: press S"));
    app_fixture_press(&p, "S");
    assert_true(app_fixture_shows(&p, "REFUSED (kept here)"));
    assert_true(app_fixture_shows(&p, "too_low: Five is not ^[[31mallowed^[[0m here."));
    assert_true(app_fixture_shows(&p, "0 to send, 1 refused"));
    assert_true(app_fixture_shows(&p, "      1 refused"));
    assert_true(app_fixture_shows(&p, "file:outbox/"));
}

static void the_list_finds_what_was_refused(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter 5 Enter S send:");
    refuse("t2", "too_low", "Five is not allowed here.");
    app_fixture_press(&p, "a = type:parked Enter");
    while (lw_app_has_work(&p.app))
        lw_app_work(&p.app);
    assert_true(app_fixture_shows(&p, "TASKS: refused"));
    assert_true(app_fixture_shows(&p, "1 task"));
    assert_true(app_fixture_shows(&p, "  2  done"));
    assert_false(app_fixture_shows(&p, "      1  done"));
}

static void a_refused_label_is_mended_and_goes(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter 5 Enter S send:");
    refuse("t1", "too_low", "Four is too low.");
    app_fixture_press(&p, "S Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t1");
    app_fixture_press(&p, "wait:1000 5 Enter S send:");
    assert_true(app_fixture_shows(&p, "all sent"));
    assert_int_equal(lw_ledger_totals(p.w.ledger).parked, 0);
}

static void what_was_refused_can_go_again(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter S send:");
    refuse("t1", "busy", "Not now.");
    app_fixture_press(&p, "S r");
    assert_true(app_fixture_shows(&p, "Resending refused labels: 1."));
    assert_false(app_fixture_shows(&p, "REFUSED"));
    app_fixture_press(&p, "send:");
    assert_int_equal(lw_ledger_totals(p.w.ledger).parked, 0);
    app_fixture_press(&p, "q");
    assert_true(app_fixture_shows(&p, "all sent"));
}

static void many_refused_scroll(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter 5 Enter 3 Enter S send:");
    for (int i = 0; i < 3; i++)
        refuse((const char *[]){"t1", "t2", "t3"}[i], "no",
            (const char *[]){"One.", "Two.", "Three."}[i]);
    p.app.over = LW_OVERLAY_NONE;
    lw_app_resize(&p.app, LW_MIN_ROWS, 80);
    app_fixture_press(&p, "S j j");
    assert_true(app_fixture_shows(&p, "Three."));
    app_fixture_press(&p, "Enter");
    assert_string_equal(lw_sitting_view(p.s)->task->id, "t3");
}

/* Why a label was refused is a sentence of somebody else's: the column may be too narrow. */
static void the_marked_refusal_is_shown_whole(void **state)
{
    (void)state;
    app_fixture_press(&p, "5 Enter 4 Enter");
    refuse("t1", "too_low", "Short.");
    refuse("t2", "too_low",
        "This project takes only ratings from one to three for tasks whose answer is not in the "
        "language of the prompt, as page seven of the guidelines says.");
    app_fixture_press(&p, "S");
    assert_false(app_fixture_shows(&p, "guidelines"));
    app_fixture_press(&p, "Down");
    assert_true(app_fixture_shows(&p, "t2: too_low: This project takes only ratings from one"));
    assert_true(
        app_fixture_shows(&p, "answer is not in the language of the prompt, as page seven"));
    assert_true(app_fixture_shows(&p, "REFUSED"));
}

static void leaving_waits_for_what_can_go(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter q");
    assert_true(app_fixture_shows(&p, "Sending    1 to send"));
    assert_true(app_fixture_shows(&p, "S send now"));
    app_fixture_press(&p, "Enter");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_NONE);
    assert_int_equal(lw_app_leaving_ms(&p.app), 5000);
    assert_true(app_fixture_shows(&p, "leave now, send later"));
    app_fixture_press(&p, "send:");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_LEAVE);
    assert_true(app_fixture_shows(&p, "all sent"));
}

static void leaving_does_not_wait_for_ever(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter q Enter wait:5000");
    lw_app_sync_changed(&p.app);
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_LEAVE);
}

static void any_key_ends_the_wait(void **state)
{
    (void)state;
    app_fixture_press(&p, "4 Enter q Enter x");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_LEAVE);
}

static void with_all_sent_leaving_is_at_once(void **state)
{
    (void)state;
    app_fixture_press(&p, "q Enter");
    assert_int_equal(lw_app_action(&p.app), LW_ACTION_LEAVE);
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
    const struct CMUnitTest tests[] = {
        TEST(labels_wait_for_others_and_go_when_asked),
        TEST(labels_go_by_themselves_after_a_while),
        TEST(what_is_taken_back_is_sent_too),
        TEST(s_shows_what_was_refused_and_why),
        TEST(the_list_finds_what_was_refused),
        TEST(a_refused_label_is_mended_and_goes),
        TEST(what_was_refused_can_go_again),
        TEST(many_refused_scroll),
        TEST(the_marked_refusal_is_shown_whole),
        TEST(leaving_waits_for_what_can_go),
        TEST(leaving_does_not_wait_for_ever),
        TEST(any_key_ends_the_wait),
        TEST(with_all_sent_leaving_is_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
