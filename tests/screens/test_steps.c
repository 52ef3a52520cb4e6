/* Grading steps: what was said before is not shown, giving up asks why, and thousands of steps
 * cost a key no more than their number. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "fixtures/app_fixture.h"

static struct app_fixture p;

static size_t labeled(void)
{
    return (size_t)lw_ledger_totals(p.w.ledger).done;
}

/* ---- former labels */

/* Every label in it is 4711 or SEEN. */
static const char former[] =
    "{\"labeler\":\"SEEN\",\"timestamp\":\"SEEN\",\"generation\":4711,\"question\":{\"problem\":"
    "\"What is 2 + 2?\",\"ground_truth_answer\":\"4\",\"pre_generated_steps\":[\"Two and two.\","
    "\"So five.\",\"# Answer\"],\"pre_generated_verifier_score\":4711},\"label\":{\"steps\":["
    "{\"completions\":[{\"text\":\"Two and two.\",\"rating\":4711,\"flagged\":\"SEEN\"}],"
    "\"human_completion\":\"SEEN\",\"chosen_completion\":0},{\"completions\":[{\"text\":"
    "\"So five.\",\"rating\":4711,\"flagged\":\"SEEN\"},{\"text\":\"So four.\",\"rating\":4711}],"
    "\"human_completion\":{\"text\":\"SEEN\",\"rating\":4711},\"chosen_completion\":1}],"
    "\"total_time\":4711,\"finish_reason\":\"SEEN\"}}\n";

static void nothing_said_before_is_shown(void **state)
{
    (void)state;
    static const char *const keys[] = {"x", "3", "k", "Space", "G", "?", "Esc", "F2", "Esc", "a",
        "=", "Esc", "/ type:SEE", "Esc", "a", "3", "e", "Esc", "Tab", "m", "Esc", "n", "p"};
    app_fixture_make(&p, "", "");
    app_fixture_write(&p, "old.jsonl", former, strlen(former));
    snprintf(p.path, sizeof p.path, "%s/old.jsonl", p.dir);
    app_fixture_open(&p);
    bool read = false;
    for (int cols = 80; cols <= 140; cols += 60)
        for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
            lw_app_resize(&p.app, cols == 80 ? 24 : 40, cols);
            app_fixture_press(&p, keys[i]);
            const char *screen = app_fixture_screen(&p);
            read = read || strstr(screen, "So four.");
            if (strstr(screen, "4711") || strstr(screen, "SEEN"))
                fail_msg("after %s:\n%s", keys[i], screen);
        }
    assert_true(read);
    app_fixture_end(&p);
}

/* ---- giving up */

static void giving_up_asks_why(void **state)
{
    (void)state;
    static const char solution[] = "{\"input\":\"2 + 2 =\",\"steps\":[\"Four.\"]}\n";
    app_fixture_make(&p, "", "");
    app_fixture_write(&p, "s.jsonl", solution, strlen(solution));
    snprintf(p.path, sizeof p.path, "%s/s.jsonl", p.dir);
    app_fixture_open(&p);
    app_fixture_press(&p, "x 3");
    assert_false(app_fixture_shows(&p, "Note* –"));
    app_fixture_press(&p, "4 Enter");
    assert_true(app_fixture_shows(&p, "Note* –"));
    assert_true(app_fixture_shows(&p, "Note is not answered yet."));
    assert_int_equal(labeled(), 0);
    app_fixture_press(&p, "Space type:no_idea Enter Enter");
    assert_int_equal(labeled(), 1);
    app_fixture_end(&p);
}

/* ---- very many */

static const char many_yaml[] =
    "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
    "  - {name: verdict, type: choice, on: step, required: true, stop_after: [bad],\n"
    "     options: [{value: bad}, {value: neutral}, {value: good}, {value: unsure}]}\n"
    "  - {name: reason, type: text, on: step, when: {verdict: bad}}\n"
    "  - {name: rewrite, type: edit, on: step, when: {verdict: bad}}\n"
    "  - {name: outcome, type: choice, options: [{value: solution}, {value: found_error}]}\n";

static double processor_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void open_many(size_t n)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, "{\"prompt\":\"p\",\"responses\":[{\"steps\":[");
    for (size_t i = 0; i < n; i++)
        lw_buf_fmt(&b, "%s\"Step %zu, and what it says.\"", i ? "," : "", i + 1);
    lw_buf_str(&b, "]}]}\n");
    app_fixture_make(&p, many_yaml, b.data);
    lw_buf_fini(&b);
    app_fixture_open(&p);
    app_fixture_screen(&p);
}

/* Of opening a task of n steps and of some keys, and of opening it again with its draft. */
static double cost_of(size_t n)
{
    double begin = processor_seconds();
    open_many(n);
    for (int i = 0; i < 8; i++) {
        app_fixture_press(&p, i % 2 ? "j" : "3");
        app_fixture_screen(&p);
    }
    assert_true(app_fixture_shows(&p, "Step 5 verdict"));
    app_fixture_close(&p);
    app_fixture_open(&p);
    assert_true(app_fixture_shows(&p, "Step 5 verdict"));
    app_fixture_end(&p);
    return processor_seconds() - begin;
}

/* Twenty times the steps cost twenty times as much where work is linear, else four hundred. */
static void a_key_costs_no_more_than_the_steps_are_many(void **state)
{
    (void)state;
    double few = cost_of(1000), many = cost_of(20000);
    if (many > 100 * few)
        fail_msg("%.3f s for 1000 steps, %.3f s for 20000", few, many);
}

/* As `record` checks them: each verdict is about a step that is found by its id. */
static double cost_of_checking(size_t n)
{
    open_many(n);
    struct lw_err err = {0};
    json_t *verdicts = json_object();
    for (size_t i = 1; i <= n; i++) {
        char id[32];
        snprintf(id, sizeof id, "s%zu", i);
        json_object_set_new(verdicts, id, json_string("good"));
    }
    json_t *answers = json_pack("{s:o}", "verdict", verdicts);
    double begin = processor_seconds();
    if (lw_answers_check(p.w.project, lw_sitting_view(p.s)->task, answers, &err) != LW_OK)
        fail_msg("%s", err.text);
    double seconds = processor_seconds() - begin;
    json_object_set_new(verdicts, "s0", json_string("good"));
    assert_int_equal(
        lw_answers_check(p.w.project, lw_sitting_view(p.s)->task, answers, &err), LW_EBAD);
    assert_non_null(strstr(err.text, "the task has no step \"s0\""));
    json_decref(answers);
    app_fixture_end(&p);
    return seconds;
}

static void many_verdicts_are_checked_in_one_pass(void **state)
{
    (void)state;
    double few = cost_of_checking(2000), many = cost_of_checking(40000);
    if (many > 100 * few)
        fail_msg("%.4f s for 2000 verdicts, %.4f s for 40000", few, many);
}

static void numbers_of_many_steps_keep_their_columns(void **state)
{
    (void)state;
    open_many(12000);
    app_fixture_press(&p, "G");
    assert_true(app_fixture_shows(&p, "  …000    Step 12000, and what it says."));
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_said_before_is_shown),
        cmocka_unit_test(giving_up_asks_why),
        cmocka_unit_test(a_key_costs_no_more_than_the_steps_are_many),
        cmocka_unit_test(many_verdicts_are_checked_in_one_pass),
        cmocka_unit_test(numbers_of_many_steps_keep_their_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
