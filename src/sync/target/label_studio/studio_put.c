/* Makes Label Studio agree with the journal: at most one annotation of ours for each task. A task
 * sent for the first time needs one request; its unique_id makes that safe to repeat. For a changed
 * label we first read the task, then update the annotation in place, or delete it if the label was
 * undone: Label Studio then counts the task as open again. */
#define _GNU_SOURCE
#include "sync/sync_messages_internal.h"
#include "sync/target/label_studio/studio_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/base/hash.h"
#include "labelwright/export/span_characters.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INDEX_BYTES = 1024 * 1024 };

static const struct lw_entry *entry_of(const struct lw_studio *s, const struct lw_studio_work *w)
{
    return lw_ledger_of(s->with.ledger, lw_fingerprint(w->task, strlen(w->task)));
}

/* Whether there may be an annotation of ours from another event. */
static bool must_read(const struct lw_studio_work *w, const struct lw_entry *e)
{
    return !w->read && !(w->plain && e && e->seq == w->last && e->before == 0);
}

/* Reads the task files as far as needed: a sync without spans opens none. */
static bool find_task(struct lw_studio *s, uint64_t key, size_t *at)
{
    bool more = s->tasks || lw_tasks_open(s->with.sys, s->with.project, &s->tasks, NULL) == LW_OK;
    while (more && !lw_tasks_find(s->tasks, key, at))
        more = lw_tasks_step(s->tasks, INDEX_BYTES);
    return s->tasks && lw_tasks_find(s->tasks, key, at);
}

/* The task as it was labeled; NULL when its record is missing or another one now. */
static struct lw_task *labeled_task(struct lw_studio *s, const struct lw_entry *e)
{
    struct lw_record_location now;
    struct lw_task *task = NULL;
    size_t at;
    if (find_task(s, e->task, &at) && lw_tasks_locate(s->tasks, at, &now, NULL) == LW_OK &&
        now.record == e->record)
        lw_tasks_load(s->tasks, at, &task, NULL);
    return task;
}

/* Of spans the offsets count characters there: that takes the text that they are of. */
static enum lw_code count_spans(
    struct lw_studio *s, const struct lw_entry *e, json_t *event, struct lw_err *err)
{
    json_t *answers = json_object_get(event, "answers");
    if (!lw_spans_are_among(s->with.project, answers))
        return LW_OK;
    struct lw_task *task = labeled_task(s, e);
    if (!task)
        return lw_fail(err, LW_EBAD, LW_SYNC_MSG_STUDIO_SPANS_MOVED);
    lw_spans_count_characters(s->with.project, task, answers);
    lw_task_free(task);
    return LW_OK;
}

static json_t *annotation(struct lw_studio *s, struct lw_studio_work *w, const struct lw_entry *e)
{
    struct lw_err err = {0};
    json_t *event = NULL, *body = NULL;
    if (lw_journal_read(s->with.journal, e->pos, &event, &err) == LW_OK &&
        count_spans(s, e, event, &err) == LW_OK)
        body = lw_studio_annotation(s->with.project, &s->config, event, &err);
    json_decref(event);
    if (!body)
        lw_studio_refuse(s, w, "cannot_say", "%s", err.text);
    return body;
}

/* True when a table reader that guesses types changes the id: 0012 becomes 12, NA becomes empty.
 * Label Studio reads CSV and TSV uploads this way. */
static bool is_changed_by_tables(const char *id)
{
    static const char *const empty[] = {"#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN",
        "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan",
        "null"};
    size_t digits = strspn(id, "0123456789");
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++)
        if (strcmp(id, empty[i]) == 0)
            return true;
    return id[0] == '0' && digits > 1 && !id[digits];
}

static void refuse_task(struct lw_studio *s, struct lw_studio_work *w)
{
    int64_t project = s->with.to->project;
    if (w->ambiguous)
        lw_studio_refuse(s, w, "task", LW_SYNC_MSG_STUDIO_TWO_TASKS, project, w->task);
    else
        lw_studio_refuse(s, w, "task", LW_SYNC_MSG_STUDIO_NO_TASK, project, w->task,
            is_changed_by_tables(w->task) ? LW_SYNC_MSG_STUDIO_AS_JSON : "");
}

/* False when this work needs no (more) request. */
static bool ask_for(struct lw_studio *s, struct lw_studio_work *w, struct lw_http_request *next)
{
    const struct lw_entry *e = entry_of(s, w);
    json_t *body = NULL;
    if (w->there == 0 && !e) {
        w->done = true;
    } else if (w->there == 0 || w->ambiguous) {
        refuse_task(s, w);
    } else if (must_read(w, e)) {
        lw_studio_request(s, next, "GET", lw_format("/api/tasks/%" PRId64 "/", w->there), NULL);
    } else if (!e && !w->ours) {
        w->done = true;
    } else if (!e) {
        lw_studio_request(
            s, next, "DELETE", lw_format("/api/annotations/%" PRId64 "/", w->ours), NULL);
    } else if ((body = annotation(s, w, e)) != NULL) {
        lw_studio_request(s, next, w->ours ? "PATCH" : "POST",
            w->ours ? lw_format("/api/annotations/%" PRId64 "/", w->ours)
                    : lw_format("/api/tasks/%" PRId64 "/annotations/", w->there),
            body);
    }
    return !w->done;
}

static bool ask(struct lw_studio *s, struct lw_http_request *next)
{
    for (; s->at < s->nwork; s->at++)
        if (!s->work[s->at].done && ask_for(s, &s->work[s->at], next))
            return true;
    return false;
}

/* ---- what is there */

/* Made by us: by our account, and with the journal's mark on its items. A skip has no items. */
static bool is_ours(const struct lw_studio *s, const json_t *annotation)
{
    char mark[LW_STUDIO_MARK];
    const json_t *by = json_object_get(annotation, "completed_by");
    const json_t *first = json_array_get(json_object_get(annotation, "result"), 0);
    const char *id = json_string_value(json_object_get(first, "id"));
    int64_t user = json_integer_value(json_is_object(by) ? json_object_get(by, "id") : by);
    lw_studio_mark(s->request->journal, mark);
    return user == s->user && (!first || (id && strncmp(id, mark, strlen(mark)) == 0));
}

static void read_annotations(struct lw_studio *s, struct lw_studio_work *w, const json_t *task)
{
    size_t i;
    json_t *one;
    w->read = true;
    w->ours = 0;
    json_array_foreach(json_object_get(task, "annotations"), i, one) if (is_ours(s, one)) w->ours =
        json_integer_value(json_object_get(one, "id"));
}

/* ---- the answer */

/* The message of a server error: what is wrong with which member, or its `detail`. */
static void error_text(const json_t *body, char *to, size_t room)
{
    const json_t *wrong = json_object_get(body, "validation_errors");
    const char *detail = json_string_value(json_object_get(body, "detail"));
    char *text = wrong ? json_dumps(wrong, JSON_COMPACT | JSON_ENCODE_ANY) : NULL;
    snprintf(to, room, "%.150s", text ? text : detail ? detail : LW_SYNC_MSG_STUDIO_NO_REASON);
    free(text);
}

/* The server returns what it created or changed; a proxy can also say 200, without that. */
static bool confirms(long status, const json_t *body)
{
    return status == 204 ||
           ((status == 200 || status == 201) && json_is_integer(json_object_get(body, "id")));
}

static bool read_answer(
    struct lw_studio *s, long status, const json_t *body, struct lw_send_result *d)
{
    struct lw_studio_work *w = &s->work[s->at];
    const struct lw_entry *e = entry_of(s, w);
    char why[160];
    (void)d;
    if (must_read(w, e) && json_is_array(json_object_get(body, "annotations"))) {
        read_annotations(s, w, body);
    } else if (!must_read(w, e) && confirms(status, body)) {
        w->done = true;
    } else if (status == 409 && body) {
        w->done = true;
        s->duplicates++;
    } else if (status == 404 && body && w->ours) {
        w->done = e == NULL;
        w->ours = 0; /* somebody deleted it in the meantime */
    } else if (body && (status == 400 || status == 404 || status == 413 || status == 422)) {
        error_text(body, why, sizeof why);
        lw_studio_refuse(s, w, "refused", "%ld: %s", status, why);
    } else {
        return false;
    }
    return true;
}

const struct lw_studio_phase lw_studio_put = {ask, read_answer};
