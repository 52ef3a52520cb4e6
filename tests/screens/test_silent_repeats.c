/* Tasks that come again, unasked: they look like open ones, replace nothing, and behave in all that
 * one can do with a task. The journal's seed is always the same here, so it is known which come. */
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

static struct app_fixture p;

enum { TASKS = 40, AFTER = 3 };

static const char YAML[] = "labelwright: 1\ntitle: Trial\ntasks: [tasks.jsonl]\n"
                           "questions:\n"
                           "  - {name: quality, type: rating, on: response, required: true,\n"
                           "     scale: {min: 1, max: 5}}\n"
                           "  - {name: note, type: text}\n";

static void open_project(const char *only, int64_t percent)
{
    struct lw_buf tasks = {0};
    for (int i = 0; i < TASKS; i++)
        lw_buf_fmt(&tasks,
            "{\"id\":\"t%d\",\"prompt\":\"prompt %d.\",\"responses\":[{\"id\":\"x\","
            "\"text\":\"text %d.\"}]}\n",
            i, i, i);
    app_fixture_make(&p, YAML, tasks.data);
    p.only = only;
    p.config.repeats = (struct lw_repeat_rate){percent, AFTER};
    app_fixture_open(&p);
    lw_buf_fini(&tasks);
}

static const struct lw_task *shown(void)
{
    return lw_sitting_view(p.s)->task;
}

/* Whether the task on the screen has a label: it comes again. */
static bool comes_again(void)
{
    return lw_ledger_of(p.w.ledger, shown()->key) && !lw_sitting_view(p.s)->replaces;
}

/* Labels until one comes again. */
static void go_to_repeat(void)
{
    for (int i = 0; i < TASKS && !comes_again(); i++)
        app_fixture_press(&p, "4 Enter wait:1000");
    assert_true(comes_again());
}

static size_t repeats(void)
{
    size_t n, stand = 0;
    const struct lw_repeated *all = lw_ledger_repeats(p.w.ledger, &n);
    for (size_t i = 0; i < n; i++)
        stand += !all[i].undone;
    return stand;
}

static void a_task_comes_again_as_if_it_were_new(void **state)
{
    (void)state;
    open_project(NULL, 50);
    go_to_repeat();
    const struct lw_sitting_view *v = lw_sitting_view(p.s);
    char header[64], text[64];
    snprintf(header, sizeof header, "Trial  %zu/%d", v->nth + 1, TASKS);
    snprintf(text, sizeof text, "prompt %s.", shown()->id + 1);
    assert_true(app_fixture_shows(&p, header));
    assert_true(app_fixture_shows(&p, text));
    assert_int_equal(v->state, LW_TASK_OPEN);
    assert_int_equal(json_object_size(v->answers), 0);
    assert_false(app_fixture_shows(&p, " done\n")); /* at the end of the title line */
    assert_false(app_fixture_shows(&p, "[4]"));
    uint64_t key = shown()->key, label = lw_ledger_of(p.w.ledger, key)->seq;
    uint64_t done = lw_ledger_totals(p.w.ledger).done;
    uint64_t unsent = lw_ledger_totals(p.w.ledger).unsent;
    size_t last = lw_journal_head(p.w.journal).seq;
    app_fixture_press(&p, "wait:2000 2 Enter");
    assert_int_equal(lw_journal_head(p.w.journal).seq, last + 1);
    assert_int_equal(lw_ledger_of(p.w.ledger, key)->seq, label);
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, done);
    assert_int_equal(lw_ledger_totals(p.w.ledger).unsent, unsent);
    assert_int_equal(repeats(), 1);
    assert_true(app_fixture_journal_has(&p, "\"type\":\"repeat\""));
    assert_true(app_fixture_journal_has(&p, "\"active_ms\":3000,\"wall_ms\":3000,\"of\":"));
    assert_false(app_fixture_journal_has(&p, "\"replaces\""));
    app_fixture_press(&p, "q");
    assert_true(app_fixture_shows(&p, "1 earlier task came again, unsent"));
    app_fixture_end(&p);
}

static void each_task_comes_again_once_at_most(void **state)
{
    (void)state;
    open_project(NULL, 50);
    for (int i = 0; i < 3 * TASKS && !lw_sitting_view(p.s)->finished; i++)
        app_fixture_press(&p, "4 Enter wait:1000");
    assert_true(lw_sitting_view(p.s)->finished);
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, TASKS);
    size_t n;
    const struct lw_repeated *all = lw_ledger_repeats(p.w.ledger, &n);
    assert_in_range(n, TASKS / 5, TASKS * 4 / 5);
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < i; k++)
            assert_int_not_equal(all[i].task, all[k].task);
        assert_true(all[i].seq > all[i].of + AFTER);
    }
    app_fixture_end(&p);
}

static void nothing_comes_again_unasked_for(void **state)
{
    (void)state;
    open_project(NULL, 0);
    for (int i = 0; i < TASKS; i++)
        app_fixture_press(&p, "4 Enter wait:1000");
    assert_true(lw_sitting_view(p.s)->finished);
    assert_int_equal(repeats(), 0);
    app_fixture_end(&p);
}

static void undo_brings_it_back_with_its_answers(void **state)
{
    (void)state;
    open_project(NULL, 50);
    go_to_repeat();
    uint64_t key = shown()->key;
    size_t nth = lw_sitting_view(p.s)->nth;
    app_fixture_press(&p, "2 Enter wait:1000 u");
    char warning[64];
    snprintf(warning, sizeof warning, "Undo again to reopen task %zu.", nth + 1);
    assert_true(app_fixture_shows(&p, warning));
    app_fixture_press(&p, "wait:1000 u");
    assert_int_equal(shown()->key, key);
    assert_int_equal(lw_sitting_view(p.s)->nth, nth);
    assert_int_equal(repeats(), 0);
    assert_true(app_fixture_shows(&p, "[2]"));
    assert_true(app_fixture_journal_has(&p, "\"type\":\"undo\",\"private\":true"));
    app_fixture_press(&p, "wait:1000 Enter");
    assert_int_equal(repeats(), 1);
    app_fixture_press(&p, "wait:1000 u wait:1000 u wait:1000 u wait:1000 u wait:1000 u");
    assert_int_equal(repeats(), 0);
    app_fixture_end(&p);
}

/* Killed while it is on the screen: it is there again, with what was typed, and the label that it
 * repeats is as it was. */
static void a_crash_loses_nothing_of_it(void **state)
{
    (void)state;
    open_project(NULL, 50);
    go_to_repeat();
    uint64_t key = shown()->key, done = lw_ledger_totals(p.w.ledger).done;
    app_fixture_press(&p, "3 m type:half Esc wait:1000");
    lw_sitting_tick(p.s);
    app_fixture_crash(&p);
    app_fixture_open(&p);
    assert_int_equal(shown()->key, key);
    assert_true(comes_again());
    assert_true(app_fixture_shows(&p, "Quality* 3"));
    assert_true(app_fixture_shows(&p, "unfinished: half"));
    assert_int_equal(lw_ledger_totals(p.w.ledger).done, done);
    app_fixture_press(&p, "a = type:draft Enter work:"); /* no draft of the label */
    assert_true(app_fixture_shows(&p, "No task matches"));
    app_fixture_end(&p);
}

static void one_who_goes_away_finds_it_in_its_place(void **state)
{
    (void)state;
    open_project(NULL, 50);
    go_to_repeat();
    uint64_t key = shown()->key;
    app_fixture_press(&p, "3 K");
    assert_int_not_equal(shown()->key, key);
    app_fixture_press(&p, "J");
    assert_int_equal(shown()->key, key);
    assert_true(app_fixture_shows(&p, "[3]"));
    app_fixture_press(&p, "M");
    size_t nth = (size_t)atoi(shown()->id + 1);
    assert_true(lw_sitting_is_marked(p.s, nth));
    assert_true(app_fixture_shows(&p, "marked"));
    app_fixture_press(&p, "s type:why Enter");
    assert_int_equal(repeats(), 1);
    assert_true(lw_ledger_last_repeat(p.w.ledger)->skip);
    assert_false(lw_ledger_of(p.w.ledger, key)->skip);
    app_fixture_end(&p);
}

static void a_changed_record_or_question_does_not_come_again(void **state)
{
    (void)state;
    open_project(NULL, 50);
    for (int i = 0; i < 2 * AFTER && !comes_again(); i++)
        app_fixture_press(&p, "4 Enter wait:1000");
    app_fixture_close(&p);
    char *yaml = lw_format("%s  - {name: more, type: text}\n", YAML);
    app_fixture_write(&p, "project.yaml", yaml, strlen(yaml));
    free(yaml);
    app_fixture_open(&p);
    assert_false(comes_again());
    app_fixture_end(&p);
}

static void a_filter_shows_only_its_tasks(void **state)
{
    (void)state;
    open_project("open", 50);
    for (int i = 0; i < TASKS; i++)
        app_fixture_press(&p, "4 Enter wait:1000");
    assert_int_equal(repeats(), 0);
    app_fixture_end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_task_comes_again_as_if_it_were_new),
        cmocka_unit_test(each_task_comes_again_once_at_most),
        cmocka_unit_test(nothing_comes_again_unasked_for),
        cmocka_unit_test(undo_brings_it_back_with_its_answers),
        cmocka_unit_test(a_crash_loses_nothing_of_it),
        cmocka_unit_test(one_who_goes_away_finds_it_in_its_place),
        cmocka_unit_test(a_changed_record_or_question_does_not_come_again),
        cmocka_unit_test(a_filter_shows_only_its_tasks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
