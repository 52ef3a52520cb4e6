/* One's own work today and this week, as it was when the summary or its page was opened. */
#ifndef LABELWRIGHT_TUI_VIEW_MY_WORK_INTERNAL_H
#define LABELWRIGHT_TUI_VIEW_MY_WORK_INTERNAL_H

#include "labelwright/insight/work_chart.h"
#include "tui/view/frame_internal.h"

struct lw_my_work {
    struct lw_insight *insight;
    struct lw_insight_report *week; /* of the labels since Monday */
    struct lw_work_chart day_chart, week_chart;
    struct lw_work_drawing day_drawing, week_drawing;
    char *line; /* about today's labels; NULL: there is nothing sound to say */
};

/* Draws the chart from `row` on; returns the row below it. */
int lw_view_work_chart(struct lw_area a, int row, int col, const struct lw_chart *c, int height);

#endif
