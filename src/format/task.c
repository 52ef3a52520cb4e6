/* A task while it is made, and its end: the texts, turns and responses that a format's reader adds
 * to it. Which those are is decided in format_*.c. */
#include "labelwright/format/task.h"

#include "format/format_internal.h"
#include "labelwright/base/buf.h"
#include "labelwright/json/json_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct lw_task *lw_task_new(const char *id, const struct lw_record *record, json_t *root)
{
    struct lw_task *t = lw_alloc(sizeof *t);
    t->id = lw_strdup(id);
    t->record = *record;
    t->root = root;
    return t;
}

struct lw_task *lw_task_unreadable(const char *id, const struct lw_record *record, const char *why)
{
    struct lw_task *t = lw_task_new(id, record, NULL);
    t->unreadable = t->arena = lw_strdup(why);
    return t;
}

void lw_task_free(struct lw_task *t)
{
    if (!t)
        return;
    free(t->turn);
    free(t->response);
    free(t->step);
    for (size_t i = 0; i < t->nspans; i++)
        json_decref(t->span[i].value);
    free(t->span);
    free(t->tag);
    json_decref(t->root);
    json_decref(t->made);
    json_decref(t->talk);
    free(t->arena);
    free(t->id);
    free(t);
}

const struct lw_response *lw_task_response(const struct lw_task *t, const char *id)
{
    for (size_t i = 0; i < t->nresponses; i++)
        if (strcmp(t->response[i].id, id) == 0)
            return &t->response[i];
    return NULL;
}

void lw_task_step_name(struct lw_task_step *step)
{
    if (step->other > 0)
        snprintf(step->id, sizeof step->id, "s%zu.%zu", step->place, step->other);
    else
        snprintf(step->id, sizeof step->id, "s%zu", step->place);
}

/* ---- for the readers of formats */

json_t *lw_json_get(const json_t *object, const char *name)
{
    json_t *v = json_object_get(object, name);
    return json_is_null(v) ? NULL : v;
}

bool lw_is_plain(const json_t *v)
{
    return json_is_string(v) || json_is_number(v) || json_is_boolean(v) || lw_json_big(v);
}

bool lw_is_integer(const json_t *v)
{
    return json_is_integer(v) || lw_json_big(v);
}

struct lw_span lw_span_of(const json_t *text)
{
    return (struct lw_span){json_string_value(text), json_string_length(text)};
}

struct lw_span lw_task_add_text(struct lw_task *to, const char *s, size_t n)
{
    json_t *text = json_stringn_nocheck(n ? s : "", n);
    if (!to->made)
        to->made = json_array();
    json_array_append_new(to->made, text);
    return lw_span_of(text);
}

struct lw_span lw_task_text_of(struct lw_task *to, const json_t *plain)
{
    if (json_is_string(plain))
        return lw_span_of(plain);
    struct lw_buf b = {0};
    lw_json_add(&b, plain);
    struct lw_span span = lw_task_add_text(to, b.data, b.len);
    lw_buf_fini(&b);
    return span;
}

/* For arrays that are full at every power of two. */
static void *with_room(void *v, size_t n, size_t item)
{
    return (n & (n - 1)) == 0 ? lw_grow(v, n ? 2 * n : 1, item) : v;
}

struct lw_turn *lw_task_add_turn(struct lw_task *to, const char *role, struct lw_span text)
{
    to->turn = with_room(to->turn, to->nturns, sizeof *to->turn);
    struct lw_turn *turn = &to->turn[to->nturns++];
    *turn = (struct lw_turn){.role = role, .text = text};
    return turn;
}

void lw_task_name_turns(struct lw_task *t)
{
    for (size_t i = 0; i < t->nturns; i++)
        snprintf(t->turn[i].id, sizeof t->turn[i].id, "t%zu", i + 1);
}

static struct lw_task_step *push_step(struct lw_task *to, struct lw_task_step step)
{
    to->step = with_room(to->step, to->nsteps, sizeof *to->step);
    to->step[to->nsteps] = step;
    return &to->step[to->nsteps++];
}

void lw_task_add_step(struct lw_task *to, int response, struct lw_span text)
{
    const struct lw_task_step *last = to->nsteps ? &to->step[to->nsteps - 1] : NULL;
    bool goes_on = last && last->response == response;
    struct lw_task_step *step = push_step(to, (struct lw_task_step){.response = response,
                                                  .place = last ? last->place + 1 : 1,
                                                  .first = to->nsteps,
                                                  .number = goes_on ? last->number + 1 : 1,
                                                  .text = text});
    lw_task_step_name(step);
}

void lw_task_add_other_step(struct lw_task *to, struct lw_span text)
{
    struct lw_task_step other = to->step[to->nsteps - 1];
    other.other++;
    other.text = text;
    lw_task_step_name(&other);
    push_step(to, other);
}

struct lw_response *lw_task_add_response(
    struct lw_task *to, const char *id, const char *model, struct lw_span text)
{
    char room[24];
    if (!id) {
        int n = snprintf(room, sizeof room, "r%zu", to->nresponses + 1);
        id = lw_task_add_text(to, room, (size_t)n).s;
    }
    to->response = with_room(to->response, to->nresponses, sizeof *to->response);
    to->response[to->nresponses] = (struct lw_response){.id = id, .model = model, .text = text};
    return &to->response[to->nresponses++];
}

struct lw_response *lw_task_add_turn_response(
    struct lw_task *to, const char *id, const char *model, const struct lw_turn *turn)
{
    struct lw_response *r = lw_task_add_response(to, id, model, turn->text);
    r->parts = turn->parts;
    r->message = turn->message;
    return r;
}

static bool has_before(const struct lw_task *t, size_t i)
{
    size_t k = 0;
    while (k < i && strcmp(t->response[k].id, t->response[i].id) != 0)
        k++;
    return k < i;
}

/* Of many responses the ids go into a table, or a hostile record would take long. */
static size_t find_twice(const struct lw_task *t)
{
    enum { FEW = 16 };
    size_t i = 0;
    json_t *seen = t->nresponses > FEW ? json_object() : NULL;
    for (; i < t->nresponses; i++) {
        if (seen ? json_object_get(seen, t->response[i].id) != NULL : has_before(t, i))
            break;
        if (seen)
            json_object_set_new(seen, t->response[i].id, json_true());
    }
    json_decref(seen);
    return i;
}

enum lw_code lw_task_check_ids(const struct lw_task *t, struct lw_err *err)
{
    size_t twice = find_twice(t);
    return twice < t->nresponses ? lw_fail(err, LW_EBAD, "Two responses have the id \"%.80s\".",
                                       t->response[twice].id)
                                 : LW_OK;
}
