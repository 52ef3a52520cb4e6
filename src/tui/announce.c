/* What the terminal is told beside the screen, as operating system commands (OSC). Writing them is
 * term.c's. */
#include "tui/announce_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"

#include <stdlib.h>

bool lw_term_copy(struct lw_term *t, const char *s, size_t n)
{
    if (n > LW_TERM_COPY_MAX)
        return false;
    char *text = lw_base64(s, n), *request = lw_format("\033]52;c;%s\a", text);
    bool told = lw_term_tell(t, request);
    free(request);
    free(text);
    return told;
}
