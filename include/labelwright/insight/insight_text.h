/* A report in words, with the arithmetic told, and as JSON. Pure. */
#ifndef LABELWRIGHT_INSIGHT_INSIGHT_TEXT_H
#define LABELWRIGHT_INSIGHT_INSIGHT_TEXT_H

#include "labelwright/base/buf.h"
#include "labelwright/insight/insight.h"

/* How a task is called: appends its id, which is in the line of its label. */
struct lw_task_names {
    void (*add)(void *ctx, const struct lw_named_label *l, struct lw_buf *to);
    void *ctx;
};

/* Lines of at most `cols` columns. They have text from outside: names, ids, answers. */
void lw_insight_text(const struct lw_insight_report *r, const struct lw_task_names *names, int cols,
    struct lw_buf *to);

/* New reference. Numbers that do not exist are null; times are in milliseconds, shares from 0 to 1.
 */
json_t *lw_insight_json(const struct lw_insight_report *r, const struct lw_task_names *names);

/* The most telling figure as one line, for the summary of a day; false when there is nothing sound
 * to say. */
bool lw_insight_line(const struct lw_insight_report *r, struct lw_buf *to);

const char *lw_chance_name(enum lw_chance c); /* "no data", "small sample" … */

#endif
