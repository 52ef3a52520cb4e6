/* Labels from scripts: parses one request a line, checks it as strictly as the screen does, appends
 * it to the journal, and replies only when it is on the disk. Requests that are there already go to
 * the disk together, so that many wait on one sync. There is no draft, no task on a screen and no
 * clock here: it works on the workspace, not on a session. */
#define _GNU_SOURCE
#include "labelwright/sitting/record_labels.h"

#include "labelwright/answers/answers.h"
#include "labelwright/answers/practice.h"
#include "labelwright/base/file.h"
#include "labelwright/format/record_reader.h"
#include "labelwright/journal/event.h"
#include "labelwright/json/json_value.h"
#include "labelwright/text/utf8.h"
#include "sitting/messages_internal.h"
#include "sitting/request_lines_internal.h"

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

static char *refusal(const char *task, const char *why)
{
    json_t *reply = json_pack("{s:s?,s:o}", "task", task, "error", text_of(why));
    char *text = json_dumps(reply, JSON_COMPACT);
    json_decref(reply);
    return text;
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

/* The answers become the event's: those that are not asked for go, and defaults come. */
static json_t *annotate_event(const struct lw_labeled *l, json_t *answers, struct lw_err *err)
{
    if (l->task->unreadable) {
        lw_fail(err, LW_EBAD, LW_MSG_RECORD_UNREADABLE, l->task->unreadable);
        return NULL;
    }
    if (lw_answers_check(l->project, l->task, answers, err) != LW_OK)
        return NULL;
    lw_answers_prune(l->project, l->task, answers);
    json_t *became = lw_suggestions_outcome(l->project, l->task, answers);
    struct lw_labeled whole = *l;
    json_t *filled = lw_presets_fill(l->project, l->task, answers);
    whole.suggestions = became;
    whole.defaulted = filled;
    json_t *practice = lw_project_practises(l->project, l->task->record.file)
                           ? lw_practice_outcome(l->project, l->task, answers)
                           : NULL;
    whole.practice = practice;
    json_t *event = lw_event_annotate(&whole, answers);
    json_decref(practice);
    json_decref(filled);
    json_decref(became);
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
    json_t *answers = json_object_get(request, "answers");
    if (!skip == !answers) {
        lw_fail(err, LW_EBAD, skip ? LW_MSG_RECORD_BOTH LW_MSG_RECORD_FORM : LW_MSG_RECORD_FORM);
        return NULL;
    }
    lw_items_bring(w->project, task, answers);
    return skip ? skip_event(&l, skip, err) : annotate_event(&l, answers, err);
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

/* ---- requests that wait on the same sync */

enum { TOGETHER = 256, TOGETHER_BYTES = 1 << 20 };

struct waiting {
    char *id; /* of the task */
    uint64_t task;
    json_t *event;         /* NULL: it was refused */
    char *refusal;         /* NULL: it is saved, or waits */
    struct lw_event saved; /* its seq is 0 until then */
};

struct batch {
    struct lw_workspace *w;
    int out;
    struct waiting v[TOGETHER];
    size_t n, bytes;
    size_t folded; /* of those, from the first on, that the ledger knows if they are saved */
    struct lw_buf reply;
    enum lw_code worst;
};

static enum lw_code worse(enum lw_code a, enum lw_code b)
{
    return lw_exit_status(b) > lw_exit_status(a) ? b : a;
}

static void refuse(struct batch *b, struct waiting *r, const struct lw_err *why)
{
    r->refusal = refusal(r->id, why->text);
    b->worst = worse(b->worst, why->code);
}

/* The ledger reads an event's text, which the journal keeps until it appends more. */
static void fold_saved(struct batch *b, size_t to)
{
    for (; b->folded < to; b->folded++)
        if (b->v[b->folded].saved.seq)
            lw_ledger_fold(b->w->ledger, &b->v[b->folded].saved);
}

static void save_alone(struct batch *b, size_t i)
{
    struct waiting *r = &b->v[i];
    struct lw_err why = {0}, not_saved = {0};
    fold_saved(b, i);
    enum lw_code code = lw_journal_append(b->w->journal, &r->event, 1, &r->saved, &why);
    if (code == LW_OK)
        return;
    r->saved.seq = 0;
    lw_fail(&not_saved, code, LW_MSG_RECORD_NOT_SAVED, why.text);
    refuse(b, r, &not_saved);
}

/* False when the disk does not take them together: then some may still have room. */
static bool save_together(struct batch *b)
{
    json_t *body[TOGETHER];
    struct lw_event e[TOGETHER];
    size_t n = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->v[i].event)
            body[n++] = b->v[i].event;
    if (n < 2 || lw_journal_append(b->w->journal, body, n, e, NULL) != LW_OK)
        return false;
    n = 0;
    for (size_t i = 0; i < b->n; i++)
        if (b->v[i].event)
            b->v[i].saved = e[n++];
    return true;
}

/* Those behind it are on the disk too, and nobody will be told. */
static void tell_of_the_rest(
    const struct batch *b, size_t at, const struct lw_err *why, struct lw_err *err)
{
    size_t more = 0;
    for (size_t i = at + 1; i < b->n; i++)
        more += b->v[i].saved.seq != 0;
    char *also = more ? lw_format(LW_MSG_RECORD_ALSO, more) : lw_strdup("");
    lw_fail(err, why->code, LW_MSG_RECORD_REPLY, why->text,
        b->v[at].saved.seq ? LW_MSG_RECORD_SAVED : LW_MSG_RECORD_REFUSED, also);
    free(also);
}

static void add_reply(struct lw_buf *to, const struct waiting *r)
{
    if (r->refusal) {
        lw_buf_str(to, r->refusal);
    } else {
        lw_buf_str(to, "{\"task\":");
        lw_json_add_text(to, r->id, strlen(r->id));
        lw_buf_fmt(
            to, ",\"seq\":%llu,\"hash\":\"%s\"}", (unsigned long long)r->saved.seq, r->saved.hash);
    }
    lw_buf_char(to, '\n');
}

/* Each by a write of its own, through sys, so that a trace shows them after the sync. */
static void write_replies(struct batch *b, struct lw_err *err)
{
    struct lw_err why = {0};
    for (size_t i = 0; i < b->n && why.code == LW_OK; i++) {
        lw_buf_clear(&b->reply);
        add_reply(&b->reply, &b->v[i]);
        if (lw_write_all(b->w->sys, b->out, b->reply.data, b->reply.len, NULL, &why) != LW_OK)
            tell_of_the_rest(b, i, &why, err);
    }
}

/* Whoever waits for a reply has it before the rest is done. */
static void finish(struct batch *b, struct lw_err *err)
{
    if (b->n == 0)
        return;
    if (!save_together(b))
        for (size_t i = 0; i < b->n; i++)
            if (b->v[i].event)
                save_alone(b, i);
    write_replies(b, err);
    fold_saved(b, b->n);
    for (size_t i = 0; i < b->n; i++) {
        json_decref(b->v[i].event);
        free(b->v[i].refusal);
        free(b->v[i].id);
    }
    b->n = b->bytes = b->folded = 0;
}

/* A label replaces the one before it of the same task, which must have its number by then. */
static bool has_task(const struct batch *b, uint64_t task)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->v[i].event && b->v[i].task == task)
            return true;
    return false;
}

static bool is_full(const struct batch *b)
{
    return b->n == TOGETHER || b->bytes > TOGETHER_BYTES;
}

static void add_event(
    struct batch *b, struct lw_task *task, const json_t *request, struct lw_err *why)
{
    struct waiting r = {.task = task ? task->key : 0};
    r.event = task ? make_event(b->w, task, request, why) : NULL;
    r.id = lw_strdup(json_string_value(json_object_get(request, "task")));
    if (!r.event)
        refuse(b, &r, why);
    b->v[b->n++] = r;
}

/* Nothing more is saved once replies cannot be written. */
static void add_request(struct batch *b, const char *line, size_t n, struct lw_err *err)
{
    struct lw_err why = {0};
    json_t *request = parse(line, n, &why);
    const char *id = json_string_value(json_object_get(request, "task"));
    struct lw_task *task = request ? find_task(b->w, id, &why) : NULL;
    if (is_full(b) || (task && has_task(b, task->key)))
        finish(b, err);
    if (err->code == LW_OK)
        add_event(b, task, request, &why);
    b->bytes += n;
    lw_task_free(task);
    json_decref(request);
}

/* The line does not end with a NUL: what follows it are other lines. */
static bool is_blank(const char *line, size_t n)
{
    size_t i = 0;
    while (i < n && memchr(" \t\r\n", line[i], 4))
        i++;
    return i == n;
}

enum lw_code lw_record_stream(struct lw_workspace *w, FILE *in, int out, struct lw_err *err)
{
    struct lw_request_lines lines = {.in = in};
    struct batch *b = lw_alloc(sizeof *b);
    enum lw_request_line next = LW_LINE_THERE;
    *b = (struct batch){.w = w, .out = out};
    while (err->code == LW_OK && (next == LW_LINE_THERE || next == LW_LINE_LATER)) {
        const char *line;
        size_t n;
        next = lw_request_next(&lines, b->n == 0, &line, &n);
        if (next == LW_LINE_THERE && !is_blank(line, n))
            add_request(b, line, n, err);
        else if (next == LW_LINES_FAILED)
            lw_fail_errno(err, LW_MSG_RECORD_STDIN);
        if (next != LW_LINE_THERE)
            finish(b, err);
    }
    finish(b, err);
    enum lw_code worst = worse(b->worst, err->code);
    lw_request_lines_fini(&lines);
    lw_buf_fini(&b->reply);
    free(b);
    return worst;
}
