/* Parts that several screens draw: titled rules, boxes, the keys at the bottom. The status line is
 * view_status.c's. */
#include "tui/view/view_internal.h"

#include "labelwright/text/wrap.h"

#include <stdlib.h>
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

/* ---- texts of several rows */

struct wrapped {
    struct lw_buf text; /* in one line, cleaned */
    struct lw_wrap lines;
};

static struct wrapped wrap(const char *s, size_t n, int cols)
{
    struct wrapped w = {0};
    lw_clean(s, n, false, &w.text);
    lw_wrap_text(&w.lines, w.text.len ? w.text.data : "", w.text.len, cols > 1 ? cols : 1);
    return w;
}

static void wrapped_fini(struct wrapped *w)
{
    lw_wrap_fini(&w->lines);
    lw_buf_fini(&w->text);
}

int lw_view_wrapped_rows(const char *s, size_t n, int cols)
{
    struct wrapped w = wrap(s, n, cols);
    int rows = (int)w.lines.n;
    wrapped_fini(&w);
    return rows;
}

int lw_view_wrapped(struct lw_area a, int row, int col, enum lw_role role, const char *s, size_t n)
{
    int cols = a.cols - col - 1;
    struct wrapped w = wrap(s, n, cols);
    for (size_t i = 0; w.text.len && i < w.lines.n && row < a.rows; i++, row++) {
        struct lw_line l = w.lines.v[i];
        bool last = row + 1 == a.rows && i + 1 < w.lines.n;
        size_t end = last ? w.text.len : l.end;
        if (last)
            lw_draw_tell_cut(a, s, n);
        lw_draw_clipped(a, row, col, cols, role, w.text.data + l.start, end - l.start);
    }
    wrapped_fini(&w);
    return row;
}

/* ---- boxes */

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

/* ---- keys */

/* A hint with its keys as they are shown, and its columns. */
struct shown_hint {
    const struct lw_hint *hint;
    struct lw_buf keys;
    int cols;
};

static struct shown_hint shown_hint(const struct lw_app *app, const struct lw_hint *h)
{
    struct shown_hint s = {.hint = h};
    if (h->keys)
        lw_buf_str(&s.keys, h->keys);
    else
        lw_keymap_keys(app->keys, h->id, 1, &s.keys);
    s.cols = lw_cols(s.keys.data, s.keys.len, -1) + 1 + (int)strlen(h->word);
    return s;
}

static int draw_hint(struct lw_area a, int col, const struct shown_hint *s)
{
    col = lw_draw_text(a, 0, col, LW_ROLE_KEY, s->keys.data, s->keys.len);
    return lw_draw_text(a, 0, col + 1, LW_ROLE_FOOTER, s->hint->word, strlen(s->hint->word));
}

/* Columns of the hints from `s` on that are always shown: submit, skip and the last. */
static int reserved_cols(const struct shown_hint *s, size_t n)
{
    int cols = 0;
    for (size_t i = 0; i < n; i++) {
        const struct lw_hint *h = s[i].hint;
        bool done = !h->keys && (h->id == LW_CMD_SUBMIT || h->id == LW_CMD_SKIP);
        if (done || i + 1 == n)
            cols += 2 + s[i].cols;
    }
    return cols;
}

void lw_view_hints(const struct lw_app *app, struct lw_area a, const struct lw_hint *h, size_t n)
{
    struct shown_hint *s = lw_alloc(n * sizeof *s + 1);
    int col = 1;
    for (size_t i = 0; i < n; i++)
        s[i] = shown_hint(app, &h[i]);
    lw_draw_fill(a, 0, 0, a.cols, LW_ROLE_FOOTER, ' ');
    for (size_t i = 0; i < n; i++) {
        if (i + 1 < n && col + s[i].cols + reserved_cols(s + i + 1, n - i - 1) >= a.cols)
            continue;
        col = draw_hint(a, col, &s[i]) + 2;
    }
    for (size_t i = 0; i < n; i++)
        lw_buf_fini(&s[i].keys);
    free(s);
}
