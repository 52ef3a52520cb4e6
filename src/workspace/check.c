/* The check of all tasks: what is wrong with their records, and which changed since they were
 * labeled. Every record is read and parsed, one at a time; line numbers are counted only for what
 * is reported. How the findings are printed is the command's. */
#include "labelwright/workspace/check.h"
#include "labelwright/json/json_error.h"

#include "labelwright/answers/answers.h"
#include "labelwright/answers/practice.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/record.h"
#include "labelwright/tasks/tasks.h"

#include <stdlib.h>
#include <string.h>

enum { PROGRESS_EVERY = 1000 };

struct checking {
    const struct lw_check *with;
    struct lw_check_report *report;
    size_t position;
    const struct lw_task *task;
    uint64_t line; /* 0 until it is asked for: finding it reads the file up to there */
    bool **met;    /* for each join: which of its records answer a task */
    size_t usual;  /* how many responses most tasks have */
    bool prompts;  /* most tasks have one */
};

const char *lw_finding_describe(enum lw_check_finding f)
{
    static const char *const words[] = {
#define X(id, text) text,
        LW_FINDINGS(X)
#undef X
    };
    return words[f];
}

/* A path that an editor can open from the current folder. */
static char *shown_path(const struct lw_project *p, const char *file)
{
    const char *slash = strrchr(p->dir, '/');
    if (strncmp(file, "../", 3) != 0)
        return strcmp(p->dir, ".") == 0 ? lw_strdup(file) : lw_format("%s/%s", p->dir, file);
    return slash ? lw_format("%.*s%s", (int)(slash - p->dir) + 1, p->dir, file + 3)
                 : lw_strdup(file + 3);
}

/* `file` is as the project has it. */
static void report_at(const struct checking *c, struct lw_check_found found)
{
    char *path = shown_path(c->with->project, found.file);
    found.file = path;
    c->with->tell(c->with->ctx, &found);
    free(path);
}

static void report(
    struct checking *c, enum lw_check_finding kind, size_t line, size_t col, const char *text)
{
    if (++c->report->found[kind] > c->with->most)
        return;
    if (!c->line)
        c->line = lw_tasks_line(c->with->tasks, c->position);
    report_at(c, (struct lw_check_found){
                     kind, c->task->record.file, c->line + (line ? line - 1 : 0), col, text});
}

static void check_readable(struct checking *c)
{
    size_t line = 1, col = 1;
    if (c->task->unreadable) {
        const char *text = lw_json_error_place(c->task->unreadable, &line, &col);
        report(c, LW_FINDING_UNREADABLE, line, col, text);
    }
}

static void check_unique(struct checking *c)
{
    if (!lw_tasks_is_duplicate(c->with->tasks, c->position))
        return;
    char *text = lw_format(
        "an earlier record has the same id, so this one is called \"%s\". Give it its own id.",
        c->task->id);
    report(c, LW_FINDING_DUPLICATE, 1, 1, text);
    free(text);
}

/* A comparison needs two responses. With more it is not asked; with fewer that is fine as long as
 * another question is asked. A ranking needs two or more. */
static bool is_left_out(const struct checking *c, const struct lw_question *q)
{
    size_t slots, n = c->task->nresponses;
    if (lw_question_takes(q, c->task))
        return false;
    json_t *none = json_object();
    free(lw_slots(c->with->project, c->task, NULL, none, &slots));
    json_decref(none);
    return n > 2 || slots == 0 || lw_question_type(q->type)->or_more || q->type == LW_Q_TALK;
}

static void check_asked(struct checking *c)
{
    const struct lw_project *p = c->with->project;
    size_t i = 0, n = c->task->nresponses;
    while (i < p->nquestions && !is_left_out(c, &p->question[i]))
        i++;
    if (c->task->unreadable || i == p->nquestions)
        return;
    const struct lw_question *q = &p->question[i];
    const char *what = q->type == LW_Q_RANK   ? "ranks 2 or more"
                       : q->type == LW_Q_TALK ? "brings its own"
                                              : "compares 2";
    char *text = lw_format("the task \"%.80s\" has %zu response%s: \"%s\" %s, so it is not "
                           "asked. Ask for a rating of each response, or remove the task.",
        c->task->id, n, n == 1 ? "" : "s", q->name, what);
    report(c, LW_FINDING_UNASKED, 1, 1, text);
    free(text);
}

static void report_suggestion(void *ctx, const char *text)
{
    char *whole = lw_format("suggestions: %s", text);
    report(ctx, LW_FINDING_SUGGESTED, 1, 1, whole);
    free(whole);
}

static void check_suggestions(struct checking *c)
{
    if (!c->task->unreadable)
        lw_suggestions_check(c->with->project, c->task, report_suggestion, c);
}

static void report_known(void *ctx, const char *text)
{
    char *whole = lw_format("known answers: %s", text);
    report(ctx, LW_FINDING_KNOWN, 1, 1, whole);
    free(whole);
}

static void check_known(struct checking *c)
{
    if (c->task->unreadable || !lw_project_practises(c->with->project, c->task->record.file))
        return;
    lw_known_check(c->with->project, c->task, report_known, c);
    if (!c->task->known)
        report(c, LW_FINDING_UNKNOWN_ANSWERS, 1, 1,
            "this practice task has no known answers. Add \"known\", or name the members that have "
            "them under `known` in project.yaml.");
}

/* The first bytes of the hash, which only labeled tasks need. */
static uint64_t record_now(const struct checking *c)
{
    struct lw_record_location at = {0};
    char first[17];
    if (c->task->record.sha256[0]) {
        lw_task_id_of_hash(c->task->record.sha256, first);
        return strtoull(first, NULL, 16);
    }
    lw_tasks_locate(c->with->tasks, c->position, &at, NULL);
    return at.record;
}

static void check_unchanged(struct checking *c)
{
    uint64_t key = lw_tasks_key(c->with->tasks, c->position);
    const struct lw_entry *e = lw_ledger_of(c->with->ledger, key);
    if (!e || e->record == record_now(c))
        return;
    char *text = lw_format("the task \"%s\" changed since it was %s. Check it again (K, or ^G and "
                           "its id), or restore the old record.",
        c->task->id, e->skip ? "skipped" : "labeled");
    report(c, LW_FINDING_CHANGED, 1, 1, text);
    free(text);
}

static void check_answered(struct checking *c)
{
    const struct lw_tasks *t = c->with->tasks;
    for (size_t i = 0; i < lw_tasks_joins(t) && c->task->root; i++) {
        size_t first, n = lw_tasks_join_find(t, i, c->task, &first);
        for (size_t k = first; k < first + n; k++)
            c->met[i][k] = true;
        if (n > 0)
            continue;
        char *text = lw_format("the task \"%.80s\" has no answer in %s. Add it there, or skip the "
                               "task.",
            c->task->id, lw_tasks_join_at(t, i).file);
        report(c, LW_FINDING_UNANSWERED, 1, 1, text);
        free(text);
    }
}

/* Record `record` of a file that joins; of its first line for SIZE_MAX. */
static void report_stray(struct checking *c, size_t join, size_t record, const char *text)
{
    struct lw_tasks *t = c->with->tasks;
    if (++c->report->found[LW_FINDING_STRAY] > c->with->most)
        return;
    uint64_t line = record == SIZE_MAX ? 1 : lw_tasks_join_line(t, join, record);
    report_at(c,
        (struct lw_check_found){LW_FINDING_STRAY, lw_tasks_join_at(t, join).file, line, 1, text});
}

static void check_strays(struct checking *c, size_t join, const bool *met)
{
    struct lw_join_info j = lw_tasks_join_at(c->with->tasks, join);
    char *text = lw_format(
        "no task has the same \"%s\", so this record answers no task. Fix it, or add its question.",
        j.member);
    for (size_t i = 0; i < j.records; i++)
        if (!met[i])
            report_stray(c, join, i, text);
    free(text);
    if (j.nameless == 0)
        return;
    text = lw_format("%zu record%s here answer%s no task: \"%s\" is missing, or is not text or an "
                     "integer. Add it.",
        j.nameless, j.nameless == 1 ? "" : "s", j.nameless == 1 ? "s" : "", j.member);
    report_stray(c, join, SIZE_MAX, text);
    free(text);
}

bool lw_finding_is_mistake(enum lw_check_finding f)
{
    return f != LW_FINDING_UNPROMPTED && f != LW_FINDING_FEWER && f != LW_FINDING_EMPTY &&
           f != LW_FINDING_UNKNOWN_ANSWERS;
}

static bool has_empty_response(const struct lw_task *t)
{
    for (size_t i = 0; i < t->nresponses; i++)
        if (t->response[i].text.n == 0 && lw_parts_count(t->response[i].parts) == 0)
            return true;
    return false;
}

/* Only when other tasks have more; otherwise the data is simply like that. */
static void check_complete(struct checking *c)
{
    const struct lw_task *t = c->task;
    lw_survey_add(&c->report->survey, t);
    if (t->unreadable)
        return;
    if (c->prompts && !lw_task_has_prompt(t))
        report(
            c, LW_FINDING_UNPROMPTED, 1, 1, "this task has no prompt. Add it, or skip the task.");
    if (has_empty_response(t))
        report(c, LW_FINDING_EMPTY, 1, 1, "a response of this task is empty.");
    if (t->nresponses >= c->usual)
        return;
    char *text = lw_format("this task has %zu response%s; most have %zu.", t->nresponses,
        t->nresponses == 1 ? "" : "s", c->usual);
    report(c, LW_FINDING_FEWER, 1, 1, text);
    free(text);
}

static void find_usual(struct checking *c)
{
    struct lw_survey s = {0};
    lw_survey_first(&s, c->with->tasks);
    c->usual = lw_survey_usual(&s);
    c->prompts = 2 * s.unprompted < s.tasks;
    lw_survey_fini(&s);
}

static void check_task(struct checking *c)
{
    c->line = 0;
    check_complete(c);
    check_readable(c);
    check_unique(c);
    check_asked(c);
    check_suggestions(c);
    check_known(c);
    check_unchanged(c);
    check_answered(c);
}

struct counting {
    struct lw_tasks *tasks;
    uint64_t gone;
};

static void count_gone(void *ctx, const struct lw_entry *e)
{
    struct counting *c = ctx;
    size_t position;
    c->gone += !lw_tasks_find(c->tasks, e->task, &position);
}

static void report_progress(const struct lw_check *with, size_t position)
{
    const struct lw_tasks *t = with->tasks;
    if (with->progress && position % PROGRESS_EVERY == 0)
        with->progress(with->ctx, lw_tasks_bytes_before(t, position), lw_tasks_bytes_all(t));
}

static enum lw_code check_all(struct checking *c, struct lw_err *err)
{
    for (; c->position < c->report->tasks; c->position++) {
        struct lw_task *t;
        enum lw_code code = lw_tasks_load_texts(c->with->tasks, c->position, false, &t, err);
        if (code != LW_OK)
            return code;
        c->task = t;
        check_task(c);
        lw_task_free(t);
        report_progress(c->with, c->position);
    }
    return LW_OK;
}

enum lw_code lw_check_tasks(
    const struct lw_check *with, struct lw_check_report *report, struct lw_err *err)
{
    struct lw_tasks *t = with->tasks;
    *report = (struct lw_check_report){.tasks = lw_tasks_count(t)};
    struct checking c = {.with = with, .report = report};
    lw_tasks_read_ahead(t);
    find_usual(&c);
    size_t joins = lw_tasks_joins(t);
    c.met = lw_alloc((joins + 1) * sizeof *c.met);
    for (size_t i = 0; i < joins; i++)
        c.met[i] = lw_alloc(lw_tasks_join_at(t, i).records + 1);
    enum lw_code code = check_all(&c, err);
    for (size_t i = 0; i < joins; i++) {
        if (code == LW_OK)
            check_strays(&c, i, c.met[i]);
        free(c.met[i]);
    }
    free(c.met);
    struct counting gone = {.tasks = t};
    lw_ledger_each(with->ledger, count_gone, &gone);
    report->gone = gone.gone;
    return code;
}
