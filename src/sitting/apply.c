/* What each command means. Decides; writes nothing. */
#include "sitting_impl.h"

#include "labelwright/clock.h"
#include "labelwright/events.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct lw_outcome STAY = {NULL, LW_AFTER_STAY};

static struct lw_slot focused(const struct lw_sitting *s)
{
    return s->slot[s->focus];
}

static const json_t *focused_answer(const struct lw_sitting *s)
{
    return lw_answer_get(s->with.project, s->task, s->answers, focused(s));
}

struct lw_labeled lw_sitting_labeled(const struct lw_sitting *s)
{
    int64_t wall = s->wall_ms + lw_clock_boot_ms(s->with.sys) - s->boot_at;
    return (struct lw_labeled){s->with.project, s->task, s->order, s->active_ms, wall, s->replaces};
}

/* --- answering ------------------------------------------------------------------------------- */

/* The next slot after the focus, wrapping, that digits can answer and nobody has. */
static bool focus_next_unanswered(struct lw_sitting *s)
{
    for (size_t i = 1; i <= s->nslots; i++) {
        size_t k = (s->focus + i) % s->nslots;
        if (lw_takes_digits(lw_slot_question(s, s->slot[k])->type) &&
            !lw_answer_get(s->with.project, s->task, s->answers, s->slot[k])) {
            s->focus = k;
            return true;
        }
    }
    return false;
}

/* What Enter would do now: ". Next: Clarity." where the focus moved on, ". Enter submits." when
 * nothing is missing. */
static void say_next(struct lw_sitting *s, bool moved, struct lw_buf *to)
{
    struct lw_slot missing;
    if (moved) {
        lw_buf_str(to, " Next: ");
        lw_sitting_slot_label(s, focused(s), to);
        lw_buf_char(to, '.');
    } else if (lw_answers_missing(s->with.project, s->task, s->order, s->answers, &missing)) {
        lw_buf_str(to, " Still to answer: ");
        lw_sitting_slot_label(s, missing, to);
        lw_buf_char(to, '.');
    } else {
        lw_buf_str(to, " Enter submits.");
    }
}

static void say_answer(struct lw_sitting *s, struct lw_slot slot, bool moved)
{
    struct lw_buf said = {0};
    lw_sitting_slot_label(s, slot, &said);
    size_t label = said.len;
    lw_buf_str(&said, " = ");
    lw_sitting_answer_words(s, slot, &said);
    if (said.len == label + 3) {
        said.len = label;
        lw_buf_str(&said, ": no answer");
    }
    lw_buf_char(&said, '.');
    say_next(s, moved, &said);
    lw_sitting_say(s, LW_TONE_INFO, "%s", said.data);
    lw_buf_fini(&said);
}

/* Changes the answer of the focused slot (value stolen, NULL removes); the slots may change with
 * it. */
static void change(struct lw_sitting *s, json_t *value, bool remember)
{
    struct lw_slot slot = focused(s);
    if (remember)
        lw_history_push(s->history, slot, focused_answer(s));
    lw_answer_set(s->with.project, s->task, s->answers, slot, value);
    lw_sitting_settle(s);
}

static struct lw_outcome submit(struct lw_sitting *s);

static struct lw_outcome answer(struct lw_sitting *s, json_t *value)
{
    struct lw_slot slot = focused(s), missing;
    change(s, value, true);
    bool complete = !lw_answers_missing(s->with.project, s->task, s->order, s->answers, &missing);
    if (s->with.project->advance_auto && complete && lw_slot_question(s, slot)->required)
        return submit(s);
    say_answer(s, slot, focus_next_unanswered(s));
    return STAY;
}

/* The n-th option (from 0) that can be an answer; NULL when there are fewer. */
static const struct lw_option *nth_option(const struct lw_question *q, int64_t n)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (!q->option[i].group && n-- == 0)
            return &q->option[i];
    return NULL;
}

static struct lw_outcome toggle(struct lw_sitting *s, const struct lw_option *o)
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
    say_answer(s, slot, false);
    return STAY;
}

static const char *shown_id(const struct lw_sitting *s, int place)
{
    return s->task->response[s->order[place]].id;
}

static struct lw_outcome digit_rating(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    int64_t value;
    if (lw_scale_digit(&q->scale, digit, &value))
        return answer(s, json_integer(value));
    lw_sitting_say(s, LW_TONE_WARNING, "%d is not on the scale of %s: %lld to %lld.", digit,
        q->label, (long long)q->scale.min, (long long)q->scale.max);
    return STAY;
}

static struct lw_outcome digit_option(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    const struct lw_option *o = nth_option(q, digit == 0 ? 9 : digit - 1);
    if (!o) {
        lw_sitting_say(s, LW_TONE_WARNING, "%s has no option %d.", q->label, digit);
        return STAY;
    }
    return q->type == LW_Q_TAGS ? toggle(s, o) : answer(s, json_string(o->path));
}

static struct lw_outcome digit_compare(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    if (digit >= 1 && digit <= LW_COMPARE_POINTS)
        return answer(s, lw_compare_value(digit, shown_id(s, 0), shown_id(s, 1)));
    lw_sitting_say(
        s, LW_TONE_WARNING, "%s takes 1 (A much better) to 7 (B much better).", q->label);
    return STAY;
}

static struct lw_outcome digit_text(struct lw_sitting *s, const struct lw_question *q, int digit)
{
    (void)digit;
    lw_sitting_say(s, LW_TONE_INFO, "%s takes text: Space or m opens it.", q->label);
    return STAY;
}

/* What a digit does, by type; NULL where this version asks no such question. */
static struct lw_outcome (*const on_digit[])(
    struct lw_sitting *, const struct lw_question *, int) = {
    [LW_Q_RATING] = digit_rating,
    [LW_Q_CHOICE] = digit_option,
    [LW_Q_TAGS] = digit_option,
    [LW_Q_COMPARE] = digit_compare,
    [LW_Q_TEXT] = digit_text,
};

static struct lw_outcome digit(struct lw_sitting *s, const struct lw_command *c)
{
    const struct lw_question *q = lw_slot_question(s, focused(s));
    return on_digit[q->type](s, q, (int)c->number);
}

static json_t *step_rating(const struct lw_sitting *s, const struct lw_question *q, int by)
{
    const json_t *old = focused_answer(s);
    int64_t value = old ? json_integer_value(old) + by : by > 0 ? q->scale.min : q->scale.max;
    if (value < q->scale.min || value > q->scale.max)
        return NULL;
    return json_integer(value);
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

static struct lw_outcome step(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_slot slot = focused(s);
    const struct lw_question *q = lw_slot_question(s, slot);
    int by = c->id == LW_CMD_MORE ? 1 : -1;
    json_t *value = q->type == LW_Q_RATING    ? step_rating(s, q, by)
                    : q->type == LW_Q_CHOICE  ? step_choice(s, q, by)
                    : q->type == LW_Q_COMPARE ? step_compare(s, by)
                                              : NULL;
    if (!lw_takes_digits(q->type)) {
        lw_sitting_say(s, LW_TONE_INFO, "Space opens %s.", q->label);
    } else if (!value) {
        lw_sitting_say(s, LW_TONE_INFO, "That is the end of %s.", q->label);
    } else {
        change(s, value, true);
        say_answer(s, slot, false);
    }
    return STAY;
}

static struct lw_outcome pick(struct lw_sitting *s, const struct lw_command *c)
{
    const struct lw_question *q = lw_slot_question(s, focused(s));
    int64_t n = c->number;
    if (q->type == LW_Q_RATING && n >= q->scale.min && n <= q->scale.max)
        return answer(s, json_integer(n));
    if (n < 0 || (size_t)n >= q->noptions || q->option[n].group)
        return STAY;
    return q->type == LW_Q_TAGS ? toggle(s, &q->option[n])
                                : answer(s, json_string(q->option[n].path));
}

static struct lw_outcome text(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_slot slot = focused(s);
    if (lw_slot_question(s, slot)->type != LW_Q_TEXT)
        return STAY;
    change(s, c->len ? json_stringn(c->text, c->len) : NULL, c->number != 1);
    struct lw_buf said = {0};
    lw_sitting_slot_label(s, slot, &said);
    lw_buf_str(&said, c->len ? " is written." : " is empty.");
    say_next(s, false, &said);
    lw_sitting_say(s, LW_TONE_INFO, "%s", said.data);
    lw_buf_fini(&said);
    return STAY;
}

/* --- moving among questions ---------------------------------------------------------------------
 */

static struct lw_outcome turn_focus(struct lw_sitting *s, const struct lw_command *c)
{
    size_t by = c->id == LW_CMD_NEXT_QUESTION ? 1 : s->nslots - 1;
    s->focus = (s->focus + by) % s->nslots;
    s->message[0] = '\0';
    return STAY;
}

static struct lw_outcome focus(struct lw_sitting *s, const struct lw_command *c)
{
    if (c->number >= 0 && (size_t)c->number < s->nslots)
        s->focus = (size_t)c->number;
    return STAY;
}

/* --- submitting ---------------------------------------------------------------------------------
 */

static bool go_to_missing(struct lw_sitting *s)
{
    struct lw_slot missing;
    if (!lw_answers_missing(s->with.project, s->task, s->order, s->answers, &missing))
        return false;
    for (size_t i = 0; i < s->nslots; i++)
        if (s->slot[i].question == missing.question && s->slot[i].response == missing.response)
            s->focus = i;
    struct lw_buf label = {0};
    lw_sitting_slot_label(s, missing, &label);
    lw_sitting_say(s, LW_TONE_WARNING, "%s is not answered yet.", label.data);
    lw_buf_fini(&label);
    return true;
}

static struct lw_outcome submit(struct lw_sitting *s)
{
    if (s->task->unreadable) {
        lw_sitting_say(s, LW_TONE_WARNING, "This record cannot be labeled: s skips it, J goes on.");
        return STAY;
    }
    if (go_to_missing(s))
        return STAY;
    if (s->standing == LW_STANDS_DONE && !s->draft && !s->changed_record) {
        lw_sitting_say(s, LW_TONE_INFO, "Task %zu is as it was.", s->nth + 1);
        return (struct lw_outcome){NULL, LW_AFTER_NEXT};
    }
    lw_answers_prune(s->with.project, s->task, s->answers);
    struct lw_labeled l = lw_sitting_labeled(s);
    return (struct lw_outcome){lw_event_annotate(&l, s->answers), LW_AFTER_NEXT};
}

static struct lw_outcome submit_command(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    return submit(s);
}

static struct lw_outcome skip(struct lw_sitting *s, const struct lw_command *c)
{
    struct lw_labeled l = lw_sitting_labeled(s);
    return (struct lw_outcome){lw_event_skip(&l, c->text, c->len), LW_AFTER_NEXT};
}

/* --- taking back --------------------------------------------------------------------------------
 */

static void take_back_answer(struct lw_sitting *s, struct lw_change old)
{
    for (size_t i = 0; i < s->nslots; i++)
        if (s->slot[i].question == old.slot.question && s->slot[i].response == old.slot.response)
            s->focus = i;
    lw_answer_set(s->with.project, s->task, s->answers, old.slot, old.was);
    lw_sitting_settle(s);
    struct lw_buf label = {0};
    lw_sitting_slot_label(s, old.slot, &label);
    lw_sitting_say(s, LW_TONE_INFO, "%s: the last answer is taken back.", label.data);
    lw_buf_fini(&label);
}

static void announce_take_back(struct lw_sitting *s, const struct lw_entry *last)
{
    size_t position;
    s->armed = last->seq;
    if (lw_tasks_find(s->with.tasks, last->task, &position))
        lw_sitting_say(s, LW_TONE_WARNING, "Once more takes back task %zu%s.",
            lw_tasks_rank(s->with.tasks, position) + 1, last->skip ? ", which was skipped" : "");
    else
        lw_sitting_say(s, LW_TONE_WARNING,
            "Once more takes back the last task, which is not in these files any more.");
}

static struct lw_outcome take_back(struct lw_sitting *s, const struct lw_command *c)
{
    (void)c;
    struct lw_change old;
    uint64_t armed = s->armed;
    if (lw_history_pop(s->history, &old)) {
        take_back_answer(s, old);
        return STAY;
    }
    const struct lw_entry *last = lw_ledger_last(s->with.ledger);
    if (!last) {
        lw_sitting_say(s, LW_TONE_INFO, "There is nothing to take back.");
    } else if (armed != last->seq) {
        announce_take_back(s, last);
    } else {
        json_t *undo = lw_event_undo(last->seq, NULL);
        return (struct lw_outcome){undo, LW_AFTER_STAY};
    }
    return STAY;
}

/* --- moving among tasks -------------------------------------------------------------------------
 */

static struct lw_outcome neighbour(struct lw_sitting *s, const struct lw_command *c)
{
    size_t count = lw_tasks_count(s->with.tasks);
    if (c->id == LW_CMD_PREV_TASK && s->nth == 0)
        lw_sitting_say(s, LW_TONE_INFO, "This is the first task.");
    else if (c->id == LW_CMD_NEXT_TASK && s->nth + 1 >= count)
        lw_sitting_say(s, LW_TONE_INFO,
            lw_tasks_complete(s->with.tasks) ? "This is the last task."
                                             : "The file is still being read; try again.");
    else {
        s->message[0] = '\0';
        lw_sitting_show(s, c->id == LW_CMD_NEXT_TASK ? s->nth + 1 : s->nth - 1);
    }
    return STAY;
}

static struct lw_outcome go(struct lw_sitting *s, const struct lw_command *c)
{
    char *name = lw_strndup(c->text, c->len);
    size_t nth;
    if (lw_sitting_find(s, name, c->len, &nth)) {
        s->message[0] = '\0';
        lw_sitting_show(s, nth);
    } else {
        lw_sitting_say(s, LW_TONE_WARNING, "There is no task %s; numbers go from 1 to %zu.", name,
            lw_tasks_count(s->with.tasks));
    }
    free(name);
    return STAY;
}

static struct lw_outcome go_nth(struct lw_sitting *s, const struct lw_command *c)
{
    if (c->number >= 0 && (size_t)c->number < lw_tasks_count(s->with.tasks))
        lw_sitting_show(s, (size_t)c->number);
    return STAY;
}

/* --- the table -----------------------------------------------------------------------------------
 */

enum need {
    NEEDS_TASK = 1,
    NEEDS_SLOTS = 2,
    NEEDS_JOURNAL = 4, /* may change what is recorded */
};

static const struct {
    struct lw_outcome (*act)(struct lw_sitting *, const struct lw_command *);
    unsigned needs;
} acts[LW_CMD_COUNT] = {
    [LW_CMD_DIGIT] = {digit, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_LESS] = {step, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_MORE] = {step, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_NEXT_QUESTION] = {turn_focus, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_PREV_QUESTION] = {turn_focus, NEEDS_TASK | NEEDS_SLOTS},
    [LW_CMD_SUBMIT] = {submit_command, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_SKIP] = {NULL, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_FLAG] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_NOTE] = {NULL, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_SKIP_WITH] = {skip, NEEDS_TASK | NEEDS_JOURNAL},
    [LW_CMD_TAKE_BACK] = {take_back, NEEDS_JOURNAL},
    [LW_CMD_NEXT_TASK] = {neighbour, NEEDS_TASK},
    [LW_CMD_PREV_TASK] = {neighbour, NEEDS_TASK},
    [LW_CMD_GO] = {go, 0},
    [LW_CMD_GO_NTH] = {go_nth, 0},
    [LW_CMD_TOGGLE] = {pick, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_TEXT] = {text, NEEDS_TASK | NEEDS_SLOTS | NEEDS_JOURNAL},
    [LW_CMD_FOCUS] = {focus, NEEDS_TASK | NEEDS_SLOTS},
};

static const char *journal_refusal(const struct lw_sitting *s)
{
    switch (lw_journal_mode(s->with.journal)) {
    case LW_JOURNAL_READ_ONLY:
        return lw_journal_owner(s->with.journal)
                   ? "Read-only: another sitting holds this journal."
                   : "Read-only: the journal cannot be written on this disk.";
    case LW_JOURNAL_BLOCKED:
        return "The disk failed: labels are not accepted. What was saved is safe; export it, then "
               "start again on a sound disk.";
    default:
        return NULL;
    }
}

const char *lw_sitting_refuses(const struct lw_sitting *s, enum lw_command_id id)
{
    unsigned needs = acts[id].needs;
    if (needs & NEEDS_TASK && !s->task)
        return "There is no task to show yet.";
    if (needs & NEEDS_SLOTS && s->task->unreadable)
        return "This record cannot be labeled: s skips it, J goes on.";
    if (needs & NEEDS_SLOTS && s->nslots == 0)
        return "Nothing is asked about this task: Enter goes on.";
    return needs & NEEDS_JOURNAL ? journal_refusal(s) : NULL;
}

struct lw_outcome lw_sitting_apply(struct lw_sitting *s, const struct lw_command *c)
{
    const char *why = lw_sitting_refuses(s, c->id);
    if (why) {
        lw_sitting_say(s, LW_TONE_WARNING, "%s", why);
        return STAY;
    }
    if (!acts[c->id].act)
        return STAY;
    struct lw_outcome out = acts[c->id].act(s, c);
    if (c->id != LW_CMD_TAKE_BACK)
        s->armed = 0;
    s->saved = false;
    return out;
}
