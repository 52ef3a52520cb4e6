#include "labelwright/check.h"

#include "data/record.h"
#include "data/tasks_own.h"
#include "labelwright/buf.h"

#include <stdlib.h>
#include <string.h>

enum { PROGRESS_EVERY = 1000 };

struct checking {
    const struct lw_check *with;
    struct lw_check_report *report;
    size_t position;
    const struct lw_task *task;
    uint64_t line; /* 0 until it is asked for: finding it reads the file up to there */
};

const char *lw_finding_words(enum lw_finding f)
{
    static const char *const words[] = {
#define X(id, text) text,
        LW_FINDINGS(X)
#undef X
    };
    return words[f];
}

/* As a path that an editor can open from here. */
static char *shown_path(const struct lw_project *p, const char *file)
{
    const char *slash = strrchr(p->dir, '/');
    if (strncmp(file, "../", 3) != 0)
        return strcmp(p->dir, ".") == 0 ? lw_strdup(file) : lw_format("%s/%s", p->dir, file);
    return slash ? lw_format("%.*s%s", (int)(slash - p->dir) + 1, p->dir, file + 3)
                 : lw_strdup(file + 3);
}

static void tell(
    struct checking *c, enum lw_finding kind, size_t line, size_t col, const char *text)
{
    if (++c->report->found[kind] > c->with->most)
        return;
    if (!c->line)
        c->line = lw_tasks_line(c->with->tasks, c->position);
    char *path = shown_path(c->with->project, c->task->record.file);
    char *whole = lw_format(
        "%s:%llu:%zu: %s", path, (unsigned long long)(c->line + (line ? line - 1 : 0)), col, text);
    c->with->tell(c->with->ctx, whole);
    free(path);
    free(whole);
}

static void look_readable(struct checking *c)
{
    size_t line = 1, col = 1;
    if (c->task->unreadable) {
        const char *text = lw_refusal_place(c->task->unreadable, &line, &col);
        tell(c, LW_FINDING_UNREADABLE, line, col, text);
    }
}

static void look_unique(struct checking *c)
{
    if (!lw_index_suffix(c->with->tasks->index, c->position))
        return;
    char *text = lw_format("the id of this record stood before: it is known as \"%s\". Give it "
                           "an id of its own.",
        c->task->id);
    tell(c, LW_FINDING_TWIN, 1, 1, text);
    free(text);
}

static void look_unchanged(struct checking *c)
{
    uint64_t key = lw_tasks_key(c->with->tasks, c->position);
    const struct lw_entry *e = lw_ledger_of(c->with->ledger, key);
    char first[17];
    lw_task_id_of_hash(c->task->record.sha256, first);
    if (!e || e->record == strtoull(first, NULL, 16))
        return;
    char *text = lw_format("the task \"%s\" changed since it was %s. Look at it again: K, or ^G "
                           "and its id; or bring the old record back.",
        c->task->id, e->skip ? "skipped" : "labeled");
    tell(c, LW_FINDING_CHANGED, 1, 1, text);
    free(text);
}

static void look(struct checking *c)
{
    c->line = 0;
    look_readable(c);
    look_unique(c);
    look_unchanged(c);
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

static void say_progress(const struct lw_check *with, size_t position)
{
    const struct lw_tasks *t = with->tasks;
    if (with->progress && position % PROGRESS_EVERY == 0)
        with->progress(with->ctx, lw_index_offset(t->index, position), lw_tasks_bytes_all(t));
}

enum lw_code lw_check_tasks(
    const struct lw_check *with, struct lw_check_report *report, struct lw_err *err)
{
    *report = (struct lw_check_report){.tasks = lw_tasks_count(with->tasks)};
    struct checking c = {.with = with, .report = report};
    for (; c.position < report->tasks; c.position++) {
        struct lw_task *t;
        enum lw_code code = lw_tasks_load(with->tasks, c.position, &t, err);
        if (code != LW_OK)
            return code;
        c.task = t;
        look(&c);
        lw_task_free(t);
        say_progress(with, c.position);
    }
    struct counting gone = {.tasks = with->tasks};
    lw_ledger_each(with->ledger, count_gone, &gone);
    report->gone = gone.gone;
    return LW_OK;
}

void lw_question_free_keys(const struct lw_question *q, char to[53])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    size_t n = 0;
    for (const char *c = letters; *c; c++) {
        size_t i = 0;
        while (i < q->noptions && q->option[i].key != (unsigned char)*c)
            i++;
        if (i == q->noptions)
            to[n++] = *c;
    }
    to[n] = '\0';
}
