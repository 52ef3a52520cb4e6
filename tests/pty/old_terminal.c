/* A terminal within the terminal that answers for itself where the cursor is.
 *
 * usage: old_terminal WIDE|silent|late PROGRAM ARGUMENT...
 *
 * WIDE: that many questions find the cursor behind a wide character, the others find that nothing
 * was drawn. silent: no question is answered. late: as 0, but when the first key is pressed, in
 * pieces and around that key. */
#define _GNU_SOURCE
#include <poll.h>
#include <pty.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static const char question[] = "\033[6n";

static int inside;
static int asked, wide;
static bool silent, late;

static void send(const char *s, size_t n)
{
    if (write(inside, s, n) != (ssize_t)n)
        exit(3);
}

static void answer(void)
{
    if (!silent && !late)
        send(asked < wide ? "\033[2;3R" : "\033[2;1R", 6);
    asked++;
}

/* What the program writes goes on without the questions. */
static void pass_output(const char *s, size_t n)
{
    static size_t matched;
    for (size_t i = 0; i < n; i++) {
        if (s[i] == question[matched]) {
            if (!question[++matched]) {
                matched = 0;
                answer();
            }
            continue;
        }
        fwrite(question, 1, matched, stdout);
        matched = s[i] == question[0];
        if (!matched)
            putchar(s[i]);
    }
    fflush(stdout);
}

static void pass_keys(const char *s, size_t n)
{
    for (int i = 0; late && i < asked; i++) {
        send("\033[2", 3);
        if (i == asked / 2)
            tcdrain(inside);
        send(";1R", 3);
    }
    late = false;
    send(s, n);
}

static void pass_all(void)
{
    struct pollfd fd[] = {{.fd = inside, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    char bytes[4096];
    for (ssize_t n;;) {
        if (poll(fd, 2, -1) <= 0)
            return;
        if (fd[0].revents) {
            if ((n = read(inside, bytes, sizeof bytes)) <= 0)
                return;
            pass_output(bytes, (size_t)n);
        }
        if (fd[1].revents) {
            if ((n = read(STDIN_FILENO, bytes, sizeof bytes)) <= 0)
                return;
            pass_keys(bytes, (size_t)n);
        }
    }
}

int main(int argc, char **argv)
{
    struct winsize size;
    struct termios modes;
    int status;
    if (argc < 3 || ioctl(0, TIOCGWINSZ, &size) != 0 || tcgetattr(0, &modes) != 0)
        return 2;
    silent = strcmp(argv[1], "silent") == 0;
    late = strcmp(argv[1], "late") == 0;
    wide = atoi(argv[1]);
    pid_t child = forkpty(&inside, NULL, &modes, &size);
    if (child == 0) {
        execv(argv[2], argv + 2);
        _exit(127);
    }
    cfmakeraw(&modes);
    tcsetattr(0, TCSANOW, &modes);
    pass_all();
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
