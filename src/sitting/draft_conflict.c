/* A draft that somebody else wrote while this session had the task open: a second machine on a
 * shared folder, a tool that synchronises files, a copy put back. The lock of the journal keeps two
 * sessions on one machine apart, but not these. Theirs is set aside before ours is written, and
 * shown; which of the two goes on is the user's choice. */
#include "sitting/sitting_internal.h"

static bool has_same_answers(const struct lw_sitting *s, const json_t *draft)
{
    return json_equal(json_object_get(draft, "answers"), s->view.answers);
}

static bool set_aside_theirs(struct lw_sitting *s, json_t *theirs)
{
    struct lw_err err = {0};
    char name[LW_DRAFT_OLD_NAME];
    if (lw_draft_set_aside(lw_sitting_drafts(s), theirs, name, &err) != LW_OK) {
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_DRAFT_STUCK, err.text);
        return false;
    }
    lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_DRAFT_CONFLICT, name);
    lw_sitting_settle_draft(s);
    s->view.theirs = json_incref(theirs);
    return true;
}

static struct lw_span span_of(const struct lw_buf *b)
{
    return (struct lw_span){b->data, b->len};
}

bool lw_sitting_spare_theirs(struct lw_sitting *s)
{
    struct lw_drafts at = lw_sitting_drafts(s);
    struct lw_buf now = {0};
    bool is_there = lw_draft_read(at, lw_sitting_draft_key(s), &now);
    bool ours = !is_there || lw_span_is_same(span_of(&now), span_of(&s->saved));
    lw_buf_fini(&now);
    if (ours)
        return true;
    json_t *theirs =
        lw_draft_load(at, lw_sitting_draft_key(s), NULL); /* a damaged one is kept as .bad */
    bool spared = !theirs || has_same_answers(s, theirs) || set_aside_theirs(s, theirs);
    json_decref(theirs);
    return spared;
}

void lw_sitting_settle_draft(struct lw_sitting *s)
{
    json_decref(s->view.theirs);
    s->view.theirs = NULL;
}

struct lw_span lw_sitting_their_text(const struct lw_sitting *s)
{
    const struct lw_sitting_view *v = &s->view;
    if (!v->theirs || v->nslots == 0)
        return (struct lw_span){0};
    return lw_text_of(lw_answer_get(
        v->opts.project, v->task, json_object_get(v->theirs, "answers"), v->slot[v->focus]));
}
