/* `labelwright insight`: journals in which something was planted, and one in which nothing was. */
#define _GNU_SOURCE
#include "fixtures/planted_labels.h"
#include "fixtures/run_program.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#define FAIR                                                                                       \
    {                                                                                              \
        .labels = 600, .seed = 2, .first_wins = -1                                                 \
    }

static void insight(struct run *r, const struct planted_labels *p, const char *more)
{
    if (!run_has("p"))
        planted_labels_make("p", p);
    run_fed(r, 0, NULL, "insight %s p", more);
    run_is_silent(r);
}

/* One value of the report. */
static void has(struct run *r, const char *jq, const char *want)
{
    run_shell(r, 0, "\"$LW\" insight --json p | jq -c '.projects[0] | %s'", jq);
    run_prints(r, want);
}

static void nothing_is_claimed_where_nothing_is(void **state)
{
    struct run *r = *state;
    const struct planted_labels fair = FAIR;
    insight(r, &fair, "");
    run_prints(r, "600 labels, 2026-03-02 to 2026-03-04.");
    run_prints(r, "316 of 600 times A won, 53 %; by chance 50 %; 95 % interval 49");
    run_prints(r, "0 tasks under ");
    run_prints(r, "0 tasks over ");
    assert_null(strstr(r->out, "fewer than 5 of 100"));
    assert_null(strstr(r->out, "fewer than 1 of 1,000"));
    has(r, "[.. | .verdict? | strings] | unique",
        "[\"chance explains it\",\"no data\",\"small sample\"]");
}

static void a_bias_to_the_first_is_found_with_its_figures(void **state)
{
    struct run *r = *state;
    const struct planted_labels biased = {.labels = 60, .seed = 3, .first_wins = 41};
    insight(r, &biased, "");
    run_prints(r, "41 of 60 times A won, 68 %; by chance 50 %; 95 % interval 56");
    run_prints(r, "79 % (Wilson). Chance gives as much in fewer than 5 of 100");
    has(r, ".position[0].first | [.k, .n, .chance, (.interval95[] * 1e6 | round)]",
        "[41,60,0.5,557662,786941]");
    assert_null(strstr(r->out, "in the order of its files"));
    run_shell(r, 0, "echo 'shuffle_responses: false' >> p/project.yaml; \"$LW\" insight p");
    run_prints(r, "This project shows responses in the order of its files");
}

static void ratings_that_favour_the_first_are_found(void **state)
{
    struct run *r = *state;
    const struct planted_labels above = {
        .labels = 600, .seed = 2, .first_wins = -1, .first_above = 2};
    insight(r, &above, "--question quality");
    run_prints(r, "A is rated +1.96 against the other, mean of 600 tasks; by chance");
    run_prints(r, "fewer than 1 of 1,000");
    assert_null(strstr(r->out, "times A won"));
}

static void a_run_is_found_with_its_tasks(void **state)
{
    struct run *r = *state;
    const struct planted_labels run = {
        .labels = 600, .seed = 2, .first_wins = -1, .run_from = 99, .run_length = 9};
    insight(r, &run, "");
    run_prints(r, "9 labels with the same answers (best A 2, quality A 3 B 3, kind");
    run_prints(r, "t100 to t108");
    run_prints(r, "in less than 0.1 % of cases");
    has(r, ".runs.longest | [.labels, .from.task, .to.task, .verdict]",
        "[9,\"t100\",\"t108\",\"chance gives it in fewer than 1 of 1,000 cases\"]");
}

static void slow_and_fast_tasks_are_listed_to_be_looked_at(void **state)
{
    struct run *r = *state;
    const struct planted_labels odd = {
        .labels = 600, .seed = 2, .first_wins = -1, .slow = 299, .fast = 399};
    insight(r, &odd, "");
    run_prints(r, ": t400 (0.4 s). To see one again: labelwright");
    run_prints(r, ": t300 (67 min).");
    has(r, ".speed | [.fast.n, .fast.furthest[0].task, .slow.n, .slow.furthest[0].active_ms]",
        "[1,\"t400\",1,4000000]");
}

static void pace_that_falls_over_the_session_is_found(void **state)
{
    struct run *r = *state;
    const struct planted_labels slower = {.labels = 600, .seed = 2, .first_wins = -1, .slower = 20};
    insight(r, &slower, "");
    has(r, ".hours.pace.verdict", "fewer than 1 of 1,000");
    has(r, ".hours.rating.verdict", "chance explains it");
    has(r, "[.hours.rows[] | .active_ms.n] | add", "600");
}

/* Of each repeat four answers are compared: best, quality of A and of B, kind. */
static void repeats_are_compared_with_the_first_time(void **state)
{
    struct run *r = *state;
    const struct planted_labels again = {
        .labels = 180, .seed = 2, .first_wins = -1, .again = 20, .differently = 7};
    insight(r, &again, "--svg again.svg");
    run_prints(r, "73 of 80 answers as the first time, 91 %; 95 % interval 83 to");
    run_prints(r, "96 % (Wilson); 20 tasks.");
    run_prints(r, "No data: no practice tasks.");
    run_prints(r, "agreement, %");
    has(r, ".repeats | [.tasks, .same, .near, .other]", "[20,73,0,7]");
    run_shell(r, 0, "\"$LW\" insight --json p | jq -c '[.day.hours[] | .agreed] | add'");
    run_prints(r, "73");
    run_shell(r, 0, "grep -c 'of 80 answers agree' again.svg");
}

static void few_labels_are_called_few(void **state)
{
    struct run *r = *state;
    const struct planted_labels few = {.labels = 12, .seed = 2, .first_wins = 12};
    insight(r, &few, "");
    run_prints(r, "12 of 12 times A won");
    run_prints(r, "A small sample (fewer than 30): no conclusion.");
    has(r, "[.. | .verdict? | strings] | unique", "[\"no data\",\"small sample\"]");
}

static void days_are_chosen_and_charted(void **state)
{
    struct run *r = *state;
    const struct planted_labels fair = FAIR;
    insight(r, &fair, "--since 2026-03-03 --until 2026-03-03");
    run_prints(r, "200 labels, 2026-03-03. From your journal alone; nothing is sent.");
    run_prints(r, "\nTuesday 2026-03-03\n");
    run_prints(r, "\nWeek of 2026-03-02\n");
    run_prints(r, "Mon 02 Tue 03 Wed 04");
    run_shell(r, 0, "\"$LW\" insight --json p | jq -c '[.week.days[].tasks], .week.week'");
    run_prints(r, "[200,200,200,0,0,0,0]\n\"2026-03-02\"");
    run_fed(r, 0, NULL, "insight --since 2027-01-01 p");
    run_prints(r, "No labels in these days.");
}

/* Whatever hours it passed in, the day's time stays the same. */
static void hours_add_up_to_the_day(void **state)
{
    struct run *r = *state;
    const struct planted_labels fair = FAIR;
    insight(r, &fair, "");
    run_shell(r, 0,
        "\"$LW\" insight --json p | jq -c '[.day.hours[].worked_ms] | add' > a; "
        "cat p/journal/*.jsonl | jq -s '[.[] | select(.time >= \"2026-03-04\") | .worked_ms // 0] "
        "| max' > b; cmp a b; \"$LW\" insight --json p | jq -c '[.day.hours[].worked_ms] | max'");
    assert_true(atoi(r->out) <= 3600000);
}

static void several_projects_stand_below_each_other(void **state)
{
    struct run *r = *state;
    const struct planted_labels fair = FAIR;
    insight(r, &fair, "");
    const struct planted_labels other = {.labels = 12, .seed = 2, .first_wins = 12};
    planted_labels_make("other", &other);
    run_fed(r, 0, NULL, "insight p other");
    run_prints(r, "p\n600 labels");
    run_prints(r, "\nother\n12 labels");
    run_shell(
        r, 0, "\"$LW\" insight --json p other | jq -c '[.projects[].labels], .week.days[0].tasks'");
    run_prints(r, "[600,12]\n212");
    run_shell(
        r, 0, "mkdir -p all/new; mv p other all; cp all/p/project.yaml all/p/tasks.jsonl all/new");
    run_fed(r, 0, NULL, "insight all"); /* a folder of projects; one of them is not begun */
    run_prints(r, "all/other\n12 labels");
    run_prints(r, "\nall/p\n600 labels");
    run_says_not(r, "all/new");
    run_shell(r, 0, "mkdir none; mv all/new none/a; cp -r none/a none/b");
    run_fed(r, 3, NULL, "insight none");
    run_says(r, "No journal yet in any of these projects.");
}

static void the_charts_are_a_picture_on_request(void **state)
{
    struct run *r = *state;
    const struct planted_labels fair = FAIR;
    insight(r, &fair, "--svg work.svg");
    size_t n;
    char *svg = run_get("work.svg", &n);
    XML_Parser parser = XML_ParserCreate("UTF-8");
    assert_int_equal(XML_Parse(parser, svg, (int)n, 1), XML_STATUS_OK);
    XML_ParserFree(parser);
    assert_non_null(strstr(svg, "<title>Wednesday 2026-03-04</title>"));
    assert_non_null(strstr(svg, "Mon 02: 152 minutes worked, 200 tasks, 79 an hour."));
    free(svg);
    run_fed(r, 0, NULL, "insight --svg work.svg p"); /* its own file is replaced */
    run_put("mine.svg", "mine");
    run_fed(r, 3, NULL, "insight --svg mine.svg p");
    run_says(r, "mine.svg");
    run_prints_none(r);
    run_fed(r, 3, NULL, "insight --svg p/tasks.jsonl --force p");
}

static void without_utf8_bars_are_plain(void **state)
{
    struct run *r = *state;
    const struct planted_labels fair = FAIR;
    insight(r, &fair, "");
    run_prints(r, "█");
    run_shell(r, 0, "LC_ALL=C \"$LW\" insight p");
    run_prints(r, "#####");
    assert_null(strstr(r->out, "█"));
}

static void wrong_words_are_named(void **state)
{
    struct run *r = *state;
    const struct planted_labels fair = FAIR;
    insight(r, &fair, "");
    run_fed(r, 2, NULL, "insight --since yesterday p");
    run_says(r, "--since takes a day, such as 2026-11-30, not \"yesterday\".");
    run_fed(r, 2, NULL, "insight --question best_one p");
    run_says(r, "No label answers a question best_one.");
    run_fed(r, 2, NULL, "insight");
    run_project("new");
    run_fed(r, 3, NULL, "insight new");
    run_says(r, "No journal yet");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_claimed_where_nothing_is),
        TEST(a_bias_to_the_first_is_found_with_its_figures),
        TEST(ratings_that_favour_the_first_are_found),
        TEST(a_run_is_found_with_its_tasks),
        TEST(slow_and_fast_tasks_are_listed_to_be_looked_at),
        TEST(pace_that_falls_over_the_session_is_found),
        TEST(repeats_are_compared_with_the_first_time),
        TEST(few_labels_are_called_few),
        TEST(days_are_chosen_and_charted),
        TEST(hours_add_up_to_the_day),
        TEST(several_projects_stand_below_each_other),
        TEST(the_charts_are_a_picture_on_request),
        TEST(without_utf8_bars_are_plain),
        TEST(wrong_words_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
