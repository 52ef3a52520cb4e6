/* A chart on the screen: each of its parts in its role. */
#include "tui/view/my_work_internal.h"

struct chart_place {
    struct lw_area area;
    int row, col;
};

static void draw_piece(
    void *ctx, int row, int col, enum lw_chart_part part, const char *s, size_t n)
{
    static const enum lw_role roles[] = {
        [LW_CHART_NAME] = LW_ROLE_DIM,
        [LW_CHART_BAR] = LW_ROLE_ANSWER,
        [LW_CHART_NUMBER] = LW_ROLE_TEXT,
        [LW_CHART_LABEL] = LW_ROLE_DIM,
    };
    const struct chart_place *p = ctx;
    lw_draw_text(p->area, p->row + row, p->col + col, roles[part], s, n);
}

int lw_view_work_chart(struct lw_area a, int row, int col, const struct lw_chart *c, int height)
{
    struct lw_chart_look look = {.cols = a.cols - col - 1, .height = height};
    struct chart_place p = {a, row, col};
    return row + lw_chart_draw(c, &look, draw_piece, &p);
}
