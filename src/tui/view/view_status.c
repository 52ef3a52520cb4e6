/* The status line: at the left what the last key did, at the right where the labels are. Its words
 * are true at any moment: nothing here is kept, all is asked of the ledger and of sending. */
#include "tui/view/view_internal.h"

#include "labelwright/text/wrap.h"

#include <inttypes.h>
#include <string.h>

/* ---- where the labels are */

/* "3 labels, 1 skip" */
static void add_counts(const struct lw_totals *t, struct lw_buf *to)
{
    if (t->done || !t->skipped)
        lw_buf_fmt(to, LW_VIEW_LABELS, t->done, t->done == 1 ? "" : "s");
    if (t->skipped)
        lw_buf_fmt(to, LW_VIEW_SKIPS, t->done ? ", " : "", t->skipped, t->skipped == 1 ? "" : "s");
}

static void add_problem(const struct lw_sync_status *s, struct lw_buf *to)
{
    if (s->unsent > 0)
        lw_buf_fmt(to, LW_VIEW_NOT_SENT, s->unsent);
    else if (s->parked > 0)
        lw_buf_fmt(to, LW_VIEW_REFUSED, s->parked);
    else
        lw_buf_str(to, LW_VIEW_PROBLEM);
}

void lw_status_words(
    const struct lw_totals *t, const struct lw_sync_status *s, const char *key, struct lw_buf *to)
{
    bool any = t->done + t->skipped > 0;
    switch (s->state) {
    case LW_SYNC_NONE:
        if (any)
            add_counts(t, to);
        lw_buf_str(to, any ? LW_VIEW_SAVED_HERE : LW_VIEW_NO_LABELS);
        return;
    case LW_SYNC_ALL_SENT:
        lw_buf_str(to, any ? LW_VIEW_ALL_SENT : LW_VIEW_NOTHING_TO_SEND);
        return;
    case LW_SYNC_UNSENT:
        lw_buf_fmt(to, LW_VIEW_TO_SEND, s->unsent);
        return;
    case LW_SYNC_SENDING:
        lw_buf_fmt(to, LW_VIEW_SENDING_OF, s->done, s->todo);
        return;
    case LW_SYNC_OFFLINE:
        if (!s->trouble) {
            lw_buf_fmt(to, LW_VIEW_OFFLINE, s->unsent);
            return;
        }
        /* fall through */
    case LW_SYNC_NEEDS_YOU:
        add_problem(s, to);
        if (*key)
            lw_buf_fmt(to, LW_VIEW_PRESS, key);
        return;
    }
}

/* S helps only where this window may send. */
void lw_view_status_words(const struct lw_app *app, struct lw_buf *to)
{
    const struct lw_sitting_opts *w = &lw_sitting_view(app->s)->opts;
    struct lw_totals t = lw_ledger_totals(w->ledger);
    struct lw_sync_status s = lw_sync_status(app->sync);
    struct lw_buf key = {0};
    bool can_send = lw_journal_mode(w->journal) == LW_JOURNAL_WRITABLE;
    if (can_send && app->over != LW_OVERLAY_SEND)
        lw_keymap_keys(app->keys, LW_CMD_SEND, 1, &key);
    lw_status_words(&t, &s, key.len ? key.data : "", to);
    lw_buf_fini(&key);
}

static int draw_status(const struct lw_app *app, struct lw_area a)
{
    struct lw_buf words = {0};
    bool needed = lw_sync_status(app->sync).state == LW_SYNC_NEEDS_YOU;
    lw_view_status_words(app, &words);
    int col = a.cols - 1 - (int)words.len;
    lw_draw(a, 0, col, needed ? LW_ROLE_WARNING : LW_ROLE_DIM, "%s", words.data);
    lw_buf_fini(&words);
    return col;
}

/* ---- what the last key did */

/* In two rows; if that is not enough, with the key that shows all of it. */
static void draw_long(const struct lw_app *app, struct lw_area a, enum lw_role role)
{
    const char *m = lw_sitting_view(app->s)->message;
    struct lw_buf all = {0}, clean = {0};
    struct lw_wrap w = {0};
    lw_clean(m, strlen(m), false, &clean);
    lw_wrap_text(&w, clean.data, clean.len, a.cols - 2);
    lw_keymap_keys(app->keys, LW_CMD_MESSAGES, 1, &all);
    for (int row = 0; row < a.rows; row++)
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_TEXT, ' ');
    for (size_t i = 0; i < w.n && i < (size_t)a.rows; i++) {
        bool last = i + 1 == (size_t)a.rows && i + 1 < w.n;
        size_t end = last ? clean.len : w.v[i].end;
        int room = a.cols - 2 - (last ? (int)all.len + 6 : 0);
        int col = lw_draw_clipped(
            a, (int)i, 1, room, role, clean.data + w.v[i].start, end - w.v[i].start);
        if (last)
            lw_draw(a, (int)i, col + 1, LW_ROLE_DIM, LW_VIEW_ALL_OF_MESSAGE, all.data);
    }
    lw_wrap_fini(&w);
    lw_buf_fini(&clean);
    lw_buf_fini(&all);
}

/* Behind the first label of a session, where there is room. */
static void draw_undo_hint(const struct lw_app *app, struct lw_area a, int col, int end)
{
    struct lw_buf keys = {0}, hint = {0};
    lw_keymap_keys(app->keys, LW_CMD_TAKE_BACK, 1, &keys);
    if (keys.len)
        lw_buf_fmt(&hint, LW_VIEW_UNDO_HINT, keys.data);
    if (hint.len && col + 2 + (int)hint.len <= end)
        lw_draw(a, 0, col + 2, LW_ROLE_DIM, "%s", hint.data);
    lw_buf_fini(&keys);
    lw_buf_fini(&hint);
}

void lw_view_message(const struct lw_app *app, struct lw_area a)
{
    const struct lw_sitting_view *v = lw_sitting_view(app->s);
    static const enum lw_role role[] = {
        [LW_TONE_INFO] = LW_ROLE_MESSAGE,
        [LW_TONE_WARNING] = LW_ROLE_WARNING,
        [LW_TONE_ERROR] = LW_ROLE_ERROR,
    };
    const char *m = v->message;
    struct lw_area first = lw_area_rows(a, 0, 1);
    int cols = lw_cols(m, strlen(m), -1), end = draw_status(app, first);
    if (cols <= end - 3) {
        int col = lw_draw_clipped(first, 0, 1, end - 3, role[v->tone], m, strlen(m));
        if (app->undo_hint == LW_HINT_NOW)
            draw_undo_hint(app, first, col, end - 2);
        return;
    }
    /* The message matters more than the counts, and than the keys below. */
    draw_long(app, cols <= a.cols - 2 ? first : a, role[v->tone]);
}
