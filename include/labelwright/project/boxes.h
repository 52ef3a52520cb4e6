/* Boxes and points on a picture: parts of it that were marked and tagged, as one answer. Pure.
 *
 * An answer is an array of {"picture": "photos/cat.jpg", "x": 120, "y": 40, "width": 300, "height":
 * 200, "tags": ["cat"]}: the picture as the task names it, pixels of the file from its upper left
 * corner, paths of options, one or more. A point has no width and height. */
#ifndef LABELWRIGHT_PROJECT_BOXES_H
#define LABELWRIGHT_PROJECT_BOXES_H

#include "labelwright/format/task.h"
#include "labelwright/project/project.h"

enum { LW_BOXES_MAX = 10000 /* in one answer */ };

/* One of them; borrowed from the value. */
struct lw_box {
    const char *picture;
    int64_t x, y, width, height; /* 0, 0: a point */
    const json_t *tags;          /* an array of strings */
};

/* The i-th one of an answer; false where it has not this form, or there is none. */
bool lw_boxes_get(const json_t *value, size_t i, struct lw_box *to);

/* The value with one more at its end. `value` may be NULL; it stays as it is: a new reference.
 * lw_spans_remove() and lw_spans_tag() of spans.h change a list of boxes, too. */
json_t *lw_boxes_add(const json_t *value, const struct lw_box *b, const char *tag);

/* The first picture that a task names; s is NULL for none. */
struct lw_span lw_boxes_picture(const struct lw_task *t);

/* Letters that move and mark while boxes are marked, so that no option can have them. */
#define LW_BOX_KEYS "npuvx"

#endif
