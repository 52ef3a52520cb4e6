/* Slots and answers in words, for people: "B correct", "A some". Built from plain values, so that
 * the list can describe tasks that are not on the screen. Values in files are in answers/. */
#include "sitting/sitting_internal.h"

#include "labelwright/project/spans.h"
#include "labelwright/project/talk.h"
#include "labelwright/project/task_target.h"

#include <stdlib.h>
#include <string.h>

static char letter(const struct lw_answered *a, int response)
{
    for (size_t i = 0; i < a->task->nresponses; i++)
        if (a->order[i] == response)
            return (char)('A' + (i < 26 ? i : 25));
    return '?';
}

static void lower_first(struct lw_buf *b, size_t at)
{
    char *c = b->data + at;
    bool word = c[0] >= 'A' && c[0] <= 'Z' && !(c[1] >= 'A' && c[1] <= 'Z');
    if (word)
        c[0] = (char)(c[0] - 'A' + 'a');
}

/* Which item it is about, where there are several: "B ", "Step 3 ", "B step 3 ". */
static void add_item(const struct lw_answered *a, struct lw_slot slot, struct lw_buf *to)
{
    enum lw_target on = a->project->question[slot.question].on;
    int response = lw_slot_response(a->project, a->task, slot);
    bool several = response >= 0 && a->task->nresponses > 1;
    if (several)
        lw_buf_fmt(to, "%c ", letter(a, response));
    if (on == LW_ON_TURN)
        lw_buf_fmt(to, LW_MSG_TURN_OF, slot.item + 1);
    if (on == LW_ON_SPAN)
        lw_buf_fmt(to, several ? LW_MSG_SPAN_OF_LETTER : LW_MSG_SPAN_OF, slot.item + 1);
    if (on != LW_ON_STEP)
        return;
    const struct lw_task_step *step = &a->task->step[slot.item];
    lw_buf_fmt(to, several ? LW_MSG_STEP_OF_LETTER : LW_MSG_STEP_OF, step->number);
    if (step->other > 0)
        lw_buf_fmt(to, LW_MSG_WORDING_OF, step->other);
}

void lw_label_with_letter(char letter, const char *label, struct lw_buf *to)
{
    lw_buf_fmt(to, "%c ", letter);
    size_t at = to->len;
    lw_buf_str(to, label);
    lower_first(to, at);
}

void lw_answered_slot_label(const struct lw_answered *a, struct lw_slot slot, struct lw_buf *to)
{
    const char *label = a->project->question[slot.question].label;
    size_t begin = to->len;
    add_item(a, slot, to);
    size_t at = to->len;
    lw_buf_str(to, label);
    if (at > begin)
        lower_first(to, at);
}

static void item_words(const struct lw_answered *a, struct lw_slot slot, struct lw_buf *to)
{
    enum lw_target on = a->project->question[slot.question].on;
    int response = lw_slot_response(a->project, a->task, slot);
    bool several = response >= 0 && a->task->nresponses > 1;
    lw_buf_str(to, lw_target_name(on));
    if (on == LW_ON_TURN || on == LW_ON_SPAN)
        lw_buf_fmt(to, " %d", slot.item + 1);
    if (on == LW_ON_SPAN && several)
        lw_buf_fmt(to, LW_MSG_ITEM_OF_LETTER, letter(a, response));
    if (on == LW_ON_RESPONSE && several)
        lw_buf_fmt(to, " %c", letter(a, response));
    if (on != LW_ON_STEP)
        return;
    const struct lw_task_step *step = &a->task->step[slot.item];
    lw_buf_fmt(to, " %zu", step->number);
    if (several)
        lw_buf_fmt(to, LW_MSG_ITEM_OF_LETTER, letter(a, response));
    if (step->other > 0)
        lw_buf_fmt(to, LW_MSG_ITEM_WORDING, step->other);
}

static const char *option_label(const struct lw_question *q, const json_t *value)
{
    const char *path = json_string_value(value);
    const struct lw_option *o = path ? lw_option_find(q, path) : NULL;
    return o ? o->label : path ? path : "?";
}

static void compare_words(const struct lw_answered *a, const json_t *value, struct lw_buf *to)
{
    static const char *const how[LW_STRENGTH_MAX + 1] = {
        "", LW_MSG_STRENGTH_1, LW_MSG_STRENGTH_2, LW_MSG_STRENGTH_3};
    const char *better = json_string_value(json_object_get(value, "better"));
    json_int_t strength = json_integer_value(json_object_get(value, "strength"));
    if (!better || strength < 1 || strength > LW_STRENGTH_MAX) {
        lw_buf_str(to, LW_MSG_TIE);
        return;
    }
    for (size_t i = 0; i < a->task->nresponses; i++)
        if (strcmp(a->task->response[i].id, better) == 0)
            lw_buf_fmt(to, "%c %s", letter(a, (int)i), how[strength]);
}

enum { RANK_MOST = 200 /* bytes: as many as anybody reads */ };

/* "A = C", or "A, C". */
static void ids_words(
    const struct lw_answered *a, const json_t *ids, const char *sep, struct lw_buf *to)
{
    for (size_t i = 0; i < json_array_size(ids) && to->len < RANK_MOST; i++) {
        const char *id = json_string_value(json_array_get(ids, i));
        lw_buf_fmt(
            to, "%s%c", i ? sep : "", letter(a, lw_target_find(LW_ON_RESPONSE, a->task, id)));
    }
}

static void order_words(const struct lw_answered *a, const json_t *value, struct lw_buf *to)
{
    const json_t *order = json_object_get(value, "order");
    for (size_t i = 0; i < json_array_size(order) && to->len < RANK_MOST; i++) {
        lw_buf_str(to, i ? LW_MSG_RANK_BELOW : "");
        ids_words(a, json_array_get(order, i), LW_MSG_RANK_TIED, to);
    }
    lw_buf_str(to, to->len >= RANK_MOST ? " …" : "");
}

static void rank_words(const struct lw_answered *a, const json_t *value, struct lw_buf *to)
{
    const json_t *rest = json_object_get(value, "not_rankable");
    size_t begin = to->len;
    order_words(a, value, to);
    if (json_array_size(rest) > 0) {
        lw_buf_fmt(to, "%s" LW_MSG_RANK_NOT, to->len > begin ? ", " : "");
        ids_words(a, rest, ", ", to);
    }
}

static void tag_words(const struct lw_question *q, const json_t *value, struct lw_buf *to)
{
    size_t i;
    json_t *tag;
    json_array_foreach(value, i, tag)
    {
        if (i > 0)
            lw_buf_str(to, ", ");
        lw_buf_str(to, option_label(q, tag));
    }
}

/* "2 supported, 1 opinion", in the order of the options: of spans or boxes. */
static void span_words(const struct lw_question *q, const json_t *value, struct lw_buf *to)
{
    size_t *n = lw_alloc((q->noptions + 1) * sizeof *n), i, k, begin = to->len;
    const json_t *tags;
    json_t *tag;
    for (i = 0; (tags = lw_spans_tags(value, i)) != NULL; i++)
        json_array_foreach(tags, k, tag)
        {
            const struct lw_option *o = lw_option_find(q, json_string_value(tag));
            n[o ? (size_t)(o - q->option) : q->noptions]++;
        }
    for (i = 0; i <= q->noptions; i++)
        if (n[i] > 0)
            lw_buf_fmt(to, "%s%zu %s", to->len > begin ? ", " : "", n[i],
                i < q->noptions ? q->option[i].label : "?");
    free(n);
}

static void text_words(const json_t *value, struct lw_buf *to)
{
    struct lw_span text = lw_text_of(value);
    const char *end = text.n ? memchr(text.s, '\n', text.n) : NULL;
    if (lw_edit_is_open(value))
        lw_buf_str(to, LW_MSG_TEXT_OPEN);
    lw_buf_add(to, text.s, end ? (size_t)(end - text.s) : text.n);
    if (end)
        lw_buf_str(to, " …");
}

static const char *edit_word(const json_t *value)
{
    if (lw_edit_is_open(value))
        return LW_MSG_EDIT_OPEN;
    return lw_edit_is_same(value) ? LW_MSG_EDIT_SAME : LW_MSG_EDIT_DONE;
}

static void talk_words(const struct lw_answered *a, const json_t *value, struct lw_buf *to)
{
    size_t turns = lw_talk_turns(value), live = lw_talk_live(value);
    const char *best = lw_talk_best(value, lw_talk_at(value));
    int response = best ? lw_target_find(LW_ON_RESPONSE, a->task, best) : -1;
    lw_buf_fmt(to, LW_MSG_TALK_WORDS, turns, turns == 1 ? "" : "s");
    if (live > 0)
        lw_buf_fmt(to, LW_MSG_TALK_WORDS_LIVE, live, live == 1 ? "y" : "ies");
    if (response >= 0 && a->task->nresponses > 1)
        lw_buf_fmt(to, LW_MSG_TALK_WORDS_BEST, letter(a, response));
    if (lw_talk_typed(value).n > 0)
        lw_buf_str(to, LW_MSG_TALK_WORDS_TYPED);
}

static void value_words(const struct lw_answered *a, const struct lw_question *q,
    const json_t *value, struct lw_buf *to)
{
    switch (q->type) {
    case LW_Q_RATING:
        lw_buf_fmt(to, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        break;
    case LW_Q_CHOICE:
        lw_buf_str(to, option_label(q, value));
        break;
    case LW_Q_TAGS:
        tag_words(q, value, to);
        break;
    case LW_Q_SPANS:
    case LW_Q_BOXES:
        span_words(q, value, to);
        break;
    case LW_Q_COMPARE:
        compare_words(a, value, to);
        break;
    case LW_Q_RANK:
        lw_buf_str(to, lw_edit_is_open(value) ? LW_MSG_TEXT_OPEN : "");
        rank_words(a, value, to);
        break;
    case LW_Q_EDIT:
        lw_buf_str(to, edit_word(value));
        break;
    case LW_Q_TALK:
        talk_words(a, value, to);
        break;
    default:
        text_words(value, to);
    }
}

void lw_answered_describe(const struct lw_answered *a, struct lw_slot slot, struct lw_buf *to)
{
    const json_t *value = lw_answer_get(a->project, a->task, a->answers, slot);
    if (value)
        value_words(a, &a->project->question[slot.question], value, to);
}

/* ---- who speaks */

const char *lw_speaker_name(const char *role)
{
    static const char *const names[][2] = {{"user", "User"}, {"assistant", "Assistant"},
        {"system", "System"}, {"tool", "Tool"}, {LW_TALK_BRIEF, "Brief"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(role, names[i][0]) == 0)
            return names[i][1];
    return role;
}

/* ---- the task on the screen */

static struct lw_answered on_screen(const struct lw_sitting *s)
{
    return (struct lw_answered){s->view.opts.project, s->view.task, s->view.order, s->view.answers};
}

char lw_sitting_letter(const struct lw_sitting *s, int response)
{
    struct lw_answered a = on_screen(s);
    return letter(&a, response);
}

void lw_sitting_describe_item(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    struct lw_answered a = on_screen(s);
    item_words(&a, slot, to);
}

void lw_sitting_slot_label(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    struct lw_answered a = on_screen(s);
    lw_answered_slot_label(&a, slot, to);
}

void lw_sitting_describe_answer(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    struct lw_answered a = on_screen(s);
    lw_answered_describe(&a, slot, to);
}

void lw_sitting_describe_suggestion(
    const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    struct lw_answered a = on_screen(s);
    const json_t *value = lw_suggestion_left(a.project, a.task, a.answers, slot);
    if (value)
        value_words(&a, lw_slot_question(s, slot), value, to);
}

void lw_sitting_describe_default(const struct lw_sitting *s, struct lw_slot slot, struct lw_buf *to)
{
    struct lw_answered a = on_screen(s);
    const json_t *value = lw_preset_left(a.project, a.task, a.answers, slot);
    if (value)
        value_words(&a, lw_slot_question(s, slot), value, to);
}

void lw_sitting_describe_ranking(const struct lw_sitting *s, bool whole, struct lw_buf *to)
{
    struct lw_answered a = on_screen(s);
    struct lw_slot slot = s->view.slot[s->view.focus];
    (whole ? rank_words : order_words)(&a, lw_answer_get(a.project, a.task, a.answers, slot), to);
}
