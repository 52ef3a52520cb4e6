/* The task list of a large file, on a terminal: matches appear while the search continues. */
#define _GNU_SOURCE
#include "fixtures/program_fixture.h"
#include "fixtures/shared_data.h"

enum { TASKS = 200000 };

static const char project[] = "labelwright: 1\n"
                              "title: Large\n"
                              "tasks: [{file: tasks.jsonl}]\n"
                              "questions:\n"
                              "  - {name: quality, type: rating, required: true}\n"
                              "  - {name: note, type: text}\n";

static void make(struct program_fixture *t)
{
    struct lw_buf b = {0};
    for (int i = 1; i <= TASKS; i++)
        lw_buf_fmt(&b, "{\"id\":\"t%d\",\"prompt\":\"Question %d\"}\n", i, i);
    program_fixture_make(t, project, b.data, b.len);
    lw_buf_fini(&b);
}

/* Labels the last task but one, far after what one key filters at once. */
static struct lw_pty *open_labeled(struct program_fixture *t)
{
    make(t);
    struct lw_pty *p = program_fixture_open(t, 24, 80, NULL);
    lw_pty_wait_text(p, "1/200000");
    lw_pty_type(p, "\007199999\r");
    lw_pty_wait_text(p, "Question 199999");
    lw_pty_type(p, "2\r");
    lw_pty_wait_text(p, "Saved task 199999:");
    return p;
}

/* In one piece with the = it would be a paste. */
static void type_filter(struct lw_pty *p, const char *keys)
{
    lw_pty_type(p, "=");
    lw_pty_wait_text(p, "Tab complete");
    lw_pty_type(p, keys);
}

static void what_a_filter_finds_comes_by_itself(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_labeled(&t);
    lw_pty_type(p, "a\t\t");
    lw_pty_wait_text(p, "TASKS: done");
    lw_pty_wait_text(p, " 1 task");
    lw_pty_wait_gone(p, "still searching");
    lw_pty_wait_text(p, " > 199999  done");
    type_filter(p, "quality >= 3\r");
    lw_pty_wait_text(p, "TASKS: quality >= 3");
    lw_pty_wait_text(p, "No task matches.");
    type_filter(p, "quality <= 9\r");
    lw_pty_wait_text(p, "outside the scale");
    lw_pty_type(p, "\177"
                   "2\r");
    lw_pty_wait_text(p, "TASKS: quality <= 2");
    lw_pty_wait_text(p, " 1 task");
    program_fixture_kill(p);
    program_fixture_remove(&t);
}

static void a_mark_outlives_a_kill(void **state)
{
    (void)state;
    struct program_fixture t;
    struct lw_pty *p = open_labeled(&t);
    lw_pty_type(p, "M");
    lw_pty_wait_text(p, "200000/200000  marked");
    program_fixture_kill(p);
    p = program_fixture_open(&t, 24, 80, NULL);
    lw_pty_type(p, "\0071\r");
    lw_pty_wait_text(p, "1/200000");
    lw_pty_type(p, "\016"); /* ^N */
    lw_pty_wait_text(p, "200000/200000  marked");
    program_fixture_leave(p);
    program_fixture_remove(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_filter_finds_comes_by_itself),
        cmocka_unit_test(a_mark_outlives_a_kill),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
