/* Notifications by the terminal, without a sound, where the user asked for them: OSC 9 or OSC 777,
 * on stderr and only if that is a terminal. Never a word of a task. */
#include "cli/cli_internal.h"

#include "labelwright/text/glyph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Consoles that would print it. */
static bool prints(void)
{
    const char *term = getenv("TERM");
    return !term || !*term || strcmp(term, "dumb") == 0 || strncmp(term, "linux", 5) == 0 ||
           strncmp(term, "vt", 2) == 0;
}

/* Text from outside, as a part of the command: a ; would begin the next one. */
static char *part(const char *text)
{
    struct lw_buf b = {0};
    lw_clean(text, strlen(text), false, &b);
    for (size_t i = 0; i < b.len; i++)
        if (b.data[i] == ';')
            b.data[i] = ',';
    lw_buf_add(&b, "", 0);
    return lw_buf_detach(&b);
}

void lw_cli_notify(const struct lw_config *c, const char *project, const char *what)
{
    if (c->notify == LW_NOTIFY_NOTHING || !isatty(STDERR_FILENO) || prints())
        return;
    char *name = part(project), *said = part(what);
    if (c->notify == LW_NOTIFY_OSC9)
        fprintf(stderr, "\033]9;%s: %s\a", name, said);
    else
        fprintf(stderr, "\033]777;notify;%s;%s\a", name, said);
    fflush(stderr);
    free(name);
    free(said);
}
