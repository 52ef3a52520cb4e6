/* Asks the terminal how wide it draws each line of some files, as the sanitiser shows it.
 *
 * usage: measure_widths FILE...
 *
 * Prints the lines of which it thinks otherwise than we, and at last "N of M agree". Many lines are
 * asked about at once, for a terminal that is another program answers late. */
#define _GNU_SOURCE
#include "labelwright/base/buf.h"
#include "labelwright/text/glyph.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000, AT_ONCE = 64 };

struct asked {
    char *line[AT_ONCE];
    int n;
};

static int lines, well;

/* Columns from the start of the line; -1 without an answer. */
static int read_column(void)
{
    char got[64] = "";
    size_t n = 0;
    int row, col;
    struct pollfd fd = {.fd = STDIN_FILENO, .events = POLLIN};
    while (n + 1 < sizeof got && poll(&fd, 1, PATIENCE_MS) > 0 && read(0, got + n, 1) == 1)
        if (got[n++] == 'R')
            return sscanf(got, "\033[%d;%dR", &row, &col) == 2 ? col - 1 : -1;
    return -1;
}

static void ask(const char *line)
{
    struct lw_buf b = {0};
    lw_clean(line, strlen(line), false, &b);
    lw_buf_add(&b, "", 0);
    printf("\r\033[K%s\033[6n", b.data);
    lw_buf_fini(&b);
}

static void ask_all(struct asked *a)
{
    int theirs[AT_ONCE];
    for (int i = 0; i < a->n; i++)
        ask(a->line[i]);
    fflush(stdout);
    for (int i = 0; i < a->n; i++)
        theirs[i] = read_column();
    for (int i = 0; i < a->n; i++) {
        int ours = lw_cols(a->line[i], strlen(a->line[i]), -1);
        if (theirs[i] != ours)
            printf("\r\033[K%s: %d columns, not %d\n", a->line[i], theirs[i], ours);
        well += theirs[i] == ours;
        free(a->line[i]);
    }
    lines += a->n;
    a->n = 0;
}

static bool ask_about(const char *path)
{
    FILE *f = fopen(path, "r");
    char *line = NULL;
    size_t cap = 0;
    struct asked a = {.n = 0};
    if (!f)
        return false;
    for (ssize_t n; (n = getline(&line, &cap, f)) > 0; line = NULL, cap = 0) {
        line[strcspn(line, "\n")] = '\0';
        a.line[a.n++] = line;
        if (a.n == AT_ONCE)
            ask_all(&a);
    }
    free(line);
    fclose(f);
    ask_all(&a);
    return true;
}

int main(int argc, char **argv)
{
    struct termios before, raw;
    bool read_all = argc > 1 && lw_locale_init() && tcgetattr(0, &before) == 0;
    if (!read_all)
        return 2;
    raw = before;
    cfmakeraw(&raw);
    raw.c_oflag = before.c_oflag;
    tcsetattr(0, TCSANOW, &raw);
    for (int i = 1; i < argc; i++)
        read_all = ask_about(argv[i]) && read_all;
    tcsetattr(0, TCSANOW, &before);
    /* Not in the first row: tmux scrolls when the program ends. */
    printf("\r\033[K\n%d of %d agree\n", well, lines);
    return read_all ? 0 : 2;
}
