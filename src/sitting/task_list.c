/* The task list: what is known of any task without opening it, and where a text is found in it. It
 * reads task and label from the disk for each line; which tasks are listed is in filter.c. */
#include "sitting/sitting_internal.h"

#include "labelwright/ledger/draft.h"
#include "labelwright/text/find.h"
#include "labelwright/text/utf8.h"

#include <stdlib.h>
#include <string.h>

/* At most three answers: "Better A some, A helpful 4". */
static char *answers_words(const struct lw_answered *a)
{
    struct lw_buf b = {0};
    size_t n, said = 0;
    struct lw_slot *slot = lw_slots(a->project, a->task, a->order, a->answers, &n);
    for (size_t i = 0; i < n && said < 3; i++) {
        if (!lw_answer_get(a->project, a->task, a->answers, slot[i]))
            continue;
        lw_buf_str(&b, said++ ? ", " : "");
        lw_answered_slot_label(a, slot[i], &b);
        lw_buf_char(&b, ' ');
        lw_answered_describe(a, slot[i], &b);
    }
    free(slot);
    return lw_buf_detach(&b);
}

static char *skip_words(const struct lw_sitting *s, const struct lw_entry *e)
{
    json_t *event;
    if (lw_journal_read(s->view.opts.journal, e->pos, &event, NULL) != LW_OK)
        return lw_strdup("");
    const char *reason = json_string_value(json_object_get(event, "reason"));
    char *words = reason && *reason ? lw_format("\"%s\"", reason) : lw_strdup("");
    json_decref(event);
    return words;
}

/* The question put to the model: the last turn of a conversation, or the first of several last
 * turns by the same role. */
static struct lw_span asked(const struct lw_task *t)
{
    size_t i = t->nturns - 1;
    while (i > 0 && strcmp(t->turn[i - 1].role, t->turn[i].role) == 0)
        i--;
    return t->turn[i].text;
}

static char *task_words(const struct lw_sitting *s, const struct lw_task *t)
{
    const char *tag = lw_sitting_hiding_tag(s, t);
    if (tag)
        return lw_format(LW_MSG_HIDDEN, tag);
    if (t->unreadable)
        return lw_format(LW_MSG_LISTED_UNREADABLE, t->unreadable);
    if (t->nturns == 0)
        return lw_strdup("");
    struct lw_span text = asked(t);
    size_t n = text.n < 400 ? text.n : 400;
    const char *end = memchr(text.s, '\n', n);
    return lw_strndup(text.s, end ? (size_t)(end - text.s) : n);
}

enum lw_code lw_listed_load(
    const struct lw_sitting *s, size_t nth, struct lw_listed *to, struct lw_err *err)
{
    struct lw_submitted_task sub;
    *to = (struct lw_listed){.nth = nth};
    enum lw_code code = lw_submitted_load(&s->view.opts, nth, &sub, err);
    if (code == LW_OK) {
        struct lw_answered a = {s->view.opts.project, sub.task, sub.order, sub.answers};
        const struct lw_entry *e = lw_ledger_of(s->view.opts.ledger, sub.task->key);
        json_t *draft = lw_draft_load(lw_sitting_drafts(s), sub.task->id, NULL);
        to->state = sub.state;
        to->changed = sub.changed_record;
        to->draft = draft != NULL;
        to->marked = lw_keys_have(&s->view.marks, sub.task->key);
        to->time_ms = e ? e->time_ms : 0;
        to->answers = e && e->skip ? skip_words(s, e) : answers_words(&a);
        to->text = task_words(s, sub.task);
        json_decref(draft);
    }
    lw_submitted_fini(&sub);
    return code;
}

/* ---- excerpts */

enum { BEFORE = 8, EXCERPT = 400 }; /* bytes around the words: the column is narrow */

/* The line of the words, from a few characters before them. */
static char *around(struct lw_span text, size_t at)
{
    size_t from = at, n = text.n - at < EXCERPT ? text.n - at : EXCERPT;
    while (from > 0 && at - from < BEFORE && text.s[from - 1] != '\n')
        from = lw_grapheme_prev(text.s, text.n, from);
    const char *end = memchr(text.s + at, '\n', n);
    bool cut = from > 0 && text.s[from - 1] != '\n';
    size_t to = end ? (size_t)(end - text.s) : lw_grapheme_at(text.s, text.n, at + n);
    char *line = lw_strndup(text.s + from, to - from);
    char *excerpt = lw_format("%s%s", cut ? "… " : "", line);
    free(line);
    return excerpt;
}

static char *excerpt_of(struct lw_needle *needle, struct lw_span text)
{
    size_t len, at = text.s ? lw_find(needle, text.s, text.n, 0, &len) : 0;
    return text.s && at < text.n ? around(text, at) : NULL;
}

static char *excerpt_of_task(const struct lw_task *t, struct lw_needle *needle)
{
    char *found = NULL;
    for (size_t i = 0; i < t->nturns && !found; i++)
        found = excerpt_of(needle, t->turn[i].text);
    for (size_t i = 0; i < t->nresponses && !found; i++)
        found = excerpt_of(needle, t->response[i].text);
    for (size_t i = 0; i < t->nsteps && !found; i++)
        found = excerpt_of(needle, t->step[i].text);
    return found;
}

static char *excerpt_of_id(
    const struct lw_sitting *s, const struct lw_task *t, struct lw_needle *needle)
{
    size_t n = strlen(t->id), len;
    if (lw_find(needle, t->id, n, 0, &len) == n)
        return NULL;
    char *begins = task_words(s, t), *excerpt = lw_format("%s  %s", t->id, begins);
    free(begins);
    return excerpt;
}

char *lw_sitting_excerpt(
    const struct lw_sitting *s, size_t nth, const char *words, size_t n, bool *in_text)
{
    struct lw_task *t;
    struct lw_needle needle;
    *in_text = false;
    if (lw_tasks_load(s->view.opts.tasks, lw_tasks_at(s->view.opts.tasks, nth), &t, NULL) != LW_OK)
        return NULL;
    lw_needle_init(&needle, words, n);
    bool shown = !t->unreadable && !lw_sitting_hiding_tag(s, t);
    char *excerpt = shown ? excerpt_of_task(t, &needle) : NULL;
    *in_text = excerpt != NULL;
    if (!excerpt)
        excerpt = excerpt_of_id(s, t, &needle);
    lw_needle_fini(&needle);
    lw_task_free(t);
    return excerpt;
}

void lw_listed_fini(struct lw_listed *l)
{
    free(l->answers);
    free(l->text);
    *l = (struct lw_listed){0};
}
