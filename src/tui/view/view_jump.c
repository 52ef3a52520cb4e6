/* The list of headings or links: what they say, and where a link goes. */
#include "tui/view/view_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void draw_heading(struct lw_area a, int row, const struct lw_doc_entry *e, enum lw_role role)
{
    int col = 3 + 2 * (int)(e->level - 1);
    lw_draw_clipped(a, row, col, a.cols - col - 1, role, e->at.s, e->at.n);
}

static void draw_link(
    struct lw_area a, int row, const struct lw_doc_entry *e, size_t number, enum lw_role role)
{
    int col = lw_draw(a, row, 3, LW_ROLE_MARK, "%zu ", number);
    int end = lw_draw_clipped(a, row, col, a.cols - col - 1, role, e->at.s, e->at.n);
    if (*e->title)
        lw_draw_clipped(a, row, end + 2, a.cols - end - 3, LW_ROLE_DIM, e->title, strlen(e->title));
    lw_draw_clipped(a, row + 1, col, a.cols - col - 1, LW_ROLE_LINK, e->target, strlen(e->target));
}

/* From `top` on, as many as fit. */
static void draw_entries(const struct lw_app *app, struct lw_area a, size_t top)
{
    const struct lw_jump *j = &app->jump;
    int each = j->links ? 2 : 1;
    for (int row = 0; row + each <= a.rows && top < j->n; row += each, top++) {
        bool here = top == j->at;
        enum lw_role role = here ? LW_ROLE_FOCUS : LW_ROLE_TEXT;
        if (here) {
            lw_draw(a, row, 1, LW_ROLE_FOCUS, ">");
            lw_draw_cursor(a, row, 1);
        }
        if (j->links)
            draw_link(a, row, &j->v[top], top + 1, role);
        else
            draw_heading(a, row, &j->v[top], role);
    }
}

/* ---- the marked one, whole */

static bool fits(const char *s, size_t n, int room)
{
    return lw_cols(s, n, room) <= room;
}

static bool is_whole(const struct lw_jump *j, int cols)
{
    const struct lw_doc_entry *e = &j->v[j->at];
    int room = cols - (j->links ? 9 : 4 + 2 * (int)(e->level - 1));
    if (!j->links)
        return fits(e->at.s, e->at.n, room);
    int said = lw_cols(e->at.s, e->at.n, room);
    return fits(e->target, strlen(e->target), room) && said <= room &&
           (!*e->title || fits(e->title, strlen(e->title), room - said - 2));
}

/* What it says, and of a link where it goes; "" where the list has all of it. New. */
static char *whole_of(const struct lw_jump *j, int cols)
{
    const struct lw_doc_entry *e = &j->v[j->at];
    if (is_whole(j, cols))
        return lw_strdup("");
    if (!j->links)
        return lw_strndup(e->at.s, e->at.n);
    return lw_format(
        "%.*s%s%s  %s", (int)e->at.n, e->at.s, *e->title ? "  " : "", e->title, e->target);
}

void lw_view_jump(const struct lw_app *app, struct lw_area a)
{
    static const struct lw_hint hints[] = {
        {"Up Down", 0, "choose"}, {"Enter", 0, "go there"}, {"any other key:", 0, "back"}};
    const struct lw_jump *j = &app->jump;
    char remark[48], *whole = whole_of(j, a.cols);
    int each = j->links ? 2 : 1, most = a.rows - 4 - each;
    int detail = *whole ? lw_view_wrapped_rows(whole, strlen(whole), a.cols - 2) : 1;
    detail = detail < most ? detail : most;
    struct lw_area list = lw_area_rows(a, 1, a.rows - 3 - detail);
    size_t rows = (size_t)(list.rows / each),
           top = j->at < j->top + rows ? j->top : j->at - rows + 1;
    snprintf(remark, sizeof remark, "%zu/%zu", j->at + 1, j->n);
    lw_view_titled_rule(a, 0, j->links ? LW_VIEW_LINKS : LW_VIEW_HEADINGS, LW_ROLE_TITLE, remark);
    draw_entries(app, list, top);
    lw_draw_rule(a, 1 + list.rows);
    if (*whole)
        lw_view_wrapped(
            lw_area_rows(a, 2 + list.rows, detail), 0, 1, LW_ROLE_TEXT, whole, strlen(whole));
    else
        lw_view_message(app, lw_area_rows(a, a.rows - 2, 1));
    lw_view_hints(app, lw_area_rows(a, a.rows - 1, 1), hints, sizeof hints / sizeof *hints);
    free(whole);
}
