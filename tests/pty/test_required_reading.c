/* A project that wants each response read before a label (`read_to_end`), on a terminal. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "fixtures/program_fixture.h"
#include "fixtures/terminal_driver.h"

static const char project[] =
    "labelwright: 1\n"
    "tasks: [tasks.jsonl]\n"
    "shuffle_responses: false\n"
    "read_to_end: true\n"
    "questions:\n"
    "  - {name: quality, type: rating, scale: {min: 1, max: 7}, required: true}\n";

/* A short response and one of 60 lines, twice. */
static void make(struct program_fixture *t)
{
    struct lw_buf b = {0};
    for (int task = 1; task <= 2; task++) {
        lw_buf_fmt(&b,
            "{\"id\":\"t%d\",\"prompt\":\"task %d\",\"responses\":[{\"id\":\"a\",\"text\":"
            "\"short\"},{\"id\":\"b\",\"text\":\"",
            task, task);
        for (int i = 1; i <= 60; i++)
            lw_buf_fmt(&b, "sentence %d\\n", i);
        lw_buf_str(&b, "\"}]}\n");
    }
    program_fixture_make(t, project, b.data, b.len);
    lw_buf_fini(&b);
}

static void annotations_are(const struct program_fixture *t, size_t n)
{
    json_t *events = program_fixture_journal(t);
    assert_int_equal(program_fixture_count(events, "annotate"), n);
    json_decref(events);
}

static void is_refused_until_it_was_read(bool tmux)
{
    struct program_fixture t;
    struct terminal_driver s;
    make(&t);
    if (!terminal_driver_start(&s, &t, tmux)) {
        program_fixture_remove(&t);
        skip();
    }
    terminal_driver_wait(&s, "task 1");
    terminal_driver_type(&s, "5");
    terminal_driver_wait(&s, "Enter submits");
    terminal_driver_type(&s, "\r");
    terminal_driver_wait(&s, "B is not read to its end.");
    annotations_are(&t, 0);
    terminal_driver_type(&s, "G"); /* B is the active pane */
    terminal_driver_wait(&s, "sentence 60");
    annotations_are(&t, 0);
    terminal_driver_type(&s, "\r");
    terminal_driver_wait(&s, "Saved task 1: Quality 5.");
    annotations_are(&t, 1);
    terminal_driver_type(&s, "uu"); /* undone: it need not be read again */
    terminal_driver_wait(&s, "Task 1 reopened.");
    terminal_driver_type(&s, "\r");
    terminal_driver_wait(&s, "Saved task 1: Quality 5.");
    terminal_driver_leave(&s);
    annotations_are(&t, 2);
    program_fixture_remove(&t);
}

static void is_refused_until_it_was_read_in_libvterm(void **state)
{
    (void)state;
    is_refused_until_it_was_read(false);
}

static void is_refused_until_it_was_read_in_tmux(void **state)
{
    (void)state;
    is_refused_until_it_was_read(true);
}

/* The three keys arrive at once: the end is on no screen before Enter. */
static void keys_typed_ahead_read_nothing(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_wait_text(p, "task 1");
    lw_pty_type(p, "5oG\r");
    lw_pty_wait_text(p, "B is not read yet. Read it, then submit.");
    lw_pty_wait_text(p, "sentence 60");
    annotations_are(&t, 0);
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "Saved task 1");
    annotations_are(&t, 1);
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

static void a_task_can_be_skipped_unread(void **state)
{
    (void)state;
    struct program_fixture t;
    make(&t);
    struct lw_pty *p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_wait_text(p, "task 1");
    lw_pty_type(p, "s");
    lw_pty_wait_text(p, "Skip this task.");
    lw_pty_type(p, "\r");
    lw_pty_wait_text(p, "Task 1 skipped.");
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(is_refused_until_it_was_read_in_libvterm),
        cmocka_unit_test(is_refused_until_it_was_read_in_tmux),
        cmocka_unit_test(keys_typed_ahead_read_nothing),
        cmocka_unit_test(a_task_can_be_skipped_unread),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
