/* A task without an id goes by the hash of its record. When the record changes, its draft has the
 * name of a task that is gone. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/hash.h"

#include <stdlib.h>
#include <string.h>

static bool is_of_no_task(const struct lw_sitting *s, const json_t *draft)
{
    const json_t *task = json_object_get(draft, "task");
    size_t position;
    return json_is_string(task) &&
           !lw_tasks_find(s->with.tasks,
               lw_fingerprint(json_string_value(task), json_string_length(task)), &position);
}

static void add_stray(void *ctx, json_t *draft)
{
    struct lw_sitting *s = ctx;
    if (is_of_no_task(s, draft))
        json_array_append(s->strays, draft);
}

/* Once, as soon as all tasks are known. */
static void collect(struct lw_sitting *s)
{
    s->strays = json_array();
    lw_drafts_each(lw_sitting_drafts(s), add_stray, s);
}

/* It has the same responses; the prompt may differ. */
static bool has_our_texts(const struct lw_sitting *s, const json_t *draft)
{
    json_t *texts = lw_sitting_texts(s->task);
    bool same = s->task->nresponses > 0 && json_equal(texts, json_object_get(draft, "texts"));
    json_decref(texts);
    return same;
}

static bool has_our_place(const struct lw_sitting *s, const json_t *draft)
{
    const char *file = json_string_value(json_object_get(draft, "file"));
    return file && strcmp(file, s->task->record.file) == 0 &&
           json_integer_value(json_object_get(draft, "number")) ==
               (json_int_t)s->task->record.number;
}

static size_t find(
    const struct lw_sitting *s, bool (*is_ours)(const struct lw_sitting *, const json_t *))
{
    size_t n = json_array_size(s->strays), i = 0;
    while (i < n && !is_ours(s, json_array_get(s->strays, i)))
        i++;
    return i;
}

bool lw_sitting_adopt_stray(struct lw_sitting *s)
{
    if (!lw_tasks_complete(s->with.tasks) ||
        lw_journal_mode(s->with.journal) != LW_JOURNAL_WRITABLE)
        return false;
    if (!s->strays)
        collect(s);
    size_t n = json_array_size(s->strays), i = find(s, has_our_texts);
    if (i == n)
        i = find(s, has_our_place);
    if (i == n)
        return false;
    struct lw_drafts at = lw_sitting_drafts(s);
    json_t *draft = json_copy(json_array_get(s->strays, i));
    char *was = lw_strdup(json_string_value(json_object_get(draft, "task")));
    json_object_set_new(draft, "task", json_string(s->task->id));
    bool saved = lw_draft_save(at, s->task->id, draft, NULL) == LW_OK;
    if (saved) {
        lw_draft_remove(at, was);
        json_array_remove(s->strays, i);
    }
    free(was);
    json_decref(draft);
    return saved;
}
