/* A text of the user's own on a terminal: the task is read beside it, it is counted, survives a
 * kill, goes through the user's editor, and arrives byte for byte. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/program_fixture.h"

#define KEEP "\x18"
#define EDITOR "\x14"

static const char project[] = "labelwright: 1\ntasks: [tasks.jsonl]\nquestions:\n"
                              "  - {name: next, type: write, required: true, min_words: 3}\n";
static const char tasks[] = "{\"id\":\"a\",\"prompt\":\"The lamp went out.\"}\n";

static void journal_has(const struct program_fixture *t, const char *text)
{
    json_t *events = program_fixture_journal(t), *e;
    size_t i, found = 0;
    json_array_foreach(events, i, e) if (strcmp(program_fixture_type(e), "annotate") == 0)
    {
        const json_t *answers = json_object_get(e, "answers");
        assert_string_equal(json_string_value(json_object_get(answers, "next")), text);
        found++;
    }
    assert_int_equal(found, 1);
    json_decref(events);
}

static struct lw_pty *start(struct program_fixture *t)
{
    program_fixture_make(t, project, tasks, sizeof tasks - 1);
    struct lw_pty *p = program_fixture_open(t, 24, 80, NULL);
    lw_pty_type(p, "e");
    lw_pty_wait_text(p, "WRITE  task");
    lw_pty_wait_text(p, "The lamp went out.");
    lw_pty_wait_text(p, "0 words (at least 3), 0 characters");
    return p;
}

static void it_is_counted_survives_a_kill_and_arrives(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = start(&t);
    lw_pty_type(p, "Nobody đã");
    lw_pty_wait_text(p, "2 words (at least 3), 9 characters");
    program_fixture_wait_draft(&t, "Nobody đã");
    program_fixture_kill(p);
    p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_wait_text(p, "unfinished: Nobody");
    lw_pty_type(p, "e");
    lw_pty_wait_text(p, "WRITE  task");
    lw_pty_type(p, KEEP);
    lw_pty_wait_text(p, "Next: 2 words of at least 3. Kept, unfinished.");
    lw_pty_type(p, "e");
    lw_pty_wait_text(p, "WRITE  task");
    lw_pty_type(p, " thắp\rnó.");
    lw_pty_wait_text(p, "4 words (at least 3), 18 characters");
    lw_pty_type(p, KEEP);
    lw_pty_wait_text(p, "Next kept in the draft. Enter submits.");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "Saved task 1");
    program_fixture_leave(p);
    journal_has(&t, "Nobody đã thắp\nnó.");
    assert_int_equal(TRIAL_RUN(&t, NULL, "verify"), 0);
    program_fixture_remove(&t);
}

static void it_is_written_in_the_users_editor(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_make(&t, project, tasks, sizeof tasks - 1);
    program_fixture_settings(&t, "config.yaml",
        "editor: [sh, -c, 'printf \"one\\ntwo three\\n\" >\"$0\"']\n"
        "digit_guard_ms: 0\npaste_guard: false\n");
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "e");
    lw_pty_wait_text(p, "WRITE  task");
    lw_pty_type(p, EDITOR);
    lw_pty_wait_text(p, "3 words (at least 3), 13 characters");
    lw_pty_type(p, KEEP);
    lw_pty_wait_text(p, "Enter submits.");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "Saved task 1");
    program_fixture_leave(p);
    journal_has(&t, "one\ntwo three");
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_counted_survives_a_kill_and_arrives),
        cmocka_unit_test(it_is_written_in_the_users_editor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
