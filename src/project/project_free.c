#include "labelwright/project/parse.h"
#include "labelwright/project/project.h"

#include <stdlib.h>

static void question_fini(struct lw_question *q)
{
    for (size_t i = 0; i < q->noptions; i++) {
        free(q->option[i].path);
        free(q->option[i].label);
        free(q->option[i].help);
    }
    for (size_t i = 0; i < q->scale.npoints; i++)
        free(q->scale.point[i].label);
    for (size_t i = 0; i < q->nwhen; i++)
        json_decref(q->when[i].any_of);
    free(q->option);
    free(q->scale.point);
    free(q->scale.low);
    free(q->scale.high);
    free(q->when);
    free(q->name);
    free(q->label);
    free(q->help);
}

void lw_columns_free(struct lw_columns *c)
{
    if (!c)
        return;
    free(c->prompt);
    free(c->id);
    free(c->reference);
    lw_texts_free(c->response);
    free(c);
}

void lw_project_free(struct lw_project *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < p->nquestions; i++)
        question_fini(&p->question[i]);
    for (size_t i = 0; i < p->ntasks; i++) {
        free(p->tasks[i].path);
        free(p->tasks[i].format);
        free(p->tasks[i].join);
        lw_columns_free(p->tasks[i].columns);
    }
    free(p->question);
    free(p->tasks);
    lw_texts_free(p->curtain);
    json_decref(p->questions);
    for (size_t i = 0; i < p->nsync; i++) {
        free(p->sync[i].to);
        free(p->sync[i].type);
        free(p->sync[i].key);
    }
    free(p->sync);
    free(p->guidelines);
    free(p->title);
    free(p->file);
    free(p->dir);
    free(p);
}
