/* Silent repeats: whether the next task is one that was labeled before, and which. It follows from
 * the journal alone: its seed, its last label, and what was repeated already. So it is the same
 * after a crash and in every version. How such a task is shown and recorded is not decided here. */
#include "sitting/sitting_internal.h"

#include "labelwright/project/talk.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { LOOKED_AT_MOST = 1000, READ_MOST = 20 };

/* The same number for the same label, whatever the machine. */
static uint64_t die(const struct lw_sitting *s, const char *what, uint64_t seq)
{
    char text[80];
    int n = snprintf(text, sizeof text, "%016" PRIx64 " %s %" PRIu64,
        lw_journal_seed(s->view.opts.journal), what, seq);
    return lw_fingerprint(text, (size_t)n);
}

/* The last label, unless a task came again since; its index among the entries. */
static bool last_label(const struct lw_sitting *s, size_t *index)
{
    size_t n;
    const struct lw_ledger *l = s->view.opts.ledger;
    const struct lw_entry *all = lw_ledger_entries(l, &n), *last = lw_ledger_last(l);
    const struct lw_repeated *again = lw_ledger_last_repeat(l);
    if (!last || last->skip || last->practice || (again && again->seq > last->seq))
        return false;
    *index = (size_t)(last - all);
    return true;
}

static bool was_repeated(const struct lw_sitting *s, uint64_t task)
{
    size_t n;
    const struct lw_repeated *all = lw_ledger_repeats(s->view.opts.ledger, &n);
    for (size_t i = n; i-- > 0;)
        if (!all[i].undone && all[i].task == task)
            return true;
    return false;
}

/* What can be told without reading. */
static bool may_repeat(const struct lw_sitting *s, const struct lw_entry *e, size_t *position)
{
    return !e->skip && !e->practice && !e->private &&
           lw_ledger_of(s->view.opts.ledger, e->task) == e && !was_repeated(s, e->task) &&
           lw_tasks_find(s->view.opts.tasks, e->task, position);
}

/* The record and the questions are as they were: else the answers could not be compared. */
static bool is_unchanged(const struct lw_sitting *s, const struct lw_entry *e, size_t position)
{
    struct lw_record_location at;
    json_t *event = NULL;
    if (lw_tasks_locate(s->view.opts.tasks, position, &at, NULL) != LW_OK ||
        at.record != e->record ||
        lw_journal_read(s->view.opts.journal, e->pos, &event, NULL) != LW_OK)
        return false;
    const char *questions = json_string_value(json_object_get(event, "questions"));
    bool same = questions && strcmp(questions, s->view.opts.project->questions_hash) == 0;
    json_decref(event);
    return same;
}

/* Of the first n entries one that may be repeated, beginning anywhere. */
static bool choose(const struct lw_sitting *s, size_t n, uint64_t from, struct lw_repeat *to)
{
    size_t all, position;
    int read = 0;
    const struct lw_entry *e = lw_ledger_entries(s->view.opts.ledger, &all);
    for (size_t i = 0; i < n && i < LOOKED_AT_MOST && read < READ_MOST; i++) {
        const struct lw_entry *one = &e[(from + i) % n];
        if (!may_repeat(s, one, &position))
            continue;
        read++;
        if (!is_unchanged(s, one, position))
            continue;
        *to = (struct lw_repeat){one->seq, lw_tasks_rank(s->view.opts.tasks, position), NULL};
        return true;
    }
    return false;
}

/* With a filter the user has said which tasks to see. A talk cannot be had again. */
static bool wants_repeats(const struct lw_sitting *s)
{
    return s->view.opts.repeats.percent > 0 && !s->view.only &&
           lw_journal_mode(s->view.opts.journal) == LW_JOURNAL_WRITABLE &&
           !lw_talk_question(s->view.opts.project);
}

bool lw_repeat_is_due(const struct lw_sitting *s, struct lw_repeat *to)
{
    size_t last;
    if (!wants_repeats(s) || !last_label(s, &last))
        return false;
    size_t n;
    uint64_t seq = lw_ledger_entries(s->view.opts.ledger, &n)[last].seq;
    uint64_t after = (uint64_t)s->view.opts.repeats.after;
    bool hit = die(s, "repeat", seq) % 100 < (uint64_t)s->view.opts.repeats.percent;
    return hit && last >= after && choose(s, last - after + 1, die(s, "which", seq), to);
}

const char *lw_sitting_draft_key(const struct lw_sitting *s)
{
    return s->repeat.of ? s->repeat.key : s->view.task->id;
}
