/* A data file without a project: which kind of data is it? */
#include "labelwright/base/buf.h"
#include "labelwright/format/detect.h"
#include "labelwright/format/member_use.h"
#include "labelwright/tasks/tasks.h"
#include "workspace/project_template_internal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { RECORDS_MAX = 1000, LOOK_TASKS = 100 };

/* True when the record can be labeled; otherwise `why` gets what is wrong with the first such
 * record. */
static bool count_responses(const struct lw_record_reader *source, const struct lw_raw_record *raw,
    size_t *responses, struct lw_err *why)
{
    if (raw->n > LW_RECORD_MAX)
        return false;
    struct lw_task *t = lw_record_reader_task(source, raw->s, (size_t)raw->n);
    bool readable = !t->unreadable;
    if (readable)
        *responses = t->nresponses;
    else
        lw_fail(why, LW_EBAD, "%s", t->unreadable);
    lw_task_free(t);
    return readable;
}

static enum lw_code find_readable(struct lw_lines *file, const struct lw_record_reader *found,
    size_t *responses, struct lw_err *err)
{
    struct lw_err why = {0};
    struct lw_raw_record raw;
    uint64_t at = found->begin;
    for (int i = 0; i < RECORDS_MAX && at < file->size; i++, at = raw.next) {
        enum lw_code code = lw_record_reader_get(found, file, at, &raw, err);
        if (code != LW_OK)
            return code;
        if (!raw.blank && count_responses(found, &raw, responses, &why))
            return LW_OK;
    }
    return lw_fail(err, LW_EBAD,
        "%s: no record can be read as %s, so no questions can be chosen. The first record: %.250s",
        file->name, found->format->name, why.text);
}

static bool has_column(const struct lw_csv *t, enum lw_member_use use)
{
    bool has = false;
    for (size_t i = 0; t && i < t->ncells; i++)
        has = has || (t->name[i] && lw_member_use_of(t->name[i]) == use);
    return has;
}

/* When the prompt was guessed, users need to know which columns there are. */
static void keep_columns(const struct lw_csv *t, struct lw_data_kind *to)
{
    struct lw_buf b = {0};
    to->response_columns = json_array();
    bool others = has_column(t, LW_USE_RESPONSE);
    for (size_t i = 0; t && t->guessed && i < t->ncells; i++) {
        lw_buf_fmt(&b, "%s%s", i ? ", " : "", t->column[i]);
        if (t->name[i] && strcmp(t->name[i], "prompt") == 0)
            to->column = lw_strdup(t->column[i]);
        if (t->name[i] && strcmp(t->name[i], "id") == 0)
            to->id_column = lw_strdup(t->column[i]);
        enum lw_member_use use = t->name[i] ? lw_member_use_of(t->name[i]) : LW_USE_NONE;
        if (use == LW_USE_RESPONSE || use == LW_USE_ANSWER || (use == LW_USE_RESULT && !others))
            json_array_append_new(to->response_columns, json_string(t->column[i]));
    }
    to->columns = lw_buf_detach(&b);
}

void lw_data_kind_fini(struct lw_data_kind *kind)
{
    free(kind->column);
    free(kind->columns);
    free(kind->id_column);
    json_decref(kind->response_columns);
    *kind = (struct lw_data_kind){0};
}

enum lw_code lw_data_kind(
    const struct lw_sys *sys, const char *path, struct lw_data_kind *to, struct lw_err *err)
{
    struct stat st;
    struct lw_record_reader found = {0};
    struct lw_lines file = {.sys = sys, .name = path};
    enum lw_code code = lw_detect_open(sys, path, path, &file.fd, &st, err);
    if (code != LW_OK)
        return code;
    file.size = (uint64_t)st.st_size;
    code = lw_detect(&file, "auto", NULL, &found, err);
    if (code == LW_OK && found.format->answers)
        code = lw_detect_refuse_answers(path, err);
    if (code == LW_OK)
        code = find_readable(&file, &found, &to->responses, err);
    if (code == LW_OK)
        keep_columns(found.table, to);
    lw_record_reader_fini(&found);
    lw_lines_fini(&file);
    sys->close(sys, file.fd);
    return code;
}

/* The most responses among the first tasks: one of them may lack an answer. */
static size_t most_responses(struct lw_tasks *t)
{
    size_t most = 0;
    while (lw_tasks_count(t) < LOOK_TASKS && lw_tasks_step(t, LW_WINDOW)) {
    }
    for (size_t i = 0; i < lw_tasks_count(t) && i < LOOK_TASKS; i++) {
        struct lw_task *task;
        if (lw_tasks_load(t, i, &task, NULL) == LW_OK && task->nresponses > most)
            most = task->nresponses;
        lw_task_free(task);
    }
    return most;
}

enum lw_code lw_data_kind_joined(const struct lw_sys *sys, const char *dir,
    const struct lw_data_files *files, char **join, struct lw_data_kind *to, struct lw_err *err)
{
    struct lw_tasks *t = NULL;
    struct lw_problems problems = {0};
    char *text = lw_project_text(files, "", to);
    struct lw_project *p =
        text ? lw_project_parse(dir, "project.yaml", text, strlen(text), &problems) : NULL;
    enum lw_code code =
        p ? lw_tasks_open(sys, p, &t, err)
          : lw_fail(err, LW_EBAD, "A project cannot use one of these file names. Rename the file.");
    if (code == LW_OK)
        to->responses = most_responses(t);
    for (size_t i = 0; code == LW_OK && i < files->n; i++)
        for (size_t k = 0; k < lw_tasks_joins(t); k++)
            if (strcmp(lw_tasks_join_at(t, k).file, files->name[i]) == 0)
                join[i] = lw_strdup(lw_tasks_join_at(t, k).member);
    lw_tasks_close(t);
    lw_project_free(p);
    lw_problems_fini(&problems);
    free(text);
    return code;
}
