/* What is known while spans are marked: the answer so far, the span that keys go to, and the bytes
 * being marked. */
#include "tui/view/view_spans_internal.h"

static const struct lw_sitting_view *view(const struct lw_app *app)
{
    return lw_sitting_view(app->s);
}

const json_t *lw_marking_value(const struct lw_app *app)
{
    const struct lw_sitting_view *v = view(app);
    return lw_answer_get(v->opts.project, v->task, v->answers, app->marking.slot);
}

size_t lw_marking_now(const struct lw_app *app)
{
    const struct lw_marking *m = &app->marking;
    const json_t *value = lw_marking_value(app);
    size_t found = SIZE_MAX, least = SIZE_MAX;
    struct lw_tagged s;
    if (m->picked < json_array_size(value))
        return m->picked;
    for (size_t i = 0; i < json_array_size(value); i++)
        if (lw_spans_get(value, i, &s) && s.start <= m->at && m->at < s.end &&
            s.end - s.start < least) {
            found = i;
            least = s.end - s.start;
        }
    return found;
}

const json_t *lw_marking_tags(const struct lw_app *app)
{
    struct lw_tagged s;
    bool now = app->over == LW_OVERLAY_MARKING && !app->marking.open &&
               lw_spans_get(lw_marking_value(app), lw_marking_now(app), &s);
    return now ? s.tags : NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void lw_marking_range(const struct lw_app *app, size_t *from, size_t *end)
{
    const struct lw_marking *m = &app->marking;
    size_t last = lw_stops_end(&m->stops, m->at);
    *from = m->at < m->from ? m->at : m->from;
    *end = last > m->end ? last : m->end;
    while (*from + 1 < *end && is_blank(m->stops.text.s[*from]))
        ++*from;
    while (*end - 1 > *from && is_blank(m->stops.text.s[*end - 1]))
        --*end;
}
