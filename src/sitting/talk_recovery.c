/* What the journal has of the talk of a task, and its draft lacks: the draft was lost, or is older;
 * or two copies of the journal were merged, and each of them has a talk of its own. Then a message
 * has the number of another one: it gets a new one, and what follows on it goes with it, so that
 * the talks are branches of one tree and no turn follows on another talk's. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"
#include "labelwright/project/talk.h"

#include <string.h>

struct recovering {
    struct lw_sitting *s;
    json_t *value;   /* what there is so far */
    json_t *renamed; /* of the copy that is being read: {its id: the id here} */
    bool copied;     /* by a merge, from another journal */
    size_t added;
    bool merged; /* a message got a new id */
};

static const char *text_of(const json_t *message, const char *member)
{
    return json_string_value(json_object_get(message, member));
}

static bool is_same(const json_t *a, const json_t *b, const char *member)
{
    const json_t *x = json_object_get(a, member), *y = json_object_get(b, member);
    return x == y || json_equal(x, y);
}

/* Of a reply, the draft can have less than the journal. */
static bool is_same_message(const json_t *a, const json_t *b)
{
    const char *what = json_object_get(a, "asked") ? "asked" : "text";
    return is_same(a, b, "role") && is_same(a, b, "after") && is_same(a, b, "role_name") &&
           is_same(a, b, what);
}

/* One with this id that is the same, else any: the draft has it under its new id. */
static const json_t *known(const struct recovering *r, const json_t *m)
{
    const json_t *here = lw_talk_find(r->value, text_of(m, "id"));
    json_t *one;
    size_t i;
    if (!here || is_same_message(here, m))
        return here;
    json_array_foreach(
        json_object_get(r->value, "messages"), i, one) if (is_same_message(one, m)) return one;
    return NULL;
}

/* The message with the ids that stand here for those it names. */
static json_t *as_named_here(const struct recovering *r, const json_t *m)
{
    static const char *const names[] = {"after", "of", "goes_on", "instead"};
    json_t *to = json_copy((json_t *)(uintptr_t)m);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *id = text_of(m, names[i]);
        json_t *other = id ? json_object_get(r->renamed, id) : NULL;
        if (other)
            json_object_set(to, names[i], other);
    }
    return to;
}

static void add(struct recovering *r, json_t *m, bool move)
{
    json_t *more = lw_talk_add(r->value, m, move);
    json_decref(r->value);
    r->value = more;
    r->added++;
}

/* The program stopped after the journal had all of it, and before the draft did. */
static void complete(struct recovering *r, const json_t *here, json_t *m)
{
    const char *cut = text_of(here, "cut");
    if (cut && strcmp(cut, "ended") == 0 && !json_equal(here, m))
        add(r, json_incref(m), false);
}

/* A talk of another copy is a branch beside the one that is looked at. */
static void add_message(struct recovering *r, const json_t *said)
{
    const char *id = text_of(said, "id"), *role = text_of(said, "role");
    if (!id || !role)
        return;
    json_t *m = as_named_here(r, said);
    const json_t *here = known(r, m);
    bool other = !json_equal(m, said) || (!here && lw_talk_find(r->value, id));
    if (here && strcmp(text_of(here, "id"), id) == 0) {
        complete(r, here, m);
    } else if (here) {
        json_object_set_new(r->renamed, id, json_string(text_of(here, "id")));
    } else {
        if (lw_talk_find(r->value, id)) {
            char new_id[LW_ITEM_ID];
            lw_talk_new_id(r->value, new_id);
            json_object_set_new(m, "id", json_string(new_id));
            json_object_set_new(r->renamed, id, json_string(new_id));
            r->merged = true;
        }
        add(r, json_incref(m), !other && !lw_talk_is_reply(m));
    }
    json_decref(m);
}

static void add_said(struct recovering *r, const json_t *event)
{
    bool copied = json_object_get(event, "origin") != NULL;
    json_t *m;
    size_t i;
    if (copied != r->copied)
        json_object_clear(r->renamed);
    r->copied = copied;
    json_array_foreach(json_object_get(event, "messages"), i, m) add_message(r, m);
}

/* What was said before a label is in it, as far as it counts. */
static bool is_before_label(const struct lw_sitting *s, const json_t *event)
{
    json_int_t seq = json_integer_value(json_object_get(event, "seq"));
    return s->view.state == LW_TASK_DONE && (uint64_t)seq < s->view.replaces;
}

static void read_said(void *ctx, struct lw_pos pos)
{
    struct recovering *r = ctx;
    const char *name = lw_talk_question(r->s->view.opts.project)->name;
    json_t *event;
    if (lw_journal_read(r->s->view.opts.journal, pos, &event, NULL) != LW_OK)
        return;
    const char *of = text_of(event, "question");
    if (of && strcmp(of, name) == 0 && !is_before_label(r->s, event))
        add_said(r, event);
    json_decref(event);
}

bool lw_talking_recover(struct lw_sitting *s)
{
    struct lw_slot slot;
    if (!lw_talking_slot(s, &slot))
        return false;
    struct recovering r = {
        .s = s, .value = lw_talk_ended(lw_talking_value(s)), .renamed = json_object()};
    lw_ledger_each_talk(s->view.opts.ledger, s->view.task->key, read_said, &r);
    bool fits = r.added > 0 && lw_answer_fits(s->view.opts.project, s->view.task, slot, r.value);
    if (fits)
        lw_talking_set(s, json_incref(r.value), false);
    if (fits && r.merged)
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_TALK_MERGED);
    json_decref(r.value);
    json_decref(r.renamed);
    return fits;
}
