/* A data file that was renamed, alone or with its folder: its labels are found, and continued only
 * after the user says yes. */
#define _GNU_SOURCE
#include "fixtures/pty.h"
#include "fixtures/run_program.h"
#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"

#include <stdlib.h>
#include <string.h>

#define LABEL(task) "{\"task\":\"" task "\",\"answers\":{\"quality\":{\"x\":4}}}\n"

static void label(struct run *r)
{
    run_put("old.jsonl", RUN_TASKS);
    run_fed(r, 0, LABEL("a") LABEL("b"), "record old.jsonl");
}

static void status_has_two_done(struct run *r, const char *path)
{
    run_shell(r, 0, "\"$LW\" status %s", path);
    run_prints(r, "3 in all: 2 done, 0 skipped, 1 left");
    run_says_not(r, "renamed");
}

/* What the program asks on a terminal, and what it does then. */
static void answer(const char *path, const char *key, int status)
{
    static const char *const env[] = {"USER=ana", NULL};
    char *command = lw_format("\"%s\" --plain '%s'", getenv("LW_PROGRAM"), path);
    struct lw_pty *p =
        lw_pty_start(24, 80, env, (const char *const[]){"/bin/sh", "-c", command, NULL});
    lw_pty_wait_text(p, "Continue with its labels? [y/N]");
    lw_pty_type(p, key);
    if (status == 0) {
        lw_pty_wait_text(p, "Three?");
        lw_pty_type(p, ".quit\r");
    }
    assert_int_equal(lw_pty_wait_exit(p), status);
    lw_pty_free(p);
    free(command);
}

static void a_renamed_file_is_told_and_its_labels_are_not_continued_unasked(void **state)
{
    static const char *const commands[] = {"record new.jsonl", "--plain new.jsonl"};
    struct run *r = *state;
    label(r);
    run_shell(r, 0, "mv old.jsonl new.jsonl");
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        run_fed(r, 1, LABEL("c"), "%s", commands[i]);
        run_says(r, "old.jsonl.labelwright has labels for 2 records of new.jsonl. They were made "
                    "for old.jsonl, which no longer exists: was it renamed?");
        run_says(r, "To continue with its labels, run labelwright new.jsonl in a terminal");
        assert_false(run_has("new.jsonl.labelwright"));
    }
    run_shell(r, 0, "\"$LW\" status new.jsonl; rm -rf new.jsonl.labelwright");
    run_says(r, "old.jsonl.labelwright has labels for 2 records");
    answer("new.jsonl", "n\r", 1);
    assert_false(run_has("new.jsonl.labelwright"));
    answer("new.jsonl", "y\r", 0);
    assert_false(run_has("old.jsonl.labelwright"));
    status_has_two_done(r, "new.jsonl");
    run_shell(
        r, 0, "\"$LW\" verify new.jsonl; ! grep old.jsonl new.jsonl.labelwright/project.yaml");
    run_prints(r, "OK: ");
    run_fed(r, 0, LABEL("c"), "record new.jsonl"); /* one yes is enough */
    run_says_not(r, "renamed");
}

static void a_file_renamed_with_its_folder_too(void **state)
{
    struct run *r = *state;
    label(r);
    run_shell(r, 0, "mv old.jsonl new.jsonl; mv old.jsonl.labelwright new.jsonl.labelwright");
    run_fed(r, 1, LABEL("c"), "record new.jsonl");
    run_says(r, "new.jsonl.labelwright/project.yaml names ../old.jsonl, which no longer exists: "
                "was it renamed to new.jsonl?");
    run_fed(r, 1, LABEL("c"), "record new.jsonl.labelwright");
    run_says(r, "was it renamed to new.jsonl?");
    answer("new.jsonl", "y\r", 0);
    status_has_two_done(r, "new.jsonl");
}

static void a_copy_another_file_and_an_old_one_are_no_renamed_file(void **state)
{
    struct run *r = *state;
    label(r);
    run_shell(r, 0, "cp old.jsonl copy.jsonl"); /* the old one is still there */
    run_fed(r, 0, LABEL("a"), "record copy.jsonl");
    run_says_not(r, "renamed");
    run_shell(r, 0, "rm old.jsonl");
    run_put("other.jsonl", "{\"id\":\"a\",\"prompt\":\"Else?\",\"responses\":[{\"id\":\"x\","
                           "\"text\":\"1\"}]}\n");
    run_fed(r, 0, LABEL("a"), "record other.jsonl"); /* the same id, but not the same record */
    run_says_not(r, "renamed");
}

static void what_somebody_wrote_is_renamed_too(void **state)
{
    struct run *r = *state;
    label(r);
    run_shell(r, 0,
        "sed -i 's|\"../old.jsonl\"|../old.jsonl|' old.jsonl.labelwright/project.yaml && grep -q "
        "'file: ../old.jsonl' old.jsonl.labelwright/project.yaml && mv old.jsonl 'n w.jsonl'");
    answer("n w.jsonl", "y\r", 0);
    status_has_two_done(r, "'n w.jsonl'");
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_renamed_file_is_told_and_its_labels_are_not_continued_unasked),
        TEST(a_file_renamed_with_its_folder_too),
        TEST(a_copy_another_file_and_an_old_one_are_no_renamed_file),
        TEST(what_somebody_wrote_is_renamed_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
