/* Labels from scripts: parses one request a line, checks it as strictly as the screen does, appends
 * it to the journal, and replies only when it is on the disk. There is no draft, no task on a
 * screen and no clock here: it works on the workspace, not on a session. */
#define _GNU_SOURCE
#include "labelwright/sitting/record_labels.h"

#include "labelwright/answers/answers.h"
#include "labelwright/answers/practice.h"
#include "labelwright/base/file.h"
#include "labelwright/format/record_reader.h"
#include "labelwright/journal/event.h"
#include "labelwright/text/utf8.h"
#include "sitting/messages_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A sentence may be cut within a character: what is left of it becomes U+FFFD. */
static json_t *text_of(const char *s)
{
    struct lw_buf b = {0};
    for (size_t at = 0, n = strlen(s); at < n;) {
        char32_t cp;
        char bytes[4];
        at += lw_utf8_decode(s + at, n - at, &cp);
        lw_buf_add(&b, bytes, lw_utf8_encode(cp == LW_UTF8_BAD ? 0xFFFD : cp, bytes));
    }
    json_t *text = json_stringn(b.data ? b.data : "", b.len);
    lw_buf_fini(&b);
    return text;
}

static json_t *refusal(const char *task, const char *why)
{
    return json_pack("{s:s?,s:o}", "task", task, "error", text_of(why));
}

static json_t *skip_event(const struct lw_labeled *l, const json_t *skip, struct lw_err *err)
{
    json_t *practice = lw_project_practises(l->project, l->task->record.file) ? json_array() : NULL;
    struct lw_labeled whole = *l;
    whole.practice = practice;
    json_t *event = json_is_string(skip)
                        ? lw_event_skip(&whole, json_string_value(skip), json_string_length(skip))
                        : NULL;
    json_decref(practice);
    if (event)
        return event;
    lw_fail(err, LW_EBAD, LW_MSG_RECORD_SKIP);
    return NULL;
}

static json_t *annotate_event(const struct lw_labeled *l, const json_t *answers, struct lw_err *err)
{
    if (l->task->unreadable) {
        lw_fail(err, LW_EBAD, LW_MSG_RECORD_UNREADABLE, l->task->unreadable);
        return NULL;
    }
    if (lw_answers_check(l->project, l->task, answers, err) != LW_OK)
        return NULL;
    json_t *pruned = json_deep_copy(answers);
    lw_answers_prune(l->project, l->task, pruned);
    json_t *became = lw_suggestions_outcome(l->project, l->task, pruned);
    struct lw_labeled whole = *l;
    json_t *filled = lw_presets_fill(l->project, l->task, pruned);
    whole.suggestions = became;
    whole.defaulted = filled;
    json_t *practice = lw_project_practises(l->project, l->task->record.file)
                           ? lw_practice_outcome(l->project, l->task, pruned)
                           : NULL;
    whole.practice = practice;
    json_t *event = lw_event_annotate(&whole, pruned);
    json_decref(practice);
    json_decref(filled);
    json_decref(became);
    json_decref(pruned);
    return event;
}

static json_t *make_event(
    const struct lw_workspace *w, struct lw_task *task, const json_t *request, struct lw_err *err)
{
    const struct lw_entry *stands = lw_ledger_of(w->ledger, task->key);
    struct lw_labeled l = {.project = w->project,
        .task = task,
        .replaces = stands ? stands->seq : 0,
        .private =
            lw_project_practises(w->project, task->record.file) && !w->project->send_practice};
    const json_t *skip = json_object_get(request, "skip");
    const json_t *answers = json_object_get(request, "answers");
    if (!skip == !answers) {
        lw_fail(err, LW_EBAD, skip ? LW_MSG_RECORD_BOTH LW_MSG_RECORD_FORM : LW_MSG_RECORD_FORM);
        return NULL;
    }
    lw_items_bring(w->project, task, answers);
    return skip ? skip_event(&l, skip, err) : annotate_event(&l, answers, err);
}

static json_t *append(struct lw_workspace *w, const char *id, json_t *event, struct lw_err *err)
{
    struct lw_event e;
    enum lw_code code = lw_journal_append(w->journal, &event, 1, &e, err);
    json_decref(event);
    if (code != LW_OK) {
        char *why = lw_format(LW_MSG_RECORD_NOT_SAVED, err->text);
        json_t *reply = refusal(id, why);
        free(why);
        return reply;
    }
    lw_ledger_fold(w->ledger, &e);
    return json_pack("{s:s,s:I,s:s}", "task", id, "seq", (json_int_t)e.seq, "hash", e.hash);
}

static struct lw_task *find_task(struct lw_workspace *w, const char *id, struct lw_err *err)
{
    struct lw_task *task = NULL;
    size_t position;
    if (!id)
        lw_fail(err, LW_EBAD, LW_MSG_RECORD_ID LW_MSG_RECORD_FORM);
    else if (!lw_tasks_find(w->tasks, lw_fingerprint(id, strlen(id)), &position))
        lw_fail(err, LW_EBAD, LW_MSG_RECORD_NO_TASK, id);
    else
        lw_tasks_load(w->tasks, position, &task, err);
    return task;
}

static json_t *parse(const char *line, size_t n, struct lw_err *err)
{
    json_t *request = NULL;
    if (n > LW_RECORD_MAX)
        lw_fail(err, LW_EBAD, LW_MSG_RECORD_LONG, LW_RECORD_MAX / (1024 * 1024));
    else if (line[strspn(line, " \t")] != '{')
        lw_fail(err, LW_EBAD, LW_MSG_RECORD_FORM);
    else
        lw_record_parse(line, n, &request, err);
    return request;
}

static json_t *reply_to(struct lw_workspace *w, const char *line, size_t n, struct lw_err *err)
{
    json_t *request = parse(line, n, err);
    if (!request)
        return refusal(NULL, err->text);
    const char *id = json_string_value(json_object_get(request, "task"));
    struct lw_task *task = find_task(w, id, err);
    json_t *event = task ? make_event(w, task, request, err) : NULL;
    json_t *reply = event ? append(w, id, event, err) : refusal(id, err->text);
    lw_task_free(task);
    json_decref(request);
    return reply;
}

/* Through sys, so that a trace shows it after the sync. Takes the reply. */
static enum lw_code write_reply(struct lw_workspace *w, int out, json_t *reply, struct lw_err *err)
{
    struct lw_err why = {0};
    char *text = json_dumps(reply, JSON_COMPACT);
    char *line = lw_format("%s\n", text);
    bool saved = json_object_get(reply, "seq") != NULL;
    enum lw_code code = lw_write_all(w->sys, out, line, strlen(line), NULL, &why);
    if (code != LW_OK)
        lw_fail(err, code, LW_MSG_RECORD_REPLY, why.text,
            saved ? LW_MSG_RECORD_SAVED : LW_MSG_RECORD_REFUSED);
    free(line);
    free(text);
    json_decref(reply);
    return code;
}

static bool is_blank(const char *line, size_t n)
{
    return strspn(line, " \t\r\n") >= n;
}

static enum lw_code worse(enum lw_code a, enum lw_code b)
{
    return lw_exit_status(b) > lw_exit_status(a) ? b : a;
}

enum lw_code lw_record_stream(struct lw_workspace *w, FILE *in, int out, struct lw_err *err)
{
    char *line = NULL;
    size_t room = 0;
    enum lw_code worst = LW_OK;
    errno = 0;
    for (ssize_t n; err->code == LW_OK && (n = getline(&line, &room, in)) >= 0; errno = 0) {
        struct lw_err why = {0};
        if (is_blank(line, (size_t)n))
            continue;
        write_reply(w, out, reply_to(w, line, (size_t)n, &why), err);
        worst = worse(worst, why.code);
    }
    if (ferror(in))
        lw_fail_errno(err, LW_MSG_RECORD_STDIN);
    free(line);
    return worse(worst, err->code);
}
