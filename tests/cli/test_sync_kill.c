/* kill -9 at system calls spread over a sync of 200 labels; then it runs again to the end: every
 * label is in the folder exactly once, and every receipt is true. */
#define _GNU_SOURCE
#include "fixtures/run_program.h"
#include "fixtures/wait.h"

#include "labelwright/base/buf.h"

/* cmocka wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LABELS = 200, STEP = 50 };

static void make(struct run *r)
{
    struct lw_buf tasks = {0}, labels = {0};
    assert_int_equal(mkdir("p", 0755), 0);
    run_put("p/project.yaml", "labelwright: 1\n"
                              "tasks: [tasks.jsonl]\n"
                              "questions: [{name: q, type: rating, on: task}]\n"
                              "sync: {to: \"file:outbox/\", batch: 20}\n");
    for (int i = 1; i <= LABELS; i++) {
        lw_buf_fmt(&tasks, "{\"id\":\"t%d\",\"prompt\":\"?\"}\n", i);
        lw_buf_fmt(&labels, "{\"task\":\"t%d\",\"answers\":{\"q\":%d}}\n", i, i % 5 + 1);
    }
    run_put("p/tasks.jsonl", tasks.data);
    run_fed(r, 0, labels.data, "record p");
    lw_buf_fini(&tasks);
    lw_buf_fini(&labels);
}

static void become_sync(void)
{
    char *argv[] = {"labelwright", "sync", "p", NULL};
    /* The leak detector cannot work under a tracer. */
    const char *const all[] = {"USER=ana", "ASAN_OPTIONS=detect_leaks=0", NULL};
    int null = open("/dev/null", O_RDWR);
    for (int fd = 0; fd <= 2; fd++)
        dup2(null, fd);
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    execve(getenv("LW_PROGRAM"), argv, lw_test_env(all));
    _exit(127);
}

/* Kills it when it comes to system call `at`, counted from its start; false when it ended before.
 */
static bool killed_at(unsigned at)
{
    int status;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        become_sync();
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFSTOPPED(status)); /* execve */
    ptrace(PTRACE_SETOPTIONS, pid, NULL, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    for (unsigned stops = 0; stops < 2 * at;) { /* in and out */
        int pass = WSTOPSIG(status) & 0x80 || WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
        ptrace(PTRACE_SYSCALL, pid, NULL, (void *)(intptr_t)pass);
        assert_int_equal(waitpid(pid, &status, 0), pid);
        if (!WIFSTOPPED(status))
            return false;
        stops += WSTOPSIG(status) == (SIGTRAP | 0x80);
    }
    kill(pid, SIGKILL);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return true;
}

/* Every label once, and what receipts say arrived is there: the folder's lines by number. */
static void check(struct run *r, unsigned at)
{
    run_shell(r, 0, "\"$LW\" verify p");
    run_shell(r, 0,
        "cat p/journal/*.jsonl | jq -r 'select(.type==\"receipt\") | .sha256' | "
        "while read -r h; do ls p/outbox/*/*-$h.ndjson; done");
    run_shell(r, 0, "\"$LW\" sync p");
    run_shell(r, 0,
        "cat p/outbox/*/*.ndjson | grep '\"type\":\"annotate\"' > sent; "
        "wc -l < sent; sort -u sent | wc -l");
    char *twice = lw_format("%d\n%d\n", LABELS, LABELS);
    if (strcmp(r->out, twice) != 0)
        fail_msg("killed at system call %u: labels sent, different ones: %s", at, r->out);
    free(twice);
    run_shell(r, 0,
        "cat p/journal/*.jsonl | jq -s '[.[] | select(.type==\"receipt\") | .labels] | "
        "add'");
    assert_int_equal(atoi(r->out), LABELS);
}

static void no_kill_loses_or_doubles_a_label(void **state)
{
    struct run *r = *state;
    unsigned step = getenv("LW_KILL_STEP") ? (unsigned)atoi(getenv("LW_KILL_STEP")) : STEP;
    unsigned kills = 0;
    make(r);
    run_shell(r, 0, "cp -r p start; cp -r \"$XDG_STATE_HOME\" state");
    for (unsigned at = step; killed_at(at); at += step) {
        check(r, at);
        run_shell(r, 0,
            "rm -rf p \"$XDG_STATE_HOME\"; cp -r start p; "
            "cp -r state \"$XDG_STATE_HOME\"");
        kills++;
    }
    print_message("killed %u times, every %u system calls\n", kills, step);
    assert_true(kills > 3);
    check(r, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(no_kill_loses_or_doubles_a_label, run_enter, run_leave)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
