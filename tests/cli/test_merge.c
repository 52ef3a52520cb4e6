/* Journals that lost lines or were continued in two places: what is reported, what is refused, and
 * how `merge` repairs them. Labels go to a folder here; tests/servers/test_sync.py uses a server.
 */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "labelwright/base/buf.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static void make(int tasks)
{
    struct lw_buf b = {0};
    assert_int_equal(mkdir("p", 0755), 0);
    run_put("p/project.yaml", "labelwright: 1\n"
                              "tasks: [tasks.jsonl]\n"
                              "questions: [{name: q, type: rating, on: task}]\n"
                              "sync: {to: \"file:outbox/\"}\n");
    for (int i = 1; i <= tasks; i++)
        lw_buf_fmt(&b, "{\"id\":\"t%d\",\"prompt\":\"?\"}\n", i);
    run_put("p/tasks.jsonl", b.data);
    lw_buf_fini(&b);
}

static void label(struct run *r, const char *in, int from, int to)
{
    struct lw_buf b = {0};
    for (int i = from; i <= to; i++)
        lw_buf_fmt(&b, "{\"task\":\"t%d\",\"answers\":{\"q\":%d}}\n", i, i % 5 + 1);
    run_fed(r, 0, b.data, "record --adopt %s", in);
    lw_buf_fini(&b);
}

/* Events 1 to 5 (labels t1 to t3) and 6 to 9 (t4, t5) are in the outbox, their receipts 7 and 11.
 */
static void two_batches(struct run *r)
{
    make(9);
    label(r, "p", 1, 3);
    run_shell(r, 0, "\"$LW\" sync p");
    label(r, "p", 4, 5);
    run_shell(r, 0, "\"$LW\" sync p");
}

static void cut_to(struct run *r, int lines)
{
    run_shell(r, 0,
        "cp -r p whole; head -n %d whole/journal/000001.jsonl > p/journal/000001.jsonl; rm -r "
        "p/.labelwright",
        lines);
}

/* How many labels, by task, the outbox's lines make when each number counts once. */
static void outbox_holds(struct run *r, const char *tasks)
{
    run_shell(r, 0,
        "cat p/outbox/*/*.ndjson | jq -s -r '[unique_by(.seq)[] | select(.type==\"annotate\") | "
        ".task] | sort | join(\" \")'");
    run_prints(r, tasks);
}

static void a_journal_whose_end_was_cut_off_is_not_added_to(void **state)
{
    struct run *r = *state;
    two_batches(r);
    cut_to(r, 6);
    run_shell(r, 0, "cat p/journal/* > before");
    run_shell(r, 1, "\"$LW\" verify p");
    run_says(r, "The journal lacks 2 labels that outbox/ has (events 7 to 9).");
    run_prints(r, "NOT OK");
    run_shell(r, 1, "\"$LW\" status p");
    run_says(r, "To restore, run: labelwright merge p");
    run_fed(r, 1, "{\"task\":\"t9\",\"answers\":{\"q\":1}}\n", "record p");
    run_says(r,
        "The journal ends at event 6, but events 7 to 9 of it were already sent to file:outbox/");
    run_says(r, "with 2 labels");
    run_shell(r, 1, "\"$LW\" sync p");
    run_says(r, "Run: labelwright merge p");
    run_shell(r, 1, "\"$LW\" --plain p < /dev/null"); /* labeling is refused too */
    run_shell(r, 0, "cat p/journal/*.jsonl | cmp - p/journal/000001.jsonl; ls p/outbox/*/ | wc -l");
    run_prints(r, "2\n");
}

static void what_was_sent_brings_the_end_back(void **state)
{
    struct run *r = *state;
    two_batches(r);
    cut_to(r, 6);
    run_shell(r, 0, "\"$LW\" merge p");
    run_says(r, "2 labels restored; 0 labels from another copy");
    run_says(r, "kept as journal.before-merge-1/");
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "OK: 12 events");
    run_shell(
        r, 0, "head -n 9 whole/journal/000001.jsonl > a; head -n 9 p/journal/000001.jsonl | cmp a");
    run_shell(
        r, 0, "head -n 6 whole/journal/000001.jsonl | cmp - p/journal.before-merge-1/000001.jsonl");
    run_shell(r, 0, "\"$LW\" status --json p");
    run_prints(r, "\"done\":5");
    run_prints(r, "\"unsent\":0");
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "all sent");
    label(r, "p", 6, 6);
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "1 sent");
    outbox_holds(r, "t1 t2 t3 t4 t5 t6\n");
    run_shell(r, 0, "\"$LW\" merge p");
    run_says(r, "journal is complete");
    run_shell(r, 0, "\"$LW\" verify p");
}

/* As versions of before let it: on with other events under the same numbers, and both sent. */
static void a_journal_that_went_on_after_a_cut_comes_together(void **state)
{
    struct run *r = *state;
    two_batches(r);
    cut_to(r, 6);
    run_shell(r, 0, "mv p/outbox aside");
    label(r, "p", 7, 8);
    run_shell(r, 0, "\"$LW\" sync p; cp aside/*/* p/outbox/*/; rm -r p/.labelwright");
    run_shell(r, 1, "\"$LW\" status p");
    run_says(r, "exists in two versions");
    label(r, "p", 9, 9); /* goes on, but nothing is sent */
    run_shell(r, 0, "ls p/outbox/* > before");
    run_shell(r, 1, "\"$LW\" sync p");
    run_says(r, "1 unsent. Event ");
    run_says(r, "not sent: event ");
    run_says(r, "task t9");
    run_shell(r, 0, "ls p/outbox/* | cmp - before");
    run_shell(r, 0, "\"$LW\" merge p");
    run_shell(r, 0, "\"$LW\" verify p");
    run_shell(r, 0, "\"$LW\" status --json p");
    run_prints(r, "\"done\":8");
    run_shell(r, 0,
        "cat p/journal/*.jsonl | jq -s -r '[.[] | select(.type==\"annotate\") | .task] | "
        "sort | join(\" \")'");
    run_prints(r, "t1 t2 t3 t4 t5 t7 t8 t9\n"); /* each once */
}

/* Two copies that were labeled apart, by whoever put their segments into one folder. */
static void two_copies_in_one_folder_are_told_and_merged(void **state)
{
    struct run *r = *state;
    two_batches(r);
    run_shell(r, 0, "cp -r p q");
    label(r, "p", 6, 6);
    run_shell(r, 0, "\"$LW\" sync p"); /* t6, from here */
    label(r, "q", 6, 7);               /* t6 and t7, from there, never sent */
    run_fed(r, 0, "{\"task\":\"t7\",\"answers\":{\"q\":5}}\n", "record q"); /* once more */
    run_shell(r, 0, "cp q/journal/000001.jsonl p/journal/000002.jsonl; rm -r p/.labelwright");
    run_shell(r, 1, "\"$LW\" sync p");
    run_says(r, "3 unsent. Event 12 exists in two versions");
    run_says(r, "not sent: event 12, task t6");
    run_says(r, "not sent: event 14, task t7");
    run_shell(r, 1, "\"$LW\" status --json p");
    run_prints(r, "\"unsent\":3");
    run_shell(r, 0, "\"$LW\" merge p");
    run_says(r, "0 labels restored; 3 labels from another copy");
    run_shell(r, 0, "\"$LW\" verify p");
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "3 sent");
    outbox_holds(r, "t1 t2 t3 t4 t5 t6 t6 t7 t7\n");
    run_shell(r, 0, "\"$LW\" export --format native p");
    run_shell(r, 0,
        "cat p/journal/*.jsonl | jq -c 'select(.origin) | [.task, .origin.seq, .replaces] ' | "
        "head -n 3");
    run_prints(r, "[\"t6\",12,12]\n[\"t7\",13,null]\n[\"t7\",14,");
    run_shell(r, 0, "\"$LW\" merge p q"); /* nothing of it is new */
    run_says(r, "journal is complete");
    run_shell(r, 0, "\"$LW\" status --json p");
    run_prints(r, "\"done\":7");
}

static void the_time_of_both_copies_counts(void **state)
{
    struct run *r = *state;
    two_batches(r);
    run_shell(r, 0, "cp -r p q");
    run_fed(r, 0, "2\n\n.quit\n", "label --plain q");
    run_fed(r, 0, "4\n\n3\n\n.quit\n", "label --plain --adopt p");
    run_shell(r, 0, "\"$LW\" sync p");
    run_shell(r, 0,
        "for i in p q; do \"$LW\" timesheet --json $i; done | "
        "jq -s 'map(.total.exact_ms) | add' > apart");
    run_shell(r, 0, "\"$LW\" merge p q");
    run_shell(r, 0, "\"$LW\" timesheet --json p > all; jq .total.exact_ms all | diff apart -");
    run_shell(r, 0, "jq -e '.total.sessions == 2 and .total.exact_ms > 0' all");
    run_shell(r, 0, "jq -e '.notes | map(.about) == [\"by_script\"]' all");
}

static void who_labeled_later_has_the_last_word(void **state)
{
    struct run *r = *state;
    two_batches(r);
    run_shell(r, 0, "cp -r p q");
    run_fed(r, 0, "{\"task\":\"t6\",\"answers\":{\"q\":1}}\n", "record q");
    run_fed(r, 0, "{\"task\":\"t6\",\"answers\":{\"q\":5}}\n", "record --adopt p");
    run_shell(r, 0, "\"$LW\" sync p");
    run_shell(r, 0, "\"$LW\" merge p q");
    run_shell(r, 0,
        "\"$LW\" export --format native p > out; jq -c 'select(.task==\"t6\") | .answers' out");
    run_prints(r, "{\"q\":5}\n");
}

static void a_copy_of_another_journal_is_refused(void **state)
{
    struct run *r = *state;
    two_batches(r);
    run_project("other");
    run_fed(r, 0, "{\"task\":\"a\",\"skip\":\"\"}\n", "record other");
    run_shell(r, 1, "\"$LW\" merge p other");
    run_says(r, "other contains no line of journal");
    run_shell(r, 3, "\"$LW\" merge p nowhere");
    run_shell(r, 3, "\"$LW\" merge other/tasks.jsonl");
    run_shell(r, 0, "ls p");
    run_shell(r, 0, "! ls p | grep merg");
}

/* ---- what can never be sent */

static void flip(struct run *r, int line)
{
    run_shell(
        r, 0, "sed -i '%ds/\"q\":/\"Q\":/' p/journal/000001.jsonl; rm -rf p/.labelwright", line);
}

static void a_label_damaged_before_it_was_sent_is_told_every_time(void **state)
{
    struct run *r = *state;
    make(5);
    label(r, "p", 1, 3);
    flip(r, 4); /* t2 */
    for (int i = 0; i < 3; i++) {
        run_shell(r, 1, "\"$LW\" sync p");
        run_says(r, i ? ": 1 that can never be sent." : ": 2 sent, 1 that can never be sent.");
        run_says(r, "Event 4 is damaged and was never sent. Label task t2 again.");
    }
    run_shell(r, 1, "\"$LW\" sync --json p");
    run_prints(r, "\"state\":\"needs_you\"");
    run_prints(r, "\"never\":1");
    label(r, "p", 2, 2);
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "1 sent.");
    run_says_not(r, "never");
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "all sent.");
}

static void a_label_whose_line_is_gone_is_told_until_a_copy_brings_it_back(void **state)
{
    struct run *r = *state;
    make(5);
    label(r, "p", 1, 3);
    run_shell(r, 0, "cp -r p copy; sed -i 4d p/journal/000001.jsonl; rm -rf p/.labelwright");
    for (int i = 0; i < 2; i++) {
        run_shell(r, 1, "\"$LW\" sync p");
        run_says(r, "Event 4 cannot be read any more and was never sent: up to 1 label.");
        run_says(r, "labelwright merge p COPY");
    }
    run_shell(r, 0, "\"$LW\" merge p copy");
    run_says(r, "1 label restored");
    run_shell(r, 0, "\"$LW\" verify p");
    run_shell(r, 0, "\"$LW\" sync p");
    outbox_holds(r, "t1 t2 t3\n");
}

static void damage_after_the_label_was_sent_costs_no_word(void **state)
{
    struct run *r = *state;
    make(5);
    label(r, "p", 1, 3);
    run_shell(r, 0, "\"$LW\" sync p");
    run_shell(r, 0, "mv p/outbox carried");
    flip(r, 4);
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "all sent");
    run_shell(r, 1, "\"$LW\" verify p");
}

#define T(test) cmocka_unit_test_setup_teardown(test, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(a_journal_whose_end_was_cut_off_is_not_added_to),
        T(what_was_sent_brings_the_end_back),
        T(a_journal_that_went_on_after_a_cut_comes_together),
        T(two_copies_in_one_folder_are_told_and_merged),
        T(the_time_of_both_copies_counts),
        T(who_labeled_later_has_the_last_word),
        T(a_copy_of_another_journal_is_refused),
        T(a_label_damaged_before_it_was_sent_is_told_every_time),
        T(a_label_whose_line_is_gone_is_told_until_a_copy_brings_it_back),
        T(damage_after_the_label_was_sent_costs_no_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
