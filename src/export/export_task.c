/* The task of a label, as it was labeled, and the label as a whole: for formats that hold the texts
 * of the tasks. */
#include "export/export_internal.h"

#include "labelwright/answers/answers.h"
#include "labelwright/json/json_read.h"
#include "labelwright/project/talk.h"

#include <stdlib.h>
#include <string.h>

static bool is_as_labeled(const struct lw_task *t, const struct lw_submitted *s)
{
    char first[17];
    if (t)
        lw_task_id_of_hash(t->record.sha256, first);
    return t && strtoull(first, NULL, 16) == s->record;
}

static enum lw_code load(
    const struct lw_export_state *x, size_t position, struct lw_task **to, struct lw_err *err)
{
    return x->format->texts_alone ? lw_tasks_load_texts(x->with->tasks, position, true, to, err)
                                  : lw_tasks_load(x->with->tasks, position, to, err);
}

struct lw_task *lw_export_task(
    struct lw_export_state *x, const struct lw_submitted *s, struct lw_err *err)
{
    struct lw_task *t = NULL;
    struct lw_err why = {0};
    size_t position = s->position;
    enum lw_loss loss = LW_LOSS_COUNT;
    enum lw_code code = LW_OK;
    if (position != SIZE_MAX)
        code = load(x, position, &t, &why);
    if (code == LW_OK && !is_as_labeled(t, s)) {
        struct lw_export_now now = {0};
        loss = t ? LW_LOSS_CHANGED : LW_LOSS_GONE;
        lw_task_free(t);
        t = NULL;
        if (lw_export_find_duplicate(x, s, &now))
            code = load(x, now.position, &t, &why);
    }
    if (code != LW_OK)
        lw_fail(err, code, "%s", why.text);
    else if (!t || t->unreadable)
        lw_export_lose(x, t ? LW_LOSS_UNREADABLE : loss);
    else
        return t;
    lw_task_free(t);
    return NULL;
}

/* A right hash says who wrote the line, and not that it is JSON. */
static json_t *read_event(struct lw_export_state *x)
{
    json_t *event = lw_json_read(x->line.text, x->line.len, JSON_ALLOW_NUL, NULL);
    if (!event)
        lw_export_lose(x, LW_LOSS_DAMAGED);
    return event;
}

bool lw_export_whole(struct lw_export_state *x, const struct lw_submitted *s,
    struct lw_export_whole *to, struct lw_err *err)
{
    struct lw_err failed = {0};
    *to = (struct lw_export_whole){.skip = s->skip};
    if (lw_export_line(x, s, &failed) && (to->event = read_event(x)) &&
        (to->task = lw_export_task(x, s, &failed))) {
        to->asked = s->skip ? NULL : lw_label_count_questions(x);
        to->answers = s->skip ? json_object() : lw_label_answers(x, to->asked);
        if (to->asked && lw_talk_question(to->asked))
            lw_items_bring(to->asked, to->task, to->answers);
    }
    if (failed.code != LW_OK)
        lw_fail(err, failed.code, "%s", failed.text);
    if (!to->task)
        lw_export_whole_fini(to);
    return to->task != NULL;
}

void lw_export_whole_fini(struct lw_export_whole *w)
{
    lw_task_free(w->task);
    json_decref(w->event);
    json_decref(w->answers);
}

void lw_export_lose_all_parts(struct lw_export_state *x, const struct lw_task *t)
{
    lw_export_lose_parts(x, t->parts);
    for (size_t i = 0; i < t->nturns; i++)
        lw_export_lose_parts(x, t->turn[i].parts);
    for (size_t i = 0; i < t->nresponses; i++)
        lw_export_lose_parts(x, t->response[i].parts);
}
