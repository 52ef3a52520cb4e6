/* What tasks contain, for people: how many responses they have, and which members of a record are
 * not shown. It judges nothing: checks are the workspace's. */
#define _GNU_SOURCE
#include "labelwright/tasks/tasks_summary.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/member_use.h"
#include "tasks/tasks_internal.h"
#include "tasks/unused_members_internal.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_TASKS = 100, FIRST_BYTES = 1024 * 1024 };

/* ---- counting */

bool lw_task_has_prompt(const struct lw_task *t)
{
    bool asks = lw_parts_count(t->parts) > 0;
    for (size_t i = 0; i < t->nturns && !asks; i++)
        asks = t->turn[i].text.n > 0 || lw_parts_count(t->turn[i].parts) > 0;
    return asks;
}

void lw_survey_add(struct lw_survey *s, const struct lw_task *t)
{
    s->read++;
    if (t->unreadable)
        return;
    if (!s->unused)
        s->unused = json_object();
    size_t n = t->nresponses;
    s->tasks++;
    s->with[n < LW_SURVEY_RESPONSES ? n : LW_SURVEY_RESPONSES]++;
    s->talks += t->nturns > 1;
    s->unprompted += !lw_task_has_prompt(t);
    s->references += t->reference.s != NULL;
    lw_unused_members_add(t, s->unused);
}

void lw_survey_fini(struct lw_survey *s)
{
    json_decref(s->unused);
    *s = (struct lw_survey){0};
}

void lw_survey_first(struct lw_survey *s, struct lw_tasks *t)
{
    size_t bytes = 0;
    for (size_t i = 0; i < lw_tasks_count(t) && i < FIRST_TASKS && bytes < FIRST_BYTES; i++) {
        struct lw_task *task;
        if (lw_tasks_load(t, i, &task, NULL) != LW_OK)
            return;
        bytes += task->record.len;
        lw_survey_add(s, task);
        lw_task_free(task);
    }
}

size_t lw_survey_usual(const struct lw_survey *s)
{
    size_t most = 0;
    for (size_t i = 1; i <= LW_SURVEY_RESPONSES; i++)
        if (s->with[i] > s->with[most])
            most = i;
    return most;
}

/* ---- words */

static bool named_before(const struct lw_tasks_file *f, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(f[i].reader.format->name, name) == 0)
            return true;
    return false;
}

static void add_formats(const struct lw_tasks_file *f, size_t n, struct lw_buf *to)
{
    for (size_t i = 0; i < n; i++) {
        const struct lw_record_reader *s = &f[i].reader;
        bool table = s->table && strcmp(s->format->name, "table") != 0;
        if (named_before(f, i, s->format->name))
            continue;
        lw_buf_fmt(to, "%s%s%s%s%s", to->len ? ", " : "", s->format->name,
            table ? " in a table" : "", s->wrap ? " in " : "", s->wrap ? s->wrap : "");
    }
}

/* The number of responses of most tasks; if there is no such number, the range. */
static void add_responses(const struct lw_survey *s, struct lw_buf *to)
{
    size_t least = 0, most = LW_SURVEY_RESPONSES, usual = lw_survey_usual(s);
    while (least < most && !s->with[least])
        least++;
    while (most > least && !s->with[most])
        most--;
    if (2 * s->with[usual] > s->tasks)
        least = most = usual;
    const char *more = most == LW_SURVEY_RESPONSES ? " or more" : "";
    if (most == 0)
        lw_buf_str(to, ", no response");
    else if (least < most)
        lw_buf_fmt(to, ", %zu to %zu%s responses", least, most, more);
    else
        lw_buf_fmt(to, ", %zu%s response%s", most, more, most == 1 ? "" : "s");
}

static void add_parts(const struct lw_survey *s, struct lw_buf *to)
{
    lw_buf_str(to, 2 * s->talks > s->tasks        ? "a conversation"
                   : 2 * s->unprompted > s->tasks ? "no prompt"
                                                  : "1 prompt");
    add_responses(s, to);
    lw_buf_str(to, 2 * s->references > s->tasks ? ", a reference" : "");
}

char *lw_survey_describe(const struct lw_survey *s, const struct lw_tasks *t)
{
    struct lw_buf b = {0};
    add_formats(t->file, t->nfiles, &b);
    add_formats(t->joining, t->njoins, &b);
    lw_buf_str(&b, ": ");
    add_parts(s, &b);
    return lw_buf_detach(&b);
}

/* Columns that project.yaml, or the guess, left out. */
static size_t add_columns(const struct lw_tasks *t, struct lw_buf *to)
{
    size_t n = 0;
    for (size_t i = 0; i < t->nfiles; i++) {
        const struct lw_csv *g = t->file[i].reader.table;
        for (size_t k = 0; g && k < g->ncells; k++)
            if (!g->name[k] && lw_member_use_of(g->column[k]) != LW_USE_METADATA)
                lw_buf_fmt(to, "%s%.40s", n++ ? ", " : "", g->column[k]);
    }
    return n;
}

/* The names of what is not shown; returns how many. */
static size_t add_unused(const struct lw_survey *s, const struct lw_tasks *t, struct lw_buf *to)
{
    enum { SHOWN_MAX = 160 };
    const char *name;
    json_t *v;
    size_t n = add_columns(t, to);
    json_object_foreach(s->unused, name, v)
    {
        if (to->len < SHOWN_MAX)
            lw_buf_fmt(to, "%s%.40s", n ? ", " : "", name);
        n++;
    }
    if (to->len >= SHOWN_MAX)
        lw_buf_str(to, " …");
    return n;
}

static char *unused_remark(const struct lw_survey *s, const struct lw_tasks *t)
{
    struct lw_buf b = {0};
    bool columns = add_columns(t, &b) > 0;
    lw_buf_clear(&b);
    size_t n = add_unused(s, t, &b);
    const char *what = columns ? "column" : "member with text";
    const char *many = columns ? "columns" : "members with text";
    char *remark = NULL;
    if (n > 0)
        remark = lw_format(
            "%zu %s %s not shown: %s.", n, n == 1 ? what : many, n == 1 ? "is" : "are", b.data);
    lw_buf_fini(&b);
    return remark;
}

static char *unprompted_remark(const struct lw_survey *s)
{
    if (s->unprompted == 0)
        return NULL;
    const char *blind = lw_survey_usual(s) > 0 ? ": the responses are judged without it" : "";
    if (s->unprompted == s->tasks)
        return lw_format("No task has a prompt%s.", blind);
    return lw_format(
        "%zu task%s no prompt%s.", s->unprompted, s->unprompted == 1 ? " has" : "s have", blind);
}

static char *fewer_remark(const struct lw_survey *s)
{
    size_t usual = lw_survey_usual(s), fewer = 0;
    for (size_t i = 0; i < usual; i++)
        fewer += s->with[i];
    if (fewer == 0)
        return NULL;
    return lw_format("%zu task%s fewer responses than the usual %zu.", fewer,
        fewer == 1 ? " has" : "s have", usual);
}

size_t lw_survey_remarks(const struct lw_survey *s, const struct lw_tasks *t, char *to[3])
{
    char *all[] = {unused_remark(s, t), unprompted_remark(s), fewer_remark(s)};
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        if (all[i])
            to[n++] = all[i];
    return n;
}

/* ---- in one line */

#define PART " · "

/* "1,204 tasks", of files of any size. */
static void add_count(size_t n, const char *one, struct lw_buf *to)
{
    char digits[24];
    int len = snprintf(digits, sizeof digits, "%zu", n);
    for (int i = 0; i < len; i++)
        lw_buf_fmt(to, "%s%c", i > 0 && (len - i) % 3 == 0 ? "," : "", digits[i]);
    lw_buf_fmt(to, " %s%s", one, n == 1 ? "" : "s");
}

static void add_tasks(const struct lw_tasks *t, struct lw_buf *to)
{
    lw_buf_str(to, PART);
    if (lw_tasks_complete(t))
        add_count(lw_tasks_count(t), "task", to);
    else
        lw_buf_str(to, "counting the tasks");
}

static void add_unreadable(const struct lw_survey *s, const struct lw_tasks *t, struct lw_buf *to)
{
    size_t bad = s->read - s->tasks;
    if (bad == 0)
        return;
    lw_buf_str(to, PART);
    if (lw_tasks_complete(t) && lw_tasks_count(t) == s->read)
        add_count(bad, "record", to);
    else
        lw_buf_fmt(to, "%zu of the first %zu records", bad, s->read);
    lw_buf_str(to, " unreadable");
}

enum lw_header lw_tasks_header(const struct lw_tasks *t)
{
    const struct lw_csv *table = t->nfiles > 0 ? t->file[0].reader.table : NULL;
    return !table ? LW_HEADER_GUESSED : table->headed ? LW_HEADER_YES : LW_HEADER_NO;
}

static void add_header(const struct lw_tasks *t, struct lw_buf *to)
{
    static const char *const words[] = {
        [LW_HEADER_YES] = PART "first row taken as names",
        [LW_HEADER_NO] = PART "no row of names",
    };
    enum lw_header header = lw_tasks_header(t);
    lw_buf_str(to, words[header] ? words[header] : "");
}

char *lw_survey_line(const struct lw_survey *s, const struct lw_tasks *t)
{
    struct lw_buf b = {0}, unused = {0};
    add_formats(t->file, t->nfiles, &b);
    add_formats(t->joining, t->njoins, &b);
    add_tasks(t, &b);
    lw_buf_str(&b, PART);
    add_parts(s, &b);
    add_header(t, &b);
    add_unreadable(s, t, &b);
    if (add_unused(s, t, &unused) > 0)
        lw_buf_fmt(&b, PART "not shown: %s", unused.data);
    lw_buf_fini(&unused);
    return lw_buf_detach(&b);
}
