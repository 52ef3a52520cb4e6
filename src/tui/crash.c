/* Deadly signals: writes the draft, gives the terminal back and dies of the signal. Signals that
 * end the session in order are the loop's.
 *
 * _GNU_SOURCE for O_CLOEXEC and sigaltstack. Between a signal and the end only what is
 * async-signal-safe is called: no curses, no allocation. */
#define _GNU_SOURCE
#include "tui/crash_internal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* As xterm and its kin have them, and those that do not take no harm: paste marks, application
 * keys, colours and line drawing off, cursor on, the first screen again. */
static const char give_back[] =
    "\033[?2004l\033[?1l\033>\033[m\033(B\033[?12l\033[?25h\033[?1049l\r\n";

static const int deadly[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL};
enum { DEADLY = sizeof deadly / sizeof *deadly, STACK_BYTES = 64 * 1024, NAME_MAX_BYTES = 128 };

static struct sigaction before[DEADLY];
static struct termios modes;
static bool has_modes;
static void *stack;
static volatile sig_atomic_t taken, dying;
static const char *volatile last_words = "";

static volatile sig_atomic_t has_draft;
static struct {
    int dir;
    char name[NAME_MAX_BYTES], temporary[NAME_MAX_BYTES];
    const char *bytes;
    size_t n;
} draft;

static bool put_bytes(int fd)
{
    size_t at = 0;
    while (at < draft.n) {
        ssize_t n = write(fd, draft.bytes + at, draft.n - at);
        if (n <= 0)
            return false;
        at += (size_t)n;
    }
    return true;
}

static void write_draft(void)
{
    int fd = openat(draft.dir, draft.temporary,
        O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
    if (fd < 0)
        return;
    bool whole = put_bytes(fd);
    close(fd);
    if (!whole || renameat(draft.dir, draft.temporary, draft.dir, draft.name) != 0)
        unlinkat(draft.dir, draft.temporary, 0);
}

static void give_terminal_back(void)
{
    const char *words = last_words;
    ssize_t n = write(STDOUT_FILENO, words, strlen(words));
    n = write(STDOUT_FILENO, give_back, sizeof give_back - 1);
    (void)n;
    if (has_modes)
        tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

/* Restores the handler before ours (such as a sanitizer's) and raises the signal again. */
static void hand_on(int number)
{
    struct sigaction act = {.sa_handler = SIG_DFL};
    for (int i = 0; i < DEADLY; i++)
        if (deadly[i] == number)
            act = before[i];
    sigaction(number, &act, NULL);
    raise(number);
}

void lw_crash_now(int number)
{
    if (!dying) { /* a second fault in here must not loop */
        dying = 1;
        if (has_draft)
            write_draft();
        if (taken)
            give_terminal_back();
    }
    hand_on(number);
}

void lw_crash_arm(void)
{
    stack_t own = {.ss_size = STACK_BYTES};
    has_modes = tcgetattr(STDIN_FILENO, &modes) == 0;
    own.ss_sp = stack = malloc(STACK_BYTES); /* an overflown stack holds no handler */
    if (stack)
        sigaltstack(&own, NULL);
    struct sigaction act = {.sa_handler = lw_crash_now, .sa_flags = stack ? SA_ONSTACK : 0};
    for (int i = 0; i < DEADLY; i++)
        sigaction(deadly[i], &act, &before[i]);
}

void lw_crash_disarm(void)
{
    has_draft = taken = 0;
    last_words = "";
    for (int i = 0; i < DEADLY; i++)
        sigaction(deadly[i], &before[i], NULL);
    sigaltstack(&(stack_t){.ss_flags = SS_DISABLE}, NULL);
    free(stack);
    stack = NULL;
}

void lw_crash_set_terminal(bool terminal)
{
    taken = terminal;
}

void lw_crash_set_words(const char *words)
{
    last_words = words;
}

void lw_crash_draft(int dir, const char *name, const char *bytes, size_t n)
{
    has_draft = 0;
    atomic_signal_fence(memory_order_seq_cst);
    if (!name || strlen(name) + sizeof ".4294967295.tmp" > NAME_MAX_BYTES)
        return;
    strcpy(draft.name, name);
    snprintf(draft.temporary, sizeof draft.temporary, "%s.%u.tmp", name, (unsigned)getpid());
    draft.dir = dir;
    draft.bytes = bytes;
    draft.n = n;
    atomic_signal_fence(memory_order_seq_cst);
    has_draft = 1;
}

void lw_crash_die(int number)
{
    signal(number, SIG_DFL);
    raise(number);
}
