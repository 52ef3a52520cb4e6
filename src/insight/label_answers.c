/* Reads the answers of one label from its line: each becomes the number of an answer, the same for
 * all labels that have it, with the ids of responses turned into their places on the screen. So "A
 * is better" is one answer, whichever response was A. */
#include "insight/insight_internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SHOWN_MAX = 64 };

/* Strings as they stand in the text, without their quotes. */
struct piece {
    const char *s;
    size_t n;
};

struct answer_reader {
    struct lw_insight *s;
    struct lw_label_facts *label;
    const char *end;
    uint32_t question;   /* the one that is read */
    struct lw_buf *text; /* its answer for people */
    size_t nshown;
    struct piece shown[SHOWN_MAX]; /* the rest is not set: this is done for each label */
};

/* ---- lists */

/* The next string from *at on, before `end`, at any depth; *groups counts the brackets that were
 * closed before it. */
static bool next_string(const char **at, const char *end, struct piece *to, int *groups)
{
    const char *p = *at;
    for (; p < end && *p != '"'; p++)
        *groups += *p == ']';
    if (p >= end)
        return false;
    to->s = ++p;
    while (p < end && *p != '"')
        p += *p == '\\' ? 2 : 1;
    if (p >= end)
        return false;
    to->n = (size_t)(p - to->s);
    *at = p + 1;
    return true;
}

static void read_order(struct answer_reader *r, const struct lw_member *order)
{
    const char *at = order->value, *end = at + order->value_len;
    int groups = 0;
    while (r->nshown < SHOWN_MAX && next_string(&at, end, &r->shown[r->nshown], &groups))
        r->nshown++;
    r->label->shown = (uint32_t)r->nshown;
}

/* The place where this response was shown, from 1; 0 when it was not. */
static uint32_t place_of(const struct answer_reader *r, struct piece id)
{
    for (size_t i = 0; i < r->nshown; i++)
        if (r->shown[i].n == id.n && memcmp(r->shown[i].s, id.s, id.n) == 0)
            return (uint32_t)i + 1;
    return 0;
}

void lw_place_letter(uint32_t place, char to[16])
{
    if (place >= 1 && place <= 26)
        memcpy(to, (char[]){(char)('A' + place - 1), '\0'}, 2);
    else
        snprintf(to, 16, "%u", place);
}

/* Its letter, or its id where nothing was shown. */
static void add_response(struct answer_reader *r, struct piece id)
{
    char letter[16];
    uint32_t place = place_of(r, id);
    lw_place_letter(place, letter);
    if (place)
        lw_buf_str(r->text, letter);
    else
        lw_buf_add(r->text, id.s, id.n);
}

/* ---- marks */

/* The answer in r->text. */
static void add_mark(struct answer_reader *r, uint32_t place, int64_t number)
{
    struct lw_insight *s = r->s;
    bool is_new;
    uint64_t hash = lw_insight_hash(LW_HASH_START, &r->question, sizeof r->question);
    hash = lw_insight_hash(hash, r->text->data, r->text->len);
    uint32_t given = lw_intern(&s->given_numbers, hash, &is_new);
    if (is_new) {
        s->given = lw_grow(s->given, s->given_numbers.cap, sizeof *s->given);
        s->given[given] =
            (struct lw_given){.text = lw_strndup(r->text->data ? r->text->data : "", r->text->len),
                .question = r->question,
                .number = number};
    }
    s->mark = lw_insight_room(s->mark, s->nmarks, &s->cap_marks, sizeof *s->mark);
    s->mark[s->nmarks++] = (struct lw_mark_given){given, place};
    r->label->n++;
}

/* ---- one answer of each type */

static int64_t signed_number(const struct lw_member *m)
{
    struct lw_member digits = *m;
    bool less = m->value_len > 0 && m->value[0] == '-';
    digits.value += less;
    digits.value_len -= less;
    int64_t n = (int64_t)lw_member_u64(&digits);
    return less ? -n : n;
}

static void read_rating(struct answer_reader *r, const struct lw_member *m, uint32_t place)
{
    lw_buf_add(r->text, m->value, m->value_len);
    add_mark(r, place, signed_number(m));
}

static void read_choice(struct answer_reader *r, const struct lw_member *m, uint32_t place)
{
    size_t len;
    const char *plain = lw_member_plain(m, &len);
    char *unescaped = plain ? NULL : lw_member_text(m, &len);
    if (!plain && !unescaped)
        return;
    lw_buf_add(r->text, plain ? plain : unescaped, len);
    add_mark(r, place, 0);
    free(unescaped);
}

static void read_tags(struct answer_reader *r, const struct lw_member *m, uint32_t place)
{
    const char *at = m->value, *end = at + m->value_len;
    struct piece tag;
    int groups = 0;
    while (next_string(&at, end, &tag, &groups)) {
        lw_buf_str(r->text, r->text->len ? " + " : "");
        lw_buf_add(r->text, tag.s, tag.n);
    }
    lw_buf_str(r->text, r->text->len ? "" : "none");
    add_mark(r, place, 0);
}

static void read_compare(struct answer_reader *r, const struct lw_member *m, uint32_t place)
{
    struct lw_member better, strength;
    struct piece id = {0};
    if (!lw_member_find(m->value, r->end, "better", &better))
        return;
    if (better.value[0] != '"') {
        lw_buf_str(r->text, "tie");
        add_mark(r, place, 0);
        return;
    }
    id = (struct piece){better.value + 1, better.value_len - 2};
    add_response(r, id);
    if (lw_member_find(m->value, r->end, "strength", &strength)) {
        lw_buf_char(r->text, ' ');
        lw_buf_add(r->text, strength.value, strength.value_len);
    }
    add_mark(r, place, place_of(r, id) ? (int64_t)place_of(r, id) : -1);
}

/* {"order":[["b"],["a","c"]],"not_rankable":[]}: "B > A = C". */
static void read_rank(struct answer_reader *r, const struct lw_member *m, uint32_t place)
{
    struct lw_member order, none;
    struct piece id, best = {0};
    int groups = 0, before = 0, inside_first = 0;
    if (!lw_member_find(m->value, r->end, "order", &order))
        return;
    const char *at = order.value, *end = at + order.value_len;
    for (bool first = true; next_string(&at, end, &id, &groups); before = groups, first = false) {
        lw_buf_str(r->text, first ? "" : groups > before ? " > " : " = ");
        add_response(r, id);
        inside_first += groups == 0;
        best = first ? id : best;
    }
    bool partial = lw_member_find(m->value, r->end, "not_rankable", &none) && none.value_len > 2;
    uint32_t winner = best.s ? place_of(r, best) : 0;
    lw_buf_str(r->text, partial ? " (others not ranked)" : "");
    add_mark(r, place, partial || !winner ? -1 : inside_first > 1 ? 0 : (int64_t)winner);
}

static void read_value(struct answer_reader *r, const struct lw_member *m, uint32_t place)
{
    static void (*const read[])(struct answer_reader *, const struct lw_member *, uint32_t) = {
        [LW_Q_RATING] = read_rating,
        [LW_Q_CHOICE] = read_choice,
        [LW_Q_TAGS] = read_tags,
        [LW_Q_COMPARE] = read_compare,
        [LW_Q_RANK] = read_rank,
    };
    lw_buf_clear(r->text);
    read[r->s->question[r->question].type](r, m, place);
}

/* ---- all answers of a label */

/* Answers about single responses go in the order shown, others as the journal has them. */
static void read_items(struct answer_reader *r, const struct lw_member *m, bool responses)
{
    struct lw_member item;
    uint32_t n = 0;
    for (const char *at = m->value; lw_member_next(&at, r->end, &item);) {
        uint32_t place = responses ? place_of(r, (struct piece){item.key, item.key_len}) : 0;
        n++;
        read_value(r, &item, place ? place : n + (responses ? (uint32_t)r->nshown : 0));
    }
}

static void read_answer(struct answer_reader *r, const struct lw_member *m)
{
    const struct lw_asked_block *a = &r->s->asked[r->label->asked];
    size_t i = 0;
    while (i < a->project->nquestions && !lw_member_is(m, a->project->question[i].name))
        i++;
    if (i == a->project->nquestions || a->question[i] == UINT32_MAX)
        return;
    enum lw_target on = a->project->question[i].on;
    r->question = a->question[i];
    if (on == LW_ON_TASK || on == LW_ON_PROMPT)
        read_value(r, m, 0);
    else if (m->value_len > 0 && m->value[0] == '{')
        read_items(r, m, on == LW_ON_RESPONSE);
}

/* By place, so that equal answers make equal patterns whatever the order of their ids. */
static int compare_marks(const void *a, const void *b)
{
    const struct lw_mark_given *x = a, *y = b;
    return x->place != y->place ? (x->place > y->place) - (x->place < y->place)
                                : (x->given > y->given) - (x->given < y->given);
}

static bool in_order(const struct lw_mark_given *mark, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (compare_marks(&mark[i - 1], &mark[i]) > 0)
            return false;
    return true;
}

static void set_pattern(struct lw_insight *s, struct lw_label_facts *label)
{
    bool is_new;
    if (label->n == 0) /* and there may be no marks at all yet */
        return;
    struct lw_mark_given *mark = s->mark + label->first;
    if (!in_order(mark, label->n))
        qsort(mark, label->n, sizeof *mark, compare_marks);
    uint64_t hash = lw_insight_hash(LW_HASH_START, mark, label->n * sizeof *mark);
    label->pattern = lw_intern(&s->pattern_numbers, hash, &is_new);
    if (!is_new)
        return;
    s->pattern_label = lw_grow(s->pattern_label, s->pattern_numbers.cap, sizeof *s->pattern_label);
    s->pattern_label[label->pattern] = (uint32_t)(label - s->label);
}

void lw_insight_read_answers(
    struct lw_insight *s, struct lw_label_facts *label, const struct lw_labeled_text *from)
{
    struct answer_reader r;
    struct lw_member m;
    r.s = s;
    r.label = label;
    r.end = from->end;
    r.text = &s->text;
    r.nshown = 0;
    if (from->order.value)
        read_order(&r, &from->order);
    for (const char *at = from->answers.value; lw_member_next(&at, from->end, &m);)
        read_answer(&r, &m);
    set_pattern(s, label);
}

/* ---- for people */

static void describe_mark(const struct lw_insight *s, const struct lw_mark_given *m,
    const struct lw_given **before, struct lw_buf *to)
{
    const struct lw_given *g = &s->given[m->given];
    const struct lw_asked_question *q = &s->question[g->question];
    char letter[16];
    bool goes_on = *before && (*before)->question == g->question;
    if (!goes_on)
        lw_buf_fmt(to, "%s%s", *before ? ", " : "", q->name);
    *before = g;
    lw_buf_char(to, ' ');
    lw_place_letter(m->place, letter);
    if (m->place && q->on == LW_ON_RESPONSE)
        lw_buf_fmt(to, "%s ", letter);
    lw_buf_str(to, g->text);
}

char *lw_insight_describe(const struct lw_insight *s, const struct lw_label_facts *label)
{
    struct lw_buf text = {0};
    const struct lw_given *before = NULL;
    for (size_t q = 0; q < s->nquestions; q++) /* marks are by place: question by question here */
        for (size_t i = 0; i < label->n; i++)
            if (s->given[s->mark[label->first + i].given].question == q)
                describe_mark(s, &s->mark[label->first + i], &before, &text);
    return lw_buf_detach(&text);
}
