/* Plain mode: boxes and points by their numbers, as in `1 120 40 300 200`, and read aloud one by
 * one. What a box may be, the sitting checks. */
#include "cli/plain/plain_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/boxes.h"
#include "labelwright/project/spans.h"
#include "labelwright/text/utf8.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct typed {
    struct lw_sitting *s;
    struct lw_slot slot;
    const struct lw_question *q;
};

static const json_t *value_of(const struct lw_sitting *s, struct lw_slot slot)
{
    const struct lw_sitting_view *v = lw_sitting_view(s);
    return lw_answer_get(v->opts.project, v->task, v->answers, slot);
}

static const struct lw_option *nth_option(const struct lw_question *q, int64_t n)
{
    for (size_t i = 0; i < q->noptions && n > 0; i++)
        if (!q->option[i].group && --n == 0)
            return &q->option[i];
    return NULL;
}

/* ---- reading aloud */

void lw_plain_read_boxes(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    const struct lw_question *q = &lw_sitting_view(s)->opts.project->question[slot.question];
    const json_t *value = q->type == LW_Q_BOXES ? value_of(s, slot) : NULL;
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

/* Takes the value. False when it was refused. */
static bool set(const struct typed *t, json_t *value)
{
    char *json = json_dumps(value, JSON_COMPACT);
    lw_sitting_run(t->s,
        &(struct lw_command){.id = LW_CMD_SPANS, .text = json, .len = json ? strlen(json) : 0});
    bool taken = json_equal(value, value_of(t->s, t->slot)) ||
                 (json_array_size(value) == 0 && !value_of(t->s, t->slot));
    free(json);
    json_decref(value);
    return taken;
}

/* Up to `most` numbers with blanks or commas between; how many, or 0 where anything else stands. */
static int numbers(const char *line, int64_t *to, int most)
{
    int n = 0;
    while (*line) {
        size_t digits = strspn(line, "0123456789");
        if (digits == 0 || n == most || !lw_number_parse(line, digits, &to[n++]))
            return 0;
        line += digits + strspn(line + digits, " ,\t");
    }
    return n;
}

static bool remove_box(const struct typed *t, const char *line)
{
    int64_t n;
    if (numbers(line, &n, 1) != 1 || n < 1 || (size_t)n > json_array_size(value_of(t->s, t->slot)))
        return refuse(t, "there is no such box. -2 removes box 2.");
    return set(t, lw_spans_remove(value_of(t->s, t->slot), (size_t)n - 1));
}

static bool add(const struct typed *t, const int64_t n[5])
{
    const struct lw_option *o = nth_option(t->q, n[0]);
    struct lw_span picture = lw_boxes_picture(lw_sitting_view(t->s)->task);
    if (!o)
        return refuse(t, "there is no tag with this number.");
    if (!picture.s)
        return refuse(t, "this task has no picture.");
    char *name = lw_strndup(picture.s, picture.n);
    struct lw_box b = {name, n[1], n[2], n[3], n[4], NULL};
    bool taken = set(t, lw_boxes_add(value_of(t->s, t->slot), &b, o->path));
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
        return set(&t, json_array());
    if (*line == '-')
        return remove_box(&t, line + 1);
    if (numbers(line, n, wanted) == wanted)
        return add(&t, n);
    return refuse(&t, t.q->points
                          ? "give a tag's number and the place in pixels: 1 120 40."
                          : "give a tag's number, the place of the upper left corner, width "
                            "and height in pixels: 1 120 40 300 200.");
}
