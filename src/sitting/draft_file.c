/* The draft of the task on the screen as a file: written, loaded, set aside when it does not fit,
 * removed. Which answers of a draft fit is decided in draft_fit.c. */
#include "sitting/sitting_internal.h"

#include "labelwright/base/hash.h"
#include "labelwright/json/json_value.h"

#include <stdlib.h>
#include <string.h>

/* The drafts belong to another session and are newer than those here; or they cannot be written. */
bool lw_sitting_is_view_only(const struct lw_sitting *s)
{
    return lw_journal_mode(s->view.opts.journal) == LW_JOURNAL_READ_ONLY;
}

static bool set_aside_unfit(struct lw_sitting *s)
{
    char name[LW_DRAFT_OLD_NAME];
    struct lw_err err = {0};
    if (!s->unfit)
        return true;
    if (lw_draft_set_aside(lw_sitting_drafts(s), s->unfit, name, &err) != LW_OK) {
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_DRAFT_STUCK, err.text);
        return false;
    }
    lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_DRAFT_ASIDE,
        lw_sitting_is_older(s, s->unfit)      ? LW_MSG_DRAFT_OLDER
        : lw_sitting_is_draft_of(s, s->unfit) ? LW_MSG_DRAFT_QUESTIONS
                                              : LW_MSG_DRAFT_TASK,
        name);
    json_decref(s->unfit);
    s->unfit = NULL;
    return true;
}

/* ---- saving */

static void write_draft(struct lw_sitting *s)
{
    struct lw_err err = {0};
    json_t *draft = lw_sitting_draft_json(s, lw_sitting_spent(s));
    struct lw_drafts at = lw_sitting_drafts(s);
    if (lw_draft_save(at, lw_sitting_draft_key(s), draft, &s->saved, &err) == LW_OK) {
        s->draft_on_disk = true;
        lw_replies_settle(s);
        lw_sitting_clear_about(s, LW_ABOUT_DRAFT);
        lw_last_task_save(at, s->repeat.of ? "" : s->view.task->id, NULL);
    } else {
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_DRAFT_NOT_SAVED, err.text);
        s->view.about = LW_ABOUT_DRAFT;
    }
    json_decref(draft);
}

void lw_sitting_save_draft(struct lw_sitting *s)
{
    if (!s->unsaved_since || !s->view.task)
        return;
    s->unsaved_since = 0;
    if (lw_sitting_is_view_only(s) || !set_aside_unfit(s) || !lw_sitting_spare_theirs(s))
        return;
    if (s->view.draft || s->view.reason) {
        write_draft(s);
    } else if (s->draft_on_disk) {
        lw_draft_remove(lw_sitting_drafts(s), lw_sitting_draft_key(s));
        s->draft_on_disk = false;
        lw_buf_clear(&s->saved);
    }
}

bool lw_sitting_is_unsaved(const struct lw_sitting *s)
{
    return s->unsaved_since != 0;
}

static bool draft_is_there(const struct lw_sitting *s)
{
    json_t *draft = lw_draft_load(lw_sitting_drafts(s), lw_sitting_draft_key(s), NULL);
    bool there = draft && json_equal(json_object_get(draft, "answers"), s->view.answers);
    json_decref(draft);
    return there;
}

/* The folder may have been deleted since the draft was written. */
bool lw_sitting_ensure_draft(struct lw_sitting *s)
{
    lw_sitting_save_draft(s);
    if (!s->view.task || !s->view.draft || lw_sitting_is_view_only(s) || draft_is_there(s))
        return true;
    s->unsaved_since = lw_sitting_now(s);
    lw_sitting_save_draft(s);
    return draft_is_there(s);
}

bool lw_sitting_unsaved_draft(
    struct lw_sitting *s, int *folder, char name[LW_DRAFT_NAME], struct lw_buf *bytes)
{
    if (!s->unsaved_since || !s->view.task || s->unfit || !(s->view.draft || s->view.reason))
        return false;
    if (lw_sitting_is_view_only(s))
        return false;
    if (*folder < 0 && lw_draft_folder(lw_sitting_drafts(s), folder, NULL) != LW_OK)
        return false;
    lw_draft_name(lw_sitting_draft_key(s), name);
    json_t *draft = lw_sitting_draft_json(s, lw_sitting_spent(s));
    lw_buf_clear(bytes);
    lw_json_add(bytes, draft);
    json_decref(draft);
    return true;
}

/* Keeps the answers of a skipped task: they come back when the skip is undone or the task is opened
 * again. Their time counts for the skip. */
static void write_skipped_draft(struct lw_sitting *s)
{
    struct lw_err err = {0};
    json_t *draft = lw_sitting_draft_json(s, (struct lw_spent){0, 0});
    json_object_del(draft, "reason");
    if (lw_draft_save(lw_sitting_drafts(s), lw_sitting_draft_key(s), draft, NULL, &err) != LW_OK)
        lw_sitting_notify(s, LW_TONE_ERROR, LW_MSG_DRAFT_NOT_SAVED, err.text);
    json_decref(draft);
}

/* Removes the draft of a submitted task; keeps that of a skipped one. */
void lw_sitting_drop_draft(struct lw_sitting *s, bool skipped)
{
    bool ours = set_aside_unfit(s) && lw_sitting_spare_theirs(s); /* else the file stays */
    if (ours && skipped && s->view.draft) {
        write_skipped_draft(s);
        lw_last_task_save(lw_sitting_drafts(s), "", NULL); /* work goes on elsewhere */
    } else if (ours && s->draft_on_disk) {
        lw_draft_remove(lw_sitting_drafts(s), lw_sitting_draft_key(s));
        s->draft_on_disk = false;
    }
    s->view.draft = false;
    s->unsaved_since = 0;
    free(s->view.reason);
    s->view.reason = NULL;
}

/* ---- drafts of tasks that are gone
 *
 * A task without an id goes by the hash of its record. When the record changes, its draft has the
 * name of a task that is gone. */

static bool is_of_no_task(const struct lw_sitting *s, const json_t *draft)
{
    const json_t *task = json_object_get(draft, "task");
    size_t position;
    return json_is_string(task) &&
           !lw_tasks_find(s->view.opts.tasks,
               lw_fingerprint(json_string_value(task), json_string_length(task)), &position);
}

static void add_stray(void *ctx, json_t *draft)
{
    struct lw_sitting *s = ctx;
    if (is_of_no_task(s, draft) && !json_object_get(draft, "repeat"))
        json_array_append(s->strays, draft);
}

/* Once, as soon as all tasks are known. */
static void collect(struct lw_sitting *s)
{
    s->strays = json_array();
    lw_drafts_each(lw_sitting_drafts(s), add_stray, s);
}

/* It has the same responses; the prompt may differ. */
static bool has_our_texts(struct lw_sitting *s, const json_t *draft)
{
    return s->view.task->nresponses > 0 &&
           json_equal(lw_sitting_texts(s), json_object_get(draft, "texts"));
}

static bool has_our_place(struct lw_sitting *s, const json_t *draft)
{
    const char *file = json_string_value(json_object_get(draft, "file"));
    return file && strcmp(file, s->view.task->record.file) == 0 &&
           json_integer_value(json_object_get(draft, "number")) ==
               (json_int_t)s->view.task->record.number;
}

static size_t find_stray(struct lw_sitting *s, bool (*is_ours)(struct lw_sitting *, const json_t *))
{
    size_t n = json_array_size(s->strays), i = 0;
    while (i < n && !is_ours(s, json_array_get(s->strays, i)))
        i++;
    return i;
}

static bool adopt_stray(struct lw_sitting *s)
{
    if (!lw_tasks_complete(s->view.opts.tasks) ||
        lw_journal_mode(s->view.opts.journal) != LW_JOURNAL_WRITABLE)
        return false;
    if (!s->strays)
        collect(s);
    size_t n = json_array_size(s->strays), i = find_stray(s, has_our_texts);
    if (i == n)
        i = find_stray(s, has_our_place);
    if (i == n)
        return false;
    struct lw_drafts at = lw_sitting_drafts(s);
    json_t *draft = json_copy(json_array_get(s->strays, i));
    char *was = lw_strdup(json_string_value(json_object_get(draft, "task")));
    json_object_set_new(draft, "task", json_string(s->view.task->id));
    bool saved = lw_draft_save(at, s->view.task->id, draft, NULL, NULL) == LW_OK;
    if (saved) {
        lw_draft_remove(at, was);
        json_array_remove(s->strays, i);
    }
    free(was);
    json_decref(draft);
    return saved;
}

/* ---- loading */

/* Copies, never shares: changing the draft must not change the saved answers. */
static void reset_answers(struct lw_sitting *s)
{
    json_decref(s->view.answers);
    s->view.answers = json_deep_copy(s->view.submitted);
}

static void restore_reason_and_time(struct lw_sitting *s, const json_t *draft)
{
    const json_t *reason = json_object_get(draft, "reason");
    if (json_string_length(reason) > 0)
        lw_sitting_set_reason(s, json_string_value(reason), json_string_length(reason));
    lw_sitting_add_time(s, lw_spent_parse(draft));
}

/* A view-only session changes nothing on the disk. */
static bool set_aside(struct lw_sitting *s, json_t *draft)
{
    s->unfit = json_incref(draft);
    return lw_journal_mode(s->view.opts.journal) == LW_JOURNAL_WRITABLE && set_aside_unfit(s);
}

/* A draft older than the current label. After a crash while saving both are the same, and the draft
 * can go. If it has anything else, it is kept. */
static bool set_aside_unless_same(struct lw_sitting *s, json_t *draft)
{
    bool same = lw_sitting_restore_answers(s, draft) == 0 && lw_sitting_equals_submitted(s);
    reset_answers(s);
    return same || set_aside(s, draft);
}

bool lw_sitting_load_draft(struct lw_sitting *s)
{
    struct lw_err err = {0};
    json_t *draft = lw_draft_load(lw_sitting_drafts(s), lw_sitting_draft_key(s), &err);
    bool aside = false;
    if (!draft && err.code == LW_OK && s->view.state == LW_TASK_OPEN && !s->repeat.of &&
        adopt_stray(s))
        draft = lw_draft_load(lw_sitting_drafts(s), lw_sitting_draft_key(s), &err);
    if (!draft) {
        if (err.code != LW_OK)
            lw_sitting_notify(s, LW_TONE_WARNING, "%s", err.text);
        return false;
    }
    s->draft_on_disk = true;
    lw_draft_read(lw_sitting_drafts(s), lw_sitting_draft_key(s), &s->saved);
    if (lw_sitting_is_older(s, draft)) {
        aside = set_aside_unless_same(s, draft);
        json_decref(draft);
        return aside;
    }
    lw_order_apply(s->view.task, json_object_get(draft, "order"), s->view.order);
    restore_reason_and_time(s, draft);
    if (lw_sitting_restore_answers(s, draft) > 0) {
        if (json_object_size(s->view.answers) == 0)
            reset_answers(s);
        aside = set_aside(s, draft);
    } else if (s->moved > 0) {
        lw_sitting_notify_moved(s);
    } else if (!lw_sitting_is_draft_of(s, draft)) {
        lw_sitting_notify(s, LW_TONE_WARNING, LW_MSG_DRAFT_CHECK);
    }
    json_decref(draft);
    return aside;
}
