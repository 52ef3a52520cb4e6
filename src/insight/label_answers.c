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
    size_t next;         /* the question that is looked at first */
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
    uint64_t hash = lw_insight_hash_word(LW_HASH_START, r->question);
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

/* Behind an object whose members were gone through; NULL when it does not end there. */
static const char *behind(const char *at, const char *end)
{
    if (end - at >= 2 && at[0] == '{' && at[1] == '}')
        return at + 2;
    return at < end && *at == '}' ? at + 1 : NULL;
}

static void add_winner(
    struct answer_reader *r, struct piece id, const struct lw_member *strength, uint32_t place)
{
    add_response(r, id);
    if (strength->value) {
        lw_buf_char(r->text, ' ');
        lw_buf_add(r->text, strength->value, strength->value_len);
    }
    add_mark(r, place, place_of(r, id) ? (int64_t)place_of(r, id) : -1);
}

static const char *read_compare(struct answer_reader *r, const struct lw_member *m, uint32_t place)
{
    struct lw_member better = {0}, strength = {0}, x;
    const char *at = m->value;
    while (lw_member_next(&at, r->end, &x))
        if (lw_member_is(&x, "better"))
            better = x;
        else if (lw_member_is(&x, "strength"))
            strength = x;
    if (better.value && better.value[0] == '"') {
        add_winner(r, (struct piece){better.value + 1, better.value_len - 2}, &strength, place);
    } else if (better.value) {
        lw_buf_str(r->text, "tie");
        add_mark(r, place, 0);
    }
    return behind(at, r->end);
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

/* The value, whose member is open; returns where it ends, NULL when it has no end. */
static const char *read_value(struct answer_reader *r, struct lw_member *m, uint32_t place)
{
    static void (*const read[])(struct answer_reader *, const struct lw_member *, uint32_t) = {
        [LW_Q_RATING] = read_rating,
        [LW_Q_CHOICE] = read_choice,
        [LW_Q_TAGS] = read_tags,
        [LW_Q_RANK] = read_rank,
    };
    enum lw_qtype type = r->s->question[r->question].type;
    const char *at = m->value;
    lw_buf_clear(r->text);
    if (type == LW_Q_COMPARE)
        return read_compare(r, m, place);
    if (!lw_member_close(&at, r->end, m))
        return NULL;
    read[type](r, m, place);
    return at;
}

/* ---- all answers of a label */

/* Answers about single responses go in the order shown, others as the journal has them. */
static const char *read_items(struct answer_reader *r, const struct lw_member *m, bool responses)
{
    struct lw_member item;
    uint32_t n = 0;
    const char *at = m->value;
    while (at && lw_member_open(&at, r->end, &item)) {
        uint32_t place = responses ? place_of(r, (struct piece){item.key, item.key_len}) : 0;
        n++;
        at = read_value(r, &item, place ? place : n + (responses ? (uint32_t)r->nshown : 0));
    }
    return at ? behind(at, r->end) : NULL;
}

/* Answers come mostly in the order of the questions: the next one is looked at first. */
static size_t question_at(struct answer_reader *r, const struct lw_member *m)
{
    const struct lw_project *p = r->s->asked[r->label->asked].project;
    size_t i = r->next, n = p->nquestions;
    for (size_t tried = 0; tried < n; tried++, i++) {
        i = i < n ? i : 0;
        if (lw_member_is(m, p->question[i].name)) {
            r->next = i + 1;
            return i;
        }
    }
    return n;
}

/* The answer, whose member is open; returns where it ends. */
static const char *read_answer(struct answer_reader *r, struct lw_member *m)
{
    const struct lw_asked_block *a = &r->s->asked[r->label->asked];
    const char *at = m->value;
    size_t i = question_at(r, m);
    bool counts = i < a->project->nquestions && a->question[i] != UINT32_MAX && at < r->end;
    enum lw_target on = counts ? a->project->question[i].on : LW_ON_TASK;
    bool items = on != LW_ON_TASK && on != LW_ON_PROMPT;
    r->question = counts ? a->question[i] : 0;
    if (counts && !items)
        return read_value(r, m, 0);
    if (counts && *at == '{')
        return read_items(r, m, on == LW_ON_RESPONSE);
    return lw_member_close(&at, r->end, m) ? at : NULL;
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
    uint64_t hash = LW_HASH_START;
    for (size_t i = 0; i < label->n; i++)
        hash = lw_insight_hash_word(hash, (uint64_t)mark[i].given << 32 | mark[i].place);
    label->pattern = lw_intern(&s->pattern_numbers, hash, &is_new);
    if (!is_new)
        return;
    s->pattern_label = lw_grow(s->pattern_label, s->pattern_numbers.cap, sizeof *s->pattern_label);
    s->pattern_label[label->pattern] = (uint32_t)(label - s->label);
}

const char *lw_insight_read_answers(
    struct lw_insight *s, struct lw_label_facts *label, const struct lw_labeled_text *from)
{
    struct answer_reader r;
    struct lw_member m;
    const char *at = from->answers.value;
    r.s = s;
    r.label = label;
    r.end = from->end;
    r.text = &s->text;
    r.nshown = r.next = 0;
    if (from->order.value)
        read_order(&r, &from->order);
    while (at && lw_member_open(&at, from->end, &m))
        at = read_answer(&r, &m);
    set_pattern(s, label);
    return at ? behind(at, from->end) : NULL;
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
