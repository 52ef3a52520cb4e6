/* What all questions have in common: the names of types and targets, and how an answer is refused.
 */
#include "labelwright/project/task_target.h"
#include "project/question_internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

const char *lw_qtype_name(enum lw_qtype t)
{
    static const char *const names[] = {
#define X(id, name, type) name,
        LW_QTYPES(X)
#undef X
    };
    return names[t];
}

const char *lw_target_name(enum lw_target t)
{
    static const char *const names[] = {
#define X(id, name, ready) name,
        LW_TARGETS(X)
#undef X
    };
    return names[t];
}

bool lw_question_same_page(const struct lw_question *a, const struct lw_question *b)
{
    return a->page == b->page || (a->page && b->page && strcmp(a->page, b->page) == 0);
}

const struct lw_question *lw_question_find(const struct lw_project *p, const char *name)
{
    for (size_t i = 0; i < p->nquestions; i++)
        if (strcmp(p->question[i].name, name) == 0)
            return &p->question[i];
    return NULL;
}

enum lw_code lw_value_refuse(const struct lw_value_place *a, const char *fmt, ...)
{
    char what[LW_ERR_MAX];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(what, sizeof what, fmt, ap);
    va_end(ap);
    if (a->item >= 0)
        return lw_fail(a->err, LW_EBAD, "\"%s\" of %s \"%.80s\": %s", a->q->name,
            lw_target_type(a->q->on)->noun, lw_target_item(a->q->on, a->t, (size_t)a->item).id,
            what);
    return lw_fail(a->err, LW_EBAD, "\"%s\": %s", a->q->name, what);
}
