/* Spans for tools that count characters (Unicode code points) where ours are bytes. */
#include "labelwright/export/span_characters.h"
#include "labelwright/project/question.h"
#include "labelwright/project/spans.h"
#include "labelwright/project/task_target.h"

/* Units that begin in [from, to): a byte that goes on with a character is none, and a character of
 * four bytes is two in UTF-16. */
static json_int_t count(const char *s, size_t from, size_t to, enum lw_span_unit unit)
{
    json_int_t n = 0;
    if (unit == LW_SPAN_BYTES)
        return (json_int_t)(to - from);
    for (; from < to; from++) {
        unsigned char c = (unsigned char)s[from];
        n += (c & 0xC0) != 0x80;
        n += unit == LW_SPAN_UTF16 && c >= 0xF0;
    }
    return n;
}

/* They stand in order of their start, so each text is counted once, and each span. */
json_t *lw_spans_in_units(const json_t *value, struct lw_span text, enum lw_span_unit unit)
{
    json_t *to = json_array();
    struct lw_tagged s;
    size_t at = 0;
    json_int_t before = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        if (!lw_spans_get(value, i, &s) || s.end > text.n)
            continue;
        before +=
            s.start >= at ? count(text.s, at, s.start, unit) : -count(text.s, s.start, at, unit);
        at = s.start;
        json_t *one = json_copy(json_array_get(value, i));
        json_object_set_new(one, "start", json_integer(before));
        json_object_set_new(one, "end", json_integer(before + count(text.s, s.start, s.end, unit)));
        json_array_append_new(to, one);
    }
    return to;
}

json_t *lw_spans_in_characters(const json_t *value, struct lw_span text)
{
    return lw_spans_in_units(value, text, LW_SPAN_CHARACTERS);
}

bool lw_spans_are_among(const struct lw_project *p, const json_t *answers)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_SPANS && json_object_get(answers, p->question[i].name))
            return true;
    return false;
}

static void count_answer(const struct lw_question *q, const struct lw_task *t, json_t *answers)
{
    json_t *answer = json_object_get(answers, q->name), *one;
    const char *id;
    if (json_is_array(answer))
        json_object_set_new(
            answers, q->name, lw_spans_in_characters(answer, lw_target_text(q->on, t, -1)));
    else
        json_object_foreach(answer, id, one)
        {
            int item = lw_target_find(q->on, t, id);
            struct lw_span none = {"", 0};
            json_object_set_new(answer, id,
                lw_spans_in_characters(one, item < 0 ? none : lw_target_text(q->on, t, item)));
        }
}

void lw_spans_count_characters(const struct lw_project *p, const struct lw_task *t, json_t *answers)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].type == LW_Q_SPANS)
            count_answer(&p->question[i], t, answers);
}
