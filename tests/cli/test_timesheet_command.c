/* `timesheet` from outside: which journals it finds, its options, exit status and mistakes. The
 * figures are checked in unit/timesheet and servers/timesheet. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void work_in(struct run *r, const char *project)
{
    run_project(project);
    run_fed(r, 0, "4\n\n\n\n.quit\n", "label --plain %s", project);
}

static void a_session_in_plain_mode_has_time(void **state)
{
    struct run *r = *state;
    work_in(r, "p");
    run_fed(r, 0, "", "timesheet --json p");
    run_prints(r, "\"by\":\"day\",\"since\":null,\"until\":null,\"rounding\":null");
    run_prints(r, "\"done\":1");
    run_prints(r, "\"sessions\":1");
    run_prints(r, "\"notes\":[]");
    run_is_silent(r);
    run_shell(
        r, 0, "grep -c elapsed_ms p/journal/000001.jsonl | grep -qx 3"); /* start, label, stop */
}

static void a_month_is_its_days(void **state)
{
    struct run *r = *state;
    work_in(r, "p");
    run_fed(r, 0, "", "timesheet --json --month 2020-02 p");
    run_prints(r, "\"since\":\"2020-02-01\",\"until\":\"2020-02-29\"");
    run_prints(r, "\"rows\":[]");
}

static void the_current_folder_is_the_default(void **state)
{
    struct run *r = *state;
    work_in(r, "p");
    run_shell(r, 0, "cd p && \"$LW\" timesheet --by project");
    run_prints(r, "Project");
    run_prints(r, "p ");
    run_prints(r, "Total");
}

static void a_folder_of_projects_is_all_of_them(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "mkdir all all/empty");
    work_in(r, "all/one");
    work_in(r, "all/two");
    run_put("all/tasks.jsonl", "{\"id\":\"x\",\"prompt\":\"y\"}\n");
    run_fed(r, 0, "4\n\n\n\n.quit\n", "label --plain all/tasks.jsonl");
    run_project("all/unused");
    run_fed(r, 0, "", "timesheet --csv --by project all");
    run_prints(r, "project,active,active_ms,");
    run_prints(r, "\none,0:00:0");
    run_prints(r, "\ntwo,0:00:0");
    run_prints(r, "\ntasks.jsonl.labelwright,0:00:0");
    run_says(r, "all/unused: no journal of ana: nothing was labeled here.");
    run_fed(r, 0, "", "timesheet --json all/one all/two");
    run_prints(r, "\"project\":\"one\"");
    run_shell(r, 0, "mkdir more");
    work_in(r, "more/one");
    run_fed(r, 0, "", "timesheet --csv --by project all/one more");
    run_prints(r, "\nall/one,0:00:0");
    run_prints(r, "\nmore/one,0:00:0");
}

static void the_same_work_counts_once(void **state)
{
    struct run *r = *state;
    work_in(r, "p");
    run_shell(r, 0, "mkdir copies && cp -r p copies/p");
    run_fed(r, 0, "", "timesheet --json p p/ ./p");
    run_prints(r, "\"done\":1");
    run_is_silent(r);
    run_fed(r, 1, "", "timesheet --json p copies");
    run_prints(r, "\"done\":1");
    run_says(r, "copies/p has a copy of the journal of p: it is counted once.");
}

static void labels_by_script_have_no_time(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n", "record p");
    run_fed(r, 0, "", "timesheet p");
    run_prints(r, "By script: 1 label or skip without a session have no time.");
    run_prints(r, "No local time in the journals of 1 project");
}

static void wrong_options_are_told(void **state)
{
    struct run *r = *state;
    work_in(r, "p");
    run_fed(r, 2, "", "timesheet --by year p");
    run_says(r, "--by takes day, week, month or project, not \"year\".");
    run_fed(r, 2, "", "timesheet --since 2026-02-29 p");
    run_says(r, "--since takes a day, such as 2026-11-30, not \"2026-02-29\".");
    run_fed(r, 2, "", "timesheet --until 1.2.2026 p");
    run_says(r, "--until takes a day, such as 2026-11-30, not \"1.2.2026\".");
    run_fed(r, 2, "", "timesheet --since 2026-03-02 --until 2026-03-01 p");
    run_says(r, "--since is after --until: no day is left.");
    run_fed(r, 2, "", "timesheet --round quarter p");
    run_says(r, "quarter-up       up to the next 15 minutes");
    run_fed(r, 2, "", "timesheet --csv --json p");
    run_says(r, "Give one of --csv, --json, --ics and --timeclock.");
    run_fed(r, 2, "", "timesheet --ics --round minute p");
    run_says(r, "--by and --round are for rows.");
    run_prints_none(r);
}

static void what_cannot_be_read_is_told(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "mkdir none");
    run_fed(r, 3, "", "timesheet nowhere");
    run_prints_none(r);
    run_fed(r, 3, "", "timesheet none");
    run_says(r, "project.yaml");
    work_in(r, "p");
    run_fed(r, 3, "", "timesheet nowhere p"); /* what there is, is shown */
    run_prints(r, "Total");
    run_project("q");
    run_fed(r, 3, "", "timesheet q");
    run_says(r, "q: no journal of ana: nothing was labeled here.");
}

static void a_damaged_or_shortened_journal_is_told(void **state)
{
    struct run *r = *state;
    work_in(r, "p");
    run_shell(r, 0, "cp -r p cut && sed -i '$d' p/journal/000001.jsonl");
    run_fed(r, 1, "", "timesheet p");
    run_prints(r, "Damaged: p, journal lacks event 5, which it had when it was last closed here.");
    run_shell(r, 0, "sed -i 's/\"quality\":4/\"quality\":5/' cut/journal/000001.jsonl");
    run_fed(r, 1, "", "timesheet --csv cut");
    run_says(r, "Damaged: cut, journal/000001.jsonl:4");
    run_prints(r, "cut,0:00:0");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_session_in_plain_mode_has_time),
        TEST(a_month_is_its_days),
        TEST(the_current_folder_is_the_default),
        TEST(a_folder_of_projects_is_all_of_them),
        TEST(the_same_work_counts_once),
        TEST(labels_by_script_have_no_time),
        TEST(wrong_options_are_told),
        TEST(what_cannot_be_read_is_told),
        TEST(a_damaged_or_shortened_journal_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
