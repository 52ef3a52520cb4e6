/* A terminal within the terminal that answers for itself what it can do with pixels.
 *
 * usage: pixel_terminal KIND HOW PROGRAM ARGUMENT...
 *
 * KIND: kitty, sixel, both, none, tmux. HOW: promptly; bytes: each byte by itself; late: when the
 * first key is pressed, before it; halves: one half at once, the other as late; never.
 * What the program writes goes on without the questions; as libvterm prints the strings of kitty's
 * protocol, they become "ESC ] 5555 ; …". SIGUSR1 makes the program abort. */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

enum { HELD_MAX = 4096 };

/* Each with its answers, by kind; "": none. */
static const char *const kinds[] = {"kitty", "sixel", "both", "none", "tmux"};
enum { KINDS = sizeof kinds / sizeof *kinds };
static const struct {
    const char *text, *answer[KINDS];
} questions[] = {
    {"\033[16t", {"\033[6;20;10t", "\033[6;20;10t", "\033[6;20;10t", "", ""}},
    {"\033[>c",
        {"\033[>1;4000;29c", "\033[>41;379;0c", "\033[>1;1;1c", "\033[>0;136;0c", "\033[>84;0;0c"}},
    {"\033[c", {"\033[?62;c", "\033[?64;1;2;4;6c", "\033[?64;4c", "\033[?1;2c", "\033[?1;2c"}},
    {"\033_Gi=77,s=1,v=1,a=q,t=d,f=24;AAAA\033\\",
        {"\033_Gi=77;OK\033\\", "", "\033_Gi=77;OK\033\\", "", ""}},
    {"\033[?1;1;0S", {"", "\033[?1;0;256S", "\033[?1;0;256S", "", ""}},
    {"\033[?2;1;0S", {"", "\033[?2;0;800;480S", "\033[?2;0;4096;4096S", "", ""}},
};
enum { QUESTIONS = sizeof questions / sizeof *questions };

static int inside, kind;
static pid_t child;
static const char *how;
static char held[HELD_MAX]; /* answers that are not given yet */
static size_t nheld;

static void send(const char *s, size_t n)
{
    if (write(inside, s, n) != (ssize_t)n)
        exit(3);
}

static void answer(const char *s)
{
    size_t n = strlen(s), now = 0;
    if (strcmp(how, "promptly") == 0)
        now = n;
    else if (strcmp(how, "halves") == 0 && nheld == 0)
        now = n / 2;
    if (strcmp(how, "never") == 0)
        return;
    for (size_t i = 0; strcmp(how, "bytes") == 0 && i < n; i++, now++) {
        send(s + i, 1);
        tcdrain(inside);
    }
    if (strcmp(how, "bytes") != 0)
        send(s, now);
    memcpy(held + nheld, s + now, n - now);
    nheld += n - now;
}

/* The question that the n bytes begin with: its number. `*more`: they may become one. */
static int question_at(const char *s, size_t n, bool *more)
{
    for (int i = 0; i < QUESTIONS; i++) {
        size_t whole = strlen(questions[i].text);
        if (n >= whole && memcmp(s, questions[i].text, whole) == 0)
            return i;
        *more = *more || (n < whole && memcmp(s, questions[i].text, n) == 0);
    }
    return -1;
}

static void pass_output(const char *s, size_t n)
{
    static char kept[HELD_MAX + 64];
    static size_t nkept;
    size_t at = 0;
    memcpy(kept + nkept, s, n);
    nkept += n;
    while (at < nkept) {
        bool more = false;
        int i = question_at(kept + at, nkept - at, &more);
        if (more)
            break;
        if (i >= 0) {
            answer(questions[i].answer[kind]);
            at += strlen(questions[i].text);
        } else {
            bool kitty = nkept - at > 1 && memcmp(kept + at, "\033_", 2) == 0;
            if (kitty)
                fputs("\033]5555;", stdout);
            else
                putchar(kept[at]);
            at += kitty ? 2 : 1;
        }
    }
    memmove(kept, kept + at, nkept - at);
    nkept -= at;
    fflush(stdout);
}

/* What begins with Esc are answers of the terminal around this one. */
static void pass_keys(const char *s, size_t n)
{
    if (*s != '\033') {
        send(held, nheld);
        nheld = 0;
        if (strcmp(how, "late") == 0 || strcmp(how, "halves") == 0)
            how = "promptly";
    }
    send(s, n);
}

static void pass_all(void)
{
    struct pollfd fd[] = {{.fd = inside, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    char bytes[HELD_MAX];
    for (ssize_t n;;) {
        if (poll(fd, 2, -1) < 0) {
            if (errno == EINTR)
                continue;
            return;
        }
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

static void on_signal(int number)
{
    (void)number;
    kill(child, SIGABRT);
}

int main(int argc, char **argv)
{
    struct winsize size;
    struct termios modes;
    int status;
    if (argc < 4 || ioctl(0, TIOCGWINSZ, &size) != 0 || tcgetattr(0, &modes) != 0)
        return 2;
    while (kind < KINDS && strcmp(kinds[kind], argv[1]) != 0)
        kind++;
    if (kind == KINDS)
        return 2;
    how = argv[2];
    child = forkpty(&inside, NULL, &modes, &size);
    if (child == 0) {
        execv(argv[3], argv + 3);
        _exit(127);
    }
    signal(SIGUSR1, on_signal);
    cfmakeraw(&modes);
    tcsetattr(0, TCSANOW, &modes);
    pass_all();
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
