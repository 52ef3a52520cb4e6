/* The keys at the bottom of a window where nothing can be saved: those that work there, and the one
 * that takes the project over when the window that has it is closed. */
#include "tui/view/view_internal.h"

bool lw_view_only(const struct lw_app *app)
{
    return lw_journal_mode(lw_sitting_view(app->s)->opts.journal) != LW_JOURNAL_WRITABLE;
}

/* Somebody else has it, so it may become free. */
static bool can_take_over(const struct lw_app *app)
{
    const struct lw_journal *j = lw_sitting_view(app->s)->opts.journal;
    return lw_journal_mode(j) == LW_JOURNAL_READ_ONLY && lw_journal_owner(j);
}

void lw_view_only_footer(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    struct lw_hint h[12];
    size_t n = 0;
    if (can_take_over(app))
        h[n++] = (struct lw_hint){NULL, LW_CMD_SUBMIT, "take over"};
    if (lw_app_is_hidden(app))
        h[n++] = (struct lw_hint){NULL, LW_CMD_CURTAIN, "show"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_NEXT_TASK, "next"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_PREV_TASK, "previous"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_LIST, "list"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_FIND, "search"};
    if (v->task && v->task->nresponses > 1)
        h[n++] = (struct lw_hint){NULL, LW_CMD_PANE, "pane"};
    if (lw_app_has_pair(app))
        h[n++] = (struct lw_hint){NULL, LW_CMD_WORD_DIFF, "diff"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_QUIT, "leave"};
    h[n++] = (struct lw_hint){NULL, LW_CMD_HELP, "help"};
    lw_view_hints(app, a, h, n);
}
