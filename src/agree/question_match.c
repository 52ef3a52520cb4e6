/* Which questions can be compared, and whether two of the same name ask the same. */
#include "agree/question_match_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/project/question.h"
#include "labelwright/project/talk.h"

#include <inttypes.h>
#include <string.h>

const char *lw_question_refusal(const struct lw_project *p, const struct lw_question *q)
{
    static const char *const by_type[] = {
        [LW_Q_TEXT] = "texts in one's own words are not compared",
        [LW_Q_BOXES] = "boxes are not compared",
        [LW_Q_WRITE] = "texts in one's own words are not compared",
        [LW_Q_TALK] = "everybody's talk is their own",
    };
    if (by_type[q->type])
        return by_type[q->type];
    if (q->on == LW_ON_SPAN)
        return "it is about spans, and everybody's spans are their own";
    if ((q->on == LW_ON_RESPONSE || q->on == LW_ON_TURN) && lw_talk_question(p))
        return "it is about what was said in a talk, and everybody's talk is their own";
    return NULL;
}

static char *scale_difference(
    const struct lw_question *a, const char *one, const struct lw_question *b, const char *other)
{
    const struct lw_scale *s = &a->scale, *t = &b->scale;
    if (s->min == t->min && s->max == t->max && s->step == t->step)
        return NULL;
    if (s->min == t->min && s->max == t->max)
        return lw_format("the scale of %s has steps of %" PRId64 ", that of %s of %" PRId64, one,
            s->step, other, t->step);
    return lw_format("the scale of %s goes from %" PRId64 " to %" PRId64
                     ", that of %s from %" PRId64 " to %" PRId64,
        one, s->min, s->max, other, t->min, t->max);
}

/* The first option that `b` lacks. */
static const char *missing_option(const struct lw_question *a, const struct lw_question *b)
{
    for (size_t i = 0; i < a->noptions; i++) {
        const struct lw_option *o = lw_option_find(b, a->option[i].path);
        if (!a->option[i].group && (!o || o->group))
            return a->option[i].path;
    }
    return NULL;
}

static char *option_difference(
    const struct lw_question *a, const char *one, const struct lw_question *b, const char *other)
{
    const char *more = missing_option(a, b), *less = missing_option(b, a);
    if (more)
        return lw_format("only %s could choose \"%s\", not %s", one, more, other);
    return less ? lw_format("only %s could choose \"%s\", not %s", other, less, one) : NULL;
}

char *lw_question_difference(
    const struct lw_question *a, const char *one, const struct lw_question *b, const char *other)
{
    if (a->type != b->type)
        return lw_format("for %s it is of type %s, for %s of type %s", one, lw_qtype_name(a->type),
            other, lw_qtype_name(b->type));
    if (a->on != b->on)
        return lw_format("%s was asked about the %s, %s about the %s", one, lw_target_name(a->on),
            other, lw_target_name(b->on));
    return a->type == LW_Q_RATING ? scale_difference(a, one, b, other)
                                  : option_difference(a, one, b, other);
}
