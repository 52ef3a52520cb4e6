/* Terminals that cannot move the cursor get plain mode, and a message says so. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

static const char project[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: quality, type: rating, on: response, required: true}\n";
static const char jsonl[] = "{\"prompt\":\"What is it?\",\"response\":\"A thing.\"}\n";

/* Answers the one task, and leaves; nothing that moves a cursor may come. */
static void labels_line_by_line(const char *const *env)
{
    struct program_fixture t;
    program_fixture_make(&t, project, jsonl, sizeof jsonl - 1);
    struct lw_pty *p = program_fixture_start(&t, 24, 80, env);
    lw_pty_wait_text(p, "cannot move the cursor, so this is");
    lw_pty_wait_text(p, "A thing.");
    lw_pty_type(p, "4\n\n");
    lw_pty_wait_text(p, "Saved task 1");
    lw_pty_type(p, ".quit\n");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    assert_null(strchr(lw_pty_output(p, 0), '\033'));
    lw_pty_free(p);
    json_t *events = program_fixture_journal(&t);
    assert_int_equal(program_fixture_count(events, "annotate"), 1);
    json_decref(events);
    program_fixture_remove(&t);
}

static void a_dumb_terminal(void **state)
{
    (void)state;
    labels_line_by_line((const char *const[]){"TERM=dumb", NULL});
}

/* Nor does terminfo know what could stand in for it. */
static void an_unknown_terminal_without_terminfo(void **state)
{
    (void)state;
    static const char *const terms[] = {"TERM=wundertty", "TERM"};
    char *preload = lw_format("LD_PRELOAD=%s/no_terminfo.so", getenv("LW_PROGRAMS"));
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        labels_line_by_line((const char *const[]){
            terms[i], preload, "ASAN_OPTIONS=verify_asan_link_order=0", NULL});
    free(preload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_dumb_terminal),
        cmocka_unit_test(an_unknown_terminal_without_terminfo),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
