/* How many columns texts take on the terminal: print each, then ask where the cursor is. Without
 * curses: only one line is written, and erased again. Which texts, and what that means, is
 * doctor_widths.c's. */
#define _GNU_SOURCE
#include "cli/doctor/doctor_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/tui/help.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { ANSWER_MS = 1000, ANSWER_MAX = 256 };

static const char where[] = "\033[6n", clear_line[] = "\r\033[K";

/* The column in "ESC [ row ; column R", which may be mixed with keys; 0 if it is not there yet. */
static int reported_column(const char *bytes)
{
    int row, col, end;
    for (const char *p = bytes; (p = strchr(p, '\033')); p++) {
        end = 0;
        if (sscanf(p, "\033[%4d;%4dR%n", &row, &col, &end) == 2 && end > 0)
            return col;
    }
    return 0;
}

/* The cursor's column, from 1; 0 when the terminal does not answer. */
static int ask_column(void)
{
    char got[ANSWER_MAX + 1] = "";
    size_t n = 0;
    int64_t until = lw_clock_mono_ms(&lw_sys_real) + ANSWER_MS;
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    fflush(stdout);
    while (reported_column(got) == 0 && n < ANSWER_MAX) {
        int64_t left = until - lw_clock_mono_ms(&lw_sys_real);
        ssize_t k =
            left > 0 && poll(&fd, 1, (int)left) > 0 ? read(fd.fd, got + n, ANSWER_MAX - n) : 0;
        if (k <= 0)
            return 0;
        n += (size_t)k;
        got[n] = '\0';
    }
    return reported_column(got);
}

/* Fills `cols`; false when the terminal gives no answer. */
static bool measure_all(char *const *text, size_t n, int *cols)
{
    bool answers = true;
    for (size_t i = 0; i < n && answers; i++) {
        printf("\r%s%s", text[i], where);
        cols[i] = ask_column() - 1;
        answers = cols[i] >= 0;
    }
    fputs(clear_line, stdout);
    fflush(stdout);
    return answers;
}

const char *lw_doctor_measure(char *const *text, size_t n, int *cols)
{
    struct lw_terminal t;
    struct termios before, raw;
    lw_help_find_terminal(&t);
    if (!isatty(STDIN_FILENO) || !t.is_terminal || tcgetattr(STDIN_FILENO, &before) != 0)
        return "stdin or stdout is not a terminal";
    if (!t.fit)
        return "the terminal cannot move the cursor";
    raw = before;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG | IEXTEN);
    tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    bool answers = measure_all(text, n, cols);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before); /* a late answer must not count as keys */
    return answers ? NULL : "the terminal does not report where its cursor is";
}
