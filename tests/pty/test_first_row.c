/* The first row of a table: taken otherwise with one key, until something is labeled. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/run_program.h"

#include "labelwright/base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define F5 "\033[15~"
#define MADE "a.csv.labelwright/project.yaml"

static const char *settings = "";

static struct lw_pty *open_table(struct run *r)
{
    run_shell(r, 0, "mkdir -p c/labelwright");
    char *config = lw_format("digit_guard_ms: 0\n%s", settings);
    run_put("c/labelwright/config.yaml", config);
    free(config);
    run_put("a.csv", "nr,q\n5,ask me\n6,more please\n");
    return lw_pty_start(24, 80,
        (const char *const[]){"USER=ana", "XDG_CONFIG_HOME=/proc/self/cwd/c", NULL},
        (const char *const[]){getenv("LW_PROGRAM"), "a.csv", NULL});
}

static bool says(const char *name, const char *text)
{
    char *all = run_get(name, NULL);
    bool has = strstr(all, text) != NULL;
    free(all);
    return has;
}

static void one_key_takes_it_otherwise_and_the_project_remembers(void **state)
{
    struct lw_pty *p = open_table(*state);
    lw_pty_wait_text(p, "F5: it is a task");
    lw_pty_wait_text(p, "1/2");
    lw_pty_type(p, F5);
    lw_pty_wait_text(p, "F5: the first row is names");
    lw_pty_wait_text(p, "1/3");
    assert_true(says(MADE, "    header: false\n"));
    lw_pty_type(p, F5);
    lw_pty_wait_text(p, "F5: it is a task");
    assert_true(says(MADE, "    header: true\n"));
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void what_somebody_wrote_stays(void **state)
{
    struct lw_pty *p = open_table(*state);
    lw_pty_wait_text(p, "F5: it is a task");
    run_shell(*state, 0, "echo '# mine' >> " MADE);
    lw_pty_type(p, F5);
    lw_pty_wait_text(p, "was edited, so it is not made anew.");
    assert_true(says(MADE, "# mine"));
    lw_pty_free(p);
}

static void it_is_too_late_once_there_is_an_answer(void **state)
{
    struct lw_pty *p = open_table(*state);
    lw_pty_wait_text(p, "F5: it is a task");
    lw_pty_type(p, "4");
    lw_pty_wait_gone(p, "F5: it is a task");
    lw_pty_type(p, F5);
    lw_pty_wait_text(p, "before its first answer.");
    lw_pty_free(p);
}

static void it_may_have_another_key(void **state)
{
    settings = "keys: {first-row: F11}\nbind: {F5: {quality: 4}}\n";
    struct lw_pty *p = open_table(*state);
    lw_pty_wait_text(p, "F11: it is a task");
    lw_pty_type(p, "\033[23~");
    lw_pty_wait_text(p, "F11: the first row is names");
    lw_pty_type(p, F5);
    lw_pty_wait_text(p, "draft");
    settings = "";
    lw_pty_free(p);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(one_key_takes_it_otherwise_and_the_project_remembers),
        TEST(what_somebody_wrote_stays),
        TEST(it_is_too_late_once_there_is_an_answer),
        TEST(it_may_have_another_key),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
