/* Plain mode: lines from stdin, and the signals that end them. What a line means is plain.c's. */
#define _GNU_SOURCE
#include "cli/plain/plain_internal.h"

#include "cli/cli_internal.h"

#include "labelwright/text/utf8.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    TERMINAL_LINE = 4095, /* what a terminal keeps of a line; it drops the rest silently */
    LONGEST_LINE = 1024 * 1024
};

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
    (void)number;
    interrupted = 1;
}

static void watch(sigset_t *watched)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    struct sigaction act = {.sa_handler = on_signal};
    sigemptyset(watched);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        sigaddset(watched, numbers[i]);
        sigaction(numbers[i], &act, NULL);
    }
}

/* Signals are allowed only while a line is read, so that none interrupts a write to the disk. */
static ssize_t get_line(struct lw_plain_line *to)
{
    sigset_t watched;
    ssize_t n = -1;
    watch(&watched);
    sigprocmask(SIG_UNBLOCK, &watched, NULL);
    errno = 0;
    if (!interrupted)
        n = getline(&to->text, &to->room, stdin);
    if (n < 0 && ferror(stdin) && !interrupted)
        to->error = errno;
    sigprocmask(SIG_BLOCK, &watched, NULL);
    return n;
}

bool lw_plain_read_line(struct lw_plain_line *to)
{
    if (fflush(stdout) != 0 || ferror(stdout))
        return false;
    ssize_t n = get_line(to);
    if (!isatty(STDIN_FILENO) || n <= 0)
        putchar('\n'); /* nothing else ends the prompt's line */
    if (n <= 0 || to->text[n - 1] != '\n')
        return false;
    to->len = (size_t)n - 1;
    if (to->len > 0 && to->text[to->len - 1] == '\r')
        to->len--;
    to->text[to->len] = '\0';
    return true;
}

const char *lw_plain_line_fault(const struct lw_plain_line *l)
{
    if (!lw_utf8_valid(l->text, l->len, NULL) || strlen(l->text) != l->len)
        return "Line ignored: not UTF-8 text.";
    if (l->len >= TERMINAL_LINE && isatty(STDIN_FILENO))
        return "Line ignored: the terminal cut it at 4,095 bytes. Use .edit for longer texts.";
    return l->len > LONGEST_LINE ? "Line ignored: longer than 1 MiB." : NULL;
}

int lw_plain_end_status(const struct lw_plain_line *l)
{
    if (interrupted)
        return 130;
    if (l->error == 0)
        return 0;
    lw_cli_warn("Cannot read stdin: %s.", strerror(l->error));
    return lw_exit_status(LW_EIO);
}
