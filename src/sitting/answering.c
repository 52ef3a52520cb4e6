/* Answering: what digits, arrows, flags and texts do to the draft. Decides only: where an answer
 * submits the task (`advance: auto`), the decision says so. */
#include "sitting/sitting_internal.h"

#include "labelwright/sitting/talking.h"

#include <string.h>

static struct lw_slot focused(const struct lw_sitting *s)
{
    return s->view.slot[s->view.focus];
}

static const json_t *focused_answer(const struct lw_sitting *s)
{
    return lw_answer_get(s->view.opts.project, s->view.task, s->view.answers, focused(s));
}

/* What comes next: the question that the focus moved on to, one that is missing, or Enter. */
static void add_next(struct lw_sitting *s, bool moved, struct lw_buf *to)
{
    const struct lw_sitting_view *v = &s->view;
    struct lw_slot slot = {0, -1};
    struct lw_buf label = {0};
    if (moved)
        slot = focused(s);
    else if (!lw_answers_missing(v->opts.project, v->task, v->order, v->answers, &slot)) {
        lw_buf_str(to, LW_MSG_ENTER_SUBMITS);
        return;
    }
    lw_sitting_slot_label(s, slot, &label);
    lw_buf_fmt(to, moved ? LW_MSG_NEXT : LW_MSG_MISSING, label.data);
    lw_buf_fini(&label);
}

/* What the point of a scale means that was chosen; NULL where nobody said. */
static const char *point_name(const struct lw_sitting *s, struct lw_slot slot)
{
    const struct lw_sitting_view *v = &s->view;
    const struct lw_question *q = lw_slot_question(s, slot);
    const json_t *value = lw_answer_get(v->opts.project, v->task, v->answers, slot);
    bool rated = q->type == LW_Q_RATING && json_is_integer(value);
    return rated ? lw_scale_name(&q->scale, json_integer_value(value)) : NULL;
}

static void notify_answer(struct lw_sitting *s, struct lw_slot slot, bool moved)
{
    struct lw_buf text = {0}, label = {0}, words = {0};
    lw_sitting_slot_label(s, slot, &label);
    lw_sitting_describe_answer(s, slot, &words);
    bool ranked = lw_slot_question(s, slot)->type == LW_Q_RANK;
    struct lw_quota quota;
    bool full = lw_sitting_exceeds(s, slot, &quota);
    const char *name = point_name(s, slot);
    if (name)
        lw_buf_fmt(&words, LW_MSG_POINT_NAME, name);
    if (full)
        lw_buf_fmt(&text, LW_MSG_ANSWERED_FULL, label.data, words.data,
            (unsigned long long)quota.done, (unsigned long long)quota.wanted);
    else if (words.len > 0)
        lw_buf_fmt(&text, ranked ? LW_MSG_RANKED : LW_MSG_ANSWERED, label.data, words.data);
    else
        lw_buf_fmt(&text, LW_MSG_NO_ANSWER, label.data);
    if (s->placed_at && !lw_slot_question(s, slot)->best_worst)
        lw_buf_str(&text, LW_MSG_RANK_LAST);
    add_next(s, moved, &text);
    lw_sitting_notify(s, full ? LW_TONE_WARNING : LW_TONE_INFO, "%s", text.data);
    lw_buf_fini(&text);
    lw_buf_fini(&label);
    lw_buf_fini(&words);
}

/* Changes the answer of the focused slot (steals value; NULL removes it). This may change the
 * slots. */
static void change(struct lw_sitting *s, json_t *value, bool remember)
{
    lw_sitting_change_answer(s, focused(s), value, remember);
}

/* A talk goes on after what is asked about its replies: only an answer about all of it can be the
 * last. */
static bool may_go_on(const struct lw_sitting *s, const struct lw_question *q)
{
    return lw_sitting_talks(s) && q->on != LW_ON_TASK;
}

/* `advance: auto`: the last required answer submits, or the last question that `when` added. None
 * of those is skipped before it was asked. */
static bool is_last(struct lw_sitting *s, struct lw_slot slot)
{
    struct lw_slot missing;
    const struct lw_question *q = lw_slot_question(s, slot);
    return s->view.opts.project->advance_auto && (q->required || q->nwhen > 0) &&
           !may_go_on(s, q) &&
           !lw_answers_missing(
               s->view.opts.project, s->view.task, s->view.order, s->view.answers, &missing);
}

/* After the focused question was answered. */
static struct lw_decision advance(struct lw_sitting *s)
{
    struct lw_slot slot = focused(s);
    struct lw_quota quota;
    bool last = is_last(s, slot), reason = last && lw_sitting_focus_reason(s);
    if (last && !reason && !lw_sitting_exceeds(s, slot, &quota)) /* else it takes an Enter */
        return lw_act_submit(s, NULL);
    notify_answer(s, slot, reason || lw_sitting_focus_open(s, s->view.focus));
    return LW_STAY;
}

static struct lw_decision answer(struct lw_sitting *s, json_t *value)
{
    change(s, value, true);
    return advance(s);
}

/* A text that uncovered what comes next: nothing before it can be undone. */
static bool uncovers(struct lw_sitting *s, struct lw_slot slot)
{
    const struct lw_sitting_view *v = &s->view;
    bool settled = lw_answer_is_settled(v->opts.project, v->task, v->answers, slot);
    if (settled)
        lw_answer_history_clear(&s->history);
    return settled;
}

struct lw_decision lw_answering_give(struct lw_sitting *s, json_t *value)
{
    change(s, value, true);
    uncovers(s, focused(s));
    return advance(s);
}

/* Says so of the first choice that is one too many. */
static bool warn_of_full(const struct lw_sitting *s, struct lw_buf *to)
{
    struct lw_quota quota;
    struct lw_buf label = {0}, words = {0};
    size_t i = 0;
    while (i < s->view.nslots && !lw_sitting_exceeds(s, s->view.slot[i], &quota))
        i++;
    if (i == s->view.nslots)
        return false;
    lw_sitting_slot_label(s, s->view.slot[i], &label);
    lw_sitting_describe_answer(s, s->view.slot[i], &words);
    lw_buf_fmt(to, LW_MSG_ANSWERED_FULL " ", label.data, words.data, (unsigned long long)quota.done,
        (unsigned long long)quota.wanted);
    lw_buf_fini(&label);
    lw_buf_fini(&words);
    return true;
}

/* With `advance: auto` the last of them submits. */
struct lw_decision lw_answering_given(struct lw_sitting *s, size_t n, const char *what)
{
    struct lw_slot missing;
    struct lw_buf text = {0};
    for (size_t i = 0; i < s->view.nslots; i++)
        uncovers(s, s->view.slot[i]);
    bool moved = lw_sitting_focus_open(s, s->view.focus), full = warn_of_full(s, &text);
    if (!moved && !full && s->view.opts.project->advance_auto && !lw_sitting_talks(s) &&
        !lw_answers_missing(
            s->view.opts.project, s->view.task, s->view.order, s->view.answers, &missing))
        return lw_act_submit(s, NULL);
    lw_buf_fmt(&text, "%zu %s", n, what);
    add_next(s, moved, &text);
    lw_sitting_notify(s, full ? LW_TONE_WARNING : LW_TONE_INFO, "%s", text.data);
    lw_buf_fini(&text);
    return LW_STAY;
}

/* The n-th option (from 0) that is no heading; NULL when there are fewer. */
static const struct lw_option *nth_option(const struct lw_question *q, int64_t n)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (!q->option[i].group && n-- == 0)
            return &q->option[i];
    return NULL;
}

static struct lw_decision toggle(struct lw_sitting *s, const struct lw_option *o)
{
    struct lw_slot slot = focused(s);
    const json_t *old = focused_answer(s);
    json_t *tags = json_array(), *tag;
    bool had = false;
    size_t i;
    json_array_foreach(old, i, tag)
    {
        bool same = strcmp(json_string_value(tag), o->path) == 0;
        had = had || same;
        if (!same)
            json_array_append(tags, tag);
    }
    if (!had)
        json_array_append_new(tags, json_string(o->path));
    change(s, tags, true);
    notify_answer(s, slot, false);
    return LW_STAY;
}

static const char *shown_id(const struct lw_sitting *s, int place)
{
    return s->view.task->response[s->view.order[place]].id;
}

/* ---- numbers of several digits */

static void notify_off_scale(struct lw_sitting *s, const struct lw_question *q)
{
    if (q->scale.step > 1)
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_OFF_STEPS, q->label, (long long)q->scale.min,
            (long long)q->scale.max, (long long)q->scale.step);
    else
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_OFF_SCALE, q->label, (long long)q->scale.min,
            (long long)q->scale.max);
}

bool lw_answering_waits(const struct lw_sitting *s)
{
    return s->number_at && lw_scale_is_wide(&lw_slot_question(s, focused(s))->scale);
}

/* What another digit would do now. */
static void notify_number(struct lw_sitting *s, int64_t low, int64_t high)
{
    struct lw_buf text = {0}, label = {0};
    lw_sitting_slot_label(s, focused(s), &label);
    const char *name = s->number_answers ? point_name(s, focused(s)) : NULL;
    if (name)
        lw_buf_fmt(&text, LW_MSG_NUMBER_NAMED, label.data, (long long)s->number, name);
    else
        lw_buf_fmt(&text, s->number_answers ? LW_MSG_NUMBER_COUNTS : LW_MSG_NUMBER_SO_FAR,
            label.data, (long long)s->number);
    if (low == high)
        lw_buf_fmt(&text, LW_MSG_NUMBER_LAST, (int)(low % 10), (long long)low);
    else
        lw_buf_fmt(&text, LW_MSG_NUMBER_MORE, (long long)low, (long long)high);
    if (lw_answering_waits(s))
        lw_buf_str(&text, LW_MSG_NUMBER_ENTER);
    lw_sitting_notify(s, LW_TONE_INFO, "%s", text.data);
    lw_buf_fini(&text);
    lw_buf_fini(&label);
}

/* Answers with the number typed so far if it is on the scale; one undo removes all its digits.
 * False when the number is complete. */
static bool set_number(struct lw_sitting *s, const struct lw_question *q, int64_t number)
{
    int64_t low, high;
    if (lw_scale_has(&q->scale, number)) {
        change(s, json_integer(number), !s->number_answers);
        s->number_answers = true;
    }
    s->number = number;
    s->number_at = lw_scale_continues(&q->scale, number, &low, &high) ? lw_sitting_now(s) : 0;
    if (s->number_at)
        notify_number(s, low, high);
    return s->number_at != 0;
}

static bool continues(const struct lw_sitting *s, const struct lw_command *next)
{
    bool late = !lw_answering_waits(s) && lw_sitting_now(s) - s->number_at >= LW_NUMBER_MS;
    if (!next || next->id != LW_CMD_DIGIT || late)
        return false;
    const struct lw_scale *scale = &lw_slot_question(s, focused(s))->scale;
    int64_t number = s->number * 10 + next->number, low, high;
    bool inside = number >= scale->min && number <= scale->max; /* if no point, it is refused */
    return inside || lw_scale_continues(scale, number, &low, &high);
}

struct lw_decision lw_answering_end_number(struct lw_sitting *s, const struct lw_command *next)
{
    if (!s->number_at || continues(s, next))
        return LW_STAY;
    s->number_at = 0;
    if (s->number_answers)
        return advance(s);
    notify_off_scale(s, lw_slot_question(s, focused(s)));
    return LW_STAY;
}

/* Enter submits only where no question is open after this one. */
struct lw_decision lw_answering_enter(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_slot slot = focused(s);
    bool answers = s->number_answers;
    struct lw_decision d = lw_answering_end_number(s, NULL);
    struct lw_slot now = focused(s);
    bool moved = now.question != slot.question || now.item != slot.item;
    return d.event || moved || !answers ? d : lw_act_submit(s, c);
}

/* Its first digits may have been an answer. */
static struct lw_decision refuse_number(struct lw_sitting *s, const struct lw_question *q)
{
    if (s->number_answers)
        change(s, NULL, false);
    notify_off_scale(s, q);
    return LW_STAY;
}

static struct lw_decision digit_rating(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    const struct lw_command typed = {.id = LW_CMD_DIGIT, .number = digit};
    bool more = s->number_at && continues(s, &typed);
    int64_t value, low, high, number = more ? s->number * 10 + digit : digit;
    s->number_answers = s->number_answers && more;
    s->number_at = 0;
    if (more || lw_scale_continues(&q->scale, number, &low, &high)) {
        if (set_number(s, q, number))
            return LW_STAY;
        return lw_scale_has(&q->scale, number) ? advance(s) : refuse_number(s, q);
    }
    if (lw_scale_digit(&q->scale, digit, &value))
        return answer(s, json_integer(value));
    notify_off_scale(s, q);
    return LW_STAY;
}

/* ---- other digits */

static int count_options(const struct lw_question *q)
{
    int n = 0;
    for (size_t i = 0; i < q->noptions; i++)
        n += !q->option[i].group;
    return n;
}

static struct lw_decision digit_option(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    const struct lw_option *o = nth_option(q, digit == 0 ? 9 : digit - 1);
    if (!o) {
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_OPTION_RANGE, q->label, count_options(q));
        return LW_STAY;
    }
    return q->type == LW_Q_TAGS ? toggle(s, o) : answer(s, json_string(o->path));
}

static struct lw_decision digit_compare(
    struct lw_sitting *s, const struct lw_question *q, int digit)
{
    if (digit >= 1 && digit <= LW_COMPARE_POINTS)
        return answer(s, lw_compare_value(digit, shown_id(s, 0), shown_id(s, 1)));
    lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_COMPARE_RANGE, q->label);
    return LW_STAY;
}

/* ---- rankings */

/* Goes on when it is finished (steals value; NULL: it was refused). */
static struct lw_decision rank(struct lw_sitting *s, json_t *value)
{
    if (value && !lw_edit_is_open(value))
        return answer(s, value);
    if (value) {
        change(s, value, true);
        lw_ranking_notify(s);
    }
    return LW_STAY;
}

static struct lw_decision digit_rank(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    (void)q;
    return rank(s, lw_ranking_place(s, digit == 0 ? 9 : (size_t)digit - 1));
}

/* Right after the last response was placed by itself, it is that one which is meant. */
struct lw_decision lw_act_rank_next(struct lw_sitting *s, const struct lw_command *c)
{
    enum lw_rank_next next = c->id == LW_CMD_TIE ? LW_RANK_TIED : LW_RANK_NOT;
    struct lw_slot slot = s->placed_slot;
    if (s->placed_at) {
        json_t *value = lw_ranking_replace_last(s, next);
        s->placed_at = 0;
        if (value) {
            lw_sitting_change_answer(s, slot, value, true);
            notify_answer(s, slot, false);
        }
        return LW_STAY;
    }
    const struct lw_question *q = lw_slot_question(s, focused(s));
    if (q->type == LW_Q_RANK)
        return rank(s, lw_ranking_expect(s, next));
    lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_RANK_NOWHERE, q->label);
    return LW_STAY;
}

/* ---- digits on what is written */

static struct lw_decision digit_text(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    (void)digit;
    lw_sitting_notify(
        s, LW_TONE_INFO, LW_MSG_TAKES_TEXT, q->label, q->type == LW_Q_TEXT ? "m" : "e");
    return LW_STAY;
}

static struct lw_decision digit_spans(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    (void)digit;
    lw_sitting_notify(
        s, LW_TONE_INFO, q->type == LW_Q_BOXES ? LW_MSG_TAKES_BOXES : LW_MSG_TAKES_SPANS, q->label);
    return LW_STAY;
}

static struct lw_decision digit_talk(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    (void)q;
    return lw_best_reply_choose(s, digit);
}

/* What a digit does, by question type; NULL for types this version does not ask. */
static struct lw_decision (*const on_digit[])(
    struct lw_sitting *, const struct lw_question *, int) = {
    [LW_Q_RATING] = digit_rating,
    [LW_Q_CHOICE] = digit_option,
    [LW_Q_TAGS] = digit_option,
    [LW_Q_COMPARE] = digit_compare,
    [LW_Q_RANK] = digit_rank,
    [LW_Q_TEXT] = digit_text,
    [LW_Q_EDIT] = digit_text,
    [LW_Q_SPANS] = digit_spans,
    [LW_Q_BOXES] = digit_spans,
    [LW_Q_WRITE] = digit_text,
    [LW_Q_TALK] = digit_talk,
};

struct lw_decision lw_act_digit(struct lw_sitting *s, const struct lw_command *c)
{
    if (lw_ranking_repeats(s, (int)c->number))
        return LW_STAY;
    s->placed_at = 0;
    const struct lw_question *q = lw_slot_question(s, focused(s));
    return on_digit[q->type](s, q, (int)c->number);
}

/* ---- arrows, options, texts */

static json_t *step_rating(const struct lw_sitting *s, const struct lw_question *q, int by)
{
    const json_t *old = focused_answer(s);
    const struct lw_scale *scale = &q->scale;
    int64_t was = json_integer_value(old), end = by > 0 ? scale->max : scale->min;
    int64_t value = was + by * scale->step;
    if (!old)
        return json_integer(by > 0 ? scale->min : scale->max);
    if (was == end)
        return NULL;
    return json_integer(by > 0 ? (value < end ? value : end) : (value > end ? value : end));
}

static json_t *step_choice(const struct lw_sitting *s, const struct lw_question *q, int by)
{
    const json_t *old = focused_answer(s);
    int64_t n = 0;
    if (old) {
        const struct lw_option *o;
        while ((o = nth_option(q, n)) && strcmp(o->path, json_string_value(old)) != 0)
            n++;
        n += by;
    }
    const struct lw_option *o = n < 0 ? NULL : nth_option(q, n);
    return o ? json_string(o->path) : NULL;
}

static json_t *step_compare(const struct lw_sitting *s, int by)
{
    const char *a = shown_id(s, 0), *b = shown_id(s, 1);
    const json_t *old = focused_answer(s);
    int point = (old ? lw_compare_point(old, a, b) : LW_COMPARE_TIE) + by;
    if (point < 1 || point > LW_COMPARE_POINTS)
        return NULL;
    return lw_compare_value(point, a, b);
}

struct lw_decision lw_act_step(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_slot slot = focused(s);
    const struct lw_question *q = lw_slot_question(s, slot);
    bool far = q->type == LW_Q_RATING && (c->id == LW_CMD_MUCH_MORE || c->id == LW_CMD_MUCH_LESS);
    int by = (c->id == LW_CMD_MORE || c->id == LW_CMD_MUCH_MORE ? 1 : -1) * (far ? 10 : 1);
    if (q->type == LW_Q_RANK) {
        lw_ranking_step(s, by);
        return LW_STAY;
    }
    json_t *value = q->type == LW_Q_RATING    ? step_rating(s, q, by)
                    : q->type == LW_Q_CHOICE  ? step_choice(s, q, by)
                    : q->type == LW_Q_COMPARE ? step_compare(s, by)
                                              : NULL;
    if (!lw_takes_digits(q->type)) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_PRESS_SPACE, q->label);
    } else if (!value) {
        lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_END_REACHED, q->label);
    } else {
        change(s, value, true);
        notify_answer(s, slot, false);
    }
    return LW_STAY;
}

struct lw_decision lw_act_pick(struct lw_sitting *s, const struct lw_command *c)
{
    const struct lw_question *q = lw_slot_question(s, focused(s));
    int64_t n = c->number;
    if (q->type == LW_Q_RATING && lw_scale_has(&q->scale, n))
        return answer(s, json_integer(n));
    if (q->type == LW_Q_RANK)
        return rank(s, lw_ranking_place(s, (size_t)n));
    if (q->type == LW_Q_SPANS)
        return on_digit[LW_Q_SPANS](s, q, 0);
    if (n < 0 || (size_t)n >= q->noptions || q->option[n].group)
        return LW_STAY;
    return q->type == LW_Q_TAGS ? toggle(s, &q->option[n])
                                : answer(s, json_string(q->option[n].path));
}

static void notify_text(struct lw_sitting *s, struct lw_slot slot, const char *became)
{
    struct lw_buf text = {0};
    lw_sitting_slot_label(s, slot, &text);
    lw_buf_str(&text, became);
    add_next(s, false, &text);
    lw_sitting_notify(s, LW_TONE_INFO, "%s", text.data);
    lw_buf_fini(&text);
}

static void notify_limit(struct lw_sitting *s, struct lw_slot slot, const char *limit)
{
    struct lw_buf text = {0};
    lw_sitting_slot_label(s, slot, &text);
    lw_buf_fmt(&text, LW_MSG_TEXT_LIMIT, limit);
    lw_sitting_notify(s, LW_TONE_WARNING, "%s", text.data);
    lw_buf_fini(&text);
}

static void set_correction(struct lw_sitting *s, struct lw_slot slot, const struct lw_command *c)
{
    bool open = c->number & LW_TEXT_OPEN;
    struct lw_span original = lw_slot_text(s->view.opts.project, s->view.task, slot);
    bool none = c->number & LW_TEXT_NONE;
    const json_t *before = lw_answer_get(s->view.opts.project, s->view.task, s->view.answers, slot);
    json_t *value = none ? NULL : lw_edit_value(before, original, c->text, c->len, open);
    const char *became = lw_edit_is_same(value) ? LW_MSG_UNCORRECTED : LW_MSG_CORRECTED;
    change(s, value, !(c->number & LW_TEXT_GOES_ON));
    lw_sitting_clear_message(s);
    if (!open && !none)
        notify_text(s, slot, became);
}

bool lw_sitting_refuses_settled(struct lw_sitting *s, struct lw_slot slot)
{
    const struct lw_sitting_view *v = &s->view;
    if (!lw_answer_is_settled(v->opts.project, v->task, v->answers, slot))
        return false;
    lw_sitting_notify(s, LW_TONE_INFO, LW_MSG_SETTLED, lw_slot_question(s, slot)->label);
    return true;
}

/* A text with too few or too many words stays unfinished. */
static void set_text(struct lw_sitting *s, struct lw_slot slot, const struct lw_command *c)
{
    if (lw_sitting_refuses_settled(s, slot))
        return;
    char limit[LW_LIMIT_WORDS];
    bool open = c->number & LW_TEXT_OPEN;
    json_t *value = c->len ? lw_text_value(c->text, c->len, open) : NULL;
    bool breaks = value && !open && lw_value_is_unfinished(lw_slot_question(s, slot), value, limit);
    if (breaks) {
        json_decref(value);
        value = lw_text_value(c->text, c->len, true);
    }
    change(s, value, !(c->number & LW_TEXT_GOES_ON));
    lw_sitting_clear_message(s);
    if (breaks)
        notify_limit(s, slot, limit);
    else if (!open)
        notify_text(s, slot,
            uncovers(s, slot) ? LW_MSG_UNCOVERED
            : c->len          ? LW_MSG_TEXT_KEPT
                              : LW_MSG_TEXT_EMPTY);
    if (!open && !breaks && c->len)
        lw_sitting_warn_of_likeness(s, slot, c->text, c->len);
}

/* The turn being typed, or all of it. */
static struct lw_decision talk_text(struct lw_sitting *s, const struct lw_command *c)
{
    const char *instead = lw_talking_instead(s);
    if (!(c->number & (LW_TEXT_OPEN | LW_TEXT_NONE)))
        return lw_act_say(s, c);
    lw_sitting_type_turn(s, c->text, c->number & LW_TEXT_NONE ? 0 : c->len,
        c->number & LW_TEXT_NONE ? NULL : instead);
    return LW_STAY;
}

struct lw_decision lw_act_text(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_slot slot = focused(s);
    enum lw_qtype type = lw_slot_question(s, slot)->type;
    if (type == LW_Q_EDIT && lw_sitting_refuses_growing(s, slot))
        return LW_STAY;
    if (type == LW_Q_EDIT)
        set_correction(s, slot, c);
    else if (type == LW_Q_TALK)
        return talk_text(s, c);
    else if (type == LW_Q_RANK)
        return rank(s, lw_ranking_parse(s, c->text, c->len));
    else if (type == LW_Q_TEXT || type == LW_Q_WRITE)
        set_text(s, slot, c);
    return LW_STAY;
}
