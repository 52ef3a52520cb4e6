/* Which task is on the screen, and its saved label and draft. */
#include "sitting/sitting_internal.h"

#include "labelwright/journal/event.h"
#include "labelwright/ledger/draft.h"
#include "labelwright/sitting/filter.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

void lw_sitting_leave(struct lw_sitting *s)
{
    if (s->task)
        lw_sitting_leave_time(s);
    lw_sitting_save_draft(s);
    lw_task_free(s->task);
    free(s->order);
    free(s->slot);
    s->task = NULL;
    s->order = NULL;
    s->slot = NULL;
    s->nslots = s->focus = 0;
    s->unsaved_since = 0;
    s->draft = s->draft_on_disk = s->changed_record = false;
    s->replaces = 0;
    s->standing = LW_TASK_OPEN;
    free(s->reason);
    s->reason = NULL;
    json_decref(s->unfit);
    s->unfit = NULL;
    lw_answer_history_clear(s->history);
}

static int response_index(const struct lw_task *t, const char *id)
{
    for (size_t i = 0; id && i < t->nresponses; i++)
        if (strcmp(t->response[i].id, id) == 0)
            return (int)i;
    return -1;
}

/* Uses a saved order of response ids; false, changing nothing, if it is no permutation of ours. */
static bool take_order(struct lw_sitting *s, const json_t *ids)
{
    size_t n = s->task->nresponses;
    if (json_array_size(ids) != n)
        return false;
    int *order = lw_alloc(n * sizeof *order);
    unsigned char *seen = lw_alloc(n);
    bool fine = true;
    for (size_t i = 0; i < n && fine; i++) {
        int k = response_index(s->task, json_string_value(json_array_get(ids, i)));
        fine = k >= 0 && !seen[k]++;
        order[i] = k;
    }
    free(seen);
    if (fine)
        memcpy(s->order, order, n * sizeof *order);
    free(order);
    return fine;
}

static void make_order(struct lw_sitting *s)
{
    size_t n = s->task->nresponses;
    s->order = lw_alloc(n * sizeof *s->order);
    for (size_t i = 0; i < n; i++)
        s->order[i] = (int)i;
    if (s->with.project->shuffle_responses)
        lw_shuffle(s->order, n, lw_journal_seed(s->with.journal), s->task->id);
}

uint64_t lw_record_key(const struct lw_task *t)
{
    char head[17] = {0};
    memcpy(head, t->record.sha256, 16);
    return strtoull(head, NULL, 16);
}

/* Copies, never shares: changing the draft must not change the saved answers. */
static void take_answers(json_t *to, const json_t *from)
{
    json_t *copy = json_deep_copy(from);
    json_object_clear(to);
    json_object_update(to, copy);
    json_decref(copy);
}

static void read_standing(struct lw_sitting *s, const struct lw_entry *e)
{
    json_t *event;
    struct lw_err err = {0};
    if (lw_journal_read(s->with.journal, e->pos, &event, &err) != LW_OK) {
        lw_sitting_say(s, LW_TONE_ERROR, "Cannot read the old answers: %s", err.text);
        return;
    }
    json_t *answers = json_object_get(event, "answers");
    if (answers)
        take_answers(s->stands, answers);
    take_order(s, json_object_get(event, "order"));
    json_decref(event);
}

static void find_standing(struct lw_sitting *s)
{
    json_object_clear(s->stands);
    const struct lw_entry *e = lw_ledger_of(s->with.ledger, s->task->key);
    if (!e)
        return;
    s->standing = e->skip ? LW_TASK_SKIPPED : LW_TASK_DONE;
    s->replaces = e->seq;
    s->changed_record = e->record != lw_record_key(s->task);
    if (!e->skip)
        read_standing(s, e);
}

json_t *lw_sitting_draft_json(const struct lw_sitting *s, struct lw_spent spent)
{
    json_t *order = json_array();
    for (size_t i = 0; i < s->task->nresponses; i++)
        json_array_append_new(order, json_string(s->task->response[s->order[i]].id));
    return json_pack("{s:s,s:s,s:I,s:s,s:I,s:s,s:o,s:o,s:o,s:I,s:I,s:O,s:s*}", "task", s->task->id,
        "file", s->task->record.file, "number", (json_int_t)s->task->record.number, "sha256",
        s->task->record.sha256, "base", (json_int_t)s->replaces, "questions",
        s->with.project->questions_hash, "asked", lw_sitting_meanings(s), "texts",
        lw_sitting_texts(s->task), "order", order, "active_ms", (json_int_t)spent.active_ms,
        "wall_ms", (json_int_t)spent.wall_ms, "answers", s->answers, "reason", s->reason);
}

bool lw_sitting_set_aside_draft(struct lw_sitting *s)
{
    char name[LW_DRAFT_OLD_NAME];
    struct lw_err err = {0};
    if (!s->unfit)
        return true;
    if (lw_draft_set_aside(lw_sitting_drafts(s), s->unfit, name, &err) != LW_OK) {
        lw_sitting_say(s, LW_TONE_ERROR, "Cannot move the old draft of this task: %s", err.text);
        return false;
    }
    lw_sitting_say(s, LW_TONE_WARNING, "%s. Old draft: .labelwright/%s (^O: show)",
        lw_sitting_is_older(s, s->unfit)      ? "Labeled later"
        : lw_sitting_is_draft_of(s, s->unfit) ? "Questions changed"
                                              : "Task changed",
        name);
    json_decref(s->unfit);
    s->unfit = NULL;
    return true;
}

static void take_rest(struct lw_sitting *s, const json_t *draft)
{
    const json_t *reason = json_object_get(draft, "reason");
    if (json_string_length(reason) > 0)
        lw_sitting_reason(s, json_string_value(reason), json_string_length(reason));
    lw_sitting_add_time(s, lw_spent_read(draft));
}

/* A view-only session changes nothing on the disk. */
static bool put_aside(struct lw_sitting *s, json_t *draft)
{
    s->unfit = json_incref(draft);
    return lw_journal_mode(s->with.journal) == LW_JOURNAL_WRITABLE && lw_sitting_set_aside_draft(s);
}

/* A draft older than the current label. After a crash while saving both are the same, and the draft
 * can go. If it has anything else, it is kept. */
static bool pass_over(struct lw_sitting *s, json_t *draft)
{
    bool same = lw_sitting_carry(s, draft) == 0 && lw_sitting_is_as_submitted(s);
    take_answers(s->answers, s->stands);
    return same || put_aside(s, draft);
}

bool lw_sitting_load_draft(struct lw_sitting *s)
{
    struct lw_err err = {0};
    json_t *draft = lw_draft_load(lw_sitting_drafts(s), s->task->id, &err);
    bool aside = false;
    if (!draft && err.code == LW_OK && s->standing == LW_TASK_OPEN && lw_sitting_adopt_stray(s))
        draft = lw_draft_load(lw_sitting_drafts(s), s->task->id, &err);
    if (!draft) {
        if (err.code != LW_OK)
            lw_sitting_say(s, LW_TONE_WARNING, "%s", err.text);
        return false;
    }
    s->draft_on_disk = true;
    if (lw_sitting_is_older(s, draft)) {
        aside = pass_over(s, draft);
        json_decref(draft);
        return aside;
    }
    take_order(s, json_object_get(draft, "order"));
    take_rest(s, draft);
    if (lw_sitting_carry(s, draft) > 0) {
        if (json_object_size(s->answers) == 0)
            take_answers(s->answers, s->stands);
        aside = put_aside(s, draft);
    } else if (!lw_sitting_is_draft_of(s, draft)) {
        lw_sitting_say(
            s, LW_TONE_WARNING, "Task changed since your draft. Answers kept: check them.");
    }
    json_decref(draft);
    return aside;
}

enum lw_code lw_sitting_load(struct lw_sitting *s, size_t nth, struct lw_err *err)
{
    enum lw_code code =
        lw_tasks_load(s->with.tasks, lw_tasks_at(s->with.tasks, nth), &s->task, err);
    if (code != LW_OK)
        return code;
    make_order(s);
    find_standing(s);
    take_answers(s->answers, s->stands);
    return LW_OK;
}

/* A comparison needs two responses. Says so when it is left out because there are more, or when
 * nothing else is asked. */
static void say_unasked(struct lw_sitting *s)
{
    const struct lw_project *p = s->with.project;
    size_t n = s->task->nresponses, i = 0;
    while (i < p->nquestions && p->question[i].type != LW_Q_COMPARE)
        i++;
    if (i < p->nquestions && (n > 2 || (n < 2 && s->nslots == 0)))
        lw_sitting_say(s, LW_TONE_WARNING,
            "%s is left out: it needs 2 responses, this task has %zu.", p->question[i].label, n);
    else if (s->nslots == 0)
        lw_sitting_say(s, LW_TONE_WARNING, "%s", lw_sitting_refuses(s, LW_CMD_FOCUS));
}

/* The message about the draft comes last: it matters more. */
static bool show_readable(struct lw_sitting *s)
{
    lw_sitting_settle(s);
    say_unasked(s);
    return lw_sitting_load_draft(s);
}

void lw_sitting_show(struct lw_sitting *s, size_t nth)
{
    struct lw_err err = {0};
    lw_sitting_leave(s);
    s->nth = nth;
    s->shows++;
    s->number_at = 0;
    s->finished = false;
    json_object_clear(s->answers);
    lw_sitting_restart_clocks(s);
    if (lw_sitting_load(s, nth, &err) != LW_OK) {
        lw_sitting_say(s, LW_TONE_ERROR, "%s", err.text);
        return;
    }
    if (s->task->unreadable)
        lw_sitting_say(s, LW_TONE_WARNING, "%s:%llu: this task cannot be read.",
            s->task->record.file,
            (unsigned long long)lw_tasks_line(s->with.tasks, lw_tasks_at(s->with.tasks, nth)));
    bool anew = !s->task->unreadable && show_readable(s);
    lw_sitting_return_time(s);
    lw_sitting_settle(s);
    s->unsaved_since = anew ? lw_sitting_now(s) : 0; /* else the disk has the same */
    lw_sitting_focus_first(s, s->standing == LW_TASK_DONE && !s->draft);
}

/* The tasks of this session (all, or those of --only): how many, and the i-th. */
static size_t count(const struct lw_sitting *s)
{
    return s->only ? s->only->n : lw_tasks_count(s->with.tasks);
}

/* Whether there is an i-th task; reads a kept index as far as needed. */
static bool has(const struct lw_sitting *s, size_t i)
{
    return s->only ? i < s->only->n : lw_tasks_knows(s->with.tasks, i);
}

static size_t nth_of(const struct lw_sitting *s, size_t i)
{
    return s->only ? lw_filter_at(s->only, i) : i;
}

/* The place of the first that is `nth` or after it. */
static size_t place_of(const struct lw_sitting *s, size_t nth)
{
    return s->only ? lw_filter_find(s->only, s, nth) : nth;
}

bool lw_sitting_neighbour(const struct lw_sitting *s, int by, size_t *nth)
{
    size_t i = place_of(s, by > 0 ? s->nth + 1 : s->nth);
    if (by < 0 ? i == 0 : !has(s, i))
        return false;
    *nth = nth_of(s, by < 0 ? i - 1 : i);
    return true;
}

/* With a filter, tasks that have a label stay open until they get a new one. */
static bool is_open(const struct lw_sitting *s, size_t nth)
{
    const struct lw_tasks *t = s->with.tasks;
    const struct lw_entry *e = lw_ledger_of(s->with.ledger, lw_tasks_key(t, lw_tasks_at(t, nth)));
    return !e || (s->only && e->seq <= s->only_since);
}

static bool show_if_open(struct lw_sitting *s, size_t nth)
{
    bool open = is_open(s, nth);
    if (open)
        lw_sitting_show(s, nth);
    return open;
}

bool lw_sitting_show_open(struct lw_sitting *s, size_t from)
{
    size_t first = place_of(s, from);
    for (size_t i = first; has(s, i); i++)
        if (show_if_open(s, nth_of(s, i)))
            return true;
    size_t n = count(s);
    for (size_t i = 0; i < first && i < n; i++)
        if (show_if_open(s, nth_of(s, i)))
            return true;
    if (!s->task && n > 0)
        lw_sitting_show(s, nth_of(s, first < n ? first : n - 1));
    s->finished = true;
    return false;
}

bool lw_sitting_find(const struct lw_sitting *s, const char *id, size_t n, size_t *nth)
{
    struct lw_tasks *t = s->with.tasks;
    size_t position;
    if (lw_tasks_find(t, lw_fingerprint(id, n), &position)) {
        *nth = lw_tasks_rank(t, position);
        return true;
    }
    int64_t number;
    if (!lw_number_parse(id, n, &number))
        return false;
    if (number < 1 || !lw_tasks_knows(t, (size_t)number - 1))
        return false;
    *nth = (size_t)number - 1;
    return true;
}

void lw_sitting_settle(struct lw_sitting *s)
{
    struct lw_slot was = s->nslots ? s->slot[s->focus] : (struct lw_slot){0, -1};
    free(s->slot);
    s->slot = NULL;
    s->nslots = 0;
    if (!s->task->unreadable)
        s->slot = lw_slots(s->with.project, s->task, s->order, s->answers, &s->nslots);
    s->focus = 0;
    for (size_t i = 0; i < s->nslots; i++)
        if (s->slot[i].question == was.question && s->slot[i].response == was.response)
            s->focus = i;
    s->draft = !json_equal(s->answers, s->stands);
    if (!s->unsaved_since)
        s->unsaved_since = lw_sitting_now(s);
}

void lw_sitting_put(struct lw_sitting *s, json_t *answers)
{
    json_decref(s->answers);
    s->answers = answers;
    lw_sitting_settle(s);
    lw_sitting_focus_first(s, true);
}
