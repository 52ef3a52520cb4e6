/* The progress line on stderr: when it is drawn and how. What is counted is the caller's. */
#include "cli/cli_internal.h"

#include "labelwright/base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { PATIENCE_MS = 1000 }; /* shorter work needs no line */

struct lw_progress lw_progress_start(const char *what)
{
    return (struct lw_progress){.what = what, .since = lw_clock_mono_ms(&lw_sys_real)};
}

void lw_progress_draw(void *progress, uint64_t done, uint64_t all)
{
    struct lw_progress *p = progress;
    if (!isatty(STDERR_FILENO) || lw_clock_mono_ms(&lw_sys_real) - p->since < PATIENCE_MS)
        return;
    if (p->counts)
        fprintf(stderr, "\r%s: %" PRIu64 " of %" PRIu64, p->what, done, all);
    else
        fprintf(
            stderr, "\r%s: %" PRIu64 " of %" PRIu64 " MB", p->what, done / 1000000, all / 1000000);
    p->drawn = true;
}

void lw_progress_end(struct lw_progress *p)
{
    if (p->drawn)
        fputs("\r\033[K", stderr);
}
