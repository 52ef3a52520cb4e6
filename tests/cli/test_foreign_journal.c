/* Journals that were not made on this machine, and older copies: nothing in a folder proves by
 * itself that it is complete, so the user is asked (--adopt). */
#define _GNU_SOURCE
#include "fixtures/run_program.h"
#include "fixtures/shared_data.h"

#include <stdlib.h>
#include <string.h>

#define LABEL(task) "{\"task\":\"" task "\",\"answers\":{\"quality\":4}}\n"
#define JOURNAL "p/journal/000001.jsonl"

/* A project with two labels by ana that was made somewhere else. */
static void from_elsewhere(struct run *r)
{
    run_project("p");
    run_put("p/project.yaml", RUN_PROJECT "sync: {to: \"file:outbox/\"}\n");
    run_fed(r, 0, LABEL("a") LABEL("b"), "record p");
    run_shell(r, 0, "rm -r \"$XDG_STATE_HOME\"; cat p/journal/*");
}

static void a_journal_that_came_along_is_told_and_left(void **state)
{
    struct run *r = *state;
    from_elsewhere(r);
    char *before = run_get(JOURNAL, NULL);
    static const char *const commands[] = {"record p", "--plain p", "sync p"};
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        run_fed(r, 1, LABEL("c"), "%s", commands[i]);
        run_says(r, "This folder already has a journal: journal/ by ana, 2 labels, the last on 2");
        run_says(r, "It was not made on this machine.");
        run_says(r, "use --adopt");
        run_prints_none(r);
    }
    char *after = run_get(JOURNAL, NULL);
    assert_string_equal(after, before);
    free(before);
    free(after);
    assert_false(run_has("p/outbox"));
}

static void reading_it_needs_no_yes(void **state)
{
    struct run *r = *state;
    from_elsewhere(r);
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "3 in all: 2 done");
    run_shell(r, 0, "\"$LW\" verify p; \"$LW\" export --format native p; \"$LW\" sync --dry-run p");
    run_prints(r, "OK: 4 events");
    run_shell(r, 0, "! test -e \"$XDG_STATE_HOME\"");
}

static void one_yes_is_enough(void **state)
{
    struct run *r = *state;
    from_elsewhere(r);
    run_fed(r, 0, LABEL("c"), "record --adopt p");
    run_fed(r, 0, LABEL("c"), "record p");
    run_fed(r, 0, "", "sync p");
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "OK: ");
}

/* A forged sum of a checkpoint is easily made: it counts only for a journal of one's own. */
static void a_checkpoint_that_came_along_is_not_believed(void **state)
{
    struct run *r = *state;
    from_elsewhere(r);
    run_shell(r, 0, "cp -r p q; cp -r p/.labelwright other");
    run_fed(r, 0, LABEL("c"), "record --adopt p"); /* its checkpoint knows of three */
    run_shell(r, 0,
        "cp p/.labelwright/checkpoint q/.labelwright/; rm -r \"$XDG_STATE_HOME\"; "
        "\"$LW\" status q");
    run_prints(r, "3 in all: 2 done");
    run_shell(r, 0, "\"$LW\" verify q");
}

static void a_journal_is_known_by_its_id_and_not_by_its_place(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL("a"), "record p");
    run_shell(r, 0, "mkdir far; mv p far/q");
    run_fed(r, 0, LABEL("b"), "record far/q");
    run_shell(r, 0, "sed -i '1s/ana/eve/' far/q/journal/000001.jsonl");
    run_fed(r, 0, LABEL("b"), "record far/q"); /* with its first line damaged, too */
    run_shell(r, 0, "rm -r \"$XDG_STATE_HOME\"");
    run_fed(r, 1, LABEL("b"), "record far/q");
    run_says(r, "by an unknown person, 2 labels");
}

static void an_older_copy_is_told(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL("a"), "record p");
    run_shell(r, 0, "cp -r p backup");
    run_fed(r, 0, LABEL("b"), "record p");
    run_fed(r, 1, LABEL("c"), "record backup");
    run_says(r, "journal/ lacks event 4, which was saved on this machine.");
    run_says(r, "--adopt");
    run_shell(r, 1, "\"$LW\" verify backup");
    run_prints(r, "NOT OK: 3 events");
    run_says(r, "event 4 is missing or changed: it was saved on this machine.");
    run_fed(r, 0, LABEL("c"), "record --adopt backup");
    run_shell(r, 0, "\"$LW\" verify backup");
}

/* The chain stays intact when whole lines are cut off: only what is known elsewhere shows it. */
static void lines_cut_off_the_end_are_missed(void **state)
{
    struct run *r = *state;
    for (int gone = 0; gone < 2; gone++) {
        run_shell(r, 0, "rm -rf p");
        run_project("p");
        run_fed(r, 0, LABEL("a") LABEL("b"), "record p");
        run_shell(
            r, 0, gone ? "rm -r p/.labelwright; sed -i '$d' " JOURNAL : "sed -i '$d' " JOURNAL);
        run_shell(r, 1, "\"$LW\" verify p");
        run_says(r, "event 4 is missing or changed: it was saved on this machine.");
        run_shell(r, 1, "\"$LW\" status p");
        run_fed(r, 1, LABEL("c"), "record p");
        run_says(r, "lacks event 4");
    }
}

static void work_from_another_machine_goes_on(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, LABEL("a"), "record p");
    run_shell(r, 0, "cp -r p there");
    run_shell(r, 0,
        "echo '{\"task\":\"b\",\"answers\":{\"quality\":4}}' | "
        "XDG_STATE_HOME=$PWD/x \"$LW\" record --adopt there; rm -r p x; mv there p");
    run_fed(r, 0, LABEL("c"), "record p");
    run_shell(r, 0, "\"$LW\" verify p");
}

/* Where nothing can be kept nobody can be asked each time. */
static void without_a_place_to_remember_labels_are_taken(void **state)
{
    struct run *r = *state;
    static const char *const nowhere[] = {"XDG_STATE_HOME=/proc/nowhere", NULL};
    run_project("p");
    r->env = nowhere;
    run_fed(r, 0, LABEL("a"), "record p");
    run_fed(r, 0, LABEL("b"), "record p");
    r->env = NULL;
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        TEST(a_journal_that_came_along_is_told_and_left),
        TEST(reading_it_needs_no_yes),
        TEST(one_yes_is_enough),
        TEST(a_checkpoint_that_came_along_is_not_believed),
        TEST(a_journal_is_known_by_its_id_and_not_by_its_place),
        TEST(an_older_copy_is_told),
        TEST(lines_cut_off_the_end_are_missed),
        TEST(work_from_another_machine_goes_on),
        TEST(without_a_place_to_remember_labels_are_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
