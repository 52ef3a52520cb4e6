/* Every way a session ends, wanted or not, and what is on the disk then. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

#include <signal.h>
#include <unistd.h>

static struct lw_pty *open_sample(struct program_fixture *t)
{
    program_fixture_copy(t, "helpfulness");
    return program_fixture_open(t, 24, 80, NULL);
}

/* The last line of the journal closes the session. */
static void assert_closed(const struct program_fixture *t)
{
    json_t *events = program_fixture_journal(t);
    const json_t *last = json_array_get(events, json_array_size(events) - 1);
    assert_string_equal(program_fixture_type(last), "sitting");
    assert_string_equal(json_string_value(json_object_get(last, "what")), "stop");
    json_decref(events);
    assert_int_equal(TRIAL_RUN(t, NULL, "verify"), 0);
}

static void assert_draft(const struct program_fixture *t, const char *text)
{
    json_t *drafts = program_fixture_drafts(t);
    char *all = json_dumps(drafts, JSON_COMPACT);
    assert_non_null(strstr(all, text));
    free(all);
    json_decref(drafts);
}

static void type_half_a_note(struct lw_pty *p)
{
    lw_pty_type(p, "3m");
    lw_pty_wait_text(p, "Enter keep");
    lw_pty_type(p, "half a no");
    lw_pty_wait_text(p, "half a no");
}

static void gives_the_terminal_back(void **state)
{
    (void)state;
    static const char script[] = "\"$0\" \"$1\"; echo ended $?; stty -a | tr ' ;' '\\n\\n' | grep "
                                 "-x -e echo -e -echo -e icanon";
    struct program_fixture t;
    int row, col;
    bool shown;
    program_fixture_copy(&t, "helpfulness");
    struct lw_pty *p = lw_pty_start(24, 80, (const char *const[]){t.config, NULL},
        (const char *const[]){"/bin/sh", "-c", script, t.program, t.path, NULL});
    lw_pty_wait_text(p, "? help");
    assert_true(lw_pty_in_alternate_screen(p));
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "j"); /* any other key stays */
    lw_pty_wait_text(p, "? help");
    lw_pty_type(p, "q");
    lw_pty_wait_text(p, "LEAVING");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "ended 0\nicanon\necho\n");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_cursor(p, &row, &col, &shown);
    assert_true(shown);
    assert_false(lw_pty_in_alternate_screen(p));
    const char *off = strstr(lw_pty_output(p, 0), "\033[?2004l");
    assert_non_null(off);
    assert_null(strstr(off, "\033[?2004h"));
    lw_pty_free(p);
    assert_closed(&t);
    program_fixture_remove(&t);
}

static void says_how_to_export_where_labels_were_saved(void **state)
{
    (void)state;
    struct program_fixture t;
    for (int labels = 1; labels >= 0; labels--) {
        struct lw_pty *p = labels ? open_sample(&t) : program_fixture_open(&t, 24, 80, NULL);
        if (labels) {
            lw_pty_type(p, "3\r");
            lw_pty_wait_text(p, "Saved task 1:");
        }
        lw_pty_type(p, "q");
        lw_pty_wait_text(p, "LEAVING");
        lw_pty_type(p, "\r");
        assert_int_equal(lw_pty_wait_exit(p), 0);
        const char *left = strstr(lw_pty_output(p, 0), "\033[?1049l");
        assert_non_null(left);
        assert_int_equal(strstr(left, "To export them:\r\n  ") != NULL, labels);
        lw_pty_free(p);
    }
    program_fixture_remove(&t);
}

static void saves_the_draft_when_the_terminal_hangs_up(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_sample(&t);
    type_half_a_note(p);
    lw_pty_hangup(p);
    assert_int_equal(lw_pty_wait_exit(p), 130);
    lw_pty_free(p);
    assert_draft(&t, "\"half a no\"");
    assert_closed(&t);
    program_fixture_remove(&t);
}

static void saves_the_draft_when_asked_to_end(void **state)
{
    (void)state;
    static const int signals[] = {SIGTERM, SIGHUP, SIGINT, SIGQUIT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct program_fixture t;
        struct lw_pty *p = open_sample(&t);
        type_half_a_note(p);
        lw_pty_signal(p, signals[i]);
        assert_int_equal(lw_pty_wait_exit(p), signals[i] == SIGQUIT ? 128 + SIGQUIT : 130);
        assert_false(lw_pty_in_alternate_screen(p));
        lw_pty_free(p);
        assert_draft(&t, "\"half a no\"");
        assert_closed(&t);
        program_fixture_remove(&t);
    }
}

/* ---- crashes */

/* The sanitizers would report instead of dying of the signal. */
#define NO_REPORTS                                                                                 \
    "ASAN_OPTIONS=handle_segv=0:handle_abort=0:handle_sigbus=0:handle_sigfpe=0:handle_sigill=0"

static struct lw_pty *open_in_a_shell(struct program_fixture *t)
{
    static const char script[] = "\"$0\" \"$1\" 2>/dev/null; echo ended $?; stty -a | tr ' ;' "
                                 "'\\n\\n' | grep -x -e echo -e -echo -e icanon -e -icanon";
    program_fixture_copy(t, "helpfulness");
    struct lw_pty *p = lw_pty_start(24, 80, (const char *const[]){t->config, NO_REPORTS, NULL},
        (const char *const[]){"/bin/sh", "-c", script, t->program, t->path, NULL});
    lw_pty_wait_text(p, "? help");
    return p;
}

/* The program is the only child of the shell that runs it. */
static int program_of(const struct lw_pty *shell)
{
    char path[64], pid[16] = "";
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", lw_pty_pid(shell), lw_pty_pid(shell));
    FILE *f = fopen(path, "r");
    assert_non_null(f);
    assert_non_null(fgets(pid, sizeof pid, f));
    fclose(f);
    return atoi(pid);
}

/* Also what was typed right before: no second has passed. */
static void a_crash_leaves_the_terminal_and_the_draft(void **state)
{
    (void)state;
    static const int signals[] = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct program_fixture t;
        char ended[64];
        int row, col;
        bool shown;
        struct lw_pty *p = open_in_a_shell(&t);
        type_half_a_note(p);
        assert_int_equal(kill(program_of(p), signals[i]), 0);
        snprintf(ended, sizeof ended, "ended %d\nicanon\necho\n", 128 + signals[i]);
        lw_pty_wait_text(p, ended);
        lw_pty_wait_exit(p);
        lw_pty_cursor(p, &row, &col, &shown);
        assert_true(shown);
        assert_false(lw_pty_in_alternate_screen(p));
        assert_non_null(strstr(lw_pty_output(p, 0), "\033[?2004l"));
        lw_pty_free(p);
        assert_draft(&t, "\"half a no\"");
        program_fixture_remove(&t);
    }
}

/* Nobody sends SIGHUP to a program that ignores it: the end of its input must do. */
static void ends_with_the_terminal_even_without_a_signal(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    static const char script[] = "trap '' HUP; setsid -w \"$0\" \"$1\"; echo $? >\"$1/ended\"";
    struct lw_pty *p = lw_pty_start(24, 80, (const char *const[]){t.config, NULL},
        (const char *const[]){"/bin/sh", "-c", script, t.program, t.path, NULL});
    lw_pty_wait_text(p, "? help");
    type_half_a_note(p);
    lw_pty_hangup(p);
    lw_pty_wait_exit(p);
    lw_pty_free(p);
    size_t n;
    char path[256];
    snprintf(path, sizeof path, "%s/ended", t.path);
    char *ended = file_bytes(path, &n);
    assert_string_equal(ended, "130\n");
    free(ended);
    assert_draft(&t, "\"half a no\"");
    assert_closed(&t);
    program_fixture_remove(&t);
}

/* ---- two at once */

static void is_view_only_while_another_session_is_open(void **state)
{
    (void)state;
    struct program_fixture t;
    char owner[64];
    struct lw_pty *first = open_sample(&t), *second = program_fixture_start(&t, 24, 80, NULL);
    snprintf(owner, sizeof owner, "View only: another labelwright has this project open (pid %d on",
        lw_pty_pid(first));
    lw_pty_wait_text(second, owner);
    lw_pty_wait_text(second, "view only");
    lw_pty_type(second, "3");
    lw_pty_wait_text(second, "Close it there, then press Enter");
    lw_pty_type(second, "J");
    lw_pty_wait_text(second, "  2/39");
    lw_pty_type(first, "3\r");
    lw_pty_wait_text(first, "Saved task 1:");
    program_fixture_leave(second);
    lw_pty_type(first, "5\r");
    lw_pty_wait_text(first, "Saved task 2:");
    program_fixture_leave(first);
    json_t *events = program_fixture_journal(&t);
    assert_int_equal(program_fixture_count(events, "annotate"), 2);
    assert_int_equal(program_fixture_count(events, "sitting"), 2);
    json_decref(events);
    assert_closed(&t);
    program_fixture_remove(&t);
}

static void writes_again_once_the_other_was_killed(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_kill(open_sample(&t));
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "3\r");
    lw_pty_wait_text(p, "Saved task 1:");
    program_fixture_leave(p);
    assert_closed(&t);
    program_fixture_remove(&t);
}

/* ---- no terminal */

static void refuses_pipes_in_a_sentence(void **state)
{
    (void)state;
    static const char *const scripts[] = {"\"$0\" \"$1\" </dev/null; echo ended $?",
        "{ \"$0\" \"$1\"; echo ended $? >&2; } | cat", "echo q | \"$0\" \"$1\"; echo ended $?"};
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        struct lw_pty *p = lw_pty_start(24, 80, (const char *const[]){t.config, NULL},
            (const char *const[]){"/bin/sh", "-c", scripts[i], t.program, t.path, NULL});
        lw_pty_wait_text(p, "abeling needs a terminal on stdin and stdout. Without one, use --p");
        lw_pty_wait_text(p, "ended 2");
        assert_null(strchr(lw_pty_output(p, 0), '\033'));
        lw_pty_wait_exit(p);
        lw_pty_free(p);
    }
    program_fixture_remove(&t);
}

static void tells_what_is_missing_before_what_the_terminal_lacks(void **state)
{
    (void)state;
    struct program_fixture t;
    program_fixture_copy(&t, "helpfulness");
    struct lw_pty *p = lw_pty_start(24, 80, (const char *const[]){t.config, NULL},
        (const char *const[]){"/bin/sh", "-c",
            "\"$0\" \"$1/missing.jsonl\" </dev/null; echo ended $?", t.program, t.path, NULL});
    lw_pty_wait_text(p, "missing.jsonl");
    lw_pty_wait_text(p, "ended 3");
    assert_null(strstr(lw_pty_screen(p), "needs a terminal"));
    lw_pty_wait_exit(p);
    lw_pty_free(p);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gives_the_terminal_back),
        cmocka_unit_test(says_how_to_export_where_labels_were_saved),
        cmocka_unit_test(saves_the_draft_when_the_terminal_hangs_up),
        cmocka_unit_test(saves_the_draft_when_asked_to_end),
        cmocka_unit_test(a_crash_leaves_the_terminal_and_the_draft),
        cmocka_unit_test(ends_with_the_terminal_even_without_a_signal),
        cmocka_unit_test(is_view_only_while_another_session_is_open),
        cmocka_unit_test(writes_again_once_the_other_was_killed),
        cmocka_unit_test(refuses_pipes_in_a_sentence),
        cmocka_unit_test(tells_what_is_missing_before_what_the_terminal_lacks),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
