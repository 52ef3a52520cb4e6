/* One pair of a preference, as the format writes it. Which pairs there are is not decided here. */
#include "export/export_internal.h"

#include <string.h>

static bool have_same_text(const struct lw_response *a, const struct lw_response *b)
{
    if (a->parts || b->parts)
        return a->message && b->message && json_equal(a->message, b->message);
    return a->text.n == b->text.n &&
           (a->text.n == 0 || memcmp(a->text.s, b->text.s, a->text.n) == 0);
}

void lw_export_pair(struct lw_export_state *x, const struct lw_task *t,
    const struct lw_response *better, const struct lw_response *worse)
{
    if (have_same_text(better, worse))
        lw_export_lose(x, LW_LOSS_SAME);
    if (x->format->pair)
        x->format->pair(x, t, better, worse);
    else
        x->format->one(x, t, better, true);
    if (x->format->one && x->format->good_only)
        lw_export_lose(x, LW_LOSS_WORSE);
    else if (x->format->one)
        x->format->one(x, t, worse, false);
}
