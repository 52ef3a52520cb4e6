/* A task of any format as a record that names everything: {"id", "prompt" or "messages",
 * "responses", "tags", "next"}. */
#include "agree/task_record_internal.h"

#include <stdbool.h>
#include <string.h>

static bool plain(const struct lw_parts *p)
{
    for (size_t i = 0; i < lw_parts_count(p); i++)
        if (lw_parts_at(p, i).kind != LW_PART_TEXT)
            return false;
    return true;
}

static bool can_be_written(const struct lw_task *t)
{
    bool all = plain(t->parts) && !t->tools && t->own_turns <= t->nturns;
    for (size_t i = 0; i < t->nturns; i++)
        all = all && plain(t->turn[i].parts);
    for (size_t i = 0; i < t->nresponses; i++)
        all = all && plain(t->response[i].parts);
    for (size_t i = 0; i < t->nsteps; i++)
        all = all && t->step[i].other == 0 && t->step[i].response >= 0;
    return all;
}

static json_t *text_of(struct lw_span s)
{
    return json_stringn(s.s ? s.s : "", s.n);
}

static json_t *messages_of(const struct lw_task *t)
{
    json_t *to = json_array();
    for (size_t i = 0; i < t->nturns; i++)
        json_array_append_new(to,
            json_pack("{s:s,s:o}", "role", t->turn[i].role, "content", text_of(t->turn[i].text)));
    return to;
}

static json_t *steps_of(const struct lw_task *t, int response)
{
    json_t *to = json_array();
    for (size_t i = 0; i < t->nsteps; i++)
        if (t->step[i].response == response)
            json_array_append_new(to, text_of(t->step[i].text));
    return to;
}

static json_t *responses_of(const struct lw_task *t)
{
    json_t *to = json_array();
    for (size_t i = 0; i < t->nresponses; i++) {
        const struct lw_response *r = &t->response[i];
        json_t *one = json_pack("{s:s,s:o}", "id", r->id, "text", text_of(r->text));
        json_t *steps = steps_of(t, (int)i);
        if (r->model)
            json_object_set_new(one, "model", json_string(r->model));
        if (json_array_size(steps) > 0)
            json_object_set(one, "steps", steps);
        json_decref(steps);
        json_array_append_new(to, one);
    }
    return to;
}

json_t *lw_task_record(const struct lw_task *t)
{
    if (!can_be_written(t))
        return NULL;
    json_t *to = json_pack("{s:s}", "id", t->id), *tags = json_array();
    bool prompt = t->nturns == 1 && strcmp(t->turn[0].role, "user") == 0;
    for (size_t i = 0; i < t->ntags; i++)
        json_array_append_new(tags, json_string(t->tag[i]));
    if (prompt)
        json_object_set_new(to, "prompt", text_of(t->turn[0].text));
    else if (t->nturns > 0)
        json_object_set_new(to, "messages", messages_of(t));
    if (t->nresponses > 0)
        json_object_set_new(to, "responses", responses_of(t));
    if (json_array_size(tags) > 0)
        json_object_set(to, "tags", tags);
    if (t->next.s)
        json_object_set_new(to, "next", text_of(t->next));
    json_decref(tags);
    return to;
}
