/* Replies of models in the talk of a task: which are asked for, how they grow in the draft, and how
 * they end, as an event of the journal. Knows no network: the front end asks, and tells here what
 * comes. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/clock.h"
#include "labelwright/journal/event.h"
#include "labelwright/project/talk.h"
#include "labelwright/sitting/talking.h"

#include <stdio.h>
#include <stdlib.h>

/* One request for each reply, in an order that tells nothing of which model it is. */
static void add_live(struct lw_sitting *s, const char *role_name, const char *goes_on)
{
    const struct lw_talk_rules *r = lw_talking_rules(s);
    const json_t *value = lw_talking_value(s);
    char stamp[LW_STAMP_MAX];
    lw_stamp_format(lw_clock_utc_ms(s->view.opts.sys), stamp);
    json_t *m = json_object();
    json_object_set_new(m, "role", json_string("assistant"));
    if (lw_talk_at(value))
        json_object_set_new(m, "after", json_string(lw_talk_at(value)));
    json_t *begun = goes_on ? json_object_get(lw_talk_find(value, goes_on), "text") : NULL;
    json_object_set_new(m, "text", begun ? json_incref(begun) : json_string(""));
    json_object_set_new(m, "live", json_true());
    json_object_set_new(m, "asked", json_string(stamp));
    json_object_set_new(m, "role_name", json_string(role_name));
    if (r->parameters)
        json_object_set(m, "parameters", r->parameters);
    if (goes_on)
        json_object_set_new(m, "goes_on", json_string(goes_on));
    json_t *next = lw_talk_add(value, m, false);
    char id[LW_ITEM_ID];
    snprintf(id, sizeof id, "%s", json_string_value(json_object_get(m, "id")));
    lw_talking_set(s, next, false);
    lw_reply_begin(s, id);
}

/* What was chosen among the replies so far says nothing of those that come. */
static void forget_choice(struct lw_sitting *s)
{
    const json_t *value = lw_talking_value(s);
    const char *at = lw_talk_at(value);
    if (lw_talk_order(value, at))
        lw_talking_set(s, lw_talk_with_order(value, at, NULL), false);
}

/* The draft has them before anything comes, which then is in files beside it. */
static void begin_all(struct lw_sitting *s)
{
    lw_answer_history_clear(&s->history);
    lw_sitting_save_draft(s);
}

static size_t reply_count(const struct lw_sitting *s)
{
    json_t *replies = lw_talk_replies(lw_talking_value(s), lw_talk_at(lw_talking_value(s)));
    size_t n = json_array_size(replies);
    json_decref(replies);
    return n;
}

static const char *ask_refusal(const struct lw_sitting *s, size_t more)
{
    const struct lw_talk_rules *r = lw_sitting_talks(s) ? lw_talking_rules(s) : NULL;
    if (!lw_sitting_talks(s))
        return LW_MSG_TALK_NONE;
    if (!r || r->nmodels == 0)
        return LW_MSG_TALK_NO_MODEL;
    if (!lw_talk_at(lw_talking_value(s)) && !lw_talk_task_awaits(r, s->view.task))
        return LW_MSG_TALK_NOTHING_OWN;
    if (lw_talk_live(lw_talking_value(s)) > 0)
        return LW_MSG_TALK_LIVE;
    if (lw_talk_next(r, lw_talking_value(s)) == LW_TALK_TOOL)
        return LW_MSG_TALK_CALLS;
    if (lw_talk_is_full(lw_talking_value(s), more ? more : 1))
        return LW_MSG_TALK_END;
    return reply_count(s) + more > LW_TALK_REPLIES_MAX ? LW_MSG_TALK_FULL : NULL;
}

bool lw_sitting_awaits_reply(const struct lw_sitting *s)
{
    return !ask_refusal(s, 1) && reply_count(s) == 0;
}

static bool may_ask(struct lw_sitting *s, size_t more)
{
    const char *why = ask_refusal(s, more);
    if (why)
        lw_sitting_notify(s, LW_TONE_WARNING, "%s", why);
    return !why;
}

size_t lw_sitting_ask(struct lw_sitting *s)
{
    const struct lw_talk_rules *r = lw_sitting_talks(s) ? lw_talking_rules(s) : NULL;
    size_t each = r && r->replies ? (size_t)r->replies : 1, n = r ? r->nmodels * each : 1;
    if (!may_ask(s, n))
        return 0;
    int place[LW_TALK_REPLIES_MAX];
    const char *at = lw_talk_at(lw_talking_value(s));
    char of[LW_ID_MAX + LW_ITEM_ID + 2];
    snprintf(of, sizeof of, "%.1000s/%s/%zu", s->view.task->id, at ? at : "", reply_count(s));
    lw_shuffle(place, n, lw_journal_seed(s->view.opts.journal), of);
    for (size_t i = 0; i < n; i++)
        add_live(s, r->models[(size_t)place[i] / each], NULL);
    forget_choice(s);
    begin_all(s);
    return n;
}

size_t lw_sitting_go_on(struct lw_sitting *s, const char *reply)
{
    const json_t *m = lw_talk_find(lw_talking_value(s), reply);
    const char *role_name = json_string_value(json_object_get(m, "role_name"));
    if (!may_ask(s, 0) || !role_name)
        return 0;
    add_live(s, role_name, reply);
    begin_all(s);
    return 1;
}

static json_t *live_copy(const struct lw_sitting *s, const char *id)
{
    const json_t *m = lw_talk_find(lw_talking_value(s), id);
    return m && json_is_true(json_object_get(m, "live")) ? json_copy((json_t *)(uintptr_t)m) : NULL;
}

static void set_text(json_t *m, const char *member, struct lw_span text)
{
    if (text.n > 0)
        json_object_set_new(m, member, json_stringn(text.s, text.n));
}

/* What it goes on from stays in front. */
static void set_reply_text(const struct lw_sitting *s, json_t *m, struct lw_span text)
{
    const char *from = json_string_value(json_object_get(m, "goes_on"));
    struct lw_buf whole = {0};
    if (from) {
        const json_t *begun = json_object_get(lw_talk_find(lw_talking_value(s), from), "text");
        lw_buf_add(&whole, json_string_value(begun), json_string_length(begun));
    }
    lw_buf_add(&whole, text.s, text.n);
    json_object_set_new(m, "text", json_stringn(whole.len ? whole.data : "", whole.len));
    lw_buf_fini(&whole);
}

void lw_sitting_reply_grows(
    struct lw_sitting *s, const char *id, struct lw_span text, struct lw_span reasoning)
{
    json_t *m = live_copy(s, id);
    int64_t unsaved = s->unsaved_since;
    if (!m)
        return;
    lw_reply_keep(s, id, text);
    set_reply_text(s, m, text);
    set_text(m, "reasoning", reasoning);
    lw_talking_set(s, lw_talk_add(lw_talking_value(s), m, false), false);
    s->unsaved_since = unsaved; /* its file has it */
}

static bool is_live(const struct lw_sitting *s, const char *id)
{
    return json_is_true(json_object_get(lw_talk_find(lw_talking_value(s), id), "live"));
}

/* Nothing came of it, beyond what it goes on from. */
static bool says_nothing(const struct lw_sitting *s, const json_t *m)
{
    const char *from = json_string_value(json_object_get(m, "goes_on"));
    const json_t *begun = json_object_get(lw_talk_find(lw_talking_value(s), from), "text");
    return json_string_length(json_object_get(m, "text")) == json_string_length(begun) &&
           !json_object_get(m, "tool_calls") && !json_object_get(m, "reasoning");
}

static void drop(struct lw_sitting *s, const char *id)
{
    lw_talking_set(s, lw_talk_drop_live(lw_talking_value(s), id), false);
    lw_reply_forget(s, id);
}

/* Where the journal cannot take it, which is said, it ends in the draft, and its file stays. */
static void record(struct lw_sitting *s, const char *id, json_t *m)
{
    json_t *said = lw_talking_said(s, json_pack("[O]", m));
    lw_sitting_commit(s, (struct lw_decision){said, LW_AFTER_STAY});
    if (is_live(s, id))
        lw_talking_set(s, lw_talk_add(lw_talking_value(s), json_incref(m), false), false);
    else
        lw_reply_forget(s, id);
}

bool lw_sitting_reply_ends(struct lw_sitting *s, const char *id, json_t *about)
{
    json_t *m = live_copy(s, id);
    bool kept = false;
    if (m) {
        json_object_update(m, about);
        json_object_del(m, "live");
        kept = !says_nothing(s, m);
    }
    if (kept)
        record(s, id, m);
    else if (m)
        drop(s, id);
    json_decref(about);
    json_decref(m);
    return kept;
}

void lw_sitting_end_replies(struct lw_sitting *s)
{
    json_t *m, *list = json_object_get(lw_sitting_talk(s), "messages");
    json_t *all = list ? json_copy(list) : NULL;
    size_t i;
    json_array_foreach(all, i, m) if (json_is_true(json_object_get(m, "live")))
        lw_sitting_reply_ends(
            s, json_string_value(json_object_get(m, "id")), json_pack("{s:s}", "cut", "stopped"));
    json_decref(all);
}
