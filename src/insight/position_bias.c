/* Whether the place of a response decides: how often the one shown first wins a comparison or a
 * ranking, and how its ratings differ from those of the others in the same label. */
#include "insight/insight_internal.h"

#include <math.h>
#include <stdlib.h>

/* The sums of one question. */
struct position_sums {
    uint64_t first, decided, ties;
    double by_chance; /* sum of 1 / responses over the decided ones */
    double *difference;
    size_t ndifferences, cap_differences;
    double place_sum[LW_PLACES];
    uint64_t place_n[LW_PLACES];
    uint64_t shown[LW_PLACES + 1]; /* labels by how many responses they had */
};

static void count_winner(struct position_sums *p, int64_t winner, uint32_t shown)
{
    if (winner < 0 || shown < 2)
        return;
    p->shown[shown < LW_PLACES ? shown : LW_PLACES]++;
    if (winner == 0) {
        p->ties++;
        return;
    }
    p->decided++;
    p->first += winner == 1;
    p->by_chance += 1.0 / shown;
}

static void add_difference(struct position_sums *p, double d)
{
    p->difference =
        lw_insight_room(p->difference, p->ndifferences, &p->cap_differences, sizeof *p->difference);
    p->difference[p->ndifferences++] = d;
}

/* Only where every response that was shown has a rating. */
static void count_ratings(struct position_sums *p, const struct lw_insight *s,
    const struct lw_label_facts *label, size_t question)
{
    double first = 0, others = 0;
    uint32_t n = 0, shown = label->shown;
    for (size_t i = 0; i < label->n; i++) {
        const struct lw_mark_given *m = &s->mark[label->first + i];
        if (s->given[m->given].question != question || m->place < 1 || m->place > shown)
            continue;
        n++;
        *(m->place == 1 ? &first : &others) += (double)s->given[m->given].number;
    }
    if (n < 2 || n != shown)
        return;
    p->shown[shown < LW_PLACES ? shown : LW_PLACES]++;
    add_difference(p, first - others / (n - 1));
    for (size_t i = 0; i < label->n; i++) {
        const struct lw_mark_given *m = &s->mark[label->first + i];
        if (s->given[m->given].question != question || m->place > LW_PLACES)
            continue;
        p->place_sum[m->place - 1] += (double)s->given[m->given].number;
        p->place_n[m->place - 1]++;
    }
}

static void count_question(struct position_sums *p, const struct lw_counted *c, size_t question)
{
    enum lw_qtype type = c->s->question[question].type;
    for (size_t i = 0; i < c->n; i++) {
        const struct lw_label_facts *label = c->v[i].label;
        if (type == LW_Q_RATING) {
            count_ratings(p, c->s, label, question);
            continue;
        }
        for (size_t k = 0; k < label->n; k++) {
            const struct lw_given *g = &c->s->given[c->s->mark[label->first + k].given];
            if (g->question == question)
                count_winner(p, g->number, label->shown);
        }
    }
}

static size_t usual_places(const struct position_sums *p)
{
    size_t most = 2;
    for (size_t i = 2; i <= LW_PLACES; i++)
        most = p->shown[i] > p->shown[most] ? i : most;
    return most;
}

static void set_ratings(struct lw_position_bias *b, const struct position_sums *p)
{
    enum { SEED = 1 };
    b->difference = lw_mean_of(p->difference, p->ndifferences, SEED);
    double error = b->difference.sd / sqrt((double)p->ndifferences);
    double z = error > 0 ? b->difference.mean / error : b->difference.mean == 0 ? 0 : HUGE_VAL;
    b->verdict = lw_chance_of_z(p->ndifferences, z);
    if (b->verdict == LW_CHANCE_EXPLAINS || b->verdict == LW_CHANCE_SELDOM)
        b->verdict = b->difference.at95.low <= 0 && b->difference.at95.high >= 0
                         ? LW_CHANCE_EXPLAINS
                         : LW_CHANCE_SELDOM;
    for (size_t i = 0; i < b->places; i++)
        b->by_place[i] = p->place_n[i] ? p->place_sum[i] / (double)p->place_n[i] : NAN;
}

static void set_winners(struct lw_position_bias *b, const struct position_sums *p)
{
    double chance = p->decided ? p->by_chance / (double)p->decided : 0;
    b->first = lw_share_of(p->first, p->decided, chance);
    b->ties = p->ties;
    b->verdict = b->first.verdict;
}

void lw_report_positions(const struct lw_counted *c, struct lw_insight_report *r)
{
    for (size_t q = 0; q < c->s->nquestions; q++) {
        enum lw_qtype type = c->s->question[q].type;
        bool placed = type == LW_Q_COMPARE || type == LW_Q_RANK ||
                      (type == LW_Q_RATING && c->s->question[q].on == LW_ON_RESPONSE);
        struct position_sums p = {0};
        if (!placed || !lw_is_wanted(c, (uint32_t)q))
            continue;
        count_question(&p, c, q);
        struct lw_position_bias b = {
            .question = c->s->question[q].name, .type = type, .places = usual_places(&p)};
        if (type == LW_Q_RATING)
            set_ratings(&b, &p);
        else
            set_winners(&b, &p);
        if (p.ndifferences + p.decided + p.ties > 0) {
            r->position = lw_grow(r->position, r->npositions + 1, sizeof *r->position);
            r->position[r->npositions++] = b;
        }
        free(p.difference);
    }
}
