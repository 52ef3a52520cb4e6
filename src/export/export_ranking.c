/* Rankings as preferences. Formats of pairs get every pair of two places, which is how reward
 * models are trained on rankings; formats of single responses get the best and the worst place,
 * since a ranking does not say whether those between them are good. */
#include "export/export_internal.h"

#include "labelwright/answers/answers.h"

#include <string.h>

enum { RANKED_MAX = 100 /* pairs grow with the square */ };

struct ranked {
    const struct lw_response *response[RANKED_MAX];
    size_t place[RANKED_MAX]; /* 0 is the best */
    size_t n, places;
};

/* False when there are too many, or one is not of this task. */
static bool read_ranking(const struct lw_task *t, const json_t *answer, struct ranked *to)
{
    const json_t *order = json_object_get(answer, "order");
    to->n = 0;
    to->places = json_array_size(order);
    for (size_t place = 0; place < to->places; place++) {
        const json_t *ids = json_array_get(order, place);
        for (size_t i = 0; i < json_array_size(ids); i++, to->n++) {
            const char *id = json_string_value(json_array_get(ids, i));
            if (to->n == RANKED_MAX || !id)
                return false;
            to->response[to->n] = lw_task_response(t, id);
            to->place[to->n] = place;
            if (!to->response[to->n])
                return false;
        }
    }
    return true;
}

static void add_pairs(struct lw_export_state *x, const struct lw_task *t, const struct ranked *r)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = i + 1; k < r->n; k++)
            if (r->place[i] == r->place[k])
                lw_export_lose(x, LW_LOSS_TIED_PAIR);
            else
                lw_export_pair(x, t, r->response[i], r->response[k]);
}

static void add_ends(struct lw_export_state *x, const struct lw_task *t, const struct ranked *r)
{
    for (size_t i = 0; i < r->n; i++) {
        bool best = r->place[i] == 0, worst = r->place[i] == r->places - 1;
        if (best || (worst && !x->format->good_only))
            x->format->one(x, t, r->response[i], best);
        else
            lw_export_lose(x, x->format->good_only ? LW_LOSS_WORSE : LW_LOSS_BETWEEN);
    }
}

void lw_export_ranking(struct lw_export_state *x, const struct lw_task *t, const json_t *answer)
{
    struct ranked r;
    bool well = read_ranking(t, answer, &r);
    if (!well || r.n < 2) {
        lw_export_lose(x, r.n == RANKED_MAX ? LW_LOSS_RANKED_MOST : LW_LOSS_NO_PAIR);
        return;
    }
    if (r.places < 2) {
        lw_export_lose(x, LW_LOSS_TIE);
        return;
    }
    if (!x->format->accepts(x, t))
        return;
    x->report->lost[LW_LOSS_UNRANKED] += json_array_size(json_object_get(answer, "not_rankable"));
    (x->format->pair ? add_pairs : add_ends)(x, t, &r);
}
