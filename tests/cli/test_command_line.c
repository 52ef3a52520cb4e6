/* Commands, options, streams and exit statuses: scripts depend on them. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "cli/command_table_internal.h"
#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <sys/stat.h>
#include <unistd.h>

#define LABEL_A "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n"
#define SKIP_B "{\"task\":\"b\",\"skip\":\"no time\"}\n"

static void labeled(struct run *r)
{
    run_project("p");
    run_fed(r, 0, LABEL_A SKIP_B, "record p");
}

/* ---- help and usage */

/* Lines of stdout, and the most bytes that are no continuation in one. */
static size_t measure(const char *text, size_t *widest)
{
    size_t lines = 0, columns = 0;
    for (*widest = 0; *text; text++) {
        columns += ((unsigned char)*text & 0xc0) != 0x80 && *text != '\n';
        *widest = columns > *widest ? columns : *widest;
        if (*text == '\n')
            columns = 0, lines++;
    }
    return lines;
}

static void help_is_data_fits_a_screen_and_names_every_command(void **state)
{
    static const char *const forms[] = {"--help", "-h", "help"};
    struct run *r = *state;
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        size_t widest;
        run_shell(r, 0, "\"$LW\" %s", forms[f]);
        run_is_silent(r);
        assert_true(measure(r->out, &widest) <= 23); /* the shell's prompt is the 24th */
        assert_true(widest <= 80);
        for (size_t i = 0; i < lw_cli_ncommands; i++)
            run_prints(r, lw_cli_commands[i].name);
        run_prints(r, "130 interrupted");
    }
}

static void help_all_explains_every_command(void **state)
{
    struct run *r = *state;
    size_t widest;
    run_shell(r, 0, "\"$LW\" help all");
    assert_true(measure(r->out, &widest) > lw_cli_ncommands);
    assert_true(widest <= 80);
    for (size_t i = 0; i < lw_cli_ncommands; i++) {
        char *row = lw_format("\n  %-10s %.12s", lw_cli_commands[i].name, lw_cli_commands[i].help);
        run_prints(r, row);
        free(row);
    }
}

static void every_command_has_help_in_every_form(void **state)
{
    static const char *const forms[] = {
        "%s --help", "%s -h", "--help %s", "-h %s", "help %s", "%s nowhere --help"};
    struct run *r = *state;
    for (size_t i = 0; i < lw_cli_ncommands; i++) {
        const struct lw_cli_command *c = &lw_cli_commands[i];
        char *first = lw_format("Usage: labelwright %s", c->name);
        for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
            size_t widest;
            char words[64];
            snprintf(words, sizeof words, forms[f], c->name);
            if (f == 5 && !*c->words)
                continue;
            run_shell(r, 0, "\"$LW\" %s", words);
            assert_int_equal(strncmp(r->out, first, strlen(first)), 0);
            run_is_silent(r);
            measure(r->out, &widest);
            assert_true(widest <= 80);
            for (int o = 0; o < LW_OPT_COUNT; o++) {
                char *row = lw_format("\n  --%s ", lw_cli_options[o].name);
                assert_int_equal(strstr(r->out, row) != NULL, lw_cli_takes(c, o));
                free(row);
            }
        }
        free(first);
    }
}

/* Help ends with them, and each is of its command. */
static void help_of_a_command_ends_with_two_examples(void **state)
{
    struct run *r = *state;
    for (size_t i = 0; i < lw_cli_ncommands; i++) {
        const struct lw_cli_example *e = lw_cli_commands[i].example;
        char *end = lw_format("\nExamples\n  %s\n      %s\n  %s\n      %s\n", e[0].line, e[0].does,
            e[1].line, e[1].does);
        run_shell(r, 0, "\"$LW\" help %s", lw_cli_commands[i].name);
        assert_true(r->out_n > strlen(end));
        assert_string_equal(r->out + r->out_n - strlen(end), end);
        for (int k = 0; k < 2; k++)
            assert_non_null(strstr(e[k].line, "labelwright "));
        free(end);
    }
}

/* Each option of an example is one that the command takes. */
static void examples_are_command_lines_that_parse(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "mkdir bin && ln -s \"$LW\" bin/labelwright");
    for (size_t i = 0; i < lw_cli_ncommands; i++)
        for (int k = 0; k < 2; k++) {
            const char *line = strstr(lw_cli_commands[i].example[k].line, "labelwright ");
            run_shell(r, 0, "bin/%.*s --help", (int)strcspn(line, "|<>"), line);
            assert_int_equal(strncmp(r->out, "Usage: labelwright ", 19), 0);
            assert_true(strstr(r->out, lw_cli_commands[i].name) != NULL || i > 0);
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
            "\"frobnicate\" is not a command or a file. labelwright help lists the commands."},
        {"help stauts", "No command \"stauts\". Did you mean status?"},
        {"help frobnicate", "No command \"frobnicate\". labelwright help all lists the commands."},
        {"help status p", "help takes one word (2 given)."},
        {"status --jsno p", "Unknown option --jsno. Did you mean --json?"},
        {"--jsno status p", "Unknown option --jsno. Did you mean --json?"},
        {"status --onyl done p", "Unknown option --onyl. labelwright help status lists"},
        {"--onyl done p", "Unknown option --onyl. Did you mean --only?"},
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
        TEST(help_is_data_fits_a_screen_and_names_every_command),
        TEST(help_all_explains_every_command),
        TEST(every_command_has_help_in_every_form),
        TEST(help_of_a_command_ends_with_two_examples),
        TEST(examples_are_command_lines_that_parse),
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
