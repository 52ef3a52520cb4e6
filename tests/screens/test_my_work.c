/* One's own work on the screen: the page, and the summary of today. Each whole screen stands in a
 * file of my_work/; with LW_WRITE=1 they are written again. */
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
#include "fixtures/golden_frame.h"
#include "fixtures/planted_labels.h"

enum { SUNDAY = 265 /* 2026-11-22, the fixture's today, from 2026-03-02 */, WEEK = 6, A_DAY = 60 };

static struct app_fixture p;
static char folder[64];

static void open_planted(const struct planted_labels *labels, int rows, int cols)
{
    snprintf(folder, sizeof folder, "/tmp/lw-week-XXXXXX");
    assert_non_null(mkdtemp(folder));
    char *project = lw_format("%s/p", folder);
    planted_labels_make(project, labels);
    app_fixture_copy(&p, project);
    free(project);
    p.adopt = true;
    p.app.rows = rows;
    p.app.cols = cols;
    app_fixture_open(&p);
    app_fixture_screen(&p);
}

/* A week of work up to noon of today; A wins `wins` of all comparisons, or what is drawn. */
static void open_week(int wins, int rows, int cols)
{
    struct planted_labels week = {.labels = (WEEK + 1) * A_DAY,
        .from_day = SUNDAY - WEEK,
        .a_day = A_DAY,
        .seed = 4,
        .first_wins = wins};
    open_planted(&week, rows, cols);
}

static int end(void **state)
{
    (void)state;
    char *command = lw_format("rm -r '%s'", folder);
    app_fixture_end(&p);
    assert_int_equal(system(command), 0);
    free(command);
    return 0;
}

static void shows(const char *name)
{
    char *file = lw_format("my_work/%s", name);
    golden_frame_is(file, app_fixture_screen(&p));
    free(file);
}

static void the_page_has_charts_and_figures(void **state)
{
    (void)state;
    open_week(-1, 24, 80);
    app_fixture_press(&p, "S-F2");
    shows("page-80");
    app_fixture_press(&p, "Space");
    shows("page-next-80");
    app_fixture_press(&p, "Esc");
    assert_int_equal(p.app.over, LW_OVERLAY_NONE);
}

static void the_page_uses_a_large_screen(void **state)
{
    (void)state;
    open_week(-1, 40, 140);
    app_fixture_press(&p, ": type:my-work Enter");
    shows("page-140");
}

static void the_summary_has_a_line_and_the_day(void **state)
{
    (void)state;
    open_week(-1, 24, 80);
    app_fixture_press(&p, "q");
    shows("card-80");
}

static void the_summary_on_a_large_screen(void **state)
{
    (void)state;
    open_week((WEEK + 1) * A_DAY * 8 / 10, 40, 140);
    app_fixture_press(&p, "q");
    shows("card-140");
}

/* With tasks that came again the chart has a third series. */
static void the_summary_has_what_came_again(void **state)
{
    (void)state;
    struct planted_labels day = {.labels = A_DAY,
        .from_day = SUNDAY,
        .a_day = A_DAY,
        .seed = 4,
        .again = 12,
        .differently = 2,
        .first_wins = -1};
    open_planted(&day, 24, 80);
    app_fixture_press(&p, "q");
    shows("card-again-80");
}

static void a_small_screen_leaves_the_chart_out(void **state)
{
    (void)state;
    open_week(-1, 16, 60);
    app_fixture_press(&p, "q");
    assert_true(app_fixture_shows(&p, "Labels"));
    assert_true(app_fixture_shows(&p, "chance 50 %")); /* in the next row */
    assert_false(app_fixture_shows(&p, "tasks/h"));
    assert_true(app_fixture_shows(&p, "Enter leave"));
}

/* What was done since is there when the page opens again; of few labels nothing is said. */
static void labels_of_now_count(void **state)
{
    (void)state;
    app_fixture_make(&p, PLANTED_PROJECT,
        "{\"id\":\"t1\",\"prompt\":\"?\",\"responses\":[{\"id\":\"x\",\"text\":\"1\"},{\"id\":"
        "\"y\",\"text\":\"2\"}]}\n");
    snprintf(folder, sizeof folder, "/tmp/lw-week-XXXXXX");
    assert_non_null(mkdtemp(folder));
    app_fixture_open(&p);
    app_fixture_screen(&p);
    app_fixture_press(&p, "S-F2");
    assert_true(app_fixture_shows(&p, "No labels in these days."));
    app_fixture_press(&p, "Esc wait:30000 2 3 4 1 Enter S-F2");
    assert_true(app_fixture_shows(&p, "1 label, 2026-11-22"));
    assert_true(app_fixture_shows(&p, "Sunday 2026-11-22"));
    app_fixture_press(&p, "Esc q");
    assert_false(app_fixture_shows(&p, "Labels"));
}

static bool fold(void *insight, const struct lw_event *e)
{
    lw_insight_fold(insight, e);
    return true;
}

/* Of a long journal only the end is read, and the week is all there. */
static void the_end_of_a_long_journal_has_the_week(void **state)
{
    (void)state;
    enum { DAYS = 50, MANY = 110 };
    struct planted_labels year = {.labels = DAYS * MANY,
        .from_day = SUNDAY + 1 - DAYS,
        .a_day = MANY,
        .segment_bytes = 1000000,
        .first_wins = -1};
    open_planted(&year, 24, 80);
    assert_true(lw_journal_head(p.w.journal).segment >= 3);
    app_fixture_press(&p, "S-F2");
    struct lw_insight *all = lw_insight_new();
    assert_int_equal(lw_journal_lines(p.w.journal, (struct lw_mark){0}, fold, all, NULL), LW_OK);
    const struct lw_worklog *const work[] = {lw_insight_work(all)};
    struct lw_work_chart week = lw_work_chart_week(work, 1, p.app.work->week_chart.day);
    assert_memory_equal(&week, &p.app.work->week_chart, sizeof week);
    assert_int_equal(p.app.work->week->labels, 7 * MANY);
    lw_insight_free(all);
}

/* The sums of a session count from its start: without that, nothing of it is shown. */
static void a_session_whose_start_was_not_read_is_left_out(void **state)
{
    (void)state;
    struct planted_labels day = {.labels = A_DAY,
        .from_day = SUNDAY,
        .a_day = A_DAY,
        .segment_bytes = 12000,
        .first_wins = -1};
    open_planted(&day, 24, 80);
    assert_true(lw_journal_head(p.w.journal).segment >= 3);
    app_fixture_press(&p, "S-F2");
    assert_int_equal(p.app.work->day_chart.n, 0);
    assert_true(app_fixture_shows(&p, "No labels in these days."));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_page_has_charts_and_figures, end),
        cmocka_unit_test_teardown(the_page_uses_a_large_screen, end),
        cmocka_unit_test_teardown(the_summary_has_a_line_and_the_day, end),
        cmocka_unit_test_teardown(the_summary_on_a_large_screen, end),
        cmocka_unit_test_teardown(the_summary_has_what_came_again, end),
        cmocka_unit_test_teardown(a_small_screen_leaves_the_chart_out, end),
        cmocka_unit_test_teardown(labels_of_now_count, end),
        cmocka_unit_test_teardown(the_end_of_a_long_journal_has_the_week, end),
        cmocka_unit_test_teardown(a_session_whose_start_was_not_read_is_left_out, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
