/* kill_at N PROGRAM ARGUMENT...: runs it, and kills it at the N-th system call of its threads,
 * before that call does anything. Exit status 0 when it was killed, 1 when it came to its end
 * before. */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t begin(char **argv)
{
    pid_t pid = fork();
    if (pid == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        execvp(argv[0], argv);
        _exit(127);
    }
    return pid;
}

static void go_on(pid_t thread, int sig)
{
    ptrace(PTRACE_SYSCALL, thread, NULL, (void *)(long)sig);
}

/* Whether a thread stopped at the entry of a call. */
static int enters(pid_t thread)
{
    struct __ptrace_syscall_info info;
    return ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) > 0 &&
           info.op == PTRACE_SYSCALL_INFO_ENTRY;
}

static int follow(pid_t pid, long at)
{
    int status;
    pid_t thread;
    for (long calls = 0; (thread = waitpid(-1, &status, __WALL)) > 0;) {
        if (thread == pid && !WIFSTOPPED(status))
            return 0;
        if (!WIFSTOPPED(status))
            continue;
        int sig = WSTOPSIG(status);
        bool call = sig == (SIGTRAP | 0x80);
        if (call && enters(thread) && ++calls == at) {
            kill(pid, SIGKILL);
            while (waitpid(pid, &status, __WALL) > 0 && !WIFSIGNALED(status))
                ;
            return 1;
        }
        go_on(thread, call || sig == SIGTRAP || sig == SIGSTOP ? 0 : sig);
    }
    return 0;
}

int main(int argc, char **argv)
{
    int status;
    if (argc < 3)
        return 2;
    pid_t pid = begin(argv + 2);
    if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFSTOPPED(status))
        return 2;
    ptrace(PTRACE_SETOPTIONS, pid, NULL,
        (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE | PTRACE_O_EXITKILL));
    go_on(pid, 0);
    return follow(pid, strtol(argv[1], NULL, 10)) ? 0 : 1;
}
