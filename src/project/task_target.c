/* The table of targets: what a question can be about, and which items of it a task has. What is
 * asked about which of them, and when, is the answers room's.
 *
 * To add a target NAME: a row of LW_TARGETS in project.h, and one here. How it is shown is told
 * where that is: see lw_item in tui/view. */
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

static size_t count_responses(const struct lw_task *t)
{
    return t->nresponses;
}

static struct lw_item response(const struct lw_task *t, size_t i)
{
    return (struct lw_item){t->response[i].id, t->response[i].text, (int)i, (int)i};
}

/* A single response is the last turn of the conversation. */
static size_t count_turns(const struct lw_task *t)
{
    return t->nturns + (t->nresponses == 1);
}

static struct lw_item turn(const struct lw_task *t, size_t i)
{
    if (i == t->nturns)
        return (struct lw_item){
            t->talk ? t->response[0].id : "answer", t->response[0].text, 0, (int)i};
    return (struct lw_item){t->turn[i].id, t->turn[i].text, -1, (int)i};
}

/* Messages of a talk have ids of their own, and stand behind the turns of the record. */
static int message_of(const struct lw_task *t, const char *id)
{
    size_t i = t->own_turns;
    while (i < t->nturns && strcmp(t->turn[i].id, id) != 0)
        i++;
    return (int)i;
}

static int turn_of(const struct lw_task *t, const char *id)
{
    if (t->talk && id[0] == 'm')
        return message_of(t, id);
    if (id[0] != 't')
        return (int)t->nturns;
    unsigned long long n = strtoull(id + 1, NULL, 10);
    return n >= 1 && n <= t->nturns ? (int)(n - 1) : -1;
}

static size_t count_steps(const struct lw_task *t)
{
    return t->nsteps;
}

static struct lw_item step(const struct lw_task *t, size_t i)
{
    return (struct lw_item){
        t->step[i].id, t->step[i].text, t->step[i].response, (int)t->step[i].first};
}

/* Steps are sorted by their places, and by their other wordings. */
static int by_place(const void *a, const void *b)
{
    const struct lw_task_step *x = a, *y = b;
    if (x->place != y->place)
        return x->place < y->place ? -1 : 1;
    return (x->other > y->other) - (x->other < y->other);
}

static int step_of(const struct lw_task *t, const char *id)
{
    char *end = NULL;
    struct lw_task_step wanted = {.place = id[0] == 's' ? strtoull(id + 1, &end, 10) : 0};
    wanted.other = end && *end == '.' ? strtoull(end + 1, NULL, 10) : 0;
    const struct lw_task_step *found =
        t->nsteps ? bsearch(&wanted, t->step, t->nsteps, sizeof *t->step, by_place) : NULL;
    return found ? (int)(found - t->step) : -1;
}

static size_t count_spans(const struct lw_task *t)
{
    return t->nspans;
}

static struct lw_item span(const struct lw_task *t, size_t i)
{
    return (struct lw_item){t->span[i].id, t->span[i].text, t->span[i].response, (int)i};
}

static const struct lw_target_type types[] = {
    [LW_ON_TASK] = {NULL, NULL, NULL, NULL},
    [LW_ON_PROMPT] = {NULL, NULL, NULL, NULL},
    [LW_ON_RESPONSE] = {"response", count_responses, response, NULL},
    [LW_ON_TURN] = {"turn", count_turns, turn, turn_of},
    [LW_ON_STEP] = {"step", count_steps, step, step_of},
    [LW_ON_SPAN] = {"span", count_spans, span, NULL},
};

const struct lw_target_type *lw_target_type(enum lw_target on)
{
    return &types[on];
}

bool lw_target_is_keyed(enum lw_target on)
{
    return types[on].count != NULL;
}

size_t lw_target_count(enum lw_target on, const struct lw_task *t)
{
    return types[on].count ? types[on].count(t) : 0;
}

struct lw_item lw_target_item(enum lw_target on, const struct lw_task *t, size_t i)
{
    return types[on].item(t, i);
}

int lw_target_find(enum lw_target on, const struct lw_task *t, const char *id)
{
    if (types[on].candidate) {
        int i = types[on].candidate(t, id);
        bool known = i >= 0 && (size_t)i < lw_target_count(on, t);
        return known && strcmp(types[on].item(t, (size_t)i).id, id) == 0 ? i : -1;
    }
    for (size_t i = 0; i < lw_target_count(on, t); i++)
        if (strcmp(types[on].item(t, i).id, id) == 0)
            return (int)i;
    return -1;
}

static struct lw_span prompt_text(const struct lw_task *t)
{
    for (size_t i = t->nturns; i-- > 0;)
        if (strcmp(t->turn[i].role, "user") == 0 || t->nturns == 1)
            return t->turn[i].text;
    return (struct lw_span){NULL, 0};
}

struct lw_span lw_target_text(enum lw_target on, const struct lw_task *t, int item)
{
    if (item >= 0)
        return types[on].item(t, (size_t)item).text;
    return on == LW_ON_PROMPT ? prompt_text(t) : (struct lw_span){NULL, 0};
}
