#define _GNU_SOURCE
#include "cli.h"

#include "labelwright/answers.h"
#include "labelwright/events.h"
#include "labelwright/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* {"task","seq","hash"} or {"task","error"}: through sys, so that a trace shows it after the sync.
 */
static bool reply(const struct lw_workplace *w, json_t *object)
{
    struct lw_err err = {0};
    struct lw_problems none = {0};
    char *line = json_dumps(object, JSON_COMPACT);
    char *with_end = lw_format("%s\n", line);
    bool fine =
        lw_write_all(w->sys, STDOUT_FILENO, with_end, strlen(with_end), NULL, &err) == LW_OK;
    if (!fine)
        lw_say_wrong(&none, &err);
    free(with_end);
    free(line);
    json_decref(object);
    return fine;
}

static json_t *refusal(const char *task, const char *why)
{
    return json_pack("{s:s?,s:s}", "task", task, "error", why);
}

static json_t *body(
    struct lw_workplace *w, const struct lw_task *task, const json_t *request, struct lw_err *err)
{
    const struct lw_entry *stands =
        lw_ledger_of(w->ledger, lw_fingerprint(task->id, strlen(task->id)));
    struct lw_labeled l = {
        .project = w->project, .task = task, .replaces = stands ? stands->seq : 0};
    const json_t *skip = json_object_get(request, "skip");
    const json_t *answers = json_object_get(request, "answers");
    if (json_is_string(skip) && !answers)
        return lw_event_skip(&l, json_string_value(skip), json_string_length(skip));
    if (!json_is_object(answers) || skip) {
        lw_fail(err, LW_EBAD,
            "a line is {\"task\":ID,\"answers\":{…}} or {\"task\":ID,\"skip\":\"why\"}");
        return NULL;
    }
    if (task->unreadable) {
        lw_fail(err, LW_EBAD, "the record cannot be labeled: %s", task->unreadable);
        return NULL;
    }
    if (lw_answers_check(w->project, task, answers, err) != LW_OK)
        return NULL;
    return lw_event_annotate(&l, answers);
}

static json_t *keep(struct lw_workplace *w, const char *id, json_t *event, struct lw_err *err)
{
    struct lw_event out;
    enum lw_code code = lw_journal_append(w->journal, &event, 1, &out, err);
    json_decref(event);
    if (code != LW_OK)
        return refusal(id, err->text);
    lw_ledger_fold(w->ledger, &out);
    return json_pack("{s:s,s:I,s:s}", "task", id, "seq", (json_int_t)out.seq, "hash", out.hash);
}

static json_t *record(struct lw_workplace *w, const char *line, size_t n, struct lw_err *err)
{
    json_error_t e;
    json_t *request = json_loadb(line, n, JSON_REJECT_DUPLICATES, &e), *answer, *event;
    const char *id = json_string_value(json_object_get(request, "task"));
    struct lw_task *task = NULL;
    size_t position;
    if (!request) {
        lw_fail(err, LW_EBAD, "column %d: %s", e.column, e.text);
        return refusal(NULL, err->text);
    }
    if (!id)
        lw_fail(err, LW_EBAD, "the line names no task");
    else if (!lw_tasks_find(w->tasks, lw_fingerprint(id, strlen(id)), &position))
        lw_fail(err, LW_EABSENT, "there is no such task");
    else
        lw_tasks_load(w->tasks, position, &task, err);
    event = task ? body(w, task, request, err) : NULL;
    answer = event ? keep(w, id, event, err) : refusal(id, err->text);
    lw_task_free(task);
    json_decref(request);
    return answer;
}

/* Line after line; the worst exit status of all of them. */
static int record_all(struct lw_workplace *w)
{
    char *line = NULL;
    size_t cap = 0;
    int status = 0;
    for (ssize_t n; (n = getline(&line, &cap, stdin)) >= 0;) {
        struct lw_err err = {0};
        if (n > 0 && line[n - 1] == '\n')
            n--;
        if (n == 0)
            continue;
        bool said = reply(w, record(w, line, (size_t)n, &err));
        int this = err.code == LW_OK ? 0 : err.code == LW_EABSENT ? 1 : lw_exit_status(err.code);
        status = this > status ? this : status;
        if (!said) {
            status = lw_exit_status(LW_EIO);
            break;
        }
    }
    free(line);
    return status;
}

int lw_cmd_record(struct lw_cli *c)
{
    struct lw_workplace w;
    int status = lw_cli_open(c, false, &w);
    if (status != 0)
        return status;
    if (lw_journal_mode(w.journal) != LW_JOURNAL_WRITABLE) {
        const char *owner = lw_journal_owner(w.journal);
        lw_say("nothing recorded: %s holds this journal.", owner ? owner : "another sitting");
        status = lw_exit_status(LW_EBUSY);
    } else {
        status = lw_cli_index(&w);
    }
    if (status == 0)
        status = record_all(&w);
    lw_workplace_close(&w);
    return status;
}
