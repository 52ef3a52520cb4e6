/* Defaults: what counts as the answer to a question that was asked and left open. They are no part
 * of the answers until the label is made, which says which ones they are. */
#include "answers/answers_internal.h"
#include "labelwright/answers/answers.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

const json_t *lw_preset_left(
    const struct lw_project *p, const struct lw_task *t, const json_t *answers, struct lw_slot s)
{
    return lw_answer_get(p, t, answers, s) ? NULL : p->question[s.question].preset;
}

static json_t *entry(const struct lw_project *p, const struct lw_task *t, struct lw_slot s)
{
    return json_pack("{s:s,s:s}", "question", p->question[s.question].name, "item",
        s.item < 0 ? "" : lw_slot_id(p, t, s));
}

json_t *lw_presets_fill(const struct lw_project *p, const struct lw_task *t, json_t *answers)
{
    size_t n;
    json_t *filled = json_array();
    struct lw_slot *slots = lw_slots(p, t, NULL, answers, &n);
    for (size_t i = 0; i < n; i++) {
        const json_t *preset = lw_preset_left(p, t, answers, slots[i]);
        if (!preset)
            continue;
        lw_answer_set(p, t, answers, slots[i], json_deep_copy(preset));
        json_array_append_new(filled, entry(p, t, slots[i]));
    }
    free(slots);
    if (json_array_size(filled) > 0) {
        lw_answers_prune(p, t, answers); /* in their order */
        return filled;
    }
    json_decref(filled);
    return NULL;
}

static bool find_slot(
    const struct lw_project *p, const struct lw_task *t, const json_t *of, struct lw_slot *to)
{
    const char *name = json_string_value(json_object_get(of, "question"));
    const char *item = json_string_value(json_object_get(of, "item"));
    const struct lw_question *q = name ? lw_question_find(p, name) : NULL;
    if (!q || !item)
        return false;
    bool keyed = lw_target_is_keyed(q->on);
    *to = (struct lw_slot){(size_t)(q - p->question), keyed ? lw_target_find(q->on, t, item) : -1};
    return !keyed || to->item >= 0;
}

void lw_presets_take_out(
    const struct lw_project *p, const struct lw_task *t, json_t *answers, const json_t *defaulted)
{
    struct lw_slot s;
    for (size_t i = 0; i < json_array_size(defaulted); i++)
        if (find_slot(p, t, json_array_get(defaulted, i), &s) && p->question[s.question].preset &&
            json_equal(p->question[s.question].preset, lw_answer_get(p, t, answers, s)))
            lw_answer_set(p, t, answers, s, NULL);
}
