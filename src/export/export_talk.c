/* Talks as preferences: at each turn of the path the replies that were given to it, the best one
 * against the others, a corrected one against what it was. Text to imitate is the whole path, once,
 * with its last reply. */
#include "export/export_internal.h"

#include "labelwright/answers/answers.h"
#include "labelwright/project/talk.h"

#include <string.h>

/* One point of a talk: its task ends with a turn, and has the replies to that as responses. */
struct point {
    struct lw_export_state *x;
    struct lw_task *whole; /* with the brief before the talk … */
    struct lw_task seen;   /* … and what the other side sees of it */
    const json_t *value, *answers;
    bool goes_on;
    const char *id; /* of that turn; NULL: what the task says */
    const struct lw_response *best;
    struct lw_response corrected; /* the best one, as it was corrected; text.s NULL: it was not */
};

static void move_to(struct point *p, const char *id)
{
    json_t *at = lw_talk_move(p->value, id), *answers = json_object();
    json_object_set_new(answers, p->x->question->name, at);
    lw_items_bring(p->x->asked, p->whole, answers);
    json_decref(answers);
    const char *best = lw_talk_best(p->value, id);
    size_t brief = p->goes_on ? 0 : p->whole->own_turns;
    p->seen = *p->whole;
    p->seen.turn += brief;
    p->seen.nturns -= brief;
    p->id = id;
    p->best = best ? lw_task_response(&p->seen, best) : NULL;
}

static struct lw_span text_of(const json_t *message)
{
    const json_t *text = json_object_get(message, "text");
    return (struct lw_span){json_string_value(text), json_string_length(text)};
}

/* The message that corrects a reply: the talk went on from it. */
static struct lw_span said_instead(const json_t *value, const char *reply)
{
    json_t *m;
    size_t i;
    json_array_foreach(json_object_get(value, "messages"), i, m)
    {
        const char *of = json_string_value(json_object_get(m, "of"));
        if (of && strcmp(of, reply) == 0)
            return text_of(m);
    }
    return (struct lw_span){NULL, 0};
}

/* Of the last reply the correction is an answer of its own. */
static struct lw_span answered_instead(const struct point *p, const char *reply)
{
    const struct lw_project *asked = p->x->asked;
    for (size_t i = 0; i < asked->nquestions; i++) {
        const json_t *all = json_object_get(p->answers, asked->question[i].name);
        const json_t *edit = json_object_get(all, reply);
        if (asked->question[i].type == LW_Q_EDIT && edit && !lw_edit_is_same(edit))
            return text_of(edit);
    }
    return (struct lw_span){NULL, 0};
}

static void find_correction(struct point *p)
{
    p->corrected = (struct lw_response){0};
    if (!p->best)
        return;
    struct lw_span text = said_instead(p->value, p->best->id);
    if (!text.s)
        text = answered_instead(p, p->best->id);
    p->corrected = (struct lw_response){
        .id = "", .text = text, .parts = p->best->parts, .message = p->best->message};
}

static size_t place_of(const struct point *p, const struct lw_response *r)
{
    const json_t *order = lw_talk_order(p->value, p->id);
    json_t *tied, *id;
    size_t i, k;
    json_array_foreach(order, i, tied)
        json_array_foreach(tied, k, id) if (strcmp(json_string_value(id), r->id) == 0) return i;
    return SIZE_MAX;
}

static size_t add_pairs(struct point *p)
{
    size_t n = 0;
    for (size_t i = 0; i < p->seen.nresponses; i++)
        for (size_t k = 0; k < p->seen.nresponses; k++) {
            const struct lw_response *a = &p->seen.response[i], *b = &p->seen.response[k];
            if (place_of(p, a) >= place_of(p, b))
                continue;
            lw_export_pair(p->x, &p->seen, a, b);
            n++;
        }
    if (p->corrected.text.s) {
        p->x->format->pair(p->x, &p->seen, &p->corrected, p->best);
        n++;
    }
    return n;
}

/* The best one is good, unless it had to be corrected, and those at the last place are not; of
 * those between nobody says which they are. */
static size_t add_placed(struct point *p)
{
    size_t n = 0, places = json_array_size(lw_talk_order(p->value, p->id));
    for (size_t i = 0; i < p->seen.nresponses && p->seen.nresponses > 1; i++) {
        size_t place = place_of(p, &p->seen.response[i]);
        if (place > 0 && place + 1 < places) {
            lw_export_lose(p->x, LW_LOSS_BETWEEN);
            continue;
        }
        p->x->format->one(p->x, &p->seen, &p->seen.response[i], place == 0 && !p->corrected.text.s);
        n++;
    }
    return n;
}

static size_t add_ones(struct point *p)
{
    size_t n = add_placed(p);
    if (!p->corrected.text.s)
        return n;
    if (p->seen.nresponses == 1)
        p->x->format->one(p->x, &p->seen, p->best, false);
    p->x->format->one(p->x, &p->seen, &p->corrected, true);
    return n + 1;
}

static size_t add_last(struct point *p)
{
    p->x->format->one(p->x, &p->seen, p->corrected.text.s ? &p->corrected : p->best, true);
    return 1;
}

static size_t add_point(struct point *p, const char *id, bool last)
{
    const struct lw_export_format *f = p->x->format;
    move_to(p, id);
    find_correction(p);
    bool imitate = f->one && f->good_only;
    if (!p->best || (imitate && !last) ||
        (!imitate && p->seen.nresponses < 2 && !p->corrected.text.s))
        return 0;
    if (!f->accepts(p->x, &p->seen))
        return 0;
    return imitate ? add_last(p) : f->pair ? add_pairs(p) : add_ones(p);
}

/* Those of branches that the talk did not end in. */
static void lose_branches(struct point *p, const json_t *path)
{
    json_t *m;
    size_t i, all = json_array_size(json_object_get(p->value, "messages")), kept = 0;
    json_array_foreach(path, i, m)
    {
        json_t *replies = lw_talk_replies(p->value, json_string_value(json_object_get(m, "id")));
        kept += json_array_size(replies) + !lw_talk_is_reply(m);
        json_decref(replies);
    }
    json_array_foreach(json_object_get(p->value, "messages"), i, m) kept +=
        json_object_get(m, "of") != NULL;
    for (; kept < all; kept++)
        lw_export_lose(p->x, LW_LOSS_BRANCH);
}

void lw_export_talk(struct lw_export_state *x, struct lw_task *t, const json_t *answers)
{
    const struct lw_talk_rules *r = x->question->talk;
    const json_t *value = json_object_get(answers, x->question->name);
    struct point p = {
        .x = x, .whole = t, .value = value, .answers = answers, .goes_on = r && r->goes_on};
    json_t *path = lw_talk_path(value), *m;
    size_t i, end = json_array_size(path), n = p.goes_on ? add_point(&p, NULL, end == 0) : 0;
    json_array_foreach(path, i, m) if (!lw_talk_is_reply(m)) n +=
        add_point(&p, json_string_value(json_object_get(m, "id")), i + 1 == end);
    if (n == 0)
        lw_export_lose(x, LW_LOSS_NO_CHOICE);
    lose_branches(&p, path);
    json_decref(path);
}
