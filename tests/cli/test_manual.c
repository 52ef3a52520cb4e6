/* The manual pages as they are built: mandoc finds no fault, and nothing is missing of what the
 * tables of the program have. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "cli/command_table_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/config/settings.h"
#include "labelwright/export/export.h"
#include "labelwright/format/task.h"
#include "labelwright/journal/journal.h"
#include "labelwright/project/project.h"
#include "labelwright/project/project_keys.h"
#include "labelwright/sitting/command.h"

#include <libgen.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define E(line, does) line
static const struct {
    const char *name, *example;
} commands[] = {
#define X(name, words, group, help, first, second, options) {#name, second},
    LW_SUBCOMMANDS(X)
#undef X
};
#undef E

static const char *const options[] = {
#define X(id, name, takes, help) "--" name,
    LW_OPTIONS(X)
#undef X
};

static const char *const pages[] = {
    "labelwright.1", "labelwright-project.5", "labelwright-config.5", "labelwright-journal.5"};
enum { PROGRAM_PAGE, PROJECT_PAGE, CONFIG_PAGE, JOURNAL_PAGE, PAGES };

static char *page_path(int page)
{
    char *program = lw_strdup(getenv("LW_PROGRAM"));
    char *path = lw_format("%s/man/%s", dirname(program), pages[page]);
    free(program);
    return path;
}

/* As it is read: without macros, on long lines. */
static char *read_page(struct run *r, int page)
{
    char *path = page_path(page);
    run_shell(r, 0, "mandoc -T utf8 -O width=1000 \"%s\" | col -bx", path);
    free(path);
    return lw_strdup(r->out);
}

static void skip_without_mandoc(struct run *r)
{
    run_shell(r, 0, "command -v mandoc || :");
    if (!*r->out) {
        print_message("skip: mandoc is not installed\n");
        skip();
    }
}

static void mandoc_finds_no_fault(void **state)
{
    struct run *r = *state;
    skip_without_mandoc(r);
    for (int i = 0; i < PAGES; i++) {
        char *path = page_path(i);
        run_shell(r, 0,
            "mandoc -T lint \"%s\" | grep -v 'referenced manual not found: Xr labelwright' || :",
            path); /* they are not installed here */
        assert_string_equal(r->out, "");
        run_shell(r, 0, "grep -E '^\\.Xr labelwright' \"%s\" | wc -l", path);
        assert_int_equal(atoi(r->out), 3); /* of all the others */
        free(path);
    }
}

static void has_line(const char *page, const char *begin, const char *what)
{
    char *line = lw_format("\n     %s", begin);
    const char *at = strstr(page, line);
    while (at && !strchr(" \n[=,", at[strlen(line)]))
        at = strstr(at + 1, line);
    if (!at)
        fail_msg("no page has the %s %s", what, begin);
    free(line);
}

static void every_command_and_option_has_its_place(void **state)
{
    struct run *r = *state;
    skip_without_mandoc(r);
    char *page = read_page(r, PROGRAM_PAGE);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        has_line(page, commands[i].name, "command");
        assert_non_null(strstr(page, commands[i].example));
    }
    for (size_t i = 0; i < sizeof options / sizeof *options; i++)
        has_line(page, options[i], "option");
    for (int i = 0; i < LW_CMD_TABLE_END; i++) {
        char *name = lw_format("(‘%s’)", lw_command_table[i].name);
        if (!strstr(page, name))
            fail_msg("no key of %s", name);
        free(name);
    }
    free(page);
}

static void has_keys(const char *page, const struct lw_schema *t, int depth)
{
    for (size_t i = 0; i < t->n && depth < 4; i++) {
        if (t->field[i].unsaid)
            continue;
        has_line(page, t->field[i].key, "key");
        if (t->field[i].inside)
            has_keys(page, t->field[i].inside, depth + 1);
    }
}

static void every_key_of_the_files_has_its_place(void **state)
{
    struct run *r = *state;
    skip_without_mandoc(r);
    char *project = read_page(r, PROJECT_PAGE), *config = read_page(r, CONFIG_PAGE);
    has_keys(project, lw_project_schema(), 0);
    has_keys(config, lw_config_schema(), 0);
    free(project);
    free(config);
}

static void has_word(const char *page, const char *word, const char *what)
{
    char *quoted = lw_format("‘%s’", word);
    if (!strstr(page, quoted) && !strstr(page, word))
        fail_msg("no page has the %s %s", what, word);
    free(quoted);
}

static void every_type_target_format_export_and_event_has_its_place(void **state)
{
    static const char *const words[][3] = {
#define X(id, name, more) {"type or target", name, NULL},
        LW_QTYPES(X) LW_TARGETS(X)
#undef X
    };
    struct run *r = *state;
    skip_without_mandoc(r);
    char *project = read_page(r, PROJECT_PAGE), *journal = read_page(r, JOURNAL_PAGE);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char *quoted = lw_format("‘%s’", words[i][1]);
        has_line(project, quoted, words[i][0]);
        free(quoted);
    }
    for (const char *const *f = lw_format_names(); *f; f++)
        has_word(project, *f, "format");
#define X(id, name) has_line(journal, "‘" name "’", "event");
    LW_EVENTS(X)
#undef X
    for (size_t i = 0; lw_export_name(i); i++) {
        char *quoted = lw_format("‘%s’", lw_export_name(i));
        has_line(journal, quoted, "export");
        free(quoted);
    }
    free(project);
    free(journal);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(mandoc_finds_no_fault),
        TEST(every_command_and_option_has_its_place),
        TEST(every_key_of_the_files_has_its_place),
        TEST(every_type_target_format_export_and_event_has_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
