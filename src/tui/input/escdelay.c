/* Reads ESCDELAY, as other programs on a terminal do. */
#include "tui/input/escdelay_internal.h"

#include <stdlib.h>

enum { USUAL_MS = 100, MOST_MS = 10000 };

int lw_escdelay(void)
{
    const char *s = getenv("ESCDELAY");
    char *end;
    long ms = s && *s ? strtol(s, &end, 10) : -1;
    return ms >= 0 && ms <= MOST_MS && *end == '\0' ? (int)ms : USUAL_MS;
}
