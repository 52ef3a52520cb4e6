/* `labelwright sync` to a folder. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "labelwright/base/buf.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define PROJECT(sync)                                                                              \
    "labelwright: 1\n"                                                                             \
    "tasks: [tasks.jsonl]\n"                                                                       \
    "questions: [{name: q, type: rating, on: task}]\n" sync

static void make(const char *yaml, int tasks)
{
    struct lw_buf b = {0};
    assert_int_equal(mkdir("p", 0755), 0);
    run_put("p/project.yaml", yaml);
    for (int i = 1; i <= tasks; i++)
        lw_buf_fmt(&b, "{\"id\":\"t%d\",\"prompt\":\"?\"}\n", i);
    run_put("p/tasks.jsonl", b.data);
    lw_buf_fini(&b);
}

static void label(struct run *r, int from, int to)
{
    struct lw_buf b = {0};
    for (int i = from; i <= to; i++)
        lw_buf_fmt(&b, "{\"task\":\"t%d\",\"answers\":{\"q\":%d}}\n", i, i % 5 + 1);
    run_fed(r, 0, b.data, "record p");
    lw_buf_fini(&b);
}

static json_int_t unsent(struct run *r)
{
    json_int_t n;
    run_shell(r, 0, "\"$LW\" status --json p");
    json_t *o = json_loads(r->out, 0, NULL);
    assert_int_equal(json_unpack(o, "{s:{s:I}}", "events", "unsent", &n), 0);
    json_decref(o);
    return n;
}

/* The sum of a member over the journal's receipts. */
static json_int_t receipts(struct run *r, const char *member)
{
    run_shell(r, 0,
        "cat p/journal/*.jsonl | jq -s '[.[] | select(.type==\"receipt\") | .%s] | add'", member);
    return atoll(r->out);
}

static void sends_all_labels_to_the_folder_once(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\", batch: 30}\n"), 100);
    label(r, 1, 100);
    assert_int_equal(unsent(r), 100);
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "file:outbox/: 100 sent.");
    run_prints_none(r);
    assert_int_equal(unsent(r), 0);
    assert_int_equal(receipts(r, "labels"), 100);
    assert_int_equal(receipts(r, "accepted"), receipts(r, "events"));
    run_shell(r, 0, "cat p/outbox/*/*.ndjson | grep -c '\"type\":\"annotate\"'");
    run_prints(r, "100\n");
    run_shell(r, 0,
        "for f in p/outbox/*/*.ndjson; do sha256sum \"$f\" | "
        "awk '{if (index($2, $1) == 0) print}'; done");
    run_prints_none(r);
    run_shell(r, 0, "\"$LW\" verify p");
}

static void the_folder_holds_the_journal_line_by_line(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\", batch: 30}\n"), 100);
    label(r, 1, 100);
    run_shell(r, 0, "cat p/journal/*.jsonl > before");
    run_shell(r, 0, "\"$LW\" sync p");
    run_shell(r, 0,
        "cat $(ls p/outbox/*/*.ndjson | sort -t/ -k4 -n) | head -n $(wc -l < before) | "
        "cmp - before");
}

static void a_second_sync_sends_nothing(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\"}\n"), 5);
    label(r, 1, 5);
    run_shell(r, 0, "\"$LW\" sync p");
    run_shell(r, 0, "cat p/journal/*.jsonl | wc -l > before; ls -R p/outbox > files");
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "all sent");
    run_shell(r, 0, "cat p/journal/*.jsonl | wc -l | cmp - before; ls -R p/outbox | cmp - files");
    label(r, 1, 1);
    assert_int_equal(unsent(r), 1);
    run_shell(r, 0, "\"$LW\" sync p");
    assert_int_equal(unsent(r), 0);
}

static void dry_run_says_what_sync_then_does(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\", batch: 3}\n"), 8);
    label(r, 1, 8);
    run_shell(r, 0, "cat p/journal/*.jsonl > before");
    run_shell(r, 0, "\"$LW\" sync --dry-run --json p | tee plan");
    run_shell(r, 0, "\"$LW\" sync --dry-run p");
    run_prints(r, "events 1 to 3: ");
    run_shell(r, 0, "cat p/journal/*.jsonl | cmp - before");
    assert_false(run_has("p/outbox"));
    run_shell(r, 0, "\"$LW\" sync p");
    run_shell(r, 0,
        "jq -r .sha256 plan | head -n 3 | while read -r h; do ls p/outbox/*/*-$h.ndjson; "
        "done | wc -l");
    run_prints(r, "3\n");
}

/* The right name and length are no proof. */
static void what_stands_in_place_of_a_batch_is_replaced(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\"}\n"), 3);
    label(r, 1, 3);
    run_shell(r, 0,
        "\"$LW\" sync --dry-run --json p > plan; id=$(head -n 1 p/journal/000001.jsonl | jq -r "
        ".journal); mkdir -p p/outbox/$id; f=p/outbox/$id/$(jq -r "
        "'\"\\(.first)-\\(.last)-\\(.sha256).ndjson\"' plan); head -c $(jq .bytes plan) /dev/zero "
        "> "
        "$f; echo $f > name");
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "3 sent. The folder outbox/ had another file in place of batch 1-");
    run_says(r, "It was replaced.");
    run_shell(r, 0, "sha256sum < $(cat name) | grep -q $(jq -r .sha256 plan)");
}

static void links_lead_no_batches_into_the_journal(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\"}\n"), 1);
    label(r, 1, 1);
    run_shell(r, 0, "ln -s journal p/outbox; ls p/journal > before");
    run_shell(r, 3, "\"$LW\" sync p");
    run_says(r, "is in the journal folder");
    run_shell(r, 0, "ls p/journal | cmp - before");
}

static void every_target_gets_every_label(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: [{to: \"file:one\"}, {to: \"file:two\", batch: 2}]\n"), 6);
    label(r, 1, 3);
    run_shell(r, 0, "\"$LW\" sync --json p");
    run_prints(r, "{\"sent\":6,\"unsent\":0,\"parked\":0,\"targets\":[{\"to\":\"file:one\","
                  "\"state\":\"all_sent\",\"sent\":3,");
    run_put("p/project.yaml", PROJECT("sync: [{to: \"file:one\"}, {to: \"file:three\"}]\n"));
    assert_int_equal(unsent(r), 3); /* the new one has none yet */
    label(r, 4, 6);
    run_shell(r, 0, "\"$LW\" sync p");
    for (int i = 0; i < 2; i++) {
        run_shell(
            r, 0, "cat p/%s/*/*.ndjson | grep -c '\"type\":\"annotate\"'", i ? "three" : "one");
        run_prints(r, "6\n");
    }
    assert_int_equal(unsent(r), 0);
}

static void a_project_without_targets_is_told_how(void **state)
{
    struct run *r = *state;
    make(PROJECT(""), 1);
    run_shell(r, 2, "\"$LW\" sync p");
    run_says(r, "Add `sync: {to: \"file:outbox/\"}`");
    assert_false(run_has("p/journal"));
}

static void nothing_labeled_is_nothing_to_send(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\"}\n"), 1);
    run_shell(r, 0, "\"$LW\" sync p");
    run_says(r, "nothing was labeled here");
    assert_false(run_has("p/journal"));
}

static void a_held_journal_is_left_alone(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\"}\n"), 2);
    label(r, 1, 1);
    run_shell(r, 1, "flock -F p/journal/lock \"$LW\" sync p");
    run_says(r, "Another labelwright has this project open");
    assert_int_equal(unsent(r), 1);
    run_shell(r, 0, "flock -F p/journal/lock \"$LW\" sync --dry-run p");
}

static void a_folder_that_cannot_be_written_is_told(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox\"}\n"), 2);
    label(r, 1, 2);
    run_put("p/outbox", "a file");
    run_shell(r, 3, "\"$LW\" sync p");
    run_says(r, "2 unsent");
    run_says(r, "outbox");
    run_shell(r, 0, "rm p/outbox; \"$LW\" sync p");
}

static void a_folder_outside_is_refused(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\"}\n"), 2);
    label(r, 1, 2);
    run_shell(r, 0, "ln -s /tmp p/outbox");
    run_shell(r, 3, "\"$LW\" sync p");
    run_says(r, "symbolic link");
}

/* It is loaded only to send: everything else works without it. An empty file in its place is as
 * good as none. */
static void without_its_library_only_sending_fails(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "mkdir none; : > none/libcurl.so.4");
    make(PROJECT("sync: {to: \"http://127.0.0.1:9/labels\"}\n"), 5);
    run_shell(r, 0,
        "export LD_LIBRARY_PATH=none; echo '{\"task\":\"t1\",\"answers\":{\"q\":4}}' | "
        "\"$LW\" record p");
    run_prints(r, "{\"task\":\"t1\",\"seq\":3,");
    run_shell(r, 1, "LD_LIBRARY_PATH=none \"$LW\" sync p");
    run_says(r, "libcurl cannot be loaded");
    run_says(r, "apt install libcurl4");
    assert_int_equal(unsent(r), 1);
    run_shell(r, 0, "LD_LIBRARY_PATH=none \"$LW\" doctor | grep 'libcurl 4 is not installed'");
}

static void resend_stands_alone_with_what_makes_sense(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\"}\n"), 2);
    run_shell(r, 2, "\"$LW\" sync --dry-run --resend p");
    run_shell(r, 2, "\"$LW\" sync --dry-run --watch p");
    label(r, 1, 2);
    run_shell(r, 0, "\"$LW\" sync --resend p");
    assert_int_equal(unsent(r), 0);
}

static void watch_sends_what_comes_and_ends_by_a_signal(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox/\"}\n"), 4);
    label(r, 1, 2);
    run_shell(r, 0,
        "\"$LW\" sync --watch p & watcher=$!\n"
        "sent() { cat p/outbox/*/*.ndjson 2>/dev/null | grep -c '\"type\":\"annotate\"'; }\n"
        "until [ \"$(sent)\" = 2 ]; do kill -0 $watcher || exit 9; done\n"
        /* it may just look: then the journal is its own for a moment */
        "until echo '{\"task\":\"t3\",\"answers\":{\"q\":1}}' | \"$LW\" record p; do :; done\n"
        "until [ \"$(sent)\" = 3 ]; do kill -0 $watcher || exit 9; done\n"
        "kill -TERM $watcher; wait $watcher; [ $? = 130 ]");
    run_shell(r, 0, "\"$LW\" verify p");
}

/* ---- plain mode */

static void plain_mode_sends_when_asked(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox\"}\n"), 3);
    run_fed(r, 0, "4\n\n.send\n5\n\n.send\n.quit\n", "--plain p");
    run_prints(r, "file:outbox: 1 sent.");
    assert_int_equal(unsent(r), 0);
    assert_int_equal(receipts(r, "labels"), 2);
}

static void plain_mode_says_why_it_cannot(void **state)
{
    struct run *r = *state;
    make(PROJECT("sync: {to: \"file:outbox\"}\n"), 3);
    run_put("p/outbox", "a file where the folder should be\n");
    run_fed(r, 0, "4\n\n.send\n.quit\n", "--plain p");
    run_prints(r, "1 unsent. Cannot save the batch in the folder outbox");
    assert_int_equal(unsent(r), 1);
    run_put("p/project.yaml", PROJECT(""));
    run_fed(r, 0, ".send\n.quit\n", "--plain p");
    run_prints(r, "This project sends nothing");
}

#define T(test) cmocka_unit_test_setup_teardown(test, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        T(sends_all_labels_to_the_folder_once),
        T(the_folder_holds_the_journal_line_by_line),
        T(a_second_sync_sends_nothing),
        T(dry_run_says_what_sync_then_does),
        T(what_stands_in_place_of_a_batch_is_replaced),
        T(links_lead_no_batches_into_the_journal),
        T(every_target_gets_every_label),
        T(a_project_without_targets_is_told_how),
        T(nothing_labeled_is_nothing_to_send),
        T(a_held_journal_is_left_alone),
        T(a_folder_that_cannot_be_written_is_told),
        T(a_folder_outside_is_refused),
        T(without_its_library_only_sending_fails),
        T(resend_stands_alone_with_what_makes_sense),
        T(watch_sends_what_comes_and_ends_by_a_signal),
        T(plain_mode_sends_when_asked),
        T(plain_mode_says_why_it_cannot),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
