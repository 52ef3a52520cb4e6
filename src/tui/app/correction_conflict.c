/* The question that a correction changed elsewhere asks: which of the two texts goes on. Until it
 * is answered no key changes the text. What became of both drafts is the sitting's. */
#include "tui/app/screens_internal.h"

static void fill_difference(const struct lw_app *app, struct lw_doc *to)
{
    struct lw_span mine = lw_entry_text(app), theirs = lw_sitting_their_text(app->s);
    struct lw_diff diff = {0};
    int cols = lw_text_cols(app, app->cols - 2);
    lw_doc_line(to, LW_ROLE_TITLE, true, LW_APP_CONFLICT_PAGE);
    lw_diff_words(&diff, mine.s, mine.n, theirs.s ? theirs.s : "", theirs.n);
    lw_doc_diff(to, &diff, mine, theirs, true, true, cols);
    lw_diff_fini(&diff);
}

static void keep_mine(struct lw_app *app)
{
    lw_sitting_settle_draft(app->s);
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_CONFLICT_MINE);
}

static void take_theirs(struct lw_app *app, struct lw_span theirs)
{
    lw_edit_set(app->input, theirs.s, theirs.n);
    lw_sitting_settle_draft(app->s);
    lw_entry_changed(app);
    lw_sitting_notify(app->s, LW_TONE_INFO, LW_APP_CONFLICT_THEIRS);
}

/* Old drafts were read before this one was set aside. */
static void read_old_again(struct lw_app *app)
{
    json_decref(app->old_texts);
    app->old_texts = lw_sitting_old_texts(app->s);
    app->old_at = 0;
}

bool lw_correction_conflict_key(struct lw_app *app, struct lw_key key)
{
    struct lw_span theirs = lw_correction_theirs(app);
    char32_t ch = lw_key_alias(key, app->keys->digit_row).ch;
    bool letter = key.name == LW_KEY_CHAR && !key.ctrl && !key.meta;
    if (!theirs.s)
        return false;
    read_old_again(app);
    if (letter && ch == 'k')
        keep_mine(app);
    else if (letter && ch == 't')
        take_theirs(app, theirs);
    else if (letter && ch == 'd')
        lw_pager_open(app, LW_OVERLAY_OLD, fill_difference);
    else
        lw_sitting_notify(app->s, LW_TONE_WARNING, LW_APP_CONFLICT);
    return true;
}
