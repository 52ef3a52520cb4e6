/* Bodies of the events that labeling writes, and the order in which responses are shown. The frame
 * around a body is journal_line.c's; what an event changes is the ledger's. */
#define _GNU_SOURCE
#include "labelwright/journal/event.h"

#include "labelwright/base/hash.h"

#include <stdio.h>
#include <string.h>

static json_t *event(const char *type)
{
    return json_pack("{s:s}", "type", type);
}

static void set(json_t *e, const char *name, json_t *value)
{
    json_object_set_new(e, name, value);
}

static json_t *order_ids(const struct lw_task *t, const int *order)
{
    json_t *ids = json_array();
    for (size_t i = 0; i < t->nresponses; i++)
        json_array_append_new(ids, json_string(t->response[order[i]].id));
    return ids;
}

static json_t *labeled(const char *type, const struct lw_labeled *l)
{
    const struct lw_record *r = &l->task->record;
    json_t *e = event(type);
    if (l->private)
        set(e, "private", json_true());
    set(e, "task", json_string(l->task->id));
    set(e, "file", json_string(r->file));
    set(e, "record", json_integer((json_int_t)r->number));
    set(e, "offset", json_integer((json_int_t)r->offset));
    set(e, "sha256", json_string(r->sha256));
    set(e, "questions", json_string(l->project->questions_hash));
    if (l->order && l->task->nresponses > 0)
        set(e, "order", order_ids(l->task, l->order));
    set(e, "active_ms", json_integer(l->active_ms));
    set(e, "wall_ms", json_integer(l->wall_ms));
    if (l->replaces)
        set(e, "replaces", json_integer((json_int_t)l->replaces));
    return e;
}

json_t *lw_event_annotate(const struct lw_labeled *l, json_t *answers)
{
    json_t *e = labeled("annotate", l);
    set(e, "answers", json_incref(answers));
    if (l->suggestions)
        set(e, "suggestions", json_deep_copy(l->suggestions));
    if (l->defaulted)
        set(e, "defaulted", json_deep_copy(l->defaulted));
    if (l->practice)
        set(e, "practice", json_deep_copy(l->practice));
    return e;
}

static json_t *repeat(const struct lw_labeled *l, uint64_t of)
{
    struct lw_labeled plain = *l;
    plain.replaces = 0;
    plain.private = false; /* its type says so */
    json_t *e = labeled("repeat", &plain);
    set(e, "of", json_integer((json_int_t)of));
    return e;
}

json_t *lw_event_repeat(const struct lw_labeled *l, uint64_t of, json_t *answers)
{
    json_t *e = repeat(l, of);
    set(e, "answers", json_incref(answers));
    if (l->defaulted)
        set(e, "defaulted", json_deep_copy(l->defaulted));
    return e;
}

json_t *lw_event_repeat_skip(const struct lw_labeled *l, uint64_t of, const char *reason, size_t n)
{
    json_t *e = repeat(l, of);
    set(e, "reason", json_stringn(n ? reason : "", n));
    return e;
}

json_t *lw_event_skip(const struct lw_labeled *l, const char *reason, size_t n)
{
    json_t *e = labeled("skip", l);
    set(e, "reason", json_stringn(n ? reason : "", n));
    if (l->practice)
        set(e, "practice", json_deep_copy(l->practice));
    return e;
}

json_t *lw_event_talk(const struct lw_labeled *l, const char *question, const json_t *messages)
{
    json_t *e = labeled("talk", l);
    set(e, "question", json_string(question));
    set(e, "messages", json_deep_copy(messages));
    return e;
}

json_t *lw_event_undo(uint64_t seq, const char *task, bool private)
{
    json_t *e = event("undo");
    if (private)
        set(e, "private", json_true());
    set(e, "of", json_integer((json_int_t)seq));
    if (task)
        set(e, "task", json_string(task));
    return e;
}

json_t *lw_event_questions(const struct lw_project *p)
{
    json_t *e = event("questions");
    set(e, "sha256", json_string(p->questions_hash));
    set(e, "questions", json_incref(p->questions));
    return e;
}

static json_t *sitting(const char *what)
{
    json_t *e = event("sitting");
    set(e, "what", json_string(what));
    return e;
}

json_t *lw_event_start(const char *zone, int64_t idle_ms)
{
    json_t *e = sitting("start");
    set(e, "version", json_string(LW_VERSION));
    set(e, "time_zone", json_string(zone));
    set(e, "idle_ms", json_integer(idle_ms));
    set(e, "counts_seen", json_true()); /* as versions before did not */
    return e;
}

json_t *lw_event_zone(const char *zone)
{
    json_t *e = sitting("zone");
    set(e, "time_zone", json_string(zone));
    return e;
}

json_t *lw_event_stop(void)
{
    return sitting("stop");
}

json_t *lw_event_break(int64_t wall_ms)
{
    json_t *e = event("break");
    set(e, "wall_ms", json_integer(wall_ms));
    return e;
}

void lw_event_set_times(json_t *e, const struct lw_session_times *t)
{
    set(e, "elapsed_ms", json_integer(t->elapsed_ms));
    set(e, "worked_ms", json_integer(t->worked_ms));
    if (t->guidelines_ms)
        set(e, "guidelines_ms", json_integer(t->guidelines_ms));
    if (t->suspended_ms)
        set(e, "suspended_ms", json_integer(t->suspended_ms));
}

static json_t *own(const char *what)
{
    json_t *e = event("own");
    set(e, "what", json_string(what));
    return e;
}

static json_t *seen_json(const struct lw_seen_sum *seen)
{
    json_t *o = json_object();
    set(o, "ms", json_integer(seen->ms));
    set(o, "tasks", json_integer((json_int_t)seen->tasks));
    set(o, "characters", json_integer((json_int_t)seen->characters));
    if (seen->pictures)
        set(o, "pictures", json_integer((json_int_t)seen->pictures));
    return o;
}

json_t *lw_event_own_seen(const struct lw_seen_sum *seen, size_t n, const char *zone)
{
    json_t *e = own("seen"), *all = json_object();
    for (size_t i = 0; i < n; i++)
        set(all, seen[i].tag, seen_json(&seen[i]));
    set(e, "time_zone", json_string(zone));
    set(e, "seen", all);
    return e;
}

json_t *lw_event_own_stop(void)
{
    return own("stop_for_today");
}

void lw_shuffle(int *order, size_t n, uint64_t seed, const char *task)
{
    for (size_t i = 0; i < n; i++)
        order[i] = (int)i;
    /* Fisher-Yates with SHA-256 as the die: the same on every machine and in every version. */
    for (size_t i = n; i > 1; i--) {
        char die[1024];
        int len =
            snprintf(die, sizeof die, "%016llx %zu %.900s", (unsigned long long)seed, i, task);
        size_t k = (size_t)(lw_fingerprint(die, (size_t)len) % i);
        int was = order[i - 1];
        order[i - 1] = order[k];
        order[k] = was;
    }
}
