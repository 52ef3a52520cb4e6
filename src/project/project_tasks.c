/* `tasks:` of project.yaml: the task files, and which columns of a table are shown as what. What is
 * in the files is the format room's. */
#include "project/project_internal.h"

#include "labelwright/base/buf.h"
#include "labelwright/format/task.h"

#include <stdlib.h>
#include <string.h>

/* ---- columns */

static LW_SETTER(set_responses)
{
    struct lw_column_map *c = to;
    if (y->kind == LW_YAML_LIST && y->n == 0)
        lw_mistake_kind(r, f, y);
    else
        c->response = lw_texts_parse(r, f, y, &c->nresponses);
}

#define IN(member) offsetof(struct lw_column_map, member)
static const struct lw_field column_fields[] = {
    {.key = "prompt",
        lw_set_text,
        IN(prompt),
        "the name of a column",
        "prompt: question",
        .help = "The column or member that is shown as the prompt."},
    {.key = "response",
        set_responses,
        0,
        "the name of a column, or a list of them",
        "response: [answer_a, answer_b]",
        .help = "Those that are shown as responses, in this order.",
        .min = 1,
        .kind = LW_KIND_TEXT | LW_KIND_LIST,
        .items = LW_KIND_TEXT},
    {.key = "id",
        lw_set_text,
        IN(id),
        "the name of a column",
        "id: case_id",
        .help = "The one that names the task."},
    {.key = "reference",
        lw_set_text,
        IN(reference),
        "the name of a column",
        "reference: answer",
        .help = "The one with the right answer: shown, not rated."},
};
static const struct lw_schema column_table = {
    "columns", column_fields, sizeof column_fields / sizeof *column_fields, NULL};

static LW_SETTER(set_columns)
{
    struct lw_task_file *file = to;
    size_t before = r->nmistakes;
    if (y->kind != LW_YAML_MAP || y->n == 0) {
        lw_mistake_kind(r, f, y);
        return;
    }
    file->columns = lw_alloc(sizeof *file->columns);
    lw_schema_parse(r, &column_table, LW_NO_VARIANT, y, file->columns);
    if (r->nmistakes == before && !file->columns->prompt && !file->columns->response)
        lw_mistake(r, y, "\"columns\" must name a prompt or a response. Write `%s`.", f->example);
}
#undef IN

/* ---- known answers */

static void set_known_member(struct lw_reading *r, const struct lw_field *f,
    const struct lw_yaml *key, const struct lw_yaml *item, struct lw_known_member *to)
{
    *to = (struct lw_known_member){.question = lw_strdup(key->text)};
    to->list = item->kind == LW_YAML_LIST;
    if (to->list && item->n == 0)
        lw_mistake_kind(r, f, item);
    else
        to->member = lw_texts_parse(r, f, item, &to->n);
}

static LW_SETTER(set_known)
{
    static const struct lw_field member = {.key = "known",
        .takes = "for each question the name of a column, or a list of them",
        .example = "known: {quality: gold_quality}"};
    struct lw_known_map *map = &((struct lw_task_file *)to)->known;
    if (y->kind != LW_YAML_MAP || y->n == 0) {
        lw_mistake_kind(r, f, y);
        return;
    }
    map->v = lw_alloc(y->n * sizeof *map->v);
    for (size_t i = 0; i < y->n; i++)
        set_known_member(r, &member, y->key[i], y->item[i], &map->v[map->n++]);
}

static const struct lw_yaml *item_of(const struct lw_yaml *tasks, size_t i)
{
    return tasks && tasks->kind == LW_YAML_LIST ? tasks->item[i] : tasks;
}

static void check_known_question(
    struct lw_reading *r, const struct lw_project *p, const struct lw_yaml *key)
{
    const char **names = lw_alloc((p->nquestions + 1) * sizeof *names);
    size_t n = 0;
    bool found = false;
    for (size_t i = 0; i < p->nquestions; i++)
        if (p->question[i].name)
            names[n++] = p->question[i].name;
    names[n] = NULL;
    for (size_t i = 0; i < n; i++)
        found = found || strcmp(names[i], key->text) == 0;
    if (!found)
        lw_mistake_word(r, key, "question", key->text, names);
    free(names);
}

void lw_check_known(struct lw_reading *r, const struct lw_project *p, const struct lw_yaml *at)
{
    for (size_t i = 0; i < p->ntasks; i++) {
        const struct lw_task_file *file = &p->tasks[i];
        const struct lw_yaml *item = item_of(at, i), *known = lw_yaml_get(item, "known");
        if (file->known.n > 0 && !file->practice && !p->practice)
            lw_mistake(r, known,
                "known answers belong to practice tasks. Write `practice: true` beside them.");
        for (size_t k = 0; known && k < file->known.n; k++)
            check_known_question(r, p, known->key[k]);
    }
}

static void known_fini(struct lw_known_map *map)
{
    for (size_t i = 0; i < map->n; i++) {
        free(map->v[i].question);
        lw_texts_free(map->v[i].member);
    }
    free(map->v);
    free(map->why);
}

/* ---- files */

struct task_reading {
    struct lw_task_file file;
    const char *dir;
};

static LW_SETTER(set_file)
{
    struct task_reading *task = to;
    const char *path = lw_yaml_text(y);
    const char *fault = path ? lw_path_fault(task->dir, path) : NULL;
    if (fault)
        lw_mistake(r, y, "\"%s\" %s", f->key, fault);
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(set_format)
{
    const char *name = lw_yaml_text(y);
    const char *const *names = lw_format_names();
    while (name && *names && strcmp(*names, name) != 0)
        names++;
    if (name && !*names)
        lw_mistake_word(r, y, "format", name, lw_format_names());
    else
        lw_set_text(r, f, y, to);
}

static LW_SETTER(set_header)
{
    bool yes;
    if (lw_yaml_bool(y, &yes))
        ((struct task_reading *)to)->file.header = yes ? LW_HEADER_YES : LW_HEADER_NO;
    else
        lw_mistake_kind(r, f, y);
}

static LW_SETTER(set_encoding)
{
    const char *name = lw_yaml_text(y);
    if (!name)
        lw_mistake_kind(r, f, y);
    else if (!lw_encoding_find(name, &((struct task_reading *)to)->file.encoding))
        lw_mistake_word(r, y, "encoding", name, lw_encoding_names());
}

struct lw_read_as lw_task_file_read_as(const struct lw_task_file *file)
{
    return (struct lw_read_as){file->format, file->columns, file->header, file->encoding};
}

static const struct lw_field file_fields[] = {
    {.key = "file",
        set_file,
        offsetof(struct task_reading, file.path),
        "the path of a file",
        "file: tasks.jsonl",
        .required = true,
        .help = "The path of the file, inside the folder.",
        .pattern = "^[^/]",
        .kind = LW_KIND_TEXT},
    {.key = "format",
        set_format,
        offsetof(struct task_reading, file.format),
        "the name of a format",
        "format: auto",
        .help = "How its records are read; auto looks at them.",
        .initial = "auto",
        .names = lw_format_names},
    {.key = "columns",
        set_columns,
        0,
        "a map",
        "columns: {prompt: question, response: answer}",
        .help = "Which columns of a table, or members of records (a.b: a member of a member), are "
                "shown as what.",
        .min = 1,
        .inside = &column_table,
        .beside = "{\"properties\": {\"format\": {\"const\": \"auto\"}, \"columns\": {\"anyOf\": "
                  "[{\"required\": [\"prompt\"]}, {\"required\": [\"response\"]}]}}}",
        .kind = LW_KIND_MAP},
    {.key = "header",
        set_header,
        0,
        "true or false",
        "header: true",
        .help =
            "CSV, TSV: whether the first row names the columns. Without it: by the looks of it.",
        .kind = LW_KIND_BOOL},
    {.key = "encoding",
        set_encoding,
        0,
        "the name of an encoding",
        "encoding: windows-1252",
        .help = "What the file is in. It is never guessed.",
        .initial = "utf-8",
        .names = lw_encoding_names},
    {.key = "practice",
        lw_set_bool,
        offsetof(struct task_reading, file.practice),
        "true or false",
        "practice: true",
        .help = "Its tasks are practice.",
        .initial = "false"},
    {.key = "known",
        set_known,
        0,
        "a map",
        "known: {quality: gold_quality}",
        .help = "Which columns or members have the known answers, by question; a list: one for "
                "each response.",
        .min = 1,
        .kind = LW_KIND_MAP,
        .items = LW_KIND_TEXT | LW_KIND_LIST},
    {.key = "why",
        lw_set_text,
        offsetof(struct task_reading, file.known.why),
        "the name of a column",
        "why: explanation",
        .help = "The column or member that explains the known answer."},
    {.key = "join",
        lw_set_text,
        offsetof(struct task_reading, file.join),
        "the name of a member",
        "join: question_id",
        .help = "Each record answers the task which has the same text or integer in this member."},
};
const struct lw_schema lw_task_file_schema = {
    "an item of tasks", file_fields, sizeof file_fields / sizeof *file_fields, NULL};

static void read_task_file(struct lw_reading *r, struct lw_project *p, const struct lw_yaml *y)
{
    struct task_reading task = {.dir = p->dir};
    if (y->kind == LW_YAML_SCALAR)
        set_file(r, &file_fields[0], y, &task);
    else
        lw_schema_parse(r, &lw_task_file_schema, LW_NO_VARIANT, y, &task);
    if (task.file.columns && task.file.format && strcmp(task.file.format, "auto") != 0)
        lw_mistake(r, y, "\"columns\" and \"format\" cannot be used together. Remove one.");
    if (!task.file.format)
        task.file.format = lw_strdup("auto");
    p->tasks[p->ntasks++] = task.file;
}

LW_SETTER(lw_set_tasks)
{
    struct lw_project *p = to;
    size_t n = y->kind == LW_YAML_LIST ? y->n : 1;
    if (n == 0 || n > LW_TASK_FILES_MAX) {
        lw_mistake(
            r, y, "\"%s\" takes 1 to %d files. Write `%s`.", f->key, LW_TASK_FILES_MAX, f->example);
        return;
    }
    p->tasks = lw_alloc(n * sizeof *p->tasks);
    for (size_t i = 0; i < n; i++)
        read_task_file(r, p, y->kind == LW_YAML_LIST ? y->item[i] : y);
}

static void columns_free(struct lw_column_map *c)
{
    if (!c)
        return;
    free(c->prompt);
    free(c->id);
    free(c->reference);
    lw_texts_free(c->response);
    free(c);
}

void lw_task_files_free(struct lw_task_file *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        free(v[i].path);
        free(v[i].format);
        free(v[i].join);
        columns_free(v[i].columns);
        known_fini(&v[i].known);
    }
    free(v);
}
