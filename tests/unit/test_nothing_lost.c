/* Nothing of a record is dropped in silence: in the first records of every file of real data, each
 * line of each text can be reached on the screen, or its member is named as not shown, or says
 * something about the record (an id, a model, a label, a score), which is never shown. */
#define _GNU_SOURCE
#include "fixtures/shared_data.h"
#include "labelwright/base/buf.h"
#include "labelwright/format/csv.h"
#include "labelwright/format/member_use.h"
#include "labelwright/json/json_value.h"
#include "labelwright/tasks/tasks_summary.h"
#include "labelwright/workspace/project_open.h"

#include <ctype.h>

enum { RECORDS = 300 };

/* ---- what can be reached */

static void add(struct lw_buf *to, struct lw_span s)
{
    if (s.s)
        lw_buf_add(to, s.s, s.n);
    lw_buf_char(to, '\n');
}

static void add_parts(struct lw_buf *to, const struct lw_parts *parts)
{
    for (size_t i = 0; i < lw_parts_count(parts); i++) {
        add(to, lw_parts_at(parts, i).name);
        add(to, lw_parts_at(parts, i).text);
    }
}

static void add_all(struct lw_buf *to, const struct lw_task *t)
{
    for (size_t i = 0; i < t->nturns; i++) {
        add(to, t->turn[i].text);
        add_parts(to, t->turn[i].parts);
    }
    for (size_t i = 0; i < t->nresponses; i++) {
        add(to, t->response[i].text);
        add_parts(to, t->response[i].parts);
    }
    for (size_t i = 0; i < t->nsteps; i++)
        add(to, t->step[i].text);
    for (size_t i = 0; i < t->ntags; i++)
        lw_buf_fmt(to, "%s\n", t->tag[i]);
    add(to, t->reference);
    add(to, t->next);
    add_parts(to, t->parts);
}

/* ---- what a record has */

struct looking {
    const char *file;
    size_t record;
    struct lw_buf shown;
    const json_t *unused; /* named as not shown */
    const char *remarks;
    size_t texts, found; /* lines: all, and those that are shown */
};

static bool has_letters(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (isalpha((unsigned char)s[i]) || (unsigned char)s[i] >= 0x80)
            return true;
    return false;
}

/* What transcripts and solutions put around a line is not of the text. */
static void trim(const char **s, size_t *n)
{
    static const char *const marks[] = {"Human: ", "Assistant: ", "#### ", "Human:", "Assistant:"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (*n >= strlen(marks[i]) && memcmp(*s, marks[i], strlen(marks[i])) == 0) {
            *s += strlen(marks[i]);
            *n -= strlen(marks[i]);
        }
    while (*n > 0 && strchr(" \t\r", **s))
        (*s)++, (*n)--;
    while (*n > 0 && strchr(" \t\r", (*s)[*n - 1]))
        (*n)--;
}

static void look_for(struct looking *l, const char *path, const json_t *text)
{
    const char *s = json_string_value(text), *end = s + json_string_length(text);
    while (s < end) {
        const char *lf = memchr(s, '\n', (size_t)(end - s)), *line = s;
        size_t n = (size_t)((lf ? lf : end) - s);
        trim(&line, &n);
        s = lf ? lf + 1 : end;
        if (!has_letters(line, n))
            continue;
        l->texts++;
        if (memmem(l->shown.data, l->shown.len, line, n))
            l->found++;
        else
            fail_msg(
                "%s, record %zu: \"%s\" is dropped: %.*s", l->file, l->record, path, (int)n, line);
    }
}

static bool is_aside(const char *member)
{
    static const char *const form[] = {"role", "from", "type"};
    for (size_t i = 0; i < sizeof form / sizeof *form; i++)
        if (strcmp(form[i], member) == 0)
            return true;
    return lw_member_use_of(member) == LW_USE_METADATA;
}

static bool is_word(const json_t *v)
{
    static const char *const words[] = {"true", "false", "yes", "no", "none", "nan", "null", "n/a"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (json_is_string(v) && strcasecmp(words[i], json_string_value(v)) == 0)
            return true;
    return false;
}

static void look_at(struct looking *l, const char *path, const json_t *v)
{
    const char *name;
    json_t *one;
    size_t i;
    if (json_object_get(l->unused, path) || is_word(v))
        return;
    if (json_is_string(v))
        look_for(l, path, v);
    json_array_foreach(v, i, one) look_at(l, path, one);
    json_object_foreach((json_t *)(uintptr_t)v, name, one)
    {
        char *below = *path ? lw_format("%s.%s", path, name) : lw_strdup(name);
        if (!is_aside(name))
            look_at(l, below, one);
        free(below);
    }
}

/* ---- files */

/* The cells of a row, by the names in the first one; columns are named in the remarks. */
static void look_at_row(
    struct looking *l, char delimiter, const char *bytes, const struct lw_record *r)
{
    size_t i;
    json_t *cell, *heads = lw_csv_row_cells(delimiter, bytes, strcspn(bytes, "\r\n"), NULL),
                  *cells = lw_csv_row_cells(delimiter, bytes + r->offset, r->len, NULL);
    bool headed = r->offset > 0 || !strstr(l->file, ".tsv");
    json_array_foreach(cells, i, cell)
    {
        const char *name = headed ? json_string_value(json_array_get(heads, i)) : "cell";
        if (!is_aside(name) && !is_word(cell) && !strstr(l->remarks, name))
            look_for(l, name, cell);
    }
    json_decref(heads);
    json_decref(cells);
}

static void look_at_task(struct looking *l, const struct lw_task *t, const char *bytes)
{
    struct lw_survey s = {0};
    lw_survey_add(&s, t);
    l->unused = s.unused;
    lw_buf_clear(&l->shown);
    add_all(&l->shown, t);
    bool csv = strstr(l->file, ".csv") != NULL;
    if (csv || strstr(l->file, ".tsv"))
        look_at_row(l, csv ? ',' : '\t', bytes, &t->record);
    else {
        json_error_t why;
        json_t *record = lw_json_load(bytes + t->record.offset, t->record.len, &why);
        json_t *data =
            json_object_get(record, "data"); /* of Label Studio: labels stand beside it */
        assert_non_null(record);
        look_at(l, "", json_is_object(data) ? data : record);
        json_decref(record);
    }
    lw_survey_fini(&s);
}

/* From "not shown: " on. */
static char *remarks_of(struct lw_tasks *t)
{
    struct lw_survey s = {0};
    struct lw_buf b = {0};
    char *remark[3];
    lw_survey_first(&s, t);
    size_t n = lw_survey_remarks(&s, t, remark);
    for (size_t i = 0; i < n; i++) {
        lw_buf_fmt(&b, "%s\n", remark[i]);
        free(remark[i]);
    }
    lw_survey_fini(&s);
    lw_buf_char(&b, '\0');
    char *all = lw_buf_detach(&b), *named = strstr(all, "not shown: ");
    memmove(all, named ? named : "", named ? strlen(named) + 1 : 1);
    return all;
}

static size_t files, texts;

static void look_at_tasks(struct lw_tasks *t, const char *copy, const char *name)
{
    size_t size;
    char *bytes = file_bytes(copy, &size), *remarks = remarks_of(t);
    struct looking l = {.file = name, .remarks = remarks};
    for (l.record = 1; l.record <= lw_tasks_count(t) && l.record <= RECORDS; l.record++) {
        struct lw_task *task;
        assert_int_equal(lw_tasks_load(t, l.record - 1, &task, NULL), LW_OK);
        look_at_task(&l, task, bytes);
        lw_task_free(task);
    }
    if (l.found == 0)
        fail_msg("%s: no text was looked for", name);
    files++;
    texts += l.found;
    lw_buf_fini(&l.shown);
    free(remarks);
    free(bytes);
}

static void look_at_file(const char *copy, const char *name)
{
    struct lw_project *project;
    struct lw_problems problems = {0};
    struct lw_tasks *t;
    bool made;
    if (lw_project_open(&lw_sys_real, copy, false, &project, &made, &problems, NULL) == LW_OK) {
        assert_int_equal(lw_tasks_open(&lw_sys_real, project, &t, NULL), LW_OK);
        while (lw_tasks_step(t, 1 << 20)) {
        }
        look_at_tasks(t, copy, name);
        lw_tasks_close(t);
        lw_project_free(project);
    }
    lw_problems_fini(&problems);
}

static void every_text_is_shown_or_its_member_is_named(void **state)
{
    (void)state;
    each_shared_file(look_at_file);
    assert_true(files >= 20);
    assert_true(texts >= 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_text_is_shown_or_its_member_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
