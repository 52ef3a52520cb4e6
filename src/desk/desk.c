/* Asks the user's models for the replies that the talk of the task waits for, and tells the sitting
 * what comes, so often that it can be read and no oftener. What a talk is, is the sitting's; how a
 * model is asked, the model room's; the front ends only start, stop and show. */
#include "labelwright/desk/desk.h"

#include "desk/desk_messages_internal.h"
#include "labelwright/base/clock.h"
#include "labelwright/format/tools.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#include <stdlib.h>
#include <string.h>

enum {
    PACE_MS = 100,         /* how often what came is shown … */
    PACE_SEVERAL_MS = 150, /* … of several, of which the eye is at one … */
    PACE_TIMES = 8,        /* … but laying it out takes an eighth of the time at most */
    PACE_MOST_MS = 1000
};

struct reply {
    char id[LW_ITEM_ID]; /* in the talk */
    struct lw_call *call;
    const struct lw_model *which;
    uint64_t news; /* of its answer, as told to the sitting */
    bool stopped;  /* by the user */
};

struct lw_desk {
    struct lw_sitting *s;
    struct lw_models *models; /* NULL: nobody can be asked */
    const struct lw_config *config;
    struct reply reply[LW_TALK_REPLIES_MAX];
    size_t n;
    int64_t told_at, pace_ms; /* monotonic: what came was told then, and is again so much later */
    bool news;                /* something came since */

    size_t asked, failed; /* of those that were asked for together */
    bool stopped;         /* one of them was, by the user … */
    char trouble[320];    /* … or ended otherwise before its end: what is said of the last such */
};

struct lw_desk *lw_desk_new(
    struct lw_sitting *s, struct lw_models *models, const struct lw_config *config)
{
    struct lw_desk *d = lw_alloc(sizeof *d);
    d->s = s;
    d->models = models;
    d->config = config;
    return d;
}

static const struct lw_sitting_view *view(const struct lw_desk *d)
{
    return lw_sitting_view(d->s);
}

static int64_t now(const struct lw_desk *d)
{
    return lw_clock_mono_ms(view(d)->opts.sys);
}

static void drop(struct lw_desk *d, size_t i)
{
    lw_call_free(d->reply[i].call);
    memmove(&d->reply[i], &d->reply[i + 1], (d->n - i - 1) * sizeof *d->reply);
    d->n--;
}

/* The task was left: what came is in its talk, and nobody waits for the rest. */
static bool is_wanted(const struct lw_desk *d, size_t i)
{
    const json_t *m = lw_talk_find(lw_sitting_talk(d->s), d->reply[i].id);
    return json_is_true(json_object_get(m, "live"));
}

/* Before others are asked for: those of another task's talk may have the same ids. */
static void drop_unwanted(struct lw_desk *d)
{
    for (size_t i = d->n; i-- > 0;)
        if (!is_wanted(d, i))
            drop(d, i);
}

/* ---- asking */

/* The user has no model for this role, which is said. */
static bool lacks(struct lw_desk *d, const char *role)
{
    if (d->models && lw_config_model(d->config, role))
        return false;
    lw_sitting_notify(d->s, LW_TONE_WARNING, LW_DESK_NO_MODEL, role);
    return true;
}

static bool lacks_any(struct lw_desk *d)
{
    const struct lw_question *q = lw_talk_question(view(d)->opts.project);
    for (size_t i = 0; q && q->talk && i < q->talk->nmodels; i++)
        if (lacks(d, q->talk->models[i]))
            return true;
    return false;
}

/* For the one that gave this reply; who wrote a reply by hand is asked for nothing. */
static bool lacks_that_of(struct lw_desk *d, const char *reply)
{
    const json_t *m = lw_talk_find(lw_sitting_talk(d->s), reply);
    const char *role = json_string_value(json_object_get(m, "role_name"));
    return role && lacks(d, role);
}

static void fail(struct lw_desk *d, const char *id, const char *why)
{
    lw_sitting_reply_ends(d->s, id, json_object());
    lw_sitting_notify(d->s, LW_TONE_ERROR, LW_DESK_NO_REPLY, why);
}

static void start(struct lw_desk *d, const json_t *reply)
{
    struct lw_err err = {0};
    const char *id = json_string_value(json_object_get(reply, "id"));
    const char *goes_on = json_string_value(json_object_get(reply, "goes_on"));
    const char *role = json_string_value(json_object_get(reply, "role_name"));
    json_t *messages = lw_talk_request(lw_talk_question(view(d)->opts.project)->talk, view(d)->task,
        lw_sitting_talk(d->s), goes_on);
    const struct lw_model *which = lw_config_model(d->config, role);
    json_t *tools = lw_tools_to_send(view(d)->task->tools);
    struct lw_call *call = lw_call_start(
        d->models, which, messages, tools, json_object_get(reply, "parameters"), &err);
    json_decref(messages);
    json_decref(tools);
    if (!call) {
        fail(d, id, err.text);
        return;
    }
    memset(&d->reply[d->n], 0, sizeof d->reply[d->n]);
    memcpy(d->reply[d->n].id, id, strlen(id) + 1);
    d->reply[d->n].which = which;
    d->reply[d->n++].call = call;
}

static int64_t least_pace(const struct lw_desk *d)
{
    return d->n > 1 ? PACE_SEVERAL_MS : PACE_MS;
}

static void start_all(struct lw_desk *d)
{
    json_t *list = json_object_get(lw_sitting_talk(d->s), "messages"), *m;
    json_t *all = json_copy(list); /* a failure changes the talk */
    size_t i;
    json_array_foreach(all, i, m)
    {
        if (json_is_true(json_object_get(m, "live")) && d->n < LW_TALK_REPLIES_MAX)
            start(d, m);
    }
    json_decref(all);
    d->asked = d->n;
    d->failed = 0;
    d->stopped = false;
    d->trouble[0] = '\0';
    d->told_at = now(d);
    d->pace_ms = least_pace(d);
}

size_t lw_desk_ask(struct lw_desk *d)
{
    if (!lw_sitting_check_command(d->s, LW_CMD_ASK) || lacks_any(d))
        return 0;
    drop_unwanted(d);
    size_t n = lw_sitting_ask(d->s);
    if (n == 0)
        return 0;
    lw_sitting_notify(d->s, LW_TONE_INFO, LW_DESK_ASKED, n, n == 1 ? "y" : "ies");
    start_all(d);
    return d->n;
}

size_t lw_desk_said(struct lw_desk *d)
{
    return lw_sitting_awaits_reply(d->s) ? lw_desk_ask(d) : 0;
}

size_t lw_desk_go_on(struct lw_desk *d, const char *reply)
{
    if (!lw_sitting_check_command(d->s, LW_CMD_GO_ON) || lacks_that_of(d, reply))
        return 0;
    drop_unwanted(d);
    if (!reply || !lw_sitting_talks(d->s))
        lw_sitting_notify(d->s, LW_TONE_INFO, LW_DESK_NOTHING_CUT);
    else if (lw_sitting_go_on(d->s, reply) > 0)
        start_all(d);
    return d->n;
}

void lw_desk_stop(struct lw_desk *d)
{
    if (d->n == 0)
        lw_sitting_notify(d->s, LW_TONE_INFO, LW_DESK_NOTHING_COMES);
    for (size_t i = 0; i < d->n; i++) {
        d->reply[i].stopped = true;
        lw_call_stop(d->reply[i].call);
    }
}

/* ---- what comes */

static void set_text(json_t *about, const char *member, const char *text)
{
    if (text)
        json_object_set_new(about, member, json_string(text));
}

static void set_number(json_t *about, const char *member, int64_t number)
{
    if (number >= 0)
        json_object_set_new(about, member, json_integer(number));
}

/* What a tool gives back names the call: one that the server gave no id, or another one's, gets its
 * own. */
static json_t *named_calls(const struct reply *r, const json_t *calls)
{
    json_t *all = json_deep_copy(calls), *seen = json_object(), *call;
    size_t i;
    json_array_foreach(all, i, call)
    {
        const char *id = json_string_value(json_object_get(call, "id"));
        if (!id || !*id || json_object_get(seen, id)) {
            json_object_set_new(call, "id", json_sprintf("%s_%zu", r->id, i + 1));
            id = json_string_value(json_object_get(call, "id"));
        }
        json_object_set_new(seen, id, json_true());
    }
    json_decref(seen);
    return all;
}

/* What is known of a reply when it has ended. */
static json_t *about(const struct reply *r, const struct lw_call_answer *a)
{
    bool stopped = r->stopped;
    json_t *to = json_object();
    set_text(to, "model", a->model ? a->model : r->which->name);
    set_text(to, "api", lw_api_name(r->which->api));
    set_text(to, "finish", a->finish);
    if (a->usage)
        json_object_set_new(to, "usage", json_deep_copy(a->usage));
    if (a->tool_calls && json_array_size(a->tool_calls) > 0)
        json_object_set_new(to, "tool_calls", named_calls(r, a->tool_calls));
    if (a->refusal.n > 0)
        json_object_set_new(to, "refusal", json_stringn(a->refusal.s, a->refusal.n));
    set_number(to, "first_ms", a->first_ms);
    set_number(to, "total_ms", a->total_ms);
    if (a->state != LW_CALL_DONE)
        set_text(to, "cut", stopped ? "stopped" : "broken");
    if (a->state != LW_CALL_DONE && !stopped)
        set_text(to, "error", a->error);
    return to;
}

/* A refusal is what it says, where it says nothing else. */
static struct lw_span words(const struct lw_call_answer *a)
{
    return a->text.n > 0 ? a->text : a->refusal;
}

static void note_end(struct lw_desk *d, const struct lw_call_answer *a, bool kept, bool stopped)
{
    d->failed += !kept;
    d->stopped = d->stopped || stopped;
    if (stopped || (kept && a->state == LW_CALL_DONE))
        return;
    snprintf(d->trouble, sizeof d->trouble, kept ? LW_DESK_CUT : LW_DESK_NO_REPLY,
        a->error ? a->error : LW_DESK_EMPTY);
}

static void notify_here(struct lw_desk *d)
{
    size_t n = view(d)->task->nresponses;
    json_t *calls = lw_talk_open_calls(lw_sitting_talk(d->s));
    bool called = json_array_size(calls) > 0;
    json_decref(calls);
    if (n > 1)
        lw_sitting_notify(d->s, LW_TONE_INFO, LW_DESK_ALL_HERE, n);
    else
        lw_sitting_notify(d->s, LW_TONE_INFO, "%s", called ? LW_DESK_CALLS : LW_DESK_HERE);
}

/* The last of those that were asked for has ended: what became of them, in one sentence. */
static void notify_ended(struct lw_desk *d)
{
    bool nothing = d->failed == d->asked;
    if (d->stopped)
        lw_sitting_notify(
            d->s, LW_TONE_INFO, "%s", nothing ? LW_DESK_STOPPED_EMPTY : LW_DESK_STOPPED);
    else if (d->failed > 0 && !nothing)
        lw_sitting_notify(
            d->s, LW_TONE_WARNING, LW_DESK_SOME, d->asked - d->failed, d->asked, d->trouble);
    else if (d->trouble[0])
        lw_sitting_notify(d->s, nothing ? LW_TONE_ERROR : LW_TONE_WARNING, "%s", d->trouble);
    else
        notify_here(d);
}

static void end(struct lw_desk *d, size_t i)
{
    struct lw_call *call = d->reply[i].call;
    const struct lw_call_answer *a = lw_call_answer(call);
    bool stopped = d->reply[i].stopped;
    lw_sitting_reply_grows(d->s, d->reply[i].id, words(a), a->reasoning);
    bool kept = lw_sitting_reply_ends(d->s, d->reply[i].id, about(&d->reply[i], a));
    note_end(d, a, kept, stopped);
    drop(d, i);
    if (d->n == 0)
        notify_ended(d);
    d->news = true;
}

static bool has_ended(const struct lw_call_answer *a)
{
    return a->state != LW_CALL_WAITING && a->state != LW_CALL_STREAMING;
}

static bool is_due(const struct lw_desk *d)
{
    return now(d) - d->told_at >= d->pace_ms;
}

static void tell_grown(struct lw_desk *d)
{
    for (size_t i = 0; i < d->n; i++) {
        const struct lw_call_answer *a = lw_call_answer(d->reply[i].call);
        if (a->news == d->reply[i].news)
            continue;
        d->reply[i].news = a->news;
        lw_sitting_reply_grows(d->s, d->reply[i].id, words(a), a->reasoning);
    }
}

/* ---- the loop */

/* Those that have ended; true: there were any. */
static bool end_all(struct lw_desk *d)
{
    bool ended = false;
    for (size_t i = d->n; i-- > 0;) {
        if (!is_wanted(d, i)) {
            drop(d, i);
        } else if (has_ended(lw_call_answer(d->reply[i].call))) {
            end(d, i);
            ended = true;
        }
    }
    return ended;
}

bool lw_desk_work(struct lw_desk *d)
{
    if (d->n == 0)
        return false;
    d->news = lw_models_work(d->models) || d->news;
    bool ended = end_all(d);
    if (!ended && !(d->news && is_due(d)))
        return false;
    tell_grown(d);
    d->told_at = now(d);
    d->news = false;
    return true;
}

void lw_desk_took(struct lw_desk *d, int64_t ms)
{
    int64_t pace = ms * PACE_TIMES, least = least_pace(d);
    d->pace_ms = pace < least ? least : pace > PACE_MOST_MS ? PACE_MOST_MS : pace;
}

bool lw_desk_busy(const struct lw_desk *d)
{
    return d && d->n > 0;
}

int64_t lw_desk_due_ms(const struct lw_desk *d)
{
    if (!lw_desk_busy(d))
        return -1;
    int64_t models = lw_models_due_ms(d->models), left = d->told_at + d->pace_ms - now(d);
    left = !d->news ? -1 : left > 0 ? left : 0;
    return models < 0 ? left : left < 0 || models < left ? models : left;
}

void lw_desk_free(struct lw_desk *d)
{
    while (d && d->n > 0)
        drop(d, d->n - 1);
    free(d);
}
