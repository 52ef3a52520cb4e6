/* `labelwright config`: the file it makes, the editor it runs, and what it says afterwards. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define FILE_NAME "c/labelwright/config.yaml"

/* An editor that says what it was given, and does to the file what `does` says. */
static void editor(struct run *r, const char *does)
{
    static const char *const env[] = {
        "XDG_CONFIG_HOME=/proc/self/cwd/c", "EDITOR=./edit", "VISUAL=", NULL};
    char *text = lw_format("#!/bin/sh\n%s\n", does);
    run_put("edit", text);
    chmod("edit", 0755);
    free(text);
    r->env = env;
}

static void makes_the_file_first_and_checks_it_afterwards(void **state)
{
    struct run *r = *state;
    editor(r, "grep -c '^#theme: dark' \"$1\"; echo 'theme: mono' >> \"$1\"");
    run_shell(r, 0, "\"$LW\" config");
    assert_string_equal(r->err, "1\n"); /* where stdout is no terminal, an editor has stderr */
    assert_string_equal(r->out, "No mistakes in /proc/self/cwd/" FILE_NAME "\n");
    struct stat st;
    assert_int_equal(stat(FILE_NAME, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    run_shell(r, 0, "\"$LW\" themes");
    run_prints(r, "mono             No colours, attributes only (in use)\n");
}

static void tells_mistakes_with_their_places(void **state)
{
    struct run *r = *state;
    editor(r, "printf 'them: dark\\nidle_seconds: 5\\nkeys: {skip: u}\\n' > \"$1\"");
    run_shell(r, 1, "\"$LW\" config");
    run_says(r, "config.yaml:1:1: unknown key \"them\". Did you mean \"theme\"?");
    run_says(r, "config.yaml:2:15: \"idle_seconds\" takes an integer from 10 to 3600");
    run_says(r, "config.yaml:3:8: key u is bound to both");
    editor(r, "printf 'theme: dark\\n' > \"$1\"");
    run_shell(r, 0, "\"$LW\" config"); /* a file with mistakes is opened as well */
    run_prints(r, "No mistakes in ");
}

static void leaves_a_file_that_is_there_as_it_is(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "mkdir -p c/labelwright");
    run_put(FILE_NAME, "theme: mono # mine\n");
    editor(r, "cat \"$1\"");
    run_shell(r, 0, "\"$LW\" config");
    assert_string_equal(r->err, "theme: mono # mine\n");
    run_prints(r, "No mistakes in ");
}

static void says_why_the_editor_did_not_run(void **state)
{
    struct run *r = *state;
    editor(r, "exit 3");
    run_shell(r, 1, "\"$LW\" config");
    run_says(r, "./edit");
    unlink("edit");
    run_shell(r, 3, "\"$LW\" config");
    run_says(r, "Cannot start");
}

static void prints_without_changing_anything(void **state)
{
    struct run *r = *state;
    editor(r, "echo no");
    run_shell(r, 0, "\"$LW\" config --print");
    run_prints(r, "\n# Colours; `labelwright themes` shows them.\n#theme: dark\n");
    run_shell(r, 0, "\"$LW\" config --path");
    run_prints(r, "/proc/self/cwd/" FILE_NAME "\n");
    assert_false(run_has("c"));
    run_shell(r, 2, "\"$LW\" config x");
}

static void follows_the_xdg_folders(void **state)
{
    struct run *r = *state;
    run_shell(r, 0, "XDG_CONFIG_HOME=/x/y HOME=/h \"$LW\" config --path");
    run_prints(r, "/x/y/labelwright/config.yaml\n");
    run_shell(r, 0, "XDG_CONFIG_HOME=relative HOME=/h \"$LW\" config --path");
    run_prints(r, "/h/.config/labelwright/config.yaml\n");
    run_shell(r, 0, "XDG_CONFIG_HOME= HOME=/h \"$LW\" config --path");
    run_prints(r, "/h/.config/labelwright/config.yaml\n");
}

int main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)
    const struct CMUnitTest tests[] = {
        TEST(makes_the_file_first_and_checks_it_afterwards),
        TEST(tells_mistakes_with_their_places),
        TEST(leaves_a_file_that_is_there_as_it_is),
        TEST(says_why_the_editor_did_not_run),
        TEST(prints_without_changing_anything),
        TEST(follows_the_xdg_folders),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
