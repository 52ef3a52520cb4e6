/* Writes the project in which differences are decided: its tasks line by line, then project.yaml
 * and the guidelines. Which answers differ is concordance.c's, what they say answer_words.c's. */
#define _GNU_SOURCE
#include "labelwright/agree/adjudication.h"

#include "agree/answer_code_internal.h"
#include "agree/answer_words_internal.h"
#include "agree/task_record_internal.h"
#include "labelwright/agree/ratings.h"
#include "labelwright/answers/answers.h"
#include "labelwright/base/file.h"
#include "labelwright/json/json_value.h"
#include "labelwright/project/question.h"
#include "labelwright/project/task_target.h"
#include "labelwright/workspace/create.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PIECE = 256 * 1024, GUIDELINES_MOST = 4 * 1024 * 1024 };

struct writing {
    struct lw_adjudication *a;
    int dir, tasks; /* the new folder, and the file of tasks in it */
    struct lw_buf out;
    size_t *at;       /* of each question the unit that comes next */
    json_t **answers; /* of each annotator to the task */
};

/* ---- which tasks */

/* Moves to the units of the task; how many there are. Tasks come in order. */
static size_t units_of(struct writing *w, size_t question, uint32_t task, size_t *first)
{
    const struct lw_compared *c = w->a->question[question]->asked;
    size_t *at = &w->at[question], n = 0;
    while (*at < c->units && c->unit[*at].task < task)
        ++*at;
    *first = *at;
    while (*at + n < c->units && c->unit[*at + n].task == task)
        n++;
    return n;
}

static bool differs(struct writing *w, uint32_t task)
{
    for (size_t i = 0; i < w->a->n; i++) {
        const struct lw_concordance *q = w->a->question[i];
        bool counts = !w->a->only || strcmp(q->asked->name, w->a->only) == 0;
        size_t first, n = q->refused ? 0 : units_of(w, i, task, &first);
        for (size_t k = 0; k < n && counts; k++)
            if (lw_concordance_differs(q, first + k))
                return true;
    }
    return false;
}

/* ---- their answers */

static const json_t *answer_of(
    const struct writing *w, size_t annotator, const struct lw_question *q, const char *item)
{
    const json_t *v = json_object_get(w->answers[annotator], q->name);
    return v && lw_target_is_keyed(q->on) ? json_object_get(v, item) : v;
}

struct said {
    char *words;
    size_t times;
};

static int by_words(const void *a, const void *b)
{
    return strcmp(((const struct said *)a)->words, ((const struct said *)b)->words);
}

static void add_said(struct said *said, size_t *n, char *words)
{
    size_t i = 0;
    while (i < *n && strcmp(said[i].words, words) != 0)
        i++;
    if (i < *n) {
        free(words);
        said[i].times++;
    } else {
        said[(*n)++] = (struct said){words, 1};
    }
}

/* One line a different answer, in the order of their words. */
static void add_answers(const struct writing *w, const struct lw_question *q,
    const struct lw_task *t, const char *item, const int32_t *given, struct lw_buf *to)
{
    size_t n = 0, annotators = w->a->set->annotators;
    struct said *said = lw_alloc((annotators + 1) * sizeof *said);
    for (size_t i = 0; i < annotators; i++) {
        struct lw_buf words = {0};
        if (given[i] == LW_RATING_NONE)
            continue;
        lw_answer_words(q, t, answer_of(w, i, q, item), &words);
        add_said(said, &n, lw_buf_detach(&words));
    }
    if (n > 1)
        qsort(said, n, sizeof *said, by_words);
    for (size_t i = 0; i < n; i++) {
        lw_buf_fmt(to, "  %s (%zu)\n", said[i].words, said[i].times);
        free(said[i].words);
    }
    free(said);
}

/* What they wrote in their own words belongs to their reasons. */
static void add_texts(const struct writing *w, const struct lw_question *q, const struct lw_task *t,
    struct lw_buf *to)
{
    for (size_t i = 0; i < w->a->set->annotators; i++) {
        const json_t *v = json_object_get(w->answers[i], q->name);
        if (!v)
            continue;
        lw_buf_fmt(to, "%s: ", q->label);
        lw_answer_words(q, t, v, to);
        lw_buf_char(to, '\n');
    }
}

static void add_differences(
    struct writing *w, uint32_t task, const struct lw_task *t, struct lw_buf *to)
{
    size_t annotators = w->a->set->annotators;
    for (size_t i = 0; i < w->a->n; i++) {
        const struct lw_concordance *g = w->a->question[i];
        size_t first, n = g->refused ? 0 : units_of(w, i, task, &first);
        for (size_t k = 0; k < n; k++) {
            const char *item = g->asked->unit[first + k].item;
            if (!lw_concordance_differs(g, first + k))
                continue;
            lw_answer_subject(g->asked->q, t, item, to);
            lw_buf_char(to, '\n');
            add_answers(w, g->asked->q, t, item, g->asked->given + (first + k) * annotators, to);
        }
    }
    for (size_t i = 0; i < w->a->n; i++) {
        const struct lw_question *q = w->a->question[i]->asked->q;
        bool text = q->type == LW_Q_TEXT || q->type == LW_Q_WRITE;
        if (text && !lw_target_is_keyed(q->on))
            add_texts(w, q, t, to);
    }
}

/* ---- what all gave alike */

/* The answer, where two and more gave this one and nobody another; borrowed. */
static const json_t *common_answer(
    const struct writing *w, const struct lw_concordance *g, size_t unit)
{
    const struct lw_compared *c = g->asked;
    const json_t *answer = NULL;
    int32_t code = LW_RATING_NONE;
    size_t times = 0, annotators = w->a->set->annotators;
    for (size_t i = 0; i < annotators; i++) {
        int32_t given = c->given[unit * annotators + i];
        const json_t *v =
            given == LW_RATING_NONE ? NULL : answer_of(w, i, c->q, c->unit[unit].item);
        if (given == LW_RATING_NONE)
            continue;
        bool other =
            times > 0 && (given != code || (c->q->type == LW_Q_EDIT && !json_equal(answer, v)));
        if (other)
            return NULL;
        code = given;
        answer = v;
        times++;
    }
    return times >= 2 ? answer : NULL;
}

static json_t *suggestions(struct writing *w, uint32_t task)
{
    json_t *to = json_object();
    for (size_t i = 0; i < w->a->n; i++) {
        const struct lw_concordance *g = w->a->question[i];
        const struct lw_question *q = g->asked->q;
        size_t first, n = g->refused ? 0 : units_of(w, i, task, &first);
        for (size_t k = 0; k < n; k++) {
            json_t *v = json_deep_copy(common_answer(w, g, first + k)), *all;
            if (!v)
                continue;
            if (!lw_target_is_keyed(q->on)) {
                json_object_set_new(to, q->name, v);
                continue;
            }
            if (!(all = json_object_get(to, q->name)))
                json_object_set_new(to, q->name, all = json_object());
            json_object_set_new(all, g->asked->unit[first + k].item, v);
        }
    }
    return to;
}

/* ---- the file of tasks */

static char *reference_of(struct writing *w, uint32_t task, const struct lw_task *t)
{
    struct lw_buf b = {0};
    lw_buf_str(&b, "The annotators differ (how many gave each answer):\n\n");
    add_differences(w, task, t, &b);
    if (t->reference.s) {
        lw_buf_str(&b, "\nThe reference:\n\n");
        lw_buf_add(&b, t->reference.s, t->reference.n);
    }
    return lw_buf_detach(&b);
}

static enum lw_code flush(struct writing *w, struct lw_err *err)
{
    enum lw_code code =
        w->out.len ? lw_write_all(w->a->sys, w->tasks, w->out.data, w->out.len, NULL, err) : LW_OK;
    lw_buf_clear(&w->out);
    return code;
}

static enum lw_code add_task(struct writing *w, uint32_t task, struct lw_err *err)
{
    const struct lw_label_set *s = w->a->set;
    struct lw_task *t = lw_label_set_task(s, task);
    json_t *record = t ? lw_task_record(t) : NULL;
    w->a->gone += t == NULL;
    w->a->parts += t && !record;
    if (record) {
        for (size_t i = 0; i < s->annotators; i++)
            w->answers[i] = lw_label_set_answers(s, i, task);
        char *reference = reference_of(w, task, t);
        json_object_set_new(record, "reference", json_string(reference));
        json_t *common = suggestions(w, task);
        if (json_object_size(common) > 0)
            json_object_set(record, "suggestions", common);
        json_decref(common);
        lw_json_add(&w->out, record);
        lw_buf_char(&w->out, '\n');
        w->a->tasks++;
        for (size_t i = 0; i < s->annotators; i++)
            json_decref(w->answers[i]);
        free(reference);
    }
    json_decref(record);
    lw_task_free(t);
    return w->out.len > PIECE ? flush(w, err) : LW_OK;
}

static enum lw_code add_tasks(struct writing *w, struct lw_err *err)
{
    enum lw_code code = LW_OK;
    for (size_t i = 0; i < w->a->set->tasks && code == LW_OK; i++)
        if (differs(w, (uint32_t)i))
            code = add_task(w, (uint32_t)i, err);
    return code == LW_OK ? flush(w, err) : code;
}

static enum lw_code write_tasks(struct writing *w, struct lw_err *err)
{
    const struct lw_sys *sys = w->a->sys;
    enum lw_code code = lw_file_create(sys, w->dir, "tasks.jsonl", NULL, O_WRONLY, &w->tasks, err);
    if (code != LW_OK)
        return code;
    code = add_tasks(w, err);
    if (code == LW_OK && sys->fdatasync(sys, w->tasks) != 0)
        code = lw_fail_errno(err, "tasks.jsonl: cannot sync");
    sys->close(sys, w->tasks);
    if (code != LW_OK || w->a->tasks > 0)
        return code;
    if (w->a->gone + w->a->parts == 0)
        return lw_fail(err, LW_EBAD, "They differ nowhere: there is nothing to decide.");
    return lw_fail(err, LW_EBAD,
        "None of the %" PRIu64 " tasks on which they differ can be written: %" PRIu64
        " are not in the task files as they were labeled, %" PRIu64
        " hold pictures, calls or tools.",
        w->a->gone + w->a->parts, w->a->gone, w->a->parts);
}

/* ---- project.yaml */

static bool is_plain(const char *key)
{
    return *key && !key[strspn(key, "abcdefghijklmnopqrstuvwxyz_0123456789-")];
}

/* As YAML in one line: JSON, but with plain keys, as those of points must be numbers. */
static void add_yaml(struct lw_buf *to, const json_t *v)
{
    const char *key, *between = "";
    json_t *one;
    size_t i;
    if (!json_is_object(v) && !json_is_array(v)) {
        lw_json_add(to, v);
        return;
    }
    lw_buf_char(to, json_is_object(v) ? '{' : '[');
    json_object_foreach((json_t *)(uintptr_t)v, key, one)
    {
        lw_buf_str(to, between);
        if (is_plain(key))
            lw_buf_str(to, key);
        else
            lw_json_add_text(to, key, strlen(key));
        lw_buf_str(to, ": ");
        add_yaml(to, one);
        between = ", ";
    }
    json_array_foreach(v, i, one)
    {
        lw_buf_str(to, i ? ", " : "");
        add_yaml(to, one);
    }
    lw_buf_char(to, json_is_object(v) ? '}' : ']');
}

static void add_member(struct lw_buf *to, const char *name, json_t *value)
{
    lw_buf_fmt(to, "%s: ", name);
    add_yaml(to, value);
    lw_buf_char(to, '\n');
    json_decref(value);
}

static void add_question(struct lw_buf *to, const json_t *question)
{
    const char *key, *before = "  - ";
    json_t *v;
    json_object_foreach((json_t *)(uintptr_t)question, key, v)
    {
        lw_buf_str(to, before);
        add_member(to, key, json_incref(v));
        before = "    ";
    }
}

static json_t *list_of(char *const *words, size_t n)
{
    json_t *to = json_array();
    for (size_t i = 0; i < n; i++)
        json_array_append_new(to, json_string(words[i]));
    return to;
}

static void add_settings(const struct lw_project *p, bool guidelines, struct lw_buf *to)
{
    size_t languages = 0;
    while (p->spelling && p->spelling[languages])
        languages++;
    if (guidelines)
        lw_buf_str(to, "guidelines: guidelines.md\n");
    if (p->ncurtain)
        add_member(to, "curtain", list_of(p->curtain, p->ncurtain));
    if (p->spelling)
        add_member(to, "spelling", list_of(p->spelling, languages));
    lw_buf_str(to, p->read_to_end ? "read_to_end: true\n" : "");
}

static enum lw_code write_file(
    const struct writing *w, const char *name, const struct lw_buf *text, struct lw_err *err)
{
    return lw_file_replace(w->a->sys, w->dir, name, text->data, text->len, false, err);
}

static bool copy_guidelines(const struct writing *w, const struct lw_project *p, struct lw_err *err)
{
    struct lw_buf text = {0};
    char *path = p && p->guidelines ? lw_project_path(p, p->guidelines, NULL) : NULL;
    bool well =
        path &&
        lw_file_read(w->a->sys, AT_FDCWD, path, NULL, GUIDELINES_MOST, &text, NULL) == LW_OK &&
        text.len > 0 && write_file(w, "guidelines.md", &text, err) == LW_OK;
    free(path);
    lw_buf_fini(&text);
    return well;
}

static enum lw_code write_project(const struct writing *w, struct lw_err *err)
{
    const struct lw_label_set *s = w->a->set;
    const struct lw_project *p = s->annotator[0].project;
    const json_t *questions = lw_label_set_questions(s);
    struct lw_buf text = {0};
    char *title = lw_format("%s: where annotators differ", p ? p->title : "Labels");
    bool guidelines = copy_guidelines(w, p, err);
    lw_buf_str(&text, "labelwright: 1\n");
    add_member(&text, "title", json_string(title));
    lw_buf_str(&text, "tasks:\n  - {file: tasks.jsonl, format: native}\n"
                      "shuffle_responses: false    # A in the reference is A on the screen\n");
    if (p)
        add_settings(p, guidelines, &text);
    lw_buf_str(&text, "questions:\n");
    for (size_t i = 0; i < json_array_size(questions); i++)
        add_question(&text, json_array_get(questions, i));
    enum lw_code code = write_file(w, "project.yaml", &text, err);
    lw_buf_fini(&text);
    free(title);
    return code;
}

static enum lw_code fill(void *ctx, int dir, struct lw_err *err)
{
    struct writing *w = ctx;
    w->dir = dir;
    enum lw_code code = write_tasks(w, err);
    return code == LW_OK ? write_project(w, err) : code;
}

enum lw_code lw_adjudication_write(struct lw_adjudication *a, const char *dir, struct lw_err *err)
{
    struct writing w = {.a = a, .at = lw_alloc((a->n + 1) * sizeof *w.at)};
    w.answers = lw_alloc((a->set->annotators + 1) * sizeof *w.answers);
    enum lw_code code = lw_create_filled(a->sys, dir, fill, &w, err);
    lw_buf_fini(&w.out);
    free(w.at);
    free(w.answers);
    return code;
}
