/* `labelwright exposure`, and what plain mode records of hidden tags: that it adds up, that nobody
 * else gets it, and what is said of old journals. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static void make_project(void)
{
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntitle: Trial\ntasks: [tasks.jsonl]\n"
                              "curtain: [grim, gore]\nquestions: [{name: tone, type: rating}]\n"
                              "sync: {to: \"file:out\"}\n");
    run_put("p/tasks.jsonl", "{\"id\":\"a\",\"tags\":[\"grim\"],\"prompt\":\"12345\"}\n"
                             "{\"id\":\"b\",\"prompt\":\"plain\"}\n"
                             "{\"id\":\"c\",\"tags\":[\"gore\",\"grim\"],\"prompt\":\"été\"}\n");
}

static void what_is_printed_counts_as_seen(void **state)
{
    struct run *r = *state;
    make_project();
    run_fed(r, 0, "show\n3\n\n2\n\n", "--plain p");
    run_prints(r, "Tags: grim.\n5 characters.\nHidden (grim). Type show to see it: ");
    run_prints(r, "Seen today: grim 1 task, ");
    run_fed(r, 0, NULL, "exposure p");
    run_prints(r, "in all                  1   0:00:0");
    run_prints(r, "           5         0  grim\n");
    assert_null(strstr(r->out, "gore"));
    run_fed(r, 0, "show\n4\n\n", "--plain p");
    run_fed(r, 0, NULL, "exposure p");
    run_prints(r, "           3         0  gore\n");
    run_prints(r, "           8         0  grim\n");
}

/* The journal read by another program. */
static void figures_are_those_of_the_journal(void **state)
{
    struct run *r = *state;
    make_project();
    run_fed(r, 0, "show\n3\n\n2\n\nshow\n.pause\n\n5\n\n", "--plain p");
    run_shell(r, 0,
        "jq -n 'reduce (inputs | select(.type == \"own\" and .seen).seen | to_entries[]) as $t "
        "({}; "
        ".[$t.key] += $t.value.ms)' p/journal/*.jsonl >a; "
        "\"$LW\" exposure --json p | jq '[.totals[] | {key: .tag, value: .ms}] | from_entries' >b; "
        "jq -S . a >c; jq -S . b | diff c - && jq -c keys a");
    run_prints(r, "[\"gore\",\"grim\"]\n");
    run_shell(r, 0,
        "\"$LW\" exposure --json p | jq -c '(.days, .weeks, .totals) | [.[] | [.tag, .tasks, "
        ".characters]]' | uniq");
    run_prints(r, "[[\"gore\",1,3],[\"grim\",2,8]]\n");
}

static void nobody_is_sent_what_was_seen(void **state)
{
    struct run *r = *state;
    make_project();
    run_fed(r, 0, "show\n3\n\n2\n\nshow\n.stop\n", "--plain p");
    run_shell(r, 0, "grep -c '\"type\":\"own\"' p/journal/000001.jsonl");
    run_prints(r, "2\n"); /* what was seen, and that the day has ended */
    run_fed(r, 0, NULL, "sync p");
    run_shell(r, 0, "cat p/out/*/* | grep -c annotate");
    run_prints(r, "2\n");
    run_shell(r, 1, "cat p/out/*/* | grep -e own -e grim -e gore");
    run_fed(r, 0, NULL, "export --format native p");
    assert_null(strstr(r->out, "grim"));
    run_fed(r, 0, NULL, "verify p");
    run_fed(r, 0, ".quit\n", "--plain p");
    run_prints(r, "You stopped for today at ");
}

static void days_can_be_chosen(void **state)
{
    struct run *r = *state;
    make_project();
    run_fed(r, 0, "show\n3\n\n", "--plain p");
    run_fed(r, 0, NULL, "exposure --until 2020-01-01 p");
    run_prints(r, "Nothing of a tag that hides tasks was seen.\n");
    run_fed(r, 0, NULL, "exposure --since 2020-01-01 --json p");
    run_prints(r, "\"tag\":\"grim\"");
    run_fed(r, 2, NULL, "exposure --since yesterday p");
    run_says(r, "--since takes a day, such as 2026-11-30, not \"yesterday\".");
    run_fed(r, 2, NULL, "exposure");
}

static void projects_are_added_up(void **state)
{
    struct run *r = *state;
    make_project();
    run_fed(r, 0, "show\n3\n\n", "--plain p");
    run_shell(r, 0, "mkdir q; cp p/project.yaml p/tasks.jsonl q");
    run_fed(r, 3, NULL, "exposure p q");
    run_fed(r, 0, "show\n3\n\n", "--plain q");
    run_shell(r, 0, "\"$LW\" exposure --json p q | jq -c '[.totals[] | [.tag, .tasks]]'");
    run_prints(r, "[[\"grim\",2]]\n");
}

/* A journal of a version that counted nothing: its sessions do not say that they count. */
static void old_journals_say_so(void **state)
{
    struct run *r = *state;
    make_project();
    run_put("old.sh",
        "set -e\nmkdir -m 700 p/journal\nprev=$(printf '%064d' 0)\n"
        "line() { "
        "body=\"{\\\"v\\\":1,\\\"journal\\\":\\\"00000000000000000000000000000001\\\",\\\"seq\\\":$"
        "1,"
        "\\\"time\\\":\\\"2026-03-01T10:00:0$1.000Z\\\",$2,\\\"prev\\\":\\\"$prev\\\"\"\n"
        "hash=$(printf 'labelwright/1\\n%s' \"$body\" | sha256sum | cut -c1-64)\n"
        "printf '%s,\"hash\":\"%s\"}\\n' \"$body\" \"$hash\" >>p/journal/000001.jsonl; prev=$hash; "
        "}\n"
        "line 1 "
        "'\"type\":\"journal\",\"annotator\":\"ana\",\"title\":\"Trial\",\"version\":\"0.1.0\"'\n"
        "line 2 "
        "'\"type\":\"sitting\",\"what\":\"start\",\"version\":\"0.1.0\",\"time_zone\":\"+0000\","
        "\"idle_ms\":"
        "120000'\nchmod 600 p/journal/000001.jsonl\n");
    run_shell(r, 0, "sh old.sh");
    run_fed(r, 0, NULL, "exposure p");
    run_prints(r, "Nothing of a tag that hides tasks was seen.\n");
    run_prints(r, "1 of 1 session was by a version that counted nothing.\n");
}

/* Offers are lines, once each; the user's settings hide more than the project. */
static void plain_mode_offers_rest_in_lines(void **state)
{
    struct run *r = *state;
    make_project();
    mkdir("config", 0700);
    mkdir("config/labelwright", 0700);
    run_put("config/labelwright/config.yaml", "rest: {tasks: 1}\ncurtain: all\n");
    char *here = realpath("config", NULL), env[4200];
    snprintf(env, sizeof env, "XDG_CONFIG_HOME=%s", here);
    r->env = (const char *const[]){env, NULL};
    run_fed(r, 0, ".skip\nshow\n2\n\n.later\nshow\n.pause\n\n5\n\n", "--plain p");
    run_prints(r, "Hidden (grim)");
    run_prints(r, "1 task since a break. .pause: pause, .later: put it off.\nTrial, task 2 of 3\n");
    run_prints(r, "Hidden (all tasks). Type show to see it: ");
    run_prints(r, "Not offered again for 15 min.\n");
    run_prints(r, "Paused. The clock is stopped. Press Enter to go on.\n");
    const char *first = strstr(r->out, "since a break");
    assert_null(strstr(first + 1, "since a break")); /* the same offer is not said again */
    free(here);
    r->env = NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_printed_counts_as_seen, run_enter, run_leave),
        cmocka_unit_test_setup_teardown(figures_are_those_of_the_journal, run_enter, run_leave),
        cmocka_unit_test_setup_teardown(nobody_is_sent_what_was_seen, run_enter, run_leave),
        cmocka_unit_test_setup_teardown(days_can_be_chosen, run_enter, run_leave),
        cmocka_unit_test_setup_teardown(projects_are_added_up, run_enter, run_leave),
        cmocka_unit_test_setup_teardown(old_journals_say_so, run_enter, run_leave),
        cmocka_unit_test_setup_teardown(plain_mode_offers_rest_in_lines, run_enter, run_leave),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
