/* Parts that several screens draw: titled rules, boxes, the message line, the keys at the bottom.
 */
#include "tui/view/view_internal.h"

#include "labelwright/text/wrap.h"

#include <inttypes.h>
#include <string.h>

/* Where another rule goes on behind it, a gap says that the remark is of this one. */
static int gap_behind(struct lw_area a)
{
    return a.col + a.cols < a.frame->cols ? 3 : 0;
}

int lw_view_remark_room(struct lw_area a, const char *title)
{
    int used = title[0] ? 2 + lw_cols(title, strlen(title), -1) : 1;
    return a.cols - used - 5 - gap_behind(a);
}

void lw_view_titled_rule(
    struct lw_area a, int row, const char *title, enum lw_role role, const char *remark)
{
    lw_draw_rule(a, row);
    int used = 1;
    if (title[0]) {
        used = lw_draw(a, row, used, LW_ROLE_RULE, " ");
        used = lw_draw_clipped(a, row, used, a.cols - 4, role, title, strlen(title));
        lw_draw(a, row, used, LW_ROLE_RULE, " ");
    }
    int gap = gap_behind(a), cols = lw_cols(remark, strlen(remark), -1);
    int at = a.cols - cols - 1 - gap;
    if (cols > 0 && used + cols + 4 + gap < a.cols) {
        lw_draw(a, row, at, LW_ROLE_RULE, " ");
        lw_draw(a, row, at + 1, LW_ROLE_DIM, "%s", remark);
        if (gap > 0)
            lw_draw(a, row, at + 1 + cols, LW_ROLE_RULE, " ");
    }
}

struct lw_area lw_view_box(struct lw_area a, const char *title)
{
    for (int row = 0; row < a.rows; row++)
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_BOX, ' ');
    for (int row = 0; row < a.rows; row += a.rows - 1) {
        lw_draw_fill(a, row, 0, a.cols, LW_ROLE_BOX, U'─');
        lw_draw_fill(a, row, 0, 1, LW_ROLE_BOX, row ? U'└' : U'┌');
        lw_draw_fill(a, row, a.cols - 1, 1, LW_ROLE_BOX, row ? U'┘' : U'┐');
    }
    for (int row = 1; row < a.rows - 1; row++) {
        lw_draw_fill(a, row, 0, 1, LW_ROLE_BOX, U'│');
        lw_draw_fill(a, row, a.cols - 1, 1, LW_ROLE_BOX, U'│');
    }
    int end = lw_draw_clipped(a, 0, 2, a.cols - 5, LW_ROLE_TITLE, title, strlen(title));
    lw_draw(a, 0, 1, LW_ROLE_BOX, " ");
    lw_draw(a, 0, end, LW_ROLE_BOX, " ");
    return lw_area_rows(lw_area_cols(a, 1, a.cols - 2), 1, a.rows - 2);
}

/* ---- the message line */

static int draw_status(const struct lw_app *app, struct lw_area a)
{
    struct lw_sync_status sync = lw_sync_status(app->sync);
    struct lw_buf words = {0};
    if (sync.state == LW_SYNC_NONE) {
        struct lw_totals t = lw_ledger_totals(lw_sitting_view(app->s)->opts.ledger);
        lw_buf_fmt(&words, LW_VIEW_SAVED_HERE, t.done + t.skipped);
    } else {
        lw_sync_describe(&sync, &words);
    }
    int col = a.cols - 1 - (int)words.len;
    lw_draw(a, 0, col, sync.state == LW_SYNC_NEEDS_YOU ? LW_ROLE_WARNING : LW_ROLE_DIM, "%s",
        words.data);
    lw_buf_fini(&words);
    return col;
}

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
        lw_draw_clipped(first, 0, 1, end - 3, role[v->tone], m, strlen(m));
        return;
    }
    /* The message matters more than the counts, and than the keys below. */
    draw_long(app, cols <= a.cols - 2 ? first : a, role[v->tone]);
}

/* ---- keys */

static int hint_cols(const struct lw_app *app, const struct lw_hint *h, struct lw_buf *keys)
{
    lw_buf_clear(keys);
    if (h->keys)
        lw_buf_str(keys, h->keys);
    else
        lw_keymap_keys(app->keys, h->id, 1, keys);
    return lw_cols(keys->data, keys->len, -1) + 1 + (int)strlen(h->word);
}

static int draw_hint(struct lw_area a, int col, const struct lw_buf *keys, const char *word)
{
    col = lw_draw(a, 0, col, LW_ROLE_KEY, "%s", keys->data);
    return lw_draw(a, 0, col + 1, LW_ROLE_FOOTER, "%s", word);
}

/* Columns of the hints from `h` on that are always shown: submit, skip and the last. */
static int reserved_cols(const struct lw_app *app, const struct lw_hint *h, size_t n)
{
    struct lw_buf keys = {0};
    int cols = 0;
    for (size_t i = 0; i < n; i++) {
        bool done = !h[i].keys && (h[i].id == LW_CMD_SUBMIT || h[i].id == LW_CMD_SKIP);
        if (done || i + 1 == n)
            cols += 2 + hint_cols(app, &h[i], &keys);
    }
    lw_buf_fini(&keys);
    return cols;
}

void lw_view_hints(const struct lw_app *app, struct lw_area a, const struct lw_hint *h, size_t n)
{
    struct lw_buf keys = {0};
    int col = 1;
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_FOOTER, ' ');
    for (size_t i = 0; i < n; i++) {
        int cols = hint_cols(app, &h[i], &keys);
        if (i + 1 < n && col + cols + reserved_cols(app, h + i + 1, n - i - 1) >= a.cols)
            continue;
        col = draw_hint(a, col, &keys, h[i].word) + 2;
    }
    lw_buf_fini(&keys);
}
