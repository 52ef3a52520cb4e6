/* Journals of other annotators in the same folder are listed with what they contain. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"

#include "fixtures/shared_data.h"

static void make(struct run *r)
{
    run_project("p");
    run_fed(r, 0,
        "{\"task\":\"a\",\"answers\":{\"quality\":4}}\n{\"task\":\"b\",\"skip\":\"hard\"}\n",
        "record p --annotator ana");
    run_is_silent(r);
}

static void status_names_them(void **state)
{
    struct run *r = *state;
    make(r);
    run_shell(r, 0, "\"$LW\" status p --annotator ben");
    run_prints(r, "3 in all: 0 done, 0 skipped, 3 left");
    run_prints(r, "also     journal/ of ana: 1 done, 1 skipped\n");
    run_shell(r, 0, "\"$LW\" status p --annotator ben --json");
    run_prints(r, "\"others\":[{\"journal\":\"journal\",\"annotator\":\"ana\",\"done\":1,"
                  "\"skipped\":1}]");
    run_shell(r, 0, "\"$LW\" status p --annotator ana --json | grep -c others; true");
    run_prints(r, "0\n");
}

static void check_names_them(void **state)
{
    struct run *r = *state;
    make(r);
    run_shell(r, 0, "\"$LW\" check p --annotator ben");
    run_prints(r, "journal/ of ana: 1 done, 1 skipped\n");
}

static void who_begins_anew_is_told(void **state)
{
    struct run *r = *state;
    make(r);
    run_fed(r, 0, ".quit\n", "--plain p --annotator ben");
    run_says(r,
        "You are ben and have no labels here. Other journals: journal/ of ana: 1 done, 1 skipped. "
        "To continue as ana: use --annotator ana, or set annotator: ana in your config.yaml.");
    run_fed(r, 0, "{\"task\":\"a\",\"answers\":{\"quality\":2}}\n", "record p --annotator ben");
    run_says(r, "To continue as ana");
    run_fed(r, 0, "{\"task\":\"c\",\"answers\":{\"quality\":2}}\n", "record p --annotator ben");
    run_is_silent(r); /* has labels now */
    run_fed(r, 0, ".quit\n", "--plain p --annotator cy");
    run_says(r, "journal/ of ana: 1 done, 1 skipped; journal-ben/ of ben: 2 done, 0 skipped");
}

static void what_cannot_be_read_is_said(void **state)
{
    struct run *r = *state;
    make(r);
    run_shell(r, 0, "mkdir -m 700 p/journal-x && echo nonsense > p/journal-x/000001.jsonl");
    run_shell(r, 0, "\"$LW\" status p --annotator ana");
    run_prints(r, "also     journal-x/: cannot be read (");
    run_shell(r, 0, "rm -r p/journal-x && ln -s journal p/journal-y && touch p/journal-z");
    run_shell(r, 0, "\"$LW\" status p --annotator ana | grep -c also; true");
    run_prints(r, "0\n"); /* a link and a file are no journals */
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, run_enter, run_leave)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(status_names_them),
        TEST(check_names_them),
        TEST(who_begins_anew_is_told),
        TEST(what_cannot_be_read_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
