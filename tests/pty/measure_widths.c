/* Asks the terminal how wide it draws each line of a file, as the sanitiser shows it.
 *
 * usage: measure_widths FILE
 *
 * Prints the lines of which it thinks otherwise than we, and at last "N of M agree"; then it stays
 * until the terminal is gone, as tmux may not show the last words of a program that ended. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000 };

/* Columns from the start of the line; -1 without an answer. */
static int ask_column(void)
{
    char got[64] = "";
    size_t n = 0;
    int row, col;
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    fputs("\033[6n", stdout);
    fflush(stdout);
    while (n + 1 < sizeof got && poll(&fd, 1, PATIENCE_MS) > 0 && read(0, got + n, 1) == 1)
        if (got[n++] == 'R')
            return sscanf(got, "\033[%d;%dR", &row, &col) == 2 ? col - 1 : -1;
    return -1;
}

static bool agrees(const char *s, size_t n, int *theirs)
{
    struct lw_buf b = {0};
    lw_clean(s, n, false, &b);
    printf("\r\033[K%s", b.data);
    lw_buf_fini(&b);
    *theirs = ask_column();
    return *theirs == lw_cols(s, n, -1);
}

int main(int argc, char **argv)
{
    char line[256];
    struct termios before, raw;
    int lines = 0, well = 0, theirs;
    FILE *f = argc > 1 ? fopen(argv[1], "r") : NULL;
    if (!f || !lw_locale_init() || tcgetattr(0, &before) != 0)
        return 2;
    raw = before;
    cfmakeraw(&raw);
    raw.c_oflag = before.c_oflag;
    tcsetattr(0, TCSANOW, &raw);
    for (; fgets(line, sizeof line, f); lines++) {
        size_t n = strcspn(line, "\n");
        if (agrees(line, n, &theirs))
            well++;
        else
            printf(
                "\r\033[K%.*s: %d columns, not %d\n", (int)n, line, theirs, lw_cols(line, n, -1));
    }
    tcsetattr(0, TCSANOW, &before);
    printf("\r\033[K%d of %d agree\n", well, lines);
    fflush(stdout);
    fclose(f);
    while (read(STDIN_FILENO, line, sizeof line) > 0)
        ;
    return 0;
}
