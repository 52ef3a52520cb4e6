/* Whether the controls of a Label Studio project can take the answers to ours: asked once, before
 * anything is sent. A single answer that does not fit, studio_result.c refuses. */
#define _GNU_SOURCE
#include "sync/sync_messages_internal.h"
#include "sync/target/label_studio/studio_config_internal.h"

#include "labelwright/project/task_target.h"

#include <string.h>

/* The first control that a question about responses, turns or steps has there. */
static const struct lw_studio_control *of_an_item(
    const struct lw_studio_config *c, const char *question)
{
    size_t n = strlen(question);
    for (size_t i = 0; i < c->ncontrols; i++)
        if (strncmp(c->control[i].name, question, n) == 0 && c->control[i].name[n] == '_')
            return &c->control[i];
    return NULL;
}

/* What follows the question's name. */
static const char *ending(enum lw_target on)
{
    if (on == LW_ON_STEP)
        return "_STEP";
    return on == LW_ON_TURN ? "_TURN" : lw_target_is_keyed(on) ? "_RESPONSE" : "";
}

/* A Ranker takes rankings, and nothing else does; its buckets, if any, are places. The
 * same of Labels and spans. */
static bool takes(const struct lw_studio_control *there, const struct lw_question *q)
{
    bool ranker = there && strcmp(there->type, "ranker") == 0;
    bool places = !ranker || there->nwords == 0 ||
                  strncmp(there->word[0], LW_STUDIO_PLACE, strlen(LW_STUDIO_PLACE)) == 0;
    bool labels = there && strcmp(there->type, "labels") == 0;
    return lw_studio_takes(there) && labels == (q->type == LW_Q_SPANS) && places &&
           ranker == (q->type == LW_Q_RANK);
}

enum lw_code lw_studio_fits(
    const struct lw_project *p, const struct lw_studio_config *c, struct lw_err *err)
{
    for (size_t i = 0; i < p->nquestions; i++) {
        const struct lw_question *q = &p->question[i];
        if (q->on == LW_ON_SPAN)
            return lw_fail(err, LW_EBAD, LW_SYNC_MSG_STUDIO_SPANS, q->name);
        const struct lw_studio_control *there =
            lw_target_is_keyed(q->on) ? of_an_item(c, q->name) : lw_studio_control(c, q->name);
        if (!takes(there, q))
            return lw_fail(err, LW_EBAD, LW_SYNC_MSG_STUDIO_MISFIT,
                there ? LW_SYNC_MSG_STUDIO_WRONG_TYPE : LW_SYNC_MSG_STUDIO_NO_NAME, q->name,
                ending(q->on));
    }
    return LW_OK;
}
