/* status, verify and export: what scripts read from a journal. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"
#include "labelwright/export/export.h"

#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#define LABEL_A "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n"
#define SKIP_B "{\"task\":\"b\",\"skip\":\"no time\"}\n"
#define JOURNAL "p/journal/000001.jsonl"
#define CHECKPOINT "p/.labelwright/checkpoint"

static void labeled(struct run *r)
{
    run_project("p");
    run_fed(r, 0, LABEL_A SKIP_B, "record p");
}

/* ---- status */

static json_int_t number(const json_t *o, const char *group, const char *name)
{
    const json_t *v = json_object_get(json_object_get(o, group), name);
    assert_true(json_is_integer(v));
    return json_integer_value(v);
}

static json_t *status_json(struct run *r, int status)
{
    run_shell(r, status, "\"$LW\" status --json p");
    json_t *o = json_loads(r->out, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(o);
    return o;
}

static void expect_tasks(struct run *r, int total, int done, int skipped, int left)
{
    json_t *o = status_json(r, 0);
    assert_int_equal(number(o, "tasks", "total"), total);
    assert_int_equal(number(o, "tasks", "done"), done);
    assert_int_equal(number(o, "tasks", "skipped"), skipped);
    assert_int_equal(number(o, "tasks", "left"), left);
    json_decref(o);
}

static void status_json_has_the_promised_members_and_no_others(void **state)
{
    struct run *r = *state;
    labeled(r);
    json_t *o = status_json(r, 0);
    assert_int_equal(json_object_size(o), 3);
    assert_int_equal(json_object_size(json_object_get(o, "tasks")), 4);
    assert_int_equal(json_object_size(json_object_get(o, "events")), 3);
    assert_int_equal(json_object_size(json_object_get(o, "journal")), 3);
    assert_int_equal(number(o, "events", "total"), 4); /* journal, questions, annotate, skip */
    assert_int_equal(number(o, "events", "unsent"), 2);
    assert_int_equal(number(o, "events", "parked"), 0);
    const json_t *journal = json_object_get(o, "journal");
    assert_true(json_is_true(json_object_get(journal, "ok")));
    run_shell(r, 0, "tail -n 1 " JOURNAL);
    run_prints(r, json_string_value(json_object_get(journal, "head")));
    json_decref(o);
}

static void status_counts_tasks_through_skips_and_second_labels(void **state)
{
    struct run *r = *state;
    run_project("p");
    expect_tasks(r, 3, 0, 0, 3);
    run_fed(r, 0, LABEL_A, "record p");
    expect_tasks(r, 3, 1, 0, 2);
    run_fed(r, 0, SKIP_B LABEL_A, "record p");
    expect_tasks(r, 3, 1, 1, 1);
    run_fed(r, 0, "{\"task\":\"b\",\"answers\":{\"quality\":1}}\n", "record p");
    expect_tasks(r, 3, 2, 0, 1);
}

static void status_text_has_the_same_numbers(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "\"$LW\" status --verify p");
    run_prints(r, "tasks    3 in all: 1 done, 1 skipped, 1 left\n");
    run_prints(r, "sync     nothing set (labels stay here)\n");
    run_prints(r, "journal  OK, 4 events, head ");
    run_is_silent(r);
}

static void status_tells_how_far_quotas_are_met(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_put("p/project.yaml", "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: kind, type: choice, options: [{value: verse}, "
                              "{value: prose}, {value: code}], quota: {code: 2, verse: 1}}\n");
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "quota    kind: verse 0 of 1\nquota    kind: code 0 of 2\n");
    run_fed(r, 0,
        "{\"task\":\"a\",\"answers\":{\"kind\":\"verse\"}}\n"
        "{\"task\":\"b\",\"answers\":{\"kind\":\"code\"}}\n"
        "{\"task\":\"b\",\"answers\":{\"kind\":\"prose\"}}\n",
        "record p");
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "quota    kind: verse 1 of 1 (full)\nquota    kind: code 0 of 2\n");
    json_t *o = status_json(r, 0);
    char *quotas = json_dumps(json_object_get(o, "quotas"), JSON_COMPACT);
    assert_string_equal(quotas,
        "[{\"question\":\"kind\",\"option\":\"verse\",\"done\":1,\"wanted\":1},"
        "{\"question\":\"kind\",\"option\":\"code\",\"done\":0,\"wanted\":2}]");
    free(quotas);
    json_decref(o);
}

static void status_writes_no_journal(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "journal  OK, 0 events, head -\n");
    assert_false(run_has("p/journal"));
}

static void labels_whose_journal_is_gone_are_not_counted_and_it_is_told(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "rm -r p/journal");
    run_shell(r, 1, "\"$LW\" status p");
    run_prints(r, "3 in all: 0 done, 0 skipped, 3 left");
    run_prints(r, "journal  NOT OK (run labelwright verify)");
    run_shell(r, 1, "\"$LW\" verify p");
    run_says(r, "the journal is gone");
}

static void status_looks_at_the_whole_chain_and_not_at_its_tail(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "sed -i '3s/\"quality\":4/\"quality\":5/' " JOURNAL);
    json_t *o = status_json(r, 1);
    assert_true(json_is_false(json_object_get(json_object_get(o, "journal"), "ok")));
    json_decref(o);
    run_shell(r, 1, "\"$LW\" status p");
    run_prints(r, "journal  NOT OK (run labelwright verify)");
}

static bool is_verified(struct run *r)
{
    json_t *o = status_json(r, 0);
    const json_t *verified = json_object_get(json_object_get(o, "journal"), "verified");
    assert_true(json_is_boolean(verified));
    bool is = json_is_true(verified);
    json_decref(o);
    return is;
}

/* By the times of its files. */
static void status_reads_a_journal_again_only_where_something_was_written(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "touch -d '1 hour' " CHECKPOINT);
    assert_false(is_verified(r));
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "journal  as it was left (--verify checks every line), 4 events, head ");
    run_shell(r, 0, "\"$LW\" status --verify p");
    run_prints(r, "journal  OK, 4 events, head ");
    run_shell(r, 0, "touch -d '2 hours' " JOURNAL);
    assert_true(is_verified(r));
    run_shell(r, 0, "touch -d '1 hour ago' " JOURNAL "; rm -r p/.labelwright");
    assert_true(is_verified(r));
}

/* As a backup that is put back has it. */
static void status_finds_a_change_under_the_old_time(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "sed -i '3s/\"quality\":4/\"quality\":5/' " JOURNAL);
    run_shell(r, 0, "touch -d '1 hour ago' " JOURNAL);
    run_shell(r, 1, "\"$LW\" status p");
    run_prints(r, "journal  NOT OK (run labelwright verify)");
}

static void status_reads_a_journal_again_when_a_file_of_it_went(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "touch -d '1 hour' " CHECKPOINT);
    assert_false(is_verified(r));
    run_shell(r, 0, "touch p/journal/000002.jsonl; rm p/journal/000002.jsonl");
    run_shell(r, 0, "touch -d '2 hours' p/journal"); /* which it has then, an hour on */
    assert_true(is_verified(r));
}

/* As where the clock was set back. */
static void status_finds_what_no_time_tells_when_asked(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "sed -i '3s/\"quality\":4/\"quality\":5/' " JOURNAL);
    run_shell(r, 0, "touch -d '1 hour' " CHECKPOINT);
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "journal  as it was left");
    run_shell(r, 1, "\"$LW\" status --verify p");
    run_prints(r, "journal  NOT OK (run labelwright verify)");
}

/* ---- verify */

static void verify_says_ok_with_the_head(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "OK: 4 events in 1 segment, head ");
    run_is_silent(r);
    run_shell(r, 0, "\"$LW\" verify --json p");
    run_prints(
        r, "{\"ok\":true,\"events\":4,\"segments\":1,\"damaged\":0,\"breaks\":0,\"torn\":0,");
}

static void verify_names_the_line_that_was_changed(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "sed -i '3s/\"quality\":4/\"quality\":5/' " JOURNAL);
    run_shell(r, 1, "\"$LW\" verify p");
    run_prints(r, "NOT OK");
    run_says(r, "journal/000001.jsonl:3: its hash does not match: the line was changed.");
}

static void verify_finds_a_line_that_was_taken_out(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "sed -i 3d " JOURNAL);
    run_shell(r, 1, "\"$LW\" verify p");
    run_prints(r, "NOT OK");
    run_says(r, "event 3 is missing");
    run_shell(r, 1, "\"$LW\" verify --json p");
    run_prints(r, "{\"ok\":false,");
    run_prints(r, "\"breaks\":1");
}

static void verify_finds_lines_in_another_order(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "sed -i '3{h;d};4{G}' " JOURNAL);
    run_shell(r, 1, "\"$LW\" verify p");
    run_prints(r, "NOT OK");
}

static void verify_takes_an_unfinished_line_for_what_it_is(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "printf '{\"v\":1,\"jour' >> " JOURNAL);
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "OK: 4 events");
    run_says(r, "12 bytes are incomplete lines: still being written, or cut off.");
    run_shell(r, 0, "\"$LW\" verify --json p");
    run_prints(r, "\"torn\":12");
}

static void verify_knows_a_label_that_lost_only_its_line_feed(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "truncate -s -1 " JOURNAL);
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "OK: 4 events");
    run_says(r, "the last line has no end of line; this is fixed");
    run_fed(r, 0, "", "record p");
    run_says(r, "had no end of line. Fixed.");
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "OK: 5 events");
    run_is_silent(r);
}

static void verify_misses_a_label_that_was_cut_short(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "truncate -s -9 " JOURNAL);
    run_shell(r, 1, "\"$LW\" verify p");
    run_prints(r, "NOT OK: 3 events");
    run_says(r, "event 4 is missing or changed");
}

static void verify_names_what_is_no_part_of_the_journal(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0,
        "cp " JOURNAL " 'p/journal/000001 (1).jsonl'; "
        "cp " JOURNAL " p/journal/000001.sync-conflict-20261120-1.jsonl; "
        "touch p/journal/000001.jsonl.torn p/journal/000001.jsonl.torn.2");
    run_shell(r, 0, "\"$LW\" verify p");
    run_says(r, "\"000001 (1).jsonl\" is not part of the journal; it is not read");
    run_says(r, "\"000001.sync-conflict-20261120-1.jsonl\" is not part of the journal");
    run_says_not(r, "torn");
}

static void verify_tells_once_of_the_lines_of_another_journal(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_project("q");
    run_fed(r, 0, LABEL_A SKIP_B LABEL_A, "record q");
    run_shell(r, 0, "cp q/journal/000001.jsonl p/journal/000002.jsonl");
    run_shell(r, 1, "\"$LW\" verify p");
    run_prints(r, "NOT OK: 4 events in 2 segments");
    run_says(r, "000002.jsonl:1: from here on, the lines belong to another journal");
    assert_null(strstr(r->err, "000002.jsonl:2"));
}

/* verify, status and doctor agree on whether a journal is intact. */
static void all_say_the_same_of_a_journal(void **state)
{
    struct run *r = *state;
    static const struct {
        const char *damage;
        bool sound;
    } table[] = {
        {"true", true},
        {"printf '{\"v\":1,' >> " JOURNAL, true},
        {"truncate -s -1 " JOURNAL, true},
        {"rm -r p/.labelwright", true},
        {"sed -i '3s/\"quality\":4/\"quality\":5/' " JOURNAL, false},
        {"sed -i '3{h;d};4{G}' " JOURNAL, false},
        {"sed -i '$d' " JOURNAL, false},
        {"sed -i '$d' " JOURNAL "; rm -r p/.labelwright", false},
        {"truncate -s -9 " JOURNAL, false},
        {"truncate -s 0 " JOURNAL, false},
        {"rm " JOURNAL, false},
        {"rm -r p/journal", false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        int status = table[i].sound ? 0 : 1;
        run_shell(r, 0, "rm -rf p \"$XDG_STATE_HOME\"");
        labeled(r);
        run_shell(r, 0, "%s", table[i].damage);
        run_shell(r, status, "\"$LW\" verify p");
        run_prints(r, table[i].sound ? "OK: " : "NOT OK: ");
        json_t *o = status_json(r, status);
        assert_int_equal(
            json_is_true(json_object_get(json_object_get(o, "journal"), "ok")), table[i].sound);
        json_decref(o);
        run_shell(r, 0, "\"$LW\" doctor p; true");
        assert_int_equal(!strstr(r->out, "labelwright verify"), table[i].sound);
    }
}

static void verify_without_a_journal_says_so(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 3, "\"$LW\" verify p");
    run_says(r, "No journal yet: nothing was labeled here.");
    run_prints_none(r);
    assert_false(run_has("p/journal"));
}

static void verify_needs_no_tasks(void **state)
{
    struct run *r = *state;
    labeled(r);
    unlink("p/tasks.jsonl");
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "OK: 4 events");
    run_shell(r, 3, "\"$LW\" status p");
    run_says(r, "project.yaml names \"tasks.jsonl\", which is not there.");
}

static void verify_tells_whose_journal_there_is(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 3, "\"$LW\" verify --annotator joe p");
    run_says(r, "joe has no journal here. journal/ belongs to ana; to see it, use --annotator ana");
}

/* ---- export */

static void export_writes_rows_to_stdout_or_to_a_file(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "\"$LW\" export --format native p");
    run_prints(r, "\"task\":\"a\"");
    char *rows = lw_strdup(r->out);
    run_shell(r, 0, "\"$LW\" export -o - p --format native");
    assert_string_equal(r->out, rows);
    run_shell(r, 0, "\"$LW\" export p -o out.jsonl --format=native");
    run_prints_none(r);
    char *file = run_get("out.jsonl", NULL);
    assert_string_equal(file, rows);
    free(file);
    free(rows);
    assert_int_equal(run_count("."), 2);
}

static void export_needs_no_format_and_its_help_has_them_all(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "\"$LW\" export --format native p");
    char *rows = lw_strdup(r->out);
    run_says_not(r, "names the others");
    run_shell(r, 0, "\"$LW\" export p");
    assert_string_equal(r->out, rows);
    run_says(r, "written, in the format native. labelwright help export names the others.");
    run_shell(r, 0, "\"$LW\" help export");
    for (size_t i = 0; lw_export_name(i); i++)
        run_prints(r, lw_export_name(i));
    free(rows);
}

static void an_export_that_cannot_be_written_fails_and_leaves_the_old_file(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 3, "\"$LW\" export --format native p > /dev/full");
    run_says(r, "No space left on device");
    r->in = "";
    run_shell(r, 0, "\"$LW\" export --format csv p -o out.jsonl");
    char *old = run_get("out.jsonl", NULL);
    run_shell(r, 3, "ulimit -f 0; \"$LW\" export --format native p -o out.jsonl 2>/dev/full");
    char *file = run_get("out.jsonl", NULL);
    assert_string_equal(file, old);
    free(file);
    free(old);
    assert_int_equal(run_count("."), 2);
    run_shell(r, 3, "\"$LW\" export --format native p -o nowhere/out.jsonl");
    run_says(r, "nowhere/out.jsonl");
}

static void labels_are_exported_without_their_tasks(void **state)
{
    static const char *const ends[] = {"rm p/tasks.jsonl", ": > p/tasks.jsonl",
        "echo '{\"id\":\"z\",\"prompt\":\"new\"}' > p/tasks.jsonl"};
    static const int status[] = {3, 1, 0};
    struct run *r = *state;
    labeled(r);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        bool readable = i == 2;
        run_shell(r, 0, "%s", ends[i]);
        run_shell(r, 0, "\"$LW\" export --format native p");
        run_prints(
            r, "{\"task\":\"a\",\"file\":\"tasks.jsonl\",\"record\":1,\"record_now\":\"missing\",");
        run_says(r, "2 labels whose task is no longer in any task file.");
        if (!readable)
            run_says(r, "tasks.jsonl");
        run_shell(r, 0, "\"$LW\" export --format csv p");
        run_prints(r, "a,tasks.jsonl,1,missing,done,4,");
        run_shell(r, status[i], "\"$LW\" export --format openai-chat --question quality p");
        run_says(r, readable ? "1 task left out: no longer in the task files." : "tasks.jsonl");
        run_prints_none(r);
    }
}

static void labels_of_a_bare_file_outlive_it(void **state)
{
    struct run *r = *state;
    run_put("f.jsonl", RUN_TASKS);
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":{\"x\":4}}}\n", "record f.jsonl");
    run_shell(r, 0, "rm f.jsonl; \"$LW\" export --format csv f.jsonl");
    run_prints(r, "a,../f.jsonl,1,missing,done,4,");
    run_says(r, "f.jsonl");
    run_shell(r, 3, "\"$LW\" label --plain f.jsonl");
    run_says(
        r, "names \"../f.jsonl\", which is not there. Put the file there, or correct its `file:`.");
    run_shell(r, 3, "\"$LW\" export --format csv g.jsonl");
    run_says(r, "g.jsonl: no such file or folder.");
}

#define HOSTILE "\\033]0;x\\007"

static void an_export_is_exact_in_a_pipe_and_harmless_on_a_terminal(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":1,\"why\":\"\\u001b]0;x\\u0007\"}}\n",
        "record p");
    run_shell(r, 0, "\"$LW\" export --format csv p | grep -q \"$(printf '" HOSTILE "')\"");
    run_says(r, "1 line written.");
    run_shell(r, 0,
        "python3 -c 'import pty, sys; pty.spawn(sys.argv[1:])' \"$LW\" export --format csv p "
        "> shown && ! grep -q \"$(printf '\\033')\" shown && cat shown");
    run_prints(r, "^[]0;x^G");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(status_json_has_the_promised_members_and_no_others),
        TEST(status_counts_tasks_through_skips_and_second_labels),
        TEST(status_text_has_the_same_numbers),
        TEST(status_tells_how_far_quotas_are_met),
        TEST(status_writes_no_journal),
        TEST(labels_whose_journal_is_gone_are_not_counted_and_it_is_told),
        TEST(status_looks_at_the_whole_chain_and_not_at_its_tail),
        TEST(status_reads_a_journal_again_only_where_something_was_written),
        TEST(status_finds_a_change_under_the_old_time),
        TEST(status_reads_a_journal_again_when_a_file_of_it_went),
        TEST(status_finds_what_no_time_tells_when_asked),
        TEST(verify_says_ok_with_the_head),
        TEST(verify_names_the_line_that_was_changed),
        TEST(verify_finds_a_line_that_was_taken_out),
        TEST(verify_finds_lines_in_another_order),
        TEST(verify_takes_an_unfinished_line_for_what_it_is),
        TEST(verify_knows_a_label_that_lost_only_its_line_feed),
        TEST(verify_misses_a_label_that_was_cut_short),
        TEST(verify_names_what_is_no_part_of_the_journal),
        TEST(verify_tells_once_of_the_lines_of_another_journal),
        TEST(all_say_the_same_of_a_journal),
        TEST(verify_without_a_journal_says_so),
        TEST(verify_needs_no_tasks),
        TEST(verify_tells_whose_journal_there_is),
        TEST(export_writes_rows_to_stdout_or_to_a_file),
        TEST(export_needs_no_format_and_its_help_has_them_all),
        TEST(an_export_that_cannot_be_written_fails_and_leaves_the_old_file),
        TEST(labels_are_exported_without_their_tasks),
        TEST(labels_of_a_bare_file_outlive_it),
        TEST(an_export_is_exact_in_a_pipe_and_harmless_on_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
