/* The command line is a contract: scripts depend on words, streams and exit statuses. */
#define _GNU_SOURCE
#include "run.h"

#include "labelwright/buf.h"
#include "shared.h"

#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const commands[] = {"label", "record", "status", "verify"};
enum { COMMANDS = sizeof commands / sizeof *commands };

#define LABEL_A "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n"
#define SKIP_B "{\"task\":\"b\",\"skip\":\"no time\"}\n"
#define JOURNAL "p/journal/000001.jsonl"

static void labeled(struct run *r)
{
    run_project("p");
    run_fed(r, 0, LABEL_A SKIP_B, "record p");
}

/* ---- help and usage */

static void help_is_data_and_names_every_command(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" --help");
    for (size_t i = 0; i < COMMANDS; i++)
        run_prints(r, commands[i]);
    run_prints(r, "130 interrupted");
    run_is_silent(r);
}

static void every_command_has_help_before_or_after_the_word_and_with_a_path(void **state)
{
    struct run *r = *state;
    for (size_t i = 0; i < COMMANDS; i++) {
        char *first = lw_format("labelwright %s PATH\n", commands[i]);
        run_shell(r, 0, "\"$LW\" %s --help", commands[i]);
        run_prints(r, first);
        run_is_silent(r);
        run_shell(r, 0, "\"$LW\" --help %s", commands[i]);
        run_prints(r, first);
        run_shell(r, 0, "\"$LW\" %s nowhere --help", commands[i]);
        run_prints(r, first);
        free(first);
    }
}

static void version_is_one_line_on_stdout(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "\"$LW\" --version");
    assert_string_equal(r->out, "labelwright " LW_VERSION "\n");
    run_is_silent(r);
}

static void wrong_words_exit_2_with_a_hint_and_touch_nothing(void **state)
{
    static const struct {
        const char *words, *said;
    } rows[] = {
        {"", "label what? Name a project's folder or a file of tasks."},
        {"status", "status what?"},
        {"stauts p", "There is no command and no file \"stauts\". Did you mean status?"},
        {"stauts", "Did you mean status?"},
        {"frobnicate p", "\"frobnicate\". labelwright --help lists the commands."},
        {"p q", "label takes one PATH, not 2."},
        {"status p q r", "status takes one PATH, not 3."},
        {"status --nope p", "There is no option --nope."},
        {"status p --nope", "There is no option --nope."},
        {"-x p", "There is no option -x."},
        {"status -xj p", "There is no option -x."},
        {"status p --annotator", "Option --annotator wants a value"},
        {"status --json=yes p", "Option --json takes no value."},
        {"status --theme dark p", "status takes no --theme."},
        {"record --json p", "record takes no --json."},
        {"verify --task 3 p", "verify takes no --task."},
        {"status ''", "No path."},
        {"status -", "Tasks cannot come from stdin"},
        {"record -", "Tasks cannot come from stdin"},
        {"status --annotator 'a b' p", "The annotator \"a b\" may hold letters"},
        {"p", "Labeling needs a terminal"},
    };
    struct run *r = *state;
    run_project("p");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        run_shell(r, 2, "\"$LW\" %s", rows[i].words);
        run_says(r, rows[i].said);
        run_prints_none(r);
    }
    assert_int_equal(run_count("p"), 2);
    assert_int_equal(run_count("."), 1);
}

static void options_stand_before_or_after_the_path(void **state)
{
    static const char *const forms[] = {"status --json p", "status p --json", "--json status p",
        "--json --annotator ana status p", "status p --annotator=ana --json", "status --json -- p",
        "--annotator ana status --json p"};
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "\"$LW\" status --json p");
    char *expected = lw_strdup(r->out);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        run_shell(r, 0, "\"$LW\" %s", forms[i]);
        assert_string_equal(r->out, expected);
    }
    free(expected);
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
    assert_int_equal(json_object_size(json_object_get(o, "journal")), 2);
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
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "tasks    3 in all: 1 done, 1 skipped, 1 left\n");
    run_prints(r, "events   4 in all: 2 unsent, 0 parked\n");
    run_prints(r, "journal  sound, head ");
    run_is_silent(r);
}

static void status_writes_no_journal(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0, "\"$LW\" status p");
    run_prints(r, "journal  sound, head -\n");
    assert_false(run_has("p/journal"));
}

static void status_forgets_labels_whose_journal_is_gone(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "rm -r p/journal");
    expect_tasks(r, 3, 0, 0, 3);
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
    run_prints(r, "journal  damaged: see verify");
}

/* ---- verify */

static void verify_says_sound_with_the_head(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "sound: 4 events in 1 segment, head ");
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
    run_prints(r, "NOT sound");
    run_says(r, "journal/000001.jsonl:3: its hash does not match: the line was changed.");
}

static void verify_finds_a_line_that_was_taken_out(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "sed -i 3d " JOURNAL);
    run_shell(r, 1, "\"$LW\" verify p");
    run_prints(r, "NOT sound");
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
    run_prints(r, "NOT sound");
}

static void verify_takes_an_unfinished_line_for_what_it_is(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 0, "printf '{\"v\":1,\"jour' >> " JOURNAL);
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "sound: 4 events");
    run_says(r, "12 bytes are of unfinished lines, which were never saved.");
    run_shell(r, 0, "\"$LW\" verify --json p");
    run_prints(r, "\"torn\":12");
}

static void verify_without_a_journal_says_so(void **state)
{
    struct run *r = *state;
    run_project("p");
    run_shell(r, 3, "\"$LW\" verify p");
    run_says(r, "There is no journal yet: nothing was labeled here.");
    run_prints_none(r);
    assert_false(run_has("p/journal"));
}

static void verify_needs_no_tasks(void **state)
{
    struct run *r = *state;
    labeled(r);
    unlink("p/tasks.jsonl");
    run_shell(r, 0, "\"$LW\" verify p");
    run_prints(r, "sound: 4 events");
    run_shell(r, 3, "\"$LW\" status p");
    run_says(r, "tasks.jsonl: cannot open: No such file");
}

static void verify_tells_whose_journal_there_is(void **state)
{
    struct run *r = *state;
    labeled(r);
    run_shell(r, 3, "\"$LW\" verify --annotator joe p");
    run_says(r, "There is no journal of joe here. journal/ belongs to ana: --annotator ana");
}

/* ---- PATH */

static void the_same_project_opens_by_every_form_of_its_path(void **state)
{
    static const char *const forms[] = {"p", "p/", "p///", "./p", "p/project.yaml", "\"$PWD/p\"",
        "p/../p", "link", "'p/./project.yaml'"};
    struct run *r = *state;
    labeled(r);
    assert_int_equal(symlink("p", "link"), 0);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        run_shell(r, 0, "\"$LW\" status %s", forms[i]);
        run_prints(r, "1 done, 1 skipped, 1 left");
    }
    run_shell(r, 0, "cd p && \"$LW\" status .");
    run_prints(r, "1 done, 1 skipped, 1 left");
    run_shell(r, 0, "cd p && \"$LW\" status project.yaml");
    run_prints(r, "1 done, 1 skipped, 1 left");
}

static void a_bare_file_opens_by_every_form_of_its_path(void **state)
{
    static const char *const forms[] = {"t.jsonl", "./t.jsonl", "t.jsonl.labelwright",
        "t.jsonl.labelwright/", "t.jsonl.labelwright/project.yaml", "\"$PWD/t.jsonl\""};
    struct run *r = *state;
    run_put("t.jsonl", RUN_TASKS);
    run_fed(r, 0, "{\"task\":\"a\",\"skip\":\"\"}\n", "record t.jsonl");
    run_says(r, "t.jsonl.labelwright/project.yaml was made");
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        run_shell(r, 0, "\"$LW\" status %s", forms[i]);
        run_prints(r, "0 done, 1 skipped, 2 left");
        run_is_silent(r);
    }
}

static void a_file_named_like_a_command_is_a_path_with_a_slash(void **state)
{
    struct run *r = *state;
    run_put("status", RUN_TASKS);
    run_shell(r, 0, "\"$LW\" status ./status");
    run_prints(r, "3 in all");
    run_shell(r, 0, "\"$LW\" status status");
    run_prints(r, "3 in all");
    run_shell(r, 2, "\"$LW\" status");
    run_says(r, "status what?");
}

static void a_file_named_like_an_option_stands_behind_two_dashes(void **state)
{
    struct run *r = *state;
    run_put("--json", RUN_TASKS);
    run_shell(r, 0, "\"$LW\" status -- --json");
    run_prints(r, "tasks    3 in all");
}

static void a_path_that_is_not_there_exits_3_and_makes_nothing(void **state)
{
    struct run *r = *state;
    static const char *const names[] = {"status", "record", "verify"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        run_shell(r, 3, "\"$LW\" %s nowhere.jsonl", names[i]);
        run_says(r, "nowhere.jsonl: there is no such file or folder.");
        run_prints_none(r);
    }
    assert_int_equal(run_count("."), 0);
}

/* ---- streams */

static void foreign_text_comes_out_harmless(void **state)
{
    struct run *r = *state;
    run_put("t\033[31m\r.jsonl", "[1]\n");
    run_shell(r, 3, "\"$LW\" status \"$(printf 'no\\033]0;x\\007\\302\\233file\\r')\"");
    for (const char *c = r->err; *c; c++)
        assert_true((unsigned char)*c >= ' ' || *c == '\n');
    run_says(r, "no^[");
    assert_null(strstr(r->err, "\302\233"));
    run_shell(r, 1, "\"$LW\" status t*");
    run_says(r, "t^[[31m^M.jsonl: no record can be read");
    assert_null(strchr(r->err, '\033'));
    run_shell(r, 2, "\"$LW\" \"$(printf -- '--x\\033[1m')\"");
    assert_null(strchr(r->err, '\033'));
}

static void what_cannot_be_written_to_stdout_is_a_failure(void **state)
{
    static const char *const words[] = {
        "--help", "--version", "status p", "status --json p", "verify p", "verify --json p"};
    struct run *r = *state;
    labeled(r);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        run_shell(r, 3, "\"$LW\" %s > /dev/full", words[i]);
        run_says(r, "Cannot write to stdout: No space left on device.");
        run_shell(r, 3, "\"$LW\" %s >&-", words[i]);
        run_says(r, "Cannot write to stdout: Bad file descriptor.");
    }
}

static void closed_standard_streams_never_become_files_of_the_project(void **state)
{
    struct run *r = *state;
    run_project("p");
    r->in = LABEL_A;
    run_shell(r, 3, "\"$LW\" record p >&- 2>&-");
    run_shell(r, 3, "\"$LW\" record p <&- 2>&-");
    run_shell(r, 3, "\"$LW\" record p <&- >&- 2>&-");
    r->in = NULL;
    run_shell(r, 0, "\"$LW\" verify p");
    run_shell(r, 1, "grep -rlE 'labelwright: [A-Z]|\"task\":\"a\",\"seq\"' p");
    assert_int_equal(r->out_n, 0);
}

static void a_config_with_mistakes_is_told_by_every_command(void **state)
{
    static const char *const names[] = {"label", "record", "status", "verify"};
    static const char *const env[] = {"XDG_CONFIG_HOME=/proc/self/cwd/c", NULL};
    struct run *r = *state;
    run_project("p");
    run_shell(r, 0, "mkdir -p c/labelwright");
    run_put("c/labelwright/config.yaml", "annotator: a b\nthem: dark\n");
    r->env = env;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        run_shell(r, 1, "\"$LW\" %s p", names[i]);
        run_says(r, "config.yaml:1:12: the name \"a b\" may hold letters");
        run_says(r, "config.yaml:2:1: unknown key \"them\". Did you mean \"theme\"?");
        run_prints_none(r);
    }
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(help_is_data_and_names_every_command),
        TEST(every_command_has_help_before_or_after_the_word_and_with_a_path),
        TEST(version_is_one_line_on_stdout),
        TEST(wrong_words_exit_2_with_a_hint_and_touch_nothing),
        TEST(options_stand_before_or_after_the_path),
        TEST(status_json_has_the_promised_members_and_no_others),
        TEST(status_counts_tasks_through_skips_and_second_labels),
        TEST(status_text_has_the_same_numbers),
        TEST(status_writes_no_journal),
        TEST(status_forgets_labels_whose_journal_is_gone),
        TEST(status_looks_at_the_whole_chain_and_not_at_its_tail),
        TEST(verify_says_sound_with_the_head),
        TEST(verify_names_the_line_that_was_changed),
        TEST(verify_finds_a_line_that_was_taken_out),
        TEST(verify_finds_lines_in_another_order),
        TEST(verify_takes_an_unfinished_line_for_what_it_is),
        TEST(verify_without_a_journal_says_so),
        TEST(verify_needs_no_tasks),
        TEST(verify_tells_whose_journal_there_is),
        TEST(the_same_project_opens_by_every_form_of_its_path),
        TEST(a_bare_file_opens_by_every_form_of_its_path),
        TEST(a_file_named_like_a_command_is_a_path_with_a_slash),
        TEST(a_file_named_like_an_option_stands_behind_two_dashes),
        TEST(a_path_that_is_not_there_exits_3_and_makes_nothing),
        TEST(foreign_text_comes_out_harmless),
        TEST(what_cannot_be_written_to_stdout_is_a_failure),
        TEST(closed_standard_streams_never_become_files_of_the_project),
        TEST(a_config_with_mistakes_is_told_by_every_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
