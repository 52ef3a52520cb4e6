/* Answers to many questions at once, from a source that says which: suggestions, the last label, a
 * macro. */
#include "sitting/sitting_internal.h"

/* Those of the questions asked now. */
static size_t fill_asked(
    struct lw_sitting *s, int response, lw_answer_source *source, const void *ctx)
{
    const struct lw_project *p = s->view.opts.project;
    size_t n = 0;
    for (size_t i = 0; i < s->view.nslots; i++) {
        struct lw_slot slot = s->view.slot[i];
        int about = lw_slot_response(p, s->view.task, slot);
        const json_t *value = source(s, slot, ctx);
        if (!value || (response >= 0 && about >= 0 && about != response))
            continue;
        lw_answer_history_push(
            &s->history, slot, lw_answer_get(p, s->view.task, s->view.answers, slot));
        lw_answer_set(p, s->view.task, s->view.answers, slot, json_deep_copy(value));
        n++;
    }
    if (n > 0)
        lw_sitting_refresh_slots(s);
    return n;
}

size_t lw_answering_fill(
    struct lw_sitting *s, int response, lw_answer_source *source, const void *ctx)
{
    size_t n = 0, more;
    while ((more = fill_asked(s, response, source, ctx)) > 0)
        n += more;
    return n;
}
