/* Commands, options, streams and exit statuses: scripts depend on them. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <sys/stat.h>
#include <unistd.h>

static const char *const commands[] = {"label", "record", "status", "export", "verify", "check"};
enum { COMMANDS = sizeof commands / sizeof *commands };

#define LABEL_A "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n"
#define SKIP_B "{\"task\":\"b\",\"skip\":\"no time\"}\n"

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
        {"", "Give a project folder or a file of tasks: labelwright label PATH."},
        {"status", "labelwright status PATH."},
        {"stauts p", "\"stauts\" is not a command or a file. Did you mean status?"},
        {"stauts", "Did you mean status?"},
        {"frobnicate p",
            "\"frobnicate\" is not a command or a file. labelwright --help lists the commands."},
        {"p q", "label takes one PATH (2 given)."},
        {"status p q r", "status takes one PATH (3 given)."},
        {"status --nope p", "Unknown option --nope."},
        {"status p --nope", "Unknown option --nope."},
        {"-x p", "Unknown option -x."},
        {"status -xj p", "Unknown option -x."},
        {"status p --annotator", "Option --annotator needs a value"},
        {"status --json=yes p", "Option --json takes no value."},
        {"status --theme dark p", "status has no option --theme."},
        {"record --json p", "record has no option --json."},
        {"verify --task 3 p", "verify has no option --task."},
        {"status ''", "No path given."},
        {"status -", "Tasks cannot come from stdin"},
        {"record -", "Tasks cannot come from stdin"},
        {"status --annotator 'a b' p", "The annotator name \"a b\" may contain letters"},
        {"p", "Labeling needs a terminal"},
        {"export p", "export needs --format NAME. Formats:"},
        {"export --format nope p", "Unknown format \"nope\". Formats:"},
        {"export --json --format native p", "export has no option --json."},
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
    run_says(r, "Created t.jsonl.labelwright/project.yaml with standard questions.");
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
    run_says(r, "labelwright status PATH.");
}

static void a_file_named_like_an_option_goes_after_two_dashes(void **state)
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
        run_says(r, "nowhere.jsonl: no such file or folder.");
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
        run_says(r, "config.yaml:1:12: the name \"a b\" may contain letters");
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
        TEST(the_same_project_opens_by_every_form_of_its_path),
        TEST(a_bare_file_opens_by_every_form_of_its_path),
        TEST(a_file_named_like_a_command_is_a_path_with_a_slash),
        TEST(a_file_named_like_an_option_goes_after_two_dashes),
        TEST(a_path_that_is_not_there_exits_3_and_makes_nothing),
        TEST(foreign_text_comes_out_harmless),
        TEST(what_cannot_be_written_to_stdout_is_a_failure),
        TEST(closed_standard_streams_never_become_files_of_the_project),
        TEST(a_config_with_mistakes_is_told_by_every_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
