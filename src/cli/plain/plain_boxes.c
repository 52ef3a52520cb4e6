/* Plain mode: boxes and points by their numbers, as in `1 120 40 300 200`, and read aloud one by
 * one. What a box may be, the sitting checks. */
#include "cli/plain/plain_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/boxes.h"
#include "labelwright/project/spans.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct typed {
    struct lw_sitting *s;
    struct lw_slot slot;
    const struct lw_question *q;
};

/* ---- reading aloud */

void lw_plain_read_boxes(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    const struct lw_question *q = &lw_sitting_view(s)->opts.project->question[slot.question];
    const json_t *value = q->type == LW_Q_BOXES ? lw_plain_marks(s, slot) : NULL;
    struct lw_box b;
    for (size_t i = 0; lw_boxes_get(value, i, &b); i++) {
        const struct lw_option *o = lw_option_find(q, json_string_value(json_array_get(b.tags, 0)));
        lw_buf_fmt(to, "  %zu. %s at %" PRId64 ", %" PRId64, i + 1, o ? o->label : "?", b.x, b.y);
        if (b.width > 0)
            lw_buf_fmt(to, ", %" PRId64 " wide, %" PRId64 " high", b.width, b.height);
        lw_buf_char(to, '\n');
    }
}

/* ---- a typed line */

static bool refuse(const struct typed *t, const char *why)
{
    lw_sitting_notify(t->s, LW_TONE_WARNING, "%s: %s", t->q->label, why);
    return false;
}

/* Up to `most` numbers; how many, or 0 where anything else stands. */
static int numbers(const char *line, int64_t *to, int most)
{
    int n = 0;
    while (*line)
        if (n == most || !lw_plain_take_number(&line, &to[n++]))
            return 0;
    return n;
}

static bool remove_box(const struct typed *t, const char *line)
{
    int64_t n;
    if (numbers(line, &n, 1) != 1 || n < 1 ||
        (size_t)n > json_array_size(lw_plain_marks(t->s, t->slot)))
        return refuse(t, "there is no such box. -2 removes box 2.");
    return lw_plain_set_marks(
        t->s, t->slot, lw_spans_remove(lw_plain_marks(t->s, t->slot), (size_t)n - 1));
}

static bool add(const struct typed *t, const int64_t n[5])
{
    const struct lw_option *o = lw_plain_option(t->q, n[0]);
    struct lw_span picture = lw_boxes_picture(lw_sitting_view(t->s)->task);
    if (!o)
        return refuse(t, "there is no tag with this number.");
    if (!picture.s)
        return refuse(t, "this task has no picture.");
    char *name = lw_strndup(picture.s, picture.n);
    struct lw_box b = {name, n[1], n[2], n[3], n[4], NULL};
    bool taken =
        lw_plain_set_marks(t->s, t->slot, lw_boxes_add(lw_plain_marks(t->s, t->slot), &b, o->path));
    free(name);
    return taken;
}

bool lw_plain_answer_boxes(struct lw_sitting *s, size_t slot, const char *line)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    struct typed t = {s, v->slot[slot], &v->opts.project->question[v->slot[slot].question]};
    int64_t n[5] = {0};
    int wanted = t.q->points ? 3 : 5;
    if (!*line)
        return lw_plain_set_marks(t.s, t.slot, json_array());
    if (*line == '-')
        return remove_box(&t, line + 1);
    if (numbers(line, n, wanted) == wanted)
        return add(&t, n);
    return refuse(&t, t.q->points
                          ? "give a tag's number and the place in pixels: 1 120 40."
                          : "give a tag's number, the place of the upper left corner, width "
                            "and height in pixels: 1 120 40 300 200.");
}
