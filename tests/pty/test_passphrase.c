/* An identity under a passphrase, on a terminal: it is asked for before there is a screen, without
 * an echo, and an empty answer lets the work go on unsigned. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PROJECT                                                                                    \
    "labelwright: 1\n"                                                                             \
    "tasks: [tasks.jsonl]\n"                                                                       \
    "questions: [{name: quality, type: rating, required: true}]\n"                                 \
    "sync: {to: \"file:outbox/\"}\n"
#define TASK "{\"id\":\"t1\",\"prompt\":\"p\",\"response\":\"The only reply.\"}\n"

struct fixture {
    struct program_fixture program;
    char data[128];
    const char *env[3];
};

static int setup(void **state)
{
    struct fixture *f = calloc(1, sizeof *f);
    program_fixture_make(&f->program, PROJECT, TASK, strlen(TASK));
    snprintf(f->data, sizeof f->data, "XDG_DATA_HOME=%s/data", f->program.dir);
    f->env[0] = f->data;
    f->env[1] = f->program.config;
    *state = f;
    return 0;
}

static int teardown(void **state)
{
    struct fixture *f = *state;
    program_fixture_remove(&f->program);
    free(f);
    return 0;
}

static struct lw_pty *start(const struct fixture *f, const char *one, const char *other)
{
    const char *argv[] = {f->program.program, one, other, NULL};
    return lw_pty_start(24, 80, f->env, argv);
}

/* Answers both questions of `identity new`. */
static struct lw_pty *make_identity(const struct fixture *f, const char *first, const char *again)
{
    struct lw_pty *p = start(f, "identity", "new");
    lw_pty_wait_text(p, "Passphrase (empty for none):");
    lw_pty_type(p, first);
    lw_pty_wait_text(p, "The same again:");
    lw_pty_type(p, again);
    return p;
}

static void a_passphrase_is_never_shown(void **state)
{
    struct fixture *f = *state;
    struct lw_pty *p = make_identity(f, "sesx\177ame\r", "sesame\r");
    lw_pty_wait_text(p, "passphrase   yes");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    assert_null(strstr(lw_pty_output(p, 0), "ses"));
    assert_null(strstr(lw_pty_output(p, 0), "ame\r"));
    lw_pty_free(p);
}

static void two_that_differ_make_nothing(void **state)
{
    struct fixture *f = *state;
    struct lw_pty *p = make_identity(f, "sesame\r", "sesam\r");
    lw_pty_wait_text(p, "The two are not the same. Nothing was made.");
    assert_int_equal(lw_pty_wait_exit(p), 1);
    lw_pty_free(p);
    p = start(f, "identity", "new");
    lw_pty_wait_text(p, "Passphrase (empty for none):");
    lw_pty_type(p, "abc\003");
    assert_int_equal(lw_pty_wait_exit(p), 1);
    lw_pty_free(p);
    p = start(f, "identity", "show");
    lw_pty_wait_text(p, "You have no identity, and need none.");
    lw_pty_free(p);
}

/* Labels the task and leaves, once the label is sent; then the batches that are signed. */
static size_t label_and_count_signed(const struct fixture *f, const char *answer)
{
    struct lw_pty *p = start(f, "label", f->program.path);
    lw_pty_wait_text(p, "Passphrase of your identity, to sign what is sent (empty: unsigned):");
    lw_pty_type(p, answer);
    lw_pty_wait_text(p, "The only reply.");
    lw_pty_type(p, "4\r");
    lw_pty_wait_text(p, "Saved task 1:");
    program_fixture_leave(p); /* sends first */
    json_t *events = program_fixture_journal(&f->program), *e;
    size_t i, n = 0, signatures = 0;
    json_array_foreach(events, i, e)
    {
        n += strcmp(program_fixture_type(e), "batch") == 0;
        signatures += json_object_get(e, "signature") != NULL;
    }
    assert_int_equal(n, 1);
    json_decref(events);
    return signatures;
}

static void make_sealed(const struct fixture *f)
{
    struct lw_pty *p = make_identity(f, "sesame\r", "sesame\r");
    assert_int_equal(lw_pty_wait_exit(p), 0);
    lw_pty_free(p);
}

static void the_passphrase_signs_what_is_sent(void **state)
{
    make_sealed(*state);
    assert_int_equal(label_and_count_signed(*state, "sesame\r"), 1);
}

static void an_empty_answer_lets_the_work_go_on(void **state)
{
    make_sealed(*state);
    assert_int_equal(label_and_count_signed(*state, "\r"), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_passphrase_is_never_shown),
        TEST(two_that_differ_make_nothing),
        TEST(the_passphrase_signs_what_is_sent),
        TEST(an_empty_answer_lets_the_work_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
