/* What terminfo and the kernel say of the terminal, without taking it over. */
#define _GNU_SOURCE
#include "labelwright/about.h"

#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <unistd.h>

static void ask_terminfo(struct lw_terminal *to)
{
    int status;
    const char *no_color = getenv("NO_COLOR");
    to->known = *to->name && setupterm(to->name, STDOUT_FILENO, &status) == OK;
    if (!to->known)
        return;
    const char *cup = tigetstr("cup");
    int colours = tigetnum("colors");
    to->fit = cup && cup != (char *)-1;
    to->colours = colours > 0 && !(no_color && *no_color) ? colours : 0;
    del_curterm(cur_term);
}

void lw_about_terminal(struct lw_terminal *to)
{
    const char *term = getenv("TERM");
    struct winsize size;
    *to = (struct lw_terminal){.is_terminal = isatty(STDOUT_FILENO)};
    snprintf(to->name, sizeof to->name, "%s", term ? term : "");
    ask_terminfo(to);
    if (to->is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0) {
        to->rows = size.ws_row;
        to->cols = size.ws_col;
    }
}

const char *lw_about_curses(void)
{
    return curses_version();
}
