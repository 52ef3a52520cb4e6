/* Asking for a passphrase: nothing of it is shown, and the terminal is as it was afterwards, also
 * after ^C. What it is for, the commands know. */
#include "cli/cli_internal.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { INTERRUPT = 3, END = 4, BACKSPACE = 8, CLEAR = 21, DELETE = 127 };

enum answer { ANSWERED, INTERRUPTED, TOO_LONG };

struct line {
    char *text;
    size_t n, room;
};

/* A whole character of UTF-8. */
static void drop_last(struct line *l)
{
    while (l->n > 0 && ((unsigned char)l->text[--l->n] & 0xC0) == 0x80) {
    }
}

/* Byte by byte: a buffer of stdio would keep a copy, and take what is not ours. */
static enum answer read_line(struct line *l, bool terminal)
{
    for (;;) {
        char c;
        ssize_t got = read(STDIN_FILENO, &c, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0 || c == '\n' || c == '\r' || (terminal && c == END))
            return ANSWERED;
        if (terminal && c == INTERRUPT)
            return INTERRUPTED;
        if (terminal && (c == BACKSPACE || c == DELETE))
            drop_last(l);
        else if (terminal && c == CLEAR)
            l->n = 0;
        else if (l->n + 1 == l->room)
            return TOO_LONG;
        else
            l->text[l->n++] = c;
    }
}

static enum answer ask_on_terminal(const char *prompt, struct line *l)
{
    struct termios as_it_was, quiet;
    if (tcgetattr(STDIN_FILENO, &as_it_was) != 0)
        return INTERRUPTED;
    quiet = as_it_was;
    quiet.c_lflag &= (tcflag_t) ~(ECHO | ECHONL | ICANON | ISIG);
    quiet.c_cc[VMIN] = 1;
    quiet.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet); /* before anybody is asked to type */
    fputs(prompt, stderr);
    enum answer answer = read_line(l, true);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &as_it_was);
    fputs("\n", stderr);
    return answer;
}

bool lw_cli_ask_passphrase(const char *prompt, char *to, size_t room)
{
    struct line l = {to, 0, room};
    enum answer answer = isatty(STDIN_FILENO) ? ask_on_terminal(prompt, &l) : read_line(&l, false);
    to[l.n] = '\0';
    if (answer == TOO_LONG)
        lw_cli_warn("The passphrase is longer than %zu bytes.", room - 1);
    if (answer != ANSWERED)
        sodium_memzero(to, room);
    return answer == ANSWERED;
}
