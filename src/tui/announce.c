/* What the terminal is told beside the screen, as operating system commands (OSC). Writing them is
 * term.c's. */
#include "tui/announce_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"

#include "labelwright/text/glyph.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { TITLE_MOST = 60 /* bytes of the project's name */ };

/* ---- the clipboard */

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

/* ---- the title */

void lw_title_take(struct lw_title *title, struct lw_term *t)
{
    if (title->wanted)
        lw_term_tell(t, "\033[22;0t");
}

/* Without what controls terminals; cut between characters. */
static void add_name(const char *project, struct lw_buf *to)
{
    struct lw_buf clean = {0};
    lw_clean(project, strlen(project), false, &clean);
    size_t n = clean.len;
    if (n > TITLE_MOST) {
        n = TITLE_MOST;
        while (n > 0 && ((unsigned char)clean.data[n] & 0xC0) == 0x80)
            n--;
    }
    lw_buf_add(to, clean.data ? clean.data : "", n);
    lw_buf_fini(&clean);
}

static void set(struct lw_term *t, const char *project, uint64_t done, uint64_t all)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, "\033]2;");
    add_name(project, &b);
    lw_buf_fmt(&b, " %" PRIu64 "/%" PRIu64 "\a", done, all);
    lw_term_tell(t, b.data);
    lw_buf_fini(&b);
}

/* Anew when a label was given, and when all tasks are known. */
void lw_title_show(struct lw_title *title, struct lw_term *t, const struct lw_sitting_view *v)
{
    struct lw_totals totals = lw_ledger_totals(v->opts.ledger);
    uint64_t done = totals.done + totals.skipped;
    uint64_t is = 2 * done + lw_tasks_complete(v->opts.tasks) + 1;
    if (!title->wanted || title->shown == is)
        return;
    title->shown = is;
    set(t, v->opts.project->title, done, lw_tasks_count(v->opts.tasks));
}

void lw_title_give_back(struct lw_title *title, struct lw_term *t)
{
    if (title->wanted)
        lw_term_tell(t, LW_TITLE_BACK);
    title->shown = 0;
}
