/* Rankings: which response a key, an arrow or a typed line places, and what is said of it. Makes
 * values only; the draft is changed, and the focus moves on, in answering.c. */
#include "sitting/sitting_internal.h"

#include <ctype.h>
#include <string.h>

static const json_t *value_at(const struct lw_sitting *s, struct lw_slot slot)
{
    return lw_answer_get(s->view.opts.project, s->view.task, s->view.answers, slot);
}

static const json_t *focused_value(const struct lw_sitting *s)
{
    return value_at(s, s->view.slot[s->view.focus]);
}

static const struct lw_question *focused_question(const struct lw_sitting *s)
{
    return lw_slot_question(s, s->view.slot[s->view.focus]);
}

static const char *shown_id(const struct lw_sitting *s, size_t place)
{
    return s->view.task->response[s->view.order[place]].id;
}

static char letter_of(const struct lw_sitting *s, const char *id)
{
    size_t i = 0;
    while (i + 1 < s->view.task->nresponses && strcmp(shown_id(s, i), id) != 0)
        i++;
    return lw_sitting_letter(s, s->view.order[i]);
}

static bool is_complete(const json_t *value)
{
    return value && !lw_edit_is_open(value);
}

static bool has_order(const json_t *value)
{
    return json_array_size(json_object_get(value, "order")) > 0;
}

/* ---- placing one */

/* The last one left needs no key, unless its key is what submits the task. */
static json_t *place_last(struct lw_sitting *s, const struct lw_question *q, json_t *value)
{
    const char *last = lw_rank_last(s->view.task, value);
    if (!last || s->view.opts.project->advance_auto)
        return value;
    s->placed_at = lw_sitting_now(s);
    s->placed_slot = s->view.slot[s->view.focus];
    s->placed_id = last;
    json_t *whole = lw_rank_place(q, s->view.task, value, last);
    json_decref(value);
    return whole;
}

json_t *lw_ranking_place(struct lw_sitting *s, size_t place)
{
    const struct lw_question *q = focused_question(s);
    const json_t *value = focused_value(s);
    size_t n = s->view.task->nresponses;
    s->placed_at = 0;
    if (place >= n) {
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_RANK_RANGE, q->label, n < 10 ? n : (size_t)10);
        return NULL;
    }
    const char *id = shown_id(s, place);
    if (is_complete(value)) /* a new one begins */
        value = NULL;
    if (lw_rank_has(value, id)) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_RANK_PLACED, letter_of(s, id));
        return NULL;
    }
    return place_last(s, q, lw_rank_place(q, s->view.task, value, id));
}

bool lw_ranking_repeats(struct lw_sitting *s, int digit)
{
    if (!s->placed_at || lw_sitting_now(s) - s->placed_at >= LW_NUMBER_MS)
        return false;
    size_t place = digit == 0 ? 9 : (size_t)digit - 1;
    if (place >= s->view.task->nresponses || strcmp(shown_id(s, place), s->placed_id) != 0)
        return false;
    s->placed_at = 0;
    lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_RANK_REPEATED, letter_of(s, s->placed_id));
    return true;
}

/* ---- ties, and what cannot be ranked */

static const char *refusal(const struct lw_question *q, const json_t *value, enum lw_rank_next next)
{
    if (is_complete(value))
        return LW_MSG_RANK_COMPLETE;
    if (next == LW_RANK_TIED && q->best_worst)
        return LW_MSG_RANK_UNTIED;
    return next == LW_RANK_TIED && !has_order(value) ? LW_MSG_RANK_NO_FIRST : NULL;
}

json_t *lw_ranking_expect(struct lw_sitting *s, enum lw_rank_next next)
{
    const struct lw_question *q = focused_question(s);
    const json_t *value = focused_value(s);
    const char *why = refusal(q, value, next);
    if (why) {
        lw_sitting_notify(s, LW_TONE_INFO, "%s: %s", q->label, why);
        return NULL;
    }
    return value && lw_rank_next(value) == next ? lw_rank_place_rest(s->view.task, value)
                                                : lw_rank_expect(value, next);
}

json_t *lw_ranking_replace_last(struct lw_sitting *s, enum lw_rank_next next)
{
    const struct lw_question *q = lw_slot_question(s, s->placed_slot);
    json_t *to = NULL;
    if (next != LW_RANK_TIED || !q->best_worst)
        to = lw_rank_replace_last(q, s->view.task, value_at(s, s->placed_slot), next);
    if (!to)
        lw_sitting_notify(s, LW_TONE_INFO, "%s: %s", q->label,
            q->best_worst ? LW_MSG_RANK_UNTIED : LW_MSG_RANK_NO_FIRST);
    return to;
}

/* ---- arrows */

void lw_ranking_step(struct lw_sitting *s, int by)
{
    const json_t *value = focused_value(s);
    int n = (int)s->view.task->nresponses, at = s->view.candidate;
    if (is_complete(value)) {
        lw_sitting_notify(
            s, LW_TONE_INFO, "%s: %s", focused_question(s)->label, LW_MSG_RANK_COMPLETE);
        return;
    }
    at = at < 0 ? (by > 0 ? 0 : n - 1) : (at + by + n) % n;
    for (int tried = 0; tried < n && lw_rank_has(value, shown_id(s, (size_t)at)); tried++)
        at = (at + by + n) % n;
    s->view.candidate = at;
    lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_RANK_SPACE, lw_sitting_letter(s, s->view.order[at]));
}

/* ---- a typed line: "B A=C *D", or digits for letters */

/* The place that a letter or a number names; moves past it. SIZE_MAX for none. */
static size_t place_typed(const char **at, const char *end, size_t n)
{
    size_t place = SIZE_MAX;
    if (isalpha((unsigned char)**at))
        return (size_t)(tolower((unsigned char)*(*at)++) - 'a');
    for (size_t number = 0; *at < end && isdigit((unsigned char)**at) && number < n;) {
        number = number * 10 + (size_t)(*(*at)++ - '0');
        place = number - 1;
        if (n < 10) /* each digit is one */
            break;
    }
    return place;
}

/* Places what the line names, one after the other; NULL where it names none, or one twice. */
static json_t *parse(
    const struct lw_sitting *s, const struct lw_question *q, const char *line, size_t len)
{
    json_t *value = lw_rank_expect(NULL, LW_RANK_BELOW);
    const char *at = line, *end = line + len;
    while (value && at < end) {
        json_t *to = NULL;
        if (strchr(" ,>\t", *at)) {
            at++;
            continue;
        }
        if (*at == '=' || *at == '*') {
            if (*at == '*' || (has_order(value) && !q->best_worst))
                to = lw_rank_expect(value, *at == '*' ? LW_RANK_NOT : LW_RANK_TIED);
            at++;
        } else {
            size_t place = place_typed(&at, end, s->view.task->nresponses);
            if (place < s->view.task->nresponses && !lw_rank_has(value, shown_id(s, place)))
                to = lw_rank_place(q, s->view.task, value, shown_id(s, place));
        }
        json_decref(value);
        value = to;
    }
    return value;
}

json_t *lw_ranking_parse(struct lw_sitting *s, const char *line, size_t len)
{
    const struct lw_question *q = focused_question(s);
    json_t *value = parse(s, q, line, len);
    const char *last = value ? lw_rank_last(s->view.task, value) : NULL;
    if (last) {
        json_t *whole = lw_rank_place(q, s->view.task, value, last);
        json_decref(value);
        value = whole;
    }
    if (is_complete(value))
        return value;
    lw_sitting_notify(
        s, LW_TONE_WARNING, q->best_worst ? LW_MSG_RANK_LINE_BEST : LW_MSG_RANK_LINE, q->label);
    json_decref(value);
    return NULL;
}

/* ---- what is said */

void lw_ranking_notify(struct lw_sitting *s)
{
    const struct lw_question *q = focused_question(s);
    const json_t *value = focused_value(s);
    struct lw_buf words = {0};
    lw_sitting_describe_ranking(s, true, &words);
    enum lw_rank_next next = lw_rank_next(value);
    lw_sitting_notify(s, LW_TONE_INFO, "%s: %s%s%s", q->label, words.len ? words.data : "",
        words.len ? ". " : "",
        next == LW_RANK_TIED  ? LW_MSG_RANK_WHICH_TIED
        : next == LW_RANK_NOT ? LW_MSG_RANK_WHICH_NOT
        : !q->best_worst      ? LW_MSG_RANK_WHICH_NEXT
        : has_order(value)    ? LW_MSG_RANK_WHICH_WORST
                              : LW_MSG_RANK_WHICH_BEST);
    lw_buf_fini(&words);
}
